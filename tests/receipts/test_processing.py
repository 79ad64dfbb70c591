"""From submission to decision with the real readers, as the worker calls them."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from django_q.models import OrmQ

from panelists.models import Panel
from receipts.imaging.decode import DecodeFailed
from receipts.models import (
    ExcludedCategory,
    Merchant,
    MerchantAlias,
    ReceiptPolicy,
)
from receipts.services import processing, sweeping
from receipts.services.errors import ReadFailed
from receipts.services.submitting import withdraw
from receipts.workflow import Status
from tests.factories import make_panel, make_panelist
from tests.receipts.papers import photo, submit_photo


def files_in(alias: str, folder: str = "receipts") -> list[str]:
    storage = storages[alias]
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return []
    inner = [name for sub in folders for name in files_in(alias, f"{folder}/{sub}")]
    return sorted([f"{folder}/{name}" for name in names] + inner)


@pytest.fixture
def panelist(transactional_db) -> Panel:
    """Of a panel with the rules that the default one has; past its first month."""
    panel = make_panel()
    ReceiptPolicy.objects.create(panel=panel, valid_from="2020-01-01")
    own = Merchant.objects.create(
        panel=panel, name="Whole Foods Market", standing="own_store"
    )
    MerchantAlias.objects.create(merchant=own, name="Whole Foods")
    ExcludedCategory.objects.create(panel=panel, category="casino")
    return make_panelist(panel=panel, joined_at=timezone.now() - timedelta(days=90))


@pytest.fixture
def yesterday(panelist):
    return panelist.panel.today() - timedelta(days=1)


def read(receipt):
    processing.read(receipt.pk)
    receipt.refresh_from_db()
    return receipt


def codes(receipt):
    return [verdict.code for verdict in receipt.verdicts.all()]


def test_a_clear_receipt_is_accepted_and_its_vault_emptied(panelist, yesterday):
    receipt = read(submit_photo(panelist, day=yesterday))

    assert receipt.status == Status.ACCEPTED
    assert receipt.merchant_name == "FERNHILL MARKET"
    assert (receipt.purchased_on, receipt.total) == (yesterday, Decimal("19.01"))
    assert receipt.items.count() == 3
    assert receipt.decided_by is None
    assert files_in("vault") == []
    folder = f"receipts/{receipt.public_id}"
    assert files_in("kept") == [f"{folder}/page-0.jpg", f"{folder}/thumb-0.jpg"]


def test_every_change_has_its_event(panelist, yesterday):
    receipt = read(submit_photo(panelist, day=yesterday))

    assert [(e.from_status, e.to_status, e.code) for e in receipt.events.all()] == [
        ("", "submitted", "upload"),
        ("submitted", "accepted", "straight_through"),
    ]


@pytest.mark.parametrize("shop", ["WHOLE FOODS MARKET", "WHOLE FOODS"])
def test_an_own_store_is_rejected(panelist, yesterday, shop):
    receipt = read(submit_photo(panelist, day=yesterday, shop=shop))

    assert (receipt.status, codes(receipt)) == (Status.REJECTED, ["own_store"])
    assert files_in("vault") == files_in("kept") == []


def test_an_old_purchase_is_rejected(panelist, yesterday):
    old = yesterday - timedelta(days=31)

    receipt = read(submit_photo(panelist, day=old))

    assert (receipt.status, codes(receipt)) == (Status.REJECTED, ["too_old"])


def test_a_wide_window_takes_what_is_years_old(panelist, yesterday):
    ReceiptPolicy.objects.update(window_days=36_500)

    receipt = read(submit_photo(panelist, day=yesterday - timedelta(days=3000)))

    assert receipt.status == Status.ACCEPTED


def test_the_first_month_has_its_grace(panelist, yesterday):
    panelist.joined_at = timezone.now()
    panelist.save(update_fields=["joined_at"])

    receipt = read(submit_photo(panelist, day=yesterday - timedelta(days=31)))

    assert receipt.status == Status.ACCEPTED


def test_a_future_date_goes_to_a_person(panelist, yesterday):
    receipt = read(submit_photo(panelist, day=yesterday + timedelta(days=30)))

    assert receipt.status == Status.IN_REVIEW
    assert "future_date" in codes(receipt)


def test_the_same_file_is_rejected_before_it_is_read(panelist, yesterday):
    submit_photo(panelist, day=yesterday)
    other = make_panelist(panel=panelist.panel)

    receipt = submit_photo(other, photo(day=yesterday))

    assert (receipt.status, codes(receipt)) == (Status.REJECTED, ["duplicate_file"])
    assert OrmQ.objects.count() == 1


def test_the_same_purchase_is_rejected(panelist, yesterday):
    read(submit_photo(panelist, day=yesterday))
    other = make_panelist(panel=panelist.panel)

    receipt = read(submit_photo(other, day=yesterday, extra="Thank you"))

    assert receipt.status == Status.REJECTED
    assert codes(receipt) == ["duplicate_purchase"]


def test_a_withdrawn_receipt_can_be_shared_again(panelist, yesterday):
    withdraw(read(submit_photo(panelist, day=yesterday)), by=panelist.user)

    receipt = read(submit_photo(panelist, day=yesterday))

    assert receipt.status == Status.ACCEPTED


def test_prescription_words_go_to_a_person_and_leave_no_items(panelist, yesterday):
    receipt = read(
        submit_photo(panelist, day=yesterday, extra="Rx 1234567 Refill 2  0.00")
    )

    assert receipt.status == Status.IN_REVIEW
    assert "sensitive" in codes(receipt)
    assert not receipt.items.exists()
    result = receipt.readings.get().result
    assert "items" not in result
    for word in ("Rx", "1234567", "Refill", "FERNHILL", "Olive", "VISA"):
        assert word not in json.dumps(result)


def test_straight_through_can_be_switched_off(panelist, yesterday):
    ReceiptPolicy.objects.update(straight_through="off")

    receipt = read(submit_photo(panelist, day=yesterday))

    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["every_receipt"])


def test_a_receipt_in_review_keeps_its_files_in_the_vault_only(panelist, yesterday):
    ReceiptPolicy.objects.update(straight_through="off")

    receipt = read(submit_photo(panelist, day=yesterday))

    folder = f"receipts/{receipt.public_id}"
    assert files_in("vault") == [
        f"{folder}/original.jpg",
        f"{folder}/page-0.jpg",
        f"{folder}/thumb-0.jpg",
        f"{folder}/words-0.json",
    ]
    assert files_in("kept") == []


def test_reading_twice_changes_nothing(panelist, yesterday):
    receipt = read(submit_photo(panelist, day=yesterday))
    before = receipt.revision

    read(receipt)

    assert receipt.revision == before
    assert receipt.events.count() == 2


def test_a_damaged_file_goes_to_a_person_and_the_panelist_sees_why(panelist, yesterday):
    data = photo(day=yesterday).getvalue()
    broken = type(photo(day=yesterday))(data[: len(data) // 3])

    receipt = read(submit_photo(panelist, broken))

    assert (receipt.status, codes(receipt)) == (
        Status.IN_REVIEW,
        ["could_not_be_read"],
    )
    assert receipt.attempts == 1


def test_a_poison_file_ends_in_review_after_the_last_attempt(
    panelist, yesterday, monkeypatch, settings
):
    def poison(*args, **kwargs):
        raise DecodeFailed("crashed")

    monkeypatch.setattr(processing, "decode", poison)
    receipt = submit_photo(panelist, day=yesterday)

    for _ in range(settings.MAX_READ_ATTEMPTS):
        assert receipt.status == Status.SUBMITTED
        with pytest.raises(ReadFailed, match=r"^crashed\Z"):
            processing.read(receipt.pk)
        receipt.refresh_from_db()

    assert (receipt.status, receipt.attempts) == (Status.IN_REVIEW, 3)
    assert codes(receipt) == ["could_not_be_read"]


def test_a_file_that_fails_its_decoder_is_queued_again_at_once(
    panelist, yesterday, monkeypatch
):
    def poison(*args, **kwargs):
        raise DecodeFailed("timed_out")

    monkeypatch.setattr(processing, "decode", poison)
    receipt = submit_photo(panelist, day=yesterday)

    with pytest.raises(ReadFailed):
        processing.read(receipt.pk)

    assert [row.args() for row in OrmQ.objects.all()] == [(receipt.pk,)] * 2


@pytest.mark.parametrize(
    "code", ["damaged", "encrypted_pdf", "no_pages", "too_many_pages"]
)
def test_what_no_attempt_would_open_is_tried_once(
    panelist, yesterday, monkeypatch, code
):
    def hopeless(*args, **kwargs):
        raise DecodeFailed(code)

    monkeypatch.setattr(processing, "decode", hopeless)

    receipt = read(submit_photo(panelist, day=yesterday))

    assert (receipt.status, receipt.attempts) == (Status.IN_REVIEW, 1)


def test_after_a_fault_that_is_not_the_files_it_rests_before_the_next_attempt(
    panelist, yesterday, monkeypatch, settings
):
    """As when the storage is gone for some minutes: nothing else is wrong with it."""
    settings.MAX_READ_ATTEMPTS = 4
    waited = []

    def fault(*args, **kwargs):
        raise OSError("19.01 at FERNHILL")

    monkeypatch.setattr(processing, "decode", fault)
    receipt = submit_photo(panelist, day=yesterday)
    for _ in range(settings.MAX_READ_ATTEMPTS - 1):
        OrmQ.objects.all().delete()  # as the worker does with a task that it ended
        with pytest.raises(ReadFailed, match=r"^OSError\Z"):
            processing.read(receipt.pk)
        assert not OrmQ.objects.exists()
        waited.append(minutes_until_queued(receipt))

    assert waited == [1, 4, 16]
    monkeypatch.undo()
    assert read(receipt).status == Status.ACCEPTED


def minutes_until_queued(receipt) -> int:
    """How long the sweep leaves it alone; time is let pass minute by minute."""
    for minutes in range(60):
        if sweeping.requeue_stuck():
            return minutes
        receipt.refresh_from_db()
        receipt.queued_at -= timedelta(minutes=1)
        receipt.save(update_fields=["queued_at"])
    raise AssertionError("The sweep forgot it.")


def test_a_failed_attempt_leaves_nothing_but_what_was_shared(
    panelist, yesterday, monkeypatch
):
    def fault(*args, **kwargs):
        raise ValueError("19.01 at FERNHILL")

    monkeypatch.setattr(processing, "read_receipt", fault)
    receipt = submit_photo(panelist, day=yesterday)

    with pytest.raises(ReadFailed, match=r"^ValueError\Z"):
        processing.read(receipt.pk)

    receipt.refresh_from_db()
    assert (receipt.status, receipt.read_started_at) == (Status.SUBMITTED, None)
    assert files_in("vault") == [f"receipts/{receipt.public_id}/original.jpg"]


def test_another_worker_reading_it_is_left_alone(panelist, yesterday):
    receipt = submit_photo(panelist, day=yesterday)
    processing.begin(receipt.pk)

    assert processing.begin(receipt.pk) is None


def test_the_sweep_queues_what_a_killed_worker_left(panelist, yesterday, settings):
    receipt = submit_photo(panelist, day=yesterday)
    processing.begin(receipt.pk)
    long_ago = timezone.now() - timedelta(seconds=settings.TASK_TIMEOUT + 60)
    type(receipt).objects.update(read_started_at=long_ago)

    assert sweeping.requeue_stuck() == 1
    assert sweeping.requeue_stuck() == 0
    assert read(receipt).status == Status.ACCEPTED
    assert receipt.attempts == 2


def test_the_sweep_gives_up_after_the_last_attempt(panelist, yesterday, settings):
    receipt = submit_photo(panelist, day=yesterday)
    long_ago = timezone.now() - timedelta(seconds=settings.TASK_TIMEOUT + 60)
    type(receipt).objects.update(read_started_at=long_ago, attempts=3)

    sweeping.requeue_stuck()

    receipt.refresh_from_db()
    assert receipt.status == Status.IN_REVIEW


def test_the_sweep_queues_what_has_lost_its_task(panelist, yesterday):
    submit_photo(panelist, day=yesterday)
    OrmQ.objects.all().delete()
    type(panelist.receipts.get()).objects.update(
        queued_at=timezone.now() - timedelta(minutes=5)
    )

    assert sweeping.requeue_stuck() == 1
    assert OrmQ.objects.count() == 1


def test_the_sweep_leaves_a_waiting_queue_alone(panelist, yesterday):
    receipt = submit_photo(panelist, day=yesterday)
    type(receipt).objects.update(queued_at=timezone.now() - timedelta(minutes=5))

    assert sweeping.requeue_stuck() == 0


def test_the_sweep_finishes_what_a_crash_after_the_decision_left(
    panelist, yesterday, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(processing, "keep", lambda receipt: None)
        read(submit_photo(panelist, day=yesterday))
    assert files_in("kept") == []

    assert sweeping.finish_decided() == 1

    assert len(files_in("kept")) == 2
    assert files_in("vault") == []
    assert sweeping.finish_decided() == 0


def test_a_receipt_withdrawn_while_it_is_read_stays_withdrawn(
    panelist, yesterday, monkeypatch
):
    receipt = submit_photo(panelist, day=yesterday)
    look = processing.look

    def look_then_withdraw(*args):
        found = look(*args)
        withdraw(receipt, by=panelist.user)
        return found

    monkeypatch.setattr(processing, "look", look_then_withdraw)

    assert read(receipt).status == Status.WITHDRAWN
    assert files_in("vault") == files_in("kept") == []


def test_withdrawing_destroys_pictures_and_what_was_read(panelist, yesterday):
    receipt = read(submit_photo(panelist, day=yesterday))

    withdraw(receipt, by=panelist.user)

    receipt.refresh_from_db()
    assert files_in("kept") == files_in("vault") == []
    assert (receipt.merchant_name, receipt.total) == ("", None)
    assert not receipt.items.exists() and not receipt.readings.exists()


def test_nothing_of_the_receipt_is_logged(panelist, yesterday, caplog):
    read(submit_photo(panelist, day=yesterday))

    for word in ("FERNHILL", "19.01", panelist.user.email, "Olive"):
        assert word not in caplog.text

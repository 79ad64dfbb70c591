"""Nothing stays stuck, and no file outlives its reason."""

import os
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

from receipts.models import Receipt
from receipts.services import files, processing, sweeping
from receipts.services.submitting import submit, withdraw
from receipts.workflow import Status
from rewards.models import Reward, RewardPlan
from tests.factories import make_panelist, make_receipt, make_user
from tests.receipts.looks import conclude, names_in, store_page, upload_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def panelist():
    return make_panelist(joined_at=timezone.now() - timedelta(days=90))


def shared(panelist, shade=1) -> Receipt:
    return submit(upload_of(shade), panelist=panelist, by=panelist.user)


def change(receipt, **fields):
    Receipt.objects.filter(pk=receipt.pk).update(**fields)


def long_ago(settings):
    return timezone.now() - timedelta(seconds=settings.TASK_TIMEOUT + 60)


def age(path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


# Reads ------------------------------------------------------------------------------


def test_what_a_killed_worker_left_is_queued_again(panelist, settings):
    receipt = shared(panelist)
    processing.begin(receipt.pk)
    change(receipt, read_started_at=long_ago(settings))
    OrmQ.objects.all().delete()

    assert sweeping.requeue_stuck() == 1

    receipt.refresh_from_db()
    assert (receipt.read_started_at, receipt.attempts) == (None, 1)
    assert [row.args() for row in OrmQ.objects.all()] == [(receipt.pk,)]
    assert sweeping.requeue_stuck() == 0


def test_a_read_that_is_under_way_is_left_alone(panelist):
    receipt = shared(panelist)
    processing.begin(receipt.pk)

    assert sweeping.requeue_stuck() == 0


def test_a_lost_task_is_found_though_other_tasks_are_queued(panelist):
    lost, queued = shared(panelist), shared(panelist, 2)
    OrmQ.objects.first().delete()
    for _ in range(3):
        async_task("receipts.tasks.sweep")
    Receipt.objects.update(queued_at=timezone.now() - timedelta(minutes=3))

    assert sweeping.requeue_stuck() == 1

    tasks = [row.args() for row in OrmQ.objects.all() if row.args()]
    assert sorted(tasks) == sorted([(queued.pk,), (lost.pk,)])
    assert sweeping.requeue_stuck() == 0


def test_a_task_that_may_still_be_on_its_way_is_waited_for(panelist):
    shared(panelist)
    OrmQ.objects.all().delete()

    assert sweeping.requeue_stuck() == 0


def test_a_task_that_a_killed_cluster_had_taken_is_given_up(panelist, settings):
    receipt = shared(panelist)
    change(receipt, queued_at=long_ago(settings))
    retry = timedelta(seconds=settings.Q_CLUSTER["retry"])
    OrmQ.objects.update(lock=timezone.now() + retry)
    assert sweeping.requeue_stuck() == 0

    OrmQ.objects.update(lock=long_ago(settings) + retry)

    assert sweeping.requeue_stuck() == 1
    assert OrmQ.objects.count() == 2


def test_after_the_last_attempt_a_person_sees_it(panelist, settings):
    receipt = shared(panelist)
    change(receipt, attempts=3, read_started_at=long_ago(settings))

    assert sweeping.requeue_stuck() == 1

    receipt.refresh_from_db()
    assert receipt.status == Status.IN_REVIEW
    assert [verdict.code for verdict in receipt.verdicts.all()] == ["could_not_be_read"]


def test_one_receipt_that_fails_stops_no_other(panelist, settings, monkeypatch, caplog):
    first, second = shared(panelist), shared(panelist, 2)
    Receipt.objects.update(read_started_at=long_ago(settings), attempts=1)
    queue_again = processing.queue_again

    def broken_for_the_first(receipt):
        if receipt.pk == first.pk:
            raise ValueError("19.01 at FERNHILL")
        queue_again(receipt)

    monkeypatch.setattr(processing, "queue_again", broken_for_the_first)

    assert sweeping.requeue_stuck() == 1

    second.refresh_from_db()
    assert second.read_started_at is None
    assert "FERNHILL" not in caplog.text
    failed = [r for r in caplog.records if r.message == "sweep_failed"]
    assert [(r.receipt, r.code) for r in failed] == [(first.pk, "ValueError")]


# Files of decided receipts ----------------------------------------------------------


def test_what_is_done_is_not_looked_at_again(panelist):
    """Neither a receipt without pages, nor one whose rows name nothing any more."""
    make_receipt(Status.REJECTED, panelist=panelist)
    withdraw(shared(panelist), by=panelist.user)
    withdraw(conclude(shared(panelist)), by=panelist.user)
    conclude(shared(panelist))
    conclude(shared(panelist, 2), total=None, straight_through=False)

    assert sweeping.finish_decided() == 0


def test_what_was_accepted_is_kept_though_the_worker_died_before(panelist, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(processing, "keep", lambda receipt: None)
        receipt = conclude(shared(panelist))
    assert names_in("kept", receipt) == []

    assert sweeping.finish_decided() == 1

    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]
    assert names_in("vault", receipt) == []
    assert sweeping.finish_decided() == 0


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN])
def test_what_does_not_count_is_emptied(panelist, status):
    receipt = conclude(shared(panelist), straight_through=False)
    change(receipt, status=status, decided_at=timezone.now())

    assert sweeping.finish_decided() == 1

    assert names_in("vault", receipt) == names_in("kept", receipt) == []
    assert sweeping.finish_decided() == 0


def test_what_is_not_decided_keeps_its_files(panelist):
    receipt = conclude(shared(panelist), straight_through=False)
    before = names_in("vault", receipt)

    sweeping.sweep()

    assert names_in("vault", receipt) == before


def test_pages_of_a_withdrawn_receipt_that_a_killed_worker_stored_are_destroyed(
    panelist,
):
    receipt = shared(panelist)
    withdraw(receipt, by=panelist.user)
    store_page(receipt)
    assert names_in("vault", receipt) != []

    assert files.sweep_vault() == 1

    assert names_in("vault", receipt) == []
    assert files.sweep_vault() == 0


def test_a_file_without_a_receipt_is_destroyed_once_it_is_old(settings):
    files.vault().save("receipts/bcd234fgh567jkmn/original.jpg", ContentFile(b"x"))
    path = settings.VAULT_DIR / "receipts/bcd234fgh567jkmn/original.jpg"

    assert files.sweep_vault() == 0
    age(path, 4 * settings.TASK_TIMEOUT + 60)
    assert files.sweep_vault() == 1

    assert not path.parent.exists()


def test_what_is_yet_to_be_kept_is_not_swept_away(panelist, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(processing, "keep", lambda receipt: None)
        receipt = conclude(shared(panelist))

    assert files.sweep_vault() == 0

    assert "page-0.jpg" in names_in("vault", receipt)


def test_a_copy_of_a_withdrawn_receipt_that_a_killed_process_kept_is_destroyed(
    panelist,
):
    receipt = conclude(shared(panelist))
    withdraw(receipt, by=panelist.user)
    storages["kept"].save(f"{files.folder_of(receipt)}/page-0.jpg", ContentFile(b"x"))

    assert files.sweep_kept() == 1

    assert names_in("kept", receipt) == []


def test_work_folders_and_half_arrived_uploads_are_removed_once_they_are_old(settings):
    old = settings.WORK_DIR / "tmp-old"
    old.mkdir()
    (old / "page-0.jpg").write_bytes(b"x")
    upload = settings.FILE_UPLOAD_TEMP_DIR / "half.upload"
    upload.write_bytes(b"x")
    young = settings.WORK_DIR / "tmp-young"
    young.mkdir()
    for path in (old, upload):
        age(path, 4 * settings.TASK_TIMEOUT + 60)

    assert files.sweep_work_folders() == 2

    assert [p.exists() for p in (old, upload, young)] == [False, False, True]
    young.rmdir()


# Rewards ----------------------------------------------------------------------------


def month_before(month: date, months: int) -> date:
    for _ in range(months):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def make_plan(panel, **fields) -> RewardPlan:
    defaults = {
        "receipts_required": 2,
        "amount": Decimal("10.00"),
        "valid_from": date(2020, 1, 1),
    }
    return RewardPlan.objects.create(panel=panel, **defaults | fields)


@pytest.mark.parametrize(("months_ago", "rewarded"), [(0, 1), (1, 1), (5, 0)])
def test_a_plan_that_is_added_late_still_pays(panelist, months_ago, rewarded):
    month = month_before(panelist.panel.month(), months_ago)
    for _ in range(3):
        make_receipt(Status.ACCEPTED, panelist=panelist, month=month)
    assert sweeping.settle_months() == 0
    make_plan(panelist.panel)

    assert sweeping.settle_months() == rewarded

    months = list(Reward.objects.values_list("panelist", "month"))
    assert months == [(panelist.pk, month)] * rewarded
    assert sweeping.settle_months() == 0


def test_months_that_lack_something_are_left_alone(panelist):
    month = panelist.panel.month()
    make_plan(panelist.panel)
    make_receipt(Status.ACCEPTED, panelist=panelist)
    make_receipt(Status.IN_REVIEW, panelist=panelist)
    make_receipt(Status.ACCEPTED, panelist=panelist, month=month_before(month, 1))
    make_receipt(Status.ACCEPTED, panelist=make_panelist(panel=panelist.panel))
    for _ in range(2):
        make_receipt(Status.ACCEPTED)  # of another panel, which has no plan

    assert sweeping.settle_months() == 0
    assert not Reward.objects.exists()


def test_a_reward_that_someone_decided_on_is_not_proposed_again(panelist):
    make_plan(panelist.panel)
    for _ in range(2):
        make_receipt(Status.ACCEPTED, panelist=panelist)
    assert sweeping.settle_months() == 1
    Reward.objects.update(
        status="refused",
        refusal="Shared twice",
        decided_at=timezone.now(),
        decided_by=make_user(),
    )

    assert sweeping.settle_months() == 0
    assert Reward.objects.get().status == "refused"


def test_each_month_is_measured_by_the_plan_of_its_time(panelist):
    month = panelist.panel.month()
    make_plan(panelist.panel, receipts_required=3, valid_to=month)
    make_plan(panelist.panel, receipts_required=2, valid_from=month)
    for at in (month, month_before(month, 1)):
        for _ in range(2):
            make_receipt(Status.ACCEPTED, panelist=panelist, month=at)

    assert sweeping.settle_months() == 1
    assert Reward.objects.get().month == month


def test_months_are_looked_for_in_one_query(panelist, django_assert_num_queries):
    make_plan(panelist.panel)
    for _ in range(3):
        make_receipt(Status.ACCEPTED, panelist=panelist)
        make_receipt(Status.ACCEPTED, panelist=make_panelist(panel=panelist.panel))
    sweeping.settle_months()

    with django_assert_num_queries(1):
        sweeping.settle_months()


# The whole --------------------------------------------------------------------------


def test_one_step_that_fails_stops_no_other(panelist, monkeypatch, caplog):
    def broken():
        raise ValueError("19.01 at FERNHILL")

    called = []
    monkeypatch.setattr(sweeping, "STEPS", (broken, lambda: called.append(1)))

    sweeping.sweep()

    assert called == [1]
    assert "FERNHILL" not in caplog.text
    assert (caplog.records[0].task, caplog.records[0].code) == ("broken", "ValueError")


def test_a_quiet_minute_says_nothing(panelist, caplog):
    conclude(shared(panelist))
    caplog.clear()

    sweeping.sweep()

    assert caplog.records == []

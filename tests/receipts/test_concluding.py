"""What follows from a look at a receipt, whatever dies on the way."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_q.models import OrmQ

from receipts.models import ExcludedCategory, Merchant, Receipt
from receipts.reading.result import ItemKind, LineItem, Payment, TaxLine
from receipts.services import files, processing, reviewing
from receipts.services.errors import ReadFailed
from receipts.services.submitting import replace, submit, withdraw
from receipts.workflow import Status
from tests.factories import make_panelist, make_reviewer
from tests.receipts.looks import conclude, look_at, names_in, upload_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receipt():
    panelist = make_panelist(joined_at=timezone.now() - timedelta(days=90))
    return submit(upload_of(1), panelist=panelist, by=panelist.user)


def codes(receipt):
    return [verdict.code for verdict in receipt.verdicts.all()]


def look_instead(monkeypatch, *, then=lambda: None, **fields):
    """The reader's place is taken by a look that is ready, and by what happens then."""

    def look(receipt, folder):
        found = look_at(receipt, **fields)
        then()
        return found

    monkeypatch.setattr(processing, "look", look)


# Faults -----------------------------------------------------------------------------


def test_a_judgement_that_fails_is_tried_again_and_tells_a_code_only(
    receipt, monkeypatch
):
    def broken(*args, **kwargs):
        raise OperationalError("Key (total)=(19.01) at FERNHILL")

    look_instead(monkeypatch)
    monkeypatch.setattr(processing, "fill", broken)

    with pytest.raises(ReadFailed, match=r"^OperationalError\Z") as failure:
        processing.read(receipt.pk)

    assert (failure.value.__cause__, failure.value.__context__) == (None, None)
    receipt.refresh_from_db()
    assert (receipt.status, receipt.attempts) == (Status.SUBMITTED, 1)
    assert receipt.read_started_at is None
    assert names_in("vault", receipt) == ["original.png"]
    assert OrmQ.objects.count() == 1  # the sweep queues it again after a pause


def test_when_the_database_is_gone_altogether_the_sweep_has_it(receipt, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("connection to db.internal refused")

    look_instead(monkeypatch)
    monkeypatch.setattr(processing, "fill", broken)
    monkeypatch.setattr(processing, "fail", broken)

    with pytest.raises(ReadFailed, match=r"^OperationalError\Z"):
        processing.read(receipt.pk)

    receipt.refresh_from_db()
    assert receipt.status == Status.SUBMITTED
    assert receipt.read_started_at is not None


def test_a_copy_that_cannot_be_kept_costs_no_picture(receipt, monkeypatch):
    def broken(receipt):
        raise OSError("No space left on device")

    look_instead(monkeypatch)
    monkeypatch.setattr(files, "write_kept", broken)

    processing.read(receipt.pk)

    receipt.refresh_from_db()
    assert receipt.status == Status.ACCEPTED
    assert "page-0.jpg" in names_in("vault", receipt)


def test_a_commit_that_only_seemed_to_fail_keeps_its_pages(receipt, monkeypatch):
    really = processing.conclude

    def conclude_then_lose_the_answer(attempt, found):
        really(attempt, found)
        raise OperationalError("server closed the connection")

    look_instead(monkeypatch, straight_through=False)
    monkeypatch.setattr(processing, "conclude", conclude_then_lose_the_answer)

    processing.read(receipt.pk)

    receipt.refresh_from_db()
    assert receipt.status == Status.IN_REVIEW
    assert len(names_in("vault", receipt)) == 4


def test_a_look_that_fails_because_the_receipt_was_withdrawn_is_no_failure(
    receipt, monkeypatch
):
    def withdraw_then_fail():
        withdraw(receipt, by=receipt.panelist.user)
        raise ValueError("The file has no contents.")

    look_instead(monkeypatch, then=withdraw_then_fail)

    processing.read(receipt.pk)

    receipt.refresh_from_db()
    assert receipt.status == Status.WITHDRAWN


def test_the_task_of_an_erased_receipt_does_nothing(receipt):
    Receipt.objects.all().delete()

    assert processing.begin(receipt.pk) is None


def test_a_result_that_comes_after_the_sweep_gave_the_receipt_away_is_dropped(
    receipt, settings
):
    late = processing.begin(receipt.pk)
    found = look_at(late.receipt, total=Decimal("99.00"))
    long_ago = timezone.now() - timedelta(seconds=settings.TASK_TIMEOUT + 60)
    Receipt.objects.update(read_started_at=long_ago)
    conclude(receipt)

    processing.conclude(late, found)

    receipt.refresh_from_db()
    assert (receipt.total, receipt.attempts) == (Decimal("12.34"), 2)


def test_a_result_of_the_picture_before_the_replacement_is_dropped(receipt, settings):
    """Each is the first attempt at its picture, so the number alone isn't enough."""
    late = processing.begin(receipt.pk)
    found = look_at(late.receipt, total=Decimal("99.00"))
    Receipt.objects.update(attempts=3, read_started_at=None)
    assert processing.begin(receipt.pk) is None
    reviewer = make_reviewer()
    receipt = reviewing.take(receipt, by=reviewer)
    reviewing.return_to_panelist(
        receipt, code="cut_off", by=reviewer, revision=receipt.revision
    )
    replace(receipt, upload_of(2), by=receipt.panelist.user)
    processing.begin(receipt.pk)

    processing.conclude(late, found)

    receipt.refresh_from_db()
    assert (receipt.status, receipt.total) == (Status.SUBMITTED, None)


def test_a_failure_that_comes_too_late_changes_nothing(receipt):
    late = processing.begin(receipt.pk)
    withdraw(receipt, by=receipt.panelist.user)

    assert processing.fail(late, "crashed", hopeless=True) is False


# Judgements -------------------------------------------------------------------------


def test_a_kind_that_is_guessed_from_words_asks_a_person(receipt):
    ExcludedCategory.objects.create(panel=receipt.panel, category="transport")
    Merchant.objects.create(panel=receipt.panel, name="Corner Grocery")

    receipt = conclude(receipt, category="transport")

    assert (receipt.status, codes(receipt)) == (
        Status.IN_REVIEW,
        ["excluded_category"],
    )


def test_a_kind_that_the_panel_gave_the_merchant_rejects(receipt):
    ExcludedCategory.objects.create(panel=receipt.panel, category="transport")
    Merchant.objects.create(
        panel=receipt.panel, name="Corner Grocery", category="transport"
    )

    assert conclude(receipt).status == Status.REJECTED


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, Status.REJECTED),
        (0, None, Status.REJECTED),
        (1, None, Status.ACCEPTED),
        (-9, 0, Status.ACCEPTED),
        (-9, 1, Status.REJECTED),
    ],
)
def test_a_merchants_standing_has_its_days(receipt, since, until, expected):
    today = receipt.panel.today(receipt.submitted_at)
    days = [None if n is None else today + timedelta(days=n) for n in (since, until)]
    Merchant.objects.create(
        panel=receipt.panel,
        name="Corner Grocery",
        standing="own_store",
        valid_from=days[0],
        valid_to=days[1],
    )

    assert conclude(receipt).status == expected


def test_a_policys_days_are_those_of_submission(receipt):
    receipt.panel.receipt_policies.create(valid_from="2020-01-01", window_days=5)
    day = receipt.panel.today(receipt.submitted_at)

    assert conclude(receipt, date=day - timedelta(days=6)).status == Status.REJECTED


@pytest.mark.parametrize("total", [Decimal("10000000000.00"), Decimal("1e20")])
def test_more_digits_than_money_has_are_not_believed(receipt, total):
    items = (
        LineItem("Olive oil", Decimal(1), total),
        LineItem("Oats", Decimal("1e9"), Decimal("3.50")),
        LineItem("Bananas", Decimal(1), Decimal("2.10")),
    )

    receipt = conclude(receipt, total=total, subtotal=total, items=items)

    assert (receipt.total, receipt.subtotal) == (None, None)
    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["missing_total"])
    assert [item.description for item in receipt.items.all()] == ["Bananas"]


def test_a_reading_is_noted_without_more_digits_than_money_has(receipt):
    most = Decimal("99999999999.00")

    receipt = conclude(
        receipt,
        **dict.fromkeys(("total", "subtotal", "tax", "tip"), most),
        taxes=(TaxLine("Sales tax", most), TaxLine("City tax", Decimal("0.50"))),
        payments=(Payment("visa", most, "1234"), Payment("cash", Decimal("5.00"))),
    )

    noted = receipt.readings.get().result
    assert [noted[name] for name in ("total", "subtotal", "tax", "tip")] == [None] * 4
    assert noted["taxes"] == [{"name": "City tax", "rate": None, "amount": "0.50"}]
    assert [(paid["kind"], paid["amount"]) for paid in noted["payments"]] == [
        ("visa", None),
        ("cash", "5.00"),
    ]


def test_unit_prices_and_kinds_are_stored(receipt):
    one = Decimal(1)
    items = (
        LineItem("Fuel", Decimal("4.2"), Decimal("14.53"), Decimal("3.4599")),
        LineItem("Coupon", one, Decimal("-1.00"), None, ItemKind.DISCOUNT),
        LineItem("Oats", one, Decimal("-3.50"), Decimal("3.50"), ItemKind.VOID),
        LineItem("Deposit", Decimal(2), Decimal("-0.50"), Decimal("-0.25")),
        LineItem("Soup", one, Decimal("2.10"), Decimal("1e10")),
        LineItem("Sample", one, Decimal("0.00"), Decimal("0.00")),
    )

    receipt = conclude(receipt, items=items)

    stored = receipt.items.values_list("description", "unit_price", "kind")
    assert list(stored) == [
        ("Fuel", Decimal("3.4599"), "item"),
        ("Coupon", None, "discount"),
        ("Oats", Decimal("3.50"), "void"),
        ("Deposit", Decimal("0.25"), "item"),
        ("Soup", None, "item"),
        ("Sample", 0, "item"),
    ]


def test_a_receipt_of_an_unsure_shop_is_not_accepted(receipt):
    receipt = conclude(receipt, unsure=("merchant",))

    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["unsure_merchant"])
    assert receipt.events.last().code == "unsure_merchant"


def test_an_own_store_that_was_read_unsurely_is_not_rejected_unseen(receipt):
    Merchant.objects.create(
        panel=receipt.panel, name="Corner Grocery", standing="own_store"
    )

    receipt = conclude(receipt, unsure=("merchant",))

    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["own_store"])


@pytest.mark.parametrize(
    ("own", "read_as"),
    [
        ("Target Corp", "Target"),
        ("Target", "Target Optical"),
        ("H&M Inc.", "H & M"),
        ("Harbour Fresh", "Harbor Fresh"),
    ],
)
@pytest.mark.parametrize("standing", ["own_store", "excluded"])
def test_what_may_be_an_own_store_is_seen_by_a_person(receipt, standing, own, read_as):
    receipt.panel.merchants.create(name=own, standing=standing)
    # The panel doesn't ask for the name; that it is like theirs is known all the same.
    receipt.panel.receipt_policies.create(
        valid_from="2020-01-01", requires_merchant=False
    )

    receipt = conclude(receipt, merchant=read_as)

    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["unsure_merchant"])


def test_what_was_learned_does_not_hide_an_own_store(receipt):
    panel = receipt.panel
    panel.merchants.create(name="Target", learned_at=timezone.now())
    panel.merchants.create(name="Target Corp", standing="own_store")

    receipt = conclude(receipt, merchant="TARGET")

    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["unsure_merchant"])


def test_an_operators_own_row_tells_a_shop_from_an_own_store(receipt):
    panel = receipt.panel
    panel.merchants.create(name="Target Optical")
    panel.merchants.create(name="Target Corp", standing="own_store")

    assert conclude(receipt, merchant="Target Optical").status == Status.ACCEPTED


def test_a_shop_like_one_that_counts_again_needs_no_person(receipt):
    today = receipt.panel.today(receipt.submitted_at)
    receipt.panel.merchants.create(
        name="Target Corp", standing="excluded", valid_to=today
    )

    assert conclude(receipt, merchant="Target").status == Status.ACCEPTED


@pytest.mark.parametrize(
    ("is_used", "expected"),
    [(True, Status.REJECTED), (False, Status.IN_REVIEW)],
)
def test_an_own_store_is_found_by_its_alias(receipt, is_used, expected):
    shop = receipt.panel.merchants.create(name="Harbour Fresh", standing="own_store")
    shop.aliases.create(name="HF Mart", is_used=is_used)

    receipt = conclude(receipt, merchant="HF MART")

    assert receipt.status == expected
    assert receipt.merchant_name == ("Harbour Fresh" if is_used else "HF MART")


def test_a_panel_may_accept_whatever_the_shop_is_called(receipt):
    receipt.panel.receipt_policies.create(
        valid_from="2020-01-01", requires_merchant=False
    )

    assert conclude(receipt, unsure=("merchant",)).status == Status.ACCEPTED


# On trial ---------------------------------------------------------------------------


def trial_of(receipt):
    reading = receipt.readings.get()
    return (reading.policy, reading.trial, reading.would_be, reading.would_be_code)


def test_a_dry_run_notes_what_would_have_happened_and_leaves_it_to_a_person(receipt):
    policy = receipt.panel.receipt_policies.create(
        valid_from="2020-01-01", straight_through="dry_run"
    )

    receipt = conclude(receipt)

    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["every_receipt"])
    assert trial_of(receipt) == (policy, "dry_run", "accept", "")


def test_a_dry_run_rejects_nothing(receipt):
    policy = receipt.panel.receipt_policies.create(
        valid_from="2020-01-01", straight_through="dry_run", window_days=5
    )
    day = receipt.panel.today(receipt.submitted_at)

    receipt = conclude(receipt, date=day - timedelta(days=6))

    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["too_old"])
    assert trial_of(receipt) == (policy, "dry_run", "reject", "too_old")


def test_a_quality_check_has_a_person_look_at_what_would_have_been_accepted(receipt):
    policy = receipt.panel.receipt_policies.create(
        valid_from="2020-01-01", quality_check_percent=100
    )

    receipt = conclude(receipt)

    assert (receipt.status, codes(receipt)) == (Status.IN_REVIEW, ["quality_check"])
    assert receipt.events.last().code == "quality_check"
    assert trial_of(receipt) == (policy, "quality_check", "accept", "")


def test_no_quality_check_looks_at_what_a_person_sees_anyway(receipt):
    policy = receipt.panel.receipt_policies.create(
        valid_from="2020-01-01", quality_check_percent=100
    )

    receipt = conclude(receipt, straight_through=False)

    assert codes(receipt) == ["not_sure"]
    assert trial_of(receipt) == (policy, "", "review", "not_sure")


def test_without_a_policy_the_reading_says_what_happened(receipt):
    receipt = conclude(receipt)

    assert receipt.status == Status.ACCEPTED
    assert trial_of(receipt) == (None, "", "accept", "")


# What is noted for training ---------------------------------------------------------

CANDIDATES = {
    "total": (
        {"value": "12.34", "features": {"on_total_line": 1, "lead": 2.5}},
        {"value": "20.00", "features": {"on_total_line": 0, "lead": float("inf")}},
    ),
    "date": ({"value": "2026-11-23", "features": {"points": 3.0}},),
    "merchant": ({"value": "CORNER GROCERY", "features": {"line": 0.0}},),
}


def test_what_the_reader_chose_from_is_noted_as_numbers(receipt):
    receipt = conclude(receipt, candidates=CANDIDATES, model="7")

    reading = receipt.readings.get()
    assert reading.model == "7"
    assert reading.candidates == {
        "total": [
            {"value": "12.34", "features": {"on_total_line": 1.0, "lead": 2.5}},
            {"value": "20.00", "features": {"on_total_line": 0.0}},
        ],
        "date": [{"value": "2026-11-23", "features": {"points": 3.0}}],
        "merchant": [{"features": {"line": 0.0}}],
    }


# Something sensitive ----------------------------------------------------------------


def test_of_a_sensitive_receipt_nothing_stays_that_may_be_what_is_sensitive(receipt):
    items = (LineItem("AMOXICILLIN 500MG", Decimal(1), Decimal("12.34")),)

    receipt = conclude(
        receipt, is_sensitive=True, merchant="JANE DOE AMOXICILLIN", items=items
    )

    assert (receipt.merchant_name, receipt.status) == ("", Status.IN_REVIEW)
    assert not receipt.items.exists()
    stored = json.dumps(receipt.readings.get().result)
    assert "AMOXICILLIN" not in stored and "JANE" not in stored
    assert codes(receipt) == ["sensitive"]
    assert receipt.events.last().code == "sensitive"


def test_of_a_sensitive_receipt_no_candidate_and_no_number_of_the_paper_stays(receipt):
    """A date among the candidates may be a birthday, a number a prescription's."""
    receipt = conclude(
        receipt,
        is_sensitive=True,
        candidates=CANDIDATES,
        store_number="0042",
        transaction_number="RX7788991",
        taxes=(TaxLine("AMOXICILLIN TAX", Decimal("0.10")),),
        payments=(Payment("visa", last_four="4242"),),
        evidence={"merchant": ("JANE DOE is named.",), "total": ("Printed twice.",)},
    )

    reading = receipt.readings.get()
    stored = json.dumps(reading.result)
    told = ("0042", "RX7788991", "AMOXICILLIN", "4242", "JANE")
    assert [word for word in told if word in stored] == []
    assert reading.candidates == {}
    assert reading.result["evidence"] == {"total": ["Printed twice."]}


@pytest.mark.parametrize("name", ["Corner Pharmacy", "Walgreens"])
def test_a_name_that_is_known_elsewhere_stays(receipt, name):
    Merchant.objects.create(panel=receipt.panel, name="Corner Pharmacy")

    receipt = conclude(receipt, is_sensitive=True, merchant=name)

    assert receipt.merchant_name == name


def test_a_discount_that_adds_something_is_stored_as_an_item(receipt):
    item = LineItem("Happy hour", Decimal(1), Decimal("2.00"), kind=ItemKind.DISCOUNT)

    receipt = conclude(receipt, items=(item,))

    stored = receipt.items.get()
    assert (stored.kind, stored.amount) == ("item", Decimal("2.00"))

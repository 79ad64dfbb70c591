"""Each purchase counts once, whoever shares it, at whatever moment."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from receipts.models import DuplicateClaim, Receipt
from receipts.services import duplicates, processing, reviewing
from receipts.services.duplicates import normalized, purchase_key
from receipts.services.errors import DuplicatePurchase
from receipts.services.reviewing import Edit, ItemEdit
from receipts.services.submitting import submit
from receipts.workflow import Status
from tests.factories import make_panelist, make_reviewer
from tests.receipts.looks import conclude, look_at, upload_of
from tests.together import together

DAY, AT, TOTAL = date(2026, 11, 20), time(18, 30), Decimal("12.34")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Corner Grocery", "cornergrocery"),
        ("CORNER-GROCERY #12", "cornergrocery12"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_names_are_compared_by_letters_and_digits(name, expected):
    assert normalized(name) == expected


def test_a_key_is_the_same_for_the_same_purchase_only():
    key = purchase_key("Corner Grocery", DAY, AT, TOTAL)

    assert key == purchase_key(
        "CORNER GROCERY.", DAY, time(18, 30, 59), Decimal("12.340")
    )
    assert len(key) == 64
    others = [
        purchase_key("Corner Bakery", DAY, AT, TOTAL),
        purchase_key("Corner Grocery", DAY + timedelta(days=1), AT, TOTAL),
        purchase_key("Corner Grocery", DAY, time(18, 31), TOTAL),
        purchase_key("Corner Grocery", DAY, AT, Decimal("12.35")),
    ]
    assert len({key, *others}) == 5


@pytest.fixture
def panel(transactional_db):
    return make_panelist().panel


_shades = iter(range(1, 1_000_000))


def shared(panel) -> Receipt:
    panelist = make_panelist(panel=panel, joined_at=timezone.now() - timedelta(days=90))
    return submit(upload_of(next(_shades)), panelist=panelist, by=panelist.user)


def codes(receipt):
    return [verdict.code for verdict in receipt.verdicts.all()]


def edit_of(receipt, **fields) -> Edit:
    receipt.refresh_from_db()
    names = ("merchant_name", "purchased_on", "purchased_at", "currency", "total")
    defaults = {name: getattr(receipt, name) for name in names}
    defaults["items"] = (ItemEdit("Olive oil", Decimal(1), Decimal("12.34")),)
    return Edit(revision=receipt.revision, **defaults | fields)


def accept(receipt, **fields) -> Receipt:
    reviewer = make_reviewer()
    reviewing.take(receipt, by=reviewer)
    return reviewing.accept(receipt, edit_of(receipt, **fields), by=reviewer)


def test_a_second_receipt_of_an_accepted_purchase_is_rejected(panel):
    conclude(shared(panel))

    second = conclude(shared(panel))

    assert (second.status, codes(second)) == (Status.REJECTED, ["duplicate_purchase"])
    assert not second.claims.exists()


def test_another_time_of_day_is_another_purchase(panel):
    conclude(shared(panel))

    assert conclude(shared(panel), time=time(9, 5)).status == Status.ACCEPTED


@pytest.mark.parametrize(("first", "second"), [(None, None), (AT, None), (None, AT)])
def test_without_a_time_a_person_compares(panel, first, second):
    conclude(shared(panel), time=first)

    receipt = conclude(shared(panel), time=second)

    assert (receipt.status, codes(receipt)) == (
        Status.IN_REVIEW,
        ["possible_duplicate"],
    )
    assert accept(receipt).status == Status.ACCEPTED


def test_a_receipt_that_may_be_read_wrong_rejects_no_other(panel):
    waiting = conclude(shared(panel), straight_through=False)

    second = conclude(shared(panel))

    assert waiting.status == Status.IN_REVIEW
    assert (second.status, codes(second)) == (
        Status.IN_REVIEW,
        ["possible_duplicate"],
    )


def test_what_a_person_accepts_first_counts_and_the_other_then_cannot(panel):
    waiting = conclude(shared(panel), straight_through=False)
    second = conclude(shared(panel))

    accept(second)

    assert DuplicateClaim.objects.get(kind="purchase").receipt == second
    with pytest.raises(DuplicatePurchase):
        accept(waiting)
    waiting.refresh_from_db()
    assert waiting.status == Status.IN_REVIEW


def test_a_receipt_whose_total_is_corrected_is_another_purchase(panel):
    waiting = conclude(shared(panel), straight_through=False)
    accept(conclude(shared(panel)))

    accepted = accept(waiting, total=Decimal("12.84"))

    assert accepted.status == Status.ACCEPTED


def test_a_returned_receipt_stands_in_nobodys_way(panel):
    waiting = conclude(shared(panel), straight_through=False)
    reviewer = make_reviewer()
    reviewing.take(waiting, by=reviewer)
    reviewing.return_to_panelist(
        waiting, code="cut_off", by=reviewer, revision=waiting.revision
    )

    assert conclude(shared(panel)).status == Status.ACCEPTED


def test_a_rejected_receipt_gives_its_claims_up(panel):
    waiting = conclude(shared(panel), straight_through=False)
    reviewer = make_reviewer()
    reviewing.take(waiting, by=reviewer)

    reviewing.reject(waiting, code="unreadable", by=reviewer, revision=waiting.revision)

    assert not DuplicateClaim.objects.exists()
    assert conclude(shared(panel)).status == Status.ACCEPTED


def test_a_corrected_purchase_gives_up_what_it_claimed_before(panel):
    waiting = conclude(shared(panel), straight_through=False)

    accept(waiting, total=Decimal("12.84"))

    key = purchase_key(
        waiting.merchant_name,
        waiting.purchased_on,
        waiting.purchased_at,
        Decimal("12.84"),
    )
    assert DuplicateClaim.objects.get(kind="purchase").key == key


@pytest.mark.parametrize("at", [AT, None])
def test_two_workers_at_one_moment_accept_a_purchase_once(panel, at):
    attempts = [processing.begin(shared(panel).pk) for _ in range(2)]
    found = [look_at(attempt.receipt, time=at) for attempt in attempts]

    results = together(
        *(
            lambda attempt=attempt, look=look: processing.conclude(attempt, look)
            for attempt, look in zip(attempts, found, strict=True)
        )
    )

    assert results == [None, None]
    statuses = sorted(Receipt.objects.values_list("status", flat=True))
    # Without a time a person is asked to compare.
    assert statuses == ["accepted", "rejected" if at else "in_review"]


def test_two_reviewers_at_one_moment_accept_a_purchase_once(panel):
    waiting = [conclude(shared(panel), straight_through=False) for _ in range(2)]
    reviewers = [make_reviewer(), make_reviewer()]
    edits = []
    for receipt, reviewer in zip(waiting, reviewers, strict=True):
        reviewing.take(receipt, by=reviewer)
        edits.append(edit_of(receipt))

    results = together(
        *(
            lambda receipt=receipt, edit=edit, by=by: reviewing.accept(
                receipt, edit, by=by
            )
            for receipt, edit, by in zip(waiting, edits, reviewers, strict=True)
        )
    )

    names = sorted(type(result).__name__ for result in results)
    assert names == ["DuplicatePurchase", "Receipt"]
    assert Receipt.objects.filter(status=Status.ACCEPTED).count() == 1


@pytest.mark.parametrize("missing", ["merchant_name", "purchased_on", "total"])
def test_a_purchase_that_lacks_something_claims_nothing(panel, missing):
    receipt = conclude(shared(panel))
    setattr(receipt, missing, "" if missing == "merchant_name" else None)

    with transaction.atomic():
        assert duplicates.claim_purchase(receipt) == "none"

    assert not receipt.claims.filter(kind="purchase").exists()

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from receipts.models import Reading, ReceiptPolicy
from receipts.reading.result import VERSION
from receipts.training.decided import confirmed_examples
from receipts.training.examples import Example, Offer
from receipts.workflow import Status
from tests.factories import make_receipt, make_reviewer

pytestmark = pytest.mark.django_db
CANDIDATES = {
    "total": [
        {"value": "12.34", "features": {"points": 5.0}},
        {"value": "20.00", "features": {"points": 2.0}},
    ],
    "date": [{"value": "2026-11-02", "features": {"points": 3.0}}],
    "merchant": [{"features": {"points": 0.9}}],
}


def make_confirmed(**fields):
    defaults = {
        "merchant_name": "Corner Grocery",
        "purchased_on": date(2026, 11, 20),
        "total": Decimal("12.34"),
        "decided_by": make_reviewer(),
    }
    return make_receipt(Status.ACCEPTED, **defaults | fields)


def make_reading(receipt, **fields):
    defaults = {
        "version": VERSION,
        "straight_through": False,
        "result": {"merchant": "CORNER GROCERY #4"},
        "candidates": CANDIDATES,
    }
    return Reading.objects.create(receipt=receipt, **defaults | fields)


def test_what_the_reviewer_confirmed_is_right():
    receipt = make_confirmed()
    make_reading(receipt)

    assert list(confirmed_examples()) == [
        Example(
            "cornergrocery",
            {
                "total": (Offer({"points": 5.0}, True), Offer({"points": 2.0}, False)),
                "date": (Offer({"points": 3.0}, False),),
                "merchant": (Offer({"points": 0.9}, True),),
            },
            name="confirmed by a person",
            decided_at=receipt.decided_at,
        )
    ]


def test_a_corrected_merchant_makes_the_read_one_wrong():
    make_reading(make_confirmed(merchant_name="Quince & Sons"))

    (one,) = confirmed_examples()

    assert not one.fields["merchant"][0].is_right


def test_the_newest_reading_counts():
    receipt = make_confirmed()
    newer = {"total": [{"value": "12.34", "features": {"points": 7.0}}]}
    make_reading(receipt, at=timezone.now() - timedelta(days=1))
    make_reading(receipt, candidates=newer)

    (one,) = confirmed_examples()

    assert one.fields == {"total": (Offer({"points": 7.0}, True),)}


@pytest.mark.parametrize(
    ("receipt", "reading"),
    [
        ({"decided_by": None}, {}),
        ({}, {"version": "0"}),
        ({}, {"candidates": {}}),
    ],
)
def test_what_tells_nothing_is_left_out(receipt, reading):
    make_reading(make_confirmed(**receipt), **reading)

    assert list(confirmed_examples()) == []


def test_rejected_receipts_confirm_nothing():
    make_reading(make_receipt(Status.REJECTED, decided_by=make_reviewer()))

    assert list(confirmed_examples()) == []


@pytest.mark.parametrize(("percent", "weight"), [(50, 2.0), (2, 10.0), (0, 1.0)])
def test_a_quality_check_stands_for_those_that_nobody_saw(percent, weight):
    receipt = make_confirmed()
    policy = ReceiptPolicy.objects.create(
        panel=receipt.panel,
        valid_from=date(2026, 11, 1),
        quality_check_percent=percent,
    )
    make_reading(receipt, policy=policy, trial="quality_check", would_be="accept")

    (one,) = confirmed_examples()

    assert one.weight == weight

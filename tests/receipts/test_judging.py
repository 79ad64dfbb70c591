"""The policy of the day as the gate and the rules see it, and who is drawn by lot."""

from dataclasses import fields
from decimal import Decimal

import pytest

from panelists.public_ids import new_public_id
from receipts.models import ReceiptPolicy
from receipts.reading.gate import Gate
from receipts.rules import StraightThrough
from receipts.services.judging import is_drawn, is_merchant_sure, rules_of
from tests.factories import make_panel, make_receipt
from tests.receipts.looks import reading_of

DAY = "2026-11-01"


def test_a_new_policy_asks_for_what_the_reader_asks_for():
    assert ReceiptPolicy().gate() == Gate()


def test_a_policy_sets_each_requirement_and_threshold_of_its_own():
    own = {
        field.name: not field.default if isinstance(field.default, bool) else 0.75
        for field in fields(Gate)
    }

    policy = ReceiptPolicy(
        **{
            name: value if isinstance(value, bool) else Decimal("0.750")
            for name, value in own.items()
        }
    )

    assert policy.gate() == Gate(**own)


def test_a_threshold_of_zero_is_not_an_empty_one():
    policy = ReceiptPolicy(least_word_confidence=Decimal(0))

    assert policy.gate().least_word_confidence == 0.0


def test_the_choices_of_straight_through_are_those_of_the_rules():
    assert ReceiptPolicy.StraightThrough.values == list(StraightThrough)


@pytest.mark.django_db
def test_the_policy_of_a_day_says_whose_it_is_without_asking_again(
    django_assert_num_queries,
):
    panel = make_panel(currency="CAD")
    ReceiptPolicy.objects.create(
        panel=panel, valid_from=DAY, straight_through="dry_run", window_days=7
    )
    policy = ReceiptPolicy.for_day(panel, panel.today())

    with django_assert_num_queries(1):  # the excluded categories
        rules = rules_of(policy)

    assert (rules.currency, rules.window_days, rules.straight_through) == (
        "CAD",
        7,
        StraightThrough.DRY_RUN,
    )


# The lot ----------------------------------------------------------------------------


def test_the_lot_falls_on_about_the_percentage():
    ids = [new_public_id() for _ in range(4000)]

    drawn = sum(is_drawn(public_id, Decimal("10.00")) for public_id in ids)

    # 400 with a standard deviation of 19: outside once in a billion runs.
    assert 280 < drawn < 520


def test_nobody_is_drawn_at_zero_and_everybody_at_a_hundred():
    ids = [new_public_id() for _ in range(200)]

    assert not any(is_drawn(public_id, Decimal("0.00")) for public_id in ids)
    assert all(is_drawn(public_id, Decimal("100.00")) for public_id in ids)


def test_a_second_look_draws_the_same(settings):
    ids = [new_public_id() for _ in range(200)]
    half = Decimal("50.00")
    first = [is_drawn(public_id, half) for public_id in ids]

    again = [is_drawn(public_id, half) for public_id in ids]
    settings.SECRET_KEY = "another secret key, so another lot"
    elsewhere = [is_drawn(public_id, half) for public_id in ids]

    assert again == first
    assert elsewhere != first


def test_who_is_drawn_at_a_percentage_is_drawn_at_a_higher_one():
    ids = [new_public_id() for _ in range(500)]
    few = {public_id for public_id in ids if is_drawn(public_id, Decimal(20))}

    more = {public_id for public_id in ids if is_drawn(public_id, Decimal(60))}

    assert few < more


# The shop ---------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("policy", "unsure", "expected"),
    [
        ({}, (), True),
        ({}, ("merchant",), False),
        ({}, ("date", "total"), True),
        ({"requires_merchant": False}, ("merchant",), True),
    ],
)
def test_a_shop_is_as_sure_as_the_gate_found_it(policy, unsure, expected):
    reading = reading_of(make_receipt(), unsure=unsure)

    assert is_merchant_sure(reading, ReceiptPolicy(**policy)) is expected

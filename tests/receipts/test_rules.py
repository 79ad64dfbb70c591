"""Each rule at its boundary, and what follows where a field is sure or isn't."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from receipts.rules import (
    Duplicate,
    Facts,
    Finding,
    Outcome,
    Rules,
    Standing,
    barriers,
    find,
    judge,
)

SUBMITTED_ON = date(2026, 11, 24)
ALL = frozenset({"merchant", "category", "date", "total", "currency"})
RULES = Rules(
    currency="USD",
    window_days=31,
    first_month_grace_days=31,
    excluded_categories=frozenset({"casino"}),
)
CLEAR = Facts(
    submitted_on=SUBMITTED_ON,
    merchant="Corner Grocery",
    category="supermarket",
    purchased_on=SUBMITTED_ON - timedelta(days=1),
    total=Decimal("12.34"),
    currency="USD",
    has_items=True,
    sure=ALL,
    straight_through=True,
)


def codes(**facts) -> list[str]:
    return [finding.code for finding in find(replace(CLEAR, **facts), RULES)]


def days_ago(days: int) -> date:
    return SUBMITTED_ON - timedelta(days=days)


def test_a_clear_receipt_is_accepted_without_a_finding():
    judgement = judge(CLEAR, RULES)

    assert (judgement.outcome, judgement.findings) == (Outcome.ACCEPT, ())


# What is wrong, its code, and the fields on which it rests.
REJECTING = {
    "own store": ({"standing": Standing.OWN_STORE}, "own_store", {"merchant"}),
    "excluded": ({"standing": Standing.EXCLUDED}, "excluded_merchant", {"merchant"}),
    "excluded kind": (
        {"category": "casino"},
        "excluded_category",
        {"merchant", "category"},
    ),
    "currency": ({"currency": "CAD"}, "wrong_currency", {"currency"}),
    "too old": ({"purchased_on": days_ago(32)}, "too_old", {"date"}),
    "future": ({"purchased_on": days_ago(-1)}, "future_date", {"date"}),
    "nothing paid": ({"total": Decimal("0.00")}, "not_positive_total", {"total"}),
    "a return": ({"total": Decimal("-5.00")}, "not_positive_total", {"total"}),
    "shared before": (
        {"duplicate": Duplicate.SAME},
        "duplicate_purchase",
        {"date", "total"},
    ),
}


@pytest.mark.parametrize(
    ("wrong", "code", "rests_on"), REJECTING.values(), ids=REJECTING.keys()
)
def test_a_rule_rejects_on_fields_that_are_sure(wrong, code, rests_on):
    facts = replace(CLEAR, **wrong, sure=frozenset(rests_on))

    judgement = judge(facts, RULES)

    assert judgement.outcome == Outcome.REJECT
    assert judgement.findings == (Finding(code, rejects=True),)


@pytest.mark.parametrize(
    ("wrong", "code", "unsure"),
    [
        pytest.param(wrong, code, field, id=f"{name}, {field}")
        for name, (wrong, code, rests_on) in REJECTING.items()
        for field in sorted(rests_on)
    ],
)
def test_a_rule_asks_a_person_where_a_field_is_not_sure(wrong, code, unsure):
    facts = replace(CLEAR, **wrong, sure=ALL - {unsure})

    judgement = judge(facts, RULES)

    assert judgement.outcome == Outcome.REVIEW
    assert judgement.findings == (Finding(code, rejects=False),)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"merchant": None}, "missing_merchant"),
        ({"merchant": ""}, "missing_merchant"),
        ({"purchased_on": None}, "missing_date"),
        ({"total": None}, "missing_total"),
        ({"has_items": False}, "missing_items"),
        ({"straight_through": False}, "not_sure"),
        ({"duplicate": Duplicate.POSSIBLE}, "possible_duplicate"),
        ({"is_sensitive": True}, "sensitive"),
    ],
)
def test_these_always_ask_a_person(facts, code):
    judgement = judge(replace(CLEAR, **facts), RULES)

    assert judgement.outcome == Outcome.REVIEW
    assert judgement.findings == (Finding(code, rejects=False),)


@pytest.mark.parametrize(
    ("days", "in_first_month", "expected"),
    [
        (0, False, []),
        (31, False, []),
        (32, False, ["too_old"]),
        (32, True, []),
        (62, True, []),
        (63, True, ["too_old"]),
    ],
)
def test_the_window_and_its_grace(days, in_first_month, expected):
    assert codes(purchased_on=days_ago(days), in_first_month=in_first_month) == expected


def test_a_purchase_of_the_day_is_not_in_the_future():
    assert codes(purchased_on=SUBMITTED_ON) == []
    assert codes(purchased_on=SUBMITTED_ON + timedelta(days=1)) == ["future_date"]


def test_one_cent_is_a_purchase():
    assert codes(total=Decimal("0.01")) == []


def test_a_receipt_that_names_no_currency_is_in_the_panels():
    assert codes(currency=None) == []


def test_the_merchants_standing_comes_before_its_kind():
    assert codes(standing=Standing.OWN_STORE, category="casino") == ["own_store"]


def test_something_sensitive_goes_to_a_person_whatever_else_is_wrong():
    facts = replace(CLEAR, is_sensitive=True, standing=Standing.OWN_STORE)

    judgement = judge(facts, RULES)

    assert judgement.outcome == Outcome.REVIEW
    assert [finding.code for finding in judgement.findings] == [
        "sensitive",
        "own_store",
    ]


def test_a_rejection_names_only_what_it_rests_on():
    facts = replace(
        CLEAR,
        standing=Standing.OWN_STORE,
        purchased_on=days_ago(40),
        has_items=False,
        sure=frozenset({"merchant"}),
    )

    judgement = judge(facts, RULES)

    assert judgement.outcome == Outcome.REJECT
    assert judgement.findings == (Finding("own_store", rejects=True),)


def test_a_panel_may_have_a_person_look_at_every_receipt():
    judgement = judge(CLEAR, replace(RULES, straight_through=False))

    assert judgement.outcome == Outcome.REVIEW
    assert judgement.findings == (Finding("not_sure"),)


def test_a_panel_without_straight_through_still_rejects_what_is_sure():
    facts = replace(CLEAR, standing=Standing.OWN_STORE)

    judgement = judge(facts, replace(RULES, straight_through=False))

    assert judgement.outcome == Outcome.REJECT


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (wrong, code)
        for wrong, code, _rests_on in REJECTING.values()
        if code != "duplicate_purchase"
    ],
)
def test_no_reviewer_can_set_aside_a_rule_of_the_panel(wrong, code):
    found = barriers(replace(CLEAR, **wrong, sure=frozenset()), RULES)

    assert [finding.code for finding in found] == [code]


def test_what_a_reviewer_has_looked_at_is_no_barrier():
    facts = replace(
        CLEAR,
        has_items=False,
        straight_through=False,
        is_sensitive=True,
        duplicate=Duplicate.POSSIBLE,
        sure=frozenset(),
    )

    assert barriers(facts, RULES) == ()

"""Each rule at its boundary, and what follows where a field is sure or isn't."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from receipts.rules import (
    Duplicate,
    Facts,
    Finding,
    Judgement,
    Outcome,
    Rules,
    Standing,
    StraightThrough,
    Trial,
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
        ({"is_merchant_sure": False}, "unsure_merchant"),
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


OFF = replace(RULES, straight_through=StraightThrough.OFF)
DRY_RUN = replace(RULES, straight_through=StraightThrough.DRY_RUN)


def test_a_panel_may_have_a_person_look_at_every_receipt():
    judgement = judge(CLEAR, OFF)

    assert judgement == Judgement(
        Outcome.REVIEW, (Finding("every_receipt"),), would_be=Outcome.ACCEPT
    )


def test_a_panel_without_straight_through_still_rejects_what_is_sure():
    facts = replace(CLEAR, standing=Standing.OWN_STORE)

    judgement = judge(facts, OFF)

    assert judgement.outcome == Outcome.REJECT


def test_a_dry_run_notes_what_would_have_been_accepted():
    judgement = judge(replace(CLEAR, is_quality_check=True), DRY_RUN)

    assert judgement == Judgement(
        Outcome.REVIEW,
        (Finding("every_receipt"),),
        would_be=Outcome.ACCEPT,
        trial=Trial.DRY_RUN,
    )


def test_a_dry_run_notes_what_would_have_been_rejected_and_has_a_person_decide():
    facts = replace(CLEAR, standing=Standing.OWN_STORE, has_items=False)

    judgement = judge(facts, DRY_RUN)

    assert judgement == Judgement(
        Outcome.REVIEW,
        (Finding("own_store", rejects=True), Finding("missing_items")),
        would_be=Outcome.REJECT,
        would_be_code="own_store",
        trial=Trial.DRY_RUN,
    )


@pytest.mark.parametrize("rules", [RULES, OFF, DRY_RUN])
def test_what_a_person_would_have_looked_at_anyway_says_why(rules):
    judgement = judge(replace(CLEAR, straight_through=False), rules)

    assert judgement.outcome == judgement.would_be == Outcome.REVIEW
    assert judgement.would_be_code == "not_sure"


@pytest.mark.parametrize("rules", [RULES, OFF, DRY_RUN])
def test_something_sensitive_would_never_have_been_rejected_unseen(rules):
    facts = replace(CLEAR, is_sensitive=True, standing=Standing.OWN_STORE)

    judgement = judge(facts, rules)

    assert (judgement.would_be, judgement.would_be_code) == (
        Outcome.REVIEW,
        "sensitive",
    )


def test_a_receipt_on_which_the_lot_fell_is_looked_at():
    judgement = judge(replace(CLEAR, is_quality_check=True), RULES)

    assert judgement == Judgement(
        Outcome.REVIEW,
        (Finding("quality_check"),),
        would_be=Outcome.ACCEPT,
        trial=Trial.QUALITY_CHECK,
    )


@pytest.mark.parametrize(
    ("wrong", "outcome"),
    [
        ({"standing": Standing.OWN_STORE}, Outcome.REJECT),
        ({"straight_through": False}, Outcome.REVIEW),
    ],
)
def test_the_lot_changes_nothing_for_what_would_not_have_been_accepted(wrong, outcome):
    judgement = judge(replace(CLEAR, is_quality_check=True, **wrong), RULES)

    assert (judgement.outcome, judgement.trial) == (outcome, Trial.NONE)


def test_an_unsure_shop_that_does_not_count_is_told_once():
    facts = replace(
        CLEAR,
        standing=Standing.OWN_STORE,
        is_merchant_sure=False,
        sure=ALL - {"merchant"},
    )

    assert judge(facts, RULES).findings == (Finding("own_store"),)


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

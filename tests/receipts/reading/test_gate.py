from datetime import date
from decimal import Decimal

import pytest

from receipts.reading.dates import DateCandidate
from receipts.reading.facts import POINTS
from receipts.reading.gate import (
    STRONG,
    WEAK,
    Gate,
    Ruling,
    Sight,
    rule_on_date,
    rule_on_items,
    rule_on_merchant,
    rule_on_total,
)
from receipts.reading.merchant import Named
from receipts.reading.result import LineItem
from receipts.reading.totals import Candidate

GATE = Gate()


def total(value="21.64", points=6.0, *, facts=("sum",), **given):
    values = {"on_total_line": True, "is_printed": True, "lines": [5]} | given
    return Candidate(
        Decimal(value), points, facts=dict.fromkeys(facts, "so."), **values
    )


def day(points=4.0, **given):
    return DateCandidate(date(2026, 3, 14), 2, points, lines=(2,), **given)


def codes(ruling):
    return [reason.code for reason in ruling.reasons]


def on_total(*ranked, gate=GATE, words=0.98, sight=Sight.UNSEEN):
    return rule_on_total(ranked, gate, words, sight)


def on_date(*ranked, gate=GATE, plausible=True, words=0.98, sight=Sight.CONFIRMED):
    return rule_on_date(ranked, gate, is_plausible=plausible, words=words, sight=sight)


@pytest.mark.parametrize(
    ("best", "others"),
    [
        (total(), []),
        (total(facts=("change",), on_total_line=False), []),
        (total(facts=("sum", "card"), on_total_line=False), []),
        (total(facts=("sum",), on_total_line=False, is_below_tax=True), []),
        (total(facts=("sum", "paid"), on_total_line=False), []),
        (total(facts=("paid", "again")), []),
        (total(facts=("paid",)), []),
        (total(facts=("paid", "again")), [total("9.00", 4.0)]),
        (total(facts=("paid", "rate")), [total("9.00", 4.0)]),
        (total(facts=("paid", "near_sum")), [total("9.00", 4.0)]),
        (total(facts=("again", "rate")), [total("9.00", 4.0)]),
        (total(facts=("again", "near_sum")), [total("9.00", 4.0)]),
        # The arithmetic leaves the last digits open, and the second look sees them.
        (total(facts=("rate", "reader")), [total("9.00", 4.0)]),
        (total(facts=("near_sum", "reader")), [total("9.00", 4.0)]),
        # A part of it that is proven as well, as the sum before a tip.
        (total(facts=("sum",)), [total("19.99", 3.0, facts=("sum", "items"))]),
        # What it is the rounding of, of which the change was given.
        (
            total("21.65", facts=("rounding",)),
            [total("21.64", 2.0, facts=("change",))],
        ),
    ],
)
def test_a_proven_total_is_sure(best, others):
    ruling = on_total(best, *others)

    assert (ruling.is_sure, codes(ruling)) == (True, [])


@pytest.mark.parametrize(
    ("ranked", "given", "code"),
    [
        ([], {}, "no_total"),
        ([total(points=0.0)], {}, "no_total"),
        ([total(facts=("items",), on_total_line=False)], {}, "no_total_line"),
        ([total(facts=())], {}, "no_evidence"),
        # The same line read twice, whose word may have been taken for another.
        ([total(facts=("reader",))], {}, "no_evidence"),
        # A tax that fits as many amounts as its rounding allows.
        ([total(facts=("rate",))], {}, "no_evidence"),
        ([total(facts=("paid",)), total("9.00", 4.0)], {}, "no_evidence"),
        # Both come from one tax, and fit the amounts beside the right one.
        ([total(facts=("near_sum", "rate")), total("9.00", 4.0)], {}, "no_evidence"),
        # Right digits, of which nothing says that they aren't the cash handed over.
        ([total(facts=("paid", "reader")), total("9.00", 4.0)], {}, "no_evidence"),
        # The same words twice, and another look that sees no more than their digits.
        ([total(facts=("again", "reader")), total("9.00", 4.0)], {}, "no_evidence"),
        ([total(), total("9.00", 5.0)], {}, "rival_total"),
        # Cash and change prove another amount.
        ([total(), total("21.60", 1.0, facts=("change",))], {}, "rival_total"),
        # A larger amount has more that proves it.
        ([total(), total("25.64", 3.0, facts=("sum", "card"))], {}, "rival_total"),
        ([total("0.00")], {}, "zero_total"),
        ([total(is_unrounded=True)], {}, "unrounded_total"),
        ([total()], {"words": 0.5}, "dim_total"),
        ([total(is_printed=False)], {}, "dim_total"),
        ([total()], {"sight": Sight.DISPUTED}, "disputed_total"),
    ],
)
def test_a_total_goes_to_a_person_for_a_reason(ranked, given, code):
    ruling = on_total(*ranked, **given)

    assert (ruling.is_sure, codes(ruling)) == (False, [code])


def test_every_weak_fact_is_one_that_is_looked_for():
    assert WEAK.keys() <= POINTS.keys()
    assert not STRONG & WEAK.keys()


@pytest.mark.parametrize(
    ("gate", "best", "words"),
    [
        (
            Gate(requires_total_line=False),
            total(facts=("items",), on_total_line=False),
            0.98,
        ),
        (Gate(requires_second_fact=False), total(facts=()), 0.98),
        (Gate(least_word_confidence=0.4), total(), 0.5),
    ],
)
def test_a_panel_may_require_less_of_a_total(gate, best, words):
    assert on_total(best, gate=gate, words=words).is_sure
    assert not on_total(best, words=words).is_sure


def test_a_second_look_makes_up_for_dim_print():
    assert on_total(total(), words=0.5, sight=Sight.CONFIRMED).is_sure
    assert on_date(day(), words=0.5).is_sure


@pytest.mark.parametrize(
    ("ranked", "given", "code"),
    [
        ([], {}, "no_date"),
        ([day()], {"plausible": False}, "odd_date"),
        ([day(), DateCandidate(date(2026, 3, 1), 9, 3.0)], {}, "rival_date"),
        ([day(points=2.0)], {}, "bare_date"),
        ([day(is_other_day=True)], {}, "other_day"),
        ([day()], {"sight": Sight.UNSEEN}, "unseen_date"),
        ([day()], {"sight": Sight.DISPUTED}, "disputed_date"),
    ],
)
def test_a_date_goes_to_a_person_for_a_reason(ranked, given, code):
    ruling = on_date(*ranked, **given)

    assert (ruling.is_sure, codes(ruling)) == (False, [code])


def test_an_unusual_order_of_day_and_month_wants_a_second_look():
    assert on_date(day(swapped=True)).is_sure
    assert codes(on_date(day(swapped=True), sight=Sight.UNSEEN)) == [
        "date_order",
        "unseen_date",
    ]


def test_a_panel_may_do_without_the_second_look_but_not_against_it():
    gate = Gate(requires_date_witness=False)

    assert on_date(day(), gate=gate, sight=Sight.UNSEEN).is_sure
    assert codes(on_date(day(), gate=gate, sight=Sight.DISPUTED)) == ["disputed_date"]


@pytest.mark.parametrize(
    ("named", "is_sure"),
    [
        (Named("Fern Hill Market", None, 0.80, ()), True),
        (Named("Fern Hill Market", None, 0.79, ()), False),
        (Named(None, None, 0.0, ()), False),
    ],
)
def test_a_merchant_is_sure_from_its_confidence_on(named, is_sure):
    ruling = rule_on_merchant(named, GATE)

    assert (ruling.is_sure, bool(ruling.reasons)) == (is_sure, not is_sure)


def test_items_are_required_where_the_panel_says_so():
    items = (LineItem("Tea", Decimal(1), Decimal("2.00")),)

    assert rule_on_items((), GATE).reasons == ()
    assert codes(rule_on_items((), Gate(requires_items=True))) == ["no_items"]
    assert rule_on_items(items, Gate(requires_items=True)).is_sure


@pytest.mark.parametrize(("learned", "is_sure"), [(0.98, True), (0.96, False)])
def test_a_learned_confidence_takes_the_rules_place_and_may_forbid(learned, is_sure):
    gate = Gate(least_total_confidence=0.97)

    ruling = gate.with_confidence(Ruling(True, 0.99), "total", learned)

    assert (ruling.is_sure, ruling.confidence) == (is_sure, learned)
    assert codes(ruling) == ([] if is_sure else ["doubtful_total"])

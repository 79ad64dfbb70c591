"""The language of conditions: read, decided, written again."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.logic.conditions import (
    Always,
    And,
    Answered,
    Compared,
    Counted,
    In,
    Includes,
    Not,
    Or,
    WrongCondition,
    as_source,
    decided,
    holds,
    parse,
    references,
    renamed,
)
from surveys.logic.facts import Facts

FACTS = Facts(
    answers={
        "one": {"chosen": "yes"},
        "many": {"chosen": ["a", "b"], "other": "more"},
        "brand": {"chosen": "Trader Joe's"},
        "scale": 3,
        "sum": 0.1,
        "day": "2026-01-31",
        "said": "something",
        "rank": ["b", "a", "c"],
        "grid": {"price": "good", "taste": ["good", "bad"]},
        "nothing": {"chosen": []},
    },
    profile={"age": 40, "region": "US-CA", "months": 0, "language": "en"},
    purchase={"merchant": "Costco", "total": "12.50", "days": 3},
)

refs = st.sampled_from(["q1", "grid.row_1", "profile.age", "purchase.total", "a_b"])
signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
numbers = st.decimals(-1000, 1000, places=2).map(lambda one: one + 0)
values = st.one_of(numbers, st.text(max_size=8), st.dates())
lists = st.lists(values, min_size=1, max_size=3).map(tuple)
conditions = st.recursive(
    st.one_of(
        st.builds(Compared, refs, signs, values),
        st.builds(In, refs, lists),
        st.builds(Includes, refs, lists),
        st.builds(
            Includes, refs, lists.filter(lambda some: len(some) > 1), st.just(True)
        ),
        st.builds(Answered, refs, st.booleans()),
        st.builds(Counted, refs, signs, numbers),
    ),
    lambda part: st.one_of(
        st.builds(Not, part),
        st.builds(And, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(part, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(conditions)
def test_a_condition_that_was_written_is_read_as_it_was(condition):
    assert parse(as_source(condition)) == condition


def test_nothing_always_holds():
    assert parse("  ") == Always()
    assert as_source(Always()) == ""
    assert holds(Always(), Facts())


def test_and_binds_more_than_or_and_not_most():
    assert parse("not a answered or b answered and c answered") == Or(
        (Not(Answered("a")), And((Answered("b"), Answered("c"))))
    )


def test_words_may_be_in_capitals_and_quotes_are_doubled():
    assert parse("q1 = 'it''s' OR q2 NOT ANSWERED") == Or(
        (Compared("q1", "=", "it's"), Answered("q2", False))
    )
    assert as_source(Compared("q1", "=", "it's")) == 'q1 = "it\'s"'


def test_values_are_numbers_days_and_texts():
    assert parse("a in (1, -2.5, 2026-01-31, 'x')") == In(
        "a", (Decimal(1), Decimal("-2.5"), date(2026, 1, 31), "x")
    )


@pytest.mark.parametrize(
    ("source", "at", "told"),
    [
        ("q1 == 'a'", 3, "“==” is written “=”."),
        ("q1 <> 'a'", 3, "“<>” is written “!=”."),
        ("a answered && b answered", 11, "“&&” is written “and”."),
        ("a answered || b answered", 11, "“||” is written “or”."),
        (
            "q1 = yes",
            5,
            "A value was expected, not “yes”: texts and the codes of options stand in "
            "quotes.",
        ),
        ("q1 = 'yes", 5, "A text begins here, but its end is missing."),
        ("q1 = ", 4, "A value was expected, not the end."),
        ("(q1 answered", 12, "“)” was expected, not the end."),
        ("q1 answered q2", 12, "“and” or “or” was expected, not “q2”."),
        ("q1 = 2026-02-30", 5, "“2026-02-30” is no day."),
        ("q1 in 3", 6, "A list in parentheses was expected, not “3”."),
        ("q1 in (3 4)", 9, "“,” or “)” was expected, not “4”."),
        ("q1 includes any 'a'", 16, "“of” was expected, not “'a'”."),
        (
            "profile answered",
            0,
            "The code of a question was expected (or profile.age), not “profile”.",
        ),
        (
            "q1 and q2",
            3,
            "Something that is said about it was expected (=, !=, <, >, includes, in, "
            "answered), not “and”.",
        ),
        ("count q1 > 2", 6, "“count” needs a question in parentheses: count(q1)."),
        ("count(q1) > 'a'", 12, "A number was expected, not “'a'”."),
        (
            "count(q1) in (1)",
            10,
            "A count is compared by =, !=, <, <=, > or >=, not “in”.",
        ),
        ("q1 > 3 & 4", 7, "“&” isn't understood here."),
        ("q1 = 3a", 5, "“3a” isn't understood here."),
        ("(" * 41 + "a answered", 40, "Too many parentheses within one another."),
    ],
)
def test_what_is_no_condition_is_refused_in_words_and_where(source, at, told):
    with pytest.raises(WrongCondition) as refused:
        parse(source)

    assert (str(refused.value), refused.value.at) == (told, at)


@given(st.text(alphabet="q1. ()'\"=<>!,andotricuse&|-0", max_size=30))
def test_any_source_is_read_or_refused_at_a_place_in_it(source):
    try:
        parse(source)
    except WrongCondition as error:
        assert 0 <= error.at <= len(source)


@pytest.mark.parametrize(
    "source",
    [
        "one = 'yes'",
        "one != 'no'",
        "one in ('no', 'yes')",
        "not one = 'no'",
        "many includes 'a'",
        "many includes any of ('c', 'b')",
        "many includes all of ('a', 'b')",
        "count(many) = 2",
        "count(rank) > 2",
        "rank includes 'c'",
        'brand = "Trader Joe\'s"',
        "scale >= 3 and scale < 4",
        "scale in (1, 3)",
        "sum = 0.1",
        "day = 2026-01-31",
        "day > 2025-12-31",
        "said answered",
        "grid.price = 'good'",
        "grid.taste includes 'bad'",
        "count(grid.taste) = 2",
        "grid answered",
        "grid.smell not answered",
        "nothing not answered",
        "unasked not answered",
        "not (unasked = 'a')",
        "profile.age >= 18",
        "profile.months = 0",
        "profile.region = 'US-CA'",
        "purchase.total = 12.5",
        "purchase.category not answered",
        "one = 'no' or purchase.days < 4",
    ],
)
def test_it_holds(source):
    assert holds(parse(source), FACTS)


@pytest.mark.parametrize(
    "source",
    [
        "unasked = 'a'",
        "unasked != 'a'",
        "unasked answered",
        "count(unasked) = 0",
        "count(nothing) = 0",
        "one = 'no'",
        "one > 'a'",
        "one = 3",
        "one includes 'yes'",
        "many = 'a'",
        "many in ('a', 'b')",
        "many includes all of ('a', 'c')",
        "many includes any of ('c', 'd')",
        "count(many) != 2",
        "count(one) = 1",
        "scale != 3",
        "scale > 3 or scale < 3",
        "sum = 'x'",
        "said = 3",
        "day < 2026-01-31",
        "day = 3",
        "scale = 2026-01-31",
        "grid.price in ('bad')",
        "grid.smell != 'good'",
        "grid = 'good'",
        "purchase.category = 'grocery'",
        "profile.unknown answered",
        "one = 'yes' and many includes 'c'",
    ],
)
def test_it_does_not_hold(source):
    assert not holds(parse(source), FACTS)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", True),
        ("one = 'yes'", True),
        ("scale = 3", None),
        ("not scale = 3", None),
        ("one = 'no' and scale = 3", False),
        ("one = 'yes' and scale = 3", None),
        ("one = 'yes' or scale = 3", True),
        ("one = 'no' or scale = 3", None),
        ("grid.price = 'good'", None),
        ("profile.age > 18", True),
    ],
)
def test_what_can_still_change_is_not_decided(source, told):
    assert decided(parse(source), FACTS, frozenset({"scale", "grid"})) is told


@given(conditions)
def test_with_nothing_open_decided_is_what_holds(condition):
    assert decided(condition, FACTS, frozenset()) is holds(condition, FACTS)


def test_references_are_as_written():
    condition = parse("a = 1 and (grid.row answered or not count(b) > 3)")

    assert references(condition) == {"a", "grid.row", "b"}


def test_a_code_is_renamed_and_nothing_else():
    source = "q1  = 'q1' and (q1.row answered or q11 = 3 or count(q1)>2)"

    assert renamed(source, "q1", "drinks") == (
        "drinks  = 'q1' and (drinks.row answered or q11 = 3 or count(drinks)>2)"
    )


def test_a_source_that_cannot_be_read_is_not_renamed():
    assert renamed("q1 = 'a", "q1", "q2") == "q1 = 'a"

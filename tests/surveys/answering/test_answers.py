"""Checking answers, reading them from forms, saying them in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from surveys.answering.answers import WrongAnswer, clean, from_form, in_words, is_empty
from surveys.definition import Kind, Option, Question, Row, ScaleStyle, Text
from tests.surveys.factories import options

TODAY = date(2026, 11, 24)
ABC = (
    *options("a", "b"),
    Option("other", Text(en="Other"), asks_text=True),
    Option("none", Text(en="None of these"), is_exclusive=True),
)


def ask(kind: Kind, **fields) -> Question:
    return Question("q1", kind, **fields)


SINGLE = ask(Kind.SINGLE, options=ABC)
MULTIPLE = ask(Kind.MULTIPLE, options=ABC)
MATRIX = ask(Kind.MATRIX, rows=(Row("x"), Row("y")), options=options("a", "b"))
GRID = ask(
    Kind.MATRIX, rows=(Row("x"), Row("y")), options=options("a", "b"), is_multiple=True
)
RANKING = ask(Kind.RANKING, options=options("a", "b", "c"))
NUMBER = ask(Kind.NUMBER, least=Decimal(0), most=Decimal(1000), decimals=2)
SCALE = ask(Kind.SCALE, style=ScaleStyle.NPS)
DATE = ask(Kind.DATE, earliest="2026-01-01", latest="today")
TEXT = ask(Kind.TEXT, least=Decimal(3), most=Decimal(10))
BRAND = ask(Kind.BRAND)
BRANDS = ask(Kind.BRAND, is_multiple=True, most=Decimal(2))


def cleaned(question: Question, value, language: str = "en"):
    return clean(question, value, today=TODAY, language=language, fallback="en")


@pytest.mark.parametrize(
    ("question", "value", "stored"),
    [
        (SINGLE, {"chosen": "a", "other": "x"}, {"chosen": "a"}),
        (
            SINGLE,
            {"chosen": "other", "other": " a  b "},
            {"chosen": "other", "other": "a b"},
        ),
        (MULTIPLE, {"chosen": ["b", "a", "b"]}, {"chosen": ["a", "b"]}),
        (MULTIPLE, {"chosen": ["none"]}, {"chosen": ["none"]}),
        (MATRIX, {"y": "b", "x": "a"}, {"x": "a", "y": "b"}),
        (GRID, {"x": ["b", "a"], "y": ["a"]}, {"x": ["a", "b"], "y": ["a"]}),
        (RANKING, ["c", "a", "b"], ["c", "a", "b"]),
        (NUMBER, "12.50", 12.5),
        (NUMBER, "1,000", 1000),
        (NUMBER, 3, 3),
        (NUMBER, 0.1, 0.1),
        (SCALE, 10, 10),
        (SCALE, "7", 7),
        (DATE, "2026-11-24", "2026-11-24"),
        (TEXT, "  four ", "four"),
        (TEXT, "nul\x00l\ud800s", "nulls"),
        (BRAND, {"chosen": " Corner  Grocery "}, {"chosen": "Corner Grocery"}),
        (BRANDS, {"chosen": ["A", "a", "", "B"]}, {"chosen": ["A", "B"]}),
        (ask(Kind.INFORMATION), "x", None),
    ],
)
def test_a_right_answer_is_stored_in_one_shape(question, value, stored):
    found = cleaned(question, value)

    assert found == stored
    assert type(found) is type(stored)
    assert cleaned(question, found) == found


CHOOSE = "Please choose among what is offered."
PLACES = "Please give each a place of its own: 1, 2, 3 and so on."


@pytest.mark.parametrize(
    ("question", "value", "told"),
    [
        (SINGLE, {"chosen": "z"}, CHOOSE),
        (SINGLE, "a", CHOOSE),
        (SINGLE, {"chosen": ["a"]}, CHOOSE),
        (SINGLE, {"chosen": "other"}, "Please say in a few words what you mean."),
        (
            SINGLE,
            {"chosen": "other", "other": "x" * 201},
            "Please use at most 200 characters.",
        ),
        (
            MULTIPLE,
            {"chosen": ["a", "none"]},
            "“None of these” can’t be combined with anything else.",
        ),
        (MULTIPLE, {"chosen": "a"}, CHOOSE),
        (MATRIX, {"x": "a"}, "Please answer every row."),
        (MATRIX, {"x": "a", "y": "z"}, CHOOSE),
        (MATRIX, {"x": "a", "y": "a", "z": "a"}, CHOOSE),
        (RANKING, ["a", "b"], "Please give every one a place."),
        (RANKING, ["a", "a", "b"], PLACES),
        (RANKING, {"a": "1", "b": "1"}, PLACES),
        (NUMBER, "abc", "Please type a number."),
        (NUMBER, "NaN", "Please type a number."),
        (NUMBER, float("nan"), "Please type a number."),
        (NUMBER, float("inf"), "Please type a number."),
        (NUMBER, 10**400, "Please type a number."),
        (NUMBER, "1e5", "Please type a number."),
        (NUMBER, True, "Please type a number."),
        (NUMBER, "1.234", "Please type at most 2 decimal places."),
        (NUMBER, -1, "Please answer between 0 and 1000."),
        (ask(Kind.NUMBER), 1.5, "Please type a whole number."),
        (ask(Kind.NUMBER, least=Decimal(5)), 4, "Please answer 5 or more."),
        (ask(Kind.NUMBER, most=Decimal("2.5")), 3, "Please answer 2.5 or less."),
        (SCALE, 11, CHOOSE),
        (SCALE, 1.5, CHOOSE),
        (SCALE, True, CHOOSE),
        (DATE, "2026-02-30", "Please give a day, such as 2026-01-31."),
        (DATE, "20260101", "Please give a day, such as 2026-01-31."),
        (
            DATE,
            "2026-11-25",
            "Please answer between Jan. 1, 2026 and Nov. 24, 2026.",
        ),
        (
            ask(Kind.DATE, earliest="today"),
            "2026-11-23",
            "Please answer Nov. 24, 2026 or later.",
        ),
        (TEXT, "ab", "Please use at least 3 characters."),
        (TEXT, "x" * 11, "Please use at most 10 characters."),
        (TEXT, 3, "Please type a text."),
        (BRAND, {"chosen": 3}, "Please type a name."),
        (BRANDS, {"chosen": ["a", "b", "c"]}, "Please choose at most 2."),
    ],
)
def test_a_wrong_answer_is_refused_in_words(question, value, told):
    with pytest.raises(WrongAnswer) as refused:
        cleaned(question, value)

    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("question", "empty"),
    [
        (SINGLE, {"chosen": None}),
        (MULTIPLE, {"chosen": []}),
        (MATRIX, {"x": ""}),
        (RANKING, []),
        (TEXT, " \n"),
        (NUMBER, None),
    ],
)
def test_what_is_required_is_answered_and_what_is_not_may_be_empty(question, empty):
    with pytest.raises(WrongAnswer, match=r"^Please answer this question\.$"):
        cleaned(question, empty)

    optional = Question(**{**vars(question), "is_required": False})
    assert cleaned(optional, empty) is None


def test_an_optional_matrix_or_ranking_may_be_half_answered():
    optional = {"is_required": False}

    assert cleaned(Question(**vars(MATRIX) | optional), {"y": "a"}) == {"y": "a"}
    assert cleaned(Question(**vars(RANKING) | optional), ["b"]) == ["b"]


def test_a_ranking_may_ask_for_the_best_few():
    best = ask(Kind.RANKING, options=options("a", "b", "c"), most=Decimal(2))

    assert cleaned(best, ["c", "a"]) == ["c", "a"]
    with pytest.raises(WrongAnswer, match="at least 2"):
        cleaned(best, ["c"])
    with pytest.raises(WrongAnswer, match="at most 2"):
        cleaned(best, ["c", "a", "b"])


def test_how_many_to_choose_is_less_where_less_is_offered_and_one_alone_is_enough():
    two = ask(Kind.MULTIPLE, options=ABC, least=Decimal(2), most=Decimal(2))
    carried = Question(**{**vars(two), "options": options("a")})

    with pytest.raises(WrongAnswer, match="at least 2"):
        cleaned(two, {"chosen": ["a"]})
    assert cleaned(two, {"chosen": ["none"]}) == {"chosen": ["none"]}
    assert cleaned(carried, {"chosen": ["a"]}) == {"chosen": ["a"]}


def test_a_questions_own_message_is_told_in_place_of_ours():
    own = Text(en="Cups, please!", de="Tassen, bitte!")
    question = ask(Kind.NUMBER, most=Decimal(5), message=own)

    with pytest.raises(WrongAnswer, match="Tassen, bitte!"):
        cleaned(question, 9, "de")
    with pytest.raises(WrongAnswer, match="Please answer this question"):
        cleaned(question, None, "de")


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("1.5", "en", 1.5),
        ("1,5", "en", 1.5),
        ("1,5", "de", 1.5),
        ("1.234,5", "de", None),
        ("1 000", "en", 1000),
        ("−3", "en", -3),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, language, number):
    question = ask(Kind.NUMBER, decimals=1)

    if number is None:
        assert cleaned(question, typed, language) == 1234.5
    else:
        assert cleaned(question, typed, language) == number


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["a", "b", "none", "other", "x", "chosen", "2026-01-02"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["chosen", "other", "x", "y"]) | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
ALL = [SINGLE, MULTIPLE, MATRIX, GRID, RANKING, NUMBER, SCALE, DATE, TEXT, BRAND]
ALL.append(BRANDS)


@given(st.sampled_from(ALL), JSON)
def test_whatever_is_sent_is_stored_as_it_will_be_checked_again_or_refused(
    question, value
):
    try:
        found = cleaned(question, value)
    except WrongAnswer as error:
        assert str(error)
        return

    assert not is_empty(found)
    assert cleaned(question, found) == found
    assert in_words(question, found, "en", "en")


@pytest.mark.parametrize(
    ("question", "form", "value"),
    [
        (SINGLE, "q1=a", {"chosen": "a"}),
        (SINGLE, "q1=other&q1__other=x", {"chosen": "other", "other": "x"}),
        (SINGLE, "q1__other=x", {"chosen": "other", "other": "x"}),
        (SINGLE, "q1__other=", None),
        (MULTIPLE, "q1=a&q1=b", {"chosen": ["a", "b"]}),
        (MULTIPLE, "", None),
        (MATRIX, "q1__x=a&q1__y=b&q1__z=c", {"x": "a", "y": "b"}),
        (GRID, "q1__x=a&q1__x=b", {"x": ["a", "b"]}),
        (RANKING, "q1__rank_a=2&q1__rank_b=1&q1__rank_c=7", ["b", "a", "c"]),
        (RANKING, "q1__rank_a=1&q1__rank_b=1", {"a": "1", "b": "1"}),
        (RANKING, "q1__rank_a=", None),
        (NUMBER, "q1=2,5", "2,5"),
        (SCALE, "q1=7", 7),
        (SCALE, "q1=x", "x"),
        (DATE, "q1=2026-01-02", "2026-01-02"),
        (TEXT, "q1=hello+you", "hello you"),
        (TEXT, "q1=+", None),
        (BRAND, "q1=A", {"chosen": "A"}),
        (BRANDS, "q1=A&q1=&q1=B", {"chosen": ["A", "B"]}),
        (ask(Kind.INFORMATION), "q1=x", None),
    ],
)
def test_a_plain_form_says_the_same(question, form, value):
    assert from_form(question, QueryDict(form)) == value


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (SINGLE, {"chosen": "a"}, "A"),
        (SINGLE, {"chosen": "other", "other": "Mate"}, "Mate"),
        (MULTIPLE, {"chosen": ["a", "b"]}, "A, B"),
        (MATRIX, {"x": "a", "y": "b"}, "x: A; y: B"),
        (GRID, {"y": ["a", "b"]}, "y: A, B"),
        (RANKING, ["c", "a", "b"], "C, A, B"),
        (ask(Kind.NUMBER, unit=Text(en="cups")), 3, "3 cups"),
        (NUMBER, 2.5, "2.5"),
        (SCALE, 0, "0"),
        (DATE, "2026-01-31", "Jan. 31, 2026"),
        (TEXT, "As it is", "As it is"),
        (BRANDS, {"chosen": ["A", "B"]}, "A, B"),
        (TEXT, None, ""),
    ],
)
def test_an_answer_in_words(question, value, words):
    assert in_words(question, value, "en", "en") == words

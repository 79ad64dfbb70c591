"""Signs that somebody answered without reading."""

from dataclasses import replace
from decimal import Decimal

import pytest

from surveys.answering.gibberish import is_gibberish
from surveys.answering.quality import FLAG_WORDS, flags
from surveys.definition import Definition, Kind, Page, Question
from surveys.logic.facts import Facts
from tests.surveys.factories import ANSWERS, SURVEY, options

SHOWN = tuple(ANSWERS)


def flagged(definition=SURVEY, shown=SHOWN, seconds=100, median=None, **answers):
    facts = Facts({**ANSWERS, **answers})
    return flags(definition, facts, shown, seconds, median)


def test_somebody_who_reads_has_no_flags():
    assert flagged(median=120.0) == ()


@pytest.mark.parametrize(
    ("seconds", "median", "found"),
    [(33, 100.0, ("speeder",)), (34, 100.0, ()), (1, None, ()), (0, 0.0, ())],
)
def test_less_than_a_third_of_the_median_is_too_fast(seconds, median, found):
    assert flagged(seconds=seconds, median=median) == found


def test_the_same_column_in_all_of_four_rows_is_straight():
    rows = dict.fromkeys(ANSWERS["brand"], "good")

    assert flagged(brand=rows) == ("straight_lining",)
    assert flagged(brand={**rows, "cafe": "bad"}) == ()
    assert flagged(brand=dict(list(rows.items())[:3])) == ()


def test_one_column_alone_is_nobodys_fault():
    grid = replace(SURVEY.question("brand"), options=options("good"))
    definition = Definition(pages=(Page("p", (grid,)),))

    assert flagged(definition, brand=dict.fromkeys(ANSWERS["brand"], "good")) == ()


def test_four_alike_scales_of_one_page_are_a_grid():
    scales = [
        Question(f"s{n}", Kind.SCALE, least=Decimal(1), most=Decimal(7))
        for n in range(4)
    ]
    one_page = Definition(pages=(Page("p", tuple(scales)),))
    two_pages = Definition(pages=(Page("p", (*scales[:3],)), Page("q", (scales[3],))))
    same = {scale.code: 4 for scale in scales}

    assert flagged(one_page, tuple(same), **same) == ("straight_lining",)
    assert flagged(one_page, tuple(same), **{**same, "s2": 5}) == ()
    assert flagged(two_pages, tuple(same), **same) == ()


@pytest.mark.parametrize(
    ("kind", "expected", "value", "passes"),
    [
        (Kind.SINGLE, ("a",), {"chosen": "a"}, True),
        (Kind.SINGLE, ("a", "b"), {"chosen": "b"}, True),
        (Kind.SINGLE, ("a",), {"chosen": "b"}, False),
        (Kind.MULTIPLE, ("a", "b"), {"chosen": ["b", "a"]}, True),
        (Kind.MULTIPLE, ("a", "b"), {"chosen": ["a"]}, False),
        (Kind.SCALE, ("3",), 3, True),
        (Kind.SCALE, ("3",), 4, False),
        (Kind.MATRIX, ("a",), {"x": "a", "y": "a"}, True),
        (Kind.MATRIX, ("a",), {"x": "a", "y": "b"}, False),
        (Kind.SINGLE, ("a",), None, False),
    ],
)
def test_an_attention_check(kind, expected, value, passes):
    check = Question("c", kind, options=options("a", "b"), expected=expected)
    definition = Definition(pages=(Page("p", (check,)),))

    assert flagged(definition, ("c",), c=value) == (
        () if passes else ("failed_attention",)
    )
    assert flagged(definition, (), c=value) == ()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "asdfghjkl",
            "asdfasdf",
            "qwertyuiop",
            "qwertzuiop",
            "qweqweqwe",
            "jkljkljkl",
        ),
        *("aaaaaaaa", "AAAAAA", "hjhjhjhj", "dfgkhbnm", "fdjkslaf fjdksla", "sdfgsdfg"),
        *("asdf asdf asdfgh", "xxxxxx", "Dfgkhbnmp", "lkjlkjlkj lkjlkj"),
    ],
)
def test_mashed_keys_are_gibberish(text):
    assert is_gibberish(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "no",
            "n/a",
            "ok",
            "yes",
            "B&Q",
            "none",
            "hmm",
            "5.99",
            "$$$$$$$$",
            "IKEA",
        ),
        *(
            "HTML, CSS, XLSX",
            "Mkrtchyan",
            "Krzysztof",
            "Schwarzschild",
            "Nguyen",
            "C&A",
        ),
        *(
            "IKEA",
            "C&A",
            "čtvrthrst",
            "were we were",
            "property",
            "typewriter",
            "rhythms",
            "It was sooooo good",
            "strengths",
        ),
        *("catchphrase", "Angstschweiß", "Rechtschreibung", "schwächste Stelle"),
        *("angstschweiß", "rechtschreibung", "zmrzlina", "čtvrtek", "wstrzemięźliwy"),
        *("кофе вкусный", "コーヒーが好き", "قهوة", "Ich mag’s nicht so sehr"),
        *("because my kids like asdfgh", "The coffee at the corner is good and cheap."),
        *(
            "Walgreens and CVS",
            "weltschmerz",
            "marktplatz",
            "knightsbridge",
            "Tschüss",
            "Lidl",
        ),
        *("Fresh Thyme", "lightly sweetened", "Pfannkuchen", "très bien", "crwth"),
    ],
)
def test_words_names_other_scripts_and_abbreviations_are_not(text):
    assert not is_gibberish(text)


def test_free_texts_and_others_are_looked_at():
    assert flagged(why="asdfghjkl asdf") == ("gibberish",)
    other = {"chosen": ["other"], "other": "sdfgsdfg"}
    assert flagged(drinks=other) == ("gibberish",)
    assert flagged(shown=("check",), why="asdfghjkl asdf") == ()


def test_every_flag_has_words():
    assert all(str(words) for words in FLAG_WORDS.values())

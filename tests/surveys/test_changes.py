"""The log of changes between two definitions, in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from surveys.changes import moved, renamed_codes, sentences, structure
from surveys.definition import END, SCREEN_OUT, Definition, Kind, Purchase, Skip, Text
from surveys.editing import (
    ROWS,
    add_language,
    add_option,
    add_page,
    add_question,
    add_quota,
    bind_purchase,
    carry_options,
    change_kind,
    change_option,
    change_page,
    change_question,
    change_quota,
    change_survey,
    make_first_language,
    move_option,
    move_page,
    move_question,
    remove_language,
    remove_option,
    remove_page,
    remove_question,
    remove_quota,
    split_page,
)
from tests.surveys.factories import SURVEY

GERMAN = add_language(SURVEY, "de")


def told(operation, *args, **kwargs) -> list[str]:
    return list(sentences(SURVEY, operation(SURVEY, *args, **kwargs)))


def test_nothing_is_told_where_nothing_changed():
    assert sentences(SURVEY, SURVEY) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", []),
        ("abc", "bca", ["a"]),
        ("abcd", "dabc", ["d"]),
        ("abc", "axbyc", []),
        ("abcd", "dcba", ["c", "b", "a"]),
        ("abc", "", []),
    ],
)
def test_as_few_things_as_possible_are_said_to_have_moved(old, new, expected):
    assert moved(old, new) == expected


# The whole ----------------------------------------------------------------------------


def test_texts_of_the_survey_are_told_by_language():
    assert told(change_survey, title=Text(en="Tea", de="Tee"), thanks=Text()) == [
        "In English, the title is now “Tea”.",
        "In German, the title is now “Tee”.",
        "In English, the thanks is gone.",
    ]


def test_languages_are_told():
    assert list(sentences(SURVEY, GERMAN)) == ["Added the language German."]
    assert list(sentences(GERMAN, remove_language(GERMAN, "de"))) == [
        "Removed the language German."
    ]
    assert list(sentences(GERMAN, make_first_language(GERMAN, "de"))) == [
        "The first language is now German."
    ]


def test_the_purchase_is_told():
    about = bind_purchase(SURVEY, Purchase(14, merchant="Corner Grocery"))

    assert list(sentences(SURVEY, about)) == [
        "The survey is now about a purchase of the last 14 days (Corner Grocery)."
    ]
    assert list(sentences(about, SURVEY)) == [
        "The survey is no longer about a purchase."
    ]


# Pages --------------------------------------------------------------------------------


def test_pages_are_told_by_their_numbers():
    assert told(add_page, position=1, title=Text(en="More")) == [
        "Added page 2.",
        "In English, the title of page 2 is now “More”.",
    ]
    assert told(move_page, "p4", position=1) == ["Moved page 4: it is now page 2."]
    assert told(remove_page, "p4") == [
        "Removed page 4.",
        "Removed RECOMMEND: “Would you recommend {favourite} to a friend?”.",
        "Removed WHY: “Why?”.",
    ]


def test_a_split_page_is_a_new_one_with_questions_of_the_old():
    assert told(split_page, "favourite") == [
        "Added page 3.",
        "Moved FAVOURITE to page 3.",
    ]


def test_conditions_of_pages_are_sentences():
    with_condition = change_page(SURVEY, "p3", show_if="drinks includes 'tea'")

    [shown] = sentences(SURVEY, with_condition)
    assert shown == "Page 3 is now shown if DRINKS includes “Tea”."
    assert list(sentences(with_condition, SURVEY)) == ["Page 3 is now always shown."]


def test_a_condition_that_cant_be_read_is_told_as_it_is_written():
    assert told(change_page, "p3", show_if="drinks ((") == [
        "Page 3 is now shown if drinks ((."
    ]


def test_skips_are_told_with_where_they_lead():
    skips = (
        Skip("drinks includes 'tea'", END),
        Skip("drinks includes 'cocoa'", "p4"),
        Skip("drinks includes 'coffee'", "p9"),
    )

    assert told(change_page, "p1", skips=skips) == [
        "Removed a skip of page 1: if DRINKS includes “None of these”, screened out.",
        "Added a skip to page 1: if DRINKS includes “Tea”, to the end.",
        "Added a skip to page 1: if DRINKS includes “Cocoa”, to page 4.",
        "Added a skip to page 1: if DRINKS includes “Coffee”, to a page that is gone.",
    ]


def test_the_order_of_skips_is_told():
    one, two = Skip("drinks includes 'tea'", END), Skip("drinks answered", SCREEN_OUT)
    old = change_page(SURVEY, "p1", skips=(one, two))

    assert list(sentences(old, change_page(old, "p1", skips=(two, one)))) == [
        "Changed the order of the skips of page 1."
    ]


def test_shuffling_is_told():
    shuffled = change_page(SURVEY, "p2", shuffles_questions=True, shuffle="a")

    assert list(sentences(SURVEY, shuffled)) == [
        "The questions of page 2 are now shuffled.",
        "Page 2 is now shuffled with its neighbours.",
    ]
    assert list(sentences(shuffled, SURVEY)) == [
        "The questions of page 2 are no longer shuffled.",
        "Page 2 now keeps its place.",
    ]


# Questions ----------------------------------------------------------------------------


def test_questions_are_added_removed_and_moved():
    assert told(
        add_question, Kind.TEXT, page="p2", code="age", text=Text(en="How old?")
    ) == ["Added AGE to page 2: “How old?”."]
    assert told(remove_question, "why") == ["Removed WHY: “Why?”."]
    assert told(move_question, "why", page="p1") == ["Moved WHY to page 1."]
    assert told(move_question, "cups", page="p2", position=1) == [
        "Moved CUPS within page 2."
    ]


def test_a_new_code_is_told_once_and_not_what_follows_from_it():
    assert told(change_question, "drinks", code="beverages") == [
        "Renamed drinks to beverages."
    ]


def test_a_renamed_question_is_known_by_what_it_asks():
    assert renamed_codes(SURVEY, change_question(SURVEY, "why", code="reason")) == {
        "why": "reason"
    }
    assert renamed_codes(SURVEY, remove_question(SURVEY, "why")) == {}


def test_fields_of_a_question_are_told():
    assert told(
        change_question,
        "cups",
        text=Text(en="How many?"),
        most=Decimal("30.50"),
        decimals=1,
        show_if="",
        is_required=False,
    ) == [
        "In English, the text of CUPS is now “How many?”.",
        "CUPS may be left unanswered now.",
        "CUPS is now always shown.",
        "CUPS: the upper limit is now 30.50 (was 20).",
        "CUPS: the number of decimals is now 1 (was 0).",
    ]


def test_a_condition_and_duty_of_a_question_are_told():
    assert told(
        change_question, "why", is_required=True, show_if="cups > 3", is_long=False
    ) == [
        "WHY must be answered now.",
        "WHY is now shown if CUPS > 3.",
        "WHY: the large field is now off (was on).",
    ]


def test_another_kind_is_told():
    assert told(change_kind, "why", Kind.DATE) == [
        "WHY is now of the kind “date”.",
        "WHY: the large field is now off (was on).",
    ]


def test_what_an_attention_check_expects_and_what_is_carried_are_told():
    assert told(change_question, "check", expected=("red", "green")) == [
        "CHECK: what an attention check expects is now red, green (was blue)."
    ]
    assert told(carry_options, "favourite", "") == [
        "FAVOURITE: the source of carried options is now none (was drinks)."
    ]


def test_options_are_told():
    assert told(add_option, "check", Text(en="Black")) == ["Added “Black” to CHECK."]
    assert told(remove_option, "check", "red") == ["Removed “Red” from CHECK."]
    assert told(move_option, "check", "red", position=2) == ["Moved “Red” of CHECK."]
    assert told(
        change_option,
        *("check", "red"),
        text=Text(en="Pink"),
        is_fixed=True,
        asks_text=True,
        image="abc",
    ) == [
        "In English, the text of option “red” of CHECK is now “Pink”.",
        "“Pink” of CHECK now asks for a text.",
        "“Pink” of CHECK now keeps its place.",
        "“Pink” of CHECK has a new picture.",
    ]
    assert told(change_option, "drinks", "none", is_exclusive=False) == [
        "“None of these” of DRINKS no longer excludes others."
    ]


def test_rows_are_told_as_options_are():
    assert told(remove_option, "brand", "train", part=ROWS) == [
        "Removed “Train” from BRAND."
    ]
    assert told(change_option, "brand", "train", part=ROWS, text=Text(en="Bus")) == [
        "In English, the text of option “train” of BRAND is now “Bus”."
    ]


def test_a_new_code_of_an_option_is_told_once():
    assert told(change_option, "drinks", "coffee", code="java") == [
        "The code of “coffee” of DRINKS is now “java”."
    ]


# Quotas -------------------------------------------------------------------------------


def test_quotas_are_told():
    assert told(add_quota, "Tea", limit=5, when="drinks includes 'tea'") == [
        "Added the quota “Tea”: at most 5, those for whom DRINKS includes “Tea”."
    ]
    assert told(remove_quota, "everyone") == ["Removed the quota “Everyone”."]
    assert told(change_quota, "coffee", name="Java", limit=60, when="") == [
        "The quota “Coffee drinkers” is now called “Java”.",
        "The limit of the quota “Java” is now 60, not 50.",
        "The quota “Java” now counts everyone.",
    ]


# Structure ----------------------------------------------------------------------------


def test_structure_is_what_there_is_and_in_which_order():
    same = change_quota(change_survey(SURVEY, title=Text()), "coffee", limit=1)
    others = [
        add_page(SURVEY),
        move_page(SURVEY, "p1", position=1),
        move_option(SURVEY, "check", "red", position=1),
        change_question(SURVEY, "why", code="reason"),
        change_page(SURVEY, "p1", skips=()),
        remove_quota(SURVEY, "coffee"),
        GERMAN,
    ]

    assert structure(same) == structure(SURVEY)
    assert structure(SURVEY) not in map(structure, others)


def test_a_survey_from_nothing_is_told_without_a_crash():
    assert sentences(Definition(), replace(SURVEY, quotas=()))[-1] == (
        "Added WHY to page 4: “Why?”."
    )

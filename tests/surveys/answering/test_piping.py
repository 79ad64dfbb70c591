"""Texts that speak of earlier answers."""

import pytest

from surveys.answering.piping import answer_words, piped, placeholders
from surveys.definition import Definition, Kind, Option, Page, Question, Text
from surveys.logic.facts import Facts
from tests.surveys.factories import ANSWERS, SURVEY


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("You chose {q1}.", "You chose tea."),
        ("At {purchase.merchant}?", "At Corner Grocery?"),
        ("{q2.home} and {q9}!", "good and !"),
        ("{{q1} stays", "{q1} stays"),
        ("{ q1 } {Q1} {} }", "{ q1 } {Q1} {} }"),
    ],
)
def test_placeholders_become_words(text, told):
    words = {"q1": "tea", "purchase.merchant": "Corner Grocery", "q2.home": "good"}

    assert piped(text, words=words) == told


def test_what_somebody_typed_is_not_looked_at_again():
    assert piped("So: {q1}", words={"q1": "{q2}", "q2": "secret"}) == "So: {q2}"


def test_what_a_text_speaks_of_is_known():
    assert placeholders("{a} {{b} {c.d} {a}") == ("a", "c.d", "a")


def test_answers_in_words_have_rows_and_options_that_speak_of_answers():
    again = Question(
        "again",
        Kind.SINGLE,
        options=(Option("same", Text(en="Still {favourite}")),),
    )
    definition = Definition(pages=(*SURVEY.pages, Page("p5", (again,))))
    facts = Facts({**ANSWERS, "again": {"chosen": "same"}})

    words = answer_words(definition, facts, "en", {"profile.age": "40"})

    assert words["drinks"] == "Coffee, Tea"
    assert words["brand.work"] == "Bad"
    assert words["again"] == "Still Coffee"
    assert words["profile.age"] == "40"

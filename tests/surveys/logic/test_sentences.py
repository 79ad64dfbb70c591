"""Conditions as people say them."""

import pytest

from surveys.definition import Definition, Kind, Option, Page, Question, Row, Text
from surveys.logic.sentences import sentence

YES, NO = (
    Option("yes", Text(en="Yes", de="Ja")),
    Option("no", Text(en="No, never")),
)
SURVEY = Definition(
    languages=("en", "de"),
    pages=(
        Page(
            "p1",
            (
                Question("q1", Kind.SINGLE, options=(YES, NO)),
                Question("q2", Kind.MULTIPLE, options=(YES, NO)),
                Question("q3", Kind.NUMBER),
                Question(
                    "q4",
                    Kind.MATRIX,
                    options=(YES, NO),
                    rows=(Row("r1", Text(en="Price")),),
                ),
                Question("q5", Kind.BRAND),
                Question("q6", Kind.DATE),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", "always"),
        ("q1 = 'yes'", "Q1 is “Yes”"),
        ("q1 != 'no'", "Q1 isn’t “No, never”"),
        ("q1 in ('yes', 'no')", "Q1 is one of “Yes”, “No, never”"),
        (
            "q2 includes 'yes' and profile.age >= 25.0",
            "Q2 includes “Yes” and age ≥ 25",
        ),
        ("q2 includes any of ('yes', 'no')", "Q2 includes any of “Yes”, “No, never”"),
        ("q2 includes all of ('yes', 'no')", "Q2 includes all of “Yes”, “No, never”"),
        ("count(q2) > 1", "the number of answers to Q2 > 1"),
        ("q3 != 0.50", "Q3 ≠ 0.5"),
        ("q4.r1 = 'yes'", "Q4 (“Price”) is “Yes”"),
        ("q5 = 'Acme' or q5 not answered", "Q5 is “Acme” or Q5 isn’t answered"),
        (
            "not (q1 answered and q2 answered)",
            "not (Q1 is answered and Q2 is answered)",
        ),
        (
            "(q1 answered or q2 answered) and q3 < 100",
            "(Q1 is answered or Q2 is answered) and Q3 < 100",
        ),
        ("q6 < 2026-01-31", "Q6 < Jan. 31, 2026"),
        ("profile.language = 'de'", "language is German"),
        ("purchase.days <= 7", "days since the purchase ≤ 7"),
        ("q9 = 'x'", "Q9 is “x”"),
        ("q1 = = 2", "q1 = = 2"),
    ],
)
def test_a_condition_is_told_in_words(source, told):
    assert sentence(source, SURVEY, "en") == told


def test_texts_are_those_of_the_language_or_of_the_first():
    told = sentence("q1 in ('yes', 'no')", SURVEY, "de")

    assert told == "Q1 is one of “Ja”, “No, never”"

"""Texts that speak of earlier answers: `{q3}`, `{profile.region}`."""

import re
from collections.abc import Mapping
from dataclasses import replace

from surveys.answering.words import in_words, row_in_words
from surveys.definition import Definition, Kind, Option, Question, Row, Text
from surveys.logic.facts import Facts

PLACE = re.compile(r"\{\{|\{([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)?)\}")


def placeholders(text: str) -> tuple[str, ...]:
    """What a text speaks of, in its order: "q3", "q4.row", "purchase.merchant"."""
    return tuple(match[1] for match in PLACE.finditer(text) if match[1])


def piped(text: str, *, words: Mapping[str, str]) -> str:
    """The text with its placeholders in words; what isn't answered is an empty text.
    `{{` is a brace. What was put in isn't looked at again."""
    return PLACE.sub(lambda match: words.get(match[1], "") if match[1] else "{", text)


def piped_text(text: Text, words: Mapping[str, str]) -> Text:
    return Text({one: piped(told, words=words) for one, told in text.items()})


def piped_question(question: Question, words: Mapping[str, str]) -> Question:
    """The question with all its texts piped."""
    return replace(
        question,
        **{
            name: piped_text(getattr(question, name), words)
            for name in ("text", "help", "message", "unit", "low", "high")
        },
        options=tuple(
            Option(**{**vars(one), "text": piped_text(one.text, words)})
            for one in question.options
        ),
        rows=tuple(Row(one.code, piped_text(one.text, words)) for one in question.rows),
    )


def answer_words(
    definition: Definition, facts: Facts, language: str, words: Mapping[str, str]
) -> dict[str, str]:
    """`words` (of profile and purchase) and all answers in words, by code, and each
    row of a matrix as "code.row". An option's own text may speak of earlier answers."""
    found = dict(words)
    for question in definition.questions():
        value = facts.answers.get(question.code)
        if value is None:
            continue
        told = piped_question(question, found)
        found[question.code] = in_words(told, value, language, definition.language)
        if question.kind == Kind.MATRIX:
            for row in value:
                found[f"{question.code}.{row}"] = row_in_words(
                    told, value, row, language, definition.language
                )
    return found

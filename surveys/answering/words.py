"""Answers as a person would say them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import override

from surveys.definition import Kind, Question, say


def number_in_words(number: Any, language: str) -> str:
    with override(language):
        told = Decimal(str(number))
        return number_format(
            told.quantize(1) if told == int(told) else told.normalize()
        )


def day_in_words(day: date, language: str) -> str:
    with override(language):
        return date_format(day, "DATE_FORMAT")


def in_words(question: Question, value: Any, language: str, fallback: str) -> str:
    """The answer as a person would say it; "" where nothing was answered."""
    if value is None or not question.is_asked:
        return ""

    def option_words(code: str) -> str:
        option = question.option(code)
        return (say(option.text, language, fallback) or code) if option else code

    def chosen_words(code: str) -> str:
        option = question.option(code)
        is_other = option is not None and option.asks_text
        return (value.get("other") if is_other else "") or option_words(code)

    def several(codes: Any) -> str:
        return ", ".join(map(option_words, codes))

    match question.kind:
        case Kind.SINGLE:
            return chosen_words(value["chosen"])
        case Kind.MULTIPLE:
            return ", ".join(map(chosen_words, value["chosen"]))
        case Kind.BRAND:
            told = value["chosen"]
            return ", ".join(told) if question.is_multiple else told
        case Kind.RANKING:
            return several(value)
        case Kind.MATRIX:
            return "; ".join(
                f"{say(row.text, language, fallback) or row.code}: "
                + row_in_words(question, value, row.code, language, fallback)
                for row in question.rows
                if row.code in value
            )
        case Kind.NUMBER:
            unit = say(question.unit, language, fallback)
            return f"{number_in_words(value, language)} {unit}".strip()
        case Kind.DATE:
            return day_in_words(date.fromisoformat(value), language)
        case Kind.SCALE:
            return str(value)
    return value


def row_in_words(
    question: Question, value: Any, row: str, language: str, fallback: str
) -> str:
    """The answer of one row of a matrix."""
    told = value.get(row, [])
    codes = told if isinstance(told, list) else [told]
    words = []
    for code in codes:
        column = question.option(code)
        words.append((say(column.text, language, fallback) if column else "") or code)
    return ", ".join(words)

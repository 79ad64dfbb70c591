"""Reading answers from a plain HTML form, so that no page needs JavaScript."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from surveys.answering.texts import is_empty
from surveys.definition import Kind, Question


class FormData(Protocol):
    """A Django `QueryDict`, or what looks like one."""

    def getlist(self, key: str) -> list[str]: ...


def from_form(question: Question, data: FormData, prefix: str = "") -> Any:
    """What a plain HTML form says, in the shape that `clean` takes, or None.

    Fields: CODE; CODE__other, the text of an "other"; CODE__ROW; CODE__rank_OPTION, a
    place from 1. What can't be understood is left as it was typed, so that the page can
    show it again beside what `clean` says of it.
    """
    name = prefix or question.code

    def last(field: str) -> str:
        return (data.getlist(field) or [""])[-1].strip()

    match question.kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            value = _choice_from_form(question, data.getlist(name), last)
            other = last(f"{name}__other")
            if value is None:
                return None
            return {"chosen": value, **({"other": other} if other else {})}
        case Kind.BRAND if question.is_multiple:
            value = {"chosen": [one for one in data.getlist(name) if one.strip()]}
        case Kind.BRAND:
            value = {"chosen": last(name)}
        case Kind.MATRIX:
            value = {
                row.code: [one for one in data.getlist(f"{name}__{row.code}") if one]
                if question.is_multiple
                else last(f"{name}__{row.code}")
                for row in question.rows
            }
            value = {row: told for row, told in value.items() if told}
        case Kind.RANKING:
            value = _ranking_from_form(
                {one.code: last(f"{name}__rank_{one.code}") for one in question.options}
            )
        case Kind.SCALE:
            told = last(name)
            value = int(told) if re.match(r"-?\d{1,9}\Z", told, re.ASCII) else told
        case Kind.INFORMATION:
            return None
        case Kind.TEXT:
            value = (data.getlist(name) or [""])[-1]
        case _:
            value = last(name)
    return None if is_empty(value) else value


def _choice_from_form(
    question: Question, told: list[str], last: Callable[[str], str]
) -> Any:
    chosen = [one for one in told if one]
    if not chosen and last(f"{question.code}__other"):
        # Typed without choosing the option that the field belongs to.
        chosen = [option.code for option in question.options if option.asks_text][:1]
    if not chosen:
        return None
    return chosen if question.kind == Kind.MULTIPLE else chosen[-1]


def _ranking_from_form(places: Mapping[str, str]) -> Any:
    told = {code: place for code, place in places.items() if place}
    numbers = {
        code: int(place)
        for code, place in told.items()
        if re.match(r"\d{1,4}\Z", place, re.ASCII)
    }
    if len(numbers) < len(told) or len(set(numbers.values())) < len(numbers):
        return told
    return sorted(numbers, key=lambda code: numbers[code])

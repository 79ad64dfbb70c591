"""The columns of an export, and what a response has in them. Pure.

Cells hold codes: a writer makes of them what its format has (SPSS numbers with labels).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from surveys.answering.answers import MOST_NAMES
from surveys.definition import Definition, Kind, Option, Question, say
from surveys.services.results.asking import Questionnaire
from surveys.statistics.tallies import points

# SPSS takes 64 bytes; what is cut off leaves room for a number.
LONGEST = 60
# SPSS names no variable so.
SPSS_WORDS = frozenset(
    "all and by eq ge gt le lt ne not or to with".split()  # noqa: SIM905
)


class Type(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"


# None: there is no value. Of a question: by its code, whether it was shown, is told by
# the row, for formats that tell "not shown" from "not answered".
Cell = str | int | float | date | None


@dataclass(frozen=True)
class Column:
    """`labels`: by code the text of a choice (or of some numbers). `question`: the code
    of the question that it is of. `read`: the cell of an answer."""

    name: str
    label: str
    type: Type
    question: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[Any], Cell] = field(default=lambda value: value, compare=False)


@dataclass(frozen=True)
class Row:
    """`cells`: by column. `shown`: the codes of the questions that were shown."""

    cells: tuple[Cell, ...]
    shown: frozenset[str]


def columns(
    questions: Questionnaire,
    language: str,
    statuses: Mapping[str, str],
    checks: Mapping[str, str],
) -> tuple[Column, ...]:
    """First what is told of each response, in this order, then the questions'.
    `statuses`, `checks`: by code in words."""
    found = [
        Column("response", _("Response (random in each export)"), Type.TEXT),
        Column("version", _("Version of the survey"), Type.WHOLE),
        Column("status", _("Status"), Type.CHOICE, labels=statuses),
        Column("check_state", _("Check"), Type.CHOICE, labels=checks),
        Column("seconds", _("Seconds on its pages"), Type.WHOLE),
        Column("language", _("Language"), Type.TEXT),
        Column("profile_age", _("Age"), Type.WHOLE),
        Column("profile_region", _("Region"), Type.TEXT),
        Column("profile_months", _("Months in the panel"), Type.WHOLE),
        Column("purchase_merchant", _("Shop of the purchase"), Type.TEXT),
        Column("purchase_category", _("Category of the purchase"), Type.TEXT),
        Column("weight", _("Weight"), Type.NUMBER),
        Column("flags", _("Flags"), Type.TEXT),
    ]
    texts = _Texts(questions.definition, language)
    for asked in questions.asked:
        found += of_question(asked.question, texts)
    return tuple(_named(found))


class _Texts:
    def __init__(self, definition: Definition, language: str) -> None:
        self.language, self.fallback = language, definition.language

    def __call__(self, thing: Any) -> str:
        told = say(thing.text, self.language, self.fallback)
        return " ".join(told.split()) or thing.code


def _named(found: Iterable[Column]) -> Iterator[Column]:
    """With names that are unique, short enough, and no words of SPSS."""
    taken: set[str] = set()
    for column in found:
        start = column.name[:LONGEST]
        if start in SPSS_WORDS:
            start += "_"
        name, number = start, 1
        while name in taken:
            number += 1
            name = f"{start[: LONGEST - 3]}_{number}"
        taken.add(name)
        yield Column(
            name, column.label, column.type, column.question, column.labels, column.read
        )


def of_question(question: Question, text: _Texts) -> list[Column]:
    code, label = question.code, text(question)

    def column(name: str, told: str, kind: Type, read=None, labels=None) -> Column:
        more = {"read": read} if read else {}
        return Column(name, told, kind, code, labels or {}, **more)

    options = question.options
    labels = {option.code: text(option) for option in options}
    match question.kind:
        case Kind.SINGLE:
            chosen = column(
                code, label, Type.CHOICE, lambda value: value["chosen"], labels
            )
            return [chosen, *_other(column, question, label)]
        case Kind.MULTIPLE:
            told = [
                column(
                    f"{code}_{one.code}",
                    f"{label}: {text(one)}",
                    Type.YES_NO,
                    _includes(one, lambda value: value["chosen"]),
                )
                for one in options
            ]
            return [*told, *_other(column, question, label)]
        case Kind.BRAND if question.is_multiple:
            most = MOST_NAMES if question.most is None else int(question.most)
            return [
                column(
                    f"{code}_{n}",
                    f"{label} ({n})",
                    Type.TEXT,
                    _at(n - 1, lambda value: value["chosen"]),
                )
                for n in range(1, most + 1)
            ]
        case Kind.BRAND:
            return [column(code, label, Type.TEXT, lambda value: value["chosen"])]
        case Kind.MATRIX:
            return list(_matrix(column, question, text))
        case Kind.RANKING:
            return [
                column(
                    f"{code}_{one.code}",
                    f"{label}: {text(one)}",
                    Type.WHOLE,
                    _rank(one),
                )
                for one in options
            ]
        case Kind.SCALE:
            ends = {
                str(points(question)[0]): say(question.low, text.language),
                str(points(question)[-1]): say(question.high, text.language),
            }
            ends = {point: told for point, told in ends.items() if told}
            return [column(code, label, Type.WHOLE, None, ends)]
        case Kind.NUMBER:
            kind = Type.NUMBER if question.decimals else Type.WHOLE
            return [column(code, label, kind)]
        case Kind.DATE:
            return [column(code, label, Type.DAY, date.fromisoformat)]
        case _:
            return [column(code, label, Type.TEXT)]


def _matrix(column, question: Question, text: _Texts) -> Iterator[Column]:
    label = text(question)
    labels = {option.code: text(option) for option in question.options}
    for row in question.rows:
        name, told = f"{question.code}_{row.code}", f"{label}: {text(row)}"
        if not question.is_multiple:
            yield column(name, told, Type.CHOICE, _of_row(row.code), labels)
            continue
        for option in question.options:
            yield column(
                f"{name}_{option.code}",
                f"{told}: {text(option)}",
                Type.YES_NO,
                _includes(option, _of_row(row.code)),
            )


def _other(column, question: Question, label: str) -> list[Column]:
    if not any(option.asks_text for option in question.options):
        return []
    told = _("%(question)s: in own words") % {"question": label}
    name = f"{question.code}_other"
    if any(option.code == "other" for option in question.options):
        name = f"{question.code}_other_text"
    return [column(name, told, Type.TEXT, lambda value: value.get("other"))]


def _of_row(code: str) -> Callable[[Any], Any]:
    return lambda value: value.get(code)


def _includes(option: Option, of: Callable[[Any], Any]) -> Callable[[Any], Cell]:
    def read(value: Any) -> Cell:
        chosen = of(value)
        return None if chosen is None else int(option.code in chosen)

    return read


def _at(place: int, of: Callable[[Any], Any]) -> Callable[[Any], Cell]:
    return lambda value: of(value)[place] if place < len(of(value)) else None


def _rank(option: Option) -> Callable[[Any], Cell]:
    return lambda value: value.index(option.code) + 1 if option.code in value else None

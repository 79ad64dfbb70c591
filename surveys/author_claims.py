"""Conditions as lines of a form: subject, comparison, value; joined by and, or by or.

What the form can't show (parentheses, a mixture of and and or) is for the source text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from surveys.definition import Definition, Kind, Question, say
from surveys.logic.conditions import (
    Always,
    And,
    Answered,
    Claim,
    Compared,
    Condition,
    Counted,
    In,
    Includes,
    Not,
    Or,
)

ONE, SEVERAL, NUMBER, DATE, TEXT, WORD, WORDS = (
    *("one", "several", "number", "date", "text", "word", "words"),
)
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
_COUNTS = ("count =", "count >=", "count <=")
_ANSWERED = ("answered", "not answered")
# Which comparisons each kind of subject has.
OPERATORS: dict[str, tuple[str, ...]] = {
    ONE: ("=", "!=", "in", *_ANSWERED),
    SEVERAL: ("includes", "excludes", "any", "all", *_COUNTS, *_ANSWERED),
    NUMBER: (*SIGNS, *_ANSWERED),
    DATE: (*SIGNS, *_ANSWERED),
    TEXT: _ANSWERED,
    WORD: ("=", "!=", *_ANSWERED),
    WORDS: ("includes", "excludes", *_COUNTS, *_ANSWERED),
}
# Those that take more than one value, and none.
LISTS = frozenset({"in", "any", "all"})
BARE = frozenset(_ANSWERED)


def operator_words(kind: str) -> dict[str, str]:
    words = {
        "=": _("is"),
        "!=": _("is not"),
        "<": _("is less than"),
        "<=": _("is at most"),
        ">": _("is more than"),
        ">=": _("is at least"),
        "in": _("is one of"),
        "includes": _("includes"),
        "excludes": _("does not include"),
        "any": _("includes any of"),
        "all": _("includes all of"),
        "count =": _("number chosen is"),
        "count >=": _("number chosen is at least"),
        "count <=": _("number chosen is at most"),
        "answered": _("was answered"),
        "not answered": _("was not answered"),
    }
    if kind == DATE:
        words |= {
            "<": _("is before"),
            "<=": _("is at the latest"),
            ">": _("is after"),
            ">=": _("is at the earliest"),
        }
    return {operator: words[operator] for operator in OPERATORS[kind]}


@dataclass(frozen=True)
class Subject:
    """What a line can be about. `choices`: codes and texts of options."""

    ref: str
    label: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Line:
    ref: str = ""
    operator: str = ""
    values: tuple[str, ...] = ()


class Unfinished(Exception):
    """A line can’t be read yet; `str(error)` says why, `error.number` which, from 0."""

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)
        self.number = number


# What there is to ask about -----------------------------------------------------------


def subjects(
    definition: Definition,
    language: str,
    *,
    before: str | None = None,
    with_page: bool = False,
) -> tuple[Subject, ...]:
    """The questions of the pages before the page `before` (with `with_page` of that
    page, too; of all pages where it is None), then the panelist and the purchase."""
    found: list[Subject] = []
    for page in definition.pages:
        if page.id == before and not with_page:
            break
        for question in page.questions:
            found.extend(_of_question(question, language, definition.language))
        if page.id == before:
            break
    return (*found, *_of_person(definition), *_of_purchase(definition))


def _of_question(question: Question, language: str, fallback: str) -> Iterator[Subject]:
    if not question.is_asked:
        return
    text = " ".join(say(question.text, language, fallback).split())
    label = f"{question.code} · {_short(text)}" if text else question.code
    group = _("Questions")
    choices = tuple(
        (one.code, say(one.text, language, fallback) or one.code)
        for one in question.options
    )
    several = question.kind in (Kind.MULTIPLE, Kind.RANKING)
    match question.kind:
        case Kind.MATRIX:
            kind = SEVERAL if question.is_multiple else ONE
            for row in question.rows:
                words = say(row.text, language, fallback) or row.code
                yield Subject(
                    f"{question.code}.{row.code}",
                    f"{question.code} · {_short(words)}",
                    kind,
                    choices,
                    group,
                )
        case Kind.SINGLE | Kind.MULTIPLE | Kind.RANKING:
            kind = SEVERAL if several else ONE
            yield Subject(question.code, label, kind, choices, group)
        case Kind.BRAND:
            kind = WORDS if question.is_multiple else WORD
            yield Subject(question.code, label, kind, (), group)
        case Kind.SCALE | Kind.NUMBER:
            yield Subject(question.code, label, NUMBER, (), group)
        case Kind.DATE:
            yield Subject(question.code, label, DATE, (), group)
        case Kind.TEXT:
            yield Subject(question.code, label, TEXT, (), group)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _of_person(definition: Definition) -> tuple[Subject, ...]:
    group = _("Panelist")
    languages = tuple((code, code) for code in definition.languages)
    return (
        Subject("profile.age", _("Age in years"), NUMBER, (), group),
        Subject("profile.region", _("Region, such as US-CA"), WORD, (), group),
        Subject("profile.months", _("Months in the panel"), NUMBER, (), group),
        Subject("profile.language", _("Language"), ONE, languages, group),
    )


def _of_purchase(definition: Definition) -> tuple[Subject, ...]:
    if definition.purchase is None:
        return ()
    group = _("Purchase")
    return (
        Subject("purchase.merchant", _("Merchant"), WORD, (), group),
        Subject("purchase.category", _("Kind of shop"), WORD, (), group),
        Subject("purchase.total", _("Total"), NUMBER, (), group),
        Subject("purchase.days", _("Days since the purchase"), NUMBER, (), group),
    )


# From lines to a condition and back ---------------------------------------------------


def condition_of(
    lines: Sequence[Line], subjects: Sequence[Subject], *, is_any: bool
) -> Condition:
    """Raises `Unfinished`. Lines without a subject are left out."""
    by_ref = {one.ref: one for one in subjects}
    parts = []
    for number, line in enumerate(lines):
        if line.ref:
            parts.append(_claim(line, by_ref.get(line.ref), number))
    if not parts:
        return Always()
    if len(parts) == 1:
        return parts[0]
    return Or(tuple(parts)) if is_any else And(tuple(parts))


def _claim(line: Line, subject: Subject | None, number: int) -> Condition:
    if subject is None:
        raise Unfinished(_("“%s” can’t be asked about here.") % line.ref, number)
    operator = line.operator
    if operator not in OPERATORS[subject.kind]:
        raise Unfinished(_("Choose a comparison."), number)
    if operator in BARE:
        return Answered(line.ref, operator == "answered")
    told = tuple(value.strip() for value in line.values if value.strip())
    if not told:
        raise Unfinished(_("Choose or type a value."), number)
    if operator.startswith("count "):
        return Counted(line.ref, operator.removeprefix("count "), _number(told, number))
    if subject.kind == NUMBER:
        return Compared(line.ref, operator, _number(told, number))
    if subject.kind == DATE:
        return Compared(line.ref, operator, _day(told, number))
    match operator:
        case "in":
            return In(line.ref, told)
        case "any" | "all":
            return Includes(line.ref, told, operator == "all" and len(told) > 1)
        case "includes":
            return Includes(line.ref, told[:1])
        case "excludes":
            return Not(Includes(line.ref, told[:1]))
        case _:
            return Compared(line.ref, operator, told[0])


def _number(told: tuple[str, ...], number: int) -> Decimal:
    try:
        made = Decimal(told[0])
    except ArithmeticError:
        made = Decimal("NaN")
    if not made.is_finite():
        raise Unfinished(_("Type a number."), number)
    return made


def _day(told: tuple[str, ...], number: int) -> date:
    try:
        return date.fromisoformat(told[0])
    except ValueError:
        raise Unfinished(_("Type a day as 2026-01-31."), number) from None


def lines_of(
    condition: Condition, subjects: Sequence[Subject]
) -> tuple[tuple[Line, ...], bool] | None:
    """The lines and whether any of them is enough; None where lines can't say it."""
    is_any = isinstance(condition, Or)
    if isinstance(condition, Always):
        return (), False
    parts = condition.parts if isinstance(condition, And | Or) else (condition,)
    by_ref = {one.ref: one for one in subjects}
    lines = tuple(_line(part, by_ref) for part in parts)
    return None if None in lines else (lines, is_any)


def _line(part: Condition, by_ref: dict[str, Subject]) -> Line | None:
    match part:
        case Not(Includes(ref, (value,))):
            line = Line(ref, "excludes", (_told(value),))
        case Not() | And() | Or() | Always():
            return None
        case _:
            line = _of_claim(part)
    subject = by_ref.get(line.ref)
    if subject is None or line.operator not in OPERATORS[subject.kind]:
        return None
    known = {code for code, _text in subject.choices}
    if (
        subject.kind in (ONE, SEVERAL)
        and not line.operator.startswith("count ")
        and not known.issuperset(line.values)
    ):
        return None
    return line


def _of_claim(claim: Claim) -> Line:
    match claim:
        case Compared(ref, sign, value):
            return Line(ref, sign, (_told(value),))
        case In(ref, values):
            return Line(ref, "in", tuple(_told(value) for value in values))
        case Includes(ref, (value,)):
            return Line(ref, "includes", (_told(value),))
        case Includes(ref, values, needs_all):
            told = tuple(_told(value) for value in values)
            return Line(ref, "all" if needs_all else "any", told)
        case Counted(ref, sign, value):
            return Line(ref, f"count {sign}", (_told(value),))
        case Answered(ref, is_answered):
            return Line(ref, "answered" if is_answered else "not answered")


def _told(value: Decimal | str | date) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if isinstance(value, str) else value.isoformat()

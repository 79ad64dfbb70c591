"""The form of a condition: which one it is, its lines, and its source."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.author_claims import (
    BARE,
    LISTS,
    OPERATORS,
    Line,
    Subject,
    condition_of,
    lines_of,
    operator_words,
    subjects,
)
from surveys.author_forms import QuotaForm
from surveys.author_views.common import Place
from surveys.definition import END, SCREEN_OUT, Definition, Quota, Skip, say
from surveys.logic.conditions import WrongCondition, as_source, parse
from surveys.logic.sentences import sentence
from surveys.models import Survey

MOST_LINES = 20


@dataclass(frozen=True)
class Asked:
    """A condition as its form shows it. `lines` is None where only the source can say
    it; `problem` is a sentence on why it can't be used, of the line `wrong`."""

    source: str
    lines: tuple[Line, ...] | None
    is_any: bool = False
    problem: str = ""
    wrong: int = -1
    is_typed: bool = False


def skip_at(definition: Definition, place: Place) -> Skip | None:
    page = definition.page(place.key)
    if place.number.isdigit() and int(place.number) < len(page.skips):
        return page.skips[int(place.number)]
    return None


def quota_at(definition: Definition, place: Place) -> Quota | None:
    return next((one for one in definition.quotas if one.code == place.key), None)


def source_at(definition: Definition, place: Place) -> str:
    match place.of:
        case "question":
            return definition.question(place.key).show_if
        case "page":
            return definition.page(place.key).show_if
        case "skip":
            skip = skip_at(definition, place)
            return skip.when if skip else ""
        case _:
            quota = quota_at(definition, place)
            return quota.when if quota else ""


def subjects_at(
    definition: Definition, place: Place, language: str
) -> tuple[Subject, ...]:
    """What the condition there may be about."""
    match place.of:
        case "question":
            page = definition.page_of(place.key)
            return subjects(definition, language, before=page.id)
        case "page":
            return subjects(definition, language, before=place.key)
        case "skip":
            return subjects(definition, language, before=place.key, with_page=True)
        case _:
            return subjects(definition, language)


def asked_of(source: str, known: tuple[Subject, ...]) -> Asked:
    """As it is stored."""
    try:
        told = lines_of(parse(source), known)
    except WrongCondition as error:
        return Asked(source, None, problem=_located(error, source))
    if told is None:
        return Asked(source, None)
    lines, is_any = told
    return Asked(source, lines or (Line(),), is_any)


def _located(error: WrongCondition, source: str) -> str:
    """The parser's sentence, with the place where it stumbled."""
    here = source[error.at : error.at + 20]
    if not here:
        return _("%(error)s (At the end.)") % {"error": error}
    return _("%(error)s (At “%(here)s”.)") % {"error": error, "here": here}


def posted_lines(data, known: tuple[Subject, ...]) -> tuple[tuple[Line, ...], bool]:
    """The lines as they were typed; those whose subject changed lose what can't be."""
    by_ref = {one.ref: one for one in known}
    count = data.get("lines", "0")
    count = min(int(count), MOST_LINES) if count.isascii() and count.isdigit() else 0
    lines = []
    for number in range(count):
        ref = data.get(f"ref-{number}", "")
        operator = data.get(f"op-{number}", "")
        values = tuple(data.getlist(f"value-{number}"))
        subject = by_ref.get(ref)
        if subject and operator not in OPERATORS[subject.kind]:
            operator = OPERATORS[subject.kind][0]
        codes = {code for code, _text in subject.choices} if subject else set()
        if codes and not operator.startswith("count "):
            values = tuple(value for value in values if value in codes)
        lines.append(Line(ref, operator, values))
    return tuple(lines), data.get("join") == "any"


def shown_lines(asked: Asked, known: tuple[Subject, ...]) -> list[dict[str, Any]]:
    by_ref = {one.ref: one for one in known}
    told = []
    for number, line in enumerate(asked.lines or ()):
        subject = by_ref.get(line.ref)
        operators = operator_words(subject.kind) if subject else {}
        operator = line.operator if line.operator in operators else ""
        operator = operator or next(iter(operators), "")
        is_counted = operator.startswith("count ")
        has_choices = bool(subject and subject.choices and not is_counted)
        needs_value = bool(subject) and operator not in BARE
        told.append(
            {
                "number": number,
                "ref": line.ref,
                "is_gone": bool(line.ref) and subject is None,
                "operator": operator,
                "operators": operators,
                "values": line.values,
                "value": line.values[0] if line.values else "",
                "choices": subject.choices if has_choices and needs_value else (),
                "takes_many": operator in LISTS,
                "input": input_of(subject, is_counted)
                if needs_value and not has_choices
                else "",
                "problem": asked.problem if number == asked.wrong else "",
            }
        )
    return told


def input_of(subject: Subject, is_counted: bool) -> str:
    """The type of the field that a value is typed into."""
    if is_counted or subject.kind == "number":
        return "number"
    return "date" if subject.kind == "date" else "text"


def grouped(known: tuple[Subject, ...]) -> list[tuple[str, list[Subject]]]:
    groups: dict[str, list[Subject]] = {}
    for one in known:
        groups.setdefault(one.group, []).append(one)
    return list(groups.items())


def targets(definition: Definition, place: Place, language: str) -> list[tuple]:
    """Where a skip of the page may lead: forward only."""
    ids = [page.id for page in definition.pages]
    first = ids.index(place.key) + 1
    told = []
    for number, page in enumerate(definition.pages[first:], start=first + 1):
        title = say(page.title, language, definition.language)
        words = _("Page %(number)d: %(title)s") if title else _("Page %(number)d")
        told.append((page.id, words % {"number": number, "title": title}))
    return [
        (END, _("The end (complete)")),
        (SCREEN_OUT, _("The end (screened out)")),
        *told,
    ]


def condition_context(
    survey: Survey,
    definition: Definition,
    place: Place,
    language: str,
    *,
    asked: Asked | None = None,
    to: str | None = None,
    quota_form: QuotaForm | None = None,
) -> dict[str, Any]:
    known = subjects_at(definition, place, language)
    if asked is None:
        asked = asked_of(source_at(definition, place), known)
    words = ""
    try:
        words = sentence(asked.source, definition, language) if asked.source else ""
    except WrongCondition:
        words = ""
    told = {
        "asked": asked,
        "lines": shown_lines(asked, known),
        "groups": grouped(known),
        "words": words,
        "back_url": place.item.url(survey),
    }
    if place.of == "skip":
        skip = skip_at(definition, place)
        told["targets"] = targets(definition, place, language)
        told["to"] = to if to is not None else (skip.to if skip else END)
        known_targets = {code for code, _text in told["targets"]}
        if told["to"] not in known_targets:
            told["targets"].append((told["to"], _("A page that is gone")))
        told["page_number"] = [page.id for page in definition.pages].index(
            place.key
        ) + 1
    if place.of == "quota":
        quota = quota_at(definition, place)
        initial = {"name": quota.name, "limit": quota.limit} if quota else {}
        told["form"] = quota_form or QuotaForm(initial=initial)
    return told


def source_of_lines(lines, known, *, is_any: bool) -> str:
    """Raises `Unfinished`."""
    return as_source(condition_of(lines, known, is_any=is_any))

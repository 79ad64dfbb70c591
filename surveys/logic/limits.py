"""Whether a question's limits leave an answer, and whether they make sense."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from surveys.definition import CHOICES, Definition, Kind, Question
from surveys.logic.problems import Problem, called, error
from surveys.logic.variables import (
    LONGEST_TEXT,
    MOST_DECIMALS,
    is_several,
    scale_ends,
    spans_of,
)

# Kinds of whose options some are expected of someone who reads.
ATTENTIVE = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX, Kind.SCALE})
COUNTED = frozenset({Kind.MULTIPLE, Kind.RANKING, Kind.BRAND})


def unanswerable(definition: Definition) -> frozenset[str]:
    """Codes of required questions that no answer fits."""
    return frozenset(
        question.code
        for question in definition.questions()
        if question.is_required and _why_not(question)
    )


def _why_not(question: Question) -> str:
    """Why no answer fits, or ""."""
    least, most = question.least, question.most
    match question.kind:
        case Kind.SINGLE | Kind.MULTIPLE | Kind.RANKING | Kind.MATRIX:
            if not question.options:
                return _("it has no options: add some")
            if question.kind == Kind.MATRIX and not question.rows:
                return _("it has no rows: add some")
        case Kind.SCALE | Kind.NUMBER | Kind.DATE:
            if not spans_of(question):
                return _("no value lies between its limits: widen them")
        case Kind.TEXT:
            if most is not None and most < max(1, least or 0):
                return _("no text is that short and that long: change its limits")
            if least is not None and least > LONGEST_TEXT:
                return _("no text may be that long: lower its limit")
    is_counted = question.kind in COUNTED and is_several(question)
    if is_counted and most is not None and most < 1:
        return _("nothing may be chosen: raise how many")
    return ""


def wrong_limits(page: str, question: Question) -> Iterator[Problem]:
    name = called(question.code)
    why_not = _why_not(question)
    if why_not:
        code = "dead_end" if question.is_required else "limits"
        told = {"question": name, "why": why_not}
        message = (
            _("%(question)s must be answered, but can’t be: %(why)s.")
            if question.is_required
            else _("%(question)s can’t be answered: %(why)s.")
        )
        yield error(code, message % told, page, question.code)
    for told in _senseless(question) if not why_not else ():
        yield error("limits", f"{name}: {told}", page, question.code)
    if question.expected:
        yield from _wrong_expected(page, question)


def _senseless(question: Question) -> Iterator[str]:
    """What is allowed by its limits, but can't be meant."""
    least, most, kind = question.least, question.most, question.kind
    is_counted = kind in COUNTED and is_several(question)
    if is_counted or kind in (Kind.SCALE, Kind.TEXT):
        for limit in (least, most):
            if limit is not None and limit != int(limit):
                yield _("%s isn’t a whole number.") % limit
            if limit is not None and limit < 0 and kind != Kind.SCALE:
                yield _("%s is less than nothing.") % limit
    if is_counted:
        if least is not None and most is not None and least > most:
            yield _("at least %(least)s and at most %(most)s can’t be: change one.") % {
                "least": least,
                "most": most,
            }
        if kind in CHOICES and least is not None and least > len(question.options):
            yield _("more must be chosen than there are options.")
    if kind == Kind.SCALE and scale_ends(question)[0] == scale_ends(question)[1]:
        yield _("a scale of one number asks nothing: move one of its ends.")
    if kind == Kind.NUMBER and not 0 <= question.decimals <= MOST_DECIMALS:
        yield _("a number has between 0 and %d decimal places.") % MOST_DECIMALS
    if kind == Kind.DATE:
        for told in (question.earliest, question.latest):
            if told not in ("", "today") and not _is_day(told):
                yield _("“%s” is no day: write it as 2026-01-31, or today.") % told


def _is_day(told: str) -> bool:
    try:
        return date.fromisoformat(told).isoformat() == told
    except ValueError:
        return False


def _wrong_expected(page: str, question: Question) -> Iterator[Problem]:
    name = called(question.code)
    if question.kind not in ATTENTIVE:
        yield error(
            "expected",
            _("%s can’t check attention: use a choice or a scale.") % name,
            page,
            question.code,
        )
        return
    if question.kind == Kind.SCALE:
        low, high = scale_ends(question)
        known = {str(number) for number in range(low, min(high, low + 1000) + 1)}
    else:
        known = {option.code for option in question.options}
    for code in question.expected:
        if code not in known:
            yield error(
                "expected",
                _("%(question)s expects “%(code)s”, which can’t be answered.")
                % {"question": name, "code": code},
                page,
                question.code,
            )

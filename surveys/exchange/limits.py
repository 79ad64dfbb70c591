"""Limits of answers, as constraints and back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from surveys.definition import Kind, Question
from surveys.exchange import xpath
from surveys.exchange.xpath import (
    Both,
    Call,
    Compare,
    Dot,
    Either,
    Literal,
    Node,
    NotTold,
    quoted,
)
from surveys.logic.variables import is_several

COUNT, LENGTH = "count-selected", "string-length"
TRUE = Call("true")


# In -----------------------------------------------------------------------------------


def with_limits(question: Question, source: str) -> tuple[Question, tuple[str, ...]]:
    """The question with what a constraint says, and sentences for what it can't."""
    try:
        node = xpath.parse(source)
    except NotTold as error:
        return question, (_not_carried(source, str(error)),)
    wrong = []
    for part in node.parts if isinstance(node, Both) else (node,):
        try:
            question = _limited(question, part)
        except NotTold as error:
            wrong.append(_not_carried(source, str(error)))
    return question, tuple(dict.fromkeys(wrong))


def _not_carried(source: str, why: str) -> str:
    return _("the constraint “%(source)s” isn’t carried: %(why)s.") % {
        "source": source,
        "why": why,
    }


def _limited(question: Question, part: Node) -> Question:
    alone = _exclusive(part)
    if alone and question.option(alone) and question.kind == Kind.MULTIPLE:
        return replace(
            question,
            options=tuple(
                replace(one, is_exclusive=True) if one.code == alone else one
                for one in question.options
            ),
        )
    match part:
        case Call("true", ()):
            return question
        case Compare(Dot(), sign, Literal() as right):
            if question.kind in (Kind.NUMBER, Kind.SCALE):
                return _within(question, sign, _number(right))
            if question.kind == Kind.DATE:
                return _days(question, sign, str(right.value))
        case Compare(Dot(), sign, Call("date", (Literal(value),))):
            if question.kind == Kind.DATE:
                return _days(question, sign, str(value))
        case Compare(Dot(), sign, Call("today", ())):
            if question.kind == Kind.DATE:
                return _days(question, sign, "today")
        case Compare(Call("count-selected", (Dot(),)), sign, Literal() as right):
            if question.kind in (Kind.MULTIPLE, Kind.RANKING):
                return _within(question, sign, _number(right))
        case Compare(Call("string-length", (Dot(),)), sign, Literal() as right):
            if question.kind == Kind.TEXT:
                return _within(question, sign, _number(right))
    raise NotTold(_("no limit here says that"))


def _number(right: Literal) -> Decimal:
    return xpath.number(right.value)


def _within(question: Question, sign: str, value: Decimal) -> Question:
    is_whole = question.kind != Kind.NUMBER or not question.decimals
    if sign in ("<", ">"):
        if not is_whole or value != int(value):
            raise NotTold(_("limits here include their ends"))
        sign, value = (">=", value + 1) if sign == ">" else ("<=", value - 1)
    least, most = question.least, question.most
    if sign in (">=", "="):
        least = value if least is None else max(least, value)
    if sign in ("<=", "="):
        most = value if most is None else min(most, value)
    if sign == "!=":
        raise NotTold(_("no limit here says that"))
    return replace(question, least=least, most=most)


def _days(question: Question, sign: str, day: str) -> Question:
    if day != "today":
        try:
            day = date.fromisoformat(day).isoformat()
        except ValueError:
            raise NotTold(_("“%s” is no day") % day) from None
    for field, signs in (("earliest", (">=", "=")), ("latest", ("<=", "="))):
        if sign in signs:
            if getattr(question, field) not in ("", day):
                raise NotTold(_("it says two limits of one kind"))
            question = replace(question, **{field: day})
    if sign in ("<", ">", "!="):
        raise NotTold(_("limits here include their ends"))
    return question


def _exclusive(part: Node) -> str:
    """The option that a constraint allows only alone, in the ways people write it."""
    one = Compare(Call(COUNT, (Dot(),)), "=", Literal(Decimal(1)))
    below = Compare(Call(COUNT, (Dot(),)), "<=", Literal(Decimal(1)))
    more = Compare(Call(COUNT, (Dot(),)), ">", Literal(Decimal(1)))
    two = Compare(Call(COUNT, (Dot(),)), ">=", Literal(Decimal(2)))
    match part:
        case Call("not", (Both((left, right)),)):
            for chosen, many in ((left, right), (right, left)):
                if many in (more, two):
                    return _chosen(chosen)
        case Either((left, right)):
            for lone, chosen in ((left, right), (right, left)):
                match chosen:
                    case Call("not", (negated,)) if lone in (one, below):
                        return _chosen(negated)
        case Call("if", (chosen, lone, other)):
            if lone in (one, below) and other == TRUE:
                return _chosen(chosen)
    return ""


def _chosen(node: Node) -> str:
    match node:
        case Call("selected", (Dot(), Literal(value))):
            return str(value)
    return ""


# Out ----------------------------------------------------------------------------------


def constraint(question: Question, names: dict[str, str]) -> str:
    """`names`: of the options there, by their codes."""
    return " and ".join(_parts(question, names))


def _parts(question: Question, names: dict[str, str]) -> Iterator[str]:
    match question.kind:
        case Kind.NUMBER:
            yield from _between(".", question)
        case Kind.TEXT:
            yield from _between(f"{LENGTH}(.)", question)
        case Kind.RANKING | Kind.MULTIPLE if is_several(question):
            yield from _between(f"{COUNT}(.)", question)
            for option in question.options:
                if option.is_exclusive and question.kind == Kind.MULTIPLE:
                    chosen = quoted(names[option.code])
                    yield f"not(selected(., {chosen}) and {COUNT}(.) > 1)"
        case Kind.DATE:
            for sign, day in ((">=", question.earliest), ("<=", question.latest)):
                if day:
                    told = "today()" if day == "today" else f"date({quoted(day)})"
                    yield f". {sign} {told}"


def _between(what: str, question: Question) -> Iterator[str]:
    for sign, limit in ((">=", question.least), ("<=", question.most)):
        if limit is not None:
            yield f"{what} {sign} {limit:f}"

"""Our conditions as XPath, and XPath as our conditions.

The two differ in what is unanswered: here every claim about it is false, there an empty
text is compared like any other. Both ways say what holds for people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from surveys.definition import Kind
from surveys.exchange import xpath
from surveys.exchange.xpath import NotTold, quoted
from surveys.logic.conditions import (
    Always,
    And,
    Answered,
    Compared,
    Condition,
    Counted,
    In,
    Includes,
    Not,
    Or,
    Value,
)

SIGNS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "=": Decimal.__eq__,
    "!=": Decimal.__ne__,
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
}
NUMBERS = frozenset({Kind.SCALE, Kind.NUMBER})


@dataclass(frozen=True)
class Known:
    """Something that conditions see: `ref` here, `names` there (several: the rows of a
    whole matrix). `codes`: of its options, by their names there."""

    ref: str
    names: tuple[str, ...]
    kind: Kind
    is_several: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


# In -----------------------------------------------------------------------------------


def as_condition(node: xpath.Node, known: Mapping[str, Known]) -> Condition:
    """`known`: by names there. Raises `NotTold`."""
    match node:
        case xpath.Both(parts):
            return And(tuple(as_condition(part, known) for part in parts))
        case xpath.Either(parts):
            return Or(tuple(as_condition(part, known) for part in parts))
        case xpath.Call("not", (part,)):
            return Not(as_condition(part, known))
        case xpath.Call("selected", (xpath.Name(name), xpath.Literal(value))):
            return _selected(_found(name, known), str(value))
        case xpath.Compare(xpath.Name(name), sign, right):
            return _compared(_found(name, known), sign, right)
        case xpath.Compare(
            xpath.Call("count-selected", (xpath.Name(name),)),
            sign,
            xpath.Literal(Decimal() as number),
        ):
            return _counted(_found(name, known), sign, xpath.number(number))
        case xpath.Compare(
            xpath.Call("string-length", (xpath.Name(name),)),
            sign,
            xpath.Literal(Decimal() as number),
        ):
            return _has_length(_found(name, known), sign, number)
        case xpath.Call(name, args) if args is not None:
            raise NotTold(_("“%s” isn’t known here") % f"{name}()")
    raise NotTold(_("only answers compared with values are known here"))


def _found(name: str, known: Mapping[str, Known]) -> Known:
    if name not in known:
        raise NotTold(_("“%s” isn’t asked here") % name)
    return known[name]


def _selected(one: Known, name: str) -> Condition:
    value = one.codes.get(name, name)
    if one.is_several and one.kind != Kind.BRAND:
        return Includes(one.ref, (value,))
    if one.kind in (Kind.SINGLE, Kind.MATRIX):
        return Compared(one.ref, "=", value)
    raise NotTold(_("“%s” has no options") % one.ref)


def _compared(one: Known, sign: str, right: xpath.Node) -> Condition:
    if right == xpath.Literal("") and sign in ("=", "!="):
        return Answered(one.ref, sign == "!=")
    if isinstance(right, xpath.Name):
        raise NotTold(_("two answers can’t be compared"))
    value = _value(one, right)
    is_option = isinstance(value, str)
    if is_option and sign not in ("=", "!="):
        raise NotTold(_("options have no order here"))
    if one.is_several:
        # The whole answer is this one option.
        made: Condition = And(
            (Includes(one.ref, (value,)), Counted(one.ref, "=", Decimal(1)))
        )
        return made if sign == "=" else Not(made)
    if sign == "!=":
        return Not(Compared(one.ref, "=", value))
    return Compared(one.ref, sign, value)


def _value(one: Known, right: xpath.Node) -> Value:
    match right:
        case xpath.Literal(value) if one.kind in NUMBERS:
            return xpath.number(value)
        case xpath.Literal(str() as day) | xpath.Call(
            "date", (xpath.Literal(str() as day),)
        ) if one.kind == Kind.DATE:
            return day_of(day)
        case xpath.Literal(value) if one.kind in (
            *(Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX),
        ):
            return one.codes.get(str(value), str(value))
        case xpath.Literal(str() as value) if one.kind == Kind.BRAND:
            return value
        case xpath.Literal() if one.kind == Kind.TEXT:
            raise NotTold(_("what a text says isn’t compared here"))
        case xpath.Call(name, args) if args is not None:
            raise NotTold(_("“%s” isn’t known here") % f"{name}()")
    raise NotTold(_("only answers compared with values are known here"))


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotTold(_("“%s” is no day") % text) from None


def _counted(one: Known, sign: str, number: Decimal) -> Condition:
    if not one.is_several or one.kind == Kind.BRAND:
        raise NotTold(_("of “%s” nothing can be counted") % one.ref)
    made = Counted(one.ref, sign, number)
    if SIGNS[sign](Decimal(0), number):
        return Or((Answered(one.ref, False), made))
    return made


def _has_length(one: Known, sign: str, number: Decimal) -> Condition:
    told = {
        (">", 0): True,
        ("!=", 0): True,
        (">=", 1): True,
        ("=", 0): False,
        ("<", 1): False,
        ("<=", 0): False,
    }.get((sign, int(number) if number == int(number) else -1))
    if told is None:
        raise NotTold(_("the length of a text isn’t compared here"))
    return Answered(one.ref, told)


# Out ----------------------------------------------------------------------------------


def as_xpath(condition: Condition, known: Mapping[str, Known]) -> str:
    """`known`: by refs here. Raises `NotTold`."""
    match condition:
        case Always():
            return "true()"
        case Not(part):
            return f"not({as_xpath(part, known)})"
        case And(parts):
            return " and ".join(_within(part, known) for part in parts)
        case Or(parts):
            return " or ".join(_within(part, known) for part in parts)
    one = known.get(condition.ref)
    if one is None:
        raise NotTold(_("“%s” isn’t known there") % condition.ref)
    return _claim(condition, one)


def _within(part: Condition, known: Mapping[str, Known]) -> str:
    told = as_xpath(part, known)
    return f"({told})" if isinstance(part, And | Or) else told


def _claim(claim: Condition, one: Known) -> str:
    if isinstance(claim, Answered):
        sign, word = ("!=", " or ") if claim.is_answered else ("=", " and ")
        told = word.join(f"${{{name}}} {sign} ''" for name in one.names)
        return f"({told})" if len(one.names) > 1 else told
    if len(one.names) != 1:
        raise NotTold(_("“%s” has rows") % claim.ref)
    name = f"${{{one.names[0]}}}"
    is_list = one.is_several and one.kind != Kind.BRAND
    match claim:
        case Compared(_ref, sign, value) if not one.is_several:
            told = f"{name} {sign} {_told(value, one)}"
            return f"({name} != '' and {told})" if sign == "!=" else told
        case In(_ref, values) if not one.is_several:
            return _joined(
                [f"{name} = {_told(value, one)}" for value in values], " or "
            )
        case Includes(_ref, values, needs_all) if is_list:
            return _joined(
                [f"selected({name}, {_told(value, one)})" for value in values],
                " and " if needs_all else " or ",
            )
        case Counted(_ref, sign, value) if is_list:
            told = f"count-selected({name}) {sign} {value:f}"
            if SIGNS[sign](Decimal(0), value):
                return f"({name} != '' and {told})"
            return told
    raise NotTold(_("“%s” can’t be told there") % claim.ref)


def _joined(parts: list[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"


def _told(value: Value, one: Known) -> str:
    if isinstance(value, str):
        names = {code: name for name, code in one.codes.items()}
        return quoted(names.get(value, value))
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    return f"{value:f}"

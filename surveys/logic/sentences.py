"""Conditions as people say them: “Q3 includes “Coffee” and age ≥ 25”."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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
    Value,
    WrongCondition,
    parse,
)
from surveys.logic.problems import called, language_name

SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def sentence(source: str, definition: Definition, language: str) -> str:
    """The condition in the language of whoever reads it, with the survey's own texts
    in `language`. A source that is no condition is told as it stands."""
    try:
        condition = parse(source)
    except WrongCondition:
        return source
    return Teller(definition, language).told(condition)


class Teller:
    def __init__(self, definition: Definition, language: str) -> None:
        self.definition = definition
        self.language = language

    def told(self, condition: Condition) -> str:
        match condition:
            case Always():
                return _("always")
            case Not(part):
                return pgettext("condition", "not (%s)") % self.told(part)
            case And(parts):
                return self._joined(parts, pgettext("condition", " and "))
            case Or(parts):
                return self._joined(parts, pgettext("condition", " or "))
        return self._claim(condition)

    def _joined(self, parts: tuple[Condition, ...], word: str) -> str:
        return word.join(
            f"({self.told(part)})" if isinstance(part, And | Or) else self.told(part)
            for part in parts
        )

    def _claim(self, claim: Claim) -> str:
        name = self._name(claim.ref)
        told = {"name": name}
        match claim:
            case Answered(_ref, True):
                return pgettext("condition", "%(name)s is answered") % told
            case Answered():
                return pgettext("condition", "%(name)s isn’t answered") % told
            case Counted(_ref, sign, value):
                return pgettext(
                    "condition", "the number of answers to %(name)s %(sign)s %(value)s"
                ) % {**told, "sign": SIGNS[sign], "value": _number(value)}
            case Compared(_ref, sign, str() as value) if sign in ("=", "!="):
                told["value"] = self._value(claim.ref, value)
                if sign == "=":
                    return pgettext("condition", "%(name)s is %(value)s") % told
                return pgettext("condition", "%(name)s isn’t %(value)s") % told
            case Compared(_ref, sign, value):
                return f"{name} {SIGNS[sign]} {self._value(claim.ref, value)}"
            case Includes(_ref, (value,)):
                told["value"] = self._value(claim.ref, value)
                return pgettext("condition", "%(name)s includes %(value)s") % told
        told["values"] = ", ".join(
            self._value(claim.ref, value) for value in claim.values
        )
        match claim:
            case In():
                return pgettext("condition", "%(name)s is one of %(values)s") % told
            case Includes(needs_all=True):
                return (
                    pgettext("condition", "%(name)s includes all of %(values)s") % told
                )
        return pgettext("condition", "%(name)s includes any of %(values)s") % told

    def _name(self, ref: str) -> str:
        code, _dot, part = ref.partition(".")
        if code in ("profile", "purchase"):
            return _fact_names().get(ref, ref)
        question = self.definition.question(code)
        if not part or question is None:
            return called(ref)
        row = next((row for row in question.rows if row.code == part), None)
        text = (row and self._text(row.text)) or part
        return pgettext("condition", "%(question)s (“%(row)s”)") % {
            "question": called(code),
            "row": text,
        }

    def _value(self, ref: str, value: Value) -> str:
        if isinstance(value, Decimal):
            return _number(value)
        if isinstance(value, date):
            return date_format(value, "DATE_FORMAT")
        if ref == "profile.language":
            return language_name(value)
        question = self.definition.question(ref.partition(".")[0])
        return f"“{self._option(question, value) or value}”"

    def _option(self, question: Question | None, code: str) -> str:
        if question is None or question.kind == Kind.BRAND:
            return ""
        option = question.option(code)
        return self._text(option.text) if option else ""

    def _text(self, text) -> str:
        fallback = next(iter(self.definition.languages), "")
        return say(text, self.language, fallback)


def _fact_names() -> dict[str, str]:
    return {
        "profile.age": _("age"),
        "profile.region": _("region"),
        "profile.months": _("months in the panel"),
        "profile.language": _("language"),
        "purchase.merchant": _("merchant of the purchase"),
        "purchase.category": _("category of the purchase"),
        "purchase.total": _("total of the purchase"),
        "purchase.days": _("days since the purchase"),
    }


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"

"""Checking what was answered.

Values are those of `surveys.definition`. No error repeats what was typed.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.answering.form_data import from_form
from surveys.answering.texts import is_empty, plain
from surveys.answering.words import day_in_words, in_words, number_in_words
from surveys.definition import Kind, Option, Question, ScaleStyle, say

__all__ = [
    "WrongAnswer",
    "clean",
    "ends",
    "from_form",
    "in_words",
    "is_empty",
    "plain",
    "standing",
]

# Beyond these an answer is an attack or a mistake.
LONGEST_TEXT, LONGEST_OTHER, LONGEST_NAME = 5000, 200, 120
MOST_NAMES = 20
LARGEST = Decimal("1e15")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)


class WrongAnswer(Exception):
    """`str(error)` is a sentence for the person, or the question's own message."""


@dataclass(frozen=True)
class Place:
    """Where and when an answer is given."""

    today: date
    language: str
    fallback: str


def clean(
    question: Question, value: Any, *, today: date, language: str, fallback: str
) -> Any:
    """The answer as it is stored, or None where nothing was answered.

    `question` as it is shown: with the options that are offered. `value` may have any
    JSON shape. Where something was answered that isn't right, the question's own
    message is told in place of ours. Raises `WrongAnswer`.
    """
    if not question.is_asked:
        return None
    if is_empty(value):
        if question.is_required:
            raise WrongAnswer(_("Please answer this question."))
        return None
    try:
        return CLEANERS[question.kind](
            question, value, Place(today, language, fallback)
        )
    except WrongAnswer as error:
        own = say(question.message, language, fallback)
        raise WrongAnswer(own or str(error)) from None


def ends(question: Question) -> tuple[int, int]:
    """A scale's lowest and highest number."""
    low, high = (0, 10) if question.style == ScaleStyle.NPS else (1, 5)
    return (
        low if question.least is None else int(question.least),
        high if question.most is None else int(question.most),
    )


# Checking -----------------------------------------------------------------------------


def _not_offered() -> WrongAnswer:
    return WrongAnswer(_("Please choose among what is offered."))


def _single(question: Question, value: Any, place: Place) -> Any:
    option = _offered(question, _chosen(value))
    return {"chosen": option.code, **_other(question, value, [option])}


def _multiple(question: Question, value: Any, place: Place) -> Any:
    chosen = _unique([_offered(question, one) for one in _listed(_chosen(value))])
    alone = next((option for option in chosen if option.is_exclusive), None)
    if alone and len(chosen) > 1:
        raise WrongAnswer(
            _("“%s” can’t be combined with anything else.")
            % say(alone.text, place.language, place.fallback)
        )
    if not alone:
        _check_count(question, len(chosen), len(question.options))
    in_order = [option for option in question.options if option in chosen]
    return {
        "chosen": [option.code for option in in_order],
        **_other(question, value, in_order),
    }


def _brand(question: Question, value: Any, place: Place) -> Any:
    if not question.is_multiple:
        return {"chosen": _name(_chosen(value))}
    by_key: dict[str, str] = {}
    for one in _listed(_chosen(value)):
        if not is_empty(one):
            by_key.setdefault(_name(one).casefold(), _name(one))
    _check_count(question, len(by_key), MOST_NAMES)
    return {"chosen": list(by_key.values())}


def _scale(question: Question, value: Any, place: Place) -> Any:
    if isinstance(value, str) and NUMBER.match(value.strip()):
        value = Decimal(value.strip())
    least, most = ends(question)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _not_offered()
    if not least <= value <= most or value != int(value):
        raise _not_offered()
    return int(value)


def _matrix(question: Question, value: Any, place: Place) -> Any:
    if not isinstance(value, Mapping):
        raise _not_offered()
    if not set(value) <= {row.code for row in question.rows}:
        raise _not_offered()
    found: dict[str, Any] = {}
    for row in question.rows:
        told = value.get(row.code)
        if is_empty(told):
            if question.is_required:
                raise WrongAnswer(_("Please answer every row."))
        elif question.is_multiple:
            columns = _unique([_offered(question, one) for one in _listed(told)])
            found[row.code] = [
                column.code for column in question.options if column in columns
            ]
        else:
            found[row.code] = _offered(question, told).code
    return found


def _ranking(question: Question, value: Any, place: Place) -> Any:
    if isinstance(value, Mapping):
        # As `from_form` leaves places that contradict one another.
        raise WrongAnswer(_("Please give each a place of its own: 1, 2, 3 and so on."))
    ranked = [_offered(question, one).code for one in _listed(value)]
    if len(set(ranked)) != len(ranked):
        raise WrongAnswer(_("Please give each a place of its own: 1, 2, 3 and so on."))
    offered = len(question.options)
    most = offered if question.most is None else min(int(question.most), offered)
    if question.least is not None:
        least = min(int(question.least), most)
    else:
        least = most if question.is_required else 0
    if least == offered and len(ranked) < least:
        raise WrongAnswer(_("Please give every one a place."))
    if len(ranked) < least:
        raise WrongAnswer(_("Please give at least %d of them a place.") % least)
    if len(ranked) > most:
        raise WrongAnswer(_("Please give at most %d of them a place.") % most)
    return ranked


def _number(question: Question, value: Any, place: Place) -> Any:
    number = _decimal(value, place.language)
    if number is None or abs(number) > LARGEST:
        raise WrongAnswer(_("Please type a number."))
    if -int(number.normalize().as_tuple().exponent) > question.decimals:
        if question.decimals == 0:
            raise WrongAnswer(_("Please type a whole number."))
        raise WrongAnswer(
            ngettext(
                "Please type at most %d decimal place.",
                "Please type at most %d decimal places.",
                question.decimals,
            )
            % question.decimals
        )
    least, most = question.least, question.most
    is_outside = (least is not None and number < least) or (
        most is not None and number > most
    )
    if is_outside:
        raise WrongAnswer(_between(least, most, _number_in(place.language)))
    return int(number) if number == int(number) else float(number)


def _date(question: Question, value: Any, place: Place) -> Any:
    day = None
    if isinstance(value, str) and DAY.match(value.strip()):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            day = None
    if day is None:
        raise WrongAnswer(_("Please give a day, such as 2026-01-31."))
    earliest = _limit(question.earliest, place.today)
    latest = _limit(question.latest, place.today)
    if (earliest and day < earliest) or (latest and day > latest):
        raise WrongAnswer(_between(earliest, latest, _day_in(place.language)))
    return day.isoformat()


def _text(question: Question, value: Any, place: Place) -> Any:
    if not isinstance(value, str):
        raise WrongAnswer(_("Please type a text."))
    text = plain(value)
    if not question.is_long:
        text = " ".join(text.split())
    least = int(question.least or 0)
    most = LONGEST_TEXT
    if question.most is not None:
        most = min(most, int(question.most))
    if len(text) > most:
        raise WrongAnswer(_("Please use at most %d characters.") % most)
    if len(text) < least:
        raise WrongAnswer(_("Please use at least %d characters.") % least)
    return text


CLEANERS: dict[Kind, Callable[[Question, Any, Place], Any]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.BRAND: _brand,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.RANKING: _ranking,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TEXT: _text,
}


def _chosen(value: Any) -> Any:
    if not isinstance(value, Mapping) or "chosen" not in value:
        raise _not_offered()
    return value["chosen"]


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise _not_offered()
    return list(value)


def _offered(question: Question, code: Any) -> Option:
    option = question.option(code) if isinstance(code, str) else None
    if option is None:
        raise _not_offered()
    return option


def _unique(options: Iterable[Option]) -> list[Option]:
    return list(dict.fromkeys(options))


def _other(
    question: Question, value: Mapping[str, Any], chosen: list[Option]
) -> dict[str, str]:
    if not any(option.asks_text for option in chosen):
        return {}
    other = value.get("other")
    text = " ".join(plain(other).split()) if isinstance(other, str) else ""
    if not text:
        raise WrongAnswer(_("Please say in a few words what you mean."))
    if len(text) > LONGEST_OTHER:
        raise WrongAnswer(_("Please use at most %d characters.") % LONGEST_OTHER)
    return {"other": text}


def _name(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongAnswer(_("Please type a name."))
    name = " ".join(plain(value).split())
    if not name:
        raise WrongAnswer(_("Please type a name."))
    if len(name) > LONGEST_NAME:
        raise WrongAnswer(_("Please use at most %d characters.") % LONGEST_NAME)
    return name


def _check_count(question: Question, count: int, offered: int) -> None:
    most = offered if question.most is None else min(int(question.most), offered)
    # Fewer may be offered than are wanted, where they are carried over.
    least = min(int(question.least or 0), most)
    if count < least:
        raise WrongAnswer(_("Please choose at least %d.") % least)
    if count > most:
        raise WrongAnswer(_("Please choose at most %d.") % most)


def _decimal(value: Any, language: str) -> Decimal | None:
    """A number as JSON has it or as a person types it, with their decimal sign."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    if isinstance(value, str):
        value = _with_point(value, language)
        if len(value) > 40 or not NUMBER.match(value):
            return None
    elif not isinstance(value, int) and not math.isfinite(value):
        return None
    return Decimal(str(value))


def _with_point(text: str, language: str) -> str:
    text = re.sub(r"[\s’']", "", text).replace("−", "-")
    comma = get_format("DECIMAL_SEPARATOR", lang=language, use_l10n=True) == ","
    if "," in text and "." in text:
        # The last one is the decimal sign, whoever wrote it.
        thousands = "," if text.rindex(".") > text.rindex(",") else "."
        text = text.replace(thousands, "")
    elif not comma and re.match(r"[+-]?\d{1,3}(,\d{3})+\Z", text):
        text = text.replace(",", "")
    return text.replace(",", ".")


def _limit(told: str, today: date) -> date | None:
    if told == "today":
        return today
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        return None


def _number_in(language: str) -> Callable[[Any], str]:
    return lambda number: number_in_words(number, language)


def _day_in(language: str) -> Callable[[Any], str]:
    return lambda day: day_in_words(day, language)


def _between(least: Any, most: Any, words: Callable[[Any], str]) -> str:
    if least is not None and most is not None:
        return _("Please answer between %(least)s and %(most)s.") % {
            "least": words(least),
            "most": words(most),
        }
    if least is not None:
        return (
            _("Please answer %(least)s or later.") % {"least": words(least)}
            if (isinstance(least, date))
            else _("Please answer %(least)s or more.") % {"least": words(least)}
        )
    if isinstance(most, date):
        return _("Please answer %(most)s or earlier.") % {"most": words(most)}
    return _("Please answer %(most)s or less.") % {"most": words(most)}


def standing(question: Question, value: Any) -> Any:
    """What is left of a stored answer where the question offers less than it did: an
    earlier answer, from which it carries its options, was changed. None: nothing."""
    if value is None or not question.carries:
        return value
    codes = {option.code for option in question.options}
    match question.kind:
        case Kind.SINGLE:
            return value if value["chosen"] in codes else None
        case Kind.MULTIPLE:
            chosen = [code for code in value["chosen"] if code in codes]
            asks = any(one.asks_text for one in question.options if one.code in chosen)
            kept = {"other": value["other"]} if asks and "other" in value else {}
            return {"chosen": chosen, **kept} if chosen else None
        case Kind.RANKING:
            return [code for code in value if code in codes] or None
        case Kind.MATRIX:
            left: dict[str, Any] = {}
            for row, told in value.items():
                if isinstance(told, list):
                    told = [code for code in told if code in codes]
                if told and (isinstance(told, list) or told in codes):
                    left[row] = told
            return left or None
    return value

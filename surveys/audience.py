"""Whom a survey is for, as data: who people are, and what they bought.

Stored as JSON with the survey (`as_json`, `from_json`), read out in `sentences`. Ages
are bands and joining is by months: finer conditions would single people out. All
conditions must hold; of several bands or regions one.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FORMAT = 1
MONTH = re.compile(r"(?!0000)\d{4}-(0[1-9]|1[0-2])\Z")
MOST_DAYS = 730
MOST_PURCHASES = 8


@dataclass(frozen=True)
class AgeBand:
    """From `least` to `most` whole years, both included; without `most`, and older."""

    code: str
    least: int
    most: int | None = None

    def __str__(self) -> str:
        if self.most is None:
            return _("%(least)d and older") % {"least": self.least}
        return _("%(least)d to %(most)d") % {"least": self.least, "most": self.most}


AGE_BANDS = {
    band.code: band
    for band in (
        AgeBand("13-17", 13, 17),
        AgeBand("18-24", 18, 24),
        AgeBand("25-34", 25, 34),
        AgeBand("35-44", 35, 44),
        AgeBand("45-54", 45, 54),
        AgeBand("55-64", 55, 64),
        AgeBand("65+", 65),
    )
}


class Verb(StrEnum):
    BOUGHT = "bought"
    NOT_BOUGHT = "not_bought"
    SPENT = "spent"
    LAPSED = "lapsed"
    FIRST = "first"
    SWITCHED = "switched"


# Those that compare two windows.
OF_TWO_WINDOWS = frozenset({Verb.LAPSED, Verb.SWITCHED})


@dataclass(frozen=True)
class Bought:
    """What was bought; empty fields allow all. `category`: a receipt's; `product`: text
    in a line item."""

    category: str = ""
    merchant: str = ""
    product: str = ""


@dataclass(frozen=True)
class PurchaseCondition:
    """What somebody did with `what` in the last `days` days.

    `earlier_days`: of lapsed and switched how many days before those the first purchase
    may lie. `then`: of switched what is bought now instead. `least`, `most`: of spent,
    in the panel's currency, both included.
    """

    verb: Verb
    what: Bought = Bought()
    days: int = 90
    earlier_days: int = 180
    then: Bought = Bought()
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Audience:
    """`ages`: codes of `AGE_BANDS`; `regions`: ISO 3166-2; `joined_from`, `joined_to`:
    months as "YYYY-MM", both included. What is empty allows all."""

    ages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    joined_from: str = ""
    joined_to: str = ""
    purchases: tuple[PurchaseCondition, ...] = ()

    @property
    def is_everyone(self) -> bool:
        return self == Audience()


def why_wrong(condition: PurchaseCondition) -> str:
    """The sentence that says what the condition lacks or contradicts, or ""."""
    if not 1 <= condition.days <= MOST_DAYS:
        return _("Use 1 to %(most)d days.") % {"most": MOST_DAYS}
    if condition.verb in OF_TWO_WINDOWS and not (
        1 <= condition.earlier_days <= MOST_DAYS
    ):
        return _("Use 1 to %(most)d days before.") % {"most": MOST_DAYS}
    if condition.verb == Verb.SPENT:
        if condition.least is None and condition.most is None:
            return _("Say the least or the most that was spent.")
        if (condition.least or 0) < 0 or (
            condition.most is not None and condition.most < (condition.least or 0)
        ):
            return _("The most spent is at least the least.")
    if condition.verb == Verb.SWITCHED:
        nothing = Bought()
        if nothing in (condition.what, condition.then):
            return _("Say what was bought before, and what is bought now.")
        if condition.what == condition.then:
            return _("Who switches buys something else now.")
    return ""


# JSON ---------------------------------------------------------------------------------


class WrongAudience(Exception):
    """The JSON is no audience; `str(error)` says why. Nothing in it is passed over: a
    condition that isn't known would ask people whom it was to leave out."""


def as_json(audience: Audience) -> dict[str, Any]:
    """Only what differs from the defaults; of everyone {}."""
    told = _told(audience)
    return {"format": FORMAT, **told} if told else {}


def _told(thing: Any) -> Any:
    if dataclasses.is_dataclass(thing):
        return {
            one.name: _told(getattr(thing, one.name))
            for one in dataclasses.fields(thing)
            if one.name == "verb" or getattr(thing, one.name) != one.default
        }
    if isinstance(thing, tuple):
        return [_told(one) for one in thing]
    if isinstance(thing, Verb):
        return thing.value
    return str(thing) if isinstance(thing, Decimal) else thing


def from_json(data: Any) -> Audience:
    """Raises `WrongAudience`. {} is everyone."""
    fields = _fields(data, Audience, also=("format",))
    if fields.pop("format", FORMAT) != FORMAT:
        raise WrongAudience(_("This audience was written by a newer version."))
    purchases = fields.pop("purchases", [])
    if not isinstance(purchases, list) or len(purchases) > MOST_PURCHASES:
        raise WrongAudience(_("An audience has a short list of purchases."))
    lists = {name: tuple(_texts(fields.pop(name, []))) for name in ("ages", "regions")}
    months = {name: fields.pop(name, "") for name in ("joined_from", "joined_to")}
    if not all(
        month == "" or (isinstance(month, str) and MONTH.match(month))
        for month in months.values()
    ):
        raise WrongAudience(_("Write a month as 2026-01."))
    if not set(lists["ages"]) <= AGE_BANDS.keys():
        raise WrongAudience(_("An age isn’t one of the bands."))
    return Audience(
        **lists, **months, purchases=tuple(_condition(one) for one in purchases)
    )


def _fields(data: Any, kind: type, also: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise WrongAudience(_("An audience is a JSON object."))
    known = {one.name for one in dataclasses.fields(kind)} | set(also)
    unknown = sorted(str(name) for name in data if name not in known)
    if unknown:
        raise WrongAudience(_("“%s” is no condition of an audience.") % unknown[0])
    return dict(data)


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongAudience(_("A list of texts was expected."))
    return value


def _bought(value: Any) -> Bought:
    fields = _fields(value, Bought)
    _texts(list(fields.values()))
    return Bought(**fields)


def _amount(value: Any) -> Decimal:
    try:
        amount = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except ArithmeticError:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise WrongAudience(_("An amount is written as “12.50”."))
    return amount


def _condition(value: Any) -> PurchaseCondition:
    fields = _fields(value, PurchaseCondition)
    if fields.get("verb") not in set(Verb):
        raise WrongAudience(_("It isn’t known what was done with a purchase."))
    if not all(
        type(fields[name]) is int for name in ("days", "earlier_days") if name in fields
    ):
        raise WrongAudience(_("Days are whole numbers."))
    made = {"verb": Verb(fields.pop("verb"))}
    for name, one in fields.items():
        if name in ("what", "then"):
            made[name] = _bought(one)
        elif name in ("least", "most"):
            made[name] = _amount(one)
        else:
            made[name] = one
    condition = PurchaseCondition(**made)
    if why := why_wrong(condition):
        raise WrongAudience(why)
    return condition


# Words --------------------------------------------------------------------------------


def sentences(
    audience: Audience,
    *,
    regions: Mapping[str, str],
    categories: Mapping[str, Any],
    currency: str,
) -> tuple[str, ...]:
    """What must hold of a panelist, one sentence a condition; for everyone one that
    says so. `regions`, `categories`: names by code."""
    if audience.is_everyone:
        return (_("Every panelist."),)
    told = []
    if audience.ages:
        bands = [str(band) for code, band in AGE_BANDS.items() if code in audience.ages]
        told.append(_("Age: %(bands)s.") % {"bands": _either(bands)})
    if audience.regions:
        names = [str(regions.get(code, code)) for code in audience.regions]
        told.append(_("Lives in: %(regions)s.") % {"regions": _either(names)})
    if audience.joined_from:
        month = _month(audience.joined_from)
        told.append(_("Joined in %(month)s or later.") % {"month": month})
    if audience.joined_to:
        month = _month(audience.joined_to)
        told.append(_("Joined in %(month)s or earlier.") % {"month": month})
    told += [_said(one, categories, currency) for one in audience.purchases]
    return tuple(told)


def _either(names: list[str]) -> str:
    *first, last = names
    if not first:
        return last
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last}


def _month(month: str) -> str:
    return date_format(date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT")


def _said(
    condition: PurchaseCondition, categories: Mapping[str, Any], currency: str
) -> str:
    words = {
        "what": _thing(condition.what, categories),
        "then": _thing(condition.then, categories),
        "days": _days(condition.days),
        "earlier": _days(condition.earlier_days),
        "band": _band(condition.least, condition.most, currency),
    }
    sentence = {
        Verb.BOUGHT: _("Bought %(what)s in the last %(days)s."),
        Verb.NOT_BOUGHT: _("Didn’t buy %(what)s in the last %(days)s."),
        Verb.SPENT: _("Spent %(band)s on %(what)s in the last %(days)s."),
        Verb.LAPSED: _(
            "Bought %(what)s in the %(earlier)s before the last %(days)s, and not "
            "since."
        ),
        Verb.FIRST: _("Bought %(what)s for the first time in the last %(days)s."),
        Verb.SWITCHED: _(
            "Bought %(what)s in the %(earlier)s before the last %(days)s; since then "
            "%(then)s instead."
        ),
    }[condition.verb]
    return sentence % words


def _thing(what: Bought, categories: Mapping[str, Any]) -> str:
    """“oats” at Target (supermarket), or as much of it as is named."""
    named = _("“%s”") % what.product if what.product else _("anything")
    if what.merchant:
        named = _("%(thing)s at %(shop)s") % {"thing": named, "shop": what.merchant}
    if what.category:
        kind = str(categories.get(what.category, what.category))
        named = _("%(thing)s (%(kind)s)") % {"thing": named, "kind": kind}
    return named


def _days(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _band(least: Decimal | None, most: Decimal | None, currency: str) -> str:
    words = {
        "least": number_format(least, 2) if least is not None else "",
        "most": number_format(most, 2) if most is not None else "",
        "currency": currency,
    }
    if most is None:
        return _("%(least)s %(currency)s or more") % words
    if least is None:
        return _("%(most)s %(currency)s or less") % words
    return _("%(least)s to %(most)s %(currency)s") % words

"""Sums of money in a line of text, as till printers and readers write them."""

import re
from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")
# Readers take these letters for digits when they stand among digits.
LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_CONFUSED = re.compile(r"(?<=\d)[OolI](?=[\d.,]|\b)|(?<=[\d.,])[Oo](?=[Oo\d]|\b)")

_MONEY = re.compile(
    r"""(?<![\d.,/#*])(?<!\d:)
    (?P<open>\()?\s?(?P<minus>[-−–])?\s?
    (?P<mark>US\$|(?<![^\W\d_])(?:RM|EUR|USD|S(?=\s?\d))|(?:RM|EUR|USD)(?=\d)
        |[$€£¥§](?=\s?\d))?\s?
    (?P<minus2>[-−–])?
    (?P<whole>\d{1,3}(?:[,.'’\ ]\d{3})+|\d{1,6}|(?<![^\s\-−–]))
    \s?(?P<point>[.,·])\s?(?P<cents>\d{2})
    (?![\d%/:])(?!\s?%)(?![.,]\d)
    (?P<after>\s?[-−–)](?!\d)|\s?CR\b)?
    """,
    re.VERBOSE,
)
# A number before one of these is a weight, a volume or a unit price's measure.
_MEASURE = re.compile(
    r"\s?(?:kg|g|lbs?|oz|ml|l|ltr|gal|gallons?|pts?|points?|km|mi|cm|mm|ft)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """A sum with two places and where it stands in its line's text."""

    value: Decimal
    start: int
    end: int


def unconfused(text: str) -> str:
    """The text with letters among digits read as the digits they look like."""
    return _CONFUSED.sub(lambda match: match.group().translate(LOOKALIKES), text)


def amounts_in(text: str) -> tuple[Amount, ...]:
    """Every sum of money with two decimal places, from left to right.

    A minus before or behind, parentheses or CR make it negative. Percentages, dates
    and weights are none. Both marks are taken as the decimal one, since two digits
    follow it and three follow the other.
    """
    text = unconfused(text)
    found = []
    for match in _MONEY.finditer(text):
        if _MEASURE.match(text, match.end("cents")) and not match["mark"]:
            continue
        whole = re.sub(r"\D", "", match["whole"])
        value = Decimal(f"{whole or 0}.{match['cents']}")
        after = (match["after"] or "").strip()
        if (
            match["minus"]
            or match["minus2"]
            or after in {"-", "−", "–", "CR"}
            or (match["open"] and after == ")")
        ):
            value = -value
        start = match.start("mark") if match["mark"] else match.start("whole")
        found.append(Amount(value, start, match.end()))
    return tuple(found)


def last_amount(text: str) -> Amount | None:
    found = amounts_in(text)
    return found[-1] if found else None

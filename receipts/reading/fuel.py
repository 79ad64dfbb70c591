"""Fuel: a pump's receipt prints volume and price on lines of their own."""

import re
from collections.abc import Sequence
from decimal import Decimal

from receipts.reading.result import LineItem
from receipts.reading.totals import Labeled

_UNITS = r"(?:gal(?:lon)?s?|lit(?:er|re)s?|ltrs?|l)\b"
_VOLUME = re.compile(
    rf"\b(?:{_UNITS}|vol(?:ume)?|menge)\W{{0,4}}(\d{{1,3}}[.,]\d{{2,3}})(?!\d)"
    rf"|(?<![\d.,])(\d{{1,3}}[.,]\d{{2,3}})\s?{_UNITS}",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:(?:unit\s)?price|preis|ppg|ppu)\D{0,8}(\d{1,2}[.,]\d{2,3})(?!\d)"
    r"|(\d{1,2}[.,]\d{2,3})\s?(?:EUR|RM|[$€])?\s?/\s?(?:g|gal|l|lit\w*|ltr)\b",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"\b(?:unlead\w*|regular|diesel|super|premium|plus|mid\s?grade|ron\s?\d\d|e10|e85)\b",
    re.IGNORECASE,
)
# Pumps round volume and price before they print them.
ROUNDED = Decimal("0.02")


def fuel_of(rows: Sequence[Labeled]) -> LineItem | None:
    """The fuel that was bought, where volume x price is an amount on the paper."""
    texts = [row.text for row in rows]
    volume = next(iter(numbers(texts, _VOLUME)), None)
    price = next(iter(numbers(texts, _PRICE)), None)
    if not volume or not price:
        return None
    for row in rows:
        for amount in row.amounts:
            if amount.value > 0 and abs(volume * price - amount.value) <= ROUNDED:
                words = next((t for t in texts if _GRADE.search(t)), "Fuel")
                grade = words if not re.search(r"\d[.,]\d", words) else "Fuel"
                return LineItem(grade.strip(), volume, amount.value, price)
    return None


def numbers(texts: Sequence[str], pattern: re.Pattern[str]) -> list[Decimal]:
    found = (pattern.search(text[:200]) for text in texts)
    return [Decimal((m[1] or m[2]).replace(",", ".")) for m in found if m]

"""What is true of a receipt by its label and by its paper, and when a reading agrees.

Labels are read by rules of their own, not by the reading's: a change there must not
move what it is measured against.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from rapidfuzz import fuzz

from receipts.reading.locales import locale_named

AMOUNTS = ("total", "subtotal", "tax")
_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MONTHS = {name: number for number, name in enumerate(_NAMES.split("|"), start=1)}
_NAME = rf"(?P<n>{_NAMES})[a-z]*"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})[\s./-]*{_NAME}[\s.,'/-]*(?P<y>\d{{4}}|\d{{2}})(?!\d)",
        rf"{_NAME}[\s.]*(?P<d>\d{{1,2}})[\s.,'-]+(?P<y>\d{{4}}|\d{{2}})(?!\d)",
    )
)


@dataclass(frozen=True)
class Truth:
    """What is known of one file's receipt. A field that is None isn't judged.

    `no_day`: the paper prints no legible date, so that any day read is wrong. A
    reading that gives one of `merchants` has the merchant right. `items` are the
    label's rows of description and amount.
    """

    day: date | None = None
    no_day: bool = False
    total: Decimal | None = None
    merchants: tuple[str, ...] = ()
    subtotal: Decimal | None = None
    tax: Decimal | None = None
    items: tuple[Mapping, ...] = ()


@dataclass(frozen=True)
class ItemCount:
    """Line items that agree, that the label has, and that were read."""

    found: int = 0
    wanted: int = 0
    read: int = 0

    def __add__(self, other: "ItemCount") -> "ItemCount":
        return ItemCount(
            self.found + other.found,
            self.wanted + other.wanted,
            self.read + other.read,
        )

    @property
    def f1(self) -> float:
        return 2 * self.found / (self.wanted + self.read) if self.found else 0.0


def truth_of(row: Mapping, today: date | None = None) -> Truth:
    """A row of truth.jsonl as it is labelled."""
    return Truth(
        day=true_day(row, today),
        total=true_sum(row.get("total", "")),
        merchants=(row["merchant"],) if row.get("merchant") else (),
        subtotal=true_sum(row.get("subtotal", "")),
        tax=true_sum(row.get("tax", "")),
        items=tuple(row.get("items") or ()),
    )


def as_printed(truth: Truth, note: Mapping) -> Truth:
    """The truth with what somebody saw on the paper.

    A note's `date` (YYYY-MM-DD, or null where none can be read), `total`, `subtotal`
    and `tax` stand in for the label's, its `merchant` beside it; `why` is for people.
    """
    if "date" in note:
        day = date.fromisoformat(note["date"]) if note["date"] else None
        truth = replace(truth, day=day, no_day=day is None)
    amounts = {name: true_sum(note[name]) for name in AMOUNTS if name in note}
    truth = replace(truth, **amounts)
    if "merchant" in note:
        truth = replace(truth, merchants=(*truth.merchants, note["merchant"]))
    return truth


def notes_in(path: Path) -> dict[str, dict]:
    """The notes by file name; none where there is no such file."""
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}


def true_day(row: Mapping, today: date | None = None) -> date | None:
    """The first whole date of the label, none where it lies after `today`.

    The row's locale says whether 3/4 is in March or April; where only the other way
    is a date, that is taken.
    """
    label = str(row.get("date") or "")
    for found in days_in(label, day_first=locale_named(row["locale"]).day_first):
        if today is None or found <= today:
            return found
    return None


def days_in(label: str, *, day_first: bool) -> Iterator[date]:
    for shape in _SHAPES:
        for match in shape.finditer(label):
            part = match.groupdict()
            year = int(part["y"]) + (2000 if len(part["y"]) == 2 else 0)
            if "a" in part:
                pairs = [(part["b"], part["a"]), (part["a"], part["b"])]
                orders = pairs if day_first else pairs[::-1]
            elif "n" in part:
                orders = [(MONTHS[part["n"].lower()], part["d"])]
            else:
                orders = [(part["m"], part["d"])]
            for month, day in orders:
                try:
                    yield date(year, int(month), int(day))
                except ValueError:
                    continue
                break


def true_sum(text: object) -> Decimal | None:
    """The amount of a label such as 8.2, $8.20 or RM 8.20, to the cent."""
    digits = re.sub(r"[^\d.\-]", "", str(text).replace(",", ""))
    try:
        return Decimal(digits).quantize(Decimal("0.01")) if digits else None
    except InvalidOperation:
        return None


def squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def same_merchant(label: str, read: str | None) -> bool:
    """Alike in letters and digits (fuzzy >= 80), or one within the other."""
    a, b = squeezed(label), squeezed(read or "")
    if len(b) < 2:
        return False
    return fuzz.ratio(a, b) >= 80 or a in b or (len(b) >= 3 and b in a)


def count_items(wanted: Sequence[Mapping], read: Sequence[Mapping]) -> ItemCount:
    """Pairs that are alike in words (fuzzy >= 80) and equal in amount."""
    free, found = list(read), 0
    for item in wanted:
        for other in free:
            alike = fuzz.token_set_ratio(
                item["description"].casefold(), other["description"].casefold()
            )
            if alike >= 80 and true_sum(other["amount"]) == true_sum(item["amount"]):
                free.remove(other)
                found += 1
                break
    return ItemCount(found, len(wanted), len(read))


def as_one(items: Sequence[Mapping]) -> list[dict]:
    """Lines of the same description as one, with the sum of their amounts.

    Labels that are keyed by description have repeated items so, but not all of them.
    """
    sums: dict[str, dict] = {}
    for item in items:
        key = squeezed(item["description"]) or item["description"]
        amount = true_sum(item["amount"]) or Decimal(0)
        held = sums.setdefault(
            key, {"description": item["description"], "amount": Decimal(0)}
        )
        held["amount"] += amount
    return list(sums.values())

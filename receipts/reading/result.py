"""What a receipt was read as, with a confidence and the evidence for each field."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from receipts.reading.page import Page

# Changes with every change of the rules that could change a reading.
VERSION = "3"
FIELDS = (
    "merchant",
    "date",
    "time",
    "currency",
    "subtotal",
    "tax",
    "total",
    "items",
)


@dataclass(frozen=True)
class Reason:
    """Why a receipt isn't straight through: a code and a sentence for a reviewer."""

    code: str
    sentence: str


@dataclass(frozen=True)
class LineItem:
    """What one line says was bought; a discount has a negative amount."""

    description: str
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Reading:
    """A whole reading. Money has two places; `confidence` runs from 0 to 1."""

    merchant: str | None = None
    category: str | None = None
    date: datetime.date | None = None
    time: datetime.time | None = None
    currency: str | None = None
    subtotal: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal | None = None
    items: tuple[LineItem, ...] = ()
    confidence: Mapping[str, float] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    straight_through: bool = False
    reasons: tuple[Reason, ...] = ()
    pages: tuple[Page, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    version: str = VERSION


def money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def reading_as_json(reading: Reading) -> dict:
    """The row that `read_receipt` prints, without its file's name and the pages."""
    return {
        "merchant": reading.merchant,
        "category": reading.category,
        "date": reading.date.isoformat() if reading.date else None,
        "time": f"{reading.time:%H:%M}" if reading.time else None,
        "currency": reading.currency,
        "subtotal": money(reading.subtotal),
        "tax": money(reading.tax),
        "total": money(reading.total),
        "items": [
            {
                "description": item.description,
                "quantity": f"{item.quantity.normalize():f}",
                "amount": money(item.amount),
            }
            for item in reading.items
        ],
        "confidence": {
            name: round(value, 3) for name, value in reading.confidence.items()
        },
        "evidence": {name: list(lines) for name, lines in reading.evidence.items()},
        "straight_through": reading.straight_through,
        "reasons": [reason.sentence for reason in reading.reasons],
        "seconds": {name: round(value, 3) for name, value in reading.seconds.items()},
    }

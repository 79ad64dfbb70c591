"""What a receipt was read as, with a confidence and the evidence for each field."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from receipts.reading.page import Page

# Changes with every change of the rules that could change a reading.
VERSION = "5"
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


class ItemKind(StrEnum):
    ITEM = "item"
    DISCOUNT = "discount"
    VOID = "void"  # takes a line above back


@dataclass(frozen=True)
class LineItem:
    """What one line says was bought; discounts and voids have negative amounts.

    `unit_price` is what one piece (or kilogram, pound, litre) cost, where it is
    printed or follows from quantity and amount.
    """

    description: str
    quantity: Decimal
    amount: Decimal
    unit_price: Decimal | None = None
    kind: ItemKind = ItemKind.ITEM


@dataclass(frozen=True)
class TaxLine:
    """One tax as printed: "PA SALES TAX 6 %", the rate as 0.06 where it is printed."""

    name: str
    amount: Decimal
    rate: Decimal | None = None


@dataclass(frozen=True)
class Payment:
    """How it was paid: cash, visa, mastercard, amex, discover, debit, gift_card, ...

    `last_four` are the card's last four digits where they are printed.
    """

    kind: str
    amount: Decimal | None = None
    last_four: str | None = None


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
    tip: Decimal | None = None
    taxes: tuple[TaxLine, ...] = ()
    payments: tuple[Payment, ...] = ()
    # The shop's, as digits in the country's national form.
    phones: tuple[str, ...] = ()
    store_number: str | None = None
    transaction_number: str | None = None
    items: tuple[LineItem, ...] = ()
    confidence: Mapping[str, float] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Numbers only, for training: {"total": ({"value": "21.64", "features": {...}},)}
    candidates: Mapping[str, tuple[dict, ...]] = field(default_factory=dict)
    # The fields that passed the gate: of date, total and merchant.
    sure: frozenset[str] = frozenset()
    straight_through: bool = False
    reasons: tuple[Reason, ...] = ()
    pages: tuple[Page, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    version: str = VERSION
    model: str = ""  # the version of the learned confidence, "" for none


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
        "tip": money(reading.tip),
        "taxes": [
            {
                "name": tax.name,
                "rate": None if tax.rate is None else f"{tax.rate.normalize():f}",
                "amount": money(tax.amount),
            }
            for tax in reading.taxes
        ],
        "payments": [
            {
                "kind": payment.kind,
                "amount": money(payment.amount),
                "last_four": payment.last_four,
            }
            for payment in reading.payments
        ],
        "phones": list(reading.phones),
        "store_number": reading.store_number,
        "transaction_number": reading.transaction_number,
        "items": [
            {
                "description": item.description,
                "quantity": f"{item.quantity.normalize():f}",
                "unit_price": (
                    money(item.unit_price)
                    if item.unit_price is None
                    or item.unit_price == round(item.unit_price, 2)
                    else f"{item.unit_price.normalize():f}"
                ),
                "amount": money(item.amount),
                "kind": item.kind.value,
            }
            for item in reading.items
        ],
        "confidence": {
            name: round(value, 3) for name, value in reading.confidence.items()
        },
        "evidence": {name: list(lines) for name, lines in reading.evidence.items()},
        "sure": sorted(reading.sure),
        "straight_through": reading.straight_through,
        "reasons": [reason.sentence for reason in reading.reasons],
        "seconds": {name: round(value, 3) for name, value in reading.seconds.items()},
        "version": reading.version,
        "model": reading.model,
    }

"""What the machine read becomes what is believed of a receipt, and is noted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import isfinite

from receipts.models import LineItem, Merchant, Receipt, ReceiptPolicy
from receipts.models import Reading as ReadingRow
from receipts.reading.merchant import is_brand
from receipts.reading.result import ItemKind, Reading, reading_as_json
from receipts.rules import Judgement
from receipts.services import merchants

# What the columns hold; a reader may see more digits than money has.
MOST_MONEY, MOST_QUANTITY = Decimal(10) ** 10, Decimal(10) ** 7
SUMS = ("subtotal", "tax", "total", "tip")


def fitting(amount: Decimal | None) -> Decimal | None:
    return amount if amount is not None and abs(amount) < MOST_MONEY else None


def fill(receipt: Receipt, reading: Reading, *, is_sensitive: bool) -> None:
    """Put the reading on the locked receipt, which the caller saves."""
    merchant = merchants.find(receipt.panel_id, reading.merchant or "")
    receipt.merchant = merchant
    receipt.merchant_name = name_to_store(reading, merchant, is_sensitive=is_sensitive)
    receipt.category = ((merchant and merchant.category) or reading.category or "")[:40]
    receipt.purchased_on, receipt.purchased_at = reading.date, reading.time
    receipt.currency = reading.currency or receipt.panel.currency
    receipt.subtotal, receipt.tax = fitting(reading.subtotal), fitting(reading.tax)
    receipt.total = fitting(reading.total)
    receipt.items.all().delete()
    if is_sensitive:
        return
    LineItem.objects.bulk_create(
        LineItem(
            receipt=receipt,
            position=position,
            description=item.description[:200],
            quantity=item.quantity,
            # A deposit given back may be read with a negative one.
            unit_price=fitting(item.unit_price and abs(item.unit_price)),
            amount=item.amount,
            # One that adds something is no discount, whatever its line is called.
            kind=item.kind.value if item.amount <= 0 else ItemKind.ITEM.value,
        )
        for position, item in enumerate(reading.items)
        if fitting(item.amount) is not None and abs(item.quantity) < MOST_QUANTITY
    )


def name_to_store(
    reading: Reading, merchant: Merchant | None, *, is_sensitive: bool
) -> str:
    """The merchant's name; of a sensitive receipt only one that is known elsewhere.

    The header of a prescription's label may read like a shop's name, and be a
    medicine's or a patient's.
    """
    if merchant is not None:
        return merchant.name
    name = reading.merchant or ""
    if is_sensitive and not is_brand(name):
        return ""
    return name[:120]


def note_reading(
    receipt: Receipt,
    reading: Reading,
    judgement: Judgement,
    *,
    policy: ReceiptPolicy,
    is_sensitive: bool,
) -> ReadingRow:
    """Write the reading's row, after `fill`."""
    return ReadingRow.objects.create(
        receipt=receipt,
        version=reading.version,
        model=reading.model,
        straight_through=reading.straight_through,
        result=result_to_store(receipt, reading, is_sensitive=is_sensitive),
        candidates={} if is_sensitive else candidates_to_store(reading.candidates),
        policy=policy if policy.pk else None,
        trial=judgement.trial,
        would_be=judgement.would_be,
        would_be_code=judgement.would_be_code,
    )


# What is copied from the paper and may be a prescription's: its number, a line that
# was taken for a tax, what names the merchant.
COPIED = ("taxes", "payments", "phones", "store_number", "transaction_number")


def result_to_store(receipt: Receipt, reading: Reading, *, is_sensitive: bool) -> dict:
    """`reading_as_json` without the items, which are rows of their own, or in the
    vault only (page words) where one of them may be a prescription's line."""
    result = reading_as_json(with_fitting_sums(reading))
    del result["items"]
    result["merchant"] = receipt.merchant_name or None
    if is_sensitive:
        for name in COPIED:
            del result[name]
        evidence = result["evidence"]
        result["evidence"] = {
            name: evidence[name] for name in ("date", "total") if name in evidence
        }
    return result


def with_fitting_sums(reading: Reading) -> Reading:
    """The reading without sums that are more than money, as `fill` leaves them out."""
    return replace(
        reading,
        **{name: fitting(getattr(reading, name)) for name in SUMS},
        taxes=tuple(tax for tax in reading.taxes if fitting(tax.amount) is not None),
        payments=tuple(
            replace(paid, amount=fitting(paid.amount)) for paid in reading.payments
        ),
    )


def candidates_to_store(candidates: Mapping[str, Sequence[Mapping]]) -> dict:
    """What the reader chose from, the best first, as numbers and days: a candidate for
    the merchant is a part of the paper's text, so only its features are noted."""
    return {
        field: [
            ({"value": str(candidate["value"])} if field in ("date", "total") else {})
            | {"features": finite(candidate["features"])}
            for candidate in ranked
        ]
        for field, ranked in candidates.items()
    }


def finite(features: Mapping[str, float]) -> dict[str, float]:
    """JSON in PostgreSQL has no infinity."""
    numbers = {name: float(value) for name, value in features.items()}
    return {name: value for name, value in numbers.items() if isfinite(value)}

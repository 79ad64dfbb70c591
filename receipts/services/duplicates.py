"""Each file and each purchase counts once in a panel, whoever shares it."""

import hashlib
from datetime import date, time
from decimal import Decimal

from django.db import IntegrityError, transaction

from receipts.models import DuplicateClaim, Receipt
from receipts.rules import Duplicate
from receipts.workflow import LIVE


def normalized(name: str) -> str:
    """A merchant's name for comparing: letters and digits, in lower case."""
    return "".join(c for c in name.casefold() if c.isalnum())


def purchase_key(merchant: str, day: date, at: time, total: Decimal) -> str:
    """SHA-256 of merchant, date, time to the minute, and total."""
    parts = (normalized(merchant), day.isoformat(), f"{at:%H:%M}", f"{total:.2f}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def claim(receipt: Receipt, kind: DuplicateClaim.Kind, key: str) -> bool:
    """Take the claim in the caller's transaction; False where another holds it."""
    try:
        with transaction.atomic():
            held, _created = DuplicateClaim.objects.get_or_create(
                panel_id=receipt.panel_id,
                kind=kind,
                key=key,
                defaults={"receipt": receipt},
            )
    except IntegrityError:
        return False
    return held.receipt_id == receipt.pk


def claim_purchase(receipt: Receipt) -> Duplicate:
    """Claim the purchase as it is believed now, giving up what was claimed before.

    Without a time of day two visits to one shop can look alike, so then a receipt
    with the same merchant, day and total is only a possible duplicate.
    """
    DuplicateClaim.objects.filter(
        receipt=receipt, kind=DuplicateClaim.Kind.PURCHASE
    ).delete()
    if not (receipt.merchant_name and receipt.purchased_on and receipt.total):
        return Duplicate.NONE
    if receipt.purchased_at is not None:
        key = purchase_key(
            receipt.merchant_name,
            receipt.purchased_on,
            receipt.purchased_at,
            receipt.total,
        )
        if not claim(receipt, DuplicateClaim.Kind.PURCHASE, key):
            return Duplicate.SAME
    others = Receipt.objects.filter(
        panel_id=receipt.panel_id,
        purchased_on=receipt.purchased_on,
        total=receipt.total,
        status__in=LIVE,
    ).exclude(pk=receipt.pk)
    if receipt.purchased_at is not None:
        others = others.filter(purchased_at=None)
    name = normalized(receipt.merchant_name)
    if any(
        normalized(other) == name
        for other in others.values_list("merchant_name", flat=True)
    ):
        return Duplicate.POSSIBLE
    return Duplicate.NONE

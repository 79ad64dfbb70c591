"""Each file and each purchase counts once in a panel, whoever shares it."""

import hashlib
from datetime import date, time
from decimal import Decimal

from django.db import IntegrityError, transaction

from panelists.models import Panel
from receipts.models import DuplicateClaim, Receipt
from receipts.rules import Duplicate
from receipts.workflow import DECIDED, LIVE

Kind = DuplicateClaim.Kind


def normalized(name: str) -> str:
    """A merchant's name for comparing: letters and digits, in lower case."""
    return "".join(c for c in name.casefold() if c.isalnum())


def purchase_key(merchant: str, day: date, at: time, total: Decimal) -> str:
    """SHA-256 of merchant, date, time to the minute, and total."""
    parts = (normalized(merchant), day.isoformat(), f"{at:%H:%M}", f"{total:.2f}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def likeness_key(receipt: Receipt) -> str:
    """SHA-256 of merchant, date and total, of an accepted receipt."""
    parts = (
        normalized(receipt.merchant_name),
        receipt.purchased_on.isoformat(),
        f"{receipt.total:.2f}",
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def claim(receipt: Receipt, kind: Kind, key: str) -> DuplicateClaim:
    """In the caller's transaction: the claim on the key, the receipt's own one where
    no other receipt holds it."""
    for _attempt in range(5):
        try:
            with transaction.atomic():
                held, _created = DuplicateClaim.objects.get_or_create(
                    panel_id=receipt.panel_id,
                    kind=kind,
                    key=key,
                    defaults={"receipt": receipt},
                )
        except IntegrityError as error:
            # It was taken and given up again between two looks: the key is free.
            lost = error
            continue
        return held
    raise lost


def claim_file(receipt: Receipt, sha256: str) -> bool:
    """Claim the bytes; False where another receipt stands for them."""
    return claim(receipt, Kind.FILE, sha256).receipt_id == receipt.pk


def give_up(receipt: Receipt, *kinds: Kind) -> None:
    """Let others claim what this receipt stood for; without kinds, all of it."""
    claims = DuplicateClaim.objects.filter(receipt=receipt)
    (claims.filter(kind__in=kinds) if kinds else claims).delete()


def claim_purchase(receipt: Receipt, *, by_person: bool = False) -> Duplicate:
    """Claim the purchase as it is believed now, giving up what was claimed before.

    Without a time of day two visits to one shop can look alike, so then a receipt
    with the same merchant, day and total is only a possible duplicate. So is one
    whose claim rests on a receipt that isn't decided: that one may be read wrong, and
    what a person has looked at takes the claim over from it.
    """
    # One at a time in a panel: no key decides between two without a time of day.
    Panel.objects.select_for_update(no_key=True).get(pk=receipt.panel_id)
    give_up(receipt, Kind.PURCHASE)
    if not (receipt.merchant_name and receipt.purchased_on and receipt.total):
        return Duplicate.NONE
    if receipt.purchased_at is not None:
        key = purchase_key(
            receipt.merchant_name,
            receipt.purchased_on,
            receipt.purchased_at,
            receipt.total,
        )
        held = claim(receipt, Kind.PURCHASE, key)
        if held.receipt_id != receipt.pk:
            if held.receipt.state in DECIDED:
                return Duplicate.SAME
            if not by_person:
                return Duplicate.POSSIBLE
            held.delete()
            claim(receipt, Kind.PURCHASE, key)
    return Duplicate.POSSIBLE if has_likeness(receipt) else Duplicate.NONE


def claim_likeness(receipt: Receipt, key: str) -> None:
    """That a receipt with this `likeness_key` was paid for and withdrawn, so that the
    same paper is known though the time of day is not.

    Others may hold the key already: it never says more than that a person compares.
    """
    claim(receipt, Kind.PURCHASE, key)


def has_likeness(receipt: Receipt) -> bool:
    """Whether another receipt, live or paid for and withdrawn, may show the same
    purchase without its time."""
    others = Receipt.objects.filter(
        panel_id=receipt.panel_id,
        purchased_on=receipt.purchased_on,
        total=receipt.total,
        status__in=LIVE,
    ).exclude(pk=receipt.pk)
    if receipt.purchased_at is not None:
        others = others.filter(purchased_at=None)
    name = normalized(receipt.merchant_name)
    names = others.values_list("merchant_name", flat=True)
    if any(normalized(other) == name for other in names):
        return True
    # After the live ones, so that one which is withdrawn just now is seen as either.
    return (
        DuplicateClaim.objects.filter(
            panel_id=receipt.panel_id, kind=Kind.PURCHASE, key=likeness_key(receipt)
        )
        .exclude(receipt=receipt)
        .exists()
    )

"""The panel's rules, as they hold on the day of submission, put to one receipt."""

from datetime import date
from decimal import Decimal

from django.utils.crypto import salted_hmac

from receipts.models import ExcludedCategory, Merchant, Receipt, ReceiptPolicy
from receipts.reading.result import Reading
from receipts.rules import (
    Duplicate,
    Facts,
    Judgement,
    Rules,
    Standing,
    StraightThrough,
    barriers,
    judge,
)
from receipts.services import merchants
from receipts.services.errors import Ineligible
from receipts.verdicts import VERDICTS

# A rule rejects without a person on fields of this confidence.
SURE_AT = 0.95


def judge_reading(
    receipt: Receipt,
    reading: Reading,
    *,
    policy: ReceiptPolicy,
    is_sensitive: bool,
    duplicate: Duplicate,
) -> Judgement:
    """What follows from the machine's reading, with which the receipt is filled."""
    facts = Facts(
        submitted_on=submitted_on(receipt),
        # Of a sensitive receipt a name may have been read that isn't stored.
        merchant=receipt.merchant_name or reading.merchant,
        standing=standing(receipt.merchant, submitted_on(receipt)),
        category=receipt.category or None,
        purchased_on=receipt.purchased_on,
        total=receipt.total,
        currency=reading.currency,
        has_items=bool(reading.items),
        sure=sure_fields(receipt, reading),
        straight_through=reading.straight_through,
        is_merchant_sure=is_merchant_sure(reading, policy)
        and not may_be_one_that_never_counts(receipt, reading.merchant or ""),
        is_quality_check=is_drawn(receipt.public_id, policy.quality_check_percent),
        is_sensitive=is_sensitive,
        duplicate=duplicate,
        in_first_month=is_in_first_month(receipt),
    )
    return judge(facts, rules_of(policy))


def check_may_count(receipt: Receipt) -> None:
    """Raise `Ineligible` where the receipt, as a reviewer corrected it, falls under a
    rule that no reviewer can set aside: then it is to be rejected for that."""
    facts = Facts(
        submitted_on=submitted_on(receipt),
        merchant=receipt.merchant_name,
        standing=standing(receipt.merchant, submitted_on(receipt)),
        category=receipt.category or None,
        purchased_on=receipt.purchased_on,
        total=receipt.total,
        currency=receipt.currency,
        in_first_month=is_in_first_month(receipt),
    )
    for finding in barriers(facts, rules_of(policy_for(receipt))):
        raise Ineligible(VERDICTS[finding.code].sentence)


def submitted_on(receipt: Receipt) -> date:
    return receipt.panel.today(receipt.submitted_at)


def is_in_first_month(receipt: Receipt) -> bool:
    return receipt.panel.month(receipt.panelist.joined_at) == receipt.month


def policy_for(receipt: Receipt) -> ReceiptPolicy:
    return ReceiptPolicy.for_day(receipt.panel, submitted_on(receipt))


def rules_of(policy: ReceiptPolicy) -> Rules:
    excluded = ExcludedCategory.objects.filter(panel_id=policy.panel_id)
    return Rules(
        currency=policy.panel.currency,
        window_days=policy.window_days,
        first_month_grace_days=policy.first_month_grace_days,
        excluded_categories=frozenset(excluded.values_list("category", flat=True)),
        straight_through=StraightThrough(policy.straight_through),
    )


def is_drawn(public_id: str, percent: Decimal) -> bool:
    """Whether a receipt is one of the `percent` that a person looks at by lot.

    The lot is a keyed hash of the id, so a second reading draws the same, and nobody
    who sees the id can tell.
    """
    digest = salted_hmac("receipts.quality_check", public_id, algorithm="sha256")
    lot = int.from_bytes(digest.digest()[:8]) / 2**64
    return lot * 100 < percent


def is_merchant_sure(reading: Reading, policy: ReceiptPolicy) -> bool:
    """Whether the reading may be accepted for this shop, as far as the name goes."""
    return not policy.requires_merchant or "merchant" in reading.sure


def may_be_one_that_never_counts(receipt: Receipt, name: str) -> bool:
    """Whether the name that was read is like an own store's or an excluded shop's.

    Paper and the registry of brands may say less than the operator wrote: Target, of
    Target Corp. An operator's own row with the name says who it is.
    """
    merchant = receipt.merchant
    if not name or (merchant is not None and merchant.learned_at is None):
        return False
    return merchants.is_like_one_that_never_counts(
        receipt.panel, name, on=submitted_on(receipt)
    )


def standing(merchant: Merchant | None, day: date) -> Standing:
    """The merchant's standing on a day; outside its dates it counts."""
    if merchant is None:
        return Standing.COUNTS
    if merchant.valid_from and day < merchant.valid_from:
        return Standing.COUNTS
    if merchant.valid_to and day >= merchant.valid_to:
        return Standing.COUNTS
    return Standing(merchant.standing)


def sure_fields(receipt: Receipt, reading: Reading) -> frozenset[str]:
    """Date and total that passed the gate, and what the reader is as certain of. It
    has no confidence in a category of its own: that is sure where the panel gave the
    merchant one."""
    sure = {"date", "total"} & reading.sure
    sure |= {
        name
        for name in ("merchant", "currency")
        if reading.confidence.get(name, 0.0) >= SURE_AT
    }
    merchant = receipt.merchant
    if merchant is not None and merchant.is_read_by_name and merchant.category:
        sure.add("category")
    return frozenset(sure)

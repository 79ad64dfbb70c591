"""Examples from receipts that a person accepted: what they confirmed is the truth.

Of a reading nothing but numbers is needed, so pictures and words may be long gone.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from receipts.measuring.truth import same_merchant
from receipts.models import Reading, Receipt
from receipts.reading.chooser import FIELDS
from receipts.reading.result import VERSION
from receipts.training.examples import Example, Offer, by_rules, group_of
from receipts.workflow import Status

# A quality check stands for the many that no person looked at, within reason.
MOST_WEIGHT = 10.0


def confirmed_readings():
    """The newest reading of every receipt that a person accepted, if it describes its
    candidates as the present version of the rules does."""
    newest = Reading.objects.filter(receipt=OuterRef("receipt")).order_by("-at", "-pk")
    return (
        Reading.objects.filter(
            receipt__status=Status.ACCEPTED,
            receipt__decided_by__isnull=False,
            version=VERSION,
            pk=Subquery(newest.values("pk")[:1]),
        )
        .exclude(candidates={})
        .select_related("receipt", "policy")
    )


def confirmed_examples() -> Iterator[Example]:
    for reading in confirmed_readings().order_by("pk").iterator():
        receipt = reading.receipt
        yield Example(
            group=group_of(receipt.merchant_name),
            fields={
                name: offers_of(name, reading, receipt)
                for name in FIELDS
                if isinstance(reading.candidates.get(name), list)
            },
            weight=weight_of(reading),
            name="confirmed by a person",
            decided_at=receipt.decided_at,
        )


def weight_of(reading: Reading) -> float:
    if reading.trial != Reading.Trial.QUALITY_CHECK or reading.policy is None:
        return 1.0
    share = float(reading.policy.quality_check_percent) / 100
    return min(1 / share, MOST_WEIGHT) if share else 1.0


def offers_of(name: str, reading: Reading, receipt: Receipt) -> tuple[Offer, ...]:
    return by_rules(
        Offer(one["features"], is_right(name, one, reading, receipt))
        for one in reading.candidates[name]
    )


def is_right(name: str, one: Mapping, reading: Reading, receipt: Receipt) -> bool:
    """Whether the person confirmed this candidate. The merchant's name isn't stored
    with its one candidate: the reading's result has it."""
    if name == "total":
        return receipt.total is not None and Decimal(one["value"]) == receipt.total
    if name == "date":
        return (
            receipt.purchased_on is not None
            and one["value"] == receipt.purchased_on.isoformat()
        )
    return same_merchant(receipt.merchant_name, reading.result.get("merchant"))

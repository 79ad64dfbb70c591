"""What straight through would have done, beside what people decided.

Of a dry run every receipt counts, of quality checks those on which the lot fell. The
newest reading of a receipt speaks for it; what was withdrawn or deleted since is gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, DateField, DecimalField, Exists, F, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Lower

from receipts.measuring.wilson import wilson
from receipts.models import Reading, ReceiptPolicy
from receipts.workflow import Status

# More than a line of paper has: what was noted of a total may be more than money.
MOST_DIGITS = 200


@dataclass(frozen=True)
class Share:
    """Some of a number, with Wilson's 95 % interval; all three shares from 0 to 1."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.count, self.of)


@dataclass(frozen=True)
class WouldBe:
    """The receipts with which the machine would have done one thing.

    `accepted`: those that a person accepted, `unchanged` of them with the date, the
    total and the shop as they were read.
    """

    outcome: Reading.WouldBe
    receipts: Share
    accepted: int
    rejected: int
    unchanged: int
    other_date: int
    other_total: int
    other_merchant: int

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected

    @property
    def borne_out(self) -> Share | None:
        """The decisions that came out as the machine's would have."""
        if self.outcome == Reading.WouldBe.REVIEW:
            return None
        is_accept = self.outcome == Reading.WouldBe.ACCEPT
        return Share(self.unchanged if is_accept else self.rejected, self.decided)


@dataclass(frozen=True)
class Summary:
    """A policy's dry run or its quality checks."""

    policy: ReceiptPolicy
    trial: Reading.Trial
    rows: tuple[WouldBe, ...]

    @property
    def receipts(self) -> int:
        return sum(row.receipts.count for row in self.rows)


def summaries() -> list[Summary]:
    """Every policy's trials, by panel, the newest policy first. Two queries."""
    return list(summarized(counted()))


def counted() -> list[dict]:
    """A row for each policy, trial and would-be outcome."""
    later = Reading.objects.filter(receipt=OuterRef("receipt"), pk__gt=OuterRef("pk"))
    accepted = Q(receipt__status=Status.ACCEPTED, receipt__decided_by__isnull=False)
    rejected = Q(receipt__status=Status.REJECTED, receipt__decided_by__isnull=False)
    same = {
        "date": Q(receipt__purchased_on=F("read_date")),
        "total": Q(receipt__total=F("read_total")),
        "merchant": Q(name=F("read_name")),
    }
    rows = (
        Reading.objects.exclude(trial="")
        .filter(~Exists(later))
        .annotate(
            read_date=Cast(KT("result__date"), DateField()),
            read_total=Cast(
                KT("result__total"),
                DecimalField(max_digits=MOST_DIGITS, decimal_places=2),
            ),
            read_name=Lower(KT("result__merchant")),
            name=Lower("receipt__merchant_name"),
        )
        .order_by()
        .values("policy", "trial", "would_be")
        .annotate(
            receipts=Count("pk"),
            accepted=Count("pk", filter=accepted),
            rejected=Count("pk", filter=rejected),
            unchanged=Count(
                "pk", filter=accepted & same["date"] & same["total"] & same["merchant"]
            ),
            **{
                f"same_{name}": Count("pk", filter=accepted & is_same)
                for name, is_same in same.items()
            },
        )
    )
    return list(rows)


def summarized(rows: list[dict]) -> Iterator[Summary]:
    policies = (
        ReceiptPolicy.objects.filter(pk__in={row["policy"] for row in rows})
        .select_related("panel")
        .order_by("panel__name", "-valid_from")
    )
    order = list(Reading.WouldBe)
    for policy in policies:
        own = sorted(
            (row for row in rows if row["policy"] == policy.pk),
            key=lambda row: (row["trial"], order.index(row["would_be"])),
        )
        for trial, group in groupby(own, key=lambda row: row["trial"]):
            listed = list(group)
            total = sum(row["receipts"] for row in listed)
            yield Summary(
                policy,
                Reading.Trial(trial),
                tuple(would_be(row, total) for row in listed),
            )


def would_be(row: dict, total: int) -> WouldBe:
    accepted = row["accepted"]
    return WouldBe(
        outcome=Reading.WouldBe(row["would_be"]),
        receipts=Share(row["receipts"], total),
        accepted=accepted,
        rejected=row["rejected"],
        unchanged=row["unchanged"],
        other_date=accepted - row["same_date"],
        other_total=accepted - row["same_total"],
        other_merchant=accepted - row["same_merchant"],
    )

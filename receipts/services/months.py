"""What a panelist's month has come to, and the reward that follows from it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

import rewards.services
from panelists.models import Panelist
from receipts.models import Receipt
from receipts.workflow import PENDING, Status
from rewards.models import Reward, RewardPlan


@dataclass(frozen=True)
class Progress:
    """A month in numbers: receipts that count, that wait, and that are needed."""

    month: date
    accepted: int
    pending: int
    returned: int
    required: int | None
    reward_status: str = ""

    @property
    def is_reached(self) -> bool:
        return self.required is not None and self.accepted >= self.required

    @property
    def missing(self) -> int:
        return max((self.required or 0) - self.accepted, 0)


def progress(panelist: Panelist, *, at: datetime | None = None) -> Progress:
    """The panelist's current month, in the panel's time zone."""
    month = panelist.panel.month(at or timezone.now())
    counts = Receipt.objects.filter(panelist=panelist, month=month).aggregate(
        accepted=Count("pk", filter=Q(status=Status.ACCEPTED)),
        pending=Count("pk", filter=Q(status__in=PENDING)),
        returned=Count("pk", filter=Q(status=Status.RETURNED)),
    )
    plan = RewardPlan.for_month(panelist.panel, month)
    return Progress(
        month=month,
        required=plan.receipts_required if plan else None,
        reward_status=rewards.services.month_status(panelist, month),
        **counts,
    )


def settle(receipt: Receipt) -> None:
    """Propose or retract the reward of the receipt's month.

    In the transaction of the change, after it: the panelist's row is locked first, so
    that of two receipts accepted at one moment the second counts the first.
    """
    panelist = Panelist.objects.select_for_update(of=("self",), no_key=True).get(
        pk=receipt.panelist_id
    )
    rewards.services.settle_month(
        panelist=panelist,
        month=receipt.month,
        accepted=Receipt.objects.filter(panelist=panelist)
        .accepted_in(receipt.month)
        .count(),
    )


def is_paid(receipt: Receipt) -> bool:
    """Whether the reward of the receipt's month was approved."""
    status = rewards.services.month_status(receipt.panelist, receipt.month)
    return status == Reward.Status.APPROVED

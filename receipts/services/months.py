"""What a panelist's month has come to, and the reward that follows from it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
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


def settle(receipt: Receipt) -> Reward | None:
    """Propose or retract the reward of the receipt's month; the reward, if any.

    In the transaction of the change, after it: the panelist's row is locked first, so
    that of two receipts accepted at one moment the second counts the first.
    """
    panelist = Panelist.objects.select_for_update(of=("self",), no_key=True).get(
        pk=receipt.panelist_id
    )
    return rewards.services.settle_month(
        panelist=panelist,
        month=receipt.month,
        accepted=Receipt.objects.filter(panelist=panelist)
        .accepted_in(receipt.month)
        .count(),
    )


def keeps_its_reward(receipt: Receipt) -> bool:
    """Whether the reward of the receipt's month stays, whatever is withdrawn of it:
    it was approved, or the month is over and it is proposed."""
    status = rewards.services.month_status(receipt.panelist, receipt.month)
    if status == Reward.Status.PROPOSED:
        return receipt.month < receipt.panel.month()
    return status == Reward.Status.APPROVED


def unsettled() -> list[int]:
    """One receipt of each month, this one or the one before, that has what a plan
    requires and no reward: its plan was added after its last receipt was accepted."""
    # A day of room, for panels on which the month hasn't ended yet.
    since = timezone.now().date() - timedelta(days=1)
    since = (since.replace(day=1) - timedelta(days=1)).replace(day=1)
    of_month = {"panelist": OuterRef("panelist"), "month": OuterRef("month")}
    plan = (
        RewardPlan.objects.filter(
            panel=OuterRef("panel"), valid_from__lte=OuterRef("month")
        )
        .filter(Q(valid_to=None) | Q(valid_to__gt=OuterRef("month")))
        .order_by("-valid_from")
    )
    months = (
        Receipt.objects.filter(status=Status.ACCEPTED, month__gte=since)
        .exclude(Exists(Reward.objects.filter(**of_month)))
        .annotate(required=Subquery(plan.values("receipts_required")[:1]))
        .order_by()
        .values("panelist", "month", "required")
        .annotate(accepted=Count("pk"), one=Min("pk"))
        .filter(accepted__gte=F("required"))
    )
    return sorted(months.values_list("one", flat=True))

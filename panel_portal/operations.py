"""The state of the portal in a few figures, for whoever opens the admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_q.models import Failure, OrmQ

from panel_portal import heartbeat
from receipts.models import Receipt
from receipts.services import releasing, vault
from receipts.workflow import PENDING, Status
from rewards.models import Reward

# The statuses' own labels speak to panelists.
FOR_OPERATORS: dict[Status, str | Promise] = {
    Status.SUBMITTED: _("Being read"),
    Status.IN_REVIEW: _("In review"),
    Status.RETURNED: _("Returned to panelists"),
    Status.ACCEPTED: _("Accepted"),
    Status.REJECTED: _("Rejected"),
    Status.WITHDRAWN: _("Withdrawn"),
}


@dataclass(frozen=True)
class StatusCount:
    """How many receipts have a status, and since when the oldest of them waits."""

    status: Status
    label: str | Promise
    count: int
    oldest_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        """For the worker or for a reviewer."""
        return self.status in PENDING


@dataclass(frozen=True)
class State:
    """Figures of this moment. A moment is None where there is nothing of its kind."""

    worker_beat_at: datetime | None
    worker_is_alive: bool
    receipts: tuple[StatusCount, ...]
    queued: int
    failed_today: int
    rewards_waiting: int
    vault_overdue: int
    releases_refused: int


def state() -> State:
    now = timezone.now()
    counted = {
        row["status"]: row
        for row in Receipt.objects.order_by()
        .values("status")
        .annotate(count=Count("pk"), oldest=Min("submitted_at"))
    }
    age = heartbeat.seconds_since_beat()
    return State(
        worker_beat_at=None if age is None else now - timedelta(seconds=age),
        worker_is_alive=heartbeat.is_alive(),
        receipts=tuple(
            StatusCount(
                status,
                label,
                counted.get(status, {}).get("count", 0),
                counted.get(status, {}).get("oldest"),
            )
            for status, label in FOR_OPERATORS.items()
        ),
        queued=OrmQ.objects.count(),
        failed_today=Failure.objects.filter(
            stopped__gt=now - timedelta(days=1)
        ).count(),
        rewards_waiting=Reward.objects.filter(status=Reward.Status.PROPOSED).count(),
        vault_overdue=vault.overdue().count(),
        releases_refused=releasing.refused(),
    )

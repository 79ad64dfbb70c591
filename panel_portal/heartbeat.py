"""The workers' signs of life: a row a machine, touched by every task there and so by
a minutely no-op.

A cluster whose idle worker was killed can look alive and do nothing. So `/healthz`
and the supervisor trust only that work was done lately.
"""

import logging
import socket

from django.conf import settings
from django.db import Error
from django.utils import timezone

from panel_portal.models import Heartbeat

logger = logging.getLogger(__name__)


def own_name() -> str:
    """The row of this machine's worker."""
    return f"worker on {socket.gethostname()}"[:40]


def beat() -> None:
    Heartbeat.objects.update_or_create(
        name=own_name(), defaults={"beat_at": timezone.now()}
    )


def beat_on_task(**kwargs) -> None:
    """Beat. No fault of the database may reach django-q2: it would end the worker."""
    try:
        beat()
    except Error:
        logger.warning("heartbeat_failed")


def seconds_since_beat(name: str | None = None) -> float | None:
    """Seconds since the last beat of one row, or of any; None where there is none."""
    rows = (
        Heartbeat.objects.all() if name is None else Heartbeat.objects.filter(name=name)
    )
    last = rows.order_by("-beat_at").values_list("beat_at", flat=True).first()
    return None if last is None else (timezone.now() - last).total_seconds()


def is_alive() -> bool:
    """Whether the worker of at least one machine is."""
    age = seconds_since_beat()
    return age is not None and age <= settings.HEARTBEAT_STALE_AFTER

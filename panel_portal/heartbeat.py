"""The worker's sign of life: a row touched by every task and by a minutely no-op.

A cluster whose idle worker was killed can look alive and do nothing. So `/healthz`
and the supervisor trust only that work was done lately.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import Error
from django.utils import timezone

from panel_portal.models import Heartbeat

WORKER = "worker"

logger = logging.getLogger(__name__)


def beat(name: str = WORKER) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def beat_on_task(**kwargs) -> None:
    """Beat. No fault of the database may reach django-q2: it would end the worker."""
    try:
        beat()
    except Error:
        logger.warning("heartbeat_failed")


def seconds_since_beat(name: str = WORKER) -> float | None:
    """Seconds since the last beat, or None where there has been none."""
    beat_at = Heartbeat.objects.filter(name=name).values_list("beat_at", flat=True)
    last = beat_at.first()
    return None if last is None else (timezone.now() - last).total_seconds()


def is_alive(name: str = WORKER) -> bool:
    age = seconds_since_beat(name)
    limit = timedelta(seconds=settings.HEARTBEAT_STALE_AFTER).total_seconds()
    return age is not None and age <= limit

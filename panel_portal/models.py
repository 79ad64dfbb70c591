"""The portal's own row: when each kind of background process was last alive."""

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """The last time at which a worker did anything, touched by every task."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%H:%M:%S}"

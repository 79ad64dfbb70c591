"""What runs by the clock, kept up to date by every migrate."""

from django.db import connections
from django.utils import timezone
from django_q.models import Schedule

# Name -> (function, minutes between runs).
SCHEDULES: dict[str, tuple[str, int]] = {
    "heartbeat": ("panel_portal.tasks.beat", 1),
    "sweep": ("receipts.tasks.sweep", 1),
    "survey invitations": ("surveys.tasks.invite", 5),
    "survey trials": ("surveys.tasks.sweep", 60),
}
# A run every minute would fill the table of results with nothing.
UNSAVED = "q_options={'save': False}"


def create_schedules(*, using: str, **kwargs) -> None:
    """Create what is missing; an operator's change of the rhythm stays.

    Does nothing while django-q2's own tables don't exist yet.
    """
    tables = connections[using].introspection.table_names()
    if Schedule._meta.db_table not in tables:
        return
    for name, (function, minutes) in SCHEDULES.items():
        schedule, created = Schedule.objects.using(using).get_or_create(
            name=name,
            defaults={
                "func": function,
                "kwargs": UNSAVED,
                "schedule_type": Schedule.MINUTES,
                "minutes": minutes,
                "next_run": timezone.now(),
            },
        )
        if not created and schedule.func != function:
            schedule.func = function
            schedule.save(update_fields=["func"])

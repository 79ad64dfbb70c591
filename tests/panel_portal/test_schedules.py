from importlib import import_module

import pytest
from django.core.management import call_command
from django_q.models import Schedule

from panel_portal.schedules import SCHEDULES

pytestmark = pytest.mark.django_db


def test_migrate_plans_what_runs_by_the_clock():
    found = Schedule.objects.values_list("name", "func", "minutes", "repeats")

    assert sorted(found) == [
        ("heartbeat", "panel_portal.tasks.beat", 1, -1),
        ("survey invitations", "surveys.tasks.invite", 5, -1),
        ("survey trials", "surveys.tasks.sweep", 60, -1),
        ("sweep", "receipts.tasks.sweep", 1, -1),
    ]


def test_another_migrate_keeps_an_operators_rhythm_and_puts_back_what_is_gone():
    Schedule.objects.filter(name="sweep").update(minutes=5, func="gone.function")
    Schedule.objects.filter(name="heartbeat").delete()

    call_command("migrate", verbosity=0)

    assert Schedule.objects.get(name="sweep").minutes == 5
    assert Schedule.objects.get(name="sweep").func == "receipts.tasks.sweep"
    assert Schedule.objects.filter(name="heartbeat").count() == 1


def test_every_scheduled_function_exists():
    for function, _minutes in SCHEDULES.values():
        module, _dot, name = function.rpartition(".")
        assert callable(getattr(import_module(module), name))

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from panel_portal import heartbeat
from panel_portal.models import Heartbeat

pytestmark = pytest.mark.django_db


def beaten(seconds_ago: float) -> None:
    Heartbeat.objects.create(
        name=heartbeat.own_name(),
        beat_at=timezone.now() - timedelta(seconds=seconds_ago),
    )


def test_a_worker_that_never_beat_is_not_alive():
    assert heartbeat.seconds_since_beat() is None
    assert not heartbeat.is_alive()


def test_a_beat_makes_it_alive():
    heartbeat.beat()

    assert heartbeat.is_alive()
    assert 0 <= heartbeat.seconds_since_beat() < 60


def test_beating_again_moves_the_one_row():
    beaten(1000)

    heartbeat.beat()

    assert Heartbeat.objects.count() == 1
    assert heartbeat.is_alive()


@pytest.mark.parametrize(("seconds", "expected"), [(170, True), (190, False)])
def test_a_beat_is_stale_after_the_time_set(settings, seconds, expected):
    settings.HEARTBEAT_STALE_AFTER = 180
    beaten(seconds)

    assert heartbeat.is_alive() is expected


def test_every_task_beats():
    heartbeat.beat_on_task(sender="django_q", task={})

    assert heartbeat.is_alive()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_fault_of_the_database_does_not_reach_the_worker(error, caplog):
    def broken(*args, **kwargs):
        raise error("the database is gone")

    with connection.execute_wrapper(broken):
        heartbeat.beat_on_task()

    assert [record.message for record in caplog.records] == ["heartbeat_failed"]


def test_a_silent_worker_is_not_hidden_by_another_machines(settings):
    beaten(1000)
    Heartbeat.objects.create(name="worker on elsewhere")

    assert heartbeat.seconds_since_beat(heartbeat.own_name()) > 900
    assert heartbeat.seconds_since_beat("worker on elsewhere") < 60
    assert heartbeat.is_alive()

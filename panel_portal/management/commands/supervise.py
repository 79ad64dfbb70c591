"""Run the web server and the worker, and keep them running until Ctrl-C."""

import socket
import sys
from contextlib import suppress

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django_q.tasks import async_task

from panel_portal import heartbeat
from panel_portal.supervisor import Service, Supervisor


def seconds_since_beat() -> float | None:
    """Of this machine's worker; 0 where the database doesn't answer: a worker that
    can't be heard isn't known to be stuck."""
    try:
        return heartbeat.seconds_since_beat(heartbeat.own_name())
    except DatabaseError:
        return 0.0
    finally:
        connection.close()


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")

    def handle(self, *, bind, **options):
        python = sys.executable
        web = Service(
            "web",
            [
                *(python, "-m", "gunicorn", "panel_portal.wsgi:application"),
                *("--config", "python:panel_portal.serving", "--bind", bind),
            ],
        )
        worker = Service(
            "worker",
            [python, str(settings.BASE_DIR / "manage.py"), "qcluster"],
            stale_after=settings.HEARTBEAT_STALE_AFTER,
            seconds_since_beat=seconds_since_beat,
        )
        with suppress(DatabaseError):  # its turn comes by the clock then
            # A worker shows that it lives by working: give it something at once.
            async_task("panel_portal.tasks.beat", save=False)
            connection.close()
        Supervisor([web, worker], lambda: self.announce(bind)).run()
        self.stdout.write("Stopped.")

    def announce(self, bind: str) -> bool:
        """Tell where the portal is, once something answers there."""
        host, _colon, port = bind.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=1).close()
        except OSError:
            return False
        self.stdout.write(f"Panel Portal runs at {settings.BASE_URL} (Ctrl-C stops it)")
        self.stdout.flush()
        return True

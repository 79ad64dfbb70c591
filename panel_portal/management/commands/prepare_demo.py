"""Bring the database, the pages' files and the demo up to date: what bin/run needs.

One process for all of it, so that a second start is quick.
"""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from panel_portal.demo import seed
from panelists.models import User


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--fresh", action="store_true", help="delete the demo first"
        )

    def handle(self, *, fresh, **options):
        if fresh or self.is_half_a_demo():
            self.say("Starting over")
            call_command("start_over", stdout=self.stdout)
        self.say("Preparing the database and the pages")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("seed_demo", stdout=self.stdout)

    def is_half_a_demo(self) -> bool:
        """Whether an earlier start was stopped while it made the demo."""
        tables = connection.introspection.table_names()
        return User._meta.db_table in tables and seed.is_half_made()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

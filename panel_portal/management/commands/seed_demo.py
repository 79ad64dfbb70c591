"""Fill an empty database with a demo panel, once, and print how to sign in."""

import json

from django.core.management.base import BaseCommand

from panel_portal.demo import seed
from panelists.models import User

LOGINS = (
    ("panelist", "shares receipts and is paid"),
    ("reviewer", "decides on what the machine was unsure of"),
    ("finance", "approves rewards"),
    ("operator", "runs the panel in the admin"),
)


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not seed.is_seeded():
            if User.objects.exists():
                self.stdout.write("This database has people in it: no demo is added.")
                return
            seed.seed(lambda text: self.say(text))
        self.print_logins()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def print_logins(self) -> None:
        try:
            notes = json.loads(seed.notes_path().read_text("utf-8"))
        except (OSError, ValueError):
            self.say("The demo's password is not on this machine: bin/run --fresh.")
            return
        self.say(f"\nDemo logins, all with the password {notes['password']}")
        for account, does in LOGINS:
            self.say(f"  {account}@{seed.DOMAIN:<20} {does}")
        self.say(f"An open invitation to join:\n  {notes['invitation']}\n")

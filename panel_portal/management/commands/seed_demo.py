"""Fill an empty database with a demo panel, once, and print how to sign in."""

from django.core.management.base import BaseCommand

from panel_portal.demo import seed
from panelists.models import User

LOGINS = (
    ("panelist", "shares receipts and is paid"),
    ("reviewer", "decides on what the machine was unsure of"),
    ("finance", "approves rewards"),
    ("author", "makes surveys and reads their results"),
    ("analyst", "reads results of groups that are large enough"),
    ("operator", "runs the panel in the admin"),
)


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not User.objects.exists():
            seed.seed(self.say)
        notes = seed.notes()
        if not notes:
            self.say("This database has people in it already: no demo is added.")
        elif not notes["is_complete"]:
            self.say("The demo is only half made: bin/run --fresh makes it anew.")
        else:
            self.print_logins(notes)

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def print_logins(self, notes: dict) -> None:
        self.say(f"\nDemo logins, all with the password {notes['password']}")
        for account, does in LOGINS:
            self.say(f"  {account}@{seed.DOMAIN:<20} {does}")
        self.say(f"An open invitation to join:\n  {notes['invitation']}\n")

"""Print the states of a receipt and the moves between them, as docs/workflow.md."""

from django.core.management.base import BaseCommand

from receipts.workflow import DECIDED, TRANSITIONS, Status

HEAD = """\
# The states of a receipt

Made by `bin/manage workflow_diagram > docs/workflow.md` from `receipts/workflow.py`;
a test fails where the two differ. Reading, parsing, screening and judging are calls,
not states: a state exists only where a person or a retry must see one. Every move
writes an event (who, when, from, to, why) in the same transaction.

```mermaid
stateDiagram-v2
"""


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def handle(self, **options):
        self.stdout.write(HEAD, ending="")
        for status in Status:
            self.stdout.write(f"    {status.value}: {status.label}")
        self.stdout.write(f"    [*] --> {Status.SUBMITTED.value}: panelist")
        for (origin, target), roles in TRANSITIONS.items():
            who = ", ".join(sorted(roles))
            self.stdout.write(f"    {origin.value} --> {target.value}: {who}")
        for status in sorted(DECIDED):
            self.stdout.write(f"    {status.value} --> [*]")
        self.stdout.write("```\n\n")
        self.stdout.write("| From | To | Who |\n|---|---|---|")
        for (origin, target), roles in TRANSITIONS.items():
            who = ", ".join(sorted(roles))
            self.stdout.write(f"| {origin.label} | {target.label} | {who} |")

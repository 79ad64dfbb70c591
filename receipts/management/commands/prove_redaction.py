"""Verify the report of redacted receipts, and screen their kept pictures afresh.

Prints one JSON object a line: whether the report's signature holds, whether the kept
pictures are those of the report, and the kinds of whatever screening finds on them now.
The exit code is 1 unless all of it is as it should be.
"""

import json

from django.core.management.base import BaseCommand, CommandError

from receipts.models import Receipt, RedactionReport
from receipts.services import proving


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "receipts", nargs="+", metavar="RECEIPT", help="the receipt’s public id"
        )

    def handle(self, *, receipts, **options):
        failed = 0
        for public_id in receipts:
            row = self.row_of(public_id)
            failed += not row["proven"]
            self.stdout.write(json.dumps(row))
        if failed:
            raise SystemExit(1)

    def row_of(self, public_id: str) -> dict:
        try:
            receipt = Receipt.objects.select_related("panel").get(public_id=public_id)
            row = receipt.redaction_report
        except Receipt.DoesNotExist:
            raise CommandError("There is no such receipt.") from None
        except RedactionReport.DoesNotExist:
            raise CommandError(
                "Nothing was redacted on this receipt, so there is no report of it."
            ) from None
        verified = proving.verify(receipt, row)
        return {"receipt": public_id, **verified}

"""Who looked into the vault, and what has lain there longer than it should."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from panelists.models import User
from receipts.models import Receipt, ReceiptFile, ReceiptPage, VaultLook


def note_look(receipt: Receipt, *, by: User, what: str) -> None:
    """On record before anything is shown."""
    VaultLook.objects.create(receipt=receipt, by=by, what=what)


def due_before(now: datetime | None = None) -> datetime:
    """What was submitted before this should have left the vault."""
    return (now or timezone.now()) - timedelta(days=settings.VAULT_DUE_DAYS)


def overdue() -> QuerySet[Receipt]:
    """Receipts of which something lies in the vault past its due date, decided or not.

    A release that is refused, a review that nobody does, a returned receipt of which no
    better picture comes: a person has to see to each, so it is told, not deleted.
    """
    of_receipt = {"receipt": OuterRef("pk")}
    originals = ReceiptFile.objects.filter(**of_receipt).exclude(original="")
    pages = ReceiptPage.objects.filter(**of_receipt).exclude(
        working="", working_thumbnail="", words="", painted="", painted_thumbnail=""
    )
    return Receipt.objects.filter(submitted_at__lt=due_before()).filter(
        Exists(originals) | Exists(pages)
    )

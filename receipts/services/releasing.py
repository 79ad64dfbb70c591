"""The release of a redacted receipt: kept painted, everything else destroyed, and
proven gone before anyone sees it.

In this order, so that a crash anywhere loses nothing and shows nothing: what is painted
over is learned from the words in the vault; originals and unpainted pictures are
destroyed; everything is searched; only where nothing is found are the kept copies
listed, the report signed, and the vault emptied. Until then the words stay in the
vault, for the next attempt. docs/adr/0012 has the reasons.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from receipts.models import Receipt, ReceiptFile, ReceiptPage, RedactionReport
from receipts.services import files, proving, redacting
from receipts.services.moves import lock
from receipts.workflow import Status

logger = logging.getLogger(__name__)

RELEASE_TASK = "receipts.tasks.release_receipt"
LONGEST_REST = timedelta(hours=6)


def request(receipt: Receipt) -> None:
    """In the transaction of the decision: have a worker release the receipt."""
    async_task(RELEASE_TASK, receipt.pk, save=False)


def release_by_key(receipt_pk: int) -> None:
    receipt = Receipt.objects.select_related("panel").filter(pk=receipt_pk).first()
    if receipt is None or receipt.state != Status.ACCEPTED:
        return
    if redacting.needs_release(receipt):
        release(receipt)


def release(receipt: Receipt) -> bool:
    """Prove and release an accepted receipt; whether that is done. The sweep tries
    again what failed or was refused. Never raises."""
    try:
        return prove_and_seal(receipt)
    except Exception as error:  # storages of other makers raise what they like
        if not files.vault_names(receipt):
            return True  # another process released it, and swept this one's copies
        logger.error(
            "release_failed",
            extra={"code": type(error).__name__, "receipt": receipt.pk},
        )
        return False


def prove_and_seal(receipt: Receipt) -> bool:
    if not files.vault_names(receipt) or rests(receipt):
        return False
    needles = proving.needles_of(receipt)
    destroy_unpainted(receipt)
    copies = files.write_kept(receipt, painted=True)
    names = files.copies_names(copies)
    try:
        report = proving.prove(receipt, needles, copies)
        with transaction.atomic():
            locked = lock(receipt.pk)
            is_open = locked.state == Status.ACCEPTED and files.vault_names(locked)
            if is_open:
                write_report(locked, report)
            if is_open and report.is_clean:
                files.seal(locked, copies)
                return True
    except BaseException:
        files.take_back(receipt, names, alias="kept")
        raise
    files.destroy(names, alias="kept")
    if not report.is_clean:
        logger.error(
            "release_refused", extra={"count": len(report.hits), "receipt": receipt.pk}
        )
    return False


def rests(receipt: Receipt) -> bool:
    """Whether it was refused a moment ago: searching again at once finds the same."""
    report = RedactionReport.objects.filter(receipt=receipt, released_at=None).first()
    if report is None:
        return False
    rest = min(timedelta(minutes=2**report.attempts), LONGEST_REST)
    return report.made_at > timezone.now() - rest


def destroy_unpainted(receipt: Receipt) -> None:
    """The originals and the upright pictures; painted ones and words stay."""
    with transaction.atomic():
        locked = lock(receipt.pk)
        if locked.state != Status.ACCEPTED:
            return
        ReceiptFile.objects.filter(receipt=locked).update(original="")
        ReceiptPage.objects.filter(receipt=locked).update(
            working="", working_thumbnail=""
        )
        files.after_commit(lambda: files.destroy_unlisted(locked))


def write_report(receipt: Receipt, report: proving.Report) -> None:
    row, is_new = RedactionReport.objects.get_or_create(receipt=receipt)
    now = timezone.now()
    row.made_at = now
    row.attempts = 1 if is_new else row.attempts + 1
    row.released_at = now if report.is_clean else None
    row.report = report.as_json()
    row.signature = proving.sign(receipt, row.report)
    row.save()


def refused() -> int:
    """How many receipts a search holds back."""
    return RedactionReport.objects.filter(released_at=None).count()

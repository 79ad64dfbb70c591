"""What runs every minute: nothing stays stuck, and no file outlives its reason."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_q.models import OrmQ

from receipts.models import Receipt, ReceiptFile, ReceiptPage
from receipts.services import files, months, processing, redacting, vault
from receipts.services.moves import lock
from receipts.services.submitting import READ_TASK
from receipts.workflow import DECIDED, Status

logger = logging.getLogger(__name__)


def each(act: Callable[[int], bool], receipt_pks: Iterable[int]) -> int:
    """Act on each receipt; how often it did something. No failure stops the others."""
    done = 0
    for pk in receipt_pks:
        try:
            done += bool(act(pk))
        except Exception as error:
            logger.error(
                "sweep_failed",
                extra={
                    "task": act.__name__,
                    "code": type(error).__name__,
                    "receipt": pk,
                },
            )
    return done


def requeue_stuck() -> int:
    """Queue receipts whose read was killed or whose task is gone; how many."""
    now = timezone.now()
    submitted = Receipt.objects.filter(status=Status.SUBMITTED)
    killed = submitted.filter(read_started_at__lt=processing.stuck_before(now))
    unstarted = submitted.filter(
        read_started_at=None, queued_at__lt=now - processing.LOST_AFTER
    )
    stuck = set(killed.values_list("pk", flat=True))
    waiting = set(unstarted.values_list("pk", flat=True))
    if waiting:
        stuck |= waiting - queued()
    return each(requeue_if_still_stuck, sorted(stuck))


def queued() -> set[int]:
    """The receipts that a task in the queue will read soon.

    django-q2 locks a row for `retry` from the moment in which a cluster takes it, and
    a cluster holds one task beyond what its workers do. So a row that was taken longer
    ago than a task may run belongs to a cluster that was killed.
    """
    taken_before = processing.stuck_before(timezone.now())
    last_lock = taken_before + timedelta(seconds=settings.Q_CLUSTER["retry"])
    now = timezone.now()
    tasks = (
        row.task
        for row in OrmQ.objects.iterator()
        if row.lock <= now or row.lock > last_lock
    )
    return {task["args"][0] for task in tasks if task.get("func") == READ_TASK}


def is_stuck(receipt: Receipt, now: datetime) -> bool:
    if receipt.state != Status.SUBMITTED:
        return False
    if receipt.read_started_at is None:
        return receipt.queued_at < now - processing.LOST_AFTER
    return receipt.read_started_at < processing.stuck_before(now)


def requeue_if_still_stuck(receipt_pk: int) -> bool:
    with transaction.atomic():
        receipt = lock(receipt_pk)
        if not is_stuck(receipt, timezone.now()):
            return False
        if receipt.attempts >= settings.MAX_READ_ATTEMPTS:
            processing.give_up(receipt)
            return True
        processing.queue_again(receipt)
    logger.warning(
        "receipt_requeued", extra={"attempt": receipt.attempts, "receipt": receipt.pk}
    )
    return True


def finish_decided() -> int:
    """Keep and empty what a crash left in the vault after a decision; how many."""
    of_receipt = {"receipt": OuterRef("pk")}
    originals = ReceiptFile.objects.filter(**of_receipt).exclude(original="")
    pages = ReceiptPage.objects.filter(**of_receipt).exclude(
        working="", working_thumbnail="", words="", painted="", painted_thumbnail=""
    )
    left = Receipt.objects.filter(status__in=DECIDED).filter(
        Exists(originals) | Exists(pages)
    )
    return each(finish, left.order_by("pk").values_list("pk", flat=True))


def finish(receipt_pk: int) -> bool:
    receipt = Receipt.objects.get(pk=receipt_pk)
    if receipt.state == Status.ACCEPTED:
        return processing.keep(receipt)
    with transaction.atomic():
        files.empty_vault(lock(receipt_pk))
    return True


def settle_months() -> int:
    """Propose rewards of months that a plan was added too late for; how many."""
    return each(settle, months.unsettled())


def settle(receipt_pk: int) -> bool:
    with transaction.atomic():
        return months.settle(lock(receipt_pk)) is not None


def report_overdue() -> int:
    """What lies in the vault past its due date; how many receipts. It is told, here and
    on the admin's first page, and deleted by nobody but who decides on it."""
    count = vault.overdue().count()
    if count:
        logger.warning("vault_overdue", extra={"count": count})
    return 0


# `finish_decided` before the files: what is to be kept lies in the vault's folders.
STEPS = (
    requeue_stuck,
    redacting.requeue_lost,
    finish_decided,
    settle_months,
    files.sweep_vault,
    files.sweep_kept,
    files.sweep_work_folders,
    report_overdue,
)


def sweep() -> None:
    """All of the steps; each on its own, so that one failure stops no other."""
    for step in STEPS:
        try:
            count = step()
        except Exception as error:
            logger.error(
                "sweep_failed",
                extra={"task": step.__name__, "code": type(error).__name__},
            )
            continue
        if count:
            logger.info("sweep", extra={"task": step.__name__, "count": count})

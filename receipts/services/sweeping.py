"""What runs every minute: nothing stays stuck, and no file outlives its reason."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_q.models import OrmQ

from receipts.models import Receipt
from receipts.services import files, processing
from receipts.services.moves import lock
from receipts.services.submitting import enqueue
from receipts.workflow import Status

logger = logging.getLogger(__name__)

# A receipt whose task vanished is queued again after this, if the queue is short.
LOST_AFTER = timedelta(minutes=2)


def requeue_stuck() -> int:
    """Queue receipts whose read was killed or whose task is gone; how many."""
    now = timezone.now()
    submitted = Receipt.objects.filter(status=Status.SUBMITTED)
    killed = Q(read_started_at__lt=processing.stuck_before(now))
    stuck = list(submitted.filter(killed).values_list("pk", flat=True))
    unstarted = submitted.filter(read_started_at=None)
    if OrmQ.objects.count() < unstarted.count():
        # Fewer tasks than receipts that wait for one: some task was lost.
        stuck += unstarted.filter(queued_at__lt=now - LOST_AFTER).values_list(
            "pk", flat=True
        )
    return sum(requeue_if_still_stuck(pk) for pk in stuck)


def requeue_if_still_stuck(receipt_pk: int) -> bool:
    now = timezone.now()
    with transaction.atomic():
        receipt = lock(receipt_pk)
        started = receipt.read_started_at
        if receipt.state != Status.SUBMITTED or (
            started is not None and started > processing.stuck_before(now)
        ):
            return False
        if receipt.attempts >= settings.MAX_READ_ATTEMPTS:
            processing.give_up(receipt)
            return True
        receipt.read_started_at = None
        receipt.queued_at = now
        receipt.save(update_fields=["read_started_at", "queued_at"])
        enqueue(receipt)
    logger.warning(
        "receipt_requeued", extra={"attempt": receipt.attempts, "receipt": receipt.pk}
    )
    return True


def finish_decided() -> int:
    """Keep and empty what a crash left in the vault after a decision; how many."""
    left = (
        Receipt.objects.filter(
            status__in=[Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN]
        )
        .filter(~Q(files__original="") | ~Q(pages__working=""))
        .filter(Q(files__isnull=False) | Q(pages__isnull=False))
        .distinct()
    )
    done = 0
    for receipt in left:
        if receipt.state == Status.ACCEPTED:
            processing.keep(receipt)
        else:
            with transaction.atomic():
                files.empty_vault(lock(receipt.pk))
        done += 1
    return done


def sweep() -> None:
    """All of the above; each on its own, so that one failure stops no other."""
    for step in (requeue_stuck, finish_decided, files.sweep_work_folders):
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

"""The one way in which a receipt changes its status."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import User
from receipts.models import DuplicateClaim, Receipt, ReceiptEvent
from receipts.services.errors import NotAllowed
from receipts.workflow import LIVE, Role, Status, may_move


def lock(receipt_pk: int) -> Receipt:
    """The receipt's row, locked until the transaction ends.

    Whoever locks a panelist as well does so after the receipt: one order, no deadlock.
    """
    return (
        Receipt.objects.select_for_update(of=("self",))
        .select_related("panel", "panelist")
        .get(pk=receipt_pk)
    )


def move(
    receipt: Receipt,
    target: Status,
    *,
    role: Role,
    by: User | None = None,
    code: str = "",
    note: str = "",
    fields: Sequence[str] = (),
    keeps_claims: bool = False,
) -> None:
    """Check the move, save the receipt whole, and write its event.

    `receipt` must be locked by the caller's transaction; every field that the caller
    changed is saved with it. A receipt that can no longer count gives up its claims,
    unless the caller has to see to that. Raises `NotAllowed` where the workflow has
    no such move.
    """
    origin = receipt.state
    if not may_move(role, origin, target):
        raise NotAllowed(_("This receipt has moved on. Look at it again."))
    receipt.status = target
    receipt.review_by = receipt.review_at = None
    if target in (Status.ACCEPTED, Status.REJECTED):
        receipt.decided_at, receipt.decided_by = timezone.now(), by
    if target == Status.SUBMITTED:
        receipt.attempts = 0
        receipt.queued_at = timezone.now()
        receipt.read_started_at = receipt.read_at = None
    receipt.revision += 1
    receipt.save()
    if target not in LIVE and not keeps_claims:
        DuplicateClaim.objects.filter(receipt=receipt).delete()
    record(receipt, origin, by=by, code=code, note=note, fields=fields)


def record(
    receipt: Receipt,
    origin: Status | str,
    *,
    by: User | None = None,
    code: str = "",
    note: str = "",
    fields: Sequence[str] = (),
) -> ReceiptEvent:
    """Write an event; `origin` "" says that the receipt is new."""
    return ReceiptEvent.objects.create(
        receipt=receipt,
        actor=by,
        from_status=origin,
        to_status=receipt.status,
        code=code,
        note=note,
        fields=list(fields),
    )

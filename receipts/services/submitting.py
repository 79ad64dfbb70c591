"""Taking a receipt in: from uploaded bytes to a row and a task, both or neither."""

from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from panelists.models import Panelist, User
from panelists.public_ids import new_public_id
from receipts.imaging.inspect import FileFacts
from receipts.models import Receipt, ReceiptFile, ReceiptVerdict, RedactionReport
from receipts.services import duplicates, files, months, redacting
from receipts.services.errors import NotAllowed
from receipts.services.moves import lock, move, record
from receipts.workflow import Role, Status

READ_TASK = "receipts.tasks.read_receipt"


@dataclass(frozen=True)
class Upload:
    """A file that passed `inspect_file`, and what was found."""

    file: BinaryIO
    facts: FileFacts


def enqueue(receipt: Receipt) -> None:
    """Have a worker read the receipt. Call it inside the transaction: the ORM
    broker's row commits with the data."""
    async_task(READ_TASK, receipt.pk, save=False)


def check_may_submit(panelist: Panelist, by: User) -> None:
    if panelist.user_id != by.pk or not panelist.is_active:
        raise NotAllowed(_("Only members of the panel can share receipts."))


def submit(
    upload: Upload,
    *,
    panelist: Panelist,
    by: User,
    channel: Receipt.Channel = Receipt.Channel.UPLOAD,
) -> Receipt:
    """Store one file in the vault and have it read.

    Bytes that a live receipt of the panel holds already make a receipt that is
    rejected at once, so that the person sees why. Raises `NotAllowed`.
    """
    check_may_submit(panelist, by)
    now = timezone.now()
    receipt = Receipt(
        public_id=new_public_id(),
        panelist=panelist,
        panel=panelist.panel,
        channel=channel,
        submitted_at=now,
        queued_at=now,
        month=panelist.panel.month(now),
    )
    name = files.store_original(receipt.public_id, upload.file, upload.facts.extension)
    try:
        with transaction.atomic():
            receipt.save(force_insert=True)
            record(receipt, "", by=by, code=channel)
            add_file(receipt, upload.facts, name)
    except BaseException:
        files.destroy_folder(receipt.public_id)
        raise
    return receipt


def add_file(receipt: Receipt, facts: FileFacts, name: str) -> None:
    """Row and claim of a stored file; then read it, or reject it as a duplicate."""
    ReceiptFile.objects.create(
        receipt=receipt,
        sha256=facts.sha256,
        media_type=facts.media_type,
        size=facts.size,
        original=name,
    )
    if duplicates.claim_file(receipt, facts.sha256):
        enqueue(receipt)
        return
    code = "duplicate_file"
    ReceiptVerdict.objects.create(receipt=receipt, code=code, rejects=True)
    move(receipt, Status.REJECTED, role=Role.MACHINE, code=code)
    files.empty_vault(receipt)


def replace(receipt: Receipt, upload: Upload, *, by: User) -> Receipt:
    """Put a new file in the place of a returned one, and have it read.

    The month stays that of the first submission. Raises `NotAllowed`.
    """
    name = files.store_original(receipt.public_id, upload.file, upload.facts.extension)
    try:
        with transaction.atomic():
            receipt = lock(receipt.pk)
            check_may_submit(receipt.panelist, by)
            if receipt.state != Status.RETURNED:
                raise NotAllowed(_("This receipt doesn’t need a new picture."))
            files.empty_vault_of_rows(receipt)
            receipt.files.all().delete()
            receipt.pages.all().delete()
            receipt.items.all().delete()
            receipt.readings.all().delete()
            receipt.verdicts.all().delete()
            redacting.forget(receipt)
            duplicates.give_up(receipt)
            forget_purchase(receipt)
            move(receipt, Status.SUBMITTED, role=Role.PANELIST, by=by, code="replaced")
            add_file(receipt, upload.facts, name)
    except BaseException:
        files.take_back(receipt, [name], alias="vault")
        raise
    return receipt


def forget_purchase(receipt: Receipt) -> None:
    receipt.merchant = receipt.purchased_on = receipt.purchased_at = None
    receipt.merchant_name = receipt.category = receipt.currency = ""
    receipt.subtotal = receipt.tax = receipt.total = None
    receipt.without_items = ""


def withdraw(receipt: Receipt, *, by: User) -> Receipt:
    """The panelist takes a receipt back: its pictures, words and items are destroyed.

    A reward that was approved stays, and that of an earlier month stays even if it is
    only proposed. Then so do the receipt's claims, which are digests: it doesn't pay
    again by being shared again. This month's proposed reward is retracted where the
    month no longer reaches what it needs. Raises `NotAllowed`.
    """
    with transaction.atomic():
        receipt = lock(receipt.pk)
        if receipt.panelist.user_id != by.pk:
            raise NotAllowed(_("Only the person who shared a receipt can withdraw it."))
        counted = receipt.state == Status.ACCEPTED
        likeness = duplicates.likeness_key(receipt) if counted else ""
        forget_purchase(receipt)
        receipt.items.all().delete()
        receipt.readings.all().delete()
        kept = files.kept_names(receipt)
        files.empty_vault(receipt)
        receipt.pages.all().delete()
        redacting.forget(receipt)
        RedactionReport.objects.filter(receipt=receipt).delete()

        def destroy_kept() -> None:
            files.destroy(kept, alias="kept")
            files.destroy_folder(receipt.public_id, alias="kept")

        files.after_commit(destroy_kept)
        move(
            receipt,
            Status.WITHDRAWN,
            role=Role.PANELIST,
            by=by,
            code="withdrawn",
            keeps_claims=counted,
        )
        if counted:
            months.settle(receipt)
            if months.keeps_its_reward(receipt):
                duplicates.claim_likeness(receipt, likeness)
            else:
                duplicates.give_up(receipt)
    return receipt

"""From a submitted receipt to a decision or the review queue.

Three steps: count the attempt and commit it; look (decode, read, screen) outside any
transaction; then judge and record in one. A worker may die at any point and a task
may arrive twice: the attempt's number tells whether its result still counts.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from receipts.imaging.decode import DecodedPage, DecodeFailed, decode
from receipts.models import Receipt, ReceiptPage, ReceiptVerdict
from receipts.reading.page import Page
from receipts.reading.page_json import page_as_json
from receipts.reading.read import read_receipt
from receipts.reading.readers import load_readers, text_of
from receipts.reading.result import Reading
from receipts.redaction.looking import find
from receipts.rules import Judgement, Outcome
from receipts.screening.findings import Action, Finding, Kind
from receipts.services import (
    drafting,
    duplicates,
    files,
    judging,
    months,
    redacting,
    releasing,
)
from receipts.services.errors import ReadFailed
from receipts.services.filling import fill, note_reading
from receipts.services.marks import Mark, by_page, marks_of, with_twins
from receipts.services.moves import lock, move
from receipts.services.submitting import enqueue
from receipts.workflow import Role, Status

logger = logging.getLogger(__name__)

# What the decoder says of a file that no further attempt would open.
HOPELESS = frozenset(
    {"damaged", "encrypted_pdf", "no_pages", "too_many_pages", "too_many_pixels"}
)
UNREAD = "could_not_be_read"


# A receipt whose task isn't in the queue is queued again after this.
LOST_AFTER = timedelta(minutes=2)
LONGEST_REST = timedelta(hours=1)


def rest_after(attempts: int) -> timedelta:
    """How long a receipt is left alone after a fault that isn't its file's: storage or
    a database that is gone for minutes must not use all attempts up in seconds."""
    return min(timedelta(minutes=4 ** (attempts - 1)), LONGEST_REST)


def stuck_before(now: datetime) -> datetime:
    """A read that began before this has been killed: no task lives that long."""
    return now - timedelta(seconds=settings.TASK_TIMEOUT + 15)


@dataclass(frozen=True)
class Attempt:
    """One try to read a receipt, as it was counted when it began."""

    receipt: Receipt
    number: int
    started_at: datetime

    def still_counts(self, receipt: Receipt) -> bool:
        """Whether the locked receipt still waits for this attempt: it may have been
        withdrawn, replaced, or given to another worker since."""
        return (
            receipt.state == Status.SUBMITTED
            and receipt.attempts == self.number
            and receipt.read_started_at == self.started_at
        )


@dataclass(frozen=True)
class Look:
    """What was found outside the transaction, with the stored pages' names."""

    reading: Reading
    is_sensitive: bool
    pages: tuple[ReceiptPage, ...]
    marks: tuple[Mark, ...] = ()


def read(receipt_pk: int) -> None:
    """Read and judge a receipt, once, however often it is asked.

    Raises `ReadFailed` with a code after an attempt that failed; the receipt is then
    queued again, at once or by the sweep, or in review unread after the last attempt.
    """
    attempt = begin(receipt_pk)
    if attempt is None:
        return
    found, rests = None, False
    try:
        with files.work_folder() as folder:
            found = look(attempt.receipt, folder)
        conclude(attempt, found)
    except DecodeFailed as error:
        code = error.code
    except Exception as error:
        # Whatever it was may carry the receipt's content, so only its kind goes on.
        code, rests = type(error).__name__, True
    else:
        return
    try:
        counted = fail(attempt, code, hopeless=code in HOPELESS, rests=rests)
        if found is not None:
            destroy_pages(attempt.receipt, found)
    except Exception as error:
        # The database is gone as well: the sweep finds the receipt when it is back.
        raise ReadFailed(type(error).__name__) from None
    if counted and code not in HOPELESS:
        raise ReadFailed(code)


def destroy_pages(receipt: Receipt, found: Look) -> None:
    """The pages that were stored, unless a commit that seemed to fail lists them."""
    files.destroy_unlisted(receipt, names_of(found.pages))


def begin(receipt_pk: int) -> Attempt | None:
    """Count an attempt and commit it; None where there is nothing to do."""
    now = timezone.now()
    with transaction.atomic():
        try:
            receipt = lock(receipt_pk)
        except Receipt.DoesNotExist:
            return None  # erased since its task was made
        if receipt.state != Status.SUBMITTED:
            return None
        if receipt.read_started_at and receipt.read_started_at > stuck_before(now):
            return None  # another worker is reading it
        if receipt.attempts >= settings.MAX_READ_ATTEMPTS:
            give_up(receipt)
            return None
        receipt.attempts += 1
        receipt.read_started_at = now
        receipt.save(update_fields=["attempts", "read_started_at"])
    return Attempt(receipt, receipt.attempts, started_at=now)


def look(receipt: Receipt, folder: Path) -> Look:
    """Decode, read and screen: the slow part. Writes the pages to the vault."""
    decoded: list[DecodedPage] = []
    for file in receipt.files.all():
        target = folder / f"pages-{file.position}"
        target.mkdir()
        decoded += decode(files.fetch_original(file, folder), target)
    reading = read_receipt(
        [page.path for page in decoded],
        locale=receipt.panel.locale,
        texts=[text_of(page) for page in decoded],
        **drafting.terms(receipt),
    )
    pages = store_pages(receipt, decoded, reading.pages)
    actions = redacting.actions_for(receipt)
    findings = screened(decoded, reading.pages, actions)
    if not findings:
        return Look(reading=reading, is_sensitive=False, pages=pages)
    sizes = [(page.width, page.height) for page in decoded]
    seen = dict(enumerate(zip(reading.pages, sizes, strict=True)))
    marks = with_twins(marks_of(findings, actions), seen)
    quads = by_page(marks)
    return Look(
        reading=drafting.read_without(receipt, reading.pages, sizes, quads),
        is_sensitive=True,
        pages=pages,
        marks=marks,
    )


def screened(
    decoded: Sequence[DecodedPage],
    pages: Sequence[Page],
    actions: Mapping[Kind, Action],
) -> tuple[Finding, ...]:
    """What the panel doesn't keep, in pixels of the pictures. What one reader overlooks
    the other may see, so where something is found the second one looks as well."""
    _pages, findings = find(
        [page.path for page in decoded],
        pages,
        [(page.width, page.height) for page in decoded],
        readers=load_readers(),
        is_held=lambda found: bool(held(found, actions)),
    )
    return held(findings, actions)


def held(
    findings: Iterable[Finding], actions: Mapping[Kind, Action]
) -> tuple[Finding, ...]:
    return tuple(one for one in findings if actions[one.kind] != Action.KEEP)


def store_pages(
    receipt: Receipt, decoded: list[DecodedPage], pages: tuple[Page, ...]
) -> tuple[ReceiptPage, ...]:
    """Upright pictures, thumbnails and words into the vault; rows not saved yet."""
    rows = []
    for position, page in enumerate(decoded):
        words = page_as_json(pages[position]) if position < len(pages) else None
        rows.append(
            ReceiptPage(
                receipt=receipt,
                position=position,
                width=page.width,
                height=page.height,
                working=save(receipt, page.path, f"page-{position}.jpg"),
                working_thumbnail=save(
                    receipt, page.thumbnail, f"thumb-{position}.jpg"
                ),
                words=files.store_json(receipt, f"words-{position}", words)
                if words is not None
                else "",
            )
        )
    return tuple(rows)


def save(receipt: Receipt, path: Path, name: str) -> str:
    with path.open("rb") as file:
        return files.vault().save(f"{files.folder_of(receipt)}/{name}", File(file))


def names_of(pages: tuple[ReceiptPage, ...]) -> list[str]:
    return [
        str(name)
        for page in pages
        for name in (page.working, page.working_thumbnail, page.words)
        if name
    ]


def conclude(attempt: Attempt, found: Look) -> None:
    """Judge and record. Does nothing where the attempt's result no longer counts."""
    with transaction.atomic():
        receipt = lock(attempt.receipt.pk)
        if not attempt.still_counts(receipt):
            files.after_commit(lambda: destroy_pages(receipt, found))
            return
        receipt.read_at = timezone.now()
        receipt.pages.all().delete()
        ReceiptPage.objects.bulk_create(found.pages)
        # Pages of an earlier read and of workers that were killed.
        files.after_commit(lambda: files.destroy_unlisted(receipt))
        redacting.propose(receipt, found.marks)
        fill(receipt, found.reading, is_sensitive=found.is_sensitive)
        policy = judging.policy_for(receipt)
        judgement = judging.judge_reading(
            receipt,
            found.reading,
            policy=policy,
            is_sensitive=found.is_sensitive,
            duplicate=duplicates.claim_purchase(receipt),
        )
        note_reading(
            receipt,
            found.reading,
            judgement,
            policy=policy,
            is_sensitive=found.is_sensitive,
        )
        ReceiptVerdict.objects.filter(receipt=receipt).delete()
        ReceiptVerdict.objects.bulk_create(
            ReceiptVerdict(receipt=receipt, code=finding.code, rejects=finding.rejects)
            for finding in judgement.findings
        )
        apply(receipt, judgement)
    if receipt.state == Status.ACCEPTED:
        keep(receipt)


def apply(receipt: Receipt, judgement: Judgement) -> None:
    code = judgement.findings[0].code if judgement.findings else ""
    if judgement.outcome == Outcome.ACCEPT:
        move(receipt, Status.ACCEPTED, role=Role.MACHINE, code="straight_through")
        months.settle(receipt)
    elif judgement.outcome == Outcome.REJECT:
        move(receipt, Status.REJECTED, role=Role.MACHINE, code=code)
        files.empty_vault(receipt)
    else:
        move(receipt, Status.IN_REVIEW, role=Role.MACHINE, code=code)


def keep(receipt: Receipt) -> bool:
    """Write the kept copies of an accepted receipt, then empty its vault; whether.

    After the decision's commit, which no fault here may seem to undo: a crash leaves
    the working files, which the sweep finds and finishes. What is painted over goes
    the way of `releasing`.
    """
    if redacting.needs_release(receipt):
        return releasing.release(receipt)
    try:
        write_and_seal(receipt)
    except Exception as error:  # storages of other makers raise what they like
        if not files.vault_names(receipt):
            return True  # another process kept it, and swept away what this one wrote
        logger.error(
            "keep_failed", extra={"code": type(error).__name__, "receipt": receipt.pk}
        )
        return False
    return True


def write_and_seal(receipt: Receipt) -> None:
    copies = files.write_kept(receipt)
    names = files.copies_names(copies)
    try:
        with transaction.atomic():
            locked = lock(receipt.pk)
            # Withdrawn meanwhile, or kept by the sweep, which was a moment faster?
            if locked.state == Status.ACCEPTED and files.vault_names(locked):
                files.seal(locked, copies)
                return
    except BaseException:
        files.take_back(receipt, names, alias="kept")
        raise
    files.destroy(names, alias="kept")


def fail(attempt: Attempt, code: str, *, hopeless: bool, rests: bool = False) -> bool:
    """Queue the receipt again, or give it to a person unread. If it `rests`, the sweep
    queues it after a while.

    False, and nothing done, where the attempt no longer counts.
    """
    with transaction.atomic():
        receipt = lock(attempt.receipt.pk)
        if not attempt.still_counts(receipt):
            return False
        if hopeless or receipt.attempts >= settings.MAX_READ_ATTEMPTS:
            give_up(receipt)
        elif rests:
            rest(receipt)
        else:
            queue_again(receipt)
    logger.warning("read_failed", extra={"code": code, "attempt": attempt.number})
    return True


def queue_again(receipt: Receipt) -> None:
    """In the caller's transaction: as if it had just been submitted, but counted."""
    receipt.read_started_at = None
    receipt.queued_at = timezone.now()
    receipt.save(update_fields=["read_started_at", "queued_at"])
    enqueue(receipt)


def rest(receipt: Receipt) -> None:
    """In the caller's transaction: as if its task had been lost, so that the sweep
    queues it again; `queued_at` is set for that to be when it has rested."""
    receipt.read_started_at = None
    receipt.queued_at = timezone.now() - LOST_AFTER + rest_after(receipt.attempts)
    receipt.save(update_fields=["read_started_at", "queued_at"])


def give_up(receipt: Receipt) -> None:
    """To review unread, in the caller's transaction; the panelist sees why."""
    ReceiptVerdict.objects.get_or_create(
        receipt=receipt, code=UNREAD, defaults={"rejects": False}
    )
    move(receipt, Status.IN_REVIEW, role=Role.MACHINE, code=UNREAD)

"""What is to be painted over: proposed by the machine, put right by a reviewer, then
painted, read again and screened again before anything is released.

The pictures are painted and read by a worker (`check`), outside any transaction. A
check says something of exactly the marks that it painted: `digest_of`.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task
from PIL import Image

from panelists.models import User
from receipts.models import (
    Receipt,
    ReceiptPage,
    Redaction,
    RedactionCheck,
    SensitiveDataPolicy,
)
from receipts.reading.page import Corners
from receipts.reading.readers import load_readers
from receipts.redaction.looking import LookFailed, look_again
from receipts.redaction.paint import painted, write_page
from receipts.redaction.shapes import share_covered
from receipts.screening.findings import Action, Finding, Kind
from receipts.services import files, judging
from receipts.services.errors import NotChecked, ReadFailed
from receipts.services.marks import (
    COVERED,
    Mark,
    MarkEdit,
    corners_of,
    marks_of,
    rounded,
    rows_of,
    with_twins,
)
from receipts.services.moves import lock, record
from receipts.services.page_words import pages_read
from receipts.workflow import Status

logger = logging.getLogger(__name__)

CHECK_TASK = "receipts.tasks.check_redaction"
SECOND_LOOK = Redaction.Source.SECOND_LOOK
# What a task may wait in the queue before it is taken for lost.
LOST_AFTER = timedelta(minutes=2)


def actions_for(receipt: Receipt) -> Mapping[Kind, Action]:
    return SensitiveDataPolicy.actions_for(receipt.panel, judging.submitted_on(receipt))


def propose(receipt: Receipt, marks: Iterable[Mark]) -> None:
    """In a transaction: the marks of a new reading take the place of earlier ones,
    but for those that a reviewer drew on the same picture."""
    receipt.redaction_checks.all().delete()
    receipt.redactions.exclude(source=Redaction.Source.PERSON).delete()
    Redaction.objects.bulk_create(rows_of(receipt, marks))


def forget(receipt: Receipt) -> None:
    """In a transaction: the picture is replaced or gone, and with it every mark."""
    receipt.redaction_checks.all().delete()
    receipt.redactions.all().delete()


def apply_marks(receipt: Receipt, edits: Sequence[MarkEdit]) -> bool:
    """In a transaction: make the marks those of the form; whether they differ.

    What the machine proposed can be turned off, moved and given another kind, but not
    removed: that it was proposed stays on record. A drawn one that isn't there any
    more is gone.
    """
    rows = {row.pk: row for row in receipt.redactions.all()}
    changed = False
    for edit in edits:
        row = rows.pop(edit.pk, None) if edit.pk is not None else None
        row = row or Redaction(receipt=receipt, source=Redaction.Source.PERSON)
        now = (edit.position, edit.kind, rounded(edit.corners), edit.is_painted)
        if row.pk and now == (row.position, row.kind, row.corners, row.is_painted):
            continue
        row.position, row.kind, row.corners, row.is_painted = now
        row.save()
        changed = True
    for row in rows.values():
        if row.source == Redaction.Source.PERSON:
            row.delete()
            changed = True
    return changed


def add_twins(receipt: Receipt) -> int:
    """In a transaction: mark the painted texts' other places; how many."""
    rows = rows_of(receipt, twins_left(receipt, (), source=Redaction.Source.MACHINE))
    Redaction.objects.bulk_create(rows)
    return len(rows)


def painted_by_page(receipt: Receipt) -> dict[int, list[Corners]]:
    quads: dict[int, list[Corners]] = {}
    for row in receipt.redactions.filter(is_painted=True):
        quads.setdefault(row.position, []).append(corners_of(row))
    return quads


def digest_of(receipt: Receipt) -> str:
    """Of the painted marks and the pictures under them: what a check was made for."""
    marks = sorted(
        (row.position, row.corners)
        for row in receipt.redactions.filter(is_painted=True)
    )
    pictures = list(receipt.pages.values_list("position", "working"))
    told = json.dumps([marks, pictures, str(receipt.read_at)])
    return hashlib.sha256(told.encode()).hexdigest()


def is_sensitive(receipt: Receipt) -> bool:
    return receipt.verdicts.filter(code="sensitive").exists()


def needs_check(receipt: Receipt) -> bool:
    """Whether its pictures are kept only painted and checked: something sensitive was
    found, or a reviewer marked something."""
    has_picture = receipt.pages.exclude(working="").exists()
    return has_picture and (
        is_sensitive(receipt) or receipt.redactions.filter(is_painted=True).exists()
    )


def current_check(receipt: Receipt) -> RedactionCheck | None:
    """The newest check of exactly these marks."""
    return receipt.redaction_checks.filter(digest=digest_of(receipt)).first()


def needs_release(receipt: Receipt) -> bool:
    """Whether an accepted receipt's pictures are released painted, with a proof."""
    return is_sensitive(receipt) or receipt.redactions.filter(is_painted=True).exists()


def forget_painted(receipt: Receipt) -> None:
    """In the transaction of the decision: the picture is kept as it is, so that what
    was painted for marks that are gone is no longer of use."""
    receipt.pages.update(painted="", painted_thumbnail="", painted_sha256="")


def check_was_clean(receipt: Receipt) -> None:
    """Raise `NotChecked` unless the marks as they are were painted and nothing was
    found after that."""
    check = current_check(receipt)
    if check is None or check.outcome != RedactionCheck.Outcome.CLEAN:
        raise NotChecked


def request(receipt: Receipt, *, by: User) -> RedactionCheck:
    """In a transaction, of a locked receipt: have the marks painted and checked by a
    worker. One that runs or is clean already does."""
    check = current_check(receipt)
    running = (RedactionCheck.Outcome.PENDING, RedactionCheck.Outcome.CLEAN)
    if check is not None and check.outcome in running:
        return check
    check = RedactionCheck.objects.create(
        receipt=receipt, digest=digest_of(receipt), requested_by=by
    )
    async_task(CHECK_TASK, check.pk, save=False)
    return check


def mark_decided(receipt: Receipt, *, by: User) -> None:
    """In the transaction of the decision: who confirmed the marks, and when."""
    receipt.redactions.update(decided_by=by, decided_at=timezone.now())


# The check, in a worker ---------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """What a check made and found, outside the transaction."""

    names: dict[int, tuple[str, str, str]]  # position: picture, thumbnail, SHA-256
    leftovers: tuple[Mark, ...]


def check(check_pk: int) -> None:
    """Paint, read again and screen again; once, however often it is asked.

    Raises `ReadFailed` with a code after an attempt that failed; the sweep or
    django-q2 tries again until `settings.MAX_READ_ATTEMPTS`.
    """
    begun = begin(check_pk)
    if begun is None:
        return
    try:
        with files.work_folder() as folder:
            found = look(begun, folder)
        conclude(begun, found)
    except Exception as error:
        code = type(error).__name__
    else:
        return
    logger.warning("check_failed", extra={"code": code, "attempt": begun.attempts})
    RedactionCheck.objects.filter(pk=check_pk, attempts=begun.attempts).update(
        started_at=None
    )
    raise ReadFailed(code)


def begin(check_pk: int) -> RedactionCheck | None:
    """Count an attempt and commit it; None where there is nothing to do."""
    now = timezone.now()
    with transaction.atomic():
        check = (
            RedactionCheck.objects.select_for_update(of=("self",))
            .select_related("receipt__panel")
            .filter(pk=check_pk, outcome=RedactionCheck.Outcome.PENDING)
            .first()
        )
        if check is None:
            return None
        if check.started_at and check.started_at > stuck_before():
            return None  # another worker is at it
        if check.attempts >= settings.MAX_READ_ATTEMPTS:
            finish(check, RedactionCheck.Outcome.FAILED)
            return None
        check.attempts += 1
        check.started_at = now
        check.save(update_fields=["attempts", "started_at"])
    return check


def stuck_before():
    """A check that began before this has been killed: no task lives that long."""
    return timezone.now() - timedelta(seconds=settings.TASK_TIMEOUT + 15)


def finish(check: RedactionCheck, outcome: str) -> None:
    check.outcome, check.finished_at = outcome, timezone.now()
    check.save(update_fields=["outcome", "finished_at"])


def look(check: RedactionCheck, folder: Path) -> Checked:
    """The slow part: the painted pictures into the vault, and what they still show."""
    receipt, readers = check.receipt, load_readers()
    if readers.second is None:
        raise LookFailed("one_reader")  # nothing is released on the word of one alone
    quads = painted_by_page(receipt)
    names: dict[int, tuple[str, str, str]] = {}
    pictures: list[Image.Image] = []
    positions: list[int] = []
    for page in receipt.pages.exclude(working=""):
        with page.working.open("rb") as file, Image.open(file) as image:
            clean = painted(image, quads.get(page.position, ()))
        place = folder / f"painted-{page.position}"
        place.mkdir()
        written = write_page(clean, place)
        names[page.position] = (
            save(receipt, written.path, f"painted-{page.position}.jpg"),
            save(receipt, written.thumbnail, f"painted-thumb-{page.position}.jpg"),
            hashlib.sha256(written.path.read_bytes()).hexdigest(),
        )
        with Image.open(written.path) as image:
            pictures.append(image.convert("RGB"))  # as it will be kept: after JPEG
        positions.append(page.position)
    findings = look_again(
        pictures,
        readers=readers,
        bars=[quads.get(position, ()) for position in positions],
    )
    left = leftovers(receipt, findings, positions)
    return Checked(names, (*left, *twins_left(receipt, left)))


def save(receipt: Receipt, path: Path, name: str) -> str:
    with path.open("rb") as file:
        return files.vault().save(f"{files.folder_of(receipt)}/{name}", File(file))


def leftovers(
    receipt: Receipt, findings: Iterable[Finding], positions: Sequence[int]
) -> tuple[Mark, ...]:
    """What the second look found, but for kinds that the panel keeps and for what lies
    where a reviewer turned a mark off."""
    actions, left_off = actions_for(receipt), turned_off(receipt)
    news = []
    for finding in findings:
        spots = [replace(spot, page=positions[spot.page]) for spot in finding.spots]
        news.append(
            replace(
                finding,
                spots=tuple(
                    spot
                    for spot in spots
                    if share_covered(spot.corners, left_off.get(spot.page, []))
                    < COVERED
                ),
            )
        )
    return marks_of(news, actions, source=SECOND_LOOK)


def turned_off(receipt: Receipt) -> dict[int, list[Corners]]:
    """By page the places that a reviewer decided to leave."""
    quads: dict[int, list[Corners]] = {}
    for row in receipt.redactions.filter(is_painted=False):
        quads.setdefault(row.position, []).append(corners_of(row))
    return quads


def twins_left(
    receipt: Receipt, known: Sequence[Mark], *, source: str = SECOND_LOOK
) -> tuple[Mark, ...]:
    """Where a text that is painted over can still be read, as the first reader saw it
    before the painting; what is among `known` is told already."""
    rows = [
        Mark(row.position, row.kind, corners_of(row), source=source)
        for row in receipt.redactions.filter(is_painted=True)
    ]
    marks = (*known, *rows)
    return with_twins(marks, pages_read(receipt), turned_off(receipt))[len(marks) :]


def conclude(check: RedactionCheck, found: Checked) -> None:
    """Record the outcome. Painted pictures stay only where they may be released."""
    made = [name for told in found.names.values() for name in told[:2]]
    with transaction.atomic():
        receipt = lock(check.receipt_id)
        check = RedactionCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
        if check.outcome != RedactionCheck.Outcome.PENDING:
            files.after_commit(lambda: files.destroy_unlisted(receipt, made))
            return
        still_counts = (
            receipt.state == Status.IN_REVIEW and digest_of(receipt) == check.digest
        )
        if not still_counts or found.leftovers:
            files.after_commit(lambda: files.destroy_unlisted(receipt, made))
        if not still_counts:
            finish(check, RedactionCheck.Outcome.FAILED)
            return
        if found.leftovers:
            Redaction.objects.bulk_create(rows_of(receipt, found.leftovers))
            finish(check, RedactionCheck.Outcome.LEFTOVERS)
            receipt.revision += 1
            receipt.save(update_fields=["revision"])
            record(receipt, receipt.state, code="leftovers")
            return
        for position, (image, thumbnail, digest) in found.names.items():
            ReceiptPage.objects.filter(receipt=receipt, position=position).update(
                painted=image, painted_thumbnail=thumbnail, painted_sha256=digest
            )
        finish(check, RedactionCheck.Outcome.CLEAN)
        files.after_commit(lambda: files.destroy_unlisted(receipt))


def left_on_kept(receipt: Receipt) -> tuple[Mark, ...]:
    """What both readers find on the kept pictures now."""
    pictures, positions, bars = [], [], []
    quads = painted_by_page(receipt)
    for page in receipt.pages.exclude(kept_image="").order_by("position"):
        with page.kept_image.open("rb") as file, Image.open(file) as image:
            pictures.append(image.convert("RGB"))
        positions.append(page.position)
        bars.append(quads.get(page.position, ()))
    findings = look_again(pictures, readers=load_readers(), bars=bars)
    return leftovers(receipt, findings, positions)


def requeue_lost() -> int:
    """Checks whose worker was killed or whose task is gone go into the queue again."""
    lost_before = timezone.now() - LOST_AFTER
    pending = RedactionCheck.objects.filter(outcome=RedactionCheck.Outcome.PENDING)
    lost = pending.filter(started_at=None, requested_at__lt=lost_before) | (
        pending.filter(started_at__lt=stuck_before())
    )
    count = 0
    for check in lost:
        async_task(CHECK_TASK, check.pk, save=False)
        # Behind others it waits for its turn, not for another task of its own.
        check.requested_at = timezone.now()
        check.save(update_fields=["requested_at"])
        count += 1
    return count

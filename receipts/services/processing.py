"""From a submitted receipt to a decision or the review queue.

Three steps: count the attempt and commit it; look (decode, read, screen) outside any
transaction; then judge and record in one. A worker may die at any point and a task
may arrive twice: the attempt's number tells whether its result still counts.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from receipts.imaging.decode import DecodedPage, DecodeFailed, decode
from receipts.models import (
    ExcludedCategory,
    LineItem,
    Merchant,
    Receipt,
    ReceiptPage,
    ReceiptPolicy,
    ReceiptVerdict,
)
from receipts.models import (
    Reading as ReadingRow,
)
from receipts.reading.page import Page
from receipts.reading.read import KnownMerchant, read_receipt
from receipts.reading.result import Reading, reading_as_json
from receipts.rules import Facts, Judgement, Outcome, Rules, Standing, judge
from receipts.screening import find_sensitive
from receipts.services import duplicates, files, months
from receipts.services.errors import ReadFailed
from receipts.services.moves import lock, move
from receipts.services.submitting import enqueue
from receipts.workflow import Role, Status

logger = logging.getLogger(__name__)

# What the decoder says of a file that no further attempt would open.
HOPELESS = frozenset({"damaged", "encrypted_pdf", "no_pages", "too_many_pixels"})
UNREAD = "could_not_be_read"


def stuck_before(now: datetime) -> datetime:
    """A read that began before this has been killed: no task lives that long."""
    return now - timedelta(seconds=settings.TASK_TIMEOUT + 15)


@dataclass(frozen=True)
class Attempt:
    receipt: Receipt
    number: int


@dataclass(frozen=True)
class Look:
    """What was found outside the transaction, with the stored pages' names."""

    reading: Reading
    is_sensitive: bool
    pages: tuple[ReceiptPage, ...]


def read(receipt_pk: int) -> None:
    """Read and judge a receipt, once, however often it is asked.

    Raises `ReadFailed` with a code after an attempt that failed; the receipt is then
    queued again, or in review unread after the last attempt.
    """
    attempt = begin(receipt_pk)
    if attempt is None:
        return
    try:
        with files.work_folder() as folder:
            found = look(attempt.receipt, folder)
    except DecodeFailed as error:
        fail(attempt, error.code, hopeless=error.code in HOPELESS)
        if error.code in HOPELESS:
            return
        raise ReadFailed(error.code) from None
    except Exception as error:
        # Whatever it was may carry the receipt's content, so only its kind goes on.
        code = type(error).__name__
        fail(attempt, code, hopeless=False)
        raise ReadFailed(code) from None
    try:
        conclude(attempt, found)
    except BaseException:
        files.destroy(names_of(found.pages))
        raise


def begin(receipt_pk: int) -> Attempt | None:
    """Count an attempt and commit it; None where there is nothing to do."""
    now = timezone.now()
    with transaction.atomic():
        receipt = lock(receipt_pk)
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
    return Attempt(receipt, receipt.attempts)


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
        submitted_on=receipt.panel.today(receipt.submitted_at),
        today=receipt.panel.today(),
        known_merchants=known_merchants(receipt),
    )
    findings = find_sensitive(
        (line.text for page in reading.pages for line in page.lines),
        category=reading.category or "",
    )
    pages = store_pages(receipt, decoded, reading.pages)
    return Look(reading=reading, is_sensitive=bool(findings), pages=pages)


def known_merchants(receipt: Receipt) -> list[KnownMerchant]:
    merchants = Merchant.objects.filter(panel_id=receipt.panel_id)
    return [
        KnownMerchant(
            name=merchant.name,
            aliases=tuple(alias.name for alias in merchant.aliases.all()),
            category=merchant.category,
        )
        for merchant in merchants.prefetch_related("aliases")
    ]


def store_pages(
    receipt: Receipt, decoded: list[DecodedPage], pages: tuple[Page, ...]
) -> tuple[ReceiptPage, ...]:
    """Upright pictures, thumbnails and words into the vault; rows not saved yet."""
    rows = []
    for position, page in enumerate(decoded):
        words = words_as_json(pages[position]) if position < len(pages) else None
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


def words_as_json(page: Page) -> dict:
    return {
        "reader": page.reader,
        "width": page.width,
        "height": page.height,
        "lines": [
            [
                {"text": w.text, "box": list(w.box), "confidence": w.confidence}
                for w in line.words
            ]
            for line in page.lines
        ],
    }


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
        if receipt.state != Status.SUBMITTED or receipt.attempts != attempt.number:
            transaction.on_commit(lambda: files.destroy(names_of(found.pages)))
            return
        receipt.read_at = timezone.now()
        receipt.pages.all().delete()
        ReceiptPage.objects.bulk_create(found.pages)
        fill(receipt, found)
        judgement = judge_receipt(receipt, found)
        ReceiptVerdict.objects.filter(receipt=receipt).delete()
        ReceiptVerdict.objects.bulk_create(
            ReceiptVerdict(receipt=receipt, code=finding.code, rejects=finding.rejects)
            for finding in judgement.findings
        )
        apply(receipt, judgement)
    if receipt.state == Status.ACCEPTED:
        keep(receipt)


def fill(receipt: Receipt, found: Look) -> None:
    """The machine's reading becomes what is believed."""
    reading = found.reading
    merchant = (
        Merchant.objects.filter(
            panel_id=receipt.panel_id, name__iexact=reading.merchant
        ).first()
        if reading.merchant
        else None
    )
    receipt.merchant = merchant
    receipt.merchant_name = (merchant.name if merchant else reading.merchant or "")[
        :120
    ]
    receipt.category = ((merchant and merchant.category) or reading.category or "")[:40]
    receipt.purchased_on, receipt.purchased_at = reading.date, reading.time
    receipt.currency = reading.currency or receipt.panel.currency
    receipt.subtotal, receipt.tax = reading.subtotal, reading.tax
    receipt.total = reading.total
    result = reading_as_json(reading)
    # What may be a prescription's line is in the vault only (page words), never here.
    items = result.pop("items")
    ReadingRow.objects.create(
        receipt=receipt,
        version=reading.version,
        straight_through=reading.straight_through,
        result=result,
    )
    receipt.items.all().delete()
    if found.is_sensitive:
        return
    LineItem.objects.bulk_create(
        LineItem(
            receipt=receipt,
            position=position,
            description=item["description"][:200],
            quantity=Decimal(item["quantity"]),
            amount=Decimal(item["amount"]),
        )
        for position, item in enumerate(items)
    )


def judge_receipt(receipt: Receipt, found: Look) -> Judgement:
    reading, panel = found.reading, receipt.panel
    submitted_on = panel.today(receipt.submitted_at)
    policy = ReceiptPolicy.for_day(panel, submitted_on)
    joined = receipt.panelist.joined_at
    facts = Facts(
        submitted_on=submitted_on,
        merchant=receipt.merchant_name or None,
        standing=standing(receipt.merchant, submitted_on),
        category=receipt.category or None,
        purchased_on=receipt.purchased_on,
        total=receipt.total,
        currency=reading.currency,
        has_items=bool(reading.items),
        sure=sure_fields(reading),
        straight_through=reading.straight_through,
        is_sensitive=found.is_sensitive,
        duplicate=duplicates.claim_purchase(receipt),
        in_first_month=panel.month(joined) == receipt.month,
    )
    return judge(facts, rules_of(receipt, policy))


def rules_of(receipt: Receipt, policy: ReceiptPolicy) -> Rules:
    return Rules(
        currency=receipt.panel.currency,
        window_days=policy.window_days,
        first_month_grace_days=policy.first_month_grace_days,
        excluded_categories=frozenset(
            ExcludedCategory.objects.filter(panel_id=receipt.panel_id).values_list(
                "category", flat=True
            )
        ),
        straight_through=policy.straight_through == policy.StraightThrough.ON,
    )


def standing(merchant: Merchant | None, day) -> Standing:
    """The merchant's standing on a day; outside its dates it counts."""
    if merchant is None:
        return Standing.COUNTS
    if merchant.valid_from and day < merchant.valid_from:
        return Standing.COUNTS
    if merchant.valid_to and day >= merchant.valid_to:
        return Standing.COUNTS
    return Standing(merchant.standing)


# A field is as sure as acceptance needs from this confidence on.
SURE_AT = 0.95


def sure_fields(reading: Reading) -> frozenset[str]:
    return frozenset(
        field
        for field, confidence in reading.confidence.items()
        if confidence >= SURE_AT
    )


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


def keep(receipt: Receipt) -> None:
    """Write the kept copies of a decided receipt, then empty its vault.

    After the decision's commit, so that a crash in between leaves the working files,
    which the sweep finds and finishes; nothing is kept of a sensitive receipt.
    """
    copies = [] if is_sensitive(receipt) else files.write_kept(receipt)
    try:
        with transaction.atomic():
            locked = lock(receipt.pk)
            if locked.state == Status.ACCEPTED:
                files.seal(locked, copies)
                return
    except BaseException:
        files.destroy_kept(copies)
        raise
    files.destroy_kept(copies)


def is_sensitive(receipt: Receipt) -> bool:
    return receipt.verdicts.filter(code="sensitive").exists()


def fail(attempt: Attempt, code: str, *, hopeless: bool) -> None:
    """Queue the receipt again, or give it to a person unread."""
    logger.warning("read_failed", extra={"code": code, "attempt": attempt.number})
    with transaction.atomic():
        receipt = lock(attempt.receipt.pk)
        if receipt.state != Status.SUBMITTED or receipt.attempts != attempt.number:
            return
        if hopeless or receipt.attempts >= settings.MAX_READ_ATTEMPTS:
            give_up(receipt)
            return
        receipt.read_started_at = None
        receipt.queued_at = timezone.now()
        receipt.save(update_fields=["read_started_at", "queued_at"])
        enqueue(receipt)


def give_up(receipt: Receipt) -> None:
    """To review unread, in the caller's transaction; the panelist sees why."""
    ReceiptVerdict.objects.get_or_create(
        receipt=receipt, code=UNREAD, defaults={"rejects": False}
    )
    move(receipt, Status.IN_REVIEW, role=Role.MACHINE, code=UNREAD)

"""What a look at a receipt might have found, for tests that begin at the judgement.

The pictures are real files in the vault; what stands on them is the test's to say.
"""

import io
from datetime import time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from PIL import Image

from receipts.imaging.inspect import inspect_file
from receipts.models import Receipt, ReceiptPage
from receipts.reading.page import Page
from receipts.reading.page_json import page_as_json
from receipts.reading.result import FIELDS, LineItem, Reading
from receipts.services import files, processing
from receipts.services.processing import Look
from receipts.services.submitting import Upload

PAPER = Page((), 8, 8, "test")
ITEMS = (LineItem("Olive oil", Decimal(1), Decimal("12.34")),)


def picture(shade: int) -> io.BytesIO:
    """A small PNG; each shade is another file, from 0 to 16 million."""
    file = io.BytesIO()
    color = (shade & 255, shade >> 8 & 255, shade >> 16 & 255)
    Image.new("RGB", (8, 8), color).save(file, "PNG")
    file.seek(0)
    return file


def upload_of(shade: int) -> Upload:
    file = picture(shade)
    return Upload(file, inspect_file(file))


def reading_of(receipt: Receipt, *, unsure: tuple[str, ...] = (), **fields) -> Reading:
    """A reading with nothing wrong, except for what the test says."""
    panel = receipt.panel
    defaults = {
        "merchant": "Corner Grocery",
        "category": "supermarket",
        "date": panel.today(receipt.submitted_at) - timedelta(days=1),
        "time": time(18, 30),
        "currency": panel.currency,
        "total": Decimal("12.34"),
        "items": ITEMS,
        "straight_through": True,
        "confidence": {name: 0.3 if name in unsure else 0.97 for name in FIELDS},
        "sure": frozenset({"date", "total", "merchant"}) - set(unsure),
    }
    return Reading(**defaults | fields)


def store_page(receipt: Receipt, position: int = 0) -> ReceiptPage:
    """A page in the vault, as `look` leaves it; its row isn't saved."""
    folder = files.folder_of(receipt)

    def save(name: str) -> str:
        return files.vault().save(f"{folder}/{name}", ContentFile(b"page"))

    return ReceiptPage(
        receipt=receipt,
        position=position,
        width=8,
        height=8,
        working=save(f"page-{position}.jpg"),
        working_thumbnail=save(f"thumb-{position}.jpg"),
        words=files.store_json(receipt, f"words-{position}", page_as_json(PAPER)),
    )


def look_at(receipt: Receipt, *, is_sensitive: bool = False, **fields) -> Look:
    return Look(
        reading=reading_of(receipt, **fields),
        is_sensitive=is_sensitive,
        pages=(store_page(receipt),),
    )


def conclude(receipt: Receipt, **fields) -> Receipt:
    """Begin an attempt and conclude it with a look."""
    attempt = processing.begin(receipt.pk)
    processing.conclude(attempt, look_at(attempt.receipt, **fields))
    receipt.refresh_from_db()
    return receipt


def names_in(alias: str, receipt: Receipt) -> list[str]:
    """The files of a receipt in a storage, without their folder."""
    folder = files.folder_of(receipt)
    names = files.names_in(folder, alias=alias)
    return sorted(name.removeprefix(f"{folder}/") for name in names)

"""What a look at a receipt might have found, for tests that begin at the judgement.

The pictures are real files in the vault; what stands on them is the test's to say.
"""

import io
import re
from datetime import time, timedelta
from decimal import Decimal
from functools import cache

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from receipts.imaging.inspect import inspect_file
from receipts.models import Receipt, ReceiptPage
from receipts.reading.page import Line, Page, Word
from receipts.reading.page_json import page_as_json
from receipts.reading.result import FIELDS, LineItem, Reading
from receipts.services import files, processing
from receipts.services.marks import Mark
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


# A till's paper with a prescription's line, and where that line lies.
SLIP_SIZE = (400, 300)
SLIP = (
    ("CORNER GROCERY", (20, 20, 220, 40)),
    ("RX 7788991 LISINOPRIL 10MG", (20, 60, 340, 80)),
    ("OLIVE OIL 12.34", (20, 100, 220, 120)),
)
RX_CORNERS = ((16.0, 56.0), (344.0, 56.0), (344.0, 84.0), (16.0, 84.0))
RX = Mark(0, "prescription", RX_CORNERS, "rx_number", 0.97)


@cache
def slip() -> bytes:
    image = Image.new("RGB", SLIP_SIZE, "white")
    draw = ImageDraw.Draw(image)
    for text, box in SLIP:
        draw.text(box[:2], text, fill="black", font_size=18)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90)
    return file.getvalue()


def store_slip(receipt: Receipt) -> ReceiptPage:
    """A page in the vault with a real picture and the words of `SLIP`."""
    words = Page(
        tuple(
            Line(
                tuple(
                    Word(token, (left, box[1], left + 11 * len(token), box[3]), 0.98)
                    for token, left in zip(
                        text.split(), lefts(text, box[0]), strict=True
                    )
                )
            )
            for text, box in SLIP
        ),
        *SLIP_SIZE,
        "test",
    )
    folder = files.folder_of(receipt)

    def save(name: str) -> str:
        return files.vault().save(f"{folder}/{name}", ContentFile(slip()))

    return ReceiptPage(
        receipt=receipt,
        position=0,
        width=SLIP_SIZE[0],
        height=SLIP_SIZE[1],
        working=save("page-0.jpg"),
        working_thumbnail=save("thumb-0.jpg"),
        words=files.store_json(receipt, "words-0", page_as_json(words)),
    )


def lefts(text: str, left: int) -> list[int]:
    """Where each word begins, with letters and spaces of 11 pixels."""
    return [left + 11 * match.start() for match in re.finditer(r"\S+", text)]


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


def look_at(
    receipt: Receipt,
    *,
    is_sensitive: bool = False,
    marks: tuple[Mark, ...] = (),
    page: ReceiptPage | None = None,
    **fields,
) -> Look:
    return Look(
        reading=reading_of(receipt, **fields),
        is_sensitive=is_sensitive,
        pages=(page or store_page(receipt),),
        marks=marks,
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

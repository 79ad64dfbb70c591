"""Real readers on pictures drawn here."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytesseract
import pytest
from django.conf import settings
from PIL import Image

from receipts.reading.read import read_receipt
from receipts.reading.readers import (
    RapidOcrReader,
    Readers,
    TesseractReader,
    load_readers,
    reading_size,
)
from tests.receipts.reading.paper import picture_of

TEXT = """
   FERNHILL MARKET
   12 Harbor Street
03/14/2026        19:45

Rolled oats        3.50
Bananas            2.10
Olive oil         12.00

SUBTOTAL          17.60
TAX                1.41
TOTAL             19.01
CASH              20.00
CHANGE             0.99
"""


def read(image, readers=None):
    return read_receipt(
        [image],
        locale="en_US",
        submitted_on=date(2026, 3, 20),
        today=date(2026, 3, 20),
        readers=readers,
    )


def test_a_clean_print_goes_straight_through():
    reading = read(picture_of(TEXT))

    assert reading.merchant == "FERNHILL MARKET"
    assert (reading.date, reading.total) == (date(2026, 3, 14), Decimal("19.01"))
    assert [item.amount for item in reading.items] == [
        Decimal("3.50"),
        Decimal("2.10"),
        Decimal("12.00"),
    ]
    assert reading.straight_through
    assert reading.seconds["rapidocr"] > 0
    assert reading.seconds["tesseract"] == 0


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_picture_is_read_as_an_upright_one(degrees):
    reading = read(picture_of(TEXT).rotate(degrees, expand=True))

    assert (reading.date, reading.total) == (date(2026, 3, 14), Decimal("19.01"))
    assert reading.pages[0].turned == 360 - degrees


def test_tesseract_reads_alone_where_there_is_no_other():
    reading = read(picture_of(TEXT), Readers(TesseractReader(), None))

    assert (reading.date, reading.total) == (date(2026, 3, 14), Decimal("19.01"))
    assert reading.pages[0].reader == "tesseract"


def test_the_witness_is_asked_where_it_can_settle_something():
    without = "\n".join(
        line
        for line in TEXT.splitlines()
        if not line.startswith(("SUBTOTAL", "TAX", "CASH", "CHANGE", "Olive"))
    )

    reading = read(picture_of(without))

    assert reading.seconds["looks"] > 0
    assert reading.total == Decimal("19.01")


@pytest.mark.parametrize("color", ["white", "black"])
def test_an_empty_picture_has_no_answer(color):
    reading = read(Image.new("RGB", (400, 600), color))

    assert reading.total is None
    assert not reading.straight_through
    assert [reason.code for reason in reading.reasons] == ["no_text"]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), (1862, 1396)),
        ((600, 400), (600, 400)),
        ((800, 6000), (589, 4414)),
    ],
)
def test_pictures_are_reduced_to_reading_size(size, expected):
    reduced = reading_size(Image.new("RGB", size)).size

    assert abs(reduced[0] - expected[0]) <= 25
    assert max(reduced) / min(reduced) == pytest.approx(max(size) / min(size), rel=0.02)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), (2000, 1500)),
        ((2552, 3508), (1276, 1754)),
        # Neither whole nor halved does it come near: resampled.
        ((2400, 1800), (1862, 1396)),
        ((1900, 1500), (1900, 1500)),
    ],
)
def test_a_jpeg_is_decoded_at_about_reading_size(size, expected, tmp_path):
    path = tmp_path / "page.jpg"
    Image.new("RGB", size, "white").save(path)

    with Image.open(path) as file:
        reduced = reading_size(file)

    assert reduced.size == expected
    assert reduced.getpixel((9, 9)) == (255, 255, 255)


def test_models_are_loaded_once():
    assert load_readers() is load_readers()
    assert isinstance(load_readers().first, RapidOcrReader)


def test_tesseracts_files_lie_in_the_vault(monkeypatch):
    """A worker killed while it reads leaves them: the sweep must find them there."""
    module = pytesseract.pytesseract
    make, names = module.NamedTemporaryFile, []

    def recording(*args, **kwargs):
        file = make(*args, **kwargs)
        names.append(Path(file.name))
        return file

    monkeypatch.setattr(module, "NamedTemporaryFile", recording)

    TesseractReader().read(picture_of(TEXT))

    assert names
    assert all(name.is_relative_to(settings.WORK_DIR) for name in names)
    assert not any(name.exists() for name in names)

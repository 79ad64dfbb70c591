"""PDFs that shops' programs wrote are read from their own text."""

from datetime import date, time
from decimal import Decimal

import pytest

from receipts.imaging.decode import DecodeFailed, TextRun, decode, text_layer_of
from receipts.reading.read import read_receipt
from receipts.reading.readers import text_of
from tests.receipts.imaging.pictures import encoded, picture, text_pdf, written

LINES = [
    "FERNHILL MARKET (ONLINE)",
    "11/03/2026      14:05",
    "Rolled oats            3.50",
    "Olive oil             12.00",
    "SUBTOTAL              15.50",
    "TAX                    1.24",
    "TOTAL                 16.74",
    "VISA ****1234         16.74",
]


def page_of(data: bytes, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    [page] = decode(written(tmp_path, data), folder)
    return page


def test_the_text_of_a_pdf_comes_with_its_place_on_the_picture(tmp_path):
    page = page_of(text_pdf(LINES), tmp_path)

    runs = {run.text: run.box for run in page.text_layer}
    assert "FERNHILL MARKET (ONLINE)" in runs
    left, top, right, bottom = runs["FERNHILL MARKET (ONLINE)"]
    # 40 points from the left and 62 from the top, at 200 dots per inch.
    assert left == pytest.approx(40 / 72 * 200, abs=6)
    assert bottom == pytest.approx((842 - 780) / 72 * 200, abs=10)
    assert 0 < top < bottom < page.height and left < right < page.width


def test_a_receipt_with_text_is_read_without_a_reader(tmp_path):
    page = page_of(text_pdf(LINES), tmp_path)

    reading = read_receipt(
        [page.path],
        locale="en_US",
        submitted_on=date(2026, 11, 4),
        today=date(2026, 11, 4),
        texts=[text_of(page)],
    )

    assert [read.reader for read in reading.pages] == ["text"]
    assert (reading.date, reading.time) == (date(2026, 11, 3), time(14, 5))
    assert (reading.total, reading.tax) == (Decimal("16.74"), Decimal("1.24"))
    assert len(reading.items) == 2
    assert reading.straight_through


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(encoded("PDF", picture(600, 900)), id="a scan"),
        pytest.param(text_pdf(LINES, rotate=90), id="a turned page"),
        pytest.param(text_pdf([]), id="an empty page"),
    ],
)
def test_a_page_whose_text_can_not_be_relied_on_has_none(data, tmp_path):
    page = page_of(data, tmp_path)

    assert page.text_layer is None
    assert text_of(page) is None


def test_a_page_with_little_text_is_read_as_a_picture(tmp_path):
    page = page_of(text_pdf(["Page 1 of 1"]), tmp_path)

    reading = read_receipt(
        [page.path],
        locale="en_US",
        submitted_on=None,
        today=date(2026, 11, 4),
        texts=[text_of(page)],
    )

    assert [read.reader for read in reading.pages] == ["rapidocr"]


@pytest.mark.parametrize(
    "runs",
    [
        [["text", 1, 2, 3]],
        [["text", 1, 2, 3, "4"]],
        [[5, 1, 2, 3, 4]],
        [["x" * 501, 1, 2, 3, 4]],
        ["text"],
        [["text", 1, 2, 3, 4]] * 5001,
    ],
)
def test_a_childs_odd_text_is_not_believed(runs):
    with pytest.raises(DecodeFailed, match="crashed"):
        text_layer_of(runs)


def test_a_childs_text_is_taken():
    assert text_layer_of([["Oats 3.50", 1, 2, 30, 4]]) == (
        TextRun("Oats 3.50", (1.0, 2.0, 30.0, 4.0)),
    )

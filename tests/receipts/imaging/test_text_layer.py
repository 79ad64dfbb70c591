"""PDFs that shops' programs wrote are read from their own text."""

from datetime import date, time
from decimal import Decimal

import pytest
from PIL import Image

from receipts.imaging.decode import DecodeFailed, TextRun, decode, text_layer_of
from receipts.reading.read import read_receipt
from receipts.reading.readers import text_of
from tests.receipts.imaging.pictures import (
    encoded,
    inline_picture,
    picture,
    stream,
    text_pdf,
    written,
)

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


def pages_of(data: bytes, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return decode(written(tmp_path, data), folder)


def page_of(data: bytes, tmp_path):
    [page] = pages_of(data, tmp_path)
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


# A small picture in a form that is drawn thirty times as large.
NESTED = {
    "drawing": "q 30 0 0 30 50 50 cm /X1 Do Q",
    "resources": "/XObject<</X1 6 0 R>>",
    "more": (
        stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Resources<<>>",
            inline_picture(0, 0, 10, 10),
        ),
    ),
}
NOTE = "/Annots[<</Type/Annot/Subtype/{}/Rect[100 100 200 120]/Contents(Rx)>>]"
CURVES = "0 0 m 1 1 2 2 3 3 c S\n"


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(
            {"drawing": "\n".join(inline_picture(0, y, 595, 379) for y in (0, 379))},
            id="a scan in two strips",
        ),
        pytest.param(
            {
                "drawing": "\n".join(
                    inline_picture(0, y, 595, 10) for y in range(0, 50, 10)
                )
            },
            id="a scan of a small part in strips",
        ),
        pytest.param({"drawing": inline_picture(300, 100, 200, 150)}, id="a photo"),
        pytest.param(NESTED, id="a photo in a form"),
        pytest.param({"drawing": CURVES * 500}, id="text drawn as curves"),
        pytest.param({"page": NOTE.format("FreeText")}, id="a note"),
        pytest.param({"page": NOTE.format("Widget")}, id="a field to fill in"),
        pytest.param({"page": NOTE.format("Stamp")}, id="a stamp"),
    ],
)
def test_a_page_that_may_show_more_than_its_text_is_read_as_a_picture(
    options, tmp_path
):
    page = page_of(text_pdf(LINES, **options), tmp_path)

    assert page.text_layer is None


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"drawing": inline_picture(40, 800, 120, 30)}, id="a logo"),
        pytest.param(
            {"drawing": inline_picture(-900, 100, 850, 700)}, id="off the page"
        ),
        pytest.param({"drawing": CURVES * 100}, id="rules of a table"),
        pytest.param({"page": NOTE.format("Link")}, id="a link"),
    ],
)
def test_a_page_with_a_logo_rules_or_links_keeps_its_text(options, tmp_path):
    page = page_of(text_pdf(LINES, **options), tmp_path)

    assert len(page.text_layer) >= len(LINES)


def test_what_was_filled_into_a_form_is_in_the_picture(tmp_path):
    black = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 100]", "0 g 0 0 200 100 re f"
    )
    field = (
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/F 4/Rect[100 100 300 200]"
        "/AP<</N 6 0 R>>>>"
    )
    data = text_pdf(
        LINES,
        page="/Annots[7 0 R]",
        catalog="/AcroForm<</Fields[7 0 R]>>",
        more=(black, field),
    )

    page = page_of(data, tmp_path)

    at = round(200 * 200 / 72), round((842 - 150) * 200 / 72)
    assert max(Image.open(page.path).getpixel(at)) < 100


def test_the_pages_from_the_one_on_that_exceeds_the_file_are_pictures(tmp_path):
    words = "".join(
        f"BT /F1 5 Tf {20 + 28 * (n % 20)} {20 + 18 * (n // 20)} Td (ab) Tj ET\n"
        for n in range(800)
    )
    pages = pages_of(text_pdf([], drawing=words, pages=4), tmp_path)

    runs = [page.text_layer and len(page.text_layer) for page in pages]

    assert runs == [800, 800, None, None]


def test_a_page_with_a_run_too_long_to_screen_is_a_picture(tmp_path):
    page = page_of(text_pdf(["x" * 201]), tmp_path)

    assert page.text_layer is None


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
        [["x" * 201, 1, 2, 3, 4]],
        ["text"],
        [["text", 1, 2, 3, 4]] * 2001,
    ],
)
def test_a_childs_odd_text_is_not_believed(runs):
    with pytest.raises(DecodeFailed, match="crashed"):
        text_layer_of(runs)


def test_a_childs_text_is_taken():
    assert text_layer_of([["Oats 3.50", 1, 2, 30, 4]]) == (
        TextRun("Oats 3.50", (1.0, 2.0, 30.0, 4.0)),
    )

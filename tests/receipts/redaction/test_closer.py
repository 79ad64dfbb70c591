import re
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from receipts.reading.page import Line, Page, Word
from receipts.reading.readers import Readers, load_readers
from receipts.redaction.closer import BAND_PIXELS, bands, factor_for, read_in_bands
from receipts.redaction.looking import look_again
from tests.receipts.reading.paper import FONT
from tests.receipts.redaction.slips import finds


def page_with(*widths: float, size=(1000, 1000), turned=0) -> Page:
    """A word for each width of its letters, 20 pixels high."""
    words = tuple(
        Line((Word("MILK", (0, 50 * n, 4 * width, 50 * n + 20), 0.9),))
        for n, width in enumerate(widths)
    )
    return Page(words, *size, "rapidocr", turned)


class Rows:
    """Sees a word wherever rows of a picture are dark; turns what it sees."""

    name, version = "rapidocr", "1"

    def __init__(self, turned: int = 0) -> None:
        self.turned = turned
        self.sizes: list[tuple[int, int]] = []

    def read(self, image: Image.Image) -> Page:
        self.sizes.append(image.size)
        image = image.rotate(self.turned, expand=True)
        dark = np.flatnonzero(np.asarray(image.convert("L")).min(axis=1) < 100)
        runs = np.split(dark, np.flatnonzero(np.diff(dark) > 1) + 1)
        lines = tuple(
            Line((Word("WORD", (10, run[0], 90, run[-1] + 1), 0.9),))
            for run in runs
            if len(run)
        )
        return Page(lines, *image.size, self.name, self.turned)


def test_small_letters_ask_for_a_larger_picture():
    assert factor_for(page_with(5, 5), (4000, 4000)) == pytest.approx(2)
    # A tenth of the words is enough: small print counts.
    assert factor_for(page_with(*[20] * 9, 5, 5), (4000, 4000)) > 1.9


@pytest.mark.parametrize(
    ("widths", "size"),
    [
        ((9, 9), (4000, 4000)),  # large enough
        ((5,), (1100, 1100)),  # there is no larger picture
        ((), (4000, 4000)),
    ],
)
def test_other_pictures_are_read_once(widths, size):
    assert factor_for(page_with(*widths), size) == 1.0


def test_the_larger_picture_is_not_as_large_as_one_likes():
    factor = factor_for(page_with(4, size=(1600, 1600)), (9000, 9000))

    assert (1600 * factor) ** 2 == pytest.approx(8_000_000)


@pytest.mark.parametrize("size", [(2000, 3900), (3000, 2500), (100, 50), (1, 1)])
def test_bands_cover_the_picture_and_share_no_row_of_their_own(size):
    width, height = size
    found = list(bands(width, height, 100))

    for (_top, bottom, _first, last), (top, _bottom, first, _last) in pairwise(found):
        assert (bottom - top, last) == (100, first)
        assert top < first < bottom
    assert found[0][0] == 0
    assert found[0][2] < 0
    assert found[-1][1] == height < found[-1][3]
    assert all(width * (b - t) <= max(BAND_PIXELS, 200 * width) for t, b, *_ in found)


@pytest.mark.parametrize("of_page", [0, 180])
@pytest.mark.parametrize("of_bands", [0, 180])
def test_words_are_found_once_and_where_they_stand(of_page, of_bands):
    picture = Image.new("RGB", (1300, 5000), "white")
    tops = list(range(30, 4950, 61))
    for top in tops:
        picture.paste("black", (10, top, 90, top + 20))
    upright = picture.rotate(-of_page)
    reader = Rows(of_bands)

    page = read_in_bands(
        reader, upright, page_with(20, size=(650, 2500), turned=of_page), 2
    )

    assert len(reader.sizes) == 3
    boxes = sorted(word.box for line in page.lines for word in line.words)
    assert [(box[1], box[3]) for box in boxes] == [(top, top + 20) for top in tops]
    assert (page.width, page.height, page.turned) == (1300, 5000, of_page)


def test_small_print_on_a_large_picture_is_found():
    """At reading size nobody can read it; on the picture a person can."""
    picture = Image.new("RGB", (2480, 3508), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, 15)
    for number in range(20):
        draw.text((200, 300 + 60 * number), "Woollen socks, blue", "#222222", font)
    draw.text((200, 1620), "Card number 4111 1111 1111 1111", "#222222", font)
    readers = Readers(load_readers().first, None)

    found = look_again(
        [picture], readers=readers, screen=finds(re.compile(r"4111 ?1111 ?1111 ?1111"))
    )

    (spot,) = found[0].spots
    assert spot.corners[0] == pytest.approx((308, 1618), abs=12)
    assert spot.corners[2] == pytest.approx((479, 1636), abs=12)

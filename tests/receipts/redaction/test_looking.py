import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from receipts.reading.page import Line, Page, Word
from receipts.reading.readers import Readers, load_readers
from receipts.redaction.looking import (
    LookFailed,
    look_again,
    merged,
    second_read,
    tilted,
    without_bars,
)
from receipts.redaction.paint import painted
from receipts.screening.findings import Finding, Kind, Spot
from tests.receipts.redaction.slips import finds, slip

SECRET = finds(re.compile("SECRET"))


def level(left, top, right, bottom):
    return ((left, top), (right, top), (right, bottom), (left, bottom))


class Fake:
    """Reads one word, always at the same place of the picture as it is given."""

    version = "1"

    def __init__(
        self, name: str, text: str, box=(10, 10, 80, 30), turned=0, confidence=0.9
    ) -> None:
        self.name, self.text, self.box, self.turned = name, text, box, turned
        self.confidence = confidence
        self.seen: list[Image.Image] = []

    def read(self, image: Image.Image) -> Page:
        self.seen.append(image)
        width, height = image.size[:: -1 if self.turned % 180 else 1]
        line = Line((Word(self.text, self.box, self.confidence),))
        return Page((line,), width, height, self.name, self.turned)


class Broken(Fake):
    def read(self, image: Image.Image) -> Page:
        raise RuntimeError("it said: SECRET")


def finding(*spots: Spot, rule: str = "rule", confidence: float = 0.5) -> Finding:
    return Finding(Kind.PRESCRIPTION, rule, spots, confidence)


def white(width=200, height=400) -> Image.Image:
    return Image.new("RGB", (width, height), "white")


def test_what_only_the_second_reader_sees_is_found():
    readers = Readers(Fake("rapidocr", "MILK"), Fake("tesseract", "SECRET"))

    (found,) = look_again([white()], readers=readers, screen=SECRET)

    assert found.spots == (Spot(0, level(10, 10, 80, 30)),)


def test_what_both_see_at_one_place_is_told_once():
    readers = Readers(Fake("rapidocr", "SECRET"), Fake("tesseract", "SECRET"))

    assert len(look_again([white()], readers=readers, screen=SECRET)) == 1


def test_spots_are_in_pixels_of_the_picture_not_of_the_reading_size():
    readers = Readers(Fake("rapidocr", "SECRET"), None)

    (found,) = look_again([white(), white(1600, 4000)], readers=readers, screen=SECRET)[
        1:
    ]

    assert found.spots == (Spot(1, level(20, 20, 160, 60)),)


def test_the_second_reader_is_shown_the_picture_turned_as_the_first_reads_it():
    first = Fake("rapidocr", "MILK", turned=90)
    second = Fake("tesseract", "SECRET")

    (found,) = look_again([white()], readers=Readers(first, second), screen=SECRET)

    assert second.seen[0].size == (400, 200)
    # The turned picture's top left is the picture's top right.
    assert found.spots[0].corners == ((190, 10), (190, 80), (170, 80), (170, 10))


def test_text_read_from_a_levelled_picture_is_found_where_it_stands():
    upright = white(301, 201)
    ImageDraw.Draw(upright).rectangle((250, 100, 252, 102), "black")
    turned = upright.rotate(20, expand=True, fillcolor="white")
    y, x = (
        values.mean() for values in np.nonzero(np.asarray(turned.convert("L")) == 0)
    )
    read = Page(
        (Line((Word("I", (x, y, x + 1, y + 1), 0.9),)),), *turned.size, "tesseract"
    )

    page = tilted(read, 20, upright.size)

    assert page.lines[0].words[0].corners[0] == pytest.approx((251, 101), abs=1)
    assert (page.width, page.height) == upright.size


def test_what_the_second_reader_is_unsure_of_counts_near_other_text_only():
    first = Fake("rapidocr", "MILK", box=(60, 200, 130, 220))
    near, far = (60, 240, 130, 260), (60, 340, 130, 360)

    def is_found(box, confidence):
        second = Fake("tesseract", "SECRET", box=box, confidence=confidence)
        return (
            look_again([white()], readers=Readers(first, second), screen=SECRET) != ()
        )

    assert is_found(near, 0.2)
    assert is_found(far, 0.9)
    assert not is_found(far, 0.2)


def test_the_second_reader_reads_dim_paper_that_lies_askew():
    paper = slip("Oat cakes 3.20\nQuince jelly 4.75\nTOTAL 7.95", degrees=4).image
    dim = paper.point(lambda value: value * 6 // 10)
    readers = load_readers()

    (page,) = second_read([dim], [readers.first.read(dim)], readers.second)

    assert [line.text.split()[0] for line in page.lines] == ["Oat", "Quince", "TOTAL"]


def test_a_reader_that_fails_is_told_by_a_code_only():
    readers = Readers(Fake("rapidocr", "MILK"), Broken("tesseract", ""))

    with pytest.raises(LookFailed) as raised:
        look_again([white()], readers=readers, screen=SECRET)

    assert str(raised.value) == "RuntimeError"
    assert raised.value.__suppress_context__


def test_bars_are_shown_in_the_colour_of_the_paper():
    picture = Image.new("RGB", (200, 100), (230, 225, 215))
    bar = level(20, 30, 120, 50)

    shown = without_bars(painted(picture, [bar]), [bar], (200, 100))

    assert np.unique(np.asarray(shown).reshape(-1, 3), axis=0).tolist() == [
        [230, 225, 215]
    ]


def test_bars_that_were_not_painted_are_shown_as_they_are():
    picture = slip().image
    bar = level(80, 80, 600, 400)

    assert without_bars(picture, [bar], picture.size) is picture


def test_one_says_all_that_another_does_only_where_it_lies_over_all_of_it():
    wide, left = Spot(0, level(0, 0, 100, 20)), Spot(0, level(0, 0, 80, 20))
    elsewhere = replace(left, page=1)

    assert merged([finding(wide)], [finding(left, confidence=0.7)]) == (
        finding(wide, confidence=0.7),
    )
    for other in (
        [finding(wide)],
        [finding(elsewhere)],
        [finding(left, rule="other")],
        [finding()],
    ):
        assert len(merged([finding(left)], other)) == 2


def test_real_readers_find_nothing_of_their_own_on_black_bars():
    """Whatever they make of what was painted, it isn't text."""
    made = slip(
        "Milk 2.10\n[Rx 6041873]\nBread 1.99\n[Patient: Gregory Pym]\nTOTAL 4.09"
    )
    ink = np.argwhere(made.secret)
    rows = np.unique(ink[:, 0])
    starts = rows[np.concatenate([[True], np.diff(rows) > 3])]
    right = int(ink[:, 1].max())
    bars = [level(60, top - 6, right + 10, top + 36) for top in map(int, starts)]
    anything = finds(re.compile(r"\S+"))

    found = look_again(
        [painted(made.image, bars)],
        readers=load_readers(),
        bars=[bars],
        screen=anything,
    )

    middles = [
        sum(y for _x, y in spot.corners) / 4 for one in found for spot in one.spots
    ]
    assert len(middles) >= 6
    assert not [y for y in middles if any(bar[0][1] < y < bar[2][1] for bar in bars)]

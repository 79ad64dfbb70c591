"""RapidOCR's models as we run them: sizes, characters and odd pictures."""

import numpy as np
import pytest
from PIL import Image

from receipts.reading.rapid import (
    MOST_WORDS,
    RapidOcrReader,
    as_array,
    finding_size,
    in_reading_order,
    is_printed,
)
from receipts.reading.readers import load_readers
from tests.receipts.reading.paper import picture_of


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((750, 1000), (736, 992)),
        ((300, 400), (736, 992)),
        # Reduced, where nothing gets too narrow by it.
        ((1396, 1862), (896, 1216)),
        ((900, 2900), (736, 2368)),
        # A till roll is left as wide as it is.
        ((640, 4000), (640, 4000)),
        ((5000, 20), (16576, 64)),
        ((1, 1), (736, 736)),
    ],
)
def test_words_are_searched_on_a_picture_of_middling_size(size, expected):
    assert finding_size(*size) == expected


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        *(("A", True), (" ", True), ("", True), ("ß", True), ("€", True), ("ž", True)),
        *(("家", False), ("：", False), ("α", False), ("\x07", False)),
    ],
)
def test_only_what_receipts_are_printed_with_is_read(character, expected):
    assert is_printed(character) is expected


def test_words_come_from_top_to_bottom_and_from_left_to_right():
    def at(x, y):
        return [(x, y), (x + 9, y), (x + 9, y + 5), (x, y + 5)]

    boxes = np.array([at(50, 103), at(0, 200), at(10, 100)])

    assert [box[0].tolist() for box in in_reading_order(boxes)] == [
        [10, 100],
        [50, 103],
        [0, 200],
    ]


def test_a_line_is_read_at_its_own_width():
    reader = load_readers().first

    page = reader.read(picture_of("TOTAL            1,234.56"))

    assert [line.text for line in page.lines] == ["TOTAL 1,234.56"]
    assert all(word.confidence > 0.9 for word in page.lines[0].words)


def test_letters_are_placed_where_they_are_printed():
    """In a fixed-width print with 40 pixels of paper on the left."""
    text = "WINTER 1,234.56"
    picture = picture_of(text)
    advance = (picture.width - 80) / len(text)

    (line,) = load_readers().first.read(picture).lines

    for word in line.words:
        (left, _), (right, _) = word.corners[:2]
        start = text.index(word.text)
        for place, middle in enumerate(word.letters):
            printed = 40 + (start + place + 0.5) * advance
            read = left + middle * (right - left)
            assert read == pytest.approx(printed, abs=0.4 * advance)


@pytest.mark.parametrize("size", [(1, 1), (5000, 2), (2, 3000), (33, 31)])
def test_odd_sizes_have_no_words(size):
    page = load_readers().first.read(Image.new("RGB", size, "white"))

    assert page.lines == ()
    assert (page.width, page.height) == size


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_picture_is_blue_green_red_to_opencv(mode):
    image = Image.new(mode, (3, 2), (10, 20, 30))
    image.putpixel((2, 1), (40, 50, 60))

    pixels = as_array(image)

    assert pixels.shape == (2, 3, 3)
    assert pixels[0, 0].tolist() == [30, 20, 10]
    assert pixels[1, 2].tolist() == [60, 50, 40]


def test_noise_is_bounded():
    noise = np.random.default_rng(7).integers(0, 255, (700, 700, 3), dtype=np.uint8)

    page = load_readers().first.read(Image.fromarray(noise))

    assert sum(len(line.words) for line in page.lines) <= MOST_WORDS
    assert page.turned in (0, 90, 180, 270)


def test_a_machine_without_the_models_has_no_such_reader(monkeypatch, tmp_path):
    monkeypatch.setattr("rapidocr.__file__", str(tmp_path / "__init__.py"))

    with pytest.raises(FileNotFoundError):
        RapidOcrReader()

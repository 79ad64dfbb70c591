"""Second looks at single lines of pictures drawn here."""

from pathlib import Path

import pytesseract
import pytest
from django.conf import settings
from PIL import Image

from receipts.measuring.words import remembering
from receipts.reading.page import Line, Word
from receipts.reading.readers import Readers, TesseractReader, load_readers
from receipts.reading.rereading import LineWitness, level
from tests.receipts.reading.paper import picture_of

TEXT = """
   GREENACRE GROCERY
08/13/2025        18:38
Rye bread          3.80
TOTAL             83.38
"""


@pytest.fixture(scope="module")
def picture():
    return picture_of(TEXT)


@pytest.fixture(scope="module")
def lines(picture):
    return load_readers().first.read(picture).lines


def line_at(*box, corners=None):
    return Line((Word("TOTAL", box, 0.9, corners),))


def test_both_readers_look_at_a_line_again(picture, lines):
    witness = LineWitness([picture], load_readers())

    found = witness.reread(0, lines[-1])

    assert [one.reader for one in found] == ["tesseract", "rapidocr"]
    assert all(one.text == "TOTAL 83.38" for one in found)
    assert all(one.confidence > 0.8 for one in found)


def test_tilted_text_is_made_level():
    tilted = picture_of(TEXT).rotate(8, expand=True, fillcolor="white")
    lines = load_readers().first.read(tilted).lines
    total = next(line for line in lines if "TOTAL" in line.text)

    found = LineWitness([tilted], load_readers()).reread(0, total)

    assert {one.text for one in found} == {"TOTAL 83.38"}


def test_looking_ahead_starts_tesseract_once(picture, lines, monkeypatch):
    witness = LineWitness([picture], load_readers())
    asked = []
    read = TesseractReader.read_lines

    def counting(self, images):
        asked.append(len(images))
        return read(self, images)

    monkeypatch.setattr(TesseractReader, "read_lines", counting)

    witness.look_ahead([(0, line) for line in lines])

    assert [witness.reread(0, line)[0].text for line in lines] == [
        "GREENACRE GROCERY",
        "08/13/2025 18:38",
        "Rye bread 3.80",
        "TOTAL 83.38",
    ]
    assert asked == [4]


@pytest.mark.parametrize(
    "line",
    [
        line_at(0, 0, 0, 0),
        line_at(9000, 9000, 9100, 9030),
        line_at(-500, -500, -400, -480),
        line_at(0, 0, float("nan"), 20),
        line_at(0, 0, float("inf"), 20),
        line_at(0, 0, 1e9, 1e9),
        line_at(10, 10, 20, 300),
        line_at(0, 0, 9, 9, corners=((0, 0), (0, 0), (0, 0), (0, 0))),
    ],
)
def test_odd_boxes_show_nothing(picture, line):
    assert LineWitness([picture], load_readers()).reread(0, line) == ()


def test_a_page_that_is_not_there_shows_nothing(picture, lines):
    assert LineWitness([picture], load_readers()).reread(3, lines[0]) == ()


def test_a_line_of_many_words_is_bounded(picture):
    words = Line(tuple(Word("A", (0, 0, 400, 10), 0.9) for _n in range(40)))

    LineWitness([picture], load_readers()).reread(0, words)

    assert level(picture, words.words[0], (0.2, 0.2)).width <= 2400


def test_one_reader_is_enough(picture, lines):
    for readers in (
        Readers(load_readers().first, None),
        Readers(TesseractReader(), None),
    ):
        found = LineWitness([picture], readers).reread(0, lines[-1])

        assert [one.text for one in found] == ["TOTAL 83.38"]


def test_a_reader_that_fails_is_silent(picture, lines, monkeypatch):
    def failing(*args, **kwargs):
        raise RuntimeError("Tesseract process timeout")

    monkeypatch.setattr(pytesseract, "image_to_data", failing)

    found = LineWitness([picture], load_readers()).reread(0, lines[-1])

    assert [one.reader for one in found] == ["rapidocr"]


def test_files_lie_in_the_vault_and_are_gone(picture, monkeypatch):
    seen = []
    read = pytesseract.image_to_data

    def recording(path, **kwargs):
        seen.extend(Path(path).parent.iterdir())
        return read(path, **kwargs)

    monkeypatch.setattr(pytesseract, "image_to_data", recording)

    TesseractReader().read_lines([Image.new("L", (200, 60), "white")])

    assert seen
    assert all(path.is_relative_to(settings.WORK_DIR) for path in seen)
    assert not any(path.exists() for path in seen)


def test_readers_with_a_memory_look_again_too(tmp_path, picture, lines):
    witness = LineWitness([picture], remembering(load_readers(), tmp_path))

    found = witness.reread(0, lines[-1])

    assert {one.reader for one in found} == {"rapidocr", "tesseract"}

from PIL import Image

from receipts.measuring import words
from receipts.measuring.words import (
    RememberedReader,
    decoded,
    has_remembered,
    keep_decoded,
    remembering,
)
from receipts.reading.page import Line, Page, Word
from receipts.reading.readers import Readers

PAGE = Page(
    (
        Line(
            (
                Word(
                    "TOTAL", (1, 2, 30, 12), 0.9, ((1, 2), (30, 2), (30, 12), (1, 12))
                ),
                Word("19.01", (40, 2, 60, 12), 0.8),
            )
        ),
    ),
    100,
    50,
    "counting",
    90,
)


class CountingReader:
    name, version, extra = "counting", "1", "its own"

    def __init__(self):
        self.reads = 0

    def read(self, image):
        self.reads += 1
        return PAGE


def picture(shade=200):
    return Image.new("RGB", (100, 50), (shade, shade, shade))


def test_a_picture_is_read_once(tmp_path):
    reader = CountingReader()

    first = RememberedReader(reader, tmp_path)
    second = RememberedReader(reader, tmp_path)

    assert first.read(picture()) == second.read(picture()) == PAGE
    assert reader.reads == 1
    assert (has_remembered(first), has_remembered(second)) == (False, True)


def test_another_picture_is_read_anew(tmp_path):
    reader = CountingReader()
    remembered = RememberedReader(reader, tmp_path)

    remembered.read(picture())
    remembered.read(picture(201))
    remembered.read(picture().resize((50, 100)))

    assert reader.reads == 3


def test_another_version_reads_anew(tmp_path):
    reader = CountingReader()

    RememberedReader(reader, tmp_path).read(picture())
    reader.version = "2"
    RememberedReader(reader, tmp_path).read(picture())

    assert reader.reads == 2


def test_other_code_of_the_readers_reads_anew(tmp_path, monkeypatch):
    reader = CountingReader()

    RememberedReader(reader, tmp_path).read(picture())
    monkeypatch.setattr(words, "code_of_the_readers", lambda: "changed")
    RememberedReader(reader, tmp_path).read(picture())

    assert reader.reads == 2


def test_a_damaged_memory_reads_anew(tmp_path):
    reader = CountingReader()

    RememberedReader(reader, tmp_path).read(picture())
    for path in tmp_path.iterdir():
        path.write_text("{")
    page = RememberedReader(reader, tmp_path).read(picture())

    assert page == PAGE
    assert reader.reads == 2


def test_what_else_a_reader_can_do_stays_its_own(tmp_path):
    found = remembering(Readers(CountingReader(), None), tmp_path)

    assert found.first.extra == "its own"
    assert found.second is None


def test_the_readers_code_is_what_readers_py_imports_of_the_reading(
    tmp_path, monkeypatch
):
    def digest():
        words.code_of_the_readers.cache_clear()
        return words.code_of_the_readers()

    (tmp_path / "readers.py").write_text("from receipts.reading.layout import lines_of")
    (tmp_path / "layout.py").write_text("from receipts.reading import page")
    (tmp_path / "page.py").write_text("")
    (tmp_path / "totals.py").write_text("")
    monkeypatch.setattr(words.readers, "__file__", str(tmp_path / "readers.py"))
    before = digest()

    (tmp_path / "totals.py").write_text("changed = True")
    after_a_field = digest()
    (tmp_path / "page.py").write_text("changed = True")
    after_the_page = digest()
    words.code_of_the_readers.cache_clear()

    assert after_a_field == before
    assert after_the_page != before


def test_decoded_pictures_are_kept_by_the_files_content(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"a")
    two.write_bytes(b"b")
    made = tmp_path / "made.jpg"
    made.write_bytes(b"jpeg")

    keep_decoded(one, [made, made], tmp_path)

    assert [path.name for path in decoded(one, tmp_path)] == [
        "page-000.jpg",
        "page-001.jpg",
    ]
    assert decoded(two, tmp_path) == []

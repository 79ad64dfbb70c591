import json
from datetime import date

import pytest

from receipts.reading.chooser import Model
from receipts.reading.readers import Readers
from receipts.reading.result import Reading
from receipts.training import folder
from receipts.training.degrade import KINDS
from receipts.training.examples import Offer
from receipts.training.folder import (
    Look,
    Sheet,
    copies_of,
    delay_of,
    examples_in,
    sheet_as_json,
    sheet_from_json,
)
from tests.receipts.reading.paper import page_of, picture_of

TODAY = date(2026, 11, 24)
TEXT = "LANTERN MARKET\n11/20/2026 14:02\nSoap 4.00\nTax 0.32\nTotal 4.32"
LOOKS = {"0 0 120 400 140": ["Total 4.32"]}
SHEET = Sheet((page_of(TEXT),), LOOKS)
ROW = {
    "file": "us/one.jpg",
    "locale": "en_US",
    "merchant": "Lantern Market #12",
    "date": "11/20/2026",
    "total": "4.32",
}
READING = Reading(
    candidates={
        "total": (
            {"value": "4.32", "features": {"points": 5.0}},
            {"value": "4.00", "features": {"points": 1.0}},
        ),
        "date": ({"value": "2026-11-02", "features": {"points": 3.0}},),
        "merchant": ({"value": "Lantern Market", "features": {"points": 0.9}},),
    }
)


@pytest.fixture
def labelled(tmp_path, monkeypatch):
    """A folder of one receipt that both readers have read, and what it is read as."""
    asked = []

    def read_lines(pages, **options):
        asked.append(options)
        return READING

    monkeypatch.setattr(folder, "read_lines", read_lines)
    (tmp_path / "truth.jsonl").write_text(json.dumps(ROW), "utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    for kind in ("", *(f"__{kind}" for kind in KINDS)):
        file = pages / f"us__one.jpg{kind}.json"
        file.write_text(json.dumps(sheet_as_json(SHEET)), "utf-8")
    return tmp_path, asked


def examples(place, **options):
    defaults = {
        "notes": {},
        "copies": 0,
        "pages": place / "pages",
        "kept_only": False,
        "today": TODAY,
    }
    return list(examples_in(place, **defaults | options))


def test_candidates_are_right_or_wrong_by_the_label(labelled):
    place, _asked = labelled

    one = examples(place)[0]

    assert one.group == "lanternmarket"
    assert one.fields == {
        "total": (Offer({"points": 5.0}, True), Offer({"points": 1.0}, False)),
        "date": (Offer({"points": 3.0}, False),),
        "merchant": (Offer({"points": 0.9}, True),),
    }


def test_a_receipt_is_read_without_and_with_a_day_of_submission(labelled):
    place, asked = labelled

    without, with_one = examples(place)

    shared = date(2026, 11, 20) + delay_of("us/one.jpg")
    assert [options["submitted_on"] for options in asked] == [None, shared]
    assert [options["today"] for options in asked] == [TODAY, shared]
    assert [options["model"] for options in asked] == [Model(), Model()]
    assert without.weight == with_one.weight == 0.5


def test_what_the_paper_shows_stands_in_for_the_label(labelled):
    place, _asked = labelled

    one = examples(place, notes={"us/one.jpg": {"total": "4.00", "date": None}})[0]

    assert [offer.is_right for offer in one.fields["total"]] == [False, True]
    assert one.fields["date"] == (Offer({"points": 3.0}, False),)


def test_worse_copies_weigh_less(labelled):
    place, _asked = labelled

    found = examples(place, copies=2)

    assert [one.weight for one in found] == [0.5, 0.5, 0.2, 0.2, 0.2, 0.2]


def test_every_kind_of_copy_is_made_once():
    assert sorted(copies_of("us/one.jpg", 9)) == sorted(KINDS)
    assert len(copies_of("us/one.jpg", 2)) == 2


def test_what_the_readers_saw_is_the_same_after_json():
    assert sheet_from_json(json.loads(json.dumps(sheet_as_json(SHEET)))) == SHEET


def test_a_look_that_was_taken_before_is_not_taken_again():
    line = SHEET.first[0].lines[-1]

    assert [look.text for look in SHEET.reread(0, line)] == ["Total 4.32"]


def test_without_pictures_nobody_looks_again():
    assert SHEET.reread(0, SHEET.first[0].lines[0]) == []


@pytest.fixture
def picture(tmp_path, monkeypatch):
    """A folder with one picture, and how often it was read and looked at again."""

    class Counting:
        name, times = "first", 0

        def read(self, image):
            self.times += 1
            return page_of(TEXT)

    looks = []

    class Witness:
        def __init__(self, pictures, readers):
            self.pictures = pictures

        def reread(self, page, line):
            looks.append(self.pictures[page].size)
            return [Look(line.text)]

    readers = Readers(Counting(), None)
    monkeypatch.setattr(folder, "load_readers", lambda: readers)
    monkeypatch.setattr(folder, "LineWitness", Witness)
    picture_of(TEXT).save(tmp_path / "one.jpg")
    return tmp_path, readers.first, looks


def test_a_picture_is_read_once_and_kept_with_its_looks(picture, monkeypatch):
    place, first_reader, looks = picture
    (place / "truth.jsonl").write_text(json.dumps(ROW | {"file": "one.jpg"}), "utf-8")
    seen = []

    def read_lines(pages, *, witness, **_options):
        seen.append([look.text for look in witness.reread(0, pages[0].lines[-1])])
        return READING

    monkeypatch.setattr(folder, "read_lines", read_lines)

    first = examples(place)
    second = examples(place, kept_only=True)

    assert first == second
    assert seen == [["Total 4.32"]] * 4
    assert (first_reader.times, len(looks)) == (1, 1)


def test_what_is_not_kept_can_be_left_out(picture):
    place, first_reader, _looks = picture
    kept = place / "none.json"

    assert folder.sheet_of(place, "one.jpg", "", kept, kept_only=True) is None
    assert first_reader.times == 0


def test_a_kept_page_can_be_looked_at_again(picture):
    place, first_reader, looks = picture
    kept = place / "kept.json"
    kept.write_text(json.dumps(sheet_as_json(Sheet((page_of(TEXT),)))), "utf-8")

    sheet = folder.sheet_of(place, "one.jpg", "small", kept, kept_only=False)

    assert sheet.reread(0, sheet.first[0].lines[0]) == [Look("LANTERN MARKET")]
    assert (first_reader.times, len(looks)) == (0, 1)


def test_a_file_that_cannot_be_decoded_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "load_readers", lambda: None)
    (tmp_path / "one.jpg").write_bytes(b"no picture")

    assert folder.sheet_of(tmp_path, "one.jpg", "", None, kept_only=False) is None

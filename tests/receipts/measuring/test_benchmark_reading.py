"""The command, on pictures drawn here and a reader that is told what they print."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from receipts.management.commands import benchmark_reading
from receipts.management.commands.benchmark_reading import NOTES
from receipts.measuring.report import put_between_markers
from receipts.measuring.truth import notes_in
from receipts.reading.chooser import Model
from receipts.reading.readers import Readers
from tests.receipts.reading.paper import page_of, picture_of

TEXT = """
FERNHILL MARKET
12 Harbor Street
03/14/2026 19:45
Rolled oats 3.50
Bananas 2.10
SUBTOTAL 5.60
TAX 0.41
TOTAL 6.01
CASH 10.00
CHANGE 3.99
"""
TRUTH = {
    "source": "drawn",
    "locale": "en_US",
    "merchant": "Fernhill Market",
    "date": "03/14/2026",
    "total": "6.01",
}
MARKERS = "Before.\n\n<!-- benchmark:start -->\n<!-- benchmark:end -->\n\nAfter.\n"


class ToldReader:
    name, version = "told", "1"

    def __init__(self):
        self.reads = 0

    def read(self, image):
        self.reads += 1
        return page_of(TEXT)


@pytest.fixture
def reader(monkeypatch):
    reader = ToldReader()
    monkeypatch.setattr(
        benchmark_reading, "load_readers", lambda: Readers(reader, None)
    )
    return reader


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "receipts"
    (place / "us").mkdir(parents=True)
    picture_of(TEXT).save(place / "us" / "one.jpg")
    (place / "us" / "two.jpg").write_bytes(b"no picture")
    rows = [
        {"file": "us/one.jpg"} | TRUTH,
        {"file": "us/two.jpg"} | TRUTH,
    ]
    (place / "truth.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return place


def test_the_command_writes_tables_plots_and_rows(reader, folder, tmp_path, capsys):
    report = tmp_path / "docs" / "reading.md"
    report.parent.mkdir()
    report.write_text(MARKERS)

    call_command(
        "benchmark_reading",
        folder,
        report=report,
        plots=report.parent / "images",
        json=tmp_path / "rows.json",
    )

    text = report.read_text()
    assert text.startswith("Before.\n\n<!-- benchmark:start -->\n2 receipts, read by")
    assert text.endswith("<!-- benchmark:end -->\n\nAfter.\n")
    assert "| US photos | 2 | 1/2 .500 " in text
    assert "- us/two.jpg: not read (unknown_format)" in text
    assert "](images/reading-accept.svg)" in text
    assert (report.parent / "images" / "reading-misses.svg").is_file()
    assert text.split("\n", 3)[3].startswith(capsys.readouterr().out[:40])


def test_the_rows_hold_no_word_of_the_receipt(reader, folder, tmp_path):
    call_command("benchmark_reading", folder, json=tmp_path / "rows.json")

    told = (tmp_path / "rows.json").read_text()
    rows = json.loads(told)
    assert rows[0]["right_by_label"] == {
        "date": True,
        "total": True,
        "merchant": True,
        "both": True,
    }
    assert rows[1]["error"] == "unknown_format"
    assert not any(word in told.upper() for word in ("FERNHILL", "6.01", "OATS"))


def test_a_reading_that_crashes_is_a_miss(reader, folder, monkeypatch, capsys):
    monkeypatch.setattr(reader, "read", lambda image: 1 / 0)

    call_command("benchmark_reading", folder, limit=1)

    told = capsys.readouterr().out
    assert "- us/one.jpg: not read (crashed: ZeroDivisionError)" in told
    assert "| US photos | 1 | 0/1 .000" in told


def test_a_receipt_is_read_with_a_model_that_has_not_seen_its_merchant(
    reader, folder, monkeypatch, capsys
):
    monkeypatch.setattr(
        benchmark_reading,
        "crossed_models",
        lambda *_told: {"fernhillmarket": Model("without-fernhill")},
    )
    rows = folder.parent / "rows.json"

    call_command("benchmark_reading", folder, cross_validate=folder, json=rows)

    assert json.loads(rows.read_text())[0]["model"] == "without-fernhill"
    assert "hasn’t seen its merchant" in capsys.readouterr().out


def test_without_anything_kept_nothing_is_cross_validated(reader, folder, tmp_path):
    with pytest.raises(CommandError, match="nothing to learn from"):
        call_command("benchmark_reading", folder, cross_validate=tmp_path / "none")


def test_words_that_are_kept_are_not_read_again(reader, folder, tmp_path, capsys):
    for _time in range(2):
        call_command("benchmark_reading", folder, words=tmp_path / "words", limit=1)

    assert reader.reads == 1
    assert "so nothing was timed" in capsys.readouterr().out


def test_words_are_not_kept_in_the_repository(reader, folder):
    with pytest.raises(CommandError, match="outside the repository"):
        call_command(
            "benchmark_reading", folder, words=settings.BASE_DIR / "var" / "words"
        )


def test_a_report_without_markers_is_refused_before_anything_is_read(
    reader, folder, tmp_path
):
    report = tmp_path / "reading.md"
    report.write_text("Before.\n")

    with pytest.raises(CommandError, match="benchmark:start"):
        call_command("benchmark_reading", folder, report=report)

    assert reader.reads == 0
    assert report.read_text() == "Before.\n"


def test_a_folder_without_truth_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"There is no truth\.jsonl"):
        call_command("benchmark_reading", tmp_path)


def test_the_docs_have_a_place_for_the_figures():
    text = (settings.BASE_DIR / "docs" / "reading.md").read_text()

    new = put_between_markers(text, "| new |")

    assert new.count("| new |") == 1
    assert new.startswith("# How well receipts are read")


def test_the_notes_are_dates_amounts_and_reasons():
    notes = notes_in(NOTES)

    assert notes
    for note in notes.values():
        assert note.keys() <= {"date", "total", "tax", "merchant", "why"}
        assert note["why"].endswith(".")
        assert note.get("date") is None or date.fromisoformat(note["date"])
        assert Decimal(note.get("total", "1.00")) > 0

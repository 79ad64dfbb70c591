"""`bin/manage screen_receipt`, which needs no database."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from receipts.management.commands import screen_receipt
from receipts.redaction.whole import Screened
from receipts.screening import screen
from receipts.screening.findings import Finding, Kind, Spot
from receipts.screening.passages import Sheets
from receipts.screening.rules import RULES
from tests.receipts.imaging.pictures import encoded, picture, written
from tests.receipts.redaction.slips import slip

QUAD = ((10, 10), (60, 10), (60, 30), (10, 30))


@pytest.fixture
def rows(capsys):
    """Run the command: the rows that it printed, and its exit code."""

    def run(*arguments) -> tuple[list[dict], int]:
        code = 0
        try:
            call_command("screen_receipt", *map(str, arguments))
        except SystemExit as exit_:
            code = exit_.code
        out = capsys.readouterr().out
        return [json.loads(line) for line in out.splitlines()], code

    return run


@pytest.fixture
def recognises(monkeypatch):
    """Let one rule of the test's be all of screening."""

    def use(pattern: str, kind: Kind, rule: str) -> None:
        def recognise(sheets: Sheets):
            for line in sheets.lines:
                for match in re.finditer(pattern, line.text):
                    yield Finding(kind, rule, sheets.spots(line.part(*match.span())))

        monkeypatch.setattr(screen, "RECOGNISERS", (recognise,))

    return use


def screened(monkeypatch, result: Screened) -> None:
    monkeypatch.setattr(screen_receipt, "screen_file", lambda *_args, **_how: result)


def test_a_held_slip_is_painted_and_its_row_says_where(tmp_path, rows, recognises):
    recognises(r"Rx ?\d+", Kind.PAYMENT_CARD, "card_number")
    made = slip("Milk 2.10\n[Rx 6041873]\nBread 1.99\nTOTAL 4.09", degrees=2)
    path = written(tmp_path, encoded("PNG", made.image), "slip.png")

    (row,), code = rows("--redact-to", tmp_path / "out", path)

    (finding,) = row["findings"]
    (box,) = finding["boxes"]
    ink = [(x, y) for y, x in zip(*made.secret.nonzero(), strict=True)]
    inside = [box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in ink]
    assert sum(inside) > 0.99 * len(ink)
    assert (box[2] - box[0]) * (box[3] - box[1]) < 0.15 * made.open.size
    assert (finding["kind"], finding["confidence"]) == ("payment_card", 1.0)
    assert finding["rule"] == str(RULES["card_number"])
    assert (row["file"], row["decision"]) == (str(path), "hold")
    assert (row["redacted"], row["verified"]) == (
        str(tmp_path / "out" / "slip.jpg"),
        True,
    )
    assert Path(row["redacted"]).exists()
    assert code == 0


def test_boxes_are_padded_bounds_on_their_pages(tmp_path, rows, monkeypatch):
    tilted = ((100, 50), (140, 60), (135, 80), (95, 70))
    finding = Finding(
        Kind.PAYMENT_CARD, "card_number", (Spot(0, QUAD), Spot(1, tilted)), 0.51
    )
    screened(monkeypatch, Screened((finding,), "hold", ((62, 90), (300, 90))))

    (row,), _code = rows(written(tmp_path, b"", "a.pdf"))

    (found,) = row["findings"]
    # Three tenths of the height beside, 12 hundredths above; the page ends at 62.
    assert found["boxes"][0] == [4, 7.6, 62, 32.4]
    assert found["quads"][0] == [[4, 7.6], [66, 7.6], [66, 32.4], [4, 32.4]]
    left, top, right, bottom = found["boxes"][1]
    assert left < 95 < 140 < right
    assert top < 50 < 80 < bottom
    assert found["pages"] == [1, 2]
    assert found["confidence"] == 0.51
    assert (row["redacted"], row["verified"]) == (None, False)


def test_personal_kinds_are_printed_only_when_asked_for(tmp_path, rows, monkeypatch):
    found = (
        Finding(Kind.PHONE, "card_number", (Spot(0, QUAD),)),
        Finding(Kind.PAYMENT_CARD, "card_number", (Spot(0, QUAD),)),
    )
    screened(monkeypatch, Screened(found, "hold", ((100, 100),)))
    path = written(tmp_path, b"", "a.jpg")

    (usual,), _code = rows(path)
    (all_kinds,), _code = rows("--all-kinds", path)

    assert [one["kind"] for one in usual["findings"]] == ["payment_card"]
    assert [one["kind"] for one in all_kinds["findings"]] == ["phone", "payment_card"]


def test_bad_files_have_a_row_that_says_why_and_the_others_are_done(tmp_path, rows):
    good = written(tmp_path, encoded("PNG", picture()), "good.png")
    bad = written(tmp_path, encoded("PNG", picture())[:60], "bad.png")
    html = written(tmp_path, b"<p>Milk 2.10</p>", "mail.html")

    found, code = rows(tmp_path / "missing.jpg", bad, tmp_path, good, html)

    assert [set(row) for row in found[:3]] == [{"file", "error"}] * 3
    assert [row["error"] for row in found[:3]] == [
        "The file can’t be read: No such file or directory.",
        "This file is damaged. Take the picture again.",
        "The file can’t be read: Is a directory.",
    ]
    assert [row["decision"] for row in found[3:]] == ["clear", "clear"]
    assert found[3] == {
        "file": str(good),
        "findings": [],
        "decision": "clear",
        "redacted": None,
        "verified": False,
    }
    assert code == 1


@pytest.mark.parametrize(
    "start", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n", b"II*\0"]
)
def test_whatever_the_bytes_there_is_a_row(tmp_path, rows, start):
    path = written(tmp_path, start + bytes(range(256)) * 3, "odd.jpg")

    (row,), code = rows(path)

    assert set(row) == {"file", "error"}
    assert code == 1


def test_no_message_quotes_what_a_file_holds(tmp_path, rows, monkeypatch):
    def fails(*_args, **_how):
        raise ValueError("SECRET 4111111111111111")

    monkeypatch.setattr(screen_receipt, "screen_file", fails)

    (row,), code = rows(written(tmp_path, b"", "a.jpg"))

    assert row["error"] == "This file can’t be screened. A person must look at it."
    assert code == 1


def test_html_that_is_held_is_not_painted_and_says_so(tmp_path, rows, recognises):
    recognises("Rx", Kind.PAYMENT_CARD, "card_number")
    path = written(tmp_path, b"<p>Milk 2.10</p><p>Rx 6041873</p>", "mail.html")

    (screened_only,), fine = rows(path)
    (row,), code = rows("--redact-to", tmp_path / "out", path)

    assert (screened_only["decision"], fine) == ("hold", 0)
    assert [one["boxes"] for one in row["findings"]] == [[]]
    assert (row["decision"], row["redacted"]) == ("hold", None)
    assert row["error"] == "Only pictures and PDFs can be painted."
    assert code == 1


def test_a_folder_that_can_not_be_made_is_said_at_once(tmp_path, rows):
    path = written(tmp_path, encoded("PNG", picture()), "a.png")

    with pytest.raises(CommandError):
        rows("--redact-to", path / "out", path)

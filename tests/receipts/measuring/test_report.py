from datetime import date
from decimal import Decimal

import pytest

from receipts.measuring.report import (
    NoMarkers,
    Result,
    cell,
    cost_table,
    markdown,
    misses,
    put_between_markers,
    reasons_table,
    robustness_table,
    shares_table,
    targets_table,
)
from receipts.measuring.run import Measured
from receipts.measuring.scoring import Share, score
from receipts.measuring.truth import Truth, as_printed

TRUTH = Truth(
    day=date(2026, 3, 14), total=Decimal("19.01"), merchants=("Fernhill Market",)
)
ROW = {
    "date": "2026-03-14",
    "total": "19.01",
    "merchant": "Fernhill Market",
    "confidence": {"date": 0.99, "total": 0.99, "merchant": 0.9},
    "straight_through": True,
}


def result(row=ROW, *, group="us", note=None, source="SRD", **measured) -> Result:
    printed = as_printed(TRUTH, note or {})
    return Result(
        file=f"{group}/one.jpg",
        group=group,
        source=source,
        measured=Measured(row, **measured),
        labelled=score("one.jpg", group, row, TRUTH),
        printed=score("one.jpg", group, row, printed),
        truth=TRUTH,
        printed_truth=printed,
        why=(note or {}).get("why", ""),
    )


def test_the_generated_part_replaces_only_itself():
    text = "Before\n<!-- benchmark:start -->\nold\n<!-- benchmark:end -->\nAfter\n"

    new = put_between_markers(text, "| a \\1 |\n")

    assert new == (
        "Before\n<!-- benchmark:start -->\n| a \\1 |\n<!-- benchmark:end -->\nAfter\n"
    )


def test_a_report_without_markers_is_left_alone():
    with pytest.raises(NoMarkers, match="benchmark:start"):
        put_between_markers("Before\n<!-- benchmark:start -->\n", "new")


def test_a_cell_tells_count_share_and_interval():
    assert cell(Share(8, 10)) == "8/10 .800 (.490–.943)"
    assert cell(Share(0, 0)) == "–"


def test_the_table_tells_sets_and_their_sources():
    wrong = ROW | {"total": "20.00"}

    table = shares_table(
        [result(), result(wrong, source="WildReceipt"), result(group="my")], "printed"
    )

    names = [line.split(" | ")[0] for line in table.splitlines()[2:]]
    assert names == ["| US photos", "| – SRD", "| – WildReceipt", "| MY scans"]
    us = table.splitlines()[2].split(" | ")
    assert us[3].startswith("1/2 .500")
    assert us[7] == "1"


def test_a_target_is_told_by_paper_and_by_label():
    noted = result(ROW | {"total": "20.00"}, note={"total": "20.00", "why": "A tip."})

    rows = targets_table([noted]).splitlines()

    total = next(row for row in rows if row.startswith("| total right | US photos"))
    assert total.endswith("| met | not met |")


def test_seconds_are_told_of_what_was_read_now():
    timed = {"all": 2.2, "decode": 0.1, "rapidocr": 1.5, "tesseract": 0.5}
    timed["fields"] = 0.1

    table = cost_table(
        [result(seconds=timed), result(seconds=timed, is_remembered=True)]
    )

    assert table.splitlines()[2] == (
        "| US photos | 1 | 2.20 | 2.20 | 0.10 | 1.50 | 0.50 | 0.10 | 1.10 |"
    )


def test_what_it_may_cost_is_a_target_too():
    timed = {"all": 2.2, "rapidocr": 2.0}

    rows = targets_table([result(seconds=timed, peak=900_000_000)]).splitlines()

    assert rows[-4:] == [
        "| CPU seconds, median | US photos | <= 1.5 | 2.20 | not met | not met |",
        "| CPU seconds, p95 | US photos | <= 4 | 2.20 | met | met |",
        "| whole / readers | all | <= 1.15 | 1.10 | met | met |",
        "| GB of the largest process | all | <= 1.2 | 0.90 | met | met |",
    ]


def test_remembered_pages_were_not_timed():
    assert cost_table([result(seconds={"all": 1.0}, is_remembered=True)]) == ""


def test_misses_name_file_field_and_what_was_read():
    noted = result(
        ROW | {"date": "2026-03-15", "merchant": None},
        note={"total": "20.00", "why": "A tip."},
    )

    assert misses([noted], "printed") == [
        "- us/one.jpg: date 2026-03-14, read 2026-03-15 (straight through)",
        "- us/one.jpg: total 20.00, read 19.01 (straight through)",
        "- us/one.jpg: merchant Fernhill Market, read nothing (straight through)",
    ]


def test_a_file_that_was_not_read_is_a_miss():
    assert misses([result({"error": "damaged"})], "labelled") == [
        "- us/one.jpg: not read (damaged)"
    ]


def test_reasons_are_counted_by_set():
    table = reasons_table(
        [result(reasons=("no_date", "no_total")), result(group="my", reasons=())]
    )

    assert table.splitlines()[2:] == ["| `no_date` | 1 | 0 |", "| `no_total` | 1 | 0 |"]


def test_what_was_made_worse_has_its_table():
    row = {"variant": "turned by 90", "set": "us", "n": 10}
    row |= {"date": 9, "total": 9, "both": 8, "straight": 5, "wrong": 0}

    table = robustness_table([row])

    assert table.splitlines()[2].startswith("| turned by 90 | US photos | 9/10 .900")


def test_the_whole_holds_tables_plots_misses_and_notes():
    noted = result(note={"total": "19.01", "why": "The label has no total."})

    text = markdown([noted], "One receipt.", {"accept": "images/a.svg"})

    assert text.startswith("One receipt.\n\n### Targets")
    assert "](images/a.svg)" in text
    assert "- us/one.jpg: The label has no total." in text
    assert "made worse" not in text

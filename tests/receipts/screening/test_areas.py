"""A block is painted with its gaps: what a reader left out stands there."""

from receipts.reading.page import Line, Page, Word
from receipts.screening.areas import spots_of
from receipts.screening.findings import Spot
from receipts.screening.passages import Sheets
from receipts.screening.rows import Row


def rows_of(*words):
    """A row of every word: text, left, top, and the pixels that it falls."""
    lines = []
    for text, left, top, falls in words:
        right = left + 10 * len(text)
        corners = (
            (left, top),
            (right, top + falls),
            (right, top + falls + 18),
            (left, top + 18),
        )
        box = (left, top, right, top + falls + 18)
        lines.append(Line((Word(text, box, 0.9, corners),)))
    page = Page(tuple(lines), 600, 400, "rapidocr")
    sheets = Sheets.of([page])
    rows = [
        Row(number, passage, line, (), False)
        for number, (passage, line) in enumerate(zip(sheets.lines, lines, strict=True))
    ]
    return sheets, rows


def test_a_lines_end_is_painted_as_far_as_its_block_goes():
    sheets, (row,) = rows_of(("REFILLS", 100, 50, 0))

    _word, left, right = spots_of(row, None, (80, 200), sheets)

    assert left == Spot(0, ((80, 50), (100, 50), (100, 68), (80, 68)))
    assert right == Spot(0, ((170, 50), (200, 50), (200, 68), (170, 68)))


def test_no_end_is_painted_farther_than_it_can_be_told():
    sheets, (row,) = rows_of(("REFILLS", 100, 50, 0))

    _word, right = spots_of(row, None, (100, 5000), sheets)

    assert right.corners[1] == (170 + 12 * 18, 50)


def test_an_end_follows_the_slope():
    sheets, (row,) = rows_of(("REFILLS", 100, 50, 7))

    _word, right = spots_of(row, None, (100, 200), sheets)

    assert right.corners[:2] == ((170, 57), (200, 60))


def test_a_gap_between_two_lines_may_hold_a_faint_one():
    sheets, (upper, lower) = rows_of(("REFILLS", 100, 50, 0), ("DAILY", 90, 110, 0))

    *_words, gap = spots_of(upper, lower, (90, 170), sheets)

    assert gap == Spot(0, ((90, 68), (170, 68), (170, 110), (90, 110)))


def test_lines_set_close_have_no_gap():
    sheets, (upper, lower) = rows_of(("REFILLS", 100, 50, 0), ("DAILY AT", 100, 76, 0))

    (word, end) = spots_of(upper, lower, (100, 180), sheets)

    assert (word.corners[0], end.corners[0]) == ((100, 50), (170, 50))

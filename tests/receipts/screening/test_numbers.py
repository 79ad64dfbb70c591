"""Groups of digits as readers see them, and what is painted over for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.reading.page import Line, Page, Word
from receipts.screening.numbers import (
    is_trade_item,
    joined,
    mended,
    passes_luhn,
    runs_in,
    whole_spots,
)
from receipts.screening.passages import Sheets


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("VISA 4111 1111", [["4111", "1111"]]),
        ("DISCOVER6011", [["6011"]]),
        ("4l11-IIII", [["4111", "1111"]]),
        ("41/11 5.00", [["5", "00"]]),
        ("12/28 4111", [["4111"]]),
        ("19:45 4111", [["4111"]]),
        ("1234 x 5678", [["1234"], ["5678"]]),
        ("BOXES", []),
    ],
)
def test_digits_stand_in_groups_and_groups_in_runs(text, groups):
    assert [[g.digits for g in run.groups] for run in runs_in(text)] == groups


def test_look_alikes_are_mended_where_digits_stand_alone():
    assert mended("SO 0l5 BIG CARDS 1O VISA4") == "50 015 816 CARDS 10 VISA4"
    assert mended("SOLO") == "SOLO"


@given(st.text("0123456789", min_size=12, max_size=18), st.integers(1, 9))
def test_luhn_notices_any_single_digit_misread(digits, more):
    whole = next(f"{digits}{n}" for n in range(10) if passes_luhn(f"{digits}{n}"))
    other = f"{(int(whole[0]) + more) % 10}{whole[1:]}"

    assert not passes_luhn(other)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("4006381333931", True),
        ("4006381333930", False),
        ("00012345678905", True),
        ("036000291452", False),
    ],
)
def test_trade_items_have_thirteen_or_fourteen_digits(digits, expected):
    assert is_trade_item(digits) is expected


def quad(left, top, right, bottom):
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def test_words_of_a_number_are_painted_with_the_gaps_between_them():
    (whole,) = joined([quad(0, 0, 40, 10), quad(60, 1, 100, 11)])

    xs, ys = zip(*whole, strict=True)
    assert (min(xs) <= 0, max(xs) >= 100) == (True, True)
    assert (min(ys) <= 0.5, max(ys) >= 10.5) == (True, True)


def test_words_that_do_not_lie_straight_are_painted_each_with_each_gap():
    quads = [quad(0, 0, 40, 10), quad(60, 12, 100, 22), quad(120, 0, 160, 10)]

    assert joined(quads) == [
        *quads,
        ((40, 0), (60, 12), (60, 22), (40, 10)),
        ((100, 12), (120, 0), (120, 10), (100, 22)),
    ]


def test_a_number_over_two_lines_has_a_spot_on_each():
    lines = tuple(Line((Word("4111", (0, top, 40, top + 10), 0.9),)) for top in (0, 20))
    sheets = Sheets.of([Page(lines, 100, 50, "rapidocr")])

    spots = whole_spots(sheets, sheets.lines[0] + sheets.lines[1])

    assert [spot.corners for spot in spots] == [quad(0, 0, 40, 10), quad(0, 20, 40, 30)]

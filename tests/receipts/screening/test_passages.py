import pytest

from receipts.reading.page import Line, Page, Word
from receipts.screening.findings import Spot
from receipts.screening.passages import Sheets

PAGE = Page(
    (
        Line(
            (
                Word("RX 123", (0, 0, 60, 10), 0.9),
                Word("4567", (70, 0, 110, 10), 0.9),
            )
        ),
        Line(
            (
                Word(
                    "DOE",
                    (0, 20, 30, 36),
                    0.9,
                    ((0, 20), (30, 26), (30, 36), (0, 30)),
                ),
            )
        ),
    ),
    200,
    100,
    "rapidocr",
)


def test_a_line_is_its_words_with_spaces_between_them():
    first, second = Sheets.of([PAGE]).lines

    assert first.text == PAGE.lines[0].text == "RX 123 4567"
    assert second.text == "DOE"


def test_part_of_a_word_is_painted_with_half_a_letter_more():
    sheets = Sheets.of([PAGE])

    spots = sheets.spots(sheets.lines[0].part(3, 11))

    assert spots == (
        Spot(0, ((25.0, 0.0), (60.0, 0.0), (60.0, 10.0), (25.0, 10.0))),
        Spot(0, ((70.0, 0.0), (110.0, 0.0), (110.0, 10.0), (70.0, 10.0))),
    )


def test_spots_follow_tilted_text():
    sheets = Sheets.of([PAGE])

    (spot,) = sheets.spots(sheets.lines[1].part(0, 1))

    assert spot.corners == ((0.0, 20.0), (15.0, 23.0), (15.0, 33.0), (0.0, 30.0))


def test_letters_left_out_or_replaced_keep_their_places():
    sheets = Sheets.of([PAGE])
    joined = sheets.lines[0] + sheets.lines[1]

    mended = joined.without(" ").translated(str.maketrans("O", "0"))

    assert mended.text == "RX1234567D0E"
    assert [spot.corners[0] for spot in sheets.spots(mended.part(9, 12))] == [(0, 20)]


def test_a_table_that_changes_the_length_is_refused():
    with pytest.raises(ValueError, match="one letter by one"):
        Sheets.of([PAGE]).lines[0].translated(str.maketrans({"R": "rr"}))


def test_part_of_a_word_is_where_its_letters_are_if_the_reader_tells():
    word = Word("WW II", (0, 0, 100, 10), 0.9, None, (0.2, 0.5, 0.72, 0.84, 0.94))
    sheets = Sheets.of([Page((Line((word,)),), 200, 100, "rapidocr")])

    (spot,) = sheets.spots(sheets.lines[0].part(3, 5))

    # Half way between the space and the letter, and a quarter of a letter more.
    assert spot.corners[0] == pytest.approx((73, 0))
    assert spot.corners[2] == (100, 10)

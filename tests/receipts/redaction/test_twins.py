import pytest

from receipts.redaction.twins import twins
from receipts.screening.texts import page_of_text


def over(page, line, first, last):
    """A quad over some words of a line."""
    boxes = [word.box for word in page.lines[line].words[first : last + 1]]
    left, top, right, bottom = boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def found(text, *quads):
    page = page_of_text(text)
    spots = twins([page], [[over(page, *quad) for quad in quads]])
    return [(spot.corners[0], spot.corners[1][0]) for spot in spots]


def test_a_number_that_stands_twice_is_found_again():
    assert found("RX 7788991\nOLIVE OIL\nREF 7788991", (0, 0, 1)) == [((40, 40), 110)]


def test_what_a_reader_made_of_it_is_found_too():
    assert found("RX 7788991\nREF 77-889 9l", (0, 0, 1)) == [
        ((40, 20), 100),
        ((110, 20), 130),
    ]


def test_a_name_of_two_words_is_found_again():
    assert found("PATIENT JANE DOEHURST\nJane Doehurst 4.00", (0, 1, 2)) == [
        ((0, 20), 40),
        ((50, 20), 130),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CORNER PHARMACY RX 7788991\nPHARMACY HOURS",  # a word of a longer text
        "RX 7788991\nREF 778",  # too little of it
        "RX 7788991",
    ],
)
def test_what_is_no_twin_is_left(text):
    last = len(text.splitlines()[0].split()) - 1

    assert found(text, (0, 0, last)) == []


def test_what_is_painted_in_both_places_is_none():
    assert found("RX 7788991\nREF 7788991", (0, 0, 1), (1, 0, 1)) == []

import pytest

from receipts.reading.page import Line, Page, Word
from receipts.redaction.paint import padded
from receipts.redaction.texts import without


def level(left, top, right, bottom):
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def page(*lines: tuple[Word, ...]) -> Page:
    return Page(tuple(map(Line, lines)), 600, 400, "rapidocr")


def word(text: str, left: float = 0, top: float = 0) -> Word:
    """Ten pixels a letter, twenty high."""
    return Word(text, (left, top, left + 10 * len(text), top + 20), 0.9)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_words_under_a_quad_go_and_so_does_an_empty_line():
    read = page(
        (word("MILK"), word("2.10", 300)),
        (word("NAME:", 0, 30), word("DOE", 60, 30)),
        (word("REFILLS", 0, 60),),
    )

    left = without(read, [level(58, 28, 92, 52), level(0, 60, 70, 80)])

    assert texts(left) == ["MILK 2.10", "NAME:"]
    assert (left.width, left.height, left.reader) == (600, 400, "rapidocr")


def test_what_is_not_touched_stays_the_same():
    read = page((word("MILK"), word("2.10", 300)))

    assert without(read, [level(0, 30, 500, 50)]) == read


def test_padding_over_the_next_line_takes_nothing_from_it():
    read = page((word("NAME DOE", 0, 30),), (word("MILK 2.10", 0, 52),))

    left = without(read, [padded(level(0, 30, 80, 50))])

    assert texts(left) == ["MILK 2.10"]


def test_a_word_loses_the_letters_under_the_quad_and_keeps_their_place():
    read = page((word("PATIENT: JANE DOE MILK", 100),))

    left = without(read, [level(188, 0, 272, 20)])

    assert texts(left) == ["PATIENT: MILK"]
    assert [part.box for part in left.lines[0].words] == [
        (100, 0, 180, 20),
        (280, 0, 320, 20),
    ]


@pytest.mark.parametrize(
    ("text", "quad", "expected"),
    [
        ("PATIENTS", level(0, 0, 20, 20), ["TIENTS"]),
        ("PATIENTS", level(0, 0, 50, 20), []),  # mostly covered
        ("RXS", level(0, 0, 12, 20), ["XS"]),
        ("RX", level(0, 0, 10, 20), []),  # a single letter would stay
        ("4111111111111111", level(0, 0, 40, 20), []),  # a number goes whole
        ("ID4111111111111111", level(0, 0, 10, 20), ["D4111111111111111"]),
    ],
)
def test_a_word_that_is_partly_covered_goes_whole_when_unsure(text, quad, expected):
    assert texts(without(page((word(text),)), [quad])) == expected


def test_a_word_covered_by_two_quads_together_goes():
    read = page((word("PATIENTS"),))

    assert texts(without(read, [level(0, 0, 45, 20), level(45, 0, 80, 20)])) == []


def test_tilted_words_are_covered_where_they_are():
    corners = ((0, 0), (200, 40), (196, 60), (-4, 20))
    read = page((Word("RX 1234 MILK 2.10 EACH", (-4, 0, 200, 60), 0.9, corners),))

    left = without(read, [((-2, -2), (68, 12), (64, 35), (-6, 21))])

    (rest,) = left.lines[0].words
    assert rest.text == "MILK 2.10 EACH"
    assert rest.corners[1:3] == ((200, 40), (196, 60))
    assert rest.corners[0] == pytest.approx((200 * 8 / 22, 40 * 8 / 22))


def test_letters_are_covered_where_the_reader_saw_them():
    letters = (0.2, 0.5, 0.72, 0.84, 0.94)
    read = page((Word("WW II", (0, 0, 100, 20), 0.9, None, letters),))

    left = without(read, [level(0, 0, 67, 20)])

    (rest,) = left.lines[0].words
    assert (rest.text, rest.box) == ("II", (78, 0, 100, 20))
    assert rest.letters == pytest.approx((6 / 22, 16 / 22))

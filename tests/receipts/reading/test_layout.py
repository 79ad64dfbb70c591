import math

import pytest

from receipts.reading.layout import Quad, lines_of

WORDS = [("Milk", 40, 40), ("3.00", 300, 40), ("Bread", 40, 80), ("4.50", 300, 80)]


def quads(move):
    """Words 20 pixels high with each corner moved by a function of its place."""
    return [
        Quad(
            text,
            tuple(
                move(x + dx, y + dy) for dx, dy in ((0, 0), (90, 0), (90, 20), (0, 20))
            ),
            0.9,
        )
        for text, x, y in reversed(WORDS)
    ]


@pytest.mark.parametrize("degrees", [-15, -7, 0, 7, 15])
def test_tilted_words_come_in_lines(degrees):
    turn = math.radians(degrees)

    lines = lines_of(
        quads(
            lambda x, y: (
                x * math.cos(turn) - y * math.sin(turn),
                x * math.sin(turn) + y * math.cos(turn),
            )
        )
    )

    assert [line.text for line in lines] == ["Milk 3.00", "Bread 4.50"]


def test_words_on_bent_paper_come_in_lines():
    lines = lines_of(quads(lambda x, y: (x, y + 0.0002 * (x - 40) ** 2)))

    assert [line.text for line in lines] == ["Milk 3.00", "Bread 4.50"]


def test_no_words_are_no_lines():
    assert lines_of([]) == ()


def test_a_line_longer_than_any_printer_makes_is_broken():
    long = [
        Quad(
            "x" * 99,
            ((x, 0), (x + 90, 0), (x + 90, 20), (x, 20)),
            1.0,
        )
        for x in range(0, 700, 100)
    ]

    lines = lines_of(long)

    assert [len(line.words) for line in lines] == [3, 3, 1]

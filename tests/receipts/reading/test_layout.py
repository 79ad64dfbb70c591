import math
import random
import time

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


# A column of goods and, far on the right, of amounts; some lines have no amount, and
# the spaces between the lines differ.
GOODS = [
    ("Oat milk", "3.49"),
    ("Rye bread", "4.10"),
    ("sliced", None),
    ("Pears", "2.00"),
    ("Tea", "11.25"),
    ("no sugar", None),
    ("Olive oil large", "9.99"),
    ("SUBTOTAL", "30.83"),
    ("Tax", "2.47"),
    ("TOTAL", "33.30"),
]
STEPS = [0, 26, 26, 26, 26, 26, 26, 44, 26, 40]


def shop(move, *, goods=GOODS, letter=11, height=24, right=560):
    """The goods' words, as a reader that boxes words loosely finds them."""
    found, y = [], 60
    for (words, amount), step in zip(goods, STEPS, strict=True):
        y += step
        pairs = [(words, 40)]
        if amount:
            pairs.append((amount, right - letter * len(amount)))
        for text, x in pairs:
            length = letter * len(text)
            corners = (
                (x, y),
                (x + length, y),
                (x + length, y + height),
                (x, y + height),
            )
            moved = [move(*corner) for corner in corners]
            found.append(Quad(text, tuple((round(a), round(b)) for a, b in moved), 0.9))
    return found


def as_printed(goods=GOODS):
    return [f"{words} {amount}" if amount else words for words, amount in goods]


def skewed(degrees):
    turn = math.radians(degrees)
    return lambda x, y: (
        x * math.cos(turn) - y * math.sin(turn),
        x * math.sin(turn) + y * math.cos(turn),
    )


BENDS = {
    "level": lambda x, y: (x, y),
    "an arc": lambda x, y: (x, y + 0.0005 * (x - 300) ** 2),
    "an arc, tilted": lambda x, y: (x, y + 0.12 * x + 0.0003 * (x - 300) ** 2),
    # Lines fan out from left to right, the upper ones climbing.
    "a fan": lambda x, y: (x, y + (y - 200) * 0.0005 * x),
    # Only the left end is curled, and most at the top.
    "a curled end": lambda x, y: (
        x,
        y - 30 * math.exp(-max(0, x - 40) / 120) * (1 - y / 600),
    ),
    # The paper is rolled towards the reader at the top.
    "a curled top": lambda x, y: (x, y + 0.08 * x * max(0, 1 - y / 250)),
    "a wave": lambda x, y: (x, y + 10 * math.sin(x / 140)),
}


@pytest.mark.parametrize("bend", BENDS)
def test_amounts_land_on_their_line_on(bend):
    assert [line.text for line in lines_of(shop(BENDS[bend]))] == as_printed()


@pytest.mark.parametrize("degrees", [-15, -8, -3, 3, 8, 15])
def test_amounts_land_on_their_line_on_skewed_paper(degrees):
    lines = lines_of(shop(skewed(degrees)))

    assert [line.text for line in lines] == as_printed()


def test_one_line_without_an_amount_moves_none_of_the_others():
    goods = [(w, None if w == "Pears" else a) for w, a in GOODS]

    lines = lines_of(shop(BENDS["an arc, tilted"], goods=goods))

    assert [line.text for line in lines] == as_printed(goods)


def boxed(text, x, y, *, length=None, height=20):
    length = length or 10 * len(text)
    return Quad(
        text, ((x, y), (x + length, y), (x + length, y + height), (x, y + height)), 0.9
    )


def test_flags_stay_with_their_amount():
    lines = lines_of(
        [
            boxed("Soap", 40, 40),
            boxed("1.75", 400, 42),
            boxed("T", 450, 44),
            boxed("Comb", 40, 66),
            boxed("2.10", 400, 68),
            boxed("F", 450, 70),
        ]
    )

    assert [line.text for line in lines] == ["Soap 1.75 T", "Comb 2.10 F"]


def test_two_columns_of_amounts_keep_their_order():
    lines = lines_of(
        [
            boxed("Soap", 40, 40),
            boxed("1.75", 250, 41),
            boxed("3.50", 400, 42),
            boxed("Comb", 40, 66),
            boxed("2.10", 250, 67),
            boxed("2.10", 400, 68),
        ]
    )

    assert [line.text for line in lines] == ["Soap 1.75 3.50", "Comb 2.10 2.10"]


def test_an_amount_far_from_any_line_stays_alone():
    lines = lines_of([boxed("Soap", 40, 40), boxed("1.75", 400, 120)])

    assert [line.text for line in lines] == ["Soap", "1.75"]


def test_quantities_boxed_as_one_word_stand_on_their_lines():
    lines = lines_of(
        [
            boxed("23", 20, 40, length=14, height=44),
            boxed("Buns", 60, 40),
            boxed("1.75", 400, 41),
            boxed("Jam", 60, 64),
            boxed("9.30", 400, 65),
        ]
    )

    assert [line.text for line in lines] == ["2 Buns 1.75", "3 Jam 9.30"]


def scattered(count):
    chance = random.Random(7)
    return [
        Quad(
            chance.choice(["ab", "1.00", "22", "several words"]),
            tuple((chance.uniform(0, 2000), chance.uniform(0, 3000)) for _ in range(4)),
            0.5,
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    "quads",
    [
        pytest.param([boxed("1.00", 10, 10)] * 3000, id="one place"),
        pytest.param([boxed("", 0, 0, height=0)] * 3000, id="no size"),
        pytest.param(scattered(3000), id="scattered"),
        pytest.param(
            [boxed("1.00", x, 3 * y) for x in (10, 400) for y in range(1500)],
            id="amounts alone",
        ),
    ],
)
def test_what_is_no_receipt_keeps_all_its_words_and_takes_no_time(quads):
    start = time.process_time()

    lines = lines_of(quads)

    assert time.process_time() - start < 4
    # Figures boxed as one word may be parted.
    assert sum(len(line.words) for line in lines) >= len(quads)


def test_the_time_grows_with_the_words_alone():
    def seconds(count):
        quads = [
            boxed(f"word{n % 7}" if n % 4 else "1.00", 60 + 90 * (n % 8), 26 * (n // 8))
            for n in range(count)
        ]
        start = time.process_time()
        lines_of(quads)
        return time.process_time() - start

    assert seconds(8000) < 8 * max(0.2, seconds(2000))

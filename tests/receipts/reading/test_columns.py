"""Items of lines with boxes: the column tells an item's amount from other prices."""

from decimal import Decimal

from receipts.reading.items import items_of
from receipts.reading.page import Line, Word
from receipts.reading.totals import labeled

# (words, amount in the column or None); "|" parts what the reader boxes apart.
MENU = [
    ("Rice Bowl", "12.80"),
    ("Large, Mango ($1.50)", None),
    ("Miso Soup", "3.00"),
    ("Iced Tea", "2.50"),
    ("Plum Cake 1.99", "4.00"),
    ("Subtotal", "22.30"),
]


def lines_of(menu, *, slope=0.0):
    """Lines 30 pixels apart; the amounts end at 500 pixels, farther where it slopes."""
    lines = []
    for n, (words, amount) in enumerate(menu):
        y = 30 * n
        shift = slope * y
        boxes = [Word(words, (20 + shift, y, 20 + 10 * len(words) + shift, y + 20), 1)]
        if amount:
            left = 500 - 10 * len(amount) + shift
            boxes.append(Word(amount, (left, y, 500 + shift, y + 20), 1))
        lines.append(Line(tuple(boxes)))
    return lines


def items(lines):
    rows = labeled([line.text for line in lines])
    return [(item.description, item.amount) for item in items_of(rows, lines)]


EXPECTED = [
    ("Rice Bowl", Decimal("12.80")),
    ("Miso Soup", Decimal("3.00")),
    ("Iced Tea", Decimal("2.50")),
    ("Plum Cake", Decimal("4.00")),
]


def test_a_price_left_of_the_column_is_no_items():
    assert items(lines_of(MENU)) == EXPECTED


def test_the_column_is_followed_on_tilted_paper():
    assert items(lines_of(MENU, slope=0.6)) == EXPECTED


def test_the_sums_tell_the_column_of_a_single_item():
    menu = [MENU[0], MENU[1], ("Subtotal", "12.80"), ("Tax", "1.00")]

    assert items(lines_of(menu)) == EXPECTED[:1]


def test_items_in_a_column_left_of_the_sums_are_items():
    menu = [
        ("1 D 30.00 SR", None),
        ("Fish Dish", None),
        ("1 D 5.00 SR", None),
        ("Tea", None),
        ("Total", "35.00"),
        ("CASH", "35.00"),
    ]

    assert items(lines_of(menu)) == [
        ("Fish Dish", Decimal("30.00")),
        ("Tea", Decimal("5.00")),
    ]


def test_a_price_in_a_description_below_its_amount_is_part_of_it():
    menu = [
        ("1x 000071230650", "2.70"),
        ("MELON 0.89", None),
        ("1x 000071230651", "8.00"),
        ("HAND CREAM", None),
        ("1x 000071230652", "4.60"),
        ("SPONGE", None),
        ("Sub-total", "15.30"),
    ]

    assert items(lines_of(menu)) == [
        ("MELON", Decimal("2.70")),
        ("HAND CREAM", Decimal("8.00")),
        ("SPONGE", Decimal("4.60")),
    ]


def test_lines_that_are_not_the_rows_are_left_unused():
    rows = labeled([line.text for line in lines_of(MENU)])

    assert items_of(rows, lines_of(MENU)[:-1]) == items_of(rows)
    assert items_of(rows, []) == items_of(rows)

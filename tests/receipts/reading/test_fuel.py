"""Receipts of pumps, made up."""

from decimal import Decimal

import pytest

from receipts.reading.items import items_of
from receipts.reading.totals import labeled


def items(text):
    return [
        (i.description, i.quantity, i.unit_price, i.amount)
        for i in items_of(labeled(text.split("\n")))
    ]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        (
            "Harbor Gas\nPump 04\nUNLEADED REGULAR\nGallons 10.500\nPrice/g $ 3.199\n"
            "Total $ 33.59",
            ("UNLEADED REGULAR", "10.500", "3.199", "33.59"),
        ),
        (
            "Harbor Gas\nVolume: 8.002 G\nPrice: 2.999/gal\nFuel sale $24.00",
            ("Fuel", "8.002", "2.999", "24.00"),
        ),
    ],
)
def test_volume_and_price_make_an_item(text, item):
    words, *figures = item

    assert items(text) == [(words, *map(Decimal, figures))]


def test_what_does_not_multiply_is_no_fuel():
    assert items("Harbor Gas\nGallons 10.500\nPrice/g 3.199\nTotal $ 52.00") == []

"""A reading as `read_receipt` prints it."""

from decimal import Decimal

import pytest

from receipts.reading.result import LineItem, Reading, reading_as_json


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("2.5", "2.50"),
        ("2.5000", "2.50"),
        ("3.459", "3.459"),
        ("3.4590", "3.459"),
        ("3.4599", "3.4599"),
        ("0.0045", "0.0045"),
        ("1200", "1200.00"),
        ("1.2E+3", "1200.00"),
        ("0", "0.00"),
        ("-0.25", "-0.25"),
        (None, None),
    ],
)
def test_a_unit_price_is_printed_with_all_its_decimals_but_at_least_two(
    price, expected
):
    price = None if price is None else Decimal(price)
    item = LineItem("Diesel", Decimal(1), Decimal("9.99"), price)

    row = reading_as_json(Reading(items=(item,)))

    assert row["items"][0]["unit_price"] == expected

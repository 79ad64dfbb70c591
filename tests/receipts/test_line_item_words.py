"""What a panelist reads beside a line: what one piece cost, and what kind it is."""

from decimal import Decimal

import pytest

from receipts.models import LineItem
from receipts.templatetags.line_items import each, kind_word


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "expected"),
    [
        ("3.000", "2.5000", "7.50", "2.50"),
        ("4.200", "3.4590", "14.53", "3.459"),
        ("4.200", "3.4599", "14.53", "3.4599"),
        ("2.000", "1200.0000", "2400.00", "1,200.00"),
        ("2.000", "2.5000", "-5.00", "2.50"),
        ("2.000", "0.0000", "0.00", "0.00"),
        ("1.000", "4.2400", "2.00", "4.24"),
        ("1.000", "2.5000", "2.50", ""),
        ("1.000", "2.5000", "-2.50", ""),
        ("2.000", None, "5.00", ""),
    ],
)
def test_a_unit_price_is_said_where_the_amount_does_not_say_it(
    quantity, price, amount, expected
):
    item = LineItem(
        quantity=Decimal(quantity),
        unit_price=None if price is None else Decimal(price),
        amount=Decimal(amount),
    )

    assert each(item) == expected


@pytest.mark.parametrize(
    ("description", "kind", "expected"),
    [
        ("Tea", "item", ""),
        ("Tea", "void", "Void"),
        ("VOID Tea", "void", ""),
        ("Coupon", "discount", "Discount"),
        ("Member discount", "discount", ""),
    ],
)
def test_a_kind_is_said_where_the_description_does_not_say_it(
    description, kind, expected
):
    assert kind_word(LineItem(description=description, kind=kind)) == expected

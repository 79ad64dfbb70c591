from decimal import Decimal

import pytest

from receipts.reading.amounts import amounts_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("TOTAL 12.34", ["12.34"]),
        ("TOTAL $12.34", ["12.34"]),
        ("Total $ 1,234.56", ["1234.56"]),
        ("Summe EUR 1.234,56", ["1234.56"]),
        ("2 x 3.50 7.00", ["3.50", "7.00"]),
        ("Refund -5.00", ["-5.00"]),
        ("Coupon 5.00-", ["-5.00"]),
        ("Coupon (5.00)", ["-5.00"]),
        ("CHANGE RM .05", ["0.05"]),
        ("TOTAL 1O.5O", ["10.50"]),
        ("TOTAL 12 .34", ["12.34"]),
        ("Tax 6.00% 1.20", ["1.20"]),
        ("TAX(9%):2.80", ["2.80"]),
        ("Total:12.34", ["12.34"]),
        ("12:31.00", []),
        ("12.05.2020", []),
        ("12.05.20 14:02", []),
        ("0.53 kg tomatoes 2.11", ["2.11"]),
        ("Phone 555.123.4567", []),
        ("Item 123456", []),
        ("", []),
    ],
)
def test_sums_of_money_are_found(text, values):
    assert [amount.value for amount in amounts_in(text)] == [*map(Decimal, values)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CANDLES 3.99", "CANDLES "),
        ("CORNER FARM 3.99", "CORNER FARM "),
        ("Rice S3.99", "Rice "),
        ("Rice RM 3.99", "Rice "),
        ("TotalRM3.99", "Total"),
    ],
)
def test_the_end_of_a_word_is_no_currency(text, words):
    (amount,) = amounts_in(text)

    assert (text[: amount.start], amount.value) == (words, Decimal("3.99"))

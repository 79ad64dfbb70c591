import pytest

from receipts.reading.currency import currency_of
from receipts.reading.locales import locale_named

US = locale_named("en_US")


@pytest.mark.parametrize(
    "line",
    [
        "AVOCADOS 4CT  5.49",
        "AVO CAD0S  5.49",
        "EUROPEAN BUTTER  4.99",
        "PLNT BASED MILK",
        "Total US$ 8.10",
    ],
)
def test_a_currency_inside_a_word_is_none(line):
    currency, _confidence = currency_of([line], US)

    assert currency == "USD"


@pytest.mark.parametrize(
    ("lines", "currency"),
    [
        (["TOTAL CAD 12.50", "PAID CAD 12.50"], "CAD"),
        (["Total CA$12.50"], "CAD"),
        (["TOTAL CAD12.50"], "CAD"),
        (["SUMME EUR 8,10", "BAR EUR 8,10"], "EUR"),
        (["Total 12,50€"], "EUR"),
        (["S$ 4.00"], "SGD"),
    ],
)
def test_a_currency_that_stands_alone_is_named(lines, currency):
    assert currency_of(lines, US)[0] == currency


def test_the_locales_own_currency_wins_where_it_is_named():
    assert currency_of(["EUR 1.00 = USD 1.08", "TOTAL USD 9.00"], US) == ("USD", 0.97)

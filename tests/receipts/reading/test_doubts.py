"""Receipts on which something speaks against the total; every one is fictional."""

from datetime import date

import pytest

from receipts.reading.locales import locale_named
from receipts.reading.read import read_lines
from tests.receipts.reading.paper import page_of

TODAY = date(2026, 11, 23)
SHOP = """
Fern Hill Market
12 Harbor Street
Portland, OR 97205
(503) 555-0142
www.fernhillmarket.com
11/20/2026 2:22 PM
11/20/2026 2:22 PM
"""
BASKET = "Milk 3.49\nBread 2.99\nSubtotal 6.48\nTax 0.45\nTotal 6.93\n"
DINNER = "Ramen 9.98\nGyoza 6.00\nSubtotal 15.98\nTax 1.12\nTotal 17.10\n"


def read(text, *, locale="en_US"):
    return read_lines(
        [page_of(SHOP + "\n\n" + text, confidence=0.98)],
        locale=locale_named(locale),
        submitted_on=None,
        today=TODAY,
    )


@pytest.mark.parametrize(
    "text",
    [
        BASKET,
        BASKET + "Visa 6.93\n",
        BASKET + "Cash 10.00\nChange 3.07\n",
        # Cash back, and what two means paid together.
        BASKET + "Debit 26.93\nCash back 20.00\n",
        BASKET + "Cash 5.00\nCash 10.00\nChange 8.07\n",
        DINNER + "Suggested tip 18% 3.08\nSuggested tip 20% 3.42\n",
        DINNER + "Visa 17.10\nTip ______\nTotal ______\n",
        "Ramen 15.98\nSubtotal 15.98\nTax 1.12\nTip 3.00\nTotal 20.10\nVisa 20.10\n",
    ],
)
def test_nothing_speaks_against_a_plain_total(text):
    reading = read(text)

    assert [reason.sentence for reason in reading.reasons] == []
    assert reading.straight_through


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (DINNER + "Visa 17.10\nTip 3 00\nTotal 20 10\n", "A tip stands below"),
        (DINNER + "Visa 17.10\nTip 3\nTotal\n", "A tip stands below"),
        (DINNER + "Visa 17.10\nTip 3.00\nTotal zo.lo\n", "A tip stands below"),
        (
            DINNER + "Visa 17.10\nTip 3.00\nTotal 26.10\n",
            "Another line prints a larger",
        ),
        ("Total (cash) 6.93\nTotal (credit) 7.14\n", "Another"),
        (
            BASKET + "Card surcharge 3% 0.21\nVisa charged 7.14\n",
            "A card was charged more",
        ),
        (BASKET + "Visa 26.93\n", "A card was charged more, 26.93."),
        (BASKET + "Loyalty discount -1.00\nVisa 5.93\n", "A card was charged less"),
        (
            BASKET + "Mfr coupon 1.00\nCash 10.00\nChange 4.07\n",
            "Cash and change come to 5.93.",
        ),
        (
            "Milk 6.48\nSubtotal 6.48\nTax 0.45\nTotal 16.93\nVisa 16.93\n",
            "Subtotal and tax come to 6.93.",
        ),
    ],
)
def test_what_speaks_against_the_total_leaves_it_to_a_person(text, sentence):
    reading = read(text)

    assert not reading.straight_through
    assert any(sentence in reason.sentence for reason in reading.reasons)


def test_a_line_without_end_costs_no_time_to_label():
    reading = read("total" * 20_000)

    assert [reason.code for reason in reading.reasons] == ["too_much_text"]

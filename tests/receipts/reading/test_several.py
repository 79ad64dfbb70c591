import datetime
from decimal import Decimal

import pytest

from receipts.reading.locales import locale_named
from receipts.reading.read import read_lines
from tests.receipts.reading.paper import page_of

FERNHILL = """
FERNHILL MARKET
12 Quay Street, Oldtown
Phone (555) 010-2030
05/14/2019 2:22 PM
Oat flakes 2.49
Brown bread 3.99
Subtotal 6.48
Tax 0.45
Total 6.93
Visa 6.93
Thank you
"""
LATER = """
FERNHILL MARKET
12 Quay Street, Oldtown
Phone (555) 010-2030
05/14/2019 2:40 PM
Jam 2.10
Soap 4.00
Subtotal 6.10
Tax 0.43
Total 6.53
Visa 6.53
"""
HARBOUR = """
HARBOUR BOOKS
99 Hill Street, Oldtown
Phone (555) 010-7777
05/14/2019 4:40 PM
Sea atlas 4.00
Subtotal 4.00
Tax 0.28
Total 4.28
Cash 5.00
Change 0.72
"""
ABENDS = """
MARKT FERNHILL
14.05.2019 10:22
Brot 2,49 B
Milch 4,44 B
SUMME EUR 6,93
BAR 10,00
Ruckgeld 3,07
14.05.2019 18:22
Salz 1,49 B
Tee 4,00 B
SUMME EUR 5,49
BAR 10,00
Ruckgeld 4,51
"""
CARD = """
VISA XXXXXXXXXXXX1234
Approved 012345
AID A0000000031010
Amount 6.93
"""


def reading_of(*texts, locale="en_US"):
    return read_lines(
        [page_of(text) for text in texts],
        locale=locale_named(locale),
        submitted_on=None,
        today=datetime.date(2026, 11, 24),
    )


def codes_of(reading):
    codes = {reason.code for reason in reading.reasons}
    return codes & {"several_receipts", "slips_differ"}


@pytest.mark.parametrize(
    "texts", [(FERNHILL, HARBOUR), (HARBOUR, FERNHILL), (FERNHILL, LATER)]
)
def test_receipts_on_two_pages_are_several(texts):
    assert codes_of(reading_of(*texts)) == {"several_receipts"}


@pytest.mark.parametrize(
    ("text", "locale"), [(FERNHILL + LATER, "en_US"), (ABENDS, "de_DE")]
)
def test_receipts_of_one_shop_and_day_below_one_another_are_several(text, locale):
    assert codes_of(reading_of(text, locale=locale)) == {"several_receipts"}


@pytest.mark.parametrize("slip", ["Amount 6.93\nTip\nTotal 9.93", CARD[:-5] + "9.93"])
def test_a_slip_of_another_sum_on_its_own_page_is_a_reason(slip):
    assert codes_of(reading_of(FERNHILL, slip)) == {"slips_differ"}


def test_a_page_of_another_day_whose_total_is_unread_is_a_reason():
    other = HARBOUR.replace("05/14", "05/17").replace("Total 4.28", "T").split("Cash")

    assert codes_of(reading_of(FERNHILL, other[0])) == {"slips_differ"}


def test_a_card_slip_on_its_own_page_agrees():
    reading = reading_of(FERNHILL, CARD)

    assert codes_of(reading) == set()
    assert "The card slip prints 6.93 too." in reading.evidence["total"]


@pytest.mark.parametrize("cut", range(2, 11))
def test_the_rest_of_a_long_receipt_on_a_second_page_is_no_other_receipt(cut):
    lines = FERNHILL.strip().splitlines()

    reading = reading_of("\n".join(lines[:cut]), "\n".join(lines[cut:]))

    assert codes_of(reading) == set()
    assert reading.total == Decimal("6.93")


@pytest.mark.parametrize(
    "rest",
    [
        "Thank you\nWin 100.00\nCall (555) 010-9999\nSurvey until 06/14/2019",
        "Points 12\nTotal savings 1.20\nReturn by 06/14/2019",
        "Tax table\nNet 6.48 Tax 0.45 Total 6.93\n05/14/2019 2:23 PM",
    ],
)
def test_what_a_long_receipt_ends_with_is_no_other_receipt(rest):
    assert codes_of(reading_of(FERNHILL, rest)) == set()


def test_a_brand_that_is_called_total_ends_no_receipt():
    text = FERNHILL.replace(
        "Brown bread 3.99", "TOTAL WHITE PASTE 4.59\nVOID 4.59-\nBrown bread 3.99"
    )

    assert codes_of(reading_of(text)) == set()

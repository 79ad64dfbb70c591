"""Whole receipts as text: every one is fictional."""

from datetime import date, time
from decimal import Decimal

import pytest

from receipts.reading.locales import locale_named
from receipts.reading.merchant import KnownMerchant
from receipts.reading.read import read_lines
from receipts.reading.totals import labeled, sums_of
from tests.receipts.reading.paper import page_of

TODAY = date(2026, 11, 23)
DINER = """
Blue Heron Diner
12 Harbor Street
Portland, OR 97205
(503) 555-0142
Server: Ann   Table 4
03/14/2026 7:45 PM
2 Cheeseburger 18.00
1 Iced Tea 3.25
1 Peach Pie 6.50
SUBTOTAL 27.75
TAX 2.22
TOTAL 29.97
VISA ************1234 29.97
18% tip is 5.00
20% tip is 5.55
Thank you!
"""


def read(text, *, locale="en_US", submitted_on=None, known=(), confidence=0.98):
    return read_lines(
        [page_of(text, confidence=confidence)],
        locale=locale_named(locale),
        submitted_on=submitted_on,
        today=TODAY,
        known_merchants=known,
    )


def test_a_restaurant_check_goes_straight_through():
    reading = read(DINER)

    assert reading.merchant == "Blue Heron Diner"
    assert reading.category == "restaurant"
    assert (reading.date, reading.time) == (date(2026, 3, 14), time(19, 45))
    assert (reading.subtotal, reading.tax) == (Decimal("27.75"), Decimal("2.22"))
    assert reading.total == Decimal("29.97")
    assert reading.currency == "USD"
    assert reading.straight_through
    assert reading.reasons == ()
    assert "27.75 + 2.22 tax = 29.97." in reading.evidence["total"]


def test_items_have_their_quantity_and_amount():
    items = [(i.description, i.quantity, i.amount) for i in read(DINER).items]

    assert items == [
        ("Cheeseburger", Decimal(2), Decimal("18.00")),
        ("Iced Tea", Decimal(1), Decimal("3.25")),
        ("Peach Pie", Decimal(1), Decimal("6.50")),
    ]


def test_two_lines_an_item_and_its_unit_price():
    reading = read(
        """
        Fernhill Market
        05/02/2026 10:11
        ROLLED OATS 500G
        9556111988559 2 X 3.50 7.00
        BANANAS
        99001 3.10
        TOTAL 10.10
        CASH 20.00
        CHANGE 9.90
        """
    )

    assert [(i.description, i.quantity, i.amount) for i in reading.items] == [
        ("ROLLED OATS 500G", Decimal(2), Decimal("7.00")),
        ("BANANAS", Decimal(1), Decimal("3.10")),
    ]
    assert reading.straight_through


def test_a_discount_is_a_negative_item():
    reading = read(
        """
        Fernhill Market
        05/02/2026 10:11
        Coffee 9.00
        Coupon -2.00
        SUBTOTAL 7.00
        TAX 0.56
        TOTAL 7.56
        """
    )

    assert [item.amount for item in reading.items] == [
        Decimal("9.00"),
        Decimal("-2.00"),
    ]
    assert sum(item.amount for item in reading.items) == reading.subtotal


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        ("SUBTOTAL 20.00\nTAX 1.60\nTOTAL 21.60\nCASH 50.00\nCHANGE 28.40", "21.60"),
        ("SUBTOTAL 20.00\nTAX 1.60\nTOTAL\n21.60", "21.60"),
        ("TOTAL 20.00\n18% Gratuity 3.60\nTOTAL 23.60", "23.60"),
        (
            "TOTAL AMT. 60.31\nROUNDING ADJ -0.01\n60.30\nCASH 70.30\nCHANGE 10.00",
            "60.30",
        ),
        ("Total Sales (Excl GST) 60.00\nGST 3.60\nTotal (Incl GST) 63.60", "63.60"),
        (
            "Total 37.44\nRounding Adj .01\nRounding 37.45\nCASH 40.00\nCHANGE 2.55",
            "37.45",
        ),
        (
            "Sub-total 99.90\nTotal Incl GST 99.90\nCASH 100.00\nChange 0.10\n"
            "GST Summary Amount Tax\nSR @ 6% 89.92 5.39\nTotal 94.51 5.39",
            "99.90",
        ),
        ("SUBTOTAL 12.00\nYOU SAVED 40.00\nTOTAL 12.96\nTAX 0.96", "12.96"),
        ("Grand Total 15.00\nPoints balance 220.00", "15.00"),
        ("Total Payable: -1.73", "-1.73"),
    ],
)
def test_which_amount_was_payable(lines, total):
    reading = read(f"Fernhill Market\n05/02/2026 10:11\nGoods 20.00\n{lines}")

    assert reading.total == Decimal(total)


def test_german_receipts_are_read_by_their_locale():
    reading = read(
        """
        Kornblume Markt
        Lindenweg 3
        Brot 2,49 A
        Käse 0,99 x 2 1,98 A
        SUMME EUR 4,47
        Bar 10,00
        Rückgeld -5,53
        MwSt% Netto MwSt Brutto
        A 7% 4,18 0,29 4,47
        04.03.26 15:59
        """,
        locale="de_DE",
    )

    assert (reading.total, reading.currency) == (Decimal("4.47"), "EUR")
    assert reading.date == date(2026, 3, 4)
    assert reading.straight_through


def test_without_support_a_total_goes_to_a_person():
    reading = read("Fernhill Market\n05/02/2026 10:11\nTOTAL 21.60")

    assert reading.total == Decimal("21.60")
    assert not reading.straight_through
    assert [reason.code for reason in reading.reasons] == ["no_evidence"]


def test_without_a_total_line_a_total_goes_to_a_person():
    reading = read("Fernhill Market\n05/02/2026 10:11\nMilk 3.00\nBread 4.00")

    assert not reading.straight_through
    assert "no_total_line" in [reason.code for reason in reading.reasons]


@pytest.mark.parametrize("day", ["03/14/2027", "03/14/1999"])
def test_an_impossible_date_goes_to_a_person(day):
    reading = read(DINER.replace("03/14/2026", day))

    assert not reading.straight_through
    assert "odd_date" in [reason.code for reason in reading.reasons]


def test_a_date_is_judged_against_the_submission():
    assert read(DINER, submitted_on=date(2026, 3, 20)).straight_through
    assert not read(DINER, submitted_on=date(2026, 3, 10)).straight_through
    assert not read(DINER, submitted_on=date(2028, 3, 10)).straight_through


def test_two_days_on_the_paper_go_to_a_person():
    reading = read(DINER.replace("Thank you!", "03/15/2026 7:45 PM"))

    assert "rival_date" in [reason.code for reason in reading.reasons]


def test_dim_print_goes_to_a_person():
    reading = read(DINER, confidence=0.6)

    assert not reading.straight_through


@pytest.mark.parametrize("text", ["x", "meow meow\npurr", "10:11\n12.00 3.00"])
def test_what_is_no_receipt_gets_no_confident_answer(text):
    reading = read(text)

    assert not reading.straight_through
    assert reading.reasons


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(DINER + "Tea 1.00\n" * 600, id="lines"),
        pytest.param(DINER + "1.00 2.00 3.00 4.00 5.00\n" * 200, id="amounts"),
    ],
)
def test_more_than_a_receipt_has_is_left_to_a_person(text):
    reading = read(text)

    assert [reason.code for reason in reading.reasons] == ["too_much_text"]
    assert (reading.date, reading.total, reading.items) == (None, None, ())
    assert not reading.straight_through
    # What was read is there to be screened.
    assert len(reading.pages[0].lines) > 200


def test_arithmetic_is_done_with_a_few_amounts_of_a_label():
    rows = labeled([f"DISCOUNT {n}.00" for n in range(1, 60)])

    assert len(sums_of(rows, None).discounts) == 8


VOIDED = """
Blue Heron Diner
03/14/2026 7:45 PM
{lines}
Thank you!
"""


@pytest.mark.parametrize(
    "lines",
    ["TOTAL 0.00", "Subtotal 0.00\nTax 0.00\nTotal 0.00", "VOID\nTOTAL\n$0.00"],
)
def test_a_total_of_zero_is_told_and_left_to_a_person(lines):
    reading = read(VOIDED.format(lines=lines))

    assert reading.total == Decimal("0.00")
    assert "total" not in reading.sure
    assert "zero_total" in [reason.code for reason in reading.reasons]
    assert not reading.straight_through


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        ("TOTAL 9.00\nCASH 9.00\nBALANCE DUE 0.00", Decimal("9.00")),
        ("Tax 0.00", None),
    ],
)
def test_a_zero_of_another_kind_is_no_total(lines, total):
    assert read(VOIDED.format(lines=lines)).total == total


def test_no_text_says_so():
    reading = read_lines(
        [], locale=locale_named("en_US"), submitted_on=None, today=TODAY
    )

    assert [reason.code for reason in reading.reasons] == ["no_text"]


@pytest.mark.parametrize(
    "header", ["Whole Foods Market", "WHOLE FOODS MKT #10233", "WHOLEFOODS MARKET"]
)
def test_a_merchant_that_the_panel_knows_has_its_name(header):
    known = [KnownMerchant("Whole Foods Market", ("Whole Foods Mkt",), "supermarket")]

    reading = read(DINER.replace("Blue Heron Diner", header), known=known)

    assert (reading.merchant, reading.category) == ("Whole Foods Market", "supermarket")
    assert reading.confidence["merchant"] >= 0.9


def test_a_known_name_in_the_address_is_not_the_merchant():
    known = [KnownMerchant("Target", (), "department_store")]

    reading = read(
        DINER.replace("12 Harbor Street", "Opposite Target Plaza"), known=known
    )

    assert reading.merchant == "Blue Heron Diner"


@pytest.mark.parametrize(
    ("mark", "currency"), [("€", "EUR"), ("£", "GBP"), ("CAD ", "CAD"), ("$", "USD")]
)
def test_another_currency_is_noticed(mark, currency):
    text = DINER.replace("SUBTOTAL 27.75", f"SUBTOTAL {mark}27.75")
    text = text.replace("TOTAL 29.97", f"TOTAL {mark}29.97")

    assert read(text).currency == currency

import datetime
import time

import pytest

from receipts.reading.locales import locale_named
from receipts.reading.no_purchase import NOT_A_PURCHASE, no_purchase_reasons
from receipts.reading.read import read_lines
from receipts.reading.rows import labeled
from tests.receipts.reading.paper import page_of

PURCHASE = """
FERNHILL MARKET
12 Quay Street, Oldtown
Phone (555) 010-2030
05/14/2019 10:22
Oat flakes 2.49
Brown bread 3.99
Subtotal 6.48
Tax 0.45
Total 6.93
Visa 6.93
Thank you
""".strip().splitlines()
KAUF = """
MARKT FERNHILL
Hafenstr. 12
14.05.2019 10:22
Brot 2,49 B
Milch 4,44 B
SUMME EUR 6,93
BAR 10,00
Ruckgeld 3,07
""".strip().splitlines()


def reasons_of(lines, locale="en_US"):
    reading = read_lines(
        [page_of("\n".join(lines))],
        locale=locale_named(locale),
        submitted_on=None,
        today=datetime.date(2026, 11, 24),
    )
    return [reason for reason in reading.reasons if reason == NOT_A_PURCHASE]


@pytest.mark.parametrize(
    "line",
    [
        "RETURN RECEIPT",
        "** REFUND TRANSACTION **",
        "Merchandise return",
        "Transaction type: Refund",
        "*** VOIDED TRANSACTION ***",
        "TRANSACTION VOIDED",
        "VOID SALE",
        "This order has been cancelled",
        "DECLINED",
        "CARD DECLINED",
        "DECLINED 51 - INSUFFICIENT FUNDS",
        "TRANSACTION NOT APPROVED",
        "QUOTE - NOT A RECEIPT",
        "Sales quote no. 4410",
        "ESTIMATE",
        "PRO FORMA INVOICE",
        "GUEST CHECK - THIS IS NOT A RECEIPT",
        "THISISNOTARECEIPT",
        "TRAINING MODE",
        "CREDIT NOTE 4410",
    ],
)
@pytest.mark.parametrize("place", [3, len(PURCHASE)])
def test_what_is_called_otherwise_is_no_purchase(line, place):
    lines = [*PURCHASE[:place], line, *PURCHASE[place:]]

    assert reasons_of(lines) == [NOT_A_PURCHASE]


@pytest.mark.parametrize(
    "line",
    [
        "Retoure",
        "RETOURENBON",
        "*** STORNO - BON ***",
        "BON STORNIERT",
        "*** STORNO ***",
        "TRAININGSBON",
        "Zahlung abgelehnt",
        "KARTENZAHLUNG NICHT ERFOLGT",
        "Kostenvoranschlag",
    ],
)
@pytest.mark.parametrize("place", [3, len(KAUF)])
def test_german_papers_that_are_called_otherwise_are_no_purchase(line, place):
    lines = [*KAUF[:place], line, *KAUF[place:]]

    assert reasons_of(lines, "de_DE") == [NOT_A_PURCHASE]


@pytest.mark.parametrize(
    "sums",
    [
        ["Total refund 6.93", "Visa refunded 6.93"],
        ["Refund total 26.75", "Visa refund 26.75"],
        ["Total 6.93", "Refund to card 6.93"],
        ["Total 6.93", "Cash refund 6.93"],
        ["Subtotal -10.00", "Tax -0.70", "Total -10.70", "Visa credit 10.70"],
        ["Total 10.70-", "Cash 10.70"],
        ["REFUND", "Total 6.93", "Visa 6.93"],
        ["Total 6.93", "Visa 6.93", "VOID"],
    ],
)
def test_what_is_paid_back_is_no_purchase(sums):
    assert reasons_of([*PURCHASE[:4], *sums]) == [NOT_A_PURCHASE]


@pytest.mark.parametrize(
    "lines",
    [
        ["STRICTLY NO CASH REFUND."],
        ["STRICTLY NO", "CASH REFUND"],
        ["Goods sold are not returnable for", "REFUND", "or exchange"],
        ["RETURN POLICY", "Returns within 30 days with receipt"],
        ["RETURNS WITH RECEIPT THRU 06/12/2019"],
        ["No refund on credit card sales under 5.00"],
        ["Must be 18 or above. Void where", "prohibited"],
        ["Sold: 2 Returned: 0 Deleted: 0"],
        ["Customer copy", "APPROVED", "Total savings -1.20"],
        ["Change returned 3.07"],
        ["RETURN", "3.07"],
        ["Total refund 0.00"],
        ["Estimated points 12", "Ask for a quote at the desk"],
        ["Keep the invoice for applicable returns"],
        ["- GUEST CHECK -"],
    ],
)
def test_what_a_good_receipt_says_of_returning_goods_is_a_purchase(lines):
    assert reasons_of([*PURCHASE, *lines]) == []


@pytest.mark.parametrize(
    "item",
    [
        ["VOID 5.00-"],
        ["VOID", "Oat flakes -5.00"],
        ["STORNO", "Hafer -5,00"],
        ["Bottle refund -0.10"],
        ["Leergut MINUS -0,50"],
    ],
)
def test_an_item_that_is_taken_back_is_of_a_purchase(item):
    lines = [*PURCHASE[:5], *item, *PURCHASE[5:]]

    assert reasons_of(lines) == []


def test_long_lines_take_no_time():
    rows = labeled(["void the this " * 4, "no refund receipt " * 3000] * 300)
    start = time.process_time()

    no_purchase_reasons(rows)

    assert time.process_time() - start < 3

import time
from decimal import Decimal

import pytest

from receipts.reading.details import details_of
from receipts.reading.result import Payment, TaxLine
from receipts.reading.totals import labeled


def details(text, total=None):
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return details_of(labeled(lines), None if total is None else Decimal(total))


# Tips


def test_a_service_charge_that_makes_up_the_total_is_the_tip():
    found = details(
        """
        Soup 10.00
        Subtotal 10.00
        Tax 0.80
        Total 10.80
        Service charge 18% 1.80
        Total 12.60
        """,
        "12.60",
    )

    assert found.tip == Decimal("1.80")
    assert found.evidence["tip"] == ("10.80 + 1.80 tip = 12.60.",)


@pytest.mark.parametrize(
    ("line", "tip"),
    [
        ("Gratuity 4.00", "4.00"),
        ("Auto Grat 20% 4.00", "4.00"),
        ("10% Srv Chg 2.00", "2.00"),
        ("SERV.CHARGE(2%) 0.50", "0.50"),
        ("Propina 3.00", "3.00"),
        ("Pourboire 2,00", "2.00"),
        ("Trinkgeld 1,50", "1.50"),
    ],
)
def test_a_printed_tip_is_found(line, tip):
    found = details(f"Subtotal 20.00\n{line}\nTax 1.60\nTotal 25.60", "25.60")

    assert found.tip == Decimal(tip)


def test_a_tax_below_a_service_charge_makes_it_no_suggestion():
    found = details(
        """
        Subtotal 80.00
        10% Srv Chg 8.00
        GST @6% 5.28
        Total: 93.28
        """,
        "93.28",
    )

    assert found.tip == Decimal("8.00")
    assert found.evidence["tip"] == ("80.00 + 5.28 tax + 8.00 tip = 93.28.",)


@pytest.mark.parametrize(
    "lines",
    [
        "Tip: ________",
        "Tip 0.00",
        "Suggested tips\n18% Tip: 1.80\n20% Tip: 2.00",
        "Tip guide\n15%=1.50 18%=1.80 20%=2.00",
        "ggested Tip (10%) 1.00\n(15%) 1.50\n(20%) 2.00",
        "Tip not included 15% 1.50",
        "Tipping Point Ale 4.00",
    ],
)
def test_a_blank_or_suggested_tip_is_none(lines):
    found = details(f"Pizza 10.00\nTotal 10.00\n{lines}", "10.00")

    assert found.tip is None


def test_a_tip_written_by_hand_on_a_slip_is_none():
    found = details(
        """
        Payment amount 40.00
        Tip: 6.00
        Total: 46.00
        X
        I agree to pay the amount above
        """,
        "40.00",
    )

    assert found.tip is None


# Taxes


def test_a_tax_line_has_its_name_and_rate():
    found = details("Subtotal 50.00\nPA SALES TAX 6% 3.00\nTotal 53.00", "53.00")

    assert found.taxes == (
        TaxLine("PA SALES TAX 6%", Decimal("3.00"), Decimal("0.06")),
    )
    assert found.tax == Decimal("3.00")
    assert found.evidence["tax"] == ("50.00 + 3.00 tax = 53.00.",)


def test_several_taxes_add_up_without_their_sum():
    found = details(
        """
        Subtotal 20.00
        State Tax 1.00
        City Tax 0.50
        Total Tax 1.50
        Total 21.50
        """,
        "21.50",
    )

    assert [tax.name for tax in found.taxes] == ["State Tax", "City Tax"]
    assert found.tax == Decimal("1.50")


def test_a_lone_total_tax_is_the_tax():
    found = details("Subtotal 20.00\nTotal Tax 1.50\nTotal 21.50", "21.50")

    assert found.taxes == (TaxLine("Total Tax", Decimal("1.50")),)
    assert found.tax == Decimal("1.50")


def test_taxes_that_contradict_the_total_come_to_none():
    found = details(
        "Subtotal 20.00\nState Tax 1.00\nCity Tax 0.80\nTotal 24.00", "24.00"
    )

    assert found.tax is None
    assert len(found.taxes) == 2


@pytest.mark.parametrize(
    "rows",
    [
        "MwSt Netto MwSt Brutto\nA 19,00% 10,00 1,90 11,90\nB 7,00% 20,00 1,40 21,40",
        "Steuer % Brutto Netto Steuer\nA=19% 11,90 10,00 1,90\nB=7% 21,40 20,00 1,40",
        "MWST% MWST + Netto = Brutto\nA 19 % 1,90 10,00 11,90\nB 7 % 1,40 20,00 21,40",
    ],
)
def test_german_tables_give_a_tax_a_rate_whatever_their_columns(rows):
    found = details(f"SUMME EUR 33,30\nBAR 33,30\n{rows}\nSumme 3,30 30,00", "33.30")

    assert [(tax.amount, tax.rate) for tax in found.taxes] == [
        (Decimal("1.90"), Decimal("0.19")),
        (Decimal("1.40"), Decimal("0.07")),
    ]
    assert found.tax == Decimal("3.30")
    assert found.evidence["tax"] == (
        "The table of taxes has 1.90 for 10.00 at 19 %.",
        "The table of taxes has 1.40 for 20.00 at 7 %.",
    )


@pytest.mark.parametrize(
    "row",
    ["SR 6% 50.00 3.00", "SR 6 50.00 3.00", "S = 6% 50.00 300", "GST S@6% 50.00 3.00"],
)
def test_malaysian_summaries_give_their_tax(row):
    found = details(
        f"Total 53.00\nCASH 53.00\nGST SUMMARY Amt Tax(RM)\n{row}\nTotal 50.00 3.00",
        "53.00",
    )

    assert [(tax.amount, tax.rate) for tax in found.taxes] == [
        (Decimal("3.00"), Decimal("0.06"))
    ]
    assert found.tax == Decimal("3.00")


@pytest.mark.parametrize(
    "line",
    [
        "TOTAL INCLUDES 6% GST 0.48",
        "GST @6% included in total RM 0.48",
        "incl. 6,00% MwSt 0,48",
    ],
)
def test_a_tax_within_the_total_is_found(line):
    found = details(f"Total 8.50\n{line}", "8.50")

    assert found.tax == Decimal("0.48")
    assert found.taxes[0].rate == Decimal("0.06")


@pytest.mark.parametrize(
    "line",
    [
        "Total Incl. of GST 8.50",
        "TAX INVOICE 12.00",
        "GST ID 0012.00",
        "Taxable 8.50",
        "Taxi ride 2.00",
    ],
)
def test_what_only_mentions_a_tax_is_none(line):
    found = details(f"{line}\nTotal 8.50", "8.50")

    assert found.taxes == ()
    assert found.tax is None


# Payments


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("VISA 12.00", "visa"),
        ("Visa Debit 12.00", "visa"),
        ("MasterCard 12.00", "mastercard"),
        ("Master 12.00", "mastercard"),
        ("AMEX 12.00", "amex"),
        ("American Express 12.00", "amex"),
        ("DISCOVER 12.00", "discover"),
        ("EFT/DEBIT 12.00", "debit"),
        ("Credit card 12.00", "credit"),
        ("Girocard 12,00", "girocard"),
        ("EC-Cash 12,00", "girocard"),
        ("Gift Card 12.00", "gift_card"),
        ("EBT FOOD 12.00", "ebt"),
        ("Apple Pay 12.00", "mobile"),
        ("Touch'n Go 12.00", "mobile"),
        ("Personal check 12.00", "check"),
        ("BAR EUR 12,00", "cash"),
        ("EFECTIVO 12.00", "cash"),
        ("Espèces 12,00", "cash"),
        ("TUNAI RM 12.00", "cash"),
        ("Amount Tendered 12.00", "cash"),
        ("CARD RM 12.00", "other"),
        ("CB 12,00", "other"),
    ],
)
def test_payments_have_a_kind_and_an_amount(line, kind):
    found = details(f"Lunch 12.00\nTotal 12.00\n{line}", "12.00")

    assert found.payments == (Payment(kind, Decimal("12.00")),)
    assert found.evidence["payments"] == ("The payment of 12.00 is the total.",)


@pytest.mark.parametrize(
    "number",
    [
        "XXXXXXXXXXXX1234",
        "************1234",
        "XXXX XXXX XXXX 1234",
        "############1234 0000",
        "4147XXXXXXXX1234",
        "wwwwwww1234",
        "Card ending in 1234",
        "ACCT# ...1234",
        "Visa 1234 (Chip)",
    ],
)
def test_a_masked_number_gives_its_last_four_digits(number):
    found = details(f"Total 12.00\nVISA 12.00\n{number}", "12.00")

    assert found.payments == (Payment("visa", Decimal("12.00"), "1234"),)


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "610899617984XXXX",
        "XXXX XXXX XXXX",
        "Rewards card ********1234",
        "XXXXXXXXXXX123",
        "Auth code XXXX1234",
        "TOTAL ITEMS....1234",
    ],
)
def test_other_numbers_give_no_last_four_digits(number):
    found = details(f"Total 12.00\nVISA 12.00\n{number}", "12.00")

    assert found.payments == (Payment("visa", Decimal("12.00"), None),)


def test_a_card_slip_names_the_brand_of_the_payment_above_it():
    found = details(
        """
        zu zahlen 19,77
        Kreditkarte 19,77
        Kundenbeleg
        Debit MasterCard
        PAN ############4321
        """,
        "19.77",
    )

    assert found.payments == (Payment("mastercard", Decimal("19.77"), "4321"),)


def test_a_card_slip_with_a_tip_was_charged_its_total():
    found = details(
        """
        Card Type: VISA
        Acct #: XXXXXXXXXXXX1234
        Amount 6.75
        Tip 1.25
        Total 8.00
        """,
        "8.00",
    )

    assert found.payments == (Payment("visa", Decimal("8.00"), "1234"),)


def test_two_payments_are_both_kept_and_their_sum_is_not():
    found = details(
        """
        Total 9.00
        Gift Card 3.00
        XXXXXXXXXXXX1111
        CASH PAYMENT 6.00
        Tendered 9.00
        Change 0.00
        """,
        "9.00",
    )

    assert found.payments == (
        Payment("gift_card", Decimal("3.00"), "1111"),
        Payment("cash", Decimal("6.00")),
    )
    assert found.evidence["payments"] == (
        "The payments 3.00 + 6.00 make up the total 9.00.",
    )


def test_a_gift_card_that_is_bought_is_no_payment():
    found = details("Gift Card 25.00\nTotal 25.00\nDebit 25.00", "25.00")

    assert found.payments == (Payment("debit", Decimal("25.00")),)


@pytest.mark.parametrize(
    "line",
    [
        "CASHIER 12.00",
        "Cash Change 3.00",
        "We accept VISA",
        "American Express Cards",
        "Minimum credit/debit payment $20",
        "Gift card activation is delayed",
        "Cashew nuts 12.00",
        "Credit Suisse Arena 12.00",
    ],
)
def test_what_only_mentions_a_tender_is_no_payment(line):
    found = details(f"{line}\nTotal 12.00", "12.00")

    assert found.payments == ()


def test_a_payment_below_the_total_has_no_amount():
    found = details("Total 20.00\nCASH 1.31", "20.00")

    assert found.payments == (Payment("cash", None),)


# Numbers


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("TRANS # 1234", "1234"),
        ("Check #: 30062", "30062"),
        ("Chk 1441 Gst 2", "1441"),
        ("Invoice No: CS00012345", "CS00012345"),
        ("Tax Invoice No : 0051808", "0051808"),
        ("INV NO: AB-CD-0086229 Date: 22/05/2017", "AB-CD-0086229"),
        ("Bon-Nr. 1234", "1234"),
        ("Kasse: 5 Bon: 00320", "00320"),
        ("TC# 1234 5678 9012 3456 7890", "1234 5678 9012 3456 7890"),
        ("Rcpt 1234", "1234"),
        ("Receipt #:1361-05-4374", "1361-05-4374"),
        ("Ticket #: 95", "95"),
        ("ORDER: 45", "45"),
        ("Doc No. CS00004040 Date: 11/01/2019", "CS00004040"),
        ("FACTURA No. 8812", "8812"),
        ("Guests: 2 10005", "10005"),
        ("Ticket n° 12345", "12345"),
        ("FACTURA SIMPLIFICADA: 2234-012-345678", "2234-012-345678"),
        ("RFN# 0123-4567-8901", "0123-4567-8901"),
    ],
)
def test_a_receipts_number_is_found(line, number):
    assert details(line).transaction_number == number


@pytest.mark.parametrize(
    "line",
    [
        "Tel: 555-0100",
        "GST ID No: 000750673920",
        "Approval code 123456",
        "Auth # 01336C",
        "Check 12/03/2018",
        "Order total 45.00",
        "Order online at example.com",
        "Table 12",
        "Card Number 4111111111111111",
        "Receipt 4111111111111111",
        "Keep the receipt for 14 days",
        "Ref # 999999",
    ],
)
def test_other_numbers_are_not_the_receipts(line):
    assert details(line).transaction_number is None


def test_the_sum_of_a_table_is_no_tax_of_its_own():
    found = details(
        """
        SUMME EUR 11,90
        Steuer % Netto Steuer Brutto
        A= 19,0% 10,00 1,90 11,90
        Gesamtbetrag 10,00 1,90 11,90
        """,
        "11.90",
    )

    assert found.tax == Decimal("1.90")
    assert len(found.taxes) == 1


def test_the_tills_own_number_comes_before_the_card_companys():
    found = details("Order #: 77\nTrans ID: 274999\nRECIBO # 10368\nTrace-Nr. 516813")

    assert found.transaction_number == "10368"
    assert found.evidence["transaction_number"] == (
        "It is printed as the number of the receipt.",
    )


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("STORE #1234", "1234"),
        ("ST# 02345 OP# 00001234", "02345"),
        ("Store: 0423 Reg:05", "0423"),
        ("Filiale 123", "123"),
        ("Str 12", "12"),
        ("Magasin n° 0412", "0412"),
        ("Markt:0412 Kasse:3", "0412"),
        ("REG#07 CSHR#0966108 STR#763", "763"),
        ("BURGER HOUSE #4717", "4717"),
        ("Pasta Place (030)", "030"),
        (
            "Datum Uhrzeit Filiale Pos Bed Bon\n06.05.20 09:49 0000545 2 18 5173",
            "0000545",
        ),
    ],
)
def test_a_shops_number_is_found(line, number):
    assert details(line).store_number == number


@pytest.mark.parametrize(
    "line",
    [
        "8930 Mission Dr. #102",
        "Dine In #1022",
        "Ord #78",
        "STORE: 555-0100",
        "Tel. (212)555-0100",
        "Main St. 12",
    ],
)
def test_other_numbers_are_not_the_shops(line):
    assert details(line).store_number is None


# Bad input


def test_no_lines_have_no_details():
    found = details_of([], None)

    assert found.tip is None
    assert found.tax is None
    assert found.taxes == found.payments == ()
    assert found.store_number is found.transaction_number is None
    assert found.evidence == {}


@pytest.mark.parametrize(
    "line",
    [
        "X" * 300,
        "* " * 150,
        "VISA 12.00 " * 25,
        "Tax 6% 1.00 2.00 " * 15,
        "Order #" * 40,
        "1-" * 150,
        "TC# " + "1234 " * 60,
    ],
)
def test_hostile_lines_take_no_time(line):
    rows = labeled([line] * 600)
    start = time.process_time()

    details_of(rows, Decimal("12.00"))

    assert time.process_time() - start < 5

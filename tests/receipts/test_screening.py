"""What holds a receipt for a person, and what doesn't."""

import pytest

from receipts.screening import Finding, find_sensitive, is_card_number, passes_luhn

SHOPPING = ["FERNHILL MARKET", "Aspirin 325mg 24ct 5.99", "TOTAL 5.99"]
WORD = Finding("prescription", "A line has a word of prescriptions.")
CARD = Finding("payment_card", "A line has a number that is valid for a card.")
SHOP = Finding("prescription", "The shop is a pharmacy or a health service.")


@pytest.mark.parametrize(
    "line",
    [
        "Rx 1234567",
        "RX#1234567",
        "RX1234567 AMOXICILLIN",
        "℞ 1234567",
        "REFILLS: 2",
        "Refill by 01/27",
        "NDC 0093-4155-73",
        "N.D.C. 0093-4155-73",
        "NDC12345",
        "COPAY 10.00",
        "Co-pay 10.00",
        "CO PAY 10.00",
        "Copayment",
        "PATIENT: J. DOE",
        "Outpatient visit",
        "Patient’s copy",
        "PRESCRIPTION",
        "Prescriber",
        "Ask your pharmacist",
        "PHARMACY DEPT",
        "30 days supply",
        "Flu vaccine",
        "REZEPTGEBÜHR",
        "Zuzahlung",
    ],
)
def test_a_word_of_prescriptions_holds_the_receipt(line):
    assert find_sensitive([*SHOPPING, line]) == (WORD,)


@pytest.mark.parametrize(
    "line",
    [
        "Thank you for your patience",
        "Impatiens, potted 4.99",
        "Copaya juice 3.00",
        "Handcopy",
        "Mandcake 2.00",
        "Xerox paper 6.99",
        "Prefilled eggs 2.00",
        "FARMACY honey 8.00",
        "PAY 12.00",
    ],
)
def test_a_word_that_looks_like_one_does_not(line):
    assert find_sensitive([*SHOPPING, line]) == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["PRE SCRIPTION 5.00"],
        ["PRESCRIP- TION"],
        ["prescrip-", "tion no. 7"],
        ["Ask the pharma", "cist"],
        ["CO", "PAYMENT 10.00"],
        ["Your co-", "pay 5.00"],
    ],
)
def test_a_word_that_was_torn_apart_is_found(lines):
    assert find_sensitive(lines) == (WORD,)


@pytest.mark.parametrize("category", ["pharmacy", "drug_store", "clinic", "optician"])
def test_a_health_shop_holds_every_receipt(category):
    assert find_sensitive(SHOPPING, category=category) == (SHOP,)


def test_another_shop_holds_none():
    assert find_sensitive(SHOPPING, category="supermarket") == ()


@pytest.mark.parametrize(
    "line",
    [
        "4111111111111111",
        "VISA 4111 1111 1111 1111",
        "VISA 4111-1111-1111-1111",
        "VISA 4111.1111.1111.1111",
        "VISA 4111  1111  1111  1111",
        "*4111111111111111*",
        "xX4111111111111111",
        "4111 1111 1111 1111 12/28",
        "01 4111 1111 1111 1111 05",
        "12.34 4111111111111111",
        "41 11111 11111 1111",
        "4l11 1111 1111 11l1",
        "4111 1111 1111 IIII",
        "MC 5555 5555 5555 4444",
        "MC 2223 0031 2200 3222",
        "AMEX 3782 822463 10005",
        "AMEX 378282246310005",
        "DINERS 3056 930902 5904",
        "DISCOVER 6011 1111 1111 1117",
        "4222222222222",
    ],
)
def test_a_card_number_holds_the_receipt(line):
    assert find_sensitive([*SHOPPING, line]) == (CARD,)


def test_a_card_number_that_goes_on_on_the_next_line_is_found():
    assert find_sensitive(["VISA 4111 1111", "1111 1111 APPROVED"]) == (CARD,)


@pytest.mark.parametrize(
    "line",
    [
        "VISA ****1234",
        "VISA XXXX XXXX XXXX 1111",
        "4111 11** **** 1111",
        "4111 11XX XXXX 1111",
        "VISA 4111 1111 1111 1112",
        "1111 1111 1111 1117",
        "0000 0000 0000 0000",
        "4444 4444 4444 4444",
        "Tel. 212-555-0187",
        "Tel. 212 555 0187 Fax 212 555 0188",
        "UPC 036000291452",
        "EAN 4006381333931",
        "TC# 1234 5678 9012",
        "11/24/2026 19:45:12 #123456",
        "3.50 2.10 12.00 17.60",
    ],
)
def test_a_masked_or_other_number_does_not(line):
    assert find_sensitive([*SHOPPING, line]) == ()


def test_columns_of_totals_make_no_card_number():
    lines = ["SUBTOTAL 4111", "1111 1111", "TOTAL 1111.11"]

    assert find_sensitive(lines) == ()


def test_a_barcode_that_passes_luhn_by_chance_is_held():
    barcode = "4006381333023"
    assert passes_luhn(barcode)

    assert find_sensitive([barcode]) == (CARD,)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("411111111111", False),
        ("4111111111111111", True),
        ("4111111111111110", False),
        ("41111111111111111113", False),
        ("9111111111111116", False),
    ],
)
def test_a_card_number_has_its_length_first_digit_and_check_digit(digits, expected):
    assert is_card_number(digits) is expected


def test_findings_are_named_once_and_repeat_nothing_of_the_paper():
    lines = ["Rx 7654321 J. DOE", "COPAY 10.00", "4111 1111 1111 1111"]

    findings = find_sensitive(lines, category="pharmacy")

    assert findings == (SHOP, WORD, CARD)

"""What holds a receipt for a person, and what doesn't."""

import pytest

from receipts.screening.lines import (
    Finding,
    find_sensitive,
    is_card_number,
    passes_luhn,
)

SHOPPING = ["FERNHILL MARKET", "Aspirin 325mg 24ct 5.99", "TOTAL 5.99"]
WORD = Finding("prescription", "A line has a word of prescriptions.")
CARD = Finding("payment_card", "A line has a number that is valid for a card.")
SHOP = Finding("prescription", "The shop is a pharmacy or a health service.")
STRIPE = Finding("payment_card", "A line has what a card’s magnetic stripe holds.")
EXPIRY = Finding("card_expiry", "A line has the month in which a card expires.")
IDENTITY = Finding("identity_number", "A line has a number as of Social Security.")
SSN = Finding("identity_number", "A line speaks of Social Security.")
PAPER = Finding("identity_number", "A line has the number of an identity paper.")
BANK = Finding("bank_account", "A line has the number of a bank account.")


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


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("219-09-9999", IDENTITY),
        ("J. DOE 219 09 9999", IDENTITY),
        ("219.09.9999", IDENTITY),
        ("2l9-O9-9999", IDENTITY),
        ("912-70-1234", IDENTITY),
        ("SSN ***-**-9999", SSN),
        ("Social Security no. on file", SSN),
        ("Driver's License D1234567", PAPER),
        ("DRIVERS LICENCE NO: 12 345 678", PAPER),
        ("DL# S530-4600", PAPER),
        ("Passport No. C01234567", PAPER),
        ("NRIC 800101-14-5678", PAPER),
        ("Bank Account No. 000123456789", BANK),
        ("ROUTING # 021000021", BANK),
        ("ABA: 021000021", BANK),
        ("CHECKING ACCT 12345678", BANK),
        ("IBAN DE89 3704 0044 0532 0130 00", BANK),
        ("DE89370400440532013000", BANK),
    ],
)
def test_a_number_of_a_government_or_a_bank_holds_the_receipt(line, finding):
    assert find_sensitive([*SHOPPING, line]) == (finding,)


@pytest.mark.parametrize(
    "lines",
    [
        ["123-45-67890"],
        ["1123-45-6789"],
        ["123-45-6789-12-3"],
        ["000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000"],
        ["912-40-1234"],
        ["123-45 6789"],
        ["Survey code: 123-45-6789"],
        ["Tell us how we did! Enter this survey code", "123-45-6789"],
        ["TRANS 123-45-6789"],
        ["Tel. 212-55-0187"],
        ["PASSPORT PHOTO 16.99"],
        ["Please show your driver's license"],
        ["BANK ACCOUNT ************1234"],
        ["Routing slips 4.99"],
        ["USt-ID DE123456789"],
        ["Account: ***1234"],
        ["Session 123", "45 6789"],
    ],
)
def test_a_number_of_another_kind_does_not(lines):
    assert find_sensitive([*SHOPPING, *lines]) == ()


def test_a_number_below_its_words_is_found():
    lines = ["Driver's license", "D1234567", "Bank account", "000123456789"]

    assert find_sensitive(lines) == (PAPER, BANK)


@pytest.mark.parametrize(
    "line",
    [
        "VISA ****1234 EXP 12/28",
        "EXP: 12/2028",
        "Exp. Date: 01/27",
        "EXPIRES 1/29",
        "EXPIRY 05-28",
        "EXP 0528",
        "VALID THRU 05 / 28",
        "GOOD THRU 05/28",
        "VISA DISCOUNT CARD EXP 12/28",
    ],
)
def test_the_month_in_which_a_card_expires_holds_the_receipt(line):
    assert find_sensitive([*SHOPPING, line]) == (EXPIRY,)


@pytest.mark.parametrize(
    "lines",
    [
        ["EXP **/**"],
        ["EXP XX/XX"],
        ["Exp. date 04/15/27"],
        ["EXPIRES 04/15/2027"],
        ["VALID THRU 04-15-27"],
        ["Offer expires 12/31"],
        ["Return policy: exp. date", "EXP 12/31"],
        ["EXPRESS 12/28"],
        ["EXPO 12/28"],
        ["EXP 15/28"],
        ["Items may be returned before they expire"],
        ["EXP 052812"],
    ],
)
def test_the_end_of_an_offer_and_a_masked_month_do_not(lines):
    assert find_sensitive([*SHOPPING, *lines]) == ()


@pytest.mark.parametrize(
    "line", ["%B4111111111111112^DOE/J^2812", ";4111111111111112=28121011"]
)
def test_what_a_magnetic_stripe_holds_is_found(line):
    assert find_sensitive([*SHOPPING, line]) == (STRIPE,)


def test_findings_are_named_once_and_repeat_nothing_of_the_paper():
    lines = ["Rx 7654321 J. DOE", "COPAY 10.00", "4111 1111 1111 1111"]

    findings = find_sensitive(lines, category="pharmacy")

    assert findings == (SHOP, WORD, CARD)

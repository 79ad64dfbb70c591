"""Payment cards' numbers are found where they stand, other long numbers are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.screening.cards import find_cards, windows
from receipts.screening.findings import Kind
from receipts.screening.numbers import passes_luhn, runs_in
from tests.receipts.screening.marked import check, findings_on, painted


@pytest.mark.parametrize(
    "text",
    [
        "⟦4111111111111111⟧",
        "VISA ⟦4111 1111 1111 1111⟧",
        "VISA ⟦4111-1111-1111-1111⟧",
        "VISA ⟦4111.1111.1111.1111⟧",
        "VISA ⟦4111  1111  1111  1111⟧ APPROVED",
        "*⟦4111111111111111⟧*",
        "xX⟦4111111111111111⟧",
        "⟦4111 1111 1111 1111⟧ 12/28",
        "01 ⟦4111 1111 1111 1111⟧ 05",
        "12.34 ⟦4111111111111111⟧",
        "⟦41 11111 11111 1111⟧",
        "⟦4l11 1111 1111 11l1⟧",
        "⟦4111 1111 1111 IIII⟧",
        "VISA ⟦4III 1111 IIII 1111⟧",
        "MC ⟦5555 5555 5555 4444⟧",
        "MC ⟦2223 0031 2200 3222⟧",
        "AMEX ⟦3782 822463 10005⟧",
        "AMEX ⟦378282246310005⟧",
        "DINERS ⟦3056 930902 5904⟧",
        "DISCOVER ⟦6011 1111 1111 1117⟧",
        "JCB ⟦3530111333300000⟧",
        "⟦4222222222222⟧",
        "CARD NO ⟦4111111111111111⟧",
        "VISA APPROVED ⟦4111111111111111⟧",
        "CARD#⟦4111111111111111⟧EXP",
        "Kartennr. ⟦6759 6498 2643 8453⟧",
        "TRAN 001234 CARD ⟦4111111111111111⟧",
        "⟦4111111111111111⟧ VISA CREDIT",
        "ACCT ⟦4111 1111 1111 1111⟧ AUTH 123456",
        "⟦4111111111111111⟧ 1131",
        "⟦4111 1111 1111 1111⟧ 1131",
        "⟦36227206271667⟧\nAPPROVED",
        "⟦30569309025904⟧\nAUTH CODE 123456",
        "SALE\n⟦36227206271667⟧ 1131\nSWIPED",
    ],
)
def test_a_card_number_is_found_where_it_stands(text):
    (finding,) = check(text, find_cards)

    assert (finding.kind, finding.rule) == (Kind.PAYMENT_CARD, "card_number")
    assert finding.confidence >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "VISA ⟦4111 1111\n1111 1111⟧ APPROVED",
        "Card number\n⟦4111 1111 1111\n1111⟧",
        "VISA ⟦41111111\n11111111⟧",
        "⟦4111-1111-\n1111-1111⟧",
    ],
)
def test_a_card_number_that_goes_on_on_the_next_line_is_found(text):
    (finding,) = check(text, find_cards)

    assert len(finding.spots) == 2


@pytest.mark.parametrize(
    "text",
    [
        "VISA ⟦4111 1111 1111 1112⟧",
        "Card# ⟦4111111111111112⟧",
        "CARDNUMBER ⟦4111111111111112⟧",
        "PAN: ⟦411111111111111⟧",
        "AMEX ⟦3782 822463 10006⟧",
        "VISA ⟦41?1 1111 1A11 1111⟧",
        "Card 8:⟦0011916753712390⟧",
        "⟦4111 1111 1111 1112⟧\nVISA APPROVED",
        "⟦4111111111111112⟧\nVISA APPROVED",
    ],
)
def test_a_card_number_with_a_digit_misread_or_lost_is_found_less_surely(text):
    (finding,) = check(text, find_cards)

    assert finding.rule == "card_number_damaged"
    assert finding.confidence < 0.8


def test_a_fourth_group_that_was_left_unread_is_painted_too():
    lines = ["VISA 4111 1111 1111     "]

    (finding,) = findings_on([lines[0].rstrip()], find_cards)

    assert finding.rule == "card_number_damaged"
    assert painted(["VISA 4111 1111 1111 9999"], [finding]) == [
        "     4111 1111 1111 9999"
    ]


def test_a_first_group_that_was_left_unread_is_painted_too():
    (finding,) = findings_on(["VISA      1111 1111 1112"], find_cards)

    assert painted(["VISA 9999 1111 1111 1112"], [finding]) == [
        "     9999 1111 1111 1112"
    ]


def test_a_security_code_is_found():
    (finding,) = check("CVV2: ⟦123⟧", find_cards)

    assert finding.rule == "card_code"


@pytest.mark.parametrize(
    "text",
    [
        "Card: ⟦4111 1111 1111 ****⟧",
        "VISA ⟦411111111111XXXX⟧",
        "⟦4111 11** 1111 1111⟧",
        # The first six, which tills may print and the panel doesn't keep.
        "⟦4111 11** **** 1111⟧",
        "⟦4111 11XX XXXX 1111⟧",
        "PAN ⟦601100XXXXXX1117⟧",
        "⟦401288 ****** 9999⟧",
        "⟦4012-88XX-XXXX-9999⟧",
        "⟦401288XXXX-XX9999⟧",
        # As readers damage it.
        "VISA ⟦401288***9999⟧",
        "VISA ⟦4012 8S** **** 9999⟧",
        "VISA ⟦401288XKXXXX9999⟧",
        'VISA ⟦401288**"***9999⟧',
        "VISA ⟦401288**...**9999⟧",
        "VISA ⟦401288wxxxxx9999⟧",
        "VISA ⟦401288......9999⟧",
        "⟦401288******99⟧\nVISA APPROVED",
        "VISA ⟦401288******⟧",
        "⟦401288.....9999⟧\nAPPROVED",
    ],
)
def test_a_mask_that_shows_too_much_is_found(text):
    (finding,) = check(text, find_cards)

    assert finding.rule == "card_number_unmasked"


@pytest.mark.parametrize(
    "text",
    [
        "⟦%B4111111111111112^DOE/J^2812⟧",
        "⟦;4111111111111112=28121011⟧",
        "Track2: ⟦4111111111111111D28122010000012345678⟧",
    ],
)
def test_what_a_magnetic_stripe_holds_is_found(text):
    (finding,) = check(text, find_cards)

    assert finding.rule == "card_stripe"


@pytest.mark.parametrize(
    "text",
    [
        "VISA ****1234",
        "VISA XXXX XXXX XXXX 1111",
        "36227206271667",
        "REF 36227206271667\nAPPROVED",
        "36227206271668\nAPPROVED",
        "TC# 4111 1111 1111 1111 1131",
        # A barcode where cards are spoken of, Luhn's check digit by chance.
        "KAD KREDIT\n6291041100024",
        "6291041100024\nKAD KREDIT",
        "DEBIT CARD\n4898157100010  MILK 5.00",
        "DEBIT CARD\n4898157100515  1 X 5.00",
        "CREDIT CARD\n6 291041 100024",
        "VISA\n401288......12.50",
        "401288......9999",
        "VISA\n450000 = 9999",
        "Gift card 401288***9999",
        "VISA\nPLU 441232 YYY 12",
        "VISA\n441232 WWW.SHOP.COM",
        "4*** **** **** 1111",
        "41XXXXXXXXXX1111",
        "1111 1111 1111 1117",
        "0000 0000 0000 0000",
        "4444 4444 4444 4444",
        "Tel. 212-555-0187",
        "Tel. 212 555 0187 Fax 212 555 0188",
        "UPC 036000291452",
        "EAN 4006381333931",
        "4006381333931",
        "TC# 1234 5678 9012",
        "TC# 4111 1111 1111 1111 1234",
        "TRANS # 4111111111111111",
        "RRN: 4111111111111111",
        "CVV MATCH",
        "VISA ****4111\n111111111111 CHIPS 8.44",
        "VISA 4111\n111111111112 CHIPS 8.44",
        "REF 1234 5678 9012",
        "4111111111111112 12:30\nVISA APPROVED",
        "Order No. 4111111111111111",
        "USPS Tracking 9400 1111 1111 1111 1111 11",
        "AID: A0000000031010 TVR: 8080008000 TSI: 6800",
        "AUTH 123456 REF 000000123456",
        "11/24/2026 19:45:12 #123456",
        "3.50 2.10 12.00 17.60",
        "SUBTOTAL 4111\n1111 1111\nTOTAL 1111.11",
        # A barcode with the quantity behind it, and a drug store's sale.
        "6942008427899 1 X 6.50",
        "2223 0031 2200 3222 17",
        "CREDIT 5.00\n2223 0031 2200 3223 17",
        "Gift Card 100.00\nCard No. 610899617984XXXX",
        "Rewards Card 6018840126306675",
    ],
)
def test_a_masked_or_other_number_is_left(text):
    assert check(text, find_cards) == []


def with_check_digit(digits: str) -> str:
    return next(whole for n in range(10) if passes_luhn(whole := f"{digits}{n}"))


# Networks by the first digits, and how many digits they have in all.
NETWORKS = [
    ("4", 13), ("4", 16), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("34", 15),
    ("37", 15), ("6011", 16), ("65", 19), ("36", 14), ("3530", 16), ("62", 17),
    ("6759", 18), ("50", 13),
]  # fmt: skip
CONFUSED = {"0": "OoQ", "1": "Il|", "5": "Ss", "8": "B", "2": "Z", "6": "Gb"}


@st.composite
def cards(draw) -> str:
    first, length = draw(st.sampled_from(NETWORKS))
    rest = length - len(first) - 1
    return with_check_digit(
        first + draw(st.text("0123456789", min_size=rest, max_size=rest))
    )


@st.composite
def printed(draw) -> str:
    """A card's number in any groups, with some of its digits read as letters."""
    digits = list(draw(cards()))
    places = [n for n, digit in enumerate(digits) if digit in CONFUSED]
    most = (len(digits) - 1) // 2
    for n in draw(
        st.sets(st.sampled_from(places), max_size=most) if places else st.just(())
    ):
        digits[n] = draw(st.sampled_from(CONFUSED[digits[n]]))
    text = digits[0]
    for digit in digits[1:]:
        text += draw(st.sampled_from(["", "", "", " ", "  ", "-"])) + digit
    return text


@given(printed(), st.sampled_from(["VISA ", "Card no. ", "Acct: ", "CREDIT "]))
def test_a_number_is_found_behind_a_label_however_it_is_grouped(number, label):
    lines = [f"{label}{number}"]

    findings = findings_on(lines, find_cards)

    assert painted(lines, findings)[0].replace(" ", "") == number.replace(" ", "")


@given(cards(), st.sampled_from([(16,), (4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3)]))
def test_a_number_in_a_cards_groups_needs_no_label(number, shape):
    if sum(shape) != len(number):
        shape = (len(number),)
    groups, start = [], 0
    for length in shape:
        groups.append(number[start : start + length])
        start += length
    if len(number) < 15 and len(groups) == 1:
        groups = [number[:4], number[4:10], number[10:]]
    lines = [" ".join(groups)]

    assert painted(lines, findings_on(lines, find_cards)) == lines


def test_of_a_table_of_figures_only_a_cards_groups_are_looked_at():
    (table,) = runs_in("1 " * 100 + "4111 1111 1111 1111" + " 1" * 100)

    assert [number.digits for number in windows(table)] == ["4111111111111111"]

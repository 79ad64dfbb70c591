"""Numbers of bank accounts are found where they stand, the shop's own are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.screening.banks import find_bank_accounts, is_iban, is_routing_number
from receipts.screening.findings import Kind
from tests.receipts.screening.marked import check, findings_on, painted


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("bank_account", "Bank Account No. ⟦000123456789⟧"),
        ("bank_account", "CHECKING ACCT ⟦12345678⟧"),
        ("bank_account", "Bank account\n⟦000123456789⟧"),
        ("bank_account", "Kontonummer ⟦532013000⟧ BLZ"),
        ("bank_account", "ELECTRONIC CHECK\nACCOUNT #: ⟦000987654321⟧"),
        ("bank_account", "Maybank\nNo. Akaun: ⟦5123 4567 8901⟧"),
        ("bank_account", "DDA# ⟦1234567890⟧"),
        ("bank_account", "DDA ⟦1234567890⟧"),
        ("bank_account", "CHK ACCT ⟦1234567890⟧"),
        ("bank_account", "CKG ACCT: ⟦1234567890⟧"),
        ("bank_account", "SAV ACCT ⟦1234567890⟧"),
        ("bank_account", "PAY TO THE ORDER OF FERNHILL\nDDA: ⟦1234567890⟧"),
        ("bank_routing", "ABA RTN ⟦021000021⟧"),
        ("cheque_line", "CHECKS\n⟦021000021       1234567890⟧"),
        ("bank_routing", "ABA/RTN# ⟦021000021⟧"),
        ("bank_routing", "ROUTING # ⟦021000021⟧"),
        ("bank_routing", "ABA: ⟦021000021⟧"),
        ("bank_routing", "ABAH ⟦021000021⟧"),
        ("bank_routing", "ROUTINGF ⟦021000021⟧"),
        ("bank_routing", "RoutingNumber ⟦021000021⟧"),
        ("bank_routing", "ROUTINGNO:⟦021000021⟧"),
        ("bank_account", "Checking: ⟦123456789⟧"),
        ("bank_account", "Bankkonto: ⟦532013000⟧"),
        ("bank_routing", "Routing & ⟦021000021⟧"),
        ("bank_routing", "Routng #:⟦021000021⟧"),
        ("iban", "IBAN: ⟦0E31 5260 7654 8714 8006 72⟧"),
        ("bank_account", "USt-IdNr. DE123456789\nBank Account; ⟦61743563⟧"),
        ("bank_routing", "Routlng # ⟦021000021⟧"),
        ("iban", "IBAN ⟦DE89 3704 0044 0$32 0130 00⟧"),
        ("bank_routing", "Routing number: ⟦02100OO21⟧"),
        ("bank_routing", "Sort Code: ⟦20-00-00⟧"),
        ("bank_routing", "BLZ ⟦370 400 44⟧"),
        ("iban", "IBAN ⟦DE89 3704 0044 0532 0130 00⟧"),
        ("iban", "⟦DE89370400440532013000⟧"),
        ("iban", "IBAN ⟦DE89 3704 OO44 0532 0130 00⟧"),
        ("iban", "IBAN ⟦DE89 3704 0044 0532 0130 01⟧"),
        ("iban", "IBAN: ⟦DE89 3704 0044\n0532 0130 00⟧"),
        ("iban", "SEPA-Lastschrift\nIBAN ⟦DE89370400440532013000⟧ BIC COBADEFF"),
        ("iban", "IBAN: ⟦GB29 NWBK 6016 1331 9268 19⟧"),
        ("iban", "⟦NL91 ABNA 0417 1643 00⟧"),
        ("cheque_line", "⟦⑆021000021⑆ 123456789⑈ 0101⟧"),
        ("cheque_line", "⟦1:021000021 1:123456789⟧"),
        ("cheque_line", "CHECK PAYMENT\n⟦021000021  123456789⟧"),
        ("cheque_line", "CHECK 1234\n⟦021000021 1234567890 1234⟧"),
        ("cheque_line", "TELECHECK ⟦021000021 / 123456789⟧"),
        ("cheque_line", "E-CHECK\n⟦021000021\n1234567890⟧"),
        ("cheque_line", "⟦A021000021A 123456789C 0101⟧"),
        ("cheque_line", '⟦:021000021: 000123456789" 1234⟧'),
    ],
)
def test_a_number_of_a_bank_account_is_found_where_it_stands(rule, text):
    (finding,) = check(text, find_bank_accounts)

    assert (finding.kind, finding.rule) == (Kind.BANK_ACCOUNT, rule)


def test_two_numbers_of_a_line_are_two_findings():
    text = "Konto-Nr. ⟦1234567890⟧ BLZ ⟦37040044⟧"

    assert [one.rule for one in check(text, find_bank_accounts)] == [
        "bank_account",
        "bank_routing",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "BANK ACCOUNT ************1234",
        "Routing slips 4.99",
        "021000021  123456789",
        "CHECK PAYMENT\n021000022  123456789",
        "CHECK OUT OUR SITE\n021000021  123456789",
        "CHECK 1234\n021000021  123456.78",
        "DDA 12.50",
        "RTN 123456789\nA/C 12.50",
        "TRANSIT 123456789",
        "TENAGA NASIONAL\nNo. Akaun: 512345678901",
        "Account: ***1234",
        "ACCT: XXXXXXXXXXXX1234",
        "Account: 12345678",
        "Konto 12.50",
        "USt-ID DE123456789",
        "Gläubiger-ID DE98ZZZ09999999999",
        "IBAN DE89 **** **** **** **30 00",
        "Bankverbindung: Sparkasse\nIBAN DE89370400440532013000\nBIC COBADEFFXXX",
        "Cheques payable to ACME SDN BHD\nBank Account No: 5123456789012",
    ],
)
def test_a_masked_number_and_the_shops_own_are_left(text):
    assert check(text, find_bank_accounts) == []


def test_an_account_behind_its_routing_number_is_found():
    check("R/T ⟦021000021⟧ A/C ⟦1234567890⟧", find_bank_accounts)


def test_the_shops_words_do_not_hide_the_account_that_is_debited():
    text = "USt-IdNr. DE123456789\nLastschrift von Konto ⟦1234567890⟧"

    check(text, find_bank_accounts)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [("021000021", True), ("021000022", False), ("991000021", False)],
)
def test_a_routing_number_has_a_check_digit_and_a_district(digits, expected):
    assert is_routing_number(digits) is expected


def iban_of(account: str) -> str:
    remainder = int(f"{account}131400") % 97
    return f"DE{98 - remainder:02}{account}"


@given(st.text("0123456789", min_size=18, max_size=18), st.booleans())
def test_any_iban_is_found_grouped_or_not(account, is_grouped):
    number = iban_of(account)
    assert is_iban(number)
    step = 4 if is_grouped else 22
    lines = [" ".join(number[n : n + step] for n in range(0, 22, step))]

    assert painted(lines, findings_on(lines, find_bank_accounts)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "WIRE TRANSFER RECEIPT\n04/23/2023 TELLER 314\nACCOUNT NUMBER: ⟦80142953572⟧",
        "MoneyGram BILL PAY\nBeneficiary account ⟦008548206930⟧\nABA ⟦290112119⟧",
    ],
)
def test_what_is_paid_at_a_banks_counter_tells_an_account(text):
    check(text, find_bank_accounts)

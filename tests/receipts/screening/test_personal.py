"""What tells who the customer is; the shop's own phone, address and staff are left."""

import pytest

from receipts.screening.findings import PERSONAL, Kind
from receipts.screening.personal import find_personal
from tests.receipts.screening.marked import check, findings_on, painted

ITEMS = "\n".join(f"Item {n}" for n in range(8))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.LOYALTY_NUMBER, "MEMBER #⟦801 325112⟧"),
        (Kind.LOYALTY_NUMBER, "Rewards Card ⟦6018840126306675⟧"),
        (Kind.LOYALTY_NUMBER, "ExtraCare Card #: ⟦4871234567890⟧"),
        (Kind.LOYALTY_NUMBER, "PAYBACK Karte: ⟦3083421234567890⟧"),
        (Kind.LOYALTY_NUMBER, "Kundennummer ⟦12345678⟧"),
        (Kind.LOYALTY_NUMBER, "Bonuskarte Nr. ⟦1234 5678⟧"),
        (Kind.LOYALTY_NUMBER, "Clubcard\n⟦634004021234567890⟧"),
        (Kind.PHONE, "Customer phone: ⟦(212) 555-0187⟧"),
        (Kind.PHONE, "My phone number is ⟦212-555-0187⟧"),
        (Kind.PHONE, "Cell #: ⟦212-555-0187⟧"),
        (Kind.PHONE, "Item\nItem\nBill to: \n12 Elm Road\nTel. ⟦212 555 0187⟧"),
        (Kind.EMAIL, ITEMS + "\nReceipt sent to ⟦jane.doe@example.com⟧"),
        (Kind.EMAIL, "E-mail your receipt to ⟦jane@example.com⟧"),
        (Kind.NAME, "Customer: ⟦JANE DOE⟧"),
        (Kind.NAME, "Bill to: ⟦Jane Q. Doe⟧"),
        (Kind.NAME, "Name: ⟦MRS DOE⟧"),
        (Kind.NAME, "Thank you, ⟦JANE⟧"),
        (Kind.NAME, "Cardholder: ⟦DOE JANE⟧"),
        (Kind.NAME, "VISA ****1234\n⟦DOE/JANE Q⟧"),
    ],
)
def test_what_is_personal_is_found_where_it_stands(kind, text):
    (finding,) = check(text, find_personal)

    assert finding.kind is kind
    assert finding.kind in PERSONAL


def test_what_somebody_typed_has_no_head_of_a_shop():
    lines = ["Write to jane@example.com"]

    findings = findings_on(lines, find_personal)

    assert painted(lines, findings) == ["         jane@example.com"]


@pytest.mark.parametrize(
    "text",
    [
        "Tel. 212-555-0187",
        "Phone: (212) 555-0187",
        "jane@fernhill.example\n" + ITEMS,
        "info@fernhill.example\nwww.fernhill.example",
        ITEMS + "\nWrite to help@fernhill.example",
        ITEMS + "\nwww.fernhill.example\njane@fernhill.example",
        "Sign up @ Fernhill.com",
        "Served by: JANE",
        "Cashier: JANE",
        "CASHIER NAME: JANE",
        "Member card ************1234",
        "Points 1234.56",
        "Member savings 12.50",
        "Customer copy",
        "Customer: WALK-IN",
        "Thank you, come again",
        "TOTAL EFT/DEBIT 5.00",
        "VISA ****1234\nEFT/DEBIT 5.00",
    ],
)
def test_the_shops_own_is_left(text):
    assert check(text, find_personal) == []

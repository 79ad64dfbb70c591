"""A health plan is found with its member's number, other plans and ids are left."""

import pytest

from receipts.screening.findings import Kind
from receipts.screening.medical import find_medical
from receipts.screening.passages import Sheets
from tests.receipts.screening.papers import page_of


def found_on(text):
    return tuple(find_medical(Sheets.of([page_of(text)])))


@pytest.mark.parametrize(
    "text",
    [
        "Vision plan: Davis Vision ID ABC123456",
        "EyeMed ID XYZ993221",
        "Dental plan - Guardian PPO ID: 9923 4432",
        "Vision ins: VSP  ID# 993221123",
        "Delta Dental Member No. 123456789",
        "Medical coverage PPO Policy # AB-1234567",
    ],
)
def test_a_plan_with_its_members_number_is_found(text):
    (finding,) = found_on(f"=SHOP\n=MILK   3.99\n=BREAD   2.50\n!{text}")

    assert finding.kind is Kind.HEALTH_INSURANCE


@pytest.mark.parametrize(
    "text",
    [
        "Guardian Auto Parts Policy 12345",
        "Humana Pharmacy Terminal ID 12345678",
        "Vision Express Terminal ID 12345678",
        "Protection plan ID 12345678",
        "VISION CENTER Merchant ID 12345678",
    ],
)
def test_other_plans_and_ids_are_left(text):
    assert found_on(f"=SHOP\n=MILK   3.99\n=BREAD   2.50\n={text}") == ()

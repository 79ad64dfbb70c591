"""A card's month of expiry is found, the end of an offer is not."""

import pytest

from receipts.screening.expiry import find_card_expiry
from receipts.screening.findings import Kind
from tests.receipts.screening.marked import check


@pytest.mark.parametrize(
    "text",
    [
        "VISA ****1234 EXP ⟦12/28⟧",
        "EXP: ⟦12/2028⟧",
        "Exp. Date: ⟦01/27⟧",
        "EXPIRES ⟦1/29⟧",
        "EXPIRY ⟦05-28⟧",
        "EXP ⟦0528⟧",
        "EXP12/28".replace("12/28", "⟦12/28⟧"),
        "VALID THRU ⟦05 / 28⟧",
        "GOOD THRU ⟦05/28⟧",
        "VISA DISCOUNT CARD EXP ⟦12/28⟧",
        "Exp. Date (MM/YY): ⟦12/27⟧",
        "EXP ⟦O4/27⟧",
        "Expires: ⟦04/ 27⟧",
        "Expiration ⟦2027-04⟧",
        "Card Expiry: ⟦2704⟧",
        "Expires end ⟦04/27⟧",
        "VISA EXP ⟦APR 2027⟧",
        "Tarikh Tamat Tempoh: ⟦04/27⟧",
        "gültig bis ⟦12/27⟧",
        "VISA EXP ⟦#1/28⟧",
        "giiltig bis ⟦12/27⟧",
        "gulibig bis ⟦12/27⟧",
        "VALlD THRU ⟦l2/27⟧",
        "VISA EXP DATE: ⟦12127⟧",
        "Gültig bis: ⟦0427⟧",
        "VISA XXXXXXXXXXXX1234 ⟦04/27⟧",
        "************1234  ⟦04/27⟧",
        "4111 1111 1111 1111 ⟦12/28⟧",
        "Exp Date:\n⟦04/27⟧",
        "CARD                EXPIRATION\nVISA XXXXXXXX1234   ⟦0126⟧",
        "Card No.            Exp Date   Auth\n************1234    ⟦0126⟧       123456",
        "Acct                Exp       Auth\nVISA 1234           ⟦01/26⟧     123456",
        "VISA XXXXXXXXXXXX1234 ⟦1131⟧",
        "XXXXXXXXXXXX1234  ⟦1131⟧  123456",
        "VISA XXXXXXXXXXXX1234\n⟦1131⟧",
        "XXXXXXXXXXXX1234\n⟦11/31⟧",
        "4111111111111111 ⟦1131⟧",
        "4111111111111111\n⟦1131⟧",
        "4111 1111 1111 1111 ⟦1131⟧",
        "ACCT#....6958 ⟦1131⟧",
        "VISA ************1234 S ⟦1131⟧",
        "************1234 (C)\n⟦1131⟧",
        "Exp       Card\n⟦0126⟧      XXXX1234",
        "MEMBER SINCE 15 VALID THRU ⟦12/28⟧",
        "VISA ****1234\nEXP DATE ⟦04/27⟧\nAUTH 123456",
    ],
)
def test_a_cards_month_of_expiry_is_found_where_it_stands(text):
    (finding,) = check(text, find_card_expiry)

    assert (finding.kind, finding.rule) == (Kind.CARD_EXPIRY, "card_expiry")


def test_it_is_surer_beside_a_card():
    (alone,) = check("EXP ⟦12/28⟧", find_card_expiry)
    (beside,) = check("VISA ****1234 EXP ⟦12/28⟧", find_card_expiry)

    assert alone.confidence < 0.7 < 0.9 < beside.confidence


@pytest.mark.parametrize(
    "text",
    [
        "EXP **/**",
        "State inspection valid through 06/2027\nTotal 7.00\nACCT#....6958\nAPPROVED",
        "VISA ****1234\nMembership valid through 06/2027",
        "VISA ****1234\nRegistration expires 06/27",
        "STATE INSP EXP 06/27\nVISA ****6958",
        "VISA ****1234\nREBATE EXPIRES 08/28",
        "VISA ****1234\nParking valid until 08/28",
        "VISA ****1234\nPermit valid thru 08/28",
        "Gift card expires 08/28",
        "Store credit expires 08/28",
        "VISA XXXXXXXXXXXX1234 11.31",
        "VISA XXXXXXXXXXXX1234 1131.50",
        "VISA XXXXXXXXXXXX1234 11:31",
        "VISA XXXXXXXXXXXX1234 1131-22",
        "VISA XXXXXXXXXXXX1234 1331",
        "VISA XXXXXXXXXXXX1234 CHECK 1131",
        "VISA XXXXXXXXXXXX1234\nCHECK 1131",
        "VISA XXXXXXXXXXXX1234  12.50\n1131",
        "VISA XXXXXXXXXXXX1234\n1131 1245",
        "VISA XXXXXXXXXXXX1234 001131",
        "4111111111111112 1131",
        "TOTAL......1234 1131",
        "REWARDS CARD ************1234 1131",
        "Lot       Exp\nA12345    0126",
        "Item      Exp      Qty\nMILK      0126     1",
        "Card      Exp      Auth\nVISA      **/**    0126",
        "EXP XX/XX",
        "EXP DATE: ****",
        "Exp. date 04/15/27",
        "EXPIRES 04/15/2027",
        "Expires 05.12.2027",
        "VALID THRU 04-15-27",
        "Offer expires 12/31",
        "Return policy: exp. date\nEXP 12/31",
        "COUPON $5 OFF\nVALID THRU 04/27",
        "Member exp 04/27",
        "$5 VOUCHER\nFOR YOUR NEXT MEAL\nVALID THRU 12/31",
        "BEST BEFORE 04/27",
        "EXP APR 27",
        "MHD 04/27",
        "EXPRESS 12/28",
        "EXPO 12/28",
        "EXP 15/28",
        "EXP 052812",
        "Items may be returned before they expire",
        "04/27 12:30",
    ],
)
def test_a_masked_month_and_the_end_of_something_else_are_left(text):
    assert check(text, find_card_expiry) == []

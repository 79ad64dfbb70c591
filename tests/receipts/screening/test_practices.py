"""Opticians' orders, practices' invoices and cards of vaccinations."""

import pytest

from receipts.screening.findings import Kind
from receipts.screening.screen import screen
from receipts.screening.texts import page_of_text

OPTICIAN = """CLEAR VIEW OPTICS
12 Mill Street
Order 5512
OD -2.25 -0.50 x 175
OS -2.00 -0.75 x 010
PD 63
Progressive lenses 189.00
Frame Norton 120.00
Total 309.00"""
INVOICE = """Praxis am Markt
Rechnung Nr. 2026-118
GOÄ Ziffer Faktor Betrag
1 Telefonat 2,3 10,72
5 Untersuchung 2,3 10,72
Diagnosen: J06.9
Summe 21,44"""
CARD = """IMMUNIZATION RECORD CARD
Moderna lot number 039K20A
1st dose 03/04/2026 left deltoid
2nd dose 04/01/2026 left deltoid
Administered by J. Poe"""


@pytest.mark.parametrize(("text", "least"), [(OPTICIAN, 3), (INVOICE, 3), (CARD, 4)])
def test_what_was_measured_or_done_is_found_line_by_line(text, least):
    findings = [
        finding
        for finding in screen([page_of_text(text)])
        if finding.kind in (Kind.HEALTH_SERVICE, Kind.PRESCRIPTION)
    ]

    lines = {round(spot.corners[0][1]) for one in findings for spot in one.spots}
    assert len(lines) >= least


@pytest.mark.parametrize(
    "text",
    [
        "GOA BEACH BAR\n2 KINGFISHER 9.00\nTOTAL 9.00\nTHANK YOU",
        "STEAK HOUSE\nRIBEYE 16oz 45.00\nCYLINDER HEAD ALE 7.00\nTOTAL 52.00",
        "EDEKA\n2 x 1,29 2,58\n500 Aepfel 2,99\nSUMME 5,57",
        "OPTIC CITY\nLENS CLOTH 3.99\nCONTACT LENS SOLN 9.49\nTOTAL 13.48",
        "LOTTO CENTER\nLOT 12 WINE 9.99\nPOLIO WATERS 1.99\nTOTAL 11.98",
    ],
)
def test_what_only_sounds_alike_is_shopping(text):
    assert screen([page_of_text(text)]) == ()


def test_a_label_that_begins_with_the_patient_is_found_from_its_first_line():
    label = """RIVERSON, WILMA
BD 11/18/1969
106 JUNIPER HWY
RX 137-2129312 1 of 1
Take 1 tablet by mouth daily
#30"""

    spots = [s for one in screen([page_of_text(label)]) for s in one.spots]

    assert min(spot.corners[0][1] for spot in spots) == 0


def test_a_name_in_two_lines_is_found_from_the_first():
    label = """HOLLOWAY-PRICE,
BENEDICTA M
BD 03/21/1958
RX 137-2129312 1 of 1
Take 1 tablet by mouth daily
#30"""

    spots = [s for one in screen([page_of_text(label)]) for s in one.spots]

    assert min(spot.corners[0][1] for spot in spots) == 0


def test_what_is_paid_when_a_bag_is_fetched_goes_with_its_label():
    label = """RX 137-2129312 1 of 1
MEDROL 4MG PAK
#28 DR SULLIVAN
PICKUP 09/20     $10.00"""

    spots = [s for one in screen([page_of_text(label)]) for s in one.spots]

    assert max(spot.corners[2][1] for spot in spots) >= 80


def test_an_order_that_is_picked_up_is_shopping():
    text = "GROCER\nORDER PICKUP 4.99\nBREAD 3.99\nTOTAL 8.98"

    assert screen([page_of_text(text)]) == ()

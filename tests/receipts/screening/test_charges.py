"""A practice's charges are found between those that are known; a shop's goods stay."""

import pytest

from receipts.reading.page import Line, Page, Word
from receipts.screening.medical import find_medical
from receipts.screening.passages import Sheets
from tests.receipts.screening.papers import (
    is_found,
    is_left,
    judged,
    page_of,
    spots_of,
)

STATEMENTS = {
    "two known above two unknown": """
=Harbourlight & Sons
=44 Quay Lane
=Dover, DE 19901  (302)555-0144
!Patient: Marlow, Edith
!Provider: Dr. A. Finch
!Adult prophylaxis          96.00
!Dental exam                71.00
!Quelling of soreness       62.00
!Edge rounding              31.00
=Subtotal                  260.00
=Total                     260.00
=CASH                      260.00
""",
    "two unknown between two known": """
=Harbourlight & Sons
=44 Quay Lane
=302.555.0144
!Patient: Marlow, Edith
!Office visit, new          95.00
!Quelling of soreness       60.00
!Edge rounding              31.00
!Blood test                 40.00
=Total                     226.00
=CASH                      230.00
=CHANGE                      4.00
""",
    "an unknown one above the known": """
=Harbourlight & Sons
=44 Quay Lane
=302.555.0144
!Patient: Marlow, Edith
 Charges
!Quelling of soreness       60.00
!Office visit, new          95.00
!Blood test                 40.00
=Total                     195.00
""",
    "known by the codes of procedures": """
=Harbourlight & Sons
=44 Quay Lane
=302.555.0144
=Invoice 5512
!D1110  Prophylaxis adult    96.00
!D0274  Bitewing images      71.00
!D9001  Quelling of soreness 62.00
!D4001  Order of the edges   31.00
=Total charges              260.00
=Visa                       260.00
""",
    "rows without a price, where the head names a practice": """
=Harbourlight Dental
=44 Quay Lane
=Dover, DE 19901  (302)555-0144
!Dental cleaning            96.00
!Quelling of soreness       62.00
!   upper left, both sides
!   with a soft brush
!Edge rounding              31.00
=Total                     189.00
=Visa                      189.00
""",
}
TILLS = {
    "a market with a vaccination among groceries": """
=FERNHILL MARKET
=12 High Street
=302.555.0144
!FLU SHOT                   39.99
=BREAD                       2.49
=OAT MILK                    3.79
=TOTAL                      46.27
=CASH                       50.00
""",
    "a market that names who was vaccinated": """
=FERNHILL MARKET
=12 High Street
=302.555.0144
!PATIENT: MARLOW E
!FLU SHOT                   39.99
=PAPER TOWELS                6.49
=BREAD                       2.49
=OAT MILK                    3.79
=TOTAL                      52.76
""",
    "a market with tax letters": """
=FERNHILL MARKET
=12 High Street
=302.555.0144
!PATIENT: MARLOW E
!FLU SHOT                   39.99
!COVID VACCINE               0.00
 OAT MILK                    3.79 F
=BREAD                       2.49 F
=TOTAL                      46.27
""",
    "a market with packs": """
=FERNHILL MARKET
=12 High Street
=302.555.0144
!PATIENT: MARLOW E
!FLU SHOT                   39.99
!COVID VACCINE               0.00
 PAPER TOWELS                6.49
=OAT MILK 64 OZ              3.79
=TOTAL                      50.27
""",
    "a drug store": """
=FERNHILL DRUGS
=12 High Street
=302.555.0144
!PATIENT: MARLOW E
!FLU SHOT                   39.99
!COVID VACCINE               0.00
 PAPER TOWELS                6.49
=GREETING CARD BLUE          3.79
=TOTAL                      50.27
""",
    "a till that names its cashier": """
=FERNHILL
=12 High Street
=302.555.0144
=CASHIER 12
!PATIENT: MARLOW E
!FLU SHOT                   39.99
!COVID VACCINE               0.00
 PAPER TOWELS                6.49
=NOTEBOOK                    3.79
=TOTAL                      50.27
""",
    "two vaccinations and nobody named": """
=FERNHILL MARKET
=12 High Street
=302.555.0144
!FLU SHOT                   39.99
!COVID VACCINE               0.00
=PAPER TOWELS                6.49
=NOTEBOOK                    3.79
=TOTAL                      50.27
""",
}


@pytest.mark.parametrize("whole_lines", [False, True], ids=["words", "fragments"])
@pytest.mark.parametrize("name", STATEMENTS | TILLS)
def test_a_practices_charges_are_found_and_a_tills_goods_are_left(name, whole_lines):
    text = (STATEMENTS | TILLS)[name]
    page = page_of(text, whole_lines=whole_lines)

    spots = spots_of(find_medical(Sheets.of([page])))

    lines = list(zip(judged(text), page.lines, strict=True))
    missed = [
        t for (fate, t), line in lines if fate == "!" and not is_found(line, spots)
    ]
    spoilt = [
        t for (fate, t), line in lines if fate == "=" and not is_left(line, spots)
    ]
    assert (missed, spoilt) == ([], [])


def test_charges_are_found_where_a_reader_tears_their_prices_off():
    def line(text, left, top):
        box = (left, top, left + 10 * len(text), top + 18)
        return Line((Word(text, box, 0.9),))

    head = [line("Harbourlight & Sons", 0, 0), line("44 Quay Lane", 0, 26)]
    head += [line("302.555.0144", 0, 52)]
    table = [line("Patient: Marlow, Edith", 0, 90)]
    charges = [
        ("Office visit, new", "95.00"),
        ("Quelling of soreness", "60.00"),
        ("Edge rounding", "31.00"),
        ("Blood test", "40.00"),
    ]
    for number, (name, price) in enumerate(charges):
        top = 120 + 26 * number
        table += [line(name, 0, top), line(price, 400, top + 1)]
    foot = [line("Total      226.00", 0, 240)]
    page = Page((*head, *table, *foot), 600, 400, "rapidocr")

    spots = spots_of(find_medical(Sheets.of([page])))

    assert [one for one in table if not is_found(one, spots)] == []
    assert [one for one in head + foot if not is_left(one, spots)] == []


def test_what_a_till_takes_off_among_a_practices_charges_is_left():
    text = """
=Harbourlight Dental
=44 Quay Lane
=Dover, DE 19901  (302)555-0144
!Dental cleaning            96.00
=Discount                  -10.00
=------------------------------
=Total                      86.00
"""
    page = page_of(text)

    spots = spots_of(find_medical(Sheets.of([page])))

    assert is_found(page.lines[3], spots)
    assert is_left(page.lines[4], spots)

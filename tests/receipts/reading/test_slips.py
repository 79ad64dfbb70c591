import datetime
import math
import time
from decimal import Decimal

import pytest

from receipts.reading.dates import date_candidates
from receipts.reading.layout import Quad, lines_of
from receipts.reading.locales import locale_named
from receipts.reading.page import Line, Page, Word
from receipts.reading.result import Reason
from receipts.reading.several import several_receipts
from receipts.reading.slips import (
    SlipFacts,
    SlipKind,
    compare,
    reading_order,
    slips_of,
)
from receipts.reading.totals import labeled

WIDTH, STEP, HEIGHT, LETTER = 420, 30, 20, 10
MAY_5, MAY_6 = datetime.date(2019, 5, 5), datetime.date(2019, 5, 6)


def receipt(number):
    """A made-up shop's receipt, with other words and sums for another number."""
    price = Decimal(number) + Decimal("3.25")
    return [
        f"CORNER SHOP {number}",
        f"{number} Mill Lane, Oldtown",
        f"Phone (555) 010-{1000 + number}",
        f"Date: 05/{number + 1:02}/2019",
        f"Bread|{price:.2f}",
        "Milk|2.00",
        f"Subtotal|{price + 2:.2f}",
        "Tax|0.50",
        f"Total|{price + Decimal('2.50'):.2f}",
        "Thank you",
    ]


CARD_SLIP = [
    "CORNER SHOP",
    "Date: 05/02/2019",
    "VISA",
    "XXXXXXXXXXXX1234",
    "Approval code 012345",
    "AID A0000000031010",
    "Amount|6.75",
    "Customer copy",
]


def quads(lines, left, top, degrees=0.0, right=WIDTH - 40):
    """Words of a paper; what stands behind "|" is set flush right."""
    turn = math.radians(degrees)
    found = []
    for row, line in enumerate(lines):
        text, _, amount = line.partition("|")
        words = [(text, left + 20), (amount, left + right - LETTER * len(amount))]
        for word, x in words:
            y, wide = top + STEP * row, LETTER * len(word)
            corners = ((x, y), (x + wide, y), (x + wide, y + HEIGHT), (x, y + HEIGHT))
            turned = tuple(
                (
                    a * math.cos(turn) - b * math.sin(turn),
                    a * math.sin(turn) + b * math.cos(turn),
                )
                for a, b in corners
            )
            if word:
                found.append(Quad(word, turned, 0.98))
    return found


def page(*papers):
    found = [quad for paper in papers for quad in paper]
    return Page(lines_of(found), 4000, 4000, "test")


def grid(columns, rows):
    return page(
        *(
            quads(receipt(column + columns * row), WIDTH * column, 420 * row)
            for column in range(columns)
            for row in range(rows)
        )
    )


def facts_of(page):
    """What a reading makes of each slip: the line of the total, and the day."""
    facts = []
    for slip in slips_of(page):
        texts = [line.text for line in slip.lines]
        days = date_candidates(
            texts,
            locale=locale_named("en_US"),
            submitted_on=None,
            today=datetime.date(2026, 1, 1),
        )
        total = next(
            row.value for row in labeled(texts) if row.text.startswith(("Tot", "Amo"))
        )
        facts.append(SlipFacts(slip.kind, total, days[0].day if days else None))
    return facts


def reason_of(page):
    texts = [line.text for line in page.lines]
    days = date_candidates(
        texts,
        locale=locale_named("en_US"),
        submitted_on=None,
        today=datetime.date(2026, 1, 1),
    )
    return several_receipts(labeled(texts), days)


def test_the_columns_of_one_receipt_are_one_slip():
    only = page(quads(receipt(1), 0, 0, right=1200))

    slips = slips_of(only)

    assert [slip.lines for slip in slips] == [only.lines]
    assert slips[0].kind == SlipKind.ITEMISED


def test_a_wide_gap_within_a_receipt_parts_nothing():
    lines = receipt(1)
    only = page(quads(lines[:6], 0, 0), quads(lines[6:], 0, 600))

    assert len(slips_of(only)) == 1


@pytest.mark.parametrize("degrees", [-8, 0, 8])
def test_papers_side_by_side_are_parted(degrees):
    two = page(quads(receipt(1), 0, 0, degrees), quads(receipt(2), WIDTH, 15, degrees))

    slips = slips_of(two)

    assert [[line.text for line in slip.lines] for slip in slips] == [
        [line.replace("|", " ") for line in receipt(1)],
        [line.replace("|", " ") for line in receipt(2)],
    ]


def test_papers_below_one_another_are_parted():
    two = page(quads(receipt(1), 0, 0), quads(CARD_SLIP, 0, 400))

    slips = slips_of(two)

    assert [slip.kind for slip in slips] == [SlipKind.ITEMISED, SlipKind.CARD]
    assert slips[1].box == (20, 400, 380, 630)


def test_a_coupon_beside_a_receipt_is_not_a_slip():
    coupon = ["SAVE BIG", "on your next visit", "Valid until 06/01/2019", "10% OFF"]
    two = page(quads(receipt(1), 0, 0), quads(coupon, WIDTH, 0))

    assert len(slips_of(two)) == 1


@pytest.mark.parametrize(("columns", "rows"), [(2, 1), (1, 2), (2, 2), (5, 4)])
def test_every_receipt_of_a_grid_is_a_slip_and_a_reason_is_given(columns, rows):
    papers = grid(columns, rows)

    slips = slips_of(papers)
    compared = compare(facts_of(papers))

    count = columns * rows
    assert len(slips) == count
    assert compared.evidence == ()
    assert compared.reasons == (
        Reason(
            "several_receipts", f"There seem to be {count} receipts in the picture."
        ),
    )


@pytest.mark.parametrize(("columns", "rows"), [(2, 1), (1, 2), (2, 2), (5, 4)])
def test_the_text_of_a_grid_alone_gives_a_reason(columns, rows):
    reason = reason_of(grid(columns, rows))

    assert reason is not None
    assert reason.code == "several_receipts"


@pytest.mark.parametrize(
    "lines",
    [
        receipt(1),
        receipt(1) + CARD_SLIP,
        [
            *receipt(1),
            "Return by 06/01/2019",
            "Call (555) 010-2000",
            "or (555) 010-3000",
        ],
        [*receipt(1), "Tip|1.00", "Total|7.75"],
        [*receipt(1), "Printed 05/03/2019", "Total rounded|6.75"],
        ["Food total|10.00", "Drinks total|5.00", "Total|15.00", "Date 05/05/2019"],
    ],
)
def test_the_text_of_one_receipt_gives_no_reason(lines):
    assert reason_of(page(quads(lines, 0, 0))) is None


def test_a_card_slip_beside_its_receipt_agrees():
    both = page(quads(receipt(1), 0, 0), quads(CARD_SLIP, WIDTH, 20))

    compared = compare(facts_of(both))

    assert compared.evidence == ("The card slip prints 6.75 too.",)
    assert compared.reasons == ()


def test_a_card_slip_with_a_tip_agrees():
    compared = compare(
        [
            SlipFacts(SlipKind.ITEMISED, Decimal("21.64"), MAY_5),
            SlipFacts(SlipKind.CARD, Decimal("25.64"), MAY_5, tip=Decimal("4.00")),
        ]
    )

    assert compared.evidence == ("The card slip’s 25.64 is 21.64 + 4.00 tip.",)
    assert compared.reasons == ()


def test_a_card_slip_of_another_sum_is_a_reason():
    compared = compare(
        [
            SlipFacts(SlipKind.ITEMISED, Decimal("21.64"), MAY_5),
            SlipFacts(SlipKind.CARD, Decimal("9.99"), MAY_5),
        ]
    )

    assert compared.evidence == ()
    assert compared.reasons == (
        Reason("slips_differ", "The card slip prints 9.99, the receipt 21.64."),
    )


def test_a_card_slip_of_another_day_is_a_reason():
    compared = compare(
        [
            SlipFacts(SlipKind.ITEMISED, Decimal("21.64"), MAY_5),
            SlipFacts(SlipKind.CARD, Decimal("21.64"), MAY_6),
        ]
    )

    assert compared.reasons == (
        Reason(
            "slips_differ",
            "The slips in the picture have different days: "
            "05 May 2019 and 06 May 2019.",
        ),
    )


def test_receipts_of_one_sum_from_two_shops_are_several():
    compared = compare(
        [
            SlipFacts(SlipKind.ITEMISED, Decimal("5.00"), MAY_5, "Corner Shop"),
            SlipFacts(SlipKind.ITEMISED, Decimal("5.00"), MAY_5, "Harbour Books"),
        ]
    )

    assert [reason.code for reason in compared.reasons] == ["several_receipts"]


def test_two_copies_of_one_receipt_agree():
    compared = compare(
        [SlipFacts(SlipKind.ITEMISED, Decimal("5.00"), MAY_5, "Corner Shop")] * 2
    )

    assert compared.evidence == ("The other slip prints 5.00 too.",)
    assert compared.reasons == ()


@pytest.mark.parametrize("slips", [[], [SlipFacts(SlipKind.OTHER)]])
def test_a_slip_alone_says_nothing(slips):
    compared = compare(slips)

    assert compared.evidence == compared.reasons == ()


def test_a_slip_whose_total_is_unread_is_a_reason():
    compared = compare(
        [
            SlipFacts(SlipKind.ITEMISED, Decimal("5.00"), MAY_5),
            SlipFacts(SlipKind.CARD, None, MAY_5),
        ]
    )

    assert compared.reasons == (
        Reason(
            "slips_differ",
            "There are 2 slips in the picture, and not every total could be read.",
        ),
    )


def test_the_itemised_slip_is_read_first():
    both = page(quads(CARD_SLIP, 0, 20), quads(receipt(1), WIDTH, 0))

    lines = reading_order(slips_of(both))

    assert [line.text for line in lines] == [
        line.replace("|", " ") for line in receipt(1) + CARD_SLIP
    ]


def test_many_slips_of_which_little_is_known_are_several():
    compared = compare([SlipFacts(SlipKind.OTHER)] * 6)

    assert [reason.code for reason in compared.reasons] == ["several_receipts"]


def test_an_empty_page_has_no_slips():
    assert slips_of(Page((), 100, 100, "test")) == ()
    assert several_receipts([], []) is None


def test_a_page_full_of_words_takes_no_time():
    lines = tuple(
        Line(
            tuple(
                Word(
                    "Total 01/02/2019 1.00",
                    (30 * n, 20 * row, 30 * n + 25, 20 * row + 15),
                    0.9,
                )
                for n in range(12)
            )
        )
        for row in range(600)
    )
    start = time.process_time()

    slips_of(Page(lines, 400, 12000, "test"))
    several_receipts(labeled([line.text for line in lines]), [])

    assert time.process_time() - start < 10

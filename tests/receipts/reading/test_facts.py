from decimal import Decimal

import pytest

from receipts.reading.items import items_of
from receipts.reading.labels import Label
from receipts.reading.rows import labeled, sums_of
from receipts.reading.totals import candidates


def facts_about(value, *texts):
    rows = labeled(texts)
    items = items_of(rows)
    ranked = candidates(
        rows, sums_of(rows, sum((i.amount for i in items), Decimal(0)) or None)
    )
    return next(c.facts for c in ranked if c.value == Decimal(value))


@pytest.mark.parametrize(
    ("value", "texts", "kind", "sentence"),
    [
        (
            "21.64",
            ["Subtotal 19.99", "Tax 1.65", "Total 21.64"],
            "sum",
            "19.99 + 1.65 tax = 21.64.",
        ),
        (
            "30.00",
            ["Subtotal 20.00", "Tax 5.00", "Tip 5.00", "Total 30.00"],
            "sum",
            "20.00 + 5.00 tax + 5.00 tip = 30.00.",
        ),
        (
            # A till that names neither the sum before tax nor the total.
            "13.78",
            ["Burrito 12.67", "TO-GO 12.67", "Tax 8.75% 1.11", "TO-GO 13.78"],
            "sum",
            "12.67 + 1.11 tax = 13.78.",
        ),
        (
            # Labels that slipped by a line: the tax's amount is the subtotal's.
            "85.07",
            ["Subtotal", "Tax 79.50", "6.5% 5.57", "Balance due 85.07"],
            "sum",
            "79.50 + 5.57 = 85.07.",
        ),
        (
            "33.05",
            ["Total 0% supplies 7.61", "Total 6% supplies 25.44", "Payable 33.05"],
            "sum",
            "7.61 + 25.44 = 33.05.",
        ),
        (
            "17.95",
            ["Total 17.95", "Cash 20.00", "Change 2.05"],
            "change",
            "20.00 paid - 2.05 change = 17.95.",
        ),
        (
            # The change has lost its point.
            "30.45",
            ["Total 30.45", "Cash received 30.50", "Change 005"],
            "change",
            "30.50 paid - 0.05 change = 30.45.",
        ),
        (
            "33.92",
            ["Total 33.92", "Suggested tip 15% 5.09", "Suggested tip 20% 6.78"],
            "suggested",
            "The suggested tips are 15 % and 20 % of 33.92.",
        ),
        (
            "8.50",
            ["Total incl. GST 8.48", "Rounding 0.02", "Total payable 8.50"],
            "rounding",
            "8.48 + 0.02 rounding = 8.50.",
        ),
        (
            "5.00",
            ["Total 5.00", "GST 6% 0.28"],
            "rate",
            "0.28 is the tax of 6 % in 5.00.",
        ),
    ],
)
def test_a_fact_supports_an_amount_in_words(value, texts, kind, sentence):
    assert facts_about(value, *texts)[kind] == sentence


@pytest.mark.parametrize(
    ("value", "texts", "kind"),
    [
        # A subtotal that equals the total is the same amount, not a sum.
        ("19.99", ["Subtotal 19.99", "Tax 0.00", "Total 19.99"], "sum"),
        ("21.65", ["Subtotal 19.99", "Tax 1.65", "Total 21.65"], "sum"),
        # Two prices that happen to add up to the total name no part of it.
        ("9.00", ["Soup 4.00", "Tea 5.00", "Cake 2.00", "Total 9.00"], "sum"),
        ("33.92", ["Total 33.92", "Suggested tip 15% 5.09"], "suggested"),
        ("5.01", ["Total 5.01", "GST 6% 0.31"], "rate"),
    ],
)
def test_what_only_looks_like_a_fact_is_none(value, texts, kind):
    assert kind not in facts_about(value, *texts)


def test_a_sum_that_is_a_cent_off_is_a_weaker_fact():
    facts = facts_about("21.65", "Subtotal 19.99", "Tax 1.65", "Total 21.65")

    assert facts["near_sum"] == "19.99 + 1.65 tax + 0.01 rounding = 21.65."


def test_an_amount_without_its_point_only_supports_the_same_one_elsewhere():
    rows = labeled(["TOTAL 5892", "VISA 58.92"])

    ranked = candidates(rows, sums_of(rows, None))

    assert ranked[0].value == Decimal("58.92")
    assert ranked[0].is_printed
    assert ranked[0].on_total_line


def test_an_amount_that_nowhere_has_its_point_is_not_printed():
    rows = labeled(["TOTAL 5892"])

    assert not candidates(rows, sums_of(rows, None))[0].is_printed


@pytest.mark.parametrize("text", ["Total 12", "TOTAL 12:30", "Total 5/12", "Cash 4%"])
def test_other_numbers_of_a_sums_line_are_no_amounts_without_a_point(text):
    assert labeled([text])[0].amounts == ()


def test_a_net_total_below_the_tax_is_payable():
    rows = labeled(["Sub total 14.00", "GST 6% 0.84", "Net total 14.84", "Cash 14.84"])

    assert [row.label for row in rows] == [
        Label.SUBTOTAL,
        Label.TAX,
        Label.TOTAL,
        Label.CASH,
    ]


def test_a_net_total_above_the_tax_is_a_subtotal():
    rows = labeled(["Net total 14.00", "GST 6% 0.84", "Total 14.84"])

    assert rows[0].label == Label.SUBTOTAL


@pytest.mark.parametrize(
    ("texts", "is_unrounded"),
    [
        (["Total 60.31", "Rounding -0.01", "Cash 70.30"], True),
        (["Total 60.31", "Cash 70.30", "Change 10.00"], True),
        (["Total 60.31", "Rounding -0.01", "60.30", "Cash 70.30"], False),
        (["Total 60.30", "Rounding 0.00", "Cash 70.30", "Change 10.00"], False),
        # Cash that pays for more than this receipt says nothing of rounding.
        (["Total 60.31", "Cash 90.00", "Change 10.00"], False),
    ],
)
def test_a_total_before_rounding_is_known_as_one(texts, is_unrounded):
    rows = labeled(texts)

    best = candidates(rows, sums_of(rows, None))[0]

    assert best.is_unrounded is is_unrounded

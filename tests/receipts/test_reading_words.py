"""What the desk tells of a reading, of this version's and of older ones'."""

import pytest

from receipts.reading_words import FieldWords, also_read, reasons, words_on

RESULT = {
    "confidence": {"merchant": 0.91, "date": 0.8, "total": 0.3},
    "evidence": {"total": ["19.99 + 1.65 tax = 21.64", "Printed twice."]},
    "reasons": ["Another amount is nearly as likely the total."],
    "tip": "3.00",
    "taxes": [
        {"name": "PA SALES TAX 6 %", "rate": "0.06", "amount": "1.65"},
        {"name": "", "rate": None, "amount": "0.20"},
    ],
    "payments": [
        {"kind": "visa", "amount": "24.64", "last_four": "4242"},
        {"kind": "gift_card", "amount": None, "last_four": None},
        {"kind": "shop_points", "amount": "1.00", "last_four": None},
    ],
    "store_number": "0042",
    "transaction_number": "7731",
}


@pytest.mark.parametrize(
    ("field", "confidence", "evidence"),
    [
        ("merchant_name", 0.91, ()),
        ("purchased_on", 0.8, ()),
        ("total", 0.3, ("19.99 + 1.65 tax = 21.64", "Printed twice.")),
        ("category", None, ()),
    ],
)
def test_a_field_of_the_form_has_what_the_reading_says_of_it(
    field, confidence, evidence
):
    assert words_on(RESULT, field) == FieldWords(confidence, evidence)


def test_an_input_is_described_by_what_the_page_shows_of_it():
    marks = [
        words_on(RESULT, field).marks("id_x")
        for field in ("total", "purchased_on", "category")
    ]

    assert marks == [("id_x_sure", "id_x_evidence"), ("id_x_sure",), ()]


def test_what_the_form_does_not_ask_for_is_told_in_a_line_each():
    told = [(line.label, line.text) for line in also_read(RESULT, "USD")]

    assert told == [
        ("Tip", "$3.00"),
        ("Tax", "$1.65 PA SALES TAX 6 %"),
        ("Tax", "$0.20"),
        ("Paid", "$24.64 Visa ending in 4242"),
        ("Paid", "Gift card"),
        ("Paid", "$1.00 Shop points"),
        ("Store", "0042"),
        ("Transaction", "7731"),
    ]


def test_of_an_older_reading_or_none_nothing_is_told():
    assert (also_read({}, "USD"), reasons({})) == ([], [])
    assert words_on({}, "total") == FieldWords(None, ())


def test_no_tip_and_no_tax_are_not_told():
    assert also_read({"tip": None, "taxes": [], "payments": []}, "USD") == []


def test_the_reasons_are_told_as_they_were_given():
    assert reasons(RESULT) == ["Another amount is nearly as likely the total."]


def test_nothing_is_sure_about_an_empty_field():
    result = {"merchant": None, "confidence": {"merchant": 0.98}}

    assert words_on(result, "merchant_name").confidence == 0.0

import pytest

from receipts.screening.doses import (
    dose_tokens,
    has_counted_form,
    has_strength,
    is_form,
    is_form_only,
    is_strength,
)


@pytest.mark.parametrize(
    "text",
    [
        "10MG",
        "0.5 ML",
        "500 mg",
        "2.5mg",
        "5-325 MG",
        "250MG/5ML",
        "100 UNIT/ML",
        "1%",
        "90microgram",
    ],
)
def test_a_strength_is_told(text):
    assert is_strength(text)


@pytest.mark.parametrize("text", ["10", "MG", "$5.00", "12 PK", "OMEGA", "2 FOR 5"])
def test_other_tokens_are_no_strength(text):
    assert not is_strength(text)


@pytest.mark.parametrize(
    "text",
    [
        "TAB",
        "Tabs",
        "CAPS",
        "HCL",
        "ER",
        "XR",
        "SR",
        "susp",
        "inhaler",
        "Filmtabletten",
    ],
)
def test_a_form_is_told(text):
    assert is_form(text)


@pytest.mark.parametrize("text", ["TABLE", "CAPRI", "MILK", "PENNE", "10MG"])
def test_other_words_are_no_form(text):
    assert not is_form(text)


@pytest.mark.parametrize(
    ("line", "strength", "counted"),
    [
        ("LISINOPRIL 10MG TAB", True, False),
        ("90 tablets", False, True),
        ("QTY 30 CAPS", False, True),
        ("WHOLE MILK 3.49", False, False),
        ("TABLE 12 GUESTS 4", False, False),
        ("4 PENNE", False, False),
    ],
)
def test_lines_tell_strengths_and_counted_forms(line, strength, counted):
    assert (has_strength(line), has_counted_form(line)) == (strength, counted)


def test_tokens_of_a_dose_are_found_where_they_stand():
    words = ["METFORMIN", "HCL", "ER", "500", "MG", "TAB", "9.99"]

    assert dose_tokens(words) == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "capsules",
        "prolonged-release tablets",
        "oral susp 100ml",
        "56 tablets",
        "ER tab",
    ],
)
def test_what_is_broken_off_from_a_name_is_a_form_only(text):
    assert is_form_only(text)


@pytest.mark.parametrize(
    "text", ["", "100", "sugar free", "shower gel", "nasal tissues"]
)
def test_what_names_anything_else_is_no_form_only(text):
    assert not is_form_only(text)

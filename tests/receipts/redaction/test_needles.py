import pytest

from receipts.redaction.needles import needles_of
from receipts.screening.texts import page_of_text
from tests.receipts.redaction.test_twins import over


def needles(text, *quads):
    page = page_of_text(text)
    return needles_of([page], [[over(page, *quad) for quad in quads]])


TEXT = "CORNER PHARMACY\nRX 7788991 LISINOPRIL 10MG\nOLIVE OIL 12.34"
LINE = (1, 0, 3)


@pytest.mark.parametrize(
    "told",
    [
        "RX 7788991",
        '{"a": "7788991"}',
        "rx 77889 91",
        "778899l",
        "77-88-991",
        "RX 7788991 LISINOPRIL 10MG",
        "RX 7788991 LlSIN0PRIL 10MG",
    ],
)
def test_what_was_painted_is_found_anywhere_and_however_it_was_read(told):
    found = needles(TEXT, LINE)

    assert found.anywhere().search(told.encode()) is not None
    assert found.anywhere_in_text().search(told) is not None


@pytest.mark.parametrize("told", ["17788991", "7788992", "OLIVE OIL", "a7788991b", ""])
def test_what_only_looks_alike_is_not_found(told):
    assert needles(TEXT, LINE).anywhere_in_text().search(told) is None


@pytest.mark.parametrize(
    "told",
    [
        b"uploadRX 7788991 LISINOPRIL 10MGdrug_store",
        b"\x8c1RX 7788991 LISINOPRIL 10MG\x94",
        b"\x8c77788991\x94",
    ],
)
def test_in_bytes_a_text_is_found_that_touches_others(told):
    assert needles(TEXT, LINE).anywhere().search(told) is not None


@pytest.mark.parametrize("told", [b"0.97788991", b"ab7788991", b"7788991cd"])
def test_in_bytes_a_number_within_another_is_not_found(told):
    assert needles(TEXT, LINE).anywhere().search(told) is None


def test_a_single_word_is_looked_for_in_the_receipts_own_rows_only():
    found = needles(TEXT, LINE)

    assert found.in_rows().search("lisinopril") is not None
    assert found.anywhere_in_text().search("lisinopril") is None


def test_what_can_still_be_read_is_no_secret():
    found = needles(f"{TEXT}\nREF 7788991 LISINOPRIL", LINE)

    assert found.in_rows().search("7788991") is None
    assert found.in_rows().search("lisinopril") is None


def test_letters_beyond_ascii_are_found_where_they_are_escaped():
    found = needles("PATIENTIN JÖRG ÄRZTEHAUS", (0, 0, 2))

    for told in ("PATIENTIN JÖRG ÄRZTEHAUS", r"PATIENTIN J\u00d6RG \u00c4RZTEHAUS"):
        assert found.anywhere().search(told.encode()) is not None


def test_nothing_painted_looks_for_nothing():
    found = needles(TEXT)

    assert (found.count, found.in_rows(), found.anywhere()) == (0, None, None)


def test_what_kind_of_shop_it_is_may_be_said_of_one_whose_head_was_painted():
    found = needles(TEXT, (0, 1, 1), LINE)

    assert found.in_rows().search("Corner Pharmacy") is None
    assert found.in_rows().search("Lisinopril") is not None

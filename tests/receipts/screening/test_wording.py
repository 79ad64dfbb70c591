"""Damaged labels are read as they were meant, and every letter keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.screening.wording import folded, wording, words


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Drlver Llcense", "Driver License"),
        ("Passp0rt", "Passport"),
        ("Routng", "Routing"),
        ("Acccount", "Account"),
        ("Kontonumer", "Kontonummer"),
        ("Personalauswels", "Personalausweis"),
        ("RoutingNumber", "Routing Number"),
        ("PASSPORTNO", "PASSPORT NO"),
    ],
)
def test_a_label_is_read_as_it_was_meant(read, meant):
    assert wording(read).text.casefold() == folded(meant).casefold()


@pytest.mark.parametrize("text", ["Amount", "Discount", "Special", "Tracking", "1 l"])
def test_other_words_stay_what_they_are(text):
    assert wording(text).text == folded(text)


@given(st.text(alphabet="Routing CcountNo15l|", max_size=30))
def test_every_letter_and_the_end_have_a_place_in_the_text_as_read(text):
    spelt = wording(text)

    assert len(spelt.starts) == len(spelt.text) + 1
    assert list(spelt.starts) == sorted(spelt.starts)
    assert spelt.at(len(spelt.text)) == len(text)


def test_what_follows_a_mended_word_keeps_its_place():
    spelt = wording("Routng # 021")

    assert spelt.text == "routing # 021"
    assert spelt.at(spelt.text.index("021")) == 9


def test_words_are_found_in_folded_text_only_by_their_letters():
    assert words(r"(?<![a-z])dl\s*no").search(folded("DL No 1"))
    assert not words("dl").search("DL")

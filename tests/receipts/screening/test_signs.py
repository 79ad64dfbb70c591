"""Wordings are told from damaged text, and only where a word stands."""

from collections import Counter

import pytest

from receipts.screening.medical import SIGNS, WORDINGS
from receipts.screening.passages import Passage
from receipts.screening.signs import Mark, Role, together


def marks_of(text, *, has_price=False):
    places = (None,) * len(text)
    return SIGNS.in_line(Passage(text, places), has_price=has_price)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("RX# 1234567", Role.NUMBER),
        ("Rx1234567", Role.NUMBER),
        ("RX:O12345b", Role.NUMBER),
        ("R× 1234567", Role.NUMBER),
        ("1RX# 1234567", Role.NUMBER),
        ("PRE SCRIPTION NO 884412", Role.NUMBER),
        ("Prescrlption N0 884412", Role.NUMBER),
        ("PRESCRIPTON # 884412", Role.NUMBER),
        ("REF1LLS: 2", Role.REFILL),
        ("RefillsRemaining2", Role.REFILL),
        ("NDC 0093-4155-73", Role.PRODUCT),
        ("NDC00093415573", Role.PRODUCT),
        ("DAYSSUPPLY30", Role.SUPPLY),
        ("Qty: 30 TAB", Role.QUANTITY),
        ("PatientName:JohnDoe", Role.PATIENT),
        ("PRESCR1BER: LEE", Role.PRESCRIBER),
        ("D.O.B. 01/02/1960", Role.BIRTH),
        ("CO-PAY", Role.COPAY),
        ("TAKE (1) TABLET DAILY", Role.DIRECTIONS),
        ("PCN ADV", Role.MEMBER),
        ("BIN: 004336", Role.MEMBER),
        ("Immunizaton fee", Role.SERVICE),
        ("ICD-10: J06.9", Role.CODE),
        ("PRESCRIPTION", Role.NUMBER),
        ("prescr:iption # 1234567-11223", Role.NUMBER),
        ("Refill(s): 2", Role.REFILL),
        ("YOU SAVED 12.00 WITH INSURANCE", Role.COPAY),
    ],
)
def test_a_sign_is_told_however_it_was_read(text, role):
    assert role in {mark.role for mark in marks_of(text) if mark.weight >= 0.25}


@pytest.mark.parametrize(
    "text",
    [
        "XEROX PAPER",
        "IMPATIENS 4PK",
        "PREFILLED EGGS",
        "MEDITATION CANDLE",
        "COPAYA JUICE",
        "RX 7900 XTX RADEON",
        "$5 OFF NON RX PURCHASE",
        "DR PEPPER 12PK",
        "12 HILL DR",
        "FREE REFILL",
        "5161 0810",
        "BALTIMORE, MD 21201",
        "16oz Ribeye",
        "PRESCRIPTION DIET C/D",
    ],
)
def test_what_only_looks_like_a_sign_is_none(text):
    assert [mark for mark in marks_of(text) if mark.weight >= 0.1] == []


@pytest.mark.parametrize(
    ("one", "two", "role"),
    [
        ("Ask about your co-", "pay 10.00", Role.COPAY),
        ("YOUR CO", "PAYMENT 10.00", Role.COPAY),
        ("PRESCR1P-", "T1ON NO 4471", Role.NUMBER),
    ],
)
def test_a_sign_goes_on_on_the_next_line(one, two, role):
    lines = [Passage(text, (None,) * len(text)) for text in (one, two)]

    marks = SIGNS.across(*lines, has_price=False)

    assert [mark.role for mark in marks] == [role, role]


@pytest.mark.parametrize(("one", "two"), [("5 Farm Ln", "Patient"), ("Co", "Pay")])
def test_words_below_each_other_are_none(one, two):
    lines = [Passage(text, (None,) * len(text)) for text in (one, two)]

    assert SIGNS.across(*lines, has_price=False) is None


def test_no_wording_stands_in_two_signs():
    phrases = [
        phrase
        for module in WORDINGS
        for sign in module.SIGNS
        for phrase in sign.phrases.split("|")
    ]

    assert [phrase for phrase, n in Counter(phrases).items() if n > 1] == []


def test_a_label_without_a_value_waits_for_one():
    (mark,) = marks_of("Rx Number:")

    assert mark == Mark(Role.NUMBER, 0.8, 0, 9, wants_value=True)


def test_the_same_role_again_tells_nothing_new():
    one, other = Mark(Role.REFILL, 0.5, 0, 1), Mark(Role.NUMBER, 0.5, 0, 1)

    assert together([one, one]) == 0.5
    assert together([one, other]) == 0.75

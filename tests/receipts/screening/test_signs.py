"""Wordings are told from damaged text, and only where a word stands."""

import pytest

from receipts.screening.medical import SIGNS
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
    ],
)
def test_what_only_looks_like_a_sign_is_none(text):
    assert [mark for mark in marks_of(text) if mark.weight >= 0.1] == []


def test_a_label_without_a_value_waits_for_one():
    (mark,) = marks_of("Rx Number:")

    assert mark == Mark(Role.NUMBER, 0.8, 0, 9, wants_value=True)


def test_the_same_role_again_tells_nothing_new():
    one, other = Mark(Role.REFILL, 0.5, 0, 1), Mark(Role.NUMBER, 0.5, 0, 1)

    assert together([one, one]) == 0.5
    assert together([one, other]) == 0.75

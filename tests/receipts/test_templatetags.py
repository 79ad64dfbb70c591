"""The words of the receipts' and rewards' pages."""

from datetime import date

import pytest

from receipts.models import Receipt, ReceiptEvent
from receipts.services.months import Progress
from receipts.templatetags.receipt_words import (
    event_words,
    field_words,
    payment_sentence,
    segments,
    sureness,
    sureness_word,
)


def progress(**numbers) -> Progress:
    defaults = {
        "month": date(2024, 2, 1),
        "accepted": 0,
        "pending": 0,
        "returned": 0,
        "required": 10,
    }
    return Progress(**defaults | numbers)


@pytest.mark.parametrize(
    ("accepted", "pending", "expected"),
    [
        (0, 0, ""),
        (7, 2, "aaaaaaapp"),
        (9, 5, "aaaaaaaaap"),
        (12, 3, "aaaaaaaaaa"),
    ],
)
def test_the_bar_never_has_more_parts_than_the_month_needs(accepted, pending, expected):
    states = segments(progress(accepted=accepted, pending=pending))

    letters = {"is-accepted": "a", "is-pending": "p", "": ""}
    assert len(states) == 10
    assert "".join(letters[state] for state in states) == expected


def test_without_a_plan_there_is_no_bar():
    assert segments(progress(required=None, accepted=3)) == []


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({}, "until February 29 counts for this month"),
        ({"reward_status": "retracted"}, "until February 29 counts for this month"),
        ({"reward_status": "proposed"}, "waits for a second person’s approval"),
        ({"reward_status": "approved"}, "is in your balance."),
        ({"reward_status": "refused"}, "was refused."),
        ({"required": None}, "No reward is set for this month."),
    ],
)
def test_the_panelist_reads_when_the_next_payment_is_due(numbers, words):
    assert words in payment_sentence(progress(**numbers))


@pytest.mark.parametrize(
    ("confidence", "level", "word"),
    [
        (None, "low", "Unsure"),
        (0.59, "low", "Unsure"),
        (0.6, "middle", "Fairly sure"),
        (0.949, "middle", "Fairly sure"),
        (0.95, "high", "Sure"),
        (1.0, "high", "Sure"),
    ],
)
def test_confidence_is_shown_in_three_steps(confidence, level, word):
    assert (sureness(confidence), sureness_word(confidence)) == (level, word)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("edited", "Corrected."),
        ("too_old", "This purchase was too long ago when you shared it."),
        ("upload", ""),
        ("", ""),
    ],
)
def test_an_event_is_explained_in_words(code, words):
    assert event_words(ReceiptEvent(receipt=Receipt(), code=code)) == words


def test_what_a_reviewer_changed_is_named_as_the_form_names_it():
    assert field_words(["merchant_name", "total", "items", "unheard_of"]) == (
        "merchant, total, line items, unheard_of"
    )

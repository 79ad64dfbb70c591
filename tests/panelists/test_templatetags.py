from decimal import Decimal

import pytest

from panelists.templatetags.money import money
from panelists.templatetags.terms import Section, sections


def test_blocks_become_sections_with_a_heading():
    body = "Who\nYou.\n\nWhat counts\nOne.\nTwo.\n"

    assert sections(body) == [
        Section("Who", ("You.",)),
        Section("What counts", ("One.", "Two.")),
    ]


def test_a_single_line_is_a_paragraph():
    assert sections("Just this.") == [Section("", ("Just this.",))]


@pytest.mark.parametrize("body", ["", "\n\n", " \r\n\r\n "])
def test_no_text_is_no_section(body):
    assert sections(body) == []


def test_line_ends_of_a_browser_are_the_same():
    assert sections("A\r\nB\r\n\r\nC") == [Section("A", ("B",)), Section("", ("C",))]


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("12.3"), "USD", "$12.30"),
        (Decimal("1234.5"), "EUR", "€1,234.50"),
        (Decimal("-2"), "USD", "−$2.00"),
        (Decimal("5"), "CHF", "5.00 CHF"),
        (None, "USD", "–"),
    ],
)
def test_sums_are_written_with_their_currency(amount, currency, text):
    assert money(amount, currency) == text

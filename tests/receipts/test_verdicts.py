import pytest

from receipts import rules
from receipts.verdicts import VERDICTS, Use, reasons

# What the machine may give: the rules' codes, and those of the services.
GIVEN_BY_RULES = {
    "own_store",
    "excluded_merchant",
    "excluded_category",
    "too_old",
    "future_date",
    "not_positive_total",
    "wrong_currency",
    "duplicate_file",
    "duplicate_purchase",
    "possible_duplicate",
    "missing_merchant",
    "missing_date",
    "missing_total",
    "missing_items",
    "not_sure",
    "unsure_merchant",
    "every_receipt",
    "quality_check",
    "sensitive",
    "could_not_be_read",
}


def test_the_codes_that_rules_and_services_give():
    given = {code for code, verdict in VERDICTS.items() if Use.RULE in verdict.uses}

    assert given == GIVEN_BY_RULES


@pytest.mark.parametrize("verdict", VERDICTS.values(), ids=VERDICTS.keys())
def test_a_verdict_is_a_plain_sentence_with_a_hint(verdict):
    assert str(verdict.sentence).endswith(".")
    assert str(verdict.hint).endswith(".")
    assert len(verdict.code) <= 40
    assert verdict.uses


def test_a_reviewer_rejects_for_what_can_be_meant():
    assert [code for code, _sentence in reasons(Use.REJECT)] == [
        "own_store",
        "excluded_merchant",
        "excluded_category",
        "too_old",
        "future_date",
        "not_positive_total",
        "wrong_currency",
        "duplicate_file",
        "duplicate_purchase",
        "not_a_receipt",
        "card_slip",
        "bill_or_note",
        "unreadable",
    ]


def test_a_reviewer_returns_what_a_better_picture_would_help():
    assert [code for code, _sentence in reasons(Use.RETURN)] == [
        "unreadable",
        "cut_off",
        "wrong_page",
    ]


def test_every_rule_that_no_reviewer_can_set_aside_is_a_reason_to_reject():
    assert {code for code, _sentence in reasons(Use.REJECT)} >= rules.BARRIERS

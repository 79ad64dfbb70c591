"""What a person types freely is screened before it is stored."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from receipts.screening.findings import PERSONAL, Kind
from receipts.screening.texts import screen_text
from surveys.answering.answers import LONGEST_TEXT, plain
from surveys.answering.quality import free_texts
from surveys.definition import Kind as QuestionKind
from surveys.definition import Page, Question

LEFT_OUT = {
    Kind.PRESCRIPTION: gettext_lazy("prescriptions"),
    Kind.HEALTH_SERVICE: gettext_lazy("medical treatment"),
    Kind.HEALTH_INSURANCE: gettext_lazy("health insurance numbers"),
    Kind.PAYMENT_CARD: gettext_lazy("card numbers"),
    Kind.CARD_EXPIRY: gettext_lazy("expiry dates of cards"),
    Kind.IDENTITY_NUMBER: gettext_lazy("identity numbers"),
    Kind.BANK_ACCOUNT: gettext_lazy("bank account numbers"),
}


def refusals(page: Page, values: Mapping[str, Any]) -> dict[str, str]:
    """By question code a sentence for each answer that holds something sensitive.

    Names, phone numbers and the like are the person's to tell (`findings.PERSONAL`).
    """
    found = {}
    for question in page.questions:
        kinds: set[Kind] = set()
        for text in _typed(question, values.get(question.code)):
            kinds |= screen_text(text) - PERSONAL
        if kinds:
            words = [str(LEFT_OUT[kind]) for kind in Kind if kind in kinds]
            found[question.code] = _(
                "Please leave out %s. What you typed here was not stored."
            ) % get_text_list(words, _("and"))
    return found


def _typed(question: Question, value: Any) -> Iterator[str]:
    for text in free_texts(question, value):
        yield from _short_enough(text)
    if question.kind == QuestionKind.NUMBER:
        # As many digits as a card's or an account's number has.
        whole = re.sub(r"[.,]0*\Z", "", "" if value is None else str(value))
        yield from _short_enough(re.sub(r"[^0-9]", "", whole))
    if question.kind == QuestionKind.BRAND and isinstance(value, Mapping):
        chosen = value.get("chosen")
        for name in chosen if isinstance(chosen, list) else [chosen]:
            if isinstance(name, str):
                yield from _short_enough(name)


def _short_enough(text: str) -> Iterator[str]:
    """What is too long is refused for that, and isn't stored either."""
    text = plain(text)
    if text and len(text) <= LONGEST_TEXT:
        yield text

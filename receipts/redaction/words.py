"""Why a place is marked, in words for the reviewer."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from receipts.screening.rules import RULES

SAME_TEXT = "same_text"
DRAWN = _("A reviewer marked this place.")
OTHERS: dict[str, str | Promise] = {
    "": DRAWN,
    SAME_TEXT: _("The same text is painted over elsewhere on the receipt."),
}


def sentence_of(rule: str) -> str | Promise:
    """Of a rule that is no more, the kind has to say enough."""
    return OTHERS.get(rule) or RULES.get(rule, "")

"""What can be said of a receipt: a code, a plain sentence, and a hint what to do."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Use(StrEnum):
    """Who may give a verdict as the reason for a decision."""

    RULE = "rule"
    REJECT = "reject"
    RETURN = "return"


@dataclass(frozen=True)
class Verdict:
    code: str
    sentence: str | Promise
    hint: str | Promise = ""
    uses: frozenset[Use] = frozenset({Use.RULE})


RULE_AND_REJECT = frozenset({Use.RULE, Use.REJECT})
RETURN = frozenset({Use.RETURN})
REJECT = frozenset({Use.REJECT})

_ALL = (
    Verdict(
        "own_store",
        _("This shop belongs to the panel’s operator, so its receipts don’t count."),
        _("Share receipts from any other shop."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "excluded_merchant",
        _("Receipts from this shop don’t count in this panel."),
        _("See the terms for the kinds of shops that count."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "excluded_category",
        _("This kind of purchase doesn’t count in this panel."),
        _("See the terms for the kinds of shops that count."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "too_old",
        _("This purchase was too long ago when you shared it."),
        _("Share receipts soon after you shop."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "future_date",
        _("The date on this receipt lies in the future."),
        _("If the shop’s clock was wrong, share another receipt instead."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "not_positive_total",
        _("This is a return, or nothing was paid."),
        _("Share receipts of purchases."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "wrong_currency",
        _("This receipt is in another currency than the panel’s."),
        _("Share receipts from shops in the panel’s country."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "duplicate_file",
        _("This same picture has been shared before."),
        _("Each receipt counts once. There is nothing you need to do."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "duplicate_purchase",
        _("This purchase has been shared before."),
        _("Each receipt counts once. There is nothing you need to do."),
        RULE_AND_REJECT,
    ),
    Verdict(
        "possible_duplicate",
        _("This looks like a purchase that was shared before."),
        _("A person will compare the two."),
    ),
    Verdict(
        "missing_merchant",
        _("We couldn’t read which shop this is."),
        _("A person will look at it."),
    ),
    Verdict(
        "unsure_merchant",
        _("We aren’t sure which shop this is."),
        _("A person will look at it."),
    ),
    Verdict(
        "missing_date",
        _("We couldn’t find the date."),
        _("A person will look at it."),
    ),
    Verdict(
        "missing_total",
        _("We couldn’t find the total."),
        _("A person will look at it."),
    ),
    Verdict(
        "missing_items",
        _("We couldn’t read what was bought."),
        _("A person will look at it."),
    ),
    Verdict(
        "not_sure",
        _("We aren’t sure that we read this receipt right."),
        _("A person will look at it. There is nothing you need to do."),
    ),
    Verdict(
        "every_receipt",
        _("A person looks at every receipt at the moment."),
        _("There is nothing you need to do."),
    ),
    Verdict(
        "quality_check",
        _("A person takes a look at some receipts. Yours is one of them."),
        _("There is nothing you need to do."),
    ),
    Verdict(
        "sensitive",
        _("This receipt may show health or payment card details."),
        _("A person will check it before anything is kept."),
    ),
    Verdict(
        "could_not_be_read",
        _("We couldn’t open this picture."),
        _("A person will look at it. You can also withdraw it and take a new one."),
    ),
    Verdict(
        "not_a_receipt",
        _("This isn’t a shop’s receipt."),
        _("Share printed or e-mailed receipts that list what you bought."),
        REJECT,
    ),
    Verdict(
        "card_slip",
        _("This is a card slip or gift card without the things you bought."),
        _("Share the itemized receipt instead."),
        REJECT,
    ),
    Verdict(
        "bill_or_note",
        _("Bills, hand-written notes and pictures of screens don’t count."),
        _("Share printed or e-mailed receipts that list what you bought."),
        REJECT,
    ),
    Verdict(
        "unreadable",
        _("The picture can’t be read."),
        _("Lay the receipt flat in good light and take the picture again."),
        frozenset({Use.REJECT, Use.RETURN}),
    ),
    Verdict(
        "cut_off",
        _("Part of the receipt is missing from the picture."),
        _("Take it again with the shop’s name, the date and the total in view."),
        RETURN,
    ),
    Verdict(
        "wrong_page",
        _("The picture shows the back, or only the card slip."),
        _("Take a picture of the side that lists what you bought."),
        RETURN,
    ),
)

VERDICTS: dict[str, Verdict] = {verdict.code: verdict for verdict in _ALL}


def reasons(use: Use) -> list[tuple[str, str | Promise]]:
    """(code, sentence) of the verdicts that a reviewer may choose for a decision."""
    return [(v.code, v.sentence) for v in _ALL if use in v.uses]

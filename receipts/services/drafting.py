"""What was read of a receipt without the places that are to be painted over.

Of a receipt with something sensitive neither items nor names are stored before a
person has confirmed what goes. Until then the draft is made from the words in the
vault, each time anew, for the reviewer who holds the receipt.
"""

from collections.abc import Iterable, Mapping, Sequence

from receipts.models import Receipt
from receipts.reading.dates import BEFORE_SUBMISSION
from receipts.reading.locales import locale_named
from receipts.reading.page import Corners, Page
from receipts.reading.read import read_lines
from receipts.reading.result import Reading
from receipts.redaction.places import on_page
from receipts.redaction.texts import without
from receipts.services import judging, merchants, reader_models, redacting
from receipts.services.page_words import pages_read

Size = tuple[int, int]


def terms(receipt: Receipt) -> dict:
    """What `read_receipt` and `read_lines` want to know besides pages and locale."""
    shared_on = judging.submitted_on(receipt)
    policy = judging.policy_for(receipt)
    # Where the panel takes what is older than a reading would believe, any day does.
    takes_any_age = policy.window_days > BEFORE_SUBMISSION.days
    return {
        "submitted_on": None if takes_any_age else shared_on,
        "today": shared_on,
        "known_merchants": merchants.known(receipt.panel),
        "gate": policy.gate(),
        "model": reader_models.current(),
    }


def read_without(
    receipt: Receipt,
    pages: Sequence[Page],
    sizes: Sequence[Size],
    quads: Mapping[int, Iterable[Corners]],
) -> Reading:
    """The fields of what isn't painted. `sizes` are the pictures', in whose pixels the
    quads are, by the page's position."""
    left = [
        without(
            page,
            [on_page(quad, page, size) for quad in quads.get(position, ())],
        )
        for position, (page, size) in enumerate(zip(pages, sizes, strict=True))
    ]
    return read_lines(left, locale=locale_named(receipt.panel.locale), **terms(receipt))


def draft(receipt: Receipt) -> Reading | None:
    """The reading for the reviewer's form, by the marks as they are now; None where
    the receipt's own fields say all, or nothing was read."""
    if not redacting.is_sensitive(receipt) or receipt.items.exists():
        return None
    read = pages_read(receipt)
    if not read or len(read) < receipt.pages.count():
        return None
    pages, sizes = zip(*read.values(), strict=True)
    return read_without(receipt, pages, sizes, redacting.painted_by_page(receipt))

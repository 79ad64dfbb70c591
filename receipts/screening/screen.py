"""The whole of screening: every recogniser over the pages of a receipt."""

from collections.abc import Callable, Iterable, Sequence

from receipts.reading.page import Page
from receipts.screening.banks import find_bank_accounts
from receipts.screening.cards import find_cards
from receipts.screening.expiry import find_card_expiry
from receipts.screening.findings import Finding
from receipts.screening.identity import find_identity_numbers
from receipts.screening.medical import find_medical
from receipts.screening.passages import Sheets
from receipts.screening.personal import find_personal

# Changes with every change of the rules that could find more or less.
VERSION = "3"

Recogniser = Callable[[Sheets], Iterable[Finding]]
RECOGNISERS: tuple[Recogniser, ...] = (
    find_medical,
    find_cards,
    find_card_expiry,
    find_identity_numbers,
    find_bank_accounts,
    find_personal,
)


def screen(pages: Sequence[Page]) -> tuple[Finding, ...]:
    """Everything on the pages that may be sensitive or personal, page by page from top
    to bottom. `Finding.spots` are in pixels of the pages as they were read."""
    sheets = Sheets.of(pages)
    found = [finding for recognise in RECOGNISERS for finding in recognise(sheets)]
    return tuple(sorted(found, key=first_place))


def first_place(finding: Finding) -> tuple[int, float, float]:
    """Where a finding begins; one of the whole receipt comes first."""
    return min(
        (
            (spot.page, min(y for _x, y in spot.corners), spot.corners[0][0])
            for spot in finding.spots
        ),
        default=(-1, 0.0, 0.0),
    )

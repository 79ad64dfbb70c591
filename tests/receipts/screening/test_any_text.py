"""Whatever stands on the paper, the recognisers of numbers get through it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receipts.screening.banks import find_bank_accounts
from receipts.screening.cards import find_cards
from receipts.screening.expiry import find_card_expiry
from receipts.screening.identity import find_identity_numbers
from receipts.screening.passages import Sheets
from receipts.screening.personal import find_personal
from tests.receipts.screening.marked import LETTER, page_of

RECOGNISERS = [
    find_bank_accounts,
    find_card_expiry,
    find_cards,
    find_identity_numbers,
    find_personal,
]
TEXT = """VISA CARD Acct SSN DL# IBAN DE89 GB29NWBK EXP 12/28 Passport No. Routing ID:
4111 1111 111111 4111111111111111 x2 ** XXXX ²³ ٣٤٥ ßßßßßß İİİİİ ﬁﬁﬁﬁﬁ | I l O0 %B ^ ;4
=28 P< <<<< @ a@b.de Name: Tel. Bank account NUMBERßßßnumber"""
PIECES = st.sampled_from(TEXT.split())
LINES = st.lists(
    st.one_of(
        st.lists(PIECES, min_size=1, max_size=9).map(" ".join),
        st.lists(PIECES, min_size=1, max_size=9).map("".join),
        st.text(min_size=1, max_size=30).filter(str.strip),
    ).map(lambda line: " ".join(line.split()) or "?"),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("recognise", RECOGNISERS, ids=lambda one: one.__name__)
@settings(deadline=None)
@given(LINES)
def test_spots_stay_on_the_paper_whatever_was_read(recognise, lines):
    page = page_of(lines)
    longest = max(map(len, lines)) * LETTER

    for finding in recognise(Sheets.of([page])):
        assert finding.spots
        for spot in finding.spots:
            for x, y in spot.corners:
                # A group that was left unread is painted past the last letter.
                assert -longest <= x <= 2 * longest
                assert -1 <= y <= page.height

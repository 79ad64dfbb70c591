"""Whether a picture shows a screen, by the words that only screens have around a text.

A photographed screen isn't eligible, even with a whole order on it (DESIGN section 2).
One such word may stand on paper as well (a till prints “sign in for points”), so two of
different kinds are wanted.
"""

import re
from collections.abc import Iterable, Sequence

from receipts.reading.looks import TEXT_SOURCES
from receipts.reading.page import Page
from receipts.reading.result import Reason

SCREEN = Reason("screen", "The picture seems to show a screen, not paper.")

# What a browser, a shop's page, a mail program and a phone show around what is read.
SIGNS = {
    "address": re.compile(r"\bhttps?://[^\s/]{3,60}/\w", re.IGNORECASE),
    "account": re.compile(
        r"\b(?:sign|log)[ -]?(?:out|off)\b|\b(?:my|your) account\b"
        r"|\babmelden\b|\bmein konto\b|\bcerrar sesi[oó]n\b|\bd[ée]connexion\b",
        re.IGNORECASE,
    ),
    "cart": re.compile(
        r"\b(?:cart|basket|bag) ?\(\d+\)|\badd to (?:cart|basket|bag)\b"
        r"|\bin den warenkorb\b|\bcontinue shopping\b",
        re.IGNORECASE,
    ),
    "order": re.compile(
        r"\bbuy (?:it )?again\b"
        r"|\btrack (?:package|parcel|order|shipment)\b|\breturn or replace\b"
        r"|\bview (?:order|details|invoice)\b|\bdownload (?:invoice|receipt|pdf)\b"
        r"|\bwrite a (?:product )?review\b|\bcancel (?:order|items)\b"
        r"|\bcustomers (?:also|who) (?:bought|viewed)\b",
        re.IGNORECASE,
    ),
    "mail": re.compile(
        r"\bview (?:this )?(?:e-?mail )?in (?:your )?browser\b|\bunsubscribe\b"
        r"|\breply all\b|\binbox\b|\bforward(?:ed)? message\b",
        re.IGNORECASE,
    ),
    "window": re.compile(
        r"\bnew tab\b|\bbookmarks?\b|\bfile\s+edit\s+view\b|\bsearch or type\b",
        re.IGNORECASE,
    ),
}
ENOUGH = 2


def is_a_screen(texts: Iterable[str]) -> bool:
    """Whether the lines of a picture have signs of at least two kinds."""
    found: set[str] = set()
    for text in texts:
        found |= {
            kind
            for kind, pattern in SIGNS.items()
            if kind not in found and pattern.search(text)
        }
        if len(found) >= ENOUGH:
            return True
    return False


def screen_reasons(pages: Sequence[Page]) -> tuple[Reason, ...]:
    """The reason for a person where a picture shows a screen.

    The text of a PDF or of an e-mail may speak of accounts and carts: it is no picture.
    """
    pictures = [page for page in pages if page.reader not in TEXT_SOURCES]
    texts = (line.text for page in pictures for line in page.lines)
    return (SCREEN,) if is_a_screen(texts) else ()

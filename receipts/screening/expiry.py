"""The month in which a payment card expires, not that of an offer or of milk."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from receipts.screening.findings import Finding, Kind
from receipts.screening.numbers import mended, whole_spots
from receipts.screening.passages import Passage, Sheets
from receipts.screening.wording import folded, words

_LABEL = r"""(?<![a-z])(?:
        exp(?:ir(?:y|es?|ation|ing)|\.?d(?:ate|t)?|n)? | xp(?:ry|iry)
        | (?:valid|good) \s* (?:thru|through|until|till?|to)
        | [gq](?:ü|u|ue|il|ii|i)?ltig(?:keit)? \s* -? (?:bis)?
        | [gq][^\W\d_]{2,5}g \s* bis | verfall\w* | ablauf\w*
        | tarikh \s* (?:luput|tamat) | sah \s* (?:hingga|sehingga) | luput
        | vence | vencimiento | caduca | venc | expire | fin \s* de \s* validit\w+
    )"""
# The month and the year; no day, which the end of an offer has.
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:20)?[1-4]\d"
_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez"
_MONTH_AND_YEAR = rf"""(?:
        (?:{_NAMES})[a-zäö]{{0,6}}\.? (?:[ ]?[/\-][ ]?|[ ]['’]?) 20[1-4]\d |
        {_MONTH} (?: [ ]?[/\-.|\\][ ]? {_YEAR} | (?<=\d\d)[ ]?{_YEAR} )
        | 20[2-4]\d [ ]?[/\-][ ]? {_MONTH}
        | [2-4]\d (?:0[1-9]|1[0-2])
        | (?:0[1-9]|1[0-2])[17](?:2[4-9]|3\d)  # a slash misread
    ) (?!\d|[ ]?[/.\-][ ]?\d|[ ]?[%€$:])"""
# Between the label and the month: "date", "(MM/YY)", "No. 1"; nothing that is said.
_BETWEEN = r"""(?:\W{0,3}
        (?:date|dat|dt|datum|end|on|bis|tempoh|mm\W?[yj]{2,4}|card|karte))*
    [^\w*]{0,8}"""
LABELLED = words(rf"{_LABEL}{_BETWEEN}(?<!\d)(?P<month>{_MONTH_AND_YEAR})")
LABEL_AT_END = words(rf"{_LABEL}{_BETWEEN}$")
AT_BEGIN = re.compile(
    rf"\W{{0,4}}(?P<month>{_MONTH_AND_YEAR})", re.IGNORECASE | re.VERBOSE
)
# Behind a card's number, masked or not, it needs no label.
BEHIND_NUMBER = words(
    rf"""(?:[*xX•●]{{4,}}|[*xX•●\d]{{4}}[ \-][*xX•●\d]{{4}}[ \-])[ \-]?\d{{4,5}}
    [ ]{{1,3}} (?:{_LABEL}{_BETWEEN})?
    (?P<month>(?:0[1-9]|1[0-2])[/\-][1-4]\d) (?!\d|[ ]?[/.\-:][ ]?\d)"""
)
# Things that end which aren't cards.
OTHER_ENDS = re.compile(
    r"""offer|coupon|survey|reward|\bpoints?\b|return|refund|polic(?:y|ies)|promo
    |discount|bonus|voucher|gutschein|best\s?before|use\s?by|sell\s?by|\bmhd\b|haltbar
    |next\s(?:visit|purchase)|\bsave\b|\boff\b|\bdeal|member|warranty|garantie|\blot\b
    |\bbatch\b|ticket|\bpass\b|licen[cs]e|lizenz|gift\s?card|subscription|\babo\b
    |angebot|rabatt|aktion|\bpunkte|baucar|tawaran|diskaun|redeem|einl(?:ö|oe?)s
    |certificate|\bpermit|storage|discard""",
    re.IGNORECASE | re.VERBOSE,
)
CARD_WORDS = re.compile(
    r"""(?<![a-z])(?:visa|master\s?card|m/?c|amex|american\s?exp\w*|discover|diners|jcb
    |maestro|debit|credit|cards?|acct|account|giro\s?card|kredit\w*|karte\w*|kad
    |pan|entry|swiped?|chip|contactless|auth\w*|appr\w*|aid|terminal)(?![a-z])
    |[*xX•●]{4,}[ \-]?\d{4}(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)
# So many lines away from it a card may be spoken of.
AROUND = 4


@dataclass(frozen=True)
class Month:
    start: int
    end: int
    has_label: bool = True


def find_card_expiry(sheets: Sheets) -> Iterable[Finding]:
    """Month and year behind a word for expiry or behind a card's number.

    What ends for another reason says so on its line or the one above, and has no card
    beside it.
    """
    lines = sheets.lines
    for n, line in enumerate(lines):
        for passage, month in months(lines, n):
            confidence = judged(lines, n, line.text, month)
            if confidence is not None:
                found = passage.part(month.start, month.end)
                yield Finding(
                    Kind.CARD_EXPIRY,
                    "card_expiry",
                    whole_spots(sheets, found),
                    confidence,
                )


def months(lines: tuple[Passage, ...], n: int) -> Iterator[tuple[Passage, Month]]:
    line = lines[n]
    found: list[Month] = []
    for text in dict.fromkeys((folded(line.text), folded(mended(line.text)))):
        for pattern in (LABELLED, BEHIND_NUMBER):
            for match in pattern.finditer(text):
                start, end = match.span("month")
                while text[start - 1 : start] in tuple("#&$%@?"):
                    start -= 1  # a digit read as some sign
                if all(end <= one.start or start >= one.end for one in found):
                    found.append(Month(start, end, pattern is LABELLED))
    yield from ((line, month) for month in found)
    # The label may end a line, and the month begin the next.
    if n + 1 < len(lines) and LABEL_AT_END.search(folded(line.text)):
        below = lines[n + 1]
        match = AT_BEGIN.match(mended(below.text))
        if match:
            yield below, Month(*match.span("month"))


def judged(lines: tuple[Passage, ...], n: int, text: str, month: Month) -> float | None:
    """How likely it is a card's; None where it isn't."""
    if not month.has_label:
        return 0.7
    if CARD_WORDS.search(text):
        return 0.95
    before = lines[n - 1].text if n else ""
    if OTHER_ENDS.search(f"{before} {text}"):
        return None
    near = lines[max(0, n - AROUND) : n + AROUND + 1]
    if any(CARD_WORDS.search(line.text) for line in near):
        return 0.85
    if any(OTHER_ENDS.search(line.text) for line in near):
        return None
    return 0.6

"""The month in which a payment card expires, not that of an offer or of milk."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from receipts.screening.findings import Finding, Kind, Spot
from receipts.screening.labelled import reach
from receipts.screening.numbers import mended, passes_luhn, whole_spots
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
# How a card was read, as slips tell behind its number: swiped, chip, tapped, keyed.
# An S is mended to a 5.
_ENTRY = r"(?:\(?[S5CTKMEP]\)?)"
# Without a slash only there, and of the years that cards are valid in.
_BARE = r"(?:0[1-9]|1[0-2])[23]\d"
BARE_BEHIND_NUMBER = re.compile(
    rf"""(?:[*xX•●.]{{4,}}[ \-]?\d{{4,5}}
    | (?P<number>(?<![\w\-.])\d(?:[ \-]?\d){{12,18}}))
    [ ]{{1,3}}(?:{_ENTRY}[ ]{{1,3}})?
    (?P<month>{_BARE})(?![\w%€$*\-]|[ ]?[.,/:\-][ ]?\d)""",
    re.VERBOSE,
)
# A card's number at a line's end; the month is all of the next.
NUMBER_AT_END = re.compile(
    r"(?:[*xX•●.]{4,}[ \-]?\d{4,5}|(?P<number>(?<![\w\-.])\d(?:[ \-]?\d){12,18}))"
    rf"(?:[ ]{{1,3}}{_ENTRY})?\W*$"
)
MONTH_ALONE = re.compile(
    rf"\W{{0,2}}(?P<month>{_BARE}|(?:0[1-9]|1[0-2])[ ]?[/\-][ ]?[23]\d)\W{{0,2}}"
)
# A column's head: not what is said ("expires", "valid until").
HEAD = words(
    r"(?<![a-z])(?:card\s*)?exp(?:iry|iration|n|\.)?(?:\s*\.?dat[eu]m?|\s*dt)?\.?(?![a-z])"
)
IN_COLUMN = re.compile(rf"\W{{0,2}}(?P<month>{_MONTH_AND_YEAR})\W{{0,2}}", re.VERBOSE)
# Things that end which aren't cards.
OTHER_ENDS = re.compile(
    r"""offer|coupon|survey|reward|\bpoints?\b|return|refund|polic(?:y|ies)|promo
    |inspection|\binsp\b|registration|rebate|\bpark|\btags?\b|\bplates?\b|sticker|vignette
    |insurance|roadside|(?:road\s?tax|cukai)|season\b|trial|quot(?:e|ation)|estimate
    |certification|guarantee|\bplan\b|\bprices?\b|\bsale\b|emission|\bsmog\b
    |\btoll\b|enrol+ment|parkschein|fahrkarte|fahrschein|hauptuntersuchung|plakette
    |discount|bonus|voucher|gutschein|best\s?before|use\s?by|sell\s?by|\bmhd\b|haltbar
    |next\s(?:visit|purchase)|\bsave\b|\boff\b|\bdeal|member(?!\s*since)|warranty|garantie|\blot\b
    |\bbatch\b|ticket|\bpass\b|licen[cs]e|lizenz|gift\s?card|subscription|\babo\b
    |angebot|rabatt|aktion|\bpunkte|baucar|tawaran|diskaun|redeem|einl(?:ö|oe?)s
    |certificate|\bpermit|storage|discard""",
    re.IGNORECASE | re.VERBOSE,
)
# Cards that pay nothing, and what a shop owes.
SHOPS = re.compile(
    r"""(?:gift|member\w*|loyalty|rewards?|bonus|library|club|parking|registration
    |identity|\bid|discount(?=\s*card\s*(?:valid|good))|season|bus|rail|travel|punch
    |points?)\s*cards?|(?:store|shop|rebate|account)\s*credits?""",
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
    taken: set[tuple[Spot, ...]] = set()
    for n, line in enumerate(lines):
        for passage, month in months(sheets, n):
            confidence = judged(lines, n, line.text, month)
            spots = whole_spots(sheets, passage.part(month.start, month.end))
            if confidence is not None and spots not in taken:
                taken.add(spots)
                yield Finding(Kind.CARD_EXPIRY, "card_expiry", spots, confidence)


def months(sheets: Sheets, n: int) -> Iterator[tuple[Passage, Month]]:
    lines = sheets.lines
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
    for match in BARE_BEHIND_NUMBER.finditer(mended(line.text)):
        start, end = match.span("month")
        if is_card(line.text, match["number"]) and all(
            end <= one.start or start >= one.end for one in found
        ):
            found.append(Month(start, end, has_label=False))
    yield from ((line, month) for month in found)
    if n + 1 < len(lines):
        yield from below_number(line, lines[n + 1])
        yield from below_head(sheets, n)
    # The label may end a line, and the month begin the next.
    if n + 1 < len(lines) and LABEL_AT_END.search(folded(line.text)):
        below = lines[n + 1]
        match = AT_BEGIN.match(mended(below.text))
        if match:
            yield below, Month(*match.span("month"))


def is_card(text: str, number: str | None) -> bool:
    """Whether the number of a line, None for a masked one, is a payment card's."""
    if SHOPS.search(text) or OTHER_ENDS.search(text):
        return False
    if number is None:
        return CARD_WORDS.search(text) is not None
    return passes_luhn(re.sub(r"\D", "", number))


def below_number(line: Passage, below: Passage) -> Iterator[tuple[Passage, Month]]:
    number = NUMBER_AT_END.search(mended(line.text))
    match = MONTH_ALONE.fullmatch(mended(below.text))
    if number and match and is_card(line.text, number["number"]):
        yield below, Month(*match.span("month"), has_label=False)


def below_head(sheets: Sheets, n: int) -> Iterator[tuple[Passage, Month]]:
    """The month below the head of its column, on a line that tells of a card's number
    or below a head that does."""
    line, below = sheets.lines[n], sheets.lines[n + 1]
    if any(map(str.isdigit, line.text)):
        return
    if not CARD_WORDS.search(SHOPS.sub("", f"{line.text}\n{below.text}")):
        return
    for head in HEAD.finditer(folded(line.text)):
        left, right = reach(sheets, line.part(*head.span()))
        for token in re.finditer(r"\S+", mended(below.text)):
            match = IN_COLUMN.fullmatch(token[0])
            if match is None:
                continue
            start, end = (token.start() + at for at in match.span("month"))
            here = reach(sheets, below.part(start, end))
            if min(right, here[1]) > max(left, here[0]):
                yield below, Month(start, end)


def judged(lines: tuple[Passage, ...], n: int, text: str, month: Month) -> float | None:
    """How likely it is a card's; None where it isn't."""
    if not month.has_label:
        return 0.7
    if CARD_WORDS.search(SHOPS.sub("", text)):
        return 0.95
    before = lines[n - 1].text if n else ""
    if OTHER_ENDS.search(f"{before} {text}") or SHOPS.search(text):
        return None
    near = lines[max(0, n - AROUND) : n + AROUND + 1]
    if any(CARD_WORDS.search(line.text) for line in near):
        return 0.85
    if any(OTHER_ENDS.search(line.text) for line in near):
        return None
    return 0.6

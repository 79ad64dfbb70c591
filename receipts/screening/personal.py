"""What tells who the customer is without being sensitive: names, members' numbers, the
customer's phone, e-mail addresses. Who served is the shop's affair and is left."""

import re
from collections.abc import Iterable, Iterator

from receipts.screening.findings import Finding, Kind
from receipts.screening.labelled import Label, labelled
from receipts.screening.numbers import digits_of, whole_spots
from receipts.screening.passages import Passage, Sheets
from receipts.screening.wording import folded, words


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


# A mask may leave the last four.
LEAST_SHOWN = 6


def loyalty_sure(read: str, mended: str) -> float | None:
    if re.search(r"[.,]\d\d$", read) or digits_of(read) < 4:
        return None
    return 0.9 if digits_of(mended) >= LEAST_SHOWN else None


LOYALTY = Label(
    Kind.LOYALTY_NUMBER,
    "loyalty_number",
    words(
        r"""(?<![a-zäöü])(?:
            (?:member(?:ship)?|loyalty|rewards?|club|payback|nectar|sparks|clubcard
            |extra\s?care|my\s?walgreens|plenti|deutschland\s?card|bonus\s?link|mesra
            |b\s?infinite|air\s?miles|ahli|kad\s*ahli|bonuskarte)
            [\s-]*(?:rewards?|card|karte|kad|club|plus|points?|acct|account|id)*
            | (?:bonus|advantage|points?|shoppers?|fuel|vorteils?|treue|stamm?kunden
            |frequent\s*\w*|vip|preferred|balance|card\s*club)[\s-]*(?:rewards?[\s-]*)?
            (?:card|karte|kad|club|id|acct|account|no|nr|num(?:ber)?|\#)
            | kunden[\s-]*(?:karte|nummer|nr\.?|id)
            | customer\s*(?:id|no|num(?:ber)?|\#)
        )(?![a-zäöü])"""
    ),
    compiled(r"[A-Z]{0,2}\d(?:[ \-]?\d){5,18}(?![\d*]|[.,]\d\d\b)"),
    loyalty_sure,
    unless=words(r"gift|visa|master\s?card|amex"),
)

# The customer's, not the shop's: a phone number near words of the customer.
_CUSTOMER = r"""(?:customer|cust|client|guest|member|rewards?|loyalty|patient|buyer
    |purchaser|caller|recipient|bill(?:ed)?\s*to|ship(?:ped)?\s*to|sold\s*to
    |deliver(?:ed|y)?\s*to|kunde|pelanggan|cardholder)"""
_PHONE_VALUE = (
    r"\+?\d{0,3}[ .\-]?\(?\d{2,5}\)?[ .\-/]{0,2}\d{3,4}[ .\-]?\d{3,5}"
    r"(?:[ .\-]?\d{2,4})?(?!\d)"
)


def phone_sure(read: str, mended: str) -> float | None:
    return 0.85 if 7 <= digits_of(mended) <= 15 and digits_of(read) >= 6 else None


PHONE = Label(
    Kind.PHONE,
    "customer_phone",
    words(
        rf"""(?<![a-z])(?:
            {_CUSTOMER}['’]?s?\s*(?:phone|tel(?:ephone|efon)?|cell|mobile|ph|hp|contact)
            (?:\s*(?:no|num(?:ber)?))?
            | (?:cell|mobile)\s*(?:phone)?(?=\s*(?:\#|no\b|num|:))
            | (?:my|call\s*me)\s*(?:phone|cell|mobile|number|on|at)(?:\s*number)?
            | phone\s*(?:number)?\s*on\s*file | alt(?:ernate)?\s*id
            | (?:handy|mobil)(?:nummer|nr)
        )(?![a-z])"""
    ),
    compiled(_PHONE_VALUE),
    phone_sure,
)
SENT_TO = compiled(rf"(?<![a-z]){_CUSTOMER}(?![a-z])|receipt|sent|order")
CUSTOMER_BLOCK = compiled(rf"(?<![a-z]){_CUSTOMER}(?![a-z])")
PHONE_IN_BLOCK = Label(
    Kind.PHONE,
    "customer_phone",
    words(r"(?<![a-z])(?:tel(?:ephone|efon)?|phone|ph|hp|contact)(?![a-z])"),
    compiled(_PHONE_VALUE),
    phone_sure,
)
# An address has so many lines.
BLOCK = 4

EMAIL = re.compile(
    r"[A-Za-z0-9][\w.+\-]*(?:@|\s@|@\s)(?P<domain>(?:[A-Za-z0-9\-]+\s?\.\s?)+[A-Za-z]{2,10})\b"
)
SHOPS_MAILBOX = re.compile(
    r"^(?:info|contact|service|kontakt|sales|hello|enquir\w*|feedback|support|help|care"
    r"|customer\w*|kunden\w*|no-?reply|shop|store|office|mail|admin|order\w*|post"
    r"|marketing|hr|career\w*|guest\w*|survey|corporate|webmaster|team)\d*\b",
    re.IGNORECASE,
)
WEB_SITE = re.compile(r"(?:www\.|https?://)([a-z0-9\-]+(?:\.[a-z0-9\-]+)+)", re.I)
# In the head, this share of the lines, the shop says who it is.
HEAD = 0.35
# What is shorter is a note that somebody typed, not a receipt.
LEAST_LINES = 6

_NAME = r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüß'’.\-]*"
NAME_VALUE = re.compile(
    rf"(?:(?:MR|MRS|MS|DR|HERR|FRAU)\.?\s)?{_NAME}(?:,?\s{_NAME}){{0,3}}"
)
NAME_LABEL = compiled(
    r"""(?<![a-z])(?:
        (?:customer|cust|client|guest|buyer|purchaser|recipient|member)['’]?s?
        \s*(?:name)?
        | (?:bill(?:ed)?|ship(?:ped)?|sold|deliver(?:ed|y)?)\s*to
        | kunde(?:nname)?|pelanggan|nama\s*pelanggan|name
        | (?P<card>card\s?holder(?:['’]?s?\s*name)?|name\s*on\s*card|karteninhaber
        |kontoinhaber)
    )\s*[:=]\s*""",
)
THANKS = compiled(r"\b(?:thank\s*you|thanks|welcome(?:\s*back)?|hello|hi)\s*,\s*")
NOT_NAMES = compiled(
    r"""\b(?:copy|service|signature|total|subtotal|cash|card|visa|debit|credit|number
    |walk|in|retail|receipt|member|customer|cust|id|no|phone|type|come|again|for|you
    |please|account|savings|code|sale|count|order|since|points?|balance|relations?
    |care|guest|shop\w*|store|valued|we|the|your|our|to|not|on|file|and|see|visit)\b"""
)
STAFF = compiled(
    r"cashier|served|server|clerk|associate|staff|operator|employee|store|company|shop"
    r"|business|merchant|item|product|event|file|user|bank|doctor|pharm|kassierer"
)
# As stripes and slips print a card's holder: surname, slash, first names.
HOLDER = re.compile(r"\W*([A-Z][A-Z'’\-]+/[A-Z]{2,}(?:[ .][A-Z]{1,2})?)\W*")
CARD_SLIP = compiled(
    r"(?<![a-z])(?:visa|master\s?card|amex|debit|credit|card|auth|appr\w*|aid)(?![a-z])"
    r"|[*x]{4,}\s?\d{4}"
)


def find_personal(sheets: Sheets) -> Iterable[Finding]:
    yield from labelled(sheets, (LOYALTY, PHONE))
    yield from phones_of_customers(sheets)
    yield from emails(sheets)
    yield from names(sheets)
    yield from holders(sheets)


def phones_of_customers(sheets: Sheets) -> Iterator[Finding]:
    """ "Tel." within the lines of a customer's address."""
    lines = sheets.lines
    for n, line in enumerate(lines):
        text = folded(line.text)
        if not PHONE_IN_BLOCK.label.search(text) or PHONE.label.search(text):
            continue
        near = lines[max(0, n - BLOCK) : n + 1]
        if n >= BLOCK and any(CUSTOMER_BLOCK.search(one.text) for one in near):
            part = Sheets(sheets.pages, lines[n : n + 1])
            yield from labelled(part, (PHONE_IN_BLOCK,))


def emails(sheets: Sheets) -> Iterator[Finding]:
    """Any address but the shop's: one of its web site's domain, with a mailbox such
    as info@, or in its head."""
    lines = sheets.lines
    if not any("@" in line.text for line in lines):
        return
    sites = {
        match[1].casefold() for line in lines for match in WEB_SITE.finditer(line.text)
    }
    for n, line in enumerate(lines):
        for match in EMAIL.finditer(line.text):
            domain = re.sub(r"\s", "", match["domain"]).casefold()
            is_shops = (
                SHOPS_MAILBOX.match(match[0])
                or any(site.endswith(domain) for site in sites)
                or is_in_head(lines, n)
            )
            if not is_shops:
                yield found(sheets, line.part(*match.span()), Kind.EMAIL, "email", 0.85)


def is_in_head(lines: tuple[Passage, ...], n: int) -> bool:
    if len(lines) < LEAST_LINES or n >= HEAD * len(lines):
        return False
    return not SENT_TO.search(around(lines, n))


def around(lines: tuple[Passage, ...], n: int) -> str:
    """The line and the one above."""
    return "\n".join(line.text for line in lines[max(0, n - 1) : n + 1])


def names(sheets: Sheets) -> Iterator[Finding]:
    for line in sheets.lines:
        for pattern, confidence in ((NAME_LABEL, 0.85), (THANKS, 0.7)):
            label = pattern.search(line.text)
            value = label and NAME_VALUE.match(line.text, label.end())
            if not value or NOT_NAMES.search(value[0]) or len(value[0]) < 3:
                continue
            if STAFF.search(line.text[: label.start()]):
                continue
            is_card = pattern is NAME_LABEL and label["card"]
            yield found(
                sheets,
                line.part(*value.span()),
                Kind.NAME,
                "cardholder_name" if is_card else "customer_name",
                confidence,
            )
            break


def holders(sheets: Sheets) -> Iterator[Finding]:
    lines = sheets.lines
    for n, line in enumerate(lines):
        match = HOLDER.fullmatch(line.text)
        if match is None or CARD_SLIP.search(line.text):
            continue
        if any(CARD_SLIP.search(one.text) for one in lines[max(0, n - 3) : n + 4]):
            part = line.part(*match.span(1))
            yield found(sheets, part, Kind.NAME, "cardholder_name", 0.6)


def found(
    sheets: Sheets, part: Passage, kind: Kind, rule: str, confidence: float
) -> Finding:
    return Finding(kind, rule, whole_spots(sheets, part), confidence)

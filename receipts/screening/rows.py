"""What a line is on a till's paper: goods, a total, an address, advertising."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from receipts.reading.page import Line
from receipts.screening.doses import is_form_only
from receipts.screening.passages import Passage
from receipts.screening.signs import Mark, Role, lowered, together

# A line with a sign from these on begins a group, and is what others lean on.
BEGINS, LEANS = 0.1, 0.25
# What advertising says counts for less.
TALK = 0.2

_PRICE = re.compile(
    r"(?:^|[\s$€£:x*@]|rm|us)-?\d{1,5}\s?[.,]\s?[\doils]{2}\s*(?:-|cr"
    r"|[a-z*]{1,3}\d?)?\s*(?:eur|usd|rm|€|\$|£)?\s*[a-z*]?\s*$"
)
# How much of goods is in a pack, where medicines have a strength.
_PACK = re.compile(r"\d\s?(?:(?:fl\s?oz|oz|ct|pk|pack|lbs?|kg|ltr?|gal|doz|pcs?)\b|%)")
_GLUED = re.compile(r"(?<=[a-z]{3})(?=\d)")
_TILL = re.compile(
    r"""
        (?:sub|grand|net)?\s?-?t[o0]ta[l1i]s?\b | \b(?:sales?\s?)?tax\b | \btax\d
        | balance | \bchange\b | \bcash\b | \bvisa\b | master\s?card | \bamex\b
        | discover\b | debit | credit | tender | \bauth | approv | \bappr\b
        | \baid\b | \btvr\b | \btsi\b | \bref\b | terminal | \bterm\b | merchant
        | entry\s?method | contactless | \bchip\b | \bacc(?:oun)?t\b | \bcard\b
        | \bstr?\# | \bstore\b | \breg(?:ister)?\b | \blane\b
        | \btra?n(?:s|saction)?\b | cashier | cshr | operator | \bclerk\b
        | served\sby | server | invoice | receipt | \border\b | ticket | thank
        | welcome | come\sagain | survey | feedback | www\. | https? | \.com\b
        | return\spolicy | returns?\b | exchange | refund | \bopen\b | \bhours?\b
        | mon(?:day)?\b.*(?:fri|sun|sat) | points? | rewards? | extra\s?care | saved
        | savings | coupon | discount | items?\s?sold | \#\s?items | item\scount
        | round | \btel\b | \bphone\b | \bph\b | \bfax\b | \bsumme\b | gesamt | mwst
        | rückgeld | \bbar\b | girocard | kundenbeleg | \bbon\b | beleg | \bdatum\b
        | (?:rechnungs|end|zahl)betrag | zahlbar\sbis
        | uhrzeit | filiale | \bust\b | steuer | netto | brutto | kartenzahlung
        | jumlah | ^\W*sale\W*$ | \btunai\b | \bbaki\b | \btarikh\b
        | terima\skasih | \bgst\b
        | \bsst\b | \bvat\b | \bdate\b | \btime\b | \bdue\b | \bpaid\b | amount
        | \bpin\b | sequence | \bseq\b
    """,
    re.VERBOSE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez)[a-z]*"
_WHEN = re.compile(
    r"\b\d{1,2}:\d{2}(?::\d{2})?\b"
    r"|^\W*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\W+)?"
    r"(?:\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d\d-\d\d"
    rf"|{_MONTH}\W+\d{{1,2}}\W+\d{{2,4}}|\d{{1,2}}\W+{_MONTH}\W+\d{{2,4}})\W*$"
)
_ADVERT = re.compile(
    r"\b(?:earn|save|get|download|transfer|sign\sup|visit\s(?:us|our|your)|text|learn"
    r"|offer|coupon|app|free|ask|talk|speak|call\d?|need|next|join|enroll|today|now"
    r"|online|www|com|ready|easy|we|our|can|switch|convenient|available|schedule"
    r"|appointment|non|excludes?|excluding|except|prescriptions\s(?:and|or)|valid"
    r"|eligible\sfor|before|questions?|deal|lösen|einlösen|fragen|ihre?n?|gern|bei\suns"
    r"|jetzt)\b|\boff\b|\bon\sduty\b|\bwalk[\s\-]?ins?\b|%|\.com|!"
)
_STREET = re.compile(
    r"^\W*(?!\d{5}\s)\d{1,6}[a-z]?\W+[\w .'\-]{3,}"
    r"|\d.*\b(?:street|st|ave|avenue|road|rd|blvd|lane|ln|drive|dr|hwy|highway|platz"
    r"|weg)\b|\b(?:suite|ste|hwy|highway)\W+\d|\b(?:jalan|jln|lorong|taman)\b"
    r"|str(?:\.|asse|aße)?\W+\d|(?:platz|weg|allee|gasse)\W+\d"
)
_TOWN = re.compile(
    r"\b[a-z]{2}\W+\d{5}(?:-\d{4})?\b|^\W*\d{5}\W+[^\W\d]+"
    r"|[a-z]{1,2}\d[\da-z]?\s\d[a-z]{2}\b"
)
_NAME = re.compile(r"^\W*(?:[^\W\d_]+\W{1,2}){1,3}[^\W\d_]+\W*$")
_FAMILY = re.compile(r"^\W*[^\W\d_]{2,}(?:[\-'’ ][^\W\d_]+)?\s?[,;]\W*$")
_GIVEN = re.compile(r"^\W*[^\W\d_]{2,}(?:[\-. ]{1,2}[^\W\d_]+)?\W*$")
_PHONE = re.compile(
    r"\(?\d{3}\)?[\s.\-/]{0,3}\d{3}[\s.\-]\d{4}|\b(?:tel|phone|ph|fax|store)\b|[+]\d{2}"
)
_SHOP = re.compile(
    r"pharmac|drug|apothek|farma|chemist|store|shop|mart|market|inc\b|llc|ltd|clinic"
    r"|klinik|hospital|medical|health|center|centre|dental|www|\.com|sdn|bhd|gmbh"
    r"|co\b|&|company|welcome|always|rx|#\s?\d|no\.?\s?\d|reg|gst|open|hours|license"
    r"|lic\b|npi|dea|ncpdp|tax|invoice|receipt"
)

_OF_FIRMS = re.compile(
    r"pharmac|drug|apothek|farma|chemist|\b(?:store|shop|mart|walmart|market|inc|llc"
    r"|ltd|clinic|klinik|hospital|medical|medicine|health|cent(?:er|re)|dental|gmbh"
    r"|sdn|bhd|co|company|group|practice|surgery|praxis|care|foods?|cafe|coffee|rx"
    r"|label|receipt|page|copy|delivery|department|for|and|the|your|of)s?\b|&"
)


@dataclass(frozen=True)
class Row:
    """A line with what it tells. `number` counts the rows of the page."""

    number: int
    passage: Passage
    line: Line
    marks: tuple[Mark, ...]
    has_price: bool

    @cached_property
    def lower(self) -> str:
        return lowered(self.passage.text)

    @cached_property
    def weight(self) -> float:
        return together(self.marks)

    @cached_property
    def is_till(self) -> bool:
        """What a till prints for itself."""
        lower = spaced(self.lower)
        is_rule = not any(map(str.isalnum, lower))
        return is_rule or bool(_TILL.search(lower) or _WHEN.search(lower))

    @cached_property
    def is_name(self) -> bool:
        """Two to four words, as a person's name has them."""
        return _NAME.match(self.lower) is not None

    @cached_property
    def is_goods(self) -> bool:
        """A line of its own price that speaks of nothing else."""
        return (
            self.has_price
            and self.weight < BEGINS
            and not self.is_till
            and not self.is_end
        )

    @cached_property
    def is_end(self) -> bool:
        """What a till breaks off from a medicine's name, with its price or without."""
        return is_form_only(unpriced(self.lower))

    @cached_property
    def is_sum(self) -> bool:
        """An amount and nothing else, which no till has for goods."""
        rest = unpriced(self.lower)
        return self.has_price and not any(c.isalpha() or c == "@" for c in rest)

    @cached_property
    def wants_values(self) -> bool:
        """Whether the line ends in a label, so that what it labels stands below."""
        last = max(self.marks, key=lambda mark: mark.end, default=None)
        return last is not None and last.wants_value

    @cached_property
    def is_heading(self) -> bool:
        """The head of a table: labels only."""
        labels = {mark.role for mark in self.marks if mark.is_bare}
        return len(labels) >= 3 and not any(c.isdigit() for c in self.lower)


def white(upper: Line, lower: Line) -> float:
    """What is empty between two lines, in heights of the lower print."""
    height = min(upper.height, lower.height) or 1.0
    return (lower.box[1] - upper.box[3]) / height


def has_price(text: str) -> bool:
    return _PRICE.search(spaced(lowered(text))) is not None


def spaced(lower: str) -> str:
    """With a space where a reader glued a number to a word: SUBTOTAL33.00."""
    return _GLUED.sub(" ", lower)


def is_address(lower: str) -> bool:
    return bool(_STREET.search(lower) or _TOWN.search(lower))


def has_no_town(lower: str) -> bool:
    """Whether a street's line leaves the town to the next one."""
    return bool(_STREET.search(lower) and not _TOWN.search(lower))


def unpriced(lower: str) -> str:
    """Lower-case text without the amount that it ends in."""
    return _PRICE.sub("", spaced(lower))


def damped(row: Row) -> Row:
    """Bare words of advertising count for less."""
    if not row.marks or not _ADVERT.search(row.lower):
        return row
    return replace(
        row,
        marks=tuple(
            replace(mark, weight=mark.weight * TALK)
            if mark.is_bare and not (row.has_price and mark.role is Role.COPAY)
            else mark
            for mark in row.marks
        ),
    )


def may_be_medicine(row: Row) -> bool:
    """Whether the line has a number that isn't its price or a pack's size."""
    if has_pack(row) and row.weight < LEANS:
        return False
    return any(c.isdigit() for c in unpriced(row.lower))


def is_person(row: Row) -> bool:
    """Whether a line may be a person's name: two or three words, none of a firm's."""
    words = len(row.lower.split())
    return row.is_name and words <= 3 and not _OF_FIRMS.search(row.lower)


def is_broken_name(one: Row, two: Row) -> bool:
    """Whether a name goes on on the next line, behind the comma of the family's."""
    return all(
        part.match(row.lower) and not _OF_FIRMS.search(row.lower)
        for part, row in ((_FAMILY, one), (_GIVEN, two))
    )


def is_receipt(rows: Sequence[Row]) -> bool:
    """Whether a till asks for money."""
    return any(row.is_till and row.has_price for row in rows)


def has_pack(row: Row) -> bool:
    return _PACK.search(unpriced(row.lower)) is not None


def has_strength(row: Row) -> bool:
    return any(mark.role is Role.DOSE for mark in row.marks) and not has_pack(row)


def header_end(rows: Sequence[Row]) -> int:
    """The number of the first row below the shop's name, address and phone."""
    seen: set[str] = set()
    for row in rows[:9]:
        is_of_a_person = any(
            mark.role in {Role.PATIENT, Role.PRESCRIBER} and mark.weight >= BEGINS
            for mark in row.marks
        )
        is_label = row.wants_values and row.weight >= BEGINS and row.number > 0
        if row.weight >= LEANS or row.has_price or is_of_a_person or is_label:
            return row.number
        is_shop = bool(
            _PHONE.search(row.lower) or _SHOP.search(row.lower) or row.is_till
        )
        kinds = set()
        is_over = {"town", "phone"} <= seen or is_sentence(row.lower)
        if _PHONE.search(row.lower):
            seen.add("phone")
        elif is_over and not row.is_till:
            return row.number
        elif row.number or not is_shop:
            kinds = {
                name
                for name, pattern in (("street", _STREET), ("town", _TOWN))
                if pattern.search(row.lower)
            }
        if kinds & seen:
            return row.number
        seen |= kinds
        has_digits = any(c.isdigit() for c in row.lower)
        if not kinds and not is_shop and row.number >= (1 if has_digits else 2):
            return row.number
    return min(9, len(rows))


def is_sentence(lower: str) -> bool:
    """Whether it is longer than a shop's name or address."""
    return len(lower.split()) > 8

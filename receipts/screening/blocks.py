"""Which lines of a page speak of somebody's health: signs near each other, and what
stands among them.

One sign may mean anything; some of different roles near each other are a prescription
or a bill of a doctor. Its lines are then taken whole, with the lines in between that a
till has no other use for (names, addresses, what a label's column holds), since one
line too many is better than a name too few. What a till prints for itself (totals,
dates, the shop's header, the payment) and ordinary goods stay where the layout lets
them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from receipts.reading.page import Line, Word
from receipts.screening.passages import Passage, corners_of
from receipts.screening.signs import Mark, Role, lowered, together

# A group of signs counts from this chance on.
HOLDS = 0.5
# A line with a sign from these on begins a group, and is what others lean on.
BEGINS, LEANS = 0.1, 0.25
# A sign from this on counts where signs of a label are counted.
TELLS = 0.2
# Lines without a sign between two of a group, and heights of white between lines.
LINES_APART, HEIGHTS_APART = 3, 5.0
# What advertising says counts for less.
TALK = 0.2
# Roles of a paper that is about one prescription or one visit.
OF_LABELS = frozenset(Role) - {Role.DOSE, Role.ACCOUNT}

# What is sold: elsewhere than on its own line, its price stands near.
HAS_PRICE = {
    Role.NUMBER,
    Role.REFILL,
    Role.PRODUCT,
    Role.SUPPLY,
    Role.DIRECTIONS,
    Role.DRUG,
    Role.SERVICE,
}

# What an amount may stand beside without being the price of goods.
OF_SUMS = {Role.COPAY, Role.INSURER, Role.MEMBER, Role.ACCOUNT, Role.SERVICE}

_PRICE = re.compile(
    r"(?:^|[\s$€£:x*@]|rm|us)-?\d{1,5}\s?[.,]\s?[\doils]{2}\s*(?:-|cr"
    r"|[a-z*]{1,3}\d?)?\s*(?:eur|usd|rm|€|\$|£)?\s*[a-z*]?\s*$"
)
# How much of goods is in a pack, where medicines have a strength.
_PACK = re.compile(r"\d\s?(?:(?:fl\s?oz|oz|ct|pk|pack|lbs?|kg|ltr?|gal|doz|pcs?)\b|%)")
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
    r"|jetzt)\b|\boff\b|%|\.com|!"
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
_PHONE = re.compile(
    r"\(?\d{3}\)?[\s.\-/]{0,3}\d{3}[\s.\-]\d{4}|\b(?:tel|phone|ph|fax|store)\b|[+]\d{2}"
)
_SHOP = re.compile(
    r"pharmac|drug|apothek|farma|chemist|store|shop|mart|market|inc\b|llc|ltd|clinic"
    r"|klinik|hospital|medical|health|center|centre|dental|www|\.com|sdn|bhd|gmbh"
    r"|co\b|&|company|welcome|always|rx|#\s?\d|no\.?\s?\d|reg|gst|open|hours|license"
    r"|lic\b|npi|dea|ncpdp|tax|invoice|receipt"
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
        return bool(_TILL.search(self.lower) or _WHEN.search(self.lower))

    @cached_property
    def is_name(self) -> bool:
        """Two to four words, as a person's name has them."""
        return _NAME.match(self.lower) is not None

    @cached_property
    def is_goods(self) -> bool:
        """A line of its own price that speaks of nothing else."""
        return self.has_price and self.weight < BEGINS and not self.is_till

    @cached_property
    def is_sum(self) -> bool:
        """An amount and nothing else, which no till has for goods."""
        return self.has_price and not any(c.isalpha() for c in unpriced(self.lower))

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


@dataclass(frozen=True)
class Block:
    """Rows of one page that belong together. `rows` by number; `weight`: the chance
    that they are about somebody's health."""

    rows: tuple[Row, ...]
    roles: frozenset[Role]
    weight: float

    @cached_property
    def sides(self) -> tuple[float, float]:
        """Its left and its right edge."""
        boxes = [row.line.box for row in self.rows]
        return min(box[0] for box in boxes), max(box[2] for box in boxes)


def has_price(text: str) -> bool:
    return _PRICE.search(lowered(text)) is not None


def is_address(lower: str) -> bool:
    return bool(_STREET.search(lower) or _TOWN.search(lower))


def unpriced(lower: str) -> str:
    """Lower-case text without the amount that it ends in."""
    return _PRICE.sub("", lower)


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


def blocks_of(
    rows: Sequence[Row], *, prior: float = 0.0, is_service: bool = False
) -> Iterator[Block]:
    """The blocks of one page's rows, top to bottom.

    `prior`: the chance that is known from elsewhere, as the shop's kind.
    `is_service`: the paper is of somebody who treats people, whose goods are services.
    """
    groups = [
        (group, weight)
        for group in groups_of(rows)
        if (weight := chance(group, rows, prior)) >= HOLDS
    ]
    header = header_end(rows)
    taken: set[int] = set()
    if is_service and not groups:
        taken = {row.number for row in rows if row.is_goods}
    for group, _weight in groups:
        taken |= grown(group, rows, header)
    if is_label(rows, taken, is_service):
        taken = filled(rows, taken, header, is_service)
        for number in sorted(taken):
            taken |= values_below(rows, number)
    weight = max((weight for _group, weight in groups), default=HOLDS)
    for run in runs(sorted(taken)):
        members = tuple(rows[number] for number in run)
        yield Block(
            members,
            frozenset(mark.role for row in members for mark in row.marks),
            weight,
        )


def groups_of(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows with signs that stand near each other."""
    group: list[Row] = []
    for row in rows:
        if row.weight < BEGINS:
            continue
        if group and not is_near(rows, group[-1].number, row.number):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def is_near(rows: Sequence[Row], one: int, two: int) -> bool:
    if two - one > LINES_APART + 1:
        return False
    return all(
        white(rows[n].line, rows[n + 1].line) <= HEIGHTS_APART for n in range(one, two)
    )


def white(upper: Line, lower: Line) -> float:
    """What is empty between two lines, in heights of the lower print."""
    height = min(upper.height, lower.height) or 1.0
    return (lower.box[1] - upper.box[3]) / height


def chance(group: Sequence[Row], rows: Sequence[Row], prior: float) -> float:
    """By the different roles in and around the group."""
    first, last = group[0].number, group[-1].number
    around = rows[max(0, first - 2) : last + 3]
    told = together([mark for row in around for mark in row.marks])
    if told < 0.2:
        return told
    return 1 - (1 - told) * (1 - prior)


def grown(group: Sequence[Row], rows: Sequence[Row], header: int) -> set[int]:
    """The numbers of the group's rows and of those around that belong to it."""
    leans = [row.number for row in group if row.weight >= LEANS]
    if not leans:
        leans = [row.number for row in group if row.number >= header]
    taken = set(leans)
    for number in leans:
        for near in range(max(0, number - 3), min(len(rows), number + 4)):
            row = rows[near]
            if row.weight < (0.03 if near >= header else HOLDS):
                continue
            if not speaks(row, rows, number):
                continue
            if is_near(rows, *sorted((number, near))):
                taken.add(near)
    for number in sorted(taken):
        taken |= values_below(rows, number)
    taken |= unsigned(rows, taken, header)
    for number in sorted(taken):
        taken |= values_below(rows, number)
    taken |= priced_part(rows, taken, header)
    taken |= beside(rows, taken)
    return between(rows, taken)


def unsigned(rows: Sequence[Row], taken: set[int], header: int) -> set[int]:
    """Names, addresses and what else has no sign: up to two lines from one that has,
    and two more of a person's name and address."""
    found: set[int] = set()
    for number in taken:
        for step in (1, -1):
            for distance in (1, 2, 3, 4):
                near = number + step * distance
                if near in taken or not header <= near < len(rows):
                    break
                row = rows[near]
                if row.has_price or row.is_till:
                    break
                if not is_near(rows, *sorted((near - step, near))):
                    break
                if distance > 2 and not (is_address(row.lower) or row.is_name):
                    break
                found.add(near)
    return found


def speaks(row: Row, rows: Sequence[Row], number: int) -> bool:
    """Whether a weak sign says enough near a strong one, in the row `number`.

    What has a price of its own is goods, as an aspirin is, unless it may be the price
    of what stands right above or below it without one.
    """
    if any(mark.weight >= BEGINS and mark.role in OF_SUMS for mark in row.marks):
        return True
    is_price_of_it = abs(row.number - number) == 1 and not rows[number].has_price
    if row.is_till:
        is_sum = any(mark.role in OF_SUMS for mark in row.marks)
        return (is_sum and is_price_of_it) or row.weight >= BEGINS
    if not row.has_price:
        return True
    if not is_price_of_it:
        return False
    if any(mark.role not in {Role.DOSE, Role.DRUG} for mark in row.marks):
        return True
    # A name or a dose alone is goods as well. Numbers begin what copays end.
    other = Role.NUMBER if row.number < number else Role.COPAY
    strongest = max(rows[number].marks, key=lambda mark: mark.weight)
    return strongest.role is not other and not has_pack(row)


def values_below(rows: Sequence[Row], number: int) -> set[int]:
    """What stands below a row that is labels only."""
    row = rows[number]
    if row.is_heading:
        found = set()
        for near in range(number + 1, len(rows)):
            if rows[near].is_till and rows[near].weight < BEGINS:
                break
            if white(rows[near - 1].line, rows[near].line) > 2.5:
                break
            found.add(near)
        return found
    below = number + 1
    if (
        row.wants_values
        and below < len(rows)
        and white(row.line, rows[below].line) < 2.5
        and not (rows[below].is_till and rows[below].has_price)
        and (rows[below].is_sum or not rows[below].is_goods)
    ):
        return {below}
    return set()


def priced_part(rows: Sequence[Row], taken: set[int], header: int) -> set[int]:
    """The priced line of a prescription whose lines have no price yet: of the drug,
    where nobody knows its name."""
    found: set[int] = set()
    for run in runs(sorted(taken)):
        roles = {
            mark.role
            for number in run
            for mark in rows[number].marks
            if mark.weight >= LEANS
        }
        if Role.DRUG in roles or not roles & HAS_PRICE:
            continue
        if any(rows[number].has_price for number in run):
            continue
        for near in (run[-1] + 1, run[0] - 1):
            if (
                header <= near < len(rows)
                and rows[near].has_price
                and not rows[near].is_till
                and may_be_medicine(rows[near])
                and is_near(rows, *sorted((near, min(max(near, run[0]), run[-1]))))
            ):
                found.add(near)
                break
    return found


def may_be_medicine(row: Row) -> bool:
    """Whether the line has a number that isn't its price or a pack's size."""
    if has_pack(row) and row.weight < LEANS:
        return False
    return any(c.isdigit() for c in unpriced(row.lower))


def has_pack(row: Row) -> bool:
    return _PACK.search(unpriced(row.lower)) is not None


def has_strength(row: Row) -> bool:
    return any(mark.role is Role.DOSE for mark in row.marks) and not has_pack(row)


def beside(rows: Sequence[Row], taken: set[int]) -> set[int]:
    """Rows that stand beside a taken one: another column, read as a line of its own."""
    found: set[int] = set()
    for number in taken:
        for near in range(max(0, number - 3), min(len(rows), number + 4)):
            if near in taken or near in found:
                continue
            if stands_beside(rows[number].line, rows[near].line):
                found.add(near)
    return found


def stands_beside(one: Line, two: Line) -> bool:
    return any(carried_on(left, right) for left in one.words for right in two.words)


def carried_on(one: Word, two: Word) -> bool:
    """Whether the line of one word meets the other at half height."""
    (x0, y0), (x1, y1), (_x2, _y2), (x3, y3) = corners_of(one)
    left, top, right, bottom = two.box
    if min(right, one.box[2]) > max(left, one.box[0]):
        return False
    slope = (y1 - y0) / (x1 - x0) if x1 - x0 > 1 else 0.0
    there = (y0 + y3) / 2 + slope * ((left + right) / 2 - (x0 + x3) / 2)
    height = min(bottom - top, y3 - y0)
    return abs((top + bottom) / 2 - there) < 0.4 * height


def between(rows: Sequence[Row], taken: set[int]) -> set[int]:
    """Fill short gaps, but for goods and what the till says."""
    ordered = sorted(taken)
    found = set(taken)
    for one, two in pairwise(ordered):
        if not 1 < two - one <= LINES_APART:
            continue
        if is_near(rows, one, two):
            found |= {
                n
                for n in range(one + 1, two)
                if not (
                    rows[n].is_goods or (rows[n].is_till and rows[n].weight < BEGINS)
                )
            }
    return found


def is_label(rows: Sequence[Row], taken: set[int], is_service: bool) -> bool:
    """Whether the page is a prescription's label, leaflet or bill, and no shopping."""
    told = [
        {
            mark.role
            for mark in rows[number].marks
            if mark.weight >= TELLS and mark.role in OF_LABELS
        }
        for number in taken
    ]
    roles = set().union(*told)
    goods = sum(row.is_goods and row.number not in taken for row in rows)
    if is_service:
        return len(roles) >= 1
    if goods == 0 and len(roles) >= 2 and sum(map(bool, told)) >= 4:
        return True
    return len(roles) >= (3 if goods == 0 else 4) and goods <= 2


def filled(
    rows: Sequence[Row], taken: set[int], header: int, is_service: bool
) -> set[int]:
    """Nearly all of a label: what isn't the shop's header or the till's own."""
    found = set(taken)
    for row in rows:
        if row.number < header or row.number in found:
            continue
        if row.is_till and not row.marks:
            continue
        if row.is_goods and not (is_service or row.is_sum or has_strength(row)):
            continue
        found.add(row.number)
    return found


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


def runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run

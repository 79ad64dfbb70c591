"""What was bought: the lines above the totals that end in an amount.

A line is a described item (description and amount), a line of numbers that belongs to
a description above or below it, a description alone, or a quantity and unit price that
belong to a neighbour. Which neighbour is settled by arithmetic where it can be, else by
how most of the receipt's lines go.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from receipts.reading.amounts import CENT, Amount
from receipts.reading.columns import off_column
from receipts.reading.item_rows import ONE, ItemRow, Style, has_words, is_heading, parse
from receipts.reading.labels import Label
from receipts.reading.page import Line
from receipts.reading.result import ItemKind, LineItem
from receipts.reading.totals import Labeled

ZERO = Decimal(0)
_SUMS = (Label.SUBTOTAL, Label.TOTAL, Label.TAX, Label.CARD)
_DEPOSIT = re.compile(r"pfand|leergut|deposit|\bcrv\b|bottle", re.IGNORECASE)
_NO_DESCRIPTION = re.compile(
    r"\b(?:server|guests?|phone|fax|cashier|customer|terminal|trans(?:action)?|auth"
    r"|approval|acct|account|www|https?|salesperson|welcome|dine.?in|take.?out|eat.?in"
    r"|drive.?thru)\b|\b(?:table|check|tel|date|time|member|receipt|street|suite|order"
    r"|invoice|inv|ref|reg|bill|doc|store|st)\.?\s?(?:no\b|num|id\b|[#:\d]|$)",
    re.IGNORECASE,
)
_NO_ITEM = re.compile(
    r"\bbalance\s(?:due|before|after|remain|forward|left)|\buhr\b|^\W*gallons?\b|^\W*lit(?:er|re)s?\b|\bprice\s?/|^\W*points?\b"
    r"|\breg(?:ular)?\.?\s?price\b|^\W*price\b|\bposten\b|^\W*you\s?save"
    r"|\b(?:change|tendered)\b|\bpump\b|^\W*(?:tel|fax|phone|date|time)\b",
    re.IGNORECASE,
)
# Words of a line that sums up; what they mean is settled by the sum.
_SUMMING = re.compile(
    r"^(?:sub|sb?tt?l|net|nett|gross|am(?:oun)?t|tot|ttl|items?|qty|count|eat|take|to"
    r"|dine|drive|drv|here|counter|order|bill|food|bal|sum|zwi)",
    re.IGNORECASE,
)
_SURELY_SUM = re.compile(
    r"^(?:s[ub]b?\W?/?\W?t[ot]?t?[a1l]*\d?|(?:nett?|gross)(?:\s(?:am(?:oun)?t|sales?))?"
    r"|am(?:oun)?t\b.*|(?:item|qty)s?(?:\scount)?)$",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"disco?u?n?t|\bdisc\b|coupon|rabatt|nachlass|voucher|gutschein|\boff\b|remise"
    r"|descuento|\bless\b|comp\b|saving|promo|rewards?\b",
    re.IGNORECASE,
)
_SURELY_REDUCED = re.compile(
    r"disco?u?n?t|\bdisc\b|coupon|rabatt|nachlass|\d\s?%\s?off|markdown|remise",
    re.IGNORECASE,
)
_REGULAR = re.compile(r"\breg(?:ular)?\.?\s?price\b|\bwas\b", re.IGNORECASE)
_CONTINUES = re.compile(r"(?:[-&,/+]|\b(?:w/?|with|and|mit|und|of|de))$", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d\s?:\s?[0-5]\d(?!\d)")
_TOTAL_QUANTITY = re.compile(r"\W*to?ta?l?\W*(?:qty|quantity)\b", re.IGNORECASE)
_LED = re.compile(r"\W*(?:qty|qnty|quan\w*|menge|anz\w*|cant)\b", re.IGNORECASE)
_QUANTITY = re.compile(r"\b(?:qty|qnty|quan\w*|menge|anz\w*|cant)\b", re.IGNORECASE)
_FLAGGED = re.compile(r"\d[.,]\d{2} \d$")
_GLUED_FLAG = re.compile(r"(?<![\d.,])(\d{1,3}[.,]\d{2})\d$")
# A shelf's or size's code is no description where another line is.
_CODED = re.compile(
    r"^(?:[A-Z]{1,3}\d+\b[\s\d/-]*|[^A-Za-z]*(?:[A-Za-z]{1,2}[^A-Za-z]*)?)$"
)
LONGEST_ITEM = 160  # letters; longer lines are text
# Lines of a description that belong to one line of numbers above them.
MOST_WRAPPED = 3


@dataclass(frozen=True)
class _Read:
    label: Label | None
    text: str
    part: ItemRow

    @property
    def is_item(self) -> bool:
        return self.part.amount is not None and self.part.is_described

    @property
    def is_numbers(self) -> bool:
        return self.part.amount is not None and not self.part.is_described

    @property
    def is_words(self) -> bool:
        return (
            self.part.amount is None
            and self.part.unit_price is None
            and self.part.is_described
            and not _NO_DESCRIPTION.search(self.text)
        )

    @property
    def is_count(self) -> bool:
        return self.part.amount is None and self.part.quantity is not None

    @property
    def is_price(self) -> bool:
        return self.part.amount is None and self.part.unit_price is not None


def items_of(
    rows: Sequence[Labeled], lines: Sequence[Line] | None = None
) -> tuple[LineItem, ...]:
    """The items in their order; quantity 1 where none is printed.

    `lines`: the page's lines that the rows were made of, in the same order; they tell
    the column of amounts. Discounts and voids are negative; so is a deposit that was
    paid back, which is an item.
    """
    read, style = rows_of_items(rows, lines)
    largest = max(
        (r.value for r in rows if r.label in _SUMS[:2] and r.amounts), default=None
    )
    items = Assembly(read, style, largest).items()
    return (*items, *late_reductions(rows)) if items else ()


def rows_of_items(rows: Sequence[Labeled], lines: Sequence[Line] | None) -> list[_Read]:
    """The rows between the heading and the sums, parsed."""
    end = end_of_items(rows)
    start = start_of_items(rows, end)
    off = off_column(rows, lines, start, end) if lines else frozenset()
    heading = rows[start - 1].text if start else ""
    is_led = led_by_quantity(rows[start:end]) or bool(_LED.match(heading))
    style = Style(
        are_led=is_led,
        are_trailed=not is_led and bool(_QUANTITY.search(heading)),
        has_reductions=bool(re.search(r"(?i)\bdisc", heading)),
    )
    are_flagged = any(_FLAGGED.search(row.text) for row in rows[start:end])
    found: list[_Read] = []
    for place in range(start, end):
        row = with_glued_flag(rows[place]) if are_flagged else rows[place]
        if len(row.text) > LONGEST_ITEM:
            continue
        label = row.label
        if label is not None and is_goods(row, any(r.is_item for r in found)):
            label = None
        text = row.text
        if _CLOCK.search(text) or _NO_ITEM.search(text):
            label = label or Label.OTHER
        part = parse(row, style, is_off_column=place in off)
        found.append(_Read(label, text, part))
    return found, style


def with_glued_flag(row: Labeled) -> Labeled:
    """ "Soap 1,752" is 1,75 and the figure of its tax rate, as other lines show it."""
    match = _GLUED_FLAG.search(row.text)
    if match is None or row.amounts or row.label is not None:
        return row
    value = Decimal(match[1].replace(",", "."))
    return replace(row, amounts=(Amount(value, match.start(), match.end()),))


def start_of_items(rows: Sequence[Labeled], end: int) -> int:
    """After the last line of headings that stands above every amount but one."""
    start = amounts = 0
    last = max((p for p in range(end) if rows[p].amounts), default=0)
    for place in range(last):
        if is_heading(rows[place].text):
            start = place + 1
        amounts += bool(rows[place].amounts and rows[place].label is None)
        if amounts > 1:
            break
    return start


def late_reductions(rows: Sequence[Labeled]) -> Iterator[LineItem]:
    """Discounts printed as negative between the subtotal and the total."""
    end = end_of_items(rows)
    if end == len(rows) or rows[end].label != Label.SUBTOTAL:
        return
    for row in rows[end + 1 :]:
        if row.label in (Label.TOTAL, Label.CARD, Label.CASH) and row.amounts:
            return
        if row.label == Label.DISCOUNT and row.amounts and row.value < 0:
            words = parse(row, Style()).words
            yield LineItem(words or "Discount", ONE, row.value, None, ItemKind.DISCOUNT)


def end_of_items(rows: Sequence[Labeled]) -> int:
    """The first line of sums that has an item above it."""
    largest = max(
        (r.value for r in rows if r.label in _SUMS[:2] and r.amounts), default=ZERO
    )
    whole, seen = ZERO, False
    for place, row in enumerate(rows):
        if not row.amounts:
            continue
        if row.label in _SUMS and not is_heading(row.text) and seen:
            # What names a total, yet is less than the goods above, is goods itself
            # where a larger sum follows.
            is_less = row.label in (Label.TOTAL, Label.CARD) and (
                0 < row.value < whole / 2 < largest and row.value < largest
            )
            if not is_less:
                return place
        if row.label is None or is_goods(row, seen):
            seen = True
            whole += max(ZERO, row.value)
    # Without an item above a sum, amounts below one are of cards and rules.
    is_open = largest == ZERO and any(r.label == Label.TOTAL for r in rows)
    return len(rows) if is_open else 0


def is_goods(row: Labeled, seen: bool) -> bool:
    """Whether a labeled line is an item all the same: a deposit, the first amount of
    all with a label of tax ("GST ITEM 49.99"), numbers without a word."""
    if not row.amounts:
        return bool(_DEPOSIT.search(row.text)) and row.label == Label.OTHER
    if row.label == Label.OTHER:
        return bool(_DEPOSIT.search(row.text))
    if row.label == Label.DISCOUNT:
        return row.value > 0 and not _SURELY_REDUCED.search(row.text)
    if row.label in (Label.SUGGESTION, Label.COUNT):
        return not re.search(r"[^\W\d_]{2}", row.text)
    if row.label in (Label.TOTAL, Label.CARD):
        return seen
    if row.label == Label.TIP:
        # A charge for service above the sums is in them.
        return seen and "%" not in row.text[:4] and "serv" in row.text.casefold()
    return row.label == Label.TAX and not seen and row.value > 0


def led_by_quantity(rows: Sequence[Labeled]) -> bool:
    """Whether most lines with an amount and words begin with a small number."""
    with_words = [
        row.text
        for row in rows
        if row.amounts and row.label is None and re.search(r"[^\W\d_]{2}", row.text)
    ]
    led = [t for t in with_words if re.match(r"\(?(?:\d{1,2}|[lI|])[\sxX)]", t)]
    return bool(led) and 2 * len(led) >= len(with_words)


class Assembly:
    """Puts the rows together. One pass; looks at neighbours only."""

    def __init__(
        self, read: list[_Read], style: Style, largest: Decimal | None
    ) -> None:
        self.read = read
        self.largest = largest  # of the sums that are labeled
        self.found: list[LineItem] = []
        self.codes: list[str] = []
        self.whole = ZERO
        self.above: list[ItemRow] = []  # descriptions that wait for an amount
        self.waiting: ItemRow | None = None  # a price that waits for its amount
        self.is_below = descriptions_are_below(read)
        self.are_led = style.are_led

    def items(self) -> tuple[LineItem, ...]:
        place = 0
        while place < len(self.read):
            row = self.read[place]
            after = place + 1
            if row.label is not None:
                if row.label in (Label.DISCOUNT, Label.SAVINGS) and row.part.amount:
                    self.reduce(row, place)
                self.above = []
            elif row.is_item:
                if self.sums_up(row, place):
                    break
                self.add_item(row, place)
            elif row.is_numbers:
                after = self.add_numbers(row, place)
            elif row.is_price:
                self.add_price(row, place)
            elif row.is_words:
                self.add_words(row, place)
            elif row.is_count:
                self.add_count(row)
            elif row.part.is_described:
                self.above = []
            place = after
        return tuple(self.found)

    def add(self, words: str, part: ItemRow, amount: Decimal, code: str = "") -> None:
        quantity, unit = part.quantity, part.unit_price
        if self.waiting is not None and close(self.waiting, amount):
            quantity, unit = self.waiting.quantity, self.waiting.unit_price
        self.waiting = None
        kind = ItemKind.ITEM
        if part.is_void and amount:
            kind, amount = ItemKind.VOID, -abs(amount)
        elif amount < 0 and not _DEPOSIT.search(words):
            kind = ItemKind.DISCOUNT
        quantity = quantity or ONE
        if unit is None and kind == ItemKind.ITEM and amount:
            each = (amount / quantity).quantize(CENT)
            unit = each if each * quantity == amount else None
        self.found.append(LineItem(words, quantity, amount, unit, kind))
        self.codes.append(code or part.code)
        self.whole += amount
        self.above = []

    def add_item(self, row: _Read, place: int) -> None:
        part = row.part
        words = part.words
        if self.above and (above := self.above[-1]).is_described:
            wraps = self.are_led and above.led and not part.led
            if wraps or (_CONTINUES.search(above.words) and not part.led):
                words = f"{above.words} {words}"
                part = replace(part, quantity=part.quantity or above.quantity)
        if _SURELY_REDUCED.search(row.text) and ZERO < part.amount <= self.whole:
            self.reduce(row, place)
            return
        self.add(words, part, part.amount)

    def add_numbers(self, row: _Read, place: int) -> int:
        """The place of the first row that it didn't take."""
        part, after = row.part, place + 1
        words = ""
        if part.is_minus and self.found:
            self.take_back(row, place)
            return after
        if self.is_below:
            taken = []
            while after < len(self.read) and len(taken) < MOST_WRAPPED:
                if not is_below(self.read[after]):
                    break
                taken.append(self.read[after].part.words)
                after += 1
            words = " ".join(taken)
        elif self.above:
            words = self.above[-1].words
            part = replace(part, quantity=part.quantity or self.above[-1].quantity)
            if _CODED.match(words) and len(self.above) > 1:
                words = self.above[-2].words
        if not words and self.found and self.repeats(part):
            return after
        if not words and part.code:
            words = next(
                (
                    item.description
                    for item, code in zip(self.found, self.codes, strict=True)
                    if code == part.code
                ),
                part.code,
            )
        if has_words(words) or (words and words == part.code):
            self.add(words, part, part.amount)
        self.above = []
        return after

    def repeats(self, part: ItemRow) -> bool:
        """Whether numbers tell the quantity and price of the item above them."""
        last = self.found[-1]
        count = part.quantity or ONE
        if last.amount not in (part.amount, count * part.amount):
            return False
        if count != ONE:
            unit = part.unit_price or part.amount
            self.found[-1] = replace(last, quantity=count, unit_price=unit)
        return count != ONE or part.unit_price is not None

    def add_price(self, row: _Read, place: int) -> None:
        """A quantity and unit price without an amount: of the item above or below."""
        part = row.part
        last = self.found[-1] if self.found else None
        following = next(
            (r.part.amount for r in self.read[place + 1 : place + 3] if r.part.amount),
            None,
        )
        if part.quantity is None:
            count = last.amount / part.unit_price if last and part.unit_price else ZERO
            if last and count == count.to_integral_value() and 1 <= count <= 999:
                self.found[-1] = replace(
                    last, quantity=count, unit_price=part.unit_price
                )
            return
        is_last = last is not None and close(part, last.amount) and last.quantity == ONE
        if following is not None and close(part, following) and not is_last:
            self.waiting = part
            return
        if last is not None and close(part, last.amount):
            self.found[-1] = replace(
                last, quantity=part.quantity, unit_price=part.unit_price
            )
        elif part.is_described or self.above:
            words = part.words if part.is_described else self.above[-1].words
            amount = (part.quantity * part.unit_price).quantize(CENT)
            self.add(words, part, amount)

    def add_count(self, row: _Read) -> None:
        """ "Qty: 2" alone: of the description that waits, or of the last item."""
        count = row.part.quantity
        if self.above:
            self.above[-1] = replace(self.above[-1], quantity=count)
        elif self.found and self.found[-1].quantity == ONE:
            last = self.found[-1]
            each = (last.amount / count).quantize(CENT)
            unit = each if each * count == last.amount else None
            self.found[-1] = replace(last, quantity=count, unit_price=unit)

    def add_words(self, row: _Read, place: int) -> None:
        part = row.part
        following = self.read[place + 1] if place + 1 < len(self.read) else None
        goes_on = following is not None and (
            (following.is_item and not following.part.led)
            or (following.is_numbers and not self.is_below)
            or following.is_price
        )
        if part.led and self.are_led and self.found and not goes_on:
            # A part of a meal has its quantity in the column, and no price.
            self.add(part.words, part, ZERO)
            return
        self.above = [*self.above[-1:], part]

    def reduce(self, row: _Read, place: int) -> None:
        """A line of a discount; a saving only where it is printed as one."""
        amount = row.part.amount
        if not self.found or not amount:
            return
        if row.label == Label.SAVINGS:
            before = self.read[place - 1].text if place else ""
            if amount > 0 or _REGULAR.search(before):
                return
        words = row.part.words if row.part.is_described else "Discount"
        self.found.append(LineItem(words, ONE, -abs(amount), None, ItemKind.DISCOUNT))
        self.codes.append("")
        self.whole -= abs(amount)

    def take_back(self, row: _Read, place: int) -> None:
        """A negative amount without words: a void where one says so, or a discount."""
        amount = row.part.amount
        near = self.read[max(0, place - 1) : place + 2]
        is_void = any(r.part.is_void for r in near)
        voided = next((i for i in reversed(self.found) if i.amount == -amount), None)
        kind, words = ItemKind.DISCOUNT, "Discount"
        if is_void:
            kind, words = ItemKind.VOID, voided.description if voided else "Void"
        elif self.above:
            words = self.above[-1].words
        self.found.append(LineItem(words, ONE, amount, None, kind))
        self.codes.append("")
        self.whole += amount
        self.above = []

    def sums_up(self, row: _Read, place: int) -> bool:
        """Whether the line sums up those above, by its words or by its amount."""
        words = row.part.words
        if not self.found:
            return False
        if _SURELY_SUM.match(words) or _TOTAL_QUANTITY.match(row.text):
            return True
        if row.part.amount != self.whole or not self.whole:
            return False
        if self.largest is not None and self.largest >= 2 * self.whole:
            return False  # there is room for an item of as much
        is_last = not any(r.is_item for r in self.read[place + 1 :][:3])
        is_told = self.largest is not None and len(self.found) > 1 and is_last
        return is_told or bool(_SUMMING.match(words))


def is_below(row: _Read) -> bool:
    """Whether it is the description of the numbers above: a price in it is no item's
    where it stands alone, as in "CUT FRUIT 1.99"."""
    return row.label is None and row.is_words


def descriptions_are_below(read: Sequence[_Read]) -> bool:
    """Whether lines of numbers have their description on the line below.

    Where lines of both kinds take turns, the ends tell: the sums follow the last
    numbers, or its description.
    """
    plain = [r for r in read if r.is_item or r.is_numbers or r.is_words or r.label]
    above = below = 0
    for n, row in enumerate(plain):
        if row.label is None and row.is_numbers:
            above += n > 0 and plain[n - 1].label is None and plain[n - 1].is_words
            below += (
                n + 1 < len(plain)
                and plain[n + 1].label is None
                and plain[n + 1].is_words
            )
    if above != below or not below:
        return below > above
    last = next((r for r in reversed(plain) if r.label is None), None)
    return last is not None and last.is_words


def close(part: ItemRow, amount: Decimal) -> bool:
    """Whether quantity x unit price is the amount, to a cent for weights."""
    if part.quantity is None or part.unit_price is None:
        return False
    apart = abs(part.quantity * part.unit_price - abs(amount))
    is_weight = part.quantity != part.quantity.to_integral_value()
    return apart <= CENT if is_weight else apart < CENT / 2

"""What was bought: the lines above the totals that end in an amount.

A line is a described item (description and amount), a line of numbers that belongs to
a description above or below it, a description alone, or a quantity and unit price that
belong to a neighbour. Which neighbour is settled by arithmetic where it can be, else by
how most of the receipt's lines go.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from receipts.reading.amounts import CENT
from receipts.reading.fuel import fuel_of
from receipts.reading.goods import (
    DEPOSIT,
    SUMS,
    SURELY_REDUCED,
    ZERO,
    GoodsRow,
    end_of_items,
    goods_of,
    with_goods,
)
from receipts.reading.item_rows import ONE, ItemRow, Style, has_words, parse
from receipts.reading.labels import Label
from receipts.reading.page import Line
from receipts.reading.result import ItemKind, LineItem
from receipts.reading.totals import Labeled

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
_VOID_WORDS = re.compile(r"\b(?:void(?:ed)?|storno|item|refund)\b", re.IGNORECASE)
_REGULAR = re.compile(r"\breg(?:ular)?\.?\s?price\b|\bwas\b", re.IGNORECASE)
_CONTINUES = re.compile(r"(?:[-&,/+]|\b(?:w/?|with|and|mit|und|of|de))$", re.IGNORECASE)
_TOTAL_QUANTITY = re.compile(r"\W*to?ta?l?\W*(?:qty|quantity)\b", re.IGNORECASE)
# Lines of a description that belong to one line of numbers above them.
MOST_WRAPPED = 3


def items_of(
    rows: Sequence[Labeled], lines: Sequence[Line] | None = None
) -> tuple[LineItem, ...]:
    """The items in their order; quantity 1 where none is printed.

    `lines`: the page's lines that the rows were made of, in the same order; they tell
    the column of amounts. Discounts and voids are negative; so is a deposit that was
    paid back, which is an item.
    """
    rows = with_goods(rows)
    read, style = goods_of(rows, lines)
    largest = max(
        (r.value for r in rows if r.label in SUMS[:2] and r.amounts), default=None
    )
    items = Assembly(read, style, largest).items()
    if not items:
        fuel = fuel_of(rows)
        return () if fuel is None else (fuel,)
    return (*items, *late_reductions(rows))


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


class Assembly:
    """Puts the rows together. One pass; looks at neighbours only."""

    def __init__(
        self, read: list[GoodsRow], style: Style, largest: Decimal | None
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
        elif amount < 0 and not DEPOSIT.search(words):
            is_return = close(part, amount) and not _REDUCED.search(words)
            kind = ItemKind.VOID if is_return else ItemKind.DISCOUNT
        if kind == ItemKind.VOID and not has_words(_VOID_WORDS.sub("", words)):
            words = self.voided(amount) or "Void"
        quantity = quantity or ONE
        unit = None if kind == ItemKind.DISCOUNT else unit
        if unit is None and kind == ItemKind.ITEM and amount:
            each = (amount / quantity).quantize(CENT)
            unit = each if each * quantity == amount else None
        self.found.append(LineItem(words, quantity, amount, unit, kind))
        self.codes.append(code or part.code)
        self.whole += amount
        self.above = []

    def add_item(self, row: GoodsRow, place: int) -> None:
        part = row.part
        words = part.words
        if self.above and (above := self.above[-1]).is_described:
            wraps = self.are_led and above.led and not part.led
            if wraps or (_CONTINUES.search(above.words) and not part.led):
                words = f"{above.words} {words}"
                part = replace(part, quantity=part.quantity or above.quantity)
        if SURELY_REDUCED.search(row.text) and ZERO < part.amount <= self.whole:
            self.reduce(row, place)
            return
        self.add(words, part, part.amount)

    def add_numbers(self, row: GoodsRow, place: int) -> int:
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
            words = self.description_above()
            part = replace(part, quantity=part.quantity or self.above[-1].quantity)
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

    def description_above(self) -> str:
        """Of the lines that wait the last one, with those that it goes on, and past
        codes."""
        waiting = [part.words for part in self.above]
        words = waiting.pop()
        while waiting and (words.startswith("(") or is_coded(words)):
            upper = waiting.pop()
            words = f"{upper} {words}" if words.startswith("(") else upper
        return words

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

    def add_price(self, row: GoodsRow, place: int) -> None:
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

    def add_count(self, row: GoodsRow) -> None:
        """ "Qty: 2" alone: of the description that waits, or of the last item."""
        count = row.part.quantity
        if self.above:
            self.above[-1] = replace(self.above[-1], quantity=count)
        elif self.found and self.found[-1].quantity == ONE:
            last = self.found[-1]
            each = (last.amount / count).quantize(CENT)
            unit = each if each * count == last.amount else None
            self.found[-1] = replace(last, quantity=count, unit_price=unit)

    def add_words(self, row: GoodsRow, place: int) -> None:
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
        self.above = [*self.above[1 - MOST_WRAPPED :], part]

    def reduce(self, row: GoodsRow, place: int) -> None:
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

    def take_back(self, row: GoodsRow, place: int) -> None:
        """A negative amount without words: a void where one says so, or a discount."""
        amount = row.part.amount
        near = self.read[max(0, place - 1) : place + 2]
        is_void = any(r.part.is_void for r in near) or close(row.part, amount)
        kind, words = ItemKind.DISCOUNT, "Discount"
        if is_void:
            kind, words = ItemKind.VOID, self.voided(amount) or "Void"
        elif self.above:
            words = self.description_above()
        self.found.append(LineItem(words, ONE, amount, None, kind))
        self.codes.append("")
        self.whole += amount
        self.above = []

    def voided(self, amount: Decimal) -> str | None:
        """The last item that cost as much as is taken back."""
        return next(
            (i.description for i in reversed(self.found) if i.amount == -amount), None
        )

    def sums_up(self, row: GoodsRow, place: int) -> bool:
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


def is_coded(words: str) -> bool:
    """Whether it is a shelf's or size's code, and no description: "QB07 - 24/360"."""
    letters = re.findall(r"[^\W\d_]+", words)
    figures = len(re.findall(r"\d", words))
    return all(len(run) < 3 for run in letters) and figures >= len("".join(letters))


def is_below(row: GoodsRow) -> bool:
    """Whether it is the description of the numbers above: a price in it is no item's
    where it stands alone, as in "MELON 0.89"."""
    return row.label is None and row.is_words


def descriptions_are_below(read: Sequence[GoodsRow]) -> bool:
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

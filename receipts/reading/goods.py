"""The lines that tell what was bought: which they are, and how they are printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from receipts.reading.amounts import Amount
from receipts.reading.columns import off_column
from receipts.reading.item_rows import ItemRow, Style, is_heading, parse
from receipts.reading.labels import Label
from receipts.reading.page import Line
from receipts.reading.totals import Labeled

ZERO = Decimal(0)
SUMS = (Label.SUBTOTAL, Label.TOTAL, Label.TAX, Label.CARD)
DEPOSIT = re.compile(r"pfand|leergut|deposit|\bcrv\b|bottle", re.IGNORECASE)
NO_DESCRIPTION = re.compile(
    r"\b(?:server|guests?|phone|fax|cashier|customer|terminal|trans(?:action)?|auth"
    r"|approval|acct|account|www|https?|salesperson|welcome|dine.?in|take.?out|eat.?in"
    r"|drive.?thru)\b|\b(?:table|check|tel|date|time|member|receipt|street|suite|order"
    r"|invoice|inv|ref|reg|bill|doc|store|type|pax)\.?\s?(?:no\b|num|id\b|[#:\d]|$)"
    r"|\b(?:items?|qty)\s?(?:\(s\))?\s?[:.]?\s?\d+\b|^\W*\d+\s(?:items?|articles?)\b",
    re.IGNORECASE,
)
_NO_ITEM = re.compile(
    r"\bbalance\s(?:due|before|after|remain|forward|left)|\buhr\b|^\W*gallons?\b"
    r"|^\W*lit(?:er|re)s?\b|\bprice\s?/|^\W*points?\b|\breg(?:ular)?\.?\s?price\b|^\W*price\b|\bposten\b|^\W*you\s?save"
    r"|\b(?:change|tendered)\b|\bpump\b|^\W*(?:tel|fax|phone|date|time)\b",
    re.IGNORECASE,
)
SURELY_REDUCED = re.compile(
    r"disco?u?n?t|\bdisc\b|coupon|rabatt|nachlass|\d\s?%\s?off|markdown|remise",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d\s?:\s?[0-5]\d(?!\d)")
_LEADS = re.compile(r"\(?(?:[1-9]\d?|[lI|])[\sxX)]")
_TRAILS = re.compile(r"[^\d\s].*[^\W\d_)]\s\d{1,2}\s+(?:RM|\$)?\s?\d+[.,]\d\d")
_LED = re.compile(r"\W*(?:qty|qnty|quan\w*|menge|anz\w*|cant)\b", re.IGNORECASE)
_QUANTITY = re.compile(r"\b(?:qty|qnty|quan\w*|menge|anz\w*|cant)\b", re.IGNORECASE)
_FLAGGED = re.compile(r"\d[.,]\d{2} \d$")
_GLUED_FLAG = re.compile(r"(?<![\d.,])(\d{1,3}[.,]\d{2})\d$")
LONGEST_ITEM = 160  # letters; longer lines are text


@dataclass(frozen=True)
class GoodsRow:
    """A row with its parts. `label` is None where it is one of goods."""

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
            and not NO_DESCRIPTION.search(self.text)
        )

    @property
    def is_count(self) -> bool:
        return self.part.amount is None and self.part.quantity is not None

    @property
    def is_price(self) -> bool:
        return self.part.amount is None and self.part.unit_price is not None


def goods_of(
    rows: Sequence[Labeled], lines: Sequence[Line] | None
) -> tuple[list[GoodsRow], Style]:
    """The rows between the heading and the sums, parsed, and how they are printed."""
    end = end_of_items(rows)
    start = start_of_items(rows, end)
    off = off_column(rows, lines, start, end) if lines else frozenset()
    heading = rows[start - 1].text if start else ""
    goods = rows[start:end]
    is_led = mostly(goods, _LEADS) or bool(_LED.match(heading))
    is_trailed = bool(_QUANTITY.search(heading)) or mostly(goods, _TRAILS)
    style = Style(
        are_led=is_led,
        are_trailed=is_trailed and not is_led,
        has_reductions=bool(re.search(r"(?i)\bdisc", heading)),
    )
    are_flagged = any(_FLAGGED.search(row.text) for row in rows[start:end])
    found: list[GoodsRow] = []
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
        found.append(GoodsRow(label, text, part))
    return found, style


def with_glued_flag(row: Labeled) -> Labeled:
    """ "Soap 2,451" is 2,45 and the figure of its tax rate, as other lines show it."""
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


def end_of_items(rows: Sequence[Labeled]) -> int:
    """The first line of sums that has an item above it."""
    largest = max(
        (r.value for r in rows if r.label in SUMS[:2] and r.amounts), default=ZERO
    )
    whole, seen = ZERO, False
    for place, row in enumerate(rows):
        if not row.amounts:
            continue
        if row.label in SUMS and not is_heading(row.text) and seen:
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
        return bool(DEPOSIT.search(row.text)) and row.label == Label.OTHER
    if row.label == Label.OTHER:
        return bool(DEPOSIT.search(row.text))
    if row.label == Label.DISCOUNT:
        return row.value > 0 and not SURELY_REDUCED.search(row.text)
    if row.label in (Label.SUGGESTION, Label.COUNT):
        return not re.search(r"[^\W\d_]{2}", row.text)
    if row.label in (Label.TOTAL, Label.CARD):
        return seen
    if row.label == Label.TIP:
        # A charge for service above the sums is in them.
        return seen and "%" not in row.text[:4] and "serv" in row.text.casefold()
    return row.label == Label.TAX and not seen and row.value > 0


def mostly(rows: Sequence[Labeled], pattern: re.Pattern[str]) -> bool:
    """Whether half of the lines with an amount and words, or more, look so."""
    with_words = [
        row.text
        for row in rows
        if row.amounts and row.label is None and re.search(r"[^\W\d_]{2}", row.text)
    ]
    alike = sum(pattern.match(text) is not None for text in with_words)
    return bool(alike) and 2 * alike >= len(with_words)

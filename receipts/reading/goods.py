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
_WHOLE_AMOUNT = re.compile(r"(?<=\s)\$\s?(\d{1,4})$")
_PAYMENT = re.compile(
    r"\b(?:cash|chan?ge|due|tender(?:ed)?|given|back|paid|am(?:oun)?t|pay(?:ment)?|visa"
    r"|card|credit|debit|master|mastercard|amex|grand|total|sales?|incl\w*|excl\w*|bal(?:ance)?"
    r"|rm|eur|usd|bar|gst|tax|summe|zu|zahlen|round(?:ed|ing)?|nett?)\b",
    re.IGNORECASE,
)
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
    """The rows between the heading and the sums, parsed, and how they are printed; of
    rows `with_goods`."""
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
        label, text = row.label, row.text
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


def with_goods(rows: Sequence[Labeled]) -> list[Labeled]:
    """The rows, those above the sums without a label where they are goods all the
    same, and with the amounts that are printed without cents ("$12")."""
    below = sums_below(rows)
    result, seen, whole, is_done = [], False, ZERO, False
    for row, sums in zip(rows, below, strict=True):
        if is_done:
            result.append(row)
            continue
        row = with_whole_amount(row)
        if row.label is not None and is_goods(row, seen, whole, sums):
            row = replace(row, label=None)
        if row.amounts:
            is_done = row.label in SUMS[:2] or (seen and row.label in SUMS)
            is_done = is_done and not is_heading(row.text)
            seen = seen or row.label is None
            whole += max(ZERO, row.value) if row.label is None else ZERO
        result.append(row)
    return result


def with_whole_amount(row: Labeled) -> Labeled:
    match = _WHOLE_AMOUNT.search(row.text)
    if match is None or row.amounts or row.label is not None:
        return row
    return replace(row, amounts=(Amount(Decimal(match[1]), *match.span()),))


def sums_below(rows: Sequence[Labeled]) -> list[tuple[Decimal, Decimal]]:
    """For each row the largest subtotal and the largest sum at all below it."""
    result, subtotal, total = [], ZERO, ZERO
    for row in reversed(rows):
        result.append((subtotal, total))
        if row.amounts and row.label in SUMS[:2]:
            total = max(total, row.value)
            if row.label == Label.SUBTOTAL:
                subtotal = max(subtotal, row.value)
    return result[::-1]


def is_goods(
    row: Labeled, seen: bool, whole: Decimal, sums: tuple[Decimal, Decimal]
) -> bool:
    """Whether a labeled line is an item all the same: a deposit, the first amount of
    all with a label of tax ("GST ITEM 49.99"), numbers without a word, and goods whose
    name holds a sum's or payment's ("Chicken Tenders", "Summer Roll").

    What is paid isn't less than a subtotal below it. `whole`: of the goods above.
    """
    subtotal, total = sums
    if row.label == Label.OTHER:
        return bool(DEPOSIT.search(row.text))
    if not row.amounts:
        return False
    if row.label == Label.DISCOUNT:
        return row.value > 0 and not SURELY_REDUCED.search(row.text)
    if row.label in (Label.SUGGESTION, Label.COUNT):
        return not re.search(r"[^\W\d_]{2}", row.text)
    if row.label == Label.TIP:
        # A charge for service above the sums is in them.
        return seen and "%" not in row.text[:4] and "serv" in row.text.casefold()
    if row.label == Label.TAX:
        return not seen and row.value > 0
    names_more = re.search(r"[^\W\d_]{3}", _PAYMENT.sub(" ", row.text)) is not None
    if row.label in (Label.CASH, Label.CHANGE):
        return names_more and 0 < row.value < total
    if row.label in (Label.TOTAL, Label.CARD) and not row.is_strong:
        is_named = re.match(r"\W*total\b", row.text, re.IGNORECASE)
        is_less = (row.value < subtotal and not is_named) or row.value < whole / 2
        return names_more and is_less and 0 < row.value < total and row.value != whole
    return False


def end_of_items(rows: Sequence[Labeled]) -> int:
    """The first line of sums that has an item above it; of rows `with_goods`."""
    seen, sums = False, False
    for place, row in enumerate(rows):
        if not row.amounts:
            continue
        if row.label in SUMS and not is_heading(row.text):
            if seen:
                return place
            sums = sums or row.label in SUMS[:2]
        seen = seen or row.label is None
    # Without an item above a sum, amounts below one are of cards and rules.
    return len(rows) if not sums and any(r.label == Label.TOTAL for r in rows) else 0


def mostly(rows: Sequence[Labeled], pattern: re.Pattern[str]) -> bool:
    """Whether half of the lines with an amount and words, or more, look so."""
    with_words = [
        row.text
        for row in rows
        if row.amounts and row.label is None and re.search(r"[^\W\d_]{2}", row.text)
    ]
    alike = sum(pattern.match(text) is not None for text in with_words)
    return bool(alike) and 2 * alike >= len(with_words)

"""What was bought: the lines above the totals that end in an amount."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from receipts.reading.amounts import amounts_in, unconfused
from receipts.reading.dates import TIME
from receipts.reading.labels import Label
from receipts.reading.result import LineItem
from receipts.reading.totals import Labeled, without_amounts

ONE = Decimal(1)
_STARTS = re.compile(
    r"^\(?(?P<q>\d{1,3})\s?(?:[xX×*@]\s?|\)\s|ea\s|\s)(?=[^\W\d_\"'“(#&])",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"(?P<q>\d{1,3}(?:[.,]\d{1,3})?)\s?(?:kg|lbs?|g|ea|pcs?|st|stk|unit|each)?\s?[xX×*@]\s?"
    r"(?:RM|[$€£])?\s?(?P<u>\d+[.,]\d{2})",
    re.IGNORECASE,
)
_TIMES_BACK = re.compile(
    r"(?P<u>\d+[.,]\d{2})\s?(?:EUR)?\s?[xX×*]\s?(?P<q>\d{1,3})(?!\d)"
)
_LETTERS = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"^(?:[#*]?\d{4,14}|[A-Z]{1,3}\d{4,})\s+|\s+(?:\d{6,14})$")
_FLAGS = re.compile(r"\s+[A-Z]{1,2}\d?$|\s+[*#TNFBEO]$")
_NOT_AN_ITEM = re.compile(
    r"\b(?:table|server|guest|check|order|tel|phone|fax|invoice|cashier|date|time|reg|"
    r"terminal|trans|auth|approval|ref|acct|account|www|http|street|ave|suite)\b",
    re.IGNORECASE,
)
_MOST_PER_LINE = 50_000


def items_of(rows: Sequence[Labeled]) -> tuple[LineItem, ...]:
    """The items in their order. Quantity 1 where none is printed."""
    end = end_of_items(rows)
    found: list[LineItem] = []
    above = ""  # a description that waits for its amount on the next line
    for row in rows[:end]:
        if row.label == Label.DISCOUNT and row.value is not None and found:
            found.append(discount(row))
            above = ""
            continue
        if row.label not in (None, Label.DISCOUNT):
            above = ""
            continue
        words = description_of(row)
        if not row.amounts:
            if len(_LETTERS.findall(words)) < 3:
                continue
            if found and not found[-1].description:
                found[-1] = replace(found[-1], description=words)
            else:
                above = "" if _NOT_AN_ITEM.search(row.text) else words
            continue
        amount = row.amounts[-1].value
        if abs(amount) > _MOST_PER_LINE or (TIME.search(row.text) and ":" in row.text):
            above = ""
            continue
        quantity, words = quantity_of(row.text, words, amount)
        if len(_LETTERS.findall(words)) < 2:
            if above:
                found.append(LineItem(above, quantity, amount))
            elif (
                found
                and quantity != ONE
                and is_repeat(found[-1], quantity, amount, row)
            ):
                found[-1] = replace(found[-1], quantity=quantity)
            above = ""
            continue
        found.append(LineItem(words, quantity, amount))
        above = ""
    return tuple(item for item in found if item.description)


def end_of_items(rows: Sequence[Labeled]) -> int:
    """The first line of sums that has an item above it."""
    for place, row in enumerate(rows):
        is_sum = row.label in (Label.SUBTOTAL, Label.TOTAL, Label.TAX, Label.CARD)
        if (
            is_sum
            and row.amounts
            and any(r.amounts and r.label is None for r in rows[:place])
        ):
            return place
    return 0 if not any(r.label == Label.TOTAL for r in rows) else len(rows)


def description_of(row: Labeled) -> str:
    words = without_amounts(row.text, row.amounts)
    words = re.sub(r"(?:RM|EUR|USD|[$€£])\s*$|[$€£]", "", words.strip())
    words = _FLAGS.sub("", words.strip())
    return re.sub(r"\s{2,}", " ", words).strip(" .:-–*_|")


def quantity_of(text: str, words: str, amount: Decimal) -> tuple[Decimal, str]:
    """(quantity, the description without it)."""
    text = unconfused(text)
    for pattern in (_TIMES, _TIMES_BACK):
        match = pattern.search(text)
        if match:
            quantity = decimal(match["q"])
            rest = pattern.sub(" ", words) if pattern.search(words) else words
            rest = re.sub(
                r"\b\d{1,3}(?:[.,]\d{1,3})?\s?(?:kg|lbs?|ea|pcs?)?\s?[xX×*@]\s*$",
                "",
                rest,
            )
            return quantity, strip_code(rest)
    match = _STARTS.match(words)
    if match and 0 < int(match["q"]) <= 99:
        return Decimal(match["q"]), strip_code(words[match.end() :])
    return ONE, strip_code(words)


def strip_code(words: str) -> str:
    shorter = _CODE.sub("", words).strip(" .:-–*_|")
    return shorter if len(_LETTERS.findall(shorter)) >= 2 else words.strip()


def decimal(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return ONE
    return value if value > 0 else ONE


def is_repeat(item: LineItem, quantity: Decimal, amount: Decimal, row: Labeled) -> bool:
    """Whether a line of numbers tells the quantity of the item above it."""
    unit = amounts_in(row.text)[0].value
    return item.amount in (amount, unit * quantity)


def discount(row: Labeled) -> LineItem:
    words = description_of(row) or "Discount"
    return LineItem(words, ONE, -abs(row.value))

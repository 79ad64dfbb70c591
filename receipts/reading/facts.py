"""Independent facts about an amount: arithmetic with what else stands on the paper.

Each fact is a sentence for the reviewer, under its kind. A kind counts once, however
often the paper repeats it.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from receipts.reading.amounts import CENT, unconfused
from receipts.reading.labels import Label
from receipts.reading.rows import ROUNDING, SUMS, ZERO, Labeled, Sums

# What each kind of fact adds to a candidate's points.
POINTS = {
    "sum": 2.0,  # subtotal + tax, or the parts that add up to it
    "near_sum": 0.8,  # the same, a cent off: tills round each tax for itself
    "items": 1.4,
    "change": 2.0,
    "card": 1.3,
    "table": 1.2,
    "suggested": 1.0,  # suggested tips were worked out from it
    "rate": 0.4,  # the tax that it contains fits its rate
    "paid": 0.9,
    "again": 0.5,
    "reader": 1.0,  # a second look at its line reads the same
}
# How many lines above a total its parts may stand.
PARTS_ABOVE = 7


def facts_of(
    value: Decimal,
    rows: Sequence[Labeled],
    sums: Sums,
    *,
    lines: Sequence[int],
    on_total_line: bool,
) -> dict[str, str]:
    """What speaks for `value`, which stands on `lines`, other than its own line."""
    found = {
        "sum": explained(value, sums)
        or parts_of(value, rows, lines, on_total_line)
        or tax_below(value, rows, sums),
        "items": by_items(value, sums),
        "change": by_change(value, rows, sums, lines),
        "card": f"A card was charged {value:.2f}." if value in sums.cards else None,
        "table": by_table(value, rows),
        "again": again(value, rows, lines),
        "suggested": by_suggestions(value, rows) if on_total_line else None,
        "rate": by_rate(value, rows),
    }
    if not found["sum"]:
        found["near_sum"] = explained(value, sums, CENT)
    if not found["card"] and value in sums.cash:
        if ZERO in sums.change:
            found["paid"] = f"{value:.2f} was paid, without change."
        elif (on_total_line or found["sum"]) and not sums.change:
            found["paid"] = f"{value:.2f} was paid."
    return {kind: sentence for kind, sentence in found.items() if sentence}


def taxes_of(sums: Sums) -> list[Decimal]:
    """Each tax and the sum of any two or three of them."""
    taxes = [tax for tax in sums.taxes if tax > 0][:5]
    result = list(taxes)
    for count in (2, 3):
        result += [sum(group, ZERO) for group in combinations(taxes, count)]
    return list(dict.fromkeys(result))


def explained(value: Decimal, sums: Sums, tolerance: Decimal = ZERO) -> str | None:
    """subtotal - discount + tax + tip ± rounding = value, in words."""
    reachable = reachable_from(sums)
    steps = [ZERO, *(step for step in (CENT, -CENT) if abs(step) <= tolerance)]
    steps += [
        sign * step
        for step in sums.rounding
        if 0 < step <= ROUNDING
        for sign in (1, -1)
    ]
    for off in steps:
        parts = reachable.get(value - off)
        # A subtotal that equals the total proves nothing by itself.
        if parts is not None and (off or any(parts[1:])):
            return sentence(*parts, off, value)
    return None


@lru_cache(maxsize=16)
def reachable_from(sums: Sums) -> dict[Decimal, tuple[Decimal, ...]]:
    """Each amount that a subtotal comes to, with (subtotal, discount, tax, tip)."""
    found: dict[Decimal, tuple[Decimal, ...]] = {}
    for subtotal in sums.subtotals:
        if subtotal <= 0:
            continue
        for tax in [ZERO, *taxes_of(sums)]:
            for tip in [ZERO, *sums.tips]:
                for discount in [ZERO, *sums.discounts]:
                    parts = (subtotal, discount, tax, tip)
                    whole = subtotal - discount + tax + tip
                    if whole not in found or not any(found[whole][1:]):
                        found[whole] = parts
    return found


def sentence(
    subtotal: Decimal,
    discount: Decimal,
    tax: Decimal,
    tip: Decimal,
    rounding: Decimal,
    value: Decimal,
) -> str:
    text = f"{subtotal:.2f}"
    for amount, name in ((tax, "tax"), (tip, "tip")):
        if amount:
            text += f" + {amount:.2f} {name}"
    if discount:
        text += f" - {discount:.2f} discount"
    if rounding:
        text += f" {'+' if rounding > 0 else '-'} {abs(rounding):.2f} rounding"
    return f"{text} = {value:.2f}."


def parts_of(
    value: Decimal, rows: Sequence[Labeled], lines: Sequence[int], on_total_line: bool
) -> str | None:
    """Two amounts just above the total that add up to it, one of them a subtotal, a
    tax or the total of a part; for lines whose labels slipped or aren't known."""
    if not on_total_line:
        return None
    for number in lines:
        if rows[number].label != Label.TOTAL:
            continue
        above = [
            row
            for row in rows[max(0, number - PARTS_ABOVE) : number]
            if row.value is not None and row.label in _PARTS
        ]
        for first, second in combinations(above, 2):
            named = {first.label, second.label} & _NAMED_PARTS
            if named and first.value + second.value == value and second.value:
                return f"{first.value:.2f} + {second.value:.2f} = {value:.2f}."
    return None


_NAMED_PARTS = frozenset({Label.SUBTOTAL, Label.TAX, Label.TOTAL})
_PARTS = _NAMED_PARTS | {None}


def tax_below(value: Decimal, rows: Sequence[Labeled], sums: Sums) -> str | None:
    """The amount right above a tax, whatever it is called, and the tax add up to it:
    many tills name the sum before tax after the kind of order ("To go 12.67")."""
    for above, row in pairwise(row for row in rows if row.amounts):
        if (
            row.label == Label.TAX
            and above.label is None
            and len(above.amounts) == 1
            and row.value
            and row.value > 0
            and above.value + row.value == value
        ):
            return f"{above.value:.2f} + {row.value:.2f} tax = {value:.2f}."
    return None


def by_items(value: Decimal, sums: Sums) -> str | None:
    if sums.items is None or sums.items <= 0:
        return None
    if sums.items == value:
        return f"The items add up to {value:.2f}."
    for tax in taxes_of(sums):
        if sums.items + tax == value:
            return f"The items' {sums.items:.2f} + {tax:.2f} tax = {value:.2f}."
    return None


def by_change(
    value: Decimal, rows: Sequence[Labeled], sums: Sums, lines: Sequence[int]
) -> str | None:
    named = {rows[n].label for n in lines} & SUMS
    loose = {
        row.value
        for row in rows
        if row.label is None and len(row.amounts) == 1 and row.value is not None
    }
    for cash in (*sums.cash, *(sorted(loose) if named else ())):
        for change in sums.change:
            if cash - change == value and change > 0:
                return f"{cash:.2f} paid - {change:.2f} change = {value:.2f}."
    return None


def by_table(value: Decimal, rows: Sequence[Labeled]) -> str | None:
    """A row of the table of tax rates: net + tax = gross, or net and tax alone."""
    for row in rows:
        if row.label != Label.TABLE:
            continue
        parts = [amount.value for amount in row.amounts]
        if len(parts) == 3 and parts[-1] == value == parts[0] + parts[1]:
            return f"The table of taxes ends in {value:.2f}."
        if len(parts) == 2 and parts[1] > 0 and sum(parts) == value:
            return f"By the tax table {parts[0]:.2f} + {parts[1]:.2f} = {value:.2f}."
    return None


def again(value: Decimal, rows: Sequence[Labeled], lines: Sequence[int]) -> str | None:
    totals = {n for n in lines if rows[n].label == Label.TOTAL}
    if len(totals) > 1 and max(totals) - min(totals) > 2:
        return f"{value:.2f} is printed as the total {len(totals)} times."
    return None


_PERCENT = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%")


def percents(
    rows: Sequence[Labeled], *labels: Label
) -> Iterator[tuple[Decimal, Decimal]]:
    """(rate, amount) of the rows with these labels that print both."""
    for row in rows:
        if row.label in labels and row.value is not None:
            match = _PERCENT.search(unconfused(row.text))
            if match:
                yield Decimal(match[1].replace(",", ".")) / 100, row.value


def by_suggestions(value: Decimal, rows: Sequence[Labeled]) -> str | None:
    """At least two suggested tips that are this amount's percentage to the cent."""
    fitting = {
        rate
        for rate, tip in percents(rows, Label.SUGGESTION, Label.TIP)
        if rate >= Decimal("0.05") and abs(value * rate - tip) <= CENT * 6 / 10
    }
    if len(fitting) < 2:
        return None
    shares = " and ".join(f"{rate * 100:.0f} %" for rate in sorted(fitting)[:2])
    return f"The suggested tips are {shares} of {value:.2f}."


def by_rate(value: Decimal, rows: Sequence[Labeled]) -> str | None:
    """The tax that the amount contains, at its printed rate."""
    for rate, tax in percents(rows, Label.TAX):
        contained = value * rate / (1 + rate)
        if tax > CENT * 10 and abs(contained - tax) <= CENT * 6 / 10:
            percent = f"{rate * 100:.2f}".rstrip("0").rstrip(".")
            return f"{tax:.2f} is the tax of {percent} % in {value:.2f}."
    return None

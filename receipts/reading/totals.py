"""Which amount was payable: candidates, weighed by their lines and by arithmetic.

Two readers that agree are still wrong now and then, because both read the tendered
cash or the line before tax. So candidates are weighed by arithmetic: subtotal and tax,
items, cash and change, a card slip, a second print (`receipts.reading.facts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from receipts.reading.facts import POINTS, facts_of
from receipts.reading.labels import Label
from receipts.reading.rows import (
    ROUNDING,
    Labeled,
    Sums,
    labeled,
    sums_of,
    values,
    without_amounts,
)

__all__ = [
    "Candidate",
    "Labeled",
    "Sums",
    "candidates",
    "labeled",
    "sums_of",
    "values",
    "without_amounts",
]


@dataclass
class Candidate:
    """An amount that may be the total. `facts` are independent of its own line."""

    value: Decimal
    points: float = 0.0
    lines: list[int] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    on_total_line: bool = False
    is_strong: bool = False
    is_below_tax: bool = False  # where tills without a word for it print the total
    is_unrounded: bool = False  # what was paid is some cents of rounding away
    is_printed: bool = False  # whole at least once, not only with a lost point


def candidates(rows: Sequence[Labeled], sums: Sums) -> list[Candidate]:
    """Amounts that may be the total, the likeliest first."""
    found: dict[Decimal, Candidate] = {}

    def at(value: Decimal) -> Candidate:
        return found.setdefault(value, Candidate(value))

    last = max(
        (r.number for r in rows if r.label == Label.TOTAL and r.amounts), default=None
    )
    for row in rows:
        for place, amount in enumerate(row.amounts):
            refund = row.label == Label.TOTAL and row.is_strong and amount.value < 0
            if amount.value <= 0 and not refund:
                continue
            candidate = at(amount.value)
            candidate.lines.append(row.number)
            candidate.is_printed |= not row.is_guessed
            is_last = place == len(row.amounts) - 1
            if row.label == Label.TOTAL and is_last:
                candidate.points += 3.0 if not candidate.on_total_line else 0.4
                candidate.points += 0.8 if row.is_strong else 0.0
                candidate.points += 0.3 if row.number == last else 0.0
                candidate.on_total_line = True
                candidate.is_strong = candidate.is_strong or row.is_strong
    refunded = any(c.is_strong and c.value < 0 for c in found.values())
    for candidate in found.values():
        if refunded and not candidate.is_strong:
            candidate.points -= 3.0
    for above, row in pairwise(row for row in rows if row.amounts):
        if above.label == Label.TAX and row.label is None and row.value in found:
            found[row.value].is_below_tax = True
    for candidate in found.values():
        add_facts(candidate, rows, sums)
    for candidate in list(found.values()):
        for rounding in sums.signed_rounding if can_be_rounded(candidate) else ():
            round_off(candidate, rounding, found)
    for candidate in found.values():
        candidate.is_unrounded = is_unrounded(candidate, rows, sums)
    for candidate in found.values():
        for tip in sums.tips:
            paid = found.get(candidate.value + tip)
            if (
                tip
                and candidate.on_total_line
                and paid is not None
                and paid.on_total_line
                and max(paid.lines) > min(candidate.lines)
            ):
                paid.facts.setdefault(
                    "sum", f"{candidate.value:.2f} + {tip:.2f} tip = {paid.value:.2f}."
                )
                paid.points += 1.5
                candidate.points -= 2.5
    largest = max(
        (c.value for c in found.values() if not only_paid(c, rows)), default=None
    )
    for candidate in found.values():
        if candidate.value == largest:
            candidate.points += 0.5
        if only_paid(candidate, rows):
            candidate.points -= 1.5
        labels = {rows[n].label for n in candidate.lines}
        if labels <= {
            Label.SUBTOTAL,
            Label.TAX,
            Label.CHANGE,
            Label.SUGGESTION,
            Label.TIP,
            Label.SAVINGS,
            Label.OTHER,
            Label.COUNT,
            Label.DISCOUNT,
            Label.ROUNDING,
            Label.TABLE,
        }:
            candidate.points -= 1.5
    return sorted(found.values(), key=lambda c: (-c.points, -max(c.lines)))


def round_off(
    candidate: Candidate,
    rounding: Decimal,
    found: dict[Decimal, Candidate],
) -> None:
    """The amount after cash rounding is payable, the one before it isn't.

    Tills print the sign or leave it out; what is payable ends in 0 or 5 cents.
    """
    for step in (rounding, -rounding):
        rounded = candidate.value + step
        other = found.get(rounded)
        if other is None or rounded % ROUNDING or other is candidate:
            continue
        if max(other.lines) < min(candidate.lines):
            continue
        other.facts["rounding"] = (
            f"{candidate.value:.2f} {'+' if step > 0 else '-'} {abs(step):.2f} "
            f"rounding = {rounded:.2f}."
        )
        other.points += 2.0 if other.on_total_line else 3.5
        other.on_total_line = True
        # What proves the amount before rounding proves what it is rounded to.
        for kind in ("sum", "items", "table", "suggested"):
            if kind in candidate.facts and kind not in other.facts:
                other.facts[kind] = candidate.facts[kind]
                other.points += POINTS[kind]
        candidate.points -= 2.5
        return


def is_unrounded(candidate: Candidate, rows: Sequence[Labeled], sums: Sums) -> bool:
    """Whether a rounding stands below the amount that isn't in it, or cash and change
    come to some cents more or less."""
    if not candidate.on_total_line or {"rounding", "change"} & candidate.facts.keys():
        return False
    last = max(candidate.lines)
    rounded = any(
        row.label == Label.ROUNDING and row.number > last and row.value for row in rows
    )
    paid = {
        abs(cash - change - candidate.value)
        for cash in sums.cash
        for change in sums.change
        if change
    }
    return rounded or any(0 < off <= ROUNDING for off in paid)


def can_be_rounded(candidate: Candidate) -> bool:
    return candidate.on_total_line or "sum" in candidate.facts


def only_paid(candidate: Candidate, rows: Sequence[Labeled]) -> bool:
    """Whether the amount stands only where cash was handed over."""
    return all(rows[n].label == Label.CASH for n in candidate.lines)


def add_facts(candidate: Candidate, rows: Sequence[Labeled], sums: Sums) -> None:
    """What speaks for an amount other than its own line, once for each kind."""
    found = facts_of(
        candidate.value,
        rows,
        sums,
        lines=candidate.lines,
        on_total_line=candidate.on_total_line,
    )
    candidate.facts.update(found)
    candidate.points += sum(POINTS[kind] for kind in found)

"""What else on the paper speaks against a total, however much speaks for it.

A tip that was read badly, a larger charge to the card, or cash and change that come to
another amount show that more or less was paid than the line of the total says.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from receipts.reading.labels import Label
from receipts.reading.result import Reason
from receipts.reading.rows import ZERO, Labeled, Sums
from receipts.reading.totals import Candidate

# What rounding and a misread last digit of another print may make.
NEARLY = Decimal("0.10")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%|\(\s?\d+\s?\)")
# However its amount was read: "Tip 3 00" has none.
_TIP = re.compile(
    r"\W*(?:tip|gratuity|trinkgeld|propina|pourboire)\b(?!.*%)", re.IGNORECASE
)
_CASH_BACK = re.compile(r"cash\s?back", re.IGNORECASE)


def doubts_about(
    best: Candidate, rows: Sequence[Labeled], sums: Sums
) -> tuple[Reason, ...]:
    """A reason for each thing that contradicts the likeliest total."""
    sentences = (
        larger_total(best, rows),
        tip_below(best, rows),
        other_charge(best, rows, sums),
        cash_and_change(best, sums),
        other_sum(best, rows),
    )
    return tuple(Reason("contradicted_total", text) for text in sentences if text)


def larger_total(best: Candidate, rows: Sequence[Labeled]) -> str | None:
    for row in rows:
        if row.label == Label.TOTAL and row.value and row.value > best.value + NEARLY:
            return f"Another line prints a larger total, {row.value:.2f}."
    return None


def total_line(best: Candidate, rows: Sequence[Labeled]) -> int:
    """The last line that names the amount as the total, else the last that has it."""
    named = [n for n in best.lines if rows[n].label == Label.TOTAL]
    return max(named or best.lines, default=len(rows))


def tip_below(best: Candidate, rows: Sequence[Labeled]) -> str | None:
    """A tip with digits below the total, so that the sum of both isn't known."""
    if " tip" in best.facts.get("sum", ""):
        return None
    for row in rows[total_line(best, rows) + 1 :]:
        is_tip = row.label == Label.TIP or _TIP.match(row.text)
        if not is_tip or row.label == Label.SUGGESTION or row.value == ZERO:
            continue
        if re.search(r"[1-9]", _PERCENT.sub(" ", row.text)):
            return "A tip stands below the total."
    return None


def other_charge(best: Candidate, rows: Sequence[Labeled], sums: Sums) -> str | None:
    """A card that was charged more, or less by a discount below the total."""
    if not sums.cards or best.value in sums.cards:
        return None
    most = max(sums.cards)
    handed_out = set(sums.change) | {
        row.value for row in rows if _CASH_BACK.search(row.text)
    }
    if most > best.value and most - best.value not in handed_out:
        return f"A card was charged more, {most:.2f}."
    off = {
        abs(row.value)
        for row in rows[total_line(best, rows) + 1 :]
        if row.value and (row.label == Label.DISCOUNT or row.value < 0)
    }
    if any(best.value - card in off for card in sums.cards):
        return f"A card was charged less, {most:.2f}."
    return None


def cash_and_change(best: Candidate, sums: Sums) -> str | None:
    """Cash less change that is another amount; with a card, both paid together."""
    if sums.cards or not sums.cash:
        return None
    change = [amount for amount in sums.change if amount > 0]
    paid = [cash - back for cash in sums.cash for back in change if cash > back]
    if not paid or best.value in paid or sum(sums.cash) - max(change) == best.value:
        return None
    return f"Cash and change come to {max(paid):.2f}."


def other_sum(best: Candidate, rows: Sequence[Labeled]) -> str | None:
    """Subtotal and tax right above each other that come to another amount, where
    nothing but one thing supports the total."""
    if {"sum", "rounding"} & best.facts.keys() or len(best.facts) > 1:
        return None
    if sum(row.label == Label.SUBTOTAL for row in rows) > 2:
        return None  # parts of it, in whatever way they make it up
    parts = [
        row
        for row in rows[: total_line(best, rows) + 1]
        if row.value is not None and row.label is not None
    ]
    for (subtotal, tax), (_tax, total) in pairwise(pairwise(parts)):
        labels = (subtotal.label, tax.label, total.label)
        if labels == (Label.SUBTOTAL, Label.TAX, Label.TOTAL):
            whole = subtotal.value + tax.value
            if total.value == best.value and abs(whole - best.value) > NEARLY:
                return f"Subtotal and tax come to {whole:.2f}."
    return None

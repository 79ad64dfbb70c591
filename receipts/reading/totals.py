"""Which amount was payable, and the independent facts that say so.

Two readers that agree are still wrong now and then, because both read the tendered
cash or the line before tax. So candidates are weighed by arithmetic: subtotal and tax,
items, cash and change, a card slip, a second print.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from receipts.reading.amounts import CENT, Amount, amounts_in
from receipts.reading.labels import Label, is_strong_total, label_of

ROUNDING = Decimal("0.05")  # cash rounding to five cents
ZERO = Decimal(0)


@dataclass(frozen=True)
class Labeled:
    """A line with its label and amounts; the last amount is usually the line's."""

    number: int
    text: str
    label: Label | None
    amounts: tuple[Amount, ...]
    is_strong: bool = False

    @property
    def value(self) -> Decimal | None:
        return self.amounts[-1].value if self.amounts else None


SUMS = frozenset({Label.TOTAL, Label.SUBTOTAL, Label.CASH, Label.CARD, Label.CHANGE})
AFTER_TABLE = frozenset({Label.CASH, Label.CARD, Label.CHANGE})


@dataclass
class Candidate:
    """An amount that may be the total. `facts` are independent of its own line."""

    value: Decimal
    points: float = 0.0
    lines: list[int] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    on_total_line: bool = False
    is_strong: bool = False


def without_amounts(text: str, amounts: Sequence[Amount]) -> str:
    for amount in reversed(amounts):
        text = f"{text[: amount.start]} {text[amount.end :]}"
    return text


# The heading of a table that splits the sums by tax rate: its rows are no totals.
_TAX_TABLE = re.compile(
    r"(?:gst|tax|sst|vat|mwst|ust)\s*(?:summary|analysis|specification|breakdown|code\b|rate\b)"
    r"|netto?\b.*\b(?:brutto|mwst|ust|tax|steuer)|mwst\W.*netto|tax\s*\((?:rm|\$)\)"
    r"|\bht\b.*\btva\b|amount\b.*\btax\b\s*(?:\(rm\))?$|goods\s*amount",
    re.IGNORECASE,
)


def labeled(lines: Sequence[str]) -> list[Labeled]:
    """Every line with its label; an amount that stands alone on the line below a
    label is taken for the label's, and rows of a table of tax rates are `TABLE`."""
    rows: list[Labeled] = []
    table = False
    sums_began = False
    for number, text in enumerate(lines):
        amounts = amounts_in(text)
        words = without_amounts(text, amounts)
        label = label_of(words)
        if label == Label.ROUNDING and amounts and abs(amounts[-1].value) > 1:
            # "Rounding 37.45" is what is payable after it, not the difference.
            label, words = Label.TOTAL, "rounded total"
        sums_began = sums_began or (bool(amounts) and label in SUMS)
        if sums_began and _TAX_TABLE.search(text):
            table = True
            rows.append(Labeled(number, text, Label.TABLE, amounts))
            continue
        if table:
            is_row = len(amounts) > 1 or label not in (Label.TOTAL, Label.SUBTOTAL)
            if amounts and label not in AFTER_TABLE and is_row:
                rows.append(Labeled(number, text, Label.TABLE, amounts))
                continue
            table = bool(re.search(r"\d", text)) and label is None
        if label is None and amounts and not re.search(r"[^\W\d_]", words) and rows:
            above = rows[-1]
            is_bare = not above.amounts and not re.search(r"\d[.,]", above.text)
            if above.label is not None and is_bare:
                rows[-1] = Labeled(
                    above.number, above.text, above.label, amounts, above.is_strong
                )
                rows.append(Labeled(number, text, None, ()))
                continue
        rows.append(Labeled(number, text, label, amounts, is_strong_total(words)))
    return rows


def values(rows: Sequence[Labeled], label: Label) -> list[Decimal]:
    return [row.value for row in rows if row.label == label and row.value is not None]


@dataclass(frozen=True)
class Sums:
    """The labeled amounts that arithmetic is done with."""

    subtotals: tuple[Decimal, ...]
    taxes: tuple[Decimal, ...]
    tips: tuple[Decimal, ...]
    cash: tuple[Decimal, ...]
    cards: tuple[Decimal, ...]
    change: tuple[Decimal, ...]
    discounts: tuple[Decimal, ...]
    rounding: tuple[Decimal, ...]
    signed_rounding: tuple[Decimal, ...]
    items: Decimal | None


# Of one label: arithmetic tries them with one another.
MOST_OF_A_LABEL = 8


def sums_of(rows: Sequence[Labeled], items: Decimal | None) -> Sums:
    def of(label: Label) -> tuple[Decimal, ...]:
        distinct = dict.fromkeys(abs(v) for v in values(rows, label))
        return tuple(distinct)[:MOST_OF_A_LABEL]

    return Sums(
        subtotals=of(Label.SUBTOTAL),
        taxes=of(Label.TAX),
        tips=of(Label.TIP),
        cash=of(Label.CASH),
        cards=of(Label.CARD),
        change=of(Label.CHANGE),
        discounts=of(Label.DISCOUNT),
        rounding=of(Label.ROUNDING),
        signed_rounding=tuple(
            value
            for value in dict.fromkeys(values(rows, Label.ROUNDING))
            if value and abs(value) <= ROUNDING
        )[:MOST_OF_A_LABEL],
        items=items,
    )


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
    for candidate in list(found.values()):
        for rounding in sums.signed_rounding if candidate.on_total_line else ():
            round_off(candidate, rounding, found, rows)
    for candidate in found.values():
        add_facts(candidate, rows, sums)
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
    rows: Sequence[Labeled],
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
        candidate.points -= 2.5
        return


def only_paid(candidate: Candidate, rows: Sequence[Labeled]) -> bool:
    """Whether the amount stands only where cash was handed over."""
    return all(rows[n].label == Label.CASH for n in candidate.lines)


def add_facts(candidate: Candidate, rows: Sequence[Labeled], sums: Sums) -> None:
    """What speaks for an amount other than its own line, once for each kind."""
    value, facts = candidate.value, candidate.facts
    pair = explained(value, sums)
    if pair:
        facts["sum"] = pair
        candidate.points += 2.0
    if sums.items is not None and sums.items > 0:
        if sums.items == value:
            facts["items"] = f"The items add up to {value:.2f}."
            candidate.points += 1.2
        else:
            for tax in taxes_of(sums):
                if sums.items + tax == value:
                    facts["items"] = (
                        f"The items' {sums.items:.2f} + {tax:.2f} tax = {value:.2f}."
                    )
                    candidate.points += 1.6
                    break
    loose = {
        row.value
        for row in rows
        if row.label is None and len(row.amounts) == 1 and row.value is not None
    }
    named = {rows[n].label for n in candidate.lines} & SUMS
    for cash in (*sums.cash, *(loose if named else ())):
        for change in sums.change:
            if cash - change == value and change > 0:
                facts["change"] = (
                    f"{cash:.2f} paid - {change:.2f} change = {value:.2f}."
                )
    if "change" in facts:
        candidate.points += 2.0
    if value in sums.cards:
        facts["card"] = f"A card was charged {value:.2f}."
        candidate.points += 1.3
    elif value in sums.cash and candidate.on_total_line and not sums.change:
        facts["paid"] = f"{value:.2f} was paid."
        candidate.points += 0.8
    elif value in sums.cash and ZERO in sums.change:
        facts["paid"] = f"{value:.2f} was paid, without change."
        candidate.points += 1.0
    for row in rows:
        if row.label == Label.TABLE and len(row.amounts) > 1:
            parts = [amount.value for amount in row.amounts]
            if parts[-1] == value and len(parts) == 3 and parts[0] + parts[1] == value:
                facts["table"] = f"The table of taxes ends in {value:.2f}."
            elif len(parts) == 2 and parts[1] > 0 and sum(parts) == value:
                facts["table"] = (
                    f"By the tax table {parts[0]:.2f} + {parts[1]:.2f} = {value:.2f}."
                )
    if "table" in facts:
        candidate.points += 1.2
    totals = {n for n in candidate.lines if rows[n].label == Label.TOTAL}
    if len(totals) > 1 and max(totals) - min(totals) > 2:
        facts["again"] = f"{value:.2f} is printed as the total {len(totals)} times."
        candidate.points += 0.5


def taxes_of(sums: Sums) -> list[Decimal]:
    """Each tax and the sum of any two or three of them."""
    taxes = [tax for tax in sums.taxes if tax > 0][:5]
    result = list(taxes)
    for count in (2, 3):
        result += [sum(group, ZERO) for group in combinations(taxes, count)]
    return list(dict.fromkeys(result))


def explained(value: Decimal, sums: Sums) -> str | None:
    """subtotal - discount + tax + tip ± rounding = value, in words."""
    for subtotal in sums.subtotals:
        if subtotal <= 0:
            continue
        for tax in [ZERO, *taxes_of(sums)]:
            for tip in [ZERO, *sums.tips]:
                for discount in [ZERO, *sums.discounts]:
                    base = subtotal - discount + tax + tip
                    off = abs(base - value)
                    if ((tax or tip) and off <= CENT) or (off == 0 and (tax or tip)):
                        return sentence(subtotal, discount, tax, tip, ZERO, value)
                    if (
                        off
                        and off <= ROUNDING
                        and (off in sums.rounding)
                        and (tax or tip)
                    ):
                        return sentence(
                            subtotal, discount, tax, tip, value - base, value
                        )
    for subtotal in sums.subtotals:
        for discount in [ZERO, *sums.discounts]:
            off = value - (subtotal - discount)
            if (discount or off) and (off == 0 or abs(off) in sums.rounding):
                return sentence(subtotal, discount, ZERO, ZERO, off, value)
    return None


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

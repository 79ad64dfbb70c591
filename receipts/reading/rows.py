"""Lines with their labels and amounts: what the arithmetic of a receipt works on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from receipts.reading.amounts import Amount, amounts_in
from receipts.reading.labels import Label, is_strong_total, label_of

ROUNDING = Decimal("0.05")  # cash rounding to five cents
ZERO = Decimal(0)


@dataclass(frozen=True)
class Labeled:
    """A line with its label and amounts; the last amount is usually the line's.

    `is_guessed`: the amount has lost its point on the paper or in reading, so it only
    supports the same amount elsewhere.
    """

    number: int
    text: str
    label: Label | None
    amounts: tuple[Amount, ...]
    is_strong: bool = False
    is_guessed: bool = False

    @property
    def value(self) -> Decimal | None:
        return self.amounts[-1].value if self.amounts else None


SUMS = frozenset({Label.TOTAL, Label.SUBTOTAL, Label.CASH, Label.CARD, Label.CHANGE})
AFTER_TABLE = frozenset({Label.CASH, Label.CARD, Label.CHANGE})


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
    most = ZERO  # of the sums so far
    for number, text in enumerate(lines):
        amounts = amounts_in(text)
        words = without_amounts(text, amounts)
        label = label_of(words)
        if label == Label.ROUNDING and amounts and abs(amounts[-1].value) > 1:
            # "Rounding 37.45" is what is payable after it, not the difference; less
            # than the sum above it has slipped there from another line.
            is_sum = abs(amounts[-1].value) + 1 >= most
            label = Label.TOTAL if is_sum else None
            words = "rounded total" if is_sum else words
        if label in (Label.SUBTOTAL, Label.TOTAL) and amounts:
            most = max(most, amounts[-1].value)
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
        is_guessed = label in _MAY_LACK_POINT and not amounts
        if is_guessed:
            amounts = without_point(text)
        rows.append(
            Labeled(
                number,
                text,
                label,
                amounts,
                is_strong_total(words),
                is_guessed and bool(amounts),
            )
        )
    return with_net_total(rows)


_MAY_LACK_POINT = frozenset(
    {Label.TOTAL, Label.SUBTOTAL, Label.TAX, Label.CASH, Label.CHANGE, Label.ROUNDING}
)
_LACKS_POINT = re.compile(
    r"(?<![\d.,/#:\-])(?<![\d.,/#:\-]\s)(\d{1,4})\s?(\d{2})(?![\d.,/:%\-])\s*$"
)


def without_point(text: str) -> tuple[Amount, ...]:
    """The amount at a line's end whose point is lost: 5892 or 0 05, for 58.92, 0.05."""
    match = _LACKS_POINT.search(text)
    if match is None or len(match[1] + match[2]) < 3:
        return ()
    value = Decimal(f"{match[1]}.{match[2]}")
    return (Amount(value, match.start(), match.end()),)


_NET_TOTAL = re.compile(r"\bnett?\s?total\b", re.IGNORECASE)


def with_net_total(rows: list[Labeled]) -> list[Labeled]:
    """A "net total" below the tax, where no other line names the total, is payable;
    above the tax it's a subtotal."""
    if any(row.label == Label.TOTAL and row.amounts for row in rows):
        return rows
    tax = max((r.number for r in rows if r.label == Label.TAX and r.amounts), default=0)
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        if row.label == Label.SUBTOTAL and row.amounts:
            if row.number > tax and _NET_TOTAL.search(row.text):
                rows[place] = replace(row, label=Label.TOTAL, is_strong=True)
            break
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

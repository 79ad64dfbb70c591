"""What a receipt says beside its date and total: tip, taxes, payments, numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from receipts.reading.labels import Label, plain
from receipts.reading.payments import payments_in
from receipts.reading.receipt_numbers import store_number_in, transaction_number_in
from receipts.reading.result import Payment, TaxLine
from receipts.reading.taxes import taxes_in, words_of
from receipts.reading.totals import Labeled

_TIP = re.compile(
    r"\btips?\b|gratuit|\bgrat\b|service ?charge|se?rv\w{0,3} ?ch(?:ar)?ge?\b|\bsvc\b"
    r"|\bservice (?:amt|amount|fee)|propina|pourboire|trinkgeld|mancia|^service$"
    r"|caj perkhidmatan|bedienungsgeld|servicio\b|\bserv(?:ice)? ?\d+ ?%"
)
_SUGGESTED = re.compile(
    r"g+est(?:ed|ion)|guide|recommend|not incl|prior|before (?:tax|disc)|sugerid"
    r"|conseill|empfohlen|of sale|would be|calculat|tip total|optional"
)
_SIGNED = re.compile(
    r"signature|agree to pay|i ?gree|\bsign\b|^x( x)*$|unterschrift|firma\b|cardholder"
    r"|merchant copy|tip adjust"
)
# Printers end lines below 100 characters; longer ones take time with their square.
LONGEST = 120
_PERCENT = re.compile(r"\d\s?%")
# After a heading that suggests tips, the lines with percentages go on so long.
LONGEST_SUGGESTION = 8
# A form to be filled in by hand has its total so close below the line of the tip.
FORM = 3
TOTALS = frozenset({Label.TOTAL, Label.SUBTOTAL, Label.CARD, Label.CASH})


@dataclass(frozen=True)
class Details:
    """`tax` is what the tax lines come to, None where they contradict the total.

    A payment's amount is what was handed over, so cash may be above the total.
    `evidence` has sentences for a reviewer by the name of the field.
    """

    tip: Decimal | None = None
    taxes: tuple[TaxLine, ...] = ()
    tax: Decimal | None = None
    payments: tuple[Payment, ...] = ()
    store_number: str | None = None
    transaction_number: str | None = None
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def details_of(rows: Sequence[Labeled], total: Decimal | None) -> Details:
    """The details of one receipt's lines; `total` is what was read as payable."""
    rows = [
        row if len(row.text) <= LONGEST else replace(row, text=row.text[:LONGEST])
        for row in rows
    ]
    texts = [row.text for row in rows]
    tip, for_tip = tip_in(rows, total)
    taxes = taxes_in(rows, total, tip)
    payments, for_payments = payments_in(rows, total)
    store, for_store = store_number_in(texts)
    transaction, for_transaction = transaction_number_in(texts)
    if tip is not None and not any(" tip = " in sentence for sentence in for_tip):
        with_tax = tuple(said for said in taxes.evidence if " tip = " in said)
        for_tip = with_tax or for_tip
    evidence = {
        "tip": for_tip,
        "tax": taxes.evidence,
        "payments": for_payments,
        "store_number": (for_store,) if store else (),
        "transaction_number": (for_transaction,) if transaction else (),
    }
    return Details(
        tip=tip,
        taxes=taxes.lines,
        tax=taxes.amount,
        payments=payments,
        store_number=store,
        transaction_number=transaction,
        evidence={name: sentences for name, sentences in evidence.items() if sentences},
    )


def tip_in(
    rows: Sequence[Labeled], total: Decimal | None
) -> tuple[Decimal | None, tuple[str, ...]]:
    """A tip or service charge that was paid: None for one that is only suggested, or
    written by hand on a slip that asks for it."""
    lines = tip_lines(rows)
    sums = {
        amount.value
        for row in rows
        if row.label in TOTALS
        for amount in row.amounts
        if amount.value > 0
    }
    for row in lines:
        tip = row.amounts[-1].value
        paid = paid_with(tip, sums, total)
        if paid is None or (paid != total and is_form(row, rows)):
            continue
        return tip, (f"{paid - tip:.2f} + {tip:.2f} tip = {paid:.2f}.",)
    tips = {
        row.amounts[-1].value
        for row in lines
        if not is_form(row, rows)
        and not is_first_of_several(row, rows)
        and (total is None or row.amounts[-1].value < abs(total))
    }
    if len(tips) == 1:
        return tips.pop(), ("It stands on a line that names a tip.",)
    return None, ()


def tip_lines(rows: Sequence[Labeled]) -> list[Labeled]:
    """Lines that name a tip and its amount, without suggestions."""
    lines = []
    suggested = None
    for row in rows:
        text = plain(words_of(row))
        if _SUGGESTED.search(text):
            suggested = row.number
            continue
        if row.label == Label.SUGGESTION and not row.amounts:
            suggested = row.number
        if row.value is None or row.value <= 0 or not _TIP.search(text):
            continue
        is_below = suggested is not None and row.number - suggested < LONGEST_SUGGESTION
        if is_below and _PERCENT.search(row.text):
            continue
        lines.append(row)
    return lines


def paid_with(
    tip: Decimal, sums: set[Decimal], total: Decimal | None
) -> Decimal | None:
    """A printed sum that another one and the tip make up: the total if it is one."""
    made = [value for value in sums if value != tip and value - tip in sums]
    if total in made:
        return total
    return max(made, default=None)


def is_first_of_several(row: Labeled, rows: Sequence[Labeled]) -> bool:
    """Whether it is the first line of suggestions: percentages go on below."""
    below = rows[row.number + 1 : row.number + 3]
    return bool(_PERCENT.search(row.text)) and any(
        _PERCENT.search(other.text)
        and other.label in (None, Label.SUGGESTION, Label.TIP)
        and len(re.findall("[a-z]", other.text.lower())) < 9
        for other in below
    )


def is_form(row: Labeled, rows: Sequence[Labeled]) -> bool:
    """Whether the line is of a slip to be filled in: a tip, a total, a signature."""
    below = rows[row.number + 1 : row.number + 1 + FORM]
    asks = any(
        other.label == Label.TOTAL
        or re.search(r"t[ao]+l|sign|^\W*x\b", plain(other.text))
        for other in below
    )
    around = rows[max(0, row.number - 4) : row.number + 9]
    return asks and any(_SIGNED.search(plain(other.text)) for other in around)

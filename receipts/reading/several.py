"""Several receipts in one text, of which no geometry is known."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from receipts.reading.amounts import CENT
from receipts.reading.dates import DateCandidate
from receipts.reading.day_shapes import count_days, has_day
from receipts.reading.labels import Label
from receipts.reading.other_days import is_about_other_days
from receipts.reading.phones import PRINTED
from receipts.reading.result import Reason
from receipts.reading.rows import Labeled
from receipts.reading.slips import several

_TOTAL_WORD = re.compile(r"(?<![a-z])(?:grand ?)?t[o0]ta[l1]\b", re.IGNORECASE)

# Points at which a text is taken for several receipts' text.
ENOUGH = 3


def several_receipts(
    rows: Sequence[Labeled], dates: Sequence[DateCandidate]
) -> Reason | None:
    """Whether a text, of which no geometry is known, is that of several receipts.

    Single signs stand on one receipt too: a day of return, a total before the tip, a
    second phone. So it takes several: days, totals that no printed amount explains,
    phones, two days or totals on one line, and a header and items behind a total.
    Items that lead to a total of their own, behind a total, are enough.
    """
    days = purchase_days(rows, dates)
    totals = unrelated_totals(rows)
    phones = [set(PRINTED.findall(row.text)) for row in rows]
    points = min(2, max(0, len(days) - 1)) + min(2, max(0, len(totals) - 1))
    points += 2 if len(set().union(*phones)) > 3 else 0
    points += min(2, sum(len(_TOTAL_WORD.findall(row.text)) > 1 for row in rows))
    points += any(count_days(row.text) > 1 for row in rows)
    points += starts_again(rows, phones)
    points += ENOUGH if adds_up_again(rows) else 0
    return several(max(2, len(days), len(totals))) if points >= ENOUGH else None


def purchase_day(
    rows: Sequence[Labeled], dates: Sequence[DateCandidate]
) -> date | None:
    """The likeliest day that isn't that of a return, a survey, an opening."""
    return next(
        (
            found.day
            for found in dates
            if found.line < len(rows) and not is_about_other_days(rows[found.line].text)
        ),
        None,
    )


def purchase_days(rows: Sequence[Labeled], dates: Sequence[DateCandidate]) -> set[date]:
    """The days that may be a purchase's, one for each printed date."""
    days: dict[tuple[int, str], date] = {}
    for candidate in dates:
        if candidate.line >= len(rows) or candidate.swapped:
            continue
        if not is_about_other_days(rows[candidate.line].text):
            days.setdefault((candidate.line, candidate.text), candidate.day)
    return set(days.values())


def unrelated_totals(rows: Sequence[Labeled]) -> list[Decimal]:
    """The totals that don't come from one another by an amount that is printed."""
    printed = {abs(amount.value) for row in rows for amount in row.amounts}
    found: list[Decimal] = []
    for row in rows:
        if row.label != Label.TOTAL or not row.amounts:
            continue
        both = len(_TOTAL_WORD.findall(row.text)) > 1
        for amount in row.amounts if both else row.amounts[-1:]:
            steps = [abs(amount.value - other) for other in found]
            if amount.value > 0 and not any(
                step <= CENT * 5 or step in printed for step in steps
            ):
                found.append(amount.value)
    return found


def starts_again(rows: Sequence[Labeled], phones: Sequence[set[str]]) -> int:
    """A point for a phone behind the first total, one for items and a second total."""
    first = next((r for r in rows if r.label == Label.TOTAL and r.value), None)
    if first is None:
        return 0
    before = set().union(*phones[: first.number])
    after = set().union(*phones[first.number + 1 :])
    items, again = 0, False
    for row in rows[first.number + 1 :]:
        if row.label is None and row.amounts and re.search("[A-Za-z]{3}", row.text):
            items += 1
        if row.label == Label.TOTAL and row.value and items > 1:
            again = again or row.value != first.value
    return int(bool(before and after)) + int(again)


def adds_up_again(rows: Sequence[Labeled]) -> bool:
    """Whether items behind a total lead to another total that has nothing to do with
    what is printed before: by a subtotal of their own, or by their sum.

    What was paid, or a day or phone, must stand between: a brand may be called Total.
    """
    first = next((r for r in rows if r.label == Label.TOTAL and r.value), None)
    if first is None:
        return False
    before = {abs(a.value) for row in rows[: first.number + 1] for a in row.amounts}
    unrelated = set(unrelated_totals(rows)) - before
    items, subtotal, whole, is_over = 0, None, Decimal(0), False
    for row in rows[first.number + 1 :]:
        if not items:
            is_over = is_over or ends_or_begins(row)
        if not row.amounts or row.is_guessed or not is_over:
            continue
        if row.label is None and re.search("[A-Za-z]{3}", row.text):
            items += 1
            whole += row.value
        elif row.label == Label.SUBTOTAL and items:
            subtotal = row.value
        elif row.label == Label.TOTAL and row.value in unrelated and items:
            own = subtotal is not None and subtotal not in before
            if (own and 0 < subtotal <= row.value) or row.value == whole:
                return True
    return False


def ends_or_begins(row: Labeled) -> bool:
    if row.label in (Label.CASH, Label.CARD, Label.CHANGE):
        return bool(row.amounts)
    return bool(has_day(row.text) or PRINTED.search(row.text))

"""The charges of a practice's statement: between some that are known, the others.

No list has all that a practice does. Where a paper is known as its statement, the rows
of the table in which known services stand are services as well.
"""

import re
from collections.abc import Iterator, Sequence

from receipts.screening.columns import beside, is_of_till
from receipts.screening.prescriptions import is_place as is_pharmacy
from receipts.screening.rows import (
    BEGINS,
    Row,
    has_pack,
    is_address,
    spaced,
    unpriced,
    white,
)
from receipts.screening.signs import Role

# What is charged for, with what a reader tore from it, top to bottom.
Charge = tuple[Row, ...]

OF_TREATMENT = {Role.SERVICE, Role.CODE}
# Whom or what a statement names above its charges, and a till doesn't.
OF_STATEMENTS = {
    Role.PATIENT,
    Role.BIRTH,
    Role.PRESCRIBER,
    Role.MEMBER,
    Role.INSURER,
    Role.CODE,
}
# So many charges are known on a statement whose head names no practice.
LEAST_KNOWN = 2
# White between two rows of one table, in heights.
ROWS_APART = 2.0

# What ends a table of charges.
_ASKED = re.compile(
    r"t[o0]ta[l1i]s?\b|balance|(?:amount|patient)\s(?:due|owed)|\bsumme\b|gesamt"
    r"|(?:rechnungs|end|zahl)betrag|jumlah"
)
_CODED = re.compile(r"^\W*[a-z]?\d{4,5}[a-z]?\s+[^\W\d]{3}")
# What a till adds to charges and takes off them.
_OWN = re.compile(
    r"\b(?:tax\d?|gst|sst|vat|mwst|ust|steuer|discount|coupon|saved"
    r"|savings|cash|change|visa|amex|debit|credit|tender|paid|payment|deposit)\b"
    r"|^\W*round"
)
# A letter and four digits: HCPCS, and the dentists' codes in it.
_LETTERED = re.compile(r"^\W*[a-v]\d{4}\s+[^\W\d]{3}")
# What only shops print: their tills' numbers, and a tax letter behind a price.
_OF_SHOPS = re.compile(
    r"\b(?:cashier|cshr|lane\s?\#?\s?\d|reg(?:ister)?\s?\#?\s?\d|items?\ssold|coupons?"
    r"|groceries|grocery|produce|dairy|bakery|deli)\b|\bstr?\#"
)
_TAXED = re.compile(r"\d[.,]\d\d\s?[a-z]\s*$")


def charges_amid(
    rows: Sequence[Row], taken: set[int], header: int, *, is_service: bool
) -> set[int]:
    """The numbers of the rows in a practice's table of charges which `taken` lacks.

    `is_service`: the paper's head names a practice. Elsewhere at least half of what
    has a price must be a known service, below what only a statement names or with
    the codes of procedures.
    """
    charges = list(charges_of(rows, header))
    known = [charge for charge in charges if is_known(charge, taken)]
    if not known:
        return set()
    first, end = table_of(rows, taken, known)
    charges = [charge for charge in charges if charge[0].number < end]
    if not is_service and not is_statement(rows, taken, charges):
        return set()
    # What stands right above the first known charge, as the table's other rows do.
    for charge in reversed(charges):
        if charge[0].number < first and are_next(rows, charge[-1].number, first):
            first = charge[0].number
    found = {row.number for row in rows[first:end] if is_charged(row, rows)}
    asked = [row for row in rows if row.is_till and row.number not in found]
    return {
        number
        for number in found - taken
        if not (rows[number].is_sum and is_of_till(rows[number], asked))
    }


def charges_of(rows: Sequence[Row], header: int) -> Iterator[Charge]:
    """What has a price below the header, but for what the till asks."""
    asked = [row for row in rows if row.is_till and not is_coded(row)]
    seen = {row.number for row in asked}
    for row in rows[header:]:
        if not row.has_price or row.number in seen:
            continue
        if row.is_sum and is_of_till(row, asked):
            continue
        parts = beside(rows, {row.number}) | {row.number}
        seen |= parts
        yield tuple(rows[number] for number in sorted(parts))


def is_known(charge: Charge, taken: set[int]) -> bool:
    return any(
        row.number in taken and any(mark.role in OF_TREATMENT for mark in row.marks)
        for row in charge
    )


def is_coded(row: Row) -> bool:
    """Whether it begins with a procedure's code and has a price."""
    return row.has_price and _CODED.search(row.lower) is not None


def is_charged(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row in a table of charges is one of them, or goes on from one. What
    has a price is, although a word in it may be a till's."""
    if not row.is_till or is_coded(row):
        return True
    lower = unpriced(row.lower)
    if _OWN.search(lower) or not any(map(str.isalpha, lower)):
        return False
    torn_off = beside(rows, {row.number})
    return row.has_price or any(rows[number].is_sum for number in torn_off)


def is_statement(
    rows: Sequence[Row], taken: set[int], charges: Sequence[Charge]
) -> bool:
    """Whether a paper whose head names no practice is a practice's all the same."""
    others = [charge for charge in charges if not is_known(charge, taken)]
    known = len(charges) - len(others)
    if known < max(LEAST_KNOWN, len(others)):
        return False
    lower = [spaced(row.lower) for row in rows if not is_address(row.lower)]
    if is_pharmacy(row.lower for row in rows) or any(map(_OF_SHOPS.search, lower)):
        return False
    goods = [row for charge in others for row in charge]
    if any(has_pack(row) or _TAXED.search(row.lower) for row in goods):
        return False
    coded = [row for charge in charges for row in charge if _LETTERED.match(row.lower)]
    return len(coded) >= LEAST_KNOWN or any(
        row.number in taken
        and any(
            mark.role in OF_STATEMENTS and mark.weight >= BEGINS for mark in row.marks
        )
        for row in rows[: charges[0][0].number]
    )


def table_of(
    rows: Sequence[Row], taken: set[int], known: Sequence[Charge]
) -> tuple[int, int]:
    """The first known charge's number and that of the total, or of what follows the
    last known charge where no total stands."""
    first = known[0][0].number
    for row in rows[first:]:
        is_asked = row.is_till and not is_coded(row) and row.number not in taken
        if is_asked and _ASKED.search(spaced(row.lower)):
            return first, row.number
    return first, known[-1][-1].number + 1


def are_next(rows: Sequence[Row], one: int, two: int) -> bool:
    """Whether two rows of a table stand right below one another."""
    return two == one + 1 and white(rows[one].line, rows[two].line) <= ROWS_APART

"""The taxes that a receipt prints: single lines, and tables with a line a rate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from receipts.reading.amounts import CENT, amounts_in
from receipts.reading.labels import Label, plain
from receipts.reading.result import TaxLine
from receipts.reading.totals import Labeled, without_amounts

ZERO = Decimal(0)
# A table's tax is rounded once for its rate, or summed from rounded items.
TABLE_ROUNDING = Decimal("0.03")
CASH_ROUNDING = Decimal("0.05")
# No sales tax is a larger part of what is paid; a taxable amount is.
MOST_OF_TOTAL = Decimal("0.35")
HIGHEST_RATE = 30
# A tax above its rate of everything paid by this factor says that the rate is misread;
# below it, it was taken on a tip or discount too.
MISREAD = Decimal("1.25")
# More amounts on a line than any table of taxes has: the rest isn't searched.
MOST_COLUMNS = 5

_TAX = re.compile(
    r"tax(?:e?s)?(?![a-z]*able)|(?<![a-z])(?:gst|sst|hst|pst|qst|tps|tvq|vat|mwst|ust"
    r"|tva|iva|igic|txtl|tx)(?![a-z])|mehrwertsteuer|umsatzsteuer|impuesto|cukai"
)
_NO_TAX = re.compile(
    r"taxable|\btaxi|tax ?(?:invoice|inv\b|receipt|cash|free|exempt|id\b|no\b|reg|code"
    r"|nummer|number|summary|amt [a-z]\b|[a-z]? ?rate$)|steuer ?(?:nr|nummer|id)"
    r"|(?<![a-z])(?:gst|sst|vat|ust|tva|iva) ?(?:id|no\b|reg|nr|summary|code|ident)"
    r"|before|excl|w tax|with tax|pre ?tax|after tax|refund"
)
# "Total includes 6% GST 0.48" is a tax, "Total including GST 8.50" is none.
_INCLUDED = re.compile(
    r"includes|includ?ed|^(?:incl?|enth\w+|dont|inkl|\d+ ?%? ?(?:gst|sst)) "
)
_WHOLE = re.compile(
    r"(?<![a-z])total ?(?:sales ?)?(?:tax|gst|sst|vat|mwst|ust|tva|iva)"
    r"|(?:tax|taxes|gst|vat|mwst|tva|iva) ?total"
)
_SUM_ROW = re.compile(
    r"^\W*(?:\w{0,5}\s)?(?:sub)?(?:tot[ae]le?|totaux|summen?|gesamt\w*|jumlah)\b"
)
# The rows of a table of taxes follow such a heading within so many lines.
_HEADING = re.compile(
    r"(?:gst|sst|tax|vat|mwst|ust)\W*(?:summ?\w*y|analysis|breakdown|specification"
    r"|details|-? ?rate\b|code\b)"
)
LONGEST_TABLE = 8
_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,4})?)\s?%")
# "SR 6 42.20 2.53": the rate stands in its own column, without a sign.
_BARE_RATE = re.compile(r"^\W*[A-Z]{1,3}\W+(\d{1,2})(?=\s)(?!\s?[.,:])")
_LAST_NUMBER = re.compile(r"(?<![\d.,])(\d{2,6})\W*$")
# The lines' own labels say that they hold something else than a tax.
_OTHER_LABELS = frozenset(
    {
        Label.TOTAL,
        Label.SUBTOTAL,
        Label.TIP,
        Label.SUGGESTION,
        Label.CASH,
        Label.CARD,
        Label.CHANGE,
        Label.SAVINGS,
        Label.COUNT,
        Label.ROUNDING,
        Label.DISCOUNT,
    }
)


@dataclass(frozen=True)
class Taxes:
    """The printed lines and what they come to: None where they contradict the sums."""

    lines: tuple[TaxLine, ...] = ()
    amount: Decimal | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableRow:
    line: TaxLine
    base: Decimal


def words_of(row: Labeled) -> str:
    """A line's text without its sums; a row may have its amount from the next line."""
    return without_amounts(row.text, amounts_in(row.text))


def taxes_in(
    rows: Sequence[Labeled], total: Decimal | None, tip: Decimal | None = None
) -> Taxes:
    """A receipt's taxes; `total` is what was payable, `tip` what of it is no price."""
    table = list(dict.fromkeys(table_rows(rows, total)))
    if any(row.line.rate is not None for row in table):
        table = [row for row in table if row.line.rate is not None]
    lines = tuple(row.line for row in table)
    singles, whole = single_lines(rows, total)
    if not lines or (
        singles
        and added(lines) != added(singles)
        and support(added(singles), rows, total, tip)
        and not support(added(lines), rows, total, tip)
    ):
        return from_singles(singles, whole, rows, total, tip)
    amount = added(lines)
    evidence = tuple(sentence_of(row) for row in table if row.line.amount)
    return Taxes(lines, amount, (*support(amount, rows, total, tip), *evidence))


def added(lines: Sequence[TaxLine]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def sentence_of(row: TableRow) -> str:
    if row.line.rate is None:
        return f"The table of taxes has {row.line.amount:.2f} for {row.base:.2f}."
    percent = f"{(row.line.rate * 100).normalize():f}"
    return (
        f"The table of taxes has {row.line.amount:.2f} for {row.base:.2f} "
        f"at {percent} %."
    )


def from_singles(
    singles: tuple[TaxLine, ...],
    whole: TaxLine | None,
    rows: Sequence[Labeled],
    total: Decimal | None,
    tip: Decimal | None,
) -> Taxes:
    """Single lines, of which one may be the others' sum."""
    if whole is not None and (not singles or added(singles) != whole.amount):
        singles = (whole,)
    if not singles:
        return Taxes()
    amount = added(singles)
    evidence = support(amount, rows, total, tip)
    if whole is not None and len(singles) > 1:
        evidence = (*evidence, f"The taxes add up to the total tax {amount:.2f}.")
    if evidence or len(singles) == 1:
        named = ("It stands on a line that names a tax.",)
        return Taxes(singles, amount, evidence or named)
    for line in singles:
        if line.amount and (alone := support(line.amount, rows, total, tip)):
            return Taxes(singles, line.amount, alone)
    contradicted = (
        total is not None
        and sum(line.amount != 0 for line in singles) > 1
        and any(row.label == Label.SUBTOTAL and row.amounts for row in rows)
    )
    return Taxes(singles, None if contradicted else amount)


def support(
    tax: Decimal,
    rows: Sequence[Labeled],
    total: Decimal | None,
    tip: Decimal | None,
) -> tuple[str, ...]:
    """A subtotal that makes up the total with the tax, in words."""
    if total is None or not tax:
        return ()
    roundings = [
        abs(row.value)
        for row in rows
        if row.label == Label.ROUNDING and row.value is not None
    ]
    bases = dict.fromkeys(
        row.value for row in rows if row.label == Label.SUBTOTAL and row.value
    )
    for base in bases:
        for extra in dict.fromkeys((ZERO, tip or ZERO)):
            off = abs(total - base - tax - extra)
            if off == 0 or (off <= CASH_ROUNDING and off in roundings):
                tipped = f" + {extra:.2f} tip" if extra else ""
                rounded = " after rounding" if off else ""
                return (f"{base:.2f} + {tax:.2f} tax{tipped} = {total:.2f}{rounded}.",)
    return ()


def single_lines(
    rows: Sequence[Labeled], total: Decimal | None
) -> tuple[tuple[TaxLine, ...], TaxLine | None]:
    """The lines that name a tax, each once, and the one that names all of them."""
    singles: dict[tuple[str, Decimal], TaxLine] = {}
    misread: dict[tuple[str, Decimal], TaxLine] = {}  # look like rows of a table
    whole = None
    for row in rows:
        if row.value is None or row.label == Label.TABLE:
            continue
        words = words_of(row)
        name = plain(words)
        if not is_tax(name, row.label) or not is_plausible(row.value, total):
            continue
        rate = rate_in(row.text)
        if rate and total and abs(row.value) > abs(total) * rate * MISREAD:
            rate = None
        line = TaxLine(printed(words), row.value, rate)
        if _WHOLE.search(name):
            whole = whole if whole is not None and whole.amount else line
        else:
            is_row = len(row.amounts) > 1 and rate_in(row.text) is not None
            kept = misread if is_row else singles
            kept.setdefault((name, row.value), line)
    return tuple((singles or misread).values()), whole


def is_tax(name: str, label: Label | None) -> bool:
    if _NO_TAX.search(name) or (label != Label.TAX and not _TAX.search(name)):
        return False
    return label not in _OTHER_LABELS or bool(_INCLUDED.search(name))


def is_plausible(amount: Decimal, total: Decimal | None) -> bool:
    return total is None or abs(amount) <= abs(total) * MOST_OF_TOTAL


def printed(words: str) -> str:
    """A label as it is printed, without what stood around its amount."""
    return re.sub(r"\s+", " ", words).strip(" :;.,$€£=*-–|+@") or "Tax"


def rate_in(text: str) -> Decimal | None:
    match = _RATE.search(text)
    if match is None:
        return None
    rate = Decimal(match[1].replace(",", "."))
    return rate / 100 if rate <= HIGHEST_RATE else None


def table_rows(rows: Sequence[Labeled], total: Decimal | None) -> Iterator[TableRow]:
    heading = None
    for row in rows:
        text = row.text.casefold()
        if _HEADING.search(text):
            heading = row.number
        if not row.amounts or _SUM_ROW.search(text):
            continue
        is_below = heading is not None and row.number - heading <= LONGEST_TABLE
        in_table = row.label == Label.TABLE or (is_below and row.label is None)
        if not in_table and (len(row.amounts) < 2 or rate_in(row.text) is None):
            continue
        solved = solve(row, total, in_table=in_table)
        if solved is not None and is_plausible(solved.line.amount, total):
            yield solved


def solve(row: Labeled, total: Decimal | None, *, in_table: bool) -> TableRow | None:
    """Which of a row's amounts is the tax on which other at the row's rate.

    Tables order their columns as they like: net tax gross, gross net tax, tax net
    gross, net tax. So arithmetic tells them apart, not the heading.
    """
    amounts = [amount.value for amount in row.amounts][:MOST_COLUMNS]
    name = printed(words_of(row))
    rate = rate_in(row.text)
    if rate is None and in_table:
        rate = bare_rate(row.text)
        adds_up = len(amounts) == 3 and amounts[0] + amounts[1] == amounts[2]
        if rate is None and len(amounts) > 2 and not adds_up:
            rate, amounts = amounts[0] / 100, amounts[1:]
    if rate is not None and in_table and len(amounts) == 1:
        # A reader has lost the point of the last column.
        number = _LAST_NUMBER.search(row.text)
        if number:
            amounts.append((Decimal(number[1]) / 100).quantize(CENT))
    if rate is not None:
        for base, tax in permutations(amounts, 2):
            if base > 0 and fits(base, tax, rate, amounts):
                return TableRow(TaxLine(name, tax, rate), base)
        return None
    low, *others = sorted(amounts)
    if len(others) == 2 and low + others[0] == others[1] and low > 0:
        return TableRow(TaxLine(name, low), others[0])
    makes_total = (
        len(others) == 1
        and total is not None
        and low > 0
        and abs(low + others[0] - total) <= CASH_ROUNDING
    )
    return TableRow(TaxLine(name, low), others[0]) if makes_total else None


def bare_rate(text: str) -> Decimal | None:
    match = _BARE_RATE.match(text)
    if match is None or int(match[1]) > HIGHEST_RATE:
        return None
    return Decimal(match[1]) / 100


def fits(base: Decimal, tax: Decimal, rate: Decimal, amounts: list[Decimal]) -> bool:
    """Whether it is the tax on a net base, or is contained in a gross one."""
    if rate == 0:
        return tax == 0
    if abs(base * rate - tax) <= TABLE_ROUNDING:
        # Of a net and a gross column that both nearly fit, the net one is the base.
        return len(amounts) < 3 or any(
            abs(base + tax - gross) <= TABLE_ROUNDING for gross in amounts
        )
    is_gross_only = len(amounts) == 2
    return is_gross_only and abs(base * rate / (1 + rate) - tax) <= TABLE_ROUNDING

"""What one line above the totals says: description, quantity, unit price, amount."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from receipts.reading.amounts import CENT, Amount, amounts_in, unconfused
from receipts.reading.totals import Labeled

ONE = Decimal(1)
MOST_PER_LINE = 50_000
_CURRENCY = r"(?:RM|EUR|USD|[$€£])?\s?"
_UNIT = r"(?:kg|g|lbs?|oz|ea|each|pcs?|st|stk|pkt|units?|ltr|l|gal|ct)\b\.?\s?"
_PRICE = r"(?:\d{1,5}[.,]\d{2,4}|(?<!\d)[.,]\d{2})(?![\d.,]\d)"
_PER = (
    r"(?:\s?(?:EUR|RM|\$)?\s?/\s?[a-z]{1,5}\b"
    r"|\s?(?:per\s)?(?:ea|each|per\s[a-z]+)\b\.?)?"
)
_TIMES = re.compile(
    rf"(?<![\w.,])\(?\s?(?P<q>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?(?:{_UNIT})?"
    rf"(?:net\s)?(?:[xX×*@]|\bat\b|[#＃](?=\d+[.,]))\s?"
    rf"(?:(?P<n>\d{{1,2}})\s?(?:lbs?|kg|ea)?\s?(?:/|for\b)\s?)?"
    rf"{_CURRENCY}(?P<u>{_PRICE}){_PER}"
    rf"\s?\)?\s?=?",
    re.IGNORECASE,
)
_TIMES_BACK = re.compile(
    rf"(?<![\d.,])\(?\s?{_CURRENCY}(?P<u>{_PRICE})\s?(?:EUR)?\s?[xX×*]\s?"
    rf"(?P<q>\d{{1,3}})(?![\d.,]\d|\d)\s?\)?\s?=?",
)
_EACH = re.compile(
    rf"(?:@\s?{_CURRENCY}(?P<a>{_PRICE}){_PER}|"
    rf"{_CURRENCY}(?P<b>{_PRICE})\s?(?:/\s?|per\s)?(?:ea|each)\b\.?)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?:qty|quantity|menge|anzahl|cantidad)\W{0,3}(\d{1,3})(?![\d.,])", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.,#])(\d{1,4}(?:[.,]\d{1,4})?|[.,]\d{2})(?![\d%]|[.,]\d)")
_LEADING = re.compile(
    r"^(?P<bracket>\()?(?P<q>[1-9]\d{0,2})"
    r"(?(bracket)\)\s?|\s?(?:[xX×*@]\s?|\)\s?|(?:ea|pcs?|stk?)\b\.?\s?|\s))"
    r"(?=[^\W\d_]|[\"'“#*$>+-]|\d{1,3}[.'\"]?\s?-?[^\W\d_])",
    re.IGNORECASE,
)
_TIMES_BEFORE = re.compile(r"\d\s?[xX×*]\s?$")
_TIMES_TRAILING = re.compile(r"\s[xX×]\s?(\d{1,2})$")
_TRAILING = re.compile(r"(?<=\w)\s+(\d{1,3})$")
_BEFORE_CODE = re.compile(r"(\d{1,2})\s?[xX×]\s+\d{6,}")
_GLUED_LEADING = re.compile(r"^(?P<q>[1-9]\d?)(?=[A-Z][a-z]{2,}|[SML]\s[A-Z])")
_MISREAD_ONE = re.compile(r"^[lI|!]\s+(?=[^\W\d_]{2})")
_LETTERS = re.compile(r"[^\W\d_]")
_LEADING_CODE = re.compile(
    r"^(?:([A-Z])\1*\s)?[*#]?\s?(?!(?:19|20)\d\d\s)"
    r"(?:(?:\d{4,14}|[A-Z]{1,3}\d{5,})[A-Z]?\s+|\d{6,14}(?=[A-Z]{2}))"
)
_ONLY_CODE = re.compile(r"((?:[A-Z]{1,4}[-/]?)?[A-Z]{0,2}\d{3,}[A-Z]?)(?:\s+\d{1,3})*")
_TRAILING_CODE = re.compile(r"\s+\d{6,14}(?:\s?[A-Z]{1,2})?$")
_ANY_CODE = re.compile(r"(?<![\w.,])[#*]?([A-Z]{0,3}\d{4,14})(?![\d.,])")
_TAX_FLAG = re.compile(
    r"\s+(?:[TNFBXO*#]|\*[A-Z]{1,2}|FN|NF|TF|FT|TX|FS|HST|GST|SR0?|ZR[0L]?|SRO|TAX)$"
)
_UNIT_WORDS = re.compile(
    r"\b(?:each|ea|per|at|kg|g|lbs?|oz|pcs?|pkt|btl|ctn|units?|stk?|EUR|RM|USD|net"
    r"|was|now|reg|sets?|boxe?s|pairs?|nos|unt|SR[0O]?|ZR[0OL]?|S9|qty|tax|x)\b",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"\b(?:void(?:ed)?|storno|stornierung|cancel(?:l?ed)?|annul\w*|refund)\b",
    re.IGNORECASE,
)
_HEADINGS = (
    re.compile(r"\b(?:qty|qnty|quan\w*|menge|anzahl|cant\w*|caty|qte)\b", re.I),
    re.compile(
        r"(?:\b|/)(?:ite[mn]\w*|desc\w*|artikel\w*|bezeichnung|product|produkt|particul\w*)",
        re.I,
    ),
    re.compile(r"\b(?:u/?\.?p\w*|[s$]?/?pric[ea]|preis|rsp|rate|cost|unit)\b", re.I),
    re.compile(r"\b(?:am(?:[ou]+n)?t|total|betrag|sum|importe|ext|value|rm)\b", re.I),
)
# A price in the description's midst, as in "4.25NX9.5IN", is a measure.
_MEASURE_AFTER = re.compile(r"[A-Za-z]{1,2}\d[^\s]")


@dataclass(frozen=True)
class Style:
    """How a receipt's items are printed. `are_led`: they begin with their quantity;
    `are_trailed`: it stands after the description. `has_reductions`: there is a column
    of discounts before that of amounts."""

    are_led: bool = False
    are_trailed: bool = False
    has_reductions: bool = False


@dataclass(frozen=True)
class ItemRow:
    """One line's parts. `quantity` is None where none is printed, `amount` where the
    line has none of its own; `led`: the quantity stands first, as in a column."""

    words: str
    amount: Decimal | None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    code: str = ""
    led: bool = False
    is_void: bool = False
    is_minus: bool = False

    @property
    def is_described(self) -> bool:
        return has_words(self.words)


def is_price(text: str) -> bool:
    return re.search(r"[.,]\d\d$", text) is not None


def has_words(words: str) -> bool:
    """Whether it names a thing: two letters, or one among digits, as 3X3."""
    rest = _UNIT_WORDS.sub(" ", words)
    letters = len(_LETTERS.findall(rest))
    return letters >= 2 or bool(re.search(r"\d[A-Za-z]\d|\b[A-Z]\d\b", rest))


def is_heading(text: str) -> bool:
    """Whether the line names the columns: two kinds of heading and no amount."""
    if amounts_in(text) or re.search(r":\s*-?\d", text):
        return False
    return sum(pattern.search(text) is not None for pattern in _HEADINGS) >= 2


@dataclass(frozen=True)
class _Price:
    """A printed quantity and unit price, and where they stand in the text."""

    quantity: Decimal | None
    unit: Decimal | None
    start: int
    end: int


def parse(row: Labeled, style: Style, *, is_off_column: bool = False) -> ItemRow:
    """`is_off_column`: the line's last amount stands left of the column of amounts."""
    text = unconfused(row.text).strip()
    money = own_amounts(row, text)
    price = price_in(text, money)
    if price is None:
        # "3.5X9.25" is a measure.
        money = [m for m in money[:-1] if not _TIMES_BEFORE.search(text[: m.start])] + (
            money[-1:]
        )
    else:
        money = [m for m in money if m.end <= price.start or m.start >= price.end]
    value = money[-1].value if money and not is_off_column else None
    if value is None and row.amounts and not amounts_in(text):
        value = row.value  # it stands on the line below its label
    if style.has_reductions and not value and len(money) > 1:
        # The amount wasn't read: 0.00 stands in the column of discounts.
        value = money[-2].value
    if value is not None and abs(value) > MOST_PER_LINE:
        value = None
    quantity = price.quantity if price else None
    unit = price.unit if price else None
    if price is None and value:
        quantity, unit = by_arithmetic(text, money, value)
    elif quantity is None and unit and value:
        count = value / unit
        quantity = count if count == int(count) and 1 <= count <= 999 else None
    words, code = without_code(left_over(text, money, price))
    led = False
    if (leading := leading_quantity(words, style.are_led)) is not None:
        first, rest = leading
        first = likely(first, value, unit, are_led=style.are_led)
        fits = unit is not None and value is not None and first * unit == value
        if first is not None and (price is None or fits or quantity in (None, first)):
            quantity, led = first, True
            words, other = without_code(rest)
            code = code or other
            unit = unit if fits or value is None else None
    elif times := _TIMES_TRAILING.search(words):
        quantity, words = decimal(times[1]), words[: times.start()]
    elif quantity is not None and price is None:
        words = without_number(words, quantity)
    elif style.are_trailed and (trailing := _TRAILING.search(words)):
        quantity, words = quantity or decimal(trailing[1]), words[: trailing.start()]
    if quantity is None and (coded := _BEFORE_CODE.match(text)):
        quantity = decimal(coded[1])
    return ItemRow(
        words=tidy(words),
        amount=value,
        quantity=quantity,
        unit_price=unit,
        code=code,
        led=led,
        is_void=_VOID.search(text) is not None,
        is_minus=value is not None and value < 0,
    )


def price_in(text: str, money: Sequence[Amount]) -> _Price | None:
    match = _TIMES.search(text) or _TIMES_BACK.search(text)
    if match:
        low, high = match.span()
        quantity, unit = decimal(match["q"]), decimal(match["u"])
        if several := match.groupdict().get("n"):
            unit = (unit / decimal(several)).quantize(CENT)
        others = [m for m in money if m.end <= low or m.start >= high]
        count = unit / quantity
        if not others and is_price(match["q"]) and count == int(count) > 1:
            # "0.50 x 2.00": the quantity between them wasn't read.
            return _Price(count, quantity, low, match.end("q") + 1)
        is_part = quantity != int(quantity) and not re.search("[a-zA-Z]{2}", match[0])
        if not (is_part and others and quantity * unit != others[-1].value):
            return _Price(quantity, unit, low, high)
    if match := _EACH.search(text):
        return _Price(None, decimal(match["a"] or match["b"]), *match.span())
    if match := _COUNT.search(text):
        return _Price(decimal(match[1]), None, *match.span())
    return None


def likely(
    count: Decimal, value: Decimal | None, unit: Decimal | None, *, are_led: bool
) -> Decimal | None:
    """The number before a description as its quantity; None where it is none.

    Pieces cost whole cents, and hardly less than half of one unit of money by the
    score. A figure may have been read twice ("11" for 1).
    """
    if not value or count * (unit or 0) == value:
        return count
    each = abs(value) / count
    if each == each.quantize(CENT):
        return None if count >= 24 and each < 1 and not are_led else count
    if not are_led:
        return None
    return Decimal(int(count) % 10) if int(count) % 11 == 0 else count


def own_amounts(row: Labeled, text: str) -> list[Amount]:
    """The line's amounts, without measures, and with a quantity that stands before
    one ("3 145.20") not taken for its thousands."""
    found = []
    for amount in row.amounts:
        part = text[amount.start : amount.end]
        if not figures(part).startswith(figures(f"{amount.value:f}")):
            return []  # it stands on another line
        if _MEASURE_AFTER.match(text, amount.end):
            continue
        split = re.match(r"\d{1,3}\s+(?=\d{3}\s?[.,]\s?\d\d)", part)
        if split and amount.value > 0:
            start = amount.start + split.end()
            shorter = amounts_in(text[start : amount.end])
            if shorter:
                amount = Amount(shorter[0].value, start, amount.end)
        found.append(amount)
    return found


def figures(text: str) -> str:
    return re.sub(r"\D", "", text).lstrip("0")


def by_arithmetic(
    text: str, money: Sequence[Amount], value: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """(quantity, unit price) of numbers before the amount whose product it is."""
    before = (
        [decimal(match[1]) for match in _NUMBER.finditer(text[: money[-1].start])]
        if money
        else []
    )
    # A quantity is likelier without decimals, and stands before the price.
    whole = sorted(
        (n for n in before[:12] if n == n.to_integral_value() and 0 < n < 1000),
        key=lambda n: n.as_tuple().exponent != 0,
    )
    prices = [n for n in before[:12] if n.as_tuple().exponent <= -2 and n]
    for count in whole:
        for price in reversed(prices):
            if abs(count * price - abs(value)) < CENT:
                return count, price
    if abs(value) in prices:
        return None, abs(value)
    return None, None


def left_over(text: str, money: Sequence[Amount], price: _Price | None) -> str:
    """The text without amounts and prices; what follows the last amount only where
    nothing stands before, as flags of tax do."""
    cut = [(m.start, m.end) for m in money]
    cut = sorted(cut + ([(price.start, price.end)] if price else []))
    pieces, place = [], 0
    for low, high in cut:
        pieces.append(text[place:low])
        place = max(place, high)
    tail = text[place:]
    is_flag = _LETTERS.search("".join(pieces)) and len(_LETTERS.findall(tail)) < 4
    if not money or not (is_flag or (price and pieces)):
        pieces.append(tail)
    pieces = [p for p in map(strip, pieces) if p]
    first = next((n for n, p in enumerate(pieces) if has_words(p)), 0)
    keep = pieces[: first + 1] + [p for p in pieces[first + 1 :] if has_words(p)]
    return re.sub(r"\s{2,}", " ", " ".join(keep)).strip()


def strip(piece: str) -> str:
    piece = re.sub(r"(?:\b(?:RM|EUR|USD)|[$€£])\s*$", "", piece.strip())
    return re.sub(r"[\s(\[=:@-]+$", "", piece).strip()


def without_code(words: str) -> tuple[str, str]:
    """(the words, the article's code or "")"""
    code = ""
    if match := _ANY_CODE.search(words):
        code = match[1]
    shorter = _TAX_FLAG.sub("", _TRAILING_CODE.sub("", words))
    shorter = _LEADING_CODE.sub("", shorter)
    if only := _ONLY_CODE.fullmatch(shorter):
        return "", only[1].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if has_words(shorter):
        return shorter.strip(), code
    return ("" if code and not has_words(words.replace(code, "")) else words), code


def leading_quantity(words: str, are_led: bool) -> tuple[Decimal, str] | None:
    match = _LEADING.match(words)
    if match is None and are_led:
        if one := _MISREAD_ONE.match(words):
            return ONE, words[one.end() :]
        match = _GLUED_LEADING.match(words)
    if match is None or not 0 < int(match["q"]) <= 99:
        return None
    rest = words[match.end() :]
    begins_with_number = rest[:1].isdigit()
    if begins_with_number and not are_led:
        return None
    return Decimal(match["q"]), rest


def without_number(words: str, number: Decimal) -> str:
    """Without a quantity that stands in a column after the description."""
    shorter = re.sub(rf"\s+{number.normalize():f}(?:\s+[\d\s]+)?$", "", words)
    return shorter if has_words(shorter) else words


def tidy(words: str) -> str:
    words = re.sub(r"(?<=\w)\s+/\s+(?=\w)", "/", words)
    words = re.sub(r"\s{2,}|\*{2,}\s?", " ", words).strip(" .:-–*_|=,")
    if words.count("(") > words.count(")"):
        words = re.sub(r"\s*\([^()]{0,2}$", "", words)
    return words.strip(" .:-–*_|=,")


def decimal(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return ONE
    return value if value > 0 else ONE

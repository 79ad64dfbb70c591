"""The numbers that name a receipt: its own (transaction, check, ...) and its shop's."""

import re
from collections.abc import Sequence
from itertools import pairwise

from receipts.reading.amounts import LOOKALIKES
from receipts.reading.phones import LABEL

# A word that may be a number: letters only beside digits, signs only within.
_VALUE = (
    r"(?P<value>[A-Z]{0,6}\d[0-9A-Z]*(?:[\-_/][0-9A-Z]+)*"
    r"|[A-Z]{1,4}(?:-[A-Z]{1,3})?-\d{4,12}|(?=[A-Z]*\d)[0-9A-Za-z]{4,20})"
)
_SIGN = r"\s*(?:no|nr|num|number|nummer|numero|n[°º]|id|#|＃)?\s*[.:#：＃\s]*"
# Its sign is needed where the word alone could go on: "Order online", "Check out".
_NEEDED = r"\s*(?:(?:no|nr|num|number|nummer|numero|id)\b|n[°º]|#|＃|:|：)[.:#：＃\s]*"
_START = r"(?<![A-Za-z])"


def _pattern(words: str, sign: str = _SIGN) -> re.Pattern:
    return re.compile(
        rf"{_START}(?:{words}){sign}{_VALUE}(?![A-Za-z0-9])", re.IGNORECASE
    )


# What names a receipt, the likeliest first. A till's own number before the card
# company's, a check or ticket before the order that is called out.
_NUMBERS: tuple[tuple[str, re.Pattern], ...] = (
    (
        "transaction",
        re.compile(r"(?<![A-Za-z])TC\s?[#＃:]\s*(?P<value>\d{4}(?:\s?\d{2,4}){1,6})"),
    ),
    (
        "transaction",
        _pattern(r"trans(?:action|acti[o0]n)?|tran|trn|trs|trx|txn|transacci[oó]n"),
    ),
    ("transaction", _pattern(r"tr|tx", r"\s?[#＃:]\s*")),
    (
        "receipt",
        _pattern(r"receipt|rece?ipi|rcpt|recibo|re[cç]u|resit|quittung", _NEEDED),
    ),
    ("receipt", _pattern(r"rcpt|recibo|rfn")),
    (
        "invoice",
        _pattern(
            r"inv[o0d][il1][cō]e?|inv|rechnung(?:s?\W?nr)?|facture|factura(?:\s+simplificada)?",
            _NEEDED,
        ),
    ),
    ("document", _pattern(r"doc|slip|cash\s?bill|cb|bi[l1]{2}|taxinv", _NEEDED)),
    ("document", _pattern(r"cash\s?bill|invoice number|doc\s?no\.?")),
    ("receipt", _pattern(r"bon\W?(?:nr|nummer)|bon|kassenbon", r"\s*[.:#]?[.:#\s]*")),
    ("receipt", _pattern(r"beleg\W?(?:nr|nummer)", r"\s*[.:#]*\s*")),
    ("check", _pattern(r"check|chk|ck", _NEEDED)),
    (
        "check",
        re.compile(rf"{_START}(?:check|chk)\s+(?P<value>\d{{3,8}})\b", re.IGNORECASE),
    ),
    ("ticket", _pattern(r"ticket", _NEEDED)),
    (
        "order",
        _pattern(r"order|ord|orden|pedido|commande|bestellung|bestellnummer", _NEEDED),
    ),
    (
        "order",
        re.compile(rf"{_START}order\s+(?P<value>\d{{4,}}|(?=\w*\d)[A-Z0-9]{{8,}})\b"),
    ),
    # Tills that print the number after their own: "T4 R000027830".
    ("receipt", re.compile(r"\bT\d\s+(?P<value>R\d{6,12})\b")),
    # Tills that print it behind the number of guests: "Guests: 2 10005".
    (
        "check",
        re.compile(r"guests?\s?:?\s*\d{1,2}\s+#?(?P<value>\d{4,8})\s*$", re.IGNORECASE),
    ),
    ("receipt", re.compile(r"(?<!\w)ID\s?#\s?:?\s*(?P<value>\d{5,10})\b")),
    ("receipt", re.compile(r"^\W*bill\s(?P<value>\d{3,}(?:-\d+){1,4})", re.IGNORECASE)),
    ("receipt", re.compile(r"^\s*#(?P<value>\d{4,7})\s*$")),
    (
        "receipt",
        re.compile(
            r"(?:^|\s)no\s?[.:]{0,2}\s?(?P<value>(?:[A-Z]{1,4}-)?[A-Z]{0,2}\d{2,8}"
            r"(?:-\d{3,8})?)(?=$|\s+(?:reg|clerk))",
            re.IGNORECASE,
        ),
    ),
    ("reference", _pattern(r"ref(?:erence)?", _NEEDED)),
)
# Numbers of other things, or a card company's for the same purchase.
_NOT_ITS_OWN = re.compile(
    r"phone|\btel\b|\bfax\b|(?:gst|sst)\W*(?:id|no\b|reg|#|:|\d{6})|\bvat\b|ust\W?(?:id|nr)"
    r"|tax\s?(?:id|no|reg)|reg\W?\s?no|approv|auth"
    r"|member|loyal|extra\s?care|merchant|terminal\W?(?:id|no|#)|card\s*(?:no|num|#)"
    r"|survey|gift\s?card|acceptance|label|tracking|call\b|https?:|www\.",
    re.IGNORECASE,
)
_TAX_INVOICE = re.compile(r"(?:gst|sst|vat)?\s?tax\s?inv", re.IGNORECASE)
# The card company's numbers; the least likely ones.
_BANK = re.compile(
    r"tran(?:s(?:action)?)?\s?(?:id|key|type)|ta\W?nr|trace|seq|\brrn\b|rref",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}(?!\d)|(?:19|20)\d\d[/.\-]\d{1,2}[/.\-]\d{1,2}(?!\d)"
    r"|\d{1,2}[/\-][A-Z]{3}[/\-]\d{2,4}"
)
_SUM_OR_CLOCK = re.compile(r"\d{1,6}[.,]\d{2}(?!\d)|\d{1,2}:\d{2}")

_STORES: tuple[re.Pattern, ...] = tuple(
    re.compile(
        rf"(?<![A-Za-z<'])(?:{words})(?![\d\-/]*\d{{3}}[\-\s]\d{{4}})", re.IGNORECASE
    )
    for words in (
        r"(?:store|st[o0]re)\s*(?:no\.?|nr\.?|num(?:ber)?|id)?\s*[#:＃：.]*\s*[#:]?\s*(?P<value>\d{1,6})(?![\d\-])",
        r"(?:filiale|filial\W?nr|fil\W?nr|fil|filialnummer)\s*(?:nr\.?)?\s*[.:#]*\s*(?P<value>\d{1,7})(?!\d)",
        r"(?:str|st)\s?\.?\s?[#:＃]\s*:?\s*(?P<value>\d{1,6})(?!\d)",
        r"str\s(?P<value>\d{1,5})(?![\d\w])",
        r"(?:markt|outlet|branch|sucursal|tienda|magasin|cawangan|loc(?:ation)?|unit|shop|site|restaurant|rest)\s*"
        r"(?:(?:no|nr|num|number|id|code)\b\.?\s*[:#]*|n[°º]|[:#]+)\s*(?P<value>[A-Z]{0,3}\d{1,6})(?![\d/])",
        r"site\s(?P<value>\d{3,5})(?!\d)",
    )
)
_HASHED = re.compile(
    r"(?:[#＃]\s?\.?\s?|\((?=\d{3,5}\)\s*$))(?P<value>[Oo\d]\d{0,5})(?![\d/])"
)
# A number sign behind these is an address's or the till's, not the shop's.
_NOT_A_STORE = re.compile(
    r"^\W*\d|\b(?:ave(?:nue)?|st(?:reet|e)?|rd|road|dr(?:ive)?|blvd|boulevard|hwy|highway|suite|unit"
    r"|apt|floor|bldg|plaza|lane|ln|way|pkwy|jalan|jln|lot|ord(?:er)?|check|chk|table|tbl|tab"
    r"|tel|phone|ph|fax|guests?|party|cust|bill|receipt|ref|gst|reg|register|pump|ticket"
    r"|server|trans\w*|invoice|inv|dine|take|to\s?go|drive\w*|thru|in|out|cashier|clerk|term\w*"
    r"|member|card|acct|auth|id|no|tax|ust|seq|app|date|time|reprint|station|pos|till|ks|q)\b",
    re.IGNORECASE,
)
HEADER = 10
LONGEST_NUMBER = 40
# Digits of a number that could be a whole card's mustn't be kept.
CARD_LENGTHS = range(13, 20)


def transaction_number_in(texts: Sequence[str]) -> tuple[str | None, str]:
    """The receipt's own number, the likeliest of those printed, and the evidence."""
    best: tuple[int, int, str, str] | None = None
    for line, text in enumerate(texts):
        if _NOT_ITS_OWN.search(_TAX_INVOICE.sub("inv", text)):
            continue
        is_bank = _BANK.search(text) is not None
        for rank, (name, pattern) in enumerate(_NUMBERS):
            match = pattern.search(text)
            if match is None or not is_number(match, text):
                continue
            key = (rank + (len(_NUMBERS) if is_bank else 0), line)
            if best is None or key < best[:2]:
                best = (*key, match["value"].strip(), name)
    if best is None:
        return column_under(texts, "bon"), "It stands in the column “Bon”."
    return best[2], f"It is printed as the number of the {best[3]}."


def is_number(match: re.Match, text: str) -> bool:
    """Whether what follows the label is a number of a receipt, not a date, a sum or a
    card's number."""
    value = match["value"]
    rest = text[match.start("value") :]
    if _DATE.match(rest) or _SUM_OR_CLOCK.match(rest):
        return False
    if len(value) > LONGEST_NUMBER or re.fullmatch(r"0+|(\d)\1{2,}", value):
        return False  # what stands for no number: 0, 000, 999999
    return not could_be_a_card(value)


def could_be_a_card(value: str) -> bool:
    """Whether all the digits pass the check that card numbers pass (Luhn, ISO 7812)."""
    digits = re.sub(r"[\s\-]", "", value)
    if (
        not digits.isdigit()
        or len(digits) not in CARD_LENGTHS
        or digits[0] not in "3456"
    ):
        return False
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def store_number_in(texts: Sequence[str]) -> tuple[str | None, str]:
    """The shop's number within its chain, as printed, and the evidence."""
    for pattern in _STORES:
        for text in texts:
            match = pattern.search(text)
            if match is not None and not LABEL.search(text[: match.start()]):
                label = re.sub(r"\s+", " ", text[match.start() : match.start("value")])
                number = match["value"]
                if re.fullmatch(r"[OoIl\d]+", number):
                    number = number.translate(LOOKALIKES)
                return number, f"It stands behind “{label.strip(' :#.')}”."
    under = column_under(texts, "filiale")
    if under is not None:
        return under, "It stands in the column “Filiale”."
    for text in texts[:HEADER]:
        match = _HASHED.search(text)
        if match is None or len(re.sub(r"[^A-Za-z]", "", text[: match.start()])) < 3:
            continue
        if not _NOT_A_STORE.search(text):
            number = match["value"].translate(LOOKALIKES)
            return number, "It stands behind the name in the header."
    return None, ""


def column_under(texts: Sequence[str], name: str) -> str | None:
    """The number below a heading such as "Datum Uhrzeit Filiale Pos Bed Bon"."""
    for above, below in pairwise(texts):
        heads, cells = above.casefold().split(), below.split()
        if name in heads and len(heads) == len(cells) > 2:
            cell = cells[heads.index(name)]
            if re.fullmatch(r"\d{1,8}", cell):
                return cell
    return None

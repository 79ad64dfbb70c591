"""Numbers of bank accounts: by their label, by their checksum, at a cheque's foot.

A shop's own account on its invoice is its business, not the panelist's: where only
words of being paid are around (payable to, Bankverbindung, the shop's register number),
and none of paying, it is left.
"""

import re
from collections.abc import Iterable, Iterator

from receipts.screening.findings import Finding, Kind
from receipts.screening.labelled import Label, labelled
from receipts.screening.numbers import AS_DIGITS, digits_of, mended, whole_spots
from receipts.screening.passages import Passage, Sheets
from receipts.screening.wording import wording, words

PAYEE = re.compile(
    r"""payable\s*to|remit|beneficiary|bankverbindung|bank\s*details|our\s*(?:bank|acc)
    |zahlbar|(?:ü|ue?)berweis|empf(?:ä|ae?)nger|(?:all|make)\s*(?:cheque|check|payment)s?
    |transfer\s*(?:to|into)|pay\s*to\b(?!\s*the\s*order)|crossed\s*cheque""",
    re.IGNORECASE | re.VERBOSE,
)
# What a letterhead's foot has: one of each makes it the shop's.
BANKS_CODE = re.compile(
    r"\bbic\b|swift|sparkasse|volksbank|\bbank\b(?!\s*a)", re.IGNORECASE
)
REGISTER = re.compile(
    r"""amtsgericht|handelsregister|\bhr[ab]\b|gesch(?:ä|ae?)ftsf(?:ü|ue?)hr
    |\bust[\s\-.]*id|steuer-?nr|\bst\.?-?nr|sdn\.?\s*bhd|\bgmbh\b""",
    re.IGNORECASE | re.VERBOSE,
)
PAYER = re.compile(
    r"""lastschrift|mandat|gl(?:ä|ae?)ubiger|kontoinhaber|\bdebited|refund|\belv\b|ec[\s-]*karte
    |giro\s?card|routing|ihr\s*konto|your\s*(?:bank\s*)?acc|abgebucht|einzug|einziehen|customer
    |\bkunde\b|karten|direct\s*debit|e-?check|\bach\b|checking|savings|telecheck|payer
    |\bteller\b|wire\s*transfer|moneygram|western\s*union|\bbill\s*pay""",
    re.IGNORECASE | re.VERBOSE,
)
BANK_WORDS = re.compile(
    r"""routing|bank\b|\baba\b|\br/t\b|\brtn\b|\bach\b|e-?check|checking|savings|telecheck|\bcheques?\b
    |\bcheck\s*(?:no|\#|num)|\bbank|lastschrift|direct\s*debit|sort\s*code|\bmicr\b
    |\bblz\b|\biban\b|electronic\s*check|credit\s*union|wire\s*transfer|moneygram
    |western\s*union|money\s*order|\bbill\s*pay|(?:deposit|withdrawal)\s*(?:slip|receipt)
    |beneficiary""",
    re.IGNORECASE | re.VERBOSE,
)
AROUND = 3


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def is_routing_number(digits: str) -> bool:
    """American Bankers Association: nine digits, weights 3, 7 and 1 in turn; the
    Federal Reserve's districts begin them."""
    district = int(digits[:2])
    return (
        (district <= 12 or 21 <= district <= 32 or 61 <= district <= 72)
        and int(digits) > 0
        and sum(int(d) * w for d, w in zip(digits, (3, 7, 1) * 3, strict=True)) % 10
        == 0
    )


def routing_sure(_read: str, mended: str) -> float | None:
    return 0.97 if is_routing_number(re.sub(r"\D", "", mended)) else 0.6


def routing_strict(_read: str, mended: str) -> float | None:
    return 0.9 if is_routing_number(re.sub(r"\D", "", mended)) else None


def sort_code_sure(read: str, _mended: str) -> float | None:
    return 0.9 if digits_of(read) >= 3 else None


def account_sure(read: str, mended: str) -> float | None:
    """A long number; a figure of money has a point and two digits at its end."""
    if re.search(r"[.,]\d\d$", read) or digits_of(read) < 3:
        return None
    length = digits_of(mended)
    return (0.9 if length >= 8 else 0.7) if length >= 6 else None


_LONG = compiled(r"\d(?:[ \-./]{0,2}\d){5,18}(?![\d*])")
LABELS = (
    Label(
        Kind.BANK_ACCOUNT,
        "bank_account",
        words(
            r"""(?<![a-zäöü])(?:
                (?:bank|checking|chequing|savings|current|sav|svgs?|dda|e-?check|ach
                |deposit|(?:che?c?|c)kg|ckng|ch?k|ch(?:e)?q|check|cheque|money\s*market)
                \s*(?:account|acct|acc|ac|a/c)\.?
                | dda(?=\s*(?:\#|no\b|num|:|\d{6}))
                | (?:bank|giro)?konto(?:nummer|-?\s?nr)? | kto\.?(?:\s?-?\s?nr)?
                | checking(?=\s*[:\#]) | akaun\s*bank
            )(?![a-zäöü])"""
        ),
        _LONG,
        account_sure,
    ),
    Label(
        Kind.BANK_ACCOUNT,
        "bank_routing",
        words(
            r"""(?<![a-z])(?:
                routing(?:\s*(?:and|&)\s*transit)? | aba(?=\s*(?:\#|no\b|num|:|\d|rout))
                (?:\s*routing)?
            )(?![a-z])"""
        ),
        compiled(r"\d(?:[ \-]?\d){8}(?!\d)"),
        routing_sure,
    ),
    Label(
        Kind.BANK_ACCOUNT,
        "bank_routing",
        # Of a "#" readers make a letter, or glue it to the word.
        words(r"(?<![a-z])(?:rtn?|r/t|transit|(?:aba|routing)[a-z]?)(?![a-z])"),
        compiled(r"\d(?:[ \-]?\d){8}(?!\d)"),
        routing_strict,
    ),
    Label(
        Kind.BANK_ACCOUNT,
        "bank_routing",
        words(r"(?<![a-z])sort\s*c\w{2,3}(?![a-z])"),
        compiled(r"\d\d([ \-–]?)\d\d\1\d\d(?!\d)"),
        sort_code_sure,
    ),
    Label(
        Kind.BANK_ACCOUNT,
        "bank_routing",
        words(r"(?<![a-z])(?:blz|bankleitzahl)(?![a-z])"),
        compiled(r"[1-8]\d{2}[ ]?\d{3}[ ]?\d{2}(?!\d)"),
        sort_code_sure,
    ),
)
# "Account" alone may be a customer's of any business.
ACCOUNT_LABEL = (
    Label(
        Kind.BANK_ACCOUNT,
        "bank_account",
        words(
            r"(?<![a-z])(?:account|acct|a/c|acc|akaun)(?=[\s.]*(?:\#|no\b|num|:|\d))\.?"
        ),
        _LONG,
        account_sure,
        unless=words(r"loyal|member|reward|customer|card|utility|gift|ship|store"),
    ),
)


def find_bank_accounts(sheets: Sheets) -> Iterable[Finding]:
    yield from apart(
        [
            *ibans(sheets),
            *cheque_lines(sheets),
            *labelled_accounts(sheets),
            *unlabelled_accounts(sheets),
        ]
    )


def apart(found: Iterable[Finding]) -> Iterator[Finding]:
    """The first finding of each place."""
    taken: set[tuple] = set()
    for finding in found:
        places = {(spot.page, spot.corners[2]) for spot in finding.spots}
        if not places & taken:
            taken |= places
            yield finding


def labelled_accounts(sheets: Sheets) -> Iterator[Finding]:
    lines = sheets.lines
    for n, line in enumerate(lines):
        text = wording(line.text).text
        if not any(label.label.search(text) for label in (*LABELS, *ACCOUNT_LABEL)):
            continue
        around = words_around(lines, n)
        if is_payees(around):
            continue
        part = Sheets(sheets.pages, lines[n : n + 2])
        labels = LABELS
        if BANK_WORDS.search(around):
            labels = (*LABELS, *ACCOUNT_LABEL)
        yield from labelled(part, labels, first_only=True)


CHEQUE = re.compile(
    r"""\bche(?:ck|que)s?\b(?!\s*-?\s*(?:out|in\b|closed|opened|your|our|us))|e-?check
    |telecheck|\bach\b|routing|\bmicr\b|\bchecking""",
    re.IGNORECASE | re.VERBOSE,
)
# A cheque's numbers without marks or labels: the bank's, and the account's beside it.
BESIDE_ROUTING = re.compile(
    r"(?<![\w.,\-/:])(\d{9})(?:[ ]{1,20}|[ ]?[/|:\-][ ]?)\d(?:[ \-]?\d){5,20}"
    r"(?![\w*]|[.,/:]\d)"
)


def unlabelled_accounts(sheets: Sheets) -> Iterator[Finding]:
    lines = sheets.lines
    for n, line in enumerate(lines):
        if digits_of(line.text) < 9:
            continue
        if n + 1 < len(lines) and re.fullmatch(r"\d{9}", line.text):
            passage = line + lines[n + 1]
        else:
            passage = line
        match = BESIDE_ROUTING.search(mended(passage.text))
        if (
            match
            and is_routing_number(match[1])
            and CHEQUE.search(words_around(lines, n))
        ):
            part = passage.part(*match.span())
            spots = whole_spots(sheets, part)
            yield Finding(Kind.BANK_ACCOUNT, "cheque_line", spots, 0.6)


def words_around(lines: tuple[Passage, ...], n: int) -> str:
    near = lines[max(0, n - AROUND) : n + AROUND + 1]
    return "\n".join(line.text for line in near)


def is_payees(around: str) -> bool:
    if PAYER.search(around):
        return False
    is_letterhead = BANKS_CODE.search(around) and REGISTER.search(around)
    return bool(PAYEE.search(around) or is_letterhead)


# ISO 13616, SWIFT's register of IBANs: letters and digits of each country.
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22,
    "BH": 22, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22,
    "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
    "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27,
    "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24,
    "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23,
    "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip
IBAN = re.compile(
    rf"(?<![A-Za-z0-9])({'|'.join(IBAN_LENGTHS)})[ ]?"
    r"([0-9OoQDIlSB|$]{2}(?:[ \-.]?[A-Za-z0-9|$]){11,34})"
)
IBAN_LABEL = re.compile(r"(?<![a-z])[il1]ban(?![a-z])", re.IGNORECASE)


AFTER_LABEL = re.compile(
    rf"{IBAN_LABEL.pattern}[\s:.#]{{0,4}}"
    r"([A-Z0-9]{2}[ ]?\d\d(?:[ ]?[A-Z0-9$]){9,30})(?![*\w])",
    re.IGNORECASE,
)


def ibans(sheets: Sheets) -> Iterator[Finding]:
    """Valid ones, and those of the right length that a label or their groups show:
    one of their digits may be misread."""
    lines = sheets.lines
    for n, line in enumerate(lines):
        options = [line]
        if n + 1 < len(lines) and IBAN_LABEL.search(line.text):
            options.append(line + lines[n + 1])
        for passage in options:
            found = iban_in(passage, before=lines[n - 1].text if n else "")
            if found and not is_payees(words_around(lines, n)):
                start, end, confidence = found
                part = passage.part(start, end)
                yield Finding(
                    Kind.BANK_ACCOUNT, "iban", whole_spots(sheets, part), confidence
                )
                break


def iban_in(passage: Passage, before: str) -> tuple[int, int, float] | None:
    for match in IBAN.finditer(passage.text):
        places = [
            place
            for place in range(match.start(), match.end())
            if passage.text[place] not in " -."
        ][: IBAN_LENGTHS[match[1]]]
        if len(places) < IBAN_LENGTHS[match[1]]:
            continue
        read = "".join(passage.text[place] for place in places).replace("$", "5")
        start, end = places[0], places[-1] + 1
        mended = read[:2] + read[2:].translate(AS_DIGITS)
        banks = read[:2] + read[2:4].translate(AS_DIGITS) + read[4:8]
        if any(
            is_iban(option.upper())
            for option in (read, mended, banks + read[8:].translate(AS_DIGITS))
        ):
            return start, end, 0.98
        has_label = IBAN_LABEL.search(f"{before} {passage.text[:start]}")
        if has_label or digits_of(mended) == len(mended) - 2:
            return start, end, 0.6
    # Its country misread, or some of its letters lost.
    match = AFTER_LABEL.search(passage.text)
    if match and digits_of(match[1]) >= 10:
        return *match.span(1), 0.6
    return None


def is_iban(text: str) -> bool:
    """ISO 13616: the first four behind the rest, letters as 10 to 35, modulo 97."""
    if not text.isascii() or not text.isalnum():
        return False
    moved = text[4:] + text[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


# E-13B's marks for routing, amount and account; readers make letters or signs of them.
_MARK = r"(?:[1|lI]:|[⑆⑇⑈⑉:;|\"'“”,.(\[\]!IilTtAaCcr]{1,3})"
CHEQUE_LINE = re.compile(
    rf"(?<![\dA-Za-z]){_MARK}[ ]?(\d{{9}})[ ]?{_MARK}[ ]?\d(?:[ \-]?\d){{4,16}}"
    rf"(?:[ ]?{_MARK}(?:[ ]?\d{{3,6}})?)?"
)


def cheque_lines(sheets: Sheets) -> Iterator[Finding]:
    for line in sheets.lines:
        if digits_of(line.text) < 14:
            continue
        for match in CHEQUE_LINE.finditer(line.text):
            if is_routing_number(match[1]):
                part = line.part(*match.span())
                yield Finding(
                    Kind.BANK_ACCOUNT, "cheque_line", whole_spots(sheets, part), 0.8
                )

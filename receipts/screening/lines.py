"""Whether a receipt may show something sensitive, so that a person must look first.

Deliberately blunt: any of these words, a pharmacy, a valid card number, a card's
expiry, a bank account's or a government's identity number holds the receipt. Rules in
words (`Finding.rule`) never repeat what stood on the paper.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

HEALTH_CATEGORIES = frozenset({"pharmacy", "drug_store", "clinic", "optician"})

PRESCRIPTION_WORDS = re.compile(
    r"""℞ | (?<![a-z])(?:
        rx | rx[#:\s]*\d+ | prescriptions? | refills? | n\.?d\.?c | prescribers?
        | co[-\s]?pay(?:ment)?s? | (?:in|out)?patients? | pharmac(?:y|ies|ists?)
        | days?'?\s*supply
        | vaccin(?:e|es|ation|ations) | immuni[sz]ations?
        | rezept(?:geb(?:ü|ue?)hr)? | zuzahlung
    )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
# Long enough to be looked for in a text without its spaces, where a reader tore a
# word apart: no two words of shopping make one of these.
TORN_WORDS = re.compile(
    r"prescription|prescriber|pharmacist|copayment|immuni[sz]ation|vaccination"
)
# Readers take these letters for digits, and the other way round.
LOOKALIKES = str.maketrans("OoQIl|SBZ", "000111582")
# A whole run of digits, torn by spaces or hyphens or not. A masked number shows too
# few of them.
DIGIT_RUN = re.compile(r"(?<!\d)\d(?:[ \-]{0,2}\d)*(?!\d)")
# The groups in which cards print their number: other digits may stand beside them.
# The lookahead finds those that overlap.
CARD_GROUPS = re.compile(
    r"""(?<!\d)(?=(
        \d{13,19}
        | \d{4}[ .\-]{0,2}\d{4}[ .\-]{0,2}\d{4}[ .\-]{0,2}\d{4}(?:[ .\-]{1,2}\d{3})?
        | \d{4}[ .\-]{1,2}\d{6}[ .\-]{1,2}\d{4,5}
    )(?!\d))""",
    re.VERBOSE,
)
# Social Security numbers and ITINs (SSA's rules since 2011: area not 000 or 666, group
# not 00, serial not 0000; the IRS's groups for ITINs, whose area begins with 9).
IDENTITY_NUMBER = re.compile(
    r"""(?<![\d.,/\-])(?:
        (?!000|666)[0-8]\d\d ([ .\-]|[ ]-[ ]) (?!00)\d\d \1
        | 9\d\d ([ .\-]|[ ]-[ ]) (?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9]) \2
    )(?!0000)\d{4}(?![\d%/]|[.,\-]\d)""",
    re.VERBOSE,
)
# Tills print such groups for other things too, and say so.
OTHER_NUMBERS = re.compile(
    r"survey|feedback|\bcodes?\b|\bstore|\btra?ns|\border|invoice|check\s*#|ticket"
    r"|\btc\b|\btel|phone|\bfax|\bgst\b|\breg\b",
    re.IGNORECASE,
)
SOCIAL_SECURITY = re.compile(
    r"(?<![a-z])(?:ssn|itin)(?![a-z])|social\s*security", re.IGNORECASE
)
IDENTITY_PAPER = re.compile(
    r"""(?:
        driver['’]?s?\s*licen[cs]e | (?<![a-z])d\.?l\.?\s*(?:\#|no\b|num|:)
        | passport | (?<![a-z])nric(?![a-z]) | mykad | state\s*id(?![a-z])
        | personalausweis | reisepass | führerschein
    )\D{0,20}(?:\d[ \-]?){5,}""",
    re.IGNORECASE | re.VERBOSE,
)
BANK_ACCOUNT = re.compile(
    r"""(?:
        (?<![a-z])bank\s*(?:account|acct|a/c) | (?:checking|savings)\s*(?:account|acct)
        | (?<![a-z])routing | (?<![a-z])aba\s*(?:\#|no\b|num|:)
        | kontonummer | (?<![a-z])konto-?nr
    )\D{0,20}(?:\d[ \-]?){6,}
    | (?<![a-z\d])(?:iban\W{0,3}[a-z]{2}|de)\d{2}(?:[ ]?\d{4}){4}[ ]?\d{2}(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)
# Month and year only: a day between them is the end of an offer.
CARD_EXPIRY = re.compile(
    r"""(?<![a-z])(?:exp(?:ir(?:y|es?|ation))? | (?:valid|good)\s*(?:thru|through))
    (?:\W{0,3}date)?\W{0,4}
    (?:0?[1-9]|1[0-2]) (?: \s?[/\-]\s?(?:20)?\d\d | (?<=\d\d)\d\d )
    (?!\d|\s?[/.\-]\s?\d)""",
    re.IGNORECASE | re.VERBOSE,
)
OTHER_EXPIRIES = re.compile(
    r"offer|coupon|survey|reward|\bpoints?\b|return|refund|polic(?:y|ies)|promo"
    r"|discount|bonus|voucher",
    re.IGNORECASE,
)
CARD_WORDS = re.compile(
    r"(?<![a-z])(?:visa|master\s?card|mc|amex|discover|debit|credit|card)(?![a-z])",
    re.IGNORECASE,
)
# ISO/IEC 7813: tracks 1 and 2 of a magnetic stripe.
MAGNETIC_STRIPE = re.compile(r"%B\d{6,19}\s?\^|;\d{12,19}=\d{4}", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    kind: str
    rule: str


def passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: the check digit of payment card numbers."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card_number(digits: str) -> bool:
    """13 to 19 digits that pass Luhn, with the first digit of a card network."""
    return (
        13 <= len(digits) <= 19
        and digits[0] in "23456"
        and len(set(digits)) > 1
        and passes_luhn(digits)
    )


def numbers_in(line: str) -> Iterator[str]:
    """The digits of everything on a line that may be a card's number.

    Barcodes and transaction numbers of 13 digits and more are among them, and one in
    ten passes Luhn by chance: a person then looks at a receipt that shows nothing,
    which is the better mistake.
    """
    for text in {line, line.translate(LOOKALIKES)}:
        for pattern in (DIGIT_RUN, CARD_GROUPS):
            for match in pattern.finditer(text):
                found = match[1] if pattern.groups else match[0]
                yield re.sub(r"\D", "", found)


def has_card_number(line: str) -> bool:
    return any(is_card_number(digits) for digits in numbers_in(line))


def has_prescription_word(line: str) -> bool:
    mended = re.sub(r"-\s+", "", line)
    glued = re.sub(r"[\s\-]+", "", line.casefold())
    return bool(
        PRESCRIPTION_WORDS.search(line)
        or PRESCRIPTION_WORDS.search(mended)
        or TORN_WORDS.search(glued)
    )


def has_identity_number(line: str, before: str) -> bool:
    """`before`: the line above, which may say that the number is something else."""
    if OTHER_NUMBERS.search(f"{before} {line}"):
        return False
    return any(
        IDENTITY_NUMBER.search(text) for text in (line, line.translate(LOOKALIKES))
    )


def has_card_expiry(line: str, before: str) -> bool:
    if not CARD_EXPIRY.search(line):
        return False
    is_other = OTHER_EXPIRIES.search(f"{before} {line}") is not None
    return not is_other or CARD_WORDS.search(line) is not None


def find_sensitive(lines: Iterable[str], *, category: str = "") -> tuple[Finding, ...]:
    """The findings on a receipt's lines of text, one a kind and rule.

    Each line is looked at, and each with the next: a word or a number may go on there.
    """
    findings: dict[tuple[str, str], Finding] = {}

    def add(kind: str, rule: str) -> None:
        findings.setdefault((kind, rule), Finding(kind, rule))

    if category in HEALTH_CATEGORIES:
        add("prescription", "The shop is a pharmacy or a health service.")
    whole = list(lines)
    joined = [f"{one} {two}" for one, two in pairwise(whole)]
    for line in (*whole, *joined):
        if has_prescription_word(line):
            add("prescription", "A line has a word of prescriptions.")
    # Of two lines only what is printed in a card's groups: totals below one another
    # make long numbers too.
    if any(map(has_card_number, whole)) or any(
        is_card_number(re.sub(r"\D", "", match[1]))
        for line in joined
        for match in CARD_GROUPS.finditer(line)
    ):
        add("payment_card", "A line has a number that is valid for a card.")
    for before, line in pairwise(("", *whole)):
        if has_identity_number(line, before):
            add("identity_number", "A line has a number as of Social Security.")
        if has_card_expiry(line, before):
            add("card_expiry", "A line has the month in which a card expires.")
    # The words may end a line, and the number begin the next.
    for line in (*whole, *joined):
        if SOCIAL_SECURITY.search(line):
            add("identity_number", "A line speaks of Social Security.")
        if IDENTITY_PAPER.search(line):
            add("identity_number", "A line has the number of an identity paper.")
        if BANK_ACCOUNT.search(line):
            add("bank_account", "A line has the number of a bank account.")
        if MAGNETIC_STRIPE.search(line):
            add("payment_card", "A line has what a card’s magnetic stripe holds.")
    return tuple(findings.values())

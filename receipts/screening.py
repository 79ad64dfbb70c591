"""Whether a receipt may show something sensitive, so that a person must look first.

Deliberately blunt: any of these words, a pharmacy, or a valid card number holds the
receipt. Rules in words (`Finding.rule`) never repeat what stood on the paper.
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
    return tuple(findings.values())

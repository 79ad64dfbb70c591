"""Whether a receipt may show something sensitive, so that a person must look first.

Deliberately blunt: any of these words, a pharmacy, or a valid card number holds the
receipt. Rules in words (`Finding.rule`) never repeat what stood on the paper.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HEALTH_CATEGORIES = frozenset({"pharmacy", "drug_store", "clinic", "optician"})

PRESCRIPTION_WORDS = re.compile(
    r"""(?<![a-z])(?:
        rx | rx[#:\s]*\d+ | prescriptions? | refills? | ndc | co-?pay(?:ment)?s?
        | patients? | prescriber | pharmacist | days?'?\s*supply
        | vaccin(?:e|es|ation|ations) | immuni[sz]ations?
        | rezept(?:geb(?:ü|ue?)hr)? | zuzahlung
    )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
# Digits that OCR split by spaces or hyphens. Masked numbers hold * or X and so are
# never a run of this length.
DIGIT_RUN = re.compile(r"(?<![\d*xX])\d(?:[ \-.]?\d){12,18}(?![\d*xX])")


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
        and len(set(digits)) > 2
        and passes_luhn(digits)
    )


def find_sensitive(lines: Iterable[str], *, category: str = "") -> tuple[Finding, ...]:
    """The findings on a receipt's lines of text, one a kind and rule."""
    findings: dict[tuple[str, str], Finding] = {}

    def add(kind: str, rule: str) -> None:
        findings.setdefault((kind, rule), Finding(kind, rule))

    if category in HEALTH_CATEGORIES:
        add("prescription", "The shop is a pharmacy or a health service.")
    for line in lines:
        if PRESCRIPTION_WORDS.search(line):
            add("prescription", "A line has a word of prescriptions.")
        for run in DIGIT_RUN.finditer(line):
            if is_card_number(re.sub(r"\D", "", run.group())):
                add("payment_card", "A line has a number that is valid for a card.")
    return tuple(findings.values())

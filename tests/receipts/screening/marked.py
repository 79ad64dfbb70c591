"""Receipts as text in which ⟦these letters⟧ are to be found and no others.

Every letter is as wide as another, as on a till's paper.
"""

import re
from collections.abc import Callable, Iterable

from receipts.reading.page import Line, Page, Word
from receipts.screening.findings import Finding
from receipts.screening.passages import Sheets

LETTER, HEIGHT, LEADING = 10, 16, 30
SHOP = ["FERNHILL MARKET", "12 High Street"]
# A reader's words: each torn from the next at a space, or a line in one.
TORN, WHOLE = r"\S+", r"\S.*\S|\S"

Recogniser = Callable[[Sheets], Iterable[Finding]]


def page_of(lines: Iterable[str], words: str = TORN) -> Page:
    rows = []
    for number, line in enumerate(lines):
        top = number * LEADING
        rows.append(
            Line(
                tuple(
                    Word(
                        match[0],
                        (
                            match.start() * LETTER,
                            top,
                            match.end() * LETTER,
                            top + HEIGHT,
                        ),
                        0.9,
                    )
                    for match in re.finditer(words, line)
                )
            )
        )
    return Page(tuple(rows), 1000, LEADING * len(rows) + 50, "rapidocr")


def findings_on(lines: Iterable[str], recognise: Recogniser, words: str = TORN):
    return list(recognise(Sheets.of([page_of(lines, words)])))


def painted(lines: list[str], findings: Iterable[Finding]) -> list[str]:
    """Of each line the letters that would be painted over, the others as spaces."""
    spots = [spot.corners for finding in findings for spot in finding.spots]
    return [
        "".join(
            letter if is_under(spots, column, number) else " "
            for column, letter in enumerate(line)
        ).rstrip()
        for number, line in enumerate(lines)
    ]


def is_under(spots: list, column: int, number: int) -> bool:
    """Whether the middle of a letter is under a spot, by more than a pixel."""
    x, y = (column + 0.5) * LETTER, number * LEADING + HEIGHT / 2
    return any(
        min(a for a, _b in corners) + 1 < x < max(a for a, _b in corners) - 1
        and min(b for _a, b in corners) < y < max(b for _a, b in corners)
        for corners in spots
    )


def unmarked(text: str) -> list[str]:
    return [*SHOP, *text.replace("⟦", "").replace("⟧", "").split("\n")]


def expected(text: str) -> list[str]:
    """What `painted` should make of a marked text."""
    is_marked, rows = False, ["", ""]
    for line in text.split("\n"):
        row = ""
        for letter in line:
            if letter in "⟦⟧":
                is_marked = letter == "⟦"
            else:
                row += letter if is_marked else " "
        rows.append(row.rstrip())
    return rows


def check(text: str, recognise: Recogniser) -> list[Finding]:
    """Exactly the marked letters are found, in whatever words a reader makes."""
    lines = unmarked(text)
    for words in (WHOLE, TORN):
        findings = findings_on(lines, recognise, words)
        assert painted(lines, findings) == expected(text)
    return findings

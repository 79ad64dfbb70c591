"""Papers as text, made into pages: every letter of one width, as on a till's paper.

A line begins with what should become of it: `!` all of it must be found, `=` none of
it may, a space leaves both open. Two and more spaces are a gap between columns.
"""

import re
from collections.abc import Iterable

from receipts.reading.page import Line, Page, Word
from receipts.screening.findings import Finding, Spot
from receipts.screening.passages import corners_of

LETTER, HEIGHT, LEADING = 10, 18, 26


def page_of(text: str, *, whole_lines: bool = False) -> Page:
    """`whole_lines`: words as RapidOCR makes them, torn apart at gaps only."""
    gap = r"\S+(?: \S+)*" if whole_lines else r"\S+"
    lines = []
    for number, row in enumerate(text.strip("\n").split("\n")):
        words = tuple(
            Word(
                match[0],
                (
                    match.start() * LETTER,
                    number * LEADING,
                    match.end() * LETTER,
                    number * LEADING + HEIGHT,
                ),
                0.95,
            )
            for match in re.finditer(gap, row[1:])
        )
        if words:
            lines.append(Line(words))
    return Page(tuple(lines), 600, LEADING * (len(lines) + 2), "rapidocr")


def judged(text: str) -> list[tuple[str, str]]:
    """What should become of each line, and the line."""
    return [
        (row[0], row[1:].strip())
        for row in text.strip("\n").split("\n")
        if row[1:].strip()
    ]


def spots_of(found: Iterable[Finding]) -> set[Spot]:
    return {spot for finding in found for spot in finding.spots}


def is_found(line: Line, spots: set[Spot]) -> bool:
    """Whether every word of the line is among the spots, whole."""
    return all(Spot(0, corners_of(word)) in spots for word in line.words)


def is_left(line: Line, spots: set[Spot]) -> bool:
    return not any(Spot(0, corners_of(word)) in spots for word in line.words)

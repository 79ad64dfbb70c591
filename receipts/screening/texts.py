"""Text that a person typed: a line item, a note, an answer."""

from receipts.reading.page import Line, Page, Word
from receipts.screening.findings import Kind
from receipts.screening.screen import screen

# A letter's size, where no paper tells it.
WIDE, HIGH = 10, 20


def screen_text(text: str) -> frozenset[Kind]:
    """The kinds of sensitive or personal data in a text; never the content itself."""
    return frozenset(finding.kind for finding in screen([page_of_text(text)]))


def page_of_text(text: str) -> Page:
    """The text as if it were printed, so that the same rules can look at it."""
    rows = [row for row in text.splitlines() if row.strip()]
    return Page(
        tuple(Line(tuple(words_of(row, number))) for number, row in enumerate(rows)),
        width=WIDE * max(map(len, rows), default=1),
        height=HIGH * max(1, len(rows)),
        reader="text",
    )


def words_of(row: str, number: int) -> list[Word]:
    words, start = [], 0
    for token in row.split():
        start = row.index(token, start)
        end = start + len(token)
        box = (start * WIDE, number * HIGH, end * WIDE, (number + 1) * HIGH)
        words.append(Word(token, box, 1.0))
        start = end
    return words

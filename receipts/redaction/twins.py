"""The same text elsewhere: what is painted in one place and stands in another, too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from receipts.reading.page import Corners, Page
from receipts.redaction.needles import (
    FOLD,
    LEAST_NUMBER,
    figures,
    folded,
    letters,
    runs,
    tokens_of,
)
from receipts.redaction.paint import padded
from receipts.redaction.places import on_page, on_picture
from receipts.redaction.shapes import share_covered
from receipts.redaction.texts import without
from receipts.screening.findings import Spot
from receipts.screening.passages import Passage, Sheets

T = TypeVar("T")

# A shorter text may stand anywhere by chance.
LEAST_LETTERS = 6
# A place that lies under others by more than this needs none of its own.
COVERED = 0.6


def twins_of(
    painted: Iterable[tuple[T, Mapping[int, Sequence[Corners]]]],
    pages: Mapping[int, tuple[Page, tuple[int, int]]],
    known: Mapping[int, Iterable[Corners]],
) -> Iterator[tuple[T, int, Corners]]:
    """Where the text of something painted stands, too: what it is a twin of, the page's
    number and the corners, not padded.

    `painted`: things with their areas by page. `pages`: by number what was read, and
    the picture's width and height. Places that lie under an area of `known` need none.
    All areas are padded, in pixels of the pictures.
    """
    taken = {number: list(known.get(number, ())) for number in pages}
    order = sorted(pages)
    for thing, areas in painted:
        over = [
            [on_page(area, *pages[number]) for area in areas.get(number, ())]
            for number in order
        ]
        for spot in twins([pages[number][0] for number in order], over):
            number = order[spot.page]
            corners = on_picture(spot, *pages[number])
            if share_covered(corners, taken[number]) < COVERED:
                taken[number].append(padded(corners))
                yield thing, number, corners


def twins(
    pages: Sequence[Page], quads: Sequence[Sequence[Corners]]
) -> tuple[Spot, ...]:
    """Where a text that the quads cover stands without cover; `quads` are those of
    each page, in its pixels.

    A text is what is covered of a line in one run, and every number in it. A word in a
    longer covered text is none: an ordinary one may stand anywhere.
    """
    texts = set(covered_texts(pages, quads))
    if not texts:
        return ()
    sheets = Sheets.of(pages)
    return tuple(
        spot
        for line in sheets.lines
        for found in places_in(line, texts)
        for spot in sheets.spots(found)
        if share_covered(spot.corners, quads[spot.page]) < COVERED
    )


def covered_texts(
    pages: Sequence[Page], quads: Sequence[Sequence[Corners]]
) -> Iterator[str]:
    for page, over in zip(pages, quads, strict=True):
        if not over:
            continue
        for line in page.lines:
            stay = tokens_of(without(Page((line,), 0, 0, ""), over).lines)
            for run in runs(tokens_of([line]), stay):
                if letters("".join(run)) >= LEAST_LETTERS:
                    yield folded("".join(run))
                yield from (
                    folded(token) for token in run if figures(token) >= LEAST_NUMBER
                )


def places_in(line: Passage, texts: set[str]) -> Iterator[Passage]:
    """The parts of a line that read as one of the texts, whatever was left out or
    confused in between."""
    others = "".join({letter for letter in line.text if not letter.isalnum()})
    plain = lowered(line.translated(FOLD)).without(others)
    for text in texts:
        start = plain.text.find(text)
        while start >= 0:
            yield plain.part(start, start + len(text))
            start = plain.text.find(text, start + len(text))


def lowered(passage: Passage) -> Passage:
    """In lower case, letter by letter, so that each keeps its place."""
    return Passage(
        "".join(
            letter.lower() if len(letter.lower()) == 1 else letter
            for letter in passage.text
        ),
        passage.places,
    )

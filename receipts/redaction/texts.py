"""Stored text without what was painted over on the picture."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from receipts.reading.page import Corners, Line, Page, Word
from receipts.redaction.shapes import are_covered, bounds, evenly, grid
from receipts.screening.passages import corners_of, edges, slice_of

# A letter of which more than this is painted can't be read. The next lines' padding
# touches less of it.
MOST_PAINTED = 1 / 3
# Of a run of letters without a space: with more of them painted it goes whole.
MOSTLY = 0.5
# Points at which a letter is asked for, across and down.
ACROSS, DOWN = 5, 9


def without(page: Page, quads: Sequence[Corners]) -> Page:
    """The page without the words under the quads, which are in its own pixels.

    Letters' places are known roughly. So a number goes whole if it loses a figure, and
    so does a word that is mostly covered or would leave a single letter. A line left
    without a word goes.
    """
    lines = []
    for line in page.lines:
        words = tuple(part for word in line.words for part in left_of(word, quads))
        if words:
            lines.append(Line(words))
    return replace(page, lines=tuple(lines))


def left_of(word: Word, quads: Sequence[Corners]) -> Iterator[Word]:
    """The word, or the parts of it that stay."""
    near = [quad for quad in quads if meet(bounds(quad), bounds(corners_of(word)))]
    if not near or not word.text:
        yield word
        return
    goes = letters_painted(word, near)
    if not goes.any():
        yield word
        return
    for run in re.finditer(r"\S+", word.text):
        here = goes[run.start() : run.end()]
        if here.any() and goes_whole(run[0], here):
            goes[run.start() : run.end()] = True
    start = None
    for place in range(len(word.text) + 1):
        stays = place < len(word.text) and not goes[place]
        if stays and start is None:
            start = place
        elif not stays and start is not None:
            if word.text[start:place].strip():
                yield part(word, start, place)
            start = None


def meet(one, other) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


def letters_painted(word: Word, quads: Sequence[Corners]) -> np.ndarray:
    """Which of a word's letters are under the quads."""
    where = np.array(edges(word))
    across = (where[:-1, None] + np.diff(where)[:, None] * evenly(ACROSS)).ravel()
    points = grid(corners_of(word), across, evenly(DOWN))
    covered = are_covered(points, quads).reshape(DOWN, len(word.text), ACROSS)
    return covered.mean(axis=(0, 2)) > MOST_PAINTED


def goes_whole(run: str, painted: np.ndarray) -> bool:
    """Whether nothing of a run stays, some letters of which are painted."""
    return (
        painted.mean() > MOSTLY
        or len(run) - painted.sum() < 2
        or any(c.isdigit() for c, gone in zip(run, painted, strict=True) if gone)
    )


def part(word: Word, start: int, end: int) -> Word:
    """Some of a word's letters, without spaces at its ends, and their place."""
    text = word.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    if (start, end) == (0, len(word.text)):
        return word
    where = edges(word)
    begin, length = where[start], (where[end] - where[start]) or 1.0
    corners = slice_of(word, begin, where[end])
    letters = word.letters and tuple(
        min(1.0, max(0.0, (letter - begin) / length))
        for letter in word.letters[start:end]
    )
    return Word(
        word.text[start:end],
        tuple(round(side, 1) for side in bounds(corners)),
        word.confidence,
        corners if word.corners is not None else None,
        letters,
    )

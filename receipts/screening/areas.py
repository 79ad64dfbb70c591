"""What is painted for a block of lines: more than its words, since a reader may have
left out a word, a line's end or a faint line in between."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from receipts.reading.page import Word
from receipts.screening.findings import Spot
from receipts.screening.passages import Sheets, corners_of
from receipts.screening.rows import Row, white

# Painted beyond a line's ends, where the block's other lines go on, and between two
# lines, in heights of the print: up to so much, and from so much white on.
BEYOND, BETWEEN, LEAST = 12.0, 4.0, 0.9


def spots_of(
    row: Row, below: Row | None, sides: tuple[float, float], sheets: Sheets
) -> Iterator[Spot]:
    """The line's words, the gaps between them and its ends, and the gap to the line
    `below` in its block. `sides`: the block's left and right edge."""
    spots = sheets.spots(row.passage)
    yield from spots
    page = spots[0].page
    for one, two in pairwise(spots):
        yield Spot(
            page, (one.corners[1], two.corners[0], two.corners[3], one.corners[2])
        )
    words = row.line.words
    slope = slope_of(words)
    most = BEYOND * row.line.height
    left = min(most, words[0].box[0] - sides[0])
    right = min(most, sides[1] - words[-1].box[2])
    if left > 0:
        top, _, _, bottom = corners_of(words[0])
        yield Spot(
            page, (moved(top, -left, slope), top, bottom, moved(bottom, -left, slope))
        )
    if right > 0:
        _, top, bottom, _ = corners_of(words[-1])
        yield Spot(
            page, (top, moved(top, right, slope), moved(bottom, right, slope), bottom)
        )
    if below is not None and LEAST < white(row.line, below.line) <= BETWEEN:
        upper, lower = row.line.box, below.line.box
        left, right = min(upper[0], lower[0]), max(upper[2], lower[2])
        yield Spot(
            page,
            ((left, upper[3]), (right, upper[3]), (right, lower[1]), (left, lower[1])),
        )


def slope_of(words: Sequence[Word]) -> float:
    """Of the longest word: short ones' corners say little."""
    longest = max(words, key=lambda word: word.box[2] - word.box[0])
    (x0, y0), (x1, y1), *_ = corners_of(longest)
    return (y1 - y0) / (x1 - x0) if x1 - x0 > 1 else 0.0


def moved(corner: tuple[float, float], by: float, slope: float) -> tuple[float, float]:
    return corner[0] + by, corner[1] + by * slope

"""From word boxes to lines, on paper that is tilted or curved.

Boxes come with four corners. A word belongs to the line whose last word, carried on
along its own slope, meets the word at half height: so a line may climb or bend.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import atan2, cos, hypot, sin
from statistics import median

from receipts.reading.page import Line, Word

# What reads lines takes time with the square of their length. Printers end them
# below 100 characters.
LONGEST_LINE = 300


@dataclass(frozen=True)
class Quad:
    """A word's four corners, from the top left clockwise, in pixels."""

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float

    @property
    def length(self) -> float:
        (x0, y0), (x1, y1) = self.corners[0], self.corners[1]
        return hypot(x1 - x0, y1 - y0)

    @property
    def height(self) -> float:
        (x0, y0), (x3, y3) = self.corners[0], self.corners[3]
        return hypot(x3 - x0, y3 - y0)

    @property
    def angle(self) -> float:
        (x0, y0), (x1, y1) = self.corners[0], self.corners[1]
        return atan2(y1 - y0, x1 - x0)

    @property
    def is_tall(self) -> bool:
        xs, ys = zip(*self.corners, strict=True)
        return max(ys) - min(ys) > 1.5 * (max(xs) - min(xs))

    @property
    def middle(self) -> tuple[float, float]:
        xs, ys = zip(*self.corners, strict=True)
        return sum(xs) / 4, sum(ys) / 4

    def word(self) -> Word:
        xs, ys = zip(*self.corners, strict=True)
        box = (min(xs), min(ys), max(xs), max(ys))
        return Word(
            self.text,
            tuple(round(v, 1) for v in box),
            self.confidence,
            self.corners,
        )


@dataclass
class _Placed:
    quad: Quad
    x: float
    y: float
    slope: float


def tilt(quads: Iterable[Quad]) -> float:
    """The page's angle in radians: the median of the longer words'."""
    long = [quad.angle for quad in quads if quad.length > 3 * quad.height]
    return median(long) if long else 0.0


def lines_of(quads: list[Quad]) -> tuple[Line, ...]:
    """Group words into lines, top to bottom, each from left to right."""
    if not quads:
        return ()
    turn = -tilt(quads)
    placed = []
    for quad in quads:
        x, y = quad.middle
        slope = quad.angle + turn if quad.length > 3 * quad.height else 0.0
        placed.append(
            _Placed(
                quad,
                x * cos(turn) - y * sin(turn),
                x * sin(turn) + y * cos(turn),
                max(-0.25, min(0.25, slope)),
            )
        )
    placed.sort(key=lambda item: (item.x, item.y))
    rows: list[list[_Placed]] = []
    for item in placed:
        best, distance = None, 0.0
        for row in rows:
            last = row[-1]
            gap = item.x - last.x
            # Both words' slopes, so that a bend is met half way.
            expected = last.y + gap * (last.slope + item.slope) / 2
            apart = abs(item.y - expected)
            height = min(last.quad.height, item.quad.height)
            overlaps = (
                item.x - item.quad.length / 2
                < last.x + last.quad.length / 2 - 0.5 * height
            )
            if overlaps or apart > 0.55 * height:
                continue
            if best is None or apart < distance:
                best, distance = row, apart
        if best is None:
            rows.append([item])
        else:
            best.append(item)
    rows.sort(key=lambda row: sum(item.y for item in row) / len(row))
    return tuple(
        line for row in rows for line in broken([item.quad.word() for item in row])
    )


def broken(words: list[Word]) -> Iterator[Line]:
    """One line, or several where it would be longer than any line of a receipt."""
    start = length = 0
    for place, word in enumerate(words):
        if place > start and length + len(word.text) > LONGEST_LINE:
            yield Line(tuple(words[start:place]))
            start, length = place, 0
        length += len(word.text) + 1
    yield Line(tuple(words[start:]))

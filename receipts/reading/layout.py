"""From word boxes to lines, on paper that is tilted, bent or curled.

Boxes come with four corners. The slope at every place is learned from the longer words
near it, so that short ones follow their neighbours. A word belongs to the line whose
last word, carried on along the slope, meets the word at half height. The amounts at
the lines' ends stand far from their descriptions, where a small error of the slope is
a whole line: they are set against the lines all together, in order, such that the
error changes little from one to the next.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import atan2, cos, exp, hypot, inf, sin
from statistics import median

from receipts.reading.page import Line, Word

# What reads lines takes time with the square of their length. Printers end them
# below 100 characters.
LONGEST_LINE = 300
# A word farther from the line's course than this share of its height is on another.
OFF_LINE = 0.55
STEEPEST = 0.25  # of a word against the page's own tilt
# Words whose angle says something, in lengths by their height.
LONG = 1.5
# Words that tell the slope near a word: so many above it and below it.
WITNESSES = 20
_AMOUNT = re.compile(
    r"[(\-–]?\s?(?:RM|EUR|USD|[$€£])?\s?-?\d{0,3}(?:[.,]?\d{3})*[.,]\d{2}\)?"
    r"\s?[-A-Za-z*]{0,3}\d?",
)
LONGEST_FLAG = 3


@dataclass(frozen=True)
class Quad:
    """A word's four corners, from the top left clockwise, in pixels; `letters` as in
    `Word`."""

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float
    letters: tuple[float, ...] | None = None

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
            self.letters,
        )


@dataclass
class _Placed:
    """A word on the page turned upright; `slope` is the paper's there."""

    quad: Quad
    x: float
    y: float
    length: float
    height: float
    slope: float = 0.0

    @property
    def left(self) -> float:
        return self.x - self.length / 2

    @property
    def right(self) -> float:
        return self.x + self.length / 2

    @property
    def is_amount(self) -> bool:
        return _AMOUNT.fullmatch(self.quad.text.strip()) is not None


def tilt(quads: Iterable[Quad]) -> float:
    """The page's angle in radians: of the words in each third of its width the median,
    and of those the mean, so that the ends of bent paper weigh alike."""
    long = [quad for quad in quads if quad.length > LONG * quad.height]
    if not long:
        return 0.0
    places = [quad.middle[0] for quad in long]
    left, width = min(places), (max(places) - min(places)) or 1.0
    thirds: dict[int, list[float]] = defaultdict(list)
    for quad, place in zip(long, places, strict=True):
        thirds[min(2, int(3 * (place - left) / width))].append(quad.angle)
    return sum(map(median, thirds.values())) / len(thirds)


def lines_of(quads: Sequence[Quad]) -> tuple[Line, ...]:
    """Group words into lines, top to bottom, each from left to right."""
    if not quads:
        return ()
    turn = -tilt(quads)
    quads = list(unstacked(quads))
    placed = []
    for quad in quads:
        x, y = quad.middle
        placed.append(
            _Placed(
                quad,
                x * cos(turn) - y * sin(turn),
                x * sin(turn) + y * cos(turn),
                quad.length,
                quad.height,
            )
        )
    learn_slopes(placed, turn)
    ends = line_ends(placed)
    inside = {id(item) for end in ends for item in end}
    rows = chained([item for item in placed if id(item) not in inside])
    set_against(ends, rows)
    return tuple(
        line
        for row in from_the_top(rows)
        for line in broken([item.quad.word() for item in row])
    )


def unstacked(quads: Sequence[Quad]) -> Iterator[Quad]:
    """Figures of a column that were boxed as one word, each on its own line."""
    usual = median(quad.height for quad in quads)
    for quad in quads:
        count = len(quad.text)
        is_stack = (
            1 < count < 5
            and quad.text.isdigit()
            and abs(quad.height / usual - count) < 0.2 * count
            and quad.length < 1.3 * usual
        )
        if not is_stack:
            yield quad
            continue
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad.corners
        for n, figure in enumerate(quad.text):
            a, b = n / count, (n + 1) / count
            yield Quad(
                figure,
                (
                    (x0 + a * (x3 - x0), y0 + a * (y3 - y0)),
                    (x1 + a * (x2 - x1), y1 + a * (y2 - y1)),
                    (x1 + b * (x2 - x1), y1 + b * (y2 - y1)),
                    (x0 + b * (x3 - x0), y0 + b * (y3 - y0)),
                ),
                quad.confidence,
            )


def learn_slopes(placed: list[_Placed], turn: float) -> None:
    """Each word's slope: the mean of the long words near it, the nearer the weightier.

    An angle is known to a pixel in a word's length, so longer words weigh more. A
    level page is assumed where there are none.
    """
    long = sorted(
        (item for item in placed if item.length > LONG * item.height),
        key=lambda item: item.y,
    )
    steepest = STEEPEST * min(1.0, 500 / len(placed))
    slopes = [max(-0.4, min(0.4, item.quad.angle + turn)) for item in long]
    width = max(i.right for i in placed) - min(i.left for i in placed) or 1.0
    ordered = sorted(placed, key=lambda item: item.y)
    place = 0
    for item in ordered:
        while place < len(long) and long[place].y < item.y:
            place += 1
        weights, whole = item.height**2 + 1e-9, 0.0
        for n in range(max(0, place - WITNESSES), min(len(long), place + WITNESSES)):
            other = long[n]
            down = (other.y - item.y) / (4 * item.height + 1e-9)
            across = (other.x - item.x) / (0.3 * width)
            weight = min(other.length, 300.0) ** 2 * exp(-down * down - across * across)
            weights += weight
            whole += weight * slopes[n]
        item.slope = max(-steepest, min(steepest, whole / weights))


# No band of a receipt has as many words or rows; more of them aren't looked at.
MOST_IN_BAND = 40


class _ByHeight:
    """Rows or words in bands of the page, to look at the near ones only."""

    def __init__(self, band: float) -> None:
        self.band = max(band, 1.0)
        self.bands: dict[int, dict[int, None]] = defaultdict(dict)

    def number(self, y: float) -> int:
        return int(y // self.band)

    def add(self, number: int, y: float) -> None:
        self.bands[self.number(y)][number] = None

    def remove(self, number: int, y: float) -> None:
        self.bands[self.number(y)].pop(number, None)

    def near(self, y: float, reach: float) -> Iterator[int]:
        """The latest of each band first."""
        for band in range(self.number(y - reach), self.number(y + reach) + 1):
            yield from islice(reversed(self.bands.get(band, {})), MOST_IN_BAND)


def chained(items: list[_Placed]) -> list[list[_Placed]]:
    """Rows of words, each carried on from its last word along the slope."""
    if not items:
        return []
    items = sorted(items, key=lambda item: (item.x, item.y))
    first = items[0].x
    steepest = max(abs(item.slope) for item in items)
    tallest = max(item.height for item in items)
    index = _ByHeight(median(item.height for item in items))
    rows: list[list[_Placed]] = []
    for item in items:
        best, distance = None, inf
        reach = OFF_LINE * min(item.height, tallest) + steepest * (item.x - first)
        for number in index.near(item.y, reach):
            last = rows[number][-1]
            height = min(last.height, item.height)
            apart = abs(item.y - course(last, item))
            if apart > OFF_LINE * height or overlap(last, item):
                continue
            if apart < distance or (apart == distance and number < best):
                best, distance = number, apart
        if best is None:
            best = len(rows)
            rows.append([])
        else:
            index.remove(best, rows[best][-1].y)
        rows[best].append(item)
        index.add(best, item.y)
    return rows


def course(last: _Placed, item: _Placed) -> float:
    """Where the line of `last` runs at `item`: both slopes, to meet half way."""
    return last.y + (item.x - last.x) * (last.slope + item.slope) / 2


def overlap(last: _Placed, item: _Placed) -> bool:
    """Whether they stand above one another; boxes are drawn too wide."""
    shorter = min(last.length, item.length)
    height = min(last.height, item.height)
    return last.right - item.left > max(0.5 * height, min(0.8 * height, 0.4 * shorter))


def line_ends(placed: list[_Placed]) -> list[list[_Placed]]:
    """The last amount of each line with the short flags after it, top to bottom."""
    index = _ByHeight(median(item.height for item in placed))
    for number, item in enumerate(placed):
        index.add(number, item.y)
    ends = []
    for item in placed:
        if not item.is_amount:
            continue
        end, is_last = [item], True
        for number in index.near(item.y, 1.5 * item.height):
            other = placed[number]
            apart = abs(other.y - course(item, other))
            if (
                other is item
                or other.x <= item.x
                or overlap(item, other)
                or apart > OFF_LINE * min(item.height, other.height)
            ):
                continue
            near = other.left - item.right < 3 * item.height
            if near and len(other.quad.text) <= LONGEST_FLAG and not other.is_amount:
                end.append(other)
            else:
                is_last = False
        if is_last:
            ends.append(end)
    # A flag may be near two amounts; it stays with the nearer one.
    owner: dict[int, int] = {}
    for number, end in enumerate(ends):
        for flag in end[1:]:
            held = owner.get(id(flag))
            if held is None or abs(flag.y - end[0].y) < abs(flag.y - ends[held][0].y):
                owner[id(flag)] = number
    ends = [
        [end[0], *(flag for flag in end[1:] if owner[id(flag)] == number)]
        for number, end in enumerate(ends)
    ]
    return sorted(ends, key=lambda end: end[0].y)


# The costs of setting amounts against lines, in heights of the print.
FAR, UNEVEN, ALONE = 0.25, 1.5, 1.0
# Ways of pairing that are followed at a time.
MOST_WAYS = 24


@dataclass(frozen=True)
class _Pair:
    """An end and a row that may be one line. `rank`: the row's, from the top.
    `error`: of the slope between them, in radians, over `gap` pixels."""

    row: int
    rank: int
    apart: float  # in heights
    error: float
    gap: float


@dataclass(frozen=True)
class _Way:
    cost: float = 0.0
    pair: _Pair | None = None  # the last one
    end: int = -1
    before: "_Way | None" = None


def set_against(ends: list[list[_Placed]], rows: list[list[_Placed]]) -> None:
    """Add each end to its line; what fits none is a line of its own.

    The cheapest way to pair both in order (dynamic programming). A pair costs its
    distance, and how much the slope's error differs from the pair's before; an end
    left alone has its price too. Only lines within reach are looked at and only the
    cheapest ways followed, so that the time grows with the number of words.
    """
    if not ends:
        return
    ways = [_Way()]
    for number, pairs in enumerate(pairs_of(ends, rows)):
        height = ends[number][0].height + 1e-9
        grown = [_Way(w.cost + ALONE, w.pair, w.end, w.before) for w in ways]
        for pair in pairs:
            before = [w for w in ways if w.pair is None or w.pair.rank < pair.rank]
            if before:
                costs = [w.cost + uneven(w.pair, pair, height) for w in before]
                best = min(range(len(before)), key=costs.__getitem__)
                cost = costs[best] + FAR * pair.apart**2
                grown.append(_Way(cost, pair, number, before[best]))
        ways = sorted(grown, key=lambda way: way.cost)[:MOST_WAYS]
    paired = set()
    way: _Way | None = ways[0]
    while way is not None and way.pair is not None:
        rows[way.pair.row].extend(ends[way.end])
        paired.add(way.end)
        way = way.before
    rows.extend(end for number, end in enumerate(ends) if number not in paired)


def uneven(last: _Pair | None, pair: _Pair, height: float) -> float:
    if last is None:
        return 0.0
    return UNEVEN * abs(last.error - pair.error) * min(last.gap, pair.gap) / height


def pairs_of(
    ends: list[list[_Placed]], rows: list[list[_Placed]]
) -> Iterator[list[_Pair]]:
    """For each end the rows that it may belong to."""
    words = [(word, number) for number, row in enumerate(rows) for word in row]
    if not words:
        yield from ([] for _ in ends)
        return
    column = median(end[0].x for end in ends)
    heights = [
        course(row[-1], _Placed(row[-1].quad, column, 0, 0, 0, row[-1].slope))
        for row in rows
    ]
    order = sorted(range(len(rows)), key=heights.__getitem__)
    ranks = {number: rank for rank, number in enumerate(order)}
    index = _ByHeight(median(word.height for word, _number in words))
    for place, (word, _number) in enumerate(words):
        index.add(place, word.y)
    steepest = max(abs(word.slope) for word, _number in words)
    left = min(word.x for word, _number in words)
    for end in ends:
        item = end[0]
        reach = 2 * item.height + max(steepest, abs(item.slope)) * (item.x - left)
        near: dict[int, _Placed] = {}
        for place in index.near(item.y, reach):
            word, number = words[place]
            # The nearest word on its left, or on its right where there is none.
            best = near.get(number)
            if best is None or nearness(word, item) < nearness(best, item):
                near[number] = word
        pairs = []
        for number, word in near.items():
            pair = pair_of(item, word, number, ranks[number])
            if pair is not None and not any(
                overlap_both(w, item) for w in rows[number]
            ):
                pairs.append(pair)
        yield pairs


def nearness(word: _Placed, item: _Placed) -> tuple[bool, float]:
    return word.x > item.x, abs(word.x - item.x)


def overlap_both(word: _Placed, item: _Placed) -> bool:
    return overlap(word, item) if word.x <= item.x else overlap(item, word)


def pair_of(item: _Placed, word: _Placed, row: int, rank: int) -> _Pair | None:
    height = min(item.height, word.height) + 1e-9
    off = item.y - course(word, item)
    gap = max(abs(item.x - word.x) - (item.length + word.length) / 2, height)
    # Slopes are known the less the farther they are carried.
    limit = OFF_LINE + min(1.0, max(0.0, 0.06 * (gap / height - 4)))
    if abs(off) > limit * height:
        return None
    return _Pair(row, rank, off / height, off / (gap + 6 * height), gap)


# Lines of bent paper are at most so many places from their order by mean height.
MOST_MISPLACED = 8


def from_the_top(rows: list[list[_Placed]]) -> list[list[_Placed]]:
    """The rows in order, each with its words from left to right.

    Where the paper bends, rows are compared where they are nearest to each other.
    """
    rows = [sorted(row, key=lambda item: item.x) for row in rows]
    rows.sort(key=lambda row: sum(item.y for item in row) / len(row))
    for place in range(1, len(rows)):
        for other in range(place, max(0, place - MOST_MISPLACED), -1):
            if not is_above(rows[other], rows[other - 1]):
                break
            rows[other - 1], rows[other] = rows[other], rows[other - 1]
    return rows


def is_above(row: list[_Placed], other: list[_Placed]) -> bool:
    """Whether `row` is above `other`; both have few words, as a receipt's lines."""
    a, b = min(
        ((a, b) for a in row[:8] for b in other[:8]),
        key=lambda pair: abs(pair[0].x - pair[1].x),
    )
    return a.y < course(b, a)


def broken(words: list[Word]) -> Iterator[Line]:
    """One line, or several where it would be longer than any line of a receipt."""
    start = length = 0
    for place, word in enumerate(words):
        if place > start and length + len(word.text) > LONGEST_LINE:
            yield Line(tuple(words[start:place]))
            start, length = place, 0
        length += len(word.text) + 1
    yield Line(tuple(words[start:]))

"""Long numbers in a line: their groups of digits as readers see them, and the places
that are painted over for them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import atan2, cos, sin

from receipts.reading.page import Corners
from receipts.screening.findings import Spot
from receipts.screening.passages import Passage, Sheets

# Letters that readers take digits for.
LIKE_DIGITS = "OoQDIl|!iSsBZzGbgq"
AS_DIGITS = str.maketrans(LIKE_DIGITS, "000011111558226699")
_STRETCH = re.compile(f"[0-9{re.escape(LIKE_DIGITS)}]+")
_BETWEEN = re.compile(r"[ \-–—.·_]{1,3}")


@dataclass(frozen=True)
class Group:
    """Digits without a gap: where in the text, and the digits, mended."""

    start: int
    end: int
    digits: str
    letters: int  # how many of them were read as letters

    @property
    def is_soft(self) -> bool:
        """Only letters that look like digits: a digit's place or a short word."""
        return self.letters == len(self.digits)


@dataclass(frozen=True)
class Run:
    """Groups that follow one another with spaces, hyphens or dots between them."""

    text: str
    groups: tuple[Group, ...]

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups)

    @property
    def has_dots(self) -> bool:
        return "." in self.text[self.start : self.end]

    @property
    def is_mostly_digits(self) -> bool:
        letters = sum(group.letters for group in self.groups)
        return 2 * letters <= len(self.digits)

    def window(self, start: int, end: int) -> "Run":
        return Run(self.text, self.groups[start:end])

    def trimmed(self) -> Iterator["Run"]:
        """Itself, and without the short words that it may begin or end with."""
        starts = [0, 1] if self.groups[0].is_soft else [0]
        count = len(self.groups)
        ends = [count, count - 1] if self.groups[-1].is_soft else [count]
        for start in starts:
            for end in ends:
                if start < end:
                    yield self.window(start, end)


def groups_in(text: str) -> Iterator[Group]:
    """Groups of digits and of letters that look like them.

    A look-alike next to another letter is a part of that word, not a digit.
    """
    for match in _STRETCH.finditer(text):
        start, end = match.span()
        if start and text[start - 1].isalpha():
            while start < end and not text[start].isdigit():
                start += 1
        if end < len(text) and text[end].isalpha():
            while start < end and not text[end - 1].isdigit():
                end -= 1
        if start < end:
            read = text[start:end]
            letters = sum(not letter.isdigit() for letter in read)
            yield Group(start, end, read.translate(AS_DIGITS), letters)


def mended(text: str) -> str:
    """The text with digits where a reader took them for letters that look like them."""
    if not any(map(str.isdigit, text)):
        return text
    letters = list(text)
    for group in groups_in(text):
        letters[group.start : group.end] = group.digits
    return "".join(letters)


def is_date_or_time(text: str, start: int, end: int) -> bool:
    """Whether a slash or colon ties the digits to others: 12/28, 19:45."""
    return end - start <= 4 and bool(
        (start > 1 and text[start - 1] in "/:" and text[start - 2].isdigit())
        or (end + 1 < len(text) and text[end] in "/:" and text[end + 1].isdigit())
    )


def runs_in(text: str) -> Iterator[Run]:
    groups: list[Group] = []
    for group in groups_in(text):
        if is_date_or_time(text, group.start, group.end):
            continue
        if groups and not _BETWEEN.fullmatch(text, groups[-1].end, group.start):
            yield Run(text, tuple(groups))
            groups = []
        groups.append(group)
    if groups:
        yield Run(text, tuple(groups))


def digits_of(text: str) -> int:
    return sum(map(str.isdigit, text))


def passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: the check digit of payment card numbers."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_trade_item(digits: str) -> bool:
    """Whether 13 or 14 digits are valid for a GTIN (GS1 General Specifications, 7.9):
    weights of 3 and 1 in turn from the right."""
    if len(digits) not in (13, 14):
        return False
    total = sum(
        int(digit) * (3 if place % 2 else 1)
        for place, digit in enumerate(reversed(digits))
    )
    return total % 10 == 0


def whole_spots(sheets: Sheets, found: Passage) -> tuple[Spot, ...]:
    """Where a number stands, with what is between its words: one spot a line where
    the words lie straight."""
    spots: list[Spot] = []
    placed = [place for place in found.places if place is not None]
    for (page, _line), group in groupby(placed, key=lambda p: (p.page, p.line)):
        letters = list(group)
        quads = [
            spot.corners
            for spot in sheets.spots(Passage("?" * len(letters), tuple(letters)))
        ]
        spots += [Spot(page, corners) for corners in joined(quads)]
    return tuple(spots)


# Bent or uneven words make a rectangle around them too tall: it would hide the lines
# above and below.
MOST_GROWTH = 1.4


def joined(quads: Sequence[Corners]) -> list[Corners]:
    """One rectangle around words of a line; where they don't lie straight, each word
    and each gap between two."""
    if len(quads) < 2:
        return list(quads)
    around, height = rectangle(quads)
    if height <= MOST_GROWTH * max(height_of(quad) for quad in quads):
        return [around]
    gaps = [(one[1], two[0], two[3], one[2]) for one, two in pairwise(quads)]
    return [*quads, *gaps]


def height_of(quad: Corners) -> float:
    (x0, y0), (x3, y3) = quad[0], quad[3]
    return ((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5


def rectangle(quads: Sequence[Corners]) -> tuple[Corners, float]:
    """The rectangle around all corners, as tilted as the line from the first word to
    the last, and its height."""
    (x0, y0), (x3, y3) = quads[0][0], quads[0][3]
    (x1, y1), (x2, y2) = quads[-1][1], quads[-1][2]
    angle = atan2((y1 + y2 - y0 - y3) / 2, (x1 + x2 - x0 - x3) / 2)
    along, down = (cos(angle), sin(angle)), (-sin(angle), cos(angle))
    points = [corner for quad in quads for corner in quad]
    across = [x * along[0] + y * along[1] for x, y in points]
    deep = [x * down[0] + y * down[1] for x, y in points]

    def at(one: float, two: float) -> tuple[float, float]:
        return one * along[0] + two * down[0], one * along[1] + two * down[1]

    left, right, top, bottom = min(across), max(across), min(deep), max(deep)
    corners = (at(left, top), at(right, top), at(right, bottom), at(left, bottom))
    return corners, bottom - top

"""Text in which every letter knows its place on the paper.

A pattern is looked for in a line, in two lines read on, or in text that was mended (a
digit for the letter that a reader took it for, spaces left out); where it matches, the
letters tell what is to be painted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from receipts.reading.page import Corners, Page, Word
from receipts.screening.findings import Spot


@dataclass(frozen=True)
class Place:
    """A letter: of which page, line and word, and the how manieth in it."""

    page: int
    line: int
    word: int
    letter: int


@dataclass(frozen=True)
class Passage:
    """Text and the place of each of its letters; None for a space between words."""

    text: str
    places: tuple[Place | None, ...]

    def __add__(self, other: "Passage") -> "Passage":
        """Read on, after a space."""
        return Passage(f"{self.text} {other.text}", (*self.places, None, *other.places))

    def translated(self, table: Mapping[int, str]) -> "Passage":
        """With letters replaced one for one, as `str.translate` does."""
        changed = self.text.translate(table)
        if len(changed) != len(self.text):
            raise ValueError("A table for passages replaces one letter by one.")
        return Passage(changed, self.places)

    def without(self, letters: str) -> "Passage":
        """With some letters left out: spaces and hyphens within a number, say."""
        stay = [n for n, letter in enumerate(self.text) if letter not in letters]
        return Passage(
            "".join(self.text[n] for n in stay), tuple(self.places[n] for n in stay)
        )

    def part(self, start: int, end: int) -> "Passage":
        return Passage(self.text[start:end], self.places[start:end])


@dataclass(frozen=True)
class Sheets:
    """The pages of a receipt, and their lines as passages, top to bottom."""

    pages: tuple[Page, ...]
    lines: tuple[Passage, ...]

    @classmethod
    def of(cls, pages: Iterable[Page]) -> "Sheets":
        pages = tuple(pages)
        return cls(
            pages,
            tuple(
                passage_of(pages, number, row)
                for number, page in enumerate(pages)
                for row in range(len(page.lines))
            ),
        )

    def word(self, place: Place) -> Word:
        return self.pages[place.page].lines[place.line].words[place.word]

    def spots(self, found: Passage) -> tuple[Spot, ...]:
        """Where the passage stands, one spot for each word or part of one.

        A part of a word is a little longer than its letters: see `part_of`.
        """
        here = sorted(
            {place for place in found.places if place is not None},
            key=lambda place: (place.page, place.line, place.word, place.letter),
        )
        return tuple(
            Spot(page, part_of(self.word(letters[0]), letters[0], letters[-1]))
            for (page, _line, _word), group in groupby(
                here, key=lambda place: (place.page, place.line, place.word)
            )
            for letters in [list(group)]
        )


def passage_of(pages: tuple[Page, ...], page: int, row: int) -> Passage:
    """One line: its words with a space between them, as `Line.text`."""
    text: list[str] = []
    places: list[Place | None] = []
    for number, word in enumerate(pages[page].lines[row].words):
        if text:
            text.append(" ")
            places.append(None)
        text.append(word.text)
        places += [Place(page, row, number, n) for n in range(len(word.text))]
    return Passage("".join(text), tuple(places))


def corners_of(word: Word) -> Corners:
    if word.corners is not None:
        return word.corners
    left, top, right, bottom = word.box
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def edges(word: Word) -> tuple[float, ...]:
    """Where its letters begin along a word, from 0 to 1, and where the last one ends:
    half way between their middles, if the reader tells these. Otherwise they are taken
    to be of one width, as on a till's paper."""
    length = max(1, len(word.text))
    if word.letters is None or len(word.letters) != length:
        return tuple(n / length for n in range(length + 1))
    return (0.0, *((a + b) / 2 for a, b in pairwise(word.letters)), 1.0)


def part_of(word: Word, first: Place, last: Place) -> Corners:
    """The corners of some of a word's letters, from the first to the last. At an end
    inside the word half a letter is added, since their places aren't exact; a quarter
    if the reader tells them."""
    where = edges(word)
    more = (0.5 if word.letters is None else 0.25) / max(1, len(word.text))
    start = max(0.0, where[first.letter] - more) if first.letter else 0.0
    end = min(1.0, where[last.letter + 1] + more)
    return slice_of(word, start, end)


def slice_of(word: Word, start: float, end: float) -> Corners:
    """The corners of a word from one place along it to another, from 0 to 1."""
    top_left, top_right, bottom_right, bottom_left = corners_of(word)
    return (
        between(top_left, top_right, start),
        between(top_left, top_right, end),
        between(bottom_left, bottom_right, end),
        between(bottom_left, bottom_right, start),
    )


def between(one, other, share: float) -> tuple[float, float]:
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
    )

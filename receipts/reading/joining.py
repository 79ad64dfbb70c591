"""Several pictures of one long receipt, joined where they overlap.

The end of one page and the beginning of the next show the same lines, though a reader
makes something else of some of them, and those at the edge are cut off. Pages are laid
upon one another by the lines that stand on both, as long as several different lines
say so: one item bought five times fits in many ways.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from receipts.reading.amounts import amounts_in
from receipts.reading.day_shapes import has_day
from receipts.reading.labels import plain
from receipts.reading.page import Line, Page

# Two readings of one line are at least so much alike, out of 100, and their digits.
ALIKE, ALIKE_DIGITS = 85, 90
# Lines that a page may have more at its edge, cut off or misread.
EDGE = 3
# Lines that one of two pages may miss within an overlap.
MISSED = 2
# Different lines that an overlap needs, or fewer that are long and lie at the edges.
ANCHOR, LONG_ANCHOR, LONG = 3, 2, 8
# The part of an overlap's lines that both pages show, and of a page shown again.
LEAST_SHARED, LEAST_AGAIN = 0.6, 0.75
# The part of an overlap's lines with sums whose sums agree.
LEAST_SUMS = 0.6
# Lines of the same words with other numbers say that it is another receipt: more than
# one, or one in so many.
CONFLICT_EVERY = 12
# Ways to lay two pages upon one another that are looked at more closely.
MOST_TRIED = 4
# A line that stands on a page more often says nothing of where it is.
MOST_REPEATS = 3
SHORTEST = 3  # characters of a line that counts
STEM = 8  # characters at either end that tell a line whose rest is misread
# Beyond these it is no receipt: pages are only put one behind the other.
MOST_PAGES, MOST_LINES = 12, 3000
# Characters that readers take for one another.
_LOOKALIKES = str.maketrans("oil|sbz", "0111582")


@dataclass(frozen=True)
class Joined:
    """The lines of all pages in the receipt's order, each once.

    `pages` has the number of each line's page (from 0, as given), `order` the pages
    that are left in the receipt's order, `parts` the same by which of them overlap,
    `notes` sentences for the evidence.
    """

    lines: tuple[Line, ...] = ()
    pages: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    parts: tuple[tuple[int, ...], ...] = ()

    def lines_of(self, part: Sequence[int]) -> tuple[Line, ...]:
        """The lines of the pages of a part."""
        return tuple(
            line
            for line, page in zip(self.lines, self.pages, strict=True)
            if page in part
        )


# Pairs of lines, the first page's and the second's, that are the same print.
Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Print:
    """A line in the form in which it is compared."""

    key: str
    digits: str
    sums: tuple[Decimal, ...]
    has_day: bool


def print_of(line: Line) -> Print:
    text = line.text
    return Print(
        plain(text).replace(" ", "").translate(_LOOKALIKES),
        re.sub(r"\D", "", text),
        tuple(amount.value for amount in amounts_in(text)),
        has_day(text),
    )


def joined(pages: Sequence[Page]) -> Joined:
    """One text of several pages. Pages that don't overlap follow as they are given;
    pages in the wrong order are put right where they overlap in one way only."""
    count = sum(len(page.lines) for page in pages)
    if len(pages) < 2 or len(pages) > MOST_PAGES or count > MOST_LINES:
        return Joined(
            tuple(line for page in pages for line in page.lines),
            tuple(n for n, page in enumerate(pages) for _line in page.lines),
            tuple(range(len(pages))),
            parts=tuple((n,) for n, page in enumerate(pages) if page.lines),
        )
    prints = [[print_of(line) for line in page.lines] for page in pages]
    kept, again = without_doubles(pages, prints)
    overlaps = overlaps_of(kept, prints)
    order = order_of(kept, overlaps)
    merged = Merged()
    notes = list(again)
    parts: list[tuple[int, ...]] = []
    if order != sorted(order):
        named = ", ".join(str(number + 1) for number in order)
        notes.append(f"The pages follow one another as {named}.")
    for place, number in enumerate(order):
        before = order[place - 1] if place else None
        pairs = overlaps.get((before, number), ())
        merged.add(pages[number].lines, number, pairs)
        parts.append((*parts.pop(), number) if pairs else (number,))
        if pairs:
            shared = pairs[-1][1] - pairs[0][1] + 1
            notes.append(
                f"Pages {before + 1} and {number + 1} overlap by {shared} lines."
            )
    return Joined(
        tuple(line for line, _page in merged.lines),
        tuple(page for _line, page in merged.lines),
        tuple(order),
        tuple(notes),
        tuple(parts),
    )


class Merged:
    """Lines with their pages, and where those of the page added last are."""

    def __init__(self) -> None:
        self.lines: list[tuple[Line, int]] = []
        self.where: list[int] = []

    def add(self, lines: Sequence[Line], page: int, pairs: Pairs) -> None:
        """Lay a page's lines upon the end of what is there, or behind it.

        Of a line on both pages the better reading is kept. Before the first pair and
        behind the last one, the page whose edge is farther has the line as a whole.
        """
        new = [(line, page) for line in lines]
        if not pairs:
            self.where = [len(self.lines) + place for place in range(len(new))]
            self.lines += new
            return
        result = self.lines[: self.where[pairs[0][0]]]
        where = [len(result)] * pairs[0][1]
        last = None
        for mine, its in pairs:
            if last is not None:
                between = self.lines[self.where[last[0]] + 1 : self.where[mine]]
                missed = new[last[1] + 1 : its]
                where += [len(result)] * len(missed)
                result += between if len(between) >= len(missed) else missed
            where.append(len(result))
            result.append(better(self.lines[self.where[mine]], new[its]))
            last = (mine, its)
        rest = new[pairs[-1][1] + 1 :] or self.lines[self.where[pairs[-1][0]] + 1 :]
        where += [len(result) + place for place in range(len(new) - len(where))]
        self.lines, self.where = result + rest, where


def better(one: tuple[Line, int], other: tuple[Line, int]) -> tuple[Line, int]:
    return max(one, other, key=lambda item: legibility(item[0]))


def legibility(line: Line) -> float:
    """How surely a line was read: its words' confidence by their length."""
    length = sum(len(word.text) for word in line.words)
    sure = sum(len(word.text) * word.confidence for word in line.words)
    return sure / length if length else 0.0


def without_doubles(
    pages: Sequence[Page], prints: Sequence[Sequence[Print]]
) -> tuple[list[int], list[str]]:
    """The pages that show what no other page shows, or show it better."""
    left = [number for number, page in enumerate(pages) if page.lines]
    notes = []
    for one, other in combinations(left[:], 2):
        if one not in left or other not in left:
            continue
        again = shown_again(prints[one], prints[other])
        if not any(again):
            continue
        if all(again):
            worse, kept = sorted((one, other), key=lambda n: text_of(pages[n]))
        else:
            worse, kept = (other, one) if again[1] else (one, other)
        left.remove(worse)
        notes.append(f"Page {worse + 1} shows the lines of page {kept + 1} again.")
    return left, notes


def shown_again(one: Sequence[Print], other: Sequence[Print]) -> tuple[bool, bool]:
    """Whether the first page is shown again by the second, and the other way round."""
    ways = list(alignments(one, other))
    back = [tuple((its, mine) for mine, its in pairs) for pairs in ways]
    return (
        any(is_again(other, one, pairs) for pairs in back),
        any(is_again(one, other, pairs) for pairs in ways),
    )


def text_of(page: Page) -> float:
    """How much text was read, and how surely."""
    return sum(
        len(word.text) * word.confidence for line in page.lines for word in line.words
    )


def overlaps_of(
    kept: Sequence[int], prints: Sequence[Sequence[Print]]
) -> dict[tuple[int, int], Pairs]:
    """The pages whose beginning is the end of another one."""
    overlaps = {}
    for one in kept:
        for other in kept:
            if one == other:
                continue
            found = [
                pairs
                for pairs in alignments(prints[one], prints[other])
                if is_overlap(prints[one], prints[other], pairs)
                and (one < other or has_sums(prints[one], pairs))
            ]
            if found:
                overlaps[one, other] = max(found, key=len)
    return overlaps


def has_sums(one: Sequence[Print], pairs: Pairs) -> bool:
    """Whether items are shared: a header that is printed again turns no pages round."""
    return any(one[mine].sums for mine, _its in pairs)


def order_of(
    kept: Sequence[int], overlaps: Mapping[tuple[int, int], Pairs]
) -> list[int]:
    """The pages in chains by their longest overlaps; else, they stay as given."""
    following: dict[int, int] = {}
    preceding: dict[int, int] = {}

    def rank(edge: tuple[int, int]) -> tuple[bool, int, int]:
        return edge[1] != edge[0] + 1, -len(overlaps[edge]), edge[0]

    def is_doubted(edge: tuple[int, int]) -> bool:
        """Whether pages given in their order could as well be the other way round."""
        back = overlaps.get((edge[1], edge[0]), ())
        return edge[0] > edge[1] and len(back) * 2 > len(overlaps[edge])

    for one, other in sorted(overlaps, key=rank):
        if one in following or other in preceding or is_doubted((one, other)):
            continue
        end = other
        while end in following:
            end = following[end]
        if end != one:
            following[one], preceding[other] = other, one
    chains = []
    for start in (number for number in kept if number not in preceding):
        chain = [start]
        while chain[-1] in following:
            chain.append(following[chain[-1]])
        chains.append(chain)
    return [number for chain in sorted(chains, key=min) for number in chain]


def alignments(one: Sequence[Print], other: Sequence[Print]) -> Iterator[Pairs]:
    """Ways to lay two pages upon one another, with the lines that are the same."""
    for offset in offsets(one, other):
        pairs = tuple(walk(one, other, offset))
        if pairs:
            yield pairs


def offsets(one: Sequence[Print], other: Sequence[Print]) -> list[int]:
    """How many lines the second page may begin behind the first, likeliest first.

    Each line that stands on both pages, whole or with one end misread, votes.
    """
    votes: Counter[int] = Counter()
    for stem in (lambda key: key, lambda key: key[:STEM], lambda key: key[-STEM:]):
        places: dict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(one):
            places[stem(line.key)].append(place)
        repeats = Counter(stem(line.key) for line in other)
        for its, line in enumerate(other):
            word = stem(line.key)
            mine = places.get(word, ())
            if len(word) < SHORTEST or max(len(mine), repeats[word]) > MOST_REPEATS:
                continue
            for place in mine:
                votes[place - its] += 1
    near = {
        offset: votes[offset] + (votes[offset - 1] + votes[offset + 1]) / 2
        for offset in list(votes)
    }
    return sorted(near, key=lambda offset: (-near[offset], offset))[:MOST_TRIED]


def walk(
    one: Sequence[Print], other: Sequence[Print], offset: int
) -> Iterator[tuple[int, int]]:
    """The lines that are the same from an offset on; either page may miss some."""
    mine, its = max(offset, 0), max(-offset, 0)
    steps = sorted(
        ((a, b) for a in range(MISSED + 1) for b in range(MISSED + 1)), key=sum
    )
    while mine < len(one) and its < len(other):
        for a, b in steps:
            if mine + a >= len(one) or its + b >= len(other):
                continue
            if is_same(one[mine + a], other[its + b]):
                yield mine + a, its + b
                mine, its = mine + a, its + b
                break
        mine, its = mine + 1, its + 1


def is_same(one: Print, other: Print) -> bool:
    """Whether two readings may be of one print."""
    if one.key == other.key and one.sums == other.sums:
        return bool(one.key)
    if not have_same_words(one, other):
        return False
    if one.sums and other.sums and one.sums[-1] != other.sums[-1]:
        return False
    if one.has_day and other.has_day:
        return one.digits == other.digits
    if len(one.digits) < 6 or len(other.digits) < 6:
        return True
    return fuzz.ratio(one.digits, other.digits) >= ALIKE_DIGITS


def have_same_words(one: Print, other: Print) -> bool:
    longer = max(len(one.key), len(other.key))
    return longer >= SHORTEST and fuzz.ratio(one.key, other.key) >= ALIKE


def distinct(one: Sequence[Print], pairs: Pairs) -> int:
    return len(
        {one[mine].key for mine, _its in pairs if len(one[mine].key) >= SHORTEST}
    )


def sums_agree(one: Sequence[Print], other: Sequence[Print], pairs: Pairs) -> bool:
    """Whether most lines with sums in the overlap have the same ones on both pages."""
    shared = sum(bool(one[mine].sums) for mine, _its in pairs)
    (first, start), (last, end) = pairs[0], pairs[-1]
    most = max(
        sum(bool(line.sums) for line in one[first : last + 1]),
        sum(bool(line.sums) for line in other[start : end + 1]),
    )
    return shared >= LEAST_SUMS * most


def is_overlap(one: Sequence[Print], other: Sequence[Print], pairs: Pairs) -> bool:
    """Whether the end of one page is the beginning of the other."""
    (first, start), (last, end) = pairs[0], pairs[-1]
    tail = len(one) - 1 - last
    if start > EDGE or tail > EDGE or first < start:
        return False
    if first <= EDGE or len(pairs) >= LEAST_AGAIN * min(len(one), len(other)):
        return is_one_receipt(one, other, pairs)
    if len(pairs) < LEAST_SHARED * (max(last - first, end - start) + 1):
        return False
    kinds = distinct(one, pairs)
    is_long = (
        kinds >= LONG_ANCHOR
        and start <= 1
        and tail <= 1
        and all(len(one[mine].key) >= LONG and one[mine].sums for mine, _its in pairs)
        and last - first == end - start == len(pairs) - 1
    )
    return (kinds >= ANCHOR or is_long) and sums_agree(one, other, pairs)


def is_again(one: Sequence[Print], other: Sequence[Print], pairs: Pairs) -> bool:
    """Whether the second page shows nothing but what the first one shows."""
    (first, start), (last, end) = pairs[0], pairs[-1]
    if start > first or len(other) - end > len(one) - last:
        return False  # it goes on where the first one ends
    if len(pairs) < LEAST_AGAIN * len(other):
        return False
    return is_one_receipt(one, other, pairs)


def is_one_receipt(one: Sequence[Print], other: Sequence[Print], pairs: Pairs) -> bool:
    """Whether pages that have most lines in common are of one receipt.

    Another receipt of the same shop has most lines in common too, but other numbers
    behind the same words: another day, another invoice.
    """
    return (
        distinct(one, pairs) >= ANCHOR
        and sums_agree(one, other, pairs)
        and not conflict(one, other, pairs)
    )


def conflict(one: Sequence[Print], other: Sequence[Print], pairs: Pairs) -> bool:
    """Whether lines between the same ones have the same words but other numbers."""
    ends = ((-1, -1), *pairs, (len(one), len(other)))
    count = 0
    for (mine, its), (next_mine, next_its) in pairwise(ends):
        for a in one[mine + 1 : next_mine][:EDGE]:
            for b in other[its + 1 : next_its][:EDGE]:
                if a.has_day and b.has_day:
                    # One digit of a day and its time may be misread, two are another
                    # day's.
                    if Levenshtein.distance(a.digits, b.digits) > 1:
                        return True
                elif a.digits and b.digits and a.digits != b.digits:
                    count += have_same_letters(a, b)
    return count > max(1, len(pairs) // CONFLICT_EVERY)


def have_same_letters(one: Print, other: Print) -> bool:
    words = [re.sub(r"\d", "", line.key) for line in (one, other)]
    return fuzz.ratio(*words) >= ALIKE

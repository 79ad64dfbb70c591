"""Several slips on one photo: papers side by side or below one another.

Nearly every receipt has a wide gap between descriptions and amounts, and many have one
between the items and the card's part. So a page is only split where both sides stand
on their own: each with a day or a phone, and a total with its amount.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from math import atan2, cos, sin
from statistics import median

from rapidfuzz import fuzz

from receipts.reading.amounts import CENT, amounts_in
from receipts.reading.day_shapes import has_day
from receipts.reading.labels import Label, plain
from receipts.reading.page import Box, Line, Page, Word
from receipts.reading.phones import PRINTED
from receipts.reading.result import Reason
from receipts.reading.totals import Labeled, labeled

# The part of a page's words that may reach over a gutter: a stain, a long header.
MOST_ACROSS = 0.02
# Cuts that are made at once, the widest first: a grid of 20 receipts has fewer.
MOST_CUTS = 16
# A gutter in heights of a line, a gap between papers in usual distances of lines.
LEAST_GUTTER, LEAST_GAP = 1.0, 1.6
# A slip has at least so many lines with letters.
LEAST_LINES = 4
# The receipt, the customer's and the merchant's copy of the card slip.
MOST_OF_A_PURCHASE = 3
SAME_MERCHANT = 60
# Lines of a page beyond any receipt: its words aren't sorted out.
MOST_LINES = 600

_TOTAL = re.compile(
    r"t[o0]ta[l1i]|amount|balance due|summe|zu zahlen|betrag|importe|montant|jumlah"
    r"|\bvisa\b|master ?card|purchase",
    re.IGNORECASE,
)
_CARD_SLIP = tuple(
    re.compile(pattern)
    for pattern in (
        r"approv|autoris|\bauth\b|auth ?code|genehmigung",
        r"\baid\b|\btvr\b|\btsi\b|emv",
        r"merchant (?:id|copy|no)|\bmid\b|vu nr|terminal|\btid\b|trace",
        r"customer copy|cardholder|kundenbeleg|karteninhaber|copie client",
        r"chip read|swiped?\b|contactless|entry (?:method|mode)|card entry|kontaktlos",
        r"signature|agree to pay|unterschrift|\bsign\b|no pin",
        r"card type|card (?:no|num)|\bacct\b|kartennummer|\bpan\b|account type",
        r"(?:x|\*){4,}",
    )
)


class SlipKind(StrEnum):
    ITEMISED = "itemised"
    CARD = "card"
    OTHER = "other"


@dataclass(frozen=True)
class Slip:
    """One paper of a picture; `box` in the page's pixels."""

    lines: tuple[Line, ...]
    box: Box
    kind: SlipKind


@dataclass(frozen=True)
class SlipFacts:
    """What was read on one slip: `total` is what it says was payable, `tip` what of
    it is a tip."""

    kind: SlipKind
    total: Decimal | None = None
    day: date | None = None
    merchant: str | None = None
    tip: Decimal | None = None


@dataclass(frozen=True)
class Comparison:
    """What slips say of each other: sentences for the total's evidence, or reasons
    why a person must look."""

    evidence: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class _Spot:
    """A word on the page as if its paper were level; `line` is its line's number."""

    word: Word
    line: int
    left: float
    right: float
    top: float
    bottom: float

    @cached_property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @cached_property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


def slips_of(page: Page) -> tuple[Slip, ...]:
    """The papers of a page in reading order; a single one keeps the page's lines."""
    if not page.lines:
        return ()
    parts = [] if len(page.lines) > MOST_LINES else list(parted(level_spots(page)))
    if len(parts) < 2:
        return (slip_of(page.lines),)
    return tuple(slip_of(lines_from(part)) for part in parts)


def reading_order(slips: Sequence[Slip]) -> tuple[Line, ...]:
    """All slips' lines, one slip after the other, what is itemised first."""
    order = sorted(slips, key=lambda slip: slip.kind != SlipKind.ITEMISED)
    return tuple(line for slip in order for line in slip.lines)


def slip_of(lines: Sequence[Line]) -> Slip:
    boxes = [line.box for line in lines]
    box = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return Slip(tuple(lines), box, kind_of([line.text for line in lines]))


def kind_of(texts: Sequence[str]) -> SlipKind:
    """Card slips have the card company's words, and a total, but no items."""
    rows = labeled(texts)
    items = sum(row.label is None and bool(row.amounts) for row in rows)
    whole = "\n".join(map(plain, texts)) + "\n" + "\n".join(texts).lower()
    signs = sum(pattern.search(whole) is not None for pattern in _CARD_SLIP)
    has_subtotal = any(row.label == Label.SUBTOTAL and row.amounts for row in rows)
    if signs >= 2 and items <= (0 if has_subtotal else 1):
        return SlipKind.CARD
    return SlipKind.ITEMISED if items or has_subtotal else SlipKind.OTHER


def level_spots(page: Page) -> list[_Spot]:
    """The page's words, turned about the origin by the tilt of its longer words."""
    words = [(word, n) for n, line in enumerate(page.lines) for word in line.words]
    angles = []
    for word, _line in words:
        left, top, right, bottom = word.box
        if word.corners and right - left > 3 * (bottom - top):
            (x0, y0), (x1, y1) = word.corners[0], word.corners[1]
            angles.append(atan2(y1 - y0, x1 - x0))
    turn = -median(angles) if angles else 0.0
    spots = []
    for word, line in words:
        corners = word.corners or (word.box[:2], word.box[2:])
        xs = [x * cos(turn) - y * sin(turn) for x, y in corners]
        ys = [x * sin(turn) + y * cos(turn) for x, y in corners]
        spots.append(_Spot(word, line, min(xs), max(xs), min(ys), max(ys)))
    return spots


def parted(spots: list[_Spot]) -> Iterator[list[_Spot]]:
    """The spots of each paper: cut along gutters or gaps, as long as all parts of a
    cut stand on their own."""
    waiting = [spots]
    while waiting:
        part = waiting.pop()
        papers = next(
            (
                papers
                for strips, side_by_side in ((beside(part), True), (below(part), False))
                if len(papers := papers_of(strips, side_by_side=side_by_side)) > 1
            ),
            None,
        )
        if papers is None:
            yield part
        else:
            waiting.extend(reversed(papers))


# The spots between two gutters or gaps, and how far apart they are from those before.
_Strip = tuple[float, list[_Spot]]


def papers_of(strips: Sequence[_Strip], *, side_by_side: bool) -> list[list[_Spot]]:
    """Strips that belong together, each paper just as many as it takes to stand alone.

    So a column of amounts goes with the one of its descriptions, and a logo with what
    is below it. What has too few words for a paper's beginning goes with the paper
    before it, as does what is nearer to the one above than to the one below.
    """
    papers: list[list[_Spot]] = []
    begun: list[_Spot] = []
    for place, (apart, strip) in enumerate(strips):
        if papers and not begun and not stands_alone(strip):
            following = strips[place + 1][0] if place + 1 < len(strips) else 0.0
            if not has_words(strip) or (not side_by_side and apart <= following):
                papers[-1] = papers[-1] + strip
                continue
        begun = begun + strip
        if stands_alone(begun):
            papers.append(begun)
            begun = []
    if begun and papers:
        papers[-1] = papers[-1] + begun
    return papers


def has_words(spots: Sequence[_Spot]) -> bool:
    return (
        sum(len(re.findall("[A-Za-z]", s.word.text)) > 2 for s in spots) >= LEAST_LINES
    )


def beside(spots: list[_Spot]) -> list[_Strip]:
    """The strips between the gutters, from left to right."""
    height = median(spot.bottom - spot.top for spot in spots)
    edges = sorted(
        [(spot.left, 1) for spot in spots] + [(spot.right, -1) for spot in spots]
    )
    allowed = int(len(spots) * MOST_ACROSS)
    gutters, across, start = [], 0, None
    for x, step in edges:
        across += step
        if across <= allowed:
            start = x if start is None else start
        elif start is not None:
            if x - start >= LEAST_GUTTER * height:
                gutters.append((x - start, (x + start) / 2))
            start = None
    return strips_at(spots, sorted(gutters, reverse=True)[:MOST_CUTS], lambda s: s.x)


def below(spots: list[_Spot]) -> list[_Strip]:
    """The strips between the gaps that are larger than usual, from top to bottom."""
    spots = sorted(spots, key=lambda spot: spot.y)
    gaps, steps, bottom, last = [], [], spots[0].bottom, spots[0].y
    for spot in spots[1:]:
        if spot.y - last > 0.5 * (spot.bottom - spot.top):
            steps.append(spot.y - last)
            gaps.append((spot.top - bottom, (spot.top + bottom) / 2))
        bottom, last = max(bottom, spot.bottom), spot.y
    least = LEAST_GAP * median(steps) if steps else 0.0
    gaps = [gap for gap in gaps if gap[0] > 0 and gap[0] >= least]
    return strips_at(spots, sorted(gaps, reverse=True)[:MOST_CUTS], lambda s: s.y)


def strips_at(
    spots: list[_Spot],
    cuts: Sequence[tuple[float, float]],
    place_of: Callable[[_Spot], float],
) -> list[_Strip]:
    """The spots between cuts, given as widths and middles."""
    cuts = sorted(cuts, key=lambda cut: cut[1])
    middles = [middle for _width, middle in cuts]
    strips: list[list[_Spot]] = [[] for _ in range(len(cuts) + 1)]
    for spot in spots:
        strips[bisect_right(middles, place_of(spot))].append(spot)
    widths = [0.0, *(width for width, _middle in cuts)]
    return [
        (width, strip) for width, strip in zip(widths, strips, strict=True) if strip
    ]


def stands_alone(spots: list[_Spot]) -> bool:
    """Whether it could be a receipt of its own: a day or a phone, a total with its
    amount, and some lines of words."""
    texts = [line.text for line in lines_from(spots)]
    if sum(len(re.findall("[A-Za-z]", text)) > 2 for text in texts) < LEAST_LINES:
        return False
    if not any(has_day(text) or PRINTED.search(text) for text in texts):
        return False
    return any(_TOTAL.search(text) and amounts_in(text) for text in texts)


def lines_from(spots: Sequence[_Spot]) -> tuple[Line, ...]:
    """The spots in the page's lines: words that were taken for one line stay so."""
    lines: dict[int, list[_Spot]] = {}
    for spot in spots:
        lines.setdefault(spot.line, []).append(spot)
    rows = sorted(lines.values(), key=lambda row: sum(s.y for s in row) / len(row))
    return tuple(
        Line(tuple(spot.word for spot in sorted(row, key=lambda spot: spot.left)))
        for row in rows
    )


def is_of_its_own(facts: SlipFacts, rows: Sequence[Labeled]) -> bool:
    """Whether a page shows a paper of its own, not the rest of the page before: it has
    a total, and what a paper begins with or only a card's slip has."""
    if facts.total is None:
        return False
    return (
        facts.day is not None
        or facts.kind == SlipKind.CARD
        or any(row.label == Label.TIP or PRINTED.search(row.text) for row in rows)
    )


def has_other_header(one: SlipFacts, other: SlipFacts) -> bool:
    """Whether both name a merchant and a day, and the days differ."""
    if not (one.merchant and other.merchant and one.day and other.day):
        return False
    return one.day != other.day


def compare(slips: Sequence[SlipFacts]) -> Comparison:
    """Whether the slips of one picture are one purchase's, and agree."""
    if len(slips) < 2:
        return Comparison()
    known = [slip for slip in slips if slip.total is not None]
    receipts = [slip for slip in known if slip.kind == SlipKind.ITEMISED] or known
    agreeing = all(is_one_purchase(receipts[0], slip) for slip in receipts[1:])
    if not agreeing or (len(slips) > MOST_OF_A_PURCHASE and len(known) < len(slips)):
        return Comparison(reasons=(several(max(len(receipts), 2)),))
    days = {slip.day for slip in slips if slip.day is not None}
    if len(days) > 1:
        named = " and ".join(f"{day:%d %B %Y}" for day in sorted(days))
        sentence = f"The slips in the picture have different days: {named}."
        return Comparison(reasons=(Reason("slips_differ", sentence),))
    if len(known) < len(slips):
        return Comparison(reasons=(unread(len(slips)),))
    first = known.index(receipts[0])
    return against(receipts[0], known[:first] + known[first + 1 :])


def is_one_purchase(one: SlipFacts, other: SlipFacts) -> bool:
    """Whether two slips with totals may be copies for the same purchase."""
    more = abs(one.total - other.total)
    if more > CENT and more not in {one.tip, other.tip}:
        return False
    if one.day is not None and other.day is not None and one.day != other.day:
        return False
    if one.merchant and other.merchant:
        alike = fuzz.token_set_ratio(one.merchant.casefold(), other.merchant.casefold())
        return alike >= SAME_MERCHANT
    return True


def against(receipt: SlipFacts, others: Sequence[SlipFacts]) -> Comparison:
    """What the other slips say of the receipt's total."""
    evidence, reasons = [], []
    for slip in others:
        name = "card slip" if slip.kind == SlipKind.CARD else "other slip"
        low, high = sorted((receipt.total, slip.total))
        if high - low <= CENT:
            evidence.append(f"The {name} prints {slip.total:.2f} too.")
        elif high - low in {slip.tip, receipt.tip}:
            whose = "receipt" if high == receipt.total else name
            evidence.append(
                f"The {whose}’s {high:.2f} is {low:.2f} + {high - low:.2f} tip."
            )
        else:
            sentence = (
                f"The {name} prints {slip.total:.2f}, the receipt {receipt.total:.2f}."
            )
            reasons.append(Reason("slips_differ", sentence))
    return Comparison(tuple(dict.fromkeys(evidence)), tuple(dict.fromkeys(reasons)))


def unread(count: int) -> Reason:
    return Reason(
        "slips_differ",
        f"There are {count} slips in the picture, and not every total could be read.",
    )


def several(count: int) -> Reason:
    return Reason(
        "several_receipts", f"There seem to be {count} receipts in the picture."
    )

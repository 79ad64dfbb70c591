"""What readings come to against the truth: shares, curves, and targets met or not."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from receipts.measuring.truth import (
    ItemCount,
    Truth,
    as_one,
    count_items,
    same_merchant,
)
from receipts.measuring.wilson import wilson

FIELDS = ("date", "total", "merchant", "subtotal", "tax", "items")
# The edges of a reliability diagram's bins: narrow where a gate would decide.
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True)
class Share:
    """So many of n, with Wilson's 95 % interval."""

    right: int
    n: int

    @property
    def value(self) -> float:
        return self.right / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        return wilson(self.right, self.n)[0]

    @property
    def high(self) -> float:
        return wilson(self.right, self.n)[1]


@dataclass(frozen=True)
class Score:
    """One file's reading against one truth.

    `right` has the fields that could be judged, and `both`: all that could be judged
    of date and total. `items` is None where the label has no lines; `merged` counts
    with repeated lines as one, on both sides.
    """

    file: str
    group: str
    right: Mapping[str, bool]
    confidence: Mapping[str, float] = field(default_factory=dict)
    straight_through: bool = False
    items: ItemCount | None = None
    merged: ItemCount | None = None

    @property
    def joint_confidence(self) -> float:
        """How sure date and total are together, were they independent."""
        return self.confidence.get("date", 0.0) * self.confidence.get("total", 0.0)


def score(file: str, group: str, row: Mapping, truth: Truth) -> Score:
    """`row`: what `reading_as_json` gives, or an error, which has nothing right."""
    items = merged = None
    if truth.items:
        lines = row.get("items", ())
        items = count_items(truth.items, lines)
        merged = count_items(as_one(truth.items), as_one(lines))
    right = {}
    if truth.day or truth.no_day:
        day = date.fromisoformat(row["date"]) if row.get("date") else None
        right["date"] = "error" not in row and day == truth.day
    for name in ("total", "subtotal", "tax"):
        value = getattr(truth, name)
        if value is not None:
            right[name] = amount_read(row, name) == value
    if truth.merchants:
        right["merchant"] = any(
            same_merchant(name, row.get("merchant")) for name in truth.merchants
        )
    if merged is not None:
        right["items"] = merged.found == merged.wanted == merged.read
    if judged := [right[name] for name in ("date", "total") if name in right]:
        right["both"] = all(judged)
    return Score(
        file=file,
        group=group,
        right=right,
        confidence=row.get("confidence", {}),
        straight_through=bool(row.get("straight_through")),
        items=items,
        merged=merged,
    )


def amount_read(row: Mapping, name: str) -> Decimal | None:
    """A receipt without a line of tax has none: 0.00 where a label says that."""
    if row.get(name) is None:
        return Decimal(0) if name == "tax" and "error" not in row else None
    return Decimal(row[name])


def share(scores: Iterable[Score], name: str) -> Share:
    """The share right of those where the field could be judged."""
    judged = [s.right[name] for s in scores if name in s.right]
    return Share(sum(judged), len(judged))


def straight(scores: Sequence[Score]) -> Share:
    """The share that needs no person for date and total."""
    return Share(sum(s.straight_through for s in scores), len(scores))


def straight_right(scores: Iterable[Score]) -> Share:
    """The share with date and total right among those straight through."""
    return share((s for s in scores if s.straight_through), "both")


def items_of(scores: Iterable[Score], kind: str = "items") -> ItemCount:
    """The lines of all receipts whose label has some. `kind`: items or merged."""
    counts = (getattr(s, kind) for s in scores)
    return sum((count for count in counts if count is not None), ItemCount())


@dataclass(frozen=True)
class Bin:
    """Readings with a confidence over `low` up to `high`: its mean, the share right."""

    low: float
    high: float
    confidence: float
    share: Share


def reliability(scores: Iterable[Score], name: str) -> list[Bin]:
    """The bins of a reliability diagram that hold a reading, from low to high.

    A field that isn't there is no claim, so only confidences over 0 are counted.
    """
    told = [
        (s.confidence.get(name, 0.0), s.right[name]) for s in scores if name in s.right
    ]
    bins = []
    for low, high in pairwise(EDGES):
        held = [(c, r) for c, r in told if low < c <= high]
        if held:
            mean = sum(c for c, _right in held) / len(held)
            right = sum(r for _confidence, r in held)
            bins.append(Bin(low, high, mean, Share(right, len(held))))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the mean gap, weighted by how many are in it."""
    whole = sum(b.share.n for b in bins)
    gaps = sum(abs(b.confidence - b.share.value) * b.share.n for b in bins)
    return gaps / whole if whole else 0.0


@dataclass(frozen=True)
class Point:
    """Taking what is at least so sure: the share taken, and the share right of it."""

    confidence: float
    accepted: float
    share: Share


def accept_curve(scores: Sequence[Score]) -> list[Point]:
    """From the surest reading to all of them; one point for each confidence."""
    ranked = sorted(
        (s for s in scores if "both" in s.right), key=lambda s: -s.joint_confidence
    )
    points, right = [], 0
    for n, scored in enumerate(ranked, start=1):
        right += scored.right["both"]
        last = n == len(ranked)
        if last or ranked[n].joint_confidence < scored.joint_confidence:
            points.append(
                Point(scored.joint_confidence, n / len(ranked), Share(right, n))
            )
    return points


@dataclass(frozen=True)
class Target:
    """A share that a set of receipts must reach."""

    group: str
    name: str
    share: Callable[[Sequence[Score]], Share]
    at_least: float
    words: str


def of(name: str) -> Callable[[Sequence[Score]], Share]:
    return lambda scores: share(scores, name)


TARGETS = (
    *(
        Target(group, f"{name} right", of(name), at_least, f">= {at_least:.3f}")
        for name, shares in {
            "date": {"us": 0.97, "my": 0.985},
            "total": {"us": 0.96, "my": 0.975},
            "merchant": {"us": 0.95, "my": 0.95},
        }.items()
        for group, at_least in shares.items()
    ),
    *(
        Target("de", f"{name} right", of(name), 13 / 14, "at most 1 of 14 wrong")
        for name in ("date", "total", "merchant")
    ),
    *(
        Target(group, "date and total right", of("both"), at_least, f">= {at_least}")
        for group, at_least in {"us": 0.94, "my": 0.965, "de": 0.92}.items()
    ),
    Target("us", "straight through", straight, 0.70, ">= 0.70"),
    Target("my", "straight through", straight, 0.85, ">= 0.85"),
    *(
        Target(group, "both right among straight through", straight_right, 1.0, "all")
        for group in ("us", "my", "de")
    ),
)
ITEMS_TARGET = 0.88


def verdict(found: Share, at_least: float) -> str:
    """Whether a target is met; where it isn't, whether the interval reaches it."""
    if not found.n:
        return "not measured"
    if found.value >= at_least:
        return "met"
    return "not met, within the interval" if found.high >= at_least else "not met"


def quantile(values: Sequence[float], part: float) -> float:
    """The least of the values that this part of them doesn't exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]

"""Numbers in order: quantiles, and the bins of a histogram."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.statistics.estimates import NOBODY, Base

MOST_BINS = 20
# Steps that people count in.
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)

Pairs = Sequence[tuple[float, Base]]


def quantile(ordered: Pairs, p: float) -> float:
    """The smallest value with a share of at least p of the weight at or below it (type
    1 of R. J. Hyndman and Y. Fan, The American Statistician 50, 1996), and the middle
    of two where p falls between them (type 2). `ordered`: by value, not empty."""
    total = math.fsum(base.weight for _, base in ordered)
    wanted, seen = p * total, 0.0
    for place, (value, base) in enumerate(ordered):
        seen += base.weight
        if abs(seen - wanted) <= total * 1e-12 and place + 1 < len(ordered):
            return (value + ordered[place + 1][0]) / 2
        if seen >= wanted:
            return value
    return ordered[-1][0]


@dataclass(frozen=True)
class Bin:
    """From `low` (with it) to `high` (without it, but with it in the last bin)."""

    low: float
    high: float
    base: Base


def nice_step(width: float) -> float:
    """The next of 1, 2, 2.5, 5, 10, times a power of ten, that isn't smaller."""
    power = 10.0 ** math.floor(math.log10(width))
    step = next(one for one in NICE if one * power >= width * (1 - 1e-9))
    return step * power


def bins(ordered: Pairs, is_whole: bool = False) -> tuple[Bin, ...]:
    """Bins of one nice width, at most 20 or so.

    The width is that of D. Freedman and P. Diaconis (1981), 2 IQR n^(-1/3), made nice;
    without a spread in the middle it is that of H. A. Sturges (1926). `is_whole`: of
    whole numbers, which no bin splits.
    """
    if not ordered:
        return ()
    low, high = ordered[0][0], ordered[-1][0]
    n = sum(base.n for _, base in ordered)
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-9):
        return (Bin(low, high, sum((base for _, base in ordered), NOBODY)),)
    middle = quantile(ordered, 0.75) - quantile(ordered, 0.25)
    width = 2 * middle / n ** (1 / 3) or (high - low) / (1 + math.log2(n))
    step = nice_step(max(width, (high - low) / MOST_BINS))
    if is_whole:
        is_few = high - low < MOST_BINS
        step = 1.0 if is_few else float(math.ceil(step - 1e-9))
    # Edges such as 0.3, not 0.30000000000000004.
    places = max(0, 2 - math.floor(math.log10(step)))
    first, last = math.floor(low / step + 1e-9), math.floor(high / step + 1e-9) + 1
    edges = [round(number * step, places) for number in range(first, last + 1)]
    held: dict[int, Base] = {}
    for value, base in ordered:
        place = min(max(0, bisect_right(edges, value) - 1), len(edges) - 2)
        held[place] = held.get(place, NOBODY) + base
    return tuple(
        Bin(edges[place], edges[place + 1], held.get(place, NOBODY))
        for place in range(len(edges) - 1)
    )

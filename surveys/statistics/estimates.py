"""Bases, and what is estimated on them: shares, means, NPS, with 95 % intervals."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from surveys.statistics.distributions import NORMAL, t_quantile

LEVEL = 0.95
LOW_BASE = 30
PROMOTERS, DETRACTORS = range(9, 11), range(7)


@dataclass(frozen=True)
class Base:
    """How many responses, the sum of their weights, and that of the weights' squares.
    Without weights each weighs 1."""

    n: int = 0
    weight: float = 0.0
    squares: float = 0.0

    def __add__(self, other: "Base") -> "Base":
        return Base(
            self.n + other.n, self.weight + other.weight, self.squares + other.squares
        )

    @property
    def effective(self) -> float:
        """Kish's effective size: (sum of weights)² / sum of squares; L. Kish, Survey
        Sampling (1965), section 11.7. It is `n` where all weigh the same."""
        return self.weight**2 / self.squares if self.squares else 0.0

    @property
    def is_weighted(self) -> bool:
        return abs(self.weight - self.n) > 1e-9 or abs(self.squares - self.n) > 1e-9

    def is_low(self, least: int = LOW_BASE) -> bool:
        """Whether figures on it deserve a warning; weights make a base smaller."""
        return min(self.n, self.effective + 1e-9) < least


NOBODY = Base()


def of(n: int) -> Base:
    """The base of so many responses without weights."""
    return Base(n, float(n), float(n))


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval; `low` and `high` are None where there are too
    few responses for one."""

    value: float
    low: float | None
    high: float | None
    base: Base


def share(part: Base, whole: Base) -> Estimate | None:
    """The weighted share of a part, with Wilson's interval (E. B. Wilson, JASA 22,
    1927) on the effective base. None on an empty base."""
    if not whole.weight:
        return None
    p, n = min(1.0, part.weight / whole.weight), whole.effective
    z = NORMAL.inv_cdf((1 + LEVEL) / 2)
    middle = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    size = 1 + z * z / n
    low, high = (middle - spread) / size, (middle + spread) / size
    return Estimate(p, min(p, max(0.0, low)), max(p, min(1.0, high)), whole)


@dataclass(frozen=True)
class Spread:
    """Mean with interval, and the standard deviation (None with fewer than two)."""

    mean: Estimate
    deviation: float | None


def spread(values: Iterable[tuple[float, Base]]) -> Spread | None:
    """Of numbers, each with its base: mean, deviation and Student's interval.

    The variance of weighted values is sum w (x - mean)² / sum w, times m / (m - 1) for
    the effective base m, which is the usual one where all weigh 1. The interval is
    mean ± t(m - 1) sqrt(variance / m); W. G. Cochran, Sampling Techniques (1977), 2.7,
    with Kish's m for n. None on an empty base.
    """
    held = [(x, base) for x, base in values if base.n]
    base = sum((one for _, one in held), NOBODY)
    if not base.weight:
        return None
    mean = math.fsum(x * one.weight for x, one in held) / base.weight
    m = base.effective
    if base.n < 2 or m <= 1:
        return Spread(Estimate(mean, None, None, base), None)
    around = math.fsum(one.weight * (x - mean) ** 2 for x, one in held) / base.weight
    variance = around * m / (m - 1)
    arm = t_factor(m - 1) * math.sqrt(variance / m)
    return Spread(Estimate(mean, mean - arm, mean + arm, base), math.sqrt(variance))


@lru_cache(maxsize=1024)
def t_factor(df: float) -> float:
    return t_quantile((1 + LEVEL) / 2, df)


def nps(values: Iterable[tuple[int, Base]]) -> Estimate | None:
    """The Net Promoter Score from -100 to 100 of answers from 0 to 10: percent of
    promoters (9, 10) less percent of detractors (0 to 6); F. F. Reichheld, HBR 81/12
    (2003). Its interval is that of the mean of +100, 0 and -100, as in B. Rocks,
    International Journal of Market Research 58/2 (2016)."""
    scored = spread(
        (100.0 * ((value in PROMOTERS) - (value in DETRACTORS)), base)
        for value, base in values
    )
    if scored is None or scored.mean.low is None or scored.mean.high is None:
        return scored and scored.mean
    mean = scored.mean
    return Estimate(mean.value, max(-100.0, mean.low), min(100.0, mean.high), mean.base)

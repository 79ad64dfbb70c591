"""The few probability distributions that results need, without SciPy.

Series and continued fractions of the Digital Library of Mathematical Functions
(https://dlmf.nist.gov); the tests compare them with SciPy.
"""

import math
from collections.abc import Iterator
from itertools import count
from statistics import NormalDist

NORMAL = NormalDist()
# Below what a double tells apart.
CLOSE, TINY = 1e-15, 1e-300
MOST_TERMS = 10_000


def continued_fraction(first: float, terms: Iterator[tuple[float, float]]) -> float:
    """b0 + a1 / (b1 + a2 / (b2 + ...)) for `first` b0 and pairs (a, b).

    Lentz's method as modified by Thompson and Barnett, J. Comp. Phys. 64 (1986).
    """
    value = first or TINY
    above, below = value, 0.0
    for number, (a, b) in enumerate(terms):
        below = 1 / ((b + a * below) or TINY)
        above = (b + a / above) or TINY
        step = above * below
        value *= step
        if abs(step - 1) < CLOSE or number > MOST_TERMS:
            break
    return value


def beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b); DLMF 8.17.22."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        # Where the fraction converges fast: DLMF 8.17.4.
        return 1 - beta_share(b, a, 1 - x)

    def terms() -> Iterator[tuple[float, float]]:
        yield 1.0, 1.0
        for m in count():
            yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
            n = m + 1
            yield n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n)), 1.0

    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta) / a
    return front * continued_fraction(0.0, terms())


def gamma_tail(s: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(s, x); DLMF 8.7.1, 8.9.2."""
    if x <= 0:
        return 1.0
    front = math.exp(s * math.log(x) - x - math.lgamma(s))
    if x < s + 1:
        term = total = 1 / s
        for n in range(1, MOST_TERMS):
            term *= x / (s + n)
            total += term
            if term < total * CLOSE:
                break
        return max(0.0, 1 - front * total)

    def terms() -> Iterator[tuple[float, float]]:
        yield 1.0, x + 1 - s
        for n in count(1):
            yield -n * (n - s), x + 1 - s + 2 * n

    return front * continued_fraction(0.0, terms())


def chi_square_tail(x: float, df: float) -> float:
    """P(X > x) of a chi-square distribution; Abramowitz and Stegun 26.4.19."""
    return gamma_tail(df / 2, x / 2)


def t_tail(t: float, df: float) -> float:
    """P(T > t) of Student's distribution; Abramowitz and Stegun 26.7.1."""
    half = beta_share(df / 2, 0.5, df / (df + t * t)) / 2
    return half if t >= 0 else 1 - half


def t_quantile(p: float, df: float) -> float:
    """The t that P(T <= t) = p holds for, by halving; 0 < p < 1."""
    if p < 0.5:
        return -t_quantile(1 - p, df)
    low, high = 0.0, 1.0
    while t_tail(high, df) > 1 - p:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if t_tail(middle, df) > 1 - p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def normal_tails(z: float) -> float:
    """P(|Z| > |z|) of the standard normal distribution."""
    return math.erfc(abs(z) / math.sqrt(2))

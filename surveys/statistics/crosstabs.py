"""Crosstabs: column shares, which columns differ, and whether the whole does."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from string import ascii_uppercase

from surveys.statistics.distributions import chi_square_tail, normal_tails
from surveys.statistics.estimates import NOBODY, Base, Estimate, share

ALPHA = 0.05
# Fewer expected in a cell than this, and the chi-square is rough: W. G. Cochran,
# Biometrics 10 (1954): at most a fifth of the cells below 5, none below 1.
LEAST_EXPECTED, NONE_BELOW, MOST_BELOW = 5.0, 1.0, 0.2


@dataclass(frozen=True)
class Cell:
    """`higher_than`: the letters of the columns whose share is significantly lower."""

    base: Base
    share: Estimate | None
    higher_than: str = ""


@dataclass(frozen=True)
class Association:
    """`effect`: Cramér's V. `below`: how many cells expect fewer than five."""

    chi_square: float
    df: int
    p: float
    effect: float
    below: int
    cells: int
    is_rough: bool


@dataclass(frozen=True)
class Crosstab:
    """`bases`: by column, of those who answered both. `cells`: by row, then column."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    letters: tuple[str, ...]
    bases: tuple[Base, ...]
    cells: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...]
    total: Base
    association: Association | None


def letter(place: int) -> str:
    """A to Z, then AA, AB, ..."""
    rest, last = divmod(place, 26)
    return (letter(rest - 1) if rest else "") + ascii_uppercase[last]


def differ(one: Estimate, other: Estimate, pairs: int = 1) -> bool:
    """Whether two independent shares differ at 5 %, by the z-test with a pooled share
    on effective bases (NIST/SEMATECH e-Handbook, 7.3.3), with Bonferroni's correction
    for so many `pairs`. Shares of 0 or 1 and columns of one aren't tested."""
    n, m = one.base.effective, other.base.effective
    if n <= 1 or m <= 1 or {one.value, other.value} & {0.0, 1.0}:
        return False
    pooled = (one.value * n + other.value * m) / (n + m)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return normal_tails((one.value - other.value) / error) < ALPHA / pairs


def crosstab(
    counts: Mapping[tuple[str, str], Base],
    bases: Mapping[str, Base],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    total: Base,
    row_totals: Mapping[str, Base],
    rows_exclude: bool = True,
    columns_exclude: bool = True,
) -> Crosstab:
    """`counts`: by (row, column). `bases`: by column. `total` and `row_totals`: of
    everyone in the table, each once.

    `rows_exclude`, `columns_exclude`: one person is in one row, in one column, only.
    Overlapping columns aren't independent, so no letters are given to them; the
    chi-square needs both to exclude.
    """
    held = tuple(bases.get(column, NOBODY) for column in columns)
    letters = tuple(letter(place) for place in range(len(columns)))
    lines = []
    for row in rows:
        parts = [counts.get((row, column), NOBODY) for column in columns]
        shares = [share(*pair) for pair in zip(parts, held, strict=True)]
        higher = marks(shares, letters) if columns_exclude else [""] * len(columns)
        cells = zip(parts, shares, higher, strict=True)
        lines.append(tuple(Cell(*cell) for cell in cells))
    totals = tuple(
        Cell(part, share(part, total))
        for part in (row_totals.get(row, NOBODY) for row in rows)
    )
    whole = None
    if rows_exclude and columns_exclude:
        whole = association(
            [[cell.base for cell in line] for line in lines], total.effective
        )
    return Crosstab(
        tuple(rows), tuple(columns), letters, held, tuple(lines), totals, total, whole
    )


def marks(shares: Sequence[Estimate | None], letters: Sequence[str]) -> list[str]:
    """By column the letters of those that it is significantly higher than."""
    tested = [place for place, one in enumerate(shares) if one is not None]
    pairs = len(tested) * (len(tested) - 1) // 2
    found: list[list[str]] = [[] for _ in shares]
    for left, right in combinations(tested, 2):
        one, other = shares[left], shares[right]
        if one and other and differ(one, other, pairs):
            winner, loser = (left, right) if one.value > other.value else (right, left)
            found[winner].append(letters[loser])
    return ["".join(sorted(one, key=lambda told: (len(told), told))) for one in found]


def association(
    table: Sequence[Sequence[Base]], effective: float
) -> Association | None:
    """Pearson's chi-square of independence and Cramér's V (H. Cramér, Mathematical
    Methods of Statistics, 1946, p. 282); None with fewer than two rows or columns that
    hold anyone.

    Weighted counts are scaled to the effective base, which is the first-order
    correction of J. N. K. Rao and A. J. Scott (JASA 76, 1981) with Kish's design
    effect.
    """
    weights = [[cell.weight for cell in row] for row in table]
    weights = [row for row in weights if sum(row)]
    columns = [column for column in zip(*weights, strict=True) if sum(column)]
    weights = [list(row) for row in zip(*columns, strict=True)]
    total = math.fsum(map(math.fsum, weights))
    if len(weights) < 2 or len(columns) < 2 or not total:
        return None
    scale = effective / total
    by_row = [math.fsum(row) * scale for row in weights]
    by_column = [math.fsum(column) * scale for column in columns]
    chi_square, expected_counts = 0.0, []
    for row, of_row in zip(weights, by_row, strict=True):
        for weight, of_column in zip(row, by_column, strict=True):
            expected = of_row * of_column / effective
            expected_counts.append(expected)
            chi_square += (weight * scale - expected) ** 2 / expected
    df = (len(by_row) - 1) * (len(by_column) - 1)
    smaller = min(len(by_row), len(by_column)) - 1
    below = sum(one < LEAST_EXPECTED for one in expected_counts)
    return Association(
        chi_square,
        df,
        chi_square_tail(chi_square, df),
        math.sqrt(chi_square / (effective * smaller)),
        below,
        len(expected_counts),
        below > MOST_BELOW * len(expected_counts) or min(expected_counts) < NONE_BELOW,
    )

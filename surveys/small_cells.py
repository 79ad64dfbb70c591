"""Results as somebody may see them who may not see small groups.

A figure of fewer people than the panel's minimum is hidden (None stands in its place),
and with it what it could be computed from: other cells, means, the ends of numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from panelists.minimum_cell import is_shown, suppressed
from surveys.statistics.crosstabs import Crosstab
from surveys.statistics.estimates import NOBODY
from surveys.statistics.tallies import (
    Choices,
    Dates,
    Distribution,
    Matrix,
    Numbers,
    Part,
    Rank,
    Ranking,
    Scale,
    Texts,
)


@dataclass(frozen=True)
class Hidden:
    """Stands where a whole distribution is hidden."""

    minimum: int


def coarse(
    found: Distribution,
    minimum: int,
    *,
    overlaps: bool = False,
    is_typed: bool = False,
    wholes: Sequence[Distribution] = (),
) -> Distribution | Hidden:
    """`overlaps`: a person may be in several parts. `is_typed`: parts are names that
    people typed, of which the hidden ones aren't even named. `wholes`: the same
    distribution with one of the filters left out, for each filter: what these have more
    must be no small group either, or it could be had by subtraction."""
    if not is_shown(found.base.n, minimum) or any(
        0 < whole.base.n - found.base.n < minimum for whole in wholes
    ):
        return Hidden(minimum)
    match found:
        case Choices() if is_typed:
            parts = _names(found, minimum, overlaps, wholes)
            return replace(found, parts=parts, others=NOBODY)
        case Choices():
            parts = _parts(found, minimum, overlaps, wholes)
            return replace(found, parts=parts)
        case Scale():
            # From a mean, the other cells and the base a hidden cell can be had.
            parts = _parts(found, minimum, False, wholes)
            return replace(found, parts=() if _lacks(parts) else parts)
        case Matrix():
            return _matrix(found, minimum, wholes)
        case Ranking():
            return _ranking(found, minimum, wholes)
        case Numbers():
            small = any(0 < one.base.n < minimum for one in found.bins)
            # Another selection has other bins, which may be subtracted all the same.
            bins = () if small or wholes else found.bins
            return replace(found, bins=bins, least=None, most=None)
        case Dates():
            parts = _parts(found, minimum, False, wholes)
            return replace(found, parts=parts, first=None, last=None)
        case Texts():
            return found


def _lacks(parts: Sequence[Part]) -> bool:
    return any(part.base is None for part in parts)


def _hidden(
    counts: Sequence[int], minimum: int, wholes: Sequence[Sequence[int]]
) -> list[bool]:
    """Which of the cells that hold each person once are hidden: alone, and beside what
    each whole has more in the same cells."""
    hidden = list(suppressed([counts], minimum).cells[0])
    for whole in wholes:
        rest = [more - n for more, n in zip(whole, counts, strict=True)]
        if any(rest):
            both = suppressed([counts, rest], minimum).cells[0]
            hidden = [one or other for one, other in zip(hidden, both, strict=True)]
    return hidden


def _parts(found, minimum: int, overlaps: bool, wholes: Sequence) -> tuple[Part, ...]:
    counts = [part.base.n for part in found.parts]
    others = [
        [held.get(part.code, 0) for part in found.parts]
        for held in ({one.code: one.base.n for one in whole.parts} for whole in wholes)
    ]
    if overlaps:
        hidden = [
            not is_shown(n, minimum)
            or any(0 < whole[place] - n < minimum for whole in others)
            for place, n in enumerate(counts)
        ]
    else:
        hidden = _hidden(counts, minimum, others)
    return tuple(
        Part(part.code, None, None) if is_hidden else part
        for part, is_hidden in zip(found.parts, hidden, strict=True)
    )


def _names(
    found: Choices, minimum: int, overlaps: bool, wholes: Sequence[Choices]
) -> tuple[Part, ...]:
    held = [{one.code: one.base.n for one in whole.parts} for whole in wholes]
    shown = [
        part
        for part in found.parts
        if is_shown(part.base.n, minimum)
        and not any(
            0 < whole.get(part.code, 0) - part.base.n < minimum for whole in held
        )
    ]
    shown.sort(key=lambda part: -part.base.n)
    # All that aren't named are one group, whose size the base tells.
    while shown and not overlaps:
        rest = found.base.n - sum(part.base.n for part in shown)
        if not 0 < rest < minimum:
            break
        shown.pop()
    return tuple(shown)


def _matrix(found: Matrix, minimum: int, wholes: Sequence[Matrix]) -> Matrix:
    rows = []
    for code, row in found.rows:
        of_wholes = [dict(whole.rows).get(code, row) for whole in wholes]
        shown = coarse(row, minimum, overlaps=found.is_multiple, wholes=of_wholes)
        if isinstance(shown, Hidden):
            parts = tuple(Part(part.code, None, None) for part in row.parts)
            shown = Choices(None, parts)
        rows.append((code, shown))
    return replace(found, rows=tuple(rows))


def _ranking(found: Ranking, minimum: int, wholes: Sequence[Ranking]) -> Ranking:
    firsts = [one.first_base.n for one in found.ranks]
    of_wholes = [
        [held.get(one.code, 0) for one in found.ranks]
        for held in ({r.code: r.first_base.n for r in whole.ranks} for whole in wholes)
    ]
    hidden = _hidden(firsts, minimum, of_wholes)
    ranks = []
    for one, is_hidden in zip(found.ranks, hidden, strict=True):
        if not is_shown(one.base.n, minimum):
            ranks.append(Rank(one.code, None, None, None, None))
        elif is_hidden or any(hidden):
            # A mean rank and the other first choices would tell.
            first = None if is_hidden else one.first
            base = None if is_hidden else one.first_base
            ranks.append(replace(one, mean=None, first=first, first_base=base))
        else:
            ranks.append(one)
    return replace(found, ranks=tuple(ranks))


def coarse_table(found: Crosstab, minimum: int) -> Crosstab | Hidden:
    """A crosstab; its tests are left out where any of its cells is hidden."""
    if not is_shown(found.total.n, minimum):
        return Hidden(minimum)
    counts = [[cell.base.n for cell in row] for row in found.cells]
    is_table = found.association is not None
    if is_table:
        hidden = suppressed(counts, minimum)
        cells, columns = hidden.cells, hidden.column_totals
        rows = hidden.row_totals
    else:
        columns = tuple(not is_shown(base.n, minimum) for base in found.bases)
        cells = tuple(
            tuple(
                off or not is_shown(n, minimum)
                for n, off in zip(row, columns, strict=True)
            )
            for row in counts
        )
        rows = tuple(not is_shown(cell.base.n, minimum) for cell in found.totals)
    any_hidden = any(any(row) for row in cells) or any(rows) or any(columns)

    def shown(cell, is_hidden):
        return (
            replace(cell, base=None, share=None, higher_than="")
            if is_hidden
            else (replace(cell, higher_than="") if any_hidden else cell)
        )

    return replace(
        found,
        bases=tuple(
            None if off else base
            for base, off in zip(found.bases, columns, strict=True)
        ),
        cells=tuple(
            tuple(shown(*pair) for pair in zip(line, off, strict=True))
            for line, off in zip(found.cells, cells, strict=True)
        ),
        totals=tuple(shown(*pair) for pair in zip(found.totals, rows, strict=True)),
        association=None if any_hidden else found.association,
    )

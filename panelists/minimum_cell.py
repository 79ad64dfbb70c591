"""No group of panelists smaller than the panel's minimum cell is ever revealed.

This is the threshold rule of official statistics (A. Hundepool and others, Statistical
Disclosure Control, Wiley 2012, chapters 4 and 5): a cell with fewer people than a
minimum isn't published. Nobody at all is fewer than the minimum, too: that no one of a
group did something is said of everyone in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Count:
    """How many people, as it may be shown. `at_least`: None below the minimum."""

    at_least: int | None
    minimum: int

    @property
    def is_shown(self) -> bool:
        return self.at_least is not None

    def __str__(self) -> str:
        if self.at_least is None:
            return _("fewer than %(minimum)d") % {"minimum": self.minimum}
        return _("at least %(count)d") % {"count": self.at_least}


def is_shown(people: int, minimum: int) -> bool:
    return people >= minimum


def shown_count(people: int, minimum: int) -> int | None:
    """The number rounded down to a multiple of the minimum; None below it.

    For counts that somebody may ask for again with one condition changed: the
    difference between two exact ones would be a group of any size. Steps of the minimum
    itself leave a difference that is nothing or no smaller than what may be shown. That
    one person may tip a count over a step is what rounding can't prevent; conditions
    are therefore coarse, too (bands of ages, whole months).
    """
    return people - people % minimum if is_shown(people, minimum) else None


def counted(people: int, minimum: int) -> Count:
    return Count(shown_count(people, minimum), minimum)


# Tables -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hidden:
    """Which figures of a table aren’t shown. `cells`: by row, then column."""

    cells: tuple[tuple[bool, ...], ...]
    row_totals: tuple[bool, ...]
    column_totals: tuple[bool, ...]
    total: bool


def suppressed(counts: Sequence[Sequence[int]], minimum: int) -> Hidden:
    """What to hide of a table of people, each in one row and one column.

    `counts`: by row, then column, without totals, which are shown beside them. Hidden
    are figures below the minimum, and as few others as it takes that nobody can tell
    from what is left that a hidden figure is below it: for each there is a table with
    the same shown figures in which it is not.

    Where people may be in several rows or columns the totals are no sums, and nothing
    can be computed from them: `is_shown` of each figure is enough there.
    """
    table = _Table(counts, minimum)
    for place in table.small():
        table.protect(place)
    hidden, rows, columns = table.hidden, range(table.rows), range(table.columns)
    return Hidden(
        cells=tuple(tuple((row, one) in hidden for one in columns) for row in rows),
        row_totals=tuple((row, table.columns) in hidden for row in rows),
        column_totals=tuple((table.rows, one) in hidden for one in columns),
        total=(table.rows, table.columns) in hidden,
    )


Place = tuple[int, int]
# A row's node or a column's, in the network whose edges are the figures.
Node = tuple[str, int]


class _Table:
    """The figures with their totals as a network (L. H. Cox, Journal of the American
    Statistical Association 75, 1980; D. Gusfield, SIAM Journal on Computing 17, 1988).

    Rows and columns are nodes, figures are edges. Totals are taken as negative, so that
    each row and each column, the totals' own too, sums to zero: what one figure gains,
    others on a cycle lose and gain in turn.
    """

    def __init__(self, counts: Sequence[Sequence[int]], minimum: int) -> None:
        self.minimum = minimum
        self.rows = len(counts)
        self.columns = max(map(len, counts), default=0)
        body = [list(row) for row in counts]
        # Totals of rows on the right, of columns below, of all in the corner.
        full = [[*row, sum(row)] for row in body]
        full.append([sum(column) for column in zip(*full, strict=True)] or [0])
        self.figures: dict[Place, int] = {
            (row, column): figure
            for row, line in enumerate(full)
            for column, figure in enumerate(line)
        }
        self.everyone = full[-1][-1]
        self.hidden = set(self.small())

    def small(self) -> list[Place]:
        """The figures below the minimum, the largest first."""
        small = [
            place
            for place, figure in self.figures.items()
            if not is_shown(figure, self.minimum)
        ]
        return sorted(small, key=lambda place: (-self.figures[place], place))

    def is_total(self, place: Place) -> bool:
        return (place[0] == self.rows) != (place[1] == self.columns)

    def protect(self, place: Place) -> None:
        """Hide what it takes that the figure could be as large as the minimum."""
        if not is_shown(self.everyone, self.minimum):
            # Nothing is shown that anything could be computed from.
            return
        row, column = ("row", place[0]), ("column", place[1])
        # A total gains what its negative loses.
        start, end = (row, column) if self.is_total(place) else (column, row)
        figures = dict(self.figures)
        while (lacking := self.minimum - figures[place]) > 0:
            path = self.cheapest(figures, place, start, end)
            gain = min(lacking, *(self.room(figures, *step) for step in path))
            for where, is_up in path:
                figures[where] += gain if is_up != self.is_total(where) else -gain
            figures[place] += gain
            self.hidden.update(where for where, _is_up in path)

    def room(self, figures: dict[Place, int], place: Place, is_up: bool) -> float:
        """How far a figure can go: a figure never below nothing, up without end."""
        return inf if is_up != self.is_total(place) else figures[place]

    def cost(self, place: Place) -> float:
        """Of hiding a figure: few ones, small ones, and rather no total."""
        if place in self.hidden:
            return 0
        dear = len(self.figures) if self.is_total(place) else 1
        return dear + self.figures[place] / (self.everyone + 1)

    def cheapest(
        self, figures: dict[Place, int], but: Place, start: Node, end: Node
    ) -> list[tuple[Place, bool]]:
        """The figures from one node to the other (E. W. Dijkstra), and whether the
        signed one goes up. There is a way: with all but the corner hidden, everyone may
        be in one cell."""
        order = count()
        queue = [(0.0, next(order), start, [])]
        seen = set()
        while queue:
            so_far, _order, node, path = heappop(queue)
            if node == end:
                return path
            if node in seen:
                continue
            seen.add(node)
            for place, other, is_up in self.edges(node):
                if (
                    other not in seen
                    and place != but
                    and self.room(figures, place, is_up) > 0
                ):
                    step = (so_far + self.cost(place), next(order), other)
                    heappush(queue, (*step, [*path, (place, is_up)]))
        raise ValueError("The figures of a table don't add up.")

    def edges(self, node: Node) -> Iterator[tuple[Place, Node, bool]]:
        """The figures of a row, which go up on the way to their columns, or of a
        column, which go down; all but everyone's, which stays shown."""
        kind, number = node
        if kind == "row":
            steps = [((number, one), one, True) for one in range(self.columns + 1)]
        else:
            steps = [((one, number), one, False) for one in range(self.rows + 1)]
        other = "column" if kind == "row" else "row"
        for place, one, is_up in steps:
            if place != (self.rows, self.columns):
                yield place, (other, one), is_up

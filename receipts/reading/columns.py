"""The column of amounts: which lines' last amounts stand in it."""

from collections.abc import Sequence
from statistics import median

from receipts.reading.amounts import amounts_in
from receipts.reading.page import Line
from receipts.reading.totals import Labeled

# Neighbours on either side that an amount is compared with: paper bends and tilts, so
# the column is followed from line to line.
NEIGHBOURS = 5
# A column's right edge frays by less than this share of the paper's width.
FRAYED = 0.14


def off_column(
    rows: Sequence[Labeled], lines: Sequence[Line], start: int, end: int
) -> frozenset[int]:
    """Places from `start` to `end` whose last amount ends left of its neighbours'.

    Such an amount is a price in a description or a unit price. The sums below `end`
    are asked where there are few neighbours. Empty where the lines don't match the
    rows.
    """
    if len(lines) != len(rows):
        return frozenset()
    edges = [
        (place, edge)
        for place in range(start, min(len(rows), end + NEIGHBOURS))
        if rows[place].amounts
        and (edge := right_edge(rows[place], lines[place])) is not None
    ]
    inside = [pair for pair in edges if pair[0] < end]
    if len(inside) > NEIGHBOURS:
        edges = inside
    left = min(line.box[0] for line in lines)
    fray = FRAYED * (max(line.box[2] for line in lines) - left)
    found = set()
    for n, (place, edge) in enumerate(edges):
        near = [
            other
            for _place, other in edges[max(0, n - NEIGHBOURS) : n]
            + edges[n + 1 : n + 1 + NEIGHBOURS]
        ]
        column = median(near) if near else edge
        together = sum(abs(other - column) < fray for other in near)
        if place < end and together > len(near) / 2 and edge < column - fray:
            found.add(place)
    # Where most are outside of it, it isn't the items' column.
    return frozenset(found) if 2 * len(found) <= len(inside) else frozenset()


def right_edge(row: Labeled, line: Line) -> float | None:
    """Where the last amount ends, in pixels; None where it isn't the line's own."""
    if line.text != row.text or not amounts_in(row.text):
        return None
    end, start = row.amounts[-1].end, 0
    for word in line.words:
        after = start + len(word.text)
        if end <= after:
            share = max(0.0, (end - start) / max(1, len(word.text)))
            return word.box[0] + share * (word.box[2] - word.box[0])
        start = after + 1
    return line.words[-1].box[2]

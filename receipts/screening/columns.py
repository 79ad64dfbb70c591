"""What stands beside each other on a page, though a reader made lines of their own."""

from collections.abc import Sequence

from receipts.reading.page import Line, Word
from receipts.screening.passages import corners_of
from receipts.screening.rows import Row


def is_of_till(amount: Row, asked: Sequence[Row]) -> bool:
    """Whether an amount stands beside or right below what the till asks for."""
    return any(
        (till.number == amount.number - 1 and not till.has_price)
        or stands_beside(till.line, amount.line)
        for till in asked
    )


def beside(rows: Sequence[Row], taken: set[int]) -> set[int]:
    """Rows that stand beside a taken one: another column, read as a line of its own."""
    found: set[int] = set()
    for number in taken:
        for near in range(max(0, number - 3), min(len(rows), number + 4)):
            if near in taken or near in found:
                continue
            if stands_beside(rows[number].line, rows[near].line):
                found.add(near)
    return found


def stands_beside(one: Line, two: Line) -> bool:
    return any(carried_on(left, right) for left in one.words for right in two.words)


def carried_on(one: Word, two: Word) -> bool:
    """Whether the line of one word meets the other at half height."""
    (x0, y0), (x1, y1), (_x2, _y2), (x3, y3) = corners_of(one)
    left, top, right, bottom = two.box
    if min(right, one.box[2]) > max(left, one.box[0]):
        return False
    slope = (y1 - y0) / (x1 - x0) if x1 - x0 > 1 else 0.0
    there = (y0 + y3) / 2 + slope * ((left + right) / 2 - (x0 + x3) / 2)
    height = min(bottom - top, y3 - y0)
    return abs((top + bottom) / 2 - there) < 0.4 * height

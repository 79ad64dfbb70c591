"""Four-cornered areas: their convex hull, and how much of one others cover."""

from collections.abc import Iterable, Sequence

import numpy as np

from receipts.reading.page import Corners

# Points across and down, at which an area is asked whether it is covered.
ACROSS, DOWN = 12, 6


def hull(points: Iterable[tuple[float, float]]) -> Corners:
    """The corners of the smallest convex area with all points (Andrew's monotone
    chain): a quadrangle drawn with crossing sides is meant whole. Fewer than three
    where the points lie on a line."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    if len(ordered) < 3:
        return tuple(ordered)

    def half(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for point in points:
            while len(chain) > 1 and turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return tuple(half(ordered) + half(reversed(ordered)))


def turn(one, two, three) -> float:
    """Twice the area of the triangle; positive where it turns to the y axis."""
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (
        three[0] - one[0]
    )


def are_inside(points: np.ndarray, corners: Corners) -> np.ndarray:
    """Which of n x 2 points lie in the hull of the corners, or on its edge."""
    area = hull(corners)
    if len(area) < 3:
        return np.zeros(len(points), bool)
    starts = np.array(area)
    sides = np.roll(starts, -1, axis=0) - starts
    to_points = points[:, None, :] - starts[None, :, :]
    crosses = sides[:, 0] * to_points[..., 1] - sides[:, 1] * to_points[..., 0]
    return (crosses >= -1e-9).all(axis=1)


def are_covered(points: np.ndarray, quads: Iterable[Corners]) -> np.ndarray:
    """Which of n x 2 points lie in one of the quads."""
    covered = np.zeros(len(points), bool)
    for quad in quads:
        covered |= are_inside(points, quad)
    return covered


def evenly(count: int) -> np.ndarray:
    """The middles of so many equal parts, from 0 to 1."""
    return (np.arange(count) + 0.5) / count


def grid(corners: Corners, across: np.ndarray, down: np.ndarray) -> np.ndarray:
    """Points of a quad at these places along its text and below its top, from 0 to 1,
    row by row: n x 2."""
    top_left, top_right, bottom_right, bottom_left = np.array(corners, float)
    right, below = across[None, :, None], down[:, None, None]
    top = top_left + (top_right - top_left) * right
    bottom = bottom_left + (bottom_right - bottom_left) * right
    return (top + (bottom - top) * below).reshape(-1, 2)


def share_covered(corners: Corners, quads: Sequence[Corners]) -> float:
    """From 0 to 1: how much of an area lies under the quads."""
    if not quads:
        return 0.0
    points = grid(corners, evenly(ACROSS), evenly(DOWN))
    return float(are_covered(points, quads).mean())


def bounds(corners: Corners) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)

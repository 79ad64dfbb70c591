"""Paint over, for good: flat black into a new picture, and new files from it.

Nothing here changes a picture that it is given, and no file carries metadata.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import atan2, ceil, cos, dist, floor, pi, sin
from pathlib import Path

import numpy as np
from PIL import Image

from receipts.imaging.child import save_page
from receipts.imaging.decode import DecodedPage
from receipts.reading.page import Box, Corners
from receipts.redaction.shapes import bounds, hull

# Added to a text's area, as parts of its letters' height: beside it, where letters are
# taken to be of one width, and above and below, where the next lines are near.
# RapidOCR's boxes have a margin around the ink already, Tesseract's have none.
BESIDE, ABOVE = 0.3, 0.12
# Text that is so many times higher than long runs down the page: no single letter does.
NARROWEST = 3
# Areas of one line with a gap up to this, in heights, become one if their slopes
# differ by less (radians) and the joined one is hardly higher than they are.
GAP, SLOPE, HIGHER = 1.0, 0.15, 1.3


def letter_height(corners: Corners) -> float:
    """In pixels, of the text in an area of four corners."""
    high = (dist(corners[0], corners[3]) + dist(corners[1], corners[2])) / 2
    long = (dist(corners[0], corners[1]) + dist(corners[3], corners[2])) / 2
    return min(high, NARROWEST * long)


def padded(
    corners: Corners, *, beside: float = BESIDE, above: float = ABOVE
) -> Corners:
    """The area with some of its letters' height added on all sides, as it slopes."""
    height = letter_height(corners)
    top_left, top_right, bottom_right, bottom_left = np.array(corners, float)
    along = unit((top_right - top_left) + (bottom_right - bottom_left))
    down = unit((bottom_left - top_left) + (bottom_right - top_right))
    if along is None:
        along = np.array([down[1], -down[0]]) if down is not None else np.array([1, 0])
    if down is None:
        down = np.array([-along[1], along[0]])
    right, below = along * height * beside, down * height * above
    return tuple(
        (float(x), float(y))
        for x, y in (
            top_left - right - below,
            top_right + right - below,
            bottom_right + right + below,
            bottom_left - right + below,
        )
    )


def unit(vector: np.ndarray) -> np.ndarray | None:
    length = float(np.hypot(*vector))
    return vector / length if length > 1e-9 else None


def joined(quads: Iterable[Corners]) -> tuple[Corners, ...]:
    """Areas of one line with hardly anything between them become one: the gap between
    two painted words tells how long they were."""
    whole: list[Corners] = []
    for quad in sorted(quads, key=lambda quad: min(x for x, _y in quad)):
        one = quad
        # What was joined may reach the next one.
        while (mate := mate_of(one, whole)) is not None:
            one = as_one(whole.pop(mate), one)
        whole.append(one)
    return tuple(whole)


def mate_of(quad: Corners, others: Sequence[Corners]) -> int | None:
    return next(
        (n for n, other in enumerate(others) if are_one_line(other, quad)), None
    )


def slope(corners: Corners) -> float:
    """The angle of the text in radians."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    return atan2(y1 - y0 + y2 - y3, x1 - x0 + x2 - x3)


def are_one_line(one: Corners, other: Corners) -> bool:
    if len(one) != 4 or len(other) != 4:
        return False
    heights = letter_height(one), letter_height(other)
    if are_apart(bounds(one), bounds(other), GAP * min(heights)):
        return False
    apart = abs(slope(one) - slope(other)) % (2 * pi)
    if min(apart, 2 * pi - apart) > SLOPE:
        return False
    angle = line_angle(one, other)
    a, b = levelled(one, angle), levelled(other, angle)
    gap = max(a[:, 0].min(), b[:, 0].min()) - min(a[:, 0].max(), b[:, 0].max())
    high = np.ptp(np.concatenate([a, b])[:, 1])
    highest = max(np.ptp(a[:, 1]), np.ptp(b[:, 1]))
    return bool(gap <= GAP * min(heights) and high <= HIGHER * highest)


def are_apart(one: Box, other: Box, reach: float) -> bool:
    return (
        max(one[0], other[0]) - min(one[2], other[2]) > reach
        or max(one[1], other[1]) - min(one[3], other[3]) > reach
    )


def line_angle(one: Corners, other: Corners) -> float:
    """The slope of the longer of two, which is better known."""
    return slope(max(one, other, key=lambda quad: dist(quad[0], quad[1])))


def levelled(corners: Corners, angle: float) -> np.ndarray:
    """n x 2, turned so that a text of this angle is level."""
    turn = np.array([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]])
    return np.array(corners, float) @ turn


def as_one(one: Corners, other: Corners) -> Corners:
    """The smallest area with both, as the text slopes."""
    angle = line_angle(one, other)
    points = np.concatenate([levelled(one, angle), levelled(other, angle)])
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    back = np.array([[cos(angle), sin(angle)], [-sin(angle), cos(angle)]])
    level = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return tuple((float(x), float(y)) for x, y in level @ back)


def painted(
    image: Image.Image, quads: Iterable[Corners], *, color="black"
) -> Image.Image:
    """A new RGB picture with the areas in flat black; small gaps on a line go too.

    An area with crossing sides is painted whole, and so is every pixel that it touches.
    What lies outside the picture is left out.
    """
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))  # no EXIF, profile or comment comes along
    for quad in joined(quads):
        for row, left, right in pixels_of(hull(quad), *image.size):
            clean.paste(color, (left, row, right, row + 1))
    return clean


def pixels_of(area: Corners, width: int, height: int) -> Iterator[tuple[int, int, int]]:
    """Row, first column and the one after the last, of the pixels of a picture that a
    convex area touches. Pillow's polygons leave some of an edge's pixels out."""
    ys = [y for _x, y in area]
    sides = list(zip(area, (*area[1:], *area[:1]), strict=True))
    first, last = (
        max(0, floor(min(ys, default=0))),
        min(height, ceil(max(ys, default=0))),
    )
    for row in range(first, last):
        xs = [x for x, y in area if row <= y <= row + 1]
        for (x0, y0), (x1, y1) in sides:
            xs += [
                x0 + (x1 - x0) * (level - y0) / (y1 - y0)
                for level in (row, row + 1)
                if min(y0, y1) < level < max(y0, y1)
            ]
        left, right = max(0, floor(min(xs))), min(width, ceil(max(xs)))
        if left < right:
            yield row, left, right


def write_page(image: Image.Image, folder: Path, *, number: int = 0) -> DecodedPage:
    """Write the page and a fresh thumbnail into a folder, as the decoder does: JPEG
    files without metadata. Earlier ones of the same number are replaced."""
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    save_page(clean, str(folder), number)
    return DecodedPage(
        path=folder / f"page-{number}.jpg",
        thumbnail=folder / f"thumb-{number}.jpg",
        width=image.width,
        height=image.height,
    )

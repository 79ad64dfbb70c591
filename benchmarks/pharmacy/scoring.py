"""How much of what must be painted over is painted over, by pixels.

Judged by the truth alone: nothing is read again.

Painted is what is flat and black in the redacted picture: at most `BLACK` in every
channel, over a square of `FLAT` pixels at least, so that no letter's stroke counts. A
pixel beside it counts too, since JPEG softens the edge of a bar.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from benchmarks.pharmacy.truth import Polygon, Span

BLACK, FLAT = 44, 7
# A span is covered from this share of its letters' area on.
COVERED = 0.95
# A letter can be read when more than half of it is bare; a span when so many letters
# on end can be, or this share of them.
BARE, ON_END, PART = 0.5, 4, 1 / 3
# Of a span's height: how far its line reaches above and below it.
LINE_RIM = 0.5

Mask = np.ndarray


@dataclass(frozen=True)
class SpanScore:
    """`coverage` from 0 to 1; `is_readable` where a person could still read it."""

    kind: str
    text: str
    coverage: float
    is_readable: bool

    @property
    def is_covered(self) -> bool:
        return self.coverage >= COVERED


@dataclass(frozen=True)
class PaintScore:
    """Pixels painted, and of them those on lines with a span, and on spans."""

    painted: int
    on_lines: int
    on_spans: int


def painted_mask(redacted: Image.Image) -> Mask:
    """Where the redacted picture is flat black."""
    pixels = np.asarray(redacted.convert("RGB"))
    black = (pixels.max(axis=2) <= BLACK).astype(np.uint8)
    flat = cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones((FLAT, FLAT), np.uint8))
    return cv2.dilate(flat, np.ones((3, 3), np.uint8)).astype(bool)


def newly_painted(redacted: Image.Image, original: Image.Image) -> Mask:
    """`painted_mask` without what was black before, as a dark table is."""
    return painted_mask(redacted) & ~painted_mask(original)


def mask_of(polygons: Iterable[Sequence], size: tuple[int, int]) -> Mask:
    """The union of polygons in a picture of that width and height."""
    mask = np.zeros((size[1], size[0]), np.uint8)
    for polygon in polygons:
        # Sixteenths of a pixel: `shift` takes fixed-point corners.
        points = np.round(np.array(polygon, np.float64) * 16).astype(np.int32)
        cv2.fillPoly(mask, [points], 1, cv2.LINE_8, 4)
    return mask.astype(bool)


def score_span(span: Span, painted: Mask) -> SpanScore:
    size = (painted.shape[1], painted.shape[0])
    left, top, right, bottom = bounds(span.characters, size)
    window = painted[top:bottom, left:right]
    total = covered = 0
    bare: list[bool] = []
    for character in span.characters:
        moved = [(x - left, y - top) for x, y in character]
        mask = mask_of([moved], (right - left, bottom - top))
        area, under = int(mask.sum()), int((mask & window).sum())
        total, covered = total + area, covered + under
        bare.append(area == 0 or under < area * (1 - BARE))
    is_readable = longest_run(bare) >= ON_END or (
        sum(bare) >= PART * len(bare) and any(bare)
    )
    coverage = covered / total if total else 0.0
    return SpanScore(span.kind, span.text, coverage, is_readable)


def bounds(polygons: Iterable[Polygon], size: tuple[int, int]):
    """The pixels around them, cut to the picture."""
    points = np.array([point for polygon in polygons for point in polygon])
    low, high = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0)) + 1
    left, top = np.clip(low, 0, np.array(size) - 1).astype(int)
    right, bottom = np.clip(high, 1, size).astype(int)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def longest_run(values: Iterable[bool]) -> int:
    longest = current = 0
    for value in values:
        current = current + 1 if value else 0
        longest = max(longest, current)
    return longest


def line_of(polygon: Polygon, width: int) -> Polygon:
    """The span's line from edge to edge of the picture, with a rim."""
    corners = np.array(polygon, np.float64)
    along = corners[1] - corners[0] + corners[2] - corners[3]
    along /= max(1e-9, float(np.hypot(*along)))
    down = (corners[3] - corners[0] + corners[2] - corners[1]) / 2
    top, bottom = corners[0] - LINE_RIM * down, corners[3] + LINE_RIM * down
    far = along * 2 * width
    return tuple(
        (float(x), float(y))
        for x, y in (top - far, top + far, bottom + far, bottom - far)
    )


def score_paint(spans: Sequence[Span], painted: Mask) -> PaintScore:
    size = (painted.shape[1], painted.shape[0])
    lines = mask_of((line_of(span.polygon, size[0]) for span in spans), size)
    exact = mask_of((one for span in spans for one in span.characters), size)
    return PaintScore(
        int(painted.sum()),
        int((painted & lines).sum()),
        int((painted & exact).sum()),
    )

"""What till, time, hand and camera do to paper, to pixels and to points alike.

`Bend` is the paper's own shape (curl, folds, crumples), `Look` the camera's (turn,
perspective, scale). A picture is made through both, and so is every point of a span, so
that the truth is exact to a fraction of a pixel.
"""

import random
from dataclasses import dataclass

import cv2
import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Wave:
    """A displacement of `height` pixels along one axis, by the place on the other."""

    is_vertical: bool
    height: float
    length: float
    phase: float

    def shift(self, x: Array, y: Array) -> tuple[Array, Array]:
        along = x if self.is_vertical else y
        moved = self.height * np.sin(2 * np.pi * along / self.length + self.phase)
        return (0 * x, moved) if self.is_vertical else (moved, 0 * y)


@dataclass(frozen=True)
class Bend:
    """Where the camera sees a place of the flat paper: itself plus all waves."""

    waves: tuple[Wave, ...] = ()

    def source(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The flat paper's place that is seen at (x, y)."""
        dx, dy = np.zeros_like(x), np.zeros_like(y)
        for wave in self.waves:
            a, b = wave.shift(x, y)
            dx, dy = dx + a, dy + b
        return x + dx, y + dy

    def seen(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The inverse of `source`, by iteration: waves are longer than high."""
        u, v = x.copy(), y.copy()
        for _round in range(12):
            a, b = self.source(u, v)
            u, v = u - (a - x), v - (b - y)
        return u, v


@dataclass(frozen=True)
class Look:
    """A homography from the bent paper to the picture, and the picture's size."""

    matrix: Array
    size: tuple[int, int]

    def points(self, x: Array, y: Array) -> tuple[Array, Array]:
        h = self.matrix
        w = h[2, 0] * x + h[2, 1] * y + h[2, 2]
        return (
            (h[0, 0] * x + h[0, 1] * y + h[0, 2]) / w,
            (h[1, 0] * x + h[1, 1] * y + h[1, 2]) / w,
        )


def some_bend(size: tuple[int, int], strength: float, rng: random.Random) -> Bend:
    width, height = size
    waves = []
    if strength and rng.random() < 0.7:
        waves.append(
            Wave(
                True,
                rng.uniform(2, 11) * strength * width / 700,
                width * rng.uniform(0.9, 2.6),
                rng.uniform(0, 6.28),
            )
        )
    if strength and rng.random() < 0.5:
        waves.append(
            Wave(
                False,
                rng.uniform(2, 9) * strength * width / 700,
                height * rng.uniform(0.5, 1.6),
                rng.uniform(0, 6.28),
            )
        )
    if strength and rng.random() < 0.3:
        waves.append(
            Wave(True, rng.uniform(0.5, 1.8), rng.uniform(120, 260), rng.uniform(0, 6))
        )
    return Bend(tuple(waves))


def some_look(
    size: tuple[int, int],
    rng: random.Random,
    *,
    turn: float,
    perspective: float,
    scale: float,
    stretch: float = 1.0,
    margin: tuple[float, float] = (0.03, 0.16),
) -> Look:
    """The paper turned (degrees), tilted (shares of its width), with a rim around it.

    A negative rim cuts into the paper's own margin, as a careless crop does.
    """
    width, height = size
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    goal = corners * (scale * stretch, scale)
    wide = width * scale * stretch
    for corner in goal:
        corner += (
            np.array([rng.uniform(-1, 1), rng.uniform(-1, 1)]) * perspective * wide
        )
    angle = np.radians(turn)
    spin = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    goal = goal @ spin.T
    rims = [rng.uniform(*margin) * wide for _side in range(4)]
    goal -= goal.min(axis=0) - (rims[0], rims[1])
    right, bottom = goal.max(axis=0) + np.array(rims[2:])
    matrix = cv2.getPerspectiveTransform(
        corners.astype(np.float32), goal.astype(np.float32)
    )
    return Look(matrix.astype(np.float64), (int(right), int(bottom)))


def photographed(paper: Array, bend: Bend, look: Look, backdrop: Array) -> Array:
    """The paper (height x width x 3, 0 to 255) on the backdrop, as float32."""
    width, height = look.size
    u, v = np.meshgrid(
        np.arange(width, dtype=np.float64), np.arange(height, dtype=np.float64)
    )
    back = Look(np.linalg.inv(look.matrix), look.size)
    x, y = bend.source(*back.points(u, v))
    x, y = x.astype(np.float32), y.astype(np.float32)
    seen = cv2.remap(paper, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    rows, columns = paper.shape[:2]
    inside = np.minimum.reduce([x + 0.5, y + 0.5, columns - 0.5 - x, rows - 0.5 - y])
    cover = np.clip(inside, 0, 1)[..., None].astype(np.float32)
    near = cv2.GaussianBlur(cover, (0, 0), 9)[..., None]
    shaded = backdrop * (1 - 0.35 * near)
    return seen.astype(np.float32) * cover + shaded * (1 - cover)


def placed(x: Array, y: Array, bend: Bend, look: Look) -> tuple[Array, Array]:
    """Points of the flat paper, in the picture."""
    return look.points(*bend.seen(x, y))


# What the printer does: `paper` is float32, `white` its colour.


def smooth_noise(shape: tuple[int, int], cell: float, arrays) -> Array:
    """Values of about -1 to 1 that change over `cell` pixels."""
    rows, columns = max(2, int(shape[0] / cell) + 2), max(2, int(shape[1] / cell) + 2)
    coarse = arrays.uniform(-1, 1, (rows, columns)).astype(np.float32)
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def faded(paper: Array, white: Array, least: float, arrays) -> Array:
    """Thermal print that has lost its black here more, there less."""
    noise = smooth_noise(paper.shape[:2], paper.shape[1] * 0.6, arrays)
    keep = np.clip(least + (1 - least) * (0.5 + 0.5 * noise), least, 1)[..., None]
    return white + (paper - white) * keep


def streaked(paper: Array, white: Array, count: int, arrays) -> Array:
    """A dead dot of the print head leaves a thin line along the paper."""
    paper = paper.copy()
    for at in arrays.integers(20, paper.shape[1] - 20, count):
        lost = arrays.uniform(0.5, 0.95)
        paper[:, at : at + 1] = white * lost + paper[:, at : at + 1] * (1 - lost)
    return paper


def banded(paper: Array, white: Array, arrays) -> Array:
    """Uneven feed: every so many rows are lighter."""
    rows = np.arange(paper.shape[0])
    period = arrays.uniform(9, 30)
    light = 0.22 * (np.sin(2 * np.pi * rows / period) > 0.75)
    return white + (paper - white) * (1 - light)[:, None, None].astype(np.float32)


def dotted(paper: Array, white: Array, pitch: float) -> Array:
    """The gaps between the needles of a dot-matrix printer."""
    rows, columns = np.arange(paper.shape[0]), np.arange(paper.shape[1])
    a = 0.5 + 0.5 * np.cos(2 * np.pi * rows / pitch)
    b = 0.5 + 0.5 * np.cos(2 * np.pi * columns / pitch)
    keep = (1 - 0.45 * a)[:, None] * (1 - 0.35 * b)[None, :]
    return white + (paper - white) * keep[..., None].astype(np.float32)


def patchy(paper: Array, white: Array, arrays) -> Array:
    """Toner or ribbon that didn't reach every fibre."""
    grain = arrays.normal(0, 1, paper.shape[:2]).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), 1.1) * 2.6
    keep = np.clip(0.92 + 0.16 * grain, 0.45, 1)[..., None]
    return white + (paper - white) * keep


# What hand and light do.


def crumpled(picture: Array, strength: float, arrays) -> Array:
    """Facets of light and dark, with creases between them."""
    shape = picture.shape[:2]
    light = np.zeros(shape, np.float32)
    for _crease in range(int(4 + 8 * strength)):
        angle = arrays.uniform(0, np.pi)
        y, x = np.ogrid[: shape[0], : shape[1]]
        far = (
            (x - arrays.uniform(0, shape[1])) * np.cos(angle)
            + (y - arrays.uniform(0, shape[0])) * np.sin(angle)
        ).astype(np.float32)
        side = 1 / (1 + np.exp(-np.clip(far / 5, -30, 30)))
        fall = np.exp(-np.abs(far) / arrays.uniform(60, 220))
        light += arrays.uniform(-1, 1) * side * fall
        light += arrays.uniform(0, 0.5) * np.exp(-((far / 2) ** 2))
    light += 0.5 * smooth_noise(shape, 90, arrays)
    return picture * (1 + 0.09 * strength * light)[..., None]


def folded(picture: Array, arrays) -> Array:
    """A sharp fold across: lighter above, darker below, worn at the edge."""
    rows = np.arange(picture.shape[0], dtype=np.float32)
    far = rows - arrays.uniform(0.15, 0.85) * picture.shape[0]
    tone = 1 - 0.1 * np.exp(-np.abs(far) / 90) * np.sign(far)
    tone += 0.1 * np.exp(-((far / 1.8) ** 2))
    return picture * tone[:, None, None]


def lit(picture: Array, slope: float, shadow: float, arrays) -> Array:
    """A falloff across, and the soft edge of a shadow of that depth."""
    height, width = picture.shape[:2]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    a, b = arrays.uniform(-1, 1, 2)
    light = 1 + slope * (a * x + b * y)
    if shadow:
        turn = arrays.uniform(0, 6.28)
        far = x * np.cos(turn) + y * np.sin(turn) - arrays.uniform(-0.4, 0.7)
        light = light * (1 - shadow / (1 + np.exp(-far * arrays.uniform(5, 25))))
    return picture * light[..., None]


def stained(picture: Array, arrays) -> Array:
    """A ring that a cup left."""
    height, width = picture.shape[:2]
    y, x = np.ogrid[:height, :width]
    radius = arrays.uniform(0.1, 0.2) * width
    far = np.hypot(x - arrays.uniform(0, width), y - arrays.uniform(0, height)) - radius
    ring = np.exp(-((far / arrays.uniform(3, 9)) ** 2)).astype(np.float32)[..., None]
    return picture * (1 - ring * np.array([0.16, 0.24, 0.36], np.float32))


def blurred(picture: Array, radius: float, motion: int, angle: float) -> Array:
    """Out of focus by `radius`, moved by `motion` pixels."""
    if radius > 0.15:
        picture = cv2.GaussianBlur(picture, (0, 0), radius)
    if motion > 1:
        kernel = np.zeros((motion, motion), np.float32)
        kernel[motion // 2] = 1
        middle = ((motion - 1) / 2, (motion - 1) / 2)
        spin = cv2.getRotationMatrix2D(middle, angle, 1)
        kernel = cv2.warpAffine(kernel, spin, (motion, motion))
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    return picture


# What lies below the paper.


def some_backdrop(size: tuple[int, int], rng: random.Random, arrays) -> Array:
    """Table, cloth, stone or scanner, as float32."""
    width, height = size
    kind = rng.choice(("wood", "wood", "plain", "cloth", "stone", "dark"))
    if kind == "wood":
        base = np.array(rng.choice(((120, 84, 52), (168, 130, 92), (88, 62, 44))))
        grain = smooth_noise((height, width), 70, arrays)
        lines = np.sin(
            np.linspace(0, rng.uniform(20, 60), height)[:, None] + 2.5 * grain
        )
        tone = lines * 10 + arrays.normal(0, 3, (height, width))
    elif kind == "cloth":
        base = np.array([rng.randint(60, 190) for _c in range(3)])
        y, x = np.ogrid[:height, :width]
        tone = 9 * np.sin(x / 1.7) + 9 * np.sin(y / 1.7)
        tone = tone + arrays.normal(0, 5, (height, width))
    elif kind == "stone":
        base = np.array([rng.randint(130, 200)] * 3)
        tone = smooth_noise((height, width), 14, arrays) * 14
        tone = tone + arrays.normal(0, 7, (height, width))
    else:
        low, high = (20, 60) if kind == "dark" else (90, 210)
        base = np.array([rng.randint(low, high) for _c in range(3)])
        tone = smooth_noise((height, width), 200, arrays) * 9
    return np.clip(base[None, None, :] + tone[..., None], 0, 255).astype(np.float32)

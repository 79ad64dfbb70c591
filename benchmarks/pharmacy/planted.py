"""Real photos on which a few lines are replaced by lines that must be painted over.

Where lines of text stand is asked of the reader; their place, slope, height, width of
letters, ink, sharpness and grain are taken from the photo, so that what is planted
looks printed with the rest. Nothing of the real receipts is kept.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageOps

from benchmarks.pharmacy import drugs, people
from benchmarks.pharmacy.layouts.cards import BRANDS, end, written
from benchmarks.pharmacy.layouts.registry import expiry, money, pan, rx
from benchmarks.pharmacy.layouts.tills import copay, number
from benchmarks.pharmacy.numbers import card_number, digits
from benchmarks.pharmacy.paper import Mark, Part, font, joined, mark_of, pieces_of
from benchmarks.pharmacy.truth import Polygon, Sample, Span
from receipts.reading.readers import load_readers, reading_size

# Letters are drawn so high, in pixels, and then fitted into the photo.
DRAWN = 64
# A line is used if its letters are at least so high: lower ones nobody can read.
LOWEST = 12
# A letter's width by its line's height: from the first on it isn't squeezed, below the
# second it could not be read.
WIDE_ENOUGH, NARROWEST = 0.45, 0.3
FACES = ("mono", "mono", "console", "narrow", "condensed")


class NoPlace(ValueError):
    """The reader found no line that could be replaced."""


@dataclass(frozen=True)
class Place:
    """A printed line: its corners from the top left clockwise, and its letters."""

    corners: np.ndarray
    letters: int

    @property
    def along(self) -> np.ndarray:
        return (
            self.corners[1] - self.corners[0] + self.corners[2] - self.corners[3]
        ) / 2

    @property
    def down(self) -> np.ndarray:
        return (
            self.corners[3] - self.corners[0] + self.corners[2] - self.corners[1]
        ) / 2

    @property
    def length(self) -> float:
        return float(np.hypot(*self.along))

    @property
    def height(self) -> float:
        return float(np.hypot(*self.down))

    def begun_at(self, x: float) -> "Place":
        """The same line from another place on, as it slopes."""
        shift = self.along / self.along[0] * (x - self.corners[0][0])
        return Place(self.corners + shift, self.letters)


@cache
def reader():
    return load_readers().first


def plant(path: Path, seed: int) -> Sample:
    """A real photo with a prescription, a card number or both. Raises `NoPlace`."""
    rng = random.Random(f"{seed}/{path.name}")
    with Image.open(path) as file:
        image = reading_size(ImageOps.exif_transpose(file))
    places = places_in(reader().read(image).lines)
    return planted(image, places, rng)


def places_in(lines) -> list[Place]:
    """The lines that stand upright, from top to bottom."""
    places = []
    for line in lines:
        first, last = line.words[0], line.words[-1]
        if first.corners is None or last.corners is None:
            continue
        a, b = np.array(first.corners, float), np.array(last.corners, float)
        corners = np.array([a[0], b[1], b[2], a[3]])
        place = Place(corners, len(line.text))
        is_level = place.along[0] > 0 and abs(place.along[1]) < 0.35 * place.along[0]
        if is_level and place.height >= LOWEST and place.letters >= 3:
            places.append(place)
    return places


def planted(image: Image.Image, places: Sequence[Place], rng: random.Random) -> Sample:
    """Replace lines of the picture. Raises `NoPlace`."""
    pixels = np.asarray(image.convert("RGB")).astype(np.float32)
    wanted = rng.choice(("prescription", "card", "both", "both"))
    spans: list[Span] = []
    taken: set[int] = set()
    if wanted != "card":
        lines = prescription_lines(rng)
        spans += replace(pixels, places, lines, taken, (0.15, 0.6), rng)
    if wanted != "prescription":
        spans += replace(pixels, places, card_lines(rng), taken, (0.5, 0.9), rng)
    if not spans:
        raise NoPlace
    done = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return Sample(done, tuple(spans), False, f"planted {wanted}")


def prescription_lines(rng: random.Random) -> list[tuple[Part, ...]]:
    """Two to four lines that belong together, the first with the number or the drug."""
    medicine = drugs.some_medicine(rng)
    name = rx(drugs.printed(medicine, rng, width=26))
    price = rx(money(copay(rng) + 1))
    count = rx(drugs.amount(medicine.quantity))
    more = [
        ("QTY ", count, " REFILLS ", rx(str(rng.randint(0, 9)))),
        ("QTY: ", count, " DAYS: ", rx("30")),
        ("MD: ", rx(people.prescriber_name(rng).upper()[:20])),
        ("PATIENT: ", rx(people.some_person(rng).surname_first.upper())),
        (rx("RX COPAY"), "  ", price),
    ]
    start = rng.choice(
        (
            [("RX# ", rx(number(rng))), (name,)],
            [("RX ", rx(number(rng)), "  ", price), (name,)],
            [(name, "  ", price), ("RX NBR ", rx(number(rng)))],
            [(rx("PRESCRIPTION"), "  ", price), ("RX:", rx(number(rng)))],
        )
    )
    return start + rng.sample(more, rng.randint(0, 2))


def card_lines(rng: random.Random) -> list[tuple[Part, ...]]:
    brand = rng.choice(BRANDS)
    full = pan(written(card_number(rng, brand), rng))
    term = rng.choice(("EXP ", "EXP: ", "EXP DATE ", "VALID THRU "))
    return rng.choice(
        (
            [(full,)],
            [(f"{brand} ", full)],
            [("CARD# ", full), (term, expiry(end(rng)))],
            [(f"{brand} CARD",), (full,), (term, expiry(end(rng)))],
            [("ACCT ", full), (term, expiry(end(rng)), f" AUTH {digits(rng, 6)}")],
        )
    )


def replace(
    pixels: np.ndarray,
    places: Sequence[Place],
    lines: Sequence[Sequence[Part]],
    taken: set[int],
    region: tuple[float, float],
    rng: random.Random,
) -> list[Span]:
    """Write the lines over printed ones that follow each other, where they fit best."""
    starts = [
        start
        for start in range(len(places) - len(lines) + 1)
        if taken.isdisjoint(range(start - 1, start + len(lines) + 1))
        and are_alike(places[start : start + len(lines)])
    ]
    if not starts:
        return []
    height = pixels.shape[0]
    inside = [
        start
        for start in starts
        if region[0] <= places[start].corners[0][1] / height <= region[1]
    ]
    some = rng.sample(inside or starts, min(8, len(inside or starts)))
    # Where the paper is too narrow for the longest line, its letters would be too.
    some.sort(key=lambda at: -min(letter_room(places, at, lines), WIDE_ENOUGH))
    for start in some:
        low, high = edges_near(places, start, len(lines))
        block = places[start : start + len(lines)]
        shape = float(
            np.median([one.length / one.letters / one.height for one in block])
        )
        left = max(low, min(place.corners[0][0] for place in block))
        tallest = max(place.height for place in block)
        if max(map(length_of, lines)) * shape * tallest > high - left:
            left = low
        moved = [place.begun_at(left) for place in block]
        looks = [looked_at(pixels, place) for place in block]
        if letter_room(places, start, lines) >= NARROWEST and all(
            is_on_paper(pixels, place, high - left, look)
            for place, look in zip(moved, looks, strict=True)
        ):
            break
    else:
        return []
    taken.update(range(start, start + len(lines)))
    face = rng.choice(FACES)
    for place, look in zip(block, looks, strict=True):
        erase(pixels, place, look)
    return [
        span
        for place, parts, look in zip(moved, lines, looks, strict=True)
        for span in write_at(pixels, place, parts, shape, high - left, face, look, rng)
    ]


def is_on_paper(pixels: np.ndarray, place: Place, length: float, look: "Look") -> bool:
    """All along the line it is as light as paper is there, not table or finger."""
    unit, normal = place.along / place.length, place.down / 2
    least = look.ink.mean() + 0.6 * (look.paper.mean() - look.ink.mean())
    reach = max(2, int(place.height / 2))
    for far in np.arange(0, length, place.height):
        x, y = (place.corners[0] + unit * far + normal).astype(int)
        near = pixels[max(0, y - reach) : y + reach, max(0, x - reach) : x + reach]
        if not near.size or np.percentile(near.mean(axis=2), 80) < least:
            return False
    return True


def length_of(parts: Sequence[Part]) -> int:
    return sum(len(one if isinstance(one, str) else one.text) for one in parts)


def edges_near(places: Sequence[Place], start: int, count: int) -> tuple[float, float]:
    """Between which columns the lines around stand: there, there is paper."""
    near = places[max(0, start - 4) : start + count + 4]
    return (
        float(np.percentile([place.corners[0][0] for place in near], 20)),
        float(np.percentile([place.corners[1][0] for place in near], 85)),
    )


def letter_room(places: Sequence[Place], start: int, lines: Sequence) -> float:
    """The width that a letter of the longest line may have, by the line's height."""
    low, high = edges_near(places, start, len(lines))
    tallest = max(place.height for place in places[start : start + len(lines)])
    return (high - low) / max(map(length_of, lines)) / tallest


def are_alike(places: Sequence[Place]) -> bool:
    """Lines of one print, one below the other."""
    heights = [place.height for place in places]
    tops = [place.corners[0][1] for place in places]
    steps = np.diff(tops)
    return max(heights) < 1.6 * min(heights) and (
        len(places) == 1
        or (steps.min() > 0.8 * max(heights) and steps.max() < 4 * max(heights))
    )


def write_at(
    pixels: np.ndarray,
    place: Place,
    parts: Sequence[Part],
    shape: float,
    room: float,
    face: str,
    look: "Look",
    rng: random.Random,
) -> list[Span]:
    """Print the parts along a line. `shape`: a letter's width by the line's height."""
    drawn, marks = flat_line(parts, face)
    # The reader's box has a rim around the letters; the drawn line has none.
    unit = place.along / place.length
    normal = place.down / place.height
    high = place.height * 0.80
    top_left = place.corners[0] + normal * place.height * 0.10
    letter = np.clip(shape * place.height, 0.38 * high, 0.75 * high)
    wide = min(letter * length_of(parts), room)
    target = np.array(
        [
            top_left,
            top_left + unit * wide,
            top_left + unit * wide + normal * high,
            top_left + normal * high,
        ]
    )
    rows, columns = drawn.shape
    source = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    print_ink(pixels, drawn, matrix, look, high, rng)
    return [span_of(mark, matrix) for mark in marks]


def flat_line(parts: Sequence[Part], face: str) -> tuple[np.ndarray, list[Mark]]:
    """Ink from 0 to 1, cut to the letters' height; marks in its pixels."""
    letters = font(face, DRAWN, False)
    pieces = pieces_of(parts)
    width = int(sum(letters.getlength(piece.text) for piece in pieces)) + 2
    _left, top, _right, bottom = letters.getbbox("HXg0")
    canvas = Image.new("L", (width, bottom - top + 1), 0)
    draw = ImageDraw.Draw(canvas)
    marks, x = [], 0.0
    for piece in joined(pieces):
        draw.text((x, -top), piece.text, 255, letters)
        if piece.kind:
            marks.append(mark_of(piece, x, -top, letters))
        x += letters.getlength(piece.text)
    return np.asarray(canvas).astype(np.float32) / 255, marks


@dataclass(frozen=True)
class Look:
    """How the line is printed: colours, softness of edges in pixels, grain."""

    ink: np.ndarray
    paper: np.ndarray
    softness: float
    grain: float
    threshold: float


def box_of(place: Place, shape, rim: float = 0.0) -> tuple[int, int, int, int]:
    grow = place.height * rim
    left, top = np.floor(place.corners.min(axis=0) - grow).astype(int)
    right, bottom = np.ceil(place.corners.max(axis=0) + grow).astype(int)
    return max(0, left), max(0, top), min(shape[1], right), min(shape[0], bottom)


def looked_at(pixels: np.ndarray, place: Place) -> Look:
    left, top, right, bottom = box_of(place, pixels.shape)
    crop = pixels[top:bottom, left:right]
    gray = crop.mean(axis=2)
    dark, light = np.percentile(gray, (4, 75))
    threshold = (dark + light) / 2
    ink = crop[gray <= np.percentile(gray, 5)].mean(axis=0)
    paper = np.median(crop[gray >= threshold], axis=0)
    gradient = np.hypot(cv2.Sobel(gray, -1, 1, 0) / 8, cv2.Sobel(gray, -1, 0, 1) / 8)
    steepest = max(1.0, float(np.percentile(gradient, 98)))
    # A blurred edge's slope is its height over the blur's width and sqrt(2 pi).
    softness = float(np.clip((light - dark) / steepest / 2.507 - 0.5, 0.4, 3.0))
    blank = gray >= light - 0.15 * (light - dark)
    rough = gray - cv2.GaussianBlur(gray, (0, 0), 1.5)
    grain = float(np.median(np.abs(rough[blank]))) * 1.48 if blank.any() else 1.0
    return Look(ink, paper, softness, min(grain, 8.0), threshold)


def erase(pixels: np.ndarray, place: Place, look: Look) -> None:
    """Paper from around the ink grows into it, with the paper's own grain."""
    left, top, right, bottom = box_of(place, pixels.shape, 0.25)
    crop = pixels[top:bottom, left:right]
    local = place.corners - (left, top)
    whole = np.zeros(crop.shape[:2], np.uint8)
    middle = local.mean(axis=0)
    grown = middle + (local - middle) * (1.02, 1.12)
    cv2.fillPoly(whole, [np.round(grown).astype(np.int32)], 1)
    gray = crop.mean(axis=2)
    cut = look.paper.mean() - 0.25 * (look.paper.mean() - look.ink.mean())
    ink = ((gray < cut) & (whole > 0)).astype(np.uint8)
    reach = max(3, int(place.height * 0.18) | 1)
    ink = cv2.dilate(ink, np.ones((reach, reach), np.uint8)) & whole
    clean = cv2.inpaint(
        np.clip(crop, 0, 255).astype(np.uint8), ink, 5, cv2.INPAINT_TELEA
    )
    clean = cv2.GaussianBlur(clean.astype(np.float32), (0, 0), 1.2)
    crop[ink > 0] = clean[ink > 0]
    noise = np.random.default_rng(int(place.corners.sum() * 16)).normal(
        0, look.grain, crop.shape[:2]
    )
    crop[ink > 0] += noise[ink > 0][:, None]


def print_ink(pixels, drawn, matrix, look: Look, high: float, rng) -> None:
    """Blend the ink in, as soft and as uneven as the line that stood there."""
    rows, columns = drawn.shape
    corners = np.array([[(0, 0), (columns, 0), (columns, rows), (0, rows)]], np.float32)
    seen = cv2.perspectiveTransform(corners, matrix)[0]
    rim = 6
    left, top = np.maximum(0, np.floor(seen.min(axis=0)).astype(int) - rim)
    right, bottom = np.ceil(seen.max(axis=0)).astype(int) + rim
    right, bottom = min(right, pixels.shape[1]), min(bottom, pixels.shape[0])
    shift = np.array([(1, 0, -left), (0, 1, -top), (0, 0, 1)], np.float64)
    # Reducing without this would leave gaps in thin strokes.
    soft = cv2.GaussianBlur(drawn, (0, 0), max(0.3, 0.35 * DRAWN / high))
    cover = cv2.warpPerspective(
        soft,
        shift @ matrix,
        (int(right - left), int(bottom - top)),
        flags=cv2.INTER_AREA,
    )
    # Thermal letters are bolder than a screen font's.
    cover = np.clip(cover * rng.uniform(1.15, 1.5), 0, 1)
    cover = cv2.GaussianBlur(cover, (0, 0), look.softness)
    cover = np.clip(cover * (1 + 0.35 * look.softness), 0, 1)[..., None]
    crop = pixels[top:bottom, left:right]
    ink = look.ink + np.random.default_rng(rng.getrandbits(32)).normal(
        0, look.grain, crop.shape[:2]
    )[..., None].astype(np.float32)
    crop[:] = crop * (1 - cover) + ink * cover


def span_of(mark: Mark, matrix: np.ndarray) -> Span:
    def seen(box) -> Polygon:
        left, top, right, bottom = box
        corners = [[(left, top), (right, top), (right, bottom), (left, bottom)]]
        points = cv2.perspectiveTransform(np.array(corners, np.float64), matrix)[0]
        return tuple((float(x), float(y)) for x, y in points)

    first, last = mark.boxes[0], mark.boxes[-1]
    whole = seen((first[0], first[1], last[2], last[3]))
    return Span(mark.kind, mark.text, whole, tuple(seen(box) for box in mark.boxes))

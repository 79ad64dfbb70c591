"""Samples by seed: a layout is drawn flat, then worn and photographed."""

import io
import random
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from PIL import Image

from benchmarks.pharmacy import flaws
from benchmarks.pharmacy.layouts import LAYOUTS
from benchmarks.pharmacy.paper import Mark, Sheet
from benchmarks.pharmacy.truth import Polygon, Sample, Span

ORDINARY_SHARE = 0.3
# Pixels of a picture, at most: what a phone's photo is after reading size.
MOST_PIXELS = 2_000_000


def generate(seed: int, count: int) -> Iterator[Sample]:
    """The same seed makes the same samples; a longer run begins with the shorter."""
    for number in range(count):
        yield sample(seed, number)


def sample(seed: int, number: int) -> Sample:
    """The sample at a place of a seed's run. A sensitive one has a span at least."""
    rng = random.Random(f"{seed}/{number}")
    is_ordinary = rng.random() < ORDINARY_SHARE
    names = [name for name, one in LAYOUTS.items() if one.is_ordinary == is_ordinary]
    weights = [LAYOUTS[name].weight for name in names]
    name = rng.choices(names, weights)[0]
    return photo_of(LAYOUTS[name].draw(rng), name, is_ordinary, rng)


def photo_of(paper: Sheet, name: str, is_ordinary: bool, rng: random.Random) -> Sample:
    """The sheet as a scanner or a phone gives it."""
    arrays = np.random.default_rng(rng.getrandbits(64))
    flat = paper.finished()
    pixels = np.asarray(flat).astype(np.float32)
    white = np.array(paper.paper, np.float32)
    pixels = printed(pixels, white, rng, arrays)
    if rng.random() < 0.22:
        image, spans = scanned(pixels, paper, rng, arrays)
    else:
        image, spans = snapped(pixels, paper, rng, arrays)
    return Sample(image, spans, is_ordinary, name)


def printed(pixels, white, rng: random.Random, arrays):
    """What the printer did: one or two flaws of its kind, or none."""
    kind = rng.random()
    if kind < 0.42:
        least = rng.choice((rng.uniform(0.3, 0.5), rng.uniform(0.5, 0.95)))
        pixels = flaws.faded(pixels, white, least, arrays)
        if rng.random() < 0.35:
            pixels = flaws.streaked(pixels, white, rng.randint(1, 5), arrays)
        if rng.random() < 0.2:
            pixels = flaws.banded(pixels, white, arrays)
    elif kind < 0.55:
        pixels = flaws.dotted(pixels, white, rng.uniform(2.6, 3.8))
        pixels = flaws.faded(pixels, white, rng.uniform(0.7, 1.0), arrays)
    elif kind < 0.72:
        pixels = flaws.patchy(pixels, white, arrays)
    return np.clip(pixels, 0, 255)


def scanned(pixels, paper: Sheet, rng: random.Random, arrays):
    """Flat, almost straight, on white or with the scanner's dark lid."""
    size = (pixels.shape[1], pixels.shape[0])
    look = flaws.some_look(
        size,
        rng,
        turn=rng.choice((0.0, rng.uniform(-1.2, 1.2))),
        perspective=0.0,
        scale=fitting(size, rng.uniform(0.8, 1.3)),
        stretch=rng.choice((1.0, 1.0, rng.uniform(0.84, 1.08))),
        margin=(-0.01, rng.choice((0.0, 0.05, 0.3))),
    )
    tone = rng.choice((255, 252, 235, 40))
    backdrop = np.full((look.size[1], look.size[0], 3), tone, np.float32)
    bend = flaws.Bend()
    picture = flaws.photographed(pixels, bend, look, backdrop)
    if rng.random() < 0.5:
        picture = picture.mean(axis=2, keepdims=True).repeat(3, axis=2)
    if rng.random() < 0.5:
        picture = (picture - 128) * rng.uniform(1.0, 1.3) + 140
    picture += arrays.normal(0, rng.uniform(0, 4), picture.shape)
    picture = flaws.blurred(picture, rng.uniform(0, 0.7), 0, 0)
    image = compressed(picture, rng.randint(55, 95))
    return image, spans_of(paper.marks, bend, look)


def snapped(pixels, paper: Sheet, rng: random.Random, arrays):
    """By hand, at an angle, in the light that there was."""
    size = (pixels.shape[1], pixels.shape[0])
    # One in five is a bad photo, that a person can still read.
    is_bad = rng.random() < 0.2
    strength = rng.random() ** (0.5 if is_bad else 1.5)
    bend = flaws.some_bend(size, strength, rng)
    if rng.random() < 0.55:
        pixels = flaws.crumpled(pixels, rng.uniform(0.2, 1.0), arrays)
    if rng.random() < 0.3:
        pixels = flaws.folded(pixels, arrays)
    if rng.random() < 0.1:
        pixels = flaws.stained(pixels, arrays)
    look = flaws.some_look(
        size,
        rng,
        turn=rng.gauss(0, 4.5 if is_bad else 1.8),
        perspective=0.05 if is_bad else rng.choice((0, 0.012, 0.03)),
        scale=fitting(size, rng.uniform(*((0.66, 0.9) if is_bad else (0.8, 1.45)))),
        stretch=rng.choice((1.0, 1.0, rng.uniform(0.82, 1.1))),
        margin=rng.choice(((0.02, 0.1), (0.05, 0.25), (-0.015, 0.02))),
    )
    backdrop = flaws.some_backdrop(look.size, rng, arrays)
    picture = flaws.photographed(np.clip(pixels, 0, 255), bend, look, backdrop)
    shadow = rng.choice((0, 0.45 * is_bad, rng.uniform(0.1, 0.5)))
    picture = flaws.lit(picture, rng.uniform(0, 0.22), shadow, arrays)
    tint = np.array([1.0, rng.uniform(0.94, 1.0), rng.uniform(0.8, 1.0)], np.float32)
    picture = picture * tint * rng.uniform(0.55 if is_bad else 0.72, 1.02)
    picture = flaws.blurred(
        picture,
        rng.choice((0, rng.uniform(0.3, 0.9), rng.uniform(0.6, 1.25))),
        rng.choice((0, 0, 0, 3)),
        rng.uniform(0, 180),
    )
    picture = picture + arrays.normal(0, rng.uniform(0.5, 6.5), picture.shape)
    image = compressed(picture, rng.randint(*((28, 60) if is_bad else (45, 94))))
    return image, spans_of(paper.marks, bend, look)


def fitting(size: tuple[int, int], scale: float) -> float:
    """The scale, or less where the picture would be larger than pictures are."""
    return min(scale, (MOST_PIXELS / (size[0] * size[1] * 1.3)) ** 0.5)


def compressed(picture, quality: int) -> Image.Image:
    image = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def spans_of(
    marks: Sequence[Mark], bend: flaws.Bend, look: flaws.Look
) -> tuple[Span, ...]:
    """The marks as the camera sees them."""
    spans = []
    for mark in marks:
        if may_stay(mark):
            continue
        whole = (
            mark.boxes[0][0],
            mark.boxes[0][1],
            mark.boxes[-1][2],
            mark.boxes[-1][3],
        )
        span = Span(
            mark.kind,
            mark.text,
            polygon_of(whole, bend, look),
            tuple(polygon_of(box, bend, look) for box in mark.boxes),
        )
        spans.append(span)
    return tuple(spans)


def may_stay(mark: Mark) -> bool:
    """The last four digits of a card number that went on on the next line."""
    return mark.kind == "payment_card" and sum(c.isdigit() for c in mark.text) <= 4


def polygon_of(box, bend: flaws.Bend, look: flaws.Look) -> Polygon:
    left, top, right, bottom = box
    x = np.array([left, right, right, left], np.float64)
    y = np.array([top, top, bottom, bottom], np.float64)
    u, v = flaws.placed(x, y, bend, look)
    return tuple((float(a), float(b)) for a, b in zip(u, v, strict=True))


cv2.setNumThreads(1)

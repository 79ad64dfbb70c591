"""Worse copies of pictures: clean receipts show too few mistakes to learn from."""

import io
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

GREY = (90, 90, 90)


def compressed(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    buffer.seek(0)
    return Image.open(buffer).convert("RGB")


def reduced(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def shadowed(image: Image.Image, rng: random.Random) -> Image.Image:
    """Two thirds darker on one side of a soft line through the middle."""
    pixels = np.asarray(image).astype(float)
    height, width = pixels.shape[:2]
    across = np.linspace(0, 1, width)[None, :] - 0.5
    down = np.linspace(0, 1, height)[:, None] - 0.5
    angle = rng.random() * 2 * np.pi
    depth = (np.cos(angle) * across + np.sin(angle) * down) * 8
    light = 1 - 0.65 / (1 + np.exp(-depth))
    return Image.fromarray((pixels * light[..., None]).clip(0, 255).astype("uint8"))


def turned(image: Image.Image, rng: random.Random) -> Image.Image:
    return image.rotate(
        rng.choice([-7, -5, 5, 7]),
        expand=True,
        fillcolor=GREY,
        resample=Image.Resampling.BICUBIC,
    )


KINDS: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "jpeg": lambda image, rng: compressed(reduced(image, 0.75), rng.choice([15, 25])),
    "small": lambda image, rng: compressed(
        reduced(image, rng.choice([0.4, 0.5, 0.55])), 60
    ),
    "blur": lambda image, rng: image.filter(
        ImageFilter.GaussianBlur(image.width / rng.choice([420, 520, 620]))
    ),
    "turn": lambda image, rng: compressed(turned(image, rng), 50),
    "shadow": lambda image, rng: compressed(shadowed(reduced(image, 0.7), rng), 35),
}


def degraded(image: Image.Image, kind: str, name: str) -> Image.Image:
    """A worse copy of an RGB picture at reading size, the same for the same `name`."""
    return KINDS[kind](image, random.Random(name + kind))

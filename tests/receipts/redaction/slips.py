"""Pictures whose letters' places are known, and small rules to find some of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from receipts.reading.page import Page
from receipts.screening.findings import Finding, Kind
from receipts.screening.passages import Sheets
from tests.receipts.reading.paper import FONT

# What is to go stands in brackets, which aren't printed.
SLIP = """
   GREENLEAF CORNER SHOP
   81 Quarry Lane

[Rx 6041873]        qty 30
[Patient: Gregory Pym]
Milk                  2.10
Ginger jelly          3.45
[Rx 6041880]        qty 10
Bread                 1.99

TOTAL                 7.54
CASH                 10.00
CHANGE                2.46
"""
IS_SECRET = re.compile(r"Rx ?\d+|Patient: ?[\w ]+")


@dataclass(frozen=True)
class Slip:
    """A picture, and which of its pixels are ink: of what is to go, and of the rest."""

    image: Image.Image
    secret: np.ndarray
    open: np.ndarray


def slip(text: str = SLIP, *, degrees: float = 0, size: int = 30) -> Slip:
    """Dark gray on a light gray paper, turned with the clock by so many degrees."""
    lines = text.strip("\n").splitlines()
    font = ImageFont.truetype(FONT, size)
    width = round(max(font.getlength(line) for line in lines)) + 160
    high = len(lines) * round(1.4 * size) + 160
    layers = {name: Image.new("L", (width, high), 0) for name in ("secret", "open")}
    for number, line in enumerate(lines):
        x, y = 80.0, 80 + number * round(1.4 * size)
        for place, part in enumerate(re.split(r"[\[\]]", line)):
            layer = layers["secret" if place % 2 else "open"]
            ImageDraw.Draw(layer).text((x, y), part, 255, font)
            x += font.getlength(part)
    turned = {
        name: layer.rotate(-degrees, Image.Resampling.BICUBIC, expand=True)
        for name, layer in layers.items()
    }
    ink = np.maximum(*(np.asarray(layer, float) / 255 for layer in turned.values()))
    gray = (232 - ink * 190).round().astype(np.uint8)
    return Slip(
        Image.fromarray(gray).convert("RGB"),
        *(np.asarray(turned[name]) > 127 for name in ("secret", "open")),
    )


def finds(
    pattern: re.Pattern, kind: Kind = Kind.PRESCRIPTION, rule: str = "prescription_word"
) -> Callable[[Sequence[Page]], tuple[Finding, ...]]:
    """A screen that finds a pattern in single lines."""

    def screen(pages: Sequence[Page]) -> tuple[Finding, ...]:
        sheets = Sheets.of(pages)
        return tuple(
            Finding(kind, rule, sheets.spots(line.part(*match.span())), 0.9)
            for line in sheets.lines
            for match in pattern.finditer(line.text)
        )

    return screen

"""Flat paper: text set line by line, and where each letter of a secret stands.

Only fonts that Debian's Liberation and DejaVu packages and Pillow bring. Coordinates
are pixels of the flat paper, y downwards.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path("/usr/share/fonts/truetype")
# Face: (regular, bold).
FACES = {
    "mono": ("liberation/LiberationMono-Regular", "liberation/LiberationMono-Bold"),
    "console": ("dejavu/DejaVuSansMono", "dejavu/DejaVuSansMono-Bold"),
    "sans": ("liberation/LiberationSans-Regular", "liberation/LiberationSans-Bold"),
    "narrow": (
        "liberation/LiberationSansNarrow-Regular",
        "liberation/LiberationSansNarrow-Bold",
    ),
    "wide": ("dejavu/DejaVuSans", "dejavu/DejaVuSans-Bold"),
    "condensed": ("dejavu/DejaVuSansCondensed", "dejavu/DejaVuSansCondensed-Bold"),
    "serif": ("liberation/LiberationSerif-Regular", "liberation/LiberationSerif-Bold"),
    "book": ("dejavu/DejaVuSerifCondensed", "dejavu/DejaVuSerifCondensed-Bold"),
}
MONO = ("mono", "mono", "console")
TALLEST = 4200


class TooLong(ValueError):
    """A layout wrote past the end of the longest paper."""


@dataclass(frozen=True)
class Secret:
    """Words that must be painted over. `kind` is one of `truth.KINDS`."""

    kind: str
    text: str


Part = str | Secret


@dataclass(frozen=True)
class Mark:
    """Where a secret stands: a box (left, top, right, bottom) for each character."""

    kind: str
    text: str
    boxes: tuple[tuple[float, float, float, float], ...]


@cache
def font(face: str, size: int, is_bold: bool) -> ImageFont.FreeTypeFont:
    path = FOLDER / f"{FACES.get(face, FACES['mono'])[is_bold]}.ttf"
    if face == "pillow" or not path.exists():
        return ImageFont.load_default(size)
    return ImageFont.truetype(path, size)


@dataclass
class Piece:
    """A word, or some, of one part; `secret` numbers the parts of a line."""

    text: str
    kind: str | None
    secret: int


def pieces_of(parts: Sequence[Part]) -> list[Piece]:
    """Words with the blanks before them, so that a line may break anywhere."""
    pieces = []
    for number, part in enumerate(parts):
        kind = part.kind if isinstance(part, Secret) else None
        text = part.text if isinstance(part, Secret) else part
        start = 0
        for at in range(1, len(text) + 1):
            ends = at == len(text)
            if ends or (text[at] == " " and text[at - 1] != " "):
                pieces.append(Piece(text[start:at], kind, number))
                start = at
    return pieces


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one part as one; blanks around a secret are no part of it."""
    runs: list[Piece] = []
    for piece in pieces:
        if runs and runs[-1].secret == piece.secret:
            runs[-1].text += piece.text
        else:
            runs.append(Piece(piece.text, piece.kind, piece.secret))
    return runs


@dataclass
class Sheet:
    """Paper `width` wide that grows downwards while it is written on.

    `size` is the letters' height in pixels, `ink` and `paper` are colours.
    """

    width: int
    rng: random.Random
    size: int = 24
    face: str = "mono"
    ink: tuple[int, int, int] = (30, 30, 32)
    paper: tuple[int, int, int] = (250, 250, 247)
    margin: int = 28
    leading: float = 1.3
    y: float = 30.0
    marks: list[Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, TALLEST), self.paper)
        self.draw = ImageDraw.Draw(self.image)
        self.draw.fontmode = "L"

    # What a line is measured with.

    def font(self, scale: float = 1.0, is_bold: bool = False, face: str | None = None):
        return font(face or self.face, max(8, round(self.size * scale)), is_bold)

    @property
    def columns(self) -> int:
        """Characters of a fixed-width face that fit on a line."""
        return int((self.width - 2 * self.margin) / self.font().getlength("0"))

    def step(self, scale: float = 1.0) -> None:
        self.y += self.size * self.leading * scale
        if self.y > TALLEST - 200:
            raise TooLong

    # What is written.

    def run(self, x: float, y: float, pieces: Sequence[Piece], face, ink=None) -> float:
        """Write at a place, record secrets; the place after it."""
        for piece in joined(pieces):
            self.draw.text((x, y), piece.text, ink or self.ink, face)
            if piece.kind is not None and piece.text.strip():
                self.marks.append(mark_of(piece, x, y, face))
            x += face.getlength(piece.text)
        return x

    def text(
        self,
        *parts: Part,
        align: str = "left",
        scale: float = 1.0,
        is_bold: bool = False,
        face: str | None = None,
        left: float | None = None,
        right: float | None = None,
        ink: tuple[int, int, int] | None = None,
    ) -> None:
        """One paragraph, wrapped between `left` and `right` (pixels)."""
        left = self.margin if left is None else left
        right = self.width - self.margin if right is None else right
        letters = self.font(scale, is_bold, face)
        for line in wrapped(pieces_of(parts), letters, right - left):
            length = sum(letters.getlength(piece.text) for piece in line)
            x = {
                "left": left,
                "center": left + max(0, right - left - length) / 2,
                "right": right - length,
            }[align]
            self.run(x, self.y, line, letters, ink)
            self.step(scale)

    def center(self, *parts: Part, **how) -> None:
        self.text(*parts, align="center", **how)

    def row(
        self,
        left: Sequence[Part] | Part,
        right: Sequence[Part] | Part,
        *,
        scale: float = 1.0,
        is_bold: bool = False,
        indent: float = 0,
        before: float = 0,
    ) -> None:
        """Left and right flush; where both don't fit, the left wraps above.

        `before` keeps the right part so far from the edge, in letters.
        """
        letters = self.font(scale, is_bold)
        ends = pieces_of([right] if isinstance(right, str | Secret) else right)
        starts = pieces_of([left] if isinstance(left, str | Secret) else left)
        edge = self.width - self.margin - before * letters.getlength("0")
        length = sum(letters.getlength(piece.text) for piece in ends)
        space = edge - length - letters.getlength("0") - self.margin - indent
        lines = wrapped(starts, letters, space)
        for number, line in enumerate(lines):
            self.run(self.margin + indent, self.y, line, letters)
            if number == len(lines) - 1:
                self.run(edge - length, self.y, ends, letters)
            self.step(scale)

    def cells(
        self,
        cells: Sequence[tuple[float, Sequence[Part] | Part]],
        *,
        scale: float = 1.0,
        is_bold: bool = False,
        face: str | None = None,
        until: float = 1.0,
    ) -> None:
        """A table's row. Each cell begins at its share of the width; it wraps there."""
        inner = self.width - 2 * self.margin
        top = bottom = self.y
        for number, (share, parts) in enumerate(cells):
            self.y = top
            end = cells[number + 1][0] if number + 1 < len(cells) else until
            self.text(
                *([parts] if isinstance(parts, str | Secret) else parts),
                scale=scale,
                is_bold=is_bold,
                face=face,
                left=self.margin + share * inner,
                right=self.margin + end * inner - 6,
            )
            bottom = max(bottom, self.y)
        self.y = bottom

    # What is drawn.

    def gap(self, lines: float = 0.5) -> None:
        self.step(lines)

    def rule(self, char: str = "-") -> None:
        """A line of characters, or a drawn one for ""."""
        if char:
            letters = self.font()
            count = int((self.width - 2 * self.margin) / letters.getlength(char))
            self.draw.text((self.margin, self.y), char * count, self.ink, letters)
            self.step()
        else:
            y = self.y + self.size * 0.2
            self.draw.line((self.margin, y, self.width - self.margin, y), self.ink, 2)
            self.step(0.5)

    def band(self, text: str, scale: float = 1.2) -> None:
        """White on black."""
        height = self.size * scale * 1.5
        box = (self.margin, self.y, self.width - self.margin, self.y + height)
        self.draw.rectangle(box, fill=self.ink)
        letters = self.font(scale, True)
        x = (self.width - letters.getlength(text)) / 2
        self.draw.text((x, self.y + height * 0.12), text, self.paper, letters)
        self.y += height + self.size * 0.4

    def frame(self, top: float, left: float | None = None, right: float | None = None):
        """A box around what was written since `top`."""
        left = self.margin - 10 if left is None else left
        right = self.width - self.margin + 10 if right is None else right
        box = (left, top - 8, right, self.y + 4)
        self.draw.rectangle(box, outline=self.ink, width=2)
        self.gap(0.5)

    def barcode(self, text: str = "", height: int = 60) -> None:
        """Bars that mean nothing, and what is printed below them."""
        x, right = self.width * 0.2, self.width * 0.8
        while x < right:
            wide = self.rng.choice((2, 2, 3, 4, 6))
            self.draw.rectangle((x, self.y, x + wide - 1, self.y + height), self.ink)
            x += wide + self.rng.choice((2, 2, 3, 5))
        self.y += height + 6
        if text:
            self.center(text)

    def matrix(self, cell: int = 5, count: int = 25) -> None:
        """A square of dots, as a two-dimensional code looks."""
        dots = np.random.default_rng(self.rng.randrange(2**32)).random((count, count))
        black = (dots < 0.5).astype(np.uint8)
        for corner in ((0, 0), (0, count - 7), (count - 7, 0)):
            block = black[corner[0] : corner[0] + 7, corner[1] : corner[1] + 7]
            block[:], block[1:6, 1:6], block[2:5, 2:5] = 1, 0, 1
        code = Image.fromarray((255 - black * 225).astype(np.uint8))
        code = code.resize((count * cell, count * cell), Image.Resampling.NEAREST)
        self.image.paste(code, (int((self.width - code.width) / 2), int(self.y)))
        self.y += code.height + self.size * 0.4

    def finished(self) -> Image.Image:
        return self.image.crop((0, 0, self.width, int(self.y + self.size * 1.5)))


def stuck(below: Sheet, above: Sheet, rng: random.Random) -> Sheet:
    """One sheet with another stuck to its lower end, made smaller where it must be."""
    label = above.finished()
    scale = min(1.0, rng.uniform(0.85, 1.1) * below.width / label.width)
    size = (int(label.width * scale), int(label.height * scale))
    left = int((below.width - size[0]) * rng.random())
    top = int(below.y + below.size)
    if top + size[1] > TALLEST - 100:
        raise TooLong
    label = label.resize(size, Image.Resampling.LANCZOS)
    below.image.paste(
        (120, 120, 120), (left - 2, top - 2, left + size[0], top + size[1])
    )
    below.image.paste(label, (left, top))
    for mark in above.marks:
        boxes = tuple(
            (left + a * scale, top + b * scale, left + c * scale, top + d * scale)
            for a, b, c, d in mark.boxes
        )
        below.marks.append(Mark(mark.kind, mark.text, boxes))
    below.y = top + size[1]
    return below


def wrapped(pieces: Sequence[Piece], letters, room: float) -> list[list[Piece]]:
    """Lines that fit; a blank at a break is dropped. A word too long stands alone."""
    lines: list[list[Piece]] = [[]]
    used = 0.0
    for piece in pieces:
        length = letters.getlength(piece.text)
        may_break = lines[-1] and " " in (piece.text[0], lines[-1][-1].text[-1])
        if may_break and used + length > room:
            lines.append([])
            used = 0.0
        if not lines[-1] and len(lines) > 1:
            piece = Piece(piece.text.lstrip(), piece.kind, piece.secret)
            length = letters.getlength(piece.text)
        lines[-1].append(piece)
        used += length
    return lines


def mark_of(piece: Piece, x: float, y: float, letters) -> Mark:
    """Boxes as high as the run's ink, as wide as each letter's advance."""
    text = piece.text
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    _left, top, _right, bottom = letters.getbbox(text.strip())
    boxes = []
    for at in range(first, last):
        start, end = letters.getlength(text[:at]), letters.getlength(text[: at + 1])
        if text[at] != " ":
            boxes.append((x + start, y + top, x + end, y + bottom))
    return Mark(piece.kind, text.strip(), tuple(boxes))

"""A closer look at pictures whose letters are small.

Readers are given pictures reduced to reading size, which is enough for the fields of a
receipt. What a person could still read by looking closer must be found as well: where
letters came out small, a larger picture is read in bands that fit a reader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import dist
from pathlib import Path

import numpy as np
from PIL import Image

from receipts.reading.layout import Quad, lines_of
from receipts.reading.page import Page, Reader, Word
from receipts.redaction.paint import letter_height
from receipts.redaction.places import turned_back
from receipts.screening.passages import corners_of

# Letters' widths in pixels: what is narrower is read with mistakes, and the width to
# which it is enlarged. (RapidOCR draws no box lower than 20 pixels, however small the
# print.) A tenth of the words, of four letters at least, tell: the small print counts.
SMALL, ENOUGH, LOWEST, LEAST_LETTERS = 7, 10, 10, 4
# Not worth a second read below this; pixels of the larger picture, and of a band.
LEAST_FACTOR, MOST_PIXELS, BAND_PIXELS = 1.2, 8_000_000, 2_600_000
# Bands overlap by so many times a word's height.
OVERLAP = 4


def factor_for(page: Page, size: tuple[int, int]) -> float:
    """By how much the picture that was read should have been larger; 1 where it needn't
    or can't be. `size` is the original's."""
    widths = [
        length_of(word) / len(word.text)
        for line in page.lines
        for word in line.words
        if len(word.text) >= LEAST_LETTERS
    ]
    if not widths:
        return 1.0
    width = max(1.0, float(np.percentile(widths, LOWEST)))
    pixels = page.width * page.height
    factor = min(
        ENOUGH / width,
        (size[0] * size[1] / pixels) ** 0.5,
        (MOST_PIXELS / pixels) ** 0.5,
    )
    return factor if width < SMALL and factor >= LEAST_FACTOR else 1.0


def length_of(word: Word) -> float:
    """In pixels, along the text."""
    top_left, top_right, *_ = corners_of(word)
    return dist(top_left, top_right)


def enlarged(
    picture: Path | Image.Image, small: Image.Image, factor: float
) -> Image.Image:
    """The picture again, larger than at reading size by the factor."""
    size = round(small.width * factor), round(small.height * factor)
    if not isinstance(picture, Path):
        return picture.resize(size, Image.Resampling.LANCZOS).convert("RGB")
    with Image.open(picture) as file:
        file.draft(None, size)
        return file.resize(size, Image.Resampling.LANCZOS, reducing_gap=2).convert(
            "RGB"
        )


def read_in_bands(
    reader: Reader, picture: Image.Image, known: Page, factor: float
) -> Page:
    """The upright picture, read as it was turned for the known page."""
    if known.turned:
        picture = picture.rotate(known.turned, expand=True)
    width, height = picture.size
    heights = [letter_height(corners_of(w)) for ln in known.lines for w in ln.words]
    overlap = round(OVERLAP * factor * float(np.median(heights)))
    words = []
    for top, bottom, first, last in bands(width, height, overlap):
        page = reader.read(picture.crop((0, top, width, bottom)))
        words += [
            word
            for word in words_on(page, top)
            if first <= (word.box[1] + word.box[3]) / 2 < last
        ]
    quads = [
        Quad(word.text, word.corners, word.confidence, word.letters) for word in words
    ]
    return replace(
        known, lines=lines_of(quads), width=width, height=height, reader=reader.name
    )


def bands(width: int, height: int, overlap: int) -> Iterator[tuple[int, int, int, int]]:
    """Top and bottom of each band, and from where to where words are its own."""
    high = max(2 * overlap, BAND_PIXELS // max(1, width), 1)
    top = 0
    while True:
        bottom = min(height, top + high)
        is_last = bottom == height
        yield (
            top,
            bottom,
            top + overlap // 2 if top else -height,
            2 * height if is_last else bottom - (overlap - overlap // 2),
        )
        if is_last:
            return
        top = bottom - overlap


def words_on(page: Page, top: int) -> Sequence[Word]:
    """A band's words on the whole picture, also if the reader turned the band."""
    moved = []
    for line in page.lines:
        for word in line.words:
            corners = tuple(
                (x, y + top)
                for x, y in (turned_back(corner, page) for corner in corners_of(word))
            )
            xs, ys = zip(*corners, strict=True)
            box = (min(xs), min(ys), max(xs), max(ys))
            moved.append(replace(word, box=box, corners=corners))
    return moved

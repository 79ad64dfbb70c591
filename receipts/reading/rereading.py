"""Second looks at single lines of a picture, by two readers that see other crops.

Tesseract reads the crop made level and enlarged; RapidOCR's recogniser reads it word by
word with more paper around it and at another scale than the first time. A damaged digit
is often read as another one then: that they differ is the alarm. Costs milliseconds,
where a whole page costs a second.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from receipts.reading.page import Line, Word
from receipts.reading.rapid import RapidOcrReader, as_array
from receipts.reading.readers import Readers, TesseractReader

# Letters' height in pixels, and white paper around them: what Tesseract likes best.
LINE_HEIGHT, MARGIN = 40, 12
LONGEST = 2400
# Beside and above a word, as parts of its height, for either reader.
TESSERACT_PADDING, RAPID_PADDING = (0.25, 0.12), (0.35, 0.2)


@dataclass(frozen=True)
class Reread:
    """What one reader made of a line; confidence from 0 to 1."""

    text: str
    confidence: float
    reader: str


# A page's place among the pictures, and a line on it.
Place = tuple[int, Line]


class LineWitness:
    """Reads lines of upright pictures again: those in which the pages' boxes lie."""

    def __init__(self, pictures: Sequence[Image.Image], readers: Readers) -> None:
        self.pictures = pictures
        known = {r.name: r for r in (readers.first, readers.second) if r is not None}
        self.rapid = known.get(RapidOcrReader.name)
        self.tesseract = known.get(TesseractReader.name)
        self.known: dict[Place, tuple[Reread, ...]] = {}

    def reread(self, page: int, line: Line) -> tuple[Reread, ...]:
        """What each reader sees there; empty where there is nothing to see.

        Never raises for what a line's boxes are, nor for a reader that fails.
        """
        self.look_ahead([(page, line)])
        return self.known[page, line]

    def look_ahead(self, places: Sequence[Place]) -> None:
        """Reads lines that will be asked for, in one start of Tesseract."""
        new = [place for place in dict.fromkeys(places) if place not in self.known]
        seen: dict[Place, list[Reread]] = {place: [] for place in new}
        for place, one in (*self.by_tesseract(new), *self.by_rapid(new)):
            seen[place].append(one)
        self.known |= {place: tuple(found) for place, found in seen.items()}

    def by_tesseract(self, places: Sequence[Place]) -> Iterator[tuple[Place, Reread]]:
        crops = [
            (place, side_by_side(words))
            for place in places
            if (words := self.words(place, TESSERACT_PADDING))
        ]
        if self.tesseract is None or not crops:
            return
        read = self.tesseract.read_lines([crop for _place, crop in crops])
        for (place, _crop), (text, confidence) in zip(crops, read, strict=True):
            if text:
                yield place, Reread(text, confidence, self.tesseract.name)

    def by_rapid(self, places: Sequence[Place]) -> Iterator[tuple[Place, Reread]]:
        for place in places if self.rapid else ():
            words = self.words(place, RAPID_PADDING)
            read = [
                (text.strip(), confidence)
                for text, confidence, _letters in self.rapid.recognise(
                    list(map(as_array, words))
                )
                if text.strip()
            ]
            if read:
                text = " ".join(text for text, _confidence in read)
                least = min(confidence for _text, confidence in read)
                yield place, Reread(text, least, self.rapid.name)

    def words(self, place: Place, padding: tuple[float, float]) -> list[Image.Image]:
        """Gray crops of a line's words, dark on light as far as the paper is."""
        page, line = place
        if not 0 <= page < len(self.pictures):
            return []
        crops = (level(self.pictures[page], word, padding) for word in line.words)
        return [
            ImageOps.autocontrast(crop.convert("L"), cutoff=1) for crop in crops if crop
        ]


def level(
    picture: Image.Image, word: Word, padding: tuple[float, float]
) -> Image.Image | None:
    """The word with paper around it, its corners made level; None for no word at all.

    `padding`: left and right, above and below, as parts of its height.
    """
    left, top, right, bottom = word.box
    corners = word.corners
    if corners is None or len(corners) != 4:
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    points = np.array(corners, float)
    if not np.isfinite(points).all():
        return None
    along, down = points[1] - points[0], points[3] - points[0]
    length, height = np.hypot(*along), np.hypot(*down)
    inside = (points.min(axis=0) < picture.size) & (points.max(axis=0) > 0)
    if min(length, height) < 4 or not inside.all():
        return None
    if max(length, height) > 2 * max(picture.size):
        return None
    beside = along / length * height * padding[0]
    above = down * padding[1]
    wide, high = length + 2 * height * padding[0], height * (1 + 2 * padding[1])
    if height > 2 * length:
        # A word that stands upright: nobody reads a date from it.
        return None
    target = (
        points[0] - beside - above,
        points[3] - beside + above,
        points[2] + beside + above,
        points[1] + beside - above,
    )
    scale = LINE_HEIGHT / height
    size = (min(LONGEST, round(wide * scale)), round(high * scale))
    return picture.transform(
        size,
        Image.Transform.QUAD,
        tuple(value for point in target for value in point),
        Image.Resampling.BICUBIC,
        fillcolor="white",
    )


def side_by_side(words: Sequence[Image.Image]) -> Image.Image:
    """One line of the words, on white; no longer than any line of a receipt."""
    fitting, width = [], MARGIN
    for word in words:
        if width + word.width > 2 * LONGEST:
            break
        fitting.append((word, width))
        width += word.width + MARGIN
    high = max(word.height for word in words)
    line = Image.new("L", (width, high + 2 * MARGIN), "white")
    for word, left in fitting:
        line.paste(word, (left, MARGIN + (high - word.height) // 2))
    return line

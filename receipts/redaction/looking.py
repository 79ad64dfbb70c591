"""Look at pictures with every reader there is, and screen what each of them reads.

What one reader misses the other sees, so both are asked before a receipt is painted,
and again of the painted pictures, as they were written.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from math import cos, degrees, radians, sin
from pathlib import Path

import numpy as np
from PIL import Image

from receipts.reading.layout import Quad, tilt
from receipts.reading.page import Corners, Line, Page, Reader, Word
from receipts.reading.readers import Readers, has_enough_text, reading_size
from receipts.redaction.closer import enlarged, factor_for, read_in_bands
from receipts.redaction.flat import flattened
from receipts.redaction.paint import joined, letter_height, painted, pixels_of
from receipts.redaction.places import on_picture
from receipts.redaction.shapes import bounds, hull, share_covered
from receipts.screening.findings import Finding, Spot
from receipts.screening.passages import corners_of
from receipts.screening.screen import screen as every_recogniser

logger = logging.getLogger(__name__)

Screen = Callable[[Sequence[Page]], Iterable[Finding]]

# Tesseract reads text with less of a slope as it is (degrees).
LEVEL = 1.0
# Letters' height in pixels where no reader tells it.
LETTER = 24
# What is read so many letters' heights from all known text, and not surely, isn't text.
MARGIN, SURE = 3, 0.5
# A finding that lies under another's spots by more than this says nothing new.
SAME = 0.95
# JPEG leaves painted pixels as dark as this, but for the outermost ones and a few.
DARK, EDGE, MOST_DARK = 48, 3, 0.98


class LookFailed(RuntimeError):
    """A reader failed: nobody knows what the pictures show. Carries a code only."""


def look_again(
    pictures: Sequence[Path | Image.Image],
    *,
    readers: Readers,
    bars: Sequence[Sequence[Corners]] = (),
    screen: Screen = every_recogniser,
) -> tuple[Finding, ...]:
    """What screening finds on upright pictures, read in full by both readers.

    `bars`: for each picture the areas that were painted black, in its pixels. They are
    shown to the readers in the paper's colour, so that a reader neither makes letters
    of them nor takes the paper beside them for bright; one that isn't black all over
    is shown as it is. Spots are in pixels of the pictures. Raises `LookFailed`.
    """
    sizes, small = opened(pictures, bars)
    pages = first_read(small, readers.first)
    found = found_on(pages, sizes, screen)
    closer = closer_read(pictures, sizes, pages, small, readers.first, bars)
    if closer is not None:
        pages, small = closer
        found = merged(found, found_on(pages, sizes, screen))
    if readers.second is None:
        return found
    return merged(
        found, found_on(second_read(small, pages, readers.second), sizes, screen)
    )


def find(
    pictures: Sequence[Path | Image.Image],
    pages: Sequence[Page],
    sizes: Sequence[tuple[int, int]],
    *,
    readers: Readers,
    is_held: Callable[[Iterable[Finding]], bool],
    small: Sequence[Image.Image] | None = None,
    screen: Screen = every_recogniser,
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """What is found on pages that the first reader has read, closer where letters came
    out small; and where that holds the receipt, what the second reader sees as well.

    `small`: the pictures as they were read, if they are at hand. The pages as they were
    read last, and the findings in pixels of the pictures.
    """
    findings = found_on(pages, sizes, screen)
    if small is None and (is_held(findings) or needs_closer(pages, sizes, readers)):
        _sizes, small = opened(pictures)
    if small is None:
        return tuple(pages), findings
    try:
        closer = closer_read(pictures, sizes, pages, small, readers.first)
        if closer is not None:
            pages, small = closer
            findings = merged(findings, found_on(pages, sizes, screen))
        if readers.second is not None and is_held(findings):
            others = second_read(small, pages, readers.second)
            findings = merged(findings, found_on(others, sizes, screen))
    except LookFailed as error:
        # What was found holds the receipt, and nothing is released without both.
        logger.warning("second_look_failed", extra={"code": str(error)})
        if not is_held(findings):
            raise
    return tuple(pages), findings


def needs_closer(
    pages: Sequence[Page], sizes: Sequence[tuple[int, int]], readers: Readers
) -> bool:
    return any(
        page.reader == readers.first.name and factor_for(page, size) > 1.0
        for page, size in zip(pages, sizes, strict=True)
    )


def opened(
    pictures: Sequence[Path | Image.Image], bars: Sequence[Sequence[Corners]] = ()
) -> tuple[list[tuple[int, int]], list[Image.Image]]:
    """The pictures' sizes, and each reduced to reading size, without its bars."""
    sizes, small = [], []
    for picture, quads in zip_longest(pictures, bars[: len(pictures)], fillvalue=()):
        if isinstance(picture, Path):
            with Image.open(picture) as file:
                sizes.append(file.size)
                reduced = reading_size(file)
        else:
            sizes.append(picture.size)
            reduced = reading_size(picture)
        small.append(without_bars(reduced, quads, sizes[-1]))
    return sizes, small


def without_bars(
    image: Image.Image, quads: Sequence[Corners], size: tuple[int, int]
) -> Image.Image:
    """The bars, in pixels of a picture of `size`, in the colour of the paper."""
    across, down = image.width / size[0], image.height / size[1]
    scaled = [tuple((x * across, y * down) for x, y in quad) for quad in joined(quads)]
    lightest = np.asarray(image).max(axis=2)
    black = [quad for quad in scaled if is_black(lightest, quad)]
    if not black:
        return image
    # Most of what is bright is paper, also on a dark table.
    paper = np.percentile(np.asarray(image.resize((64, 64))), 80, axis=(0, 1))
    return painted(image, black, color=tuple(int(value) for value in paper))


def is_black(pixels: np.ndarray, quad: Corners) -> bool:
    """Whether an area is black all over. False for one that is too thin to tell.

    `pixels`: height x width, the lightest of each one's colours.
    """
    height, width = pixels.shape
    runs = [
        pixels[row, start + EDGE : end - EDGE]
        for row, start, end in list(pixels_of(hull(quad), width, height))[EDGE:-EDGE]
        if end - start > 2 * EDGE
    ]
    return bool(runs) and bool((np.concatenate(runs) <= DARK).mean() > MOST_DARK)


def first_read(
    small: Sequence[Image.Image], reader: Reader, texts: Sequence[Page | None] = ()
) -> list[Page]:
    """The pages as a reader reads them; a page of `texts` with enough text is believed
    in the place of it."""
    return [
        text if text and has_enough_text(text) else read_by(reader, picture)
        for picture, text in zip_longest(small, texts[: len(small)])
    ]


def closer_read(
    pictures: Sequence[Path | Image.Image],
    sizes: Sequence[tuple[int, int]],
    pages: Sequence[Page],
    small: Sequence[Image.Image],
    reader: Reader,
    bars: Sequence[Sequence[Corners]] = (),
) -> tuple[list[Page], list[Image.Image]] | None:
    """The pages and what was read, larger where letters came out small; None where
    they are large enough everywhere. A page's own text needs no larger picture."""
    factors = [
        factor_for(page, size) if page.reader == reader.name else 1.0
        for page, size in zip(pages, sizes, strict=True)
    ]
    if max(factors, default=1.0) == 1.0:
        return None
    pages, small = list(pages), list(small)
    for number, factor in enumerate(factors):
        if factor > 1.0:
            larger = enlarged(pictures[number], small[number], factor)
            quads = bars[number] if number < len(bars) else ()
            small[number] = without_bars(larger, quads, sizes[number])
            try:
                pages[number] = read_in_bands(
                    reader, small[number], pages[number], factor
                )
            except Exception as error:
                raise LookFailed(type(error).__name__) from None
    return pages, small


def second_read(
    small: Sequence[Image.Image], pages: Sequence[Page], reader: Reader
) -> list[Page]:
    """As another reader reads them, which can't tell by itself how they are turned."""
    return [
        read_levelled(reader, picture, page)
        for picture, page in zip(small, pages, strict=True)
    ]


def read_by(reader: Reader, picture: Image.Image) -> Page:
    try:
        return reader.read(picture)
    except Exception as error:
        # Whatever it was may carry what stands there, so only its kind goes on.
        raise LookFailed(type(error).__name__) from None


def read_levelled(reader: Reader, picture: Image.Image, known: Page) -> Page:
    """The picture, turned and levelled as the known page says, in its coordinates."""
    if known.turned:
        picture = picture.rotate(known.turned, expand=True)
    heights = [letter_height(corners_of(w)) for ln in known.lines for w in ln.words]
    picture = flattened(picture, float(np.median(heights)) if heights else LETTER)
    angle = degrees(slope_of(known))
    if abs(angle) < LEVEL:
        page = read_by(reader, picture)
    else:
        level = picture.rotate(
            angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255
        )
        page = tilted(read_by(reader, level), angle, picture.size)
    page = on_paper(page, known)
    return replace(page, turned=(known.turned + page.turned) % 360)


def on_paper(page: Page, known: Page) -> Page:
    """Without what was read badly and far from all text of the known page: the grain
    of a table isn't text, and would be painted with the line that it continues."""
    boxes = [word.box for line in known.lines for word in line.words]
    if not boxes:
        return page
    far = MARGIN * max(1, round(float(np.median([box[3] - box[1] for box in boxes]))))
    left, top, _, _ = np.min(boxes, axis=0) - far
    _, _, right, bottom = np.max(boxes, axis=0) + far

    def is_text(word: Word) -> bool:
        if word.confidence >= SURE:
            return True
        x0, y0, x1, y1 = word.box
        return left < (x0 + x1) / 2 < right and top < (y0 + y1) / 2 < bottom

    lines = (tuple(filter(is_text, line.words)) for line in page.lines)
    return replace(page, lines=tuple(Line(words) for words in lines if words))


def slope_of(page: Page) -> float:
    """In radians; of the words whose corners are known."""
    return tilt(
        Quad(word.text, word.corners, word.confidence)
        for line in page.lines
        for word in line.words
        if word.corners is not None
    )


def tilted(page: Page, angle: float, size: tuple[int, int]) -> Page:
    """A page of a picture that was turned by `angle` degrees about its middle, on the
    picture before, which has this size."""
    turn_x, turn_y = cos(radians(angle)), sin(radians(angle))

    def back(point: tuple[float, float]) -> tuple[float, float]:
        x, y = point[0] - page.width / 2, point[1] - page.height / 2
        return (
            size[0] / 2 + x * turn_x - y * turn_y,
            size[1] / 2 + x * turn_y + y * turn_x,
        )

    def word_before(word: Word) -> Word:
        corners = tuple(map(back, corners_of(word)))
        return replace(word, box=bounds(corners), corners=corners)

    lines = tuple(Line(tuple(map(word_before, line.words))) for line in page.lines)
    return replace(page, lines=lines, width=size[0], height=size[1])


def found_on(
    pages: Sequence[Page], sizes: Sequence[tuple[int, int]], screen: Screen
) -> tuple[Finding, ...]:
    """The findings, with their spots in pixels of pictures of these sizes."""
    return tuple(
        replace(
            finding,
            spots=tuple(
                Spot(
                    spot.page,
                    on_picture(spot, pages[spot.page], sizes[spot.page]),
                )
                for spot in finding.spots
            ),
        )
        for finding in screen(pages)
    )


def merged(
    findings: Iterable[Finding], others: Iterable[Finding]
) -> tuple[Finding, ...]:
    """All findings, but once where both tell the same of the same place."""
    whole = list(findings)
    for other in others:
        same = next((n for n, one in enumerate(whole) if covers(one, other)), None)
        if same is None:
            whole.append(other)
        else:
            sure = max(whole[same].confidence, other.confidence)
            whole[same] = replace(whole[same], confidence=sure)
    return tuple(whole)


def covers(one: Finding, other: Finding) -> bool:
    """Whether `one` says all that `other` does."""
    return (
        (one.kind, one.rule) == (other.kind, other.rule)
        and bool(one.spots) == bool(other.spots)
        and all(
            share_covered(
                spot.corners, [s.corners for s in one.spots if s.page == spot.page]
            )
            > SAME
            for spot in other.spots
        )
    )

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.pharmacy.paper import font
from benchmarks.pharmacy.planted import NoPlace, places_in, planted
from receipts.reading.page import Line, Word

PAPER = (236, 232, 222)


def photo_and_lines(count=24, slope=0.04):
    """A tilted receipt as a photo, and what a reader would say of its lines."""
    image = Image.new("RGB", (900, 1300), PAPER)
    draw, letters = ImageDraw.Draw(image), font("mono", 26, False)
    lines = []
    for n in range(count):
        text = f"ITEM NUMBER {n:02d}       {n}.99"
        draw.text((150, 100 + 45 * n), text, (40, 40, 44), letters)
        lines.append((text, 150, 98 + 45 * n, letters.getlength(text), 32))
    turned = image.transform(
        image.size,
        Image.Transform.AFFINE,
        (1, 0, 0, -slope, 1, 0),
        Image.Resampling.BICUBIC,
        fillcolor=PAPER,
    )
    found = []
    for text, x, y, width, height in lines:
        corners = (
            (x, y + slope * x),
            (x + width, y + slope * (x + width)),
            (x + width, y + height + slope * (x + width)),
            (x, y + height + slope * x),
        )
        box = (x, corners[0][1], x + width, corners[2][1])
        found.append(Line((Word(text, box, 1.0, corners),)))
    return turned, found


@pytest.fixture(scope="module")
def done():
    image, lines = photo_and_lines()
    return image, planted(image, places_in(lines), random.Random(2))


def test_planted_lines_slope_as_the_photo_does(done):
    _image, sample = done

    for span in sample.spans:
        (left, top), (right, right_top) = span.polygon[:2]
        if right - left > 80:
            assert (right_top - top) / (right - left) == pytest.approx(0.04, abs=0.01)


def test_planted_ink_stands_where_the_truth_says(done):
    _image, sample = done
    gray = np.asarray(sample.image.convert("L")).astype(int)

    for span in sample.spans:
        (left, top), (right, bottom) = span.polygon[0], span.polygon[2]
        inside = gray[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
        assert np.percentile(inside, 10) < 120, span.text


def test_the_rest_of_the_photo_stays_as_it_was(done):
    image, sample = done
    before, after = np.asarray(image).astype(int), np.asarray(sample.image).astype(int)

    changed = np.abs(before - after).max(axis=2) > 25

    assert 0 < changed.mean() < 0.05


def test_a_photo_without_lines_takes_nothing():
    image, _lines = photo_and_lines()

    with pytest.raises(NoPlace):
        planted(image, [], random.Random(1))

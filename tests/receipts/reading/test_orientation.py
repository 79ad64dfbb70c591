"""Which way up a picture is, from boxes and crops made up here."""

import numpy as np
import pytest

from receipts.reading.orientation import (
    MOST_SAMPLES,
    is_on_its_head,
    lies_on_its_side,
    samples,
)


def box(width, height):
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)


def crop(width=120, height=30, *, upright=True):
    """Dark above and light below, as a stand-in for letters the right way up."""
    pixels = np.zeros((height, width, 3), np.uint8)
    half = slice(height // 2, None) if upright else slice(None, height // 2)
    pixels[half] = 255
    return pixels


def recognise(crops):
    return [("TOTAL", 0.9 if c[-1, 0, 0] else 0.6) for c in crops]


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([box(100, 20)] * 5, False),
        ([box(20, 100)] * 5, True),
        # Single digits are tall on any paper.
        ([box(100, 20)] * 3 + [box(15, 22)] * 20, False),
        ([box(20, 100)] * 2, False),
        ([], False),
    ],
)
def test_tall_words_show_a_picture_on_its_side(boxes, expected):
    assert lies_on_its_side(boxes) is expected


def test_the_largest_words_of_middling_length_are_looked_at():
    crops = [crop(20, 20), crop(900, 20), *[crop(100, 20)] * 9, crop(150, 40)]

    chosen = samples(crops)

    assert len(chosen) == MOST_SAMPLES
    assert chosen[0] == 11
    assert not {0, 1} & set(chosen)


@pytest.mark.parametrize("upright", [True, False])
def test_letters_on_their_head_make_little_sense(upright):
    crops = [crop(upright=upright)] * 4

    on_its_head, known = is_on_its_head(crops, recognise)

    assert on_its_head is not upright
    assert known == dict.fromkeys(range(4), ("TOTAL", 0.9 if upright else 0.6))


def test_words_that_read_well_are_looked_at_once():
    asked = []

    def counting(crops):
        asked.extend(crops)
        return [("TOTAL", 0.99)] * len(crops)

    assert is_on_its_head([crop(upright=False)] * 4, counting)[0] is False
    assert len(asked) == 4


@pytest.mark.parametrize(
    "crops",
    [[], [crop(upright=False)] * 2, [np.zeros((0, 0, 3), np.uint8)] * 9],
)
def test_little_text_turns_nothing(crops):
    assert is_on_its_head(crops, recognise)[0] is False

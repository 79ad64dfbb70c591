import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.pharmacy.scoring import (
    newly_painted,
    painted_mask,
    score_paint,
    score_span,
)
from benchmarks.pharmacy.truth import Span


def square(left, top, right, bottom):
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def span_at(left, top, text, letter=10, height=20):
    """Letters side by side."""
    letters = tuple(
        square(left + n * letter, top, left + (n + 1) * letter, top + height)
        for n in range(len(text))
    )
    whole = square(left, top, left + len(text) * letter, top + height)
    return Span("prescription", text, whole, letters)


def mask_with(*boxes, size=(300, 100)):
    mask = np.zeros((size[1], size[0]), bool)
    for left, top, right, bottom in boxes:
        mask[top:bottom, left:right] = True
    return mask


def test_a_span_below_a_bar_is_covered():
    score = score_span(span_at(50, 30, "1234567"), mask_with((48, 28, 125, 55)))

    assert score.coverage == 1
    assert score.is_covered
    assert not score.is_readable


def test_a_bar_that_leaves_a_letter_bare_does_not_cover_but_hides():
    score = score_span(span_at(50, 30, "1234567890"), mask_with((60, 28, 155, 55)))

    assert score.coverage == pytest.approx(0.9, abs=0.02)
    assert not score.is_covered
    assert not score.is_readable


def test_four_bare_letters_on_end_can_be_read():
    text = "1234567890123456"

    three = score_span(span_at(50, 30, text), mask_with((80, 28, 225, 55)))
    four = score_span(span_at(50, 30, text), mask_with((90, 28, 225, 55)))

    assert not three.is_readable
    assert four.is_readable


def test_a_third_of_a_short_span_can_be_read():
    score = score_span(span_at(50, 30, "123"), mask_with((60, 28, 90, 55)))

    assert score.is_readable


def test_letters_painted_by_less_than_half_can_be_read():
    above = mask_with((40, 20, 200, 39))
    most = mask_with((40, 20, 200, 45))

    assert score_span(span_at(50, 30, "1234567"), above).is_readable
    assert not score_span(span_at(50, 30, "1234567"), most).is_readable


def test_without_paint_everything_can_be_read():
    score = score_span(span_at(50, 30, "5"), mask_with())

    assert (score.coverage, score.is_readable) == (0, True)


def test_a_bar_is_painted_and_a_letter_is_not():
    picture = Image.new("RGB", (300, 100), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((50, 30, 120, 55), "black")
    draw.rectangle((200, 30, 204, 60), "black")

    mask = painted_mask(picture)

    assert mask[31:55, 51:120].all()
    assert not mask[:, 190:].any()


def test_what_was_black_before_was_not_painted_now():
    before = Image.new("RGB", (300, 100), "white")
    ImageDraw.Draw(before).rectangle((0, 0, 40, 100), "black")
    after = before.copy()
    ImageDraw.Draw(after).rectangle((50, 30, 120, 55), "black")

    mask = newly_painted(after, before)

    assert not mask[:, :40].any()
    assert mask[40, 80]


def test_paint_is_measured_by_lines_and_by_spans():
    spans = [span_at(50, 30, "1234567")]
    painted = mask_with((50, 30, 120, 50), (200, 30, 220, 50), (0, 80, 10, 90))

    score = score_paint(spans, painted)

    assert score.painted == 70 * 20 + 20 * 20 + 10 * 10
    assert score.on_lines == 70 * 20 + 20 * 20
    assert score.on_spans == 70 * 20

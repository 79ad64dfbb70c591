import ast
import itertools
import random
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.pharmacy import flaws, numbers
from benchmarks.pharmacy.generate import generate, polygon_of, sample, spans_of
from benchmarks.pharmacy.layouts import LAYOUTS
from benchmarks.pharmacy.paper import Secret, Sheet
from benchmarks.pharmacy.truth import KINDS

PACKAGE = Path(__file__).resolve().parents[2] / "benchmarks" / "pharmacy"
MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.fixture(scope="module")
def samples():
    return list(generate(5, 14))


def filled(polygon, shape):
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.round(np.array(polygon)).astype(np.int32)], 1)
    return mask.astype(bool)


def test_a_seed_makes_the_same_samples_again(samples):
    again = sample(5, 7)

    assert again.spans == samples[7].spans
    assert again.image.tobytes() == samples[7].image.tobytes()


def test_another_seed_makes_other_samples(samples):
    assert sample(6, 7).image.tobytes() != samples[7].image.tobytes()


def test_ordinary_samples_have_no_span_and_the_others_have_one(samples):
    assert all(bool(one.spans) != one.is_ordinary for one in samples)
    assert {one.is_ordinary for one in samples} == {True, False}


def test_spans_stand_inside_the_picture(samples):
    for one in samples:
        for span in one.spans:
            assert span.kind in KINDS
            assert len(span.characters) == len(span.text.replace(" ", ""))
            for x, y in span.polygon:
                assert -2 <= x <= one.image.width + 2, (one.layout, span.text)
                assert -2 <= y <= one.image.height + 2, (one.layout, span.text)


def test_ink_stands_in_every_span_after_the_flaws(samples):
    for one in samples:
        gray = np.asarray(one.image.convert("L")).astype(int)
        for span in one.spans:
            inside = gray[filled(span.polygon, gray.shape)]
            left, top, width, height = cv2.boundingRect(
                np.array(span.polygon, np.float32)
            )
            around = gray[
                max(0, top - height // 2) : top + height * 3 // 2,
                max(0, left - height) : left + width + height,
            ]

            darker = np.percentile(around, 75) - np.percentile(inside, 8)

            assert darker > 22, (one.layout, span.text)


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_draws_what_it_should(name):
    for seed in range(4):
        paper = LAYOUTS[name].draw(random.Random(seed))

        assert bool(paper.marks) != LAYOUTS[name].is_ordinary
        for mark in paper.marks:
            assert mark.boxes[-1][2] < paper.width, mark.text


def test_a_bent_span_stands_where_its_pixels_went():
    rng = random.Random(3)
    bend = flaws.Bend(
        (flaws.Wave(True, 9, 800, 1.0), flaws.Wave(False, 7, 500, 2.0)),
    )
    look = flaws.some_look((600, 500), rng, turn=4, perspective=0.03, scale=1.3)
    box = (120, 200, 300, 226)
    paper = np.full((500, 600, 3), 250, np.float32)
    paper[box[1] : box[3], box[0] : box[2]] = 0
    backdrop = np.full((look.size[1], look.size[0], 3), 255, np.float32)

    seen = flaws.photographed(paper, bend, look, backdrop)[..., 0] < 90

    thirds = np.linspace(box[0], box[2], 10)
    truth = np.zeros(seen.shape, bool)
    for left, right in itertools.pairwise(thirds):
        part = (left, box[1], right, box[3])
        truth |= filled(polygon_of(part, bend, look), seen.shape)
    assert (seen & truth).sum() / (seen | truth).sum() > 0.93


def test_a_wrapped_secret_is_a_span_on_each_line():
    paper = Sheet(300, random.Random(1), size=20, margin=10)

    paper.text("Take: ", Secret("prescription", "one two three four five six seven"))

    assert [mark.text for mark in paper.marks] == [
        "one two three",
        "four five six seven",
    ]
    assert paper.marks[0].boxes[0][1] < paper.marks[1].boxes[0][1]


def test_the_last_four_digits_on_a_line_of_their_own_may_stay():
    paper = Sheet(270, random.Random(1), size=20, margin=10)
    look = flaws.some_look((270, 200), random.Random(1), turn=0, perspective=0, scale=1)

    paper.text("CARD ", Secret("payment_card", "4111 1111 1111 1234"))

    texts = [span.text for span in spans_of(paper.marks, flaws.Bend(), look)]
    assert [mark.text for mark in paper.marks] == ["4111 1111 1111", "1234"]
    assert texts == ["4111 1111 1111"]


def test_a_row_keeps_both_sides_apart():
    paper = Sheet(400, random.Random(1), size=20, margin=10)

    paper.row(
        ("RX ", Secret("prescription", "1234567")), Secret("prescription", "5.00")
    )

    number, price = paper.marks
    assert number.boxes[-1][2] < price.boxes[0][0]
    assert price.boxes[-1][2] == pytest.approx(390)


def test_numbers_carry_their_check_digits():
    rng = random.Random(4)

    for brand in numbers.TEST_RANGES:
        number = numbers.card_number(rng, brand)
        assert numbers.luhn_digit(number[:-1]) == number[-1]
    assert numbers.luhn_digit("7992739871") == "3"
    routing = [int(c) for c in numbers.routing_number(rng)]
    assert sum(d * w for d, w in zip(routing, (3, 7, 1) * 3, strict=True)) % 10 == 0
    bban = numbers.iban(rng)
    moved = "".join(str(int(c, 36)) for c in bban[4:] + bban[:4])
    assert int(moved) % 97 == 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_generator_shares_no_code_with_the_recognisers(path):
    """Only pixels and the OCR's line boxes may come from the portal."""
    allowed = {"receipts.reading.readers", "receipts.reading.page"}
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}

    ours = {name for name in names if name.split(".")[0] in ("receipts", "panelists")}

    assert {name for name in ours if not any(name.startswith(a) for a in allowed)} == (
        set()
    )

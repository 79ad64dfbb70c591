"""Pictures that aren't one whole receipt: never taken without a person, and why not.

The real readers read pictures that are drawn here.
"""

import random
from datetime import date, time
from decimal import Decimal

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from panel_portal.demo.paper import compose, print_slip
from panel_portal.demo.shops import SHOPS
from receipts.reading.read import read_receipt
from receipts.reading.result import Reading
from tests.receipts.reading.paper import picture_of

TODAY = date(2026, 3, 20)
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
HEADER = """
   FERNHILL MARKET
   12 Harbor Street
   (555) 201-4410
"""
DATE = "03/14/2026        19:45\n"
GOODS = """
Rolled oats        3.50
Bananas            2.10
Olive oil         12.00
"""
SUMS = """
SUBTOTAL          17.60
TAX                1.41
TOTAL             19.01
CASH              20.00
CHANGE             0.99
"""


def read(*images: Image.Image) -> Reading:
    return read_receipt(images, locale="en_US", submitted_on=TODAY, today=TODAY)


def assert_left_to_a_person(reading: Reading) -> None:
    assert not reading.straight_through
    assert reading.reasons
    for reason in reading.reasons:
        assert reason.code
        assert len(reason.sentence.split()) >= 3
        assert reason.sentence.endswith(".")


def codes(reading: Reading) -> set[str]:
    return {reason.code for reason in reading.reasons}


def slip(number: int, key: str = "supermarket") -> Image.Image:
    rng = random.Random(number)
    day = date(2026, 3, 1 + number % 19)
    return print_slip(compose(SHOPS[key], day, time(9 + number % 12, 5), rng), size=20)


def side_by_side(pictures: list[Image.Image], columns: int) -> Image.Image:
    """The pictures on a dark table, so many in a row."""
    gap = 24
    width = max(p.width for p in pictures) + gap
    height = max(p.height for p in pictures) + gap
    rows = -(-len(pictures) // columns)
    table = Image.new("RGB", (width * columns + gap, height * rows + gap), "#4a4038")
    for n, picture in enumerate(pictures):
        place = (gap + width * (n % columns), gap + height * (n // columns))
        table.paste(picture.convert("RGB"), place)
    return table


def fur() -> Image.Image:
    """Something striped with two bright eyes, and no letter on it."""
    arrays = np.random.default_rng(1)
    height, width = 700, 1200
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = np.sin(x / 23 + 3 * np.sin(y / 90)) * np.sin(y / 140 + x / 400)
    pixels = 120 + 45 * waves + arrays.normal(0, 18, (height, width))
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    image = image.filter(ImageFilter.GaussianBlur(1.5)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for left in (420, 700):
        draw.ellipse((left, 330, left + 90, 400), "#c9d36a")
        draw.ellipse((left + 35, 332, left + 55, 398), "black")
    for n in range(5):
        draw.line((600, 500, 300 + 150 * n, 560 + 10 * n), "white", 2)
    return image


def screen(rows: list[tuple[str, str]]) -> Image.Image:
    """A browser's window photographed from a screen: bars, buttons and moiré."""
    width, height = 1100, 820
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    small, plain = ImageFont.truetype(SANS, 20), ImageFont.truetype(SANS, 26)
    draw.rectangle((0, 0, width, 60), "#d7dbe0")
    for n, color in enumerate(("#e06c60", "#e0b860", "#7cc070")):
        draw.ellipse((18 + 34 * n, 20, 38 + 34 * n, 40), color)
    draw.rounded_rectangle((140, 12, 900, 48), 14, "white")
    draw.text((160, 18), "https://shop.fernhill.example/account", "#444444", small)
    draw.rectangle((0, 60, width, 116), "#205080")
    draw.text((30, 74), "Home   Offers   Cart (3)   Sign out", "white", plain)
    for n, (left, right) in enumerate(rows):
        draw.text((60, 150 + 56 * n), left, "#202020", plain)
        draw.text((820, 150 + 56 * n), right, "#202020", plain)
    draw.rounded_rectangle((60, height - 90, 380, height - 30), 10, "#e07020")
    draw.text((110, height - 78), "Buy it again", "white", plain)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    moire = 8 * np.sin(x * 1.9 + y * 0.21) * np.sin(y * 2.3 - x * 0.17)
    tint = np.stack([moire, -moire, moire * 0.5], axis=2)
    pixels = np.asarray(image, dtype=np.float32) * 0.86 + 8 + tint
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).rotate(
        2, expand=True, fillcolor="#101010"
    )


# A hand's letters as lines between points: x to the right, y down, both 0 to 6.
STROKES = {
    "0": ["1,1 4,0 5,3 4,6 1,5 0,3 1,1"],
    "1": ["1,1 3,0 3,6"],
    "2": ["0,1 2,0 4,1 4,2 0,6 5,6"],
    "3": ["0,0 4,1 2,3 4,4 3,6 0,6"],
    "4": ["3,0 0,4 5,4", "4,2 4,6"],
    "5": ["4,0 1,0 1,2 4,3 4,5 0,6"],
    "6": ["4,0 1,2 0,5 3,6 4,4 1,3"],
    "7": ["0,0 4,0 2,6"],
    ".": ["1,6 2,6"],
    "/": ["4,0 0,6"],
    "a": ["4,3 1,3 0,5 2,6 4,4", "4,3 4,6"],
    "c": ["4,3 1,3 0,5 2,6 4,6"],
    "d": ["4,3 1,3 0,5 2,6 4,5", "4,0 4,6"],
    "e": ["0,5 4,4 3,3 1,3 0,5 2,6 4,6"],
    "f": ["4,0 2,1 2,6", "0,3 4,3"],
    "i": ["2,3 2,6", "2,1 2,2"],
    "l": ["2,0 2,6"],
    "m": ["0,6 0,3 2,3 2,6", "2,4 4,3 5,6"],
    "n": ["0,3 0,6", "0,4 3,3 4,6"],
    "o": ["2,3 0,5 2,6 4,5 2,3"],
    "r": ["0,3 0,6", "0,4 2,3 4,3"],
    "t": ["2,0 2,6 4,6", "0,2 4,2"],
    "u": ["0,3 0,5 2,6 4,5", "4,3 4,6"],
}


def hand_written(lines: list[str]) -> Image.Image:
    rng = random.Random(7)
    image = Image.new("RGB", (900, 130 + 110 * len(lines)), "#f4f1e6")
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        x, base = 60 + rng.uniform(-15, 15), 60 + 110 * row
        draw.line((0, base + 75, 900, base + 78), "#b9cde0", 2)
        for letter in line:
            for stroke in STROKES.get(letter, []):
                points = [tuple(map(float, p.split(","))) for p in stroke.split()]
                path = [
                    (
                        x + 7 * a - 1.5 * b + rng.uniform(-2, 2),
                        base + 9 * b + rng.uniform(-3, 3),
                    )
                    for a, b in points
                ]
                draw.line(path, "#203070", 4, joint="curve")
            x += 44 + rng.uniform(-4, 4)
    return image.filter(ImageFilter.GaussianBlur(0.8))


def test_a_cat_has_no_answer():
    reading = read(fur())

    assert_left_to_a_person(reading)
    assert reading.total is None
    assert reading.date is None


def test_noise_has_no_answer():
    arrays = np.random.default_rng(3)
    noise = arrays.integers(0, 255, (700, 500, 3), dtype=np.uint8)

    reading = read(Image.fromarray(noise))

    assert_left_to_a_person(reading)
    assert reading.total is None


def test_a_page_of_a_shop_on_a_screen_is_left_to_a_person():
    reading = read(
        screen(
            [
                ("Rolled oats, 500 g", "$3.50"),
                ("Olive oil, cold pressed", "$12.00"),
                ("Bananas", "$2.10"),
                ("Cart total", "$17.60"),
                ("Customers also bought", "$8.40"),
            ]
        )
    )

    assert_left_to_a_person(reading)


@pytest.mark.parametrize("heading", ["Order confirmation", "FERNHILL MARKET"])
def test_an_order_on_a_screen_is_left_to_a_person(heading):
    """A screen photographed isn't eligible, even where all of an order is on it."""
    reading = read(
        screen(
            [
                (heading, ""),
                ("Ordered on March 14, 2026", "7:45 PM"),
                ("Rolled oats, 500 g", "$3.50"),
                ("Olive oil, cold pressed", "$12.00"),
                ("Subtotal", "$15.50"),
                ("Sales tax", "$1.24"),
                ("Order total", "$16.74"),
            ]
        )
    )

    assert_left_to_a_person(reading)


def test_a_hand_written_note_is_left_to_a_person():
    note = ["farmer on main", "3/14/26", "rice 4.50", "lentil 3.20", "total 7.70"]

    assert_left_to_a_person(read(hand_written(note)))


def test_a_receipt_without_its_lower_half_is_left_to_a_person():
    reading = read(picture_of(HEADER + DATE + GOODS))

    assert_left_to_a_person(reading)
    assert reading.date == date(2026, 3, 14)
    assert codes(reading) & {"no_total", "no_total_line", "no_evidence"}


def test_a_receipt_without_its_upper_half_is_left_to_a_person():
    reading = read(picture_of(GOODS + SUMS))

    assert_left_to_a_person(reading)
    assert reading.date is None
    assert "no_date" in codes(reading)


def test_a_receipt_without_a_date_is_left_to_a_person():
    reading = read(picture_of(HEADER + GOODS + SUMS))

    assert_left_to_a_person(reading)
    assert reading.total == Decimal("19.01")
    assert "no_date" in codes(reading)


def test_a_torn_strip_with_a_total_and_a_date_is_left_to_a_person():
    assert_left_to_a_person(read(picture_of(DATE + "TOTAL             19.01\n")))


def test_a_receipt_whose_right_edge_is_cut_off_is_left_to_a_person():
    whole = picture_of(HEADER + DATE + GOODS + SUMS)

    reading = read(whole.crop((0, 0, int(whole.width * 0.74), whole.height)))

    assert_left_to_a_person(reading)


@pytest.mark.parametrize("others", ["supermarket", "grocer"])
def test_two_receipts_side_by_side_are_left_to_a_person(others):
    reading = read(side_by_side([slip(1), slip(2, others)], 2))

    assert_left_to_a_person(reading)


def test_one_receipt_above_another_is_left_to_a_person():
    reading = read(side_by_side([slip(3), slip(4)], 1))

    assert_left_to_a_person(reading)


def test_twenty_receipts_on_one_photo_are_left_to_a_person():
    slips = [
        picture_of(
            f"FERNHILL MARKET\n03/{n:02}/2026 1{n % 10}:45\nRice         {n}.50\n"
            f"TOTAL        {n}.50\nCASH         {n}.50",
            size=15,
        )
        for n in range(1, 21)
    ]

    assert_left_to_a_person(read(side_by_side(slips, 5)))


def test_two_photos_of_two_receipts_are_left_to_a_person():
    assert_left_to_a_person(read(slip(5), slip(6, "grocer")))

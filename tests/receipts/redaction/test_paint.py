from math import cos, radians, sin

import numpy as np
import pytest
from PIL import Image

from receipts.redaction.paint import joined, padded, painted, write_page
from receipts.redaction.shapes import are_inside


def level(left, top, right, bottom):
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def turned(corners, degrees, about=(100, 100)):
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return tuple(
        (
            about[0] + (x - about[0]) * c - (y - about[1]) * s,
            about[1] + (x - about[0]) * s + (y - about[1]) * c,
        )
        for x, y in corners
    )


def flat(corners):
    return [n for corner in corners for n in corner]


def paper(width=200, height=200):
    """No pixel is black."""
    noise = np.random.default_rng(7).integers(1, 256, (height, width, 3))
    return Image.fromarray(noise.astype(np.uint8))


def test_padding_is_a_share_of_the_letters_height():
    corners = padded(level(50, 50, 150, 70), beside=0.5, above=0.25)

    assert corners == level(40, 45, 160, 75)


def test_padding_follows_the_slope():
    corners = padded(turned(level(50, 50, 150, 70), 7), beside=0.5, above=0.25)

    assert flat(corners) == pytest.approx(flat(turned(level(40, 45, 160, 75), 7)))


def test_padding_of_a_narrow_letter_is_by_its_height():
    assert padded(level(50, 50, 58, 70), beside=0.5, above=0.25) == (
        level(40, 45, 68, 75)
    )


def test_padding_of_text_that_runs_down_the_page_is_by_its_width():
    top = min(y for _x, y in padded(level(50, 50, 60, 190)))

    assert 40 < top < 50


@pytest.mark.parametrize("corners", [((5, 5),) * 4, level(5, 5, 30, 5)])
def test_padding_of_what_has_no_height_is_nothing_and_no_error(corners):
    assert flat(padded(corners)) == pytest.approx(flat(corners))


def test_words_of_a_line_with_a_small_gap_become_one():
    one, other = level(10, 10, 50, 30), level(60, 11, 90, 30)

    assert joined([other, one]) == (level(10, 10, 90, 30),)


def test_words_of_a_sloping_line_become_one_as_it_slopes():
    words = [turned(level(10, 10, 50, 30), 7), turned(level(60, 10, 90, 30), 7)]

    (one,) = joined(words)

    assert flat(one) == pytest.approx(flat(turned(level(10, 10, 90, 30), 7)))


@pytest.mark.parametrize(
    "other",
    [
        level(80, 10, 110, 30),  # far on the line
        level(10, 28, 50, 48),  # the next line
        turned(level(60, 10, 100, 30), 30, about=(60, 20)),  # another slope
    ],
)
def test_other_words_stay_by_themselves(other):
    assert len(joined([level(10, 10, 50, 30), other])) == 2


def test_three_words_become_one_in_any_order():
    words = [level(10, 10, 50, 30), level(60, 10, 90, 30), level(100, 10, 150, 30)]

    assert joined([words[2], words[0], words[1]]) == (level(10, 10, 150, 30),)


@pytest.mark.parametrize("degrees", [0, 7, -12, 90, 183])
def test_painted_is_black_on_the_area_and_unchanged_elsewhere(degrees):
    before = paper()
    quad = turned(level(50.3, 80.6, 150.2, 99.5), degrees)

    after = np.asarray(painted(before, [quad]))

    rows, columns = np.mgrid[0:200, 0:200]
    middles = np.stack([columns.ravel() + 0.5, rows.ravel() + 0.5], axis=1)
    inside = are_inside(middles, quad).reshape(200, 200)
    near = are_inside(middles, padded(quad, beside=0.1, above=0.1)).reshape(200, 200)
    assert inside.sum() > 1500
    assert (after[inside] == 0).all()
    assert (after[~near] == np.asarray(before)[~near]).all()


def test_painting_leaves_the_given_picture_as_it_was():
    before = paper()
    pixels = np.asarray(before).copy()

    painted(before, [level(50, 50, 150, 70)])

    assert (np.asarray(before) == pixels).all()


def test_an_area_with_crossing_sides_is_painted_whole():
    crossing = ((50, 50), (150, 90), (150, 50), (50, 90))

    after = np.asarray(painted(paper(), [crossing]))

    assert (after[50:90, 50:150] == 0).all()


def test_areas_beyond_the_picture_are_painted_as_far_as_it_goes():
    after = np.asarray(painted(paper(), [level(-1e12, 150, 1e12, 1e12)]))

    assert (after[150:] == 0).all()
    assert (after[:149] != 0).any(axis=2).all()


def test_gray_and_transparent_pictures_become_rgb():
    for mode in ("L", "P", "RGBA"):
        assert painted(paper().convert(mode), []).mode == "RGB"


def test_a_written_page_has_no_metadata_and_a_fresh_thumbnail(tmp_path):
    image = paper(800, 1200)
    exif = Image.Exif()
    exif[0x010E] = "a secret description"
    image.save(tmp_path / "with.jpg", exif=exif, comment=b"a secret comment")
    with Image.open(tmp_path / "with.jpg") as source:
        after = painted(source, [level(0, 0, 800, 600)])

    page = write_page(after, tmp_path, number=3)

    assert (page.path.name, page.thumbnail.name) == ("page-3.jpg", "thumb-3.jpg")
    assert (page.width, page.height) == (800, 1200)
    for path, size in ((page.path, (800, 1200)), (page.thumbnail, (320, 480))):
        assert b"secret" not in path.read_bytes()
        with Image.open(path) as written:
            assert written.size == size
            assert set(written.info) <= {
                *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
            }
            pixels = np.asarray(written)
        upper, lower = np.split(pixels, 2)
        assert upper[:-16].max() < 8
        assert lower[16:].mean() > 100

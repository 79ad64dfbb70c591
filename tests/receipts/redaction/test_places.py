import numpy as np
import pytest
from PIL import Image

from receipts.reading.page import Page
from receipts.redaction.places import on_page, on_picture
from receipts.screening.findings import Spot


def page(width: int, height: int, turned: int) -> Page:
    return Page((), width, height, "rapidocr", turned)


# The upright picture has 400 x 800 pixels and was read at half its size.
SIZE = (400, 800)
# A word at left 20, top 30, right 60, bottom 40 of the page as it was read.
WORD = ((20, 30), (60, 30), (60, 40), (20, 40))


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (page(200, 400, 0), ((40, 60), (120, 60), (120, 80), (40, 80))),
        # Against the clock: the page's top edge was the picture's right one.
        (page(400, 200, 90), ((340, 40), (340, 120), (320, 120), (320, 40))),
        (page(200, 400, 180), ((360, 740), (280, 740), (280, 720), (360, 720))),
        (page(400, 200, 270), ((60, 760), (60, 680), (80, 680), (80, 760))),
    ],
)
def test_corners_find_their_place_on_the_picture(read, expected):
    assert on_picture(Spot(0, WORD), read, SIZE) == expected


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_pixels_lie_where_the_corners_say(turned):
    """A patch on the page, as the reader turns it, is the patch on the picture."""
    upright = Image.new("L", (60, 100))
    upright.putpixel((13, 71), 255)
    read = upright.rotate(turned, expand=True)
    x, y = (int(n[0]) for n in reversed(np.nonzero(np.asarray(read))))
    spot = Spot(0, ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)))

    corners = on_picture(spot, page(*read.size, turned), (60, 100))

    assert sorted(corners) == [(13, 71), (13, 72), (14, 71), (14, 72)]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_what_is_drawn_on_the_picture_goes_back_to_the_page(turned):
    read = page(*((400, 200) if turned % 180 else (200, 400)), turned)

    assert on_page(on_picture(Spot(0, WORD), read, SIZE), read, SIZE) == WORD


def test_a_turn_that_is_no_quarter_is_refused():
    with pytest.raises(ValueError, match="by quarters"):
        on_picture(Spot(0, WORD), page(200, 400, 45), SIZE)

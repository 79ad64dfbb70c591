"""From the page as it was read to the upright picture that is kept, and back.

A reader is given the picture reduced to reading size, and may turn it to read it; what
it found there is painted on the picture itself.
"""

from receipts.reading.page import Corners, Page
from receipts.screening.findings import Spot


def on_picture(spot: Spot, page: Page, size: tuple[int, int]) -> Corners:
    """The spot's corners in pixels of the upright picture; `size`: width, height.

    They stay in the order of the text: its own top left comes first, wherever that is
    on the picture.
    """
    width, height = upright_size(page)
    return tuple(
        (x * size[0] / width, y * size[1] / height)
        for x, y in (turned_back(corner, page) for corner in spot.corners)
    )


def on_page(corners: Corners, page: Page, size: tuple[int, int]) -> Corners:
    """The inverse: from pixels of the upright picture to those of the page as read."""
    width, height = upright_size(page)
    return tuple(
        turned((x * width / size[0], y * height / size[1]), page) for x, y in corners
    )


def upright_size(page: Page) -> tuple[int, int]:
    """Width and height of the picture that the reader was given, before it turned it:
    never below a pixel."""
    size = max(1, page.width), max(1, page.height)
    return (size[1], size[0]) if page.turned % 180 else size


def turned_back(point: tuple[float, float], page: Page) -> tuple[float, float]:
    """A point of the page on the picture before it was turned against the clock."""
    x, y = point
    match page.turned % 360:
        case 0:
            return x, y
        case 90:
            return page.height - y, x
        case 180:
            return page.width - x, page.height - y
        case 270:
            return y, page.width - x
    raise ValueError(f"A page is turned by quarters, not by {page.turned} degrees.")


def turned(point: tuple[float, float], page: Page) -> tuple[float, float]:
    """The inverse of `turned_back`."""
    x, y = point
    match page.turned % 360:
        case 0:
            return x, y
        case 90:
            return y, page.height - x
        case 180:
            return page.width - x, page.height - y
        case 270:
            return page.width - y, x
    raise ValueError(f"A page is turned by quarters, not by {page.turned} degrees.")

"""The words of a page, from the vault."""

from receipts.models import Receipt, ReceiptPage
from receipts.reading.page import Page
from receipts.reading.page_json import page_from_json
from receipts.services import files


def page_read(page: ReceiptPage) -> Page | None:
    """None where nothing was read, or it isn't there any more."""
    if not page.words:
        return None
    try:
        return page_from_json(files.load_json(page.words.name))
    except (FileNotFoundError, KeyError, TypeError):
        return None


def pages_read(receipt: Receipt) -> dict[int, tuple[Page, tuple[int, int]]]:
    """By position what was read of a page, and its picture's width and height."""
    return {
        row.position: (page, (row.width, row.height))
        for row in receipt.pages.order_by("position")
        if (page := page_read(row)) is not None
    }

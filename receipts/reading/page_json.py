"""A page as JSON and back."""

from dataclasses import asdict

from receipts.reading.page import Line, Page, Word


def page_as_json(page: Page) -> dict:
    return asdict(page)


def page_from_json(told: dict) -> Page:
    """The inverse. Raises `KeyError` or `TypeError` for what isn't a page."""
    lines = tuple(
        Line(
            tuple(
                Word(
                    word["text"],
                    tuple(word["box"]),
                    word["confidence"],
                    word["corners"] and tuple(map(tuple, word["corners"])),
                    word.get("letters") and tuple(word["letters"]),
                )
                for word in line["words"]
            )
        )
        for line in told["lines"]
    )
    return Page(**{**told, "lines": lines})

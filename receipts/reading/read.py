"""The whole reading: pictures in, fields with confidence and evidence out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from pathlib import Path

from PIL import Image

from receipts.reading.chooser import Model
from receipts.reading.clock import Clock
from receipts.reading.fields import read_lines
from receipts.reading.gate import Gate
from receipts.reading.locales import locale_named
from receipts.reading.merchant import KnownMerchant
from receipts.reading.page import Page
from receipts.reading.readers import (
    Readers,
    has_enough_text,
    load_readers,
    reading_size,
)
from receipts.reading.rereading import LineWitness
from receipts.reading.result import Reading

__all__ = ["KnownMerchant", "read_lines", "read_receipt"]

STAGES = ("decode", "rapidocr", "tesseract", "looks", "fields")


def read_receipt(
    images: Sequence[Path | Image.Image],
    *,
    locale: str,
    submitted_on: date | None,
    today: date,
    known_merchants: Sequence[KnownMerchant] = (),
    texts: Sequence[Page | None] = (),
    readers: Readers | None = None,
    gate: Gate | None = None,
    model: Model | None = None,
) -> Reading:
    """Read the upright pages of one receipt.

    A page of `texts`, in the order of `images`, is believed in the place of what a
    reader would make of the picture, if it holds enough text.

    Dates are judged against `submitted_on`, or without it against 2000-01-01 to
    `today`. `seconds` are of the processor, by stage. Raises `UnknownLocale` and
    `NoReader`; never for what is on the paper.
    """
    watch = Clock()
    with watch.stage("all"):
        known = locale_named(locale)
        readers = readers or load_readers()
        with watch.stage("decode"):
            pictures = [opened(image) for image in images]
        with watch.stage(readers.first.name):
            pages = [
                text if text and has_enough_text(text) else readers.first.read(picture)
                for picture, text in zip_longest(pictures, texts[: len(pictures)])
            ]
        pictures = [
            picture.rotate(page.turned, expand=True) if page.turned else picture
            for picture, page in zip(pictures, pages, strict=True)
        ]
        reading = read_lines(
            pages,
            locale=known,
            submitted_on=submitted_on,
            today=today,
            known_merchants=known_merchants,
            witness=LineWitness(pictures, readers),
            gate=gate,
            model=model,
            watch=watch,
        )
    return replace(reading, seconds=dict.fromkeys(STAGES, 0.0) | watch.seconds)


def opened(image: Path | Image.Image) -> Image.Image:
    if isinstance(image, Path):
        with Image.open(image) as file:
            return reading_size(file)
    return reading_size(image)

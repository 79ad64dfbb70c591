"""Read receipts from files and print what was read, one JSON object a line."""

import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from receipts.imaging.decode import decode
from receipts.imaging.inspect import inspect_file
from receipts.management.files import print_rows, row_of
from receipts.reading.html import HTML, MOST_BYTES, decoded_html, page_of_html
from receipts.reading.locales import UnknownLocale, known_locales, locale_named
from receipts.reading.read import Clock, read_lines, read_receipt
from receipts.reading.readers import text_of
from receipts.reading.result import reading_as_json


def read_file(
    path: Path, *, locale: str, submitted_on: date | None, today: date
) -> dict:
    """The row of one file; with `error` where it can't be opened or decoded."""
    known = {"locale": locale, "submitted_on": submitted_on, "today": today}
    is_html = path.suffix.lower() in HTML
    return row_of(path, partial(read_html if is_html else read_picture, **known))


def read_picture(
    path: Path, *, locale: str, submitted_on: date | None, today: date
) -> dict:
    start = time.perf_counter()
    with path.open("rb") as file:
        inspect_file(file)
    with tempfile.TemporaryDirectory() as folder:
        pages = decode(path, Path(folder))
        decoded = time.perf_counter() - start
        reading = read_receipt(
            [page.path for page in pages],
            locale=locale,
            submitted_on=submitted_on,
            today=today,
            texts=[text_of(page) for page in pages],
        )
    row = reading_as_json(reading)
    row["seconds"]["decode"] = round(row["seconds"]["decode"] + decoded, 3)
    row["seconds"]["all"] = round(time.perf_counter() - start, 3)
    return row


def read_html(
    path: Path, *, locale: str, submitted_on: date | None, today: date
) -> dict:
    """Of an e-mail's HTML, from its text: no picture and no reader."""
    watch = Clock()
    with watch.stage("all"):
        with watch.stage("decode"), path.open("rb") as file:
            page = page_of_html(decoded_html(file.read(MOST_BYTES)))
        reading = read_lines(
            [page],
            locale=locale_named(locale),
            submitted_on=submitted_on,
            today=today,
            watch=watch,
        )
    row = reading_as_json(reading)
    unused = {"rapidocr": 0.0, "tesseract": 0.0}
    row["seconds"] = unused | {n: round(s, 3) for n, s in watch.seconds.items()}
    return row


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--locale",
            default="en_US",
            help=f"how dates and amounts are written: {', '.join(known_locales())}",
        )
        parser.add_argument(
            "--submitted-on",
            type=date.fromisoformat,
            metavar="DATE",
            help="the day (YYYY-MM-DD) against which a date must be plausible; "
            "without it, any from 2000-01-01 to today",
        )

    def handle(self, *, files, locale, submitted_on, **options):
        try:
            locale_named(locale)
        except UnknownLocale as error:
            raise CommandError(str(error)) from None
        rows = (
            read_file(
                path,
                locale=locale,
                submitted_on=submitted_on,
                today=timezone.now().date(),
            )
            for path in files
        )
        print_rows(self, rows)

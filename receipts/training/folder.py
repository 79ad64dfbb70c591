"""Examples from a folder of labelled receipts, such as benchmarks are made with.

Each receipt is read as the portal reads it, once without a day of submission and once
as if it had been submitted some days after the purchase, and the same for worse copies
of its picture.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from receipts.imaging.decode import DecodeFailed, decode
from receipts.measuring.truth import Truth, as_printed, same_merchant, truth_of
from receipts.reading.locales import locale_named
from receipts.reading.page import Line, Page, Word
from receipts.reading.read import read_lines
from receipts.reading.readers import Readers, load_readers, reading_size
from receipts.reading.result import Reading
from receipts.training.degrade import KINDS, degraded
from receipts.training.examples import Example, Offer, by_rules, group_of

# A worse copy tells less than a picture that somebody took.
COPY_WEIGHT = 0.4


@dataclass(frozen=True)
class Sheet:
    """What both readers make of a file: the first one's pages, and the witness."""

    first: tuple[Page, ...]
    second: tuple[Page, ...]

    def reread(self, page: int, line: Line) -> list[Line]:
        """The witness's lines at the height of one of the first reader's, as a second
        look at the picture would have them."""
        middle = (line.box[1] + line.box[3]) / 2
        return [
            other
            for seen in self.second[page : page + 1]
            for other in seen.lines
            if other.box[1] <= middle <= other.box[3]
        ]


def copies_of(name: str, count: int) -> list[str]:
    """The kinds of a file's worse copies, every kind as often as any other."""
    kinds = list(KINDS)
    start = sha256(name.encode()).digest()[0] % len(kinds)
    return [kinds[(start + n) % len(kinds)] for n in range(min(count, len(kinds)))]


def examples_in(
    folder: Path,
    *,
    notes: Mapping[str, Mapping],
    copies: int,
    pages: Path | None,
    kept_only: bool,
    today: date,
) -> Iterator[Example]:
    """Of every row of `folder`/truth.jsonl whose file can be decoded, and `copies`
    worse copies of each.

    What the readers see is kept in the folder `pages`, where one is given, and taken
    from there the next time: reading takes seconds, all else milliseconds. With
    `kept_only` no picture is read, and what isn't kept is left out.
    Raises `OSError` where the folder has no truth.jsonl.
    """
    for text in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        row = json.loads(text)
        truth = as_printed(truth_of(row, today), notes.get(row["file"], {}))
        for kind in ("", *copies_of(row["file"], copies)):
            sheet = sheet_of(folder, row["file"], kind, pages, kept_only=kept_only)
            if sheet is not None:
                yield from examples_of(row, truth, sheet, kind, today)


def examples_of(
    row: Mapping, truth: Truth, sheet: Sheet, kind: str, today: date
) -> Iterator[Example]:
    days: list[date | None] = [None]
    if truth.day is not None:
        days.append(truth.day + delay_of(row["file"] + kind))
    for submitted_on in days:
        reading = read_lines(
            sheet.first,
            locale=locale_named(row["locale"]),
            submitted_on=submitted_on,
            today=submitted_on or today,
            witness=sheet,
        )
        yield Example(
            group=group_of(row.get("merchant") or row["file"]),
            fields=fields_of(reading, truth),
            weight=(COPY_WEIGHT if kind else 1.0) / len(days),
            name=" ".join(
                (
                    row["file"].partition("/")[0],
                    "copies" if kind else "as they are",
                    "with a day of submission" if submitted_on else "without one",
                )
            ),
        )


def delay_of(name: str) -> timedelta:
    """From purchase to submission: mostly within a month, at most within a year."""
    rng = random.Random(name)
    return timedelta(days=rng.randint(0, 31 if rng.random() < 0.85 else 360))


def fields_of(reading: Reading, truth: Truth) -> dict[str, tuple[Offer, ...]]:
    """The reading's candidates, each right or wrong by the label."""

    def offers(name: str, is_right) -> tuple[Offer, ...]:
        return by_rules(
            Offer(one["features"], is_right(one["value"]))
            for one in reading.candidates.get(name, ())
        )

    fields = {}
    if truth.total is not None:
        fields["total"] = offers("total", lambda v: Decimal(v) == truth.total)
    if truth.day is not None:
        fields["date"] = offers("date", lambda v: v == truth.day.isoformat())
    elif truth.no_day:
        fields["date"] = offers("date", lambda _v: False)
    if truth.merchants:
        fields["merchant"] = offers(
            "merchant", lambda v: any(same_merchant(m, v) for m in truth.merchants)
        )
    return fields


def sheet_of(
    folder: Path, name: str, kind: str, pages: Path | None, *, kept_only: bool
) -> Sheet | None:
    """A file's sheet, from `pages` where it lies there; None where it can't be
    decoded, or would have to be."""
    place = None
    if pages is not None:
        place = pages / f"{name.replace('/', '__')}{'__' if kind else ''}{kind}.json"
        if place.exists():
            return sheet_from_json(json.loads(place.read_text("utf-8")))
    if kept_only:
        return None
    sheet = read_sheet(folder / name, kind, name, load_readers())
    if sheet is not None and place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(sheet_as_json(sheet)), "utf-8")
    return sheet


def read_sheet(path: Path, kind: str, name: str, readers: Readers) -> Sheet | None:
    first, second = [], []
    with TemporaryDirectory() as folder:
        try:
            decoded = decode(path, Path(folder))
        except DecodeFailed:
            return None
        for page in decoded:
            with Image.open(page.path) as file:
                image = reading_size(file)
            if kind:
                image = reading_size(degraded(image, kind, name))
            seen = readers.first.read(image)
            first.append(seen)
            if readers.second is not None:
                if seen.turned:
                    image = image.rotate(seen.turned, expand=True)
                second.append(readers.second.read(image))
    return Sheet(tuple(first), tuple(second))


def sheet_as_json(sheet: Sheet) -> dict:
    return {
        which: [
            {
                "width": page.width,
                "height": page.height,
                "reader": page.reader,
                "turned": page.turned,
                "lines": [
                    [[w.text, w.box, w.confidence, w.corners] for w in line.words]
                    for line in page.lines
                ],
            }
            for page in pages
        ]
        for which, pages in (("first", sheet.first), ("second", sheet.second))
    }


def sheet_from_json(data: Mapping) -> Sheet:
    return Sheet(
        tuple(page_from_json(page) for page in data["first"]),
        tuple(page_from_json(page) for page in data["second"]),
    )


def page_from_json(data: Mapping) -> Page:
    lines = tuple(
        Line(
            tuple(
                Word(
                    text,
                    tuple(box),
                    confidence,
                    tuple(map(tuple, corners)) if corners else None,
                )
                for text, box, confidence, corners in words
            )
        )
        for words in data["lines"]
    )
    return Page(lines, data["width"], data["height"], data["reader"], data["turned"])

"""Examples from a folder of labelled receipts, such as benchmarks are made with.

Each receipt is read as the portal reads it, once without a day of submission and once
as if it had been submitted some days after the purchase, and the same for worse copies
of its picture.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from receipts.imaging.decode import DecodeFailed, decode
from receipts.measuring.truth import Truth, as_printed, same_merchant, truth_of
from receipts.reading.chooser import Model
from receipts.reading.locales import locale_named
from receipts.reading.looks import Witness
from receipts.reading.page import Line, Page, Word
from receipts.reading.read import read_lines
from receipts.reading.readers import load_readers, reading_size
from receipts.reading.rereading import LineWitness
from receipts.reading.result import Reading
from receipts.training.degrade import KINDS, degraded
from receipts.training.examples import Example, Offer, by_rules, group_of

# A worse copy tells less than a picture that somebody took.
COPY_WEIGHT = 0.4


@dataclass(frozen=True)
class Look:
    """What a second look at a line read."""

    text: str


@dataclass
class Sheet:
    """What the readers make of a file: the pages, and second looks at their lines.

    A look that wasn't taken before is taken by the witness that `ask` makes, or not at
    all where there is none.
    """

    first: tuple[Page, ...]
    looks: dict[str, list[str]] = field(default_factory=dict)
    ask: Callable[[], Witness] | None = field(default=None, compare=False)
    witness: Witness | None = field(default=None, compare=False)
    has_grown: bool = field(default=False, compare=False)

    def reread(self, page: int, line: Line) -> list[Look]:
        key = " ".join(map(str, (page, *map(round, line.box))))
        if key not in self.looks:
            if self.ask is None:
                return []
            self.witness = self.witness or self.ask()
            again = self.witness.reread(page, line)
            self.looks[key] = [one.text for one in again]
            self.has_grown = True
        return [Look(text) for text in self.looks[key]]


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
            kept = kept_at(pages, row["file"], kind)
            sheet = sheet_of(folder, row["file"], kind, kept, kept_only=kept_only)
            if sheet is None:
                continue
            yield from examples_of(row, truth, sheet, kind, today)
            if kept is not None and sheet.has_grown:
                kept.write_text(json.dumps(sheet_as_json(sheet)), "utf-8")


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
            model=Model(),  # what is learned must not depend on what was learned before
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


def kept_at(pages: Path | None, name: str, kind: str) -> Path | None:
    if pages is None:
        return None
    pages.mkdir(parents=True, exist_ok=True)
    return pages / f"{name.replace('/', '__')}{'__' if kind else ''}{kind}.json"


def sheet_of(
    folder: Path, name: str, kind: str, kept: Path | None, *, kept_only: bool
) -> Sheet | None:
    """A file's sheet, from the file `kept` where there is one; None where the picture
    can't be decoded, or would have to be."""
    if kept is not None and kept.exists():
        sheet = sheet_from_json(json.loads(kept.read_text("utf-8")))
        if not kept_only:
            sheet.ask = lambda: witness_of(
                pictures_of(folder / name, kind, name), sheet.first
            )
        return sheet
    if kept_only:
        return None
    try:
        pictures = pictures_of(folder / name, kind, name)
    except DecodeFailed:
        return None
    first = tuple(load_readers().first.read(picture) for picture in pictures)
    return Sheet(first, ask=lambda: witness_of(pictures, first), has_grown=True)


def pictures_of(path: Path, kind: str, name: str) -> list[Image.Image]:
    """The file's pages at reading size. Raises `DecodeFailed`."""
    pictures = []
    with TemporaryDirectory() as folder:
        for page in decode(path, Path(folder)):
            with Image.open(page.path) as file:
                picture = reading_size(file)
            if kind:
                picture = reading_size(degraded(picture, kind, name))
            pictures.append(picture)
    return pictures


def witness_of(pictures: Sequence[Image.Image], first: Sequence[Page]) -> Witness:
    """As `read_receipt` looks again: at the pictures turned as they were read."""
    turned = [
        picture.rotate(page.turned, expand=True) if page.turned else picture
        for picture, page in zip(pictures, first, strict=True)
    ]
    return LineWitness(turned, load_readers())


def sheet_as_json(sheet: Sheet) -> dict:
    return {
        "looks": sheet.looks,
        "first": [
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
            for page in sheet.first
        ],
    }


def sheet_from_json(data: Mapping) -> Sheet:
    return Sheet(
        tuple(page_from_json(page) for page in data["first"]), dict(data["looks"])
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

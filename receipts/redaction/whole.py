"""A file in, what is sensitive on it out, and a copy on which that is painted over."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pypdfium2
from django.utils.translation import gettext as _
from PIL import Image

from receipts.imaging.decode import DecodedPage, DecodeLimits, decode
from receipts.imaging.inspect import MAX_PIXELS, PDF, inspect_file
from receipts.reading.html import HTML, MOST_BYTES, decoded_html, page_of_html
from receipts.reading.page import Corners, Page
from receipts.reading.readers import Readers, load_readers, text_of
from receipts.redaction.looking import (
    LookFailed,
    Screen,
    find,
    first_read,
    look_again,
    opened,
)
from receipts.redaction.paint import joined, padded, painted, write_page
from receipts.redaction.twins import twins_of
from receipts.redaction.words import SAME_TEXT
from receipts.screening.findings import DEFAULT_ACTIONS, Action, Finding, Kind, Spot
from receipts.screening.screen import screen as every_recogniser

# What is left after so many times of painting is more than a missed corner.
MOST_ROUNDS = 3
# Of the pages of a written PDF: pixels per point at 200 dots per inch.
PDF_SCALE = 200 / 72

Actions = Mapping[Kind, Action]


class CannotPaint(Exception):
    """There is no picture to paint on."""

    def __init__(self) -> None:
        super().__init__(_("Only pictures and PDFs can be painted."))


@dataclass(frozen=True)
class Screened:
    """What a file shows. `sizes`: width and height of its upright pages in pixels, in
    which the findings' spots are, not padded. HTML has no pages and no spots.

    `redacted` is a file only where it was `verified`: after the last painting neither
    reader showed anything to paint.
    """

    findings: tuple[Finding, ...]
    decision: Literal["clear", "hold"]
    sizes: tuple[tuple[int, int], ...]
    redacted: Path | None = None
    verified: bool = False


def screen_file(
    path: Path,
    folder: Path,
    *,
    redact_to: Path | None = None,
    actions: Actions = DEFAULT_ACTIONS,
    readers: Readers | None = None,
    screen: Screen = every_recogniser,
) -> Screened:
    """Read a file and screen it; with `redact_to`, a folder, paint what is to be
    redacted and write the file there under a free name, if it can be verified.

    One reader decides whether a receipt is held; of a held one both are asked. The
    pages are in the original's own pixels, or a PDF's at 200 dots per inch. What is
    made on the way lies in `folder` and is gone at the end.

    Raises `RefusedFile`, `DecodeFailed`, `NoReader`, `LookFailed`, `OSError`, and
    `CannotPaint` for HTML that is to be redacted.
    """
    if path.suffix.lower() in HTML:
        if redact_to is not None:
            raise CannotPaint
        return screen_html(path, actions=actions, screen=screen)
    with path.open("rb") as file:
        facts = inspect_file(file)
    # A picture isn't reduced, so that what is found is in its own pixels.
    limits = DecodeLimits()
    if facts.media_type != PDF:
        limits = DecodeLimits(max_pixels_out=MAX_PIXELS)
    readers = readers or load_readers()
    with TemporaryDirectory(dir=folder) as work:
        pages = decode(path, Path(work), limits=limits)
        seen = look(pages, readers, actions, screen)
        findings, redacted = seen.findings, None
        if redact_to is not None and any_to_paint(findings, actions):
            findings, files = paint_and_verify(
                pages, seen, readers=readers, actions=actions, screen=screen
            )
            if files:
                redacted = written(files, redact_to, path.stem)
    return Screened(
        findings,
        decision_on(findings, actions),
        tuple(seen.sizes),
        redacted=redacted,
        verified=redacted is not None,
    )


def screen_html(path: Path, *, actions: Actions, screen: Screen) -> Screened:
    with path.open("rb") as file:
        page = page_of_html(decoded_html(file.read(MOST_BYTES)))
    findings = tuple(
        Finding(one.kind, one.rule, confidence=one.confidence) for one in screen([page])
    )
    return Screened(findings, decision_on(findings, actions), ())


def decision_on(
    findings: Iterable[Finding], actions: Actions
) -> Literal["clear", "hold"]:
    is_held = any(actions[one.kind] != Action.KEEP for one in findings)
    return "hold" if is_held else "clear"


@dataclass(frozen=True)
class Seen:
    """The pages as the first reader read them, their pictures' sizes, and what is
    found on these."""

    pages: Sequence[Page]
    sizes: Sequence[tuple[int, int]]
    findings: tuple[Finding, ...]

    def with_twins(self, actions: Actions) -> "Seen":
        """With the places where a text stands that is painted somewhere else."""
        numbers = range(len(self.pages))
        areas = [
            {
                number: [padded(s.corners) for s in one.spots if s.page == number]
                for number in numbers
            }
            for one in self.findings
        ]
        found = twins_of(
            (
                (one, own)
                for one, own in zip(self.findings, areas, strict=True)
                if actions[one.kind] == Action.REDACT
            ),
            dict(enumerate(zip(self.pages, self.sizes, strict=True))),
            {number: [a for own in areas for a in own[number]] for number in numbers},
        )
        same = [
            replace(one, rule=SAME_TEXT, spots=(Spot(number, corners),))
            for one, number, corners in found
        ]
        return replace(self, findings=(*self.findings, *same))


def look(
    pages: Sequence[DecodedPage], readers: Readers, actions: Actions, screen: Screen
) -> Seen:
    """What is found by the first reader, and where that holds the receipt by the second
    as well."""
    paths = [page.path for page in pages]
    sizes, small = opened(paths)
    read = first_read(small, readers.first, [text_of(page) for page in pages])
    read, findings = find(
        paths,
        read,
        sizes,
        readers=readers,
        is_held=lambda found: decision_on(found, actions) == "hold",
        small=small,
        screen=screen,
    )
    seen = Seen(list(read), sizes, findings)
    if decision_on(findings, actions) == "clear":
        return seen
    return seen.with_twins(actions)


def any_to_paint(findings: Iterable[Finding], actions: Actions) -> bool:
    return any(one.spots and actions[one.kind] == Action.REDACT for one in findings)


def bars_of(
    findings: Iterable[Finding], pages: int, actions: Actions
) -> list[tuple[Corners, ...]]:
    """For each page what is to be painted, in pixels of its picture."""
    quads: list[list[Corners]] = [[] for _page in range(pages)]
    for finding in findings:
        if actions[finding.kind] == Action.REDACT:
            for spot in finding.spots:
                quads[spot.page].append(padded(spot.corners))
    return [joined(of_page) for of_page in quads]


def paint_and_verify(
    pages: Sequence[DecodedPage],
    seen: Seen,
    *,
    readers: Readers,
    actions: Actions = DEFAULT_ACTIONS,
    screen: Screen = every_recogniser,
) -> tuple[tuple[Finding, ...], list[DecodedPage]]:
    """Paint, look at the written files, paint what is left, up to three times.

    All that was found, and the painted pages, in a folder beside the given ones: none
    where something was still found the last time, or a reader failed. Something known
    of the whole receipt only is no leftover where its kind was found before: nothing
    can be painted for it, and what told it may have been less telling beside the rest.
    """
    folder = pages[0].path.parent / "painted"
    folder.mkdir()
    known = {one.kind for one in seen.findings}
    for _round in range(MOST_ROUNDS):
        bars = bars_of(seen.findings, len(pages), actions)
        files = [
            write_painted(page, bars[number], folder, number)
            for number, page in enumerate(pages)
        ]
        try:
            found = look_again(
                [file.path for file in files], readers=readers, bars=bars, screen=screen
            )
        except LookFailed:
            break
        left = [
            one
            for one in found
            if actions[one.kind] == Action.REDACT
            and (one.spots or one.kind not in known)
        ]
        if not left:
            return seen.findings, files
        # Not merged: a part that is left of a place must be painted as well.
        seen = replace(seen, findings=(*seen.findings, *left)).with_twins(actions)
    return seen.findings, []


def write_painted(
    page: DecodedPage, quads: Iterable[Corners], folder: Path, number: int
) -> DecodedPage:
    with Image.open(page.path) as image:
        return write_page(painted(image, quads), folder, number=number)


def written(pages: Sequence[DecodedPage], folder: Path, stem: str) -> Path:
    """Copy one page's file, or make a PDF of several, under a free name."""
    if len(pages) == 1:
        return into(pages[0].path, folder, stem, ".jpg")
    made = pages[0].path.with_name("whole.pdf")
    write_pdf(pages, made)
    return into(made, folder, stem, ".pdf")


def into(source: Path, folder: Path, stem: str, suffix: str) -> Path:
    """The name of the original, or with a number where another file has it."""
    number = 1
    while True:
        target = folder / f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"
        try:
            file = target.open("xb")
        except FileExistsError:
            number += 1
            continue
        try:
            with file, source.open("rb") as made:
                shutil.copyfileobj(made, file)
        except BaseException:
            target.unlink()  # half a file isn't what was verified
            raise
        return target


def write_pdf(pages: Sequence[DecodedPage], target: Path) -> None:
    """A PDF that shows the pages' files as they are: no text, no metadata."""
    document = pypdfium2.PdfDocument.new()
    for page in pages:
        size = page.width / PDF_SCALE, page.height / PDF_SCALE
        picture = pypdfium2.PdfImage.new(document)
        picture.load_jpeg(page.path, inline=True)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(*size))
        sheet = document.new_page(*size)
        sheet.insert_obj(picture)
        sheet.gen_content()
    document.save(target)

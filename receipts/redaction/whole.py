"""A file in, what is sensitive on it out, and a copy on which that is painted over."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pypdfium2
from django.utils.translation import gettext as _
from PIL import Image

from receipts.imaging.decode import DecodedPage, DecodeLimits, decode
from receipts.imaging.inspect import MAX_PIXELS, PDF, inspect_file
from receipts.reading.html import HTML, MOST_BYTES, decoded_html, page_of_html
from receipts.reading.page import Corners
from receipts.reading.readers import Readers, load_readers, text_of
from receipts.redaction.looking import (
    LookFailed,
    Screen,
    first_read,
    found_on,
    look_again,
    merged,
    opened,
    second_read,
)
from receipts.redaction.paint import joined, padded, painted, write_page
from receipts.screening.findings import DEFAULT_ACTIONS, Action, Finding, Kind
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
        sizes, findings = look(pages, readers, actions, screen)
        redacted = None
        if redact_to is not None and any_to_paint(findings, actions):
            findings, files = paint_and_verify(
                pages, findings, readers=readers, actions=actions, screen=screen
            )
            if files:
                redacted = written(files, redact_to, path.stem)
    return Screened(
        findings,
        decision_on(findings, actions),
        tuple(sizes),
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


def look(
    pages: Sequence[DecodedPage], readers: Readers, actions: Actions, screen: Screen
) -> tuple[list[tuple[int, int]], tuple[Finding, ...]]:
    """The pages' sizes, and what is found on them: by the first reader, and where that
    holds the receipt by the second as well."""
    sizes, small = opened([page.path for page in pages])
    read = first_read(small, readers.first, [text_of(page) for page in pages])
    findings = found_on(read, sizes, screen)
    if readers.second is None or decision_on(findings, actions) == "clear":
        return sizes, findings
    try:
        others = second_read(small, read, readers.second)
    except LookFailed:
        # The receipt is held anyway, and nothing is verified without the second.
        return sizes, findings
    return sizes, merged(findings, found_on(others, sizes, screen))


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
    findings: tuple[Finding, ...],
    *,
    readers: Readers,
    actions: Actions = DEFAULT_ACTIONS,
    screen: Screen = every_recogniser,
) -> tuple[tuple[Finding, ...], list[DecodedPage]]:
    """Paint, look at the written files, paint what is left, up to three times.

    All that was found, and the painted pages, in a folder beside the given ones: none
    where something was still found the last time, or a reader failed. Something known
    of the whole receipt only, before as after, is no leftover.
    """
    folder = pages[0].path.parent / "painted"
    folder.mkdir()
    whole = {(one.kind, one.rule) for one in findings if not one.spots}
    for _round in range(MOST_ROUNDS):
        bars = bars_of(findings, len(pages), actions)
        files = [
            write_painted(page, bars[number], folder, number)
            for number, page in enumerate(pages)
        ]
        try:
            seen = look_again(
                [file.path for file in files], readers=readers, bars=bars, screen=screen
            )
        except LookFailed:
            return findings, []
        left = [
            one
            for one in seen
            if actions[one.kind] == Action.REDACT
            and (one.spots or (one.kind, one.rule) not in whole)
        ]
        if not left:
            return findings, files
        # Not merged: a part that is left of a place must be painted as well.
        findings = (*findings, *left)
    return findings, []


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

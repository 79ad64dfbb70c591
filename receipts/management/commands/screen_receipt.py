"""Find what is sensitive on receipts, and paint it over. Prints one JSON object a file.

Boxes are left, top, right, bottom of what is painted, in pixels of the upright picture.
A painted file is written only if both readers, asked again, find nothing left on it.
"""

import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from receipts.imaging.decode import DecodeFailed
from receipts.imaging.inspect import RefusedFile
from receipts.management.files import print_rows, row_of
from receipts.reading.html import HTML
from receipts.reading.page import Corners
from receipts.reading.readers import NoReader, load_readers
from receipts.redaction.paint import padded
from receipts.redaction.shapes import bounds
from receipts.redaction.whole import CannotPaint, Screened, screen_file
from receipts.redaction.words import sentence_of
from receipts.screening.findings import DEFAULT_ACTIONS, Action, Finding


def screen(path: Path, *, redact_to: Path | None, all_kinds: bool) -> dict:
    """The row of one file, without its name."""
    has_pixels = path.suffix.lower() not in HTML
    try:
        with tempfile.TemporaryDirectory() as folder:
            screened = screen_file(
                path, Path(folder), redact_to=redact_to if has_pixels else None
            )
        row = row_for(screened, all_kinds=all_kinds)
    except (RefusedFile, DecodeFailed, OSError):
        raise
    except Exception:
        # Whatever it was may quote the file.
        return {"error": _("This file can’t be screened. A person must look at it.")}
    if redact_to is not None and not has_pixels and screened.decision == "hold":
        row["error"] = str(CannotPaint())
    return row


def row_for(screened: Screened, *, all_kinds: bool) -> dict:
    return {
        "findings": [
            finding_row(finding, screened.sizes)
            for finding in screened.findings
            if all_kinds or DEFAULT_ACTIONS[finding.kind] != Action.KEEP
        ],
        "decision": screened.decision,
        "redacted": str(screened.redacted) if screened.redacted else None,
        "verified": screened.verified,
    }


def finding_row(finding: Finding, sizes: Sequence[tuple[int, int]]) -> dict:
    spots = [(spot.page, padded(spot.corners)) for spot in finding.spots]
    row = {
        "kind": finding.kind.value,
        "boxes": [box_on(sizes[page], quad) for page, quad in spots],
        "confidence": round(finding.confidence, 3),
        "rule": str(sentence_of(finding.rule)),
        "quads": [[rounded(corner) for corner in quad] for _page, quad in spots],
    }
    if len(sizes) > 1:
        row["pages"] = [page + 1 for page, _quad in spots]
    return row


def box_on(size: tuple[int, int], quad: Corners) -> list[float]:
    """The bounds of a quad, as far as it lies on its page."""
    left, top, right, bottom = bounds(quad)
    return rounded(
        (max(0, left), max(0, top), min(size[0], right), min(size[1], bottom))
    )


def rounded(numbers: Iterable[float]) -> list[float]:
    return [round(number, 1) for number in numbers]


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--redact-to",
            type=Path,
            metavar="DIR",
            help="write painted copies of held receipts into this folder, which is "
            "made if it isn't there",
        )
        parser.add_argument(
            "--all-kinds",
            action="store_true",
            help="print what is personal, too, though a receipt isn't held for it",
        )

    def handle(self, *, files, redact_to, all_kinds, **options):
        try:
            load_readers()
            if redact_to is not None:
                redact_to.mkdir(parents=True, exist_ok=True)
        except (NoReader, OSError) as error:
            raise CommandError(str(error)) from None
        look = partial(screen, redact_to=redact_to, all_kinds=all_kinds)
        print_rows(self, (row_of(path, look) for path in files))

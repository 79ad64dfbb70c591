"""Decodes an uploaded file in a child process that can do little harm.

A fresh interpreter with no environment, its own process group, and limits on memory,
processor time, file size and wall time; it dies with its parent. A hostile file costs
an attempt, never a worker. docs/adr/0003 has the reasons and the measurements.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from receipts.imaging.child import LONGEST_RUN, MOST_RUNS
from receipts.imaging.inspect import MAX_PAGES, MAX_PIXELS, sniff

CHILD = Path(__file__).with_name("child.py")
# The most text that is taken, with room for its boxes, is a tenth of it.
MAX_RESULT_BYTES = 4 * 1024**2
CODES = frozenset(
    {
        "damaged",
        "encrypted_pdf",
        "no_pages",
        "out_of_memory",
        "too_many_pages",
        "too_many_pixels",
    }
)


@dataclass(frozen=True)
class DecodeLimits:
    """What the child may use, and what it may make. Bytes, seconds, pixels."""

    memory_bytes: int = 2 * 1024**3
    cpu_seconds: int = 40
    wall_seconds: int = 60
    file_bytes: int = 64 * 1024**2
    max_pixels: int = MAX_PIXELS
    max_pixels_out: int = 13_000_000
    max_pages: int = MAX_PAGES


class DecodeFailed(Exception):
    """No pages came of it. `code` is one of `CODES`, or crashed, or timed_out."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class TextRun:
    """A few words of a PDF's own text: left, top, right, bottom in pixels."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class DecodedPage:
    """An upright, re-encoded page: a JPEG without metadata, and its thumbnail.

    `text_layer` is what a PDF's page has to say itself, run by run, or None where it
    is a scan or not a PDF. Sizes in pixels.
    """

    path: Path
    thumbnail: Path
    width: int
    height: int
    text_layer: tuple[TextRun, ...] | None = None


def decode(
    source: Path, folder: Path, *, limits: DecodeLimits | None = None
) -> tuple[DecodedPage, ...]:
    """Write the pages of a file into an empty folder. Raises `DecodeFailed`.

    On failure the folder is left without what the child wrote.
    """
    limits = limits or DecodeLimits()
    with source.open("rb") as file:
        media_type = sniff(file.read(64), file)
    if media_type is None:
        raise DecodeFailed("damaged")
    try:
        run_child(source, folder, limits, media_type)
        return pages_of(folder, limits)
    except BaseException:
        for path in folder.glob("*"):
            with contextlib.suppress(OSError):
                path.unlink()
        raise


def run_child(
    source: Path, folder: Path, limits: DecodeLimits, media_type: str
) -> None:
    told = asdict(limits) | {"media_type": media_type, "parent": os.getpid()}
    process = subprocess.Popen(
        [
            *(sys.executable, "-I", "-B", CHILD),
            *(source.resolve(), folder.resolve(), json.dumps(told)),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"TMPDIR": str(folder.resolve()), "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        status = process.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired:
        raise DecodeFailed("timed_out") from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if status == -signal.SIGXCPU:
        raise DecodeFailed("timed_out")
    if status != 0:
        raise DecodeFailed("crashed")


def pages_of(folder: Path, limits: DecodeLimits) -> tuple[DecodedPage, ...]:
    """What the child says that it made, believed only where the files agree."""
    try:
        with (folder / "result.json").open("rb") as file:
            told = file.read(MAX_RESULT_BYTES + 1)
        if len(told) > MAX_RESULT_BYTES:
            raise DecodeFailed("crashed")
        result = json.loads(told)
        error, listed = result.get("error"), result.get("pages", [])
    except (OSError, ValueError, AttributeError, RecursionError):
        raise DecodeFailed("crashed") from None
    if error is not None:
        raise DecodeFailed(error if error in CODES else "crashed")
    if not isinstance(listed, list) or not 0 < len(listed) <= limits.max_pages:
        raise DecodeFailed("crashed")
    pages = []
    for number, entry in enumerate(listed):
        page = DecodedPage(
            path=folder / f"page-{number}.jpg",
            thumbnail=folder / f"thumb-{number}.jpg",
            width=checked(entry, "width", int),
            height=checked(entry, "height", int),
            text_layer=text_layer_of(checked(entry, "text", (list, type(None)))),
        )
        for path in (page.path, page.thumbnail):
            if path.is_symlink() or not is_jpeg(path):
                raise DecodeFailed("crashed")
        if not 0 < page.width * page.height <= limits.max_pixels_out:
            raise DecodeFailed("crashed")
        pages.append(page)
    if sum(len(page.text_layer or ()) for page in pages) > MOST_RUNS:
        raise DecodeFailed("crashed")
    return tuple(pages)


def checked(entry, key: str, kind):
    value = entry.get(key) if isinstance(entry, dict) else ...
    if not isinstance(value, kind):
        raise DecodeFailed("crashed")
    return value


def text_layer_of(runs: list | None) -> tuple[TextRun, ...] | None:
    """The child's runs, if they are what they should be."""
    if runs is None:
        return None
    if len(runs) > MOST_RUNS:
        raise DecodeFailed("crashed")
    layer = []
    for run in runs:
        if not isinstance(run, list) or len(run) != 5 or not isinstance(run[0], str):
            raise DecodeFailed("crashed")
        text, *box = run
        if len(text) > LONGEST_RUN or not all(type(side) is int for side in box):
            raise DecodeFailed("crashed")
        layer.append(TextRun(text, tuple(map(float, box))))
    return tuple(layer)


def is_jpeg(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(3) == b"\xff\xd8\xff"
    except OSError:
        return False

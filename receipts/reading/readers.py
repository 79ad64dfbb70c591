"""The two readers: RapidOCR first, Tesseract as an independent witness.

Each works alone where the other isn't installed. Models are loaded once a process.
Neither logs what it reads, and Tesseract's files stay inside the work folder.
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from PIL import Image

from receipts.imaging.decode import DecodedPage
from receipts.reading.layout import Quad, lines_of
from receipts.reading.page import Line, Page, Reader, Word
from receipts.reading.rapid import RapidOcrReader

# Reading size: more pixels cost time and win nothing (docs/reading.md).
MAX_SIDE, MAX_PIXELS, MIN_WIDTH = 2000, 2_600_000, 640
# So much narrower or wider serves as well, where it spares resampling.
NEAR = 1.1
TESSERACT_SECONDS, LINE_SECONDS = 30, 5


class NoReader(RuntimeError):
    """Neither RapidOCR nor Tesseract can be used on this machine."""


@dataclass(frozen=True)
class Readers:
    """The reader that is asked first, and the witness if there is one."""

    first: Reader
    second: Reader | None


def reading_size(image: Image.Image) -> Image.Image:
    """Reduced to about what the readers use, in RGB. Long receipts keep their width."""
    width, height = image.size
    scale = min(1.0, (MAX_PIXELS / (width * height)) ** 0.5)
    if max(width, height) * scale > MAX_SIDE:
        by_side = MAX_SIDE / max(width, height)
        # A till roll is narrow: reducing it by its length would lose its letters.
        scale = min(scale, max(by_side, min(1.0, MIN_WIDTH / min(width, height))))
    wide, high = width * scale, height * scale
    # A JPEG that isn't decoded yet need not be, in full: half as wide may do.
    image.draft(None, (int(wide / NEAR), int(high / NEAR)))
    if image.width > wide * NEAR:
        size = (max(1, round(wide)), max(1, round(high)))
        image = image.resize(size, Image.Resampling.HAMMING)
    image.load()  # while its file is open
    return image if image.mode == "RGB" else image.convert("RGB")


class TesseractReader:
    """Tesseract through pytesseract, as one block of text (`--psm 6`)."""

    name = "tesseract"

    def __init__(self) -> None:
        import pytesseract

        if shutil.which("tesseract") is None:
            raise NoReader("tesseract is not installed")
        # Five times faster a receipt than with its own threads (DESIGN section 4).
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self.engine = pytesseract
        self.version = str(pytesseract.get_tesseract_version())

    def read(self, image: Image.Image) -> Page:
        data = self.engine.image_to_data(
            image.convert("L"),
            lang="eng",
            config="--psm 6",
            output_type=self.engine.Output.DICT,
            timeout=TESSERACT_SECONDS,
        )
        lines: dict[tuple[int, int, int], list[Word]] = {}
        for n, text in enumerate(data["text"]):
            if not text.strip():
                continue
            left, top = data["left"][n], data["top"][n]
            box = (left, top, left + data["width"][n], top + data["height"][n])
            key = (data["block_num"][n], data["par_num"][n], data["line_num"][n])
            confidence = max(0.0, float(data["conf"][n])) / 100
            lines.setdefault(key, []).append(Word(text.strip(), box, confidence))
        return Page(
            tuple(Line(tuple(words)) for words in lines.values()),
            image.width,
            image.height,
            self.name,
        )

    def read_lines(self, images: Sequence[Image.Image]) -> list[tuple[str, float]]:
        """Pictures of one line each, with the mean confidence of their words.

        In one process: its start costs ten times what a line does. All are empty where
        it takes too long or fails.
        """
        words: list[list[tuple[str, float]]] = [[] for _image in images]
        try:
            with tempfile.TemporaryDirectory() as folder:
                paths = [Path(folder) / f"{n}.png" for n in range(len(images))]
                for path, image in zip(paths, images, strict=True):
                    image.save(path)
                listed = Path(folder) / "list.txt"
                listed.write_text("".join(f"{path}\n" for path in paths))
                data = self.engine.image_to_data(
                    str(listed),
                    lang="eng",
                    config="--psm 7",
                    output_type=self.engine.Output.DICT,
                    timeout=LINE_SECONDS,
                )
        except (RuntimeError, OSError):
            # Of pytesseract: its time-out, its failure, or no room for files.
            return [("", 0.0) for _image in images]
        for text, number, confidence in zip(
            data["text"], data["page_num"], data["conf"], strict=True
        ):
            if text.strip():
                certain = max(0.0, float(confidence)) / 100
                words[number - 1].append((text.strip(), certain))
        return [
            (
                " ".join(text for text, _certain in found),
                sum(certain for _text, certain in found) / max(1, len(found)),
            )
            for found in words
        ]


# Fewer letters and digits than this aren't a receipt: its text is in the picture.
LEAST_TEXT = 40


def text_of(page: DecodedPage) -> Page | None:
    """The page from its own text, which needs no reading; None where it has none."""
    if page.text_layer is None:
        return None
    quads = [
        Quad(
            run.text,
            ((left, top), (right, top), (right, bottom), (left, bottom)),
            1.0,
        )
        for run in page.text_layer
        for left, top, right, bottom in [run.box]
    ]
    return Page(lines_of(quads), page.width, page.height, "text")


def has_enough_text(page: Page) -> bool:
    return sum(c.isalnum() for line in page.lines for c in line.text) >= LEAST_TEXT


def load(kind: type) -> Reader | None:
    try:
        return kind()
    except (ImportError, PackageNotFoundError, NoReader, OSError):
        return None


@cache
def load_readers() -> Readers:
    """The readers of this process. Raises `NoReader` where there is none."""
    found = [
        reader for kind in (RapidOcrReader, TesseractReader) if (reader := load(kind))
    ]
    if not found:
        raise NoReader(
            "No reader of receipts is installed: install the Python package rapidocr "
            "or the system package tesseract-ocr."
        )
    return Readers(found[0], found[1] if len(found) > 1 else None)

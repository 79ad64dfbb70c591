"""RapidOCR's models, run by ourselves: words are found on a reduced picture and read
from the full one, each at its own width.

Its own pipeline pads every word to a third of a line and searches for words on all
pixels, which takes about twice the processor time for the same text (docs/reading.md).
The models, and how boxes follow from the detector's map, are RapidOCR's.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
from PIL import Image

from receipts.reading.layout import Quad, lines_of
from receipts.reading.orientation import Read, is_on_its_head, lies_on_its_side
from receipts.reading.page import Page

# The picture in which words are searched: its smaller side is enlarged to the first,
# and it is reduced to the second unless the smaller side would fall below the first.
FIND_SIDE, FIND_PIXELS = 736, 1_100_000
# Letters are read at this height. Widths in steps, so that few shapes come up.
READ_HEIGHT, READ_STEP, READ_LEAST, READ_MOST = 48, 8, 32, 2000
LEAST_CONFIDENCE = 0.5
# Twice what the longest receipts have; more is a pattern or a page of a book.
MOST_WORDS = 800
# What receipts in our locales are printed with, of the model's 18,000 characters.
# A Chinese mark in an English line is a letter or colon misread.
LAST_LATIN = 0x180
OTHER_MARKS = frozenset("€₤₱₹–—‘’“”•…™")


class RapidOcrReader:
    """PP-OCRv6 models from RapidOCR's wheel, on ONNX Runtime, with one thread."""

    name = "rapidocr"

    def __init__(self) -> None:
        import cv2
        import rapidocr
        from rapidocr.ch_ppocr_det.utils import DBPostProcess
        from rapidocr.utils.process_img import get_rotate_crop_image

        self.version = version("rapidocr")
        folder = Path(rapidocr.__file__).parent / "models"
        self.cv2 = cv2
        self.crop = get_rotate_crop_image
        self.finder = session(folder, "*_det_*.onnx")
        self.recogniser = session(folder, "*_rec_*.onnx")
        self.boxes_from = DBPostProcess(
            thresh=0.3, box_thresh=0.5, unclip_ratio=1.6, use_dilation=True
        )
        listed = self.recogniser.get_modelmeta().custom_metadata_map["character"]
        characters = ["", *listed.splitlines(), " "]
        self.kept = np.array([n for n, c in enumerate(characters) if is_printed(c)])
        self.characters = [characters[n] for n in self.kept]

    def read(self, image: Image.Image) -> Page:
        """The page; turned first where it lies on its side or stands on its head."""
        pixels = as_array(image)
        boxes = self.find(pixels)
        turned = 90 if lies_on_its_side(boxes) else 0
        if turned:
            pixels = np.ascontiguousarray(np.rot90(pixels))
            boxes = self.find(pixels)
        crops = self.crops(pixels, boxes)
        on_its_head, known = is_on_its_head(crops, self.recognise)
        if on_its_head:
            turned, known = turned + 180, {}
            pixels = np.ascontiguousarray(np.rot90(pixels, 2))
            boxes = self.find(pixels)
            crops = self.crops(pixels, boxes)
        read = [
            known[place] if place in known else self.recognise_one(crop)
            for place, crop in enumerate(crops)
        ]
        quads = [
            quad_of(box, one)
            for box, one in zip(boxes, read, strict=True)
            if one.text.strip() and one.confidence >= LEAST_CONFIDENCE
        ]
        height, width = pixels.shape[:2]
        return Page(lines_of(quads), width, height, self.name, turned)

    def find(self, pixels: np.ndarray) -> list[np.ndarray]:
        """Corners of words, clockwise from the top left: arrays of 4 x 2 pixels."""
        height, width = pixels.shape[:2]
        size = finding_size(width, height)
        reduces = size[0] < width
        flags = self.cv2.INTER_AREA if reduces else self.cv2.INTER_LINEAR
        small = self.cv2.resize(pixels, size, interpolation=flags)
        (found,) = self.finder.run(None, {"x": as_input(small)[None]})
        boxes, _scores = self.boxes_from(found, (height, width))
        # Each has four corners that span at least four pixels both ways.
        return in_reading_order(boxes)[:MOST_WORDS]

    def crops(
        self, pixels: np.ndarray, boxes: Sequence[np.ndarray]
    ) -> list[np.ndarray]:
        """Each word made level; a tall one turned against the clock."""
        return [self.crop(pixels, box.copy()) for box in boxes]

    def recognise(self, crops: Sequence[np.ndarray]) -> list[Read]:
        """Text of each crop, with the mean confidence of its letters."""
        return [self.recognise_one(crop) for crop in crops]

    def recognise_one(self, crop: np.ndarray) -> Read:
        # One by one: a batch pads all to its widest, and wins nothing on one thread.
        height, width = crop.shape[:2]
        if not (height and width):
            return Read("", 0.0)
        wide = min(READ_MOST, max(1, math.ceil(READ_HEIGHT * width / height)))
        padded = max(READ_LEAST, math.ceil(wide / READ_STEP) * READ_STEP)
        row = np.zeros((1, 3, READ_HEIGHT, padded), np.float32)
        row[0, :, :, :wide] = as_input(self.cv2.resize(crop, (wide, READ_HEIGHT)))
        scores = self.recogniser.run(None, {"x": row})[0][0][:, self.kept]
        best = scores.argmax(axis=1)
        # Connectionist temporal classification: repeats are one, 0 is between letters.
        changes = np.concatenate([[True], best[1:] != best[:-1]])
        is_new = changes & (best != 0)
        if not is_new.any():
            return Read("", 0.0)
        text = "".join(self.characters[n] for n in best[is_new])
        starts = np.flatnonzero(changes)
        middles = (starts + np.append(starts[1:], len(best))) / 2
        # The row goes on beyond the crop, which was padded.
        places = middles[best[starts] != 0] / len(best) * padded / wide
        return Read(
            text,
            round(float(scores.max(axis=1)[is_new].mean()), 5),
            tuple(round(min(1.0, float(place)), 4) for place in places),
        )


def quad_of(box: np.ndarray, read: Read) -> Quad:
    """A word where it was found, without spaces at its ends."""
    text = read.text.strip()
    corners = tuple((float(x), float(y)) for x, y in box)
    quad = Quad(text, corners, read.confidence)
    if read.letters is None or quad.is_tall:
        # A tall word was turned to be read: its letters run down the page.
        return quad
    start = len(read.text) - len(read.text.lstrip())
    return replace(quad, letters=read.letters[start : start + len(text)])


def session(folder: Path, pattern: str):
    """The model in RapidOCR's wheel. Raises `OSError` where it isn't there."""
    import onnxruntime

    found = sorted(folder.glob(pattern))
    if not found:
        raise FileNotFoundError(pattern)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        str(found[0]), options, providers=["CPUExecutionProvider"]
    )


def is_printed(character: str) -> bool:
    """Whether a receipt is printed with it; "" stands for what is between letters."""
    if len(character) != 1:
        return not character
    return 32 <= ord(character) < LAST_LATIN or character in OTHER_MARKS


def as_array(image: Image.Image) -> np.ndarray:
    """Height x width x 3, as OpenCV has them: blue, green, red."""
    colored = image if image.mode == "RGB" else image.convert("RGB")
    # Pillow swaps the colors five times faster than NumPy does.
    pixels = np.frombuffer(colored.tobytes("raw", "BGR"), np.uint8)
    return pixels.reshape(image.height, image.width, 3)


def as_input(pixels: np.ndarray) -> np.ndarray:
    """3 x height x width, from -1 to 1."""
    scaled = pixels.astype(np.float32) * np.float32(1 / 127.5) - np.float32(1)
    return np.ascontiguousarray(scaled.transpose(2, 0, 1))


def finding_size(width: int, height: int) -> tuple[int, int]:
    """Width and height, in steps of 32, of the picture in which words are searched."""
    side = FIND_SIDE / min(width, height)
    scale = max(1.0, side)
    most = (FIND_PIXELS / (width * height)) ** 0.5
    if scale > most:
        # A till roll is narrow: its letters must not be lost.
        scale = max(most, min(1.0, side))
    return max(32, round(width * scale / 32) * 32), max(
        32, round(height * scale / 32) * 32
    )


def in_reading_order(boxes: np.ndarray) -> list[np.ndarray]:
    """From top to bottom, and from left to right among those that begin alike."""
    if len(boxes) == 0:
        return []
    tops = boxes[:, 0, 1]
    order = np.argsort(tops, kind="stable")
    rows = np.concatenate([[0], np.cumsum(np.diff(tops[order]) >= 10)])
    return list(boxes[order][np.lexsort((boxes[order][:, 0, 0], rows))])

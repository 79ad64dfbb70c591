"""A photo made to look like a scan: paper white all over, whatever light fell on it.

Tesseract tells ink from paper by one threshold for the whole picture. Paper in half
shade, or the white corners of a picture that was levelled, make all of it ink.
"""

import numpy as np
from PIL import Image, ImageFilter

# The paper's colour is taken from so many letters' heights around each place, on a
# picture on which a letter is so many pixels high.
WINDOW, SMALL = 2, 6


def flattened(picture: Image.Image, letter: float) -> Image.Image:
    """The picture in gray, each place as bright as it is beside its paper. `letter`:
    the height of its letters in pixels."""
    gray = picture.convert("L")
    step = max(1, round(letter / SMALL))
    size = WINDOW * max(1, round(letter / step)) + 1
    paper = (
        gray.reduce(step)
        .filter(ImageFilter.MaxFilter(size))
        .filter(ImageFilter.MinFilter(size))
        .filter(ImageFilter.GaussianBlur(size / 2))
        .resize(gray.size, Image.Resampling.BILINEAR)
    )
    beside = np.asarray(gray, np.float32) / np.maximum(np.asarray(paper), 1)
    return Image.fromarray(np.minimum(255, 255 * beside).astype(np.uint8))

"""Which way up a picture is, told by a few of its words rather than by all of them.

Words that stand upright show a picture that lies on its side. Which of two ways up it
is, a recogniser tells: letters on their head make little sense to it.
"""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np

# Words that are looked at, and fewer than these are no evidence.
MOST_SAMPLES, LEAST_SAMPLES = 8, 3
# Read as well as this, nobody asks what they look like on their head.
CLEARLY_UPRIGHT = 0.93


class Read(NamedTuple):
    """What a recogniser makes of a crop: text, confidence from 0 to 1, and where each
    letter's middle is along it, from 0 to 1."""

    text: str
    confidence: float
    letters: tuple[float, ...] | None = None


Recognise = Callable[[Sequence[np.ndarray]], Sequence[Read]]


def lies_on_its_side(boxes: Sequence[np.ndarray]) -> bool:
    """Whether most words (4 corners, clockwise from the top left) are tall.

    Only boxes that are clearly longer one way count: a single digit is tall anyway.
    """
    tall = wide = 0
    for box in boxes:
        width = np.linalg.norm(box[1] - box[0])
        height = np.linalg.norm(box[3] - box[0])
        tall += height > 2 * width
        wide += width > 2 * height
    return bool(tall + wide >= LEAST_SAMPLES and tall > wide)


def samples(crops: Sequence[np.ndarray]) -> list[int]:
    """Places of words long enough to judge and short enough to be cheap; the largest
    letters first, since small ones are hard to read either way up."""
    fit = [
        place
        for place, crop in enumerate(crops)
        if crop.size and 2.5 <= crop.shape[1] / crop.shape[0] <= 10
    ]
    return sorted(fit, key=lambda place: -crops[place].shape[0])[:MOST_SAMPLES]


def is_on_its_head(
    crops: Sequence[np.ndarray], recognise: Recognise
) -> tuple[bool, dict[int, Read]]:
    """Whether lying crops of words read better when turned by 180 degrees.

    With it, what was read as they are, by place: nobody need read it again.
    """
    places = samples(crops)
    chosen = [crops[place] for place in places]
    known = dict(zip(places, recognise(chosen), strict=True))
    as_they_are = sense(known.values())
    if len(chosen) < LEAST_SAMPLES or as_they_are >= CLEARLY_UPRIGHT:
        return False, known
    turned = [np.ascontiguousarray(np.rot90(crop, 2)) for crop in chosen]
    return sense(recognise(turned)) > as_they_are, known


def sense(read: Collection[Read]) -> float:
    """The mean confidence of what was read; nothing read makes no sense."""
    whole = sum(confidence for text, confidence, *_letters in read if text.strip())
    return whole / max(1, len(read))

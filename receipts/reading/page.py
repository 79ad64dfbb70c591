"""What a reader returns: words with boxes, in lines from top to bottom."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from PIL import Image

# Left, top, right, bottom in pixels of the page's picture.
Box = tuple[float, float, float, float]
# Four corners in pixels, from the top left of the text clockwise.
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Word:
    """A run of text as the reader saw it; confidence from 0 to 1.

    RapidOCR's "words" may be a whole line's fragment with spaces inside. `corners`
    follow tilted text where the reader tells them, and `letters` says where each
    letter's middle is along it, from 0 to 1.
    """

    text: str
    box: Box
    confidence: float
    corners: Corners | None = None
    letters: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Line:
    """Words that stand on one line of the paper, from left to right.

    A line without a word stands nowhere and has no height: ValueError.
    """

    words: tuple[Word, ...]

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("A line needs at least one word.")

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        boxes = [word.box for word in self.words]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )

    @property
    def height(self) -> float:
        return sum(word.box[3] - word.box[1] for word in self.words) / len(self.words)


@dataclass(frozen=True)
class Page:
    """A page's lines from top to bottom. `reader` is the reader's name.

    `turned`: degrees by which the picture was turned against the clock to be read;
    boxes and sizes are those of the turned picture.
    """

    lines: tuple[Line, ...]
    width: int
    height: int
    reader: str
    turned: int = 0


class Reader(Protocol):
    """Turns an upright picture into a page. Loaded once in a process."""

    name: str
    version: str

    def read(self, image: Image.Image) -> Page: ...

"""What a sample is, and what is true of it."""

from dataclasses import dataclass

from PIL import Image

KINDS = (
    "prescription",
    "health_service",
    "payment_card",
    "card_expiry",
    "identity_number",
    "bank_account",
    "health_insurance",
)

Point = tuple[float, float]
# Top left, top right, bottom right, bottom left of the text, in pixels.
Polygon = tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Span:
    """Words that must be painted over, on one line of the paper.

    `characters` has a polygon for each that isn't a blank; on bent paper they follow
    the bend, `polygon` has only its four ends right.
    """

    kind: str
    text: str
    polygon: Polygon
    characters: tuple[Polygon, ...]


@dataclass(frozen=True)
class Sample:
    """A picture; `is_ordinary` where nothing on it must be painted."""

    image: Image.Image
    spans: tuple[Span, ...]
    is_ordinary: bool
    layout: str

    def as_row(self, file: str) -> dict:
        """What `truth.jsonl` says of it; points are rounded to a tenth of a pixel."""
        return {
            "file": file,
            "layout": self.layout,
            "ordinary": self.is_ordinary,
            "spans": [
                {
                    "kind": span.kind,
                    "text": span.text,
                    "polygon": rounded(span.polygon),
                    "characters": [rounded(one) for one in span.characters],
                }
                for span in self.spans
            ],
        }


def rounded(polygon: Polygon) -> list[list[float]]:
    return [[round(x, 1), round(y, 1)] for x, y in polygon]

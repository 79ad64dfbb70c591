"""Writes generated receipts, their truth and a sheet to look at.

.venv/bin/python -m benchmarks.pharmacy --seed 1 --count 40 --to /tmp/pharmacy
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.pharmacy.generate import generate
from benchmarks.pharmacy.truth import Sample

COLORS = {
    "prescription": "red",
    "health_service": "orange",
    "payment_card": "blue",
    "card_expiry": "deepskyblue",
    "identity_number": "purple",
    "bank_account": "green",
    "health_insurance": "magenta",
}
CELL, COLUMNS, MOST = 420, 5, 20


def outlined(sample: Sample) -> Image.Image:
    """The picture with each span in its kind's colour."""
    image = sample.image.copy()
    draw = ImageDraw.Draw(image)
    for span in sample.spans:
        draw.polygon(span.polygon, outline=COLORS[span.kind], width=2)
    return image


def contact_sheet(images: Sequence[Image.Image]) -> Image.Image:
    rows = -(-len(images) // COLUMNS)
    sheet = Image.new("RGB", (CELL * COLUMNS, int(CELL * 1.5) * rows), "white")
    for number, image in enumerate(images):
        small = image.copy()
        small.thumbnail((CELL - 8, int(CELL * 1.5) - 8))
        at = (CELL * (number % COLUMNS), int(CELL * 1.5) * (number // COLUMNS))
        sheet.paste(small, at)
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    kinds, outlines = Counter(), []
    with (options.to / "truth.jsonl").open("w", encoding="utf-8") as file:
        for number, sample in enumerate(generate(options.seed, options.count)):
            name = f"{number:05d}.jpg"
            sample.image.save(options.to / name, quality=95)
            file.write(json.dumps(sample.as_row(name), ensure_ascii=False) + "\n")
            kinds.update(span.kind for span in sample.spans)
            outlines.append(outlined(sample))
            if len(outlines) == MOST or number == options.count - 1:
                sheet = contact_sheet(outlines)
                sheet.save(options.to / f"sheet-{number // MOST:03d}.png")
                outlines = []
    for kind, count in kinds.most_common():
        print(f"{count:6d} {kind}")


if __name__ == "__main__":
    main()

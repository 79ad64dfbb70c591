"""How readings stand up to worse pictures: turned, skewed, shadowed, smaller.

    .venv/bin/python -m benchmarks.robustness ../shared/receipts --limit 20 \
        --json robustness.json

Every picture is made worse before it is decoded, as a phone would have given it, and
compared by the label and, where somebody looked, by the paper (label_notes.json). The
sample, and every change, is the same in every run. The JSON is for
`bin/manage benchmark_reading --robustness`.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from receipts.measuring.report import robustness_table
from receipts.measuring.run import measure
from receipts.measuring.scoring import Score, score
from receipts.measuring.truth import as_printed, notes_in, truth_of
from receipts.reading.readers import Readers, load_readers

NOTES = Path(__file__).with_name("label_notes.json")
# A table under the receipt, where the paper doesn't reach.
GROUND = (110, 100, 90)
QUALITY = 92


def skewed(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=GROUND
    )


def from_below(image: Image.Image) -> Image.Image:
    """As seen from the receipt's lower end: the far side an eighth narrower."""
    width, height = image.size
    inset = width / 16
    # The wider top of the source lands on a rectangle, so that what is above shrinks.
    corners = (-inset, 0, 0, height, width, height, width + inset, 0)
    return image.transform(
        image.size,
        Image.Transform.QUAD,
        corners,
        Image.Resampling.BICUBIC,
        fillcolor=GROUND,
    )


def shadowed(image: Image.Image) -> Image.Image:
    """A shadow from the left, where a third of the light is left."""
    light = np.linspace(0.33, 1.0, image.width)[None, :, None]
    return Image.fromarray((np.asarray(image) * light).astype(np.uint8))


def reduced(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def compressed(image: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file)


VARIANTS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda image: image,
    **{
        f"turned by {degrees}": lambda image, n=degrees: image.rotate(n, expand=True)
        for degrees in (90, 180, 270)
    },
    **{
        f"skewed by {degrees}": lambda image, n=degrees: skewed(image, n)
        for degrees in (3, 5, 10, 15)
    },
    "perspective": from_below,
    "shadow": shadowed,
    "JPEG quality 40": lambda image: compressed(image, 40),
    "60 % of the size": lambda image: reduced(image, 0.6),
}


def sample(folder: Path, limit: int | None) -> Iterator[tuple[str, dict]]:
    """Rows with the name of their set, at most `limit` of each, spread over it."""
    sets: dict[str, list[dict]] = {}
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        sets.setdefault(row["file"].rpartition("/")[0] or "all", []).append(row)
    for name, rows in sets.items():
        step = len(rows) / min(limit or len(rows), len(rows))
        for place in range(min(limit or len(rows), len(rows))):
            yield name, rows[int(place * step)]


def score_of(
    image: Image.Image, row: Mapping, note: Mapping, readers: Readers, today: date
) -> Score:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.jpg"
        image.convert("RGB").save(path, quality=QUALITY)
        measured = measure(path, locale=row["locale"], today=today, readers=readers)
    truth = as_printed(truth_of(row, today), note)
    return score(row["file"], "", measured.row, truth)


def row_of(variant: str, name: str, scores: Sequence[Score]) -> dict:
    """Counts of one set under one variant; `wrong` are among the `straight`."""
    right = {
        key: sum(one.right.get(key, True) for one in scores)
        for key in ("date", "total", "both")
    }
    passed = [one for one in scores if one.straight_through]
    return {
        "variant": variant,
        "set": name,
        "n": len(scores),
        **right,
        "straight": len(passed),
        "wrong": sum(not one.right.get("both", True) for one in passed),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, help="at most so many of each set")
    parser.add_argument("--json", type=Path, help="where to write the counts")
    parser.add_argument("--only", nargs="*", choices=VARIANTS, metavar="VARIANT")
    options = parser.parse_args()
    readers, notes = load_readers(), notes_in(NOTES)
    today = datetime.now(UTC).date()
    scores: dict[tuple[str, str], list[Score]] = {}
    for name, row in sample(options.folder, options.limit):
        with Image.open(options.folder / row["file"]) as file:
            image = ImageOps.exif_transpose(file).convert("RGB")
        note = notes.get(row["file"], {})
        for variant in options.only or VARIANTS:
            worse = VARIANTS[variant](image)
            one = score_of(worse, row, note, readers, today)
            scores.setdefault((variant, name), []).append(one)
    rows = [
        row_of(variant, name, found)
        for (variant, name), found in sorted(
            scores.items(), key=lambda item: list(VARIANTS).index(item[0][0])
        )
    ]
    print(robustness_table(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""What reading a photo costs: larger pictures, memory, and a second worker.

    .venv/bin/python -m benchmarks.reading_cost ../shared/receipts

Seconds are of the processor, with the decoding child and the readers' children, except
for the workers' throughput, which is by the clock and wants a machine that does nothing
else. Everything is told as a ratio to the same photos as they are.
"""

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from PIL import Image, ImageOps

from receipts.imaging.inspect import MAX_PIXELS
from receipts.measuring.run import Measured, measure, readers_seconds
from receipts.measuring.scoring import quantile
from receipts.reading.readers import load_readers

SPAWN = multiprocessing.get_context("spawn")


def photos_in(folder: Path, count: int) -> list[Path]:
    """So many of the US photos, spread over the set."""
    rows = [json.loads(line) for line in (folder / "truth.jsonl").open()]
    files = [folder / row["file"] for row in rows if row["locale"] == "en_US"]
    return files[:: max(1, len(files) // count)][:count]


def enlarged(source: Path, folder: Path, pixels: int) -> Path:
    """The photo as a camera of so many pixels would have given it."""
    with Image.open(source) as file:
        image = ImageOps.exif_transpose(file).convert("RGB")
    scale = (pixels / (image.width * image.height)) ** 0.5
    size = (int(image.width * scale), int(image.height * scale))
    target = folder / f"{pixels}-{source.stem}.jpg"
    image.resize(size, Image.Resampling.BICUBIC).save(target, quality=92)
    return target


def measured_of(path: Path) -> Measured:
    return measure(
        path,
        locale="en_US",
        today=datetime.now(UTC).date(),
        readers=load_readers(),
    )


def seconds_of(path: Path) -> float:
    return measured_of(path).seconds["all"]


def peaks_of(path: Path) -> tuple[int, int]:
    """Megabytes of this process, and of the largest of its children."""
    seconds_of(path)
    return tuple(
        resource.getrusage(who).ru_maxrss * 1024 // 1000**2
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def throughput(paths: list[Path], workers: int) -> float:
    """Photos a second by the clock, once every worker has loaded its models."""
    with ProcessPoolExecutor(workers, SPAWN) as pool:
        list(pool.map(seconds_of, paths[:1] * 2 * workers))
        start = time.perf_counter()
        list(pool.map(seconds_of, paths))
        return len(paths) / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=16, help="photos to read")
    options = parser.parse_args()
    photos = photos_in(options.folder, options.limit)
    seconds_of(photos[0])  # loads the models
    with tempfile.TemporaryDirectory() as name:
        enlarge = partial(enlarged, folder=Path(name))
        seconds = [measured_of(photo).seconds for photo in photos]
        spent = [one["all"] for one in seconds]
        as_it_is = median(spent)
        reading = sum(map(readers_seconds, seconds))
        print(
            f"{len(photos)} photos as they are, median {as_it_is:.2f} CPU s, "
            f"95th percentile {quantile(spent, 0.95):.2f}, "
            f"{sum(spent) / reading:.2f} x what the readers took"
        )
        larger = [enlarge(photo, pixels=12_000_000) for photo in photos]
        of_larger = median(map(seconds_of, larger))
        print(
            f"at 12 megapixels, median {of_larger:.2f} CPU s, "
            f"{of_larger / as_it_is:.2f} x"
        )
        largest = enlarge(photos[0], pixels=MAX_PIXELS - 200_000)
        with ProcessPoolExecutor(1, SPAWN) as pool:
            worker, child = pool.submit(peaks_of, largest).result()
        print(f"at 50 megapixels, worker {worker} MB, largest child {child} MB")
    one, two = throughput(photos, 1), throughput(photos, 2)
    print(f"two workers, {two / one:.2f} x the throughput of one ({one:.2f} a second)")


if __name__ == "__main__":
    main()

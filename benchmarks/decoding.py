"""What decoding costs: processor seconds and peak memory of the child, by format.

    .venv/bin/python -m benchmarks.decoding

Prints each as a ratio to a 1-megapixel JPEG in the same run.
"""

import resource
import tempfile
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from receipts.imaging.decode import decode
from receipts.reading.clock import cpu_seconds

RUNS = 3


def picture(megapixels: float) -> Image.Image:
    """A picture with structure, neither flat nor noise."""
    height = int((megapixels * 1e6 / 1.333) ** 0.5)
    rng = np.random.default_rng(1)
    small = rng.integers(0, 255, (height // 12, int(height * 1.333) // 12, 3))
    image = Image.fromarray(small.astype("uint8"))
    return image.resize((int(height * 1.333), height), Image.Resampling.BICUBIC)


def main() -> None:
    pillow_heif.register_heif_opener()
    baseline = None
    for kind, megapixels in [
        *(("JPEG", 1), ("JPEG", 12), ("JPEG", 48), ("PNG", 12), ("PNG", 48)),
        *(("HEIF", 12), ("HEIF", 48), ("WEBP", 12), ("TIFF", 12), ("PDF", 12)),
    ]:
        with tempfile.TemporaryDirectory() as name:
            source = Path(name) / "source"
            picture(megapixels).save(source, kind)
            seconds = []
            for run in range(RUNS):
                folder = Path(name) / str(run)
                folder.mkdir()
                start = cpu_seconds()
                decode(source, folder)
                seconds.append(cpu_seconds() - start)
        best = sorted(seconds)[RUNS // 2]
        baseline = baseline or best
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{kind:5} {megapixels:3} MP  {best:5.2f} s  {best / baseline:5.1f} x  "
            f"largest child so far {peak:5.0f} MB"
        )


if __name__ == "__main__":
    main()

"""What screening and painting cost, on top of the read that every receipt gets.

    .venv/bin/python -m benchmarks.redaction --count 12

Seconds are of the processor, with the decoding child's and Tesseract's, of generated
receipts that must be held (benchmarks/pharmacy). The receipts' medians are told as
ratios to what a clear receipt costs: decoding, one read and screening.
"""

import argparse
import os
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median

from benchmarks.pharmacy.generate import sample
from receipts.reading.readers import load_readers
from receipts.redaction import looking, whole
from receipts.redaction.whole import screen_file


def cpu() -> float:
    """Seconds of this process and of its children that have ended."""
    spent = os.times()
    return sum(spent[:4])


def held_receipts(folder: Path, count: int, seed: int) -> list[Path]:
    paths, number = [], 0
    while len(paths) < count:
        one = sample(seed, number)
        if one.spans:
            paths.append(folder / f"{number}.jpg")
            one.image.save(paths[-1], quality=95)
        number += 1
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=12, help="receipts to screen")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    readers = load_readers()
    rounds: list[int] = []
    again = looking.look_again

    def counted(*args, **how):
        rounds[-1] += 1
        return again(*args, **how)

    whole.look_again = counted
    spent: dict[str, list[float]] = {"clear": [], "held": [], "painted": []}
    verified = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to = folder / "redacted"
        to.mkdir()
        paths = held_receipts(folder, options.count, options.seed)
        screen_file(paths[0], folder, readers=readers)  # loads the models
        for path in paths:
            rounds.append(0)
            for what, how in (
                (
                    "clear",
                    {"screen": lambda pages: looking.every_recogniser(pages)[:0]},
                ),
                ("held", {}),
                ("painted", {"redact_to": to}),
            ):
                start = cpu()
                screened = screen_file(path, folder, readers=readers, **how)
                spent[what].append(cpu() - start)
            verified += screened.verified
    of_clear = median(spent["clear"])
    for what, seconds in spent.items():
        print(
            f"{what}: median {median(seconds):.2f} CPU s, "
            f"{median(seconds) / of_clear:.2f} x a clear one, most {max(seconds):.2f}"
        )
    times = ", ".join(
        f"{count} times {n}" for n, count in sorted(Counter(rounds).items())
    )
    print(f"{verified} of {len(paths)} verified; rounds of painting: {times}")


if __name__ == "__main__":
    main()

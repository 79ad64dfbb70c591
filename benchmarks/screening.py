"""What screening finds, paints over and leaves, on pictures whose truth is known.

    .venv/bin/python -m benchmarks.screening --seed 20261 --count 250 \
        --planted ../shared/receipts --ordinary ../shared/receipts \
        --report screening.md --rows screening.json --misses /tmp/misses

Generated receipts (benchmarks/pharmacy) and real ones with planted lines are screened
and redacted as an upload is, and judged by their truth: benchmarks/pharmacy/scoring.py
has the definitions. `--misses` writes pictures of what was left: keep them out of the
repository, they may show real receipts.
"""

import argparse
import contextlib
import json
import multiprocessing
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from benchmarks.pharmacy import generate as generated
from benchmarks.pharmacy.planted import NoPlace, plant
from benchmarks.pharmacy.scoring import (
    COVERED,
    PaintScore,
    SpanScore,
    mask_of,
    newly_painted,
    score_paint,
    score_span,
)
from benchmarks.pharmacy.truth import KINDS, Sample
from receipts.measuring.wilson import wilson

SPAWN = multiprocessing.get_context("spawn")
NOTES = Path(__file__).with_name("screening_notes.json")
Screen = Callable[..., object]


@dataclass(frozen=True)
class Row:
    """One picture: what was decided, and how its spans fared.

    `is_kept`: a picture of it outlives the decision, because nothing was found or the
    redacted one was verified. `error` is the name of what was raised, or "".
    """

    name: str
    layout: str
    is_ordinary: bool
    is_held: bool
    is_kept: bool
    spans: tuple[SpanScore, ...]
    paint: PaintScore
    rules: tuple[str, ...]
    seconds: float
    error: str = ""

    @property
    def shows_something(self) -> bool:
        """A span can still be read in the picture that is kept."""
        return self.is_kept and any(span.is_readable for span in self.spans)


def judged(
    sample: Sample, name: str, screen: Screen, misses: Path | None = None
) -> Row:
    """Screen a sample's picture, and compare what was painted with its truth."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "picture.jpg"
        sample.image.save(path, quality=95)
        kept, scratch = Path(work) / "kept", Path(work) / "scratch"
        kept.mkdir()
        scratch.mkdir()
        start = time.perf_counter()
        try:
            screened = screen(path, scratch, redact_to=kept)
        except Exception as error:
            return failed(sample, name, type(error).__name__)
        seconds = time.perf_counter() - start
        after = opened(screened.redacted) if screened.redacted else None
        painted = painted_on(sample.image, screened, after)
    spans = tuple(score_span(span, painted) for span in sample.spans)
    row = Row(
        name=name,
        layout=sample.layout,
        is_ordinary=sample.is_ordinary,
        is_held=screened.decision == "hold",
        is_kept=screened.decision == "clear" or after is not None,
        spans=spans,
        paint=score_paint(sample.spans, painted),
        rules=tuple(sorted({str(one.rule) for one in screened.findings})),
        seconds=round(seconds, 2),
    )
    if misses is not None and not all(span.is_covered for span in spans):
        save_miss(sample, row, after or sample.image, misses)
    return row


def failed(sample: Sample, name: str, error: str) -> Row:
    """A receipt that could not be read goes to a person; nothing of it is kept."""
    spans = tuple(SpanScore(one.kind, one.text, 0.0, True) for one in sample.spans)
    nothing = PaintScore(0, 0, 0)
    return Row(
        name,
        sample.layout,
        sample.is_ordinary,
        True,
        False,
        spans,
        nothing,
        (),
        0,
        error,
    )


def opened(path: Path) -> Image.Image:
    with Image.open(path) as file:
        return file.convert("RGB")


def painted_on(before: Image.Image, screened, after: Image.Image | None) -> np.ndarray:
    """What is black in the redacted picture; where none could be verified, what was
    proposed, so that a receipt that fails closed still tells what was found."""
    if after is not None:
        if after.size != before.size:
            raise ValueError("The redacted picture has another size.")
        return newly_painted(after, before)
    spots = [spot.corners for one in screened.findings for spot in one.spots]
    return mask_of(spots, before.size)


def save_miss(sample: Sample, row: Row, after: Image.Image, folder: Path) -> None:
    """The picture as it would be kept, with what is left of the spans in red."""
    picture = after.copy()
    draw = ImageDraw.Draw(picture)
    for span, score in zip(sample.spans, row.spans, strict=True):
        if not score.is_covered:
            draw.polygon(span.polygon, outline="red", width=2)
    picture.save(folder / f"{row.name.replace('/', '_')}.jpg", quality=90)


# The three sets. Each function makes one row from a number or a name.


def generated_row(number: int, *, seed: int, misses: Path | None) -> Row | None:
    """None for a paper that the generator fails to draw: there is nothing to screen."""
    try:
        sample = generated.sample(seed, number)
    except IndexError:
        return None
    return judged(sample, f"{seed}-{number}", screen_file(), misses)


def planted_row(
    name: str, *, folder: Path, seed: int, misses: Path | None
) -> Row | None:
    """None for a receipt on which no line can be replaced."""
    try:
        sample = plant(folder / name, seed)
    except NoPlace:
        return None
    return judged(sample, name, screen_file(), misses)


def ordinary_row(name: str, *, folder: Path) -> Row:
    with Image.open(folder / name) as file:
        image = ImageOps.exif_transpose(file).convert("RGB")
    return judged(Sample(image, (), True, "real"), name, screen_only())


def screen_file() -> Screen:
    from receipts.redaction.whole import screen_file as screen

    return screen


def screen_only() -> Screen:
    """Without painting, which an ordinary receipt doesn't need."""
    screen = screen_file()

    def decide(path: Path, folder: Path, *, redact_to: Path):
        return screen(path, folder, redact_to=None)

    return decide


def rows_of(make: Callable, items: Sequence, processes: int) -> Iterator:
    with contextlib.ExitStack() as stack:
        run = map
        if processes > 1:
            run = stack.enter_context(ProcessPoolExecutor(processes, SPAWN)).map
        for number, row in enumerate(run(make, items), 1):
            print(f"\r{number} of {len(items)}", end="", file=sys.stderr)
            yield row
    print(file=sys.stderr)


# What is said of them.


def share(right: int, n: int) -> str:
    """62/70 88.6 % (79.0-94.1), with Wilson's 95 % interval."""
    if not n:
        return "–"
    low, high = wilson(right, n)
    return f"{right}/{n} {right / n:.2%} ({low:.2%}–{high:.2%})"


def table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (head, *body)]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


def kinds_table(rows: Sequence[Row]) -> str:
    by_kind: dict[str, list[SpanScore]] = defaultdict(list)
    for row in rows:
        for span in row.spans:
            by_kind[span.kind].append(span)
    everything = [span for spans in by_kind.values() for span in spans]
    named = [(kind, by_kind[kind]) for kind in KINDS if by_kind[kind]]
    return table(
        ["kind", f"spans painted ({COVERED:.0%} of the area)", "still readable"],
        [
            [
                kind.replace("_", " "),
                share(sum(one.is_covered for one in spans), len(spans)),
                share(sum(one.is_readable for one in spans), len(spans)),
            ]
            for kind, spans in [*named, ("all", everything)]
        ],
    )


def receipts_table(rows: Sequence[Row]) -> str:
    secret = [row for row in rows if row.spans]
    ordinary = [row for row in rows if row.is_ordinary]
    painted = [row.paint for row in secret]
    total = sum(one.painted for one in painted)
    lines = [
        ["with a span, held for a person", held_share(secret)],
        [
            "with a span, verified and kept",
            share(sum(row.is_kept and row.is_held for row in secret), len(secret)),
        ],
        [
            "with a span, something readable in the kept picture",
            share(sum(row.shows_something for row in secret), len(secret)),
        ],
    ]
    if ordinary:
        lines.append(["ordinary, held without cause", held_share(ordinary)])
    if total:
        on_lines = sum(one.on_lines for one in painted) / total
        on_spans = sum(one.on_spans for one in painted) / total
        lines.append(["painted area that lies on a span's line", f"{on_lines:.1%}"])
        lines.append(["painted area that lies on a span itself", f"{on_spans:.1%}"])
    return table(["receipts", ""], lines)


def held_share(rows: Sequence[Row]) -> str:
    return share(sum(row.is_held for row in rows), len(rows))


def layouts_table(rows: Sequence[Row]) -> str:
    """The layouts of which something is left, the worst first."""
    missed, whole = Counter(), Counter()
    for row in rows:
        missed[row.layout] += sum(not span.is_covered for span in row.spans)
        whole[row.layout] += len(row.spans)
    body = [
        [layout, f"{count} of {whole[layout]}"]
        for layout, count in missed.most_common()
        if count
    ]
    return table(["layout", "spans not painted"], body) if body else ""


def held_list(rows: Sequence[Row]) -> str:
    """Ordinary receipts that were held, with the rules that held them."""
    body = [
        [row.name, ", ".join(row.rules) or row.error] for row in rows if row.is_held
    ]
    return table(["held", "rules"], body) if body else ""


def ordinary_part(rows: Sequence[Row], causes: dict[str, str]) -> str:
    """`causes`: files that are rightly held, with what stands on their paper."""
    without = [row for row in rows if row.is_held and row.name not in causes]
    known = [row.name for row in rows if row.name in causes]
    held = [row for row in rows if row.is_held and row.name in causes]
    lines = [
        ["held without cause", share(len(without), len(rows) - len(known))],
        ["held with cause, of those that have one", share(len(held), len(known))],
    ]
    return "\n\n".join(
        part for part in (table(["receipts", ""], lines), held_list(without)) if part
    )


def part_of(title: str, rows: Sequence[Row]) -> str:
    errors = Counter(row.error for row in rows if row.error)
    ordinary = [row for row in rows if row.is_ordinary]
    parts = [
        f"### {title}",
        kinds_table(rows),
        receipts_table(rows),
        layouts_table(rows),
        held_list(ordinary) if ordinary else "",
        ", ".join(f"{count} raised {name}" for name, count in errors.items()),
    ]
    return "\n\n".join(part for part in parts if part)


def causes() -> dict[str, str]:
    return json.loads(NOTES.read_text("utf-8")) if NOTES.exists() else {}


def names_in(folder: Path, limit: int | None) -> list[str]:
    lines = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    names = [json.loads(line)["file"] for line in lines]
    step = max(1, len(names) // limit) if limit else 1
    return names[::step][:limit]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=0, help="generated receipts")
    parser.add_argument("--planted", type=Path, metavar="FOLDER")
    parser.add_argument("--ordinary", type=Path, metavar="FOLDER")
    parser.add_argument("--limit", type=int, help="real receipts, at most")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--report", type=Path, help="where the tables are written")
    parser.add_argument("--rows", type=Path, help="where each picture's row is written")
    parser.add_argument("--misses", type=Path, help="a folder for what was missed")
    options = parser.parse_args()
    if options.misses:
        options.misses.mkdir(parents=True, exist_ok=True)
    sets: dict[str, list[Row]] = {}
    parts = []
    common = {"seed": options.seed, "misses": options.misses}
    if options.count:
        title = f"Generated, seed {options.seed}"
        make = partial(generated_row, **common)
        rows = rows_of(make, range(options.count), options.processes)
        sets[title] = [row for row in rows if row is not None]
        parts.append(part_of(title, sets[title]))
        if without := options.count - len(sets[title]):
            parts.append(f"The generator could not draw {without} receipts.")
    if options.planted:
        title = f"Planted on real photos, seed {options.seed}"
        make = partial(planted_row, folder=options.planted, **common)
        names = names_in(options.planted, options.limit)
        rows = rows_of(make, names, options.processes)
        sets[title] = [row for row in rows if row is not None]
        parts.append(part_of(title, sets[title]))
        if without := len(names) - len(sets[title]):
            parts.append(f"On {without} receipts no line could be replaced.")
    if options.ordinary:
        title = "Ordinary receipts, as they are"
        make = partial(ordinary_row, folder=options.ordinary)
        names = names_in(options.ordinary, options.limit)
        sets[title] = list(rows_of(make, names, options.processes))
        parts.append(f"### {title}\n\n{ordinary_part(sets[title], causes())}")
    report = "\n\n".join(parts)
    print(report)
    if options.report:
        options.report.write_text(report + "\n", "utf-8")
    if options.rows:
        told = {title: [asdict(row) for row in rows] for title, rows in sets.items()}
        options.rows.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()

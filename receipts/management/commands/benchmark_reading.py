"""Measure the reading on a folder with truth.jsonl: shares right, with intervals.

The folder holds the files that `truth.jsonl` names, a row each: file, locale, merchant,
date, total, and items where known. Shares carry Wilson's 95 % interval. They are told
by the labels as they are, and by the paper where somebody looked (label_notes.json).
"""

import json
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from receipts.measuring import plots
from receipts.measuring.report import (
    NAMES,
    NoMarkers,
    Result,
    markdown,
    place_of,
    put_between_markers,
)
from receipts.measuring.run import Measured, measure
from receipts.measuring.scoring import Score, score
from receipts.measuring.truth import as_printed, notes_in, truth_of
from receipts.reading.chooser import Model
from receipts.reading.readers import load_readers
from receipts.training.degrade import KINDS
from receipts.training.examples import group_of
from receipts.training.folder import examples_in

try:
    from receipts.training.fitting import crossed
except ImportError:  # a server without the extra measures with the model it has
    crossed = None

NOTES = Path(settings.BASE_DIR) / "benchmarks" / "label_notes.json"


def read_row(
    row: dict,
    *,
    folder: Path,
    words: Path | None,
    models: Mapping[str, Model],
    today: date,
) -> Measured:
    # The models are loaded before the file's time is taken.
    readers = load_readers()
    return measure(
        folder / row["file"],
        locale=row["locale"],
        today=today,
        readers=readers,
        words=words,
        model=models.get(group_in(row)),
    )


def group_in(row: dict) -> str:
    """Its merchant's, as the training parts receipts."""
    return group_of(row.get("merchant") or row["file"])


def result_of(row: dict, measured: Measured, note: dict, today: date) -> Result:
    truth = truth_of(row, today)
    printed = as_printed(truth, note)
    group = row["file"].rpartition("/")[0] or "all"
    scored = partial(score, row["file"], group, measured.row)
    return Result(
        file=row["file"],
        group=group,
        source=row.get("source", ""),
        measured=measured,
        labelled=scored(truth),
        printed=scored(printed),
        truth=truth,
        printed_truth=printed,
        why=note.get("why", ""),
    )


def raw_row(result: Result) -> dict:
    """What was right and how sure the reading was, without a word of the receipt."""
    return {
        "file": result.file,
        "error": result.measured.row.get("error"),
        "right_by_label": dict(result.labelled.right),
        "right_by_paper": dict(result.printed.right),
        "confidence": dict(result.printed.confidence),
        "straight_through": result.printed.straight_through,
        "reasons": list(result.measured.reasons),
        "items": result.printed.items and vars(result.printed.items),
        "seconds": {k: round(v, 3) for k, v in result.measured.seconds.items()},
        "is_remembered": result.measured.is_remembered,
        "version": result.measured.row.get("version"),
        "model": result.measured.row.get("model"),
    }


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--limit", type=int, help="only the first so many rows")
        parser.add_argument(
            "--jobs", type=int, default=1, help="processes that read side by side"
        )
        parser.add_argument(
            "--words",
            type=Path,
            metavar="DIR",
            help="keep what was read in this folder, and don’t read it again; it "
            "holds receipts’ text, so it lies outside the repository",
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE.md",
            help="write the tables between its benchmark markers",
        )
        parser.add_argument(
            "--plots", type=Path, metavar="DIR", help="write the plots as SVG files"
        )
        parser.add_argument(
            "--json",
            type=Path,
            metavar="FILE",
            help="what was right in each file, and how sure the reading was",
        )

        parser.add_argument(
            "--cross-validate",
            type=Path,
            metavar="DIR",
            help="read each receipt with a model that hasn’t seen its merchant, fitted "
            "on what train_reader --folder … --pages DIR has kept",
        )
        parser.add_argument(
            "--robustness",
            type=Path,
            metavar="FILE",
            help="what benchmarks/robustness.py wrote, for its table and plot",
        )

    def handle(self, *, folder, limit, jobs, words, report, **options):
        rows = rows_in(folder)[:limit]
        worse = rows_of(options["robustness"]) if options["robustness"] else []
        if words is not None:
            words = outside_the_repository(words)
        text = text_with_markers(report) if report else ""
        today = timezone.now().date()
        notes = notes_in(NOTES)
        pages = options["cross_validate"]
        models = crossed_models(folder, pages, notes, today) if pages else {}
        read = partial(read_row, folder=folder, words=words, models=models, today=today)
        results = []
        for row, measured in zip(rows, in_processes(read, rows, jobs), strict=True):
            note = notes.get(row["file"], {})
            results.append(result_of(row, measured, note, today))
            if options["verbosity"] > 1:
                self.stderr.write(f"{len(results)} of {len(rows)}")
        pictures = {}
        if options["plots"]:
            pictures = write_plots(options["plots"], results, worse, report)
        generated = markdown(
            results, about(results, jobs, is_crossed=bool(models)), pictures, worse
        )
        if options["json"]:
            told = json.dumps([raw_row(result) for result in results], indent=1)
            options["json"].write_text(told, "utf-8")
        if report:
            report.write_text(put_between_markers(text, generated), "utf-8")
        self.stdout.write(generated)


def rows_in(folder: Path) -> list[dict]:
    try:
        lines = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    except OSError:
        raise CommandError(f"There is no truth.jsonl in {folder}.") from None
    return [json.loads(line) for line in lines]


def rows_of(path: Path) -> list[dict]:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise CommandError(
            f"{path} isn’t what benchmarks/robustness.py writes."
        ) from None


def crossed_models(
    folder: Path, pages: Path, notes: Mapping[str, Mapping], today: date
) -> dict[str, Model]:
    """For every merchant's group a model that was fitted without it."""
    if crossed is None:
        raise CommandError("Fitting needs scikit-learn: requirements-train.txt.")
    examples = list(
        examples_in(
            folder,
            notes=notes,
            copies=len(KINDS),
            pages=pages,
            kept_only=True,
            today=today,
        )
    )
    if not examples:
        raise CommandError(f"There is nothing to learn from in {pages}.")
    return {
        example.group: model
        for model, left in crossed(examples, day=today)
        for example in left
    }


def outside_the_repository(words: Path) -> Path:
    words = words.resolve()
    if words.is_relative_to(Path(settings.BASE_DIR).resolve()):
        raise CommandError(
            "The folder of --words holds receipts’ text: choose one outside the "
            "repository."
        )
    words.mkdir(mode=0o700, parents=True, exist_ok=True)
    return words


def text_with_markers(report: Path) -> str:
    """The report as it is, which must have a place for the tables."""
    try:
        text = report.read_text("utf-8")
        put_between_markers(text, "")
    except OSError:
        raise CommandError(f"There is no file {report}.") from None
    except NoMarkers as error:
        raise CommandError(f"{report}: {error}") from None
    return text


def in_processes(read, rows: Sequence[dict], jobs: int) -> Iterator[Measured]:
    if jobs <= 1:
        yield from map(read, rows)
        return
    # Not forked: the readers' native threads wouldn't survive it.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=django.setup) as pool:
        yield from pool.map(read, rows)


def write_plots(
    folder: Path,
    results: Sequence[Result],
    worse: Sequence[dict],
    report: Path | None,
) -> dict[str, str]:
    """The plots' paths as the report links them."""
    sets: dict[str, list[Score]] = {}
    for result in sorted(results, key=lambda r: place_of(r.group)):
        name = NAMES.get(result.group, result.group)
        sets.setdefault(name, []).append(result.printed)
    try:
        drawn = {
            "accept": plots.plot_accept(sets),
            "reliability": plots.plot_reliability([r.printed for r in results]),
            "misses": plots.plot_misses(sets),
        }
        if worse:
            drawn["robustness"] = plots.plot_robustness(worse)
    except plots.NoMatplotlib as error:
        raise CommandError(str(error)) from None
    links = {}
    for name, svg in drawn.items():
        path = folder / f"reading-{name}.svg"
        plots.save(path, svg)
        links[name] = os.path.relpath(path, report.parent if report else Path())
    return links


def about(results: Sequence[Result], jobs: int, *, is_crossed: bool) -> str:
    """What was measured: how many files, and which version of the reading."""
    readers = load_readers()
    names = [r for r in (readers.first, readers.second) if r is not None]
    versions = " and ".join(f"{r.name} {r.version}" for r in names)
    read = next((r.measured.row for r in results if "version" in r.measured.row), {})
    model = f", model {read['model']}" if read.get("model") else ""
    if is_crossed:
        model = ", each with a model that hasn’t seen its merchant"
    return (
        f"{len(results)} receipts, read by version {read.get('version', '–')} of the "
        f"reading{model}, with {versions}; processes: {jobs}. Cells: right/judged, "
        "share, 95 % interval."
    )

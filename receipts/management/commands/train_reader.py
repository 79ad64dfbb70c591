"""Fit the learned confidence of readings anew, and install it if it isn't worse.

Learns from the receipts that reviewers have accepted: what they confirmed is the truth,
and the numbers that are stored with each reading are all that is needed. The model is
fitted without a part of the merchants and compared with the present one on those of
their receipts that neither has seen; only then are all receipts used. A worse model is
refused, and the exit code is 1.
"""

import math
from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from receipts.measuring.truth import notes_in
from receipts.models import ReaderModel
from receipts.reading.chooser import FIELDS, Model, load_model, model_as_json
from receipts.services import reader_models
from receipts.training.decided import confirmed_examples
from receipts.training.examples import Example, split
from receipts.training.figures import (
    Answer,
    Figures,
    all_answers,
    answers,
    figures_of,
    reliability,
    right_by_rules,
    what_is_worse,
)
from receipts.training.folder import examples_in

try:
    from receipts.training.fitting import crossed, fit
except ImportError:  # a server without the extra reads with the model it has
    crossed = fit = None

PORTALS = "portal"
MINIMUM, HELD_BACK = 200, 0.3
LEAST_UNSEEN = 50  # by both models, to compare them on


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--minimum",
            type=int,
            default=MINIMUM,
            help=f"the fewest receipts to learn from (default {MINIMUM})",
        )
        parser.add_argument(
            "--held-back",
            type=share,
            default=HELD_BACK,
            metavar="SHARE",
            help=f"of the merchants, to compare on (default {HELD_BACK})",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="compare, and install nothing"
        )
        parser.add_argument(
            "--use",
            metavar="VERSION",
            help=f"install nothing new but go back to a version, or to “{PORTALS}” for "
            "the model that comes with the portal",
        )
        parser.add_argument(
            "--output",
            type=Path,
            metavar="FILE",
            help="write the model to a file instead of installing it, whatever the "
            "comparison says: the portal’s own may have learned from the same receipts",
        )
        parser.add_argument(
            "--cross-validate",
            action="store_true",
            help="also measure on each fifth of the merchants in turn",
        )
        folder = parser.add_argument_group("from a folder with truth.jsonl instead")
        folder.add_argument("--folder", type=Path, metavar="DIR")
        folder.add_argument(
            "--notes", type=Path, metavar="FILE", help="where the paper differs (JSON)"
        )
        folder.add_argument(
            "--copies",
            type=int,
            default=0,
            metavar="N",
            help="learn from N worse copies of each picture too, at most 5",
        )
        folder.add_argument(
            "--pages",
            type=Path,
            metavar="DIR",
            help="where what the readers see is kept for the next time",
        )
        folder.add_argument(
            "--kept-only",
            action="store_true",
            help="learn from what is kept there, and read no picture",
        )

    def handle(self, *, use, cross_validate, dry_run, output, **options):
        if use is not None:
            return self.use(use)
        if fit is None:
            raise CommandError(
                "Training needs scikit-learn: install requirements-train.txt."
            )
        today = timezone.now().date()
        examples = self.examples(today, **options)
        if cross_validate:
            self.cross_validate(examples, today)
        present = reader_models.current() if output is None else load_model()
        since = reader_models.made_at() if output is None else None
        figures, worse = self.compare(
            examples, present, today, held_back=options["held_back"], since=since
        )
        for sentence in worse:
            self.stdout.write(sentence)
        if worse and output is None:
            raise CommandError("The new model is worse. The present one stays.")
        model = fit(examples, day=today, present=present)
        if model.fields == present.fields:
            self.stdout.write(
                "The receipts show too few mistakes to learn from. The present model "
                "stays."
            )
        elif dry_run:
            self.stdout.write(f"{model.version} would be installed.")
        elif output is not None:
            write_whole(output, model_as_json(model))
            self.stdout.write(f"{model.version} is written to {output}.")
        else:
            reader_models.install(model, receipts=len(examples), figures=figures)
            self.stdout.write(f"{model.version} is installed.")

    def use(self, version: str) -> None:
        try:
            reader_models.use("" if version == PORTALS else version)
        except ReaderModel.DoesNotExist:
            raise CommandError(f"There is no version {version}.") from None
        self.stdout.write(f"{reader_models.current().version} is used.")

    def examples(
        self,
        today: date,
        *,
        folder,
        notes,
        copies,
        pages,
        kept_only,
        minimum,
        **_others,
    ) -> list[Example]:
        try:
            examples = list(
                confirmed_examples()
                if folder is None
                else examples_in(
                    folder,
                    notes=notes_in(notes) if notes else {},
                    copies=copies,
                    pages=pages,
                    kept_only=kept_only,
                    today=today,
                )
            )
        except OSError:
            raise CommandError(f"There is no truth.jsonl in {folder}.") from None
        if len(examples) < minimum:
            raise CommandError(
                f"{len(examples)} receipts can be learned from: accepted by a person, "
                f"and read by the present version of the rules. At least {minimum} are "
                "needed."
            )
        return examples

    def compare(
        self,
        examples: list[Example],
        present: Model,
        today: date,
        *,
        held_back: float,
        since: datetime | None,
    ) -> tuple[dict, list[str]]:
        """Figures of a new model on held-back merchants, to be kept with it, and where
        it is worse. The present model has seen what was decided before `since`."""
        fitted, left = split(examples, held_back)
        if not fitted or not left:
            raise CommandError(
                "The receipts are of too few merchants to hold some of them back."
            )
        if since is not None:
            left = [e for e in left if e.decided_at is None or e.decided_at > since]
            if len(left) < LEAST_UNSEEN:
                raise CommandError(
                    f"Since the present model was made, {len(left)} receipts of "
                    f"merchants that are held back were decided. {LEAST_UNSEEN} are "
                    "needed to compare fairly."
                )
        new = fit(fitted, day=today, present=present)
        now, then = all_answers(present, left), all_answers(new, left)
        figures = {name: figures_of(then[name]) for name in FIELDS}
        self.stdout.write(f"On {len(left)} receipts of merchants held back:")
        self.table(
            {f"{name}, present": figures_of(now[name]) for name in FIELDS} | figures
        )
        kept = {name: asdict(one) for name, one in figures.items()}
        return kept, what_is_worse(then, now)

    def cross_validate(self, examples: list[Example], today: date) -> None:
        found: dict[str, list[Answer]] = defaultdict(list)
        by_rules: dict[str, int] = defaultdict(int)
        for model, left in crossed(examples, day=today):
            for example in left:
                for name in FIELDS:
                    key = f"{name}, {example.name}"
                    found[key] += answers(model, name, [example])
                    by_rules[key] += right_by_rules(name, [example])
        keys = [key for key in sorted(found) if found[key]]
        self.stdout.write("Each fifth of the merchants by a model without them:")
        self.table({key: figures_of(found[key]) for key in keys})
        self.stdout.write("Right by the rules’ choice:")
        for key in keys:
            self.stdout.write(f"- {key}: {by_rules[key]}")
        self.stdout.write("Confidence, and the share that is right:")
        for key in keys:
            bins = ", ".join(
                f"{b.confidence:.3f} {b.right:.3f} ({b.receipts})"
                for b in reliability(found[key])
            )
            self.stdout.write(f"- {key}: {bins}")

    def table(self, rows: dict[str, Figures]) -> None:
        titles = ("n", "right", "log loss", "Brier", "before an error", "sure", "wrong")
        self.stdout.write(f"| | {' | '.join(titles)} |")
        self.stdout.write("|---" * (len(titles) + 1) + "|")
        for name, f in rows.items():
            cells = (
                f"{f.receipts} | {f.right} | {f.log_loss:.4f} | {f.brier:.4f} | "
                f"{f.without_error:.3f} | {f.sure} | {f.wrong_sure}"
            )
            self.stdout.write(f"| {name} | {cells} |")


def share(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and 0 < value < 1):
        raise ValueError(text)
    return value


def write_whole(path: Path, text: str) -> None:
    """So that who reads it meanwhile sees the old one or the new one."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text + "\n", "utf-8")
    part.replace(path)

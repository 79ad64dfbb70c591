"""Responses, one a row, as a file for other programs."""

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from panelists.models import User
from surveys.models import Answer, Response, Survey, SurveyEvent
from surveys.services.errors import NotAllowed
from surveys.services.exporting import writers
from surveys.services.exporting.columns import Column, Row, Type, columns
from surveys.services.results.asking import Questionnaire, questionnaire
from surveys.services.results.counting import batches
from surveys.services.results.selecting import DEFAULT, Filters, responses


@dataclass(frozen=True)
class Format:
    name: str
    ending: str
    content_type: str
    write: Callable


FORMATS = {
    "csv": Format("CSV", "zip", "application/zip", writers.write_csv),
    "xlsx": Format(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        writers.write_xlsx,
    ),
    "sav": Format("SPSS", "sav", "application/octet-stream", writers.write_sav),
    "parquet": Format(
        "Parquet", "parquet", "application/octet-stream", writers.write_parquet
    ),
}


def may_export(user: User) -> bool:
    """Rows are of one person each: smaller than any small group."""
    return user.has_perms(["panelists.author_surveys", "surveys.see_small_cells"])


def export(
    survey: Survey, kind: str, filters: Filters = DEFAULT, *, by: User
) -> IO[bytes]:
    """The open file, which has no name any more: closing it deletes it.

    `kind`: a key of `FORMATS`. Raises `NotAllowed`.
    """
    if not may_export(by):
        raise NotAllowed(_("Only authors who may see small groups export responses."))
    told = FORMATS[kind]
    questions = questionnaire(survey)
    names = columns(
        questions,
        questions.language,
        {code: str(label) for code, label in Response.Status.choices},
        {code: str(label) for code, label in Response.Check.choices if code},
    )
    # Not `with`: the file is read after its folder is gone.
    folder = Path(tempfile.mkdtemp(prefix="export-", dir=settings.WORK_DIR))
    try:
        path = folder / f"responses.{told.ending}"
        rows = Counted(read(survey, questions, names, filters))
        told.write(path, names, rows)
        file = path.open("rb")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    what = _("Exported %(count)d responses (%(format)s)")
    what %= {"count": rows.count, "format": told.name}
    SurveyEvent.objects.create(survey=survey, actor=by, what=what)
    return file


class Counted:
    """Rows, and how many have gone by."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row


def read(
    survey: Survey,
    questions: Questionnaire,
    names: tuple[Column, ...],
    filters: Filters = DEFAULT,
) -> Iterator[Row]:
    """Some hundred responses at a time; each has a random name, so that rows can't be
    joined with those of another export, or to a person."""
    fields = ("pk", "version__number", "status", "check_state", "seconds", "language")
    fields += ("profile", "purchase", "weight", "flags", "shown")
    other_kind = {one.code: set(one.other_kind) for one in questions.asked}
    own = [one for one in names if not one.question]
    of_questions = names[len(own) :]
    found = responses(survey, filters).order_by("pk").values_list(*fields)
    for batch in batches(found):
        answers = answers_of([pk for pk, *_rest in batch])
        for pk, version, *told in batch:
            status, check, seconds, language, profile, purchase, *rest = told
            weight, flags, shown = rest
            held = {
                code: value
                for code, value in answers.get(pk, {}).items()
                if version not in other_kind.get(code, ())
            }
            yield Row(
                (
                    secrets.token_hex(8),
                    version,
                    status,
                    check or None,
                    seconds,
                    language,
                    profile.get("age"),
                    profile.get("region"),
                    profile.get("months"),
                    purchase.get("merchant"),
                    purchase.get("category"),
                    weight,
                    " ".join(flags) or None,
                    *(cell(column, held) for column in of_questions),
                ),
                frozenset(code for codes in shown.values() for code in codes),
            )


def answers_of(keys: list[int]) -> dict[int, dict[str, object]]:
    found: dict[int, dict[str, object]] = {}
    rows = Answer.objects.filter(response__in=keys)
    for pk, code, value in rows.values_list("response", "question", "value"):
        found.setdefault(pk, {})[code] = value
    return found


def cell(column: Column, answers: dict[str, object]):
    if column.question not in answers:
        return None
    value = column.read(answers[column.question])
    if value is not None and column.type == Type.NUMBER:
        return float(value)
    return value

"""Answers, counted by the database: one row for all that are equal."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    F,
    FilteredRelation,
    FloatField,
    Func,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce

from surveys.definition import Kind, Question
from surveys.models import Answer, Survey
from surveys.services.results.asking import Asked, Questionnaire
from surveys.services.results.selecting import (
    AGES,
    DEFAULT,
    Filters,
    condition,
    responses,
)
from surveys.statistics.crosstabs import Crosstab, crosstab
from surveys.statistics.estimates import NOBODY, Base
from surveys.statistics.tallies import Distribution, codes_in, codes_of, tally

WEIGHT = Coalesce("response__weight", Value(1.0), output_field=FloatField())
# Enough for a page; a search finds the rest.
PROFILES = ("age", "region", "language", "version")
CROSSED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE})
MOST_COLUMNS = 26


def answers(survey: Survey, asked: Asked, filters: Filters = DEFAULT) -> QuerySet:
    return Answer.objects.filter(
        condition(survey, filters, "response__"),
        question=asked.code,
        response__version__number__in=asked.versions,
    )


def summed(rows: QuerySet, *names: str) -> Iterator[tuple[Any, ...]]:
    """The rows' values of these names, then the base of those who have them."""
    told = (
        rows.order_by()
        .values_list(*names)
        .annotate(n=Count("pk"), weight=Sum(WEIGHT), squares=Sum(WEIGHT * WEIGHT))
    )
    for *values, n, weight, squares in told.iterator():
        yield *values, Base(n, weight, squares)


def distribution(
    survey: Survey, asked: Asked, filters: Filters = DEFAULT
) -> Distribution:
    rows = answers(survey, asked, filters)
    if asked.question.kind == Kind.TEXT:
        # Texts are not read to be counted.
        return tally(asked.question, summed(rows, "question"))
    return tally(asked.question, summed(rows, "value"))


# Crosstabs ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Heads:
    """What the columns of a crosstab are: a question's answers, or of the profile."""

    name: str
    asked: Asked | None = None

    @property
    def exclude(self) -> bool:
        return self.asked is None or self.asked.question.kind != Kind.MULTIPLE


def can_be_crossed(question: Question) -> bool:
    return question.kind in CROSSED


def heads(questions: Questionnaire, name: str) -> Heads | None:
    """By a question's code, or `profile.age`, ...; None if it can't be a head."""
    if name.removeprefix("profile.") in PROFILES and name.startswith("profile."):
        return Heads(name)
    asked = questions.get(name)
    if asked is None or not can_be_crossed(asked.question):
        return None
    return Heads(name, asked)


def crossed(
    survey: Survey, asked: Asked, by: Heads, filters: Filters = DEFAULT
) -> Crosstab:
    """Of those who answered the question and are in some column."""
    rows = answers(survey, asked, filters)
    if by.asked:
        rows = rows.annotate(
            other=FilteredRelation(
                "response__answers",
                condition=Q(response__answers__question=by.asked.code),
            )
        ).filter(other__isnull=False, response__version__number__in=by.asked.versions)
        column = "other__value"
    else:
        column = {
            "profile.age": "response__profile__age",
            "profile.region": "response__profile__region",
            "profile.language": "response__language",
            "profile.version": "response__version__number",
        }[by.name]
    held: dict[tuple[str, str], Base] = defaultdict(lambda: NOBODY)
    bases: dict[str, Base] = defaultdict(lambda: NOBODY)
    totals: dict[str, Base] = defaultdict(lambda: NOBODY)
    total = NOBODY
    for value, other, base in summed(
        rows.annotate(column=F(column)), "value", "column"
    ):
        columns = column_codes(by, other)
        if not columns:
            continue
        total += base
        for one in columns:
            bases[one] += base
        for row in set(codes_in(asked.question, value)):
            totals[row] += base
            for one in columns:
                held[row, one] += base
    known = codes_of(asked.question)
    return crosstab(
        held,
        bases,
        [*known, *sorted(set(totals) - set(known))],
        ordered_columns(by, bases),
        total=total,
        row_totals=totals,
        rows_exclude=asked.question.kind != Kind.MULTIPLE,
        columns_exclude=by.exclude,
    )


def column_codes(by: Heads, value: Any) -> frozenset[str]:
    if value is None or value == "":
        return frozenset()
    if by.asked:
        return frozenset(codes_in(by.asked.question, value))
    if by.name == "profile.age":
        return frozenset(
            band for band, (least, most) in AGES.items() if least <= value <= most
        )
    return frozenset({str(value)})


def ordered_columns(by: Heads, bases: dict[str, Base]) -> list[str]:
    """Those that hold anyone; of regions and languages the largest."""
    if by.asked:
        known = list(codes_of(by.asked.question))
        found = [c for c in known if c in bases] + sorted(set(bases) - set(known))
    elif by.name == "profile.age":
        found = [band for band in AGES if band in bases]
    else:
        found = sorted(bases, key=lambda one: (-bases[one].n, one))
    return found[:MOST_COLUMNS]


# Texts --------------------------------------------------------------------------------


def has_texts(question: Question) -> bool:
    return question.kind == Kind.TEXT or any(
        option.asks_text for option in question.options
    )


def texts(
    survey: Survey, asked: Asked, filters: Filters = DEFAULT, search: str = ""
) -> QuerySet:
    """The answers that were typed, or have something typed beside; newest first."""
    rows = answers(survey, asked, filters).order_by("-at", "-pk")
    if asked.question.kind == Kind.TEXT:
        if not search:
            return rows
        return rows.alias(text=Unquoted("value")).filter(text__icontains=search)
    rows = rows.filter(value__other__isnull=False)
    return rows.filter(value__other__icontains=search) if search else rows


class Unquoted(Func):
    """The text that a JSON value is, without its quotes and escapes."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **more):
        return self.as_sql(
            compiler, connection, template="JSON_EXTRACT(%(expressions)s, '$')"
        )

    def as_postgresql(self, compiler, connection, **more):
        return self.as_sql(compiler, connection, template="(%(expressions)s #>> '{}')")


def regions(survey: Survey, least: int = 1) -> list[str]:
    """Where so many live of those who are counted."""
    found = (
        responses(survey)
        .values_list("profile__region")
        .annotate(n=Count("pk"))
        .filter(n__gte=least)
    )
    return sorted(region for region, _n in found if region)

"""How a survey goes: live counts, and where people leave it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from surveys.definition import Definition
from surveys.models import Answer, Response, Survey
from surveys.services.results.asking import definitions
from surveys.services.results.selecting import DEFAULT, Filters, responses

Status = Response.Status
# Who hasn't touched the survey for so long has left it, for now.
PAUSE = timedelta(minutes=30)
BATCH = 500


@dataclass(frozen=True)
class Counts:
    """`started`: all who began. `answering`: began, haven't ended, and were there in
    the last half hour; `left` weren't. `flags`: how often each was raised."""

    started: int
    answering: int
    left: int
    complete: int
    screened_out: int
    over_quota: int
    held: int
    good: int
    bad: int
    median_seconds: int | None
    flags: Mapping[str, int]

    @property
    def incidence(self) -> float | None:
        """The share of those that the survey looks for: complete of complete and
        screened out."""
        told = self.complete + self.screened_out
        return self.complete / told if told else None

    @property
    def completion(self) -> float | None:
        """Of those who ended or left, how many ended."""
        ended = self.complete + self.screened_out + self.over_quota
        return ended / (ended + self.left) if ended + self.left else None


def counts(survey: Survey, *, at: datetime | None = None) -> Counts:
    recent = Q(status=Status.STARTED, touched_at__gt=(at or timezone.now()) - PAUSE)
    real = survey.responses.real().order_by()
    found = real.aggregate(
        started=Count("pk"),
        answering=Count("pk", filter=recent),
        left=Count("pk", filter=Q(status=Status.STARTED) & ~recent),
        complete=Count("pk", filter=Q(status=Status.COMPLETE)),
        screened_out=Count("pk", filter=Q(status=Status.SCREENED_OUT)),
        over_quota=Count("pk", filter=Q(status=Status.OVER_QUOTA)),
        held=Count("pk", filter=Q(check_state=Response.Check.HELD)),
        good=Count("pk", filter=Q(check_state=Response.Check.GOOD)),
        bad=Count("pk", filter=Q(check_state=Response.Check.BAD)),
    )
    flags: Counter[str] = Counter()
    flagged = real.exclude(check_state=Response.Check.NONE)
    for codes, n in flagged.values_list("flags").annotate(n=Count("pk")).iterator():
        flags.update(dict.fromkeys(codes, n))
    complete = real.filter(status=Status.COMPLETE).order_by("seconds")
    middle = found["complete"] // 2
    seconds = complete.values_list("seconds", flat=True)[middle : middle + 1]
    return Counts(**found, median_seconds=next(iter(seconds), None), flags=dict(flags))


def shown_counts(survey: Survey, filters: Filters = DEFAULT) -> Counter[str]:
    """By question code how many of the selected responses were shown it."""
    found: Counter[str] = Counter()
    ways = responses(survey, filters).values_list("shown").annotate(n=Count("pk"))
    for shown, n in ways.iterator():
        for code in {code for codes in shown.values() for code in codes}:
            found[code] += n
    return found


# The funnel ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Stop:
    """A question that people were at when they left: the first of their page that they
    hadn't answered."""

    code: str
    left: int


@dataclass(frozen=True)
class Stage:
    """A page: how many came to it, how many of these left there, and at what."""

    page: str
    reached: int
    left: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Funnel:
    """`began`: all who started, without those who are answering now."""

    began: int
    stages: tuple[Stage, ...]
    ended: int


def funnel(survey: Survey, *, at: datetime | None = None) -> Funnel:
    """By page in the order of the newest version, pages of older ones behind."""
    by_version = definitions(survey)
    recent = Q(status=Status.STARTED, touched_at__gt=(at or timezone.now()) - PAUSE)
    real = survey.responses.real().exclude(recent).order_by()
    reached: Counter[str] = Counter()
    began = ended = 0
    ways = real.values_list("path", "page", "status").annotate(n=Count("pk"))
    for path, page, status, n in ways.iterator():
        began += n
        ended += n * (status != Status.STARTED)
        for one in {*path, page} - {""}:
            reached[one] += n
    left, stops = stopped(real.filter(status=Status.STARTED), by_version)
    # Of each page its questions, as the newest version that has it asks them.
    pages: dict[str, list[str]] = {}
    for key in sorted(by_version, reverse=True):
        for page in by_version[key].pages:
            codes = pages.setdefault(page.id, [])
            codes += [one.code for one in page.questions if one.code not in codes]
    newest = by_version[max(by_version)].pages if by_version else ()
    kept = {page.id for page in newest} | set(reached)
    stages = tuple(
        Stage(
            page,
            reached[page],
            left[page],
            tuple(Stop(c, stops[page, c]) for c in codes if stops[page, c]),
        )
        for page, codes in pages.items()
        if page in kept
    )
    return Funnel(began, stages, ended)


def stopped(
    started: QuerySet[Response], by_version: Mapping[int, Definition]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """By page, and by page and question, who left there; some hundreds at a time."""
    left: Counter[str] = Counter()
    stops: Counter[tuple[str, str]] = Counter()
    rows = started.exclude(page="").values_list("pk", "version", "page", "shown")
    for batch in batches(rows):
        answered = set(
            Answer.objects.filter(response__in=[pk for pk, *_ in batch]).values_list(
                "response", "question"
            )
        )
        for pk, version, page, shown in batch:
            left[page] += 1
            place = by_version[version].page(page)
            asked = [
                one.code for one in (place.questions if place else ()) if one.is_asked
            ]
            codes = shown.get(page) or asked
            waiting = [c for c in codes if c in asked and (pk, c) not in answered]
            if waiting:
                stops[page, waiting[0]] += 1
    return left, stops


def batches(rows: QuerySet, size: int = BATCH) -> Iterator[tuple]:
    source = rows.iterator(chunk_size=size)
    while batch := tuple(islice(source, size)):
        yield batch

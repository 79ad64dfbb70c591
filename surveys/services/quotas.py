"""Counting complete responses by quota, so that none goes beyond its limit.

The quotas of the version that is current count, also for a response that began with an
earlier one: what is counted one by one is what a launch would count anew. Whoever
counts holds the survey's row (`lock_survey`).
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import F

from surveys.answering.flow import condition_of, is_true
from surveys.definition import Definition, Quota
from surveys.logic.conditions import decided
from surveys.logic.facts import Facts
from surveys.models import QuotaCount, Response, Survey

# Answers of so many responses are in memory at a time.
CHUNK = 500


class QuotaFull(Exception):
    """One of the quotas has no place left; nothing was counted."""


def lock_survey(pk: int) -> Survey:
    """In a transaction: whoever completes, launches or counts waits here."""
    return Survey.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def facts_of(response: Response) -> Facts:
    """What is stored of a response; for one that has ended, what it showed."""
    return Facts(
        answers={one.question: one.value for one in response.answers.all()},
        profile=response.profile,
        purchase=response.purchase,
    )


def counted(survey: Survey):
    """The responses that fill quotas: complete ones that nobody has found bad."""
    return (
        Response.objects.real()
        .filter(survey=survey, status=Response.Status.COMPLETE)
        .exclude(check_state=Response.Check.BAD)
    )


def recount(survey: Survey, definition: Definition) -> None:
    """Bring the counts in line with what is complete, as a launch of `definition`
    does; quotas that it lacks are forgotten."""
    with transaction.atomic():
        lock_survey(survey.pk)
        counts = {quota.code: 0 for quota in definition.quotas}
        if counts:
            for facts in _each_facts(survey):
                for quota in matching(definition.quotas, facts):
                    counts[quota.code] += 1
        QuotaCount.objects.filter(survey=survey).exclude(code__in=counts).delete()
        for quota in definition.quotas:
            QuotaCount.objects.update_or_create(
                survey=survey,
                code=quota.code,
                defaults={"limit": quota.limit, "count": counts[quota.code]},
            )


def _each_facts(survey: Survey) -> Iterator[Facts]:
    responses = counted(survey).order_by("pk").prefetch_related("answers")
    for response in responses.iterator(chunk_size=CHUNK):
        yield facts_of(response)


def matching(quotas: Iterable[Quota], facts: Facts) -> tuple[Quota, ...]:
    """The quotas in which a response with these facts, all of them, counts."""
    return tuple(quota for quota in quotas if is_true(quota.when, facts))


def full_codes(survey: Survey) -> frozenset[str]:
    return frozenset(
        QuotaCount.objects.filter(survey=survey, count__gte=F("limit")).values_list(
            "code", flat=True
        )
    )


def is_full(survey: Survey, facts: Facts, open_codes: frozenset[str]) -> bool:
    """Whether it is certain by now that the response would end in a full quota,
    whatever is answered to the questions `open_codes`."""
    full = full_codes(survey)
    version = survey.current if full else None
    if version is None:
        return False
    for quota in version.definition.quotas:
        if quota.code in full:
            condition = condition_of(quota.when)
            if condition is not None and decided(condition, facts, open_codes):
                return True
    return False


def take(survey: Survey, facts: Facts) -> None:
    """Count a completing response in every quota whose condition holds, or in none.

    In the caller's transaction, under `lock_survey`. Raises `QuotaFull`.
    """
    version = survey.current
    if version is None:
        return
    with transaction.atomic():
        codes = sorted(one.code for one in matching(version.definition.quotas, facts))
        for code in codes:
            counts = QuotaCount.objects.filter(survey=survey, code=code)
            raised = counts.filter(count__lt=F("limit")).update(count=F("count") + 1)
            if not raised and counts.exists():
                raise QuotaFull


def give_back(survey: Survey, facts: Facts) -> None:
    """Free the places of a response that was found bad, for somebody else."""
    version = survey.current
    if version is None:
        return
    codes = [one.code for one in matching(version.definition.quotas, facts)]
    QuotaCount.objects.filter(survey=survey, code__in=codes, count__gt=0).update(
        count=F("count") - 1
    )

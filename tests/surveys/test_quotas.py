"""No quota is exceeded, and none is short of a response that fits."""

from dataclasses import replace

import pytest
from django.db import connection

from rewards.models import Reward
from surveys.definition import Quota
from surveys.logic.facts import Facts
from surveys.models import QuotaCount, Response, Survey
from surveys.services import quotas
from surveys.services.responding import answer, start
from tests.factories import make_panelist
from tests.surveys.factories import (
    ANSWERS,
    SURVEY,
    make_response,
    make_version,
)
from tests.surveys.test_responding import leave, walk
from tests.together import together

Status = Response.Status
COFFEE = Facts({"drinks": {"chosen": ["coffee"]}})
TEA = Facts({"drinks": {"chosen": ["tea"]}})


def limited(**limits):
    """The example survey with quotas: everyone, coffee, tea."""
    whens = {
        "everyone": "",
        "coffee": "drinks includes 'coffee'",
        "tea": "drinks includes 'tea'",
    }
    return replace(
        SURVEY,
        quotas=tuple(Quota(one, one, limits[one], whens[one]) for one in limits),
    )


def counts() -> dict[str, int]:
    return dict(QuotaCount.objects.values_list("code", "count"))


def begin(version) -> Response:
    return start(version.survey, panelist=make_panelist(panel=version.survey.panel))


@pytest.mark.django_db
def test_a_complete_response_counts_in_all_quotas_that_hold():
    version = make_version(definition=limited(everyone=5, coffee=5, tea=5))

    walk(begin(version), drinks={"chosen": ["coffee"]})

    assert counts() == {"everyone": 1, "coffee": 1, "tea": 0}


@pytest.mark.django_db
def test_where_one_quota_is_full_none_is_raised():
    survey = make_version(definition=limited(everyone=5, coffee=1)).survey
    QuotaCount.objects.filter(code="coffee").update(count=1)

    with pytest.raises(quotas.QuotaFull):
        quotas.take(survey, COFFEE)
    quotas.take(survey, TEA)

    assert counts() == {"everyone": 1, "coffee": 1}


@pytest.mark.django_db
def test_a_full_quota_ends_a_response_as_soon_as_it_is_certain():
    version = make_version(definition=limited(everyone=5, coffee=1))
    walk(begin(version))
    second, third = begin(version), begin(version)

    over = leave(second)
    goes_on = leave(third, drinks={"chosen": ["tea"]})

    assert (over.status, over.page, over.path) == (Status.OVER_QUOTA, "", ["p1"])
    assert goes_on.status == Status.STARTED
    assert Reward.objects.count() == 1
    assert counts() == {"everyone": 1, "coffee": 1}


@pytest.mark.django_db
def test_a_full_quota_of_all_ends_a_response_at_its_start():
    version = make_version(definition=limited(everyone=1))
    walk(begin(version))

    assert begin(version).status == Status.OVER_QUOTA


@pytest.mark.django_db
def test_a_quota_that_fills_meanwhile_ends_a_response_over_quota():
    version = make_version(definition=limited(everyone=5, tea=1))
    last = leave(leave(leave(begin(version))))
    QuotaCount.objects.filter(code="tea").update(count=1)

    outcome = answer(last, "p4", {"recommend": 1}, revision=last.revision)

    assert outcome.response.status == Status.OVER_QUOTA
    assert not Reward.objects.exists()
    assert counts() == {"everyone": 0, "tea": 1}


@pytest.mark.django_db
def test_a_launch_counts_anew():
    version = make_version(definition=limited(everyone=5))
    for status, bad in [("complete", ""), ("complete", ""), ("screened_out", "")]:
        make_response(version, answers=ANSWERS, status=status, check_state=bad)
    make_response(version, answers={"drinks": {"chosen": ["tea"]}}, status="complete")

    quotas.recount(version.survey, limited(coffee=9, tea=7))

    assert counts() == {"coffee": 2, "tea": 3}
    assert QuotaCount.objects.get(code="coffee").limit == 9


@pytest.mark.django_db
def test_a_response_of_an_earlier_version_counts_in_the_quotas_of_now():
    version = make_version(definition=limited(everyone=5))
    begun = begin(version)
    newer = make_version(version.survey, limited(tea=5))
    quotas.recount(version.survey, newer.definition)

    walk(begun)

    assert counts() == {"tea": 1}


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_complete_at_once_five_do_and_the_rest_are_over_quota():
    version = make_version(definition=limited(everyone=20, coffee=5))
    last = [leave(leave(leave(begin(version)))) for _person in range(20)]

    outcomes = together(
        *[
            lambda one=one: answer(one, "p4", {"recommend": 7}, revision=one.revision)
            for one in last
        ]
    )

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    by_status = [one.response.status for one in outcomes]
    assert by_status.count(Status.COMPLETE) == 5
    assert by_status.count(Status.OVER_QUOTA) == 15
    assert counts() == {"everyone": 5, "coffee": 5}
    assert Reward.objects.count() == 5
    stored = Response.objects.filter(answers__question="recommend").count()
    assert stored == 20


@pytest.mark.django_db(transaction=True)
def test_quotas_that_overlap_are_taken_by_many_without_a_deadlock():
    version = make_version(definition=limited(everyone=9, coffee=6, tea=6))
    survey = version.survey
    people = [COFFEE, TEA] * 8

    def take(facts):
        with quotas.transaction.atomic():
            quotas.take(quotas.lock_survey(survey.pk), facts)

    outcomes = together(*[lambda facts=facts: take(facts) for facts in people])

    errors = {type(one) for one in outcomes if one is not None}
    assert errors == {quotas.QuotaFull}
    assert outcomes.count(None) == 9
    found = counts()
    assert found["everyone"] == 9 == found["coffee"] + found["tea"]
    assert max(found["coffee"], found["tea"]) <= 6
    assert Survey.objects.count() == 1
    assert not connection.in_atomic_block

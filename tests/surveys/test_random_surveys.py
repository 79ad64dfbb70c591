"""Random people answer random surveys: every way ends and leaves what it shows."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from surveys.answering.flow import trail
from surveys.logic.facts import Facts
from surveys.logic.paths import check
from surveys.models import QuotaCount, Response
from surveys.services import responding
from surveys.services.quotas import recount
from surveys.services.responding import answer, back, current, keep, start
from tests.factories import make_panel, make_panelist
from tests.surveys.factories import make_author, make_survey, make_version
from tests.surveys.strategies import answers, surveys

Status = Response.Status
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
SLOW.append(HealthCheck.data_too_large)


class Undone(Exception):
    """Takes back what one example wrote."""


def check_way(data, definition, panel, author, people: int) -> None:
    version = make_version(make_survey(definition, panel=panel, created_by=author))
    for _person in range(people):
        seed = data.draw(st.integers(0, 2**62), label="seed")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(responding.secrets, "randbits", lambda _bits, seed=seed: seed)
            begun = start(version.survey, panelist=make_panelist(panel=panel))
        walk(data, begun)
    check_reached(definition, version.survey)
    quotas = QuotaCount.objects.filter(survey=version.survey)
    assert all(quota.count <= quota.limit for quota in quotas)
    before = set(quotas.values_list("code", "count"))
    recount(version.survey, definition)
    assert set(quotas.values_list("code", "count")) == before


def check_reached(definition, survey) -> None:
    """Nobody is shown what the path tester calls out of reach."""
    problems = [one for one in check(definition) if one.code == "unreachable"]
    pages = {one.page for one in problems if not one.question}
    questions = {one.question for one in problems if one.question}
    for shown in Response.objects.filter(survey=survey).values_list("shown", flat=True):
        assert not pages & set(shown)
        assert not questions & {code for codes in shown.values() for code in codes}


def walk(data, response: Response) -> None:
    definition = response.version.definition
    for _step in range(4 * len(definition.pages) + 4):
        if response.status != Status.STARTED:
            break
        if response.path and data.draw(st.integers(0, 5), label="back") == 0:
            response = back(response)
        view = current(response)
        told = {
            one.code: data.draw(answers(one.question), label=one.code)
            for one in view.questions
        }
        if data.draw(st.booleans(), label="keep"):
            assert keep(response, view.page, told).errors == {}
        outcome = answer(response, view.page, told, revision=response.revision)
        assert outcome.errors == {}
        response = outcome.response
    else:
        # Went back again and again: from here straight to the end.
        while response.status == Status.STARTED:
            view = current(response)
            told = {one.code: one.value for one in view.questions}
            for one in view.questions:
                if told[one.code] is None:
                    told[one.code] = data.draw(answers(one.question))
            outcome = answer(response, view.page, told, revision=response.revision)
            assert outcome.errors == {}
            response = outcome.response
    check_ended(response)


def check_ended(response: Response) -> None:
    stored = {one.question: one.value for one in response.answers.all()}
    facts = Facts(stored, response.profile, response.purchase)
    way = trail(response.version.definition, facts, response.seed)
    shown = {code for codes in response.shown.values() for code in codes}

    assert response.status != Status.STARTED
    assert set(stored) <= shown
    assert list(way.pages)[: len(response.path)] == response.path
    if response.status != Status.OVER_QUOTA:
        assert dict(way.facts.answers) == stored
        assert {page: list(codes) for page, codes in way.shown.items()} == (
            response.shown
        )
        outcome = "SCREEN_OUT" if response.status == Status.SCREENED_OUT else "END"
        assert way.step.outcome == outcome


def run(data, definition, people: int = 2) -> None:
    try:
        with transaction.atomic():
            panel, author = make_panel(), make_author()
            check_way(data, definition, panel, author, people)
            raise Undone
    except Undone:
        pass


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(st.data(), surveys(most_pages=4))
def test_every_way_ends_and_leaves_only_what_it_shows(data, definition):
    run(data, definition)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.django_db
@settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=SLOW,
    phases=[Phase.generate, Phase.shrink],
)
@given(st.data(), surveys())
def test_every_way_of_many_surveys_ends(data, definition):
    run(data, definition, people=3)

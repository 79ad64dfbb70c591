"""Every way through a survey, as the path tester lists them, answered to its end."""

from dataclasses import replace
from decimal import Decimal

import pytest

from rewards.models import Reward
from surveys.definition import Definition
from surveys.logic.paths import count_paths, walks
from surveys.models import Response, Survey
from surveys.services import checking, responding
from tests.factories import make_panelist
from tests.surveys.factories import SURVEY, make_author, make_survey, make_version


def answer_every_path(survey: Survey) -> int:
    """By a new person for each path; how many. Every answer is stored, nothing else is,
    and each path pays once: at once, or when somebody found what was held good."""
    definition: Definition = survey.current.definition
    author = make_author()
    ways = walks(definition)
    assert len(ways) == count_paths(definition)
    for way in ways:
        person = make_panelist(panel=survey.panel)
        response = responding.start(survey, panelist=person)
        seen = []
        while response.status == Response.Status.STARTED:
            view = responding.current(response)
            seen += [one.code for one in view.questions]
            values = {code: way.answers.get(code) for code in seen}
            outcome = responding.answer(
                response, view.page, values, revision=view.revision
            )
            assert not outcome.errors
            response = outcome.response
        if response.check_state == Response.Check.HELD:
            checking.find_good(response, by=author)

        is_screened_out = way.outcome == "SCREEN_OUT"
        stored = dict(response.answers.values_list("question", "value"))
        assert sorted(seen) == sorted(way.shown)
        assert stored == way.answers
        assert (response.status == Response.Status.SCREENED_OUT) == is_screened_out
        paid = Reward.objects.filter(panelist=person).values_list("amount", flat=True)
        sum_due = survey.partial_reward if is_screened_out else survey.reward
        assert list(paid) == ([sum_due] if sum_due else [])
    return len(ways)


@pytest.mark.django_db
def test_every_way_through_a_survey_stores_what_was_said_and_pays_once():
    definition = replace(SURVEY, quotas=())
    survey = make_survey(definition, partial_reward=Decimal("0.20"))
    make_version(survey)

    assert answer_every_path(survey) == 3

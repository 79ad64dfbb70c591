"""The demo's surveys: launched, answered, and one that the path tester refuses."""

import random
from collections import Counter

import pytest

from panel_portal.demo import surveys
from panelists.models import Panelist
from rewards.models import Reward
from surveys.logic import paths
from surveys.models import Response, Survey
from surveys.services import audience
from tests.factories import make_panel, make_panelist, make_terms
from tests.surveys.factories import make_author


def errors(definition) -> set[str]:
    return {
        problem.code
        for problem in paths.check(definition)
        if problem.severity == paths.Severity.ERROR
    }


def test_the_path_tester_finds_what_is_wrong_with_the_draft_only():
    assert errors(surveys.COFFEE) == errors(surveys.TRIP) == set()
    assert errors(surveys.DRAFT)


@pytest.mark.django_db
def test_a_crowd_answers_and_one_of_them_is_held():
    panel = make_panel()
    make_terms(panel)
    maya = make_panelist(panel=panel)

    surveys.make_surveys(
        panel, make_author(), rng=random.Random(2026), domain="example.com"
    )

    coffee = Survey.objects.get(name="Coffee, autumn")
    states = Counter(coffee.responses.values_list("status", flat=True))
    assert set(states) == set(Response.Status)
    assert sum(states.values()) == surveys.CROWD
    assert states["complete"] >= 30
    [held] = coffee.responses.filter(check_state="held")
    assert {"failed_attention", "straight_lining"} <= set(held.flags)
    paid = Counter(Reward.objects.values_list("amount", flat=True))
    assert sorted(paid.values()) == sorted(
        [states["complete"] - 1, states["screened_out"]]
    )
    assert not Panelist.objects.exclude(pk=maya.pk).filter(user__password="").exists()
    assert [one.name for one in audience.offered_to(maya)] != []

"""Many people at once, over HTTP: `benchmarks/survey_load.py` at a smaller size."""

import pytest

from benchmarks.survey_crowd import at_once, gather, launch, outcome
from tests.factories import make_panel
from tests.surveys.factories import make_author

PEOPLE = 40


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_forty_people_at_once_fill_quotas_exactly_and_lose_no_answer(live_server):
    panel = make_panel(capacity=PEOPLE)
    people = gather(panel, PEOPLE)
    survey = launch(panel, make_author(), coffee=8, everyone=24)

    at_once(people, live_server.url.removeprefix("http://"), survey)

    assert outcome(people, survey) == {
        "errors": {},
        "responses": 40,
        "started": 0,
        "complete": 24,
        "over quota": 16,
        "quotas": {"coffee": 8, "everyone": 24},
        "rewards": 24,
        "flagged": 0,
        "lost answers": 0,
    }

"""Many people at once, over HTTP: `benchmarks/survey_load.py` at a smaller size."""

import pytest
from django.core.servers.basehttp import WSGIServer
from pytest_django.live_server_helper import LiveServer

from benchmarks.survey_crowd import at_once, gather, launch, outcome
from tests.factories import make_panel
from tests.surveys.factories import make_author

PEOPLE = 40


@pytest.fixture
def server(transactional_db, monkeypatch):
    """Whoever comes waits in line, as at gunicorn; Django's turns away after ten."""
    monkeypatch.setattr(WSGIServer, "request_queue_size", 2 * PEOPLE)
    started = LiveServer("127.0.0.1")
    yield started
    started.stop()


@pytest.mark.long
def test_forty_people_at_once_fill_quotas_exactly_and_lose_no_answer(server):
    panel = make_panel(capacity=PEOPLE)
    people = gather(panel, PEOPLE)
    survey = launch(panel, make_author(), coffee=8, everyone=24)

    at_once(people, server.url.removeprefix("http://"), survey)

    assert outcome(people, survey) == {
        "errors": {},
        "responses": 40,
        "started": 0,
        "complete": 24,
        "over quota": 16,
        "quotas": {"coffee": 8, "everyone": 24},
        "paid or held": 24,
        "lost answers": 0,
    }

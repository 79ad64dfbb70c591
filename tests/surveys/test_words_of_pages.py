"""What the surveys' pages say to who walks them: words, headings and the way on."""

import dataclasses
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from surveys.definition import Text
from surveys.models import Response, SurveyComment
from tests.factories import make_panelist
from tests.surveys.factories import (
    SURVEY,
    make_author,
    make_response,
    make_survey,
    make_version,
)

pytestmark = pytest.mark.django_db
HELD = {"status": Response.Status.COMPLETE, "flags": ["speeder"], "check_state": "held"}


def read(client, user, name, *args) -> str:
    client.force_login(user)
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_an_end_thanks_once_and_says_when_the_reward_is_there(client):
    definition = dataclasses.replace(SURVEY, thanks=Text(en="Thank you!"))
    response = make_response(
        make_version(definition=definition), status=Response.Status.COMPLETE
    )

    text = read(client, response.panelist.user, "surveys:answer", response.public_id)

    assert text.count("Thank you!") == 1
    assert "You earn $1.50. Your rewards page shows when it is in your balance." in text


def test_offers_are_headings_below_the_one_above_them(client):
    panelist = make_panelist()
    make_version(make_survey(panel=panelist.panel))

    alone = read(client, panelist.user, "surveys:list")
    at_home = read(client, panelist.user, "home")

    assert '<h2 class="offer__title">' in alone
    assert '<h3 class="offer__title">' in at_home


def test_the_list_leads_authors_to_what_waits_for_a_check(client):
    survey = make_response(**HELD).survey
    link = reverse("results:checks", args=[survey.public_id])

    text = read(client, make_author(), "author:list")

    assert f'<a class="small" href="{link}">1 to check</a>' in text


def test_the_list_leads_nobody_where_they_may_not_check(client):
    make_response(**HELD)
    author = make_author()
    author.groups.clear()
    author.user_permissions.add(Permission.objects.get(codename="author_surveys"))

    assert "to check" not in read(client, author, "author:list")


def test_results_without_held_responses_ask_for_no_check(client):
    version = make_version()

    text = read(client, make_author(), "results:overview", version.survey.public_id)

    assert "Check 0" not in text
    assert ">Held responses</a>" in text


def test_the_time_of_a_comment_is_the_panels(client):
    survey = make_survey()
    SurveyComment.objects.create(
        survey=survey,
        text="Ask about weekends?",
        by=survey.created_by,
        at=datetime(2026, 11, 24, 19, 2, tzinfo=UTC),
    )

    text = read(client, survey.created_by, "author:comments", survey.public_id)

    assert "Nov 24, 2:02 PM" in text


def test_the_menu_shows_that_an_audience_is_part_of_surveys(client):
    survey = make_survey()

    text = read(client, survey.created_by, "audience:edit", survey.public_id)

    assert f'<a href="{reverse("author:list")}" aria-current="page">' in text


@pytest.mark.parametrize("sums", [("-3", "-3"), ("-3", "0"), ("-3", "")])
def test_a_reward_below_zero_is_refused_in_its_own_words(client, sums):
    survey = make_survey()
    client.force_login(survey.created_by)
    data = {"reward": sums[0], "partial_reward": sums[1], "share": "100"}

    response = client.post(
        reverse("author:settings", args=[survey.public_id]), data | {"priority": "0"}
    )

    assert response.status_code == 422
    assert "Nobody is paid less than nothing." in response.content.decode()
    assert "A screen-out pays no more" not in response.content.decode()


def test_a_part_of_the_builder_brings_its_title(client):
    survey = make_survey(name="Tea")
    client.force_login(survey.created_by)

    part = client.get(
        reverse("author:quotas", args=[survey.public_id]),
        headers={"HX-Request": "true"},
    )

    assert "<title>Quotas · Tea · Panel Portal" in part.content.decode()


def test_a_trial_is_part_of_the_authors_surveys(client):
    trial = make_response(make_version(is_trial=True, number=0))

    text = read(client, trial.trial_by, "surveys:answer", trial.public_id)

    assert f'<a href="{reverse("author:list")}" aria-current="page">' in text

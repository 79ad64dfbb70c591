import pytest

from surveys.models import (
    Answer,
    Response,
    Survey,
    SurveyComment,
    SurveyInvitation,
    SurveyVersion,
)
from tests.factories import make_finance, make_operator, make_panel, make_panelist

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    author = make_finance()
    survey = Survey.objects.create(panel=make_panel(), name="Tea", created_by=author)
    for number, is_trial in ((1, False), (2, False), (0, True)):
        SurveyVersion.objects.create(
            survey=survey, number=number, is_trial=is_trial, content={}, made_by=author
        )
    return survey


def make_response(survey: Survey, **fields) -> Response:
    defaults = {
        "survey": survey,
        "version": survey.current,
        "panelist": make_panelist(panel=survey.panel),
        "language": "en",
        "seed": 1,
    }
    return Response.objects.create(**defaults | fields)


@pytest.fixture
def operator(client):
    operator = make_operator()
    client.force_login(operator)
    return operator


def test_a_survey_is_listed_with_its_versions_and_responses(client, operator, survey):
    make_response(survey)
    make_response(survey, status="complete", ended_at="2026-01-01T00:00Z")
    make_response(survey, panelist=None, is_trial=True, trial_by=operator)

    [listed] = client.get("/admin/surveys/survey/").context["cl"].result_list

    assert (listed.launches, listed.started, listed.complete) == (2, 2, 1)


def test_the_list_of_surveys_asks_the_database_a_fixed_number_of_times(
    client, operator, survey, django_assert_num_queries
):
    client.get("/admin/surveys/survey/")

    with django_assert_num_queries(10):
        client.get("/admin/surveys/survey/")


@pytest.mark.parametrize("model", ["response", "answer", "surveycomment", "survey"])
def test_what_people_say_and_are_is_on_no_page(client, operator, survey, model):
    survey.draft = {"title": {"en": "aubergine"}}
    survey.save(update_fields=["draft"])
    response = make_response(
        survey, profile={"region": "US-aubergine"}, purchase={"merchant": "aubergine"}
    )
    answer = Answer.objects.create(response=response, question="q1", value="aubergine")
    comment = SurveyComment.objects.create(
        survey=survey, text="Is aubergine an option?", by=survey.created_by
    )
    row = {
        "response": response,
        "answer": answer,
        "surveycomment": comment,
        "survey": survey,
    }[model]

    listed = client.get(f"/admin/surveys/{model}/").content.decode()
    shown = client.get(f"/admin/surveys/{model}/{row.pk}/change/").content.decode()

    assert row.__class__.objects.count() == 1
    assert "aubergine" not in listed + shown


def test_an_invitation_is_found_by_the_panelist(client, operator, survey):
    panelist = make_panelist(panel=survey.panel)
    invitation = SurveyInvitation.objects.create(survey=survey, panelist=panelist)
    other = make_panelist(panel=survey.panel)
    SurveyInvitation.objects.create(survey=survey, panelist=other)

    page = client.get(f"/admin/surveys/surveyinvitation/?q={panelist.public_id}")

    assert list(page.context["cl"].result_list) == [invitation]

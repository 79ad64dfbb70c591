"""What the database itself refuses of surveys."""

from contextlib import nullcontext

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from surveys.models import (
    Answer,
    LibraryQuestion,
    QuotaCount,
    Response,
    Survey,
    SurveyComment,
    SurveyEdit,
    SurveyInvitation,
    SurveyVersion,
)
from tests.factories import make_panelist, make_user
from tests.surveys.factories import (
    make_author,
    make_response,
    make_survey,
    make_version,
)

pytestmark = pytest.mark.django_db


def refused(name: str):
    """SQLite names the constraint of a check, and the columns of a unique one."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    "fields",
    [
        {"reward": -1, "partial_reward": -1},
        {"reward": 1, "partial_reward": -1},
        {"reward": 1, "partial_reward": 2},
    ],
)
def test_survey_pays_no_more_for_a_screen_out(fields):
    survey = make_survey()

    with refused("survey_pays_no_more_for_a_screen_out"):
        Survey.objects.filter(pk=survey.pk).update(**fields)


def test_survey_ends_after_it_starts():
    survey, now = make_survey(), timezone.now()

    with refused("survey_ends_after_it_starts"):
        Survey.objects.filter(pk=survey.pk).update(starts_at=now, ends_at=now)


@pytest.mark.parametrize("share", [0, 101])
def test_survey_share_is_a_percentage(share):
    survey = make_survey()

    with refused("survey_share_is_a_percentage"):
        Survey.objects.filter(pk=survey.pk).update(share=share)


@pytest.mark.parametrize(
    "fields", [{"status": "live"}, {"launched_at": timezone.now()}]
)
def test_survey_is_launched_when_its_status_says_so(fields):
    survey = make_survey()

    with refused("survey_is_launched_when_its_status_says_so"):
        Survey.objects.filter(pk=survey.pk).update(**fields)


@pytest.mark.parametrize(
    "fields", [{"status": "closed"}, {"closed_at": timezone.now()}]
)
def test_survey_is_closed_when_its_status_says_so(fields):
    survey = make_survey(status="live")

    with refused("survey_is_closed_when_its_status_says_so"):
        Survey.objects.filter(pk=survey.pk).update(**fields)


def test_survey_edit_number_is_unique():
    survey = make_survey()
    fields = {"survey": survey, "number": 1, "definition": {}, "by": survey.created_by}
    SurveyEdit.objects.create(**fields)

    with refused("survey_edit_number_is_unique|surveyedit.number"):
        SurveyEdit.objects.create(**fields)


def test_survey_version_number_is_unique_but_of_trials():
    survey = make_survey()
    make_version(survey, number=1)
    make_version(survey, number=0, is_trial=True)
    make_version(survey, number=0, is_trial=True)

    with refused("survey_version_number_is_unique|surveyversion.number"):
        make_version(survey, number=1)


@pytest.mark.parametrize("fields", [{"number": 0}, {"number": 1, "is_trial": True}])
def test_survey_version_of_a_trial_has_no_number(fields):
    survey = make_survey()

    with refused("survey_version_of_a_trial_has_no_number"):
        make_version(survey, **fields)


@pytest.mark.parametrize(
    "fields", [{"content": {}}, {"number": 7}, {"changes": ["x"]}, {"is_trial": True}]
)
def test_a_version_is_never_edited(fields):
    version = make_version()

    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyVersion.objects.filter(pk=version.pk).update(**fields)

    again = SurveyVersion.objects.get(pk=version.pk)
    assert (again.number, again.content) == (1, version.content)


def test_quota_count_is_unique():
    survey = make_survey()
    QuotaCount.objects.create(survey=survey, code="all", limit=1)

    with refused("quota_count_is_unique|quotacount.code"):
        QuotaCount.objects.create(survey=survey, code="all", limit=2)


@pytest.mark.parametrize("lacks", ["resolved_at", "resolved_by"])
def test_survey_comment_resolved_at_and_by_go_together(lacks):
    survey = make_survey()
    fields = {"resolved_at": timezone.now(), "resolved_by": survey.created_by}
    fields[lacks] = None

    with refused("survey_comment_resolved_at_and_by_go_together"):
        SurveyComment.objects.create(
            survey=survey, text="Why?", by=survey.created_by, **fields
        )


def test_library_question_name_is_unique_in_its_panel():
    survey, other = make_survey(), make_survey()
    fields = {"name": "Age", "question": {}, "added_by": survey.created_by}
    LibraryQuestion.objects.create(panel=survey.panel, **fields)
    LibraryQuestion.objects.create(panel=other.panel, **fields)

    with refused("library_question_name_is_unique|libraryquestion.name"):
        LibraryQuestion.objects.create(panel=survey.panel, **fields)


def test_response_is_once_per_person():
    version = make_version()
    response = make_response(version)

    with refused("response_is_once_per_person|response.panelist_id"):
        make_response(version, response.panelist)


@pytest.mark.parametrize("case", ["nobody", "both", "trial of nobody", "trial of both"])
def test_response_is_a_panelists_or_a_trial(case):
    version = make_version()
    person, author = make_panelist(panel=version.survey.panel), make_author()
    fields = {
        "nobody": {},
        "both": {"panelist": person, "trial_by": author},
        "trial of nobody": {"is_trial": True},
        "trial of both": {"is_trial": True, "panelist": person, "trial_by": author},
    }[case]

    with refused("response_is_a_panelists_or_a_trial"):
        Response.objects.create(
            survey=version.survey, version=version, seed=1, language="en", **fields
        )


@pytest.mark.parametrize(
    "fields", [{"ended_at": timezone.now()}, {"status": "complete"}]
)
def test_response_has_ended_when_its_status_says_so(fields):
    response = make_response()

    with refused("response_has_ended_when_its_status_says_so"):
        Response.objects.filter(pk=response.pk).update(**fields)


@pytest.mark.parametrize("state", ["", "held", "good", "bad"])
def test_response_is_checked_by_someone(state):
    response, is_decision = make_response(), state in ("good", "bad")
    responses = Response.objects.filter(pk=response.pk)
    both = {"checked_at": timezone.now(), "checked_by": make_user()}
    neither = {"checked_at": None, "checked_by": None}
    reason = "Typed at random." if state == "bad" else ""

    for fields, is_right in [(both, is_decision), (neither, not is_decision)]:
        expected = (
            nullcontext() if is_right else refused("response_is_checked_by_someone")
        )
        with expected, transaction.atomic():
            responses.update(check_state=state, checked_why=reason, **fields)


def test_response_found_bad_says_why():
    response = make_response()

    with refused("response_found_bad_says_why"):
        Response.objects.filter(pk=response.pk).update(
            check_state="bad", checked_at=timezone.now(), checked_by=make_user()
        )


def test_response_weight_is_not_negative():
    response = make_response()

    with refused("response_weight_is_not_negative"):
        Response.objects.filter(pk=response.pk).update(weight=-0.5)


def test_answer_is_once_per_question():
    response = make_response(answers={"why": "Because."})

    with refused("answer_is_once_per_question|answer.question"):
        Answer.objects.create(response=response, question="why", value="No.")


def test_survey_invitation_is_once():
    survey, panelist = make_survey(), make_panelist()
    SurveyInvitation.objects.create(survey=survey, panelist=panelist)

    with refused("survey_invitation_is_once|surveyinvitation.panelist_id"):
        SurveyInvitation.objects.create(survey=survey, panelist=panelist)


def test_a_survey_made_by_someone_keeps_them():
    survey = make_survey()

    with pytest.raises(IntegrityError), transaction.atomic():
        survey.created_by.delete()

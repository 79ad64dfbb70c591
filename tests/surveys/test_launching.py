"""Launching a survey and the moves of its life."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from surveys.definition import Kind, Quota, Text, as_json
from surveys.editing import change_kind, change_question, change_survey
from surveys.logic.paths import Severity
from surveys.models import QuotaCount, Survey, SurveyVersion
from surveys.services import authoring, launching
from surveys.services.errors import ChangedMeanwhile, NotAllowed
from surveys.services.launching import (
    TRANSITIONS,
    Move,
    NotReady,
    close,
    launch,
    may,
    pause,
    pending_changes,
    readiness,
    resume,
)
from tests.factories import make_user
from tests.surveys.factories import (
    ANSWERS,
    SURVEY,
    make_author,
    make_response,
    make_survey,
    make_version,
)

pytestmark = pytest.mark.django_db
DRAFT, LIVE, PAUSED, CLOSED = Survey.Status
DO = {Move.LAUNCH: launch, Move.PAUSE: pause, Move.RESUME: resume, Move.CLOSE: close}


def errors(survey: Survey) -> list[str]:
    return [one.code for one in readiness(survey) if one.severity == Severity.ERROR]


def warnings(survey: Survey) -> list[str]:
    return [one.code for one in readiness(survey) if one.severity == Severity.WARNING]


def retitle(survey: Survey, title: str) -> Survey:
    survey.refresh_from_db()
    changed = change_survey(survey.definition, title=Text(en=title))
    return authoring.edit(
        survey,
        lambda _definition: changed,
        summary="Title",
        revision=survey.revision,
        by=survey.created_by,
    )


def test_the_states_and_moves_are_these():
    assert TRANSITIONS == {
        (DRAFT, Move.LAUNCH): LIVE,
        (LIVE, Move.LAUNCH): LIVE,
        (PAUSED, Move.LAUNCH): PAUSED,
        (LIVE, Move.PAUSE): PAUSED,
        (PAUSED, Move.RESUME): LIVE,
        (LIVE, Move.CLOSE): CLOSED,
        (PAUSED, Move.CLOSE): CLOSED,
    }


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("status", Survey.Status)
def test_a_survey_makes_the_moves_of_its_state_and_no_others(status, move):
    author = make_author()
    survey = make_survey(status=status)
    target = TRANSITIONS.get((status, move))

    assert may(survey, move) == (target is not None)
    if target is None:
        with pytest.raises(NotAllowed, match="can’t be done"):
            DO[move](survey, by=author)
    else:
        DO[move](survey, by=author)

    survey.refresh_from_db()
    assert survey.status == (target or status)
    assert survey.events.count() == (target is not None)


@pytest.mark.parametrize("move", Move)
def test_only_authors_move_a_survey(move):
    survey = make_survey(status=LIVE)

    with pytest.raises(NotAllowed, match="Only authors"):
        DO[move](survey, by=make_user())

    assert Survey.objects.get().status == LIVE


def test_the_first_launch_freezes_the_draft_and_opens_the_survey():
    author, survey = make_author(), make_survey()

    version = launch(survey, by=author)

    survey.refresh_from_db()
    assert (version.number, version.made_by) == (1, author)
    assert (version.content, version.changes) == (survey.draft, ["First version."])
    assert (survey.status, survey.is_open(), survey.current) == (LIVE, True, version)
    assert survey.launched_at is not None
    [event] = survey.events.all()
    assert (event.actor, event.what) == (author, "Launched version 1.")
    assert [(one.code, one.limit, one.count) for one in survey.quota_counts.all()] == [
        ("everyone", 100, 0),
        ("coffee", 50, 0),
    ]


def test_a_later_launch_is_the_next_version_and_says_what_it_changes():
    survey = make_survey()
    first = launch(survey, by=survey.created_by)
    survey = retitle(survey, "Warm drinks")

    version = launch(survey, by=survey.created_by)

    assert (version.number, survey.current) == (2, version)
    assert version.changes == ["In English, the title is now “Warm drinks”."]
    assert SurveyVersion.objects.get(pk=first.pk).definition == SURVEY


def test_a_launch_counts_quotas_anew():
    survey = make_survey()
    version = make_version(survey)
    make_response(version, answers=ANSWERS, status="complete")
    make_response(version, answers={"drinks": {"chosen": ["tea"]}}, status="complete")
    make_response(version, answers=ANSWERS)
    quotas = (
        Quota("coffee", "Coffee drinkers", 60, "drinks includes 'coffee'"),
        Quota("tea", "Tea drinkers", 9, "drinks includes 'tea'"),
    )
    Survey.objects.update(draft=as_json(replace(SURVEY, quotas=quotas)))

    launch(survey, by=survey.created_by)

    assert list(
        QuotaCount.objects.order_by("code").values_list("code", "limit", "count")
    ) == [("coffee", 60, 1), ("tea", 9, 2)]


def test_a_launch_without_changes_is_refused():
    survey = make_survey()
    launch(survey, by=survey.created_by)

    with pytest.raises(NotAllowed, match="Nothing has changed"):
        launch(survey, by=survey.created_by)

    assert survey.versions.count() == 1


def test_a_launch_of_another_draft_than_the_author_saw_is_refused():
    survey = make_survey()
    retitle(survey, "Warm drinks")

    with pytest.raises(ChangedMeanwhile, match="before you launch"):
        launch(survey, by=survey.created_by, revision=0)

    assert survey.versions.count() == 0


def test_a_survey_with_errors_is_not_launched_and_says_which():
    broken = change_question(SURVEY, "cups", show_if="drinks includes 'beer'")
    survey = make_survey(broken)

    with pytest.raises(NotReady, match="can’t be launched yet") as refused:
        launch(survey, by=survey.created_by)

    assert refused.value.problems == readiness(survey)
    assert errors(survey) != []
    survey.refresh_from_db()
    assert (survey.status, survey.versions.count()) == (DRAFT, 0)


def test_the_example_is_ready():
    assert errors(make_survey()) == []


def test_a_survey_waits_for_translations():
    survey = make_survey(replace(SURVEY, languages=("en", "de")))

    assert set(errors(survey)) == {"untranslated"}


def test_a_survey_waits_for_pages():
    assert "no_pages" in errors(make_survey(replace(SURVEY, pages=(), quotas=())))


def test_a_survey_whose_end_is_past_waits_for_another():
    survey = make_survey(ends_at=timezone.now() - timedelta(minutes=1))

    assert errors(survey) == ["has_ended"]


def test_a_survey_that_pays_nothing_is_warned_of_and_launched():
    survey = make_survey(reward=Decimal(0))

    assert "no_reward" in warnings(survey)
    assert launch(survey, by=survey.created_by).number == 1


def test_a_question_of_another_kind_than_before_is_warned_of():
    survey = make_survey()
    launch(survey, by=survey.created_by)
    Survey.objects.update(draft=as_json(change_kind(SURVEY, "why", Kind.DATE)))
    survey.refresh_from_db()

    found = [one for one in readiness(survey) if one.code == "another_kind"]

    assert [(one.page, one.question) for one in found] == [("p4", "why")]
    assert found[0].message.startswith("WHY is of another kind")


def test_a_paused_survey_stays_so_when_a_version_is_launched():
    survey = make_survey()
    launch(survey, by=survey.created_by)
    pause(survey, by=survey.created_by)
    survey = retitle(survey, "Warm drinks")

    launch(survey, by=survey.created_by)

    survey.refresh_from_db()
    assert (survey.status, survey.is_open()) == (PAUSED, False)


def test_each_move_is_told_in_the_surveys_events():
    author, survey = make_author(), make_survey()

    launch(survey, by=author)
    pause(survey, by=author)
    resume(survey, by=author)
    closed = close(survey, by=author)

    assert [(one.actor, one.what) for one in survey.events.all()] == [
        (author, "Launched version 1."),
        (author, "Paused."),
        (author, "Resumed."),
        (author, "Closed."),
    ]
    assert closed.closed_at is not None
    assert closed.is_open() is False


def test_pending_changes_are_those_since_the_last_launch():
    survey = make_survey()
    assert pending_changes(survey) == ("First version.",)

    launch(survey, by=survey.created_by)
    assert pending_changes(survey) == ()
    assert launching.pending_changes(retitle(survey, "Tea")) == (
        "In English, the title is now “Tea”.",
    )

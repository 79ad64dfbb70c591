"""What a survey pays and when it is open: checked, and told in its events."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from surveys.models import Survey
from surveys.services.errors import NotAllowed
from surveys.services.settings import WrongSettings, change_settings
from tests.factories import make_user
from tests.surveys.factories import make_survey

pytestmark = pytest.mark.django_db


def test_settings_are_changed_and_each_change_is_told():
    survey = make_survey()
    ends = datetime(2199, 12, 31, 12, 0, tzinfo=UTC)

    change_settings(
        survey,
        by=survey.created_by,
        reward=Decimal("2.00"),
        partial_reward=Decimal("0.25"),
        ends_at=ends,
        share=20,
        priority=0,
        invites_by_email=False,
        remind_after_days=3,
    )

    survey.refresh_from_db()
    assert (survey.reward, survey.partial_reward) == (Decimal("2.00"), Decimal("0.25"))
    assert (survey.ends_at, survey.share, survey.remind_after_days) == (ends, 20, 3)
    assert sorted(survey.events.values_list("actor", "what")) == [
        (survey.created_by.pk, f"Changed the setting {told}.")
        for told in (
            "“ends at” from none to 2199-12-31 12:00 UTC",
            "“invite by e-mail” from yes to no",
            "“remind after days” from none to 3",
            "“reward of a screen-out” from 0.00 to 0.25",
            "“reward” from 1.50 to 2.00",
            "“share of the audience” from 100 to 20",
        )
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"reward": Decimal(-1)}, "reward"),
        ({"reward": Decimal("1.005")}, "reward"),
        ({"reward": Decimal(10**7)}, "reward"),
        ({"reward": None}, "reward"),
        ({"partial_reward": Decimal("1.51")}, "partial_reward"),
        ({"partial_reward": Decimal("-0.01")}, "partial_reward"),
        ({"share": 0}, "share"),
        ({"share": 101}, "share"),
        ({"remind_after_days": 0}, "remind_after_days"),
        ({"ends_at": timezone.now() - timedelta(hours=1)}, "ends_at"),
        (
            {
                "starts_at": timezone.now() + timedelta(days=2),
                "ends_at": timezone.now() + timedelta(days=1),
            },
            "ends_at",
        ),
    ],
)
def test_wrong_settings_are_refused_by_their_field(fields, wrong):
    survey = make_survey()

    with pytest.raises(WrongSettings) as refused:
        change_settings(survey, by=survey.created_by, **fields)

    assert list(refused.value.fields) == [wrong]
    assert str(refused.value) != ""
    assert Survey.objects.get().reward == Decimal("1.50")
    assert survey.events.count() == 0


@pytest.mark.parametrize("status", ["live", "paused"])
def test_what_people_were_told_that_it_pays_can_only_be_more(status):
    survey = make_survey(status=status, partial_reward=Decimal("0.50"))

    with pytest.raises(WrongSettings, match="it can only be more"):
        change_settings(survey, by=survey.created_by, reward=Decimal("1.49"))
    with pytest.raises(WrongSettings, match="it can only be more"):
        change_settings(survey, by=survey.created_by, partial_reward=Decimal(0))
    changed = change_settings(survey, by=survey.created_by, reward=Decimal("1.51"))

    assert changed.reward == Decimal("1.51")


def test_a_survey_that_has_ended_can_change_what_else_it_has():
    survey = make_survey(ends_at=timezone.now() - timedelta(days=1))

    assert change_settings(survey, by=survey.created_by, priority=5).priority == 5


def test_settings_of_a_closed_survey_and_by_others_stay():
    closed, survey = make_survey(status="closed"), make_survey()

    with pytest.raises(NotAllowed, match="is closed"):
        change_settings(closed, by=closed.created_by, share=5)
    with pytest.raises(NotAllowed, match="Only authors"):
        change_settings(survey, by=make_user(), share=5)
    with pytest.raises(TypeError):
        change_settings(survey, by=survey.created_by, status="live")

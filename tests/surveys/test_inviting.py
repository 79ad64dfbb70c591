"""Asking panelists by mail: whom, once, and with nothing that others shouldn't see."""

import logging
import smtplib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from surveys import tasks
from surveys.definition import Definition, Page, Quota, Text
from surveys.models import QuotaCount, Response, Survey, SurveyInvitation
from surveys.services import inviting
from surveys.services.audience import is_in_share, offered_to
from surveys.services.inviting import invite, remind
from tests.factories import make_panel, make_panelist, make_user
from tests.surveys.factories import make_response, make_survey, make_version
from tests.together import together

pytestmark = pytest.mark.django_db
BASE = "https://panel.example.com"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = BASE


@pytest.fixture
def panel():
    return make_panel()


def live(panel, definition: Definition | None = None, **fields) -> Survey:
    survey = make_survey(panel=panel, **fields)
    make_version(survey, definition)
    survey.refresh_from_db()
    return survey


def mailed() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_an_invitation_says_what_how_long_and_what_it_pays(panel):
    survey = live(panel, reward=Decimal("1.50"))
    panelist = make_panelist(panel=panel, user=make_user(email="anna@example.com"))

    assert invite(survey) == 1

    [message] = mail.outbox
    html = message.alternatives[0].content
    assert message.to == ["anna@example.com"]
    assert message.subject == "A survey for you: Hot drinks"
    for text in (message.body, html):
        assert f"{BASE}/surveys/{survey.public_id}/" in text
        assert f"{BASE}/invitations/about-you/" in text
        assert "$1.50" in text
        assert "minute" in text
        assert "What do you drink" not in text
        assert panelist.public_id not in text
    row = SurveyInvitation.objects.get()
    assert (row.panelist, row.mailed_at is not None) == (panelist, True)


def test_a_survey_without_a_reward_promises_none(panel):
    survey = live(panel, reward=0)
    make_panelist(panel=panel)

    invite(survey)

    assert "earn" not in mail.outbox[0].body


def test_a_title_of_several_lines_is_one_subject(panel):
    survey = live(panel, Definition(title=Text(en="Hot\r\nBcc: a@b.com"), pages=()))
    make_panelist(panel=panel)

    invite(survey)

    assert mail.outbox[0].subject == "A survey for you: Hot Bcc: a@b.com"


def test_a_title_is_told_in_the_panels_language():
    panel = make_panel(language="de")
    title = Text(en="Hot drinks", de="Heiße Getränke")
    survey = live(panel, Definition(title=title, languages=("en", "de")))
    make_panelist(panel=panel)

    invite(survey)

    assert "Heiße Getränke" in mail.outbox[0].subject


def test_everyone_is_asked_once_however_often_it_runs(panel):
    survey = live(panel)
    make_panelist(panel=panel)
    invite(survey)
    late = make_panelist(panel=panel)

    again = [invite(survey), invite(survey)]

    assert again == [1, 0]
    assert len(mail.outbox) == 2
    assert SurveyInvitation.objects.filter(panelist=late).count() == 1


def test_only_those_in_the_audience_and_its_share_are_asked(panel):
    survey = live(panel, share=50, audience={"regions": ["US-NY"]})
    people = [make_panelist(panel=panel, region="US-NY") for _ in range(12)]
    make_panelist(panel=panel, region="US-CA")
    make_panelist()

    invite(survey)

    assert mailed() == sorted(
        one.user.email for one in people if is_in_share(survey, one.public_id)
    )


def test_who_left_answered_or_wants_no_mail_gets_none(panel):
    survey, now = live(panel), timezone.now()
    ended, begun = make_panelist(panel=panel), make_panelist(panel=panel)
    make_response(survey.current, ended, status=Response.Status.SCREENED_OUT)
    make_response(survey.current, begun)
    make_panelist(panel=panel, left_at=now + timedelta(seconds=1))
    make_panelist(panel=panel, user=make_user(is_active=False))
    quiet = make_panelist(panel=panel, wants_survey_mail=False)

    assert invite(survey) == 0

    assert mail.outbox == []
    assert [row.panelist for row in SurveyInvitation.objects.all()] == [quiet]
    assert offered_to(quiet) == [survey]


def test_who_leaves_between_the_row_and_the_mail_gets_none(panel):
    survey, panelist = live(panel), make_panelist(panel=panel)
    SurveyInvitation.objects.create(survey=survey, panelist=panelist)
    panelist.left_at = timezone.now() + timedelta(seconds=1)
    panelist.save(update_fields=["left_at"])

    assert invite(survey) == 0


def test_a_survey_that_invites_on_the_home_page_only_sends_nothing(panel):
    survey = live(panel, invites_by_email=False, remind_after_days=1)
    make_panelist(panel=panel)
    at = timezone.now() + timedelta(days=3)

    assert (invite(survey), remind(survey, at=at)) == (0, 0)

    assert SurveyInvitation.objects.get().mailed_at is None
    assert mail.outbox == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Survey.Status.PAUSED},
        {"status": Survey.Status.CLOSED},
        {"ends_at": timezone.now() - timedelta(days=1)},
        {"starts_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_a_survey_that_isnt_open_asks_nobody(panel, fields):
    survey = live(panel, **fields)
    make_panelist(panel=panel)

    invite(survey)

    assert SurveyInvitation.objects.count() == len(mail.outbox) == 0


def test_a_survey_paused_since_it_was_loaded_asks_nobody(panel):
    survey = live(panel)
    make_panelist(panel=panel)
    Survey.objects.update(status=Survey.Status.PAUSED)

    invite(survey)

    assert SurveyInvitation.objects.count() == len(mail.outbox) == 0


def test_a_full_survey_asks_nobody(panel):
    survey = live(panel, Definition(pages=(Page("p"),), quotas=(Quota("a", "A", 1),)))
    make_panelist(panel=panel)
    QuotaCount.objects.update(count=1)

    invite(survey)

    assert SurveyInvitation.objects.count() == len(mail.outbox) == 0


def test_nobody_is_asked_beyond_the_panels_cap():
    panel, now = make_panel(survey_cap=1), timezone.now()
    first, second = live(panel), live(panel)
    make_panelist(panel=panel)
    invite(first)

    assert invite(second) == 0
    assert invite(second, at=now + timedelta(days=31)) == 1


def test_a_batch_is_limited_and_the_next_run_goes_on(panel, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_MAILS", 2)
    monkeypatch.setattr(inviting, "MOST_ROWS", 3)
    survey = live(panel)
    for _ in range(5):
        make_panelist(panel=panel)

    sent = [invite(survey) for _ in range(4)]

    assert sent == [2, 2, 1, 0]
    assert len(set(mailed())) == 5


# Reminding ----------------------------------------------------------------------------


def test_one_reminder_comes_after_the_days(panel):
    survey, now = live(panel, remind_after_days=3), timezone.now()
    make_panelist(panel=panel)
    invite(survey, at=now)

    sent = [remind(survey, at=now + timedelta(days=days)) for days in (2.9, 3, 3.1, 10)]

    assert sent == [0, 1, 0, 0]
    assert mail.outbox[1].subject == "Still open for you: Hot drinks"


def test_who_began_is_reminded_and_who_ended_isnt(panel):
    survey, now = live(panel, remind_after_days=3), timezone.now()
    begun, ended, quiet = (make_panelist(panel=panel) for _ in range(3))
    invite(survey, at=now)
    mail.outbox.clear()
    make_response(survey.current, begun)
    make_response(survey.current, ended, status=Response.Status.COMPLETE)
    quiet.wants_survey_mail = False
    quiet.save(update_fields=["wants_survey_mail"])

    remind(survey, at=now + timedelta(days=4))

    assert mailed() == [begun.user.email]


def test_without_days_nobody_is_reminded(panel):
    survey = live(panel)
    make_panelist(panel=panel)
    invite(survey)

    assert remind(survey, at=timezone.now() + timedelta(days=100)) == 0


# When something breaks ----------------------------------------------------------------


def failing(error: Exception):
    def send_messages(self, messages):
        raise error

    return send_messages


def test_a_server_that_is_away_is_tried_again(panel, monkeypatch, caplog):
    survey = live(panel)
    for number in range(2):
        user = make_user(email=f"secret{number}@example.com")
        make_panelist(panel=panel, user=user)
    error = smtplib.SMTPServerDisconnected("secret0@example.com")

    with monkeypatch.context() as patch, caplog.at_level(logging.INFO):
        patch.setattr(EmailBackend, "send_messages", failing(error))
        assert invite(survey) == 0

    assert SurveyInvitation.objects.filter(mailed_at=None).count() == 2
    assert [record.code for record in caplog.records] == ["SMTPServerDisconnected"]
    assert "secret" not in caplog.text
    assert invite(survey) == 2


def test_a_refused_address_isnt_tried_again_and_stops_nobody(panel, monkeypatch):
    survey = live(panel)
    for _ in range(2):
        make_panelist(panel=panel)
    send, refused = EmailBackend.send_messages, []

    def refuse_the_first(self, messages):
        if not refused:
            refused.append(messages)
            raise smtplib.SMTPRecipientsRefused({})
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_the_first)

    assert [invite(survey), invite(survey)] == [1, 0]


def test_a_worker_that_dies_while_it_sends_sends_nothing_twice(panel, monkeypatch):
    survey = live(panel)
    make_panelist(panel=panel)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", failing(SystemExit()))
        with pytest.raises(SystemExit):
            invite(survey)

    assert invite(survey) == 0


def test_a_mail_that_another_run_has_taken_isnt_sent(panel, monkeypatch):
    survey = live(panel)
    make_panelist(panel=panel)
    written = inviting.letter_of

    def meanwhile(*args):
        SurveyInvitation.objects.update(mailed_at=timezone.now())
        return written(*args)

    monkeypatch.setattr(inviting, "letter_of", meanwhile)

    assert invite(survey) == 0
    assert mail.outbox == []


def test_the_task_invites_and_reminds_and_no_survey_stops_another(panel, caplog):
    broken = live(panel, priority=9, audience={"campaign": "spring"})
    survey = live(panel, remind_after_days=1)
    make_panelist(panel=panel)
    old = make_panelist(panel=panel)
    before = timezone.now() - timedelta(days=2)
    SurveyInvitation.objects.create(survey=survey, panelist=old, mailed_at=before)

    tasks.invite()

    assert sorted(message.subject for message in mail.outbox) == [
        "A survey for you: Hot drinks",
        "Still open for you: Hot drinks",
    ]
    [record] = [one for one in caplog.records if one.message == "inviting_failed"]
    assert (record.survey, record.code) == (broken.pk, "WrongAudience")


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_one_moment_mail_everyone_once():
    panel = make_panel()
    survey = live(panel)
    for _ in range(8):
        make_panelist(panel=panel)

    sent = together(lambda: invite(survey), lambda: invite(survey))

    assert sum(sent) == len(mail.outbox) == len(set(mailed())) == 8

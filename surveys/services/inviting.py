"""Asking panelists to answer: a row for the home page, a mail, and one reminder.

A run may die anywhere and may run twice at once. A row is unique by survey and person;
a mail is handed over only by whoever set its time first, so that nobody gets it twice.
Who is killed between the two sends none: the survey stands on the home page anyway.
"""

import logging
import smtplib
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from surveys.answering.length import minutes
from surveys.audience import from_json
from surveys.definition import Definition, say
from surveys.models import Response, Survey, SurveyInvitation
from surveys.services.audience import (
    asked_of_late,
    is_in_share,
    open_surveys,
    panelists_in,
    without_full,
)

logger = logging.getLogger(__name__)
# In one run of the task, of one survey.
MOST_ROWS, MOST_MAILS = 1000, 200
# Well below the time that a task may take.
SECONDS = 60


def run() -> None:
    """Invite to and remind of each open survey. No failure stops the others."""
    until = time.monotonic() + SECONDS
    surveys = open_surveys().select_related("panel").order_by("-priority", "pk")
    for survey in without_full(surveys):
        for act in (invite, remind):
            if time.monotonic() > until:
                return
            try:
                act(survey)
            except Exception as error:
                logger.error(
                    "inviting_failed",
                    extra={
                        "task": act.__name__,
                        "code": type(error).__name__,
                        "survey": survey.pk,
                    },
                )


def is_asking(survey: Survey, at: datetime) -> bool:
    """Whether the survey is still open and needs somebody, by the database."""
    found = open_surveys(at).filter(pk=survey.pk)
    return bool(without_full(found))


def invite(survey: Survey, *, at: datetime | None = None) -> int:
    """Ask those in the audience who weren't asked before, up to the panel's cap, and
    mail those who want mail; how many were mailed now."""
    at = at or timezone.now()
    if not is_asking(survey, at):
        return 0
    ask(survey, at)
    if not survey.invites_by_email:
        return 0
    waiting = reachable(survey).filter(mailed_at=None)
    # Who began needs no invitation.
    return mail(survey, waiting.exclude(has_response()), "mailed_at", at)


def remind(survey: Survey, *, at: datetime | None = None) -> int:
    """Mail once more to those who were mailed so many days ago and haven't ended it;
    how many were mailed now."""
    at = at or timezone.now()
    days = survey.remind_after_days
    if days is None or not survey.invites_by_email or not is_asking(survey, at):
        return 0
    since = at - timedelta(days=days)
    waiting = reachable(survey).filter(mailed_at__lte=since, reminded_at=None)
    return mail(survey, waiting.exclude(has_response(ended=True)), "reminded_at", at)


def ask(survey: Survey, at: datetime) -> int:
    """Write the rows of those who are to be asked; how many there are new."""
    panel = survey.panel
    asked = SurveyInvitation.objects.filter(survey=survey, panelist=OuterRef("pk"))
    begun = Response.objects.real().filter(survey=survey, panelist=OuterRef("pk"))
    people = (
        panelists_in(panel, from_json(survey.audience), at=at)
        .exclude(Exists(asked))
        .exclude(Exists(begun))
        .order_by("pk")
        .values_list("pk", "public_id")
    )
    found = [pk for pk, public_id in people if is_in_share(survey, public_id)]
    if panel.survey_cap is not None:
        counts = asked_of_late(found, at)
        found = [pk for pk in found if len(counts.get(pk, ())) < panel.survey_cap]
    rows = [
        SurveyInvitation(survey=survey, panelist_id=pk, invited_at=at)
        for pk in islice(found, MOST_ROWS)
    ]
    SurveyInvitation.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def has_response(*, ended: bool = False) -> Exists:
    responses = Response.objects.real().filter(
        survey=OuterRef("survey"), panelist=OuterRef("panelist")
    )
    return Exists(responses.ended() if ended else responses)


def reachable(survey: Survey) -> QuerySet[SurveyInvitation]:
    """The survey's invitations of those who are there and want mail."""
    return SurveyInvitation.objects.filter(
        survey=survey,
        panelist__left_at=None,
        panelist__wants_survey_mail=True,
        panelist__user__is_active=True,
    )


def mail(
    survey: Survey, waiting: QuerySet[SurveyInvitation], field: str, at: datetime
) -> int:
    """Mail to those who wait, a batch at most; how many.

    `field` is the time that is set first: a row whose time somebody else has set, or
    whose person has left or answered since, is passed over.
    """
    version = survey.current
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:MOST_MAILS])
    if version is None or not keys:
        return 0
    sent, until = 0, time.monotonic() + SECONDS
    connection, letter = get_connection(), letter_of(survey, version.definition)
    for pk in keys:
        if time.monotonic() > until:
            break
        # The field stands in the outer query too: PostgreSQL looks at that again when
        # another run has changed the row meanwhile.
        still = SurveyInvitation.objects.filter(
            **{"pk__in": waiting.filter(pk=pk), field: None}
        )
        if not still.update(**{field: at}):
            continue
        row = SurveyInvitation.objects.select_related("panelist__user").get(pk=pk)
        message = written(
            letter, to=row.panelist.user.email, is_reminder=field == "reminded_at"
        )
        message.connection = connection
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused:
            # For good: another try would be refused again.
            logger.warning("survey_mail_refused", extra={"survey": survey.pk})
        except (OSError, smtplib.SMTPException) as error:
            SurveyInvitation.objects.filter(**{"pk": pk, field: at}).update(
                **{field: None}
            )
            # Without its text: an SMTP error names the address.
            logger.error(
                "survey_mail_failed",
                extra={"survey": survey.pk, "code": type(error).__name__},
            )
            break
        else:
            sent += 1
    return sent


def address(name: str, *args: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def letter_of(survey: Survey, definition: Definition) -> dict[str, Any]:
    """What the mails of a survey say: its title, how long it takes, what it pays."""
    panel = survey.panel
    return {
        "title": say(definition.title, panel.language, definition.language),
        "minutes": minutes(definition),
        "reward": survey.reward,
        "panel": panel,
        "link": address("surveys:offer", survey.public_id),
        "preferences": address("panelists:about_you"),
    }


def written(
    letter: Mapping[str, Any], *, to: str, is_reminder: bool
) -> EmailMultiAlternatives:
    """The mail in the panel's language."""
    context = {**letter, "is_reminder": is_reminder}
    with translation.override(letter["panel"].language):
        subject = _("Still open for you: %(title)s") if is_reminder else None
        subject = subject or _("A survey for you: %(title)s")
        message = EmailMultiAlternatives(
            " ".join((subject % {"title": letter["title"]}).split()),
            render_to_string("surveys/mail/invitation.txt", context),
            to=[to],
            headers={"List-Unsubscribe": f"<{letter['preferences']}>"},
        )
        html = render_to_string("surveys/mail/invitation.html", context)
    message.attach_alternative(html, "text/html")
    return message

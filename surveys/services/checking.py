"""Held responses: a person finds each good, and it is paid, or bad, and says why."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import User
from surveys.models import Response
from surveys.services import quotas
from surveys.services.ending import pay
from surveys.services.errors import AlreadyChecked, NotAllowed

Check = Response.Check


def held(*, by: User) -> QuerySet[Response]:
    """What waits for `by`, the oldest first; never a response of their own."""
    if not by.has_perm("panelists.author_surveys"):
        return Response.objects.none()
    return (
        Response.objects.real()
        .filter(check_state=Check.HELD)
        .exclude(panelist__user=by)
        .select_related("survey", "version", "panelist")
        .order_by("ended_at", "pk")
    )


def find_good(response: Response, *, by: User) -> Response:
    """The response counts as any other, and its reward is proposed.

    Raises `NotAllowed` and `AlreadyChecked`.
    """
    with transaction.atomic():
        response = _waiting(response, by)
        _decide(response, Check.GOOD, by=by)
        pay(response)
    return response


def find_bad(response: Response, *, by: User, reason: str) -> Response:
    """The response isn't paid, the panelist reads why, and its places in quotas are
    free again. Raises as `find_good`."""
    reason = " ".join(reason.split())
    if not reason:
        raise NotAllowed(_("Say why the response is bad: the panelist reads it."))
    with transaction.atomic():
        response = _waiting(response, by)
        survey = quotas.lock_survey(response.survey_id)
        _decide(response, Check.BAD, by=by, why=reason[:300])
        quotas.give_back(survey, quotas.facts_of(response))
    return response


def _waiting(response: Response, by: User) -> Response:
    """In a transaction: the locked response, if `by` may decide on it now."""
    if not by.has_perm("panelists.author_surveys"):
        raise NotAllowed(_("Only authors of surveys may do this."))
    response = (
        Response.objects.real()
        .select_for_update(of=("self",), no_key=True)
        .select_related("survey", "version", "panelist")
        .get(pk=response.pk)
    )
    if response.panelist.user_id == by.pk:
        raise NotAllowed(_("You can’t decide on a response of your own."))
    if response.check_state != Check.HELD:
        raise AlreadyChecked
    return response


def _decide(response: Response, state: Check, *, by: User, why: str = "") -> None:
    response.check_state, response.checked_why = state, why
    response.checked_by, response.checked_at = by, timezone.now()
    response.save(
        update_fields=["check_state", "checked_why", "checked_by", "checked_at"]
    )

"""Who is in an audience, and which surveys are for a panelist now."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.minimum_cell import Count, counted
from panelists.models import Panel, Panelist, User
from receipts import purchases
from receipts.purchases import What, Window, last_days
from surveys.audience import (
    AGE_BANDS,
    Audience,
    Bought,
    PurchaseCondition,
    Verb,
    as_json,
    from_json,
)
from surveys.models import QuotaCount, Response, Survey, SurveyEvent, SurveyInvitation
from surveys.services.errors import ChangedMeanwhile, NotAllowed
from surveys.services.quotas import lock_survey

# How long a survey counts against the cap of those that one person is asked to answer.
CAP_DAYS = 30


# Sets of panelists --------------------------------------------------------------------


def panelists_in(
    panel: Panel, audience: Audience, *, at: datetime | None = None
) -> QuerySet[Panelist]:
    """The panel's present members for whom every condition holds.

    Who hasn't told a region is in no region. Conditions on purchases stand in the query
    as subqueries; a merchant's name costs two queries more.
    """
    at = at or timezone.now()
    members = Panelist.objects.active().filter(panel=panel, user__is_active=True)
    if audience.ages:
        members = members.filter(born_in_bands(audience.ages, panel.today(at)))
    if audience.regions:
        members = members.filter(region__in=audience.regions)
    if audience.joined_from:
        since = month_start(audience.joined_from, panel.zone)
        members = members.filter(joined_at__gte=since)
    if audience.joined_to:
        until = month_start(audience.joined_to, panel.zone, months=1)
        members = members.filter(joined_at__lt=until)
    for condition in audience.purchases:
        people = people_who(panel, condition, at)
        if condition.verb == Verb.NOT_BOUGHT:
            members = members.exclude(pk__in=people)
        else:
            members = members.filter(pk__in=people)
    return members


def born_in_bands(codes: Iterable[str], today: date) -> Q:
    """Born when the people of these bands were, as `age_on` counts years."""
    born = Q()
    for code in codes:
        band = AGE_BANDS[code]
        within = Q(born_on__lte=years_before(today, band.least))
        if band.most is not None:
            within &= Q(born_on__gt=years_before(today, band.most + 1))
        born |= within
    return born


def years_before(day: date, years: int) -> date:
    """The last birthday of those who are this old on the day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # 29 February: who was born on 1 March is that old tomorrow.
        return day.replace(year=day.year - years, day=28)


def month_start(month: str, zone: ZoneInfo, *, months: int = 0) -> datetime:
    """The first moment of a month "YYYY-MM" there, or of the one after it."""
    year, number = map(int, month.split("-"))
    years, place = divmod(number - 1 + months, 12)
    if year + years > date.max.year:
        return datetime.max.replace(tzinfo=zone)
    return datetime(year + years, place + 1, 1, tzinfo=zone)


def people_who(panel: Panel, condition: PurchaseCondition, at: datetime) -> QuerySet:
    """The keys of those who did with a purchase what the condition says; for one that
    says they didn't, of those who did."""
    what, days = as_what(condition.what), condition.days
    window = last_days(panel, days, at=at)
    earlier: Window = last_days(panel, condition.earlier_days, before=days, at=at)
    match condition.verb:
        case Verb.BOUGHT | Verb.NOT_BOUGHT:
            return purchases.bought(panel, what, window)
        case Verb.SPENT:
            return purchases.spent(
                panel, what, window, least=condition.least, most=condition.most
            )
        case Verb.LAPSED:
            return purchases.lapsed(panel, what, earlier, window)
        case Verb.FIRST:
            return purchases.bought_first(panel, what, window)
        case Verb.SWITCHED:
            return purchases.switched(
                panel, what, as_what(condition.then), earlier, window
            )


def as_what(bought: Bought) -> What:
    return What(
        category=bought.category, merchant=bought.merchant, product=bought.product
    )


def feasibility(audience: Audience, panel: Panel) -> Count:
    """How many panelists are in the audience, never exactly."""
    return counted(panelists_in(panel, audience).count(), panel.minimum_cell)


# A survey's ---------------------------------------------------------------------------


def is_in_share(survey: Survey, panelist_public_id: str) -> bool:
    """Whether the soft launch has come to this person.

    Everybody has a place from 0 to 99 in each survey, always the same: raising the
    share adds people and takes none away.
    """
    named = f"{survey.public_id}:{panelist_public_id}".encode()
    place = int.from_bytes(hashlib.sha256(named).digest()[:8]) % 100
    return place < survey.share


def open_surveys(at: datetime | None = None) -> QuerySet[Survey]:
    """Those that somebody may start now, as `Survey.is_open` says of one."""
    at = at or timezone.now()
    return Survey.objects.filter(
        Q(starts_at=None) | Q(starts_at__lte=at),
        Q(ends_at=None) | Q(ends_at__gt=at),
        status=Survey.Status.LIVE,
    )


def without_full(surveys: Iterable[Survey]) -> list[Survey]:
    """Without those that need nobody more: a quota of all responses is full."""
    surveys = list(surveys)
    full: dict[int, set[str]] = {}
    for quota in QuotaCount.objects.filter(survey__in=surveys):
        if quota.is_full:
            full.setdefault(quota.survey_id, set()).add(quota.code)
    return [one for one in surveys if not (full.get(one.pk) and is_full(one, full))]


def is_full(survey: Survey, full: dict[int, set[str]]) -> bool:
    version = survey.current
    return version is not None and any(
        not quota.when.strip() and quota.code in full[survey.pk]
        for quota in version.definition.quotas
    )


def asked_of_late(panelists: Iterable[int], at: datetime) -> dict[int, set[int]]:
    """By panelist the surveys that count against the cap: those that they were invited
    to or began in the last 30 days. Two queries."""
    since, asked = at - timedelta(days=CAP_DAYS), {}
    keys = list(panelists)
    invited = SurveyInvitation.objects.filter(panelist__in=keys, invited_at__gt=since)
    begun = Response.objects.real().filter(panelist__in=keys, started_at__gt=since)
    for rows in (invited, begun):
        for panelist, survey in rows.order_by().values_list("panelist", "survey"):
            asked.setdefault(panelist, set()).add(survey)
    return asked


def offered_to(panelist: Panelist, *, at: datetime | None = None) -> list[Survey]:
    """The open surveys that the panelist may answer now, the first to be shown first.

    What somebody began or was invited to stays theirs while it is open, whatever has
    become of the audience. Others are offered up to the panel's cap.
    """
    at = at or timezone.now()
    if not panelist.is_active:
        return []
    responses = dict(
        Response.objects.real()
        .filter(panelist=panelist)
        .values_list("survey", "status")
    )
    invited = set(
        SurveyInvitation.objects.filter(panelist=panelist).values_list(
            "survey", flat=True
        )
    )
    candidates = [
        survey
        for survey in open_surveys(at)
        .filter(panel=panelist.panel_id)
        .select_related("panel")
        .order_by("-priority", "launched_at", "pk")
        if responses.get(survey.pk, Response.Status.STARTED) == Response.Status.STARTED
    ]
    begun = [one for one in candidates if one.pk in responses]
    unbegun = without_full(one for one in candidates if one.pk not in responses)
    mine = [one for one in unbegun if one.pk in invited]
    room = room_of(panelist, at)
    for survey in unbegun:
        if survey.pk not in invited and room > 0 and is_for(survey, panelist, at=at):
            mine.append(survey)
            room -= 1
    # A survey that is half answered is the first thing to come back to.
    return begun + [one for one in unbegun if one in mine]


def room_of(panelist: Panelist, at: datetime) -> float:
    """How many surveys more the panelist may be asked to answer."""
    cap = panelist.panel.survey_cap
    if cap is None:
        return float("inf")
    return cap - len(asked_of_late([panelist.pk], at).get(panelist.pk, ()))


def is_for(survey: Survey, panelist: Panelist, *, at: datetime | None = None) -> bool:
    """Whether the survey's audience and share have this panelist."""
    if not is_in_share(survey, panelist.public_id):
        return False
    audience = from_json(survey.audience)
    people = panelists_in(survey.panel, audience, at=at)
    return people.filter(pk=panelist.pk).exists()


# Changing it --------------------------------------------------------------------------


def change_audience(
    survey: Survey, audience: Audience, *, before: Audience, by: User
) -> Survey:
    """Set whom a survey asks. `before` is the audience that the author saw.

    People who were invited already stay so. Raises `NotAllowed` and `ChangedMeanwhile`.
    """
    if not by.has_perm("panelists.author_surveys"):
        raise NotAllowed(_("You can’t change surveys."))
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        if survey.status == Survey.Status.CLOSED:
            raise NotAllowed(_("This survey is closed."))
        if from_json(survey.audience) != before:
            raise ChangedMeanwhile
        survey.audience = as_json(audience)
        survey.save(update_fields=["audience"])
        if survey.launched_at is not None:
            SurveyEvent.objects.create(
                survey=survey, actor=by, what=_t("Changed whom it asks.")
            )
    return survey

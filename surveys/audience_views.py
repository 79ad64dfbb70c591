"""Whom a survey is for: the author's page, with a count that singles nobody out."""

import json
from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from panelists.minimum_cell import Count
from panelists.regions import regions_of
from receipts import purchases
from surveys.audience import Audience, WrongAudience, as_json, from_json, sentences
from surveys.audience_forms import AudienceForms
from surveys.author_views.common import survey_or_404
from surveys.models import Survey
from surveys.services.audience import change_audience, feasibility
from surveys.services.errors import ChangedMeanwhile, SurveyError

# Names of shops that are suggested at one time.
SUGGESTED = 12


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, public_id):
    """The page; posting saves it, unless a button says to add, remove or count."""
    survey = survey_or_404(request, public_id)
    saved = from_json(survey.audience)
    if request.method != "POST":
        return page(request, survey, forms_of(survey, saved))
    forms = forms_of(survey, saved, request.POST)
    action, _colon, number = request.POST.get("action", "").partition(":")
    if action == "add":
        forms.add()
    elif action == "remove" and number.isascii() and number.isdigit():
        forms.remove(int(number))
    elif not forms.is_valid():
        return page(request, survey, forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    elif action != "count":
        return save(request, survey, forms)
    return page(request, survey, forms)


def save(request, survey: Survey, forms: AudienceForms):
    try:
        change_audience(survey, forms.audience(), before=seen(request), by=request.user)
    except ChangedMeanwhile:
        survey.refresh_from_db()
        return page(request, survey, forms, status=HTTPStatus.CONFLICT)
    except SurveyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The audience is saved."))
    return redirect("audience:edit", survey.public_id)


def seen(request) -> Audience:
    """The audience that the page showed as saved. Raises `ChangedMeanwhile` where it
    doesn't say so."""
    try:
        return from_json(json.loads(request.POST.get("before", "")))
    except (ValueError, WrongAudience):
        raise ChangedMeanwhile from None


def forms_of(survey: Survey, audience: Audience, data=None) -> AudienceForms:
    shops = reverse("audience:shops", args=[survey.public_id])
    return AudienceForms(survey.panel, audience, data, shops=shops)


def page(request, survey: Survey, forms: AudienceForms, status=HTTPStatus.OK):
    saved, is_conflict = from_json(survey.audience), status == HTTPStatus.CONFLICT
    is_saved = request.method != "POST"
    # After a conflict the page shows what is saved now, and saving replaces that.
    told = "" if is_conflict else request.POST.get("before", "")
    context = {
        "survey": survey,
        "forms": forms,
        "before": told or json.dumps(as_json(saved)),
        "is_saved": is_saved,
        "is_conflict": is_conflict,
        "sentences": in_words(survey, saved),
        "count": count_of(survey, saved if is_saved else wanted(forms)),
        "is_closed": survey.status == Survey.Status.CLOSED,
        "nav_active": "author",
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    template = "audience/_form.html" if fragment else "audience/edit.html"
    return render(request, template, context, status=status)


def wanted(forms: AudienceForms) -> Audience | None:
    """What the forms say; None where they say nothing that can be counted."""
    is_bound = all(one.is_bound for one in forms.purchases)
    return forms.audience() if is_bound and forms.is_valid() else None


def count_of(survey: Survey, audience: Audience | None) -> Count | None:
    return None if audience is None else feasibility(audience, survey.panel)


def in_words(survey: Survey, audience: Audience) -> tuple[str, ...]:
    return sentences(
        audience,
        regions=dict(regions_of(survey.panel.country)),
        categories=dict(purchases.CATEGORIES),
        currency=survey.panel.currency,
    )


@require_POST
def count(request, public_id):
    """How many people the filled-in form would reach, of what isn't saved yet."""
    survey = survey_or_404(request, public_id)
    forms = forms_of(survey, Audience(), request.POST)
    context = {"survey": survey, "count": count_of(survey, wanted(forms))}
    return render(request, "audience/_count.html", context)


@require_safe
def shops(request, public_id):
    """Names of shops for the field in which the author is typing."""
    survey = survey_or_404(request, public_id)
    text = next(
        (told for name, told in request.GET.items() if name.endswith("merchant")), ""
    )
    named = purchases.merchants(survey.panel, text[:120], most=SUGGESTED)
    return render(request, "audience/_shops.html", {"names": named})

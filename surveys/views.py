"""The panelist's surveys: what is offered, and answering it page by page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_info
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from receipts import purchases
from surveys.answering import answers
from surveys.answering.length import minutes
from surveys.definition import Definition, say
from surveys.models import Response, Survey, SurveyImage
from surveys.services import audience, responding
from surveys.services.errors import AlreadyAnswered, SurveyError

# Names that a brand picker suggests at one time.
SUGGESTED = 8
# Fields of a brand picker that takes several, without JavaScript.
LEAST_FIELDS = 3


def member_or_404(request):
    if request.panelist is None:
        raise Http404
    return request.panelist


# What is offered --------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """A survey as a panelist sees it before they begin."""

    survey: Survey
    definition: Definition
    language: str

    @property
    def title(self) -> str:
        return say(self.definition.title, self.language, self.definition.language)

    @property
    def welcome(self) -> str:
        return say(self.definition.welcome, self.language, self.definition.language)

    @property
    def minutes(self) -> int:
        return minutes(self.definition)


def offer_of(survey: Survey, language: str) -> Offer:
    return Offer(survey, survey.current.definition, language)


def offers_to(panelist) -> list[Offer]:
    """What somebody may begin now, the most urgent first."""
    language = panelist.panel.language
    return [offer_of(survey, language) for survey in audience.offered_to(panelist)]


@require_safe
def survey_list(request):
    if request.panelist is None and request.user.has_perm("panelists.author_surveys"):
        return redirect("author:list")
    panelist = member_or_404(request)
    responses = (
        Response.objects.real()
        .filter(panelist=panelist)
        .select_related("survey__panel", "version")
    )
    begun = [
        one
        for one in responses.filter(status=Response.Status.STARTED)
        # Paused or past its end, it may still be finished.
        if one.survey.status != Survey.Status.CLOSED
    ]
    context = {
        "offers": [
            offer
            for offer in offers_to(panelist)
            if offer.survey.pk not in {one.survey_id for one in begun}
        ],
        "begun": [(one, title_of(one)) for one in begun],
        "ended": [
            (one, title_of(one)) for one in responses.ended().order_by("-ended_at")[:20]
        ],
        "nav_active": "surveys",
    }
    return render(request, "surveys/list.html", context)


def title_of(response: Response) -> str:
    definition = response.version.definition
    return say(definition.title, response.language, definition.language)


def offered_or_404(request, public_id) -> Survey:
    """One that is offered to this panelist now."""
    panelist = member_or_404(request)
    for survey in audience.offered_to(panelist):
        if survey.public_id == public_id:
            return survey
    raise Http404


@require_safe
def offer(request, public_id):
    """What the survey is about, how long it takes and what it pays."""
    panelist = member_or_404(request)
    own = Response.objects.real().filter(panelist=panelist, survey__public_id=public_id)
    for response in own:
        return redirect("surveys:answer", response.public_id)
    survey = offered_or_404(request, public_id)
    context = {
        "offer": offer_of(survey, panelist.panel.language),
        "languages": [
            (code, language_name(code)) for code in survey.current.definition.languages
        ],
        "nav_active": "surveys",
    }
    return render(request, "surveys/offer.html", context)


def language_name(code: str) -> str:
    """In itself: whoever reads it looks for their own."""
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code


@require_POST
def start(request, public_id):
    panelist = member_or_404(request)
    survey = get_object_or_404(Survey, public_id=public_id, panel=panelist.panel)
    try:
        response = responding.start(
            survey, panelist=panelist, language=request.POST.get("language", "")
        )
    except AlreadyAnswered:
        response = Response.objects.real().get(survey=survey, panelist=panelist)
    except SurveyError as error:
        messages.error(request, str(error))
        return redirect("surveys:list")
    return redirect("surveys:answer", response.public_id)


# Answering ----------------------------------------------------------------------------


def own_response_or_404(request, public_id) -> Response:
    """The panelist's own, or a trial that they made."""
    responses = Response.objects.select_related(
        "survey__panel", "version", "panelist"
    ).filter(
        Q(is_trial=False, panelist__user=request.user, panelist__left_at=None)
        | Q(is_trial=True, trial_by=request.user)
    )
    return get_object_or_404(responses, public_id=public_id)


def typed(view, data) -> dict[str, Any]:
    """By code what the form says of the page's questions."""
    return {
        one.code: answers.from_form(one.question, data)
        for one in view.questions
        if one.question.is_asked
    }


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def answer(request, public_id):
    """The page that the response is at; sending it moves on or back."""
    response = own_response_or_404(request, public_id)
    if request.method != "POST":
        return show(request, response)
    view = responding.current(response)
    page_id = request.POST.get("page", "")
    if view.has_ended or page_id != view.page:
        return moved(request, response)
    values = typed(view, request.POST)
    revision = request.POST.get("revision", "")
    revision = int(revision) if revision.isdecimal() and len(revision) < 9 else -1
    try:
        if "back" in request.POST:
            responding.keep(response, page_id, values)
            response.refresh_from_db()
            responding.back(response, revision=response.revision)
            return moved(request, response)
        outcome = responding.answer(response, page_id, values, revision=revision)
    except SurveyError as error:
        messages.warning(request, str(error))
        return moved(request, response)
    if outcome.errors:
        return show(request, outcome.response, typed=values, errors=outcome.errors)
    return moved(request, outcome.response)


def moved(request, response: Response):
    """To where the response is now: by a redirect, so that reloading sends nothing."""
    if request.htmx:
        response.refresh_from_db()
        return show(request, response)
    return redirect("surveys:answer", response.public_id)


def show(request, response: Response, *, typed=None, errors=None):
    view = responding.current(response)
    context = {
        "response": response,
        "view": view,
        "asked": [
            Asked(
                one,
                one.value if typed is None else typed.get(one.code),
                (errors or {}).get(one.code, ""),
                response.survey.public_id,
            )
            for one in view.questions
        ],
        "errors": errors,
        "today": response.survey.panel.today(),
        "nav_active": "author" if response.is_trial else "surveys",
    }
    template = "surveys/ended.html" if view.has_ended else "surveys/answer.html"
    if request.htmx:
        template = "surveys/_ended.html" if view.has_ended else "surveys/_answer.html"
    # An answer to htmx is swapped only if it is no error; a browser may know.
    status = 422 if errors and not request.htmx else 200
    return render(request, template, context, status=status)


@dataclass(frozen=True)
class Asked:
    """A question on the page, with what was typed and what is wrong with it."""

    view: Any
    value: Any
    error: str
    survey: str

    @property
    def chosen(self) -> list[str]:
        """The codes or names that are chosen, of single and multiple alike."""
        value = self.value.get("chosen") if isinstance(self.value, dict) else None
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    @property
    def other(self) -> str:
        return self.value.get("other", "") if isinstance(self.value, dict) else ""

    @property
    def bought_on(self) -> date | None:
        """The day of the purchase that the question shows."""
        told = self.view.purchase.get("date")
        return date.fromisoformat(told) if told else None

    @property
    def rows(self):
        """Of a matrix: each row with the columns that are chosen in it."""
        value = self.value if isinstance(self.value, dict) else {}
        for row in self.view.rows:
            told = value.get(row.code, [])
            yield row, told if isinstance(told, list) else [told]

    @property
    def places(self):
        """Of a ranking: each option with its place, as a text."""
        told = self.value
        if isinstance(told, list):
            told = {code: str(place) for place, code in enumerate(told, 1)}
        told = told if isinstance(told, dict) else {}
        for option in self.view.options:
            yield option, told.get(option.code, "")

    @property
    def numbers(self) -> list[str]:
        """The steps of a scale, or the places of a ranking."""
        if self.view.options:
            count = len(self.view.options)
            most = self.view.question.most
            return [str(one) for one in range(1, min(count, int(most or count)) + 1)]
        low, high = answers.ends(self.view.question)
        return [str(one) for one in range(low, high + 1)]

    @property
    def fields(self) -> list[str]:
        """What a brand picker's fields hold; more than are filled, where several go."""
        names = [one for one in self.chosen if one]
        if not self.view.question.is_multiple:
            return names[:1] or [""]
        most = int(self.view.question.most or answers.MOST_NAMES)
        return (names + [""] * max(1, LEAST_FIELDS - len(names)))[:most]

    @property
    def as_text(self) -> str:
        """A number, a date or a text as it stands in its field."""
        if isinstance(self.value, float):
            # Without an exponent, which nobody types.
            return f"{Decimal(str(self.value)):f}"
        return "" if self.value is None else str(self.value)


@require_POST
def keep(request, public_id):
    """Autosave: what is right of a page is stored; nothing moves on."""
    response = own_response_or_404(request, public_id)
    view = responding.current(response)
    page_id = request.POST.get("page", "")
    if view.has_ended or page_id != view.page:
        return HttpResponse(status=204)
    responding.keep(response, page_id, typed(view, request.POST))
    return render(request, "surveys/_kept.html")


@require_POST
def names(request, public_id):
    """Shops whose names begin with or hold what is typed, for a brand picker.

    What is typed is half an answer already, so it stands in no address.
    """
    response = own_response_or_404(request, public_id)
    text = " ".join(request.POST.getlist("text"))[:60].strip()
    found = purchases.merchants(response.survey.panel, text)[:SUGGESTED] if text else []
    return render(request, "surveys/_names.html", {"names": found})


@require_safe
@cache_control(private=True, max_age=3600)
def picture(request, public_id, image_id):
    """A picture of an option, to whoever answers the survey or makes it."""
    image = get_object_or_404(
        SurveyImage.objects.select_related("survey"),
        public_id=image_id,
        survey__public_id=public_id,
    )
    is_asked = Response.objects.filter(survey=image.survey).filter(
        Q(panelist__user=request.user) | Q(trial_by=request.user)
    )
    is_author = request.user.has_perm("panelists.author_surveys")
    if not is_author and not is_asked.exists():
        raise Http404
    try:
        return FileResponse(image.file.open("rb"))
    except FileNotFoundError:
        raise Http404 from None

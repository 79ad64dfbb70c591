"""Held responses: what is odd about them, their answers, and a person's decision."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from surveys.answering.answers import in_words
from surveys.answering.quality import FLAG_WORDS
from surveys.definition import Definition, say
from surveys.models import Response
from surveys.results_views.common import Viewed, sees_all_or_404
from surveys.services import checking
from surveys.services.errors import SurveyError

PER_PAGE = 25
DECIDED = (Response.Check.GOOD, Response.Check.BAD)


@dataclass(frozen=True)
class Answered:
    """A question that was shown, and its answer in words; "" without one."""

    question: str
    answer: str
    is_attention_check: bool


def flag_words(response: Response) -> list[str]:
    return [FLAG_WORDS.get(code, code) for code in response.flags]


def waiting(viewed: Viewed):
    return checking.held(by=viewed.user).filter(survey=viewed.survey)


@never_cache
@require_safe
def held_list(request, public_id):
    viewed = sees_all_or_404(request, public_id)
    page = Paginator(waiting(viewed), PER_PAGE).get_page(request.GET.get("page"))
    decided = (
        viewed.survey.responses.real()
        .filter(check_state__in=DECIDED)
        .select_related("checked_by")
        .order_by("-checked_at", "-pk")[:PER_PAGE]
    )
    context = {
        "viewed": viewed,
        "survey": viewed.survey,
        "page": page,
        "held": [(one, flag_words(one)) for one in page],
        "decided": [(one, flag_words(one)) for one in decided],
        "nav_active": "author",
    }
    return render(request, "results/checks.html", context)


def response_or_404(viewed: Viewed, response_id: str) -> Response:
    """One that is or was held, but not the viewer's own."""
    checked = viewed.survey.responses.real().exclude(check_state=Response.Check.NONE)
    return get_object_or_404(
        checked.exclude(panelist__user=viewed.user).select_related(
            "version", "checked_by"
        ),
        public_id=response_id,
    )


@never_cache
@require_safe
def held(request, public_id, response_id):
    viewed = sees_all_or_404(request, public_id)
    response = response_or_404(viewed, response_id)
    return show(request, viewed, response)


def show(request, viewed: Viewed, response: Response, reason="", error=""):
    context = {
        "viewed": viewed,
        "survey": viewed.survey,
        "response": response,
        "flags": flag_words(response),
        "answers": answered(response),
        "is_waiting": response.check_state == Response.Check.HELD,
        "reason": reason,
        "error": error,
        "nav_active": "author",
    }
    status = 422 if error else 200
    return render(request, "results/check.html", context, status=status)


def answered(response: Response) -> list[Answered]:
    """In the order of the questionnaire, in its first language."""
    definition: Definition = response.version.definition
    values = dict(response.answers.values_list("question", "value"))
    shown = {code for codes in response.shown.values() for code in codes}
    found = []
    for question in definition.questions():
        if not question.is_asked or question.code not in shown | values.keys():
            continue
        language = definition.language
        words = ""
        if question.code in values:
            words = in_words(question, values[question.code], language, language)
        text = say(question.text, language) or question.code
        found.append(Answered(text, words, bool(question.expected)))
    return found


@require_POST
def decide(request, public_id, response_id):
    viewed = sees_all_or_404(request, public_id)
    response = response_or_404(viewed, response_id)
    reason = request.POST.get("reason", "").strip()
    try:
        if request.POST.get("decision") == "good":
            checking.find_good(response, by=request.user)
            messages.success(request, _("Found good: it counts, and is paid."))
        elif not reason:
            told = _("Say why the response is bad: the panelist reads it.")
            return show(request, viewed, response, error=told)
        else:
            checking.find_bad(response, by=request.user, reason=reason)
            messages.success(request, _("Found bad: it counts nowhere and isn’t paid."))
    except SurveyError as error:
        messages.error(request, str(error))
        return redirect("results:check", public_id, response_id)
    following = waiting(viewed).first()
    if following is None:
        return redirect("results:checks", public_id)
    return redirect("results:check", public_id, following.public_id)

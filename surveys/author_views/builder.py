"""The builder's answers: the whole page, or for htmx the parts of it that change."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.author_forms import KINDS, CommentForm, language_name, named
from surveys.author_views.common import TEXTS, Place, is_fragment, language_of
from surveys.author_views.editors import context_at
from surveys.definition import Definition, say
from surveys.editing import WrongEdit
from surveys.models import Survey
from surveys.services import authoring
from surveys.services.errors import ChangedMeanwhile, SurveyError


@dataclass(frozen=True)
class Note:
    """What the builder says after a change. `focus`: the id of what is looked at."""

    said: str = ""
    focus: str = ""
    can_undo: bool = False
    is_problem: bool = False


NOTHING = Note()


def outline(survey: Survey, definition: Definition, language: str) -> list[dict]:
    """Pages and their questions as the outline shows them."""
    remarks = dict(
        survey.comments.filter(resolved_at=None)
        .order_by()
        .values_list("question")
        .annotate(Count("pk"))
    )
    return [
        {
            "id": page.id,
            "number": number,
            "title": say(page.title, language, definition.language),
            "is_conditional": bool(page.show_if),
            "has_skips": bool(page.skips),
            "url": Place("page", page.id).url(survey),
            "questions": [
                {
                    "code": question.code,
                    "name": named(question, language),
                    "text": say(question.text, language, definition.language),
                    "kind": KINDS[question.kind],
                    "is_conditional": bool(question.show_if),
                    "remarks": remarks.get(question.code, 0),
                    "url": Place("question", question.code).url(survey),
                }
                for question in page.questions
            ],
        }
        for number, page in enumerate(definition.pages, start=1)
    ]


def frame(request, survey: Survey, place: Place, note: Note = NOTHING) -> dict:
    """What every part of the builder is rendered with."""
    definition = survey.definition
    language = language_of(request, survey, definition)
    return {
        "survey": survey,
        "definition": definition,
        "place": place,
        "item": place.item,
        "place_url": place.url(survey),
        "pages": outline(survey, definition, language),
        "language": language,
        "first_language": definition.language,
        "languages": [(code, language_name(code)) for code in definition.languages],
        "steps": authoring.steps(survey),
        "note": note,
        "open_comments": survey.comments.filter(resolved_at=None, question="").count(),
        "nav_active": "author",
    }


def show(
    request,
    survey: Survey,
    place: Place,
    context: dict[str, Any] | None = None,
    *,
    note: Note = NOTHING,
    status: int = 200,
) -> HttpResponse:
    """The builder at a place. `context`: forms as they were posted."""
    told = frame(request, survey, place, note)
    told |= context_at(survey, told["definition"], place, told["language"])
    told |= context or {}
    told["editor"] = f"author/editor/_{place.kind}.html"
    told["comment_form"] = CommentForm()
    if not is_fragment(request):
        return render(request, "author/build.html", told, status=status)
    told["is_swapped"] = True
    response = render(request, "author/_parts.html", told, status=status)
    if status < 400:
        header = "HX-Push-Url" if request.method == "GET" else "HX-Replace-Url"
        response[header] = told["place_url"]
    return trigger(response, focus=note.focus)


def trigger(response: HttpResponse, *, focus: str = "", coded=None) -> HttpResponse:
    """Tell the script where to look, and which codes new options got."""
    if coded:
        response["HX-Trigger"] = json.dumps({"author:coded": coded})
    if focus:
        response["HX-Trigger-After-Settle"] = json.dumps({"author:focus": focus})
    return response


def saved(
    request, survey: Survey, place: Place, *, errors: dict | None = None, coded=None
) -> HttpResponse:
    """After an autosave: all but the editor, in which somebody is typing.

    `errors`: by the field's id the sentences on what was not saved."""
    said = _("Not saved: put right what is marked.") if errors else _("Saved.")
    note = Note(said=said, is_problem=bool(errors))
    context = frame(request, survey, place, note) | {
        "is_swapped": True,
        "is_autosave": True,
        "errors": errors or {},
    }
    status = 422 if errors else 200
    response = render(request, "author/_parts.html", context, status=status)
    return trigger(response, coded=coded)


def go(request, survey: Survey, place: Place, note: Note = NOTHING) -> HttpResponse:
    """After a change: to the place, in parts or by a redirect."""
    if not place.exists_in(survey.definition):
        place = TEXTS
    if is_fragment(request):
        return show(request, survey, place, note=note)
    if note.said:
        messages.success(request, note.said)
    return redirect(place.url(survey))


def refused(
    request,
    survey: Survey,
    place: Place,
    error: WrongEdit | SurveyError,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Why nothing was changed: what was typed stays where it is."""
    survey.refresh_from_db()
    if isinstance(error, ChangedMeanwhile):
        return conflict(request, survey, place, context)
    note = Note(said=str(error), is_problem=True)
    if is_fragment(request):
        parts = {"is_swapped": True, "is_autosave": True, "errors": {}}
        parts = frame(request, survey, place, note) | parts
        return render(request, "author/_parts.html", parts, status=422)
    if not place.exists_in(survey.definition):
        place, context = TEXTS, None
    return show(request, survey, place, context, note=note, status=422)


def conflict(request, survey: Survey, place: Place, context=None) -> HttpResponse:
    """Somebody else changed the survey: say who, and let the author choose."""
    last = survey.edits.filter(number=survey.position).select_related("by").first()
    who = {
        "edit": last,
        "is_self": last is not None and last.by_id == request.user.pk,
        "is_gone": not place.exists_in(survey.definition),
        "url": (TEXTS if not place.exists_in(survey.definition) else place).url(survey),
    }
    if is_fragment(request):
        parts = {"survey": survey, "conflict": who, "is_swapped": True}
        return render(request, "author/_conflict.html", parts, status=409)
    if who["is_gone"]:
        place, context = TEXTS, None
    context = (context or {}) | {"conflict": who}
    return show(request, survey, place, context, status=409)

"""Writing a condition: when something is shown or skipped, and whom a quota counts."""

from collections.abc import Callable
from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from surveys.author_claims import Line, Unfinished
from surveys.author_forms import QuotaForm
from surveys.author_views.builder import Note, go, refused, show
from surveys.author_views.claiming import (
    MOST_LINES,
    Asked,
    asked_of,
    condition_context,
    posted_lines,
    quota_at,
    skip_at,
    source_of_lines,
    subjects_at,
)
from surveys.author_views.common import (
    Place,
    change,
    language_of,
    place_or_404,
    survey_or_404,
)
from surveys.author_views.editing import REFUSED, page_methods
from surveys.definition import Definition, Skip
from surveys.editing import (
    WrongEdit,
    add_quota,
    change_page,
    change_question,
    change_quota,
)
from surveys.logic.conditions import WrongCondition, as_source, parse


def place_here(definition: Definition, of: str, key: str, number: str) -> Place:
    place = Place("condition", key, of, number)
    place_or_404(place, definition)
    if of not in ("question", "page", "skip", "quota"):
        raise Http404
    if of == "skip" and number != "new" and skip_at(definition, place) is None:
        raise Http404
    if of == "quota" and key != "new" and quota_at(definition, place) is None:
        raise Http404
    return place


@never_cache
@page_methods
def condition(request, public_id, of, key, number=""):
    survey = survey_or_404(request, public_id)
    definition = survey.definition
    place = place_here(definition, of, key, number)
    if request.method != "POST":
        return show(request, survey, place)
    language = language_of(request, survey, definition)
    known = subjects_at(definition, place, language)
    do, _dash, line = request.POST.get("do", "").partition("-")
    asked = typed(request, definition, place, known, do, line)
    quota_form = QuotaForm(request.POST) if of == "quota" else None
    to = request.POST.get("to", "")
    context = condition_context(
        survey, definition, place, language, asked=asked, to=to, quota_form=quota_form
    )
    if do in ("add", "remove", "refresh"):
        if of == "quota":
            context["form"] = QuotaForm(initial=request.POST.dict())
        focus = {
            "add": f"ref-{len(asked.lines or ()) - 1}",
            "remove": "add-line",
        }.get(do, "")
        return show(request, survey, place, context, note=Note(focus=focus))
    if asked.problem or (quota_form and not quota_form.is_valid()):
        note = Note(asked.problem or _("Put right what is marked."), is_problem=True)
        return show(request, survey, place, context, note=note, status=422)
    try:
        operate(place, definition, asked.source, to, quota_form)(request, survey)
    except REFUSED as error:
        return refused(request, survey, place, error, context)
    survey.refresh_from_db()
    note = Note(_("Saved."), "condition-of", can_undo=True)
    return go(request, survey, place.item, note)


def typed(request, definition, place: Place, known, do: str, line: str) -> Asked:
    """The condition as it was typed, with what is wrong with it."""
    if do == "source":
        source = request.POST.get("source", "").strip()
        asked = asked_of(source, known)
        if not asked.problem:
            asked = replace(asked, source=as_source(parse(source)))
        return replace(asked, is_typed=True)
    lines, is_any = posted_lines(request.POST, known)
    if do == "add":
        lines = (*lines, Line())[:MOST_LINES]
    if do == "remove" and line.isdigit():
        number = int(line)
        lines = lines[:number] + lines[number + 1 :]
    if do == "always":
        lines = ()
    try:
        source = source_of_lines(lines, known, is_any=is_any)
        return Asked(source, lines or (Line(),), is_any)
    except Unfinished as error:
        problem, wrong = str(error), error.number
    except WrongCondition as error:
        problem, wrong = str(error), -1
    if do in ("add", "remove", "refresh"):
        problem, wrong = "", -1
    return Asked("", lines or (Line(),), is_any, problem, wrong)


def operate(
    place: Place, definition: Definition, source: str, to: str, quota_form
) -> Callable:
    """What saves the condition there. Raises `WrongEdit`."""
    match place.of:
        case "question":
            return lambda request, survey: change(
                request, survey, change_question, place.key, show_if=source
            )
        case "page":
            return lambda request, survey: change(
                request, survey, change_page, place.key, show_if=source
            )
        case "skip":
            skips = list(definition.page(place.key).skips)
            if not source:
                raise WrongEdit(_("Say when the skip leads on: choose a question."))
            skip = Skip(source, to)
            if place.number == "new":
                skips.append(skip)
            else:
                skips[int(place.number)] = skip
            return lambda request, survey: change(
                request, survey, change_page, place.key, skips=tuple(skips)
            )
        case _:
            told = quota_form.cleaned_data
            if place.key == "new":
                return lambda request, survey: change(
                    request,
                    survey,
                    add_quota,
                    told["name"],
                    limit=told["limit"],
                    when=source,
                )
            return lambda request, survey: change(
                request, survey, change_quota, place.key, when=source, **told
            )

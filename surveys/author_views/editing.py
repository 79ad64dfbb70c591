"""The editors of the builder: questions, pages, texts, languages, purchase, quotas."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from receipts.purchases import CATEGORIES
from surveys.author_forms import (
    LanguageForm,
    PageForm,
    PurchaseForm,
    TextsForm,
)
from surveys.author_question_forms import QuestionForm
from surveys.author_views.builder import NOTHING, Note, go, refused, saved, show
from surveys.author_views.common import (
    LANGUAGES,
    TEXTS,
    Place,
    change,
    language_of,
    place_of,
    place_or_404,
    revision_of,
    survey_or_404,
)
from surveys.definition import Definition
from surveys.editing import (
    OPTIONS,
    ROWS,
    WrongEdit,
    add_language,
    add_option,
    bind_purchase,
    carry_options,
    change_kind,
    change_page,
    change_question,
    change_survey,
    interlocked,
    make_first_language,
    paste_options,
    remove_language,
    remove_option,
    remove_quota,
    shift_option,
    summary_of,
)
from surveys.models import Survey
from surveys.services import authoring
from surveys.services.errors import SurveyError

page_methods = require_http_methods(["GET", "HEAD", "POST"])
REFUSED = (WrongEdit, SurveyError)


def is_autosave(request) -> bool:
    return bool(request.htmx) and request.POST.get("do", "") in ("", "save")


def errors_by_id(form) -> dict[str, list[str]]:
    return {
        form[name].auto_id: [str(error) for error in errors]
        for name, errors in form.errors.items()
        if name in form.fields
    }


@never_cache
@page_methods
def texts(request, public_id):
    survey = survey_or_404(request, public_id)
    if request.method != "POST":
        return show(request, survey, TEXTS)
    definition = survey.definition
    form = TextsForm(definition, language_of(request, survey, definition), request.POST)
    return save_form(
        request,
        survey,
        TEXTS,
        form,
        lambda: change(request, survey, change_survey, **form.as_fields()),
    )


@never_cache
@page_methods
def page(request, public_id, page_id):
    survey = survey_or_404(request, public_id)
    definition = survey.definition
    place = Place("page", page_id)
    if request.method != "POST":
        return show(request, survey, place_or_404(place, definition))
    if not place.exists_in(definition):
        return refused(request, survey, TEXTS, WrongEdit(_("This page is gone.")))
    language = language_of(request, survey, definition)
    there = definition.page(page_id)
    form = PageForm(there, language, definition.language, request.POST)
    do, _dash, number = request.POST.get("do", "").partition("-")
    if do in ("up", "down", "remove") and number.isdigit():
        return change_skips(request, survey, place, do, int(number))
    return save_form(
        request,
        survey,
        place,
        form,
        lambda: change(request, survey, change_page, page_id, **form.as_fields()),
    )


def change_skips(request, survey: Survey, place: Place, do: str, number: int):
    """Order decides between skips: the first that is true leads on."""
    skips = list(survey.definition.page(place.key).skips)
    if number >= len(skips):
        return refused(request, survey, place, WrongEdit(_("This skip is gone.")))
    moved = skips.pop(number)
    focus = "new-skip"
    if do != "remove":
        target = max(number + (1 if do == "down" else -1), 0)
        skips.insert(target, moved)
        focus = f"skip-{min(target, len(skips) - 1)}"
    try:
        change(request, survey, change_page, place.key, skips=tuple(skips))
    except REFUSED as error:
        return refused(request, survey, place, error)
    survey.refresh_from_db()
    said = _("Skip removed.") if do == "remove" else _("Skip moved.")
    return go(request, survey, place, Note(said, focus, can_undo=True))


def save_form(
    request, survey: Survey, place: Place, form, act: Callable[[], object]
) -> HttpResponse:
    """Save what a form says, from its button or by itself."""
    if not form.is_valid():
        if is_autosave(request):
            return saved(request, survey, place, errors=errors_by_id(form))
        note = Note(_("Not saved: put right what is marked."), is_problem=True)
        context = {"form": form}
        return show(request, survey, place, context, note=note, status=422)
    try:
        act()
    except REFUSED as error:
        return refused(request, survey, place, error, {"form": form})
    survey.refresh_from_db()
    if is_autosave(request):
        return saved(request, survey, place)
    return go(request, survey, place, Note(_("Saved.")))


@never_cache
@page_methods
def purchase(request, public_id):
    survey = survey_or_404(request, public_id)
    place = Place("purchase")
    if request.method != "POST":
        return show(request, survey, place)
    form = PurchaseForm(survey.definition.purchase, CATEGORIES, request.POST)
    return save_form(
        request,
        survey,
        place,
        form,
        lambda: change(request, survey, bind_purchase, form.as_purchase()),
    )


# Questions ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """What a save does besides storing the fields. `focus`: what is looked at then."""

    operation: Callable[..., Definition] | None = None
    args: tuple = ()
    kwargs: tuple = ()
    note: Note = NOTHING

    def __call__(self, definition: Definition, code: str) -> Definition:
        if self.operation is None:
            return definition
        return self.operation(definition, code, *self.args, **dict(self.kwargs))


@never_cache
@page_methods
def question(request, public_id, code):
    survey = survey_or_404(request, public_id)
    definition = survey.definition
    place = Place("question", code)
    if request.method != "POST":
        return show(request, survey, place_or_404(place, definition))
    there = definition.question(code)
    if there is None:
        return refused(request, survey, TEXTS, WrongEdit(_("This question is gone.")))
    language = language_of(request, survey, definition)
    form = QuestionForm(definition, there, language, request.POST)
    if not form.is_valid():
        if is_autosave(request):
            return saved(request, survey, place, errors=errors_by_id(form))
        note = Note(_("Not saved: put right what is marked."), is_problem=True)
        context = {"form": form}
        return show(request, survey, place, context, note=note, status=422)
    fields = form.as_fields()
    for part in (OPTIONS, ROWS):
        if (choices := getattr(form, part)) is not None:
            fields[part] = choices.made
    step = step_of(request, form)
    new_code = fields["code"]
    try:
        authoring.edit(
            survey,
            lambda now: step(change_question(now, code, **fields), new_code),
            summary=summary_after(definition, code, fields, step),
            revision=revision_of(request),
            by=request.user,
        )
    except REFUSED as error:
        return refused(request, survey, place, error, {"form": form})
    survey.refresh_from_db()
    place = Place("question", new_code)
    if is_autosave(request) and step.operation is None and new_code == code:
        coded = {}
        for choices in (form.options, form.rows):
            coded |= choices.coded if choices is not None else {}
        return saved(request, survey, place, coded=coded)
    return go(request, survey, place, step.note or Note(_("Saved.")))


def summary_after(definition, code: str, fields: dict, step: Step) -> str:
    if step.operation is None:
        return summary_of(change_question, definition, code, **fields)
    try:
        return summary_of(
            step.operation, definition, code, *step.args, **dict(step.kwargs)
        )
    except WrongEdit:
        return summary_of(change_question, definition, code, **fields)


def step_of(request, form: QuestionForm) -> Step:
    """What was asked for with the save: another kind, or something with an option."""
    if (new := form.new_kind) is not None:
        kind, style = new
        focus = "id_style" if kind == form.question.kind else "id_kind"
        note = Note(_("The question is of another kind now."), focus, can_undo=True)
        return Step(change_kind, (kind,), (("style", style),), note)
    carries = form.cleaned_data.get("carries", "")
    if "carries" in form.fields and carries != form.question.carries:
        note = Note(_("Saved."), "id_carries", can_undo=True)
        return Step(carry_options, (carries,), (), note)
    if form["code"].data != form.question.code:
        return Step(note=Note(_("Saved. Conditions name the new code."), "id_code"))
    do, _dash, rest = request.POST.get("do", "").partition("-")
    name, _dash, choice = rest.partition("-")
    part = {"option": OPTIONS, "row": ROWS}.get(name)
    if part is None or getattr(form, part) is None:
        return Step()
    return choice_step(request, form, do, part, choice)


def choice_step(request, form: QuestionForm, do: str, part: str, choice: str) -> Step:
    name = part[:-1]
    list_id = f"{part}-add"
    kwargs = (("part", part),)
    match do:
        case "add":
            note = Note(_("Added."), list_id, can_undo=True)
            return Step(add_option, (form.question.text.__class__(),), kwargs, note)
        case "paste":
            lines = request.POST.get(f"pasted-{part}", "").splitlines()
            note = Note(_("Added the lines."), list_id, can_undo=True)
            more = (("language", form.language),)
            return Step(paste_options, (tuple(lines),), (*kwargs, *more), note)
        case "remove":
            note = Note(_("Removed."), list_id, can_undo=True)
            return Step(remove_option, (choice,), kwargs, note)
        case "up" | "down":
            steps = 1 if do == "down" else -1
            note = Note(_("Moved."), f"{name}-{choice}-text", can_undo=True)
            return Step(shift_option, (choice,), (("steps", steps), *kwargs), note)
    return Step()


# Languages ---------------------------------------------------------------------------


@never_cache
@page_methods
def languages(request, public_id):
    survey = survey_or_404(request, public_id)
    place = Place("languages")
    if request.method != "POST":
        return show(request, survey, place)
    definition = survey.definition
    do, _dash, code = request.POST.get("do", "").partition("-")
    try:
        if do == "first":
            change(request, survey, make_first_language, code)
            note = Note(_("Other languages fall back to it now."), can_undo=True)
        elif do == "remove":
            change(request, survey, remove_language, code)
            note = Note(_("Language removed, with its texts."), can_undo=True)
        else:
            form = LanguageForm(definition, request.POST)
            if not form.is_valid():
                context = {"form": form}
                return show(request, survey, place, context, status=422)
            change(request, survey, add_language, form.cleaned_data["code"])
            note = Note(_("Language added. Write its texts now."), can_undo=True)
    except REFUSED as error:
        return refused(request, survey, place, error)
    survey.refresh_from_db()
    return go(request, survey, place, note)


@require_POST
def write_in(request, public_id):
    """Choose in which language texts are shown and written."""
    survey = survey_or_404(request, public_id)
    code = request.POST.get("language", "")
    if code not in survey.definition.languages:
        raise Http404
    chosen = dict(request.session.get(LANGUAGES, {}))
    chosen[survey.public_id] = code
    request.session[LANGUAGES] = chosen
    return go(request, survey, place_of(request.POST), Note(focus="id_language"))


# Quotas ------------------------------------------------------------------------------


@never_cache
@page_methods
def quotas(request, public_id):
    survey = survey_or_404(request, public_id)
    place = Place("quotas")
    if request.method != "POST":
        context = table_context(request, survey)
        return show(request, survey, place, context)
    do, _dash, code = request.POST.get("do", "").partition("-")
    try:
        if do == "remove":
            change(request, survey, remove_quota, code)
            note = Note(_("Quota removed."), "new-quota", can_undo=True)
        else:
            codes, limits = posted_table(request, survey.definition)
            change(request, survey, interlocked, codes, limits=limits)
            note = Note(_("The table’s quotas are saved."), can_undo=True)
    except REFUSED as error:
        return refused(request, survey, place, error)
    survey.refresh_from_db()
    return go(request, survey, place, note)


def table_context(request, survey: Survey) -> dict:
    """The interlocked table of two questions that were chosen, if they were."""
    definition = survey.definition
    codes = (request.GET.get("down", ""), request.GET.get("across", ""))
    down, across = (definition.question(code) for code in codes)
    context = {"down": codes[0], "across": codes[1]}
    if not (down and across):
        return context
    if down == across:
        return context | {"table_problem": _("Choose two different questions.")}
    known = {quota.when: quota.limit for quota in definition.quotas}
    table = [
        {
            "option": row,
            "cells": [
                {
                    "name": f"limit-{row.code}-{column.code}",
                    "column": column,
                    "limit": known.get(
                        f"{down.code} = '{row.code}' and "
                        f"{across.code} = '{column.code}'",
                        "",
                    ),
                }
                for column in across.options
            ],
        }
        for row in down.options
    ]
    return context | {"table": table, "columns": across.options}


def posted_table(request, definition: Definition):
    """Raises `WrongEdit`."""
    codes = (request.POST.get("down", ""), request.POST.get("across", ""))
    found = [definition.question(code) for code in codes]
    if None in found:
        raise WrongEdit(_("Choose two questions for the table."))
    limits = {}
    for row in found[0].options:
        for column in found[1].options:
            told = request.POST.get(f"limit-{row.code}-{column.code}", "").strip()
            if not (told.isascii() and told.isdigit()):
                raise WrongEdit(_("Each cell of the table needs a whole number."))
            limits[row.code, column.code] = int(told)
    return codes, limits

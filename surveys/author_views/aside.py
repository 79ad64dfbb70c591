"""Beside the questions: comments, the library, and the pictures of options."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from surveys.author_forms import CommentForm, KeepForm, PictureForm
from surveys.author_views.builder import Note, go, refused, show
from surveys.author_views.common import (
    Place,
    author_or_404,
    place_of,
    revision_of,
    survey_or_404,
)
from surveys.author_views.editing import REFUSED
from surveys.definition import say
from surveys.editing import change_option
from surveys.models import LibraryQuestion, SurveyComment, SurveyImage
from surveys.services import authoring

# Comments ----------------------------------------------------------------------------


@never_cache
@require_safe
def comments(request, public_id):
    return show(request, survey_or_404(request, public_id), Place("comments"))


@require_POST
def comment(request, public_id):
    """On the question that the form names, or on the survey."""
    survey = survey_or_404(request, public_id)
    place = place_of(request.POST)
    if place.kind != "question":
        place = Place("comments")
    form = CommentForm(request.POST)
    if not form.is_valid():
        note = Note(_("Write something first."), "id_comment", is_problem=True)
        return go(request, survey, place, note)
    try:
        authoring.comment(
            survey,
            question=place.key,
            text=form.cleaned_data["text"],
            by=request.user,
        )
    except REFUSED as error:
        return refused(request, survey, place, error)
    return go(request, survey, place, Note(_("Comment added."), "id_comment"))


@require_POST
def resolve(request, public_id, comment_id):
    survey = survey_or_404(request, public_id)
    remark = get_object_or_404(SurveyComment, survey=survey, public_id=comment_id)
    place = Place("question", remark.question) if remark.question else None
    if place is None or not place.exists_in(survey.definition):
        place = Place("comments")
    try:
        if request.POST.get("do") == "reopen":
            authoring.reopen_comment(remark, by=request.user)
            note = Note(_("Comment opened again."), "id_comment")
        else:
            authoring.resolve_comment(remark, by=request.user)
            note = Note(_("Comment resolved."), "id_comment")
    except REFUSED as error:
        return refused(request, survey, place, error)
    return go(request, survey, place, note)


# The library -------------------------------------------------------------------------


@never_cache
@require_safe
def library(request, public_id):
    """To insert from, in the builder."""
    survey = survey_or_404(request, public_id)
    text = request.GET.get("text", "").strip()
    context = {
        "text": text,
        "found": search(survey.panel, text),
        "after": request.GET.get("after", ""),
    }
    return show(request, survey, Place("library"), context)


def search(panel, text: str):
    found = LibraryQuestion.objects.select_related("panel", "added_by")
    if panel is not None:
        found = found.filter(panel=panel)
    if text:
        found = found.filter(name__icontains=text)
    return found[:100]


@never_cache
@require_safe
def whole_library(request):
    """All panels' questions, to look through and tidy up."""
    author_or_404(request)
    text = request.GET.get("text", "").strip()
    context = {"text": text, "found": search(None, text), "nav_active": "author"}
    return render(request, "author/library.html", context)


@require_POST
def forget(request, question_id):
    author_or_404(request)
    one = get_object_or_404(LibraryQuestion, public_id=question_id)
    authoring.remove_from_library(one, by=request.user)
    messages.success(request, _("Removed from the library."))
    return redirect("author:whole_library")


@require_POST
def keep(request, public_id, code):
    """Put the question into the library."""
    survey = survey_or_404(request, public_id)
    place = Place("question", code)
    if not place.exists_in(survey.definition):
        raise Http404
    form = KeepForm(request.POST)
    if not form.is_valid():
        note = Note(_("Give it a name."), "id_name", is_problem=True)
        return show(request, survey, place, {"keep_form": form}, note=note, status=422)
    try:
        authoring.save_to_library(
            survey, code, name=form.cleaned_data["name"], by=request.user
        )
    except REFUSED as error:
        return refused(request, survey, place, error, {"keep_form": form})
    return go(request, survey, place, Note(_("It is in the library now."), "id_text"))


@require_POST
def insert(request, public_id, question_id):
    """A copy of a library's question, behind the item that the form names."""
    survey = survey_or_404(request, public_id)
    one = get_object_or_404(LibraryQuestion, panel=survey.panel, public_id=question_id)
    definition = survey.definition
    place = Place("library")
    after = request.POST.get("after", "")
    page = definition.page_of(after) or definition.page(after)
    before = {question.code for question in definition.questions()}
    position = None
    if page is not None and definition.page_of(after) is not None:
        position = [q.code for q in page.questions].index(after) + 1
    try:
        authoring.insert_from_library(
            survey,
            one,
            page=page.id if page else "",
            position=position,
            revision=revision_of(request),
            by=request.user,
        )
    except REFUSED as error:
        return refused(request, survey, place, error)
    survey.refresh_from_db()
    new = [q.code for q in survey.definition.questions() if q.code not in before]
    if new:
        place = Place("question", new[0])
    note = Note(_("Inserted from the library."), "id_text", can_undo=True)
    return go(request, survey, place, note)


# Pictures of options -----------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def picture(request, public_id, code, option):
    survey = survey_or_404(request, public_id)
    definition = survey.definition
    question = definition.question(code)
    there = question.option(option) if question else None
    if there is None:
        raise Http404
    form = PictureForm(request.POST or None, request.FILES or None)
    context = {
        "survey": survey,
        "question": question,
        "option": there,
        "option_name": say(there.text, definition.language) or option,
        "form": form,
        "language": definition.language,
        "back_url": Place("question", code).url(survey),
        "nav_active": "author",
    }
    if request.method == "POST":
        is_removal = request.POST.get("do") == "remove"
        if is_removal or form.is_valid():
            try:
                image = ""
                if not is_removal:
                    file = form.cleaned_data["picture"]
                    image = authoring.add_image(survey, file, by=request.user).public_id
                authoring.edit(
                    survey,
                    lambda now: change_option(now, code, option, image=image),
                    summary=_("Changed a picture of %s") % code,
                    revision=revision_of(request),
                    by=request.user,
                )
            except REFUSED as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Saved."))
                return redirect(context["back_url"])
        survey.refresh_from_db()
        return render(request, "author/picture.html", context, status=422)
    return render(request, "author/picture.html", context)


@cache_control(private=True, max_age=3600)
@require_safe
def image(request, public_id, image_id):
    survey = survey_or_404(request, public_id)
    one = get_object_or_404(SurveyImage, survey=survey, public_id=image_id)
    kind = "image/png" if one.file.name.endswith(".png") else "image/jpeg"
    return FileResponse(one.file.open(), content_type=kind)

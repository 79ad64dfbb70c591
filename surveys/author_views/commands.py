"""What the outline does to pages and questions: add, move, copy, split, remove."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from surveys.author_views.builder import Note, go, refused
from surveys.author_views.common import (
    TEXTS,
    Place,
    change,
    place_of,
    revision_of,
    survey_or_404,
)
from surveys.author_views.editing import REFUSED
from surveys.definition import Definition, Kind, free_code, free_page_id
from surveys.editing import (
    WrongEdit,
    add_page,
    add_question,
    duplicate_page,
    duplicate_question,
    move_page,
    move_question,
    remove_page,
    remove_question,
    shift_page,
    shift_question,
    split_page,
)
from surveys.services import authoring


@require_POST
def command(request, public_id):
    """One button of the outline, its key, or a drag; on the item that the form names.

    Answers with the place that is to be shown then."""
    survey = survey_or_404(request, public_id)
    place = place_of(request.POST)
    act = COMMANDS.get(request.POST.get("do", ""))
    try:
        if act is None:
            raise WrongEdit(_("That can’t be done here."))
        place, note = act(request, survey, survey.definition, place)
    except REFUSED as error:
        return refused(request, survey, place, error)
    survey.refresh_from_db()
    return go(request, survey, place, note)


def new_question(request, survey, definition: Definition, place: Place):
    """Behind the question, or at the page's end; on a new page where there is none."""
    page_id, position = None, None
    if place.kind == "question":
        page = definition.page_of(place.key)
        if page is not None:
            page_id = page.id
            codes = [one.code for one in page.questions]
            position = codes.index(place.key) + 1
    elif place.kind == "page":
        page_id = place.key
    elif definition.pages:
        page_id = definition.pages[-1].id
    code = free_code(definition)
    if page_id is None:
        made = free_page_id(definition)
        authoring.edit(
            survey,
            lambda now: add_question(add_page(now), Kind.SINGLE, page=made, code=code),
            summary=_("Added page 1 and a question"),
            revision=revision_of(request),
            by=request.user,
        )
    else:
        change(
            request,
            survey,
            add_question,
            Kind.SINGLE,
            page=page_id,
            position=position,
            code=code,
        )
    note = Note(_("Question %s added.") % code, "id_text", can_undo=True)
    return Place("question", code), note


def new_page(request, survey, definition: Definition, place: Place):
    """Behind the page of the item, else the last."""
    page_id = place.key
    if place.kind == "question" and (page := definition.page_of(place.key)):
        page_id = page.id
    ids = [page.id for page in definition.pages]
    position = ids.index(page_id) + 1 if page_id in ids else None
    made = free_page_id(definition)
    change(request, survey, add_page, position=position)
    number = len(ids) + 1 if position is None else position + 1
    return Place("page", made), Note(
        _("Page %d added.") % number, "id_title", can_undo=True
    )


def shifted(steps: int) -> Callable:
    def act(request, survey, definition: Definition, place: Place):
        operation = shift_question if place.kind == "question" else shift_page
        only_items(place)
        change(request, survey, operation, place.key, steps=steps)
        said = _("Moved down.") if steps > 0 else _("Moved up.")
        return place, Note(said, item_id(place), can_undo=True)

    return act


def moved(request, survey, definition: Definition, place: Place):
    """By a drag: `position` among the others on the page `page`."""
    only_items(place)
    told = request.POST.get("position", "")
    position = int(told) if told.isascii() and told.isdigit() else None
    if place.kind == "question":
        page = request.POST.get("page", "")
        change(request, survey, move_question, place.key, page=page, position=position)
    else:
        change(request, survey, move_page, place.key, position=position or 0)
    return place, Note(_("Moved."), item_id(place), can_undo=True)


def copied(request, survey, definition: Definition, place: Place):
    only_items(place)
    if place.kind == "page":
        made = free_page_id(definition)
        change(request, survey, duplicate_page, place.key)
        return Place("page", made), Note(_("Page copied."), "id_title", can_undo=True)
    change(request, survey, duplicate_question, place.key)
    survey.refresh_from_db()
    now = survey.definition
    questions = now.page_of(place.key).questions
    codes = [one.code for one in questions]
    made = codes[codes.index(place.key) + 1]
    return Place("question", made), Note(
        _("Copied as %s.") % made, "id_text", can_undo=True
    )


def removed(request, survey, definition: Definition, place: Place):
    """What stands next to it is shown then."""
    only_items(place)
    items = [
        one
        for page in definition.pages
        for one in (
            Place("page", page.id),
            *(Place("question", question.code) for question in page.questions),
        )
    ]
    number = items.index(place) if place in items else 0
    if place.kind == "question":
        change(request, survey, remove_question, place.key)
        said = _("Question %s removed.") % place.key
    else:
        change(request, survey, remove_page, place.key)
        said = _("Page removed, with its questions.")
    survey.refresh_from_db()
    now = survey.definition
    left = [one for one in items[number + 1 :] if one.exists_in(now)]
    left += [one for one in reversed(items[:number]) if one.exists_in(now)]
    place = left[0] if left else TEXTS
    return place, Note(said, item_id(place), can_undo=True)


def split(request, survey, definition: Definition, place: Place):
    change(request, survey, split_page, place.key)
    note = Note(_("The page is split before the question."), item_id(place), True)
    return place, note


def undone(request, survey, definition: Definition, place: Place):
    authoring.undo(survey, by=request.user, revision=revision_of(request))
    return place, Note(_("Undone."), "undo", can_undo=False)


def redone(request, survey, definition: Definition, place: Place):
    authoring.redo(survey, by=request.user, revision=revision_of(request))
    return place, Note(_("Done again."), "redo", can_undo=True)


def only_items(place: Place) -> None:
    if place.kind not in ("question", "page"):
        raise WrongEdit(_("Choose a page or a question first."))


def item_id(place: Place) -> str:
    """Of the item's link in the outline."""
    return f"go-{place.kind}-{place.key}" if place.key else f"go-{place.kind}"


COMMANDS: dict[str, Callable] = {
    "add_question": new_question,
    "add_page": new_page,
    "up": shifted(-1),
    "down": shifted(1),
    "move": moved,
    "copy": copied,
    "remove": removed,
    "split": split,
    "undo": undone,
    "redo": redone,
}

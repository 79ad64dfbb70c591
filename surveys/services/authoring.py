"""Making surveys: their drafts with undo and redo, comments, library and pictures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel, User
from panelists.public_ids import new_public_id
from surveys.changes import renamed_codes, structure
from surveys.definition import (
    Definition,
    Page,
    Question,
    Text,
    as_json,
    free_page_id,
    from_json,
)
from surveys.editing import add_page, insert_question
from surveys.editing.parts import question_or_refuse, unused, with_texts
from surveys.models import (
    LibraryQuestion,
    Survey,
    SurveyComment,
    SurveyEdit,
    SurveyImage,
)
from surveys.pictures import MAX_BYTES, RefusedPicture, made_small
from surveys.services.errors import ChangedMeanwhile, NotAllowed, SurveyError
from surveys.services.quotas import lock_survey

# So many steps can be undone.
KEPT_STEPS = 200
# Edits of one field within this time are one step.
ONE_STEP = timedelta(seconds=60)


class NotAccepted(SurveyError):
    """What was told can't be stored; the text says why."""


def check_author(by: User) -> None:
    if not by.has_perm("panelists.author_surveys"):
        raise NotAllowed(_("Only authors of surveys may do this."))


# Surveys ------------------------------------------------------------------------------


def create(panel: Panel, name: str, *, by: User) -> Survey:
    """A draft with an empty page, in the panel's language. Raises `NotAllowed` and
    `NotAccepted`."""
    check_author(by)
    empty = Definition(languages=(panel.language,), pages=(Page("p1"),))
    return start(panel, name, empty, summary=_t("Began the survey"), by=by)


def start(
    panel: Panel, name: str, definition: Definition, *, summary: str, by: User, **fields
) -> Survey:
    """A draft that asks what `definition` does, such as one that was read from a file;
    `fields` are more of `Survey`. Raises `NotAllowed` and `NotAccepted`."""
    check_author(by)
    with transaction.atomic():
        survey = Survey.objects.create(
            panel=panel,
            name=checked_name(name),
            created_by=by,
            draft=as_json(definition),
            position=1,
            **fields,
        )
        SurveyEdit.objects.create(
            survey=survey, number=1, definition=survey.draft, summary=summary, by=by
        )
    return survey


def duplicate(survey: Survey, *, by: User) -> Survey:
    """A draft like the survey's: with what it pays and whom it asks, without its dates,
    comments and responses. Raises `NotAllowed`."""
    check_author(by)
    name = (_t("Copy of %s") % survey.name)[:120]
    with transaction.atomic():
        copy = start(
            survey.panel,
            name,
            Definition(),
            summary=_t("Copied the survey"),
            by=by,
            reward=survey.reward,
            partial_reward=survey.partial_reward,
            audience=survey.audience,
            priority=survey.priority,
            invites_by_email=survey.invites_by_email,
            remind_after_days=survey.remind_after_days,
        )
        copy.draft = as_json(_with_own_images(survey.definition, survey, copy))
        copy.save(update_fields=["draft"])
        copy.edits.update(definition=copy.draft)
    return copy


def _with_own_images(
    definition: Definition, survey: Survey, copy: Survey
) -> Definition:
    """A survey's pictures are its own, so that each can be shown to its people only."""
    used = {
        option.image
        for question in definition.questions()
        for option in question.options
        if option.image
    }
    made = {"": ""}
    for image in SurveyImage.objects.filter(survey=survey, public_id__in=used):
        with image.file.open() as file:
            kept = _store_image(copy, file.read(), image.file.name)
        made[image.public_id] = kept.public_id

    def owned(question: Question) -> Question:
        return replace(
            question,
            options=tuple(
                replace(option, image=made.get(option.image, ""))
                for option in question.options
            ),
        )

    return replace(
        definition,
        pages=tuple(
            replace(page, questions=tuple(map(owned, page.questions)))
            for page in definition.pages
        ),
    )


def rename(survey: Survey, name: str, *, by: User) -> None:
    """Raises `NotAllowed` and `NotAccepted`."""
    check_author(by)
    survey.name = checked_name(name)
    survey.save(update_fields=["name"])


def checked_name(name: str, *, most: int = 120) -> str:
    name = " ".join(name.split())
    if not name:
        raise NotAccepted(_("Give it a name."))
    if len(name) > most:
        raise NotAccepted(_t("A name has at most %d characters.") % most)
    return name


# The draft ----------------------------------------------------------------------------


def edit(
    survey: Survey,
    change: Callable[[Definition], Definition],
    *,
    summary: str,
    revision: int,
    by: User,
) -> Survey:
    """Change the draft; `revision` is that of the draft which the author saw.

    Edits with the same summary by the same author within a minute are one step of undo
    if they leave the parts of the survey what they are: a text is typed in many edits.
    Raises `NotAllowed`, `ChangedMeanwhile`, and what `change` raises (`WrongEdit`).
    """
    with transaction.atomic():
        survey = _locked(survey, revision, by)
        old = survey.definition
        new = change(old)
        draft = as_json(new)
        # A draft that can't be read again would lock everybody out of the survey.
        from_json(draft)
        if draft != survey.draft:
            _write_step(survey, old, new, summary[:300], by)
            _show(survey, old, new)
    return survey


def undo(survey: Survey, *, revision: int, by: User) -> Survey:
    """Back to the draft before the last edit. Raises `NotAllowed` (nothing is left to
    undo, too) and `ChangedMeanwhile`."""
    return _go(survey, revision, by, _before, _("There is nothing to undo."))


def redo(survey: Survey, *, revision: int, by: User) -> Survey:
    """Forward again. Raises as `undo`."""
    return _go(survey, revision, by, _after, _("There is nothing to do again."))


@dataclass(frozen=True)
class Steps:
    """Summaries of what undo takes back and redo does again; empty: nothing."""

    undo: str
    redo: str


def steps(survey: Survey) -> Steps:
    """For the buttons."""
    after = _after(survey)
    now = survey.edits.filter(number=survey.position).first()
    can_undo = now is not None and _before(survey) is not None
    return Steps(now.summary if can_undo else "", after.summary if after else "")


def _before(survey: Survey) -> SurveyEdit | None:
    return survey.edits.filter(number__lt=survey.position).last()


def _after(survey: Survey) -> SurveyEdit | None:
    return survey.edits.filter(number__gt=survey.position).first()


def _locked(survey: Survey, revision: int, by: User) -> Survey:
    check_author(by)
    survey = lock_survey(survey.pk)
    if survey.status == Survey.Status.CLOSED:
        raise NotAllowed(_("This survey is closed. Copy it to ask again."))
    if survey.revision != revision:
        raise ChangedMeanwhile(
            _t("This survey was changed meanwhile. Here is what it is now.")
        )
    return survey


def _go(survey: Survey, revision: int, by: User, where, nothing) -> Survey:
    with transaction.atomic():
        survey = _locked(survey, revision, by)
        target = where(survey)
        if target is None:
            raise NotAllowed(nothing)
        survey.position = target.number
        _show(survey, survey.definition, from_json(target.definition))
    return survey


def _write_step(
    survey: Survey, old: Definition, new: Definition, summary: str, by: User
) -> None:
    """Raises `position` by one, unless the edit goes on with the last."""
    now = timezone.now()
    undone, _rows = survey.edits.filter(number__gt=survey.position).delete()
    last = survey.edits.filter(number=survey.position).first()
    goes_on = (
        not undone
        and last is not None
        and (last.summary, last.by) == (summary, by)
        and now - last.at < ONE_STEP
        and structure(old) == structure(new)
    )
    if goes_on:
        last.definition = as_json(new)
        last.save(update_fields=["definition"])
        return
    if last is None:
        # Without the draft as it was there would be nothing to go back to.
        SurveyEdit.objects.create(
            survey=survey,
            number=survey.position,
            definition=survey.draft,
            summary="",
            by=survey.created_by,
        )
    survey.position += 1
    SurveyEdit.objects.create(
        survey=survey,
        number=survey.position,
        definition=as_json(new),
        summary=summary,
        by=by,
        at=now,
    )
    survey.edits.filter(number__lt=survey.position - KEPT_STEPS).delete()


def _show(survey: Survey, old: Definition, new: Definition) -> None:
    """Make it the draft; comments stay with a question that has a new code."""
    survey.draft = as_json(new)
    survey.revision += 1
    survey.edited_at = timezone.now()
    survey.save(update_fields=["draft", "revision", "position", "edited_at"])
    renamed = renamed_codes(old, new)
    # All at once: two questions may have changed their codes with one another.
    comments = list(survey.comments.filter(question__in=renamed))
    for one in comments:
        one.question = renamed[one.question]
    SurveyComment.objects.bulk_update(comments, ["question"])


# Comments -----------------------------------------------------------------------------


def comment(
    survey: Survey, *, text: str, by: User, question: str = ""
) -> SurveyComment:
    """On a question by its code, or on the whole survey. Raises `NotAllowed` and
    `NotAccepted`."""
    check_author(by)
    text = text.strip()
    if not text:
        raise NotAccepted(_("Write a comment first."))
    if len(text) > 2000:
        raise NotAccepted(_("A comment has at most 2,000 characters."))
    if question and survey.definition.question(question) is None:
        raise NotAccepted(_("This question is gone. Look at the survey again."))
    return SurveyComment.objects.create(
        survey=survey, question=question, text=text, by=by
    )


def resolve_comment(comment: SurveyComment, *, by: User) -> None:
    """Whoever was first is named. Raises `NotAllowed`."""
    check_author(by)
    SurveyComment.objects.filter(pk=comment.pk, resolved_at=None).update(
        resolved_at=timezone.now(), resolved_by=by
    )
    comment.refresh_from_db()


def reopen_comment(comment: SurveyComment, *, by: User) -> None:
    """Raises `NotAllowed`."""
    check_author(by)
    comment.resolved_at = comment.resolved_by = None
    comment.save(update_fields=["resolved_at", "resolved_by"])


# The library --------------------------------------------------------------------------


def save_to_library(
    survey: Survey, code: str, *, name: str, by: User
) -> LibraryQuestion:
    """A copy of the question as it is now, without its pictures. Raises `NotAllowed`,
    `WrongEdit` (it is gone) and `NotAccepted` (the name is taken)."""
    check_author(by)
    question = question_or_refuse(survey.definition, code)
    name = checked_name(name)
    alone = Definition(pages=(Page("p1", (_on_its_own(question),)),))
    [told] = as_json(alone)["pages"][0]["questions"]
    made, is_new = LibraryQuestion.objects.get_or_create(
        panel=survey.panel, name=name, defaults={"question": told, "added_by": by}
    )
    if not is_new:
        raise NotAccepted(_("The library has a question of this name."))
    return made


def remove_from_library(one: LibraryQuestion, *, by: User) -> None:
    """Surveys that have a copy keep it. Raises `NotAllowed`."""
    check_author(by)
    one.delete()


def library_question(one: LibraryQuestion) -> Question:
    """What it asks. Raises `WrongDefinition`."""
    page = {"id": "p1", "questions": [one.question]}
    [question] = from_json({"pages": [page]}).questions()
    return question


def insert_from_library(
    survey: Survey,
    one: LibraryQuestion,
    *,
    page: str = "",
    position: int | None = None,
    revision: int,
    by: User,
) -> Survey:
    """Put a copy on the page (by default the last, or a new one where there is none)
    under a code of its own. Raises as `edit`."""
    if one.panel_id != survey.panel_id:
        raise NotAllowed(_("This question is of another panel’s library."))
    question = library_question(one)

    def insert(definition: Definition) -> Definition:
        target = page or (definition.pages[-1].id if definition.pages else "")
        if not target:
            target = free_page_id(definition)
            definition = add_page(definition)
        taken = {asked.code for asked in definition.questions()}
        copy = replace(
            _in_languages(question, definition), code=unused(question.code, taken)
        )
        return insert_question(definition, copy, page=target, position=position)

    summary = _t("Inserted “%s” from the library") % one.name
    return edit(survey, insert, summary=summary, revision=revision, by=by)


def _on_its_own(question: Question) -> Question:
    """Without what is about other questions and other surveys."""
    options = tuple(replace(option, image="") for option in question.options)
    return replace(question, show_if="", carries="", options=options)


def _in_languages(question: Question, definition: Definition) -> Question:
    """With texts in the survey's languages; one that has none of them is taken over
    as its first, to be translated."""

    def spoken(text: Text) -> Text:
        kept = {one: text[one] for one in definition.languages if one in text}
        if text and not kept:
            kept = {definition.language: next(iter(text.values()))}
        return Text(kept)

    return with_texts(question, spoken)


# Pictures -----------------------------------------------------------------------------


def add_image(survey: Survey, file, *, by: User) -> SurveyImage:
    """Keep an uploaded picture, made small and written anew; `file` is open for reading
    bytes. An option shows it once its `image` is the public id.

    Raises `NotAllowed`, and `NotAccepted` with why the file is refused.
    """
    check_author(by)
    try:
        # One byte more than is allowed tells that it is too large.
        picture = made_small(file.read(MAX_BYTES + 1))
    except RefusedPicture as error:
        raise NotAccepted(str(error)) from None
    return _store_image(survey, picture.data, picture.extension)


def _store_image(survey: Survey, data: bytes, named_like: str) -> SurveyImage:
    extension = ".png" if named_like.endswith(".png") else ".jpg"
    public_id = new_public_id()
    image = SurveyImage(survey=survey, public_id=public_id)
    image.file.save(f"{public_id}{extension}", ContentFile(data), save=False)
    image.save()
    return image

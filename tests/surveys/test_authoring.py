"""Drafts with undo and redo, comments, the library and pictures."""

import shutil
from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from surveys.definition import (
    Definition,
    Kind,
    Page,
    Question,
    Text,
    WrongDefinition,
)
from surveys.editing import (
    WrongEdit,
    add_page,
    change_option,
    change_question,
    change_survey,
    move_page,
    remove_question,
)
from surveys.models import LibraryQuestion, Survey, SurveyEdit, SurveyImage
from surveys.services import authoring
from surveys.services.authoring import NotAccepted, Steps, redo, steps, undo
from surveys.services.errors import ChangedMeanwhile, NotAllowed
from tests.factories import make_panel, make_user
from tests.surveys.factories import SURVEY, make_author, make_survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_pictures_stay(settings):
    yield
    shutil.rmtree(settings.KEPT_DIR / "surveys", ignore_errors=True)


def edit(survey: Survey, operation, *args, summary="Edited", by=None, **kwargs):
    survey.refresh_from_db()
    return authoring.edit(
        survey,
        lambda definition: operation(definition, *args, **kwargs),
        summary=summary,
        revision=survey.revision,
        by=by or survey.created_by,
    )


def title(survey: Survey, text: str, **kwargs) -> Survey:
    return edit(survey, change_survey, title=Text(en=text), **kwargs)


def back(survey: Survey, go=undo) -> Survey:
    survey.refresh_from_db()
    return go(survey, revision=survey.revision, by=survey.created_by)


def picture(size=(20, 10)) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, "red").save(file, "PNG")
    file.seek(0)
    return file


# Surveys ------------------------------------------------------------------------------


def test_a_new_survey_is_a_draft_with_a_page_in_the_panels_language():
    author, panel = make_author(), make_panel(language="de")

    survey = authoring.create(panel, "  Hot \n drinks ", by=author)

    assert (survey.name, survey.status, survey.created_by) == (
        *("Hot drinks", "draft", author),
    )
    assert survey.definition == Definition(languages=("de",), pages=(Page("p1"),))
    assert steps(survey) == Steps("", "")


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_survey_has_a_name_of_a_fair_length(name):
    survey = make_survey(name="Drinks")

    with pytest.raises(NotAccepted):
        authoring.create(survey.panel, name, by=survey.created_by)
    with pytest.raises(NotAccepted):
        authoring.rename(survey, name, by=survey.created_by)

    assert Survey.objects.get().name == "Drinks"


def test_a_survey_is_renamed():
    survey = make_survey()

    authoring.rename(survey, "Cold drinks", by=survey.created_by)

    assert Survey.objects.get().name == "Cold drinks"


def test_a_copy_asks_and_pays_the_same_and_has_a_life_of_its_own():
    author = make_author()
    now = timezone.now()
    survey = make_survey(
        name="Drinks", status="live", audience={"ages": ["18-24"]}, ends_at=now
    )
    authoring.comment(survey, text="Why?", by=author)

    copy = authoring.duplicate(survey, by=author)

    assert (copy.name, copy.status, copy.created_by) == (
        *("Copy of Drinks", "draft", author),
    )
    assert (copy.definition, copy.reward) == (SURVEY, survey.reward)
    assert (copy.audience, copy.ends_at) == ({"ages": ["18-24"]}, None)
    assert copy.comments.count() == 0
    edit(copy, add_page)
    assert back(copy).definition == SURVEY


def test_a_copy_has_pictures_of_its_own():
    survey = make_survey()
    image = authoring.add_image(survey, picture(), by=survey.created_by)
    edit(survey, change_option, "drinks", "tea", image=image.public_id)
    edit(survey, change_option, "drinks", "coffee", image="gone")
    survey.refresh_from_db()

    copy = authoring.duplicate(survey, by=survey.created_by)

    [own] = SurveyImage.objects.filter(survey=copy)
    coffee, tea, *_others = copy.definition.question("drinks").options
    assert (tea.image, coffee.image) == (own.public_id, "")
    assert own.public_id != image.public_id
    assert own.file.name != image.file.name
    assert own.file.read() == image.file.open().read()


# The draft ----------------------------------------------------------------------------


def test_an_edit_changes_the_draft_and_its_revision():
    survey = make_survey()

    changed = title(survey, "Tea", summary="Changed the title")

    survey.refresh_from_db()
    assert survey.definition == changed.definition
    assert survey.definition.title == Text(en="Tea")
    assert survey.revision == 1
    assert steps(survey) == Steps("Changed the title", "")


def test_an_edit_of_an_older_draft_is_refused():
    survey = make_survey()
    title(survey, "Tea")

    for change in (
        partial(authoring.edit, survey, add_page, summary="Page"),
        partial(undo, survey),
        partial(redo, survey),
    ):
        with pytest.raises(ChangedMeanwhile, match="was changed meanwhile"):
            change(revision=0, by=survey.created_by)

    assert Survey.objects.get().definition.title == Text(en="Tea")


def test_only_authors_edit():
    survey, stranger = make_survey(), make_user()

    for change in (
        partial(authoring.create, survey.panel, "Tea"),
        partial(authoring.duplicate, survey),
        partial(authoring.rename, survey, "Tea"),
        partial(authoring.edit, survey, add_page, summary="Page", revision=0),
        partial(undo, survey, revision=0),
        partial(redo, survey, revision=0),
        partial(authoring.comment, survey, text="Why?"),
        partial(authoring.save_to_library, survey, "why", name="Why"),
        partial(authoring.add_image, survey, picture()),
    ):
        with pytest.raises(NotAllowed, match="Only authors"):
            change(by=stranger)

    assert Survey.objects.get().revision == 0


def test_a_closed_survey_is_edited_no_more():
    survey = make_survey(status="closed")

    with pytest.raises(NotAllowed, match="is closed"):
        edit(survey, add_page)


def test_an_edit_that_is_refused_or_changes_nothing_leaves_no_step():
    survey = make_survey()

    with pytest.raises(WrongEdit):
        edit(survey, remove_question, "gone")
    title(survey, "Hot drinks")

    assert (Survey.objects.get().revision, SurveyEdit.objects.count()) == (0, 0)


def test_a_draft_that_could_not_be_read_again_is_refused():
    survey = make_survey()

    with pytest.raises(WrongDefinition):
        edit(survey, change_question, "cups", decimals="2")

    assert Survey.objects.get().definition == SURVEY


def test_edits_are_undone_and_done_again_in_their_order():
    survey = make_survey()
    title(survey, "One", summary="First")
    title(survey, "Two", summary="Second")

    assert back(survey).definition.title == Text(en="One")
    assert back(survey).definition == SURVEY
    with pytest.raises(NotAllowed, match="nothing to undo"):
        back(survey)
    assert back(survey, redo).definition.title == Text(en="One")
    survey.refresh_from_db()
    assert steps(survey) == Steps("First", "Second")
    assert back(survey, redo).definition.title == Text(en="Two")
    with pytest.raises(NotAllowed, match="nothing to do again"):
        back(survey, redo)
    assert Survey.objects.get().revision == 6


def test_a_new_edit_drops_what_was_undone():
    survey = make_survey()
    title(survey, "One", summary="First")
    title(survey, "Two", summary="Second")
    back(survey)

    title(survey, "Three", summary="Third")

    survey.refresh_from_db()
    assert steps(survey) == Steps("Third", "")
    assert back(survey).definition.title == Text(en="One")


def test_the_last_200_steps_are_kept():
    survey = make_survey()
    for number in range(205):
        title(survey, f"Title {number}", summary=f"Step {number}")

    undone = 0
    with pytest.raises(NotAllowed):
        while True:
            survey = back(survey)
            undone += 1

    assert undone == 200
    survey.refresh_from_db()
    assert survey.definition.title == Text(en="Title 4")


def test_a_text_that_is_typed_is_one_step():
    survey = make_survey()
    for text in ("T", "Te", "Tea"):
        title(survey, text, summary="Changed the title")

    assert back(survey).definition == SURVEY
    assert back(survey, redo).definition.title == Text(en="Tea")


def test_edits_of_others_of_other_fields_and_later_ones_are_steps_of_their_own():
    survey = make_survey()
    title(survey, "One", summary="Changed the title")
    title(survey, "Two", summary="Changed the title", by=make_author())
    title(survey, "Three", summary="Changed the thanks")
    SurveyEdit.objects.update(at=timezone.now() - timedelta(seconds=61))
    title(survey, "Four", summary="Changed the thanks")

    titles = [back(survey).definition.title["en"] for _number in range(4)]

    assert titles == ["Three", "Two", "One", "Hot drinks"]


def test_the_same_twice_is_two_steps_where_parts_come_go_or_move():
    survey = make_survey()
    edit(survey, add_page, summary="Added a page")
    edit(survey, add_page, summary="Added a page")
    edit(survey, move_page, "p1", position=1, summary="Moved")
    edit(survey, move_page, "p1", position=2, summary="Moved")

    pages = [[page.id for page in back(survey).definition.pages] for _n in range(4)]

    assert pages == [
        ["p2", "p1", "p3", "p4", "p5", "p6"],
        ["p1", "p2", "p3", "p4", "p5", "p6"],
        ["p1", "p2", "p3", "p4", "p5"],
        ["p1", "p2", "p3", "p4"],
    ]


def test_an_edit_after_undo_goes_on_with_no_earlier_step():
    survey = make_survey()
    title(survey, "One", summary="Changed the title")
    title(survey, "Two", summary="Second")
    back(survey)

    title(survey, "Three", summary="Changed the title")

    assert back(survey).definition.title == Text(en="One")


# Comments -----------------------------------------------------------------------------


def test_comments_are_made_resolved_and_opened_again():
    survey, other = make_survey(), make_author()

    comment = authoring.comment(
        survey, question="why", text=" Too open? ", by=survey.created_by
    )
    authoring.resolve_comment(comment, by=other)
    authoring.resolve_comment(comment, by=survey.created_by)

    assert (comment.question, comment.text) == ("why", "Too open?")
    assert (comment.resolved_by, comment.resolved_at is not None) == (other, True)
    authoring.reopen_comment(comment, by=other)
    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at) == (None, None)


@pytest.mark.parametrize(
    "fields", [{"text": " "}, {"text": "x" * 2001}, {"text": "x", "question": "gone"}]
)
def test_a_comment_says_something_about_something(fields):
    survey = make_survey()

    with pytest.raises(NotAccepted):
        authoring.comment(survey, by=survey.created_by, **fields)


def test_comments_stay_with_a_question_that_is_renamed_and_when_that_is_undone():
    survey = make_survey()
    comment = authoring.comment(
        survey, question="why", text="Why?", by=survey.created_by
    )

    edit(survey, change_question, "why", code="reason")
    comment.refresh_from_db()
    assert comment.question == "reason"

    back(survey)
    comment.refresh_from_db()
    assert comment.question == "why"


def test_only_authors_resolve_comments():
    survey = make_survey()
    comment = authoring.comment(survey, text="Why?", by=survey.created_by)

    for change in (authoring.resolve_comment, authoring.reopen_comment):
        with pytest.raises(NotAllowed):
            change(comment, by=make_user())


# The library --------------------------------------------------------------------------


def test_a_question_is_kept_in_the_library_without_what_is_about_others():
    survey = make_survey()
    edit(survey, change_option, "favourite", "tea", image="abc")
    survey.refresh_from_db()

    one = authoring.save_to_library(
        survey, "favourite", name="Drinks", by=survey.created_by
    )

    question = authoring.library_question(one)
    assert (one.panel, one.added_by) == (survey.panel, survey.created_by)
    assert (question.code, question.carries, question.show_if) == ("favourite", "", "")
    assert [(option.code, option.image) for option in question.options] == [
        *(("coffee", ""), ("tea", ""), ("cocoa", ""), ("other", "")),
    ]


def test_a_name_is_in_the_library_once():
    survey = make_survey()
    authoring.save_to_library(survey, "why", name="Why", by=survey.created_by)

    with pytest.raises(NotAccepted, match="has a question of this name"):
        authoring.save_to_library(survey, "cups", name="Why", by=survey.created_by)
    with pytest.raises(WrongEdit):
        authoring.save_to_library(survey, "gone", name="Gone", by=survey.created_by)

    assert LibraryQuestion.objects.count() == 1


def test_a_copy_from_the_library_has_a_code_of_its_own():
    survey = make_survey()
    one = authoring.save_to_library(survey, "cups", name="Cups", by=survey.created_by)

    changed = authoring.insert_from_library(
        survey, one, page="p1", position=0, revision=0, by=survey.created_by
    )

    first = changed.definition.pages[0].questions[0]
    assert (first.code, first.show_if) == ("cups_2", "")
    assert first.text == SURVEY.question("cups").text
    assert steps(changed).undo == "Inserted “Cups” from the library"


def test_a_copy_speaks_the_languages_of_the_survey():
    survey = make_survey()
    edit(survey, change_question, "why", text=Text(en="Why?", de="Warum?"))
    survey.refresh_from_db()
    one = authoring.save_to_library(survey, "why", name="Why", by=survey.created_by)
    french = authoring.start(
        survey.panel,
        "French",
        Definition(languages=("fr",)),
        summary="Began",
        by=survey.created_by,
    )

    changed = authoring.insert_from_library(
        french, one, revision=0, by=survey.created_by
    )

    assert changed.definition.pages == (
        Page(
            "p1",
            (
                Question(
                    "why",
                    Kind.TEXT,
                    Text(fr="Warum?"),
                    is_required=False,
                    is_long=True,
                ),
            ),
        ),
    )


def test_a_question_of_another_panels_library_is_refused():
    survey, other = make_survey(), make_survey()
    one = authoring.save_to_library(other, "why", name="Why", by=other.created_by)

    with pytest.raises(NotAllowed, match="another panel"):
        authoring.insert_from_library(survey, one, revision=0, by=survey.created_by)


def test_a_question_is_taken_from_the_library_by_authors():
    survey = make_survey()
    one = authoring.save_to_library(survey, "why", name="Why", by=survey.created_by)

    with pytest.raises(NotAllowed):
        authoring.remove_from_library(one, by=make_user())
    authoring.remove_from_library(one, by=survey.created_by)

    assert LibraryQuestion.objects.count() == 0


# Pictures -----------------------------------------------------------------------------


def test_a_picture_is_kept_small_and_private():
    survey = make_survey()

    image = authoring.add_image(survey, picture((2400, 1200)), by=survey.created_by)

    assert image.file.name == f"surveys/{image.public_id}.jpg"
    with image.file.open() as file:
        assert Image.open(file).size == (1200, 600)


@pytest.mark.parametrize("data", [b"GIF89a", b"", b"\xff\xd8\xff"])
def test_a_refused_picture_is_told_in_a_sentence(data):
    survey = make_survey()

    with pytest.raises(NotAccepted, match=r"This (isn’t a picture|picture is damaged)"):
        authoring.add_image(survey, BytesIO(data), by=survey.created_by)

    assert SurveyImage.objects.count() == 0

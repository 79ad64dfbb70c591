"""The author's pages: who may see them, with and without htmx, and every change."""

import io
import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from surveys.author_claims import Line, condition_of, lines_of, subjects
from surveys.definition import SCREEN_OUT, Kind, Skip
from surveys.logic.conditions import as_source, parse
from surveys.models import LibraryQuestion, Response, Survey, SurveyComment
from surveys.services import authoring, launching
from tests.factories import make_finance, make_panel, make_panelist, make_user
from tests.surveys.factories import SURVEY, make_author, make_survey

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGES = [
    *("survey", "texts", "languages", "purchase", "quotas", "comments", "library"),
    *("rename", "test", "launch"),
]
ACTIONS = [
    *("duplicate", "write_in", "comment", "command", "try", "settings", "go_live"),
    *("pause", "resume", "close"),
]
EDITORS = [
    ("question", "drinks"),
    ("question", "brand"),
    ("page", "p1"),
    ("condition", "question", "cups"),
    ("condition", "skip", "p1", "0"),
    ("condition", "quota", "new"),
]


@pytest.fixture
def author():
    return make_author(name="Ada Author")


@pytest.fixture
def survey(author):
    """The surveys' example, as a draft that can be undone."""
    return make_survey(created_by=author)


@pytest.fixture
def desk(client, author):
    """The author's browser."""
    client.force_login(author)
    return client


def url(survey, name, *args) -> str:
    return reverse(f"author:{name}", args=[survey.public_id, *args])


def posted(survey, **fields) -> dict:
    survey.refresh_from_db()
    return {"revision": survey.revision} | fields


def question_of(survey, code):
    survey.refresh_from_db()
    return survey.definition.question(code)


def whole_question(survey, code="drinks", **fields) -> dict:
    """What the editor of a multiple question posts."""
    question = question_of(survey, code)
    data = posted(
        survey,
        language="en",
        code=code,
        kind=question.kind.value,
        text=question.text["en"],
        is_required="on",
        option=[one.code for one in question.options],
        **{"has-options": "1"},
    )
    for one in question.options:
        data[f"option-{one.code}-text"] = one.text["en"]
        for flag in ("is_exclusive", "asks_text", "is_fixed"):
            if getattr(one, flag):
                data[f"option-{one.code}-{flag}"] = "on"
    return data | fields


# Who may see them ---------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_the_authors_alone(client, survey, name):
    for stranger in (make_user(), make_panelist().user, make_finance()):
        client.force_login(stranger)
        assert client.get(url(survey, name)).status_code == 404


@pytest.mark.parametrize("name", ACTIONS)
def test_changes_are_the_authors_alone_and_posted(client, desk, survey, author, name):
    assert desk.get(url(survey, name)).status_code == 405

    client.force_login(make_user())

    assert client.post(url(survey, name)).status_code == 404


@pytest.mark.parametrize("place", EDITORS)
def test_editors_are_the_authors_alone(client, survey, place):
    client.force_login(make_panelist().user)

    assert client.get(url(survey, *place)).status_code == 404
    assert client.post(url(survey, *place)).status_code == 404


@pytest.mark.parametrize("path", ["/author/", "/author/new/", "/author/library/"])
def test_the_list_is_the_authors_alone(client, path):
    assert client.get(path).url == f"/accounts/login/?next={path}"

    client.force_login(make_user())

    assert client.get(path).status_code == 404


def test_an_anonymous_visitor_is_asked_to_sign_in(client, survey):
    path = url(survey, "texts")

    assert client.get(path).url == f"/accounts/login/?next={path}"


@pytest.mark.parametrize(
    "place", [("question", "gone"), ("page", "p9"), ("condition", "skip", "p1", "7")]
)
def test_what_is_not_in_the_survey_is_404(desk, survey, place):
    assert desk.get(url(survey, *place)).status_code == 404


# The list -----------------------------------------------------------------------------


def test_the_list_is_a_page_and_for_htmx_a_fragment(desk, survey):
    page, fragment = desk.get("/author/"), desk.get("/author/", **HTMX)

    assert page.templates[0].name == "author/list.html"
    assert fragment.templates[0].name == "author/_list.html"
    assert fragment.content.strip().startswith(b'<div id="survey-list">')


def test_the_list_counts_open_comments_and_costs_the_same_however_long(
    desk, author, django_assert_num_queries
):
    for _number in range(4):
        survey = make_survey(created_by=author)
        authoring.comment(survey, text="A remark", by=author)

    # Session, user, membership, permissions (2); surveys and their number.
    with django_assert_num_queries(7):
        page = desk.get("/author/").context["page"]

    assert [one.remarks for one in page] == [1, 1, 1, 1]


def test_a_survey_is_found_by_name_and_status(desk, author):
    make_survey(created_by=author, name="Coffee")
    make_survey(created_by=author, name="Tea")

    found = desk.get("/author/?text=cof&status=draft").context["page"]
    none = desk.get("/author/?text=cof&status=live").context["page"]

    assert [one.name for one in found] == ["Coffee"]
    assert list(none) == []


def test_a_survey_is_begun_with_a_name_and_a_panel(desk, author):
    panel = make_panel()

    response = desk.post("/author/new/", {"name": "Tea", "panel": panel.pk})

    made = Survey.objects.get()
    assert (made.name, made.panel, made.created_by) == ("Tea", panel, author)
    assert response.url == url(made, "texts")


def test_a_survey_without_a_name_is_not_begun(desk):
    response = desk.post("/author/new/", {"name": "", "panel": make_panel().pk})

    assert response.status_code == 422
    assert not Survey.objects.exists()


def test_a_survey_is_copied_and_renamed(desk, survey):
    response = desk.post(url(survey, "duplicate"))
    copy = Survey.objects.exclude(pk=survey.pk).get()

    desk.post(url(copy, "rename"), {"name": "Another"})

    copy.refresh_from_db()
    assert response.url == url(copy, "rename")
    assert (copy.name, copy.definition) == ("Another", survey.definition)


# The builder --------------------------------------------------------------------------


@pytest.mark.parametrize("place", EDITORS)
def test_a_place_is_a_page_and_for_htmx_its_parts(desk, survey, place):
    page = desk.get(url(survey, *place))
    parts = desk.get(url(survey, *place), **HTMX)

    assert page.templates[0].name == "author/build.html"
    assert parts.templates[0].name == "author/_parts.html"
    assert parts["HX-Push-Url"] == url(survey, *place)
    assert b"<html" not in parts.content
    for part in ("editor", "outline", "toolbar"):
        assert f'id="{part}"' in parts.content.decode()


def test_going_back_gets_the_whole_page(desk, survey):
    response = desk.get(
        url(survey, "texts"), HTTP_HX_HISTORY_RESTORE_REQUEST="true", **HTMX
    )

    assert response.templates[0].name == "author/build.html"


def test_a_question_is_saved_by_its_button_and_by_itself(desk, survey):
    data = whole_question(survey, text="What do you drink?")
    by_button = desk.post(url(survey, "question", "drinks"), data)
    data = whole_question(survey, help="At home.")

    by_itself = desk.post(url(survey, "question", "drinks"), data, **HTMX)

    saved = question_of(survey, "drinks")
    assert by_button.url == url(survey, "question", "drinks")
    assert (saved.text["en"], saved.help["en"]) == ("What do you drink?", "At home.")
    assert saved.options == SURVEY.question("drinks").options
    # The editor in which somebody types is left alone.
    assert 'id="editor"' not in by_itself.content.decode()
    assert "Saved." in by_itself.content.decode()


def test_a_new_option_gets_a_code_and_the_page_is_told(desk, survey):
    data = whole_question(survey)
    data["option"] = [*data["option"], "+1", "+2"]
    data |= {"option-+1-text": "Fruit juice", "option-+2-text": " "}

    response = desk.post(url(survey, "question", "drinks"), data, **HTMX)

    assert json.loads(response["HX-Trigger"]) == {"author:coded": {"+1": "fruit_juice"}}
    codes = [one.code for one in question_of(survey, "drinks").options]
    assert codes == ["coffee", "tea", "cocoa", "other", "none", "fruit_juice"]


@pytest.mark.parametrize(
    ("do", "codes"),
    [
        ("up-option-tea", ["tea", "coffee", "cocoa", "other", "none"]),
        ("down-option-tea", ["coffee", "cocoa", "tea", "other", "none"]),
        ("remove-option-tea", ["coffee", "cocoa", "other", "none"]),
        ("paste-option", ["coffee", "tea", "cocoa", "other", "none", "milk", "juice"]),
    ],
)
def test_options_are_changed_without_a_script(desk, survey, do, codes):
    data = whole_question(survey, do=do, **{"pasted-options": "Milk\n\n Juice \nTea"})

    response = desk.post(url(survey, "question", "drinks"), data)

    assert response.status_code == 302
    assert [one.code for one in question_of(survey, "drinks").options] == codes


def test_an_option_is_added_without_a_script(desk, survey):
    desk.post(
        url(survey, "question", "drinks"), whole_question(survey, do="add-option")
    )

    assert len(question_of(survey, "drinks").options) == 6


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_saved(desk, survey):
    data = whole_question(survey, text="Other", least="3", most="2")

    by_itself = desk.post(url(survey, "question", "drinks"), data, **HTMX)
    by_button = desk.post(url(survey, "question", "drinks"), data)

    assert (by_itself.status_code, by_button.status_code) == (422, 422)
    assert 'id="id_most_error"' in by_itself.content.decode()
    assert "The end must not lie before the start." in by_button.content.decode()
    assert question_of(survey, "drinks") == SURVEY.question("drinks")


def test_a_question_becomes_another_kind(desk, survey):
    data = whole_question(survey, kind="single")

    response = desk.post(url(survey, "question", "drinks"), data, **HTMX)

    assert question_of(survey, "drinks").kind == Kind.SINGLE
    assert 'id="editor"' in response.content.decode()


def test_a_new_code_is_written_wherever_the_old_one_was(desk, survey):
    response = desk.post(
        url(survey, "question", "drinks"), whole_question(survey) | {"code": "liquids"}
    )

    assert response.url == url(survey, "question", "liquids")
    assert question_of(survey, "cups").show_if == "liquids includes 'coffee'"


def test_a_form_of_an_older_draft_says_who_was_quicker_and_loses_nothing(desk, survey):
    other = make_author(name="Robin Other")
    data = whole_question(survey, text="My words")
    change_texts(survey, by=other)

    page = desk.post(url(survey, "question", "drinks"), data)
    parts = desk.post(url(survey, "question", "drinks"), data, **HTMX)

    assert (page.status_code, parts.status_code) == (409, 409)
    assert "Robin Other changed this survey" in page.content.decode()
    assert "My words" in page.content.decode()
    assert "Robin Other changed this survey" in parts.content.decode()
    assert question_of(survey, "drinks").text["en"] == "What do you drink at home?"


def change_texts(survey, *, by) -> None:
    survey.refresh_from_db()
    authoring.edit(
        survey,
        lambda now: replace(now, title=now.title.within("en", "Theirs")),
        summary="Changed the title",
        revision=survey.revision,
        by=by,
    )


@pytest.mark.parametrize(
    ("place", "do", "pages"),
    [
        (("question", "cups"), "down", [1, 2, 2, 2]),
        (("question", "favourite"), "down", [1, 1, 3, 2]),
        (("question", "cups"), "remove", [1, 1, 2, 2]),
        (("question", "cups"), "copy", [1, 3, 2, 2]),
        (("question", "cups"), "add_question", [1, 3, 2, 2]),
        (("question", "favourite"), "split", [1, 1, 1, 2, 2]),
        (("page", "p2"), "up", [2, 1, 2, 2]),
        (("page", "p2"), "remove", [1, 2, 2]),
        (("page", "p2"), "copy", [1, 2, 2, 2, 2]),
        (("page", "p2"), "add_page", [1, 2, 0, 2, 2]),
        (("page", "p2"), "add_question", [1, 3, 2, 2]),
    ],
)
def test_the_outlines_buttons(desk, survey, place, do, pages):
    kind, key = place
    data = posted(survey, do=do, place_kind=kind, place_key=key)

    response = desk.post(url(survey, "command"), data)

    survey.refresh_from_db()
    assert response.status_code == 302
    assert [len(one.questions) for one in survey.definition.pages] == pages


def test_a_question_is_dragged_to_another_page(desk, survey):
    data = posted(
        survey,
        do="move",
        place_kind="question",
        place_key="why",
        page="p1",
        position="0",
    )

    response = desk.post(url(survey, "command"), data, **HTMX)

    survey.refresh_from_db()
    assert [one.code for one in survey.definition.page("p1").questions] == [
        *("why", "drinks"),
    ]
    assert json.loads(response["HX-Trigger-After-Settle"]) == {
        "author:focus": "go-question-why"
    }


def test_a_removal_is_undone_and_done_again(desk, survey):
    data = posted(survey, do="remove", place_kind="question", place_key="cups")
    desk.post(url(survey, "command"), data)
    assert question_of(survey, "cups") is None

    desk.post(url(survey, "command"), posted(survey, do="undo"))
    assert question_of(survey, "cups") == SURVEY.question("cups")

    desk.post(url(survey, "command"), posted(survey, do="redo"))
    assert question_of(survey, "cups") is None


def test_there_is_nothing_to_do_again_before_an_undo(desk, survey):
    response = desk.post(url(survey, "command"), posted(survey, do="redo"), **HTMX)

    assert response.status_code == 422
    assert "There is nothing to do again." in response.content.decode()


def test_a_page_is_saved_and_its_skips_change_places(desk, survey):
    desk.post(url(survey, "page", "p1"), posted(survey, title="Drinks", shuffle="a"))
    data = posted(survey, lines="1", to="p4", do="apply")
    data |= {"ref-0": "drinks", "op-0": "includes", "value-0": "tea"}
    desk.post(url(survey, "condition", "skip", "p1", "new"), data)

    desk.post(url(survey, "page", "p1"), posted(survey, do="up-1"))

    survey.refresh_from_db()
    page = survey.definition.page("p1")
    assert (page.title["en"], page.shuffle) == ("Drinks", "a")
    assert page.skips == (
        Skip("drinks includes 'tea'", "p4"),
        Skip("drinks includes 'none'", SCREEN_OUT),
    )


# Conditions ---------------------------------------------------------------------------


def test_a_condition_is_written_in_lines(desk, survey):
    data = posted(survey, lines="2", join="any", do="apply")
    data |= {"ref-0": "drinks", "op-0": "any", "value-0": ["tea", "cocoa"]}
    data |= {"ref-1": "profile.age", "op-1": ">=", "value-1": "25"}

    desk.post(url(survey, "condition", "question", "cups"), data)

    assert question_of(survey, "cups").show_if == (
        "drinks includes any of ('tea', 'cocoa') or profile.age >= 25"
    )


def test_an_unfinished_line_is_told_and_not_saved(desk, survey):
    data = posted(survey, lines="1", do="apply")
    data |= {"ref-0": "drinks", "op-0": "includes", "value-0": ""}

    response = desk.post(url(survey, "condition", "question", "cups"), data)

    assert response.status_code == 422
    assert "Choose or type a value." in response.content.decode()
    assert question_of(survey, "cups").show_if == "drinks includes 'coffee'"


def test_a_line_is_added_without_saving(desk, survey):
    data = posted(survey, lines="1", do="add")
    data |= {"ref-0": "drinks", "op-0": "includes", "value-0": "tea"}

    response = desk.post(url(survey, "condition", "question", "cups"), data)

    assert 'id="ref-1"' in response.content.decode()
    assert question_of(survey, "cups").show_if == "drinks includes 'coffee'"


def test_a_wrong_text_is_told_where_the_parser_stumbled(desk, survey):
    data = posted(survey, do="source", source="drinks includes tea")

    response = desk.post(url(survey, "condition", "question", "cups"), data)

    told = response.content.decode()
    assert response.status_code == 422
    assert "texts and the codes of options stand in quotes" in told
    assert "(At “tea”.)" in told
    assert ">drinks includes tea</textarea>" in told


def test_a_text_says_more_than_the_lines_can(desk, survey):
    source = "drinks includes 'tea' and (profile.age < 20 or profile.age > 60)"

    desk.post(
        url(survey, "condition", "question", "cups"),
        posted(survey, do="source", source=source),
    )
    page = desk.get(url(survey, "condition", "question", "cups"))

    assert question_of(survey, "cups").show_if == source
    assert "says more than the lines can show" in page.content.decode()


@pytest.mark.parametrize(
    "source",
    [
        "drinks includes 'tea'",
        "not drinks includes 'tea'",
        "drinks includes all of ('tea', 'cocoa') and count(drinks) >= 2",
        "favourite in ('tea', 'cocoa') or profile.region = 'US-CA'",
        "brand.home = 'good' or recommend <= 6 or why answered",
    ],
)
def test_lines_say_what_the_text_says(source):
    known = subjects(SURVEY, "en")

    lines, is_any = lines_of(parse(source), known)

    assert as_source(condition_of(lines, known, is_any=is_any)) == source


def test_lines_without_a_subject_are_left_out():
    known = subjects(SURVEY, "en")

    made = condition_of([Line(), Line("why", "answered")], known, is_any=False)

    assert as_source(made) == "why answered"


# Texts, languages, purchase, quotas ---------------------------------------------------


def test_texts_are_written_in_each_language(desk, survey):
    desk.post(url(survey, "languages"), posted(survey, do="add", code="de"))
    desk.post(url(survey, "write_in"), posted(survey, language="de"))
    page = desk.get(url(survey, "texts"))

    desk.post(url(survey, "texts"), posted(survey, language="de", title="Heißes"))

    survey.refresh_from_db()
    assert "Hot drinks" in page.content.decode()
    assert survey.definition.languages == ("en", "de")
    assert survey.definition.title == {"en": "Hot drinks", "de": "Heißes"}


def test_what_a_language_lacks_is_listed(desk, survey):
    desk.post(url(survey, "languages"), posted(survey, do="add", code="de"))

    english, german = desk.get(url(survey, "languages")).context["coverage"]

    assert english["missing"] == []
    assert german["written"] == 0
    assert len(german["missing"]) == german["total"] == english["written"]


def test_a_purchase_is_bound_and_unbound(desk, survey):
    data = posted(survey, is_bound="on", days="14", product="coffee")
    desk.post(url(survey, "purchase"), data)
    survey.refresh_from_db()
    bound = survey.definition.purchase

    desk.post(url(survey, "purchase"), posted(survey, days="14"))

    survey.refresh_from_db()
    assert (bound.days, bound.product) == (14, "coffee")
    assert survey.definition.purchase is None


def test_a_quota_is_added_changed_and_removed(desk, survey):
    data = posted(survey, name="Tea", limit="5", lines="1", do="apply")
    data |= {"ref-0": "drinks", "op-0": "includes", "value-0": "tea"}
    desk.post(url(survey, "condition", "quota", "new"), data)
    data = posted(survey, name="Tea", limit="7", lines="0", do="apply")
    desk.post(url(survey, "condition", "quota", "tea"), data)
    survey.refresh_from_db()
    changed = survey.definition.quotas[-1]

    desk.post(url(survey, "quotas"), posted(survey, do="remove-tea"))

    survey.refresh_from_db()
    assert (changed.code, changed.limit, changed.when) == ("tea", 7, "")
    assert survey.definition.quotas == SURVEY.quotas


def test_a_table_of_two_questions_makes_interlocked_quotas(desk, survey):
    limits = {
        f"limit-{row}-{column}": "4"
        for row in ("coffee", "tea", "cocoa", "other")
        for column in ("red", "blue", "green")
    }
    data = posted(survey, do="table", down="favourite", across="check", **limits)

    desk.post(url(survey, "quotas"), data)

    survey.refresh_from_db()
    assert len(survey.definition.quotas) == len(SURVEY.quotas) + 12
    assert (
        survey.definition.quotas[-1].when == "favourite = 'other' and check = 'green'"
    )


# Comments and the library -------------------------------------------------------------


def test_a_comment_is_made_resolved_and_opened_again(desk, survey, author):
    data = {"place_kind": "question", "place_key": "cups", "text": "Too many?"}
    desk.post(url(survey, "comment"), data)
    remark = SurveyComment.objects.get()
    path = url(survey, "resolve", remark.public_id)

    desk.post(path, {"do": "resolve"})
    remark.refresh_from_db()
    assert (remark.question, remark.resolved_by) == ("cups", author)

    desk.post(path, {"do": "reopen"})
    remark.refresh_from_db()
    assert remark.resolved_by is None


def test_a_question_is_kept_found_and_inserted(desk, survey):
    desk.post(url(survey, "question", "drinks") + "keep/", {"name": "Drinks"})
    one = LibraryQuestion.objects.get()
    found = desk.get(url(survey, "library") + "?text=drin&after=why")

    response = desk.post(
        url(survey, "insert", one.public_id), posted(survey, after="why")
    )

    survey.refresh_from_db()
    assert list(found.context["found"]) == [one]
    assert [q.code for q in survey.definition.page("p4").questions] == [
        *("recommend", "why", "drinks_2"),
    ]
    assert response.url == url(survey, "question", "drinks_2")


def test_a_question_leaves_the_library(desk, survey, author):
    one = authoring.save_to_library(survey, "drinks", name="Drinks", by=author)

    desk.post(reverse("author:forget", args=[one.public_id]))

    assert not LibraryQuestion.objects.exists()


# Testing and launching ----------------------------------------------------------------


def test_the_tester_is_green_and_lists_all_paths(desk, survey):
    context = desk.get(url(survey, "test")).context

    assert context["problems"] == []
    assert len(context["walks"]) == context["count"] == 3


def test_the_tester_leads_to_what_is_wrong(desk, survey):
    data = posted(survey, do="source", source="profile.age > 20 and profile.age < 10")
    desk.post(url(survey, "condition", "question", "cups"), data)

    response = desk.get(url(survey, "test"))

    [group] = response.context["problems"]
    assert group["errors"] >= 1
    assert group["url"] == url(survey, "question", "cups")


def test_a_trial_is_begun_as_anybody(desk, survey, author):
    data = {"language": "en", "age": "70", "region": "us-ca", "months": "3"}

    response = desk.post(url(survey, "try"), data)

    trial = Response.objects.get()
    assert (trial.is_trial, trial.trial_by) == (True, author)
    assert trial.profile["age"] == 70
    assert trial.profile["region"] == "US-CA"
    assert response.url == reverse("surveys:answer", args=[trial.public_id])


def test_a_survey_is_launched_paused_resumed_and_closed(desk, survey):
    told = []
    for name in ("go_live", "pause", "resume", "close"):
        desk.post(url(survey, name), posted(survey))
        survey.refresh_from_db()
        told.append(survey.status)

    assert told == ["live", "paused", "live", "closed"]
    assert desk.get(url(survey, "launch")).status_code == 200


def test_a_survey_with_errors_is_not_launched(desk, survey):
    data = posted(survey, do="source", source="gone = 'x'")
    desk.post(url(survey, "condition", "question", "cups"), data)

    desk.post(url(survey, "go_live"), posted(survey))
    page = desk.get(url(survey, "launch"))

    survey.refresh_from_db()
    assert survey.status == Survey.Status.DRAFT
    assert page.context["is_ready"] is False


def test_a_draft_that_changed_since_is_not_launched(desk, survey, author):
    data = posted(survey)
    change_texts(survey, by=author)

    desk.post(url(survey, "go_live"), data)

    survey.refresh_from_db()
    assert survey.status == Survey.Status.DRAFT


def test_a_new_version_says_what_it_changes(desk, survey, author):
    launching.launch(survey, by=author)
    change_texts(survey, by=author)

    page = desk.get(url(survey, "launch"))

    assert "Launch the new version" in page.content.decode()
    assert len(page.context["changes"]) == 1


def test_reward_and_schedule_are_saved_in_the_panels_time(desk, survey):
    data = {
        "reward": "2.50",
        "partial_reward": "0.50",
        "starts_at": "2030-01-01T09:00",
        "share": "20",
        "priority": "3",
        "remind_after_days": "4",
    }

    response = desk.post(url(survey, "settings"), data)

    survey.refresh_from_db()
    assert response.status_code == 302
    assert (str(survey.reward), survey.share) == ("2.50", 20)
    assert survey.starts_at.isoformat() == "2030-01-01T14:00:00+00:00"
    assert survey.invites_by_email is False


def test_a_screen_out_that_pays_more_is_refused(desk, survey):
    data = {"reward": "1", "partial_reward": "2", "share": "100", "priority": "0"}

    response = desk.post(url(survey, "settings"), data)

    assert response.status_code == 422
    assert "A screen-out pays no more" in response.content.decode()


# Pictures -----------------------------------------------------------------------------


def test_an_option_gets_a_picture_and_loses_it(desk, survey):
    path = url(survey, "picture", "drinks", "tea")
    desk.post(path, posted(survey, picture=picture()))
    image = question_of(survey, "drinks").option("tea").image
    shown = desk.get(url(survey, "image", image))

    desk.post(path, posted(survey, do="remove"))

    assert shown["Content-Type"] in ("image/jpeg", "image/png")
    assert question_of(survey, "drinks").option("tea").image == ""


def test_what_is_no_picture_is_refused(desk, survey):
    file = SimpleUploadedFile("tea.jpg", b"no picture")

    response = desk.post(
        url(survey, "picture", "drinks", "tea"), posted(survey, picture=file)
    )

    assert response.status_code == 422
    assert question_of(survey, "drinks").option("tea").image == ""


def picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "JPEG")
    return SimpleUploadedFile("tea.jpg", drawn.getvalue(), "image/jpeg")

"""The author's pages that make surveys of files, and files of surveys."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from surveys.definition import Definition, Kind, Option, Page, Question, Text
from surveys.exchange import export_json, export_xlsform, import_json, import_xlsform
from surveys.models import Survey
from tests.factories import make_operator, make_panel, make_panelist, make_user
from tests.surveys.exchange.workbooks import WORKBOOKS
from tests.surveys.factories import SURVEY, make_author, make_survey

pytestmark = pytest.mark.django_db
IMPORT = "/author/import/"
PICTURED = Definition(
    title=Text(en="Pictures"),
    pages=(
        Page(
            "p1",
            (
                Question(
                    "q1",
                    Kind.SINGLE,
                    Text(en="Which?"),
                    options=(Option("a", Text(en="A"), image="abc"),),
                ),
            ),
        ),
    ),
)


@pytest.fixture
def author(client):
    author = make_author()
    client.force_login(author)
    return author


def upload(client, filename: str, data: bytes, **more):
    panel = make_panel()
    file = SimpleUploadedFile(filename, data)
    return client.post(IMPORT, {"file": file, "panel": panel.pk, **more})


def test_a_workbook_becomes_a_draft(client, author):
    answer = upload(client, "colours.xlsx", WORKBOOKS["translations"].data())

    survey = Survey.objects.get()
    assertRedirects(answer, f"/author/{survey.public_id}/imported/")
    assert (survey.name, survey.status, survey.created_by) == (
        "Couleurs",
        Survey.Status.DRAFT,
        author,
    )
    assert survey.definition.languages == ("fr", "en")
    assert [one.summary for one in survey.edits.all()] == ["Read from a file"]


def test_what_was_not_carried_is_listed_behind_it(client, author):
    answer = upload(client, "x.xlsx", WORKBOOKS["calculations"].data())

    page = client.get(answer.url)

    assertContains(page, "2 questions on 2 pages.")
    assertContains(page, "survey, row 7 (twice)")
    assertContains(page, "questions of type “calculate” aren’t carried.")


def test_a_whole_workbook_says_so(client, author):
    answer = upload(client, "x.xlsx", export_xlsform(SURVEY), name="Drinks again")

    page = client.get(answer.url)

    assertContains(page, "All of the file was carried.")
    assert Survey.objects.get().name == "Drinks again"


def test_the_list_is_gone_with_the_session(client, author):
    survey = make_survey()

    answer = client.get(f"/author/{survey.public_id}/imported/")

    assertRedirects(
        answer, f"/author/{survey.public_id}/", fetch_redirect_response=False
    )


def test_json_becomes_a_draft_like_it(client, author):
    upload(client, "SURVEY.JSON", export_json(SURVEY))

    assert Survey.objects.get().definition == SURVEY


def test_pictures_of_another_survey_are_left_out_and_told(client, author):
    answer = upload(client, "x.json", export_json(PICTURED))

    page = client.get(answer.url)

    assertContains(page, "its pictures aren’t in the file.")
    [question] = Survey.objects.get().definition.questions()
    assert question.option("a").image == ""


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.xlsx", b"no", "The file is no Excel workbook (.xlsx)."),
        ("x.json", b"no", "The file isn’t JSON."),
        (
            "x.csv",
            b"no",
            "Choose an Excel workbook (.xlsx) or a JSON file (.json).",
        ),
        ("x.json", b"x" * 5_000_001, "The file is larger than 5 MB."),
    ],
)
def test_a_wrong_file_makes_nothing_and_is_told(client, author, name, data, why):
    answer = upload(client, name, data)

    assertContains(answer, why, status_code=422)
    assert not Survey.objects.exists()


def test_both_files_are_downloaded(client, author):
    survey = make_survey()

    workbook = client.get(f"/author/{survey.public_id}/export/xlsform/")
    whole = client.get(f"/author/{survey.public_id}/export/json/")

    assert import_xlsform(workbook.content).definition == SURVEY
    assert import_json(whole.content).definition == SURVEY
    assert workbook["Content-Disposition"] == (
        f'attachment; filename="survey-{survey.public_id}.xlsx"'
    )
    assert whole["Content-Type"] == "application/json"


def test_the_export_lists_what_other_tools_will_not_know(client, author):
    page = client.get(f"/author/{make_survey().public_id}/export/")

    assertContains(page, "quotas aren’t counted.")


def test_an_export_that_says_all_says_so(client, author):
    plain = Definition(
        title=Text(en="Plain"),
        pages=(Page("q1", (Question("q1", Kind.TEXT, Text(en="Why?")),)),),
    )

    page = client.get(f"/author/{make_survey(plain).public_id}/export/")

    assertContains(page, "Other tools ask all of it alike.")
    assertNotContains(page, "What other tools won’t know")


@pytest.mark.parametrize("make", [make_user, make_operator])
def test_strangers_find_nothing(client, make):
    client.force_login(make())

    check_nothing(client)


def test_panelists_find_nothing(client):
    client.force_login(make_panelist().user)

    check_nothing(client)


def check_nothing(client):
    survey = make_survey()
    for path in urls(survey):
        assert client.get(path).status_code == 404
    assert upload(client, "x.json", export_json(SURVEY)).status_code == 404
    assert Survey.objects.count() == 1


def test_who_is_not_logged_in_is_asked_to(client):
    for path in urls(make_survey()):
        answer = client.get(path)

        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def urls(survey: Survey) -> list[str]:
    start = f"/author/{survey.public_id}"
    ends = ("imported/", "export/", "export/xlsform/", "export/json/")
    return [IMPORT, *(f"{start}/{end}" for end in ends)]

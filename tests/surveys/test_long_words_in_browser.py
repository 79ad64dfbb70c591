"""Words without a blank, on a phone: no page grows wider than its screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from surveys.definition import Definition, Kind, Option, Page, Question, Text
from tests.surveys.factories import (
    make_author,
    make_response,
    make_survey,
    make_version,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
WORD = "Donaudampfschiff" * 8


def asking(*options: Option) -> Definition:
    asked = Question("q1", Kind.SINGLE, Text(en=WORD), options=options)
    return Definition(title=Text(en=WORD), pages=(Page("p1", (asked,)),))


def is_no_wider_than_the_screen(page) -> bool:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return page.evaluate(wide) <= 0


@pytest.mark.parametrize("name", ["question", "test", "launch", "audience"])
def test_the_authors_pages_break_long_words(open_as, name):
    survey = make_survey(asking(), name=WORD[:120])
    args = [survey.public_id] + (["q1"] if name == "question" else [])
    route = "audience:edit" if name == "audience" else f"author:{name}"

    page = open_as(make_author(), reverse(route, args=args), viewport=PHONE)

    expect(page.get_by_role("heading", name=WORD[:120])).to_be_visible()
    assert is_no_wider_than_the_screen(page)


def test_what_is_wrong_with_an_answer_breaks_long_words(open_as):
    survey = make_survey(asking(Option("a", Text(en=WORD)), Option("b", Text(en="B"))))
    response = make_response(make_version(survey))
    path = reverse("surveys:answer", args=[response.public_id])

    page = open_as(response.panelist.user, path, viewport=PHONE)
    page.get_by_role("button", name="Next", exact=True).last.click()

    expect(page.get_by_role("alert")).to_contain_text("One answer needs another look.")
    assert is_no_wider_than_the_screen(page)


def test_the_builders_title_follows_what_is_open(open_as):
    survey = make_survey(asking(), name="Tea")
    path = reverse("author:question", args=[survey.public_id, "q1"])

    page = open_as(make_author(), path)
    page.get_by_role("link", name="Quotas").click()

    expect(page).to_have_title("Quotas · Tea · Panel Portal")

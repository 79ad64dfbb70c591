"""Answering as people do: on a phone, by keyboard, without scripts, on two devices."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.models import Response
from surveys.services import responding
from tests.factories import make_panel, make_panelist
from tests.surveys.factories import make_survey, make_version
from tests.surveys.kinds import ANSWERS, KINDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def survey():
    return make_version(make_survey(KINDS, panel=make_panel())).survey


@pytest.fixture
def panelist(survey):
    return make_panelist(panel=survey.panel)


def is_fine(page, name: str) -> None:
    """axe finds nothing serious, and the page is no wider than the screen."""
    if SHOTS:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert found == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def stored(response: Response) -> dict:
    return dict(response.answers.values_list("question", "value"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_is_accessible_and_fits(open_as, survey, panelist, viewport, scheme):
    page = open_as(panelist.user, "/surveys/", viewport=viewport, color_scheme=scheme)
    is_fine(page, f"list-{scheme}")
    page.get_by_role("link", name="Everything").click()
    is_fine(page, f"offer-{scheme}")
    page.get_by_role("button", name="Begin").click()

    expect(page.get_by_role("heading", name="At home")).to_be_visible()
    page.get_by_role("button", name="Next", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("2 answers need another look.")
    is_fine(page, f"wrong-{scheme}")
    page.get_by_label("Another", exact=True).check()
    page.get_by_label("Another: please say what").fill("Tortoise")
    page.get_by_label("Lunch").check()
    is_fine(page, f"choices-{scheme}")
    page.get_by_role("button", name="Next", exact=True).last.click()

    expect(page.get_by_role("group", name="Would you tell a friend?")).to_be_visible()
    page.get_by_role("radio", name="9", exact=True).check()
    page.get_by_role("radio", name="4 stars").check()
    is_fine(page, f"scales-{scheme}")
    for row, column in enumerate((2, 0, 1)):
        page.locator(".matrix tbody tr").nth(row).locator("label").nth(column).click()
    page.get_by_role("button", name="Next", exact=True).last.click()

    page.get_by_role("button", name="Taste").click()
    page.get_by_role("button", name="Price").click()
    page.get_by_label("How much coffee a week?").fill("3.5")
    is_fine(page, f"typed-{scheme}")
    page.get_by_role("button", name="Looks").click()
    page.get_by_label("When last?").fill("2026-01-31")
    page.get_by_label("Name 1").fill("Corner Grocery")
    page.get_by_role("button", name="Next", exact=True).last.click()

    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
    is_fine(page, f"ended-{scheme}")
    assert Response.objects.get().status == Response.Status.COMPLETE
    page.goto("/surveys/")
    is_fine(page, f"answered-{scheme}")


def test_by_keyboard_alone(open_as, survey, panelist):
    page = open_as(panelist.user, f"/surveys/{survey.public_id}/", viewport=DESK)

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    page.get_by_role("button", name="Begin").focus()
    press("Enter")
    expect(page.get_by_role("heading", name="At home")).to_be_visible()
    page.get_by_label("Cat").focus()
    press("Space", "ArrowDown", "ArrowDown", "Tab")
    page.keyboard.type("Tortoise")
    press("Tab", "Tab", "Space", "Tab", "Space", "Enter")

    expect(page.get_by_role("group", name="Would you tell a friend?")).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    press("Tab", "Space", *["ArrowRight"] * 9)
    press("Tab", "Space", *["ArrowRight"] * 3)
    press("Tab", "Space", "ArrowRight", "ArrowRight")
    press("Tab", "Space", "Tab", "Space", "ArrowRight", "Enter")

    expect(page.get_by_role("button", name="Taste")).to_be_visible()
    page.get_by_role("button", name="Taste").focus()
    press("Space", "Shift+Tab", "Space", "Tab", "Tab", "Space", "Tab")
    page.keyboard.type("3.5")
    press("Tab")
    page.keyboard.type("01312026")
    page.get_by_label("Name 1").focus()
    page.keyboard.type("Corner Grocery")
    page.get_by_label("Why there?").focus()
    page.keyboard.type("It is on my way home.")
    press("Tab", "Tab", "Enter")

    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
    assert stored(Response.objects.get()) == ANSWERS


def test_without_a_script_a_survey_is_answered(open_as, survey, panelist):
    response = responding.start(survey, panelist=panelist)
    page = open_as(
        panelist.user,
        f"/surveys/answers/{response.public_id}/",
        java_script_enabled=False,
        viewport=PHONE,
    )

    def go_on():
        page.get_by_role("button", name="Next", exact=True).last.click()

    page.get_by_label("Another: please say what").fill("Tortoise")
    page.get_by_label("Lunch").check()
    page.get_by_label("Dinner").check()
    go_on()
    page.get_by_role("radio", name="9", exact=True).check()
    page.get_by_role("radio", name="4 stars").check()
    for row, column in enumerate((2, 0, 1)):
        page.locator(".matrix tbody tr").nth(row).locator("label").nth(column).click()
    go_on()
    for option, place in (("Taste", "1"), ("Price", "2"), ("Looks", "3")):
        page.get_by_label(option).select_option(place)
    page.get_by_label("How much coffee a week?").fill("3.5")
    page.get_by_label("When last?").fill("2026-01-31")
    page.get_by_label("Name 1").fill("Corner Grocery")
    page.get_by_label("Why there?").fill("It is on my way home.")
    go_on()

    assert page.get_by_role("heading", name="Thank you!").is_visible()
    assert stored(response) == ANSWERS


def test_what_is_chosen_is_kept_at_once_and_there_on_another_device(
    open_as, survey, panelist
):
    response = responding.start(survey, panelist=panelist)
    path = f"/surveys/answers/{response.public_id}/"
    phone = open_as(panelist.user, path, viewport=PHONE)
    phone.get_by_label("Dog").check()
    expect(phone.get_by_text("Your answers are kept.")).to_be_visible()

    laptop = open_as(panelist.user, path, viewport=DESK)

    expect(laptop.get_by_label("Dog")).to_be_checked()
    laptop.get_by_label("Breakfast").check()
    laptop.get_by_role("button", name="Next", exact=True).last.click()
    expect(laptop.get_by_role("group", name="How many stars?")).to_be_visible()
    phone.get_by_role("button", name="Next", exact=True).last.click()
    expect(phone.get_by_role("group", name="How many stars?")).to_be_visible()


def test_none_of_these_takes_the_others_away(open_as, survey, panelist):
    response = responding.start(survey, panelist=panelist)
    page = open_as(panelist.user, f"/surveys/answers/{response.public_id}/")

    page.get_by_label("Lunch").check()
    page.get_by_label("None").check()
    expect(page.get_by_label("Lunch")).not_to_be_checked()
    page.get_by_label("Lunch").check()

    expect(page.get_by_label("None")).not_to_be_checked()


def test_names_of_shops_are_suggested_while_one_is_typed(open_as, survey, panelist):
    panelist.panel.merchants.create(name="Zwetschge Grocery")
    response = responding.start(survey, panelist=panelist)
    Response.objects.update(page="typed", path=["choices", "scales"])
    page = open_as(panelist.user, f"/surveys/answers/{response.public_id}/")
    asked = []
    page.on("request", lambda one: asked.append(one.url))

    page.get_by_label("Name 1").press_sequentially("zwetsch")

    suggested = page.locator("#shops--names option")
    expect(suggested).to_have_attribute("value", "Zwetschge Grocery")
    assert [url for url in asked if "zwetsch" in url] == []

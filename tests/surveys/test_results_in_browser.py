"""Results as people meet them: on phone and laptop, in the dark, without scripts."""

import os
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from panelists.roles import ANALYST
from surveys.definition import Kind, Page, Question, Text
from surveys.models import Response
from tests.factories import make_user
from tests.surveys.factories import (
    SURVEY,
    make_author,
    make_response,
    make_version,
    options,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SHOTS = os.environ.get("SHOTS")
LARGER = replace(
    SURVEY,
    pages=(
        *SURVEY.pages,
        Page(
            "p5",
            (
                Question(
                    "order",
                    Kind.RANKING,
                    Text(en="What matters most?"),
                    options=options("price", "taste", "nearness"),
                ),
                Question("since", Kind.DATE, Text(en="Since when do you drink it?")),
                Question("shop", Kind.BRAND, Text(en="Where did you buy it last?")),
            ),
        ),
    ),
)


@pytest.fixture
def version():
    """Forty responses of a fixed chance."""
    version = make_version(definition=LARGER)
    rng = random.Random(4)
    for number in range(40):
        favourite = rng.choice(["coffee", "coffee", "tea", "cocoa"])
        ways = ["price", "taste", "nearness"]
        rng.shuffle(ways)
        make_response(
            version,
            answers={
                "drinks": {"chosen": ["coffee", "tea", "cocoa"][: rng.randint(1, 3)]},
                "cups": rng.choice([1, 2, 2, 3, 3, 3, 4, 6]),
                "favourite": {"chosen": favourite},
                "brand": {
                    row: rng.choice(["bad", "fair", "good", "good"])
                    for row in ("home", "work", "train", "cafe")
                },
                "recommend": rng.choice([3, 7, 8, 9, 9, 10]),
                "why": f"Because of reason {number}",
                "order": ways,
                "since": f"2026-01-{rng.randint(1, 28):02}",
                "shop": {"chosen": rng.choice(["Corner Grocery", "Market Hall"])},
            },
            status=Response.Status.COMPLETE,
            seconds=rng.randint(60, 400),
            profile={
                "age": rng.randint(20, 70),
                "region": rng.choice(["US-CA", "US-NY"]),
            },
        )
    long_ago = timezone.now() - timedelta(hours=3)
    make_response(version, touched_at=long_ago)
    make_response(
        version, answers={"drinks": {"chosen": ["tea"]}, "cups": 2}, touched_at=long_ago
    )
    return version


@pytest.fixture
def held(version):
    return make_response(
        version,
        answers={"drinks": {"chosen": ["tea"]}, "favourite": {"chosen": "tea"}},
        status=Response.Status.COMPLETE,
        flags=["speeder", "straight_lining"],
        check_state="held",
        seconds=5,
    )


def url(name, version, *args):
    return reverse(f"results:{name}", args=[version.survey.public_id, *args])


def look(page, name: str) -> None:
    """No fault that axe finds, nothing wider than the screen; a picture on demand."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize(
    ("size", "dark"), [(PHONE, False), (LAPTOP, False), (LAPTOP, True)]
)
def test_pages_of_results_have_no_faults(open_as, version, held, size, dark):
    author = make_author()
    scheme = "dark" if dark else "light"
    page = open_as(author, url("overview", version), viewport=size, color_scheme=scheme)
    name = f"{size['width']}-{scheme}"
    # Each question is fetched when it comes into sight.
    for question in LARGER.questions():
        place = f"result-{question.code}"
        section = page.locator(f"#{place}")
        # By the document: htmx may put another element in its place meanwhile.
        page.evaluate("id => document.getElementById(id).scrollIntoView()", place)
        expect(section).to_contain_text("Base:")
    look(page, f"overview-{name}")
    places = {
        "question": url("question", version, "recommend") + "?age=25-34",
        "grid": url("question", version, "brand"),
        "cups": url("question", version, "cups"),
        "crosstab": url("crosstab", version, "favourite") + "?by=profile.age",
        "texts": url("texts", version, "why"),
        "checks": url("checks", version),
        "check": url("check", version, held.public_id),
        "list": reverse("results:list"),
    }
    for place, path in places.items():
        page.goto(path)
        for summary in page.locator(".results-details:not([open]) > summary").all():
            summary.click()
        look(page, f"{place}-{name}")


def test_an_analyst_sees_coarse_pages(open_as, version):
    page = open_as(make_user(ANALYST), url("overview", version), viewport=LAPTOP)

    expect(
        page.get_by_text("Figures of fewer than 10 people are hidden")
    ).to_be_visible()
    expect(page.get_by_role("button", name="CSV")).to_have_count(0)
    page.goto(url("question", version, "favourite"))
    look(page, "analyst")


def test_results_work_without_scripts(open_as, version):
    page = open_as(make_author(), url("overview", version), java_script_enabled=False)

    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Age", exact=True).select_option("25-34")
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("link", name="Which do you like best?").click()
    expect(page.get_by_text("Base:")).to_be_visible()
    assert "age=25-34" in page.url
    page.get_by_label("Columns").select_option("profile.region")
    page.get_by_role("button", name="Cross").click()

    expect(page.get_by_role("columnheader", name="US-CA")).to_be_visible()
    assert "age=25-34" in page.url


def test_a_file_is_downloaded(open_as, version):
    page = open_as(make_author(), url("overview", version))

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel").click()

    assert waiting.value.suggested_filename.endswith(".xlsx")


def test_a_held_response_is_decided(open_as, version, held):
    page = open_as(make_author(), url("overview", version))

    page.get_by_role("link", name="Check 1 held response").click()
    page.get_by_role("link", name="Check").click()
    page.get_by_label("Why it is bad").fill("Same answer everywhere")
    page.get_by_role("button", name="Bad: leave it out").click()

    expect(page.get_by_text("Nothing is held")).to_be_visible()
    expect(page.get_by_text("Found bad", exact=True)).to_be_visible()
    held.refresh_from_db()
    assert held.checked_why == "Same answer everywhere"

"""A survey built, tested and launched without a mouse; the author's pages for axe."""

import pytest
from playwright.sync_api import expect

from surveys.definition import SCREEN_OUT, Kind, Skip
from surveys.models import Survey
from surveys.services import authoring
from tests.surveys.factories import make_author, make_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


class Keyboard:
    """An author who has no mouse: only keys, and looking where the focus is."""

    def __init__(self, page) -> None:
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def tab_to(self, focused: str, *, back: bool = False) -> None:
        for _step in range(120):
            if self.page.evaluate(
                "s => Boolean(document.activeElement.matches(s))", focused
            ):
                return
            self.press("Shift+Tab" if back else "Tab")
        pytest.fail(f"Tab doesn't lead to {focused}")

    def waits_for_focus(self, focused: str) -> None:
        expect(self.page.locator(focused)).to_be_focused()

    def is_saved(self) -> None:
        expect(self.page.locator("#announce")).to_have_text("Saved.")

    def outline(self) -> None:
        self.press("Escape")
        self.waits_for_focus("[data-nav]:focus")

    def adds_question(self, code: str, text: str, kind: str = "") -> None:
        """From the outline: N, the text, and the kind by its first letters."""
        self.press("n")
        self.waits_for_focus("#id_text")
        expect(self.page.locator("h2", has_text=code)).to_be_visible()
        self.type(text)
        self.tab_to("#id_kind")
        self.is_saved()
        if kind:
            self.type(kind)
            expect(self.page.locator("#announce")).to_contain_text("another kind")
            self.waits_for_focus("#id_kind")

    def adds_choices(self, part: str, *texts: str) -> None:
        self.tab_to(f"#{part}-add")
        self.press("Enter")
        for number, text in enumerate(texts, start=1):
            if number > 1:
                self.press("Enter")
            self.type(text)
        expect(self.page.locator(f"#{part} [data-choice]")).to_have_count(len(texts))

    def adds_page(self) -> None:
        self.press("p")
        self.waits_for_focus("#id_title")

    def picks(self, selector: str, value: str, words: str) -> None:
        """An option of a list, by its first letters."""
        self.tab_to(selector)
        self.type(words)
        expect(self.page.locator(selector)).to_have_value(value)


def test_a_survey_of_twenty_questions_is_built_and_launched_by_keys(open_as):
    author = make_author(name="Ada Author")
    page = open_as(author, "/author/new/", viewport=DESKTOP)
    keys = Keyboard(page)

    keys.tab_to("#id_name")
    keys.type("Hot drinks")
    keys.press("Enter")
    page.wait_for_url("**/edit/")
    keys.tab_to("#id_title")
    keys.type("What you drink")
    keys.press("Tab")
    keys.is_saved()
    keys.outline()
    keys.press("ArrowDown")
    keys.waits_for_focus("#go-page-p1")
    keys.adds_question("q1", "Do you drink coffee?")
    keys.adds_choices("options", "Yes", "No", "Sometimes")
    keys.press("Tab")
    keys.is_saved()
    keys.outline()
    keys.adds_question("q2", "What else do you drink?", "Sev")
    keys.adds_choices("options", "Tea", "Cocoa", "Water")
    keys.press("Tab")
    keys.is_saved()
    keys.outline()

    # The second page: piping and a matrix; then pages of plain questions.
    keys.adds_page()
    keys.outline()
    keys.adds_question("q3", "You said {q1}. How good are these places?", "Mat")
    keys.adds_choices("rows", "Home", "Work")
    keys.adds_choices("options", "Bad", "Fair", "Good")
    keys.press("Tab")
    keys.is_saved()
    keys.outline()
    keys.adds_question("q4", "How many cups a day?", "Num")
    keys.outline()
    keys.adds_page()
    keys.outline()
    for number in range(5, 21):
        if number == 13:
            keys.adds_page()
            keys.outline()
        keys.adds_question(f"q{number}", f"What about point {number}?", "Tex")
        keys.outline()

    # Two skips on the first page: to the end of the survey, and over a page.
    skips = [("no", SCREEN_OUT, "The end (s"), ("yes", "p3", "Page 3")]
    for option, target, words in skips:
        keys.press("Home")
        keys.press("ArrowDown")
        keys.waits_for_focus("#go-page-p1")
        keys.press("Enter")
        keys.waits_for_focus("#id_title")
        keys.tab_to("#new-skip")
        keys.press("Enter")
        keys.waits_for_focus("#ref-0")
        keys.type("q1")
        keys.tab_to("#op-0")
        keys.picks("#value-0", option, option.capitalize())
        expect(page.locator(".claims__words")).to_contain_text(option.capitalize())
        keys.picks("#id_to", target, words)
        keys.tab_to("#apply")
        keys.press("Enter")
        keys.waits_for_focus("#condition-of")
        keys.outline()

    keys.press("End")
    keys.tab_to("#go-comments")
    for _step in range(4):
        keys.press("ArrowUp")
    keys.waits_for_focus("#go-quotas")
    keys.press("Enter")
    keys.tab_to("#new-quota")
    keys.press("Enter")
    keys.tab_to("#id_name")
    keys.type("Coffee drinkers")
    keys.tab_to("#id_limit")
    keys.type("50")
    keys.tab_to("#ref-0")
    keys.type("q1")
    keys.tab_to("#op-0")
    keys.picks("#value-0", "yes", "Yes")
    keys.tab_to("#apply")
    keys.press("Enter")
    expect(page.locator("#editor")).to_contain_text("Coffee drinkers")
    page.goto(page.url.split("/edit/")[0] + "/test/")
    expect(page.locator("#path-tester-green")).to_be_visible()
    keys.tab_to("[href$='/launch/']")
    keys.press("Enter")
    page.wait_for_url("**/launch/")
    keys.tab_to("#launch")
    keys.press("Enter")

    expect(page.get_by_text("Launched.")).to_be_visible()
    survey = Survey.objects.get()
    made = survey.current.definition
    assert survey.status == Survey.Status.LIVE
    assert len(list(made.questions())) == 20
    assert [len(one.questions) for one in made.pages] == [2, 2, 8, 8]
    assert made.pages[0].skips == (
        Skip("q1 = 'no'", SCREEN_OUT),
        Skip("q1 = 'yes'", "p3"),
    )
    assert [(one.name, one.limit, one.when) for one in made.quotas] == [
        ("Coffee drinkers", 50, "q1 = 'yes'")
    ]
    assert made.question("q3").kind == Kind.MATRIX
    assert [row.code for row in made.question("q3").rows] == ["home", "work"]
    assert made.question("q3").text["en"].startswith("You said {q1}.")
    assert [one.code for one in made.question("q1").options] == [
        *("yes", "no", "sometimes"),
    ]


# Looks -------------------------------------------------------------------------------


def serious(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def paths_of(survey: Survey) -> list[str]:
    own = f"/author/{survey.public_id}/"
    return [
        *("/author/", "/author/new/", "/author/library/"),
        *(f"{own}rename/", f"{own}edit/", f"{own}edit/languages/"),
        *(f"{own}edit/purchase/", f"{own}edit/comments/", f"{own}edit/library/"),
        f"{own}edit/quotas/?down=favourite&across=check",
        *(f"{own}edit/page/p1/", f"{own}edit/question/drinks/"),
        *(f"{own}edit/question/brand/", f"{own}edit/question/recommend/"),
        f"{own}edit/question/drinks/picture/tea/",
        *(f"{own}edit/condition/skip/p1/0/", f"{own}edit/condition/quota/new/"),
        *(f"{own}test/", f"{own}launch/"),
    ]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_author_pages_have_nothing_serious_for_axe(open_as, viewport, scheme):
    author = make_author()
    survey = make_survey(created_by=author)
    authoring.comment(survey, question="drinks", text="Add juice?", by=author)
    authoring.comment(survey, text="Nearly done.", by=author)
    authoring.save_to_library(survey, "drinks", name="Drinks at home", by=author)
    page = open_as(author, "/author/", viewport=viewport, color_scheme=scheme)

    found = {}
    for path in paths_of(survey):
        page.goto(path)
        found[path] = serious(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], path

    assert {path: told for path, told in found.items() if told} == {}

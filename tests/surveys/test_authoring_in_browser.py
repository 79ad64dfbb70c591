"""A survey built, tested and launched without a mouse; the author's pages for axe."""

from dataclasses import replace
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.definition import SCREEN_OUT, Kind, Skip, Text
from surveys.editing import change_question
from surveys.models import Survey
from surveys.services import authoring
from tests.surveys.factories import make_author, make_survey
from tests.surveys.test_every_path import answer_every_path

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
    Survey.objects.update(reward=Decimal("1.50"))
    assert answer_every_path(Survey.objects.get()) == 3


# How it behaves ----------------------------------------------------------------------


@pytest.fixture
def survey():
    return make_survey(created_by=make_author())


def at(survey, *parts: str) -> str:
    return f"/author/{survey.public_id}/edit/{'/'.join(parts)}/"


def test_keys_move_and_remove_in_the_outline_and_undo_brings_back(open_as, survey):
    page = open_as(make_author(), at(survey, "question", "cups"), viewport=DESKTOP)
    keys = Keyboard(page)
    keys.tab_to("#go-question-cups")

    keys.press("Alt+ArrowDown")
    expect(page.locator("#announce")).to_have_text("Moved down.")
    keys.waits_for_focus("#go-question-cups")
    codes = page.locator("[data-kind=question]").evaluate_all(
        "all => all.map(one => one.dataset.key)"
    )
    assert codes[1:3] == ["favourite", "cups"]

    keys.press("Delete")
    expect(page.locator("#announce")).to_have_text("Question cups removed.")
    keys.waits_for_focus("#go-page-p3")
    keys.press("Control+z")
    expect(page.locator("#go-question-cups")).to_be_visible()
    keys.press("Control+z")
    expect(page.locator("#announce")).to_have_text("Undone.")

    survey.refresh_from_db()
    assert survey.definition.page("p2").questions[0].code == "cups"


def test_a_conflict_names_the_other_and_keeps_what_was_typed(open_as, survey):
    page = open_as(make_author(), at(survey, "question", "cups"), viewport=DESKTOP)
    other = make_author(name="Robin Other")
    authoring.edit(
        survey,
        lambda now: replace(now, title=Text(en="Theirs")),
        summary="Changed the title",
        revision=survey.revision,
        by=other,
    )

    page.locator("#id_text").fill("Mine")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Robin Other changed this survey")
    expect(page.locator("#id_text")).to_have_value("Mine")
    page.get_by_role("button", name="Save what I typed").click()
    expect(page.locator("#announce")).to_have_text("Saved.")

    survey.refresh_from_db()
    assert survey.definition.title["en"] == "Theirs"
    assert survey.definition.question("cups").text["en"] == "Mine"


def test_theirs_is_loaded_and_what_was_typed_stands_beside_it(open_as, survey):
    page = open_as(make_author(), at(survey, "question", "cups"), viewport=DESKTOP)
    authoring.edit(
        survey,
        lambda now: change_question(now, "cups", text=Text(en="Theirs")),
        summary="Changed cups",
        revision=survey.revision,
        by=make_author(),
    )
    page.locator("#id_text").fill("Mine")
    page.keyboard.press("Tab")

    page.get_by_role("link", name="Load what is there now").click()

    expect(page.locator("#id_text")).to_have_value("Theirs")
    expect(page.locator("#conflict")).to_contain_text("Mine")


def test_options_are_pasted_moved_and_removed_by_keys(open_as, survey):
    page = open_as(make_author(), at(survey, "question", "drinks"), viewport=DESKTOP)
    first = page.locator("#option-coffee-text")
    first.focus()

    page.keyboard.press("Alt+ArrowDown")
    expect(first).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Saved.")
    page.keyboard.press("Enter")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text", "Milk\\nJuice");
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }"""
    )
    page.keyboard.press("Tab")
    expect(page.locator("#option-juice-text")).to_have_value("Juice")

    survey.refresh_from_db()
    codes = [one.code for one in survey.definition.question("drinks").options]
    assert codes == ["tea", "coffee", "milk", "juice", "cocoa", "other", "none"]


def test_without_a_script_a_survey_is_written(open_as, survey):
    page = open_as(
        make_author(), at(survey, "question", "cups"), java_script_enabled=False
    )

    page.get_by_role("button", name="Question", exact=True).click()
    page.get_by_label("Question", exact=True).fill("Anything else?")
    page.get_by_label("Kind").select_option("text")
    page.locator("form#question-form").get_by_role("button", name="Save").last.click()

    expect(page.get_by_label("Question", exact=True)).to_have_value("Anything else?")
    survey.refresh_from_db()
    assert survey.definition.question("q1").kind == Kind.TEXT


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

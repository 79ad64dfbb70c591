"""The admin's pages on receipts as operators meet them: on any screen, by keyboard."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from receipts.models import ReaderModel, Reading, ReceiptPolicy
from tests.factories import make_operator, make_panel, make_panelist, make_receipt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
TRIALS = "/admin/receipts/receiptpolicy/trials/"
UNBROKEN = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


def read_on_trial(*, panel: str) -> None:
    """A panel's receipts with every outcome, many of one of them."""
    person = make_panelist(panel=make_panel(name=panel))
    policy = ReceiptPolicy.objects.create(
        panel=person.panel, valid_from=date(2020, 1, 1), straight_through="dry_run"
    )
    for would_be in [*Reading.WouldBe] + ["accept"] * 9:
        Reading.objects.create(
            receipt=make_receipt("accepted", panelist=person, merchant_name="S" * 120),
            version="4",
            straight_through=False,
            trial="dry_run",
            would_be=would_be,
            policy=policy,
            result={"merchant": "S" * 200},
        )


def cut_off(page) -> list[str]:
    """What reaches beyond the window, or beyond a box that must be scrolled for it."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#content *, html")]
          .filter(e => e.scrollWidth > e.clientWidth && e.clientWidth
            && getComputedStyle(e).display !== "inline")
          .map(e => e.tagName + "." + e.className)"""
    )


@pytest.mark.parametrize(
    ("theme", "viewport"), [("light", DESK), ("dark", PHONE)], ids=["desk", "phone"]
)
def test_the_trials_fit_their_page(open_as, theme, viewport):
    operator = make_operator()
    page = open_as(operator, TRIALS, color_scheme=theme, viewport=viewport)
    assert cut_off(page) == []

    for panel in ((UNBROKEN * 2)[:120], "A panel of words " * 7, "Atlantis"):
        read_on_trial(panel=panel)
    page.reload()

    assert page.locator(".trial").count() == 3
    assert cut_off(page) == []
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("name", ["receiptpolicy", "readermodel"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_lists_fit_a_desk_and_show_where_the_keyboard_is(open_as, name, theme):
    read_on_trial(panel=(UNBROKEN * 2)[:120])
    ReaderModel.objects.create(version="9" * 60, receipts=120, weights="{}")
    page = open_as(
        make_operator(),
        f"/admin/receipts/{name}/",
        color_scheme=theme,
        viewport=DESK,
    )

    assert page.evaluate("document.documentElement.scrollWidth") == DESK["width"]
    assert page.locator("#changelist .results").evaluate(
        "e => e.scrollWidth - e.clientWidth"
    ) in (0, 1)
    rings = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        rings.add(
            page.evaluate(
                """() => { const look = getComputedStyle(document.activeElement);
                  return [look.outlineStyle, look.outlineWidth].join(" "); }"""
            )
        )
    assert rings == {"solid 3px"}


def test_a_phones_list_is_accessible(open_as):
    read_on_trial(panel="Atlantis")
    page = open_as(
        make_operator(), "/admin/receipts/receiptpolicy/?q=o", viewport=PHONE
    )

    assert Axe().run(page).response["violations"] == []

"""The marks on the review desk as a reviewer works with them: by keys, by mouse, and
without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from receipts.models import Redaction, RedactionCheck
from receipts.services import redacting
from receipts.services.marks import Mark
from receipts.services.submitting import submit
from receipts.workflow import Status
from tests.factories import make_panelist, make_reviewer
from tests.receipts.looks import RX, conclude, store_slip, upload_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def receipt(monkeypatch):
    """With three marks of the machine, and nothing left after painting."""
    monkeypatch.setattr(redacting, "look_again", lambda *a, **k: ())
    panelist = make_panelist()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    marks = [
        RX,
        Mark(0, "payment_card", box(20, 140, 240, 160), "card_number", 0.9),
        Mark(0, "card_expiry", box(20, 180, 120, 200), "card_expiry", 0.8),
    ]
    return conclude(
        receipt, is_sensitive=True, marks=tuple(marks), page=store_slip(receipt)
    )


def box(left, top, right, bottom):
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def do_check(receipt) -> None:
    """What the worker does."""
    redacting.check(RedactionCheck.objects.get(receipt=receipt, outcome="").pk)


def rows(receipt) -> list[tuple]:
    return list(
        Redaction.objects.filter(receipt=receipt).values_list(
            "kind", "is_painted", "source"
        )
    )


def test_three_marks_are_confirmed_in_two_keystrokes(open_as, receipt):
    page = open_as(make_reviewer(), f"/review/{receipt.public_id}/")
    expect(page.locator("polygon[data-mark]")).to_have_count(3)
    page.get_by_label("Merchant").fill("Corner Grocery")
    page.get_by_label("Reason for no items").fill("Not legible")
    page.keyboard.press("Escape")

    page.keyboard.press("c")
    expect(page.get_by_text("the picture is read again")).to_be_visible()
    do_check(receipt)

    expect(page.get_by_text("This is the picture as it will be kept.")).to_be_visible()
    shown = page.locator("img[data-after]")
    expect(shown).to_have_js_property("naturalWidth", 400)
    assert shown.get_attribute("src").endswith("/pages/0/painted/")
    page.keyboard.press("a")

    expect(page.get_by_text("Accepted.")).to_be_visible()
    receipt.refresh_from_db()
    assert receipt.status == Status.ACCEPTED
    assert [is_painted for _kind, is_painted, _source in rows(receipt)] == [True] * 3


def test_marks_are_picked_turned_off_moved_and_sized_by_keys(open_as, receipt):
    page = open_as(make_reviewer(), f"/review/{receipt.public_id}/")
    before = Redaction.objects.filter(receipt=receipt).order_by("pk")[0].corners

    for key in ("j", "x", "j", "ArrowRight", "ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    first, second, _third = Redaction.objects.filter(receipt=receipt).order_by("pk")
    assert (first.is_painted, first.corners) == (False, before)
    assert second.corners == [[24, 140], [244, 140], [244, 162], [24, 162]]


def test_on_a_phone_a_marks_number_shows_its_place(open_as, receipt):
    phone = {"width": 390, "height": 600}
    page = open_as(make_reviewer(), f"/review/{receipt.public_id}/", viewport=phone)
    expect(page.get_by_label("Show mark 3 on the picture")).to_be_visible()

    page.get_by_label("Show mark 3 on the picture").click()

    expect(page.locator("polygon[data-mark]").nth(2)).to_be_in_viewport()


def test_the_picked_mark_is_not_below_the_buttons(open_as, receipt):
    page = open_as(
        make_reviewer(),
        f"/review/{receipt.public_id}/",
        viewport={"width": 1280, "height": 700},
    )
    bar = page.locator(".decide").bounding_box()

    for _mark in range(3):
        page.keyboard.press("j")
        row = page.locator(".mark-row.is-picked").bounding_box()
        expect(page.locator("polygon.is-picked")).to_be_in_viewport()
        assert row["y"] + row["height"] <= bar["y"]


def test_a_place_is_marked_by_keys_and_removed_again(open_as, receipt):
    page = open_as(make_reviewer(), f"/review/{receipt.public_id}/")

    page.keyboard.press("d")
    expect(page.locator("polygon[data-mark]")).to_have_count(4)
    page.get_by_label("Kind of mark 4").select_option("name")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert ("name", True, "person") in rows(receipt)

    page.get_by_label("Remove mark 4").check()
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("polygon[data-mark]")).to_have_count(3)

    assert len(rows(receipt)) == 3


def test_a_place_is_drawn_with_the_mouse(open_as, receipt):
    page = open_as(make_reviewer(), f"/review/{receipt.public_id}/")
    page.get_by_role("button", name="Mark a place").click()
    sheet = page.locator("[data-marks]").bounding_box()
    scale = sheet["width"] / 400
    page.mouse.move(sheet["x"] + 20 * scale, sheet["y"] + 220 * scale)
    page.mouse.down()
    page.mouse.move(sheet["x"] + 100 * scale, sheet["y"] + 230 * scale)
    page.mouse.move(sheet["x"] + 200 * scale, sheet["y"] + 240 * scale)
    page.mouse.up()

    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    drawn = Redaction.objects.get(receipt=receipt, source="person")
    expected = [[20, 220], [200, 220], [200, 240], [20, 240]]
    assert all(
        abs(value - wanted) <= 1
        for corner, target in zip(drawn.corners, expected, strict=True)
        for value, wanted in zip(corner, target, strict=True)
    )


def test_what_is_left_after_painting_comes_back_marked(open_as, receipt, monkeypatch):
    page = open_as(make_reviewer(), f"/review/{receipt.public_id}/")
    page.get_by_label("Merchant").fill("Corner Grocery")
    page.get_by_label("Reason for no items").fill("Not legible")
    page.keyboard.press("Escape")
    left = Mark(0, "name", box(20, 100, 220, 120), "", 0.9)
    monkeypatch.setattr(redacting, "leftovers", lambda *a: (left,))

    page.keyboard.press("c")
    expect(page.get_by_text("the picture is read again")).to_be_visible()
    do_check(receipt)

    expect(page.get_by_text("Something was still there after painting")).to_be_visible()
    expect(page.locator("polygon[data-mark]")).to_have_count(4)
    page.keyboard.press("a")
    expect(page.get_by_role("alert").first).to_contain_text("painted and checked")


def test_the_desk_with_marks_has_nothing_serious_for_axe(open_as, receipt):
    page = open_as(make_reviewer(), f"/review/{receipt.public_id}/")

    found = Axe().run(page).response["violations"]

    assert [f["id"] for f in found if f["impact"] in ("serious", "critical")] == []


def test_without_a_script_marks_are_turned_off_and_checked(open_as, receipt):
    page = open_as(
        make_reviewer(), f"/review/{receipt.public_id}/", java_script_enabled=False
    )
    page.get_by_label("Paint mark 2").uncheck()
    page.get_by_role("button", name="Paint and check").click()
    do_check(receipt)
    page.get_by_role("link", name="Look again").click()

    expect(page.get_by_text("This is the picture as it will be kept.")).to_be_visible()
    assert [is_painted for _kind, is_painted, _source in rows(receipt)] == [
        True,
        False,
        True,
    ]

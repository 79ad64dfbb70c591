"""The pages as people meet them: by keyboard, by drop, in the dark, without scripts."""

import io
import random
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import expect

from receipts.imaging.inspect import MAX_BYTES
from receipts.models import (
    LineItem,
    Reading,
    Receipt,
    ReceiptPage,
    ReceiptPolicy,
    ReceiptVerdict,
)
from receipts.services.moves import record
from receipts.workflow import Status
from rewards import services as reward_services
from rewards.models import RewardPlan
from tests.factories import (
    make_finance,
    make_operator,
    make_panel,
    make_panelist,
    make_receipt,
    make_reviewer,
)
from tests.receipts.papers import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def panelist():
    panel = make_panel()
    RewardPlan.objects.create(panel=panel, amount="10.00", valid_from=date(2020, 1, 1))
    return make_panelist(panel=panel)


def file(name: str, content: bytes | None = None) -> dict:
    if content is None:
        content = photo(day=date(2025, 3, 4), extra=name).getvalue()
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def in_review(**fields) -> Receipt:
    receipt = make_receipt(Status.IN_REVIEW, **fields)
    record(receipt, Status.SUBMITTED, code="not_sure")
    LineItem.objects.create(receipt=receipt, description="Oats", amount="12.34")
    return receipt


def add_picture(receipt: Receipt) -> None:
    image = Image.frombytes("RGB", (60, 90), random.Random(1).randbytes(16200))
    data = io.BytesIO()
    image.resize((600, 900)).save(data, "JPEG")
    page = ReceiptPage(receipt=receipt, width=600, height=900)
    for field in (page.working, page.working_thumbnail):
        field.save("receipts/picture.jpg", ContentFile(data.getvalue()), save=False)
    page.save()


# Sharing ----------------------------------------------------------------------------


def test_without_a_script_a_file_is_chosen_by_name_and_sent(open_as, panelist):
    page = open_as(
        panelist.user, "/receipts/new/", java_script_enabled=False, viewport=PHONE
    )
    chooser = page.get_by_label("Choose files")
    look = (
        "e => [getComputedStyle(e).opacity, e.offsetHeight > 30, e.offsetWidth > 200]"
    )

    assert chooser.evaluate(look) == ["1", True, True]
    chooser.set_input_files([file("notes.jpg", b"no picture"), file("good.jpg")])
    page.get_by_role("button", name="Send").click()

    answers = page.get_by_role("list", name="What you sent").get_by_role("listitem")
    expect(answers).to_have_count(2)
    expect(answers.nth(0)).to_contain_text("This isn’t a picture we can read.")
    expect(answers.nth(1)).to_contain_text("It has arrived. We are reading it.")


def test_each_chosen_file_gets_its_own_answer(open_as, panelist, tmp_path):
    contents = {
        "good.jpg": photo(day=date(2025, 3, 4)).getvalue(),
        "notes.jpg": b"no picture",
        "big.jpg": b"\xff\xd8\xff" + bytes(MAX_BYTES),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    page = open_as(panelist.user, "/receipts/new/")
    sent = []
    page.on("request", lambda r: sent.append(r) if r.method == "POST" else None)

    page.get_by_label("Choose files").set_input_files(
        [tmp_path / name for name in contents]
    )

    def answer(name):
        return page.get_by_role("listitem").filter(has_text=name)

    expect(answer("good.jpg")).to_contain_text("It has arrived. We are reading it.")
    expect(answer("notes.jpg")).to_contain_text("This isn’t a picture we can read.")
    expect(answer("big.jpg")).to_contain_text("This file is over 20 MB.")
    expect(page.get_by_role("link", name="See your receipts")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_hidden()
    assert len(sent) == 2  # nobody waits for 20 MB to be told that they are too many
    assert Receipt.objects.count() == 1


def test_files_are_dropped(open_as, panelist):
    page = open_as(panelist.user, "/receipts/new/")

    page.evaluate(
        """([bytes]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], "dropped.jpg"));
          transfer.items.add(new File(["no picture"], "<b>notes.txt"));
          document.querySelector("[data-drop]").dispatchEvent(
            new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
        }""",
        [list(photo(day=date(2025, 3, 4)).getvalue())],
    )

    items = page.get_by_role("listitem")
    expect(items.filter(has_text="dropped.jpg")).to_contain_text("It has arrived.")
    expect(items.filter(has_text="<b>notes.txt")).to_contain_text("This isn’t a")


def test_the_pickers_are_reached_by_keyboard_and_show_it(open_as, panelist):
    page = open_as(panelist.user, "/receipts/new/")
    page.get_by_role("link", name="Rewards").focus()

    outlines = {}
    for _ in range(6):
        page.keyboard.press("Tab")
        label = page.evaluate(
            """() => {
              const picker = document.activeElement.closest(".picker");
              if (!picker) return null;
              return [picker.innerText.trim(), getComputedStyle(picker).outline];
            }"""
        )
        if label:
            outlines[label[0]] = label[1]

    assert list(outlines) == ["Take a picture", "Choose files"]
    assert all("solid 3px" in outline for outline in outlines.values())


def test_an_upload_after_the_session_ended_leads_to_the_sign_in(open_as, panelist):
    page = open_as(panelist.user, "/receipts/new/")
    page.context.clear_cookies(name="sessionid")

    page.get_by_label("Choose files").set_input_files([file("good.jpg")])

    page.wait_for_url("**/accounts/login/?next=/receipts/new/")
    assert Receipt.objects.count() == 0


# The list ---------------------------------------------------------------------------


def test_the_list_is_live_and_leaves_the_focus_where_it_is(open_as, panelist):
    receipt = make_receipt(panelist=panelist)
    page = open_as(panelist.user, "/receipts/")
    link = page.locator(f"#open-{receipt.public_id}")
    link.focus()

    with page.expect_response(lambda response: response.status == 204):
        pass
    expect(link).to_be_focused()
    Receipt.objects.filter(pk=receipt.pk).update(
        status=Status.RETURNED, merchant_name="Fernhill Market", revision=1
    )

    expect(page.get_by_role("link", name="Fernhill Market")).to_be_focused()
    assert page.locator("[hx-get]").count() == 0


# The desk ---------------------------------------------------------------------------


@pytest.fixture
def reviewer():
    return make_reviewer()


def pressed(page) -> list[str]:
    """The addresses that the desk was sent to."""
    sent = []
    page.on(
        "request",
        lambda r: sent.append(r.url.split("/")[-2]) if r.method == "POST" else None,
    )
    return sent


def test_the_desk_is_worked_by_keyboard(open_as, reviewer, panelist):
    first, second, third = (
        in_review(panelist=panelist, total=total) for total in ("1.00", "2.00", "3.00")
    )
    add_picture(first)
    page = open_as(reviewer, f"/review/{first.public_id}/")
    sent = pressed(page)

    page.keyboard.press("z")
    assert page.locator(".viewer.is-zoomed-2").count() == 1
    page.keyboard.press("r")
    expect(page.locator("#id_reject-code")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.locator("#id_return-code")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_url(f"**/{second.public_id}/")
    page.keyboard.press("n")
    page.wait_for_url(f"**/{third.public_id}/")

    assert sent == ["accept", "next"]
    assert Receipt.objects.get(pk=first.pk).status == Status.ACCEPTED


def test_keys_do_nothing_in_a_field_with_a_modifier_or_held_down(open_as, reviewer):
    receipt = in_review()
    page = open_as(reviewer, f"/review/{receipt.public_id}/")
    sent = pressed(page)

    page.get_by_label("Merchant").fill("")
    page.keyboard.type("art zan")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+a")
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+A")
    page.evaluate(
        """() => document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key: "a", repeat: true, bubbles: true }))"""
    )
    page.wait_for_timeout(300)

    assert page.get_by_label("Merchant").input_value() == "art zan"
    assert sent == []


def test_enter_in_a_field_saves_and_decides_nothing(open_as, reviewer):
    receipt = in_review()
    page = open_as(reviewer, f"/review/{receipt.public_id}/")
    sent = pressed(page)

    page.get_by_label("Total", exact=True).fill("11.11")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Saved.")).to_be_visible()
    assert sent == ["save"]
    receipt.refresh_from_db()
    assert (receipt.status, str(receipt.total)) == (Status.IN_REVIEW, "11.11")


def test_a_refused_field_is_where_the_reviewer_goes_on(open_as, reviewer):
    receipt = in_review()
    page = open_as(reviewer, f"/review/{receipt.public_id}/")

    page.get_by_label("Total", exact=True).fill("9,99")
    page.keyboard.press("Escape")
    page.keyboard.press("a")

    expect(page.get_by_text("Enter a number.")).to_be_visible()
    expect(page.get_by_label("Total", exact=True)).to_be_focused()
    expect(page.get_by_label("Total", exact=True)).to_have_value("9,99")


def test_lines_are_added_and_the_reason_asked_for_is_focused(open_as, reviewer):
    receipt = in_review()
    page = open_as(reviewer, f"/review/{receipt.public_id}/")

    page.get_by_role("button", name="Add a line").click()
    page.keyboard.type("Coupon")
    page.get_by_label("Amount 3").fill("-2.00")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.get_by_role("button", name="Reject and go on").click()

    expect(page.get_by_text("Choose a reason.")).to_be_visible()
    expect(page.locator("#id_reject-code")).to_be_focused()
    assert page.get_by_label("Description 3").input_value() == "Coupon"
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert list(receipt.items.values_list("description", flat=True)) == [
        "Oats",
        "Coupon",
    ]


def test_a_line_that_takes_off_is_called_a_discount_by_keyboard(open_as, reviewer):
    receipt = in_review()
    page = open_as(reviewer, f"/review/{receipt.public_id}/")
    sent = pressed(page)

    expect(page.get_by_label("Kind 1")).to_be_hidden()
    page.get_by_role("button", name="Add a line").click()
    page.keyboard.type("Coupon")
    page.get_by_label("Amount 3").fill("2.00")
    expect(page.get_by_label("Kind 3")).to_be_hidden()
    page.get_by_label("Amount 3").fill("-2.00")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Kind 3")).to_be_focused()
    page.keyboard.type("d")
    page.get_by_label("Amount 3").fill("2.00")
    expect(page.get_by_label("Kind 3")).to_be_visible()
    page.get_by_label("Amount 3").fill("-2.00")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Kind 2")).to_have_value("discount")
    assert sent == ["save"]
    assert list(receipt.items.values_list("description", "kind")) == [
        ("Oats", "item"),
        ("Coupon", "discount"),
    ]


# All of them ------------------------------------------------------------------------


def explain(receipt: Receipt) -> None:
    """A reading that has something to say of everything."""
    Reading.objects.create(
        receipt=receipt,
        version="4",
        model="2026-11-24",
        straight_through=False,
        trial="dry_run",
        would_be="review",
        would_be_code="not_sure",
        policy=ReceiptPolicy.objects.create(
            panel=receipt.panel, valid_from=date(2020, 1, 1)
        ),
        result={
            "confidence": {
                "merchant": 0.97,
                "date": 0.82,
                "time": 0.7,
                "currency": 0.99,
                "subtotal": 0.9,
                "tax": 0.9,
                "total": 0.41,
                "items": 0.55,
            },
            "evidence": {
                "merchant": ["Line 1 of the header names a known brand."],
                "date": ["Printed beside the time.", "Both readers see it."],
                "subtotal": ["Three items add up to it."],
                "tax": ["6 % of 11.64."],
                "total": ["11.64 + 0.70 tax = 12.34", "The card slip prints 15.34."],
                "items": ["They add up to the subtotal."],
            },
            "reasons": [
                "Another amount is nearly as likely the total.",
                "The date is hard to read.",
            ],
            "tip": "3.00",
            "taxes": [{"name": "PA SALES TAX 6 %", "rate": "0.06", "amount": "0.70"}],
            "payments": [{"kind": "visa", "amount": "15.34", "last_four": "4242"}],
            "store_number": "0042",
            "transaction_number": "773100219846",
        },
    )


def everything(panelist):
    """(user, address) of every page, in every state."""
    reviewer, finance = make_reviewer(), make_finance()
    empty = make_panelist(panel=panelist.panel)
    panelist_pages = ["/receipts/", "/receipts/new/", "/rewards/"]
    for status in Status:
        receipt = make_receipt(
            status,
            panelist=panelist,
            merchant_name="Long name of a shop " * 2 + "unbroken" * 10,
        )
        code = "cut_off" if status == Status.RETURNED else "too_old"
        ReceiptVerdict.objects.create(receipt=receipt, code=code, rejects=True)
        record(receipt, "", note="Long note of a reviewer " * 10)
        add_picture(receipt)
        panelist_pages.append(f"/receipts/{receipt.public_id}/")
    rewards = [
        reward_services.settle_month(
            panelist=panelist, month=date(2025, month, 1), accepted=10
        )
        for month in (1, 2, 3)
    ]
    reward_services.approve(rewards[0], by=finance)
    reward_services.refuse(rewards[1], by=finance, reason="Shared by two people.")
    reward_pages = [f"/rewards/{reward.public_id}/" for reward in rewards]
    readable = Receipt.objects.get(status=Status.IN_REVIEW)
    make_receipt(Status.IN_REVIEW, merchant_name="Unbroken" * 15)
    unreadable = make_receipt(Status.IN_REVIEW, merchant_name="", total=None)
    explain(readable)
    return [
        *((panelist.user, address) for address in panelist_pages + reward_pages),
        *((empty.user, address) for address in ("/receipts/", "/rewards/")),
        (reviewer, "/review/"),
        (reviewer, f"/review/{readable.public_id}/"),
        (reviewer, f"/review/{unreadable.public_id}/"),
        *((finance, address) for address in ["/rewards/approvals/", *reward_pages]),
        (make_operator(), "/admin/receipts/receiptpolicy/trials/"),
    ]


@pytest.mark.parametrize(
    ("theme", "viewport"), [("light", None), ("dark", PHONE)], ids=["light", "dark"]
)
def test_every_page_is_accessible_and_fits(open_as, panelist, theme, viewport):
    options = {"color_scheme": theme} | ({"viewport": viewport} if viewport else {})
    found, pages = {}, {}

    for user, address in everything(panelist):
        if user not in pages:
            pages[user] = open_as(user, address, **options)
        page = pages[user]
        page.goto(address)
        wrong = [v["id"] for v in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append("wider than the window")
        if wrong:
            found[address] = wrong

    assert found == {}

"""The main job of the portal, from the invitation to the balance, in the browser."""

import random
import re
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from panel_portal.demo import paper
from panel_portal.demo.shops import SHOPS
from receipts.models import Receipt
from receipts.workflow import Status
from rewards.models import LedgerEntry
from tests.defaults import write_defaults
from tests.factories import (
    PASSWORD,
    make_finance,
    make_operator,
    make_reviewer,
    verify_email,
)

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
NEWCOMER = "nora@example.org"
KEYS = (
    *("supermarket", "grocer", "restaurant", "cafe", "cinema"),
    *("hardware", "fast_food", "department", "convenience"),
)


def pictures() -> tuple[list[dict], paper.Slip]:
    """Nine that the machine is sure of, and one whose total lies under coffee."""
    rng, panel = random.Random(7), write_defaults()
    day = panel.today() - timedelta(days=1)
    files = []
    for number, key in enumerate(KEYS):
        slip = paper.compose(SHOPS[key], day, time(9 + number, 15), rng)
        data = paper.snap(slip, rng, strength=0.5)
        files.append({"name": f"{key}.jpg", "mimeType": "image/jpeg", "buffer": data})
    slip = paper.compose(SHOPS["theme_park"], day, time(11, 11), rng)
    data = paper.as_jpeg(paper.print_spilled_slip(slip))
    files.append({"name": "stain.jpg", "mimeType": "image/jpeg", "buffer": data})
    return files, slip


def mail_to(address: str) -> str:
    """The newest mail that the portal wrote for someone."""
    mails = sorted(
        Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda p: p.stat().st_mtime
    )
    texts = [path.read_text() for path in mails]
    return [text for text in texts if f"To: {address}" in text][-1]


def staff(make, **fields):
    user = make(password=PASSWORD, **fields)
    verify_email(user)
    return user


def sign_in(page, user) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def test_from_the_invitation_to_the_balance(portal, browser):
    operator, reviewer = staff(make_operator), staff(make_reviewer)
    finance = staff(make_finance)
    errors = []

    def open_as(user=None, **options):
        context = browser.new_context(base_url=portal.url, **options)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                errors.append(message.text) if message.type == "error" else None
            ),
        )
        if user is not None:
            sign_in(page, user)
        return page

    # An operator invites someone.
    page = open_as(operator)
    page.goto("/admin/panelists/invitation/invite/")
    page.get_by_label("E-mail addresses").fill(NEWCOMER)
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("Invited.")).to_be_visible()

    # Who opens the link and joins, on a phone.
    [link] = re.findall(r"^http\S+/invitations/\S+", mail_to(NEWCOMER), re.MULTILINE)
    panelist = open_as(viewport=PHONE, has_touch=True)
    panelist.goto(link)
    panelist.get_by_label("What should we call you?").fill("Nora")
    panelist.get_by_label("Date of birth").fill("1991-02-03")
    panelist.locator("[name=password1]").fill(PASSWORD)
    panelist.locator("[name=password2]").fill(PASSWORD)
    panelist.get_by_label(re.compile("I live in")).check()
    panelist.get_by_label(re.compile("I have read")).check()
    panelist.get_by_role("button", name="Join the panel").click()
    panelist.wait_for_url(lambda url: "/invitations/" not in url)

    # Ten receipts in one go; the worker reads them while the list is looked at.
    panelist.goto("/receipts/new/")
    files, stained = pictures()
    panelist.get_by_label("Choose files").set_input_files(files)
    expect(panelist.locator(".upload--taken")).to_have_count(10, timeout=60_000)
    panelist.goto("/receipts/")
    expect(panelist.get_by_text("9 of 10 this month")).to_be_visible(timeout=180_000)
    expect(panelist.locator(".badge--in_review")).to_have_count(1, timeout=60_000)
    assert Receipt.objects.filter(status=Status.ACCEPTED, decided_by=None).count() == 9

    # A reviewer puts right what the machine was unsure of, by keyboard.
    page = open_as(reviewer)
    page.goto("/review/")
    page.get_by_role("button", name="Review the next one").click()
    page.get_by_label("Total", exact=True).fill(f"{stained.total:.2f}")
    page.get_by_label("Total", exact=True).press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_text("Accepted.")).to_be_visible()
    [reviewed] = Receipt.objects.filter(decided_by=reviewer)
    assert (reviewed.total, reviewed.status) == (stained.total, Status.ACCEPTED)

    # The tenth proposes the reward, which a second person approves.
    page = open_as(finance)
    page.goto("/rewards/approvals/")
    row = page.get_by_role("row").filter(has_text="10 receipts in")
    expect(row).to_contain_text("$10.00")
    row.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved.")).to_be_visible()

    # And the panelist sees it.
    panelist.goto("/rewards/")
    label = panelist.locator(".tile__label").get_by_text("Balance", exact=True)
    balance = panelist.locator(".tile").filter(has=label)
    expect(balance).to_contain_text("$10.00")
    panelist.goto("/receipts/")
    expect(panelist.get_by_text("10 of 10 this month")).to_be_visible()
    assert LedgerEntry.objects.count() == 1
    assert errors == []
    nothing_personal_in(portal.log.read_text())


def nothing_personal_in(log: str) -> None:
    assert "receipts.tasks.read_receipt" in log or "Enqueued" in log
    for word in (NEWCOMER, "Nora", "FERNHILL", "/invitations/", "Traceback"):
        assert word not in log

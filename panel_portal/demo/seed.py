"""A demo panel in which every state can be seen, made through the real services.

The receipts are rendered by us, submitted as uploads and read by the real readers in
this process; what people do with them goes through the services that the pages call.
Only the clock is turned back, so that there is a last month.
"""

import io
import json
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone
from django_q.models import OrmQ

import panelists.services
import rewards.services
from panel_portal.demo import paper
from panel_portal.demo.shops import SHOPS
from panel_portal.demo.surveys import make_surveys
from panelists.models import Panel, Panelist, User
from panelists.roles import ANALYST, FINANCE, OPERATOR, REVIEWER, SURVEY_AUTHOR
from receipts.imaging.inspect import inspect_file
from receipts.models import Receipt, ReceiptPolicy, RedactionCheck
from receipts.services import (
    processing,
    redacting,
    releasing,
    reviewing,
    submitting,
)
from receipts.services.marks import MarkEdit, corners_of
from receipts.services.submitting import Upload
from receipts.workflow import Status
from rewards.models import Reward

DOMAIN = "demo.example.com"
NOTES = "demo.json"
# A number that payment processors publish for tests.
CARD = "4012 8888 8888 1881"
MOST_CHECKS = 3
# Less than `VAULT_DUE_DAYS`, whose default is 14.
RECENT = timedelta(days=10)


def notes_path() -> Path:
    return Path(settings.DATA_DIR) / NOTES


def notes() -> dict:
    """What the seeding noted beside its files; empty where no demo was begun here."""
    try:
        return json.loads(notes_path().read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def is_half_made() -> bool:
    """Whether a seeding of this folder was stopped before its end."""
    begun = notes()
    return bool(begun) and not begun["is_complete"] and not people_of_no_demo()


def people_of_no_demo() -> bool:
    return User.objects.exclude(email__iendswith=f"@{DOMAIN}").exists()


@dataclass
class Demo:
    """What the steps below share. `say` tells the person who waits."""

    panel: Panel
    password: str
    rng: random.Random
    say: Callable[[str], None]
    now: datetime
    read: int = 0

    @property
    def today(self) -> date:
        return self.panel.today(self.now)


def seed(say: Callable[[str], None]) -> None:
    """Fill an empty database. The password and an open invitation's link are noted
    in DATA_DIR, readable by its owner only."""
    demo = Demo(
        panel=Panel.objects.get(country="US"),
        password=f"demo-{secrets.token_hex(4)}",
        rng=random.Random(2026),
        say=say,
        now=timezone.now(),
    )
    write_notes(demo, "", is_complete=False)
    staff = {
        "reviewer": make_staff(demo, "reviewer", "Robin Review", REVIEWER),
        "finance": make_staff(demo, "finance", "Fran Finance", FINANCE),
        "controller": make_staff(demo, "controller", "Casey Control", FINANCE),
    }
    make_staff(demo, "operator", "Olu Operator", OPERATOR)
    author = make_staff(demo, "author", "Ana Author", SURVEY_AUTHOR)
    make_staff(demo, "analyst", "Ari Analyst", ANALYST)
    maya = make_panelist(demo, "panelist", "Maya Okafor")
    jonas = make_panelist(demo, "jonas", "Jonas Weber")
    priya = make_panelist(demo, "priya", "Priya Raman")
    invitation = panelists.services.invite(
        panel=demo.panel, email=f"newcomer@{DOMAIN}", by=None
    )
    write_policies(demo)
    say("Reading the demo's receipts, about a minute:")
    last_month(demo, maya, staff["reviewer"])
    this_month(demo, maya, staff["reviewer"])
    reached(demo, jonas, staff["reviewer"])
    redacted(demo, priya, staff["reviewer"])
    troubles(demo, priya)
    money(demo, maya, jonas, priya, staff)
    waiting(demo, maya)
    say("Answering the demo's surveys")
    make_surveys(demo.panel, author, rng=demo.rng, domain=DOMAIN)
    link = panelists.services.link(invitation.invitation, invitation.token)
    write_notes(demo, link, is_complete=True)


def write_notes(demo: Demo, link: str, *, is_complete: bool) -> None:
    path = notes_path()
    path.touch(mode=0o600)
    written = {
        "password": demo.password,
        "invitation": link,
        "is_complete": is_complete,
    }
    path.write_text(json.dumps(written))


def verified_user(demo: Demo, account: str, name: str, **fields) -> User:
    user = User.objects.create_user(
        f"{account}@{DOMAIN}", demo.password, name=name, **fields
    )
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


def make_staff(demo: Demo, account: str, name: str, role: str) -> User:
    user = verified_user(demo, account, name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def make_panelist(demo: Demo, account: str, name: str) -> Panelist:
    """By invitation, as everyone; a member for three months."""
    user = verified_user(demo, account, name)
    sent = panelists.services.invite(panel=demo.panel, email=user.email, by=None)
    panelist = panelists.services.accept_invitation(
        sent.invitation,
        user=user,
        born_on=date(1988, 5, 17),
        region="US-NY",
        terms=panelists.services.current_terms(demo.panel),
    )
    Panelist.objects.filter(pk=panelist.pk).update(
        joined_at=demo.now - timedelta(days=92)
    )
    panelist.refresh_from_db()
    return panelist


def write_policies(demo: Demo) -> None:
    """Last month was a dry run; since then the machine accepts, and some of what it
    would accept is checked."""
    month = demo.today.replace(day=1)
    ReceiptPolicy.objects.filter(panel=demo.panel).update(
        straight_through="dry_run", valid_to=month
    )
    ReceiptPolicy.objects.create(
        panel=demo.panel, valid_from=month, quality_check_percent=10
    )


def bought(demo: Demo, key: str, day: date, **how) -> paper.Slip:
    at = time(demo.rng.randint(9, 20), demo.rng.randint(0, 59))
    return paper.compose(SHOPS[key], day, at, demo.rng, **how)


def share(demo: Demo, panelist: Panelist, data: bytes, at: datetime) -> Receipt:
    """Submit a file as an upload would at a moment in the past."""
    file = io.BytesIO(data)
    receipt = submitting.submit(
        Upload(file, inspect_file(file)), panelist=panelist, by=panelist.user
    )
    Receipt.objects.filter(pk=receipt.pk).update(
        submitted_at=at, queued_at=at, month=demo.panel.month(at)
    )
    receipt.events.update(at=at)
    receipt.refresh_from_db()
    return receipt


def read(demo: Demo, receipt: Receipt) -> Receipt:
    """As the worker does; its task is then done."""
    processing.read(receipt.pk)
    OrmQ.objects.all().delete()
    demo.read += 1
    if demo.read % 10 == 0:
        demo.say(f"  {demo.read} read")
    receipt.refresh_from_db()
    moment = receipt.submitted_at + timedelta(seconds=20)
    receipt.events.exclude(from_status="").update(at=moment)
    Receipt.objects.filter(pk=receipt.pk).exclude(decided_at=None).update(
        decided_at=moment
    )
    return receipt


def moments(demo: Demo, count: int, *, month: date) -> list[datetime]:
    """Times of submission in a month, in order, none of them in the future; of this
    month the last days only, so that nothing has lain in the vault for too long."""
    start = datetime.combine(month, time(9), demo.panel.zone)
    if month == demo.today.replace(day=1):
        start = max(start, demo.now - RECENT)
    end = min(
        demo.now, datetime.combine(month, time(20), demo.panel.zone) + timedelta(27)
    )
    if end - start < timedelta(hours=1):
        start = end - timedelta(minutes=count)
    return [start + (end - start) * n / count for n in range(count)]


def share_and_read(
    demo: Demo, panelist: Panelist, key: str, at: datetime, *, age: int = 1, **how
) -> tuple[Receipt, paper.Slip]:
    """A photo of something bought `age` days before it is shared."""
    slip = bought(demo, key, demo.panel.today(at) - timedelta(days=age), **how)
    return read(demo, share(demo, panelist, paper.snap(slip, demo.rng), at)), slip


def last_month(demo: Demo, panelist: Panelist, reviewer: User) -> None:
    """Ten that counted."""
    month = (demo.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    keys = (
        *("supermarket", "cafe", "grocer", "fast_food", "hardware"),
        *("supermarket", "cinema", "convenience", "clothing", "grocer"),
    )
    for key, at in zip(keys, moments(demo, len(keys), month=month), strict=True):
        receipt, slip = share_and_read(demo, panelist, key, at)
        if receipt.state == Status.IN_REVIEW:
            accept_as_printed(demo, receipt, slip, reviewer)


def this_month(demo: Demo, panelist: Panelist, reviewer: User) -> None:
    """Five that count, and one of each that doesn't or not yet."""
    month = demo.today.replace(day=1)
    at = iter(moments(demo, 14, month=month))
    keys = ("supermarket", "restaurant", "grocer", "theme_park")
    for key in keys:
        receipt, slip = share_and_read(demo, panelist, key, next(at))
        if receipt.state == Status.IN_REVIEW:
            accept_as_printed(demo, receipt, slip, reviewer)
    moment = next(at)
    slip = bought(demo, "online", demo.panel.today(moment))
    pdf = paper.as_pdf(paper.print_slip(slip))
    receipt = read(demo, share(demo, panelist, pdf, moment))
    if receipt.state == Status.IN_REVIEW:
        accept_as_printed(demo, receipt, slip, reviewer)
    share_and_read(demo, panelist, "own_store", next(at))
    share_and_read(demo, panelist, "hardware", next(at), age=45)
    moment = next(at)
    twice = bought(demo, "convenience", demo.panel.today(moment))
    shared = read(demo, share(demo, panelist, paper.snap(twice, demo.rng), moment))
    read(demo, share(demo, panelist, paper.snap(twice, demo.rng), next(at)))
    submitting.withdraw(shared, by=panelist.user)
    moment = next(at)
    cut = paper.print_slip(bought(demo, "grocer", demo.panel.today(moment)))
    cut = cut.crop((0, 0, cut.width, int(cut.height * 0.55)))
    receipt = read(demo, share(demo, panelist, paper.as_jpeg(cut), moment))
    if receipt.state == Status.IN_REVIEW:
        receipt = reviewing.take(receipt, by=reviewer)
        reviewing.return_to_panelist(
            receipt,
            code="cut_off",
            by=reviewer,
            revision=receipt.revision,
            note="The total is missing. Could you take the whole receipt?",
        )
    moment = next(at)
    spilled = bought(demo, "cafe", demo.panel.today(moment))
    spilled = paper.print_spilled_slip(spilled)
    picture = paper.photograph(spilled, paper.some_flaws(demo.rng), demo.rng)
    read(demo, share(demo, panelist, paper.as_jpeg(picture), moment))


def reached(demo: Demo, panelist: Panelist, reviewer: User) -> None:
    """Ten that count this month, so that a reward waits; and one that a person
    rejected."""
    keys = (
        *("supermarket", "grocer", "drug_store", "cinema", "fast_food", "clothing"),
        *("convenience", "restaurant", "hardware", "cafe", "supermarket"),
    )
    month = demo.today.replace(day=1)
    at = moments(demo, len(keys) + 1, month=month)
    for key, moment in zip(keys, at, strict=False):
        receipt, slip = share_and_read(demo, panelist, key, moment, age=2, card="8830")
        if receipt.state == Status.IN_REVIEW:
            accept_as_printed(demo, receipt, slip, reviewer)
    receipt, _slip = share_and_read(demo, panelist, "casino", at[-1])
    if receipt.state == Status.IN_REVIEW:
        receipt = reviewing.take(receipt, by=reviewer)
        reviewing.reject(
            receipt, code="excluded_category", by=reviewer, revision=receipt.revision
        )


def accept_as_printed(
    demo: Demo, receipt: Receipt, slip: paper.Slip, reviewer: User
) -> None:
    """What a reviewer does who sees the paper: put right what was read, and accept."""
    receipt = reviewing.take(receipt, by=reviewer)
    edit = edit_as_printed(receipt, slip)
    receipt = reviewing.accept(receipt, edit, by=reviewer)
    moment = min(receipt.submitted_at + timedelta(hours=3), demo.now)
    receipt.events.filter(actor=reviewer).update(at=moment)
    Receipt.objects.filter(pk=receipt.pk).update(decided_at=moment)


def edit_as_printed(receipt: Receipt, slip: paper.Slip) -> reviewing.Edit:
    return reviewing.Edit(
        revision=receipt.revision,
        merchant_name=slip.shop.name,
        category=receipt.category,
        purchased_on=slip.day,
        purchased_at=slip.at,
        currency=receipt.currency,
        subtotal=slip.subtotal,
        tax=slip.tax,
        total=slip.total,
        items=[
            reviewing.ItemEdit(item.description, Decimal(item.quantity), item.amount)
            for item in slip.items
        ],
    )


def redacted(demo: Demo, panelist: Panelist, reviewer: User) -> None:
    """A prescription that was painted over, checked, accepted and released. Goods that
    were marked as if they were part of it stay."""
    at = moments(demo, 1, month=demo.today.replace(day=1))[0]
    receipt, slip = share_and_read(demo, panelist, "pharmacy", at)
    for _time in range(MOST_CHECKS):
        receipt = reviewing.take(receipt, by=reviewer)
        edit = replace(edit_as_printed(receipt, slip), marks=marks_but_goods(receipt))
        asked = reviewing.check_redaction(receipt, edit, by=reviewer)
        redacting.check(asked.pk)
        receipt.refresh_from_db()
        asked.refresh_from_db()
        if asked.outcome == RedactionCheck.Outcome.CLEAN:
            accept_as_printed(demo, receipt, slip, reviewer)
            releasing.release_by_key(receipt.pk)
            break
    OrmQ.objects.all().delete()


def marks_but_goods(receipt: Receipt) -> list[MarkEdit]:
    return [
        MarkEdit(
            row.position,
            row.kind,
            corners_of(row),
            is_painted=row.rule != "near_prescription",
            pk=row.pk,
        )
        for row in receipt.redactions.all()
    ]


def troubles(demo: Demo, panelist: Panelist) -> None:
    """What goes to a person: prescriptions, a card's number in full, a damaged file, a
    return, a fare."""
    at = iter(moments(demo, 7, month=demo.today.replace(day=1)))
    for key in ("apothecary", "drive_through"):
        share_and_read(demo, panelist, key, next(at))
    share_and_read(demo, panelist, "department", next(at), card=CARD)
    whole = paper.snap(bought(demo, "grocer", demo.today), demo.rng)
    read(demo, share(demo, panelist, whole[: len(whole) // 3], next(at)))
    share_and_read(demo, panelist, "department", next(at), sign=-1)
    share_and_read(demo, panelist, "transport", next(at))
    share_and_read(demo, panelist, "gun_shop", next(at))


def money(demo: Demo, maya, jonas, priya, staff: dict[str, User]) -> None:
    """Last month's reward is paid; others wait for a second person or were refused."""
    finance, controller = staff["finance"], staff["controller"]
    for reward in Reward.objects.filter(panelist=maya, status="proposed"):
        rewards.services.approve(reward, by=finance)
    rewards.services.propose(
        panelist=jonas,
        source="demo:pilot-thanks:jonas",
        description="Thanks for testing the pilot",
        amount=Decimal("5.00"),
        by=finance,
    )
    refused = rewards.services.propose(
        panelist=priya,
        source="demo:pilot-thanks:priya",
        description="Thanks for testing the pilot",
        amount=Decimal("50.00"),
        by=finance,
    )
    rewards.services.refuse(
        refused, by=controller, reason="The pilot paid 5.00, not 50.00."
    )


def waiting(demo: Demo, panelist: Panelist) -> None:
    """Two for the worker to read while someone looks."""
    for key in ("grocer", "fast_food"):
        slip = bought(demo, key, demo.today)
        share(demo, panelist, paper.snap(slip, demo.rng), timezone.now())

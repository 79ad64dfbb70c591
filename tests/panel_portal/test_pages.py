"""Home, privacy, terms, the pages of errors, and who may see anything at all."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.conf import settings as django_settings
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from django.views import defaults
from pytest_django.asserts import assertContains, assertNotContains

from panel_portal import views
from panelists.public_ids import new_public_id
from panelists.roles import ANALYST
from receipts.models import Merchant, ReceiptPolicy, SensitiveDataPolicy
from receipts.workflow import Status
from rewards.models import RewardPlan
from rewards.services import approve, settle_month
from tests.factories import (
    make_finance,
    make_operator,
    make_panel,
    make_panelist,
    make_receipt,
    make_reviewer,
    make_terms,
    make_user,
)
from tests.surveys.factories import make_author, make_response

HTMX = {"HX-Request": "true"}


@pytest.fixture
def panel(db, monkeypatch):
    """The panel that the public pages are about, whichever others there are."""
    panel = make_panel(name="Testland")
    monkeypatch.setattr(views, "default_panel", lambda: panel)
    return panel


def make_plan(panel, **fields) -> RewardPlan:
    defaults = {
        "amount": Decimal("12.50"),
        "receipts_required": 8,
        "valid_from": date(2020, 1, 1),
    }
    return RewardPlan.objects.create(panel=panel, **defaults | fields)


# Home: visitors --------------------------------------------------------------------


def test_visitors_read_the_offer_in_the_panels_own_figures(client, panel):
    make_plan(panel)
    ReceiptPolicy.objects.create(
        panel=panel, valid_from=date(2020, 1, 1), window_days=45
    )
    own = {"panel": panel, "standing": Merchant.Standing.OWN_STORE}
    Merchant.objects.create(name="Acme Market", **own)
    Merchant.objects.create(name="Acme Old", valid_to=date(2020, 1, 1), **own)

    response = client.get("/")

    assertContains(response, "8 receipts that count in a month earn $12.50")
    assertContains(response, "It is at most 45 days old.")
    assertContains(response, "Acme Market")
    assertNotContains(response, "Acme Old")
    assertContains(response, 'action="/invitations/waitlist/"')
    assertContains(response, 'href="/accounts/login/"')


def test_without_a_plan_nothing_is_promised(client, panel):
    response = client.get("/")

    assertNotContains(response, "What it pays")
    assertNotContains(response, "$")


def test_the_home_page_stands_without_a_panel(client, db, monkeypatch):
    monkeypatch.setattr(views, "default_panel", lambda: None)

    assertContains(client.get("/"), "Your receipts are worth something")


# Home: panelists -------------------------------------------------------------------


def test_a_panelist_sees_their_month_balance_and_newest_receipts(client, panel):
    panelist = make_panelist(panel=panel, user=make_user(name="Anna"))
    make_plan(panel, receipts_required=2)
    for n in range(4):
        at = timezone.now() - timedelta(seconds=60 - n)
        make_receipt(
            Status.ACCEPTED,
            panelist=panelist,
            merchant_name=f"Shop {n}",
            submitted_at=at,
        )
    reward = settle_month(panelist=panelist, month=panel.month(), accepted=4)
    approve(reward, by=make_finance())
    client.force_login(panelist.user)

    response = client.get("/")

    assertContains(response, "Hello, Anna")
    assertContains(response, "4 of 2 this month")
    assertContains(response, "$12.50")
    assert re.findall(r">(Shop \d)<", response.text) == ["Shop 3", "Shop 2", "Shop 1"]
    assertContains(response, 'href="/receipts/new/"')


def test_what_needs_the_panelist_comes_first(client, panel):
    panelist = make_panelist(panel=panel)
    receipt = make_receipt(Status.RETURNED, panelist=panelist)
    client.force_login(panelist.user)

    response = client.get("/")

    assertContains(response, "Your receipt from Corner Grocery needs a better picture.")
    assertContains(response, f'href="/receipts/{receipt.public_id}/"')


def test_a_new_panelist_is_shown_where_to_begin(client, panel):
    client.force_login(make_panelist(panel=panel).user)

    response = client.get("/")

    assertContains(response, "No receipts yet")
    assertNotContains(response, "Your desks")


def test_nobody_sees_receipts_of_others(client, panel):
    make_receipt(Status.ACCEPTED, merchant_name="Someone else’s shop")
    client.force_login(make_panelist(panel=panel).user)

    assertNotContains(client.get("/"), "Someone else’s shop")


def test_the_panelists_home_asks_the_database_a_fixed_number_of_times(
    client, panel, django_assert_max_num_queries
):
    panelist = make_panelist(panel=panel)
    for _ in range(9):
        make_receipt(Status.ACCEPTED, panelist=panelist)
    client.force_login(panelist.user)

    with django_assert_max_num_queries(21):
        client.get("/")


# Home: staff -----------------------------------------------------------------------


def desks(response) -> list[tuple[str, int | None]]:
    return [(desk["kind"], desk["count"]) for desk in response.context["desks"]]


def test_an_author_sees_how_many_responses_wait_for_a_check(client, db):
    make_response(status="complete", check_state="held")
    make_response(status="complete")
    client.force_login(make_author())

    assert desks(client.get("/")) == [("surveys", 1)]


def test_an_analyst_comes_to_results(client, db):
    client.force_login(make_user(ANALYST))

    page = client.get("/")

    assert desks(page) == [("results", None)]
    assert client.get("/author/results/").status_code == 200


def test_a_reviewer_sees_how_many_receipts_wait(client, db):
    reviewer = make_reviewer()
    own = make_panelist(user=make_user())
    for panelist in (own, own):
        make_receipt(Status.IN_REVIEW, panelist=panelist)
    make_receipt(Status.ACCEPTED)
    client.force_login(reviewer)

    response = client.get("/")

    assert desks(response) == [("review", 2)]
    assertContains(response, 'href="/review/"')


def test_what_is_ones_own_is_not_counted(client, panel):
    finance = make_finance()
    make_plan(panel, receipts_required=1)
    for user in (finance, make_user()):
        panelist = make_panelist(panel=panel, user=user)
        settle_month(panelist=panelist, month=panel.month(), accepted=1)
    client.force_login(finance)

    response = client.get("/")

    assert desks(response) == [("approvals", 1)]
    assertContains(response, 'href="/rewards/approvals/"')


def test_an_operator_sees_the_operations_desk(client, db):
    client.force_login(make_operator())

    response = client.get("/")

    assert desks(response) == [("operations", None)]
    assertContains(response, 'href="/admin/"')


def test_staff_who_are_panelists_see_both(client, panel):
    reviewer = make_reviewer()
    make_panelist(panel=panel, user=reviewer)
    client.force_login(reviewer)

    response = client.get("/")

    assertContains(response, "Your desks")
    assertContains(response, "this month")


def test_someone_with_nothing_to_do_here_is_told_so(client, db):
    client.force_login(make_user())

    assertContains(client.get("/"), "You don’t belong to a panel at the moment")


def test_the_counts_look_again_by_themselves(client, db):
    client.force_login(make_reviewer())

    page = client.get("/")
    make_receipt(Status.IN_REVIEW)
    fragment = client.get("/", headers=HTMX)

    assertContains(page, 'hx-trigger="every 30s"')
    assert fragment.text.strip().startswith('<section id="desks"')
    assert desks(fragment) == [("review", 1)]


def test_an_ended_session_gets_the_login_not_a_page_inside_the_page(client, db):
    response = client.get("/", headers=HTMX)

    assert response.headers["HX-Redirect"] == "/accounts/login/"
    assert response.content == b""


# Privacy and terms -----------------------------------------------------------------


def test_the_promise_is_public(client, db):
    assertContains(client.get("/privacy/"), "<h1>Our privacy promise</h1>")


COPY = (
    "The copy that we look at and keep has no location; the original is destroyed with "
    "the decision."
)
SENSITIVE = (
    "What is sensitive on a receipt is painted over for good before its picture is "
    "kept, and a reviewer confirms each place."
)
TAKEN_BACK = (
    "ts pictures and what was read from it are deleted for good from the portal"
)
WHAT_STAYS = (
    "What stays is the record that you shared it and what was decided, and a check "
    "code, so that it isn't paid twice."
)
STAFF = (
    "The operator's staff see the shop, the date, the total and the items of receipts "
    "that count, never a picture."
)
BY_WRITING = "write to us: there is no page for it yet."


@pytest.fixture
def promises(client, db) -> dict[str, str]:
    """What the pages promise about receipts, with plain apostrophes. The terms are
    those that ship with the default panel."""
    panelist = make_panelist()
    receipt = make_receipt(Status.ACCEPTED, panelist=panelist)
    terms = client.get("/terms/")
    client.force_login(panelist.user)
    pages = {
        "terms": terms,
        "privacy": client.get("/privacy/"),
        "new": client.get("/receipts/new/"),
        "withdraw": client.get(f"/receipts/{receipt.public_id}/"),
    }
    return {
        name: unescape(page.content.decode()).replace("’", "'")
        for name, page in pages.items()
    }


@pytest.mark.parametrize(
    ("sentence", "said_by"),
    [
        (COPY, {"terms", "privacy", "new"}),
        (SENSITIVE, {"terms", "privacy", "new"}),
        (TAKEN_BACK, {"terms", "privacy", "withdraw"}),
        (WHAT_STAYS, {"terms", "privacy", "withdraw"}),
        (STAFF, {"terms", "privacy"}),
        ("You can leave the panel at any time by writing to us.", {"terms"}),
        (BY_WRITING, {"privacy"}),
    ],
)
def test_the_pages_promise_the_same_in_the_same_words(promises, sentence, said_by):
    assert {name for name, page in promises.items() if sentence in page} == said_by


@pytest.mark.parametrize(
    "claim",
    [
        "location is removed at once",
        "are never kept",
        "Nobody else sees",
        "deleted for good before",
        "whenever you like",
    ],
)
def test_no_page_promises_what_the_portal_does_not_do(promises, claim):
    assert [name for name, page in promises.items() if claim in page] == []


def test_the_terms_are_the_current_ones_with_version_and_date(client, panel):
    at = timezone.now().replace(year=2025, month=3, day=4, hour=12)
    make_terms(panel, version="1", body="Old\nBefore.", valid_from=at)
    make_terms(
        panel,
        version="2",
        body="What counts\nThis & that.",
        valid_from=at + timedelta(days=1),
    )
    make_terms(
        panel,
        version="3",
        body="Later\nNot yet.",
        valid_from=timezone.now() + timedelta(days=1),
    )

    response = client.get("/terms/")

    assertContains(response, "Testland · version 2, in force since March 5, 2025")
    assertContains(response, "<h2>What counts</h2><p>This &amp; that.</p>")
    assertNotContains(response, "Before.")
    assertNotContains(response, "Not yet.")


def test_a_panelist_reads_the_terms_of_their_own_panel(client, panel):
    make_terms(panel, title="Default terms")
    other = make_panel()
    make_terms(other, title="Other terms")
    client.force_login(make_panelist(panel=other).user)

    assertContains(client.get("/terms/"), "<h1>Other terms</h1>")


def test_the_terms_say_what_the_panel_deletes_and_what_it_keeps(client, panel):
    make_terms(panel)
    SensitiveDataPolicy.objects.create(
        panel=panel, kind="loyalty_number", action="redact", valid_from=panel.today()
    )
    SensitiveDataPolicy.objects.create(
        panel=panel, kind="phone", action="hold", valid_from=panel.today()
    )

    page = " ".join(client.get("/terms/").content.decode().split())

    gone, kept = page.split("Kept on the picture")
    assert "Prescription, Health service" in gone
    assert "Loyalty number." in gone.split("Looked at by a reviewer")[0]
    assert "Phone number of a customer." in gone.split("Looked at by a reviewer")[1]
    assert "Name of a customer, E-mail address." in kept


@pytest.mark.parametrize("has_panel", [True, False])
def test_no_terms_are_said_to_be_none(client, panel, monkeypatch, has_panel):
    if not has_panel:
        monkeypatch.setattr(views, "default_panel", lambda: None)

    assertContains(client.get("/terms/"), "There are no terms yet")


# Who may see anything --------------------------------------------------------------

# Patterns that someone who isn't signed in may open; all others lead to the login.
PUBLIC = {
    "",
    "privacy/",
    "terms/",
    "healthz",
    "invitations/accept/",
    "invitations/switch/",
    "invitations/waitlist/",
    "invitations/<str:public_id>/<str:token>/",
    "accounts/login/",
    "accounts/logout/",
    "accounts/signup/",
    "accounts/inactive/",
    "accounts/confirm-email/",
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/$",
    "accounts/password/reset/",
    "accounts/password/reset/done/",
    "accounts/password/reset/key/done/",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
}


def patterns(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


ROUTES = sorted(set(patterns(get_resolver())))


def filled(route: str) -> str:
    """A path that matches the route, with something that doesn't exist in it."""
    groups = {
        r"\(\?P<uidb36>.*?\)": "1",
        r"\(\?P<app_label>.*?\)": "panelists",
        r"\(\?P<\w+>.*?\)": "x1",
        r"<int:\w+>": "1",
        r"<public_id:\w+>": new_public_id(),
        r"<(?:\w+:)?\w+>": "x1",
    }
    for group, value in groups.items():
        route = re.sub(group, value, route)
    return "/" + re.sub(r"[\^$]|\\Z", "", route).replace("\\.", ".")


def is_shut(response) -> bool:
    """A login, or no more than a stranger learns of what doesn't exist."""
    if response.status_code in (301, 302):
        # The admin's login leads on to the portal's: tests/panelists/test_middleware.py
        return response.url.startswith(("/accounts/login/", "/admin/login/"))
    return response.status_code in (404, 405)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_nothing_opens_without_signing_in_but_what_is_public(method):
    open_routes = {
        route
        for route in ROUTES
        if not is_shut(getattr(Client(), method)(filled(route)))
    }

    assert open_routes <= PUBLIC


def test_each_route_is_really_tried():
    # Django joins patterns without the ^ of the inner one.
    tried = [resolve(filled(route)).route for route in ROUTES]

    assert tried == [route.replace("/^", "/") for route in ROUTES]


def test_the_list_of_public_routes_holds_no_other():
    assert set(ROUTES) >= PUBLIC


@pytest.mark.parametrize(
    "path", ["/", "/privacy/", "/terms/", "/accounts/login/", "/invitations/waitlist/"]
)
@pytest.mark.django_db
def test_the_policy_of_every_public_page_allows_nothing_inline(client, path):
    response = client.get(path)

    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert not re.search(r"<script(?![^>]*(src=|application/json))", response.text)
    assert not re.search(r"<style|\sstyle=|\son\w+=", response.text)


# Errors ----------------------------------------------------------------------------


def test_an_unknown_page_says_so(client, db):
    client.force_login(make_user())

    assertContains(client.get("/nowhere/"), "Nothing is here", status_code=404)


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (defaults.bad_request, 400, "That request can’t be answered"),
        (defaults.permission_denied, 403, "You can’t open this"),
        (defaults.page_not_found, 404, "Nothing is here"),
    ],
)
@pytest.mark.django_db
def test_errors_have_a_page_that_repeats_nothing(view, status, title):
    request = RequestFactory().get("/receipts/private-name/")

    response = view(request, Exception("private text"))

    assert response.status_code == status
    assert title in response.content.decode()
    assert "private" not in response.content.decode()


def test_a_fault_of_ours_has_a_page_that_needs_nothing():
    response = defaults.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


@pytest.mark.django_db
def test_a_stale_form_says_so():
    response = Client(enforce_csrf_checks=True).post("/invitations/waitlist/")

    assertContains(response, "This page has been open too long", status_code=403)


def test_the_login_is_where_the_settings_say():
    assert django_settings.LOGIN_URL == "account_login"

from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import Schedule, Task
from django_q.tasks import async_task

from panel_portal import heartbeat
from panel_portal.admin import only_code, only_keys
from panel_portal.models import Heartbeat
from panelists.models import Consent, Invitation, User, WaitlistEntry
from receipts.models import (
    DuplicateClaim,
    ExcludedCategory,
    LineItem,
    Merchant,
    MerchantAlias,
    ReaderModel,
    Reading,
    ReceiptEvent,
    ReceiptFile,
    ReceiptPage,
    ReceiptPolicy,
    ReceiptVerdict,
    Redaction,
    RedactionCheck,
    RedactionReport,
    SensitiveDataPolicy,
    VaultLook,
)
from receipts.workflow import Status
from rewards.models import RewardPlan
from rewards.services import approve, settle_month
from surveys.models import (
    Answer,
    LibraryQuestion,
    QuotaCount,
    Response,
    Survey,
    SurveyComment,
    SurveyEdit,
    SurveyEvent,
    SurveyImage,
    SurveyInvitation,
    SurveyVersion,
)
from tests.factories import (
    PASSWORD,
    make_finance,
    make_operator,
    make_panel,
    make_panelist,
    make_receipt,
    make_reviewer,
    make_terms,
    make_user,
)

pytestmark = pytest.mark.django_db
OURS = ("panelists", "rewards", "receipts", "surveys", "insights", "panel_portal")
HISTORY = [
    "panelists.Consent",
    "panelists.Invitation",
    "panelists.Panelist",
    "receipts.DuplicateClaim",
    "receipts.LineItem",
    "receipts.ReaderModel",
    "receipts.Reading",
    "receipts.Receipt",
    "receipts.ReceiptEvent",
    "receipts.ReceiptFile",
    "receipts.ReceiptPage",
    "receipts.ReceiptVerdict",
    "receipts.Redaction",
    "receipts.RedactionCheck",
    "receipts.RedactionReport",
    "receipts.VaultLook",
    "rewards.LedgerAccount",
    "rewards.LedgerEntry",
    "rewards.Reward",
    "rewards.RewardEvent",
    "surveys.Answer",
    "surveys.LibraryQuestion",
    "surveys.QuotaCount",
    "surveys.Response",
    "surveys.Survey",
    "surveys.SurveyComment",
    "surveys.SurveyEdit",
    "surveys.SurveyEvent",
    "surveys.SurveyImage",
    "surveys.SurveyInvitation",
    "surveys.SurveyVersion",
    "panel_portal.Heartbeat",
    "admin.LogEntry",
    "account.EmailAddress",
    "django_q.Failure",
    "django_q.OrmQ",
    "django_q.Schedule",
    "django_q.Success",
]


def make_everything(number: int) -> None:
    """One more row of whatever the admin lists."""
    now, panel, finance = timezone.now(), make_panel(), make_finance()
    panelist = make_panelist(panel=panel)
    Consent.objects.create(panelist=panelist, terms=make_terms(panel))
    Invitation.objects.create(
        panel=panel,
        email="invited@example.com",
        token_sha256=str(number),
        invited_by=finance,
        expires_at=now + timedelta(days=1),
    )
    WaitlistEntry.objects.create(panel=panel, email="waiting@example.com")
    EmailAddress.objects.create(user=finance, email=finance.email, verified=True)
    Authenticator.objects.create(user=finance, type="totp", data={})

    ReceiptPolicy.objects.create(panel=panel, valid_from=panel.today())
    ExcludedCategory.objects.create(panel=panel, category="rent")
    merchant = Merchant.objects.create(panel=panel, name="Shop")
    MerchantAlias.objects.create(merchant=merchant, name="Shoppe")
    receipt = make_receipt(Status.ACCEPTED, panelist=panelist, decided_by=finance)
    ReceiptFile.objects.create(
        receipt=receipt, sha256="a" * 64, media_type="image/png", size=1
    )
    ReceiptPage.objects.create(receipt=receipt, width=1, height=1)
    Reading.objects.create(
        receipt=receipt, version="1", straight_through=True, result={}
    )
    LineItem.objects.create(receipt=receipt, description="Oats", amount="1.00")
    ReceiptVerdict.objects.create(receipt=receipt, code="not_sure", rejects=False)
    ReaderModel.objects.create(version=str(number), receipts=1, weights="{}")
    DuplicateClaim.objects.create(panel=panel, receipt=receipt, kind="file", key="a")
    ReceiptEvent.objects.create(receipt=receipt, to_status="accepted", actor=finance)

    SensitiveDataPolicy.objects.create(
        panel=panel, kind="name", action="keep", valid_from=panel.today()
    )
    Redaction.objects.create(receipt=receipt, kind="prescription", corners=[])
    RedactionCheck.objects.create(receipt=receipt, digest="a", requested_by=finance)
    RedactionReport.objects.create(receipt=receipt, report={"found_in": ["cache"]})
    VaultLook.objects.create(receipt=receipt, by=finance, what="image-0")

    RewardPlan.objects.create(
        panel=panel, amount=Decimal("10.00"), valid_from=panel.month()
    )
    approve(
        settle_month(panelist=panelist, month=panel.month(), accepted=10), by=finance
    )

    make_everything_of_surveys(panel, panelist, by=finance)

    Heartbeat.objects.create(name=f"worker {number}")
    async_task("receipts.tasks.read_receipt", receipt.pk)
    Schedule.objects.create(func="receipts.tasks.sweep")
    for name, success in (("good", True), ("bad", False)):
        Task.objects.create(
            id=f"{name}{number}",
            name=name,
            func="receipts.tasks.read_receipt",
            started=now,
            stopped=now,
            success=success,
        )
    LogEntry.objects.create(
        user=finance,
        content_type=ContentType.objects.get_for_model(panel),
        object_id=panel.pk,
        object_repr=panel.name,
        action_flag=CHANGE,
    )


def make_everything_of_surveys(panel, panelist, *, by: User) -> None:
    survey = Survey.objects.create(panel=panel, name="Coffee", created_by=by)
    version = SurveyVersion.objects.create(
        survey=survey, number=1, content={}, changes=["Launched."], made_by=by
    )
    response = Response.objects.create(
        survey=survey, version=version, panelist=panelist, language="en", seed=1
    )
    Answer.objects.create(response=response, question="q1", value="secret")
    SurveyEdit.objects.create(
        survey=survey, number=1, definition={}, summary="Begun", by=by
    )
    SurveyEvent.objects.create(survey=survey, actor=by, what="Launched.")
    SurveyComment.objects.create(survey=survey, text="Too long?", by=by)
    SurveyImage.objects.create(survey=survey, file="surveys/a.png")
    SurveyInvitation.objects.create(survey=survey, panelist=panelist)
    QuotaCount.objects.create(survey=survey, code="all", limit=10)
    LibraryQuestion.objects.create(panel=panel, name="Age", question={}, added_by=by)


@pytest.fixture
def operator(client):
    operator = make_operator()
    client.force_login(operator)
    return operator


@pytest.fixture
def superuser(client):
    superuser = User.objects.create_superuser("super@example.com")
    client.force_login(superuser)
    return superuser


def list_page(model) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


# What is there ----------------------------------------------------------------------


def test_every_model_of_ours_is_registered():
    missing = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS and not admin.site.is_registered(model)
    ]

    assert missing == []


def test_an_operator_sees_every_list_and_every_row(client, operator):
    make_everything(1)

    statuses = {}
    for model in admin.site._registry:
        listed = client.get(list_page(model))
        statuses[model._meta.label] = listed.status_code
        row = listed.context["cl"].result_list[0]
        shown = client.get(f"{list_page(model)}{row.pk}/change/")
        statuses[f"{model._meta.label} row"] = shown.status_code

    assert set(statuses.values()) == {200}, statuses


@pytest.mark.parametrize("label", HISTORY)
def test_history_is_read_only_even_for_superusers(client, superuser, label):
    make_everything(1)
    model = apps.get_model(label)
    row, count = model.objects.first(), model.objects.count()
    page = list_page(model)

    statuses = [
        client.get(f"{page}{row.pk}/change/").status_code,
        client.get(f"{page}add/").status_code,
        client.post(f"{page}add/", {}).status_code,
        client.post(f"{page}{row.pk}/change/", {}).status_code,
        client.post(f"{page}{row.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert statuses == [200, 403, 403, 403, 403]
    assert model.objects.count() == count


def test_lists_ask_the_database_as_often_for_many_rows_as_for_one(client, superuser):
    def queries() -> dict[str, int]:
        counts = {}
        for model in admin.site._registry:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(list_page(model)).status_code == 200
            counts[model._meta.label] = len(captured)
        return counts

    make_everything(1)
    queries()
    # Three against six, since Django leaves a filter out while it has one choice.
    make_everything(2)
    make_everything(3)
    few = queries()
    for number in (4, 5, 6):
        make_everything(number)

    assert queries() == few


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("receipts/receipt/", 12),
        ("panelists/user/", 11),
        ("panelists/invitation/", 10),
        ("rewards/reward/", 11),
        ("rewards/ledgerentry/", 11),
    ],
)
def test_lists_ask_the_database_a_fixed_number_of_times(
    client, operator, django_assert_num_queries, page, number
):
    make_everything(1)
    make_everything(2)
    client.get(f"/admin/{page}")

    with django_assert_num_queries(number):
        client.get(f"/admin/{page}")


def test_nothing_is_deleted_in_bulk(client, superuser):
    panel = make_panel()

    client.post(
        "/admin/panelists/panel/",
        {"action": "delete_selected", "_selected_action": [panel.pk], "post": "yes"},
    )

    assert type(panel).objects.filter(pk=panel.pk).exists()


# Who may come in --------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/admin/", "/admin/receipts/receipt/"])
def test_a_stranger_is_sent_to_the_portals_login_and_back(client, path):
    operator = make_operator(password=PASSWORD)
    EmailAddress.objects.create(
        user=operator, email=operator.email, verified=True, primary=True
    )

    login = client.get(path, follow=True)
    response = client.post(
        login.redirect_chain[-1][0], {"login": operator.email, "password": PASSWORD}
    )

    assert unquote(login.redirect_chain[-1][0]) == f"/accounts/login/?next={path}"
    assert response.headers["Location"] == path


@pytest.mark.parametrize(
    "make",
    [
        make_reviewer,
        make_finance,
        make_user,
        lambda: make_panelist().user,
        lambda: make_operator(is_staff=False),
    ],
    ids=["reviewer", "finance", "user", "panelist", "operator who isn't staff"],
)
@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/receipts/receipt/", "/admin/autocomplete/"]
)
def test_the_admin_is_not_there_for_others(client, make, path):
    client.force_login(make())

    response = client.get(path)

    assert response.status_code == 404
    assert "it isn’t yours to see" in response.content.decode()


@pytest.mark.parametrize("make", [make_reviewer, None])
def test_the_admin_has_no_login_of_its_own(client, make):
    User.objects.create_superuser("super@example.com", PASSWORD)
    if make:
        client.force_login(make())
    before = client.session.get("_auth_user_id")

    response = client.post(
        "/admin/login/?next=/admin/",
        {"username": "super@example.com", "password": PASSWORD},
    )

    assert response.status_code == (404 if make else 302)
    assert client.session.get("_auth_user_id") == before


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("?next=/admin/receipts/receipt/", "/admin/receipts/receipt/"),
        ("?next=https://elsewhere.example/", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_whoever_is_signed_in_goes_on_from_the_login(client, operator, asked, target):
    response = client.get(f"/admin/login/{asked}")

    assert response.headers["Location"] == target


def test_the_password_is_changed_in_one_place(client, operator):
    response = client.get("/admin/password_change/")

    assert response.headers["Location"] == "/accounts/password/change/"


def test_staff_without_a_second_step_enroll_first(client, operator, settings):
    settings.STAFF_MFA_REQUIRED = True

    response = client.get("/admin/")

    assert response.headers["Location"] == "/accounts/2fa/totp/activate/"


# The state of the portal ------------------------------------------------------------


def state_of(client):
    return client.get("/admin/").context["state"]


def test_the_first_page_counts_what_waits(client, operator):
    panelist, now = make_panelist(), timezone.now()
    for hours in (1, 5):
        make_receipt(panelist=panelist, submitted_at=now - timedelta(hours=hours))
    make_receipt(
        Status.IN_REVIEW, panelist=panelist, submitted_at=now - timedelta(days=2)
    )
    RewardPlan.objects.create(
        panel=panelist.panel, amount=Decimal("10.00"), valid_from=panelist.panel.month()
    )
    settle_month(panelist=panelist, month=panelist.panel.month(), accepted=10)
    async_task("receipts.tasks.read_receipt", 1)

    state = state_of(client)

    assert [(row.status, row.count, row.oldest_at) for row in state.receipts] == [
        (Status.SUBMITTED, 2, now - timedelta(hours=5)),
        (Status.IN_REVIEW, 1, now - timedelta(days=2)),
        (Status.RETURNED, 0, None),
        (Status.ACCEPTED, 0, None),
        (Status.REJECTED, 0, None),
        (Status.WITHDRAWN, 0, None),
    ]
    assert (state.queued, state.failed_today, state.rewards_waiting) == (1, 0, 1)
    assert (state.vault_overdue, state.releases_refused) == (0, 0)


def test_the_first_page_counts_only_failures_of_the_last_day(client, operator):
    now = timezone.now()
    for hours in (1, 23, 25):
        stopped = now - timedelta(hours=hours)
        Task.objects.create(
            id=str(hours), func="f", started=stopped, stopped=stopped, success=False
        )
    Task.objects.create(id="good", func="f", started=now, stopped=now, success=True)

    assert state_of(client).failed_today == 2


def test_the_first_page_says_that_the_worker_is_at_work(client, operator):
    heartbeat.beat()

    page = client.get("/admin/").content.decode()

    assert "At work" in page
    assert "Last sign of life 0\xa0minutes ago" in page


def test_the_first_page_says_that_the_worker_is_not_at_work(client, operator):
    Heartbeat.objects.create(
        name=heartbeat.own_name(), beat_at=timezone.now() - timedelta(hours=2)
    )

    page = client.get("/admin/").content.decode()

    assert "Not at work" in page
    assert "Last sign of life 2\xa0hours ago" in page


def test_the_first_page_says_that_no_worker_was_ever_there(client, operator):
    page = client.get("/admin/").content.decode()

    assert "No sign of life yet" in page


def test_the_page_of_an_app_has_no_state(client, operator):
    page = client.get("/admin/receipts/").content.decode()

    assert 'id="state"' not in page


def test_the_state_links_only_to_what_may_be_seen(client, operator):
    allowed = client.get("/admin/").content.decode()
    operator.groups.clear()
    operator.user_permissions.add(
        *ContentType.objects.get(
            app_label="panelists", model="panel"
        ).permission_set.filter(codename="use_admin")
    )

    bare = client.get("/admin/").content.decode()

    link = "/admin/receipts/receipt/?status__exact=in_review"
    assert (link in allowed, link in bare) == (True, False)


# Tasks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ((7,), "7"),
        ((7, "someone@example.com"), "7, …"),
        ((True,), "…"),
        ((), ""),
        (None, ""),
    ],
)
def test_of_a_tasks_arguments_only_keys_are_shown(arguments, shown):
    assert only_keys(arguments) == shown


TRACEBACK = "Traceback (most recent call last):\n  File"


@pytest.mark.parametrize(
    ("result", "shown"),
    [
        (f"read_failed : {TRACEBACK}\nx.ReadFailed: read_failed", "read_failed"),
        (f"Jane Roe : {TRACEBACK}\nValueError: Jane Roe", "ValueError"),
        (f"a b : {TRACEBACK}\ndjango.db.Error: a b", "django.db.Error"),
        ("Jane Roe", ""),
        (None, ""),
    ],
)
def test_of_a_failure_only_its_code_or_kind_is_shown(result, shown):
    assert only_code(result) == shown


def test_the_pages_of_tasks_show_nothing_else(client, superuser):
    now = timezone.now()
    Task.objects.create(
        id="bad",
        func="f",
        args=("Jane Roe",),
        kwargs={"name": "Jane Roe"},
        result=f"Jane Roe : {TRACEBACK}\nValueError: Jane Roe",
        started=now,
        stopped=now,
        success=False,
    )
    async_task("receipts.tasks.read_receipt", "Jane Roe", note="Jane Roe")

    pages = []
    for model in ("failure", "ormq"):
        listed = client.get(f"/admin/django_q/{model}/")
        row = listed.context["cl"].result_list[0]
        shown = client.get(f"/admin/django_q/{model}/{row.pk}/change/")
        pages += [listed.content.decode(), shown.content.decode()]

    assert "ValueError" in pages[0]
    assert [page for page in pages if "Jane" in page] == []


def test_nobody_runs_a_task_again_from_the_admin(client, superuser):
    now = timezone.now()
    task = Task.objects.create(
        id="good", func="f", started=now, stopped=now, success=True
    )

    client.post(
        "/admin/django_q/success/",
        {"action": "resubmit_task", "_selected_action": [task.pk]},
    )

    assert Task.objects.count() == 1
    assert client.get("/admin/django_q/ormq/").context["cl"].result_count == 0

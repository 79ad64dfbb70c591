from datetime import date, timedelta
from decimal import Decimal

import pytest

from panelists.models import User
from rewards.models import LedgerAccount, LedgerEntry, RewardPlan
from rewards.services import approve, settle_month
from tests.factories import make_finance, make_operator, make_panel, make_panelist

pytestmark = pytest.mark.django_db
PLANS = "/admin/rewards/rewardplan/"


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


def make_plan(panel, **fields) -> RewardPlan:
    defaults = {"amount": Decimal("10.00"), "valid_from": date(2020, 1, 1)}
    return RewardPlan.objects.create(panel=panel, **defaults | fields)


def plan_form(panel, **changes) -> dict:
    data = {
        "panel": panel.pk,
        "kind": "threshold",
        "receipts_required": 10,
        "amount": "12.00",
        "valid_from": next_month(panel),
    }
    return data | changes


def next_month(panel) -> date:
    return (panel.month() + timedelta(days=32)).replace(day=1)


def paid_reward():
    panelist = make_panelist()
    make_plan(panelist.panel)
    reward = settle_month(panelist=panelist, month=panelist.panel.month(), accepted=10)
    return approve(reward, by=make_finance())


def test_an_operator_adds_a_plan(client, operator):
    panel = make_panel()

    client.post(f"{PLANS}add/", plan_form(panel))

    plan = RewardPlan.objects.get(panel=panel)
    assert (plan.amount, plan.valid_from) == (Decimal("12.00"), next_month(panel))


def test_plans_of_one_panel_do_not_overlap(client, operator):
    panel = make_panel()
    make_plan(panel)

    response = client.post(f"{PLANS}add/", plan_form(panel))

    assert "Another plan holds in part of that time." in response.content.decode()
    assert RewardPlan.objects.filter(panel=panel).count() == 1


def test_a_plan_that_has_begun_can_only_be_ended(client, operator):
    panel = make_panel()
    plan = make_plan(panel)

    client.post(
        f"{PLANS}{plan.pk}/change/",
        plan_form(panel, amount="99.00", valid_to=next_month(panel)),
    )

    plan.refresh_from_db()
    assert (plan.amount, plan.valid_from, plan.valid_to) == (
        Decimal("10.00"),
        date(2020, 1, 1),
        next_month(panel),
    )


@pytest.mark.parametrize("months_ago", [0, 1])
def test_a_plan_that_has_begun_does_not_end_before_the_next_month(
    client, operator, months_ago
):
    panel = make_panel()
    plan = make_plan(panel)
    ends = panel.month()
    if months_ago:
        ends = (ends - timedelta(days=1)).replace(day=1)

    response = client.post(f"{PLANS}{plan.pk}/change/", plan_form(panel, valid_to=ends))

    assert "it can end with the next month at the earliest" in response.content.decode()
    plan.refresh_from_db()
    assert plan.valid_to is None


def test_a_plan_that_has_ended_is_saved_as_it_is(client, operator):
    panel = make_panel()
    plan = make_plan(panel, valid_to=date(2021, 1, 1))

    response = client.post(
        f"{PLANS}{plan.pk}/change/", plan_form(panel, valid_to=date(2021, 1, 1))
    )

    assert response.status_code == 302


def test_a_plan_is_edited_before_it_begins(client, operator):
    panel = make_panel()
    plan = make_plan(panel, valid_from=next_month(panel))

    client.post(f"{PLANS}{plan.pk}/change/", plan_form(panel, receipts_required=8))

    plan.refresh_from_db()
    assert (plan.receipts_required, plan.amount) == (8, Decimal("12.00"))


def test_a_plan_that_has_begun_is_kept_with_a_sentence(client, superuser):
    plan = make_plan(make_panel())

    response = client.post(f"{PLANS}{plan.pk}/delete/", {"post": "yes"}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "This plan has begun. Set the month in which it ends instead."
    ]
    assert RewardPlan.objects.filter(pk=plan.pk).exists()


def test_a_plan_that_has_not_begun_is_deleted(client, superuser):
    panel = make_panel()
    plan = make_plan(panel, valid_from=next_month(panel))

    client.post(f"{PLANS}{plan.pk}/delete/", {"post": "yes"})

    assert not RewardPlan.objects.filter(pk=plan.pk).exists()


def test_accounts_show_the_sums_of_their_entries(client, operator):
    reward = paid_reward()
    account = LedgerAccount.objects.get(panelist=reward.panelist)

    listed = client.get("/admin/rewards/ledgeraccount/", {"q": account.panelist})
    page = client.get(f"/admin/rewards/ledgeraccount/{account.pk}/change/")

    [row] = listed.context["cl"].result_list
    assert (row.debited, row.credited) == (Decimal("0.00"), Decimal("10.00"))
    assert "10.00" in page.content.decode()


def test_a_reward_shows_its_history(client, operator):
    reward = paid_reward()

    page = client.get(f"/admin/rewards/reward/{reward.pk}/change/").content.decode()

    assert reward.source in page
    assert reward.decided_by.email in page


@pytest.mark.parametrize("model", ["reward", "ledgerentry", "ledgeraccount"])
def test_money_is_found_by_the_panelists_id(client, operator, model):
    reward, _other = paid_reward(), paid_reward()

    response = client.get(f"/admin/rewards/{model}/", {"q": reward.panelist.public_id})

    assert response.context["cl"].result_count == 1


def test_an_approval_cannot_be_forced_through_the_admin(client, superuser):
    panelist = make_panelist()
    make_plan(panelist.panel)
    reward = settle_month(panelist=panelist, month=panelist.panel.month(), accepted=10)

    response = client.post(
        f"/admin/rewards/reward/{reward.pk}/change/", {"status": "approved"}
    )

    reward.refresh_from_db()
    assert response.status_code == 403
    assert reward.status == "proposed"
    assert not LedgerEntry.objects.exists()

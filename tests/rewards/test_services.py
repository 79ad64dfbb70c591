from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rewards.models import LedgerEntry, Reward, RewardEvent, RewardPlan
from rewards.services import (
    AlreadyDecided,
    AlreadyProposed,
    NotAllowed,
    approve,
    balance,
    propose,
    propose_once,
    refuse,
    settle_month,
)
from tests.factories import make_finance, make_panelist, make_user
from tests.together import together

MONTH = date(2026, 11, 1)
Status = Reward.Status


def make_plan(panel, **fields) -> RewardPlan:
    defaults = {"amount": Decimal("10.00"), "valid_from": date(2020, 1, 1)}
    return RewardPlan.objects.create(panel=panel, **defaults | fields)


@pytest.fixture
def panelist(db):
    panelist = make_panelist()
    make_plan(panelist.panel)
    return panelist


def proposed(panelist) -> Reward:
    return settle_month(panelist=panelist, month=MONTH, accepted=10)


def test_the_tenth_receipt_proposes_the_months_reward(panelist):
    reward = proposed(panelist)

    assert (reward.status, reward.amount, reward.currency) == (
        Status.PROPOSED,
        Decimal("10.00"),
        "USD",
    )
    assert reward.proposed_by is None
    assert reward.source == f"receipts:2026-11:{panelist.public_id}"


@pytest.mark.parametrize("accepted", [0, 1, 9])
def test_fewer_receipts_propose_nothing(panelist, accepted):
    assert settle_month(panelist=panelist, month=MONTH, accepted=accepted) is None
    assert not Reward.objects.exists()


def test_more_receipts_propose_nothing_more(panelist):
    for accepted in (10, 11, 12, 10):
        settle_month(panelist=panelist, month=MONTH, accepted=accepted)

    assert Reward.objects.get().amount == Decimal("10.00")


def test_a_month_without_a_plan_proposes_nothing(panelist):
    before = settle_month(panelist=panelist, month=date(2019, 12, 1), accepted=10)

    assert before is None


def test_each_month_has_the_plan_of_its_time(panelist):
    RewardPlan.objects.update(valid_to=date(2026, 12, 1))
    make_plan(panelist.panel, amount=Decimal("12.00"), valid_from=date(2026, 12, 1))

    november = settle_month(panelist=panelist, month=MONTH, accepted=10)
    december = settle_month(panelist=panelist, month=date(2026, 12, 1), accepted=10)

    assert (november.amount, december.amount) == (Decimal("10.00"), Decimal("12.00"))


def test_a_proposed_reward_follows_the_count(panelist):
    month = panelist.panel.month()

    statuses = [
        settle_month(panelist=panelist, month=month, accepted=count).status
        for count in (10, 9, 10)
    ]

    assert statuses == [Status.PROPOSED, Status.RETRACTED, Status.PROPOSED]
    assert RewardEvent.objects.count() == 3


def test_a_decided_reward_stays_when_a_receipt_is_withdrawn(panelist):
    reward = approve(proposed(panelist), by=make_finance())

    settle_month(panelist=panelist, month=MONTH, accepted=9)

    reward.refresh_from_db()
    assert reward.status == Status.APPROVED


def test_approval_moves_the_sum_into_the_balance(panelist):
    finance = make_finance()

    approve(proposed(panelist), by=finance)

    entry = LedgerEntry.objects.get()
    assert (entry.amount, entry.by) == (Decimal("10.00"), finance)
    assert entry.debit.kind == "reward_expense"
    assert entry.credit.panelist == panelist
    assert balance(panelist) == Decimal("10.00")


def test_a_reward_is_approved_once(panelist):
    reward = approve(proposed(panelist), by=make_finance())

    with pytest.raises(AlreadyDecided):
        approve(reward, by=make_finance())

    assert balance(panelist) == Decimal("10.00")


def test_refusal_pays_nothing_and_says_why(panelist):
    reward = refuse(proposed(panelist), by=make_finance(), reason="Shared twice")

    assert (reward.status, reward.refusal) == (Status.REFUSED, "Shared twice")
    assert balance(panelist) == Decimal("0.00")


def test_refusal_needs_a_reason(panelist):
    with pytest.raises(NotAllowed, match="why"):
        refuse(proposed(panelist), by=make_finance(), reason=" ")


def test_only_finance_approves(panelist):
    with pytest.raises(NotAllowed):
        approve(proposed(panelist), by=make_user())


def test_nobody_approves_a_reward_of_their_own(db):
    finance = make_finance()
    panelist = make_panelist(user=finance)
    make_plan(panelist.panel)

    with pytest.raises(NotAllowed, match="your own"):
        approve(proposed(panelist), by=finance)


def test_the_proposer_and_the_approver_differ(panelist):
    finance = make_finance()
    reward = propose(
        panelist=panelist,
        source="goodwill:1",
        description="Goodwill",
        amount=Decimal("2.00"),
        by=finance,
    )

    with pytest.raises(NotAllowed, match="another person"):
        approve(reward, by=finance)
    approve(reward, by=make_finance())

    assert balance(panelist) == Decimal("2.00")


def test_a_source_is_proposed_once(panelist):
    what = {
        "panelist": panelist,
        "source": "goodwill:1",
        "description": "Goodwill",
        "amount": Decimal("2.00"),
        "by": make_finance(),
    }
    propose(**what)

    with pytest.raises(AlreadyProposed):
        propose(**what)


@pytest.mark.parametrize("amount", ["0", "-1", "1.005"])
def test_an_odd_amount_is_refused(panelist, amount):
    with pytest.raises(NotAllowed, match="amount"):
        propose(
            panelist=panelist,
            source="goodwill:1",
            description="Goodwill",
            amount=Decimal(amount),
            by=make_finance(),
        )


@pytest.mark.parametrize("table", ["ledger", "events"])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_written(panelist, table, verb):
    approve(proposed(panelist), by=make_finance())
    rows = LedgerEntry.objects.all() if table == "ledger" else RewardEvent.objects.all()
    sql = {
        "update": f"UPDATE {rows.model._meta.db_table} SET at = at",
        "delete": f"DELETE FROM {rows.model._meta.db_table}",
    }

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql[verb])

    assert rows.exists()


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_one_moment_pay_once():
    panelist = make_panelist()
    make_plan(panelist.panel)
    reward = proposed(panelist)
    first, second = make_finance(), make_finance()

    results = together(
        lambda: approve(reward, by=first), lambda: approve(reward, by=second)
    )

    assert sorted(type(result).__name__ for result in results) == [
        "AlreadyDecided",
        "Reward",
    ]
    assert balance(panelist) == Decimal("10.00")


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_moment_propose_once():
    panelist = make_panelist()
    make_plan(panelist.panel)

    results = together(lambda: proposed(panelist), lambda: proposed(panelist))

    assert len({result.pk for result in results}) == 1
    assert Reward.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_approving_while_a_receipt_is_withdrawn_ends_consistent():
    panelist = make_panelist()
    make_plan(panelist.panel)
    reward, finance = proposed(panelist), make_finance()

    together(
        lambda: approve(reward, by=finance),
        lambda: settle_month(panelist=panelist, month=MONTH, accepted=9),
    )

    reward.refresh_from_db()
    paid = {Status.APPROVED: Decimal("10.00"), Status.RETRACTED: Decimal("0.00")}
    assert balance(panelist) == paid[reward.status]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.one_of(st.integers(0, 12), st.sampled_from(["approve", "refuse"])),
        max_size=12,
    )
)
@pytest.mark.django_db
def test_in_any_order_the_ledger_holds_what_was_approved(steps):
    with transaction.atomic():
        panelist, finance = make_panelist(), make_finance()
        make_plan(panelist.panel)
        for step in steps:
            reward = Reward.objects.filter(panelist=panelist).first()
            if isinstance(step, int):
                settle_month(panelist=panelist, month=MONTH, accepted=step)
            elif reward is not None and reward.status == Status.PROPOSED:
                if step == "approve":
                    approve(reward, by=finance)
                else:
                    refuse(reward, by=finance, reason="No")

        rewards = list(Reward.objects.filter(panelist=panelist))
        assert len(rewards) <= 1
        approved = [r.amount for r in rewards if r.status == Status.APPROVED]
        assert balance(panelist) == sum(approved, Decimal(0))
        transaction.set_rollback(True)


def test_a_plan_that_is_gone_retracts_nothing(panelist):
    month = panelist.panel.month()
    reward = settle_month(panelist=panelist, month=month, accepted=10)
    RewardPlan.objects.update(valid_to=month)

    settle_month(panelist=panelist, month=month, accepted=11)

    reward.refresh_from_db()
    assert reward.status == Status.PROPOSED


def test_a_month_that_is_over_keeps_what_it_reached(panelist):
    over = date(2020, 2, 1)
    reward = settle_month(panelist=panelist, month=over, accepted=10)

    settle_month(panelist=panelist, month=over, accepted=8)

    reward.refresh_from_db()
    assert reward.status == Status.PROPOSED


def test_the_system_proposes_a_source_once(panelist):
    def propose_survey():
        return propose_once(
            panelist=panelist,
            source="survey:a:b",
            description="Survey: Coffee",
            amount=Decimal("1.5"),
        )

    first, second = propose_survey(), propose_survey()

    assert first.pk == second.pk
    assert (first.proposed_by, first.month) == (None, None)
    assert (first.amount, first.currency) == (Decimal("1.50"), "USD")
    assert RewardEvent.objects.filter(reward=first).count() == 1


def test_a_source_that_pays_nothing_has_no_reward(panelist):
    nothing = propose_once(
        panelist=panelist, source="survey:a:b", description="", amount=Decimal(0)
    )

    assert nothing is None
    assert not Reward.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_proposed_eight_times_at_once_a_source_has_one_reward():
    panelist = make_panelist()

    def propose_survey():
        return propose_once(
            panelist=panelist,
            source="survey:a:b",
            description="Survey: Coffee",
            amount=Decimal("1.50"),
        ).pk

    assert together(*[propose_survey] * 8) == [Reward.objects.get().pk] * 8

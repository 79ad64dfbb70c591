"""What the database itself refuses, whoever writes: one test a named constraint."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from rewards.models import LedgerAccount, LedgerEntry, Reward, RewardPlan
from tests.factories import make_finance, make_panel, make_panelist

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
Status, Kind = Reward.Status, LedgerAccount.Kind


def plan(**fields):
    defaults = {"panel": make_panel(), "amount": Decimal("10.00"), "valid_from": DAY}
    return RewardPlan.objects.create(**defaults | fields)


def plan_twice():
    panel = make_panel()
    plan(panel=panel)
    plan(panel=panel)


def reward(**fields):
    defaults = {
        "panelist": make_panelist(),
        "source": "goodwill:1",
        "description": "Goodwill",
        "amount": Decimal("2.00"),
        "currency": "USD",
    }
    return Reward.objects.create(**defaults | fields)


def decided(status, **fields):
    defaults = {"decided_at": timezone.now(), "decided_by": make_finance()}
    return reward(status=status, **defaults | fields)


def decided_by_its_proposer():
    finance = make_finance()
    decided(Status.APPROVED, decided_by=finance, proposed_by=finance)


def account(kind, **fields):
    defaults = {"panel": make_panel(), "currency": "USD"}
    return LedgerAccount.objects.create(kind=kind, **defaults | fields)


def accounts_of_one_panelist():
    panelist = make_panelist()
    for _ in range(2):
        account(Kind.PANELIST_BALANCE, panel=panelist.panel, panelist=panelist)


def accounts_of_one_panel():
    panel = make_panel()
    for _ in range(2):
        account(Kind.REWARD_EXPENSE, panel=panel)


def entry(**fields):
    panelist = make_panelist()
    panel = panelist.panel
    defaults = {
        "debit": account(Kind.REWARD_EXPENSE, panel=panel),
        "credit": account(Kind.PANELIST_BALANCE, panel=panel, panelist=panelist),
        "amount": Decimal("2.00"),
        "currency": "USD",
        "by": make_finance(),
        "description": "Goodwill",
    }
    return LedgerEntry.objects.create(**defaults | fields)


def entry_on_one_side():
    one = account(Kind.REWARD_EXPENSE)
    entry(debit=one, credit=one)


REFUSED = {
    "reward_plan_amount_is_positive": [
        lambda: plan(amount=Decimal("0.00")),
        lambda: plan(amount=Decimal("-1.00")),
    ],
    "reward_plan_requires_receipts": [lambda: plan(receipts_required=0)],
    "reward_plan_ends_after_it_starts": [lambda: plan(valid_to=DAY)],
    "reward_plan_start_is_unique": [plan_twice],
    "reward_amount_is_positive": [
        lambda: reward(amount=Decimal("0.00")),
        lambda: reward(amount=Decimal("-1.00")),
    ],
    "reward_is_decided_by_someone": [
        lambda: decided(Status.APPROVED, decided_by=None),
        lambda: decided(Status.APPROVED, decided_at=None),
        lambda: decided(Status.REFUSED, decided_by=None, refusal="Why"),
        lambda: decided(Status.PROPOSED),
        lambda: decided(Status.RETRACTED),
        lambda: reward(status="lost"),
    ],
    "reward_is_decided_by_another_person": [decided_by_its_proposer],
    "reward_refusal_has_a_reason": [lambda: decided(Status.REFUSED)],
    "ledger_account_belongs_to_a_panelist_or_the_panel": [
        lambda: account(Kind.PANELIST_BALANCE),
        lambda: account(Kind.REWARD_EXPENSE, panelist=make_panelist()),
    ],
    "ledger_account_of_panelist_is_unique": [accounts_of_one_panelist],
    "ledger_account_of_panel_is_unique": [accounts_of_one_panel],
    "ledger_amount_is_positive": [
        lambda: entry(amount=Decimal("0.00")),
        lambda: entry(amount=Decimal("-1.00")),
    ],
    "ledger_accounts_differ": [entry_on_one_side],
}


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param(name, write, id=f"{name}-{number}")
        for name, writes in REFUSED.items()
        for number, write in enumerate(writes)
    ],
)
def test_the_database_refuses(name, write):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()

    # SQLite doesn't name a unique constraint.
    assert name in str(refusal.value) or "UNIQUE constraint" in str(refusal.value)


def test_every_named_constraint_of_rewards_has_its_test():
    named = {
        constraint.name
        for model in apps.get_app_config("rewards").get_models()
        for constraint in model._meta.constraints
    }

    assert named == REFUSED.keys()


def test_a_source_has_one_reward():
    reward(source="goodwill:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        reward(source="goodwill:1")


def test_a_reward_has_one_ledger_entry():
    approved = decided(Status.APPROVED)
    first = entry(reward=approved)

    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(
            debit=first.debit,
            credit=first.credit,
            amount=first.amount,
            currency="USD",
            by=first.by,
            reward=approved,
        )


def test_what_is_whole_is_taken():
    assert plan().pk and entry().pk
    assert decided(Status.APPROVED).status == Status.APPROVED

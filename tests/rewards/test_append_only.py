"""The database itself refuses to change or delete what was written."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from rewards import append_only
from rewards.models import LedgerEntry, RewardEvent, RewardPlan
from rewards.services import approve, settle_month
from tests.factories import make_finance, make_panelist

MODELS = [LedgerEntry, RewardEvent]


@pytest.fixture
def books(db):
    """An entry and two events."""
    panelist = make_panelist()
    RewardPlan.objects.create(
        panel=panelist.panel, amount=Decimal("10.00"), valid_from=date(2020, 1, 1)
    )
    reward = settle_month(panelist=panelist, month=date(2026, 11, 1), accepted=10)
    approve(reward, by=make_finance())


def refuses(model, verb: str) -> bool:
    """Whether the database refuses the statement, which leaves no trace either way."""
    table = model._meta.db_table
    sql = {"UPDATE": f"UPDATE {table} SET at = at", "DELETE": f"DELETE FROM {table}"}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql[verb])
            transaction.set_rollback(True)
    except IntegrityError as error:
        return f"{table} is append-only" in str(error)
    return False


def test_the_tables_are_those_of_the_ledger_and_the_events():
    assert {model._meta.db_table for model in MODELS} == set(append_only.TABLES)


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
@pytest.mark.parametrize("model", MODELS)
def test_a_written_row_stays_as_it_is(books, model, verb):
    assert refuses(model, verb)


@pytest.mark.parametrize("model", MODELS)
def test_django_cannot_change_or_delete_one_either(books, model):
    row = model.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
@pytest.mark.parametrize("model", MODELS)
def test_a_trigger_that_was_dropped_is_back_after_a_migrate(books, model, verb):
    append_only.remove(using="default")
    assert not refuses(model, verb)

    call_command("migrate", verbosity=0)

    assert refuses(model, verb)


def test_migrating_twice_is_harmless(books):
    for _ in range(2):
        call_command("migrate", verbosity=0)

    assert refuses(LedgerEntry, "UPDATE")


def test_a_new_row_can_be_written(books):
    first = LedgerEntry.objects.get()

    LedgerEntry.objects.create(
        debit=first.credit,
        credit=first.debit,
        amount=first.amount,
        currency=first.currency,
        by=first.by,
        description="Taken back",
    )

    assert LedgerEntry.objects.count() == 2

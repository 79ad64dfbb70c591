"""What going back to an earlier version of the tables leaves."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from receipts.models import Merchant, MerchantAlias
from receipts.workflow import Status
from tests.factories import make_panel, make_panelist, make_receipt

BEFORE_LEARNING = ("receipts", "0003_accepted_receipt_has_a_total")
BEFORE_PHONES = ("receipts", "0007_redaction")


@pytest.mark.django_db(transaction=True)
def test_what_reviews_taught_does_not_come_back_as_an_operators():
    panel, now = make_panel(), timezone.now()
    own = Merchant.objects.create(panel=panel, name="Harbour Books")
    own.aliases.create(name="Harbour Book Shop")
    own.aliases.create(name="Harber Boks", learned_at=now)
    own.aliases.create(name="Harbor", is_used=False)
    learned = Merchant.objects.create(panel=panel, name="Fernhill", learned_at=now)
    learned.aliases.create(name="Femhi11", learned_at=now)
    barred = Merchant.objects.create(
        panel=panel, name="Smith Motors", learned_at=now, standing="excluded"
    )
    receipt = make_receipt(
        Status.ACCEPTED, panelist=make_panelist(panel=panel), merchant=learned
    )

    try:
        MigrationExecutor(connection).migrate([BEFORE_LEARNING])
    finally:
        call_command("migrate", verbosity=0)

    assert set(panel.merchants.all()) == {own, barred}
    aliases = MerchantAlias.objects.filter(merchant__panel=panel)
    assert [alias.name for alias in aliases] == ["Harbour Book Shop"]
    receipt.refresh_from_db()
    assert receipt.merchant is None


@pytest.mark.django_db(transaction=True)
def test_phone_numbers_do_not_come_back_as_names():
    shop = Merchant.objects.create(panel=make_panel(), name="Harbour Books")
    shop.aliases.create(name="Harbour Book Shop")
    shop.aliases.create(kind="phone", name="5035550142")

    try:
        MigrationExecutor(connection).migrate([BEFORE_PHONES])
    finally:
        call_command("migrate", verbosity=0)

    assert [(a.kind, a.name) for a in shop.aliases.all()] == [
        ("name", "Harbour Book Shop")
    ]

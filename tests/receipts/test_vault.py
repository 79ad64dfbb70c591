"""Who may look into the vault, that it is on record, and what lies there too long."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from receipts.models import Receipt, RedactionReport, VaultLook
from receipts.services import redacting, reviewing, sweeping, vault
from receipts.services.reviewing import check_redaction, take
from receipts.services.submitting import submit
from receipts.workflow import Status
from tests.factories import (
    make_finance,
    make_operator,
    make_panelist,
    make_receipt,
    make_reviewer,
)
from tests.receipts.looks import RX, conclude, store_slip, upload_of
from tests.receipts.test_redacting import edit_of
from tests.receipts.test_releasing import released


@pytest.fixture
def reviewer(transactional_db):
    return make_reviewer()


@pytest.fixture
def receipt(reviewer, monkeypatch):
    """Held by the reviewer, painted and checked."""
    monkeypatch.setattr(redacting, "look_again", lambda *a, **k: ())
    panelist = make_panelist()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    receipt = conclude(
        receipt, is_sensitive=True, marks=(RX,), page=store_slip(receipt)
    )
    receipt = take(receipt, by=reviewer)
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)
    redacting.check(asked.pk)
    receipt.refresh_from_db()
    return receipt


def get(user, receipt, kind=""):
    client = Client()
    client.force_login(user)
    path = f"/receipts/{receipt.public_id}/pages/0/{kind}"
    return client.get(path)


@pytest.mark.parametrize(
    ("kind", "noted"),
    [("", "image-0"), ("thumbnail/", "thumbnail-0"), ("painted/", "painted-0")],
)
def test_the_reviewer_who_holds_it_looks_and_that_is_on_record(
    receipt, reviewer, kind, noted
):
    response = get(reviewer, receipt, kind)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert [(look.by, look.what) for look in VaultLook.objects.all()] == [
        (reviewer, noted)
    ]


@pytest.mark.parametrize("kind", ["", "thumbnail/", "painted/"])
@pytest.mark.parametrize("make", [make_reviewer, make_operator, make_finance])
def test_nobody_else_of_the_staff_looks(receipt, kind, make):
    assert get(make(), receipt, kind).status_code == 404
    assert not VaultLook.objects.exists()


@pytest.mark.parametrize("kind", ["", "painted/"])
def test_a_hold_that_has_run_out_opens_nothing(receipt, reviewer, kind):
    Receipt.objects.update(review_at=timezone.now() - reviewing.HOLD)

    assert get(reviewer, receipt, kind).status_code == 404


def test_the_panelist_sees_their_own_picture_but_not_the_painted_one(receipt):
    assert get(receipt.panelist.user, receipt).status_code == 200
    assert get(receipt.panelist.user, receipt, "painted/").status_code == 404


@pytest.mark.usefixtures("cache_in_database")
def test_a_kept_picture_is_no_look_into_the_vault(receipt, reviewer):
    reviewing.accept(receipt, edit_of(receipt), by=reviewer)
    assert released(receipt)

    assert get(reviewer, receipt).status_code == 200
    assert not VaultLook.objects.exists()


# The due date -------------------------------------------------------------------------


def test_what_waits_past_its_due_date_is_told(receipt, settings, caplog):
    Receipt.objects.update(
        submitted_at=timezone.now() - timedelta(days=settings.VAULT_DUE_DAYS, hours=1)
    )

    sweeping.report_overdue()

    assert list(vault.overdue()) == [receipt]
    assert [record.message for record in caplog.records][-1:] == ["vault_overdue"]


def test_what_is_young_or_gone_from_the_vault_is_not_overdue(receipt, settings):
    old = timezone.now() - timedelta(days=settings.VAULT_DUE_DAYS, hours=1)
    make_receipt(Status.ACCEPTED, panelist=receipt.panelist, submitted_at=old)

    assert not vault.overdue().exists()


# prove_redaction ----------------------------------------------------------------------


@pytest.fixture
def proven(receipt, reviewer, cache_in_database):
    reviewing.accept(receipt, edit_of(receipt), by=reviewer)
    assert released(receipt)
    return receipt


def told(capsys, receipt, *, code: int) -> dict:
    if code:
        with pytest.raises(SystemExit) as stop:
            call_command("prove_redaction", receipt.public_id)
        assert stop.value.code == code
    else:
        call_command("prove_redaction", receipt.public_id)
    return json.loads(capsys.readouterr().out)


def test_a_released_receipt_is_proven(proven, capsys):
    row = told(capsys, proven, code=0)

    assert row["proven"] and row["signature"] and row["pictures"] and row["released"]
    assert row["left_on_pictures"] == []


def test_a_report_that_was_changed_is_not(proven, capsys):
    report = RedactionReport.objects.get()
    report.report["needles"] = 0
    report.save()

    assert told(capsys, proven, code=1)["signature"] is False


def test_a_picture_that_was_exchanged_is_not(proven, capsys):
    page = proven.pages.get()
    with page.kept_image.storage.open(page.kept_image.name, "wb") as file:
        file.write(store_slip(proven).working.open("rb").read())

    assert told(capsys, proven, code=1)["pictures"] is False


def test_a_receipt_without_redaction_has_no_report(receipt):
    with pytest.raises(CommandError, match="Nothing was redacted"):
        call_command("prove_redaction", receipt.public_id)
    with pytest.raises(CommandError, match="no such receipt"):
        call_command("prove_redaction", "nothing")

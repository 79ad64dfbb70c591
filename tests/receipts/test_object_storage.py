"""Redaction on a storage that isn't a file system: from the upload to the release.

Set S3_TEST_ENDPOINT to the address of an S3-compatible server with a bucket “portal”,
and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to run the same on django-storages.
"""

import os
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from receipts.models import Receipt, ReceiptFile, ReceiptPage
from receipts.services import (
    files,
    processing,
    redacting,
    releasing,
    reviewing,
    submitting,
    sweeping,
    vault,
)
from receipts.services.submitting import submit
from receipts.workflow import Status
from tests.factories import make_panelist, make_reviewer
from tests.receipts.looks import (
    RX,
    conclude,
    names_in,
    slip,
    store_page,
    store_slip,
    upload_of,
)
from tests.receipts.papers import submit_photo
from tests.receipts.test_redacting import edit_of

S3 = os.environ.get("S3_TEST_ENDPOINT")
OBJECTS = {"BACKEND": "tests.receipts.object_store.ObjectStore"}


def on_s3(location: str) -> dict:
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "portal",
            "endpoint_url": S3,
            "region_name": "us-east-1",
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
            "location": location,
        },
    }


@pytest.fixture(params=["objects", "s3"] if S3 else ["objects"], autouse=True)
def _stored_as_objects(
    request, settings, monkeypatch, transactional_db, cache_in_database
):
    settings.STORAGES = {
        **settings.STORAGES,
        **{
            alias: on_s3(alias) if request.param == "s3" else OBJECTS
            for alias in ("vault", "kept")
        },
    }
    for model in (ReceiptFile, ReceiptPage):
        for field in model._meta.fields:
            if hasattr(field, "storage"):
                alias = field._storage_callable.__name__
                monkeypatch.setattr(field, "storage", storages[alias])
    cache.clear()  # no model's table, so no test empties it


@pytest.fixture
def reviewer():
    return make_reviewer()


@pytest.fixture
def receipt(reviewer, monkeypatch):
    """Accepted, with its line painted and checked; not released yet."""
    monkeypatch.setattr(redacting, "look_again", lambda *a, **k: ())
    panelist = make_panelist()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    receipt = conclude(
        receipt, is_sensitive=True, marks=(RX,), page=store_slip(receipt)
    )
    receipt = reviewing.take(receipt, by=reviewer)
    asked = reviewing.check_redaction(receipt, edit_of(receipt), by=reviewer)
    redacting.check(asked.pk)
    receipt.refresh_from_db()
    OrmQ.objects.all().delete()
    reviewing.accept(receipt, edit_of(receipt), by=reviewer)
    receipt.refresh_from_db()
    return receipt


def seen(user, receipt) -> bytes | None:
    client = Client()
    client.force_login(user)
    response = client.get(f"/receipts/{receipt.public_id}/pages/0/")
    return b"".join(response) if response.status_code == 200 else None


def test_a_photo_is_read_by_the_real_readers():
    panelist = make_panelist()
    day = panelist.panel.today() - timedelta(days=1)
    receipt = submit_photo(panelist, day=day)

    processing.read(receipt.pk)

    receipt.refresh_from_db()
    assert receipt.status in (Status.ACCEPTED, Status.IN_REVIEW)
    assert receipt.read_at is not None
    assert seen(panelist.user, receipt)[:2] == b"\xff\xd8"


def test_what_is_painted_is_released_and_nothing_else_is_left(receipt, reviewer):
    painted = files.bytes_of(receipt.pages.get().painted)

    releasing.release_by_key(receipt.pk)

    receipt.refresh_from_db()
    report = receipt.redaction_report
    assert report.released_at is not None, report.report
    assert report.report["searched"]["kept files"] == 2
    assert report.report["searched"]["vault"] == 2  # the painted picture and its small
    assert names_in("vault", receipt) == []
    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]
    assert seen(receipt.panelist.user, receipt) == painted != slip()


def test_a_crash_is_finished_by_the_sweep_which_then_finds_nothing(
    receipt, monkeypatch
):
    with monkeypatch.context() as broken:
        broken.setattr(files, "seal", lambda *args: 1 / 0)
        releasing.release_by_key(receipt.pk)
    assert names_in("kept", receipt) == []

    sweeping.sweep()

    assert names_in("vault", receipt) == []
    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]
    assert files.sweep_vault() == sweeping.finish_decided() == 0


def test_what_a_killed_worker_left_of_a_decided_receipt_is_swept(receipt):
    releasing.release_by_key(receipt.pk)
    store_page(receipt)

    assert files.sweep_vault() == 1

    assert names_in("vault", receipt) == []
    assert files.sweep_vault() == 0


def test_what_waits_too_long_is_told(receipt, settings):
    Receipt.objects.update(
        submitted_at=timezone.now() - timedelta(days=settings.VAULT_DUE_DAYS, hours=1)
    )
    assert list(vault.overdue()) == [receipt]

    releasing.release_by_key(receipt.pk)

    assert not vault.overdue().exists()


def test_a_withdrawn_receipt_leaves_no_object(receipt):
    releasing.release_by_key(receipt.pk)

    submitting.withdraw(receipt, by=receipt.panelist.user)

    assert names_in("vault", receipt) == names_in("kept", receipt) == []

"""The release of a redacted receipt, and the proof that what was painted is gone."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as live_settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Task
from django_q.tasks import async_task

from receipts.models import RedactionReport
from receipts.services import (
    files,
    processing,
    proving,
    redacting,
    releasing,
    sweeping,
)
from receipts.services.errors import NotAllowed
from receipts.services.redacting import MarkEdit
from receipts.services.reviewing import accept, check_redaction, reject, take
from receipts.services.submitting import submit, withdraw
from receipts.workflow import Status
from tests.factories import make_panelist, make_reviewer
from tests.receipts.looks import RX, conclude, names_in, store_slip, upload_of
from tests.receipts.test_redacting import edit_of
from tests.together import together

SECRET = "RX 7788991 LISINOPRIL 10MG"


@pytest.fixture(autouse=True)
def _as_in_operation(settings, cache_in_database):
    """The database cache; and nothing in the data folder from other tests."""
    yield
    for path in (
        *Path(settings.WORK_DIR).glob("left*"),
        *Path(settings.DATA_DIR, "mail").glob("left*"),
    ):
        path.unlink()


@pytest.fixture
def reviewer(transactional_db):
    cache.clear()  # no model's table, so no test empties it
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
    receipt = take(receipt, by=reviewer)
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)
    redacting.check(asked.pk)
    receipt.refresh_from_db()
    OrmQ.objects.all().delete()
    accept(receipt, edit_of(receipt), by=reviewer)
    receipt.refresh_from_db()
    return receipt


def released(receipt) -> bool:
    done = releasing.release(receipt)
    receipt.refresh_from_db()
    return done


def found_in(receipt) -> list[str]:
    return RedactionReport.objects.get(receipt=receipt).report["found_in"]


def test_acceptance_queues_the_release_and_shows_nothing_yet(receipt):
    task = OrmQ.objects.get().task
    page = receipt.pages.get()

    assert (task["func"], task["args"]) == (releasing.RELEASE_TASK, (receipt.pk,))
    assert receipt.status == Status.ACCEPTED
    assert (page.kept_image.name, names_in("kept", receipt)) == ("", [])


def test_a_release_keeps_the_painted_picture_and_nothing_else(receipt):
    checked = receipt.pages.get().painted_sha256

    assert released(receipt)

    page = receipt.pages.get()
    assert names_in("vault", receipt) == []
    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]
    assert page.kept_sha256 == checked == proving.kept_hashes(receipt)[0]
    assert not (page.working or page.painted or page.words)


def test_the_report_is_signed_and_names_what_was_searched(receipt):
    released(receipt)

    row = receipt.redaction_report
    assert row.released_at is not None
    assert proving.is_signed(receipt, row.report, row.signature)
    assert not proving.is_signed(receipt, row.report | {"needles": 0}, row.signature)
    assert row.report["found_in"] == []
    assert row.report["searched"].keys() == {
        "rows of the receipt",
        "kept files",
        "vault",
        "tasks",
        "cache",
        "sessions",
        "admin log",
        "temporary folders",
        "database file",
        "other data",
    }
    assert row.report["pages"] == [
        {"position": 0, "sha256": receipt.pages.get().kept_sha256}
    ]
    assert "LISINOPRIL" not in json.dumps(row.report)


def leave_in_rows(receipt):
    receipt.items.create(description="lisinopril", amount=1)


def leave_in_a_reading(receipt):
    receipt.readings.create(
        version="1", straight_through=False, result={"items": ["RX 77889 91"]}
    )


def leave_in_a_task(receipt):
    async_task("receipts.tasks.read_receipt", SECRET, save=False)


def leave_in_a_result(receipt):
    Task.objects.create(
        id="1",
        name="one",
        func="receipts.tasks.read_receipt",
        result=SECRET,
        started=timezone.now(),
        stopped=timezone.now(),
        success=True,
    )


def leave_in_the_cache(receipt):
    cache.set("one", {"text": SECRET})


def leave_in_a_session(receipt):
    session = SessionStore()
    session["typed"] = SECRET
    session.save()


def leave_in_a_work_folder(receipt):
    Path(live_settings.WORK_DIR, "left.txt").write_text(SECRET)


def leave_in_a_mail(receipt):
    folder = Path(live_settings.DATA_DIR, "mail")
    folder.mkdir(exist_ok=True)
    (folder / "left.log").write_text(f"Subject: {SECRET}")


def leave_in_the_vault(receipt):
    files.store_json(receipt, "left", SECRET)


@pytest.mark.parametrize(
    ("leave", "place"),
    [
        (leave_in_rows, "rows of the receipt"),
        (leave_in_a_reading, "rows of the receipt"),
        (leave_in_a_task, "tasks"),
        (leave_in_a_result, "tasks"),
        (leave_in_the_cache, "cache"),
        (leave_in_a_session, "sessions"),
        (leave_in_a_work_folder, "temporary folders"),
        (leave_in_a_mail, "other data"),
    ],
)
def test_a_release_is_refused_while_something_is_left(receipt, leave, place):
    leave(receipt)

    assert not released(receipt)

    assert place in found_in(receipt)
    assert receipt.pages.get().kept_image.name == ""
    assert names_in("kept", receipt) == []
    assert receipt.redaction_report.released_at is None


def test_what_nobody_lists_in_the_vault_goes_before_the_search(receipt):
    leave_in_the_vault(receipt)

    assert released(receipt)

    assert names_in("vault", receipt) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite's")
def test_what_lies_in_the_database_file_holds_the_release_back(receipt):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE elsewhere (before text, told text, after text)")
        cursor.execute("INSERT INTO elsewhere VALUES ('upload', %s, 'drug')", [SECRET])
    try:
        assert not released(receipt)
        assert found_in(receipt) == ["database file"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE elsewhere")


def test_what_was_typed_and_deleted_again_is_gone_from_the_file(receipt):
    item = receipt.items.create(description="lisinopril 10mg rx 7788991", amount=1)
    item.delete()

    assert released(receipt)


def test_a_refused_release_is_tried_again_after_a_rest(receipt):
    async_task("receipts.tasks.read_receipt", SECRET, save=False)
    released(receipt)
    OrmQ.objects.all().delete()

    assert not released(receipt)
    RedactionReport.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    sweeping.finish_decided()

    receipt.refresh_from_db()
    assert receipt.redaction_report.attempts == 2
    assert receipt.redaction_report.released_at is not None
    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]
    assert names_in("vault", receipt) == []


@pytest.mark.parametrize("step", ["prove", "sign"])
def test_a_crash_on_the_way_loses_nothing(receipt, monkeypatch, step):
    def crash(*args):
        raise OSError(SECRET)

    with monkeypatch.context() as broken:
        broken.setattr(proving, step, crash)
        assert not released(receipt)
    assert names_in("kept", receipt) == []
    assert names_in("vault", receipt) == [
        "painted-0.jpg",
        "painted-thumb-0.jpg",
        "words-0.json",
    ]

    assert released(receipt)


class Killed(SystemExit):
    """As django-q2 ends a task that takes too long: no `except Exception` sees it."""


STEPS = {
    "needles": (proving, "needles_of"),
    "unpainted": (releasing, "destroy_unpainted"),
    "copies": (files, "write_kept"),
    "search": (proving, "prove"),
    "report": (releasing, "write_report"),
    "seal": (files, "seal"),
    "emptying": (files, "destroy"),
}


@pytest.mark.parametrize("is_murdered", [False, True])
@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_shows_nothing_and_the_sweep_finishes(
    receipt, monkeypatch, step, is_done, is_murdered
):
    """Before the step or after it; where it is murdered, nothing cleans up either."""
    checked = receipt.pages.get().painted_sha256
    module, name = STEPS[step]
    act = getattr(module, name)

    def killed(*args, **kwargs):
        if is_done:
            act(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as deadly:
        deadly.setattr(module, name, killed)
        if is_murdered:
            deadly.setattr(files, "take_back", lambda *a, **k: None)
        with pytest.raises(Killed):
            releasing.release_by_key(receipt.pk)
    shown = page_shown(receipt)
    sweeping.sweep()

    assert shown in (None, checked)
    assert page_shown(receipt) == checked
    receipt.refresh_from_db()
    assert receipt.redaction_report.released_at is not None
    assert names_in("vault", receipt) == []
    assert len(names_in("kept", receipt)) == len(files.kept_names(receipt)) == 2


def page_shown(receipt) -> str | None:
    """The SHA-256 of the picture that its reviewer gets; None without one."""
    client = Client()
    client.force_login(receipt.decided_by)
    response = client.get(f"/receipts/{receipt.public_id}/pages/0/")
    if response.status_code == 404:
        return None
    return hashlib.sha256(b"".join(response)).hexdigest()


def test_a_release_that_arrives_twice_changes_nothing(receipt):
    released(receipt)
    before = (names_in("kept", receipt), receipt.redaction_report.signature)

    releasing.release_by_key(receipt.pk)

    receipt.redaction_report.refresh_from_db()
    assert before == (names_in("kept", receipt), receipt.redaction_report.signature)
    assert receipt.redaction_report.attempts == 1


def test_two_workers_that_release_at_once_keep_one_copy(receipt):
    together(*[lambda: releasing.release_by_key(receipt.pk)] * 2)

    page = receipt.pages.get()
    folder = files.folder_of(receipt)
    assert sorted([page.kept_image.name, page.kept_thumbnail.name]) == [
        f"{folder}/{name}" for name in names_in("kept", receipt)
    ]
    assert names_in("vault", receipt) == []
    assert RedactionReport.objects.get().released_at is not None


def test_what_cannot_be_looked_for_is_not_released(receipt):
    files.destroy([receipt.pages.get().words.name])

    assert not released(receipt)

    assert names_in("kept", receipt) == []
    assert not RedactionReport.objects.exists()


def test_what_cannot_be_looked_for_is_rejected_and_not_accepted(reviewer):
    panelist = make_panelist()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    page = store_slip(receipt)
    receipt = conclude(receipt, is_sensitive=True, marks=(RX,), page=page)
    receipt = take(receipt, by=reviewer)
    files.destroy([receipt.pages.get().words.name])

    with pytest.raises(NotAllowed, match="Have it read again"):
        accept(receipt, edit_of(receipt), by=reviewer)
    reject(receipt, code="unreadable", by=reviewer, revision=receipt.revision)

    receipt.refresh_from_db()
    assert receipt.status == Status.REJECTED


def test_what_was_painted_for_a_mark_that_is_gone_is_not_kept(reviewer, monkeypatch):
    monkeypatch.setattr(redacting, "look_again", lambda *a, **k: ())
    panelist = make_panelist()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    page = store_slip(receipt)
    receipt = conclude(receipt, straight_through=False, page=page)
    receipt = take(receipt, by=reviewer)
    drawn = MarkEdit(0, "name", RX.corners, is_painted=True)
    asked = check_redaction(receipt, edit_of(receipt, marks=[drawn]), by=reviewer)
    redacting.check(asked.pk)
    receipt.refresh_from_db()
    unpainted = files.bytes_of(receipt.pages.get().working)

    accept(receipt, edit_of(receipt, marks=[]), by=reviewer)

    assert files.bytes_of(receipt.pages.get().kept_image) == unpainted
    assert names_in("vault", receipt) == []
    assert not RedactionReport.objects.exists()


def test_what_needs_no_release_is_not_released(reviewer, monkeypatch):
    """A task that should not be there costs nobody a picture."""
    panelist = make_panelist()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    with monkeypatch.context() as patch:
        patch.setattr(processing, "keep", lambda receipt: None)
        receipt = conclude(receipt)

    releasing.release_by_key(receipt.pk)

    assert names_in("kept", receipt) == []
    assert receipt.pages.get().working


def test_a_receipt_withdrawn_before_its_release_is_not_released(receipt):
    withdraw(receipt, by=receipt.panelist.user)

    releasing.release_by_key(receipt.pk)

    assert names_in("vault", receipt) == names_in("kept", receipt) == []
    assert not RedactionReport.objects.exists()


def test_the_searched_places_hold_what_they_are_said_to_hold(receipt):
    """A search that finds nothing because it looks at nothing proves nothing."""
    cache.set("seen", "told")
    async_task("receipts.tasks.read_receipt", "told", save=False)

    assert any(b"told" in value for value in proving.cached())
    assert any("told" in text for text in proving.tasks())
    if connection.vendor == "sqlite":
        name = live_settings.DATABASES["default"]["TEST"]["NAME"]
        assert Path(name) in proving.database_files()


def test_a_cache_that_cannot_be_searched_holds_the_release_back(receipt, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }

    assert not released(receipt)

    assert found_in(receipt) == ["cache"]

"""Where a receipt's bytes lie, and that nothing is left where they lay."""

import hashlib
from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from receipts.models import Receipt, ReceiptPage
from receipts.services import files, processing, reviewing, sweeping
from receipts.services.submitting import replace, submit, withdraw
from receipts.workflow import Status
from tests.factories import make_operator, make_panelist, make_reviewer
from tests.receipts.looks import conclude, look_at, names_in, store_page, upload_of
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receipt():
    panelist = make_panelist()
    return submit(upload_of(1), panelist=panelist, by=panelist.user)


def put(alias: str, receipt: Receipt, name: str) -> None:
    storages[alias].save(f"{files.folder_of(receipt)}/{name}", ContentFile(b"x"))


def test_a_name_in_the_vault_says_nothing(receipt):
    assert receipt.files.get().original.name == (
        f"receipts/{receipt.public_id}/original.png"
    )


def test_files_are_readable_by_the_portal_only(receipt, settings):
    path = settings.VAULT_DIR / receipt.files.get().original.name

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_work_folder_lies_in_the_vault_and_is_gone_at_the_end(settings):
    with pytest.raises(ValueError), files.work_folder() as folder:
        (folder / "page-0.jpg").write_bytes(b"x")
        assert folder.parent == settings.WORK_DIR
        raise ValueError

    assert not folder.exists()


def test_a_second_read_replaces_the_pages_of_the_first(receipt):
    receipt = conclude(receipt, straight_through=False)
    reviewing.requeue(receipt, by=make_operator())

    receipt = conclude(receipt, straight_through=False)

    names = {f"{files.folder_of(receipt)}/{n}" for n in names_in("vault", receipt)}
    assert names == set(files.vault_names(receipt))
    assert len(names) == 4


def test_pages_that_a_killed_worker_stored_go_with_the_next_read(receipt):
    store_page(receipt)

    receipt = conclude(receipt, straight_through=False)

    assert len(names_in("vault", receipt)) == len(files.vault_names(receipt)) == 4


def test_the_pages_of_a_read_that_no_longer_counts_are_destroyed(receipt):
    attempt = processing.begin(receipt.pk)
    found = look_at(attempt.receipt)
    withdraw(receipt, by=receipt.panelist.user)

    processing.conclude(attempt, found)

    assert names_in("vault", receipt) == []
    assert not ReceiptPage.objects.exists()


def test_the_kept_copies_are_the_pages_and_their_digest(receipt):
    receipt = conclude(receipt)

    page = receipt.pages.get()
    with page.kept_image.open("rb") as file:
        data = file.read()
    assert data == b"page"
    assert page.kept_sha256 == hashlib.sha256(data).hexdigest()
    assert (page.working.name, page.working_thumbnail.name, page.words.name) == (
        "",
        "",
        "",
    )


def test_half_a_copy_is_destroyed_when_the_disk_is_full(receipt, monkeypatch):
    save = FileSystemStorage.save

    def full_for_thumbnails(self, name, content, **kwargs):
        if "thumb" in name:
            raise OSError("No space left on device")
        return save(self, name, content, **kwargs)

    attempt = processing.begin(receipt.pk)
    found = look_at(attempt.receipt)
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "save", full_for_thumbnails)
        processing.conclude(attempt, found)

    receipt.refresh_from_db()
    assert receipt.status == Status.ACCEPTED
    assert names_in("kept", receipt) == []
    assert sweeping.finish_decided() == 1
    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]


def test_keeping_twice_keeps_one_copy(receipt, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(processing, "keep", lambda receipt: None)
        receipt = conclude(receipt)

    results = together(
        lambda: processing.keep(receipt), lambda: sweeping.finish(receipt.pk)
    )

    assert results == [True, True]
    page = receipt.pages.get()
    folder = files.folder_of(receipt)
    assert sorted([page.kept_image.name, page.kept_thumbnail.name]) == [
        f"{folder}/{name}" for name in names_in("kept", receipt)
    ]
    assert names_in("vault", receipt) == []


def test_a_copy_that_another_process_swept_away_while_it_was_written_is_no_fault(
    receipt, monkeypatch, caplog
):
    with monkeypatch.context() as patch:
        patch.setattr(processing, "keep", lambda receipt: None)
        receipt = conclude(receipt)
    write_kept = files.write_kept

    def write_while_another_keeps(receipt):
        monkeypatch.setattr(files, "write_kept", write_kept)
        assert processing.keep(receipt)
        raise FileNotFoundError

    monkeypatch.setattr(files, "write_kept", write_while_another_keeps)

    assert processing.keep(receipt)
    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]
    assert "keep_failed" not in caplog.text


def test_a_copy_that_a_killed_process_left_goes_when_the_receipt_is_kept(receipt):
    put("kept", receipt, "page-0.jpg")

    receipt = conclude(receipt)

    assert len(names_in("kept", receipt)) == 2


def test_a_copy_that_a_killed_process_left_goes_when_the_receipt_is_withdrawn(receipt):
    receipt = conclude(receipt)
    put("kept", receipt, "left.jpg")

    withdraw(receipt, by=receipt.panelist.user)

    assert names_in("kept", receipt) == []


def test_a_receipt_that_is_withdrawn_while_it_is_kept_keeps_nothing(
    receipt, monkeypatch
):
    write_kept = files.write_kept

    def write_then_withdraw(kept):
        copies = write_kept(kept)
        withdraw(receipt, by=receipt.panelist.user)
        return copies

    monkeypatch.setattr(files, "write_kept", write_then_withdraw)

    conclude(receipt)

    assert names_in("kept", receipt) == names_in("vault", receipt) == []


def test_a_page_whose_file_is_gone_stops_nothing(receipt, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(processing, "keep", lambda receipt: None)
        receipt = conclude(receipt)
    files.destroy([receipt.pages.get().working.name])

    assert sweeping.finish_decided() == 1

    assert names_in("vault", receipt) == names_in("kept", receipt) == []
    assert sweeping.finish_decided() == 0


def test_a_fault_while_destroying_reaches_nobody(receipt, monkeypatch, caplog):
    def broken(self, name):
        raise RuntimeError("19.01 at FERNHILL")

    monkeypatch.setattr(FileSystemStorage, "delete", broken)

    files.destroy(["receipts/x/page-0.jpg"])

    assert [record.code for record in caplog.records] == ["RuntimeError"]
    assert "FERNHILL" not in caplog.text


def test_destroying_what_is_gone_is_no_fault(caplog):
    files.destroy(["receipts/bcd234fgh567jkmn/page-0.jpg"])
    files.destroy_folder("bcd234fgh567jkmn")

    assert caplog.records == []


def test_a_decision_that_is_rolled_back_destroys_nothing(receipt, monkeypatch):
    receipt = conclude(receipt, straight_through=False)
    reviewer, before = make_reviewer(), names_in("vault", receipt)
    reviewing.take(receipt, by=reviewer)

    def broken(receipt):
        raise RuntimeError

    monkeypatch.setattr(files, "empty_vault", broken)
    with pytest.raises(RuntimeError):
        reviewing.reject(
            receipt, code="unreadable", by=reviewer, revision=receipt.revision
        )

    receipt.refresh_from_db()
    assert receipt.status == Status.IN_REVIEW
    assert names_in("vault", receipt) == before


class KilledByTheClock(SystemExit):
    """As django-q2 ends a task that takes too long: no `except Exception` sees it."""


def fault_after_commit(monkeypatch, error) -> None:
    """Whatever lists a folder fails, as the hooks after a commit do."""

    def broken(self, path):
        raise error

    monkeypatch.setattr(FileSystemStorage, "listdir", broken)


@pytest.mark.parametrize("fault", [PermissionError("FERNHILL"), KilledByTheClock()])
def test_what_fails_after_the_commit_costs_no_kept_picture(receipt, monkeypatch, fault):
    with monkeypatch.context() as patch:
        patch.setattr(processing, "keep", lambda receipt: None)
        receipt = conclude(receipt)

    with monkeypatch.context() as patch, suppress(KilledByTheClock):
        fault_after_commit(patch, fault)
        assert processing.keep(receipt)

    page = receipt.pages.get()
    folder = files.folder_of(receipt)
    assert {page.kept_image.name, page.kept_thumbnail.name} == {
        f"{folder}/page-0.jpg",
        f"{folder}/thumb-0.jpg",
    }
    assert names_in("kept", receipt) == ["page-0.jpg", "thumb-0.jpg"]


def test_a_seal_that_is_rolled_back_leaves_no_copy(receipt, monkeypatch):
    def broken(receipt, copies):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(files, "seal", broken)
        receipt = conclude(receipt)

    assert names_in("kept", receipt) == []
    assert "page-0.jpg" in names_in("vault", receipt)


def test_a_withdrawal_and_a_rejection_that_are_committed_do_not_seem_to_fail(
    receipt, monkeypatch, caplog
):
    panelist, reviewer = receipt.panelist, make_reviewer()
    other = submit(upload_of(2), panelist=panelist, by=panelist.user)
    other = reviewing.take(conclude(other, straight_through=False), by=reviewer)

    with monkeypatch.context() as patch:
        fault_after_commit(patch, PermissionError("19.01 at FERNHILL"))
        withdraw(receipt, by=panelist.user)
        reviewing.reject(other, code="unreadable", by=reviewer, revision=other.revision)

    statuses = Receipt.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [Status.WITHDRAWN, Status.REJECTED]
    codes = {r.code for r in caplog.records if r.message == "destroy_failed"}
    assert codes == {"PermissionError"}
    assert "FERNHILL" not in caplog.text
    sweeping.sweep()
    assert names_in("vault", receipt) == names_in("vault", other) == []


def test_a_replacement_that_is_committed_keeps_its_new_picture(receipt, monkeypatch):
    reviewer = make_reviewer()
    receipt = reviewing.take(conclude(receipt, straight_through=False), by=reviewer)
    reviewing.return_to_panelist(
        receipt, code="cut_off", by=reviewer, revision=receipt.revision
    )
    destroy = files.destroy

    def killed_once(names, **kwargs):
        monkeypatch.setattr(files, "destroy", destroy)
        raise KilledByTheClock

    monkeypatch.setattr(files, "destroy", killed_once)
    with pytest.raises(KilledByTheClock):
        replace(receipt, upload_of(2), by=receipt.panelist.user)

    receipt.refresh_from_db()
    assert receipt.status == Status.SUBMITTED
    with receipt.files.get().original.open("rb") as file:
        assert file.read() == upload_of(2).file.read()

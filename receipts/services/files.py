"""The files of a receipt: in the vault until it is decided, then what is kept.

Nothing here runs inside a transaction that could be rolled back after bytes were
destroyed: destruction waits for the commit, and a sweep finishes what a crash left.
Nor does a fault after the commit make what was decided seem to have failed.
"""

import hashlib
import json
import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from receipts.models import Receipt, ReceiptFile, ReceiptPage
from receipts.workflow import DECIDED, Status

logger = logging.getLogger(__name__)


def storage(alias: str) -> Storage:
    return storages[alias]


def vault() -> Storage:
    return storage("vault")


# The folder in either storage; a receipt's own one below it is named by its public id.
FOLDER = "receipts"


def folder_of(receipt: Receipt) -> str:
    return f"{FOLDER}/{receipt.public_id}"


def store_original(public_id: str, file: BinaryIO, extension: str) -> str:
    """Save uploaded bytes in the vault under a name that says nothing; its name."""
    file.seek(0)
    return vault().save(f"{FOLDER}/{public_id}/original{extension}", File(file))


def store_json(receipt: Receipt, name: str, content) -> str:
    data = json.dumps(content, ensure_ascii=False).encode()
    return vault().save(f"{folder_of(receipt)}/{name}.json", ContentFile(data))


def load_json(name: str):
    with vault().open(name) as file:
        return json.load(file)


@contextmanager
def work_folder() -> Iterator[Path]:
    """A private folder inside the vault, gone at the end whatever happens."""
    folder = Path(mkdtemp(dir=settings.WORK_DIR))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fetch_original(file: ReceiptFile, folder: Path) -> Path:
    """A local copy of an original, whatever storage it lies in."""
    path = folder / f"original-{file.position}"
    with file.original.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    return path


def vault_names(receipt: Receipt) -> list[str]:
    """The names of everything in the vault that was made from a receipt."""
    files = ReceiptFile.objects.filter(receipt=receipt).values_list("original")
    pages = ReceiptPage.objects.filter(receipt=receipt).values_list(
        "working", "working_thumbnail", "words", "painted", "painted_thumbnail"
    )
    return [name for row in (*files, *pages) for name in row if name]


def kept_names(receipt: Receipt) -> list[str]:
    pages = ReceiptPage.objects.filter(receipt=receipt).values_list(
        "kept_image", "kept_thumbnail"
    )
    return [name for row in pages for name in row if name]


def destroy(names: Iterable[str], *, alias: str = "vault") -> None:
    """Delete files for good; one that is gone already is as good as deleted."""
    storage = storages[alias]
    for name in names:
        try:
            storage.delete(name)
        except Exception as error:  # storages of other makers raise what they like
            # The sweep finds it again: a row may be gone, but the folder is not.
            logger.warning("delete_failed", extra={"code": type(error).__name__})


def names_in(folder: str, *, alias: str = "vault") -> list[str]:
    try:
        _folders, names = storages[alias].listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [f"{folder}/{name}" for name in names]


def destroy_folder(public_id: str, *, alias: str = "vault") -> None:
    """Everything that lies under the receipt's name, listed in rows or not."""
    folder = f"{FOLDER}/{public_id}"
    destroy(names_in(folder, alias=alias), alias=alias)
    with suppress(NotImplementedError):  # object stores have no folders
        shutil.rmtree(storages[alias].path(folder), ignore_errors=True)


LISTED = {"vault": vault_names, "kept": kept_names}


def destroy_unlisted(
    receipt: Receipt, names: Iterable[str] | None = None, *, alias: str = "vault"
) -> None:
    """Of the names, or of all that lies under the receipt's, what no row names: an
    earlier read's pages, or half of what a killed worker wrote."""
    if names is None:
        names = names_in(folder_of(receipt), alias=alias)
    destroy(set(names) - set(LISTED[alias](receipt)), alias=alias)


def take_back(receipt: Receipt, names: Iterable[str], *, alias: str) -> None:
    """While an error goes up: destroy what was written for a transaction that failed,
    unless its commit only seemed to fail and rows name it."""
    with suppress(Exception):  # the one on its way up says more
        destroy_unlisted(receipt, names, alias=alias)


def after_commit(act: Callable[[], None]) -> None:
    """Destroy once the transaction has committed.

    What fails then is told as a code only, and is the sweep's: the caller's work is
    done, and nobody may read that it isn't.
    """

    def guarded() -> None:
        try:
            act()
        except Exception as error:
            logger.error("destroy_failed", extra={"code": type(error).__name__})

    transaction.on_commit(guarded)


@dataclass(frozen=True)
class KeptPage:
    page_pk: int
    image: str
    thumbnail: str
    sha256: str


def write_kept(receipt: Receipt, *, painted: bool = False) -> list[KeptPage]:
    """Copy the upright, re-encoded pages to where they are kept; in no transaction.
    If `painted`, those that were painted over and nothing else.

    A page whose files are gone is left out: another process has kept it by now, or
    there is nothing left to keep.
    """
    storage, folder = storages["kept"], folder_of(receipt)
    copies: list[KeptPage] = []
    written: list[str] = []

    def write(name: str, data: bytes) -> str:
        written.append(storage.save(f"{folder}/{name}.jpg", ContentFile(data)))
        return written[-1]

    try:
        for page in receipt.pages.exclude(**{"painted" if painted else "working": ""}):
            shown = page.painted if painted else page.working
            small = page.painted_thumbnail if painted else page.working_thumbnail
            try:
                image, thumbnail = bytes_of(shown), bytes_of(small)
            except FileNotFoundError:
                logger.warning("page_is_gone", extra={"receipt": receipt.pk})
                continue
            copies.append(
                KeptPage(
                    page_pk=page.pk,
                    image=write(f"page-{page.position}", image),
                    thumbnail=write(f"thumb-{page.position}", thumbnail),
                    sha256=hashlib.sha256(image).hexdigest(),
                )
            )
    except BaseException:
        destroy(written, alias="kept")
        raise
    return copies


def bytes_of(stored) -> bytes:
    with stored.open("rb") as file:
        return file.read()


def copies_names(copies: Iterable[KeptPage]) -> list[str]:
    return [name for copy in copies for name in (copy.image, copy.thumbnail)]


def seal(receipt: Receipt, copies: Iterable[KeptPage]) -> None:
    """In a transaction: point the pages at the kept copies, and destroy what lies in
    the vault, and what a killed process left beside the copies, after the commit."""
    for copy in copies:
        ReceiptPage.objects.filter(pk=copy.page_pk).update(
            kept_image=copy.image,
            kept_thumbnail=copy.thumbnail,
            kept_sha256=copy.sha256,
        )
    empty_vault(receipt)
    after_commit(lambda: destroy_unlisted(receipt, alias="kept"))


def empty_vault_of_rows(receipt: Receipt) -> None:
    """As `empty_vault`, but only what rows name now: a new file may lie beside it."""
    names = vault_names(receipt)
    after_commit(lambda: destroy(names))


def empty_vault(receipt: Receipt) -> None:
    """In a transaction: forget the vault's files now, destroy them after the commit."""
    names = vault_names(receipt)
    ReceiptFile.objects.filter(receipt=receipt).update(original="")
    ReceiptPage.objects.filter(receipt=receipt).update(
        working="",
        working_thumbnail="",
        words="",
        painted="",
        painted_thumbnail="",
    )

    def destroy_all() -> None:
        destroy(names)
        destroy_folder(receipt.public_id)

    after_commit(destroy_all)


def too_old() -> timedelta:
    """No live task or request still works on a file of this age."""
    return timedelta(seconds=4 * settings.TASK_TIMEOUT)


def sweep_vault() -> int:
    """Destroy the folders of receipts that are decided or were never stored: a worker
    or a request was killed between its files and its row. How many."""
    try:
        folders, _names = vault().listdir(FOLDER)
    except FileNotFoundError:
        return 0
    receipts = Receipt.objects.in_bulk(folders, field_name="public_id")
    removed = 0
    for public_id in folders:
        receipt = receipts.get(public_id)
        if receipt is None:
            is_left = is_abandoned(public_id)
        else:
            # What rows still name is for `finish_decided` to keep first.
            is_left = receipt.state in DECIDED and not vault_names(receipt)
        if is_left:
            destroy_folder(public_id)
            removed += 1
    return removed


def is_abandoned(public_id: str) -> bool:
    """Whether files of a receipt without a row are too old to be just arriving."""
    storage, oldest = vault(), timezone.now() - too_old()
    names = names_in(f"{FOLDER}/{public_id}")
    return bool(names) and all(
        storage.get_modified_time(name) < oldest for name in names
    )


def sweep_kept() -> int:
    """Destroy copies that a killed process wrote of a receipt just withdrawn."""
    withdrawn = Receipt.objects.filter(
        status=Status.WITHDRAWN,
        events__to_status=Status.WITHDRAWN,
        events__at__gt=timezone.now() - timedelta(days=1),
    )
    removed = 0
    for receipt in withdrawn:
        if names_in(folder_of(receipt), alias="kept"):
            destroy_folder(receipt.public_id, alias="kept")
            removed += 1
    return removed


def sweep_work_folders() -> int:
    """Remove work folders and half-arrived uploads that no live task can own."""
    oldest = time.time() - too_old().total_seconds()
    removed = 0
    for parent in (Path(settings.WORK_DIR), Path(settings.FILE_UPLOAD_TEMP_DIR)):
        for path in parent.glob("*"):
            try:
                if path.stat().st_mtime > oldest:
                    continue
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
            except FileNotFoundError:
                continue
            removed += 1
    return removed

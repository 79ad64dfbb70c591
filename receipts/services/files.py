"""The files of a receipt: in the vault until it is decided, then what is kept.

Nothing here runs inside a transaction that could be rolled back after bytes were
destroyed: destruction waits for the commit, and a sweep finishes what a crash left.
"""

import hashlib
import json
import logging
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import transaction

from receipts.models import Receipt, ReceiptFile, ReceiptPage

logger = logging.getLogger(__name__)


def vault() -> Storage:
    return storages["vault"]


def folder_of(receipt: Receipt) -> str:
    return f"receipts/{receipt.public_id}"


def store_original(public_id: str, file: BinaryIO, extension: str) -> str:
    """Save uploaded bytes in the vault under a name that says nothing; its name."""
    file.seek(0)
    return vault().save(f"receipts/{public_id}/original{extension}", File(file))


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
        "working", "working_thumbnail", "words"
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
        except OSError as error:
            # The sweep finds it again: a row may be gone, but the folder is not.
            logger.warning("delete_failed", extra={"code": type(error).__name__})


def destroy_folder(receipt: Receipt) -> None:
    """Everything in the vault under the receipt's name, listed in rows or not."""
    storage, folder = vault(), folder_of(receipt)
    try:
        _folders, names = storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    destroy(f"{folder}/{name}" for name in names)
    with suppress(NotImplementedError):  # object stores have no folders
        shutil.rmtree(storage.path(folder), ignore_errors=True)


@dataclass(frozen=True)
class KeptPage:
    page_pk: int
    image: str
    thumbnail: str
    sha256: str


def write_kept(receipt: Receipt) -> list[KeptPage]:
    """Copy the upright, re-encoded pages to where they are kept; in no transaction."""
    storage = storages["kept"]
    copies = []
    for page in receipt.pages.all():
        if not page.working:
            continue
        data = page.working.open("rb").read()
        with page.working_thumbnail.open("rb") as thumbnail:
            copies.append(
                KeptPage(
                    page_pk=page.pk,
                    image=storage.save(
                        f"receipts/{receipt.public_id}/page-{page.position}.jpg",
                        ContentFile(data),
                    ),
                    thumbnail=storage.save(
                        f"receipts/{receipt.public_id}/thumb-{page.position}.jpg",
                        ContentFile(thumbnail.read()),
                    ),
                    sha256=hashlib.sha256(data).hexdigest(),
                )
            )
    return copies


def destroy_kept(copies: Iterable[KeptPage]) -> None:
    for copy in copies:
        destroy((copy.image, copy.thumbnail), alias="kept")


def seal(receipt: Receipt, copies: Iterable[KeptPage]) -> None:
    """In the decision's transaction: point the pages at the kept copies, and destroy
    what lies in the vault once the decision is committed."""
    for copy in copies:
        ReceiptPage.objects.filter(pk=copy.page_pk).update(
            kept_image=copy.image,
            kept_thumbnail=copy.thumbnail,
            kept_sha256=copy.sha256,
        )
    empty_vault(receipt)


def empty_vault_of_rows(receipt: Receipt) -> None:
    """As `empty_vault`, but only what rows name now: a new file may lie beside it."""
    names = vault_names(receipt)
    transaction.on_commit(lambda: destroy(names))


def empty_vault(receipt: Receipt) -> None:
    """In a transaction: forget the vault's files now, destroy them after the commit."""
    names = vault_names(receipt)
    ReceiptFile.objects.filter(receipt=receipt).update(original="")
    ReceiptPage.objects.filter(receipt=receipt).update(
        working="", working_thumbnail="", words=""
    )

    def after_commit() -> None:
        destroy(names)
        destroy_folder(receipt)

    transaction.on_commit(after_commit)


def sweep_work_folders() -> int:
    """Remove work folders and half-arrived uploads that no live task can own."""
    oldest = time.time() - 4 * settings.TASK_TIMEOUT
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

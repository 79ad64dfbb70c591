"""That what was painted over is nowhere any more: the search, and its signed report.

The search runs while the words are known, before anything is released. The report
names places, counts, hashes and versions; it holds nothing of what was looked for.
"""

import base64
import hashlib
import json
import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.signing import Signer
from django.db import DatabaseError, connection, models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_q.models import OrmQ, Schedule, Task

from receipts.models import Receipt, Redaction, RedactionReport
from receipts.reading.page import Corners
from receipts.reading.readers import load_readers
from receipts.reading.result import VERSION as READING_VERSION
from receipts.redaction.needles import Needles
from receipts.redaction.needles import needles_of as needles_on
from receipts.redaction.places import on_page
from receipts.screening.screen import VERSION as SCREENING_VERSION
from receipts.services import files, redacting
from receipts.services.files import KeptPage
from receipts.services.page_words import pages_read

SALT = "receipts.redaction_report"
# Digests, codes and names of files: nothing that anyone read.
NOT_TEXT = frozenset({"sha256", "digest", "key", "signature", "code", "rule"})
# A file is searched in pieces that overlap by more than any pattern is long.
PIECE, OVERLAP = 16 * 1024**2, 4096


@dataclass(frozen=True)
class Report:
    """What was searched: by place how many things, and the places where it was found.

    `pages`: position and SHA-256 of each kept picture.
    """

    searched: dict[str, int]
    hits: tuple[str, ...]
    needles: int
    pages: tuple[tuple[int, str], ...]
    redactions: int
    versions: dict[str, str]
    at: str

    @property
    def is_clean(self) -> bool:
        return not self.hits

    def as_json(self) -> dict:
        return {
            "at": self.at,
            "searched": self.searched,
            "found_in": list(self.hits),
            "needles": self.needles,
            "redactions": self.redactions,
            "pages": [
                {"position": position, "sha256": digest}
                for position, digest in self.pages
            ],
            "versions": self.versions,
        }


class CannotSearch(Exception):
    """A place whose content can't be listed, so that nothing can be said of it; or
    words that are gone, so that nobody knows what to look for."""


def needles_of(
    receipt: Receipt, quads: Mapping[int, Sequence[Corners]] | None = None
) -> Needles:
    """What is painted over, from the words in the vault; `quads` by page, or None for
    the marks as they are stored. Raises `CannotSearch` where the words were there and
    can't be read."""
    if quads is None:
        quads = redacting.painted_by_page(receipt)
    read = pages_read(receipt)
    painted = receipt.pages.filter(position__in=quads).exclude(words="")
    if not set(painted.values_list("position", flat=True)) <= read.keys():
        raise CannotSearch
    pages, over = [], []
    for position, (page, size) in read.items():
        pages.append(page)
        over.append([on_page(quad, page, size) for quad in quads.get(position, ())])
    return needles_on(pages, over)


def prove(receipt: Receipt, needles: Needles, copies: Sequence[KeptPage]) -> Report:
    """Search everything; in no transaction."""
    forget_deleted()
    searched: dict[str, int] = {}
    hits = []
    for place, search in places(receipt, needles, copies).items():
        try:
            count, found = search()
        except CannotSearch:
            count, found = 0, True  # nobody knows what is there
        searched[place] = count
        if found:
            hits.append(place)
    positions = dict(receipt.pages.values_list("pk", "position"))
    readers = load_readers()
    return Report(
        searched=searched,
        hits=tuple(hits),
        needles=needles.count,
        pages=tuple((positions[copy.page_pk], copy.sha256) for copy in copies),
        redactions=receipt.redactions.filter(is_painted=True).count(),
        versions={
            "reading": READING_VERSION,
            "screening": SCREENING_VERSION,
            **{
                reader.name: reader.version
                for reader in (readers.first, readers.second)
                if reader is not None
            },
        },
        at=timezone.now().isoformat(timespec="seconds"),
    )


Search = Callable[[], tuple[int, bool]]


def places(
    receipt: Receipt, needles: Needles, copies: Sequence[KeptPage]
) -> dict[str, Search]:
    """By the place's name a search of it: how many things were there, and whether what
    was painted over is among them."""
    own, text, raw = (
        needles.in_rows(),
        needles.anywhere_in_text(),
        needles.anywhere(),
    )

    def texts(pattern, told: Iterable[str | bytes]) -> tuple[int, bool]:
        count, found = 0, False
        for one in told:
            count += 1
            found = found or bool(pattern and pattern.search(one))
        return count, found

    def stored(alias: str, names: Iterable[str]) -> tuple[int, bool]:
        count, found = 0, False
        for name in names:
            count += 1
            with files.storage(alias).open(name) as file:
                found = found or bool(raw and raw.search(file.read()))
        return count, found

    def on_disk(paths: Iterable[Path]) -> tuple[int, bool]:
        count, found = 0, False
        for path in paths:
            count += 1
            found = found or bool(raw and is_in_file(raw, path))
        return count, found

    return {
        "rows of the receipt": lambda: texts(own, rows_of(receipt)),
        "kept files": lambda: stored("kept", files.copies_names(copies)),
        "vault": lambda: stored("vault", vault_but_words(receipt)),
        "tasks": lambda: texts(text, tasks()),
        "cache": lambda: texts(raw, cached()),
        "sessions": lambda: texts(text, sessions()),
        "admin log": lambda: texts(text, admin_log()),
        "temporary folders": lambda: on_disk(temporary_files()),
        "database file": lambda: on_disk(database_files()),
        "other data": lambda: on_disk(other_files()),
    }


def rows_of(receipt: Receipt) -> Iterator[str]:
    """Everything textual in the receipt's row and in every row that belongs to it."""
    yield text_of_row(Receipt.objects.get(pk=receipt.pk))
    for relation in Receipt._meta.related_objects:
        rows = relation.related_model._base_manager.filter(
            **{relation.field.name: receipt}
        )
        yield from map(text_of_row, rows)


def text_of_row(row: models.Model) -> str:
    told = []
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        if field.name.endswith(("sha256", "public_id")) or field.name in NOT_TEXT:
            continue
        if isinstance(field, models.JSONField) and not isinstance(row, Redaction):
            told.append(json.dumps(field.value_from_object(row), ensure_ascii=False))
        elif is_text and not field.choices:
            told.append(field.value_from_object(row) or "")
    return "\n".join(told)


def vault_but_words(receipt: Receipt) -> list[str]:
    words = set(receipt.pages.exclude(words="").values_list("words", flat=True))
    listed = files.names_in(files.folder_of(receipt))
    return [name for name in listed if name not in words]


def tasks() -> Iterator[str]:
    for queued in OrmQ.objects.iterator():
        try:
            yield repr(queued.task)
        except Exception:  # a row that another version of django-q2 wrote
            yield str(queued.payload)
    for task in Task.objects.iterator():
        yield repr((task.name, task.func, task.args, task.kwargs, task.result))
    for schedule in Schedule.objects.iterator():
        yield repr((schedule.name, schedule.args, schedule.kwargs))


def cached() -> Iterator[bytes]:
    """The database caches' values: pickles in base64, searched as they are inside.
    Raises `CannotSearch` where something else is the cache."""
    for cache in caches.all(initialized_only=False):
        if not isinstance(cache, DatabaseCache):
            raise CannotSearch
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(cache._table)  # of our own settings
            cursor.execute(f"SELECT cache_key, value FROM {name}")  # noqa: S608
            for key, value in cursor.fetchall():
                yield key.encode()
                yield base64.b64decode(value)


def sessions() -> Iterator[str]:
    for session in Session.objects.iterator():
        yield json.dumps(session.get_decoded(), ensure_ascii=False, default=str)


def admin_log() -> Iterator[str]:
    rows = LogEntry.objects.values_list("object_repr", "change_message")
    for row in rows.iterator():
        yield "\n".join(row)


def temporary_files() -> Iterator[Path]:
    for folder in (settings.WORK_DIR, settings.FILE_UPLOAD_TEMP_DIR):
        yield from files_below(Path(folder))


def database_files() -> list[Path]:
    """The SQLite file and what lies beside it; none of another database."""
    if connection.vendor != "sqlite":
        return []
    name = str(connection.settings_dict["NAME"])
    beside = [Path(name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]
    return [path for path in beside if path.is_file()]


def other_files() -> Iterator[Path]:
    """Mails and whatever else lies in the data folder, but for what is searched as
    something else, and for other receipts' own files."""
    searched = set(database_files())
    apart = (settings.VAULT_DIR, settings.KEPT_DIR, settings.STATIC_ROOT)
    for path in files_below(Path(settings.DATA_DIR)):
        if path not in searched and not any(path.is_relative_to(own) for own in apart):
            yield path


def files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def is_in_file(pattern, path: Path) -> bool:
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return any(
                    pattern.search(content[start : start + PIECE + OVERLAP])
                    for start in range(0, len(content), PIECE)
                )
    except FileNotFoundError:
        return False  # a task's own file, gone by now


def forget_deleted() -> None:
    """Have SQLite overwrite its log with the file, so that nothing deleted stays there.
    Deleted rows are overwritten as they go: `secure_delete` in the settings."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except DatabaseError:
            return  # others are reading: what is still there is searched
        cursor.fetchall()


# The report ---------------------------------------------------------------------------


def sign(receipt: Receipt, report: dict) -> str:
    return Signer(salt=SALT).signature(told(receipt, report))


def is_signed(receipt: Receipt, report: dict, signature: str) -> bool:
    """With the present key or one of `SECRET_KEY_FALLBACKS`."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(
        constant_time_compare(
            Signer(key=key, salt=SALT).signature(told(receipt, report)), signature
        )
        for key in keys
    )


def told(receipt: Receipt, report: dict) -> str:
    return json.dumps([receipt.public_id, report], sort_keys=True)


def kept_hashes(receipt: Receipt) -> dict[int, str]:
    """By position the SHA-256 of each kept picture as it lies in storage now."""
    hashes = {}
    for page in receipt.pages.exclude(kept_image=""):
        with page.kept_image.open("rb") as file:
            hashes[page.position] = hashlib.sha256(file.read()).hexdigest()
    return hashes


def verify(receipt: Receipt, row: RedactionReport) -> dict:
    """What `prove_redaction` prints: the report and the kept pictures, looked at anew.

    `left_on_pictures`: kinds that both readers' screening finds now, where no reviewer
    decided to leave something.
    """
    hashes = kept_hashes(receipt)
    listed = {page["position"]: page["sha256"] for page in row.report.get("pages", ())}
    signed = is_signed(receipt, row.report, row.signature)
    left = redacting.left_on_kept(receipt)
    return {
        "released": row.released_at is not None,
        "signature": signed,
        "pictures": hashes == listed,
        "found_in": row.report.get("found_in", []),
        "left_on_pictures": sorted({mark.kind for mark in left}),
        "at": row.report.get("at"),
        "versions": row.report.get("versions", {}),
        "proven": bool(
            signed
            and row.released_at
            and hashes == listed
            and not row.report.get("found_in")
            and not left
        ),
    }

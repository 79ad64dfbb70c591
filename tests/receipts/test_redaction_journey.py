"""From the upload to the release with the real readers, and a search of everything.

The truth is what was printed (benchmarks/pharmacy), and the search is this module's
own: it shares nothing with `receipts.services.proving`, which it checks.
"""

import base64
import io
import json
import logging
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as live_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django_q.models import OrmQ, Task
from PIL import Image

from benchmarks.pharmacy import paper
from benchmarks.pharmacy.generate import photo_of
from benchmarks.pharmacy.layouts import LAYOUTS
from benchmarks.pharmacy.planted import card_lines
from benchmarks.pharmacy.scoring import mask_of, painted_mask, score_span
from benchmarks.pharmacy.truth import Sample, Span
from receipts.imaging.inspect import inspect_file
from receipts.models import KindChoices, Receipt, RedactionCheck
from receipts.reading.readers import load_readers
from receipts.screening.rules import RULES
from receipts.services import (
    drafting,
    processing,
    redacting,
    releasing,
    reviewing,
    sweeping,
)
from receipts.services.marks import MarkEdit, corners_of
from receipts.services.reviewing import Edit, ItemEdit
from receipts.services.submitting import Upload, submit
from receipts.workflow import Status
from tests.factories import make_panelist, make_reviewer

pytestmark = pytest.mark.django_db(transaction=True)
# Fewer letters and figures may stand anywhere by chance.
LEAST = 6
MOST_CHECKS = 4


# What was printed ---------------------------------------------------------------------


@dataclass(frozen=True)
class Printed:
    """A photo, and what it shows besides the spans."""

    sample: Sample
    elsewhere: str

    @property
    def secrets(self) -> frozenset[str]:
        """The spans as printed, their figures, and their words."""
        told = set()
        for span in self.sample.spans:
            told |= {span.text, re.sub(r"\D", "", span.text), *span.text.split()}
        return frozenset(
            text
            for text in told
            if len(plain(text)) >= LEAST and plain(text) not in plain(self.elsewhere)
        )


def plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def printed(layout: str, seed: int, monkeypatch, *, with_card: bool = False) -> Printed:
    """A layout as it comes out for a seed, perhaps with a card's number below."""
    rng = random.Random(f"{layout}/{seed}")
    shown: list[str] = []
    run = paper.Sheet.run

    def noted(self, x, y, pieces, *how):
        shown.extend(piece.text for piece in pieces if piece.kind is None)
        return run(self, x, y, pieces, *how)

    with monkeypatch.context() as watched:
        watched.setattr(paper.Sheet, "run", noted)
        sheet = LAYOUTS[layout].draw(rng)
        for line in card_lines(rng) if with_card else ():
            sheet.text(*line)
    return Printed(photo_of(sheet, layout, False, rng), " ".join(shown))


# Everything that is stored ------------------------------------------------------------


def everything() -> dict[str, bytes]:
    """By place: every row of every table, as it is and decoded, and every file."""
    found = {f"table {name}": rows_of(name) for name in tables()}
    found["tasks in the queue"] = told(row.task for row in OrmQ.objects.all())
    found["task results"] = told(
        (task.name, task.args, task.kwargs, task.result) for task in Task.objects.all()
    )
    found["sessions"] = told(row.get_decoded() for row in Session.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM portal_cache")
        found["cache"] = b"\n".join(base64.b64decode(row[0]) for row in cursor)
    found |= {
        f"file {path.relative_to(live_settings.DATA_DIR)}": path.read_bytes()
        for path in Path(live_settings.DATA_DIR).rglob("*")
        if path.is_file()
    }
    return {place: content.lower() for place, content in found.items()}


def tables() -> list[str]:
    return connection.introspection.table_names(include_views=False)


def rows_of(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return told(cursor.fetchall())


def told(rows: Iterable) -> bytes:
    return "\n".join(map(repr, rows)).encode()


def ways_to_write(text: str) -> Iterator[bytes]:
    """As it is, without its blanks, and as JSON and Python escape it."""
    for one in {text, text.lower(), text.replace(" ", "")}:
        yield one.encode()
        yield json.dumps(one)[1:-1].encode()
        yield one.encode("unicode_escape")


def hits(secrets: Iterable[str], places: dict[str, bytes]) -> list[tuple[str, str]]:
    return sorted(
        (place, text)
        for text in secrets
        for place, content in places.items()
        if any(one.lower() in content for one in ways_to_write(text))
    )


def of_the_portal(places: dict[str, bytes]) -> set[str]:
    """What the portal's own words are, before anything was read."""
    return {
        plain(text)
        for text in (*KindChoices.values, *RULES, *live_settings.INSTALLED_APPS)
    } | {plain(content.decode("utf-8", "ignore")) for content in places.values()}


# The people ---------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _as_in_operation(cache_in_database):
    cache.clear()  # no model's table, so no test empties it


def upload_of(sample: Sample) -> Upload:
    file = io.BytesIO()
    sample.image.save(file, "JPEG", quality=95)
    file.seek(0)
    return Upload(file, inspect_file(file))


def edit_of(receipt: Receipt, **fields) -> Edit:
    """The form as the desk shows it: what was read besides the marks."""
    draft = drafting.draft(receipt)
    items = () if draft is None else draft.items
    defaults = {
        "revision": receipt.revision,
        "merchant_name": receipt.merchant_name or "Corner Pharmacy",
        "category": receipt.category,
        "purchased_on": receipt.panel.today() - timedelta(days=2),
        "purchased_at": None,
        "currency": receipt.panel.currency,
        "total": Decimal("12.34"),
        "without_items": "" if items else "Nothing but what was painted over",
        "items": [
            ItemEdit(item.description, item.quantity, item.amount, item.kind)
            for item in items
        ],
    }
    return Edit(**defaults | fields)


def missed(receipt: Receipt, sample: Sample) -> list[Span]:
    """What a person sees bare beside the marks."""
    marks = redacting.painted_by_page(receipt).get(0, [])
    mask = mask_of(marks, sample.image.size)
    return [span for span in sample.spans if score_span(span, mask).is_readable]


def checked_until_clean(receipt: Receipt, sample: Sample, *, by) -> Receipt:
    """As a reviewer does: draw what is bare, check, and check again what was left."""
    for _time in range(MOST_CHECKS):
        receipt.refresh_from_db()
        marks = [
            MarkEdit(row.position, row.kind, corners_of(row), True, row.pk)
            for row in receipt.redactions.all()
        ]
        marks += [
            MarkEdit(0, span.kind, span.polygon, True)
            for span in missed(receipt, sample)
        ]
        edit = edit_of(receipt, marks=marks)
        asked = reviewing.check_redaction(receipt, edit, by=by)
        redacting.check(asked.pk)
        asked.refresh_from_db()
        receipt.refresh_from_db()
        if asked.outcome == RedactionCheck.Outcome.CLEAN:
            return receipt
    raise AssertionError(f"still {asked.outcome} after {MOST_CHECKS} checks")


def read_by_both(receipt: Receipt) -> str:
    """What the readers make of the kept pictures."""
    readers = load_readers()
    texts = []
    for page in receipt.pages.all():
        with page.kept_image.open("rb") as file, Image.open(file) as image:
            picture = image.convert("RGB")
        for reader in (readers.first, readers.second):
            texts += [line.text for line in reader.read(picture).lines]
    return plain(" ".join(texts))


def pages_of(receipt: Receipt, reviewer) -> list[bytes]:
    """What the panelist and the reviewer are shown of it now."""
    shown = []
    for user, path in (
        (receipt.panelist.user, f"/receipts/{receipt.public_id}/"),
        (receipt.panelist.user, "/receipts/"),
        (reviewer, f"/review/{receipt.public_id}/"),
        (reviewer, "/review/"),
    ):
        client = Client()
        client.force_login(user)
        response = client.get(path)
        assert response.status_code == 200, path
        shown.append(response.content.lower())
    return shown


def release_and_search(printed: Printed, caplog) -> None:
    """The whole way, and then the search."""
    caplog.set_level(logging.DEBUG)
    panelist, reviewer = make_panelist(), make_reviewer()
    own = of_the_portal(everything())
    secrets = {
        text for text in printed.secrets if not any(plain(text) in one for one in own)
    }
    assert secrets

    upload = upload_of(printed.sample)
    receipt = submit(upload, panelist=panelist, by=panelist.user)
    processing.read(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == Status.IN_REVIEW
    assert redacting.is_sensitive(receipt)
    receipt = reviewing.take(receipt, by=reviewer)
    receipt = checked_until_clean(receipt, printed.sample, by=reviewer)
    reviewing.accept(receipt, edit_of(receipt), by=reviewer)
    releasing.release_by_key(receipt.pk)
    sweeping.sweep()

    receipt.refresh_from_db()
    report = receipt.redaction_report
    assert report.released_at, report.report["found_in"]
    shown = dict(enumerate(pages_of(receipt, reviewer)))
    logs = told(sorted(vars(record).items()) for record in caplog.records).lower()
    assert hits(secrets, everything() | {"logs": logs}) == []
    assert hits(secrets, shown) == []
    with receipt.pages.get().kept_image.open("rb") as file, Image.open(file) as kept:
        mask = painted_mask(kept)
    scores = [score_span(span, mask) for span in printed.sample.spans]
    assert [score for score in scores if score.is_readable] == []
    seen = read_by_both(receipt)
    assert [text for text in secrets if plain(text) in seen] == []
    call_command("prove_redaction", receipt.public_id, stdout=(out := io.StringIO()))
    assert json.loads(out.getvalue())["proven"]


def test_what_was_planted_is_nowhere_after_the_release(monkeypatch, caplog):
    layout = "chain till, one line a prescription"
    receipt = printed(layout, 3, monkeypatch, with_card=True)
    kinds = {span.kind for span in receipt.sample.spans}
    assert {"prescription", "payment_card"} <= kinds

    release_and_search(receipt, caplog)


@pytest.mark.long
@pytest.mark.parametrize(
    "layout",
    [
        "chain till, block a prescription",
        "pharmacy counter slip",
        "insurance claim slip",
        "post-order pharmacy invoice",
        "laboratory invoice",
        "German pharmacy till",
        "Malaysian clinic and pharmacy",
        "card slip, in full",
    ],
)
def test_nor_of_other_papers(layout, monkeypatch, caplog):
    release_and_search(printed(layout, 5, monkeypatch), caplog)


def test_the_search_finds_what_is_there():
    """One that looks at nothing would find nothing."""
    make_panelist(user=make_reviewer(email="lisinopril@example.com"))
    cache.set("one", "Metformin")
    path = Path(live_settings.WORK_DIR, "left.txt")
    path.write_text("Ärztin")
    try:
        found = hits(["LISINOPRIL", "METFORMIN", "ÄRZTIN"], everything())
    finally:
        path.unlink()

    assert {place for place, _text in found} >= {
        "table panelists_user",
        "cache",
        "file vault/work/left.txt",
    }

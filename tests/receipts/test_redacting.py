"""What is to be painted over: proposed, put right, painted and looked at again."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from PIL import Image

from receipts.models import Redaction, RedactionCheck, SensitiveDataPolicy
from receipts.reading.readers import load_readers
from receipts.screening.findings import Action, Finding, Kind, Spot
from receipts.services import files, redacting, sweeping
from receipts.services.errors import NotChecked, ReadFailed, StillSensitive
from receipts.services.marks import MarkEdit, corners_of
from receipts.services.reviewing import (
    Edit,
    ItemEdit,
    accept,
    check_redaction,
    save_edit,
    take,
)
from receipts.services.submitting import submit
from receipts.workflow import Status
from tests.factories import make_panelist, make_reviewer
from tests.receipts.looks import (
    RX,
    RX_CORNERS,
    conclude,
    names_in,
    store_slip,
    upload_of,
)
from tests.together import together

LEFT = ((20.0, 100.0), (220.0, 100.0), (220.0, 120.0), (20.0, 120.0))


@pytest.fixture
def reviewer(transactional_db):
    return make_reviewer()


@pytest.fixture
def receipt(reviewer):
    """Held by the reviewer, with a prescription's line that the machine marked."""
    panelist = make_panelist()
    receipt = submit(upload_of(1), panelist=panelist, by=panelist.user)
    receipt = conclude(
        receipt, is_sensitive=True, marks=(RX,), page=store_slip(receipt)
    )
    OrmQ.objects.all().delete()
    return take(receipt, by=reviewer)


@pytest.fixture
def found(monkeypatch):
    """What the second look finds; the test adds to it."""
    findings = []
    monkeypatch.setattr(redacting, "look_again", lambda *a, **k: tuple(findings))
    return findings


def edit_of(receipt, **fields):
    defaults = {
        "revision": receipt.revision,
        "merchant_name": "Corner Grocery",
        "category": receipt.category,
        "purchased_on": receipt.purchased_on,
        "purchased_at": receipt.purchased_at,
        "currency": receipt.currency,
        "total": receipt.total,
        "without_items": "Not legible",
    }
    return Edit(**defaults | fields)


def drawn(**fields):
    defaults = {
        "position": 0,
        "kind": "name",
        "corners": LEFT,
        "is_painted": True,
    }
    return MarkEdit(**defaults | fields)


def as_edit(row, **fields):
    defaults = {
        "pk": row.pk,
        "position": row.position,
        "kind": row.kind,
        "corners": corners_of(row),
        "is_painted": row.is_painted,
    }
    return MarkEdit(**defaults | fields)


def check(receipt, reviewer, **fields):
    """Ask for a check, have it done, and come back with the fresh receipt."""
    asked = check_redaction(receipt, edit_of(receipt, **fields), by=reviewer)
    redacting.check(asked.pk)
    receipt.refresh_from_db()
    asked.refresh_from_db()
    return asked


# Marks --------------------------------------------------------------------------------


def test_what_the_machine_found_is_proposed_without_its_content(receipt):
    row = receipt.redactions.get()

    assert (row.kind, row.rule, row.confidence) == ("prescription", "rx_number", 0.97)
    assert corners_of(row) == RX_CORNERS
    assert (row.is_painted, row.source, row.decided_by) == (True, "machine", None)


def test_a_reviewer_turns_off_moves_and_draws(receipt, reviewer):
    row = receipt.redactions.get()
    marks = [as_edit(row, is_painted=False, kind="health_service"), drawn()]

    save_edit(receipt, edit_of(receipt, marks=marks), by=reviewer)

    rows = receipt.redactions.values_list("kind", "is_painted", "source", "corners")
    assert list(rows) == [
        ("health_service", False, "machine", [list(c) for c in RX_CORNERS]),
        ("name", True, "person", [list(c) for c in LEFT]),
    ]
    event = receipt.events.last()
    assert (event.code, event.fields) == (
        "edited",
        ["merchant_name", "without_items", "redactions"],
    )


def test_what_was_drawn_can_be_removed_and_what_was_proposed_cannot(receipt, reviewer):
    save_edit(receipt, edit_of(receipt, marks=[drawn()]), by=reviewer)
    receipt.refresh_from_db()

    save_edit(receipt, edit_of(receipt, marks=[]), by=reviewer)

    assert receipt.redactions.get().source == "machine"


def test_another_receipts_mark_is_not_touched(receipt, reviewer):
    other = Redaction.objects.create(
        receipt=submit(
            upload_of(2),
            panelist=receipt.panelist,
            by=receipt.panelist.user,
        ),
        kind="name",
        corners=[],
    )

    save_edit(receipt, edit_of(receipt, marks=[drawn(pk=other.pk)]), by=reviewer)

    other.refresh_from_db()
    assert (other.corners, receipt.redactions.count()) == ([], 2)


def test_a_new_reading_keeps_what_a_reviewer_drew(receipt, reviewer):
    save_edit(receipt, edit_of(receipt, marks=[drawn()]), by=reviewer)

    redacting.propose(receipt, [replace(RX, rule="refill")])

    assert [(r.source, r.rule) for r in receipt.redactions.order_by("rule")] == [
        ("person", ""),
        ("machine", "refill"),
    ]


# The check ----------------------------------------------------------------------------


def test_without_a_check_it_is_not_accepted(receipt, reviewer):
    with pytest.raises(NotChecked):
        accept(receipt, edit_of(receipt), by=reviewer)

    receipt.refresh_from_db()
    assert receipt.status == Status.IN_REVIEW


def test_a_check_is_queued_with_its_key_alone(receipt, reviewer):
    OrmQ.objects.all().delete()

    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)

    task = OrmQ.objects.get().task
    assert (task["func"], task["args"]) == (redacting.CHECK_TASK, (asked.pk,))


def test_the_same_marks_are_checked_once(receipt, reviewer):
    first = check_redaction(receipt, edit_of(receipt), by=reviewer)
    receipt.refresh_from_db()

    second = check_redaction(receipt, edit_of(receipt), by=reviewer)

    assert first == second


def test_a_clean_check_leaves_the_painted_picture_in_the_vault(
    receipt, reviewer, found
):
    asked = check(receipt, reviewer)

    page = receipt.pages.get()
    assert asked.outcome == RedactionCheck.Outcome.CLEAN
    assert names_in("vault", receipt) == [
        "original.png",
        "page-0.jpg",
        "painted-0.jpg",
        "painted-thumb-0.jpg",
        "thumb-0.jpg",
        "words-0.json",
    ]
    with page.painted.open("rb") as file:
        content = file.read()
        image = Image.open(file)
        assert max(image.convert("L").crop((20, 60, 340, 80)).getextrema()) < 16
        assert image.convert("L").crop((20, 100, 220, 120)).getextrema()[1] > 240
    assert page.painted_sha256 == hashlib.sha256(content).hexdigest()


def test_after_a_clean_check_it_is_accepted_and_who_confirmed_is_on_record(
    receipt, reviewer, found
):
    check(receipt, reviewer)

    accept(receipt, edit_of(receipt), by=reviewer)

    receipt.refresh_from_db()
    row = receipt.redactions.get()
    assert receipt.status == Status.ACCEPTED
    assert (row.decided_by, row.decided_at is not None) == (reviewer, True)


def test_marks_that_changed_since_need_another_check(receipt, reviewer, found):
    check(receipt, reviewer)
    marks = [as_edit(receipt.redactions.get()), drawn()]

    with pytest.raises(NotChecked):
        accept(receipt, edit_of(receipt, marks=marks), by=reviewer)


def test_leftovers_come_back_to_the_reviewer_marked(receipt, reviewer, found):
    found.append(Finding(Kind.PRESCRIPTION, "refill", (Spot(0, LEFT),), 0.8))

    asked = check(receipt, reviewer)

    row = receipt.redactions.get(source="second_look")
    assert asked.outcome == RedactionCheck.Outcome.LEFTOVERS
    assert (row.kind, row.rule, row.is_painted) == ("prescription", "refill", True)
    assert receipt.pages.get().painted.name == ""
    assert "painted-0.jpg" not in names_in("vault", receipt)
    assert receipt.events.last().code == "leftovers"
    with pytest.raises(NotChecked):
        accept(receipt, edit_of(receipt), by=reviewer)


def test_what_a_reviewer_turned_off_is_found_again_and_passes(receipt, reviewer, found):
    found.append(Finding(Kind.PRESCRIPTION, "rx_number", (Spot(0, RX_CORNERS),)))
    row = receipt.redactions.get()

    asked = check(receipt, reviewer, marks=[as_edit(row, is_painted=False)])

    assert asked.outcome == RedactionCheck.Outcome.CLEAN


def test_what_the_panel_keeps_is_no_leftover(receipt, reviewer, found):
    found.append(Finding(Kind.NAME, "customer_name", (Spot(0, LEFT),)))

    asked = check(receipt, reviewer)

    assert asked.outcome == RedactionCheck.Outcome.CLEAN


def test_a_panels_policy_decides_what_is_left_over(receipt, reviewer, found):
    SensitiveDataPolicy.objects.create(
        panel=receipt.panel, kind="name", action=Action.HOLD, valid_from="2026-01-01"
    )
    found.append(Finding(Kind.NAME, "customer_name", (Spot(0, LEFT),)))

    asked = check(receipt, reviewer)

    assert asked.outcome == RedactionCheck.Outcome.LEFTOVERS
    assert not receipt.redactions.get(source="second_look").is_painted


def test_a_check_of_marks_that_have_changed_meanwhile_counts_for_nothing(
    receipt, reviewer, found
):
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)
    receipt.refresh_from_db()
    save_edit(
        receipt,
        edit_of(receipt, marks=[as_edit(receipt.redactions.get()), drawn()]),
        by=reviewer,
    )
    begun = redacting.begin(asked.pk)
    stale = redacting.Checked({0: ("", "", "")}, ())

    redacting.conclude(begun, stale)

    asked.refresh_from_db()
    assert asked.outcome == RedactionCheck.Outcome.FAILED


def test_a_check_that_fails_tells_a_code_and_gives_up_in_the_end(
    receipt, reviewer, monkeypatch, settings
):
    def fail(*args, **kwargs):
        raise ValueError("RX 7788991")

    monkeypatch.setattr(redacting, "look_again", fail)
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)
    for _attempt in range(settings.MAX_READ_ATTEMPTS):
        with pytest.raises(ReadFailed) as failure:
            redacting.check(asked.pk)
        assert str(failure.value) == "ValueError"
        assert failure.value.__suppress_context__ or failure.value.__context__ is None

    redacting.check(asked.pk)

    asked.refresh_from_db()
    assert asked.outcome == RedactionCheck.Outcome.FAILED


def test_one_reader_alone_releases_nothing(receipt, reviewer, found, monkeypatch):
    readers = replace(load_readers(), second=None)
    monkeypatch.setattr(redacting, "load_readers", lambda: readers)
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)

    with pytest.raises(ReadFailed, match="LookFailed"):
        redacting.check(asked.pk)

    assert receipt.pages.get().painted.name == ""


def test_a_check_whose_worker_was_killed_is_queued_again(receipt, reviewer):
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)
    redacting.begin(asked.pk)
    RedactionCheck.objects.update(started_at=timezone.now() - timedelta(hours=1))
    OrmQ.objects.all().delete()

    assert redacting.requeue_lost() == 1

    assert OrmQ.objects.get().task["args"] == (asked.pk,)


def test_a_check_that_runs_is_left_alone(receipt, reviewer):
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)
    redacting.begin(asked.pk)

    assert redacting.begin(asked.pk) is None
    assert redacting.requeue_lost() == 0


class Killed(SystemExit):
    """As django-q2 ends a task that takes too long: no `except Exception` sees it."""


@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize(
    ("module", "name"),
    [
        (redacting, "begin"),
        (redacting, "save"),
        (redacting, "look_again"),
        (redacting, "conclude"),
        (redacting, "finish"),
        (files, "destroy"),
    ],
)
def test_killed_at_any_step_a_check_is_done_by_the_sweep(
    receipt, reviewer, found, monkeypatch, module, name, is_done
):
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)
    act = getattr(module, name)

    def killed(*args, **kwargs):
        if is_done:
            act(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as deadly:
        deadly.setattr(module, name, killed)
        with pytest.raises(Killed):
            redacting.check(asked.pk)
    long_ago = timezone.now() - timedelta(hours=1)
    RedactionCheck.objects.update(requested_at=long_ago)
    RedactionCheck.objects.exclude(started_at=None).update(started_at=long_ago)
    OrmQ.objects.all().delete()
    sweeping.sweep()
    for row in OrmQ.objects.all():
        assert row.task["func"] == redacting.CHECK_TASK
        redacting.check(*row.task["args"])

    asked.refresh_from_db()
    assert asked.outcome == RedactionCheck.Outcome.CLEAN
    names = {f"{files.folder_of(receipt)}/{n}" for n in names_in("vault", receipt)}
    assert (
        {receipt.pages.get().painted.name} <= names >= set(files.vault_names(receipt))
    )
    assert receipt.redactions.count() == 1


def test_a_check_that_arrives_twice_or_at_two_workers_is_done_once(
    receipt, reviewer, found
):
    asked = check_redaction(receipt, edit_of(receipt), by=reviewer)

    together(*[lambda: redacting.check(asked.pk)] * 2)
    redacting.check(asked.pk)

    asked.refresh_from_db()
    assert (asked.outcome, asked.attempts) == (RedactionCheck.Outcome.CLEAN, 1)
    names = {f"{files.folder_of(receipt)}/{n}" for n in names_in("vault", receipt)}
    assert names == set(files.vault_names(receipt))


# What is typed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"merchant_name": "Lisinopril"}, "The shop’s name"),
        ({"without_items": "RX 7788991"}, "The reason for no items"),
        ({"without_items": "rx 77889 9l"}, "The reason for no items"),
    ],
)
def test_what_is_painted_over_is_not_typed_in_again(receipt, reviewer, fields, named):
    with pytest.raises(StillSensitive, match=named):
        save_edit(receipt, edit_of(receipt, **fields), by=reviewer)

    receipt.refresh_from_db()
    assert receipt.merchant_name == receipt.without_items == ""


def test_what_a_reviewer_turns_off_may_be_typed_at_once(receipt, reviewer):
    off = [as_edit(receipt.redactions.get(), is_painted=False)]
    items = [ItemEdit("7788991", Decimal(1), Decimal("4.00"))]

    save_edit(receipt, edit_of(receipt, marks=off, items=items), by=reviewer)

    assert [item.description for item in receipt.items.all()] == ["7788991"]


def test_what_a_reviewer_marks_is_not_typed_at_the_same_time(receipt, reviewer):
    marks = [as_edit(receipt.redactions.get()), drawn()]

    with pytest.raises(StillSensitive, match="The reason for no items"):
        save_edit(
            receipt,
            edit_of(receipt, marks=marks, without_items="olive oil 12.34"),
            by=reviewer,
        )


def test_what_can_still_be_read_may_be_typed(receipt, reviewer):
    save_edit(receipt, edit_of(receipt, without_items="Olive oil"), by=reviewer)

    receipt.refresh_from_db()
    assert receipt.without_items == "Olive oil"

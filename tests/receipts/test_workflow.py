"""The moves between the states, as data and as the one function that makes them."""

from io import StringIO
from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command

from receipts.services.errors import NotAllowed
from receipts.services.moves import lock, move
from receipts.workflow import (
    DECIDED,
    LIVE,
    PENDING,
    TRANSITIONS,
    Role,
    Status,
    may_move,
)
from tests.factories import make_operator, make_receipt, make_reviewer

MACHINE, PANELIST, REVIEWER, OPERATOR = Role

ALLOWED = {
    ("submitted", "accepted", MACHINE),
    ("submitted", "rejected", MACHINE),
    ("submitted", "in_review", MACHINE),
    ("submitted", "withdrawn", PANELIST),
    ("in_review", "accepted", REVIEWER),
    ("in_review", "rejected", REVIEWER),
    ("in_review", "returned", REVIEWER),
    ("in_review", "withdrawn", PANELIST),
    ("in_review", "submitted", OPERATOR),
    ("returned", "submitted", PANELIST),
    ("returned", "withdrawn", PANELIST),
    ("accepted", "withdrawn", PANELIST),
    ("rejected", "withdrawn", PANELIST),
}
EVERY_MOVE = list(product(Status, Status, Role))


@pytest.mark.parametrize(("origin", "target", "role"), EVERY_MOVE)
def test_who_may_make_which_move(origin, target, role):
    assert may_move(role, origin, target) is ((origin, target, role) in ALLOWED)


def test_the_transitions_hold_nothing_else():
    moves = {(*pair, role) for pair, roles in TRANSITIONS.items() for role in roles}

    assert moves == ALLOWED


def test_every_state_can_be_reached_and_only_withdrawn_is_final():
    reached = {target for _origin, target in TRANSITIONS} | {Status.SUBMITTED}
    final = set(Status) - {origin for origin, _target in TRANSITIONS}

    assert reached == set(Status)
    assert final == {Status.WITHDRAWN}


def test_a_state_is_pending_returned_or_decided():
    assert PENDING | {Status.RETURNED} | DECIDED == set(Status)
    assert not PENDING & DECIDED
    assert set(Status) - {Status.REJECTED, Status.WITHDRAWN} == LIVE


@pytest.mark.django_db
@pytest.mark.parametrize(("origin", "target", "role"), EVERY_MOVE)
def test_a_move_is_made_with_one_event_or_not_at_all(origin, target, role):
    receipt = make_receipt(origin)
    actor = {
        MACHINE: lambda: None,
        PANELIST: lambda: receipt.panelist.user,
        REVIEWER: make_reviewer,
        OPERATOR: make_operator,
    }[role]()
    locked = lock(receipt.pk)
    if target == Status.ACCEPTED:
        complete(locked)

    if (origin, target, role) in ALLOWED:
        move(locked, target, role=role, by=actor, code="why", note="Note")
        events = [(e.from_status, e.to_status, e.actor) for e in receipt.events.all()]
        after = (target, 1, [(origin, target, actor)])
    else:
        with pytest.raises(NotAllowed):
            move(locked, target, role=role, by=actor)
        events = list(receipt.events.all())
        after = (origin, 0, [])

    receipt.refresh_from_db()
    assert (receipt.status, receipt.revision, events) == after


def complete(receipt):
    if receipt.purchased_on is None:
        done = make_receipt(Status.IN_REVIEW, panelist=receipt.panelist)
        receipt.merchant_name, receipt.currency = done.merchant_name, done.currency
        receipt.purchased_on, receipt.total = done.purchased_on, done.total


@pytest.mark.django_db
def test_a_move_ends_the_hold_and_a_decision_is_signed():
    reviewer = make_reviewer()
    receipt = make_receipt(Status.IN_REVIEW)
    type(receipt).objects.update(
        review_by=reviewer, review_at=receipt.submitted_at, attempts=2
    )

    move(lock(receipt.pk), Status.REJECTED, role=REVIEWER, by=reviewer)

    receipt.refresh_from_db()
    assert (receipt.review_by, receipt.review_at) == (None, None)
    assert receipt.decided_by == reviewer
    assert receipt.decided_at is not None


@pytest.mark.django_db
def test_a_receipt_that_is_read_anew_has_all_its_attempts():
    receipt = make_receipt(Status.IN_REVIEW, attempts=3)

    move(lock(receipt.pk), Status.SUBMITTED, role=OPERATOR, by=make_operator())

    receipt.refresh_from_db()
    assert (receipt.attempts, receipt.read_started_at, receipt.read_at) == (
        0,
        None,
        None,
    )


def test_the_diagram_in_the_docs_is_up_to_date():
    printed = StringIO()

    call_command("workflow_diagram", stdout=printed)

    document = Path(__file__).parents[2] / "docs/workflow.md"
    assert document.read_text() == printed.getvalue(), (
        "Run: bin/manage workflow_diagram > docs/workflow.md"
    )


def test_the_diagram_shows_every_move():
    printed = StringIO()

    call_command("workflow_diagram", stdout=printed)

    lines = printed.getvalue().splitlines()
    for origin, target in TRANSITIONS:
        assert any(line.strip().startswith(f"{origin} --> {target}:") for line in lines)

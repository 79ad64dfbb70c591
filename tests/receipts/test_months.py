"""What a month comes to: by the panel's clock, and once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from receipts.models import Receipt
from receipts.services import months, reviewing, submitting
from receipts.services.reviewing import Edit, ItemEdit
from receipts.workflow import Status
from rewards.models import Reward, RewardEvent, RewardPlan
from tests.factories import make_panel, make_panelist, make_receipt, make_reviewer
from tests.receipts.looks import conclude, upload_of
from tests.together import together

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def make_plan(panel, **fields) -> RewardPlan:
    defaults = {"amount": Decimal("10.00"), "valid_from": date(2020, 1, 1)}
    return RewardPlan.objects.create(panel=panel, **defaults | fields)


@pytest.fixture
def panelist(db):
    panelist = make_panelist()
    make_plan(panelist.panel)
    return panelist


def accepted(panelist, count: int, **fields) -> list[Receipt]:
    return [
        make_receipt(Status.ACCEPTED, panelist=panelist, **fields) for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("zone", "at", "month"),
    [
        # The last second of November and the first of December, in New York.
        ("America/New_York", datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC), NOVEMBER),
        ("America/New_York", datetime(2026, 12, 1, 5, 0, 0, tzinfo=UTC), DECEMBER),
        ("Pacific/Kiritimati", datetime(2026, 11, 30, 9, 59, 59, tzinfo=UTC), NOVEMBER),
        ("Pacific/Kiritimati", datetime(2026, 11, 30, 10, 0, 0, tzinfo=UTC), DECEMBER),
        ("UTC", datetime(2026, 11, 30, 23, 59, 59, 999_999, tzinfo=UTC), NOVEMBER),
    ],
)
def test_a_receipt_belongs_to_the_month_on_the_panels_clock(
    db, monkeypatch, zone, at, month
):
    panelist = make_panelist(panel=make_panel(time_zone=zone))
    monkeypatch.setattr(submitting.timezone, "now", lambda: at)

    receipt = submitting.submit(upload_of(1), panelist=panelist, by=panelist.user)

    assert (receipt.month, receipt.submitted_at) == (month, at)


@pytest.mark.parametrize(("count", "rewards"), [(9, 0), (10, 1), (11, 1)])
def test_the_tenth_receipt_of_a_month_proposes_its_reward(panelist, count, rewards):
    for receipt in accepted(panelist, count):
        months.settle(receipt)

    assert Reward.objects.count() == rewards


def test_two_months_are_counted_apart(panelist):
    for month in (NOVEMBER, DECEMBER):
        for receipt in accepted(panelist, 5, month=month):
            months.settle(receipt)

    assert not Reward.objects.exists()


def test_a_late_decision_counts_for_the_month_of_submission(panelist):
    accepted(panelist, 9, month=NOVEMBER)
    late = accepted(panelist, 1, month=NOVEMBER, decided_at=timezone.now())[0]

    months.settle(late)

    assert Reward.objects.get().month == NOVEMBER


def test_another_panelists_receipts_do_not_count(panelist):
    accepted(panelist, 9)
    other = make_panelist(panel=panelist.panel)

    months.settle(accepted(other, 1)[0])

    assert not Reward.objects.exists()


def test_only_accepted_receipts_count(panelist):
    receipts = accepted(panelist, 9)
    for status in set(Status) - {Status.ACCEPTED}:
        make_receipt(status, panelist=panelist)

    months.settle(receipts[0])

    assert not Reward.objects.exists()


def test_the_header_counts_this_month(panelist):
    at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    accepted(panelist, 7, month=NOVEMBER)
    accepted(panelist, 2, month=date(2026, 10, 1))
    for status in (Status.SUBMITTED, Status.IN_REVIEW, Status.RETURNED):
        make_receipt(status, panelist=panelist, month=NOVEMBER)

    progress = months.progress(panelist, at=at)

    assert progress == months.Progress(
        month=NOVEMBER, accepted=7, pending=2, returned=1, required=10
    )
    assert (progress.missing, progress.is_reached) == (3, False)


def test_the_header_of_a_month_that_is_reached(panelist):
    receipts = accepted(panelist, 10)
    months.settle(receipts[0])

    progress = months.progress(panelist)

    assert (progress.missing, progress.is_reached) == (0, True)
    assert progress.reward_status == "proposed"


def test_a_panel_without_a_plan_needs_nothing(db):
    progress = months.progress(make_panelist())

    assert (progress.required, progress.missing, progress.is_reached) == (
        None,
        0,
        False,
    )


def test_a_month_keeps_its_reward_once_it_is_approved(panelist):
    receipt = accepted(panelist, 10)[0]
    months.settle(receipt)
    assert not months.keeps_its_reward(receipt)

    Reward.objects.update(
        status="approved",
        decided_at=timezone.now(),
        decided_by=make_reviewer(),
    )

    assert months.keeps_its_reward(receipt)


def test_a_month_that_is_over_keeps_a_reward_that_is_proposed(panelist):
    receipts = accepted(panelist, 10, month=date(2020, 2, 1))
    assert not months.keeps_its_reward(receipts[0])

    months.settle(receipts[0])

    assert months.keeps_its_reward(receipts[0])


@pytest.mark.django_db(transaction=True)
def test_the_tenth_and_eleventh_accepted_at_one_moment_propose_one_reward():
    panelist = make_panelist(joined_at=timezone.now() - timedelta(days=90))
    make_plan(panelist.panel)
    accepted(panelist, 9, purchased_at=None, total=Decimal("1.00"))
    reviewers, calls = [make_reviewer(), make_reviewer()], []
    for number, reviewer in enumerate(reviewers):
        receipt = conclude(
            submitting.submit(upload_of(number), panelist=panelist, by=panelist.user),
            straight_through=False,
        )
        reviewing.take(receipt, by=reviewer)
        edit = Edit(
            revision=receipt.revision,
            merchant_name="Corner Grocery",
            purchased_on=receipt.purchased_on,
            purchased_at=None,
            currency="USD",
            total=Decimal(5 + number),
            items=(ItemEdit("Olive oil", Decimal(1), Decimal(5)),),
        )
        calls.append(
            lambda receipt=receipt, edit=edit, by=reviewer: reviewing.accept(
                receipt, edit, by=by
            )
        )

    results = together(*calls)

    assert [type(result).__name__ for result in results] == ["Receipt", "Receipt"]
    assert Receipt.objects.filter(status=Status.ACCEPTED).count() == 11
    assert Reward.objects.get().status == Reward.Status.PROPOSED
    assert RewardEvent.objects.count() == 1

"""Sharing, replacing and withdrawing, and who may not."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_q.models import OrmQ

import rewards.services
from receipts.models import DuplicateClaim, Receipt
from receipts.services import reviewing, submitting
from receipts.services.errors import NotAllowed
from receipts.services.reviewing import Edit
from receipts.services.submitting import replace, submit, withdraw
from receipts.workflow import Status
from rewards.models import Reward, RewardPlan
from tests.factories import make_finance, make_panelist, make_reviewer, make_user
from tests.receipts.looks import conclude, names_in, upload_of
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def panelist():
    return make_panelist(joined_at=timezone.now() - timedelta(days=90))


def shared(panelist, shade=1) -> Receipt:
    return submit(upload_of(shade), panelist=panelist, by=panelist.user)


def codes(receipt):
    return [verdict.code for verdict in receipt.verdicts.all()]


def returned(panelist, shade=1, **fields) -> Receipt:
    receipt = conclude(shared(panelist, shade), straight_through=False, **fields)
    reviewer = make_reviewer()
    reviewing.take(receipt, by=reviewer)
    return reviewing.return_to_panelist(
        receipt, code="cut_off", by=reviewer, revision=receipt.revision
    )


def test_a_file_becomes_a_receipt_a_row_a_task_and_a_claim(panelist):
    upload = upload_of(1)

    receipt = submit(upload, panelist=panelist, by=panelist.user)

    file = receipt.files.get()
    assert receipt.status == Status.SUBMITTED
    assert receipt.month == panelist.panel.month(receipt.submitted_at)
    assert (file.sha256, file.media_type) == (upload.facts.sha256, "image/png")
    assert names_in("vault", receipt) == ["original.png"]
    assert [row.args() for row in OrmQ.objects.all()] == [(receipt.pk,)]
    assert DuplicateClaim.objects.get().key == upload.facts.sha256


def test_a_stranger_cannot_share_for_a_panelist(panelist):
    with pytest.raises(NotAllowed):
        submit(upload_of(1), panelist=panelist, by=make_user())

    assert not Receipt.objects.exists()


def test_a_former_member_cannot_share(panelist):
    panelist.left_at = timezone.now()

    with pytest.raises(NotAllowed):
        shared(panelist)


def test_a_submission_that_fails_leaves_no_row_no_task_and_no_file(
    panelist, monkeypatch, settings
):
    def broken(*args):
        raise OperationalError

    monkeypatch.setattr(submitting, "enqueue", broken)

    with pytest.raises(OperationalError):
        shared(panelist)

    assert not Receipt.objects.exists() and not OrmQ.objects.exists()
    assert list((settings.VAULT_DIR / "receipts").iterdir()) == []


def test_the_same_bytes_are_rejected_for_anyone_in_the_panel(panelist):
    shared(panelist)

    receipt = shared(make_panelist(panel=panelist.panel))

    assert (receipt.status, codes(receipt)) == (Status.REJECTED, ["duplicate_file"])
    assert names_in("vault", receipt) == []
    assert OrmQ.objects.count() == 1


def test_another_panel_has_its_own_receipts(panelist):
    shared(panelist)

    assert shared(make_panelist()).status == Status.SUBMITTED


def test_the_same_bytes_at_one_moment_are_read_once(panelist):
    other = make_panelist(panel=panelist.panel)

    results = together(lambda: shared(panelist), lambda: shared(other))

    assert sorted(receipt.status for receipt in results) == ["rejected", "submitted"]
    assert OrmQ.objects.count() == 1


def test_an_unreadable_picture_that_was_rejected_can_be_shared_again(panelist):
    receipt = conclude(shared(panelist), straight_through=False)
    reviewer = make_reviewer()
    reviewing.take(receipt, by=reviewer)
    reviewing.reject(receipt, code="unreadable", by=reviewer, revision=receipt.revision)

    assert shared(panelist).status == Status.SUBMITTED


def test_a_new_picture_replaces_a_returned_one_and_all_that_was_read(panelist):
    receipt = returned(panelist)
    month = receipt.month

    receipt = replace(receipt, upload_of(2), by=panelist.user)

    receipt.refresh_from_db()
    assert (receipt.status, receipt.month) == (Status.SUBMITTED, month)
    assert (receipt.merchant_name, receipt.total, receipt.attempts) == ("", None, 0)
    for parts in (receipt.pages, receipt.items, receipt.readings, receipt.verdicts):
        assert not parts.exists()
    (name,) = names_in("vault", receipt)
    assert name.startswith("original")
    assert receipt.files.get().sha256 == upload_of(2).facts.sha256


def test_a_replaced_picture_that_another_has_shared_is_rejected(panelist):
    receipt = returned(panelist)
    shared(make_panelist(panel=panelist.panel), shade=2)

    receipt = replace(receipt, upload_of(2), by=panelist.user)

    assert (receipt.status, codes(receipt)) == (Status.REJECTED, ["duplicate_file"])
    assert names_in("vault", receipt) == []


def test_the_picture_that_was_replaced_is_anyones_again(panelist):
    replace(returned(panelist), upload_of(2), by=panelist.user)

    other = shared(make_panelist(panel=panelist.panel), shade=1)

    assert other.status == Status.SUBMITTED


def test_only_a_returned_receipt_is_replaced_and_only_by_its_owner(panelist):
    fresh, back = shared(panelist, 3), returned(panelist)

    with pytest.raises(NotAllowed, match="new picture"):
        replace(fresh, upload_of(4), by=panelist.user)
    with pytest.raises(NotAllowed):
        replace(back, upload_of(4), by=make_user())

    assert names_in("vault", fresh) == ["original.png"]
    assert back.files.get().sha256 == upload_of(1).facts.sha256
    assert "original.png" in names_in("vault", back)


@pytest.mark.parametrize("outcome", ["submitted", "in_review", "returned", "accepted"])
def test_withdrawing_leaves_nothing_of_the_receipt(panelist, outcome):
    receipt = {
        "submitted": lambda: shared(panelist),
        "in_review": lambda: conclude(shared(panelist), straight_through=False),
        "returned": lambda: returned(panelist),
        "accepted": lambda: conclude(shared(panelist)),
    }[outcome]()
    assert receipt.status == outcome

    withdraw(receipt, by=panelist.user)

    receipt.refresh_from_db()
    assert receipt.status == Status.WITHDRAWN
    assert names_in("vault", receipt) == names_in("kept", receipt) == []
    for parts in (receipt.pages, receipt.items, receipt.readings, receipt.claims):
        assert not parts.exists()
    assert (receipt.merchant_name, receipt.purchased_on, receipt.total) == (
        "",
        None,
        None,
    )


def test_only_the_owner_withdraws_and_only_once(panelist):
    receipt = shared(panelist)

    with pytest.raises(NotAllowed):
        withdraw(receipt, by=make_reviewer())
    withdraw(receipt, by=panelist.user)
    with pytest.raises(NotAllowed):
        withdraw(receipt, by=panelist.user)

    assert receipt.events.filter(to_status=Status.WITHDRAWN).count() == 1


def rewarded_receipt(panelist, **fields) -> Receipt:
    """Accepted, in a month whose reward of one receipt is proposed by it."""
    RewardPlan.objects.create(
        panel=panelist.panel,
        receipts_required=1,
        amount=Decimal("10.00"),
        valid_from=date(2020, 1, 1),
    )
    return conclude(shared(panelist), **fields)


def paid_receipt(panelist, **fields) -> Receipt:
    """Accepted, in a month whose reward of one receipt was approved."""
    receipt = rewarded_receipt(panelist, **fields)
    rewards.services.approve(Reward.objects.get(), by=make_finance())
    return receipt


def let_the_month_end(panelist) -> None:
    """Everything that was shared by now was shared in the month before."""
    month = (panelist.panel.month() - timedelta(days=1)).replace(day=1)
    Receipt.objects.filter(panelist=panelist).update(month=month)
    Reward.objects.filter(panelist=panelist).update(
        month=month, source=rewards.services.month_source(panelist, month)
    )


def test_what_was_paid_for_is_not_paid_again_when_it_is_withdrawn_and_shared_anew(
    panelist,
):
    withdraw(paid_receipt(panelist), by=panelist.user)

    same_file = shared(panelist)
    same_purchase = conclude(shared(make_panelist(panel=panelist.panel), shade=2))

    assert codes(same_file) == ["duplicate_file"]
    assert codes(same_purchase) == ["duplicate_purchase"]
    assert Reward.objects.get().status == Reward.Status.APPROVED


def test_a_reward_that_is_only_proposed_is_retracted_and_the_receipt_free(panelist):
    RewardPlan.objects.create(
        panel=panelist.panel,
        receipts_required=1,
        amount=Decimal("10.00"),
        valid_from=date(2020, 1, 1),
    )
    receipt = conclude(shared(panelist))

    withdraw(receipt, by=panelist.user)

    assert Reward.objects.get().status == Reward.Status.RETRACTED
    assert not DuplicateClaim.objects.exists()
    assert conclude(shared(panelist)).status == Status.ACCEPTED
    assert Reward.objects.get().status == Reward.Status.PROPOSED


def test_withdrawing_while_the_reward_is_approved_ends_consistent(panelist):
    RewardPlan.objects.create(
        panel=panelist.panel,
        receipts_required=1,
        amount=Decimal("10.00"),
        valid_from=date(2020, 1, 1),
    )
    receipt, finance = conclude(shared(panelist)), make_finance()
    reward = Reward.objects.get()

    together(
        lambda: rewards.services.approve(reward, by=finance),
        lambda: withdraw(receipt, by=panelist.user),
    )

    reward.refresh_from_db()
    ends = {
        Reward.Status.APPROVED: (Decimal("10.00"), 3),
        Reward.Status.RETRACTED: (Decimal("0.00"), 0),
    }
    balance, claims = rewards.services.balance(panelist), DuplicateClaim.objects.count()
    assert (balance, claims) == ends[reward.status]


def test_the_reward_of_an_earlier_month_stays_though_it_is_only_proposed(panelist):
    receipt = rewarded_receipt(panelist)
    let_the_month_end(panelist)
    receipt.refresh_from_db()

    withdraw(receipt, by=panelist.user)

    assert Reward.objects.get().status == Reward.Status.PROPOSED
    assert codes(shared(panelist)) == ["duplicate_file"]
    again = conclude(shared(panelist, shade=2))
    assert codes(again) == ["duplicate_purchase"]
    assert Reward.objects.count() == 1


@pytest.mark.parametrize("ends", [False, True])
@pytest.mark.parametrize(
    ("before", "after"), [(None, None), (None, time(18, 30)), (time(18, 30), None)]
)
def test_without_a_time_what_was_paid_for_is_compared_by_a_person(
    panelist, before, after, ends
):
    receipt = (rewarded_receipt if ends else paid_receipt)(panelist, time=before)
    if ends:
        let_the_month_end(panelist)
    withdraw(receipt, by=panelist.user)

    again = conclude(shared(panelist, shade=2), time=after)

    assert (again.status, codes(again)) == (Status.IN_REVIEW, ["possible_duplicate"])


def test_without_a_time_what_was_not_paid_for_counts_when_shared_again(panelist):
    withdraw(conclude(shared(panelist), time=None), by=panelist.user)

    again = conclude(shared(panelist, shade=2), time=None)

    assert again.status == Status.ACCEPTED


def test_another_total_than_what_was_paid_for_is_another_purchase(panelist):
    withdraw(paid_receipt(panelist, time=None), by=panelist.user)

    other = conclude(shared(panelist, shade=2), time=None, total=Decimal("12.84"))

    assert other.status == Status.ACCEPTED


def test_a_second_withdrawal_of_the_same_looks_needs_no_second_claim(panelist):
    first = paid_receipt(panelist, time=None)
    second = conclude(shared(panelist, shade=2), time=time(9, 5))
    assert second.status == Status.IN_REVIEW
    reviewer = make_reviewer()
    second = reviewing.take(second, by=reviewer)
    edit = Edit(
        revision=second.revision,
        merchant_name=second.merchant_name,
        purchased_on=second.purchased_on,
        purchased_at=second.purchased_at,
        currency=second.currency,
        total=second.total,
        without_items="The shop prints none",
    )
    reviewing.accept(second, edit, by=reviewer)

    withdraw(first, by=panelist.user)
    withdraw(second, by=panelist.user)

    assert DuplicateClaim.objects.filter(kind="purchase").count() == 2

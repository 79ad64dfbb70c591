"""What straight through would have done, beside what reviewers decided."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from receipts.models import Reading, ReceiptPolicy
from receipts.services import reviewing, trials
from receipts.services.submitting import submit, withdraw
from receipts.services.trials import Share
from tests.factories import (
    make_finance,
    make_operator,
    make_panel,
    make_panelist,
    make_reviewer,
    make_user,
)
from tests.receipts.looks import conclude, upload_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/receipts/receiptpolicy/trials/"


@pytest.fixture
def panel():
    return make_panel(name="Atlantis")


@pytest.fixture
def panelist(panel):
    return make_panelist(panel=panel, joined_at=timezone.now() - timedelta(days=90))


@pytest.fixture
def reviewer():
    return make_reviewer()


def policy_of(panel, **fields) -> ReceiptPolicy:
    return ReceiptPolicy.objects.create(panel=panel, valid_from="2020-01-01", **fields)


@pytest.fixture
def dry_run(panel):
    return policy_of(panel, straight_through="dry_run")


def read(panelist, number: int, **fields):
    """A receipt that differs from the others by its total."""
    receipt = submit(upload_of(number), panelist=panelist, by=panelist.user)
    return conclude(receipt, **{"total": Decimal(number)} | fields)


def accept(receipt, reviewer, **changed):
    receipt = reviewing.take(receipt, by=reviewer)
    as_read = {
        "merchant_name": receipt.merchant_name,
        "category": receipt.category,
        "purchased_on": receipt.purchased_on,
        "purchased_at": receipt.purchased_at,
        "currency": receipt.currency,
        "total": receipt.total,
        "without_items": "Not legible",
    }
    edit = reviewing.Edit(revision=receipt.revision, **as_read | changed)
    return reviewing.accept(receipt, edit, by=reviewer)


def reject(receipt, reviewer, code="not_a_receipt"):
    receipt = reviewing.take(receipt, by=reviewer)
    return reviewing.reject(receipt, code=code, by=reviewer, revision=receipt.revision)


def test_without_a_trial_there_is_nothing_to_tell(panel, panelist, reviewer):
    accept(read(panelist, 1, straight_through=False), reviewer)
    read(panelist, 2)

    assert trials.summaries() == []


def test_a_dry_run_beside_what_reviewers_did(panelist, reviewer, dry_run):
    accept(read(panelist, 1), reviewer)
    accept(read(panelist, 2), reviewer, total=Decimal("2.50"))
    accept(
        read(panelist, 3),
        reviewer,
        merchant_name="Fernhill Books",
        purchased_on=panelist.panel.today() - timedelta(days=2),
    )
    reject(read(panelist, 4), reviewer)
    read(panelist, 5)  # nobody has looked at it yet

    (summary,) = trials.summaries()

    (row,) = summary.rows
    assert (summary.policy, summary.trial) == (dry_run, Reading.Trial.DRY_RUN)
    assert (row.outcome, row.receipts) == (Reading.WouldBe.ACCEPT, Share(5, 5))
    assert (row.accepted, row.rejected, row.decided) == (3, 1, 4)
    assert (row.other_date, row.other_total, row.other_merchant) == (1, 1, 1)
    assert row.borne_out == Share(1, 4)


def test_what_would_have_been_rejected_or_left_to_a_person(panelist, reviewer, dry_run):
    long_ago = panelist.panel.today() - timedelta(days=40)
    reject(read(panelist, 1, date=long_ago), reviewer, "too_old")
    accept(
        read(panelist, 2, date=long_ago),
        reviewer,
        purchased_on=panelist.panel.today(),
    )
    accept(
        read(panelist, 3, date=None, straight_through=False),
        reviewer,
        purchased_on=panelist.panel.today(),
    )
    read(panelist, 4, straight_through=False)

    (summary,) = trials.summaries()

    left, rejected = summary.rows
    assert (left.outcome, left.receipts) == (Reading.WouldBe.REVIEW, Share(2, 4))
    assert (left.accepted, left.other_date, left.borne_out) == (1, 1, None)
    assert (rejected.outcome, rejected.receipts) == (
        Reading.WouldBe.REJECT,
        Share(2, 4),
    )
    assert rejected.borne_out == Share(1, 2)


def test_a_name_in_other_letters_is_no_correction(panelist, reviewer, dry_run):
    accept(read(panelist, 1), reviewer, merchant_name="CORNER GROCERY")

    ((row,),) = [summary.rows for summary in trials.summaries()]

    assert row.borne_out == Share(1, 1)


def test_quality_checks_stand_apart_and_the_newest_policy_comes_first(
    panel, panelist, reviewer, dry_run
):
    read(panelist, 1)
    ReceiptPolicy.objects.update(valid_to="2021-01-01")
    checks = ReceiptPolicy.objects.create(
        panel=panel, valid_from="2021-01-01", quality_check_percent=100
    )
    accept(read(panelist, 2), reviewer)
    read(panelist, 3, straight_through=False)

    told = [(s.policy, s.trial, s.receipts) for s in trials.summaries()]

    assert told == [
        (checks, Reading.Trial.QUALITY_CHECK, 1),
        (dry_run, Reading.Trial.DRY_RUN, 1),
    ]


@pytest.mark.parametrize("total", ["99999999999.00", f"{10**60}.00"])
def test_a_total_beyond_money_is_a_corrected_one(panelist, reviewer, dry_run, total):
    accept(read(panelist, 12), reviewer)
    reading = Reading.objects.get()
    reading.result["total"] = total  # as readings of old may have noted it
    reading.save()

    [row] = trials.summaries()[0].rows

    assert (row.accepted, row.other_total, row.unchanged) == (1, 1, 0)


def test_what_is_withdrawn_is_gone_and_what_is_read_again_counts_once(
    panelist, dry_run
):
    withdraw(read(panelist, 1), by=panelist.user)
    again = reviewing.requeue(read(panelist, 2), by=make_operator())
    conclude(again, total=Decimal(2), straight_through=False)

    ((row,),) = [summary.rows for summary in trials.summaries()]

    assert (row.outcome, row.receipts) == (Reading.WouldBe.REVIEW, Share(1, 1))


def test_many_trials_are_told_in_two_queries(
    panel, panelist, dry_run, django_assert_num_queries
):
    read(panelist, 1)
    read(panelist, 2, straight_through=False)
    other = make_panelist(panel=make_panel(), joined_at=panelist.joined_at)
    policy_of(other.panel, straight_through="dry_run")
    read(other, 3)

    with django_assert_num_queries(2):
        told = trials.summaries()
        names = [str(summary.policy.panel) for summary in told]

    assert len(names) == 2


def test_shares_have_wilsons_interval():
    low, high = Share(8, 10).interval

    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Share(0, 0).share is None


# The page ---------------------------------------------------------------------------


def test_an_operator_reads_what_would_have_happened(
    client, panelist, reviewer, dry_run
):
    accept(read(panelist, 1), reviewer)
    accept(read(panelist, 2), reviewer, total=Decimal("2.50"))
    client.force_login(make_operator())

    page = client.get(PAGE).content.decode()

    assert "Dry run: Atlantis, since Jan. 1, 2020" in page
    assert "<td>2 <span" in page
    assert "(50.0\xa0%; 9.5\xa0% to 90.5\xa0%)" in page


def test_the_list_of_policies_leads_to_the_page(client):
    client.force_login(make_operator())

    listed = client.get("/admin/receipts/receiptpolicy/").content.decode()
    page = client.get(PAGE)

    assert f'href="{PAGE}"' in listed
    assert "No receipt was read on trial yet." in page.content.decode()


@pytest.mark.parametrize("make", [make_reviewer, make_finance])
def test_the_page_is_not_there_for_others(client, make):
    client.force_login(make())

    assert client.get(PAGE).status_code == 404


def test_who_may_not_see_policies_may_not_see_their_trials(client):
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="use_admin"))
    client.force_login(user)

    assert client.get(PAGE).status_code == 403


def test_the_page_asks_a_fixed_number_of_times(
    client, panelist, reviewer, dry_run, django_assert_num_queries
):
    for number in range(1, 4):
        accept(read(panelist, number), reviewer)
    client.force_login(make_operator())
    client.get(PAGE)

    with django_assert_num_queries(7):
        client.get(PAGE)

"""Whatever is killed, busy or idle, every receipt ends decided or with a person."""

import io
import os
import signal
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from receipts.imaging.inspect import inspect_file
from receipts.models import Receipt
from receipts.services.submitting import Upload, submit
from receipts.workflow import Status
from tests.defaults import write_defaults
from tests.factories import make_panelist
from tests.journeys.conftest import Portal, wait_until
from tests.receipts.papers import photo, submit_photo

pytestmark = [pytest.mark.long, pytest.mark.alone]
# As short as they may be, so that what is stuck is found soon.
HASTY = {
    "TASK_TIMEOUT": "25",
    "HEARTBEAT_STALE_AFTER": "100",
    "MAX_READ_ATTEMPTS": "2",
}
PATIENCE = 420


@pytest.fixture
def portal(start_portal) -> Portal:
    return start_portal(**HASTY)


@pytest.fixture
def panelist(portal):
    panel = write_defaults()
    return make_panelist(panel=panel, joined_at=timezone.now() - timedelta(days=90))


def share(panelist, **what) -> Receipt:
    yesterday = panelist.panel.today() - timedelta(days=1)
    return submit_photo(panelist, day=yesterday, **what)


def kill(*pids: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def hurry() -> None:
    """Have what runs every minute run whenever the cluster looks at the clock."""
    Schedule.objects.filter(next_run__gt=timezone.now()).update(
        next_run=timezone.now() - timedelta(seconds=1)
    )


def ends_as(receipt: Receipt, status: Status) -> None:
    def decided():
        hurry()
        receipt.refresh_from_db()
        return receipt.status != Status.SUBMITTED

    wait_until(decided, "a decision", PATIENCE)
    assert receipt.status == status


def test_a_receipt_whose_worker_is_killed_while_it_reads_ends_decided(portal, panelist):
    receipt = share(panelist)

    def is_being_read():
        receipt.refresh_from_db()
        return receipt.read_started_at

    wait_until(is_being_read, "a read that has begun")
    kill(*portal.workers())

    ends_as(receipt, Status.ACCEPTED)
    assert receipt.attempts == 2


def test_a_receipt_that_kills_every_worker_ends_with_a_person(portal, panelist):
    receipt = share(panelist)
    killed = set()

    def has_killed_its_workers():
        hurry()
        receipt.refresh_from_db()
        if receipt.read_started_at and receipt.attempts not in killed:
            killed.add(receipt.attempts)
            kill(*portal.workers())
        return receipt.status != Status.SUBMITTED

    wait_until(has_killed_its_workers, "giving up", PATIENCE)

    assert (receipt.status, receipt.attempts) == (Status.IN_REVIEW, 2)
    assert [row.code for row in receipt.verdicts.all()] == ["could_not_be_read"]


def test_idle_workers_that_are_killed_hold_up_no_receipt(portal, panelist):
    wait_until(lambda: not OrmQ.objects.exists(), "an idle cluster")
    for _time in range(3):
        kill(*portal.workers())

    receipt = share(panelist)

    ends_as(receipt, Status.ACCEPTED)


def test_a_killed_cluster_and_a_killed_web_server_come_back(portal, panelist):
    receipt = share(panelist)
    kill(portal.service("qcluster"), portal.service("gunicorn"))

    ends_as(receipt, Status.ACCEPTED)
    wait_until(portal.is_healthy, "a healthy portal")


def test_a_killed_supervisor_takes_all_with_it_and_can_be_started_again(
    portal, panelist
):
    services = [portal.service("qcluster"), portal.service("gunicorn")]
    receipt = share(panelist)
    kill(portal.process.pid)
    portal.process.wait()

    def are_gone():
        return not any(os.path.exists(f"/proc/{pid}") for pid in services)  # noqa: PTH110

    wait_until(are_gone, "the end of the services")
    portal.start()

    ends_as(receipt, Status.ACCEPTED)


SHOPS = (
    "ALDERWOOD BRIARFIELD CLOVERDALE DUNMORE ELDERBROOK FOXHOLLOW GREENACRE HAZELTON"
    " IVYBRIDGE JUNIPER KESTREL LARKSPUR MAPLETON NETTLEWOOD OAKHURST PINEGROVE"
    " QUAILRIDGE ROWANDALE SILVERBROOK THORNBURY UNDERHILL VALEWOOD WILLOWMERE YARROW"
)


def test_many_receipts_of_many_people_are_all_decided_and_a_damaged_one_too(
    portal, panelist
):
    people = [make_panelist(panel=panelist.panel) for _number in range(6)]
    sure = [
        share(person, price=f"{10 + number}.00", shop=f"{shop} MARKET")
        for number, (person, shop) in enumerate(
            zip(people * 4, SHOPS.split(), strict=True)
        )
    ]
    whole = photo(day=panelist.panel.today()).getvalue()
    broken = io.BytesIO(whole[: len(whole) // 3])
    damaged = submit(
        Upload(broken, inspect_file(broken)), panelist=panelist, by=panelist.user
    )

    def all_decided():
        return not Receipt.objects.filter(status=Status.SUBMITTED).exists()

    wait_until(all_decided, "every decision", PATIENCE)

    damaged.refresh_from_db()
    assert damaged.status == Status.IN_REVIEW
    states = {Receipt.objects.get(pk=receipt.pk).status for receipt in sure}
    assert states == {Status.ACCEPTED}
    assert Receipt.objects.filter(attempts__gt=1).count() == 0

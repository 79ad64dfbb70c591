"""Everyone does anything in any order, workers die, and the books still add up.

The steps call the services as the views, the worker and the sweep do, and commit for
real. Only what stands on the paper is made up: a look is what the reader might have
found (`looks.look_at`), judged by the real rules. After every step the invariants
below are checked against the database and the storages.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.conf import settings as portal
from django.utils import timezone
from django_q.models import OrmQ
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PIL import Image

import rewards.services
from panelists.roles import FINANCE, REVIEWER
from receipts.models import (
    DuplicateClaim,
    Merchant,
    Receipt,
    ReceiptPolicy,
    RedactionCheck,
)
from receipts.screening.findings import Finding, Kind, Spot
from receipts.services import (
    files,
    processing,
    redacting,
    releasing,
    reviewing,
    submitting,
    sweeping,
)
from receipts.services.duplicates import purchase_key
from receipts.services.errors import ReceiptError
from receipts.services.marks import MarkEdit, corners_of
from receipts.services.reviewing import Edit, ItemEdit
from receipts.verdicts import Use, reasons
from receipts.workflow import DECIDED, LIVE, Role, Status, may_move
from rewards.models import Reward, RewardPlan
from tests.factories import make_operator, make_panel, make_panelist, make_user
from tests.receipts import looks

REQUIRED = 2
AMOUNT = Decimal("10.00")
OWN_STORE = "Whole Foods Market"
# Few enough that files and purchases are shared twice now and then.
SHADES = st.integers(0, 30)
WHO = st.sampled_from([0, 0, 0, 1, 2])
PURCHASES = st.fixed_dictionaries(
    {
        "time": st.sampled_from([time(9, 5), time(18, 30), None]),
        "total": st.integers(1, 9).map(lambda n: Decimal(n) + Decimal("0.25")),
    }
)
# Each read has nothing wrong with it, or one of these.
FLAWS = st.sampled_from(
    [
        *[""] * 4,
        "unsure",
        *["sensitive"] * 2,
        "own store",
        "old",
        "future",
        "nothing paid",
    ]
)
# What a reviewer does with the marks.
MARKS = st.sampled_from(["as they are"] * 4 + ["turned", "drawn", "removed"])
# What a second look may still see: the line below the prescription's.
LEFT = ((20.0, 100.0), (220.0, 100.0), (220.0, 120.0), (20.0, 120.0))
LEFTOVER = Finding(Kind.PRESCRIPTION, "near_prescription", (Spot(0, LEFT),), 0.9)


@dataclass
class Look:
    """What a worker has in its hands between `begin` and `conclude`."""

    attempt: processing.Attempt
    found: processing.Look


@dataclass
class Painting:
    """The same between `begin` and `conclude` of a check."""

    check: RedactionCheck
    found: redacting.Checked


class ReceiptsInAnyOrder(RuleBasedStateMachine):
    @initialize(
        before=st.lists(st.tuples(WHO, PURCHASES, FLAWS), min_size=4, max_size=7)
    )
    def open_the_panel(self, before):
        self.panel = make_panel()
        ReceiptPolicy.objects.create(
            panel=self.panel, valid_from=date(2020, 1, 1), first_month_grace_days=0
        )
        Merchant.objects.create(
            panel=self.panel,
            name=OWN_STORE,
            category="supermarket",
            standing="own_store",
        )
        RewardPlan.objects.create(
            panel=self.panel,
            receipts_required=REQUIRED,
            amount=AMOUNT,
            valid_from=date(2020, 1, 1),
        )
        both, rich = make_user(REVIEWER), make_user(FINANCE)
        self.panelists = [
            make_panelist(panel=self.panel, user=user)
            for user in (make_user(), both, rich)
        ]
        self.reviewers = [make_user(REVIEWER), both]
        self.finance = [make_user(FINANCE), rich]
        self.owners = {p.pk: p.user_id for p in self.panelists}
        self.operator = make_operator()
        self.last_month = (self.panel.month() - timedelta(days=1)).replace(day=1)
        self.month_has_ended = False
        self.looking: list[Look] = []
        self.painting: list[Painting] = []
        # Receipts in whose folder a killed worker left something, until a sweep.
        self.littered: set[int] = set()
        for number, (who, purchase, flaw) in enumerate(before):
            self.share_and_read(who, 100 + number, purchase, flaw)

    def teardown(self):
        for receipt in self.receipts():
            for alias in ("vault", "kept"):
                files.destroy_folder(receipt.public_id, alias=alias)
        # The sweep sees every panel: it must find nothing of an earlier example.
        self.receipts().delete()
        OrmQ.objects.all().delete()

    # What there is ----------------------------------------------------------------

    def receipts(self):
        panel = getattr(self, "panel", None)
        return Receipt.objects.filter(panel=panel).order_by("pk")

    def some(self, data, *statuses: Status) -> Receipt:
        """A receipt in one of the states, or with none named in any."""
        found = self.receipts().filter(status__in=statuses or Status)
        found = found.select_related("panel", "panelist")
        return data.draw(st.sampled_from(list(found)))

    def has(self, *statuses: Status) -> bool:
        return self.receipts().filter(status__in=statuses).exists()

    # The panelist -----------------------------------------------------------------

    @rule(who=WHO, shade=SHADES)
    def submit(self, who, shade):
        self.share(who, shade)

    def share(self, who, shade) -> Receipt:
        panelist = self.panelists[who]
        upload = looks.upload_of(shade)
        return submitting.submit(upload, panelist=panelist, by=panelist.user)

    @rule(who=WHO, shade=SHADES, purchase=PURCHASES, flaw=FLAWS)
    def submit_and_read(self, who, shade, purchase, flaw):
        self.share_and_read(who, shade, purchase, flaw)

    def share_and_read(self, who, shade, purchase, flaw):
        receipt = self.share(who, shade)
        if self.look_at(receipt, purchase, flaw):
            self.conclude_one(len(self.looking) - 1)

    @precondition(lambda self: self.has(Status.RETURNED))
    @rule(data=st.data(), shade=SHADES)
    def replace(self, data, shade):
        receipt = self.some(data, Status.RETURNED)
        user = receipt.panelist.user
        submitting.replace(receipt, looks.upload_of(shade), by=user)

    @precondition(lambda self: self.has(*Status))
    @rule(data=st.data(), who=st.integers(0, 2))
    def withdraw(self, data, who):
        receipt, user = self.some(data), self.panelists[who].user
        before = receipt.status
        with suppress(ReceiptError):
            submitting.withdraw(receipt, by=user)
            assert user == receipt.panelist.user
            assert before != Status.WITHDRAWN

    # The worker -------------------------------------------------------------------

    def look_at(self, receipt, purchase, flaw) -> bool:
        """Begin an attempt and look; whether there was anything to begin."""
        attempt = processing.begin(receipt.pk)
        if attempt is None:
            return False
        reading = self.flawed(purchase, flaw)
        if flaw == "unsure":
            reading |= {"unsure": ("date", "total"), "straight_through": False}
        if flaw == "sensitive":
            reading |= {"is_sensitive": True, "marks": (looks.RX,)}
        page = looks.store_slip(attempt.receipt)
        found = looks.look_at(attempt.receipt, page=page, **reading)
        self.looking.append(Look(attempt, found))
        return True

    def flawed(self, purchase, flaw) -> dict:
        days_ago = {"old": 40, "future": -1}.get(flaw, 1)
        return {
            "merchant": OWN_STORE if flaw == "own store" else "Corner Grocery",
            "date": self.panel.today() - timedelta(days=days_ago),
            "time": purchase["time"],
            "total": Decimal("0.00") if flaw == "nothing paid" else purchase["total"],
        }

    @precondition(lambda self: self.has(Status.SUBMITTED))
    @rule(data=st.data(), purchase=PURCHASES, flaw=FLAWS)
    def look(self, data, purchase, flaw):
        self.look_at(self.some(data, Status.SUBMITTED), purchase, flaw)

    @precondition(lambda self: self.looking)
    @rule(data=st.data())
    def conclude(self, data):
        self.conclude_one(data.draw(st.integers(0, len(self.looking) - 1)))

    def conclude_one(self, number: int):
        look = self.looking.pop(number)
        pk = look.attempt.receipt.pk
        counts = look.attempt.still_counts(Receipt.objects.get(pk=pk))
        processing.conclude(look.attempt, look.found)
        if not counts:
            return
        self.littered.discard(pk)
        assert Receipt.objects.get(pk=pk).status != Status.SUBMITTED

    @precondition(lambda self: self.looking)
    @rule(data=st.data())
    def conclude_twice(self, data):
        """The task arrived twice: the second result changes nothing."""
        number = data.draw(st.integers(0, len(self.looking) - 1))
        look = self.looking[number]
        self.conclude_one(number)
        receipt = Receipt.objects.get(pk=look.attempt.receipt.pk)

        processing.conclude(look.attempt, look.found)

        again = Receipt.objects.get(pk=receipt.pk)
        assert (again.status, again.revision) == (receipt.status, receipt.revision)

    @precondition(lambda self: self.looking)
    @rule(data=st.data())
    def kill(self, data):
        """The worker dies: its attempt is lost, its pages lie in the vault."""
        number = data.draw(st.integers(0, len(self.looking) - 1))
        self.littered.add(self.looking.pop(number).attempt.receipt.pk)

    @precondition(lambda self: self.has(Status.SUBMITTED))
    @rule(data=st.data(), hopeless=st.booleans(), rests=st.booleans())
    def fail(self, data, hopeless, rests):
        attempt = processing.begin(self.some(data, Status.SUBMITTED).pk)
        if attempt is not None:
            processing.fail(attempt, "damaged", hopeless=hopeless, rests=rests)

    @rule()
    def time_passes(self):
        """Longer than any task lives."""
        long_ago = timezone.now() - timedelta(seconds=portal.TASK_TIMEOUT + 60)
        self.receipts().filter(read_started_at__isnull=False).update(
            read_started_at=long_ago
        )
        self.checks().update(requested_at=long_ago)
        self.checks().filter(started_at__isnull=False).update(started_at=long_ago)

    @precondition(lambda self: not self.month_has_ended)
    @rule()
    def month_ends(self):
        """What was shared by now was shared in the month before."""
        self.month_has_ended = True
        self.receipts().update(month=self.last_month)
        for reward in self.rewards().select_related("panelist"):
            reward.month = self.last_month
            reward.source = rewards.services.month_source(
                reward.panelist, self.last_month
            )
            reward.save(update_fields=["month", "source"])

    @rule()
    def sweep(self):
        sweeping.sweep()
        decided = self.receipts().filter(status__in=DECIDED)
        self.littered -= set(decided.values_list("pk", flat=True))
        assert sweeping.finish_decided() == 0
        assert sweeping.requeue_stuck() == 0

    # The check and the release of what is painted over --------------------------------

    def checks(self):
        return RedactionCheck.objects.filter(receipt__panel=self.panel)

    def pending(self):
        return self.checks().filter(outcome=RedactionCheck.Outcome.PENDING)

    @precondition(lambda self: self.pending().exists())
    @rule(data=st.data(), is_left=st.sampled_from([False, False, True]))
    def paint(self, data, is_left):
        check = data.draw(st.sampled_from(list(self.pending().order_by("pk"))))
        self.paint_one(check, is_left=is_left)

    def paint_one(self, check, *, is_left) -> bool:
        """Begin a check and look; whether there was anything to begin."""
        check = redacting.begin(check.pk)
        if check is None:
            return False
        with pytest.MonkeyPatch.context() as second_look:
            second_look.setattr(
                redacting, "look_again", lambda *a, **k: (LEFTOVER,) * is_left
            )
            with files.work_folder() as folder:
                found = redacting.look(check, folder)
        self.painting.append(Painting(check, found))
        return True

    @precondition(lambda self: self.painting)
    @rule(data=st.data(), is_twice=st.booleans())
    def conclude_the_check(self, data, is_twice):
        number = data.draw(st.integers(0, len(self.painting) - 1))
        self.conclude_painting(number, is_twice=is_twice)

    def conclude_painting(self, number, *, is_twice=False):
        one = self.painting.pop(number)
        try:
            redacting.conclude(one.check, one.found)
        except RedactionCheck.DoesNotExist:
            return  # its receipt was withdrawn or replaced: the sweep has the rest
        if is_twice:
            before = RedactionCheck.objects.get(pk=one.check.pk).outcome
            redacting.conclude(one.check, one.found)
            assert RedactionCheck.objects.get(pk=one.check.pk).outcome == before != ""

    @precondition(lambda self: self.painting)
    @rule(data=st.data())
    def kill_the_check(self, data):
        """Its painted pictures lie in the vault, and nothing names them."""
        one = self.painting.pop(data.draw(st.integers(0, len(self.painting) - 1)))
        self.littered.add(one.check.receipt_id)

    @precondition(lambda self: self.has(Status.ACCEPTED))
    @rule(data=st.data())
    def release_what_is_painted(self, data):
        """However often, and whether there is anything to release or not."""
        releasing.release_by_key(self.some(data, Status.ACCEPTED).pk)

    # The reviewers ----------------------------------------------------------------

    @precondition(lambda self: self.has(Status.IN_REVIEW))
    @rule(data=st.data(), who=st.integers(0, 1))
    def take(self, data, who):
        by = self.reviewers[who]
        with suppress(ReceiptError):
            receipt = reviewing.take(self.some(data, Status.IN_REVIEW), by=by)
            assert receipt.panelist.user_id != by.pk

    @rule(who=st.integers(0, 1))
    def take_next(self, who):
        by = self.reviewers[who]
        receipt = reviewing.take_next(by=by)
        assert receipt is None or receipt.review_by == by

    @precondition(lambda self: self.has(Status.IN_REVIEW))
    @rule(data=st.data(), who=st.integers(0, 1))
    def release(self, data, who):
        reviewing.release(self.some(data, Status.IN_REVIEW), by=self.reviewers[who])

    @precondition(lambda self: self.has(Status.IN_REVIEW))
    @rule(
        data=st.data(),
        who=st.integers(0, 1),
        purchase=PURCHASES,
        flaw=FLAWS,
        verb=st.sampled_from(
            [
                reviewing.save_edit,
                reviewing.check_redaction,
                reviewing.accept,
                reviewing.accept,
            ]
        ),
        marks=MARKS,
    )
    def edit_or_accept(self, data, who, purchase, flaw, verb, marks):
        receipt = self.some(data, Status.IN_REVIEW)
        edit = self.edit_of(receipt, purchase, flaw, marks)
        with suppress(ReceiptError):
            reviewing.take(receipt, by=self.reviewers[who])
            verb(receipt, edit, by=self.reviewers[who])

    @precondition(lambda self: self.has(Status.IN_REVIEW))
    @rule(data=st.data(), who=st.integers(0, 1), purchase=PURCHASES, marks=MARKS)
    def check_and_accept(self, data, who, purchase, marks):
        """Without anyone in between, so that it comes to a release often."""
        receipt, by = self.some(data, Status.IN_REVIEW), self.reviewers[who]
        with suppress(ReceiptError):
            reviewing.take(receipt, by=by)
            edit = self.edit_of(receipt, purchase, "", marks)
            check = reviewing.check_redaction(receipt, edit, by=by)
            if self.paint_one(check, is_left=False):
                self.conclude_painting(len(self.painting) - 1)
            receipt.refresh_from_db()
            edit = self.edit_of(receipt, purchase, "", "as they are")
            reviewing.accept(receipt, edit, by=by)

    def edit_of(self, receipt, purchase, flaw, marks) -> Edit:
        read = self.flawed(purchase, flaw)
        return Edit(
            revision=receipt.revision,
            merchant_name=read["merchant"],
            purchased_on=read["date"],
            purchased_at=read["time"],
            currency="USD",
            total=read["total"],
            items=(ItemEdit("Olive oil", Decimal(1), read["total"]),),
            marks=self.marked(receipt, marks),
        )

    def marked(self, receipt, how: str) -> list[MarkEdit] | None:
        if how == "as they are" or not receipt.pages.exists():
            return None
        marks = [
            MarkEdit(
                row.position,
                row.kind,
                corners_of(row),
                row.is_painted != (how == "turned"),
                row.pk,
            )
            for row in receipt.redactions.exclude(
                source="person" if how == "removed" else ""
            )
        ]
        drawn = MarkEdit(0, "name", LEFT, is_painted=True)
        return [*marks, drawn] if how == "drawn" else marks

    @precondition(lambda self: self.has(Status.IN_REVIEW))
    @rule(data=st.data(), who=st.integers(0, 1), use=st.sampled_from(Use))
    def reject_or_return(self, data, who, use):
        by, receipt = self.reviewers[who], self.some(data, Status.IN_REVIEW)
        code = data.draw(st.sampled_from([code for code, _text in reasons(use)]))
        act = reviewing.reject if use == Use.REJECT else reviewing.return_to_panelist
        with suppress(ReceiptError):
            reviewing.take(receipt, by=by)
            act(receipt, code=code, by=by, revision=receipt.revision)

    @precondition(lambda self: self.has(Status.IN_REVIEW))
    @rule(data=st.data())
    def requeue(self, data):
        with suppress(ReceiptError):
            reviewing.requeue(self.some(data, Status.IN_REVIEW), by=self.operator)

    # Finance ----------------------------------------------------------------------

    def rewards(self):
        return Reward.objects.filter(panelist__panel=self.panel)

    @precondition(lambda self: self.rewards().exists())
    @rule(data=st.data(), who=st.integers(0, 1), agrees=st.booleans())
    def decide_on_a_reward(self, data, who, agrees):
        reward = data.draw(st.sampled_from(list(self.rewards().order_by("pk"))))
        by = self.finance[who]
        with suppress(rewards.services.RewardError):
            if agrees:
                rewards.services.approve(reward, by=by)
            else:
                rewards.services.refuse(reward, by=by, reason="Shared twice")

    # What must always hold --------------------------------------------------------

    @invariant()
    def everything_adds_up(self):
        if not hasattr(self, "panel"):
            return
        parts = (
            *("files", "pages", "items", "readings", "events__actor"),
            *("redactions", "redaction_checks", "verdicts"),
        )
        receipts = list(self.receipts().prefetch_related(*parts))
        given = list(self.rewards())
        for receipt in receipts:
            self.check_events(receipt)
            self.check_vault(receipt)
            self.check_kept(receipt)
            self.check_traces(receipt)
        self.check_nobody_decides_on_their_own(receipts, given)
        self.check_months(receipts, given)
        self.check_balances(given)
        self.check_claims(receipts, given)

    def check_events(self, receipt):
        """Statuses change along the workflow, by who may, with one event each."""
        at = ""
        for event in receipt.events.all():
            assert event.from_status == at
            if at == "":
                assert event.to_status == Status.SUBMITTED
            elif event.code in ("edited", "leftovers"):
                assert event.to_status == at == Status.IN_REVIEW
            else:
                move = Status(at), Status(event.to_status)
                assert may_move(self.role_of(event, receipt), *move)
            at = event.to_status
        assert receipt.status == at

    def role_of(self, event, receipt) -> Role:
        if event.actor is None:
            return Role.MACHINE
        if event.actor == self.operator:
            return Role.OPERATOR
        if event.actor_id == self.owners[receipt.panelist_id]:
            return Role.PANELIST
        return Role.REVIEWER

    def check_vault(self, receipt):
        """It holds the files of undecided receipts and of those that aren't released
        yet, and only what rows name."""
        names = set(files.names_in(files.folder_of(receipt)))
        rows = [file.original for file in receipt.files.all()]
        for page in receipt.pages.all():
            rows += [page.working, page.working_thumbnail, page.words]
            rows += [page.painted, page.painted_thumbnail]
        listed = {str(name) for name in rows if name}
        waits = receipt.status == Status.ACCEPTED and not is_released(receipt)
        assert bool(listed) == (receipt.status not in DECIDED or waits)
        assert listed <= names
        looked_at = {look.attempt.receipt.pk for look in self.looking}
        looked_at |= {one.check.receipt_id for one in self.painting}
        if receipt.pk not in looked_at | self.littered:
            assert names == listed

    def check_kept(self, receipt):
        """Copies are kept of accepted receipts: what is painted over only painted,
        after a clean check, and once it is released."""
        names = set(files.names_in(files.folder_of(receipt), alias="kept"))
        rows = [p.kept_image for p in receipt.pages.all()]
        rows += [p.kept_thumbnail for p in receipt.pages.all()]
        if receipt.status == Status.ACCEPTED and is_released(receipt):
            assert all(rows)
        else:
            assert not any(rows)
        assert names == {str(name) for name in rows if name}
        if receipt.status == Status.ACCEPTED and must_be_released(receipt):
            assert receipt.redaction_checks.all()[0].outcome == "clean"
            assert all(row.decided_at for row in receipt.redactions.all())
        if any(rows) and receipt.redactions.all():
            self.check_painted(receipt)

    def check_painted(self, receipt):
        """Black where a mark is painted, and nowhere else."""
        page = receipt.pages.get()
        with page.kept_image.open("rb") as file, Image.open(file) as image:
            kept = image.convert("L")
        for row in receipt.redactions.all():
            (left, top), _right, (right, bottom), _left = row.corners
            area = kept.crop((left + 4, top + 4, right - 4, bottom - 4))
            darkest, lightest = area.getextrema()
            covered = any(
                other.is_painted and other.corners == row.corners
                for other in receipt.redactions.all()
            )
            assert (lightest < 48) == covered, (row.is_painted, darkest, lightest)

    def check_traces(self, receipt):
        """Readings hold no items, and a withdrawn receipt holds nothing at all."""
        for reading in receipt.readings.all():
            assert "items" not in reading.result
        if receipt.status == Status.WITHDRAWN:
            assert (receipt.merchant_name, receipt.total) == ("", None)
            for parts in (receipt.pages, receipt.items, receipt.readings):
                assert not parts.all()
            for parts in (receipt.redactions, receipt.redaction_checks):
                assert not parts.all()

    def check_nobody_decides_on_their_own(self, receipts, given):
        for receipt in receipts:
            owner = self.owners[receipt.panelist_id]
            assert owner not in (receipt.decided_by_id, receipt.review_by_id)
        for reward in given:
            assert reward.decided_by_id != self.owners[reward.panelist_id]

    def check_months(self, receipts, given):
        """At most one reward a month, and right for the count unless decided, or
        reached before the month was over."""
        accepted = Counter(
            (receipt.panelist_id, receipt.month)
            for receipt in receipts
            if receipt.status == Status.ACCEPTED
        )
        found = {(reward.panelist_id, reward.month): reward for reward in given}
        assert len(found) == len(given)
        for key in accepted.keys() | found.keys():
            reward, is_due = found.get(key), accepted[key] >= REQUIRED
            if reward is None or reward.status == Reward.Status.RETRACTED:
                assert not is_due
            elif reward.status == Reward.Status.PROPOSED:
                assert is_due or reward.month == self.last_month

    def check_balances(self, given):
        for panelist in self.panelists:
            approved = [
                reward.amount
                for reward in given
                if reward.panelist_id == panelist.pk
                and reward.status == Reward.Status.APPROVED
            ]
            assert rewards.services.balance(panelist) == sum(approved, Decimal(0))

    def check_claims(self, receipts, given):
        """What may count or was paid holds claims; nothing counts or pays twice."""
        paid = {
            (reward.panelist_id, reward.month)
            for reward in given
            if reward.status == Reward.Status.APPROVED
            # Proposed, perhaps refused since, when a receipt was withdrawn.
            or (
                reward.month == self.last_month
                and reward.status != Reward.Status.RETRACTED
            )
        }
        by_pk = {receipt.pk: receipt for receipt in receipts}
        for claim in DuplicateClaim.objects.filter(panel=self.panel):
            receipt = by_pk[claim.receipt_id]
            if receipt.status not in LIVE:
                assert receipt.status == Status.WITHDRAWN
                assert (receipt.panelist_id, receipt.month) in paid
        keys = [
            purchase_key(r.merchant_name, r.purchased_on, r.purchased_at, r.total)
            for r in receipts
            if r.status == Status.ACCEPTED and r.purchased_at
        ]
        assert len(keys) == len(set(keys))
        digests = [
            file.sha256
            for receipt in receipts
            if receipt.status in LIVE
            for file in receipt.files.all()
        ]
        assert len(digests) == len(set(digests))


def must_be_released(receipt) -> bool:
    """Something sensitive was found and a person accepted it, or a place is marked."""
    return any(row.code == "sensitive" for row in receipt.verdicts.all()) or any(
        row.is_painted for row in receipt.redactions.all()
    )


def is_released(receipt) -> bool:
    if not must_be_released(receipt):
        return True
    report = getattr(receipt, "redaction_report", None)
    return report is not None and report.released_at is not None


pytestmark = pytest.mark.usefixtures("cache_in_database")

COMMON = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "print_blob": True,
}


@pytest.mark.django_db(transaction=True)
def test_in_any_order_the_invariants_hold():
    run_state_machine_as_test(
        ReceiptsInAnyOrder,
        settings=settings(
            max_examples=12, stateful_step_count=40, derandomize=True, **COMMON
        ),
    )


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(1800)
def test_in_any_order_the_invariants_hold_for_long():
    run_state_machine_as_test(
        ReceiptsInAnyOrder,
        settings=settings(
            max_examples=60, stateful_step_count=50, database=None, **COMMON
        ),
    )

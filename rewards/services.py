"""Proposing, approving and paying rewards: once each, on two people's word."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panelists.models import Panelist, User
from rewards.models import (
    LedgerAccount,
    LedgerEntry,
    Reward,
    RewardEvent,
    RewardPlan,
)

CENT = Decimal("0.01")
Status = Reward.Status


class RewardError(Exception):
    """Base of the errors below; `str(error)` is a sentence for a person."""


class NotAllowed(RewardError):
    """The actor may not do this."""


class AlreadyDecided(RewardError):
    """Someone has approved or refused the reward, or it is no longer due."""

    def __init__(self) -> None:
        super().__init__(_("This reward is no longer waiting for a decision."))


class AlreadyProposed(RewardError):
    """The source has its reward: each pays once."""

    def __init__(self) -> None:
        super().__init__(_("This has been proposed before. Each source pays once."))


def month_source(panelist: Panelist, month: date) -> str:
    """What a month's reward is for; unique, so that a month pays once."""
    return f"receipts:{month:%Y-%m}:{panelist.public_id}"


def month_status(panelist: Panelist, month: date) -> str:
    """The status of a month's reward, or "" where none was proposed."""
    reward = Reward.objects.filter(source=month_source(panelist, month))
    return reward.values_list("status", flat=True).first() or ""


def lock_panelist(pk: int) -> Panelist:
    """Whoever proposes or decides for a panelist waits here for whoever does so now.

    `no_key`: on PostgreSQL a plain lock would wait for every upload of theirs too.
    """
    return (
        Panelist.objects.select_for_update(of=("self",), no_key=True)
        .select_related("panel")
        .get(pk=pk)
    )


def settle_month(*, panelist: Panelist, month: date, accepted: int) -> Reward | None:
    """Bring a month's reward in line with its number of accepted receipts.

    Proposes it once the plan's number is reached; retracts one that is only proposed
    when the number falls below while the month lasts; proposes a retracted one again.
    A reward that someone decided on is never touched, one of an earlier month is never
    retracted (DESIGN section 2), nor is one because its plan is gone.

    Runs in the caller's transaction, under a lock on the panelist, so that no two
    callers see the same count.
    """
    with transaction.atomic():
        panelist = lock_panelist(panelist.pk)
        reward = Reward.objects.filter(source=month_source(panelist, month)).first()
        plan = RewardPlan.for_month(panelist.panel, month)
        is_due = plan is not None and accepted >= plan.receipts_required
        if reward is None:
            if not is_due:
                return None
            return create(
                panelist=panelist,
                source=month_source(panelist, month),
                month=month,
                amount=plan.amount,
                description=gettext("%(count)d receipts in %(month)s")
                % {
                    "count": plan.receipts_required,
                    "month": date_format(month, "F Y"),
                },
                by=None,
            )
        falls_short = plan is not None and not is_due
        is_over = month < panelist.panel.month()
        if reward.status == Status.PROPOSED and falls_short and not is_over:
            change(reward, Status.RETRACTED, by=None)
        elif reward.status == Status.RETRACTED and is_due:
            change(reward, Status.PROPOSED, by=None)
        return reward


def propose(
    *, panelist: Panelist, source: str, description: str, amount: Decimal, by: User
) -> Reward:
    """A person proposes a reward. Raises `NotAllowed` or `AlreadyProposed`."""
    if not by.has_perm("rewards.propose_reward"):
        raise NotAllowed(_("You can’t propose rewards."))
    if panelist.user_id == by.pk:
        raise NotAllowed(_("You can’t propose a reward for yourself."))
    if amount <= 0 or amount != amount.quantize(CENT):
        raise NotAllowed(_("The amount must be above zero, in whole cents."))
    with transaction.atomic():
        lock_panelist(panelist.pk)
        if Reward.objects.filter(source=source).exists():
            raise AlreadyProposed
        return create(
            panelist=panelist,
            source=source,
            month=None,
            amount=amount,
            description=description,
            by=by,
        )


def propose_once(
    *, panelist: Panelist, source: str, description: str, amount: Decimal
) -> Reward | None:
    """The system proposes what the source pays; asked again it finds what it proposed.

    None where there is nothing to pay. Runs in the caller's transaction.
    """
    if amount <= 0:
        return None
    with transaction.atomic():
        panelist = lock_panelist(panelist.pk)
        reward = Reward.objects.filter(source=source).first()
        if reward is not None:
            return reward
        return create(
            panelist=panelist,
            source=source,
            month=None,
            amount=amount.quantize(CENT),
            description=description,
            by=None,
        )


def create(
    *,
    panelist: Panelist,
    source: str,
    month: date | None,
    amount: Decimal,
    description: str,
    by: User | None,
) -> Reward:
    reward = Reward.objects.create(
        panelist=panelist,
        source=source,
        month=month,
        amount=amount,
        currency=panelist.panel.currency,
        description=description,
        proposed_by=by,
    )
    record(reward, "", by=by)
    return reward


def approve(reward: Reward, *, by: User) -> Reward:
    """The second person agrees: the sum moves into the panelist's balance, once.

    Raises `NotAllowed` for whoever proposed it, is paid by it or may not approve, and
    `AlreadyDecided`.
    """
    with transaction.atomic():
        reward = waiting(reward, by)
        change(reward, Status.APPROVED, by=by)
        LedgerEntry.objects.create(
            debit=account(reward, LedgerAccount.Kind.REWARD_EXPENSE),
            credit=account(reward, LedgerAccount.Kind.PANELIST_BALANCE),
            amount=reward.amount,
            currency=reward.currency,
            reward=reward,
            by=by,
            description=reward.description,
        )
    return reward


def refuse(reward: Reward, *, by: User, reason: str) -> Reward:
    """The second person disagrees and says why. Raises as `approve`."""
    reason = reason.strip()
    if not reason:
        raise NotAllowed(_("Say why you refuse: the panelist reads it."))
    with transaction.atomic():
        reward = waiting(reward, by)
        reward.refusal = reason[:300]
        change(reward, Status.REFUSED, by=by, note=reward.refusal)
    return reward


def waiting(reward: Reward, by: User) -> Reward:
    """In a transaction: the locked reward, if `by` may decide on it now."""
    if not by.has_perm("rewards.approve_reward"):
        raise NotAllowed(_("You can’t decide on rewards."))
    # The panelist first, as everywhere: `settle_month` may be at work on the reward.
    lock_panelist(reward.panelist_id)
    reward = (
        Reward.objects.select_for_update(of=("self",))
        .select_related("panelist__panel")
        .get(pk=reward.pk)
    )
    if reward.panelist.user_id == by.pk:
        raise NotAllowed(_("You can’t decide on a reward of your own."))
    if reward.proposed_by_id == by.pk:
        raise NotAllowed(_("A reward is approved by another person than proposed it."))
    if reward.status != Status.PROPOSED:
        raise AlreadyDecided
    return reward


def change(
    reward: Reward, status: Reward.Status, *, by: User | None, note: str = ""
) -> None:
    origin, reward.status = reward.status, status
    if status in (Status.APPROVED, Status.REFUSED):
        reward.decided_at, reward.decided_by = timezone.now(), by
    reward.save(update_fields=["status", "refusal", "decided_at", "decided_by"])
    record(reward, origin, by=by, note=note)


def record(reward: Reward, origin: str, *, by: User | None, note: str = "") -> None:
    RewardEvent.objects.create(
        reward=reward, actor=by, from_status=origin, to_status=reward.status, note=note
    )


def account(reward: Reward, kind: LedgerAccount.Kind) -> LedgerAccount:
    panelist = reward.panelist if kind == LedgerAccount.Kind.PANELIST_BALANCE else None
    found, _created = LedgerAccount.objects.get_or_create(
        panel=reward.panelist.panel,
        kind=kind,
        panelist=panelist,
        currency=reward.currency,
    )
    return found


def balance(panelist: Panelist) -> Decimal:
    """What the panelist has: credits less debits of their balance, from the ledger."""
    own = LedgerAccount.objects.filter(
        panelist=panelist, kind=LedgerAccount.Kind.PANELIST_BALANCE
    )
    sums = {
        side: LedgerEntry.objects.filter(**{f"{side}__in": own}).aggregate(
            sum=Sum("amount")
        )["sum"]
        or Decimal(0)
        for side in ("credit", "debit")
    }
    return (sums["credit"] - sums["debit"]).quantize(CENT)

"""What panelists are owed and paid: plans, rewards, and the ledger behind balances."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel, Panelist
from panelists.public_ids import new_public_id


class RewardPlan(models.Model):
    """What a month of accepted receipts pays, between two dates.

    *Threshold*: `receipts_required` accepted receipts in a calendar month of the
    panel's time zone pay `amount`, once; fewer pay nothing, more pay no more.
    """

    class Kind(models.TextChoices):
        THRESHOLD = "threshold", _("A sum for a number of receipts a month")

    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, related_name="reward_plans"
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.THRESHOLD
    )
    receipts_required = models.PositiveSmallIntegerField(
        _("receipts required"), default=10
    )
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    valid_from = models.DateField(
        _("valid from"), help_text=_("The first day of a month.")
    )
    valid_to = models.DateField(
        _("valid to"),
        null=True,
        blank=True,
        help_text=_("The first day of the month from which it no longer holds."),
    )

    class Meta:
        verbose_name = _("reward plan")
        verbose_name_plural = _("reward plans")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="reward_plan_amount_is_positive",
                violation_error_message=_("The amount must be more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(receipts_required__gt=0),
                name="reward_plan_requires_receipts",
                violation_error_message=_("At least one receipt must be required."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="reward_plan_ends_after_it_starts",
                violation_error_message=_("The plan must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["panel", "valid_from"], name="reward_plan_start_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.valid_from:%Y-%m}"

    def clean(self) -> None:
        for day in (self.valid_from, self.valid_to):
            if day is not None and day.day != 1:
                raise ValidationError(_("A plan starts and ends with a month."))
        if self.panel_id is None or self.valid_from is None:
            return
        self.check_end()
        others = RewardPlan.objects.filter(panel=self.panel).exclude(pk=self.pk)
        if self.valid_to is not None:
            others = others.filter(valid_from__lt=self.valid_to)
        if others.filter(Q(valid_to=None) | Q(valid_to__gt=self.valid_from)).exists():
            raise ValidationError(_("Another plan holds in part of that time."))

    def check_end(self) -> None:
        """A plan that has begun is a promise for the months that have begun."""
        month = self.panel.month()
        if self.valid_to is None or self.valid_to > month:
            return
        saved = RewardPlan.objects.filter(pk=self.pk, valid_from__lte=month).first()
        if saved is not None and saved.valid_to != self.valid_to:
            raise ValidationError(
                {
                    "valid_to": _(
                        "This plan holds in the current month: it can end with the "
                        "next month at the earliest."
                    )
                }
            )

    @classmethod
    def for_month(cls, panel: Panel, month: date) -> "RewardPlan | None":
        """The plan that holds in the month that begins on `month`."""
        return (
            cls.objects.filter(panel=panel, valid_from__lte=month)
            .filter(Q(valid_to=None) | Q(valid_to__gt=month))
            .order_by("-valid_from")
            .first()
        )


class RewardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Finance sees every reward, a panelist their own, anyone else none."""
        if user.has_perm("rewards.approve_reward"):
            return self
        return self.filter(panelist__user=user)


class Reward(models.Model):
    """A sum that a panelist is to be paid for one `source`, and who agreed to it."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for approval")
        APPROVED = "approved", _("In your balance")
        REFUSED = "refused", _("Refused")
        RETRACTED = "retracted", _("No longer due")

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    panelist = models.ForeignKey(
        Panelist, on_delete=models.PROTECT, related_name="rewards"
    )
    source = models.CharField(
        _("source"),
        max_length=120,
        unique=True,
        help_text=_("What it is for; each source pays once."),
    )
    description = models.CharField(_("description"), max_length=200)
    month = models.DateField(_("month"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.PROPOSED
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the system, by the reward plan."),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    refusal = models.CharField(_("reason for refusing"), max_length=300, blank=True)

    objects = RewardQuerySet.as_manager()

    class Meta:
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        ordering = ["-proposed_at"]
        permissions = [
            ("approve_reward", "Can approve and refuse rewards"),
            ("propose_reward", "Can propose rewards"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="reward_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["proposed", "retracted"],
                    decided_at=None,
                    decided_by=None,
                )
                | Q(
                    status__in=["approved", "refused"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="reward_is_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(proposed_by=None)
                | ~Q(decided_by=F("proposed_by")),
                name="reward_is_decided_by_another_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(refusal=""),
                name="reward_refusal_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class RewardEvent(models.Model):
    """One change of a reward's status; never edited. `actor` empty: the system."""

    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    from_status = models.CharField(max_length=12, blank=True)
    to_status = models.CharField(max_length=12)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("reward event")
        verbose_name_plural = _("reward events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.reward}: {self.to_status}"


class LedgerAccount(models.Model):
    """One side of ledger entries: a panel's reward expense or a panelist's balance."""

    class Kind(models.TextChoices):
        REWARD_EXPENSE = "reward_expense", _("Reward expense")
        PANELIST_BALANCE = "panelist_balance", _("Panelist balance")

    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, related_name="ledger_accounts"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    panelist = models.ForeignKey(
        Panelist,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_accounts",
    )
    currency = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("ledger account")
        verbose_name_plural = _("ledger accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="panelist_balance", panelist__isnull=False)
                | (~Q(kind="panelist_balance") & Q(panelist=None)),
                name="ledger_account_belongs_to_a_panelist_or_the_panel",
            ),
            models.UniqueConstraint(
                fields=["panelist", "currency"],
                condition=Q(kind="panelist_balance"),
                name="ledger_account_of_panelist_is_unique",
            ),
            models.UniqueConstraint(
                fields=["panel", "kind", "currency"],
                condition=Q(panelist=None),
                name="ledger_account_of_panel_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.panelist or self.panel}"


class LedgerEntry(models.Model):
    """One transfer: `amount` leaves the debit account's favor for the credit account.

    Append-only: the database itself refuses UPDATE and DELETE (`append_only`), and
    a mistake is put right by the opposite entry.
    """

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    debit = models.ForeignKey(
        LedgerAccount, on_delete=models.PROTECT, related_name="debits"
    )
    credit = models.ForeignKey(
        LedgerAccount, on_delete=models.PROTECT, related_name="credits"
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    reward = models.OneToOneField(
        Reward,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entry",
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    description = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="ledger_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=~Q(debit=F("credit")), name="ledger_accounts_differ"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

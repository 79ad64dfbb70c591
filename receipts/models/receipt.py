"""One purchase as a panelist shared it, from submission to decision."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel, Panelist
from panelists.public_ids import new_public_id
from receipts.models.merchants import Merchant
from receipts.workflow import PENDING, Status


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A panelist's own receipts; those waiting for or decided by a reviewer too."""
        own = Q(panelist__user=user)
        if user.has_perm("receipts.review_receipt"):
            return self.filter(
                own
                | Q(status=Status.IN_REVIEW)
                | Q(review_by=user)
                | Q(decided_by=user)
            )
        return self.filter(own)

    def pending(self):
        return self.filter(status__in=PENDING)

    def accepted_in(self, month: date):
        return self.filter(status=Status.ACCEPTED, month=month)


class Receipt(models.Model):
    """One purchase as a panelist shared it, from submission to decision.

    The purchase fields hold what is believed now: the machine's reading at first,
    then what a reviewer made of it. `Reading` keeps what the machine said.
    """

    class Channel(models.TextChoices):
        UPLOAD = "upload", _("Upload")
        EMAIL = "email", _("E-mail")

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    panelist = models.ForeignKey(
        Panelist, on_delete=models.PROTECT, related_name="receipts"
    )
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="receipts")
    channel = models.CharField(
        max_length=8, choices=Channel.choices, default=Channel.UPLOAD
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.SUBMITTED
    )
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    # The month of submission in the panel's time zone: it decides the reward.
    month = models.DateField(_("month"))

    # Reading: counted by us, committed before each attempt (DESIGN section 4).
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    read_started_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    # What was bought.
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="receipts",
    )
    merchant_name = models.CharField(_("merchant"), max_length=120, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    purchased_on = models.DateField(_("date"), null=True, blank=True)
    purchased_at = models.TimeField(_("time"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    subtotal = models.DecimalField(
        _("subtotal"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    tax = models.DecimalField(
        _("tax"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    total = models.DecimalField(
        _("total"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    without_items = models.CharField(
        _("reason for no items"), max_length=120, blank=True
    )

    # Review: who holds it, since when, and the decision.
    review_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    review_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the machine."),
    )
    # Counts edits: a form made for an older state is refused.
    revision = models.PositiveIntegerField(default=0)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-submitted_at", "-pk"]
        permissions = [
            ("review_receipt", "Can review receipts"),
            ("requeue_receipt", "Can have receipts read again"),
        ]
        indexes = [
            models.Index(
                fields=["status", "submitted_at"], name="receipt_by_status_and_age"
            ),
            models.Index(
                fields=["panelist", "month", "status"], name="receipt_by_month"
            ),
            # What surveys and insights ask: who bought something in some days.
            models.Index(
                fields=["panel", "status", "purchased_on"], name="receipt_by_purchase"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_at=None, review_by=None)
                | Q(review_at__isnull=False, review_by__isnull=False),
                name="receipt_review_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["accepted", "rejected"], decided_at__isnull=False
                )
                | Q(
                    status__in=["submitted", "in_review", "returned"],
                    decided_at=None,
                    decided_by=None,
                )
                | Q(status="withdrawn"),
                name="receipt_is_decided_when_its_status_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted")
                | (
                    ~Q(merchant_name="")
                    # A comparison with NULL passes a check, so that is named too.
                    & Q(purchased_on__isnull=False, total__isnull=False, total__gt=0)
                    & ~Q(currency="")
                ),
                name="accepted_receipt_has_merchant_date_and_total",
                violation_error_message=_(
                    "An accepted receipt needs a merchant, a date and a total."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING

    @property
    def state(self) -> Status:
        return Status(self.status)

"""What was found of a receipt, what it stands for, and what was done."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel
from receipts.models.receipt import Receipt
from receipts.verdicts import VERDICTS, Verdict
from receipts.workflow import Status


class ReceiptVerdict(models.Model):
    """One rule's finding on a receipt, as a code of `receipts.verdicts`."""

    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="verdicts"
    )
    code = models.CharField(_("code"), max_length=40)
    rejects = models.BooleanField(
        _("rejects"), help_text=_("Sure enough to reject without a person.")
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("receipt verdict")
        verbose_name_plural = _("receipt verdicts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "code"], name="receipt_verdict_is_given_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def verdict(self) -> Verdict:
        return VERDICTS[self.code]


class DuplicateClaim(models.Model):
    """That one live receipt stands for these bytes, or for this purchase.

    The unique constraint decides between two that arrive at the same moment. A
    receipt that is rejected or withdrawn gives its claims up, unless its month was
    paid for: what was paid once isn't paid again. Then it claims the purchase without
    its time as well, which another receipt of it may lack.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("The same file")
        PURCHASE = "purchase", _("The same purchase")

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="+")
    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="claims"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # SHA-256 of the bytes, or of merchant, date, total and mostly time.
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("duplicate claim")
        verbose_name_plural = _("duplicate claims")
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "kind", "key"], name="duplicate_claim_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.kind}"


class ReceiptEvent(models.Model):
    """One change of a receipt: who, when, from, to, why. Never edited.

    `actor` empty: the machine. `note` is written by staff for the panelist; `code`
    names the reason; `fields` names what a reviewer changed, never the contents.
    """

    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="events"
    )
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    from_status = models.CharField(max_length=12, blank=True)
    to_status = models.CharField(max_length=12, choices=Status.choices)
    code = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    fields = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("receipt event")
        verbose_name_plural = _("receipt events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.receipt}: {self.to_status}"

"""What the machine read of a receipt, and the lines of what was bought."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from receipts.models.receipt import Receipt


class Reading(models.Model):
    """What the machine read, once; never edited. The newest one counts.

    `result` is `receipts.reading.result.reading_as_json` without its items once the
    receipt is found sensitive; the words themselves lie in the vault.
    """

    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="readings"
    )
    at = models.DateTimeField(default=timezone.now)
    version = models.CharField(max_length=60)
    straight_through = models.BooleanField()
    result = models.JSONField()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.receipt} {self.at:%Y-%m-%d %H:%M}"


class LineItem(models.Model):
    """One line of what was bought. A discount is a negative amount."""

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    description = models.CharField(_("description"), max_length=200)
    quantity = models.DecimalField(
        _("quantity"), max_digits=10, decimal_places=3, default=1
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("line item")
        verbose_name_plural = _("line items")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "position"], name="line_item_position_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.position}"

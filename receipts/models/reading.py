"""What the machine read of a receipt, and the lines of what was bought."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from receipts.models.policy import ReceiptPolicy
from receipts.models.receipt import Receipt
from receipts.reading.result import ItemKind


class Reading(models.Model):
    """What the machine read, once; never edited. The newest one counts.

    `result` is `receipts.reading.result.reading_as_json` without its items; the words
    themselves lie in the vault. `candidates` are what the reader chose from, as numbers
    for `train_reader`; a sensitive receipt's are not stored. `would_be` is what
    straight through would have made of it, and `would_be_code` the first reason.
    """

    class Trial(models.TextChoices):
        """Why a person decided although the machine could have."""

        DRY_RUN = "dry_run", _("Dry run")
        QUALITY_CHECK = "quality_check", _("Quality check")

    class WouldBe(models.TextChoices):
        ACCEPT = "accept", _("Accepted")
        REVIEW = "review", _("Left to a person")
        REJECT = "reject", _("Rejected")

    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="readings"
    )
    at = models.DateTimeField(default=timezone.now)
    version = models.CharField(max_length=60)
    straight_through = models.BooleanField()
    result = models.JSONField()
    candidates = models.JSONField(default=dict, blank=True)
    model = models.CharField(
        _("model"),
        max_length=60,
        blank=True,
        help_text=_("The version of the learned confidence; empty: none."),
    )
    # Empty where nobody had written one for the day.
    policy = models.ForeignKey(
        ReceiptPolicy,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
    )
    trial = models.CharField(
        _("trial"), max_length=14, choices=Trial.choices, blank=True
    )
    would_be = models.CharField(
        _("would be"), max_length=8, choices=WouldBe.choices, blank=True
    )
    would_be_code = models.CharField(_("for"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trial="") | ~Q(would_be=""),
                name="reading_on_trial_says_what_would_be",
                violation_error_message=_(
                    "A reading on trial says what would have happened."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.at:%Y-%m-%d %H:%M}"


class LineItem(models.Model):
    """One line of what was bought. A discount is a negative amount.

    `unit_price` is what one piece (or kilogram, pound, litre) costs, where that is
    known; it is positive where the amount is negative, too.
    """

    KINDS = (
        (ItemKind.ITEM.value, _("Item")),
        (ItemKind.DISCOUNT.value, _("Discount")),
        (ItemKind.VOID.value, _("Void")),
    )

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    description = models.CharField(_("description"), max_length=200)
    quantity = models.DecimalField(
        _("quantity"), max_digits=10, decimal_places=3, default=1
    )
    unit_price = models.DecimalField(
        _("unit price"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    kind = models.CharField(
        _("kind"), max_length=8, choices=KINDS, default=ItemKind.ITEM.value
    )

    class Meta:
        verbose_name = _("line item")
        verbose_name_plural = _("line items")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "position"], name="line_item_position_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(unit_price=None) | Q(unit_price__gte=0),
                name="line_item_unit_price_is_not_negative",
                violation_error_message=_("A unit price isn’t negative."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ItemKind]),
                name="line_item_kind_is_known",
                violation_error_message=_("A line is an item, a discount or a void."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ItemKind.ITEM.value) | Q(amount__lte=0),
                name="line_item_discount_or_void_is_not_positive",
                violation_error_message=_(
                    "The amount of a discount or a void isn’t positive."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.position}"

"""The panel's rules for receipts, between two days of submission."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel


class ReceiptPolicy(models.Model):
    """The panel's rules for receipts, between two days of submission."""

    class StraightThrough(models.TextChoices):
        OFF = "off", _("Off: a person looks at every receipt")
        ON = "on", _("On: what the evidence proves is accepted at once")

    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, related_name="receipt_policies"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer holds."),
    )
    window_days = models.PositiveIntegerField(
        _("window in days"),
        default=31,
        validators=[MinValueValidator(1), MaxValueValidator(36_500)],
        help_text=_("The most days from purchase to submission."),
    )
    first_month_grace_days = models.PositiveIntegerField(
        _("grace in the first month, in days"),
        default=31,
        help_text=_("Added to the window in the month in which a panelist joined."),
    )
    straight_through = models.CharField(
        _("straight through"),
        max_length=8,
        choices=StraightThrough.choices,
        default=StraightThrough.ON,
    )

    class Meta:
        verbose_name = _("receipt policy")
        verbose_name_plural = _("receipt policies")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(window_days__gte=1), name="receipt_window_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="receipt_policy_ends_after_it_starts",
                violation_error_message=_("The policy must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["panel", "valid_from"], name="receipt_policy_start_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.valid_from}"

    @classmethod
    def for_day(cls, panel: Panel, day: date) -> "ReceiptPolicy":
        """The policy that holds on a day; the defaults where none was written."""
        return (
            cls.objects.filter(panel=panel, valid_from__lte=day)
            .filter(Q(valid_to=None) | Q(valid_to__gt=day))
            .order_by("-valid_from")
            .first()
        ) or cls(panel=panel, valid_from=day)


class ExcludedCategory(models.Model):
    """A kind of shop that never counts, such as casinos."""

    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, related_name="excluded_categories"
    )
    category = models.CharField(_("category"), max_length=40)

    class Meta:
        verbose_name = _("excluded category")
        verbose_name_plural = _("excluded categories")
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "category"], name="excluded_category_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.category

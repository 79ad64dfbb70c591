"""The panel's rules for receipts, between two days of submission."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel
from receipts.reading.gate import Gate


def margin(label, help_text) -> models.DecimalField:
    """Points by which a candidate leads its rivals; empty for the reader's own."""
    return models.DecimalField(
        label,
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=help_text,
    )


def share(label, help_text) -> models.DecimalField:
    """A probability from 0 to 1; empty for the reader's own."""
    return models.DecimalField(
        label,
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=help_text,
    )


MARGINS = ("total_margin", "weak_margin", "date_margin")
CONFIDENCES = (
    "least_word_confidence",
    "least_total_confidence",
    "least_date_confidence",
    "least_merchant_confidence",
)


def all_between(names: tuple[str, ...], **bounds: int) -> Q:
    """That each of the fields is empty or keeps the bounds."""
    condition = Q()
    for name in names:
        kept = {f"{name}__{lookup}": bound for lookup, bound in bounds.items()}
        condition &= Q(**{name: None}) | Q(**kept)
    return condition


class ReceiptPolicy(models.Model):
    """The panel's rules for receipts, between two days of submission.

    A requirement or threshold of `Gate` has the same name here. A threshold that is
    empty is the reader's own, which may change with the reader.
    """

    class StraightThrough(models.TextChoices):
        OFF = "off", _("Off: nothing is accepted without a person")
        DRY_RUN = (
            "dry_run",
            _("Dry run: a person decides, and what would have happened is noted"),
        )
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
    quality_check_percent = models.DecimalField(
        _("quality checks, in percent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_(
            "Of the receipts that would be accepted at once, how many a person looks "
            "at all the same, to measure how often the machine is wrong. They are "
            "chosen by lot. 2 is a good start; 0 for none."
        ),
    )
    requires_total_line = models.BooleanField(
        _("the total stands on a line that names it"),
        default=True,
        help_text=_("Such as “Total” or “Amount due”."),
    )
    requires_second_fact = models.BooleanField(
        _("something else on the receipt supports the total"),
        default=True,
        help_text=_(
            "Such as items that add up to it, subtotal and tax, or cash and change."
        ),
    )
    requires_date_witness = models.BooleanField(
        _("a second look confirms the date"),
        default=True,
        help_text=_("The date is printed twice, or another reader sees the same."),
    )
    requires_merchant = models.BooleanField(
        _("the shop’s name is sure"),
        default=True,
        help_text=_("Without this, one of your own stores may count if it is misread."),
    )
    requires_items = models.BooleanField(
        _("line items were read"),
        default=False,
        help_text=_(
            "A receipt without any goes to a person in any case, so this only says "
            "whether its reading counts as sure."
        ),
    )
    total_margin = margin(
        _("the total’s lead"),
        _("How far the total must lead other amounts, in points. Empty: as built in."),
    )
    weak_margin = margin(
        _("the total’s lead on weak support"),
        _("The same where only a repeated print supports it. Empty: as built in."),
    )
    date_margin = margin(
        _("the date’s lead"),
        _("How far the date must lead other dates, in points. Empty: as built in."),
    )
    least_word_confidence = share(
        _("least confidence in the print"),
        _("How well the words must be legible, from 0 to 1. Empty: as built in."),
    )
    least_total_confidence = share(
        _("least confidence in the total"),
        _("The probability that it is right, from 0 to 1. Empty: as built in."),
    )
    least_date_confidence = share(
        _("least confidence in the date"),
        _("The probability that it is right, from 0 to 1. Empty: as built in."),
    )
    least_merchant_confidence = share(
        _("least confidence in the shop’s name"),
        _("The probability that it is right, from 0 to 1. Empty: as built in."),
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
            models.CheckConstraint(
                condition=Q(
                    quality_check_percent__gte=0, quality_check_percent__lte=100
                ),
                name="receipt_quality_checks_are_a_percentage",
                violation_error_message=_("Quality checks run from 0 to 100 percent."),
            ),
            models.CheckConstraint(
                condition=all_between(MARGINS, gte=0),
                name="receipt_gate_leads_are_not_negative",
                violation_error_message=_("A lead is 0 points or more."),
            ),
            models.CheckConstraint(
                condition=all_between(CONFIDENCES, gte=0, lte=1),
                name="receipt_gate_confidences_are_probabilities",
                violation_error_message=_("A confidence runs from 0 to 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.valid_from}"

    @classmethod
    def for_day(cls, panel: Panel, day: date) -> "ReceiptPolicy":
        """The policy that holds on a day; the defaults where none was written."""
        policy = (
            cls.objects.filter(panel=panel, valid_from__lte=day)
            .filter(Q(valid_to=None) | Q(valid_to__gt=day))
            .order_by("-valid_from")
            .first()
        ) or cls(valid_from=day)
        policy.panel = panel
        return policy

    def gate(self) -> Gate:
        """What a reading must prove under this policy to need no person."""
        chosen = {field.name: getattr(self, field.name) for field in fields(Gate)}
        return Gate(
            **{
                name: value if isinstance(value, bool) else float(value)
                for name, value in chosen.items()
                if value is not None
            }
        )


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

"""Shops that the panel knows, and what tells them on paper: names, phone numbers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel


class MerchantQuerySet(models.QuerySet):
    def read_by_name(self):
        """Those whose names the reader looks for: an operator's, and the learned ones
        that more than one panelist's receipts confirm."""
        return self.filter(Q(learned_at=None) | Q(confirmed_at__isnull=False))


class Merchant(models.Model):
    """A shop that the panel's rules or its reading know by name.

    `learned_at`: it was made when a reviewer accepted a receipt with its name; empty
    for an operator's. `confirmed_at`: receipts of enough different panelists name it.
    """

    class Standing(models.TextChoices):
        COUNTS = "counts", _("Counts")
        OWN_STORE = "own_store", _("The operator's own store")
        EXCLUDED = "excluded", _("Excluded")

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="merchants")
    name = models.CharField(_("name"), max_length=120)
    category = models.CharField(_("category"), max_length=40, blank=True)
    standing = models.CharField(
        _("standing"),
        max_length=12,
        choices=Standing.choices,
        default=Standing.COUNTS,
    )
    valid_from = models.DateField(
        _("valid from"),
        null=True,
        blank=True,
        help_text=_("The first day of submission to which the standing applies."),
    )
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    learned_at = models.DateTimeField(
        _("learned at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When a review first named it. Empty: an operator wrote it."),
    )
    confirmed_at = models.DateTimeField(
        _("confirmed at"), null=True, blank=True, editable=False
    )

    objects = MerchantQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant")
        verbose_name_plural = _("merchants")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "name"], name="merchant_name_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(learned_at__isnull=False),
                name="confirmed_merchant_was_learned",
                violation_error_message=_("Only a learned merchant is confirmed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_read_by_name(self) -> bool:
        return self.learned_at is None or self.confirmed_at is not None


class MerchantAlias(models.Model):
    """What tells a merchant on paper beside its name: another way in which that is
    written, or a phone number, as digits in the national form of the panel's country.

    `learned_at`: reviewers' decisions taught it; empty for an operator's. One that
    isn't used stays, so that it isn't learned again.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("Name")
        PHONE = "phone", _("Phone number")

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, related_name="aliases"
    )
    kind = models.CharField(
        _("kind"), max_length=5, choices=Kind.choices, default=Kind.NAME
    )
    name = models.CharField(_("name or number"), max_length=120)
    learned_at = models.DateTimeField(
        _("learned at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When reviews taught it. Empty: an operator wrote it."),
    )
    is_used = models.BooleanField(
        _("used"),
        default=True,
        help_text=_("Untick it to have what was learned forgotten for good."),
    )

    class Meta:
        verbose_name = _("merchant alias")
        verbose_name_plural = _("merchant aliases")
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "name"], name="merchant_alias_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["name", "phone"]),
                name="merchant_alias_kind_is_known",
                violation_error_message=_("An alias is a name or a phone number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

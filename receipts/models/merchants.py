"""Shops that the panel knows, and the ways in which paper writes their names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel


class Merchant(models.Model):
    """A shop that the panel's rules or its reading know by name."""

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

    class Meta:
        verbose_name = _("merchant")
        verbose_name_plural = _("merchants")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "name"], name="merchant_name_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MerchantAlias(models.Model):
    """Another way in which a merchant's name stands on paper."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("merchant alias")
        verbose_name_plural = _("merchant aliases")
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "name"], name="merchant_alias_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name

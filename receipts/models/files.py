"""A receipt's files as they were received, and its pages as pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from receipts.models.receipt import Receipt
from receipts.models.storages import kept, vault


class ReceiptFile(models.Model):
    """A file as it was received: its bytes lie in the vault until the decision."""

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    original = models.FileField(storage=vault, max_length=200, blank=True)

    class Meta:
        verbose_name = _("receipt file")
        verbose_name_plural = _("receipt files")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "position"], name="receipt_file_position_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.position}"


class ReceiptPage(models.Model):
    """One upright page picture: in the vault until the decision, then the kept copy."""

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    working = models.FileField(storage=vault, max_length=200, blank=True)
    working_thumbnail = models.FileField(storage=vault, max_length=200, blank=True)
    # The words and their boxes as JSON; in the vault only.
    words = models.FileField(storage=vault, max_length=200, blank=True)
    # The picture as it would be kept, painted over; in the vault until it is.
    painted = models.FileField(storage=vault, max_length=200, blank=True)
    painted_thumbnail = models.FileField(storage=vault, max_length=200, blank=True)
    painted_sha256 = models.CharField(max_length=64, blank=True)
    kept_image = models.FileField(storage=kept, max_length=200, blank=True)
    kept_thumbnail = models.FileField(storage=kept, max_length=200, blank=True)
    kept_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("receipt page")
        verbose_name_plural = _("receipt pages")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "position"], name="receipt_page_position_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.position}"

    @property
    def image(self):
        return self.kept_image or self.working

    @property
    def thumbnail(self):
        return self.kept_thumbnail or self.working_thumbnail

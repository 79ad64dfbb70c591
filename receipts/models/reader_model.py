"""What `train_reader` installed: versions of the learned confidence of readings."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReaderModel(models.Model):
    """A version of the learned confidence; never edited, but for which is current.

    In the database, so that every worker of every machine reads with the same one.
    Without a current row, the model that comes with the portal is used. `weights` is
    the text that `receipts.reading.chooser.model_as_json` writes, `figures` what was
    measured on the merchants that were held back.
    """

    version = models.CharField(_("version"), max_length=60, unique=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    receipts = models.PositiveIntegerField(_("receipts it learned from"))
    weights = models.TextField(_("weights"))
    figures = models.JSONField(_("figures"), default=dict)
    is_current = models.BooleanField(_("current"), default=False)

    class Meta:
        verbose_name = _("reader’s model")
        verbose_name_plural = _("reader’s models")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="one_reader_model_is_current",
                violation_error_message=_("Only one model can be current."),
            ),
        ]

    def __str__(self) -> str:
        return self.version

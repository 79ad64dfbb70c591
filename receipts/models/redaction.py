"""What is painted over on a receipt, who confirmed it, and the proof that it is gone.

Places, kinds and rules only: what stood there is nowhere but in the vault, and not
there either once the receipt is decided.
"""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel
from receipts.models.receipt import Receipt
from receipts.screening.findings import DEFAULT_ACTIONS, Action, Kind


class KindChoices(models.TextChoices):
    PRESCRIPTION = Kind.PRESCRIPTION.value, _("Prescription")
    HEALTH_SERVICE = Kind.HEALTH_SERVICE.value, _("Health service")
    HEALTH_INSURANCE = Kind.HEALTH_INSURANCE.value, _("Health insurance")
    PAYMENT_CARD = Kind.PAYMENT_CARD.value, _("Payment card number")
    CARD_EXPIRY = Kind.CARD_EXPIRY.value, _("Card expiry date")
    IDENTITY_NUMBER = Kind.IDENTITY_NUMBER.value, _("Identity number")
    BANK_ACCOUNT = Kind.BANK_ACCOUNT.value, _("Bank account")
    NAME = Kind.NAME.value, _("Name of a customer")
    LOYALTY_NUMBER = Kind.LOYALTY_NUMBER.value, _("Loyalty number")
    PHONE = Kind.PHONE.value, _("Phone number of a customer")
    EMAIL = Kind.EMAIL.value, _("E-mail address")


class SensitiveDataPolicy(models.Model):
    """What a panel does with one kind of sensitive data, between two days.

    Where none is written, `receipts.screening.findings.DEFAULT_ACTIONS` holds.
    """

    class ActionChoices(models.TextChoices):
        REDACT = Action.REDACT.value, _("Redact: a person confirms that it is painted")
        HOLD = Action.HOLD.value, _("Hold: a person decides whether to paint it")
        KEEP = Action.KEEP.value, _("Keep: it stays, and holds nothing up")

    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, related_name="sensitive_data_policies"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=KindChoices.choices)
    action = models.CharField(
        _("action"),
        max_length=6,
        choices=ActionChoices.choices,
        default=Action.REDACT.value,
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer holds."),
    )

    class Meta:
        verbose_name = _("sensitive data policy")
        verbose_name_plural = _("sensitive data policies")
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="sensitive_data_policy_ends_after_it_starts",
                violation_error_message=_("The policy must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["panel", "kind", "valid_from"],
                name="sensitive_data_policy_start_is_unique",
                violation_error_message=_("Another policy for it starts on that day."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=KindChoices.values),
                name="sensitive_data_policy_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(action__in=[action.value for action in Action]),
                name="sensitive_data_policy_action_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.kind} {self.valid_from}"

    @classmethod
    def actions_for(cls, panel: Panel, day: date) -> Mapping[Kind, Action]:
        """What holds for each kind on a day: of several rows the newest."""
        rows = (
            cls.objects.filter(panel=panel, valid_from__lte=day)
            .filter(Q(valid_to=None) | Q(valid_to__gt=day))
            .order_by("valid_from")
        )
        return DEFAULT_ACTIONS | {Kind(row.kind): Action(row.action) for row in rows}


class Redaction(models.Model):
    """A place on a receipt that is painted over, or that a person decided to leave.

    Proposed by the machine or drawn by a reviewer; `decided_by` confirmed it when the
    receipt was accepted. It stays as the record of what was done.
    """

    class Source(models.TextChoices):
        MACHINE = "machine", _("The machine")
        SECOND_LOOK = "second_look", _("The machine’s second look")
        PERSON = "person", _("A reviewer")

    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="redactions"
    )
    position = models.PositiveSmallIntegerField(_("page"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=KindChoices.choices)
    # A code of `receipts.screening.rules`; empty where a person drew it.
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    # [[x, y] * 4] from the text's top left clockwise, in pixels of the page's picture.
    corners = models.JSONField(_("corners"))
    confidence = models.FloatField(_("confidence"), default=1.0)
    source = models.CharField(
        _("found by"), max_length=12, choices=Source.choices, default=Source.MACHINE
    )
    is_painted = models.BooleanField(_("painted over"), default=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="redaction_decided_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=KindChoices.values),
                name="redaction_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="redaction_confidence_is_a_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.kind}"


class RedactionCheck(models.Model):
    """The picture painted as a reviewer marked it, and read and screened again.

    `digest` is of the marks that were painted: a check says nothing of other ones.
    """

    class Outcome(models.TextChoices):
        PENDING = "", _("Being checked")
        CLEAN = "clean", _("Nothing left")
        LEFTOVERS = "leftovers", _("Something is left")
        FAILED = "failed", _("Could not be checked")

    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="redaction_checks"
    )
    digest = models.CharField(max_length=64)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=Outcome.choices,
        blank=True,
        default=Outcome.PENDING,
    )

    class Meta:
        verbose_name = _("redaction check")
        verbose_name_plural = _("redaction checks")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", finished_at=None)
                | (~Q(outcome="") & Q(finished_at__isnull=False)),
                name="redaction_check_is_finished_when_it_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.get_outcome_display()}"


class RedactionReport(models.Model):
    """What the release of a redacted receipt searched and found, signed.

    `report` names places, counts, hashes and versions, never content. While something
    is found the receipt isn't released, and `released_at` is empty.
    """

    receipt = models.OneToOneField(
        Receipt, on_delete=models.CASCADE, related_name="redaction_report"
    )
    made_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=1)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    report = models.JSONField(_("report"), default=dict)
    signature = models.CharField(max_length=128, blank=True)

    class Meta:
        verbose_name = _("redaction report")
        verbose_name_plural = _("redaction reports")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None) | ~Q(signature=""),
                name="released_redaction_report_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.receipt)


class VaultLook(models.Model):
    """That somebody looked at something that lies in the vault. Never edited."""

    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="vault_looks"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    # What was looked at: image-0, thumbnail-0, redacted-0, words.
    what = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("look into the vault")
        verbose_name_plural = _("looks into the vault")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.receipt} {self.what}"

"""Receipts and their parts: files, pages, the machine's reading, items, verdicts."""

from datetime import date

from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel, Panelist
from panelists.public_ids import new_public_id
from receipts.verdicts import VERDICTS, Verdict
from receipts.workflow import PENDING, Status


def vault():
    return storages["vault"]


def kept():
    return storages["kept"]


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


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A panelist's own receipts; those waiting for or decided by a reviewer too."""
        own = Q(panelist__user=user)
        if user.has_perm("receipts.review_receipt"):
            return self.filter(
                own
                | Q(status=Status.IN_REVIEW)
                | Q(review_by=user)
                | Q(decided_by=user)
            )
        return self.filter(own)

    def pending(self):
        return self.filter(status__in=PENDING)

    def accepted_in(self, month: date):
        return self.filter(status=Status.ACCEPTED, month=month)


class Receipt(models.Model):
    """One purchase as a panelist shared it, from submission to decision.

    The purchase fields hold what is believed now: the machine's reading at first,
    then what a reviewer made of it. `Reading` keeps what the machine said.
    """

    class Channel(models.TextChoices):
        UPLOAD = "upload", _("Upload")
        EMAIL = "email", _("E-mail")

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    panelist = models.ForeignKey(
        Panelist, on_delete=models.PROTECT, related_name="receipts"
    )
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="receipts")
    channel = models.CharField(
        max_length=8, choices=Channel.choices, default=Channel.UPLOAD
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.SUBMITTED
    )
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    # The month of submission in the panel's time zone: it decides the reward.
    month = models.DateField(_("month"))

    # Reading: counted by us, committed before each attempt (DESIGN section 4).
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    read_started_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    # What was bought.
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="receipts",
    )
    merchant_name = models.CharField(_("merchant"), max_length=120, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    purchased_on = models.DateField(_("date"), null=True, blank=True)
    purchased_at = models.TimeField(_("time"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    subtotal = models.DecimalField(
        _("subtotal"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    tax = models.DecimalField(
        _("tax"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    total = models.DecimalField(
        _("total"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    without_items = models.CharField(
        _("reason for no items"), max_length=120, blank=True
    )

    # Review: who holds it, since when, and the decision.
    review_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    review_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the machine."),
    )
    # Counts edits: a form made for an older state is refused.
    revision = models.PositiveIntegerField(default=0)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-submitted_at", "-pk"]
        permissions = [
            ("review_receipt", "Can review receipts"),
            ("requeue_receipt", "Can have receipts read again"),
        ]
        indexes = [
            models.Index(
                fields=["status", "submitted_at"], name="receipt_by_status_and_age"
            ),
            models.Index(
                fields=["panelist", "month", "status"], name="receipt_by_month"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_at=None, review_by=None)
                | Q(review_at__isnull=False, review_by__isnull=False),
                name="receipt_review_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["accepted", "rejected"], decided_at__isnull=False
                )
                | Q(
                    status__in=["submitted", "in_review", "returned"],
                    decided_at=None,
                    decided_by=None,
                )
                | Q(status="withdrawn"),
                name="receipt_is_decided_when_its_status_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted")
                | (
                    ~Q(merchant_name="")
                    # A comparison with NULL passes a check, so that is named too.
                    & Q(purchased_on__isnull=False, total__isnull=False, total__gt=0)
                    & ~Q(currency="")
                ),
                name="accepted_receipt_has_merchant_date_and_total",
                violation_error_message=_(
                    "An accepted receipt needs a merchant, a date and a total."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING

    @property
    def state(self) -> Status:
        return Status(self.status)


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

"""A survey: what it asks in a draft, what was launched in versions, what it pays."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel
from panelists.public_ids import new_public_id
from surveys.definition import Definition, from_json


class SurveyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Authors see every survey; nobody else sees one in the making."""
        if user.has_perm("panelists.author_surveys"):
            return self
        return self.none()


class Survey(models.Model):
    """One survey of a panel, with what holds for all its versions."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        LIVE = "live", _("Live")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Closed")

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="surveys")
    name = models.CharField(
        _("name"), max_length=120, help_text=_("For the team: panelists don’t see it.")
    )
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.DRAFT
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    # The draft: what authors edit. `position` is the edit that it shows (undo, redo).
    draft = models.JSONField(_("draft"), default=dict)
    revision = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(_("edited at"), default=timezone.now)

    # What it pays, in the panel's currency, once per person.
    reward = models.DecimalField(_("reward"), max_digits=8, decimal_places=2, default=0)
    partial_reward = models.DecimalField(
        _("reward of a screen-out"), max_digits=8, decimal_places=2, default=0
    )

    # Who is asked, and when. `audience` is `surveys.audience.as_json`.
    audience = models.JSONField(_("audience"), default=dict, blank=True)
    priority = models.SmallIntegerField(
        _("priority"), default=0, help_text=_("Higher ones are offered first.")
    )
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(
        _("share of the audience"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Percent. Less than 100 is a soft launch."),
    )
    invites_by_email = models.BooleanField(_("invite by e-mail"), default=True)
    remind_after_days = models.PositiveSmallIntegerField(
        _("remind after days"),
        null=True,
        blank=True,
        help_text=_("One reminder. Empty: none."),
    )
    launched_at = models.DateTimeField(_("launched at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-created_at", "-pk"]
        permissions = [("see_small_cells", "Can see results of small groups")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reward__gte=0)
                & Q(partial_reward__gte=0)
                & Q(partial_reward__lte=F("reward")),
                name="survey_pays_no_more_for_a_screen_out",
                violation_error_message=_(
                    "A screen-out pays no more than the whole survey."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None)
                | Q(starts_at=None)
                | Q(ends_at__gt=F("starts_at")),
                name="survey_ends_after_it_starts",
                violation_error_message=_("The survey must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100),
                name="survey_share_is_a_percentage",
                violation_error_message=_("The share is between 1 and 100 percent."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", launched_at=None)
                | (~Q(status="draft") & Q(launched_at__isnull=False)),
                name="survey_is_launched_when_its_status_says_so",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None)),
                name="survey_is_closed_when_its_status_says_so",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> Definition:
        """The draft, as it is now."""
        return from_json(self.draft)

    @property
    def current(self) -> "SurveyVersion | None":
        """What panelists who start now are asked."""
        return self.versions.filter(is_trial=False).order_by("-number").first()

    def is_open(self, at=None) -> bool:
        """Whether somebody may start now."""
        at = at or timezone.now()
        return (
            self.status == self.Status.LIVE
            and (self.starts_at is None or self.starts_at <= at)
            and (self.ends_at is None or at < self.ends_at)
        )


class SurveyEdit(models.Model):
    """The draft after one change, for undo and redo."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    summary = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("edit of a survey")
        verbose_name_plural = _("edits of surveys")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number"], name="survey_edit_number_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.number}"


class SurveyVersion(models.Model):
    """A definition as it was launched, or as somebody tried it out; never edited: the
    database refuses it (`append_only`). `number` is 0 of a trial."""

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    is_trial = models.BooleanField(_("trial"), default=False)
    content = models.JSONField(_("definition"))
    changes = models.JSONField(
        _("changes"), default=list, help_text=_("Sentences: what it changed.")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("survey version")
        verbose_name_plural = _("survey versions")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number"],
                condition=Q(is_trial=False),
                name="survey_version_number_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(is_trial=True, number=0) | Q(is_trial=False, number__gt=0),
                name="survey_version_of_a_trial_has_no_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.number}"

    @property
    def definition(self) -> Definition:
        return from_json(self.content)


class SurveyEvent(models.Model):
    """What was done with a survey as a whole, and by whom; never edited."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the system."),
    )
    what = models.CharField(_("what"), max_length=300)

    class Meta:
        verbose_name = _("survey event")
        verbose_name_plural = _("survey events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.survey}: {self.what}"


class QuotaCount(models.Model):
    """How many complete responses a quota has. Raised in the transaction of completing,
    and only where it is below the limit, so that no quota is exceeded."""

    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="quota_counts"
    )
    code = models.CharField(max_length=40)
    limit = models.PositiveIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("quota count")
        verbose_name_plural = _("quota counts")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "code"], name="quota_count_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.code}"

    @property
    def is_full(self) -> bool:
        return self.count >= self.limit

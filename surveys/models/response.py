"""What a panelist answers: one response a survey, pinned to its version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panelist
from panelists.public_ids import new_public_id
from surveys.models.survey import Survey, SurveyVersion


class ResponseQuerySet(models.QuerySet):
    def real(self):
        """Without authors' trials."""
        return self.filter(is_trial=False)

    def ended(self):
        return self.exclude(status="started")


class Response(models.Model):
    """One person's way through one version. `is_trial`: an author's, of no panelist; it
    pays nothing, counts nowhere and is deleted after a while.

    `profile` and `purchase` are what conditions and texts see of the person
    (`profile.age`, `purchase.merchant`), taken once at the start.
    `page`: the id of the page that is shown now; `path`: the ids of those before it.
    `shown`: by page id of the path the codes of the questions that it showed.
    """

    class Status(models.TextChoices):
        STARTED = "started", _("Started")
        COMPLETE = "complete", _("Complete")
        SCREENED_OUT = "screened_out", _("Screened out")
        OVER_QUOTA = "over_quota", _("Over quota")

    class Check(models.TextChoices):
        """What becomes of a response with flags: a person decides."""

        NONE = "", _("No flags")
        HELD = "held", _("Held for a person")
        GOOD = "good", _("Found good")
        BAD = "bad", _("Found bad")

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="responses"
    )
    version = models.ForeignKey(
        SurveyVersion, on_delete=models.PROTECT, related_name="responses"
    )
    panelist = models.ForeignKey(
        Panelist,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_responses",
    )
    is_trial = models.BooleanField(default=False)
    trial_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.STARTED
    )
    language = models.CharField(_("language"), max_length=8)
    seed = models.PositiveBigIntegerField()
    profile = models.JSONField(default=dict)
    purchase = models.JSONField(default=dict)
    page = models.CharField(max_length=40, blank=True)
    path = models.JSONField(default=list)
    shown = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)

    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    touched_at = models.DateTimeField(_("touched at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    # Time spent on its pages, without breaks.
    seconds = models.PositiveIntegerField(_("seconds"), default=0)

    flags = models.JSONField(_("flags"), default=list)
    check_state = models.CharField(
        _("check"), max_length=4, choices=Check.choices, default=Check.NONE, blank=True
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    checked_why = models.CharField(
        _("why it was found bad"),
        max_length=300,
        blank=True,
        help_text=_("The panelist reads it."),
    )
    weight = models.FloatField(_("weight"), null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["survey", "status"], name="response_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "panelist"],
                condition=Q(is_trial=False),
                name="response_is_once_per_person",
                violation_error_message=_("You have started this survey already."),
            ),
            models.CheckConstraint(
                condition=Q(is_trial=False, panelist__isnull=False, trial_by=None)
                | Q(is_trial=True, panelist=None, trial_by__isnull=False),
                name="response_is_a_panelists_or_a_trial",
            ),
            models.CheckConstraint(
                condition=Q(status="started", ended_at=None)
                | (~Q(status="started") & Q(ended_at__isnull=False)),
                name="response_has_ended_when_its_status_says_so",
            ),
            models.CheckConstraint(
                condition=Q(
                    check_state__in=["", "held"], checked_at=None, checked_by=None
                )
                | Q(
                    check_state__in=["good", "bad"],
                    checked_at__isnull=False,
                    checked_by__isnull=False,
                ),
                name="response_is_checked_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(check_state="bad") | ~Q(checked_why=""),
                name="response_found_bad_says_why",
                violation_error_message=_("Say why the response is bad."),
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0),
                name="response_weight_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Answer(models.Model):
    """What was answered to one question; `value` as in `surveys.definition`.

    Until the response ends, answers stay that a changed earlier answer has taken off
    the path, so that going back loses nothing; at its end only what was shown is left.
    """

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.CharField(max_length=40)
    value = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"], name="answer_is_once_per_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response} {self.question}"


class SurveyInvitation(models.Model):
    """That a panelist was asked to answer, by mail or on the home page, and when."""

    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="invitations"
    )
    panelist = models.ForeignKey(
        Panelist, on_delete=models.PROTECT, related_name="survey_invitations"
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("survey invitation")
        verbose_name_plural = _("survey invitations")
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "panelist"], name="survey_invitation_is_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.panelist}"

"""What authors keep beside a survey: comments, pictures, a library of questions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel
from panelists.public_ids import new_public_id
from surveys.models.storages import kept
from surveys.models.survey import Survey


class SurveyComment(models.Model):
    """A remark of one author to the others; on a question, or on the whole survey."""

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="comments"
    )
    question = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="survey_comment_resolved_at_and_by_go_together",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class SurveyImage(models.Model):
    """A picture of an option, re-encoded when it was uploaded."""

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="images")
    file = models.FileField(storage=kept, upload_to="surveys/")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("picture of a survey")
        verbose_name_plural = _("pictures of surveys")

    def __str__(self) -> str:
        return self.public_id


class LibraryQuestion(models.Model):
    """A question that authors use again: a copy, not a link."""

    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, related_name="library_questions"
    )
    name = models.CharField(_("name"), max_length=120)
    question = models.JSONField()
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("question in the library")
        verbose_name_plural = _("questions in the library")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "name"],
                name="library_question_name_is_unique",
                violation_error_message=_("The library has a question of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""Surveys as operations need them: states, times, counts and who did what.

What panelists answered is never here, nor what a response knows of its person. What a
survey asks is for its authors' pages; here are its versions and their dates.
"""

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from panelists.admin_base import HistoryAdmin, HistoryInline
from surveys.models import (
    Answer,
    LibraryQuestion,
    QuotaCount,
    Response,
    Survey,
    SurveyComment,
    SurveyEdit,
    SurveyEvent,
    SurveyImage,
    SurveyInvitation,
    SurveyVersion,
)


def count_of(rows) -> Coalesce:
    """How many of the rows belong to a survey, as a subquery: two joined counts would
    multiply each other."""
    counts = (
        rows.filter(survey=OuterRef("pk"))
        .order_by()
        .values("survey")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


class SurveyVersionInline(HistoryInline):
    model = SurveyVersion
    fields = ["number", "made_at", "made_by"]

    def get_queryset(self, request):
        launched = super().get_queryset(request).filter(is_trial=False)
        return launched.select_related("made_by").defer("content", "changes")


class QuotaCountInline(HistoryInline):
    model = QuotaCount
    fields = ["code", "limit", "count"]


class SurveyEventInline(HistoryInline):
    model = SurveyEvent
    fields = ["at", "actor", "what"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


@admin.register(Survey)
class SurveyAdmin(HistoryAdmin):
    list_display = [
        "public_id",
        "name",
        "panel",
        "status",
        "launches",
        "started",
        "complete",
        "reward",
        "created_by",
        "launched_at",
    ]
    list_filter = ["status", "panel"]
    search_fields = ["public_id", "name"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-pk"]
    list_select_related = ["panel", "created_by"]
    inlines = [SurveyVersionInline, QuotaCountInline, SurveyEventInline]
    readonly_fields = ["launches", "started", "complete"]
    fields = [
        "public_id",
        "name",
        "panel",
        "status",
        "launches",
        "started",
        "complete",
        "created_by",
        "created_at",
        "edited_at",
        "reward",
        "partial_reward",
        "priority",
        "share",
        "starts_at",
        "ends_at",
        "invites_by_email",
        "remind_after_days",
        "launched_at",
        "closed_at",
    ]

    def get_queryset(self, request):
        real = Response.objects.real()
        return (
            super()
            .get_queryset(request)
            # The drafts are large, and no page here shows them.
            .defer("draft", "audience")
            .annotate(
                launches=count_of(SurveyVersion.objects.filter(is_trial=False)),
                started=count_of(real),
                complete=count_of(real.filter(status=Response.Status.COMPLETE)),
            )
        )

    @admin.display(description=_("versions"), ordering="launches")
    def launches(self, obj) -> int:
        return obj.launches

    @admin.display(description=_("started"), ordering="started")
    def started(self, obj) -> int:
        return obj.started

    @admin.display(description=_("complete"), ordering="complete")
    def complete(self, obj) -> int:
        return obj.complete


class PartAdmin(HistoryAdmin):
    """A part of a survey, found by the survey's id."""

    search_fields = ["survey__public_id", "survey__name"]
    list_select_related = ["survey"]
    ordering = ["-pk"]


@admin.register(SurveyVersion)
class SurveyVersionAdmin(PartAdmin):
    list_display = ["survey", "number", "is_trial", "made_at", "made_by"]
    list_filter = ["is_trial"]
    list_select_related = ["survey", "made_by"]
    date_hierarchy = "made_at"
    readonly_fields = ["what_changed"]
    fields = ["survey", "number", "is_trial", "made_at", "made_by", "what_changed"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("changes"))
    def what_changed(self, obj) -> str:
        return " ".join(obj.changes)


@admin.register(SurveyEdit)
class SurveyEditAdmin(PartAdmin):
    list_display = ["at", "survey", "number", "by", "summary"]
    list_select_related = ["survey", "by"]
    date_hierarchy = "at"
    fields = ["survey", "number", "by", "at", "summary"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("definition")


@admin.register(SurveyEvent)
class SurveyEventAdmin(PartAdmin):
    list_display = ["at", "survey", "actor", "what"]
    list_select_related = ["survey", "actor"]
    date_hierarchy = "at"
    fields = ["survey", "at", "actor", "what"]


@admin.register(QuotaCount)
class QuotaCountAdmin(PartAdmin):
    list_display = ["survey", "code", "limit", "count"]


@admin.register(SurveyInvitation)
class SurveyInvitationAdmin(PartAdmin):
    list_display = ["survey", "panelist", "invited_at", "mailed_at", "reminded_at"]
    list_filter = [
        ("mailed_at", admin.EmptyFieldListFilter),
        ("reminded_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["survey", "panelist"]
    search_fields = [*PartAdmin.search_fields, "panelist__public_id"]
    date_hierarchy = "invited_at"
    fields = list_display


@admin.register(Response)
class ResponseAdmin(PartAdmin):
    """How far people came and what was decided, without what they said or are."""

    list_display = [
        "public_id",
        "survey",
        "panelist",
        "is_trial",
        "status",
        "check_state",
        "started_at",
        "ended_at",
        "seconds",
    ]
    list_filter = ["status", "check_state", "is_trial", "language"]
    list_select_related = ["survey", "panelist"]
    search_fields = ["public_id", *PartAdmin.search_fields, "panelist__public_id"]
    date_hierarchy = "started_at"
    readonly_fields = ["version_number"]
    fields = [
        "public_id",
        "survey",
        "version_number",
        "panelist",
        "is_trial",
        "trial_by",
        "status",
        "language",
        "started_at",
        "touched_at",
        "ended_at",
        "seconds",
        "check_state",
        "checked_at",
        "checked_by",
        "weight",
    ]

    def get_queryset(self, request):
        # What a response knows of its person stays where it is.
        return (
            super()
            .get_queryset(request)
            .defer("profile", "purchase", "path", "shown", "flags")
        )

    @admin.display(description=_("version"))
    def version_number(self, obj) -> int:
        return obj.version.number


@admin.register(Answer)
class AnswerAdmin(HistoryAdmin):
    """That and when a question was answered; what was answered isn't shown."""

    list_display = ["response", "question", "at"]
    list_select_related = ["response"]
    search_fields = ["response__public_id"]
    date_hierarchy = "at"
    ordering = ["-pk"]
    fields = ["response", "question", "at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("value")


@admin.register(SurveyComment)
class SurveyCommentAdmin(PartAdmin):
    """Remarks of authors to one another: whose and when, not what."""

    list_display = ["public_id", "survey", "question", "by", "at", "resolved_at"]
    list_select_related = ["survey", "by"]
    search_fields = ["public_id", *PartAdmin.search_fields]
    date_hierarchy = "at"
    fields = [*list_display, "resolved_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text")


@admin.register(SurveyImage)
class SurveyImageAdmin(PartAdmin):
    list_display = ["public_id", "survey", "added_at"]
    search_fields = ["public_id", *PartAdmin.search_fields]
    date_hierarchy = "added_at"
    fields = ["public_id", "survey", "added_at"]


@admin.register(LibraryQuestion)
class LibraryQuestionAdmin(HistoryAdmin):
    list_display = ["public_id", "name", "panel", "added_by", "added_at"]
    list_filter = ["panel"]
    list_select_related = ["panel", "added_by"]
    search_fields = ["public_id", "name"]
    date_hierarchy = "added_at"
    fields = ["public_id", "name", "panel", "added_by", "added_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("question")

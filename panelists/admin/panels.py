"""Panels, their terms, and who belongs to them."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.admin_base import ConfigurationAdmin, HistoryAdmin, HistoryInline
from panelists.models import Consent, Panel, Panelist, TermsVersion


@admin.register(Panel)
class PanelAdmin(ConfigurationAdmin):
    list_display = [
        "name",
        "country",
        "currency",
        "time_zone",
        "members",
        "capacity",
        "is_open",
    ]
    list_filter = ["is_open", "country"]
    search_fields = ["public_id", "name"]
    ordering = ["name"]
    fields = [
        "name",
        "country",
        "currency",
        "time_zone",
        "locale",
        "language",
        "capacity",
        "minimum_age",
        "minimum_cell",
        "survey_cap",
        "is_open",
    ]

    def get_queryset(self, request):
        active = Count("panelists", filter=Q(panelists__left_at=None))
        return super().get_queryset(request).annotate(members=active)

    @admin.display(description=_("panelists"), ordering="members")
    def members(self, obj) -> int:
        return obj.members

    def get_readonly_fields(self, request, obj=None):
        # Months, rewards and balances were made with these.
        if obj is not None and obj.panelists.exists():
            return ["country", "currency", "time_zone"]
        return []

    def why_kept(self, obj) -> str:
        uses = (
            relation.related_model._base_manager.filter(**{relation.field.name: obj})
            for relation in obj._meta.related_objects
        )
        if any(rows.exists() for rows in uses):
            return _t("Rules or people belong to this panel. Close it instead.")
        return ""


class LabeledSplitDateTime(AdminSplitDateTime):
    """Says of each of its two inputs which one it is, also to those who can't see."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for widget, label in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            widget.attrs["aria-label"] = label


class TermsForm(forms.ModelForm):
    class Meta:
        model = TermsVersion
        fields = ["panel", "version", "title", "body", "valid_from"]
        widgets = {"valid_from": LabeledSplitDateTime}

    def clean_valid_from(self):
        valid_from = self.cleaned_data["valid_from"]
        # A day's grace, for the time that writing the form takes.
        if valid_from < timezone.now() - timedelta(days=1):
            raise ValidationError(_("Terms can’t have been valid before today."))
        return valid_from


@admin.register(TermsVersion)
class TermsVersionAdmin(ConfigurationAdmin):
    form = TermsForm
    list_display = ["__str__", "panel", "valid_from", "consents"]
    list_filter = ["panel"]
    search_fields = ["version", "title"]
    date_hierarchy = "valid_from"
    list_select_related = ["panel"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(consents=Count("consent"))

    @admin.display(description=_("consents"), ordering="consents")
    def consents(self, obj) -> int:
        return obj.consents

    @staticmethod
    def is_fixed(obj) -> bool:
        return obj.valid_from <= timezone.now() or obj.consent_set.exists()

    def has_change_permission(self, request, obj=None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not self.is_fixed(obj))

    def why_kept(self, obj) -> str:
        if self.is_fixed(obj):
            return _t("These terms are valid or agreed to. Add a new version instead.")
        return ""


class ConsentInline(HistoryInline):
    model = Consent
    fields = ["terms", "agreed_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("terms")


@admin.register(Panelist)
class PanelistAdmin(HistoryAdmin):
    list_display = ["public_id", "user", "panel", "region", "joined_at", "left_at"]
    list_filter = ["panel", ("left_at", admin.EmptyFieldListFilter)]
    search_fields = ["public_id", "user__public_id", "user__email"]
    date_hierarchy = "joined_at"
    ordering = ["-joined_at"]
    list_select_related = ["user", "panel"]
    fields = [
        "public_id",
        "user",
        "panel",
        "born_on",
        "region",
        "wants_survey_mail",
        "joined_at",
        "left_at",
    ]
    inlines = [ConsentInline]


@admin.register(Consent)
class ConsentAdmin(HistoryAdmin):
    list_display = ["panelist", "terms", "agreed_at"]
    list_filter = ["terms"]
    search_fields = ["panelist__public_id"]
    date_hierarchy = "agreed_at"
    ordering = ["-agreed_at"]
    list_select_related = ["panelist", "terms"]

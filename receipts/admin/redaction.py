"""What a panel does with sensitive data, and the record of what was done.

Kinds, rules, people and times; neither places on the paper nor anything that stood
there.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from panelists.admin_base import ConfigurationAdmin, HistoryAdmin, HistoryInline
from receipts.models import (
    Redaction,
    RedactionCheck,
    RedactionReport,
    SensitiveDataPolicy,
    VaultLook,
)


class RedactionInline(HistoryInline):
    model = Redaction
    fields = [
        "position",
        "kind",
        "rule",
        "source",
        "is_painted",
        "decided_by",
        "decided_at",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("decided_by")


class VaultLookInline(HistoryInline):
    model = VaultLook
    fields = ["at", "by", "what"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(SensitiveDataPolicy)
class SensitiveDataPolicyAdmin(ConfigurationAdmin):
    list_display = ["panel", "kind", "action", "valid_from", "valid_to"]
    list_display_links = ["panel", "kind"]
    list_filter = ["panel", "kind", "action"]
    list_select_related = ["panel"]
    fieldsets = [
        (
            None,
            {
                "fields": ["panel", "kind", "action", "valid_from", "valid_to"],
                "description": _(
                    "It holds for receipts shared between these days. A kind without "
                    "a policy is redacted if it is sensitive (prescriptions, health "
                    "services and insurance, card numbers and expiry dates, identity "
                    "numbers, bank accounts) and kept if it is personal (names, "
                    "loyalty numbers, phone numbers, e-mail addresses). Say in the "
                    "panel’s terms what you keep."
                ),
            },
        )
    ]


@admin.register(Redaction)
class RedactionAdmin(HistoryAdmin):
    """What was proposed and what was painted: how often the machine was right."""

    list_display = ["receipt", *RedactionInline.fields]
    list_filter = ["kind", "source", "is_painted", "rule"]
    search_fields = ["receipt__public_id"]
    list_select_related = ["receipt", "decided_by"]
    ordering = ["-pk"]
    fields = ["receipt", *RedactionInline.fields]


@admin.register(RedactionCheck)
class RedactionCheckAdmin(HistoryAdmin):
    list_display = [
        "receipt",
        "requested_at",
        "requested_by",
        "attempts",
        "finished_at",
        "outcome",
    ]
    list_filter = ["outcome"]
    search_fields = ["receipt__public_id"]
    list_select_related = ["receipt", "requested_by"]
    date_hierarchy = "requested_at"
    fields = list_display


@admin.register(RedactionReport)
class RedactionReportAdmin(HistoryAdmin):
    """What each release searched. One that isn't released is held back."""

    list_display = ["receipt", "made_at", "attempts", "released_at", "found_in"]
    list_filter = [("released_at", admin.EmptyFieldListFilter)]
    search_fields = ["receipt__public_id"]
    list_select_related = ["receipt"]
    date_hierarchy = "made_at"
    fields = ["receipt", "made_at", "attempts", "released_at", "found_in", "report"]

    @admin.display(description=_("found in"))
    def found_in(self, obj) -> str:
        return ", ".join(obj.report.get("found_in", ()))


@admin.register(VaultLook)
class VaultLookAdmin(HistoryAdmin):
    list_display = ["at", "receipt", "by", "what"]
    search_fields = ["receipt__public_id"]
    list_select_related = ["receipt", "by"]
    date_hierarchy = "at"
    fields = ["at", "receipt", "by", "what"]

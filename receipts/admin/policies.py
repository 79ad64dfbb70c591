"""The panel's dated rules for receipts."""

from dataclasses import fields

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.admin_base import ConfigurationAdmin
from receipts.models import ReceiptPolicy
from receipts.reading.gate import Gate
from receipts.services import trials

GATE = [field.name for field in fields(Gate)]
# What holds where a threshold is left empty.
BUILT_IN = {
    field.name: f"{field.default:g}"
    for field in fields(Gate)
    if not isinstance(field.default, bool)
}


@admin.register(ReceiptPolicy)
class ReceiptPolicyAdmin(ConfigurationAdmin):
    list_display = [
        "panel",
        "valid_from",
        "valid_to",
        "window_days",
        "first_month_grace_days",
        "straight_through",
        "quality_check_percent",
    ]
    list_display_links = ["panel", "valid_from"]
    list_filter = ["panel", "straight_through"]
    search_fields = ["panel__name"]
    list_select_related = ["panel"]
    fieldsets = [
        (None, {"fields": ["panel", "valid_from", "valid_to"]}),
        (_("Age of a receipt"), {"fields": ["window_days", "first_month_grace_days"]}),
        (
            _("Straight through"),
            {
                "fields": ["straight_through", "quality_check_percent"],
                "description": _(
                    "Whether the machine may accept a receipt without a person. Try it "
                    "dry first: the page “What would have happened” compares it with "
                    "your reviewers."
                ),
            },
        ),
        (
            _("What must be proved"),
            {
                "fields": [name for name in GATE if name.startswith("requires_")],
                "description": _(
                    "A receipt on which one of these is missing goes to a person."
                ),
            },
        ),
        (
            _("How sure it must be"),
            {
                "fields": [name for name in GATE if not name.startswith("requires_")],
                "classes": ["collapse"],
                "description": _(
                    "Leave these empty for what comes with the reader, which was "
                    "measured on real receipts: see docs/reading.md."
                ),
            },
        ),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in BUILT_IN:
            field.widget.attrs["placeholder"] = BUILT_IN[db_field.name]
        return field

    def get_changeform_initial_data(self, request):
        # Before the machine decides, an operator sees how it would.
        first = {"straight_through": "dry_run", "quality_check_percent": "2"}
        return first | super().get_changeform_initial_data(request)

    def get_urls(self):
        page = self.admin_site.admin_view(self.trials_view)
        return [
            path("trials/", page, name="receipts_receiptpolicy_trials"),
            *super().get_urls(),
        ]

    def trials_view(self, request):
        """What the machine would have decided, beside what people did."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("Straight through: what would have happened"),
            "summaries": trials.summaries(),
        }
        return TemplateResponse(
            request, "admin/receipts/receiptpolicy/trials.html", context
        )

    def why_kept(self, obj) -> str:
        if obj.valid_from <= obj.panel.today():
            return _t("This policy has begun. Set the day on which it ends instead.")
        return ""

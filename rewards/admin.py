"""Reward plans, which are edited until they begin; and money, which is looked at."""

from decimal import Decimal

from django.contrib import admin
from django.db.models import DecimalField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.admin_base import ConfigurationAdmin, HistoryAdmin, HistoryInline
from rewards.models import (
    LedgerAccount,
    LedgerEntry,
    Reward,
    RewardEvent,
    RewardPlan,
)


@admin.register(RewardPlan)
class RewardPlanAdmin(ConfigurationAdmin):
    """A plan that has begun is a promise: it can be ended, and another begun."""

    list_display = [
        "panel",
        "valid_from",
        "valid_to",
        "kind",
        "receipts_required",
        "amount",
        "currency",
    ]
    list_display_links = ["panel", "valid_from"]
    list_filter = ["panel", "kind"]
    search_fields = ["panel__name"]
    list_select_related = ["panel"]

    @admin.display(description=_("currency"))
    def currency(self, obj) -> str:
        return obj.panel.currency

    @staticmethod
    def has_begun(obj) -> bool:
        return obj.valid_from <= obj.panel.month()

    def get_readonly_fields(self, request, obj=None):
        if obj is not None and self.has_begun(obj):
            return ["panel", "kind", "receipts_required", "amount", "valid_from"]
        return []

    def why_kept(self, obj) -> str:
        if self.has_begun(obj):
            return _t("This plan has begun. Set the month in which it ends instead.")
        return ""


class RewardEventInline(HistoryInline):
    model = RewardEvent
    fields = ["at", "actor", "from_status", "to_status", "note"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


@admin.register(Reward)
class RewardAdmin(HistoryAdmin):
    list_display = [
        "public_id",
        "panelist",
        "description",
        "amount",
        "currency",
        "status",
        "proposed_at",
        "decided_at",
        "decided_by",
    ]
    list_filter = ["status", "panelist__panel", "currency", "month"]
    search_fields = ["public_id", "panelist__public_id", "source"]
    date_hierarchy = "proposed_at"
    list_select_related = ["panelist", "decided_by"]
    inlines = [RewardEventInline]
    fields = [
        "public_id",
        "panelist",
        "source",
        "description",
        "month",
        "amount",
        "currency",
        "status",
        "proposed_at",
        "proposed_by",
        "decided_at",
        "decided_by",
        "refusal",
    ]


@admin.register(RewardEvent)
class RewardEventAdmin(HistoryAdmin):
    list_display = ["at", "reward", "actor", "from_status", "to_status", "note"]
    list_filter = ["to_status"]
    search_fields = ["reward__public_id"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    list_select_related = ["reward", "actor"]


def total_of(side: str) -> Coalesce:
    """The sum of an account's entries on one side, as a subquery."""
    sums = (
        LedgerEntry.objects.filter(**{side: OuterRef("pk")})
        .order_by()
        .values(side)
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    money = DecimalField(max_digits=14, decimal_places=2)
    return Coalesce(
        Subquery(sums, output_field=money), Value(Decimal("0.00")), output_field=money
    )


@admin.register(LedgerAccount)
class LedgerAccountAdmin(HistoryAdmin):
    list_display = ["__str__", "panel", "panelist", "debited", "credited", "currency"]
    list_filter = ["kind", "panel", "currency"]
    search_fields = ["panelist__public_id", "panel__name"]
    ordering = ["pk"]
    list_select_related = ["panel", "panelist"]
    fields = ["panel", "kind", "panelist", "debited", "credited", "currency"]
    readonly_fields = ["debited", "credited"]

    def get_queryset(self, request):
        accounts = super().get_queryset(request)
        return accounts.annotate(debited=total_of("debit"), credited=total_of("credit"))

    @admin.display(description=_("debits"))
    def debited(self, obj) -> str:
        return f"{obj.debited:.2f}"

    @admin.display(description=_("credits"))
    def credited(self, obj) -> str:
        return f"{obj.credited:.2f}"


@admin.register(LedgerEntry)
class LedgerEntryAdmin(HistoryAdmin):
    list_display = [
        "public_id",
        "at",
        "debit",
        "credit",
        "amount",
        "currency",
        "description",
        "by",
    ]
    list_filter = ["currency", "debit__kind", "credit__kind", "debit__panel"]
    search_fields = [
        "public_id",
        "reward__public_id",
        "debit__panelist__public_id",
        "credit__panelist__public_id",
    ]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    list_select_related = [
        "debit__panel",
        "debit__panelist",
        "credit__panel",
        "credit__panelist",
        "by",
    ]
    fields = [
        "public_id",
        "at",
        "debit",
        "credit",
        "amount",
        "currency",
        "reward",
        "by",
        "description",
    ]

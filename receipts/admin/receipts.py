"""Receipts as operations need them: states, times and codes, with their parts.

What a receipt shows stays in the review room. Pictures and words are never here; what
was bought appears once the receipt is accepted, when its kept copy is written.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panelists.admin_base import HistoryAdmin, HistoryInline, report
from receipts.admin.redaction import RedactionInline, VaultLookInline
from receipts.models import (
    DuplicateClaim,
    LineItem,
    Reading,
    Receipt,
    ReceiptEvent,
    ReceiptFile,
    ReceiptPage,
    ReceiptVerdict,
)
from receipts.services import reviewing
from receipts.services.errors import ReceiptError
from receipts.verdicts import VERDICTS
from receipts.workflow import Status


class ReceiptFileInline(HistoryInline):
    model = ReceiptFile
    fields = ["position", "media_type", "size", "sha256"]


class ReceiptPageInline(HistoryInline):
    model = ReceiptPage
    fields = ["position", "width", "height", "kept_sha256"]


class ReceiptVerdictInline(HistoryInline):
    model = ReceiptVerdict
    fields = ["code", "rejects", "at"]


class ReceiptEventInline(HistoryInline):
    # Without the note: a reviewer writes it to the panelist, with the receipt in view.
    model = ReceiptEvent
    fields = ["at", "actor", "from_status", "to_status", "code"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


class ReadingInline(HistoryInline):
    model = Reading
    fields = ["at", "version", "straight_through"]


class LineItemInline(HistoryInline):
    model = LineItem
    fields = ["position", "description", "quantity", "unit_price", "amount", "kind"]


class DuplicateClaimInline(HistoryInline):
    model = DuplicateClaim
    fields = ["kind", "key"]


class VerdictFilter(admin.SimpleListFilter):
    title = _("verdict")
    parameter_name = "verdict"

    def lookups(self, request, model_admin):
        return [(code, code) for code in VERDICTS]

    def queryset(self, request, queryset):
        if self.value() not in VERDICTS:
            return queryset
        return queryset.filter(verdicts__code=self.value())


@admin.register(Receipt)
class ReceiptAdmin(HistoryAdmin):
    list_display = [
        "public_id",
        "id",
        "panelist",
        "status",
        "submitted_at",
        "codes",
        "attempts",
        "shop",
        "sum",
        "decided_at",
    ]
    list_filter = ["status", "panel", "channel", VerdictFilter, "attempts"]
    # By number as well: logs and failed tasks name a receipt by it.
    search_fields = ["public_id", "panelist__public_id", "pk__exact"]
    date_hierarchy = "submitted_at"
    list_select_related = ["panelist"]
    actions = ["read_again"]
    readonly_fields = ["machine_decided"]

    PURCHASE = [
        "merchant_name",
        "merchant",
        "category",
        "purchased_on",
        "purchased_at",
        "currency",
        "subtotal",
        "tax",
        "total",
        "without_items",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("verdicts")

    def get_fieldsets(self, request, obj=None):
        sets = [
            (
                None,
                {
                    "fields": [
                        "public_id",
                        "id",
                        "panelist",
                        "panel",
                        "channel",
                        "status",
                        "submitted_at",
                        "month",
                    ]
                },
            ),
            (
                _("Reading"),
                {"fields": ["attempts", "queued_at", "read_started_at", "read_at"]},
            ),
            (
                _("Review"),
                {
                    "fields": [
                        "review_by",
                        "review_at",
                        "decided_at",
                        "decided_by",
                        "machine_decided",
                        "revision",
                    ]
                },
            ),
        ]
        if obj is not None and obj.status == Status.ACCEPTED:
            sets.append((_("Purchase"), {"fields": self.PURCHASE}))
        return sets

    def get_inlines(self, request, obj):
        inlines = [
            ReceiptEventInline,
            ReceiptVerdictInline,
            ReadingInline,
            ReceiptFileInline,
            ReceiptPageInline,
            RedactionInline,
            VaultLookInline,
            DuplicateClaimInline,
        ]
        if obj is not None and obj.status == Status.ACCEPTED:
            inlines.insert(0, LineItemInline)
        return inlines

    @admin.display(description=_("verdicts"))
    def codes(self, obj) -> str:
        return ", ".join(verdict.code for verdict in obj.verdicts.all())

    @admin.display(description=_("merchant"))
    def shop(self, obj) -> str:
        return obj.merchant_name if obj.status == Status.ACCEPTED else ""

    @admin.display(description=_("total"))
    def sum(self, obj) -> str:
        if obj.status != Status.ACCEPTED:
            return ""
        return f"{obj.total} {obj.currency}"

    @admin.display(description=_("decided by the machine"), boolean=True)
    def machine_decided(self, obj) -> bool:
        return obj.decided_at is not None and obj.decided_by_id is None

    def has_requeue_permission(self, request) -> bool:
        return request.user.has_perm("receipts.requeue_receipt")

    @admin.action(description=_("Read again"), permissions=["requeue"])
    def read_again(self, request, queryset):
        def requeue(receipt) -> str:
            try:
                reviewing.requeue(receipt, by=request.user)
            except ReceiptError as error:
                return str(error)
            self.log_change(request, receipt, "Read again.")
            return ""

        report(
            request,
            self,
            queryset,
            requeue,
            lambda count: (
                ngettext(
                    "%(count)d receipt is being read again.",
                    "%(count)d receipts are being read again.",
                    count,
                )
                % {"count": count}
            ),
        )

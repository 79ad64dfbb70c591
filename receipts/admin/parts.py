"""The parts of receipts, in lists of their own; none shows pictures or words."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from panelists.admin_base import HistoryAdmin
from receipts.models import (
    DuplicateClaim,
    LineItem,
    Reading,
    ReceiptEvent,
    ReceiptFile,
    ReceiptPage,
    ReceiptVerdict,
)
from receipts.verdicts import VERDICTS
from receipts.workflow import Status


class PartAdmin(HistoryAdmin):
    """A part of a receipt, found by the receipt's id."""

    search_fields = ["receipt__public_id"]
    list_select_related = ["receipt"]
    ordering = ["-pk"]


@admin.register(ReceiptFile)
class ReceiptFileAdmin(PartAdmin):
    list_display = ["receipt", "position", "media_type", "size", "sha256"]
    list_filter = ["media_type"]
    search_fields = ["receipt__public_id", "sha256"]
    fields = ["receipt", "position", "media_type", "size", "sha256"]


@admin.register(ReceiptPage)
class ReceiptPageAdmin(PartAdmin):
    list_display = ["receipt", "position", "width", "height", "kept_sha256"]
    search_fields = ["receipt__public_id", "kept_sha256"]
    fields = ["receipt", "position", "width", "height", "kept_sha256"]


@admin.register(Reading)
class ReadingAdmin(PartAdmin):
    """When and how surely a receipt was read; what was read isn't shown."""

    list_display = [
        "receipt",
        "at",
        "version",
        "model",
        "straight_through",
        "trial",
        "would_be",
    ]
    list_filter = ["straight_through", "trial", "would_be", "version", "model"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = [
        "receipt",
        "at",
        "version",
        "model",
        "straight_through",
        "sureness",
        "policy",
        "trial",
        "would_be",
        "would_be_code",
    ]
    readonly_fields = ["sureness"]

    def get_queryset(self, request):
        # The results are large, and the list shows none of them.
        return super().get_queryset(request).defer("result", "candidates")

    @admin.display(description=_("confidence"))
    def sureness(self, obj) -> str:
        confidence = obj.result.get("confidence", {})
        return ", ".join(f"{name} {value:.2f}" for name, value in confidence.items())


@admin.register(LineItem)
class LineItemAdmin(PartAdmin):
    """What accepted receipts list; anything else may still hide something sensitive."""

    list_display = [
        "receipt",
        "position",
        "description",
        "quantity",
        "unit_price",
        "amount",
        "kind",
    ]
    list_filter = ["kind"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(receipt__status=Status.ACCEPTED)


@admin.register(ReceiptVerdict)
class ReceiptVerdictAdmin(PartAdmin):
    list_display = ["receipt", "code", "rejects", "at"]
    list_filter = ["rejects", "code"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = ["receipt", "code", "meaning", "rejects", "at"]
    readonly_fields = ["meaning"]

    @admin.display(description=_("meaning"))
    def meaning(self, obj) -> str:
        verdict = VERDICTS.get(obj.code)
        return verdict.sentence if verdict else ""


@admin.register(DuplicateClaim)
class DuplicateClaimAdmin(PartAdmin):
    list_display = ["receipt", "panel", "kind", "key"]
    list_filter = ["kind", "panel"]
    search_fields = ["receipt__public_id", "key"]
    list_select_related = ["receipt", "panel"]


@admin.register(ReceiptEvent)
class ReceiptEventAdmin(PartAdmin):
    list_display = ["at", "receipt", "actor", "from_status", "to_status", "code"]
    list_filter = ["to_status", "code"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    list_select_related = ["receipt", "actor"]
    fields = ["receipt", "at", "actor", "from_status", "to_status", "code", "fields_"]
    readonly_fields = ["fields_"]

    @admin.display(description=_("changed"))
    def fields_(self, obj) -> str:
        return ", ".join(obj.fields)

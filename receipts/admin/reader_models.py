"""The versions of the learned confidence, as `train_reader` installed them."""

from django.contrib import admin

from panelists.admin_base import HistoryAdmin
from receipts.models import ReaderModel


@admin.register(ReaderModel)
class ReaderModelAdmin(HistoryAdmin):
    list_display = ["version", "made_at", "receipts", "is_current"]
    list_filter = ["is_current"]
    search_fields = ["version"]
    date_hierarchy = "made_at"
    fields = ["version", "made_at", "receipts", "is_current", "figures"]

    def get_queryset(self, request):
        # The weights are long, and no page shows them.
        return super().get_queryset(request).defer("weights")

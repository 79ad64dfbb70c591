"""Rules for receipts, and receipts as operations need them: states, times and codes.

What a receipt shows stays in the review room. Pictures and words are never here; what
was bought appears once the receipt is accepted, when its kept copy is written.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panelists.admin_base import (
    ConfigurationAdmin,
    HistoryAdmin,
    HistoryInline,
    report,
)
from receipts.categories import CATEGORIES
from receipts.models import (
    DuplicateClaim,
    ExcludedCategory,
    LineItem,
    Merchant,
    MerchantAlias,
    Reading,
    Receipt,
    ReceiptEvent,
    ReceiptFile,
    ReceiptPage,
    ReceiptPolicy,
    ReceiptVerdict,
)
from receipts.services import reviewing
from receipts.services.errors import ReceiptError
from receipts.verdicts import VERDICTS
from receipts.workflow import Status

# Rules ----------------------------------------------------------------------------


@admin.register(ReceiptPolicy)
class ReceiptPolicyAdmin(ConfigurationAdmin):
    list_display = [
        "panel",
        "valid_from",
        "valid_to",
        "window_days",
        "first_month_grace_days",
        "straight_through",
    ]
    list_display_links = ["panel", "valid_from"]
    list_filter = ["panel", "straight_through"]
    search_fields = ["panel__name"]
    list_select_related = ["panel"]

    def why_kept(self, obj) -> str:
        if obj.valid_from <= obj.panel.today():
            return _t("This policy has begun. Set the day on which it ends instead.")
        return ""


class CategoryForm(forms.ModelForm):
    """Offers the categories that the reading gives, and the one that is stored."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("category")
        if field is None:
            return
        stored = self.instance.category
        choices = [("", "---------"), *CATEGORIES]
        if stored and stored not in dict(CATEGORIES):
            choices.append((stored, stored))
        self.fields["category"] = forms.ChoiceField(
            label=field.label, choices=choices, required=field.required
        )


class MerchantForm(CategoryForm):
    class Meta:
        model = Merchant
        fields = ["panel", "name", "category", "standing", "valid_from", "valid_to"]

    def clean(self):
        cleaned = super().clean()
        first, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and end and end <= first:
            raise ValidationError(_("The standing must end after it starts."))
        return cleaned


class MerchantAliasFormSet(forms.BaseInlineFormSet):
    """Says what each input is: a table's headings don't reach a screen reader here."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["name"].widget.attrs["aria-label"] = _("Alias")
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this alias")


class MerchantAliasInline(admin.TabularInline):
    model = MerchantAlias
    formset = MerchantAliasFormSet
    extra = 1


@admin.register(Merchant)
class MerchantAdmin(ConfigurationAdmin):
    form = MerchantForm
    list_display = [
        "name",
        "panel",
        "standing",
        "category",
        "alias_count",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["standing", "panel", "category"]
    search_fields = ["name", "aliases__name"]
    list_select_related = ["panel"]
    inlines = [MerchantAliasInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(alias_count=Count("aliases"))

    @admin.display(description=_("aliases"), ordering="alias_count")
    def alias_count(self, obj) -> int:
        return obj.alias_count

    def why_kept(self, obj) -> str:
        if obj.receipts.exists():
            return _t(
                "Receipts name this merchant. Set the end of its standing instead."
            )
        return ""


@admin.register(MerchantAlias)
class MerchantAliasAdmin(ConfigurationAdmin):
    list_display = ["name", "merchant", "panel"]
    list_filter = ["merchant__panel", "merchant__standing"]
    search_fields = ["name", "merchant__name"]
    ordering = ["name"]
    list_select_related = ["merchant__panel"]

    @admin.display(description=_("panel"), ordering="merchant__panel")
    def panel(self, obj):
        return obj.merchant.panel


class ExcludedCategoryForm(CategoryForm):
    class Meta:
        model = ExcludedCategory
        fields = ["panel", "category"]


@admin.register(ExcludedCategory)
class ExcludedCategoryAdmin(ConfigurationAdmin):
    form = ExcludedCategoryForm
    list_display = ["category", "panel"]
    list_filter = ["panel"]
    search_fields = ["category"]
    ordering = ["panel", "category"]
    list_select_related = ["panel"]


# Receipts -------------------------------------------------------------------------


class PartAdmin(HistoryAdmin):
    """A part of a receipt, found by the receipt's id."""

    search_fields = ["receipt__public_id"]
    list_select_related = ["receipt"]
    ordering = ["-pk"]


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
    fields = ["position", "description", "quantity", "amount"]


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

    list_display = ["receipt", "at", "version", "straight_through"]
    list_filter = ["straight_through", "version"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = ["receipt", "at", "version", "straight_through", "sureness"]
    readonly_fields = ["sureness"]

    def get_queryset(self, request):
        # The results are large, and the list shows none of them.
        return super().get_queryset(request).defer("result")

    @admin.display(description=_("confidence"))
    def sureness(self, obj) -> str:
        confidence = obj.result.get("confidence", {})
        return ", ".join(f"{name} {value:.2f}" for name, value in confidence.items())


@admin.register(LineItem)
class LineItemAdmin(PartAdmin):
    """What accepted receipts list; anything else may still hide something sensitive."""

    list_display = ["receipt", "position", "description", "quantity", "amount"]

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

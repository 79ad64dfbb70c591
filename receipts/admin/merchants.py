"""The shops that the rules or the reading know, and the kinds that never count."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panelists.admin_base import ConfigurationAdmin, report
from receipts.categories import CATEGORIES
from receipts.models import ExcludedCategory, Merchant, MerchantAlias
from receipts.reading.phones import national_form
from receipts.services import merchants
from receipts.services.errors import NotAllowed


class AuthorFilter(admin.SimpleListFilter):
    title = _("who wrote it")
    parameter_name = "by"

    def lookups(self, request, model_admin):
        return [("operators", _("An operator")), ("reviews", _("Learned from reviews"))]

    def queryset(self, request, queryset):
        if self.value() in ("operators", "reviews"):
            is_by_hand = self.value() == "operators"
            return queryset.filter(learned_at__isnull=is_by_hand)
        return queryset


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


class MerchantAliasForm(forms.ModelForm):
    """Keeps phone numbers as the reader tells them, however they are written here."""

    class Meta:
        model = MerchantAlias
        fields = ["merchant", "kind", "name", "is_used"]

    def clean(self):
        cleaned = super().clean()
        name, merchant = cleaned.get("name"), cleaned.get("merchant")
        if cleaned.get("kind") != MerchantAlias.Kind.PHONE or not name:
            return cleaned
        if merchant is None or merchant.panel_id is None:
            return cleaned  # they have errors of their own
        country = merchant.panel.locale[-2:]
        cleaned["name"] = number = national_form(name, country)
        if number is None:
            self.add_error("name", _("Write one phone number that a shop can have."))
            return cleaned
        other = merchants.whose_number(merchant, number)
        if cleaned.get("is_used") and other is not None:
            text = _("This is the number of %(merchant)s.") % {"merchant": other}
            self.add_error("name", text)
        return cleaned


class MerchantAliasFormSet(forms.BaseInlineFormSet):
    """Says what each input is: a table's headings don't reach a screen reader here."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["kind"].widget.attrs["aria-label"] = _("Kind")
        form.fields["name"].widget.attrs["aria-label"] = _("Alias")
        form.fields["is_used"].widget.attrs["aria-label"] = _("Used")
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this alias")
            # Deleted, it would be learned again.
            form.fields["DELETE"].disabled = form.instance.learned_at is not None


class MerchantAliasInline(admin.TabularInline):
    model = MerchantAlias
    form = MerchantAliasForm
    formset = MerchantAliasFormSet
    template = "admin/inline_table.html"
    fields = ["kind", "name", "is_used", "learned_at"]
    readonly_fields = ["learned_at"]
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
        "learned_at",
    ]
    list_filter = [
        "standing",
        "panel",
        AuthorFilter,
        "category",
    ]
    readonly_fields = ["learned_at", "confirmed_at"]
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
    form = MerchantAliasForm
    list_display = ["name", "kind", "merchant", "panel", "is_used", "learned_at"]
    list_filter = [
        "kind",
        AuthorFilter,
        "is_used",
        "merchant__panel",
        "merchant__standing",
    ]
    readonly_fields = ["learned_at"]
    actions = ["forget"]
    search_fields = ["name", "merchant__name"]
    ordering = ["name"]
    list_select_related = ["merchant__panel"]

    @admin.display(description=_("panel"), ordering="merchant__panel")
    def panel(self, obj):
        return obj.merchant.panel

    def why_kept(self, obj) -> str:
        if obj.learned_at:
            return _t("Reviews would teach this again. Untick “Used” instead.")
        return ""

    @admin.action(description=_("Forget what was learned"), permissions=["change"])
    def forget(self, request, queryset):
        def act(alias) -> str:
            try:
                merchants.forget(alias, by=request.user)
            except NotAllowed as error:
                return str(error)
            self.log_change(request, alias, "Forgotten.")
            return ""

        report(
            request,
            self,
            queryset,
            act,
            lambda count: (
                ngettext(
                    "%(count)d name or number is forgotten.",
                    "%(count)d names or numbers are forgotten.",
                    count,
                )
                % {"count": count}
            ),
        )


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

"""The reviewer's form: the purchase, its items, and the decision's reason."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from receipts.categories import CATEGORIES
from receipts.models import Receipt
from receipts.services.reviewing import Edit, ItemEdit
from receipts.verdicts import Use, reasons

MOST_ITEMS = 200


class PurchaseForm(forms.ModelForm):
    """What stands on the paper, as the machine read it and the reviewer corrects it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Receipt
        fields = [
            "merchant_name",
            "category",
            "purchased_on",
            "purchased_at",
            "currency",
            "subtotal",
            "tax",
            "total",
            "without_items",
        ]
        widgets = {
            "purchased_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "purchased_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "merchant_name": forms.TextInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].widget = forms.Select(
            choices=[("", _("Not known")), *CATEGORIES]
        )
        for name in ("subtotal", "tax", "total"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "step": "0.01"}
        self.initial["revision"] = self.instance.revision

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()

    def _post_clean(self):
        """The service writes the receipt, under a lock: no instance is built here."""

    def as_edit(self, items: list[ItemEdit]) -> Edit:
        data = self.cleaned_data
        return Edit(items=tuple(items), **data)


class ItemForm(forms.Form):
    description = forms.CharField(label=_("Description"), max_length=200)
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=10, decimal_places=3, initial=1
    )
    amount = forms.DecimalField(label=_("Amount"), max_digits=12, decimal_places=2)

    def as_item(self) -> ItemEdit:
        data = self.cleaned_data
        return ItemEdit(
            data["description"], Decimal(data["quantity"]), Decimal(data["amount"])
        )


class BaseItemFormSet(forms.BaseFormSet):
    def items(self) -> list[ItemEdit]:
        """The lines that were filled in and not struck out, in their order."""
        return [
            form.as_item()
            for form in self.forms
            if form.has_changed() or form.initial
            if not form.cleaned_data.get("DELETE")
            if form.cleaned_data.get("description")
        ]


ItemFormSet = forms.formset_factory(
    ItemForm,
    formset=BaseItemFormSet,
    extra=1,
    can_delete=True,
    max_num=MOST_ITEMS,
    validate_max=True,
)


def item_formset(receipt: Receipt, data=None) -> BaseItemFormSet:
    return ItemFormSet(
        data,
        prefix="items",
        initial=[
            {
                "description": item.description,
                "quantity": f"{item.quantity.normalize():f}",
                "amount": item.amount,
            }
            for item in receipt.items.all()
        ],
    )


class ReasonForm(forms.Form):
    """Why a receipt is rejected or returned; the note is read by the panelist."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    code = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Note to the panelist"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, use: Use, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose a reason")), *reasons(use)]

"""The reviewer's form: the purchase, its items, and the decision's reason."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from receipts.categories import CATEGORIES
from receipts.models import LineItem, Receipt
from receipts.reading.result import ItemKind, Reading
from receipts.redaction_forms import marks_of
from receipts.services.marks import MarkEdit
from receipts.services.reviewing import Edit, ItemEdit
from receipts.verdicts import Use, reasons

MOST_ITEMS = 200


def amount_input() -> forms.TextInput:
    """Not a number input: those send nothing at all for what they can't make out, and
    change under the mouse wheel."""
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class PurchaseForm(forms.ModelForm):
    """What stands on the paper, as the machine read it and the reviewer corrects it."""

    # Of the receipt as it was shown; -1, which no receipt has, where it is missing.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)

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
            "subtotal": amount_input(),
            "tax": amount_input(),
            "total": amount_input(),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("Not known")), *CATEGORIES]
        known = {code for code, _name in choices}
        if self.instance.category not in known:
            choices.append((self.instance.category, self.instance.category))
        self.fields["category"].choices = choices
        self.initial["revision"] = self.instance.revision

    def clean_revision(self):
        revision = self.cleaned_data["revision"]
        return -1 if revision is None else revision

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()

    def _post_clean(self):
        """The service writes the receipt, under a lock: no instance is built here."""

    @property
    def shown_revision(self) -> int:
        self.full_clean()
        return self.cleaned_data.get("revision", -1)

    def as_edit(
        self, items: list[ItemEdit], marks: list[MarkEdit] | None = None
    ) -> Edit:
        return Edit(items=tuple(items), marks=marks, **self.cleaned_data)


class ItemForm(forms.Form):
    """One line. Without a description and an amount it is as good as removed."""

    description = forms.CharField(label=_("Description"), max_length=200)
    quantity = forms.DecimalField(
        label=_("Quantity"),
        max_digits=10,
        decimal_places=3,
        required=False,
        initial=1,
        widget=amount_input(),
    )
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=12, decimal_places=2, widget=amount_input()
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=LineItem.KINDS,
        required=False,
        initial=ItemKind.ITEM.value,
    )

    @property
    def shows_kind(self) -> bool:
        """Whether the kind is worth a look: of most lines it is plain."""
        is_plain = self["kind"].value() in ("", None, ItemKind.ITEM.value)
        amount = self["amount"].value()
        return not is_plain or str(amount or "").strip().startswith("-")

    def has_changed(self) -> bool:
        """Whether the line says anything: nothing is compared with what was stored."""
        return any(
            self[name].data not in (None, "") and str(self[name].data).strip()
            for name in ("description", "amount")
        )

    def clean_quantity(self):
        quantity = self.cleaned_data["quantity"]
        return Decimal(1) if quantity is None else quantity

    def clean_kind(self):
        return ItemKind(self.cleaned_data["kind"] or ItemKind.ITEM)

    def clean(self):
        data = super().clean()
        is_taken_off = data.get("kind", ItemKind.ITEM) != ItemKind.ITEM
        if is_taken_off and data.get("amount", 0) > 0:
            self.add_error(
                "amount", _("The amount of a discount or a void is negative: −2.00.")
            )
        return data

    def as_item(self) -> ItemEdit:
        names = ("description", "quantity", "amount", "kind")
        return ItemEdit(*(self.cleaned_data[name] for name in names))


class BaseItemFormSet(forms.BaseFormSet):
    def get_form_kwargs(self, index):
        return {"empty_permitted": True}

    def clean(self):
        if self.total_form_count() < 0:
            raise forms.ValidationError(self.error_messages["missing_management_form"])
        if len(self.filled()) > MOST_ITEMS:
            raise forms.ValidationError(
                _("A receipt has at most %(count)d lines."),
                params={"count": MOST_ITEMS},
            )

    def filled(self) -> list[ItemForm]:
        """The lines that were filled in and not struck out, in their order."""
        return [
            form
            for form in self.forms
            if form.has_changed() and not self._should_delete_form(form)
        ]

    def items(self) -> list[ItemEdit]:
        """What `filled` says; of a valid set."""
        return [form.as_item() for form in self.filled()]


ItemFormSet = forms.formset_factory(
    ItemForm,
    formset=BaseItemFormSet,
    extra=1,
    can_delete=True,
    max_num=MOST_ITEMS + 1,
    absolute_max=MOST_ITEMS + 50,
)
ItemFormSet.default_error_messages = {
    **ItemFormSet.default_error_messages,
    "missing_management_form": _("The lines didn’t arrive whole. Enter them again."),
    "too_many_forms": _("A receipt has at most 200 lines."),
}


def item_formset(
    receipt: Receipt, data=None, draft: Reading | None = None
) -> BaseItemFormSet:
    """The receipt's lines, or those of a posted form, which stand for themselves; of a
    draft where nothing is stored yet."""
    if data is not None:
        return ItemFormSet(data, prefix="items")
    items = receipt.items.all() if draft is None else draft.items[:MOST_ITEMS]
    return ItemFormSet(
        prefix="items",
        initial=[
            {
                "description": item.description,
                "quantity": f"{item.quantity.normalize():f}",
                "amount": item.amount,
                "kind": item.kind,
            }
            for item in items
        ],
    )


class ReasonForm(forms.Form):
    """Why a receipt is rejected or returned; the note is read by the panelist."""

    # The page is one form with three ways to send it: the browser must not ask for a
    # reason to reject when the receipt is accepted.
    use_required_attribute = False

    code = forms.ChoiceField(
        label=_("Reason"), error_messages={"required": _("Choose a reason.")}
    )
    note = forms.CharField(
        label=_("Note to the panelist"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, use: Use, **kwargs):
        super().__init__(*args, prefix=use.value, **kwargs)
        self.fields["code"].choices = [("", _("Choose a reason")), *reasons(use)]


class DeskForms:
    """All that the review page sends: the purchase, its items and the reasons.

    Every button sends all of it, so that nothing that was typed is lost whichever was
    pressed. `use` is the reason that is asked for; the other only keeps its text.
    """

    def __init__(
        self,
        receipt: Receipt,
        data=None,
        *,
        use: Use | None = None,
        draft: Reading | None = None,
    ):
        self.use = use
        self.purchase = PurchaseForm(data, instance=receipt)
        if draft is not None and draft.merchant and not receipt.merchant_name:
            self.purchase.initial["merchant_name"] = draft.merchant[:120]
        self.items = item_formset(receipt, data, draft)
        self.marks = marks_of(receipt, data)
        self.reject = self.reason(Use.REJECT, data)
        self.returning = self.reason(Use.RETURN, data)

    def reason(self, use: Use, data) -> ReasonForm:
        if use == self.use or data is None:
            return ReasonForm(data, use=use)
        typed = {name: data.get(f"{use.value}-{name}", "") for name in ("code", "note")}
        return ReasonForm(use=use, initial=typed)

    def is_valid(self) -> bool:
        """Of a decision for a reason only the reason is looked at."""
        if self.use is not None:
            return self.chosen.is_valid()
        # All of them are looked at, so that each shows what is wrong with it.
        valid = [self.purchase.is_valid(), self.items.is_valid(), self.marks.is_valid()]
        return all(valid)

    @property
    def chosen(self) -> ReasonForm:
        return self.reject if self.use == Use.REJECT else self.returning

    def as_edit(self) -> Edit:
        return self.purchase.as_edit(self.items.items(), self.marks.edits())

    def as_reason(self) -> dict:
        return {**self.chosen.cleaned_data, "revision": self.purchase.shown_revision}

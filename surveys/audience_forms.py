"""What authors fill in to say whom a survey is for."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel
from panelists.regions import regions_of
from receipts.purchases import CATEGORIES
from surveys.audience import (
    AGE_BANDS,
    MONTH,
    MOST_DAYS,
    MOST_PURCHASES,
    Audience,
    Bought,
    PurchaseCondition,
    Verb,
    why_wrong,
)

VERBS = [
    (Verb.BOUGHT.value, _("Bought")),
    (Verb.NOT_BOUGHT.value, _("Didn’t buy")),
    (Verb.SPENT.value, _("Spent an amount")),
    (Verb.LAPSED.value, _("Bought before, and no more")),
    (Verb.FIRST.value, _("Bought for the first time")),
    (Verb.SWITCHED.value, _("Switched to something else")),
]
# `Bought`'s fields.
THINGS = ("category", "merchant", "product")


class MonthField(forms.CharField):
    """A month as "2026-01"; browsers without a picker for it show a text field."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-01"}),
            **kwargs,
        )

    def clean(self, value: str) -> str:
        month = super().clean(value)
        if month and not MONTH.match(month):
            raise forms.ValidationError(_("Write a month as 2026-01."))
        return month


class AudienceForm(forms.Form):
    """Who people are; what they bought is a `PurchaseForm` each."""

    ages = forms.MultipleChoiceField(
        label=_("Age"), required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.MultipleChoiceField(
        label=_("Region"), required=False, widget=forms.CheckboxSelectMultiple
    )
    joined_from = MonthField(label=_("Joined in this month or later"))
    joined_to = MonthField(label=_("Joined in this month or earlier"))

    def __init__(self, panel: Panel, audience: Audience, data=None) -> None:
        super().__init__(
            data,
            initial={
                name: getattr(audience, name)
                for name in ("ages", "regions", "joined_from", "joined_to")
            },
        )
        self.fields["ages"].choices = [
            (code, str(band))
            for code, band in AGE_BANDS.items()
            if band.most is None or band.most >= panel.minimum_age
        ]
        # Those that are ticked come first: the list is long, and scrolls.
        self.fields["regions"].choices = sorted(
            regions_of(panel.country), key=lambda one: one[0] not in audience.regions
        )
        if not self.fields["regions"].choices:
            del self.fields["regions"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        since, until = told.get("joined_from"), told.get("joined_to")
        if since and until and until < since:
            self.add_error("joined_to", _("Nobody joined after this and before that."))
        return told

    def with_purchases(self, purchases: tuple[PurchaseCondition, ...]) -> Audience:
        told = self.cleaned_data
        return Audience(
            ages=tuple(told["ages"]),
            regions=tuple(told.get("regions", ())),
            joined_from=told["joined_from"],
            joined_to=told["joined_to"],
            purchases=purchases,
        )


def a_category() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Kind of shop"),
        required=False,
        choices=[("", _("Any")), *CATEGORIES],
    )


def a_merchant() -> forms.CharField:
    return forms.CharField(
        label=_("Shop"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "shops", "autocomplete": "off"}),
    )


def a_product() -> forms.CharField:
    return forms.CharField(
        label=_("Text in a line of the receipt"), required=False, max_length=80
    )


def a_days(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS)


def an_amount(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=8, decimal_places=2
    )


class PurchaseForm(forms.Form):
    """One condition on purchases. Which fields matter is what `verb` says."""

    verb = forms.ChoiceField(label=_("What people did"), choices=VERBS)
    category = a_category()
    merchant = a_merchant()
    product = a_product()
    days = a_days(_("In the last … days"))
    earlier_days = a_days(_("First bought in the … days before those"))
    then_category = a_category()
    then_merchant = a_merchant()
    then_product = a_product()
    least = an_amount(_("At least"))
    most = an_amount(_("At most"))

    INSTEAD = ("then_category", "then_merchant", "then_product")

    def __init__(self, *args, number: int, shops: str, **kwargs) -> None:
        """`shops`: the address that names shops for what is being typed."""
        super().__init__(*args, prefix=f"p{number}", **kwargs)
        self.number = number
        for name in ("merchant", "then_merchant"):
            self.fields[name].widget.attrs |= {
                "hx-get": shops,
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#shops",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        # Hidden where the verb doesn't need it, and then never wrong.
        self.fields["earlier_days"].required = False

    @classmethod
    def of(cls, condition: PurchaseCondition, **kwargs) -> "PurchaseForm":
        told = {
            name: getattr(condition, name)
            for name in ("verb", "days", "earlier_days", "least", "most")
        }
        for name in THINGS:
            told[name] = getattr(condition.what, name)
            told[f"then_{name}"] = getattr(condition.then, name)
        return cls(initial=told, **kwargs)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not self.errors and (why := why_wrong(self.condition())):
            self.add_error(None, why)
        return told

    def condition(self) -> PurchaseCondition:
        """Of what was filled in, what the verb doesn't need is left at its default."""
        told = self.cleaned_data
        verb = Verb(told["verb"])
        fields: dict[str, Any] = {"verb": verb, "days": told["days"]}
        fields["what"] = Bought(*(told[name].strip() for name in THINGS))
        if verb in (Verb.LAPSED, Verb.SWITCHED):
            fields["earlier_days"] = told["earlier_days"] or 0
        if verb == Verb.SWITCHED:
            fields["then"] = Bought(*(told[name].strip() for name in self.INSTEAD))
        if verb == Verb.SPENT:
            fields["least"] = rounded(told["least"])
            fields["most"] = rounded(told["most"])
        return PurchaseCondition(**fields)


def rounded(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))


class AudienceForms:
    """All of the page: who people are, and any number of purchases.

    Without JavaScript, too, purchases are added and removed: by buttons that post all
    there is and bring it back with one more or one less.
    """

    def __init__(
        self,
        panel: Panel,
        audience: Audience,
        data: Mapping | None = None,
        *,
        shops: str = "",
    ) -> None:
        self.about = AudienceForm(panel, audience, data)
        self.shops = shops
        if data is None:
            self.purchases = [
                PurchaseForm.of(one, number=number, shops=shops)
                for number, one in enumerate(audience.purchases)
            ]
        else:
            self.purchases = [
                PurchaseForm(data, number=number, shops=shops)
                for number in range(told_count(data))
            ]

    @property
    def can_add(self) -> bool:
        return len(self.purchases) < MOST_PURCHASES

    def add(self) -> None:
        self.purchases = self.again(self.purchases)
        if self.can_add:
            new = PurchaseCondition(Verb.BOUGHT)
            number = len(self.purchases)
            self.purchases.append(PurchaseForm.of(new, number=number, shops=self.shops))

    def remove(self, number: int) -> None:
        kept = [one for one in self.purchases if one.number != number]
        self.purchases = self.again(kept)

    def again(self, forms: list[PurchaseForm]) -> list[PurchaseForm]:
        """What stands in the forms, unchecked, numbered anew."""
        return [
            PurchaseForm(
                number=number,
                shops=self.shops,
                initial={name: form[name].value() for name in form.fields},
            )
            for number, form in enumerate(forms)
        ]

    def is_valid(self) -> bool:
        # Each of them, so that all that is wrong is said at once.
        return all([self.about.is_valid(), *(one.is_valid() for one in self.purchases)])

    def audience(self) -> Audience:
        return self.about.with_purchases(
            tuple(one.condition() for one in self.purchases)
        )


def told_count(data: Mapping) -> int:
    told = str(data.get("purchases", ""))
    return min(int(told), MOST_PURCHASES) if told.isascii() and told.isdigit() else 0

"""What an author types: a survey's name, a question and its options, a page, quotas."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from panelists.models import Panel
from surveys.definition import (
    Definition,
    Kind,
    Page,
    Purchase,
    Question,
    ScaleStyle,
    Text,
)
from surveys.models import LibraryQuestion, Survey, SurveyComment

KINDS = {
    Kind.SINGLE: _("One choice"),
    Kind.MULTIPLE: _("Several choices"),
    Kind.SCALE: _("Scale"),
    Kind.MATRIX: _("Matrix"),
    Kind.RANKING: _("Ranking"),
    Kind.NUMBER: _("Number"),
    Kind.DATE: _("Date"),
    Kind.TEXT: _("Text"),
    Kind.BRAND: _("Brand or merchant"),
    Kind.INFORMATION: _("Information"),
}
STYLES = {
    ScaleStyle.NUMBERS: _("Numbers"),
    ScaleStyle.NPS: _("Recommendation, 0 to 10"),
    ScaleStyle.STARS: _("Stars"),
}
LONGEST = 4000


def language_name(code: str) -> str:
    """As its speakers call it."""
    return LANG_INFO.get(code, {}).get("name_local", code).capitalize()


def language_choices() -> list[tuple[str, str]]:
    known = [
        (code, info["name_local"].capitalize())
        for code, info in LANG_INFO.items()
        if "name_local" in info and len(code) <= 8
    ]
    return sorted(known, key=lambda pair: pair[1].casefold())


class SurveyForm(forms.ModelForm):
    """A new survey. The panel stays the same ever after."""

    class Meta:
        model = Survey
        fields = ["name", "panel"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        panels = Panel.objects.order_by("name")
        self.fields["panel"].queryset = panels
        self.fields["panel"].empty_label = None
        self.fields["panel"].label = _("Panel")

    def _post_clean(self):
        """The service makes the survey: no instance is built here."""


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"),
        max_length=SurveyComment._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class KeepForm(forms.Form):
    """A question for the library."""

    name = forms.CharField(
        label=_("Name in the library"),
        max_length=LibraryQuestion._meta.get_field("name").max_length,
    )


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("JPEG, PNG or WebP. It is shown beside the option’s text."),
    )


# A question --------------------------------------------------------------------------


def text_input(rows: int = 0) -> forms.Widget:
    if rows:
        return forms.Textarea(attrs={"rows": rows})
    return forms.TextInput(attrs={"autocomplete": "off"})


def text_field(label, *, rows: int = 0, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=text_input(rows),
        help_text=help_text,
    )


def in_other_words(text: Text, language: str, first: str) -> str:
    """What a translator reads: the text in the first language."""
    return "" if language == first else text.get(first, "")


def named(question: Question, language: str, most: int = 60) -> str:
    """A question as a list names it."""
    text = question.text.get(language) or next(iter(question.text.values()), "")
    text = " ".join(text.split())
    if len(text) > most:
        text = text[: most - 1].rstrip() + "…"
    return f"{question.code} · {text}" if text else question.code


# Pages, the survey, its quotas --------------------------------------------------------


class PageForm(forms.Form):
    title = text_field(_("Title of the page"))
    shuffles_questions = forms.BooleanField(
        label=_("Shuffle its questions for each person"), required=False
    )
    shuffle = forms.RegexField(
        r"^[\w -]{0,40}\Z",
        label=_("Group of pages that change places"),
        required=False,
        max_length=40,
        help_text=_("Neighbouring pages of the same word come in any order."),
    )

    def __init__(self, page: Page, language: str, first: str, data=None) -> None:
        self.page = page
        self.language = language
        initial = {
            "title": page.title.get(language, ""),
            "shuffles_questions": page.shuffles_questions,
            "shuffle": page.shuffle,
        }
        super().__init__(data, initial=initial)
        self.fields["title"].widget.attrs["lang"] = language
        self.fields["title"].original = in_other_words(page.title, language, first)

    def as_fields(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        told["title"] = self.page.title.within(self.language, told["title"])
        return told


class TextsForm(forms.Form):
    """What panelists read before and after the questions."""

    title = text_field(_("Title"), help_text=_("What panelists see it called."))
    welcome = text_field(_("Welcome"), rows=3)
    thanks = text_field(_("Thanks, at the end"), rows=3)

    def __init__(self, definition: Definition, language: str, data=None) -> None:
        self.definition = definition
        self.language = language
        names = ("title", "welcome", "thanks")
        initial = {name: getattr(definition, name).get(language, "") for name in names}
        super().__init__(data, initial=initial)
        for name, field in self.fields.items():
            field.widget.attrs["lang"] = language
            field.original = in_other_words(
                getattr(definition, name), language, definition.language
            )

    def as_fields(self) -> dict[str, Any]:
        return {
            name: getattr(self.definition, name).within(self.language, told)
            for name, told in self.cleaned_data.items()
        }


class PurchaseForm(forms.Form):
    is_bound = forms.BooleanField(
        label=_("The survey is about a purchase of the panelist"),
        required=False,
        help_text=_(
            "The newest accepted receipt that fits is bound when somebody starts; who "
            "has none isn’t asked."
        ),
    )
    days = forms.IntegerField(
        label=_("Bought within the last days"),
        min_value=1,
        max_value=365,
        required=False,
    )
    category = forms.ChoiceField(label=_("Kind of shop"), required=False)
    merchant = forms.CharField(
        label=_("Merchant"), max_length=120, required=False, widget=text_input()
    )
    product = forms.CharField(
        label=_("Text of a line item"),
        max_length=120,
        required=False,
        widget=text_input(),
        help_text=_("Such as coffee. Empty: any."),
    )

    def __init__(self, purchase: Purchase | None, categories, data=None) -> None:
        shown = purchase or Purchase()
        initial = {
            "is_bound": purchase is not None,
            "days": shown.days,
            "category": shown.category,
            "merchant": shown.merchant,
            "product": shown.product,
        }
        super().__init__(data, initial=initial)
        self.fields["category"].choices = [("", _("Any")), *categories]

    def as_purchase(self) -> Purchase | None:
        told = dict(self.cleaned_data)
        if not told.pop("is_bound"):
            return None
        told["days"] = told["days"] or Purchase.days
        return Purchase(**told)


class QuotaForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=text_input())
    limit = forms.IntegerField(
        label=_("At most, complete responses"), min_value=1, max_value=1_000_000
    )


class LanguageForm(forms.Form):
    """One more language."""

    code = forms.ChoiceField(label=_("Language"))

    def __init__(self, definition: Definition, data=None) -> None:
        super().__init__(data)
        self.fields["code"].choices = [
            pair for pair in language_choices() if pair[0] not in definition.languages
        ]


# Trying out and launching ------------------------------------------------------------


class TryForm(forms.Form):
    """Who answers in a trial, and what they bought."""

    language = forms.ChoiceField(label=_("Language"))
    age = forms.IntegerField(
        label=_("Age"), min_value=0, max_value=120, initial=35, required=False
    )
    region = forms.CharField(
        label=_("Region"),
        max_length=6,
        required=False,
        help_text=_("ISO 3166-2, such as US-CA."),
        widget=text_input(),
    )
    months = forms.IntegerField(
        label=_("Months in the panel"),
        min_value=0,
        max_value=600,
        initial=12,
        required=False,
    )
    merchant = forms.CharField(
        label=_("Merchant"), max_length=120, required=False, widget=text_input()
    )
    category = forms.ChoiceField(label=_("Kind of shop"), required=False)
    total = forms.DecimalField(
        label=_("Total"), min_value=0, max_digits=9, decimal_places=2, required=False
    )
    days = forms.IntegerField(
        label=_("Days since the purchase"), min_value=0, max_value=365, required=False
    )

    def __init__(self, definition: Definition, categories, data=None) -> None:
        super().__init__(data)
        self.fields["language"].choices = [
            (code, language_name(code)) for code in definition.languages
        ]
        self.fields["category"].choices = [("", _("None")), *categories]

    def clean_region(self) -> str:
        return self.cleaned_data["region"].strip().upper()

    def as_profile(self) -> dict[str, Any]:
        told = {
            "age": self.cleaned_data["age"],
            "region": self.cleaned_data["region"],
            "months": self.cleaned_data["months"],
            "language": self.cleaned_data["language"],
        }
        return {name: value for name, value in told.items() if value not in (None, "")}

    def as_purchase(self) -> dict[str, Any]:
        """Nothing where no merchant was named."""
        told = self.cleaned_data
        if not told["merchant"]:
            return {}
        total: Decimal | None = told["total"]
        purchase = {
            "merchant": told["merchant"],
            "category": told["category"],
            "total": None if total is None else float(total),
            "days": told["days"],
        }
        return {
            name: value for name, value in purchase.items() if value not in (None, "")
        }


class SettingsForm(forms.ModelForm):
    """What it pays, when and how quickly it goes out."""

    class Meta:
        model = Survey
        fields = [
            "reward",
            "partial_reward",
            "starts_at",
            "ends_at",
            "share",
            "priority",
            "invites_by_email",
            "remind_after_days",
        ]
        widgets = {
            name: forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
            for name in ("starts_at", "ends_at")
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        starts, ends = told.get("starts_at"), told.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The survey must end after it starts."))
        for name in ("reward", "partial_reward"):
            if (told.get(name) or 0) < 0:
                self.add_error(name, _("Nobody is paid less than nothing."))
        reward, partial = told.get("reward"), told.get("partial_reward")
        if reward is not None and partial is not None and partial > reward:
            self.add_error(
                "partial_reward", _("A screen-out pays no more than the whole survey.")
            )
        return told

    def _post_clean(self):
        """The service writes the survey: no instance is built here."""

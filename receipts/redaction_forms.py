"""The marks on the review page: what is painted over, where, and of which kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from receipts.models import KindChoices, Receipt, ReceiptPage, Redaction
from receipts.reading.page import Corners
from receipts.redaction.words import sentence_of
from receipts.services.marks import MarkEdit

MOST_MARKS = 300
NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,3})?")
# A mark may reach a little beyond the picture, as padding does.
BEYOND = 0.1


def corners_as_text(corners: Sequence[Sequence[float]]) -> str:
    """As SVG's `points`: "x,y x,y x,y x,y"."""
    return " ".join(f"{x:g},{y:g}" for x, y in corners)


class MarkForm(forms.Form):
    """One place. `id` is empty where it was drawn on the page."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    position = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    corners = forms.CharField(max_length=120, widget=forms.HiddenInput)
    is_painted = forms.BooleanField(label=_("Paint over"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=KindChoices.choices)

    def __init__(self, *args, pages: dict[int, ReceiptPage], **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = pages

    def has_changed(self) -> bool:
        """Every mark that is sent stands for itself."""
        return True

    def clean_position(self):
        position = self.cleaned_data["position"]
        if position not in self.pages:
            raise forms.ValidationError(_("This page isn’t there."))
        return position

    def clean_corners(self) -> Corners:
        numbers = re.split(r"[,\s]+", self.cleaned_data["corners"].strip())
        if len(numbers) != 8 or not all(map(NUMBER.fullmatch, numbers)):
            raise forms.ValidationError(_("A mark has four corners."))
        values = [float(number) for number in numbers]
        return tuple(zip(values[::2], values[1::2], strict=True))

    def clean(self):
        data = super().clean()
        page, corners = self.pages.get(data.get("position")), data.get("corners")
        if page is None or corners is None:
            return data
        for (x, y), wide, high in ((c, page.width, page.height) for c in corners):
            if not (-BEYOND * wide <= x <= (1 + BEYOND) * wide) or not (
                -BEYOND * high <= y <= (1 + BEYOND) * high
            ):
                self.add_error("corners", _("A mark lies on the picture."))
                break
        return data

    def as_edit(self) -> MarkEdit:
        data = self.cleaned_data
        return MarkEdit(
            position=data["position"],
            kind=data["kind"],
            corners=data["corners"],
            is_painted=data["is_painted"],
            pk=data["id"],
        )

    # What the row shows besides its fields.

    @property
    def rule(self) -> str:
        return sentence_of(self.initial.get("rule", ""))

    @property
    def is_drawn(self) -> bool:
        return self.initial.get("source", Redaction.Source.PERSON) == (
            Redaction.Source.PERSON
        )

    @property
    def points(self) -> str:
        return self["corners"].value() or ""


class BaseMarkFormSet(forms.BaseFormSet):
    def edits(self) -> list[MarkEdit]:
        """The marks that weren't removed; of a valid set."""
        return [
            form.as_edit() for form in self.forms if not self._should_delete_form(form)
        ]


MarkFormSet = forms.formset_factory(
    MarkForm,
    formset=BaseMarkFormSet,
    extra=0,
    can_delete=True,
    max_num=MOST_MARKS,
    absolute_max=MOST_MARKS + 50,
)
MarkFormSet.default_error_messages = {
    **MarkFormSet.default_error_messages,
    "missing_management_form": _("The marks didn’t arrive whole. Look at them again."),
    "too_many_forms": _("A receipt has at most 300 marks."),
}


@dataclass(frozen=True)
class Marks:
    """The set of the page, or none where the page that was sent had no marks."""

    forms: BaseMarkFormSet | None

    def is_valid(self) -> bool:
        return self.forms is None or self.forms.is_valid()

    def edits(self) -> list[MarkEdit] | None:
        return None if self.forms is None else self.forms.edits()


def marks_of(receipt: Receipt, data=None) -> Marks:
    """The receipt's marks, or those of a posted form, which stand for themselves."""
    pages = {page.position: page for page in receipt.pages.all()}
    rows = list(receipt.redactions.all())
    initial = [
        {
            "id": row.pk,
            "position": row.position,
            "corners": corners_as_text(row.corners),
            "is_painted": row.is_painted,
            "kind": row.kind,
            "rule": row.rule,
            "source": row.source,
        }
        for row in rows
    ]
    options = {"prefix": "marks", "form_kwargs": {"pages": pages}}
    if data is None:
        return Marks(MarkFormSet(initial=initial, **options))
    if "marks-TOTAL_FORMS" not in data:
        return Marks(None)
    return Marks(MarkFormSet(data, initial=initial, **options))

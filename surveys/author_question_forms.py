"""The form of one question, with its options and rows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from surveys.author_forms import (
    KINDS,
    LONGEST,
    STYLES,
    in_other_words,
    named,
    text_field,
)
from surveys.definition import (
    Definition,
    Kind,
    Option,
    Question,
    Row,
    ScaleStyle,
)
from surveys.editing import FIELDS_OF, OPTIONS, ROWS, code_from

# The fields that are texts by language.
TEXTS = ("text", "help", "message", "unit", "low", "high")
# Limits mean something else for each kind.
LIMIT_LABELS = {
    Kind.SCALE: (_("From"), _("To")),
    Kind.NUMBER: (_("Smallest"), _("Largest")),
    Kind.TEXT: (_("At least, characters"), _("At most, characters")),
    Kind.RANKING: (_("Rank at least"), _("Rank at most")),
}
CHOOSE_LABELS = (_("Choose at least"), _("Choose at most"))
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class QuestionForm(forms.Form):
    """One question in one language, with the fields that its kind has.

    Options and rows are no fields of the form but lists of it: `options`, `rows`.
    """

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("What conditions, texts and results call it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    text = text_field(_("Question"), rows=2)
    help = text_field(_("Help"), rows=1)
    is_required = forms.BooleanField(label=_("An answer is required"), required=False)
    style = forms.ChoiceField(label=_("Looks"), choices=list(STYLES.items()))
    least = forms.DecimalField(required=False)
    most = forms.DecimalField(required=False)
    decimals = forms.IntegerField(
        label=_("Decimal places"), min_value=0, max_value=6, required=False
    )
    unit = text_field(_("Unit"), help_text=_("Stands behind the field: kg, cups, …"))
    low = text_field(_("Label of the lowest"))
    high = text_field(_("Label of the highest"))
    earliest = forms.CharField(label=_("Earliest day"), required=False, max_length=10)
    latest = forms.CharField(label=_("Latest day"), required=False, max_length=10)
    is_long = forms.BooleanField(label=_("Room for several lines"), required=False)
    is_multiple = forms.BooleanField(label=_("Several answers"), required=False)
    shuffles_options = forms.BooleanField(
        label=_("Shuffle the options for each person"), required=False
    )
    shuffles_rows = forms.BooleanField(
        label=_("Shuffle the rows for each person"), required=False
    )
    carries = forms.ChoiceField(
        label=_("Offer only what was chosen in"), required=False
    )
    shows_purchase = forms.BooleanField(
        label=_("Ask about the panelist’s purchase, and show it above"), required=False
    )
    expected = forms.MultipleChoiceField(
        label=_("Attention check: who reads chooses"), required=False
    )
    message = text_field(
        _("Message where an answer isn’t allowed"),
        help_text=_("Instead of our own sentence."),
    )

    def __init__(
        self,
        definition: Definition,
        question: Question,
        language: str,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.definition = definition
        self.question = question
        self.language = language
        super().__init__(data, initial=self._initial())
        for name in self.fields.keys() - FIELDS_OF[question.kind]:
            del self.fields[name]
        if "least" in self.fields:
            self._limits()
        for name in ("earliest", "latest"):
            if name in self.fields:
                self.fields[name].help_text = _("As 2026-01-31, or today.")
        if "carries" in self.fields:
            self.fields["carries"].choices = self._sources()
        if "expected" in self.fields:
            self._expected()
        for name in TEXTS:
            if name in self.fields:
                told = in_other_words(
                    getattr(question, name), language, definition.language
                )
                self.fields[name].widget.attrs |= {"lang": language}
                self.fields[name].original = told

    def _initial(self) -> dict[str, Any]:
        one = self.question
        told = {name: getattr(one, name) for name in FIELDS_OF[one.kind]}
        for name in TEXTS:
            told[name] = getattr(one, name).get(self.language, "")
        for name in ("least", "most"):
            value = getattr(one, name)
            told[name] = None if value is None else f"{value:f}"
        return told

    def _limits(self) -> None:
        kind = self.question.kind
        labels = LIMIT_LABELS.get(kind, CHOOSE_LABELS)
        for name, label in zip(("least", "most"), labels, strict=True):
            field = self.fields[name]
            field.label = label
            field.widget.attrs["inputmode"] = "decimal"
            if kind != Kind.NUMBER:
                field.decimal_places = 0
                field.widget.attrs["step"] = "1"
            else:
                field.widget.attrs["step"] = "any"

    def _sources(self) -> list[tuple[str, str]]:
        """Multiple questions of earlier pages."""
        page = self.definition.page_of(self.question.code)
        found = [("", gettext("– all its own options –"))]
        for earlier in self.definition.pages:
            if page is not None and earlier.id == page.id:
                break
            for one in earlier.questions:
                if one.kind == Kind.MULTIPLE:
                    found.append((one.code, named(one, self.definition.language)))
        now = self.question.carries
        if now and now not in dict(found):
            found.append((now, now))
        return found

    def _expected(self) -> None:
        one = self.question
        if one.kind == Kind.SCALE:
            least, most = one.least, one.most
            numbers = (
                range(int(least), int(most) + 1)
                if least is not None and most is not None and most - least <= 100
                else ()
            )
            choices = [(str(number), str(number)) for number in numbers]
        else:
            choices = [
                (option.code, option.text.get(self.definition.language) or option.code)
                for option in one.options
            ]
        known = dict(choices)
        choices += [(code, code) for code in one.expected if code not in known]
        self.fields["expected"].widget = forms.CheckboxSelectMultiple(choices=choices)
        self.fields["expected"].choices = choices

    def _day(self, name: str) -> str:
        told = self.cleaned_data[name].strip().lower()
        if told in ("", "today"):
            return told
        try:
            if DAY.match(told):
                date.fromisoformat(told)
                return told
        except ValueError:
            pass
        raise forms.ValidationError(_("A day is written 2026-01-31, or today."))

    def clean_earliest(self) -> str:
        return self._day("earliest")

    def clean_latest(self) -> str:
        return self._day("latest")

    def clean_decimals(self) -> int:
        return self.cleaned_data["decimals"] or 0

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        least, most = told.get("least"), told.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("The end must not lie before the start."))
        return told

    @property
    def more_is_used(self) -> bool:
        """Whether something is said under "More", which is folded otherwise."""
        one = self.question
        return bool(
            one.help
            or one.carries
            or one.expected
            or one.message
            or one.shuffles_options
            or one.shuffles_rows
            or one.shows_purchase
            or self.errors
        )

    @property
    def new_kind(self) -> tuple[Kind, ScaleStyle] | None:
        """What it is to become, where that is another kind or looks otherwise."""
        kind = Kind(self.cleaned_data.get("kind", self.question.kind))
        style = ScaleStyle(self.cleaned_data.get("style", self.question.style))
        is_other = kind != self.question.kind or style != self.question.style
        return (kind, style) if is_other else None

    def as_fields(self) -> dict[str, Any]:
        """For `surveys.editing.change_question`."""
        told = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("kind", "style", "carries")
        }
        for name in TEXTS:
            if name in told:
                text = getattr(self.question, name)
                told[name] = text.within(self.language, told[name])
        if "expected" in told:
            told["expected"] = tuple(told["expected"])
        return told

    # Options and rows, which come as lists of codes in their order.

    @cached_property
    def options(self) -> "Choices | None":
        return self._choices(OPTIONS)

    @cached_property
    def rows(self) -> "Choices | None":
        return self._choices(ROWS)

    def _choices(self, part: str) -> "Choices | None":
        if part not in FIELDS_OF[self.question.kind]:
            return None
        return Choices(part, self.question, self.definition, self.language, self.data)


class Choices:
    """The options of a question as they are shown, and as they were posted.

    Each is posted by its code (`option`), its text (`option-CODE-text`) and its flags;
    a new one by "+" and a number, and gets its code here: `coded` tells which.
    """

    def __init__(self, part, question, definition, language, data) -> None:
        self.part = part
        self.name = part[:-1]
        self.language = language
        self.definition = definition
        self.question = question
        self.coded: dict[str, str] = {}
        self.there = {one.code: one for one in getattr(question, part)}
        is_posted = f"has-{part}" in data
        self.made = self._posted(data) if is_posted else tuple(self.there.values())

    @property
    def flags(self) -> tuple[tuple[str, str], ...]:
        """Which of them this kind of question has, with their labels."""
        if self.part == ROWS:
            return ()
        kind = self.question.kind
        told = []
        if kind == Kind.MULTIPLE:
            told.append(("is_exclusive", gettext("Excludes others")))
        if kind in (Kind.SINGLE, Kind.MULTIPLE):
            told.append(("asks_text", gettext("Asks for a text")))
        told.append(("is_fixed", gettext("Keeps its place")))
        return tuple(told)

    @property
    def has_pictures(self) -> bool:
        return self.part == OPTIONS and self.question.kind != Kind.MATRIX

    def _posted(self, data) -> tuple[Option | Row, ...]:
        made: dict[str, Option | Row] = {}
        for told in data.getlist(self.name):
            text = data.get(f"{self.name}-{told}-text", "").strip()[:LONGEST]
            code = told
            if told.startswith("+"):
                if not text:
                    continue
                code = code_from(text, (*self.there, *made), self.name)
                self.coded[told] = code
            elif told not in self.there:
                continue
            new = Option(code) if self.part == OPTIONS else Row(code)
            old = self.there.get(code, new)
            flags = {
                flag: f"{self.name}-{told}-{flag}" in data
                for flag, _label in self.flags
            }
            text = old.text.within(self.language, text)
            made[code] = replace(old, text=text, **flags)
        return tuple(made.values())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        first = self.definition.language
        for one in self.made:
            yield {
                "code": one.code,
                "text": one.text.get(self.language, ""),
                "original": in_other_words(one.text, self.language, first),
                "picture": getattr(one, "image", ""),
                "flags": [
                    (flag, label, getattr(one, flag)) for flag, label in self.flags
                ],
            }

    def __len__(self) -> int:
        return len(self.made)

    @property
    def blank(self) -> dict[str, Any]:
        """What a new row looks like."""
        flags = [(flag, label, False) for flag, label in self.flags]
        return {"code": "__code__", "text": "", "original": "", "flags": flags}

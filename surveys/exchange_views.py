"""Surveys from files, and into files."""

from dataclasses import replace

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from panelists.models import Panel
from surveys.author_views.common import author_or_404, survey_or_404
from surveys.definition import Definition, Question, say
from surveys.exchange import (
    MOST_BYTES,
    Note,
    Reading,
    WrongFile,
    export_json,
    export_xlsform,
    import_json,
    import_xlsform,
    not_carried,
)
from surveys.services import authoring
from surveys.services.errors import SurveyError

# What an import could not carry, by survey, until its author has seen it.
NOTES = "exchange-notes"
MOST_KEPT = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("An XLSForm workbook (.xlsx) or a survey’s JSON file, up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.json"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("For the team. Empty: the title that the file tells."),
    )
    panel = forms.ModelChoiceField(
        label=_("Panel"), queryset=Panel.objects.none(), empty_label=None
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["panel"].queryset = Panel.objects.order_by("name")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_t("The file is larger than 5 MB."))
        if not file.name.lower().endswith((".xlsx", ".json")):
            raise forms.ValidationError(
                _t("Choose an Excel workbook (.xlsx) or a JSON file (.json).")
            )
        return file

    def reading(self) -> Reading:
        """Of the file. Raises `WrongFile`."""
        file = self.cleaned_data["file"]
        data = file.read()
        if file.name.lower().endswith(".json"):
            reading = import_json(data)
        else:
            language = self.cleaned_data["panel"].language
            reading = import_xlsform(data, language=language)
        return without_pictures(reading)


def without_pictures(reading: Reading) -> Reading:
    """A survey's pictures are its own: a file only names those of another."""
    lost = []

    def bare(question: Question) -> Question:
        if not any(option.image for option in question.options):
            return question
        lost.append(Note(question.code, _t("its pictures aren’t in the file.")))
        options = tuple(replace(option, image="") for option in question.options)
        return replace(question, options=options)

    definition = reading.definition
    pages = tuple(
        replace(page, questions=tuple(map(bare, page.questions)))
        for page in definition.pages
    )
    definition = replace(definition, pages=pages)
    return Reading(definition, (*reading.notes, *lost))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_survey(request):
    author_or_404(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            reading = form.reading()
            survey = _made(request, form, reading)
        except WrongFile as error:
            form.add_error("file", str(error))
        except SurveyError as error:
            form.add_error("name", str(error))
        else:
            kept = request.session.get(NOTES, {})
            kept[survey.public_id] = [
                [one.where, one.what] for one in reading.notes[:MOST_KEPT]
            ]
            # The last few: a session is no archive.
            request.session[NOTES] = dict(list(kept.items())[-5:])
            return redirect("exchange:imported", survey.public_id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "nav_active": "author"}
    return render(request, "exchange/import.html", context, status=status)


def _made(request, form: ImportForm, reading: Reading):
    definition = reading.definition
    name = form.cleaned_data["name"] or say(definition.title, definition.language)
    name = name or form.cleaned_data["file"].name.rpartition(".")[0]
    return authoring.start(
        form.cleaned_data["panel"],
        name[:120],
        definition,
        summary=_t("Read from a file"),
        by=request.user,
    )


@never_cache
@require_safe
def imported(request, public_id):
    """What was read, and what of the file wasn't."""
    survey = survey_or_404(request, public_id)
    notes = request.session.get(NOTES, {}).get(public_id)
    if notes is None:
        return redirect("author:survey", public_id)
    context = {
        "survey": survey,
        "notes": [Note(*one) for one in notes],
        "said": _counted(survey.definition),
        "tab": "build",
        "nav_active": "author",
    }
    return render(request, "exchange/imported.html", context)


def _counted(definition: Definition) -> str:
    pages = len(definition.pages)
    questions = sum(1 for question in definition.questions() if question.is_asked)
    return _t("%(questions)s on %(pages)s.") % {
        "questions": ngettext("%d question", "%d questions", questions) % questions,
        "pages": ngettext("%d page", "%d pages", pages) % pages,
    }


@never_cache
@require_safe
def export(request, public_id):
    """Both files to choose from, and what other tools won't know."""
    survey = survey_or_404(request, public_id)
    context = {
        "survey": survey,
        "notes": not_carried(survey.definition),
        "tab": "build",
        "nav_active": "author",
    }
    return render(request, "exchange/export.html", context)


@never_cache
@require_safe
def export_workbook(request, public_id):
    survey = survey_or_404(request, public_id)
    data = export_xlsform(
        survey.definition,
        form_id=f"survey_{survey.public_id.lower()}",
        version=str(survey.revision),
    )
    return _download(data, XLSX, f"survey-{survey.public_id}.xlsx")


@never_cache
@require_safe
def export_whole(request, public_id):
    survey = survey_or_404(request, public_id)
    data = export_json(survey.definition)
    return _download(data, "application/json", f"survey-{survey.public_id}.json")


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

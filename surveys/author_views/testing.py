"""Testing a survey: what the path tester finds, all paths, and a try as anybody."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from receipts.purchases import CATEGORIES
from surveys.answering.answers import in_words
from surveys.author_forms import TryForm, named
from surveys.author_views.common import Place, language_of, survey_or_404
from surveys.author_views.problems import problem_groups
from surveys.definition import Definition
from surveys.logic import paths
from surveys.models import Survey
from surveys.services import responding
from surveys.services.errors import SurveyError

MOST_WALKS = 200
PROFILE = {
    "age": gettext_lazy("Age"),
    "region": gettext_lazy("Region"),
    "months": gettext_lazy("Months in the panel"),
    "language": gettext_lazy("Language"),
}


@never_cache
@require_safe
def test(request, public_id):
    return show_test(request, survey_or_404(request, public_id))


def show_test(request, survey: Survey, form: TryForm | None = None, status: int = 200):
    definition = survey.definition
    language = language_of(request, survey, definition)
    walks = paths.walks(definition, MOST_WALKS)
    count = paths.count_paths(definition)
    found = problem_groups(survey, paths.check(definition), language)
    context = {
        "survey": survey,
        "tab": "test",
        "problems": found,
        "errors": sum(group["errors"] for group in found),
        "warnings": sum(group["warnings"] for group in found),
        "walks": [
            walk_words(survey, definition, walk, number, language)
            for number, walk in enumerate(walks, start=1)
        ],
        "count": count,
        "is_cut": count is None or count > len(walks),
        "is_empty": not any(definition.questions()),
        "form": form or TryForm(definition, CATEGORIES),
        "nav_active": "author",
    }
    return render(request, "author/test.html", context, status=status)


def walk_words(survey, definition: Definition, walk, number: int, language: str):
    """One path: the questions that it shows, and answers that lead along it."""
    numbers = {page.id: n for n, page in enumerate(definition.pages, start=1)}
    shown = [definition.question(code) for code in walk.shown]
    return {
        "number": number,
        "is_screen_out": walk.outcome != "END",
        "pages": [numbers[page] for page in walk.pages if page in numbers],
        "questions": [
            {
                "name": named(one, language),
                "url": Place("question", one.code).url(survey),
                "answer": in_words(
                    one, walk.answers[one.code], language, definition.language
                )
                if one.code in walk.answers
                else "",
            }
            for one in shown
            if one is not None
        ],
        "facts": [
            (PROFILE.get(name, name), value)
            for name, value in {**walk.profile, **walk.purchase}.items()
        ],
    }


@require_POST
def try_out(request, public_id):
    """A trial as the form says who answers; it leads to the answering pages."""
    survey = survey_or_404(request, public_id)
    form = TryForm(survey.definition, CATEGORIES, request.POST)
    if not form.is_valid():
        return show_test(request, survey, form, status=422)
    try:
        response = responding.try_out(
            survey,
            by=request.user,
            profile=form.as_profile(),
            purchase=form.as_purchase(),
            language=form.cleaned_data["language"],
        )
    except SurveyError as error:
        form.add_error(None, str(error))
        return show_test(request, survey, form, status=422)
    return redirect("surveys:answer", response.public_id)

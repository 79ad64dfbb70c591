"""What the path tester finds, where an author mends it."""

from itertools import groupby

from django.utils.translation import gettext as _

from surveys.author_forms import named
from surveys.author_views.common import Place
from surveys.definition import Definition, say
from surveys.logic.problems import Severity
from surveys.models import Survey


def problem_groups(survey: Survey, problems, language: str) -> list[dict]:
    """What the tester finds, by the page or question where it is mended."""
    definition = survey.definition
    order = ["", *(page.id for page in definition.pages)]

    def place(problem) -> tuple:
        page = order.index(problem.page) if problem.page in order else 0
        return (page, problem.question)

    found = sorted(problems, key=place)
    groups = []
    for (_page, code), together in groupby(found, key=place):
        told = list(together)
        errors = sum(one.severity == Severity.ERROR for one in told)
        name, url = where(survey, definition, told[0].page, code, language)
        groups.append(
            {
                "name": name,
                "url": url,
                "problems": told,
                "errors": errors,
                "warnings": len(told) - errors,
            }
        )
    return groups


def where(survey, definition: Definition, page_id: str, code: str, language: str):
    """The name and the address of the editor of what a problem is about."""
    question, page = definition.question(code), definition.page(page_id)
    if question is not None:
        return named(question, language), Place("question", code).url(survey)
    if page is not None:
        number = definition.pages.index(page) + 1
        title = say(page.title, language, definition.language)
        words = _("Page %(number)d: %(title)s") if title else _("Page %(number)d")
        told = words % {"number": number, "title": title}
        return told, Place("page", page_id).url(survey)
    return _("The survey"), Place("texts").url(survey)

"""What the path tester says, and how it names the things it speaks of."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from surveys.definition import Definition, Page
from surveys.logic.logic import Place


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """`code`: what kind it is; `page`: the page's id, `question`: its code, both empty
    where it concerns neither. `message`: what is wrong and what to do, in the language
    of the one who asked."""

    severity: Severity
    code: str
    page: str
    question: str
    message: str


def error(code: str, message: str, page: str = "", question: str = "") -> Problem:
    return Problem(Severity.ERROR, code, page, question, message)


def warning(code: str, message: str, page: str = "", question: str = "") -> Problem:
    return Problem(Severity.WARNING, code, page, question, message)


def called(code: str) -> str:
    """A question as it is named to people: Q3."""
    return code.upper()


def language_name(language: str) -> str:
    try:
        return get_language_info(language)["name_translated"]
    except KeyError:
        return language


def of_place(definition: Definition, place: Place) -> tuple[str, str]:
    """The page's id and the question's code."""
    if place.kind == "quota":
        return "", ""
    page: Page = definition.pages[place.number]
    if place.kind in ("question", "carries"):
        return page.id, page.questions[place.index].code
    return page.id, ""


def at_place(definition: Definition, place: Place, told: str) -> str:
    """The sentence, with which of several conditions it is about."""
    if place.kind == "skip":
        skip = {"number": place.index + 1, "told": told}
        return _("Skip %(number)s: %(told)s") % skip
    if place.kind == "quota":
        quota = definition.quotas[place.number]
        return _("Quota “%(name)s”: %(told)s") % {
            "name": quota.name or quota.code,
            "told": told,
        }
    return told

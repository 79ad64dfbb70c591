"""Which texts a survey lacks in which of its languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.definition import Definition, Question, Text
from surveys.logic.problems import Problem, called, error, language_name


@dataclass(frozen=True)
class Piece:
    """One text and what it is called. `is_needed`: a survey can't do without it."""

    page: str
    question: str
    name: str
    text: Text
    is_needed: bool = False

    def lacks(self, language: str) -> bool:
        return not self.text.get(language, "").strip() and (
            self.is_needed or any(told.strip() for told in self.text.values())
        )


def pieces(definition: Definition) -> Iterator[Piece]:
    """All texts of the survey."""
    yield Piece("", "", _("the title"), definition.title, is_needed=True)
    yield Piece("", "", _("the welcome"), definition.welcome)
    yield Piece("", "", _("the thanks"), definition.thanks)
    for page in definition.pages:
        yield Piece(page.id, "", _("the page’s title"), page.title)
        for question in page.questions:
            yield from _of_question(page.id, question)


def _of_question(page: str, question: Question) -> Iterator[Piece]:
    code = question.code
    yield Piece(page, code, _("the question"), question.text, is_needed=True)
    yield Piece(page, code, _("the help"), question.help)
    yield Piece(page, code, _("the message"), question.message)
    yield Piece(page, code, _("the unit"), question.unit)
    yield Piece(page, code, _("the label of the low end"), question.low)
    yield Piece(page, code, _("the label of the high end"), question.high)
    for option in question.options:
        name = _("option “%s”") % option.code
        # A picture can stand for itself.
        yield Piece(page, code, name, option.text, is_needed=not option.image)
    for row in question.rows:
        yield Piece(page, code, _("row “%s”") % row.code, row.text, is_needed=True)


def lacking(definition: Definition, language: str, code: str) -> Iterator[Problem]:
    """One problem a page or question, which names all texts that it lacks."""
    found: dict[tuple[str, str], list[str]] = {}
    for piece in pieces(definition):
        if piece.lacks(language):
            found.setdefault((piece.page, piece.question), []).append(piece.name)
    for (page, question), names in found.items():
        told = {
            "question": called(question),
            "language": language_name(language),
            "texts": ", ".join(names),
        }
        message = (
            _("%(question)s lacks in %(language)s: %(texts)s.")
            if question
            else _("Write in %(language)s: %(texts)s.")
        )
        yield error(code, message % told, page, question)


def missing(definition: Definition) -> tuple[Problem, ...]:
    """What isn't translated. The path tester itself sees to the first."""
    return tuple(
        problem
        for language in definition.languages[1:]
        for problem in lacking(definition, language, "untranslated")
    )

"""What each place of the builder's editor is rendered with."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from receipts.purchases import CATEGORIES
from surveys.author_forms import (
    LanguageForm,
    PageForm,
    PurchaseForm,
    TextsForm,
    language_name,
    named,
)
from surveys.author_question_forms import QuestionForm
from surveys.author_views.claiming import condition_context
from surveys.author_views.common import Place
from surveys.definition import END, SCREEN_OUT, Definition, Kind, say
from surveys.logic.languages import Piece, pieces
from surveys.logic.sentences import sentence
from surveys.models import LibraryQuestion, Survey


def context_at(
    survey: Survey, definition: Definition, place: Place, language: str
) -> dict[str, Any]:
    return EDITORS[place.kind](survey, definition, place, language)


def target_words(definition: Definition, to: str, language: str) -> str:
    """Where a skip leads, in words."""
    if to == END:
        return _("the end (complete)")
    if to == SCREEN_OUT:
        return _("the end (screened out)")
    for number, page in enumerate(definition.pages, start=1):
        if page.id == to:
            title = say(page.title, language, definition.language)
            told = _("page %(number)d: %(title)s") if title else _("page %(number)d")
            return told % {"number": number, "title": title}
    return _("a page that is gone")


def in_words(source: str, definition: Definition, language: str) -> str:
    return sentence(source, definition, language) if source else ""


def of_question(survey, definition: Definition, place: Place, language: str) -> dict:
    question = definition.question(place.key)
    page = definition.page_of(place.key)
    return {
        "question": question,
        "page": page,
        "form": QuestionForm(definition, question, language),
        "condition": in_words(question.show_if, definition, language),
        "condition_url": Place("condition", place.key, "question").url(survey),
        "comments": comments_on(survey, place.key),
        "can_be_split": page.questions[0] != question,
    }


def of_page(survey, definition: Definition, place: Place, language: str) -> dict:
    page = definition.page(place.key)
    return {
        "page": page,
        "page_number": definition.pages.index(page) + 1,
        "form": PageForm(page, language, definition.language),
        "condition": in_words(page.show_if, definition, language),
        "condition_url": Place("condition", page.id, "page").url(survey),
        "new_skip_url": Place("condition", page.id, "skip", "new").url(survey),
        "skips": [
            {
                "number": number,
                "when": in_words(skip.when, definition, language),
                "to": target_words(definition, skip.to, language),
                "url": Place("condition", page.id, "skip", str(number)).url(survey),
            }
            for number, skip in enumerate(page.skips)
        ],
    }


def of_texts(survey, definition: Definition, place: Place, language: str) -> dict:
    return {"form": TextsForm(definition, language)}


def of_purchase(survey, definition: Definition, place: Place, language: str) -> dict:
    return {"form": PurchaseForm(definition.purchase, CATEGORIES)}


def of_quotas(survey, definition: Definition, place: Place, language: str) -> dict:
    counts = dict(survey.quota_counts.values_list("code", "count"))
    return {
        "quotas": [
            {
                "code": quota.code,
                "name": quota.name,
                "limit": quota.limit,
                "when": in_words(quota.when, definition, language),
                "count": counts.get(quota.code, 0),
                "url": Place("condition", quota.code, "quota").url(survey),
            }
            for quota in definition.quotas
        ],
        "new_quota_url": Place("condition", "new", "quota").url(survey),
        "singles": [
            (question.code, named(question, language))
            for question in definition.questions()
            if question.kind == Kind.SINGLE and question.options
        ],
    }


def of_comments(survey, definition: Definition, place: Place, language: str) -> dict:
    questions = {one.code: one for one in definition.questions()}
    comments = survey.comments.select_related("by", "resolved_by")
    return {
        "comments": comments_on(survey, ""),
        "others": [
            {
                "comment": comment,
                "name": named(questions[comment.question], language)
                if comment.question in questions
                else comment.question,
                "url": Place("question", comment.question).url(survey)
                if comment.question in questions
                else "",
            }
            for comment in comments.exclude(question="").filter(resolved_at=None)
        ],
    }


def of_library(survey, definition: Definition, place: Place, language: str) -> dict:
    return {"found": LibraryQuestion.objects.filter(panel=survey.panel)[:100]}


def comments_on(survey: Survey, question: str) -> list:
    remarks = survey.comments.filter(question=question)
    return list(remarks.select_related("by", "resolved_by"))


# Languages ---------------------------------------------------------------------------


def of_languages(survey, definition: Definition, place: Place, language: str) -> dict:
    """How complete each language is, and where what lacks is written."""
    texts = list(pieces(definition))
    return {
        "form": LanguageForm(definition),
        "coverage": [
            coverage(survey, definition, code, texts) for code in definition.languages
        ],
    }


def coverage(survey, definition: Definition, code: str, texts: list[Piece]) -> dict:
    missing = [piece for piece in texts if piece.lacks(code)]
    written = sum(bool(piece.text.get(code)) for piece in texts)
    return {
        "code": code,
        "name": language_name(code),
        "is_first": code == definition.language,
        "written": written,
        "total": written + len(missing),
        "missing": [
            {
                "label": piece.question or page_name(definition, piece.page),
                "what": piece.name,
                "text": say(piece.text, definition.language),
                "url": place_of_piece(piece).url(survey),
            }
            for piece in missing
        ],
    }


def page_name(definition: Definition, page_id: str) -> str:
    ids = [page.id for page in definition.pages]
    if page_id in ids:
        return _("Page %d") % (ids.index(page_id) + 1)
    return _("The survey")


def place_of_piece(piece: Piece) -> Place:
    if piece.question:
        return Place("question", piece.question)
    return Place("page", piece.page) if piece.page else Place("texts")


EDITORS: dict[str, Callable[..., dict[str, Any]]] = {
    "question": of_question,
    "page": of_page,
    "texts": of_texts,
    "languages": of_languages,
    "purchase": of_purchase,
    "quotas": of_quotas,
    "comments": of_comments,
    "library": of_library,
    "condition": condition_context,
}

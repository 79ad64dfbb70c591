"""Operations on pages."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from surveys.definition import (
    NO_TEXT,
    Definition,
    Page,
    Text,
    free_page_id,
    with_page,
)
from surveys.editing.parts import (
    WrongEdit,
    page_or_refuse,
    placed,
    question_or_refuse,
    unused,
)
from surveys.editing.renaming import renamed_within


def add_page(
    definition: Definition, *, position: int | None = None, title: Text = NO_TEXT
) -> Definition:
    """With an empty page at `position` (0 is the first), by default the last."""
    page = Page(free_page_id(definition), title=title)
    return replace(definition, pages=placed(definition.pages, page, position))


def remove_page(definition: Definition, page_id: str) -> Definition:
    """Without the page and its questions."""
    page_or_refuse(definition, page_id)
    return replace(
        definition, pages=tuple(one for one in definition.pages if one.id != page_id)
    )


def duplicate_page(definition: Definition, page_id: str) -> Definition:
    """With a copy behind the page. Its questions get codes of their own, and what the
    page says about its own questions (skips, placeholders) is about the copies."""
    page = page_or_refuse(definition, page_id)
    copy = replace(page, id=free_page_id(definition))
    taken = {question.code for question in definition.questions()}
    for question in page.questions:
        code = unused(question.code, taken)
        taken.add(code)
        copy = renamed_within(copy, question.code, code)
    position = definition.pages.index(page) + 1
    return replace(definition, pages=placed(definition.pages, copy, position))


def move_page(definition: Definition, page_id: str, *, position: int) -> Definition:
    """With the page at `position` (0 is the first)."""
    page = page_or_refuse(definition, page_id)
    others = tuple(one for one in definition.pages if one.id != page_id)
    return replace(definition, pages=placed(others, page, position))


def shift_page(definition: Definition, page_id: str, *, steps: int) -> Definition:
    """With the page so many places later (earlier: negative)."""
    page = page_or_refuse(definition, page_id)
    position = max(definition.pages.index(page) + steps, 0)
    return move_page(definition, page_id, position=position)


def change_page(definition: Definition, page_id: str, **fields: Any) -> Definition:
    """With fields of the page replaced: title, show_if, skips, shuffles_questions,
    shuffle."""
    page = page_or_refuse(definition, page_id)
    return with_page(definition, replace(page, **fields))


def split_page(definition: Definition, code: str) -> Definition:
    """With the question and those behind it on a page of their own.

    Both pages are shown where the one was; its skips are decided behind the second.
    """
    question = question_or_refuse(definition, code)
    page = definition.page_of(code)
    place = page.questions.index(question)
    if place == 0:
        raise WrongEdit(_("A page can’t be split before its first question."))
    first = replace(page, questions=page.questions[:place], skips=())
    second = replace(
        page,
        id=free_page_id(definition),
        questions=page.questions[place:],
        title=NO_TEXT,
    )
    position = definition.pages.index(page) + 1
    changed = with_page(definition, first)
    return replace(changed, pages=placed(changed.pages, second, position))

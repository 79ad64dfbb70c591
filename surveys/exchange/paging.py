"""Which questions of an XLSForm stand on one page here.

A group with the appearance field-list is a page; any other question is one of its own.
Conditions and texts here see earlier pages only, so a page is split where one of its
questions looks at another.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from django.utils.translation import gettext as _

from surveys.definition import NO_TEXT, Kind, Page, Question, Text
from surveys.exchange import outline as names
from surveys.exchange.outline import Item
from surveys.exchange.own import SURVEY, overlaid
from surveys.logic.conditions import (
    And,
    Condition,
    WrongCondition,
    as_source,
    parse,
    references,
)
from surveys.logic.references import PLACEHOLDER

CARRIED_OF_GROUPS = frozenset({"type", "name", "label", "relevant", "appearance"})


class Reader(Protocol):
    """What of the reading is needed here."""

    items: list[Item]
    page_ids: set[str]
    codes: set[str]

    def of(self, item: Item, what: str) -> None: ...
    def text(self, line, column: str) -> Text: ...
    def condition(self, item: Item) -> str: ...
    def question(self, item: Item) -> Question: ...
    def tell_columns(self, item: Item, carried) -> None: ...


def paged(reader: Reader) -> list[Page]:
    return _pages(reader, reader.items, [], NO_TEXT)


def _pages(
    reader: Reader, items: list[Item], conditions: list[str], title: Text
) -> list[Page]:
    pages: list[Page] = []
    for item in items:
        if item.is_part:
            continue
        if item.kind is not None:
            page_id = names.as_page_id(item.code, reader.page_ids)
            question = reader.question(item)
            pages.append(Page(page_id, (question,), title, joined(conditions)))
        elif item.is_page:
            pages += _page(reader, item, conditions, title)
        elif item.is_group:
            _tell_group(reader, item)
            own = [*conditions, reader.condition(item)]
            heading = reader.text(item.line, "label") or title
            pages += _pages(reader, item.children, own, heading)
        else:
            _tell_type(reader, item)
    return pages


def _page(reader: Reader, item: Item, conditions: list[str], title: Text) -> list[Page]:
    is_ours = bool(item.own("id"))
    page_id = item.own("id") or names.as_page_id(item.name, reader.page_ids)
    show_if = joined([*conditions, reader.condition(item)])
    questions = _questions(reader, item.children, [])
    label = reader.text(item.line, "label")
    heading = label or (NO_TEXT if is_ours else title)
    page = Page(page_id, tuple(questions), heading, show_if)
    page, wrong = overlaid(page, item.line.cells, SURVEY, ("id", "questions"))
    for told in wrong:
        reader.of(item, told)
    _tell_group(reader, item)
    return [page] if is_ours else _split(reader, item, page)


def _questions(
    reader: Reader, items: list[Item], conditions: list[str]
) -> list[Question]:
    found: list[Question] = []
    for item in items:
        if item.is_part:
            continue
        if item.kind is not None:
            question = reader.question(item)
            if any(conditions):
                show_if = joined([*conditions, question.show_if])
                question = replace(question, show_if=show_if)
            found.append(question)
        elif item.is_group:
            _tell_group(reader, item)
            own = [*conditions, reader.condition(item)]
            heading = reader.text(item.line, "label")
            if heading:
                found.append(
                    Question(item.code, Kind.INFORMATION, heading, show_if=joined(own))
                )
            found += _questions(reader, item.children, own)
        else:
            _tell_type(reader, item)
    return found


def _split(reader: Reader, item: Item, page: Page) -> list[Page]:
    parts: list[list[Question]] = [[]]
    for question in page.questions:
        here = {one.code for one in parts[-1]}
        if here & seen_by(question):
            parts.append([])
            reader.of(
                item,
                _(
                    "the page is split before “%s”, which looks at what is asked on "
                    "the same page."
                )
                % question.code,
            )
        parts[-1].append(question)
    pages = [replace(page, questions=tuple(parts[0]))]
    for questions in parts[1:]:
        page_id = names.as_page_id(page.id, reader.page_ids)
        pages.append(Page(page_id, tuple(questions), page.title, page.show_if))
    return pages


def seen_by(question: Question) -> set[str]:
    """The codes of questions that a question's condition, options or texts look at."""
    refs = {question.carries}
    with suppress(WrongCondition):
        refs |= references(parse(question.show_if))
    texts = [question.text, question.help]
    texts += [part.text for part in (*question.options, *question.rows)]
    for text in texts:
        for told in text.values():
            refs |= {match[1] for match in PLACEHOLDER.finditer(told) if match[1]}
    return {ref.partition(".")[0] for ref in refs}


def _tell_group(reader: Reader, item: Item) -> None:
    if item.is_repeat:
        reader.of(item, _("it isn’t repeated: its questions are asked once."))
    for told in sorted(item.appearances - {"field-list"}):
        reader.of(item, _("the appearance “%s” isn’t carried.") % told)
    reader.tell_columns(item, CARRIED_OF_GROUPS)


def _tell_type(reader: Reader, item: Item) -> None:
    reader.of(item, _("questions of type “%s” aren’t carried.") % item.type)


def joined(conditions: list[str]) -> str:
    """All of them at once."""
    told = [one for one in conditions if one and one != "-"]
    if len(told) < 2:
        return told[0] if told else ""
    try:
        parts: list[Condition] = [parse(one) for one in told]
    except WrongCondition:
        # Its author will mend it; the path tester says where.
        return " and ".join(f"({one})" for one in told)
    return as_source(And(tuple(parts)))

"""Which page comes next, what it shows, and the whole way that answers lead.

Everything is decided anew from the answers, the profile and the response's seed: a
page that is loaded again, on another device too, shows the same in the same order.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeVar

from surveys.answering.answers import standing
from surveys.definition import (
    END,
    SCREEN_OUT,
    Definition,
    Kind,
    Option,
    Page,
    Question,
)
from surveys.logic.conditions import Condition, WrongCondition, holds, parse
from surveys.logic.facts import Facts

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Step:
    """Where the way leads: to a page, or to its end (`END`, `SCREEN_OUT`)."""

    page: str | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Trail:
    """The way from the start with the present answers.

    `pages`: those shown, in order. `shown`: by page the codes of what it shows,
    information too. `facts`: the answers of shown questions only. `step`: the first
    page that lacks a required answer (or where one stopped), or the end.
    """

    pages: tuple[str, ...] = ()
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    step: Step = Step()

    @property
    def codes(self) -> frozenset[str]:
        """All questions that were shown."""
        return frozenset(code for codes in self.shown.values() for code in codes)


@lru_cache(maxsize=4096)
def condition_of(source: str) -> Condition | None:
    """None where the source is no condition: such a one never holds. A launched survey
    has none, but somebody may try out a draft that does."""
    try:
        return parse(source)
    except WrongCondition:
        return None


def is_true(source: str, facts: Facts) -> bool:
    condition = condition_of(source)
    return condition is not None and holds(condition, facts)


# Order --------------------------------------------------------------------------------


def shuffled(
    things: Sequence[Thing], seed: int, names: Iterable[str], fixed: Iterable[int] = ()
) -> tuple[Thing, ...]:
    """The things in an order of the seed; those at the places `fixed` stay.

    Each thing's place follows from its own name, so that what is left out changes
    nothing between the others.
    """
    fixed = frozenset(fixed)
    ranks = [
        hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=8).digest()
        for name in names
    ]
    movable = [place for place in range(len(things)) if place not in fixed]
    order = iter(sorted(movable, key=lambda place: ranks[place]))
    return tuple(
        things[place] if place in fixed else things[next(order)]
        for place in range(len(things))
    )


def page_order(definition: Definition, seed: int) -> tuple[str, ...]:
    """The ids of all pages; neighbours of the same `shuffle` word are permuted."""
    found: list[str] = []
    for word, pages in groupby(definition.pages, key=lambda page: page.shuffle):
        ids = [page.id for page in pages]
        found += (
            shuffled(ids, seed, [f"page/{one}" for one in ids]) if word else tuple(ids)
        )
    return tuple(found)


def shown_questions(
    definition: Definition, facts: Facts, seed: int, page_id: str
) -> tuple[Question, ...]:
    """A page's questions as they are shown: in their order, options filtered by what
    they carry and, like rows, shuffled. Texts aren't piped yet.

    `facts`: of earlier pages. Information keeps its place among shuffled questions.
    """
    page = definition.page(page_id)
    if page is None:
        return ()
    questions = page.questions
    if page.shuffles_questions:
        questions = shuffled(
            questions,
            seed,
            [f"question/{question.code}" for question in questions],
            [place for place, one in enumerate(questions) if not one.is_asked],
        )
    return tuple(
        _as_shown(question, facts, seed)
        for question in questions
        if _is_shown(question, facts)
    )


def _is_shown(question: Question, facts: Facts) -> bool:
    if question.shows_purchase and not facts.purchase:
        return False
    if question.carries and not _carried(question, facts):
        return False
    return is_true(question.show_if, facts)


def _carried(question: Question, facts: Facts) -> tuple[Option, ...]:
    chosen = facts.value(question.carries)
    codes = chosen if isinstance(chosen, list | tuple) else [chosen]
    return tuple(option for option in question.options if option.code in codes)


def _as_shown(question: Question, facts: Facts, seed: int) -> Question:
    options, rows = question.options, question.rows
    if question.carries:
        options = _carried(question, facts)
    if question.shuffles_options:
        options = shuffled(
            options,
            seed,
            [f"option/{question.code}/{option.code}" for option in options],
            [place for place, option in enumerate(options) if option.is_fixed],
        )
    if question.shuffles_rows:
        rows = shuffled(rows, seed, [f"row/{question.code}/{one.code}" for one in rows])
    return replace(question, options=options, rows=rows)


# Steps --------------------------------------------------------------------------------


def first_step(definition: Definition, facts: Facts, seed: int) -> Step:
    return _first_from(definition, facts, seed, page_order(definition, seed))


def next_step(definition: Definition, facts: Facts, seed: int, page_id: str) -> Step:
    """On leaving a page. `facts`: of the way so far, this page's too.

    A skip that leads backward or nowhere leads to the next page: every way ends.
    """
    order = page_order(definition, seed)
    page = definition.page(page_id)
    if page is None or page_id not in order:
        return first_step(definition, facts, seed)
    following = order[order.index(page_id) + 1 :]
    skip = next((one for one in page.skips if is_true(one.when, facts)), None)
    if skip is not None:
        if skip.to in (END, SCREEN_OUT):
            return Step(outcome=skip.to)
        if skip.to in following:
            following = following[following.index(skip.to) :]
    return _first_from(definition, facts, seed, following)


def _first_from(
    definition: Definition, facts: Facts, seed: int, order: Sequence[str]
) -> Step:
    for page_id in order:
        page = definition.page(page_id)
        if page is not None and _page_is_shown(definition, page, facts, seed):
            return Step(page_id)
    return Step(outcome=END)


def _page_is_shown(definition: Definition, page: Page, facts: Facts, seed: int) -> bool:
    return is_true(page.show_if, facts) and bool(
        shown_questions(definition, facts, seed, page.id)
    )


def trail(
    definition: Definition, facts: Facts, seed: int, *, until: str | None = None
) -> Trail:
    """The way from the start. `facts.answers`: whatever is stored; what the way doesn't
    show, or no longer offers, plays no part.

    `until`: the page to stop at, whether or not its answers are all there; its own
    answers are among the facts.
    """
    answers: dict[str, Any] = {}
    shown: dict[str, tuple[str, ...]] = {}
    so_far = replace(facts, answers=answers)
    step = first_step(definition, so_far, seed)
    while step.page is not None:
        questions = shown_questions(definition, so_far, seed, step.page)
        shown[step.page] = tuple(question.code for question in questions)
        found = {
            question.code: standing(question, facts.answers.get(question.code))
            for question in questions
            if question.kind != Kind.INFORMATION
        }
        lacks_one = any(
            question.is_required and found.get(question.code) is None
            for question in questions
            if question.is_asked
        )
        answers |= {code: value for code, value in found.items() if value is not None}
        if lacks_one or step.page == until:
            break
        step = next_step(definition, so_far, seed, step.page)
    return Trail(tuple(shown), shown, replace(facts, answers=dict(answers)), step)


def open_codes(definition: Definition, seed: int, page_id: str) -> frozenset[str]:
    """What may yet be answered by somebody who is at a page: all that it and later
    pages ask."""
    order = page_order(definition, seed)
    ahead = order[order.index(page_id) :] if page_id in order else order
    return frozenset(
        question.code
        for page in definition.pages
        if page.id in ahead
        for question in page.questions
    )


def progress(definition: Definition, seed: int, page_id: str) -> int:
    """How far on a page is, 0 to 100: by its place among all pages."""
    order = page_order(definition, seed)
    return round(100 * order.index(page_id) / len(order)) if page_id in order else 100

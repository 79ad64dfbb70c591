"""The new code of a question, an option or a row, wherever the old one is named."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from surveys.definition import (
    Definition,
    Page,
    Question,
    Quota,
    Skip,
    Text,
    with_question,
)
from surveys.editing.parts import with_texts
from surveys.logic import conditions

# "{{" is a brace, not the start of a placeholder.
PLACEHOLDER = re.compile(r"\{\{|\{([a-z][a-z0-9_.]*)\}")


def renamed_within(thing: Any, old: str, new: str) -> Any:
    """A definition or a page in which `old` is called `new`: the question itself,
    conditions, carries and placeholders in texts of all languages.

    A condition that can't be read stays as it is: its author must put it right anyway.
    """
    return _renamed(with_texts(thing, _placeholders(old, new)), old, new)


def _placeholders(old: str, new: str):
    def change(found: re.Match) -> str:
        name, dot, rest = (found[1] or "").partition(".")
        return f"{{{new}{dot}{rest}}}" if name == old else found[0]

    def changed(text: Text) -> Text:
        return Text(
            {language: PLACEHOLDER.sub(change, told) for language, told in text.items()}
        )

    return changed


def _renamed(thing: Any, old: str, new: str) -> Any:
    match thing:
        case Definition():
            return replace(
                thing,
                pages=tuple(_renamed(one, old, new) for one in thing.pages),
                quotas=tuple(_renamed(one, old, new) for one in thing.quotas),
            )
        case Page():
            return replace(
                thing,
                questions=tuple(_renamed(one, old, new) for one in thing.questions),
                skips=tuple(_renamed(one, old, new) for one in thing.skips),
                show_if=_condition(thing.show_if, old, new),
            )
        case Question():
            return replace(
                thing,
                code=new if thing.code == old else thing.code,
                carries=new if thing.carries == old else thing.carries,
                show_if=_condition(thing.show_if, old, new),
            )
        case Skip() | Quota():
            return replace(thing, when=_condition(thing.when, old, new))


def _condition(source: str, old: str, new: str) -> str:
    return conditions.renamed(source, old, new) if source else source


# Options and rows ---------------------------------------------------------------------


def choice_renamed_within(
    definition: Definition, code: str, old: str, new: str, is_row: bool = False
) -> Definition:
    """With an option of a question called `new`: there, in conditions, in what is
    expected, and in questions that carry the options; or with a row."""
    if is_row:
        changed = _choice_renamed(definition, frozenset({code}), "rows", old, new)
        return _with_claims(changed, partial(_row_claim, code, old, new))
    codes = _with_carriers(definition, code)
    changed = _choice_renamed(definition, codes, "options", old, new)
    return _with_claims(changed, partial(_option_claim, codes, old, new))


def _with_carriers(definition: Definition, code: str) -> frozenset[str]:
    """The question and those that carry its options, over one another too."""
    codes = {code}
    while more := {
        one.code
        for one in definition.questions()
        if one.carries in codes and one.code not in codes
    }:
        codes |= more
    return frozenset(codes)


def _choice_renamed(
    definition: Definition, codes: frozenset[str], part: str, old: str, new: str
) -> Definition:
    for code in codes:
        question = definition.question(code)
        made = tuple(
            replace(one, code=new) if one.code == old else one
            for one in getattr(question, part)
        )
        expected = question.expected
        if part == "options":
            expected = tuple(new if one == old else one for one in expected)
        changed = replace(question, expected=expected, **{part: made})
        definition = with_question(definition, code, changed)
    return definition


def _option_claim(codes: frozenset[str], old: str, new: str, claim: conditions.Claim):
    if claim.ref.partition(".")[0] not in codes:
        return claim
    match claim:
        case conditions.Compared(value=value) if value == old:
            return replace(claim, value=new)
        case conditions.In(values=values) | conditions.Includes(values=values):
            made = tuple(new if value == old else value for value in values)
            return replace(claim, values=made)
    return claim


def _row_claim(code: str, old: str, new: str, claim: conditions.Claim):
    return (
        replace(claim, ref=f"{code}.{new}") if claim.ref == f"{code}.{old}" else claim
    )


def _with_claims(
    definition: Definition, change: Callable[[conditions.Claim], conditions.Claim]
) -> Definition:
    """With each claim of each condition changed; sources without a change stay as
    they were written."""

    def source(told: str) -> str:
        try:
            condition = conditions.parse(told)
        except conditions.WrongCondition:
            return told
        made = mapped(condition)
        return told if made == condition else conditions.as_source(made)

    def mapped(condition: conditions.Condition) -> conditions.Condition:
        match condition:
            case conditions.Always():
                return condition
            case conditions.Not(part):
                return conditions.Not(mapped(part))
            case conditions.And(parts) | conditions.Or(parts):
                return type(condition)(tuple(mapped(part) for part in parts))
        return change(condition)

    return replace(
        definition,
        pages=tuple(
            replace(
                page,
                show_if=source(page.show_if),
                skips=tuple(replace(one, when=source(one.when)) for one in page.skips),
                questions=tuple(
                    replace(one, show_if=source(one.show_if)) for one in page.questions
                ),
            )
            for page in definition.pages
        ),
        quotas=tuple(replace(one, when=source(one.when)) for one in definition.quotas),
    )

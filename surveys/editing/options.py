"""Operations on the options of a question, and on the rows of a matrix.

`part` says which: `OPTIONS` (of a matrix: its columns) or `ROWS`.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from surveys.definition import (
    Definition,
    Option,
    Question,
    Row,
    Text,
    with_question,
)
from surveys.editing.parts import (
    WrongEdit,
    check_code,
    code_from,
    placed,
    question_or_refuse,
)
from surveys.editing.renaming import choice_renamed_within

OPTIONS, ROWS = "options", "rows"
_MADE = {OPTIONS: Option, ROWS: Row}
# More can't be answered on a phone, and a pasted book is a mistake.
MOST = 200


def choices(question: Question, part: str) -> tuple[Option | Row, ...]:
    return getattr(question, part)


def choice_or_refuse(question: Question, choice: str, part: str) -> Option | Row:
    found = next((one for one in choices(question, part) if one.code == choice), None)
    if found is None:
        raise WrongEdit(_("This option is gone. Look at the survey again."))
    return found


def _with(definition: Definition, question: Question, part: str, made) -> Definition:
    if len(made) > MOST:
        raise WrongEdit(_("A question has at most %d options.") % MOST)
    changed = replace(question, **{part: tuple(made)})
    return with_question(definition, question.code, changed)


def add_option(
    definition: Definition,
    code: str,
    text: Text,
    *,
    position: int | None = None,
    part: str = OPTIONS,
    **fields: Any,
) -> Definition:
    """With one more option; its code comes from its text in the first language.
    `fields`: more of `surveys.definition.Option`."""
    question = question_or_refuse(definition, code)
    there = choices(question, part)
    told = text.get(definition.language) or next(iter(text.values()), "")
    made = _MADE[part](
        code_from(told, (one.code for one in there), part[:-1]), text, **fields
    )
    return _with(definition, question, part, placed(there, made, position))


def paste_options(
    definition: Definition,
    code: str,
    lines: Iterable[str],
    *,
    language: str = "",
    replaces: bool = False,
    part: str = OPTIONS,
) -> Definition:
    """With one more option for each line that isn't empty, of a text in `language` (by
    default the first); texts that are there already are left out.

    `replaces`: the lines are all the options then; one of the same text stays what it
    is.
    """
    question = question_or_refuse(definition, code)
    language = language or definition.language
    there = choices(question, part)
    by_text = {one.text.get(language, "").casefold(): one for one in there}
    made = [] if replaces else list(there)
    taken = {one.code for one in there}
    seen = set() if replaces else set(by_text)
    for line in lines:
        told = " ".join(line.split())
        if not told or told.casefold() in seen:
            continue
        seen.add(told.casefold())
        choice = by_text.get(told.casefold())
        if choice is None:
            option_code = code_from(told, taken, part[:-1])
            choice = _MADE[part](option_code, Text({language: told}))
            taken.add(option_code)
        made.append(choice)
    return _with(definition, question, part, made)


def remove_option(
    definition: Definition, code: str, choice: str, *, part: str = OPTIONS
) -> Definition:
    """Without the option. Conditions that name it stay for the author to see."""
    question = question_or_refuse(definition, code)
    choice_or_refuse(question, choice, part)
    left = tuple(one for one in choices(question, part) if one.code != choice)
    if part == OPTIONS:
        expected = tuple(one for one in question.expected if one != choice)
        question = replace(question, expected=expected)
    return _with(definition, question, part, left)


def move_option(
    definition: Definition,
    code: str,
    choice: str,
    *,
    position: int,
    part: str = OPTIONS,
) -> Definition:
    """With the option at `position` (0 is the first)."""
    question = question_or_refuse(definition, code)
    moved = choice_or_refuse(question, choice, part)
    others = tuple(one for one in choices(question, part) if one != moved)
    return _with(definition, question, part, placed(others, moved, position))


def shift_option(
    definition: Definition, code: str, choice: str, *, steps: int, part: str = OPTIONS
) -> Definition:
    """With the option so many places down (up: negative)."""
    question = question_or_refuse(definition, code)
    moved = choice_or_refuse(question, choice, part)
    position = max(choices(question, part).index(moved) + steps, 0)
    return move_option(definition, code, choice, position=position, part=part)


def change_option(
    definition: Definition,
    code: str,
    choice: str,
    /,
    *,
    part: str = OPTIONS,
    **fields: Any,
) -> Definition:
    """With fields of the option replaced, as `surveys.definition.Option` has them.

    A new `code` is written wherever the old one was: in conditions, in what an
    attention check expects, and in questions that carry these options.
    """
    question = question_or_refuse(definition, code)
    old = choice_or_refuse(question, choice, part)
    renamed = fields.pop("code", choice)
    made = replace(old, **fields)
    changed = _with(
        definition,
        question,
        part,
        [made if one == old else one for one in choices(question, part)],
    )
    if renamed == choice:
        return changed
    check_code(renamed, (one.code for one in choices(question, part)))
    return choice_renamed_within(changed, code, choice, renamed, part == ROWS)

"""What an author does to a survey: each operation takes a definition and gives another.

No operation looks at whether the survey as a whole makes sense: that is the path
tester's, who tells what was left dangling. Each has a summary of the same name and
arguments (`surveys.editing.summaries`): one line for undo, asked before the change.

    changed = move_question(definition, "q3", page="p2")
    told = summary_of(move_question, definition, "q3", page="p2")
"""

from collections.abc import Callable

from surveys.definition import Definition
from surveys.editing import summaries
from surveys.editing.options import (
    OPTIONS,
    ROWS,
    add_option,
    change_option,
    move_option,
    paste_options,
    remove_option,
    shift_option,
)
from surveys.editing.pages import (
    add_page,
    change_page,
    duplicate_page,
    move_page,
    remove_page,
    shift_page,
    split_page,
)
from surveys.editing.parts import WrongEdit, code_from
from surveys.editing.questions import (
    FIELDS_OF,
    add_question,
    carry_options,
    change_kind,
    change_question,
    duplicate_question,
    insert_question,
    move_question,
    new_question,
    remove_question,
    shift_question,
)
from surveys.editing.whole import (
    add_language,
    add_quota,
    bind_purchase,
    change_quota,
    change_survey,
    interlocked,
    make_first_language,
    remove_language,
    remove_quota,
)

OPERATIONS: tuple[Callable[..., Definition], ...] = (
    *(add_page, change_page, duplicate_page, move_page, remove_page, shift_page),
    *(split_page, add_question, carry_options, change_kind, change_question),
    *(duplicate_question, insert_question, move_question, remove_question),
    *(shift_question, add_option, change_option, move_option, paste_options),
    *(remove_option, shift_option, add_language, make_first_language, remove_language),
    *(add_quota, change_quota, interlocked, remove_quota, bind_purchase, change_survey),
)


def summary_of(
    operation: Callable[..., Definition], definition: Definition, /, *args, **kwargs
) -> str:
    """One line for undo, in the UI language; `definition` is the one before."""
    return getattr(summaries, operation.__name__)(definition, *args, **kwargs)


__all__ = [
    "FIELDS_OF",
    "OPERATIONS",
    "OPTIONS",
    "ROWS",
    "WrongEdit",
    "code_from",
    "new_question",
    "summary_of",
    *(operation.__name__ for operation in OPERATIONS),
]

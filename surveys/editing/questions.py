"""Operations on questions."""

from dataclasses import fields as fields_of
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from surveys.definition import (
    NO_TEXT,
    Definition,
    Kind,
    Option,
    Question,
    ScaleStyle,
    Text,
    free_code,
    with_page,
    with_question,
)
from surveys.editing.parts import (
    WrongEdit,
    check_code,
    page_or_refuse,
    placed,
    question_or_refuse,
    unused,
)
from surveys.editing.renaming import renamed_within

_ALL = frozenset({"code", "kind", "text", "help", "show_if", "shows_purchase"})
_ASKED = _ALL | {"is_required", "message"}
_CHOICE = _ASKED | {"options", "shuffles_options", "carries"}
_LIMITS = frozenset({"least", "most"})
# Which fields mean something, by kind.
FIELDS_OF: dict[Kind, frozenset[str]] = {
    Kind.SINGLE: _CHOICE | {"expected"},
    Kind.MULTIPLE: _CHOICE | _LIMITS | {"expected"},
    Kind.RANKING: _CHOICE | _LIMITS,
    Kind.MATRIX: _ASKED
    | {"options", "shuffles_options", "rows", "shuffles_rows", "is_multiple"},
    Kind.SCALE: _ASKED | _LIMITS | {"style", "low", "high", "expected"},
    Kind.NUMBER: _ASKED | _LIMITS | {"decimals", "unit"},
    Kind.DATE: _ASKED | {"earliest", "latest"},
    Kind.TEXT: _ASKED | _LIMITS | {"is_long"},
    Kind.BRAND: _ASKED | _LIMITS | {"is_multiple"},
    Kind.INFORMATION: _ALL,
}
# Kinds whose `least` and `most`, and whose `expected`, mean the same.
_SAME_LIMITS = (frozenset({Kind.MULTIPLE, Kind.RANKING, Kind.BRAND}),)
_SAME_EXPECTED = frozenset({Kind.SINGLE, Kind.MULTIPLE})
_WITH_EXCLUSIVE = frozenset({Kind.MULTIPLE})
_WITH_OTHER = frozenset({Kind.SINGLE, Kind.MULTIPLE})
# What a new scale runs from and to.
ENDS = {
    ScaleStyle.NUMBERS: (Decimal(1), Decimal(5)),
    ScaleStyle.NPS: (Decimal(0), Decimal(10)),
    ScaleStyle.STARS: (Decimal(1), Decimal(5)),
}


def new_question(
    code: str, kind: Kind, text: Text = NO_TEXT, *, style=ScaleStyle.NUMBERS
) -> Question:
    """A question as it starts: a scale has its ends, all else is to be filled in."""
    question = Question(code, kind, text)
    if kind == Kind.INFORMATION:
        question = replace(question, is_required=False)
    if kind == Kind.SCALE:
        least, most = ENDS[style]
        question = replace(question, style=style, least=least, most=most)
    return question


def add_question(
    definition: Definition,
    kind: Kind,
    *,
    page: str,
    position: int | None = None,
    code: str = "",
    text: Text = NO_TEXT,
    style: ScaleStyle = ScaleStyle.NUMBERS,
) -> Definition:
    """With a new question on the page; its code is the next free one by default."""
    code = code or free_code(definition)
    question = new_question(code, kind, text, style=style)
    return insert_question(definition, question, page=page, position=position)


def insert_question(
    definition: Definition,
    question: Question,
    *,
    page: str,
    position: int | None = None,
) -> Definition:
    """With the question on the page at `position` (0 is the first; by default the
    last)."""
    check_code(question.code, (one.code for one in definition.questions()))
    target = page_or_refuse(definition, page)
    questions = placed(target.questions, question, position)
    return with_page(definition, replace(target, questions=questions))


def remove_question(definition: Definition, code: str) -> Definition:
    """Without the question. Conditions that name it stay for the author to see."""
    question_or_refuse(definition, code)
    page = definition.page_of(code)
    questions = tuple(one for one in page.questions if one.code != code)
    return with_page(definition, replace(page, questions=questions))


def duplicate_question(definition: Definition, code: str) -> Definition:
    """With a copy right behind the question, with a code of its own."""
    question = question_or_refuse(definition, code)
    page = definition.page_of(code)
    copy = replace(
        question, code=unused(code, {one.code for one in definition.questions()})
    )
    return insert_question(
        definition, copy, page=page.id, position=page.questions.index(question) + 1
    )


def move_question(
    definition: Definition, code: str, *, page: str, position: int | None = None
) -> Definition:
    """With the question on the page, at `position` among the others there (0 is the
    first; by default the last)."""
    question = question_or_refuse(definition, code)
    page_or_refuse(definition, page)
    without = remove_question(definition, code)
    return insert_question(without, question, page=page, position=position)


def shift_question(definition: Definition, code: str, *, steps: int) -> Definition:
    """With the question one place down (`steps` 1) or up (-1); at the end of its page
    it goes over to the next one."""
    question = question_or_refuse(definition, code)
    page = definition.page_of(code)
    target = page.questions.index(question) + steps
    if 0 <= target < len(page.questions):
        return move_question(definition, code, page=page.id, position=target)
    number = definition.pages.index(page) + (1 if steps > 0 else -1)
    if not 0 <= number < len(definition.pages):
        return definition
    neighbour = definition.pages[number]
    return move_question(
        definition, code, page=neighbour.id, position=0 if steps > 0 else None
    )


def change_question(definition: Definition, code: str, /, **fields: Any) -> Definition:
    """With fields of the question replaced, as `surveys.definition.Question` has them.

    A new `code` is written wherever the old one was: conditions, carries, placeholders
    in the texts of all languages. `kind` is for `change_kind`.
    """
    question = question_or_refuse(definition, code)
    if fields.get("kind", question.kind) != question.kind:
        raise TypeError("change_kind changes the kind")
    renamed = fields.pop("code", code)
    changed = with_question(definition, code, replace(question, **fields))
    if renamed == code:
        return changed
    check_code(renamed, (one.code for one in definition.questions()))
    return renamed_within(changed, code, renamed)


def change_kind(
    definition: Definition,
    code: str,
    kind: Kind,
    *,
    style: ScaleStyle = ScaleStyle.NUMBERS,
) -> Definition:
    """With the question of another kind; what means nothing there is dropped."""
    old = question_or_refuse(definition, code)
    if kind == old.kind and (kind != Kind.SCALE or style == old.style):
        return definition
    kept = {
        field.name
        for field in fields_of(Question)
        if field.name in FIELDS_OF[kind] & FIELDS_OF[old.kind] - {"kind", "code"}
    }
    together = {old.kind, kind}
    if not any(together <= same for same in _SAME_LIMITS):
        kept -= _LIMITS
    if not together <= _SAME_EXPECTED:
        kept -= {"expected"}
    kept -= {"style"}
    made = replace(
        new_question(code, kind, style=style),
        **{name: getattr(old, name) for name in kept},
    )
    if "is_required" in FIELDS_OF[kind] and not old.is_asked:
        made = replace(made, is_required=True)
    made = replace(
        made, options=tuple(_fitting(option, kind) for option in made.options)
    )
    return with_question(definition, code, made)


def _fitting(option: Option, kind: Kind) -> Option:
    return replace(
        option,
        is_exclusive=option.is_exclusive and kind in _WITH_EXCLUSIVE,
        asks_text=option.asks_text and kind in _WITH_OTHER,
    )


def carry_options(definition: Definition, code: str, source: str) -> Definition:
    """With only those options that are chosen in `source`: they are copied here, and
    those of the same code keep what was said about them. An empty source ends it."""
    question = question_or_refuse(definition, code)
    if not source:
        return with_question(definition, code, replace(question, carries=""))
    other = question_or_refuse(definition, source)
    if other.kind != Kind.MULTIPLE or source == code:
        raise WrongEdit(
            _("Options can only be carried over from another multiple choice.")
        )
    if "carries" not in FIELDS_OF[question.kind]:
        raise WrongEdit(_("A question of this kind can’t carry options over."))
    options = tuple(
        question.option(one.code) or _fitting(one, question.kind)
        for one in other.options
    )
    return with_question(
        definition, code, replace(question, carries=source, options=options)
    )

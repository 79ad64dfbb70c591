"""What the operations share: finding, placing, naming, and texts of a whole survey."""

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from surveys.definition import (
    CODE,
    RESERVED,
    Definition,
    Page,
    Question,
    Text,
)

T = TypeVar("T")
LONGEST_CODE = 40


class WrongEdit(Exception):
    """The change can't be made; `str(error)` is a sentence for the author."""


def page_or_refuse(definition: Definition, page_id: str) -> Page:
    page = definition.page(page_id)
    if page is None:
        raise WrongEdit(_("This page is gone. Look at the survey again."))
    return page


def question_or_refuse(definition: Definition, code: str) -> Question:
    question = definition.question(code)
    if question is None:
        raise WrongEdit(_("This question is gone. Look at the survey again."))
    return question


def placed(things: Sequence[T], thing: T, position: int | None) -> tuple[T, ...]:
    """With the thing put in; positions beyond the ends mean the ends, None the last."""
    if position is None:
        position = len(things)
    position = min(max(position, 0), len(things))
    return (*things[:position], thing, *things[position:])


def check_code(code: str, taken: Iterable[str]) -> None:
    """Raises `WrongEdit` where a question can't be called so."""
    if not CODE.match(code):
        raise WrongEdit(
            _(
                "A code begins with a small letter and has only small letters, digits "
                "and underscores, at most 40."
            )
        )
    if code in RESERVED:
        raise WrongEdit(_("“%s” is a word of conditions. Choose another code.") % code)
    if code in taken:
        raise WrongEdit(_("The code “%s” is taken. Choose another one.") % code)


def code_from(text: str, taken: Iterable[str], otherwise: str) -> str:
    """A code in ASCII that says what the text does: "Very good!" is very_good.

    `otherwise` is its start where the text has no letters or digits of ASCII, or
    begins with a digit.
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    code = re.sub(
        r"[^a-z0-9]+",
        "_",
        "".join(one for one in plain if not unicodedata.combining(one)),
    ).strip("_")
    if not code or not code[0].isalpha():
        code = f"{otherwise}_{code}".rstrip("_")
    taken = {*taken, *RESERVED}
    return unused(code, taken)


def unused(code: str, taken: Iterable[str]) -> str:
    """The code, or the first of code_2, code_3, ... that isn't taken."""
    code = code[:LONGEST_CODE].rstrip("_")
    made, number = code, 1
    while made in taken:
        number += 1
        end = f"_{number}"
        made = code[: LONGEST_CODE - len(end)].rstrip("_") + end
    return made


def with_texts(thing: Any, change: Callable[[Text], Text]) -> Any:
    """A definition, or a part of one, with each of its texts changed."""
    if isinstance(thing, Text):
        return change(thing)
    if isinstance(thing, tuple):
        return tuple(with_texts(one, change) for one in thing)
    if dataclasses.is_dataclass(thing):
        return dataclasses.replace(
            thing,
            **{
                field.name: with_texts(getattr(thing, field.name), change)
                for field in dataclasses.fields(thing)
            },
        )
    return thing

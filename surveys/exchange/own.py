"""Columns of our own, which other tools ignore, for what XLSForm has no words for.

A cell says one field of a question, page, option or row; "-" is an empty one, since an
empty cell says nothing. They stand only where the other columns read differently.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from django.utils.translation import gettext as _

from surveys.definition import Skip, Text
from surveys.exchange.languages import header_of, language_of
from surveys.exchange.xpath import is_sane

Thing = TypeVar("Thing")
PREFIX = "panel_portal::"
# Columns of the choices become names of elements, which may hold no colons.
CHOICES_PREFIX = "panel_portal_"
WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class WrongCell(Exception):
    """One of our own columns says what can't be; `str(error)` is a sentence's part."""


@dataclass(frozen=True)
class Style:
    """How headers are called on a sheet."""

    prefix: str
    language_header: Callable[[str], str]
    between: str

    def header(self, field: str, language: str = "") -> str:
        told = f"{self.prefix}{field}"
        if language:
            told += self.between + self.language_header(language)
        return told

    def fields_of(self, cells: Mapping[str, str]) -> dict[str, str]:
        """By what follows the prefix."""
        return {
            header.removeprefix(self.prefix): cell
            for header, cell in cells.items()
            if header.startswith(self.prefix)
        }


SURVEY = Style(PREFIX, header_of, "::")
CHOICES = Style(CHOICES_PREFIX, lambda language: language, "__")


# Out ----------------------------------------------------------------------------------


def differing(
    read: Thing, meant: Thing, style: Style, but: Iterable[str] = ()
) -> dict[str, str]:
    """The cells that make of what was read what is meant."""
    cells = {}
    for one in fields(meant):
        old, new = getattr(read, one.name), getattr(meant, one.name)
        if one.name in but or old == new:
            continue
        if isinstance(new, Text):
            for language in dict.fromkeys([*new, *old]):
                if old.get(language) != new.get(language):
                    header = style.header(one.name, language)
                    cells[header] = _shielded(new.get(language, ""))
        else:
            cells[style.header(one.name)] = _shielded(_written(new))
    return cells


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and all(isinstance(one, Skip) for one in value):
        return "\n".join(f"{skip.to} if {skip.when}" for skip in value)
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.value if isinstance(value, StrEnum) else str(value)


def _shielded(told: str) -> str:
    # Other tools look for answers in any cell.
    told = told.replace("${", "$\\{")
    return told + "-" if not told.strip("-") else told


def _bare(told: str) -> str:
    return told.replace("$\\{", "${") if told.strip("-") else told[1:]


# In -----------------------------------------------------------------------------------


def overlaid(
    thing: Thing, cells: Mapping[str, str], style: Style, but: Iterable[str] = ()
) -> tuple[Thing, tuple[str, ...]]:
    """The thing as our own cells of a row say, and sentences about wrong ones."""
    hints = get_type_hints(type(thing))
    wrong = []
    for told, cell in style.fields_of(cells).items():
        name, _between, language = told.partition(style.between)
        if name not in hints or name in but:
            continue
        if hints[name] is Text:
            text = getattr(thing, name).within(language_of(language, "en"), _bare(cell))
            thing = replace(thing, **{name: text})
            continue
        try:
            value = _read(hints[name], _bare(cell))
        except (WrongCell, ValueError, ArithmeticError):
            wrong.append(
                _("“%(cell)s” can’t be “%(name)s”.")
                % {
                    "cell": cell[:40],
                    "name": told,
                }
            )
        else:
            thing = replace(thing, **{name: value})
    return thing, tuple(wrong)


def _read(kind: Any, told: str) -> Any:
    if kind is str:
        return told
    if kind is bool:
        if told.strip().lower() not in WORDS:
            raise WrongCell
        return WORDS[told.strip().lower()]
    if kind is int:
        return int(told)
    if kind == Decimal | None:
        if not told.strip():
            return None
        value = Decimal(told.strip())
        if not is_sane(value):
            raise WrongCell
        return value
    if kind == tuple[Skip, ...]:
        return tuple(_skip(line) for line in told.splitlines() if line.strip())
    if kind == tuple[str, ...]:
        return tuple(told.split())
    return kind(told.strip())


def _skip(line: str) -> Skip:
    to, word, when = line.partition(" if ")
    if not word and line.rstrip().endswith(" if"):
        to, word = line.rstrip().removesuffix(" if"), " if "
    if not word:
        raise WrongCell
    return Skip(when, to.strip())

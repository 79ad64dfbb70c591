"""The choices sheet: lists of options by name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.definition import Option
from surveys.exchange.languages import piped_in, split, text_of
from surveys.exchange.outline import free
from surveys.exchange.own import CHOICES, CHOICES_PREFIX, overlaid
from surveys.exchange.sheets import Line

KNOWN = frozenset({"list_name", "list name", "name", "value", "label"})
Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Choices:
    """`codes`: by the names of the choices."""

    options: tuple[Option, ...]
    codes: Mapping[str, str]


def read_choices(
    lines: tuple[Line, ...], language: str, refs: Mapping[str, str], tell: Tell
) -> dict[str, Choices]:
    """By the name of the list. `refs`: of answers that texts show, by names there."""
    by_list: dict[str, list[Line]] = {}
    for line in lines:
        name = line.get("list_name") or line.get("list name")
        if name:
            by_list.setdefault(name, []).append(line)
    _tell_columns(lines, tell)
    return {
        name: _choices(lines, language, refs, tell) for name, lines in by_list.items()
    }


def _choices(
    lines: list[Line], language: str, refs: Mapping[str, str], tell: Tell
) -> Choices:
    options, codes = [], {}
    taken: set[str] = set()
    for line in lines:
        name = line.get("name") or line.get("value")
        if not name or line.get(f"{CHOICES_PREFIX}is_filler"):
            continue
        where = _("choices, row %d") % line.number
        own = line.cells.get(f"{CHOICES_PREFIX}code", "")
        code = own or free(re.sub(r"[\s'\"{}<>&]", "_", name)[:40], taken)
        if not own and code != name:
            tell(
                where,
                _("“%(name)s” is called “%(code)s” here.")
                % {
                    "name": name,
                    "code": code,
                },
            )
        text = piped_in(text_of(line, "label", language), refs)
        option, wrong = overlaid(Option(code, text), line.cells, CHOICES, ("code",))
        for told in wrong:
            tell(where, told)
        options.append(option)
        codes.setdefault(name, code)
    return Choices(tuple(options), codes)


def _tell_columns(lines: tuple[Line, ...], tell: Tell) -> None:
    told: dict[str, None] = {}
    for line in lines:
        for header in line.cells:
            column, language = split(header)
            if column == "media":
                column = f"media::{language.partition('::')[0]}"
            if column not in KNOWN and not header.startswith(CHOICES_PREFIX):
                told[column] = None
    for column in told:
        tell(_("choices"), _("the column “%s” isn’t carried.") % column)

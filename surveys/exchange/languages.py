"""Texts by language: the headers of their columns, and answers that they name."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import get_language_info

from surveys.definition import Text
from surveys.exchange.sheets import Line

# Whose names are known.
CODES = """
af ar ar-dz ast az be bg bn br bs ca ckb cs cy da de dsb el en en-au en-gb eo es es-ar
es-co es-mx es-ni es-ve et eu fa fi fr fy ga gd gl he hi hr hsb hu hy ia io id ig is
it ja ka kab kk km kn ko ky lb lt lv mk ml mn mr ms my nb ne nl nn no os pa pl pt
pt-br ro ru sk sl sq sr sr-latn sv sw ta te tg th tk tr tt udm ug uk ur uz vi zh-hans
zh-hant
"""
LANGUAGES = tuple(CODES.split())
CODE = re.compile(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)\s*\Z")
# Columns whose texts are in a language each.
TOLD = ("label", "hint", "constraint_message", "required_message", "guidance_hint")
PIPED = re.compile(r"\$\{\s*([^\s{}$]+)\s*\}")
# What only texts here can name. It is written there as here.
OWN = re.compile(
    r"\{(profile\.region|purchase\.(?:merchant|category|total|date|days))\}"
)
# Stands for the dollar of a name while others are looked for.
MARK = "\x01"
HERE = re.compile(r"\{\{|\{([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)?)\}")


def header_of(language: str) -> str:
    """As XLSForms like to call a language: "English (en)"."""
    name = get_language_info(language)["name"] if language in LANGUAGES else language
    return f"{name} ({language})"


def language_of(header: str, fallback: str) -> str:
    """The code of a language as a header calls it; "default" is the fallback."""
    if header.strip().lower() in ("", "default"):
        return fallback
    found = CODE.search(header)
    if found:
        return found[1].lower() if found[1].lower() in LANGUAGES else found[1]
    told = header.strip().lower()
    for code in LANGUAGES:
        info = get_language_info(code)
        if told in (code, info["name"].lower(), info["name_local"].lower()):
            return code
    return re.sub(r"[^a-z0-9]+", "-", told).strip("-")[:8] or fallback


def split(header: str) -> tuple[str, str]:
    """The column and its language: "label::French" and the old "label:French"."""
    column, _colons, language = header.partition("::")
    if not language and column.split(":")[0] in TOLD:
        column, _colon, language = column.partition(":")
    return column.strip(), language.strip()


def text_of(line: Line, column: str, fallback: str) -> Text:
    """What a row's columns of this name say. One without a language is in the
    fallback's, if that has none of its own."""
    found: dict[str, str] = {}
    for header, cell in line.cells.items():
        name, language = split(header)
        if name == column and (language or fallback not in found):
            found[language_of(language, fallback)] = cell.strip()
    return Text(found)


def languages_in(lines: Iterable[Line], fallback: str) -> tuple[str, ...]:
    """In the order of their first columns."""
    found: dict[str, None] = {}
    for line in lines:
        for header in line.cells:
            column, language = split(header)
            if column in TOLD:
                found[language_of(language, fallback)] = None
    return tuple(found)


def cells_of(column: str, text: Text) -> dict[str, str]:
    return {f"{column}::{header_of(language)}": told for language, told in text.items()}


# Texts that name answers --------------------------------------------------------------


def named_in(text: Text) -> frozenset[str]:
    """The names of rows that a text there shows."""
    return frozenset(name for told in text.values() for name in PIPED.findall(told))


def piped_in(text: Text, refs: Mapping[str, str]) -> Text:
    """From there; `refs`: by names there. What isn't asked stays as it is written."""
    return Text({language: _in(told, refs) for language, told in text.items()})


def _in(told: str, refs: Mapping[str, str]) -> str:
    made, at = [], 0
    for match in re.finditer(f"{PIPED.pattern}|{OWN.pattern}", told):
        made.append(told[at : match.start()].replace("{", "{{"))
        name, own = match.groups()
        if own:
            made.append(match[0])
        elif name in refs:
            made.append("{" + refs[name] + "}")
        else:
            made.append(match[0].replace("{", "{{"))
        at = match.end()
    made.append(told[at:].replace("{", "{{"))
    return "".join(made)


def piped_out(text: Text, names: Mapping[str, str]) -> Text:
    """To there; `names`: by refs here."""

    def there(match: re.Match) -> str:
        if match[0] == "{{":
            return "{"
        return f"{MARK}{{{names[match[1]]}}}" if match[1] in names else match[0]

    # "${" that isn't one of ours would name a row that there isn't.
    return Text(
        {
            language: HERE.sub(there, told).replace("${", "$ {").replace(MARK, "$")
            for language, told in text.items()
        }
    )

"""One line for undo: what an operation of the same name and arguments did.

`definition` is the one before. Lines are in the language of whoever edits, and short
enough for a button's hint.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.definition import (
    NO_TEXT,
    Definition,
    Kind,
    Page,
    Purchase,
    Question,
    ScaleStyle,
    Text,
    free_code,
    say,
)
from surveys.editing import words
from surveys.editing.options import OPTIONS, choices
from surveys.editing.questions import shift_question as shifted
from surveys.editing.words import short
from surveys.logic.problems import called


def page_number(definition: Definition, page_id: str) -> int:
    """As authors count: from 1; 0 where it is gone."""
    ids = [page.id for page in definition.pages]
    return ids.index(page_id) + 1 if page_id in ids else 0


def choice_text(definition: Definition, code: str, choice: str, part: str) -> str:
    question = definition.question(code)
    found = [one for one in choices(question, part) if one.code == choice]
    told = say(found[0].text, definition.language) if found else ""
    return short(told or choice)


# Pages --------------------------------------------------------------------------------


def add_page(
    definition: Definition, *, position: int | None = None, title: Text = NO_TEXT
) -> str:
    return _("Added a page")


def remove_page(definition: Definition, page_id: str) -> str:
    return _("Removed page %d") % page_number(definition, page_id)


def duplicate_page(definition: Definition, page_id: str) -> str:
    return _("Duplicated page %d") % page_number(definition, page_id)


def move_page(definition: Definition, page_id: str, *, position: int) -> str:
    place = min(max(position, 0), len(definition.pages) - 1)
    return _("Moved page %(page)d to place %(place)d") % {
        "page": page_number(definition, page_id),
        "place": place + 1,
    }


def shift_page(definition: Definition, page_id: str, *, steps: int) -> str:
    position = page_number(definition, page_id) - 1 + steps
    return move_page(definition, page_id, position=position)


def change_page(definition: Definition, page_id: str, **fields: Any) -> str:
    page = definition.page(page_id) or Page(page_id)
    return _("Changed %(what)s of page %(page)d") % {
        "what": words.fields(words.PAGE, page, fields),
        "page": page_number(definition, page_id),
    }


def split_page(definition: Definition, code: str) -> str:
    page = definition.page_of(code)
    return _("Split page %(page)d before %(question)s") % {
        "page": page_number(definition, page.id) if page else 0,
        "question": called(code),
    }


# Questions ----------------------------------------------------------------------------


def add_question(
    definition: Definition,
    kind: Kind,
    *,
    page: str,
    position: int | None = None,
    code: str = "",
    text: Text = NO_TEXT,
    style: ScaleStyle = ScaleStyle.NUMBERS,
) -> str:
    question = Question(code or free_code(definition), kind)
    return insert_question(definition, question, page=page, position=position)


def insert_question(
    definition: Definition,
    question: Question,
    *,
    page: str,
    position: int | None = None,
) -> str:
    return _("Added %(question)s to page %(page)d") % {
        "question": called(question.code),
        "page": page_number(definition, page),
    }


def remove_question(definition: Definition, code: str) -> str:
    return _("Removed %s") % called(code)


def duplicate_question(definition: Definition, code: str) -> str:
    return _("Duplicated %s") % called(code)


def move_question(
    definition: Definition, code: str, *, page: str, position: int | None = None
) -> str:
    there = definition.page_of(code)
    if there is not None and there.id == page:
        place = len(there.questions) if position is None else max(position, 0) + 1
        return _("Moved %(question)s to place %(place)d of its page") % {
            "question": called(code),
            "place": min(place, len(there.questions)),
        }
    return _("Moved %(question)s to page %(page)d") % {
        "question": called(code),
        "page": page_number(definition, page),
    }


def shift_question(definition: Definition, code: str, *, steps: int) -> str:
    page = definition.page_of(code)
    after = shifted(definition, code, steps=steps).page_of(code) if page else None
    if after is not None and after.id != page.id:
        return move_question(definition, code, page=after.id)
    if steps > 0:
        return _("Moved %s down") % called(code)
    return _("Moved %s up") % called(code)


def change_question(definition: Definition, code: str, /, **fields: Any) -> str:
    renamed = fields.get("code", code)
    if renamed != code:
        return _("Renamed %(old)s to %(new)s") % {"old": code, "new": renamed}
    question = definition.question(code) or Question(code, Kind.TEXT)
    return _("Changed %(what)s of %(question)s") % {
        "what": words.fields(words.QUESTION, question, fields),
        "question": called(code),
    }


def change_kind(
    definition: Definition,
    code: str,
    kind: Kind,
    *,
    style: ScaleStyle = ScaleStyle.NUMBERS,
) -> str:
    return _("Made %(question)s a question of the kind “%(kind)s”") % {
        "question": called(code),
        "kind": words.KIND[kind],
    }


def carry_options(definition: Definition, code: str, source: str) -> str:
    if not source:
        return _("Ended carrying options over to %s") % called(code)
    return _("Carried the options of %(source)s over to %(question)s") % {
        "source": called(source),
        "question": called(code),
    }


# Options ------------------------------------------------------------------------------


def _about(told: str, name: str, code: str) -> str:
    return told % {"option": short(name), "question": called(code)}


def add_option(
    definition: Definition,
    code: str,
    text: Text,
    *,
    position: int | None = None,
    part: str = OPTIONS,
    **fields: Any,
) -> str:
    name = say(text, definition.language)
    return _about(_("Added “%(option)s” to %(question)s"), name, code)


def paste_options(
    definition: Definition,
    code: str,
    lines: Iterable[str],
    *,
    language: str = "",
    replaces: bool = False,
    part: str = OPTIONS,
) -> str:
    count = sum(1 for line in lines if line.strip())
    return ngettext(
        "Pasted %(count)d line into %(question)s",
        "Pasted %(count)d lines into %(question)s",
        count,
    ) % {"count": count, "question": called(code)}


def remove_option(
    definition: Definition, code: str, choice: str, *, part: str = OPTIONS
) -> str:
    name = choice_text(definition, code, choice, part)
    return _about(_("Removed “%(option)s” from %(question)s"), name, code)


def move_option(
    definition: Definition,
    code: str,
    choice: str,
    *,
    position: int,
    part: str = OPTIONS,
) -> str:
    name = choice_text(definition, code, choice, part)
    return _about(_("Moved “%(option)s” of %(question)s"), name, code)


def shift_option(
    definition: Definition, code: str, choice: str, *, steps: int, part: str = OPTIONS
) -> str:
    return move_option(definition, code, choice, position=0, part=part)


def change_option(
    definition: Definition,
    code: str,
    choice: str,
    /,
    *,
    part: str = OPTIONS,
    **fields: Any,
) -> str:
    # By its code: its text changes while it is typed, and these are one step of undo.
    return _about(_("Changed option %(option)s of %(question)s"), choice, code)


# The whole ----------------------------------------------------------------------------


def change_survey(definition: Definition, **texts: Text) -> str:
    return _("Changed %s of the survey") % words.fields(words.SURVEY, definition, texts)


def bind_purchase(definition: Definition, purchase: Purchase | None) -> str:
    if purchase is None:
        return _("Made it a survey about no purchase")
    return _("Changed the purchase that the survey is about")


def add_language(definition: Definition, language: str) -> str:
    return _("Added the language %s") % words.language(language)


def remove_language(definition: Definition, language: str) -> str:
    return _("Removed the language %s") % words.language(language)


def make_first_language(definition: Definition, language: str) -> str:
    return _("Made %s the first language") % words.language(language)


def add_quota(definition: Definition, name: str, *, limit: int, when: str = "") -> str:
    return _("Added the quota “%s”") % short(name)


def change_quota(definition: Definition, code: str, **fields: Any) -> str:
    return _("Changed the quota “%s”") % _quota_name(definition, code)


def remove_quota(definition: Definition, code: str) -> str:
    return _("Removed the quota “%s”") % _quota_name(definition, code)


def _quota_name(definition: Definition, code: str) -> str:
    return next(
        (short(one.name) for one in definition.quotas if one.code == code), code
    )


def interlocked(
    definition: Definition,
    codes: Sequence[str],
    *,
    limits: int | Mapping[tuple[str, ...], int],
) -> str:
    return _("Interlocked quotas of %s") % " × ".join(map(called, codes))

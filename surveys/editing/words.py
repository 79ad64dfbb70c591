"""What the parts of a survey are called, for summaries and the log of changes."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from surveys.definition import NO_TEXT, Kind, Text

LONGEST = 60
SURVEY: dict[str, str | Promise] = {
    "title": gettext_lazy("the title"),
    "welcome": gettext_lazy("the welcome"),
    "thanks": gettext_lazy("the thanks"),
}
PAGE: dict[str, str | Promise] = {
    "title": gettext_lazy("the title"),
    "show_if": gettext_lazy("the condition"),
    "skips": gettext_lazy("the skips"),
    "shuffles_questions": gettext_lazy("the shuffling of questions"),
    "shuffle": gettext_lazy("the shuffling with other pages"),
}
QUESTION: dict[str, str | Promise] = {
    "text": gettext_lazy("the text"),
    "help": gettext_lazy("the help"),
    "is_required": gettext_lazy("whether an answer is required"),
    "show_if": gettext_lazy("the condition"),
    "message": gettext_lazy("the message"),
    "options": gettext_lazy("the options"),
    "shuffles_options": gettext_lazy("the shuffling of options"),
    "carries": gettext_lazy("the source of carried options"),
    "rows": gettext_lazy("the rows"),
    "shuffles_rows": gettext_lazy("the shuffling of rows"),
    "is_multiple": gettext_lazy("choosing several"),
    "least": gettext_lazy("the lower limit"),
    "most": gettext_lazy("the upper limit"),
    "decimals": gettext_lazy("the number of decimals"),
    "unit": gettext_lazy("the unit"),
    "style": gettext_lazy("the style"),
    "low": gettext_lazy("the label of the low end"),
    "high": gettext_lazy("the label of the high end"),
    "earliest": gettext_lazy("the earliest day"),
    "latest": gettext_lazy("the latest day"),
    "is_long": gettext_lazy("the large field"),
    "expected": gettext_lazy("what an attention check expects"),
    "shows_purchase": gettext_lazy("showing the purchase"),
}
KIND: dict[Kind, str | Promise] = {
    Kind.SINGLE: gettext_lazy("single choice"),
    Kind.MULTIPLE: gettext_lazy("multiple choice"),
    Kind.SCALE: gettext_lazy("scale"),
    Kind.MATRIX: gettext_lazy("matrix"),
    Kind.RANKING: gettext_lazy("ranking"),
    Kind.NUMBER: gettext_lazy("number"),
    Kind.DATE: gettext_lazy("date"),
    Kind.TEXT: gettext_lazy("text"),
    Kind.BRAND: gettext_lazy("brand"),
    Kind.INFORMATION: gettext_lazy("information"),
}


def short(text: str) -> str:
    """On one line, cut to what a hint or a log has room for."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def language(code: str) -> str:
    """Its name in the UI language, such as German; the code where it is unknown."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def languages(old: Text, new: Text) -> list[str]:
    """The codes of the languages in which two texts differ."""
    return [one for one in {**old, **new} if old.get(one) != new.get(one)]


def fields(
    names: Mapping[str, str | Promise], thing: Any, new: Mapping[str, Any]
) -> str:
    """Which of the fields in `new` differ from those of `thing`, in words."""
    told = []
    for name, value in new.items():
        old = getattr(thing, name, NO_TEXT)
        if old == value or name not in names:
            continue
        if isinstance(value, Text):
            which = ", ".join(language(one) for one in languages(old, value))
            told.append(
                _("%(text)s (%(languages)s)")
                % {"text": names[name], "languages": which}
            )
        else:
            told.append(str(names[name]))
    return ", ".join(told) or _("nothing")

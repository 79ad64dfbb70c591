"""Operations on a survey as a whole: its texts, languages, quotas and purchase."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from surveys.definition import (
    Definition,
    Kind,
    Option,
    Purchase,
    Question,
    Quota,
    Text,
    say,
)
from surveys.editing.parts import (
    LONGEST_CODE,
    WrongEdit,
    code_from,
    question_or_refuse,
    unused,
    with_texts,
)

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?\Z")
# A table of more can't be read, and each would be nearly empty.
MOST_INTERLOCKED = 200


def change_survey(definition: Definition, **texts: Text) -> Definition:
    """With the title, welcome or thanks replaced."""
    unknown = texts.keys() - {"title", "welcome", "thanks"}
    if unknown:
        raise TypeError(f"no texts of a survey: {sorted(unknown)}")
    return replace(definition, **texts)


def bind_purchase(definition: Definition, purchase: Purchase | None) -> Definition:
    """About a verified purchase, or about none."""
    if purchase is not None and purchase.days < 1:
        raise WrongEdit(_("A purchase lies at least one day back."))
    return replace(definition, purchase=purchase)


# Languages ----------------------------------------------------------------------------


def language_or_refuse(definition: Definition, language: str) -> None:
    if language not in definition.languages:
        raise WrongEdit(_("The survey has no such language."))


def add_language(definition: Definition, language: str) -> Definition:
    """With one more language, last; its texts are still to be written."""
    if not LANGUAGE.match(language):
        raise WrongEdit(_("“%s” is no code of a language, such as en.") % language)
    if language in definition.languages:
        raise WrongEdit(_("The survey has this language already."))
    return replace(definition, languages=(*definition.languages, language))


def remove_language(definition: Definition, language: str) -> Definition:
    """Without the language and all texts in it."""
    language_or_refuse(definition, language)
    left = tuple(one for one in definition.languages if one != language)
    if not left:
        raise WrongEdit(_("A survey needs a language."))

    def without(text: Text) -> Text:
        return Text({one: told for one, told in text.items() if one != language})

    return replace(with_texts(definition, without), languages=left)


def make_first_language(definition: Definition, language: str) -> Definition:
    """With the language that others fall back to."""
    language_or_refuse(definition, language)
    others = tuple(one for one in definition.languages if one != language)
    return replace(definition, languages=(language, *others))


# Quotas -------------------------------------------------------------------------------


def quota_or_refuse(definition: Definition, code: str) -> Quota:
    quota = next((one for one in definition.quotas if one.code == code), None)
    if quota is None:
        raise WrongEdit(_("This quota is gone. Look at the survey again."))
    return quota


def check_quota(name: str, limit: int) -> None:
    if not name.strip():
        raise WrongEdit(_("A quota needs a name."))
    if limit < 0:
        raise WrongEdit(_("A limit isn’t negative."))


def add_quota(
    definition: Definition, name: str, *, limit: int, when: str = ""
) -> Definition:
    """With one more quota; its code comes from its name and stays."""
    check_quota(name, limit)
    code = code_from(name, (one.code for one in definition.quotas), "quota")
    quota = Quota(code, name.strip(), limit, when)
    return replace(definition, quotas=(*definition.quotas, quota))


def change_quota(definition: Definition, code: str, **fields: Any) -> Definition:
    """With name, limit or when replaced. The code stays: the count is kept under it."""
    if "code" in fields:
        raise TypeError("a quota's code stays")
    changed = replace(quota_or_refuse(definition, code), **fields)
    check_quota(changed.name, changed.limit)
    return replace(
        definition,
        quotas=tuple(changed if one.code == code else one for one in definition.quotas),
    )


def remove_quota(definition: Definition, code: str) -> Definition:
    quota_or_refuse(definition, code)
    return replace(
        definition, quotas=tuple(one for one in definition.quotas if one.code != code)
    )


def combinations(
    definition: Definition, codes: Sequence[str]
) -> tuple[tuple[Option, ...], ...]:
    """All combinations of one option of each question, the last running fastest."""
    return tuple(
        itertools.product(*(one.options for one in _single(definition, codes)))
    )


def _single(definition: Definition, codes: Sequence[str]) -> list[Question]:
    questions = [question_or_refuse(definition, code) for code in codes]
    if len(set(codes)) < 2 or len(set(codes)) < len(codes):
        raise WrongEdit(_("Interlocked quotas take two or more different questions."))
    for question in questions:
        if question.kind != Kind.SINGLE:
            raise WrongEdit(_("Interlocked quotas take single choices only."))
        if not question.options:
            raise WrongEdit(_("“%s” has no options yet.") % question.code)
    return questions


def interlocked(
    definition: Definition,
    codes: Sequence[str],
    *,
    limits: int | Mapping[tuple[str, ...], int],
) -> Definition:
    """With one quota for each combination of options of two or more single questions.

    `limits`: one for all, or one by the options' codes in the order of `codes`, of
    each combination. A combination that has its quota gets the new limit and keeps its
    code, and so its count.
    """
    made = combinations(definition, codes)
    if len(made) > MOST_INTERLOCKED:
        raise WrongEdit(
            _("That would be %(made)d quotas; at most %(most)d can be interlocked.")
            % {"made": len(made), "most": MOST_INTERLOCKED}
        )
    quotas = {one.code: one for one in definition.quotas}
    by_condition = {one.when: one for one in definition.quotas}
    for options in made:
        chosen = tuple(option.code for option in options)
        limit = limits if isinstance(limits, int) else limits.get(chosen)
        name = " × ".join(say(one.text, definition.language) for one in options)
        if limit is None:
            raise WrongEdit(_("The limit of “%s” is missing.") % name)
        pairs = list(zip(codes, chosen, strict=True))
        when = " and ".join(f"{code} = '{option}'" for code, option in pairs)
        old = by_condition.get(when)
        if old is None:
            code = "_".join(part for pair in pairs for part in pair)
            old = Quota(unused(code[:LONGEST_CODE], quotas), name, limit, when)
        check_quota(name, limit)
        quotas[old.code] = replace(old, limit=limit)
    return replace(definition, quotas=tuple(quotas.values()))

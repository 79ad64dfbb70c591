"""What was asked, over all versions: a code of one kind is one question."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from surveys.definition import Definition, Kind, Option, Question, Row
from surveys.models import Survey, SurveyVersion

Coded = TypeVar("Coded", Option, Row)


@dataclass(frozen=True)
class Asked:
    """A question as the newest version asks it, with options and rows that only older
    ones had behind its own.

    `versions`: by number those that asked it as the same kind. `other_kind`: those in
    which its code was of another kind, which aren't counted with it.
    """

    question: Question
    versions: tuple[int, ...]
    other_kind: tuple[int, ...] = ()

    @property
    def code(self) -> str:
        return self.question.code


@dataclass(frozen=True)
class Questionnaire:
    """All launched versions of a survey; without any, the draft."""

    definition: Definition
    asked: tuple[Asked, ...]
    versions: tuple[int, ...]

    @property
    def language(self) -> str:
        return self.definition.language

    def get(self, code: str) -> Asked | None:
        return next((one for one in self.asked if one.code == code), None)


def questionnaire(survey: Survey) -> Questionnaire:
    versions = list(survey.versions.filter(is_trial=False).order_by("-number"))
    if not versions:
        return Questionnaire(survey.definition, (), ())
    return merged([(one.number, one.definition) for one in versions])


def merged(versions: list[tuple[int, Definition]]) -> Questionnaire:
    """Of (number, definition), the newest first."""
    found: dict[str, Asked] = {}
    for number, definition in versions:
        for question in definition.questions():
            if not question.is_asked:
                continue
            held = found.get(question.code)
            if held is None:
                found[question.code] = Asked(question, (number,))
            elif _is_same(held.question, question):
                found[question.code] = replace(
                    held,
                    question=_with_older(held.question, question),
                    versions=(*held.versions, number),
                )
            else:
                found[question.code] = replace(
                    held, other_kind=(*held.other_kind, number)
                )
    numbers = tuple(number for number, _ in versions)
    return Questionnaire(versions[0][1], tuple(found.values()), numbers)


def _is_same(new: Question, old: Question) -> bool:
    return (new.kind, new.is_multiple) == (old.kind, old.is_multiple)


def _with_older(new: Question, old: Question) -> Question:
    """With room for all that was answered to either."""
    most = new.most
    if new.kind == Kind.BRAND:
        most = None if None in (new.most, old.most) else max(new.most, old.most)
    return replace(
        new,
        options=_union(new.options, old.options),
        rows=_union(new.rows, old.rows),
        decimals=max(new.decimals, old.decimals),
        most=most,
    )


def _union(new: tuple[Coded, ...], old: Iterable[Coded]) -> tuple[Coded, ...]:
    codes = {one.code for one in new}
    return new + tuple(one for one in old if one.code not in codes)


def definitions(survey: Survey) -> dict[int, Definition]:
    """By the versions' keys."""
    versions = SurveyVersion.objects.filter(survey=survey, is_trial=False)
    return {one.pk: one.definition for one in versions}

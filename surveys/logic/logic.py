"""All conditions of a survey, read once, by the place where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from surveys.definition import Definition
from surveys.logic.conditions import Always, Condition, Not, WrongCondition, parse

# A source that can't be read never holds.
NEVER = Not(Always())


@dataclass(frozen=True, order=True)
class Place:
    """`kind`: page, question, skip, quota, or carries; `number` of the page (or quota),
    `index` of the question or skip on it."""

    kind: str
    number: int
    index: int = 0


@dataclass
class Logic:
    """`conditions` has every place, and `NEVER` where the source is wrong; `wrong` says
    why. `unanswerable`: codes of required questions that nobody can answer."""

    conditions: dict[Place, Condition] = field(default_factory=dict)
    wrong: dict[Place, WrongCondition] = field(default_factory=dict)
    unanswerable: frozenset[str] = frozenset()


def sources(definition: Definition) -> Iterator[tuple[Place, str]]:
    for number, page in enumerate(definition.pages):
        yield Place("page", number), page.show_if
        for index, question in enumerate(page.questions):
            yield Place("question", number, index), question.show_if
        for index, skip in enumerate(page.skips):
            yield Place("skip", number, index), skip.when
    for number, quota in enumerate(definition.quotas):
        yield Place("quota", number), quota.when


def logic_of(definition: Definition) -> Logic:
    made = Logic()
    for place, source in sources(definition):
        try:
            made.conditions[place] = parse(source)
        except WrongCondition as error:
            made.conditions[place] = NEVER
            made.wrong[place] = error
    return made

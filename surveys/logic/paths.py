"""The path tester: what is wrong with a survey's ways, and all its ways.

A survey is walked with all answers at once (`surveys.logic.walking`), so that what is
found holds for every respondent, not for a sample (docs/adr/0015).
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from surveys.definition import END, Definition
from surveys.logic.examples import told_of
from surveys.logic.exploring import Exploration, Found, Ways
from surveys.logic.limits import unanswerable
from surveys.logic.logic import Logic, Place, logic_of, sources
from surveys.logic.problems import (
    Problem,
    Severity,
    at_place,
    called,
    error,
    of_place,
    warning,
)
from surveys.logic.references import never_offered, wrong_conditions, wrong_texts
from surveys.logic.structure import wrong_structure
from surveys.logic.walking import TooComplex, Walker

__all__ = ["Problem", "Severity", "Walk", "check", "count_paths", "walks"]

# With these the parts of a survey can't be told from one another.
AMBIGUOUS = frozenset({"duplicate_code", "duplicate_page", "no_pages"})


def check(definition: Definition) -> tuple[Problem, ...]:
    """All problems, errors first. A survey with an error can't be launched. Texts that
    lack a translation are for `surveys.logic.languages.missing`."""
    logic = _logic(definition)
    wrong = wrong_conditions(definition, logic)
    found = [
        *wrong_structure(definition),
        *(problem for place in sorted(wrong) for problem in wrong[place]),
        *wrong_texts(definition),
        *never_offered(definition),
    ]
    if not AMBIGUOUS & {problem.code for problem in found}:
        found += _walked(definition, logic, frozenset(wrong))
    found = list(dict.fromkeys(found))
    return tuple(sorted(found, key=lambda one: one.severity != Severity.ERROR))


def _logic(definition: Definition) -> Logic:
    made = logic_of(definition)
    made.unanswerable = unanswerable(definition)
    return made


def _walked(
    definition: Definition, logic: Logic, free: frozenset[Place]
) -> list[Problem]:
    quotas = tuple(range(len(definition.quotas)))
    try:
        walker, found = _explored(definition, logic, free, quotas)
    except TooComplex:
        return [
            error(
                "too_complex",
                _(
                    "The survey has more ways than can be checked: let fewer "
                    "conditions depend on one another, or split it."
                ),
            )
        ]
    return [
        *_unreached(definition, walker, found),
        *_one_way(definition, walker, found),
        *_ends(definition, walker, found),
    ]


def _explored(
    definition: Definition,
    logic: Logic,
    free: frozenset[Place],
    quotas: tuple[int, ...],
) -> tuple[Walker, Found]:
    """With all quotas at once where that is possible: it mostly is, and is quicker."""
    walker = Walker(definition, logic, free, quotas)
    try:
        return walker, Exploration(walker).run()
    except TooComplex:
        if len(quotas) < 2:
            raise
    walker, found = _explored(definition, logic, free, ())
    for quota in quotas:
        alone = Walker(definition, logic, free, (quota,))
        found.filled |= Exploration(alone).run().filled
        place = Place("quota", quota)
        walker.seen[place] = alone.seen.get(place, set())
    return walker, found


def _unreached(definition: Definition, walker: Walker, found: Found) -> list[Problem]:
    problems = []
    for number, page in enumerate(definition.pages):
        if not page.questions:
            continue
        if number not in found.pages:
            problems.append(
                error(
                    "unreachable",
                    _(
                        "Nobody ever sees this page: change its condition or the skips "
                        "before it, or delete it."
                    ),
                    page.id,
                )
            )
            continue
        problems += [
            error(
                "unreachable",
                _("Nobody is ever asked %s: change its condition, or delete it.")
                % called(question.code),
                page.id,
                question.code,
            )
            for question in page.questions
            if question.code not in found.shown
        ]
    return problems


def _one_way(definition: Definition, walker: Walker, found: Found) -> list[Problem]:
    """Conditions that come out the same for everybody."""
    problems = []
    for place, source in sources(definition):
        if not source.strip() or place in walker.free or place.kind == "quota":
            continue
        seen = walker.seen.get(place, set())
        where = of_place(definition, place)
        if seen == {False}:
            told = _(
                "The condition never holds, whatever is answered: change it, or delete "
                "what depends on it."
            )
            problems.append(
                error("never_true", at_place(definition, place, told), *where)
            )
        elif seen == {True}:
            told = _("The condition always holds: delete it, or correct it.")
            problems.append(
                warning("always_true", at_place(definition, place, told), *where)
            )
    for number, page in enumerate(definition.pages):
        for index in range(len(page.skips)):
            place = Place("skip", number, index)
            if number in found.pages and place not in walker.seen:
                told = _("It never applies, as an earlier one always does: delete it.")
                if not any(
                    code in walker.logic.unanswerable
                    for code in (question.code for question in page.questions)
                ):
                    problems.append(
                        warning(
                            "never_applies",
                            at_place(definition, place, told),
                            page.id,
                        )
                    )
    return problems


def _ends(definition: Definition, walker: Walker, found: Found) -> list[Problem]:
    problems = []
    if END not in found.outcomes:
        # A dead end that stops everybody has its own problem.
        problems.append(
            error(
                "no_end",
                _(
                    "Nobody can complete the survey: everybody is screened out or gets "
                    "stuck. Change the skips."
                ),
            )
        )
    if found.can_be_empty:
        problems.append(
            warning(
                "empty_way",
                _(
                    "Somebody can come to the end without seeing a page: screen them "
                    "out, or ask something of everybody."
                ),
            )
        )
    for number in range(len(definition.quotas)):
        if END in found.outcomes and number not in found.filled:
            told = _(
                "Nobody who completes the survey counts for it, so it never fills: "
                "change its condition, or delete it."
            )
            place = Place("quota", number)
            if place not in walker.free:
                problems.append(error("never_fills", at_place(definition, place, told)))
    return problems


# Ways ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Walk:
    """One way through, in the definition's order: the ids of its pages, the codes of
    what they show, and `END` or `SCREEN_OUT`. `answers` (as in `surveys.definition`),
    `profile` and `purchase` are those of somebody who goes exactly this way."""

    pages: tuple[str, ...]
    shown: tuple[str, ...]
    outcome: str
    answers: dict[str, Any] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    purchase: dict[str, Any] = field(default_factory=dict)


def walks(definition: Definition, most: int = 200) -> tuple[Walk, ...]:
    """The first ways through, each that differs in what is seen or how it ends. Exact
    for a survey without errors; fewer, or none, where it is too complex."""
    ways = Ways(Walker(definition, _logic(definition)))
    return tuple(
        Walk(
            tuple(definition.pages[number].id for number in way.pages),
            way.shown,
            way.outcome,
            *told_of(definition, ways.walker.variables, way.shown, way.state),
        )
        for way in ways.all(most)
    )


def count_paths(definition: Definition) -> int | None:
    """How many ways differ in what is seen or how they end; None: too many to say."""
    walker = Walker(definition, _logic(definition))
    try:
        return Ways(walker).count()
    except TooComplex:
        return None

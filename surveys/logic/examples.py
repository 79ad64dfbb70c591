"""Somebody who goes one way: answers, profile and purchase of a state."""

from decimal import Decimal
from typing import Any

from surveys.definition import Definition, Kind, Question
from surveys.logic.domains import Known, Picks, Ranges, nearest
from surveys.logic.families import NOTHING_KNOWN, Family, Member
from surveys.logic.variables import (
    A_DAY,
    A_TEXT,
    BOUND,
    PROFILE,
    PURCHASE,
    Variables,
    example,
    how_many,
    is_several,
    spans_of,
)
from surveys.logic.walking import State

Answers = dict[str, Any]
# An ordinary person, where nothing else is known.
AGE, MONTHS, REGION = 35, 12, "XX-01"


def told_of(
    definition: Definition, variables: Variables, shown: tuple[str, ...], state: State
) -> tuple[Answers, dict[str, Any], dict[str, Any]]:
    """Answers to the shown questions, the profile, and the purchase."""
    answers: Answers = {}
    for code in shown:
        question = definition.question(code)
        if question is None or not question.is_asked:
            continue
        answer = _answer(question, variables, state, answers)
        if answer is not None:
            answers[code] = answer
    return answers, _profile(variables, state), _purchase(definition, variables, state)


def _answer(
    question: Question, variables: Variables, state: State, answers: Answers
) -> Any:
    if question.kind in (Kind.SCALE, Kind.NUMBER, Kind.DATE):
        whole = Ranges(spans_of(question), not question.is_required)
        return example(question, {}, state.known.get(question.code, whole))
    refs = (
        tuple(f"{question.code}.{row.code}" for row in question.rows)
        if question.kind == Kind.MATRIX
        else (question.code,)
    )
    return example(
        question,
        {ref: _picked(question, ref, variables, state, answers) for ref in refs},
        None,
    )


def _picked(
    question: Question,
    ref: str,
    variables: Variables,
    state: State,
    answers: Answers,
) -> tuple[str, ...]:
    family = variables.families.get(ref)
    if family:
        known = state.bounds.get(family.root, NOTHING_KNOWN)
        solved = family.solve(state.asked, known) or {}
        return solved.get(ref, ())
    known_one: Known | None = state.known.get(ref) or variables.start.get(ref)
    if isinstance(known_one, Picks):
        return _one_of(known_one)
    if question.kind in (Kind.TEXT, Kind.BRAND):
        return ("",) * how_many(question)[0]
    # Nothing depends on it: the fewest that are enough.
    options = tuple(option.code for option in question.options)
    if question.carries in answers:
        chosen = answers[question.carries]["chosen"]
        options = tuple(code for code in options if code in chosen)
    least, most = how_many(question)
    exclusive = frozenset(
        option.code
        for option in question.options
        if option.is_exclusive and question.kind == Kind.MULTIPLE
    )
    alone = Member(ref, options, exclusive, least, most, True, not is_several(question))
    return (Family(ref, (alone,)).solve(frozenset({ref}), NOTHING_KNOWN) or {}).get(
        ref, ()
    )


def _one_of(known: Picks) -> tuple[str, ...]:
    """The name that no condition mentions, where it may be that one."""
    return (min(known.codes),) if known.codes else ()


def _profile(variables: Variables, state: State) -> dict[str, Any]:
    usual = {"age": AGE, "months": MONTHS, "region": REGION}
    return _facts("profile", PROFILE, usual, variables, state)


def _purchase(
    definition: Definition, variables: Variables, state: State
) -> dict[str, Any]:
    bound = state.known.get(BOUND)
    if definition.purchase is None or (bound is not None and bound.may_be_absent):
        return {}
    usual = {
        "total": 20,
        "days": 1,
        "merchant": definition.purchase.merchant or A_TEXT.capitalize(),
        "category": A_TEXT,
    }
    told = _facts("purchase", PURCHASE, usual, variables, state)
    return {**told, "date": A_DAY.isoformat()}


def _facts(
    subject: str,
    names: tuple[str, ...],
    usual: dict[str, Any],
    variables: Variables,
    state: State,
) -> dict[str, Any]:
    found = {}
    for name in names:
        ref = f"{subject}.{name}"
        known = state.known.get(ref, variables.start[ref])
        if isinstance(known, Ranges):
            found[name] = _number(ref, known, usual[name])
        elif known.codes:
            [value] = _one_of(known)
            found[name] = value or usual[name]
    return found


def _number(ref: str, known: Ranges, usual: int) -> Any:
    if ref == "purchase.total":
        return str(Decimal(nearest(known.spans, usual * 100)).scaleb(-2))
    return nearest(known.spans, usual)

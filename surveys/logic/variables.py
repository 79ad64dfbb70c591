"""What conditions can be about in one survey, and between which values it lies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from surveys.definition import Definition, Kind, Question, ScaleStyle
from surveys.logic.conditions import Answered, Claim
from surveys.logic.domains import (
    ANY_OTHER,
    EVERYTHING,
    Grid,
    Known,
    Picks,
    Ranges,
    both,
    nearest,
    values_in,
)
from surveys.logic.families import Family, Member

OLDEST = 130
# The kinds whose options may be those that were chosen in an earlier question.
CARRYING = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX})
PROFILE = ("age", "region", "months", "language")
PURCHASE = ("merchant", "category", "total", "days")
# Whether there is a purchase at all.
BOUND = "purchase"
# Days near which examples lie.
A_DAY = date(2026, 1, 15)
A_TEXT = "example"
# What an answer may be at most, whatever its question allows.
MOST_NAMES, LONGEST_TEXT, LARGEST = 20, 5000, Decimal("1e15")
MOST_DECIMALS = 6


def scale_ends(question: Question) -> tuple[int, int]:
    """The first and last number of a scale."""
    is_nps = question.style == ScaleStyle.NPS
    least = question.least if question.least is not None else Decimal(not is_nps)
    most = question.most if question.most is not None else Decimal(10 if is_nps else 5)
    return (
        int(least.to_integral_value(ROUND_CEILING)),
        int(most.to_integral_value(ROUND_FLOOR)),
    )


def is_several(question: Question) -> bool:
    """Whether its answer (or that of a row) is a list of options."""
    return question.kind in (Kind.MULTIPLE, Kind.RANKING) or (
        question.kind in (Kind.BRAND, Kind.MATRIX) and question.is_multiple
    )


def how_many(question: Question) -> tuple[int, int | None]:
    """How many options an answer has."""
    if not is_several(question):
        return 1, 1
    if question.kind == Kind.MATRIX:
        return 1, None
    most = None if question.most is None else int(question.most)
    if question.kind == Kind.BRAND:
        most = MOST_NAMES if most is None else min(most, MOST_NAMES)
    if question.least is not None:
        least = int(question.least)
    elif question.kind == Kind.RANKING and question.is_required:
        least = len(question.options)
    else:
        least = 1
    return max(1, least if most is None else min(least, most)), most


def day(told: str) -> int | None:
    """Of `earliest` and `latest`; None where it isn't said or moves with the clock."""
    try:
        return date.fromisoformat(told).toordinal()
    except ValueError:
        return None


def _scaled(value: Decimal, decimals: int, rounding: str) -> int:
    return int(value.scaleb(decimals).to_integral_value(rounding))


def places(question: Question) -> int:
    """How many decimal places an answer has; a wrong number of them does no harm."""
    return min(max(question.decimals, 0), MOST_DECIMALS)


def spans_of(question: Question) -> tuple[tuple[int | None, int | None], ...]:
    """The whole numbers that a scale, number or date allows: see `Ranges`."""
    if question.kind == Kind.SCALE:
        limits = scale_ends(question)
    elif question.kind == Kind.NUMBER:
        limits = (
            _scaled(
                -LARGEST if question.least is None else max(question.least, -LARGEST),
                places(question),
                ROUND_CEILING,
            ),
            _scaled(
                LARGEST if question.most is None else min(question.most, LARGEST),
                places(question),
                ROUND_FLOOR,
            ),
        )
    else:
        first, last = day(question.earliest), day(question.latest)
        limits = (
            date.min.toordinal() if first is None else first,
            date.max.toordinal() if last is None else last,
        )
    return both(EVERYTHING, (limits,))


@dataclass
class Variables:
    """`start`: what single values may be, by reference. `grids`: of those that are
    numbers. `families`: of answers of several options, by reference of each member.
    `rows`: the references of a matrix' rows, by its code. `refs`: what conditions can
    be about of each question. `parents`: what each question carries."""

    start: dict[str, Known] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    refs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)


def variables_of(definition: Definition, claims: Iterable[Claim]) -> Variables:
    """`claims`: all of the survey's conditions; what none of them is about is left
    out, apart from questions whose options are carried or that carry some."""
    made = Variables()
    mentioned: dict[str, set[str]] = {}
    for claim in claims:
        mentioned.setdefault(claim.ref, set()).update(values_in(claim))
        question = definition.question(claim.ref)
        if question and question.kind == Kind.MATRIX and isinstance(claim, Answered):
            for row in question.rows:
                mentioned.setdefault(f"{claim.ref}.{row.code}", set())
    _add_facts(made, definition, mentioned)
    made.parents = _parents(definition)
    members: dict[str, Member] = {}
    for question in definition.questions():
        _add_question(made, question, mentioned, members)
    _make_families(made, members)
    return made


def _parents(definition: Definition) -> dict[str, str]:
    """By code, what each question carries, where it can: an earlier multiple one."""
    found: dict[str, str] = {}
    seen: dict[str, Question] = {}
    for page in definition.pages:
        for question in page.questions:
            parent = seen.get(question.carries)
            if parent and parent.kind == Kind.MULTIPLE and question.kind in CARRYING:
                found[question.code] = parent.code
        seen |= {question.code: question for question in page.questions}
    return found


def _add_facts(made: Variables, definition: Definition, mentioned: Mapping) -> None:
    def names(ref: str) -> frozenset[str]:
        return frozenset({*mentioned.get(ref, ()), ANY_OTHER})

    whole = {"profile.age": ((0, OLDEST),), "profile.months": ((0, None),)}
    picked = {
        "profile.region": Picks(names("profile.region"), True),
        "profile.language": Picks(frozenset(definition.languages), False),
    }
    if definition.purchase:
        whole |= {
            "purchase.total": ((1, None),),
            "purchase.days": ((0, definition.purchase.days),),
        }
        category = definition.purchase.category
        picked |= {
            "purchase.merchant": Picks(names("purchase.merchant"), False),
            # A receipt may have no category, unless one was asked for.
            "purchase.category": Picks(
                frozenset({category}) if category else names("purchase.category"),
                not category,
            ),
        }
    made.start |= {ref: Ranges(spans, False) for ref, spans in whole.items()} | picked
    made.grids |= {ref: Grid(2 if ref == "purchase.total" else 0) for ref in whole}


def _add_question(
    made: Variables,
    question: Question,
    mentioned: Mapping[str, set[str]],
    members: dict[str, Member],
) -> None:
    code, kind, parents = question.code, question.kind, made.parents
    parent = parents.get(code, "")
    is_family = is_several(question) or bool(parent) or code in parents.values()
    options = tuple(dict.fromkeys(option.code for option in question.options))
    if kind == Kind.BRAND:
        options = tuple(sorted(mentioned.get(code, ())))
    if kind == Kind.MATRIX:
        rows = tuple(f"{code}.{row.code}" for row in question.rows)
        made.rows[code] = rows
        refs = tuple(ref for ref in rows if ref in mentioned)
    else:
        is_used = code in mentioned or parent or code in parents.values()
        refs = (code,) if is_used and question.is_asked else ()
    made.refs[code] = refs
    least, most = how_many(question)
    for ref in refs:
        if is_family:
            members[ref] = Member(
                ref,
                options,
                frozenset(one.code for one in question.options if one.is_exclusive)
                if kind == Kind.MULTIPLE
                else frozenset(),
                least,
                most,
                question.is_required,
                not is_several(question),
                kind == Kind.BRAND,
                parent,
            )
        elif kind in (Kind.SCALE, Kind.NUMBER, Kind.DATE):
            made.start[ref] = Ranges(spans_of(question), not question.is_required)
            decimals = {Kind.SCALE: 0, Kind.DATE: None}.get(kind, places(question))
            made.grids[ref] = Grid(decimals)
        else:
            codes = frozenset(options)
            if kind in (Kind.BRAND, Kind.TEXT):
                codes |= {ANY_OTHER}
            made.start[ref] = Picks(codes, not question.is_required)


def _make_families(made: Variables, members: Mapping[str, Member]) -> None:
    grouped: dict[str, list[Member]] = {}
    roots: dict[str, str] = {}
    for ref, member in members.items():
        roots[ref] = roots.get(member.parent, ref)
        grouped.setdefault(roots[ref], []).append(member)
    for root, group in grouped.items():
        family = Family(root, tuple(group))
        made.families |= {member.ref: family for member in group}


# Examples -----------------------------------------------------------------------------


def example(
    question: Question, picked: Mapping[str, tuple[str, ...]], known: Known | None
) -> Any:
    """An answer as in `surveys.definition`, or None for none. `picked`: the chosen
    options by reference, names of brands among them as ANY_OTHER. `known`: what a
    single value may be."""
    if question.kind == Kind.MATRIX:
        answer = {}
        for row in question.rows:
            codes = picked.get(f"{question.code}.{row.code}", ())
            if codes:
                answer[row.code] = list(codes) if question.is_multiple else codes[0]
        return answer or None
    if isinstance(known, Ranges):
        return example_number(question, known)
    codes = picked.get(question.code, ())
    if not codes:
        return None
    if question.kind == Kind.TEXT:
        return example_text(question)
    if question.kind == Kind.RANKING:
        return list(codes)
    if question.kind == Kind.BRAND:
        codes = tuple(
            code or f"{A_TEXT.capitalize()} {number}"
            for number, code in enumerate(codes, start=1)
        )
    answer = {"chosen": list(codes) if is_several(question) else codes[0]}
    if any(option.asks_text for code in codes if (option := question.option(code))):
        answer["other"] = A_TEXT
    return answer


def example_number(question: Question, known: Ranges) -> Any:
    if not known.spans:
        return None
    if question.kind == Kind.DATE:
        found = nearest(known.spans, A_DAY.toordinal())
        return date.fromordinal(found).isoformat()
    found = nearest(known.spans, 0)
    if question.kind == Kind.NUMBER and places(question):
        return float(Decimal(found).scaleb(-places(question)))
    return found


def example_text(question: Question) -> str:
    least = int(question.least or 1)
    most = int(question.most) if question.most is not None else max(least, len(A_TEXT))
    return (A_TEXT * (least // len(A_TEXT) + 1))[: max(least, min(most, len(A_TEXT)))]

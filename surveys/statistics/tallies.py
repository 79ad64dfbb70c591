"""The distribution of one question's answers, from values already counted.

Answers come as (value, base): what equal answers hold together, as the database groups
them, so that a hundred thousand of them cost as much as there are different ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveys.definition import Kind, Question, ScaleStyle
from surveys.statistics.estimates import (
    NOBODY,
    Base,
    Estimate,
    Spread,
    nps,
    share,
    spread,
)
from surveys.statistics.numbers import Bin, bins, quantile

# Names that were typed may be as many as people.
MOST_NAMES = 40

Groups = Iterable[tuple[Any, Base]]


@dataclass(frozen=True)
class Part:
    """One option, point, name or day, and its share of those who answered; `base` and
    `share` are None where they are hidden."""

    code: str
    base: Base | None
    share: Estimate | None


@dataclass(frozen=True)
class Choices:
    """`others`: how many chose names beyond the most frequent ones (brand)."""

    base: Base | None
    parts: tuple[Part, ...]
    others: Base = NOBODY


@dataclass(frozen=True)
class Scale:
    base: Base
    parts: tuple[Part, ...]
    spread: Spread | None
    nps: Estimate | None = None


@dataclass(frozen=True)
class Matrix:
    """By row code; each row has the base of those who answered it. `is_multiple`: a row
    takes several columns."""

    base: Base
    rows: tuple[tuple[str, Choices], ...]
    is_multiple: bool


@dataclass(frozen=True)
class Rank:
    """Of one option: who ranked it, its mean rank (1 is best) among these, and the
    share of all who answered that put it first (`first_base`)."""

    code: str
    base: Base | None
    mean: Estimate | None
    first: Estimate | None
    first_base: Base | None


@dataclass(frozen=True)
class Ranking:
    base: Base
    ranks: tuple[Rank, ...]


@dataclass(frozen=True)
class Numbers:
    """`quartiles`: 25, 50 and 75 percent."""

    base: Base
    spread: Spread | None
    least: float | None
    quartiles: tuple[float, float, float] | None
    most: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Dates:
    """By day, month ("2026-01") or year, whichever are few enough."""

    base: Base
    first: date | None
    middle: date | None
    last: date | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Texts:
    base: Base


Distribution = Choices | Scale | Matrix | Ranking | Numbers | Dates | Texts


def tally(question: Question, groups: Groups) -> Distribution:
    """The distribution that suits the question's kind. Raises `KeyError` for
    information, which nobody answers."""
    return TALLIES[question.kind](question, groups)


def codes_in(question: Question, value: Any) -> tuple[str, ...]:
    """The codes (names of a brand) that an answer chose, of choices and scales; empty
    for kinds that have none."""
    match question.kind:
        case Kind.SINGLE | Kind.MULTIPLE | Kind.BRAND:
            chosen = value["chosen"]
            return tuple(chosen) if isinstance(chosen, list) else (chosen,)
        case Kind.SCALE:
            return (str(value),)
        case Kind.RANKING:
            return tuple(value[:1])
        case _:
            return ()


def codes_of(question: Question) -> tuple[str, ...]:
    """All codes that may be chosen, in order; a scale's points as strings."""
    if question.kind == Kind.SCALE:
        return tuple(str(point) for point in points(question))
    return tuple(option.code for option in question.options)


def points(question: Question) -> range:
    low, high = (0, 10) if question.style == ScaleStyle.NPS else (1, 5)
    least = low if question.least is None else int(question.least)
    most = high if question.most is None else int(question.most)
    return range(least, most + 1)


def parts_of(codes: Iterable[str], held: Mapping[str, Base], whole: Base) -> tuple:
    return tuple(
        Part(code, base, share(base, whole))
        for code, base in ((code, held.get(code, NOBODY)) for code in codes)
    )


def _counted(chosen: Iterable[tuple[Iterable[str], Base]]) -> tuple[dict, Base]:
    held: dict[str, Base] = defaultdict(lambda: NOBODY)
    whole = NOBODY
    for codes, base in chosen:
        whole += base
        for code in set(codes):
            held[code] += base
    return held, whole


def _with_strangers(codes: Iterable[str], held: Iterable[str]) -> list[str]:
    """Codes that only an older version had stand behind those of the question."""
    known = list(codes)
    return known + sorted(set(held) - set(known))


def choices(question: Question, groups: Groups) -> Choices:
    held, whole = _counted((codes_in(question, value), base) for value, base in groups)
    return Choices(
        whole, parts_of(_with_strangers(codes_of(question), held), held, whole)
    )


def brands(question: Question, groups: Groups) -> Choices:
    """The most frequent names first; names that differ in case or space only are one,
    under their most frequent spelling."""
    spelled: dict[str, dict[str, Base]] = defaultdict(
        lambda: defaultdict(lambda: NOBODY)
    )
    whole = NOBODY
    held: dict[str, Base] = defaultdict(lambda: NOBODY)
    for value, base in groups:
        whole += base
        names = {" ".join(name.split()) for name in codes_in(question, value)}
        for key in {name.casefold() for name in names}:
            held[key] += base
        for name in names:
            spelled[name.casefold()][name] += base
    ordered = sorted(held, key=lambda key: (-held[key].weight, key))
    shown = {
        max(spelled[key], key=lambda name: (spelled[key][name].weight, name)): held[key]
        for key in ordered[:MOST_NAMES]
    }
    rest = sum((held[key] for key in ordered[MOST_NAMES:]), NOBODY)
    return Choices(whole, parts_of(shown, shown, whole), rest)


def scale(question: Question, groups: Groups) -> Scale:
    pairs = [(int(value), base) for value, base in groups]
    held, whole = _counted(((str(value),), base) for value, base in pairs)
    score = nps(pairs) if question.style == ScaleStyle.NPS else None
    codes = sorted({*codes_of(question), *held}, key=int)
    return Scale(whole, parts_of(codes, held, whole), spread(pairs), score)


def matrix(question: Question, groups: Groups) -> Matrix:
    by_row: dict[str, list[tuple[list[str], Base]]] = defaultdict(list)
    whole = NOBODY
    for value, base in groups:
        whole += base
        for row, chosen in value.items():
            by_row[row].append((chosen if isinstance(chosen, list) else [chosen], base))
    rows = []
    for row in _with_strangers((row.code for row in question.rows), by_row):
        held, of_row = _counted(by_row[row])
        codes = _with_strangers(codes_of(question), held)
        rows.append((row, Choices(of_row, parts_of(codes, held, of_row))))
    return Matrix(whole, tuple(rows), question.is_multiple)


def ranking(question: Question, groups: Groups) -> Ranking:
    places: dict[str, dict[int, Base]] = defaultdict(
        lambda: defaultdict(lambda: NOBODY)
    )
    whole = NOBODY
    for value, base in groups:
        whole += base
        for place, code in enumerate(value, 1):
            places[code][place] += base
    ranks = []
    for code in _with_strangers(codes_of(question), places):
        held = places[code]
        found = spread(held.items())
        first = held.get(1, NOBODY)
        base = sum(held.values(), NOBODY)
        mean = found.mean if found else None
        ranks.append(Rank(code, base, mean, share(first, whole), first))
    return Ranking(whole, tuple(ranks))


def numbers(question: Question, groups: Groups) -> Numbers:
    held: dict[float, Base] = defaultdict(lambda: NOBODY)
    for value, base in groups:
        held[float(value)] += base
    ordered = sorted(held.items())
    whole = sum(held.values(), NOBODY)
    if not ordered:
        return Numbers(NOBODY, None, None, None, None, ())
    low, middle, high = (quantile(ordered, p) for p in (0.25, 0.5, 0.75))
    return Numbers(
        whole,
        spread(ordered),
        ordered[0][0],
        (low, middle, high),
        ordered[-1][0],
        bins(ordered, is_whole=not question.decimals),
    )


def dates(question: Question, groups: Groups) -> Dates:
    held: dict[date, Base] = defaultdict(lambda: NOBODY)
    for value, base in groups:
        held[date.fromisoformat(value)] += base
    if not held:
        return Dates(NOBODY, None, None, None, ())
    ordered = sorted(held)
    whole = sum(held.values(), NOBODY)
    ordinals = [(float(day.toordinal()), held[day]) for day in ordered]
    length = next(
        (
            length
            for length in (10, 7)
            if len({day.isoformat()[:length] for day in ordered}) <= 31
        ),
        4,
    )
    spans: dict[str, Base] = defaultdict(lambda: NOBODY)
    for day in ordered:
        spans[day.isoformat()[:length]] += held[day]
    return Dates(
        whole,
        ordered[0],
        date.fromordinal(int(quantile(ordinals, 0.5))),
        ordered[-1],
        parts_of(spans, spans, whole),
    )


def texts(question: Question, groups: Groups) -> Texts:
    return Texts(sum((base for _, base in groups), NOBODY))


TALLIES = {
    Kind.SINGLE: choices,
    Kind.MULTIPLE: choices,
    Kind.BRAND: brands,
    Kind.SCALE: scale,
    Kind.MATRIX: matrix,
    Kind.RANKING: ranking,
    Kind.NUMBER: numbers,
    Kind.DATE: dates,
    Kind.TEXT: texts,
}


def others_in(question: Question, groups: Groups) -> Iterator[tuple[str, Base]]:
    """What was typed beside an option that asks for a text."""
    for value, base in groups:
        if isinstance(value, dict) and value.get("other"):
            yield value["other"], base

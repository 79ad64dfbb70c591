"""What one answer may still be: sets that claims divide exactly, without sampling.

`Ranges` are whole numbers on a grid (a number with two decimals counts hundredths, a
date counts days), `Picks` the one option that is chosen. Both may also be absent:
unanswered. Answers of several options are `surveys.logic.families`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from surveys.logic.conditions import Answered, Claim, Compared, In, Value

# A closed stretch of whole numbers; None where it has no end.
Span = tuple[int | None, int | None]
EVERYTHING: tuple[Span, ...] = ((None, None),)
# Stands for all names that no condition mentions.
ANY_OTHER = ""


@dataclass(frozen=True)
class Ranges:
    """`spans`: apart from one another, in order."""

    spans: tuple[Span, ...]
    may_be_absent: bool

    def __bool__(self) -> bool:
        return bool(self.spans) or self.may_be_absent


@dataclass(frozen=True)
class Picks:
    codes: frozenset[str]
    may_be_absent: bool

    def __bool__(self) -> bool:
        return bool(self.codes) or self.may_be_absent


Known = Ranges | Picks


def both(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where the two overlap."""
    found = []
    for low, high in one:
        for from_, to in other:
            start = low if from_ is None else from_ if low is None else max(low, from_)
            end = high if to is None else to if high is None else min(high, to)
            if start is None or end is None or start <= end:
                found.append((start, end))
    return tuple(found)


def outside(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Everything else; `spans` are in order and apart from one another."""
    found = EVERYTHING
    for low, high in spans:
        gaps: tuple[Span, ...] = ()
        if low is not None:
            gaps += ((None, low - 1),)
        if high is not None:
            gaps += ((high + 1, None),)
        found = both(found, gaps)
    return found


def compared(sign: str, low: int, high: int) -> tuple[Span, ...]:
    """The whole numbers for which `number sign value` holds, where the value lies
    between `low` and `high`, which are the same if it is a whole number itself."""
    exact = ((low, high),) if low == high else ()
    match sign:
        case "=":
            return exact
        case "!=":
            return outside(exact)
        case "<":
            return ((None, high - 1),)
        case "<=":
            return ((None, low),)
        case ">":
            return ((low + 1, None),)
        case _:
            return ((high, None),)


@dataclass(frozen=True)
class Grid:
    """Between which whole numbers an answer lies. `decimals` of a number; None of a
    date, whose days are counted."""

    decimals: int | None = 0

    def around(self, value: Value) -> tuple[int, int] | None:
        """The whole numbers below and above, or None if it is of another type."""
        if self.decimals is None:
            if type(value) is not date:
                return None
            return value.toordinal(), value.toordinal()
        if not isinstance(value, Decimal):
            return None
        scaled = value.scaleb(self.decimals)
        return (
            int(scaled.to_integral_value(ROUND_FLOOR)),
            int(scaled.to_integral_value(ROUND_CEILING)),
        )

    def claimed(self, claim: Claim) -> tuple[Span, ...]:
        """Where the claim holds of an answer that is there."""
        match claim:
            case Answered(is_answered=is_answered):
                return EVERYTHING if is_answered else ()
            case Compared(_ref, sign, value):
                around = self.around(value)
                return compared(sign, *around) if around else ()
            case In(_ref, values):
                exact = {
                    around[0]
                    for value in values
                    if (around := self.around(value)) and around[0] == around[1]
                }
                return tuple((one, one) for one in sorted(exact))
        return ()


def split_ranges(known: Ranges, grid: Grid, claim: Claim) -> tuple[Ranges, Ranges]:
    """Where the claim holds, and where it doesn't."""
    holding = grid.claimed(claim)
    absent_holds = _holds_of_nothing(claim)
    return (
        Ranges(both(known.spans, holding), known.may_be_absent and absent_holds),
        Ranges(
            both(known.spans, outside(holding)),
            known.may_be_absent and not absent_holds,
        ),
    )


def split_picks(known: Picks, claim: Claim) -> tuple[Picks, Picks]:
    """Where the claim holds, and where it doesn't."""
    match claim:
        case Answered(is_answered=is_answered):
            holding = known.codes if is_answered else frozenset()
        case Compared(_ref, "=", value):
            holding = known.codes & {value}
        case Compared(_ref, "!=", value) if isinstance(value, str):
            holding = known.codes - {value}
        case In(_ref, values):
            holding = known.codes & frozenset(values)
        case _:
            holding = frozenset()
    absent_holds = _holds_of_nothing(claim)
    return (
        Picks(holding, known.may_be_absent and absent_holds),
        Picks(known.codes - holding, known.may_be_absent and not absent_holds),
    )


def _holds_of_nothing(claim: Claim) -> bool:
    return isinstance(claim, Answered) and not claim.is_answered


def values_in(claim: Claim) -> frozenset[str]:
    """The options or names that it mentions."""
    match claim:
        case Compared(value=value):
            told = (value,)
        case Answered():
            told = ()
        case _:
            told = getattr(claim, "values", ())
    return frozenset(one for one in told if isinstance(one, str))


def nearest(spans: tuple[Span, ...], wanted: int) -> int:
    """The number of the spans that is nearest to the wanted one."""
    ends = []
    for low, high in spans:
        if (low is None or low <= wanted) and (high is None or wanted <= high):
            return wanted
        ends += [end for end in (low, high) if end is not None]
    return min(ends, key=lambda end: abs(end - wanted))

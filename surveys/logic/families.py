"""Answers of several options, and questions that carry one another's options.

What is known of them is how many options of a set are chosen: `includes 'a'` says that
one of {a} is, `count(q1) > 2` that more than two of all are. Whether such claims can
hold together is counted out option by option, so the finding is exact; options that no
claim tells apart cost nothing, because counts are only kept as far as they matter.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import product

from surveys.logic.conditions import Answered, Claim, Compared, Counted, In, Includes
from surveys.logic.domains import compared

# Of all options of a member: what a count is about.
ALL: frozenset[str] = frozenset()
# (member, set of its options or ALL, fewest chosen, most chosen or None)
Bound = tuple[str, frozenset[str], int, int | None]
Bounds = frozenset[Bound]
NOTHING_KNOWN: Bounds = frozenset()


@dataclass(frozen=True)
class Member:
    """One answer of options. `least`, `most`: how many are chosen if any is; `most` may
    be None. Where fewer are offered than `least`, all that are offered are enough. An
    exclusive option is chosen alone, whatever `least` says. `parent`: what it carries.
    `is_open`: any names, of which `options` are those that claims mention.
    """

    ref: str
    options: tuple[str, ...]
    exclusive: frozenset[str] = frozenset()
    least: int = 1
    most: int | None = None
    is_required: bool = True
    is_single: bool = False
    is_open: bool = False
    parent: str = ""

    def fits(self, count: int, has_exclusive: bool, offered: int) -> bool:
        if has_exclusive:
            return count == 1
        if count == 0:
            return not self.is_required
        if self.most is not None and count > self.most:
            return False
        return count >= (self.least if self.is_open else min(self.least, offered))


def branches(member: Member, claim: Claim) -> list[tuple[bool, tuple[Bound, ...]]]:
    """All ways in which the claim is true or false, which exclude one another."""
    ref = member.ref
    some, none = (ref, ALL, 1, None), (ref, ALL, 0, 0)
    match claim:
        case Answered(is_answered=is_answered):
            return [(is_answered, (some,)), (not is_answered, (none,))]
        case Compared(_ref, "=", value) if member.is_single:
            return _any_of(member, (value,))
        case Compared(_ref, "!=", str() as value) if member.is_single:
            chosen = frozenset({value})
            if value not in member.options:
                return [(True, (some,)), (False, (none,))]
            return [
                (True, ((ref, chosen, 0, 0), some)),
                (False, ((ref, chosen, 1, 1),)),
                (False, (none,)),
            ]
        case In(_ref, values) if member.is_single:
            return _any_of(member, values)
        case Includes(_ref, values, needs_all) if not member.is_single:
            if not needs_all:
                return _any_of(member, values)
            wanted = frozenset(values)
            if not wanted <= frozenset(member.options):
                return [(False, ())]
            return [
                (True, tuple((ref, frozenset({one}), 1, 1) for one in sorted(wanted))),
                (False, ((ref, wanted, 0, len(wanted) - 1),)),
            ]
        case Counted(_ref, sign, value) if not member.is_single:
            return _counted(ref, sign, value)
    return [(False, ())]


def _any_of(member: Member, values: tuple) -> list[tuple[bool, tuple[Bound, ...]]]:
    wanted = frozenset(values) & frozenset(member.options)
    if not wanted:
        return [(False, ())]
    most = 1 if len(wanted) == 1 else None
    return [
        (True, ((member.ref, wanted, 1, most),)),
        (False, ((member.ref, wanted, 0, 0),)),
    ]


def _counted(ref: str, sign: str, value) -> list[tuple[bool, tuple[Bound, ...]]]:
    low = int(value.to_integral_value("ROUND_FLOOR"))
    high = int(value.to_integral_value("ROUND_CEILING"))
    opposite = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[sign]
    found = [(False, ((ref, ALL, 0, 0),))]
    for truth, one in ((True, sign), (False, opposite)):
        for from_, to in compared(one, low, high):
            fewest = max(1, from_ or 1)
            if to is None or fewest <= to:
                found.append((truth, ((ref, ALL, fewest, to),)))
    return found


def narrowed(known: Bounds, more: tuple[Bound, ...]) -> Bounds | None:
    """With more known, or None where two bounds of one set exclude each other."""
    made = {(ref, chosen): (low, high) for ref, chosen, low, high in known}
    for ref, chosen, low, high in more:
        least, most = made.get((ref, chosen), (0, None))
        low = max(low, least)
        high = most if high is None else high if most is None else min(high, most)
        if high is not None and low > high:
            return None
        made[ref, chosen] = (low, high)
    return frozenset((*place, *limits) for place, limits in made.items())


class Family:
    """Members that depend on one another by `parent`; most have one member."""

    def __init__(self, root: str, members: tuple[Member, ...]) -> None:
        """`members`: parents before those that carry them."""
        self.root = root
        self.members = {member.ref: member for member in members}
        self.refs = frozenset(self.members)
        self._solved: dict[tuple[frozenset[str], Bounds], dict | None] = {}

    def can_be(self, asked: frozenset[str], known: Bounds) -> bool:
        return self.solve(asked, known) is not None

    def solve(
        self, asked: frozenset[str], known: Bounds
    ) -> dict[str, tuple[str, ...]] | None:
        """What may be chosen in each member that was asked, or None if nothing fits."""
        place = asked & self.refs, known
        if place not in self._solved:
            self._solved[place] = self._counted_out(*place)
        return self._solved[place]

    def _counted_out(
        self, asked: frozenset[str], known: Bounds
    ) -> dict[str, tuple[str, ...]] | None:
        members = [one for ref, one in self.members.items() if ref in asked]
        if any(ref not in asked and low > 0 for ref, _set, low, _high in known):
            return None
        known = frozenset(bound for bound in known if bound[0] in asked)
        fixed = {
            (ref, next(iter(chosen))): low
            for ref, chosen, low, high in known
            if len(chosen) == 1 and low == high
        }
        counted = [bound for bound in known if len(bound[1]) > 1]
        if len(members) == 1 and not counted:
            chosen = self._alone(
                members[0], known, {o: n for (_r, o), n in fixed.items()}
            )
            return None if chosen is None else {members[0].ref: chosen}
        caps = [self.cap(member, known) for member in members]
        set_caps = [low if high is None else high + 1 for _r, _s, low, high in counted]
        places = {member.ref: number for number, member in enumerate(members)}
        # Counted like sets: what a member may choose of its parent's choice.
        parents = [places.get(member.parent) for member in members]

        def ways(option: str, is_name: bool) -> list[tuple[bool, ...]]:
            found = []
            for chosen in product((False, True), repeat=len(members)):
                for number, member in enumerate(members):
                    has = (is_name and member.is_open) or option in member.options
                    told = fixed.get((member.ref, option))
                    parent = places.get(member.parent)
                    if (chosen[number] and not has) or (
                        told is not None and chosen[number] != bool(told)
                    ):
                        break
                    if chosen[number] and parent is not None and not chosen[parent]:
                        break
                else:
                    found.append(chosen)
            return found

        options = list(dict.fromkeys(o for one in members for o in one.options))
        names = [""] * (max(caps) + 1) if any(m.is_open for m in members) else []
        start = (
            (0,) * len(members),
            (False,) * len(members),
            (0,) * len(counted),
            (0,) * len(members),
        )
        layers = [{start: None}]
        for option in [*options, *names]:
            layer: dict = {}
            possible = ways(option, not option)
            for vector in layers[-1]:
                counts, exclusive, sets, offered = vector
                for chosen in possible:
                    after = (
                        tuple(
                            min(cap, count + is_chosen)
                            for cap, count, is_chosen in zip(
                                caps, counts, chosen, strict=True
                            )
                        ),
                        tuple(
                            was or (is_chosen and option in member.exclusive)
                            for was, is_chosen, member in zip(
                                exclusive, chosen, members, strict=True
                            )
                        ),
                        tuple(
                            min(
                                cap,
                                count
                                + (option in bound[1] and chosen[places[bound[0]]]),
                            )
                            for cap, count, bound in zip(
                                set_caps, sets, counted, strict=True
                            )
                        ),
                        tuple(
                            min(
                                member.least,
                                count
                                + (
                                    option in member.options
                                    and (parent is None or chosen[parent])
                                ),
                            )
                            for member, count, parent in zip(
                                members, offered, parents, strict=True
                            )
                        ),
                    )
                    layer.setdefault(after, (vector, chosen))
            layers.append(layer)
        totals = {ref: (low, high) for ref, chosen, low, high in known if chosen == ALL}
        for vector in layers[-1]:
            counts, exclusive, sets, offered = vector
            if all(
                member.fits(count, has, most)
                and _within(count, totals.get(member.ref, (0, None)))
                for member, count, has, most in zip(
                    members, counts, exclusive, offered, strict=True
                )
            ) and all(
                _within(count, bound[2:])
                for count, bound in zip(sets, counted, strict=True)
            ):
                return self._told_back(members, [*options, *names], layers, vector)
        return None

    def _alone(
        self, member: Member, known: Bounds, fixed: dict[str, int]
    ) -> tuple[str, ...] | None:
        """As `_counted_out`, for one member of which only single options and the count
        are known: the fewest options that fit."""
        totals = [bound[2:] for bound in known if bound[1] == ALL] or [(0, None)]
        chosen = {option for option, number in fixed.items() if number}
        free = [one for one in member.options if one not in fixed]
        alone = [one for one in free if one in member.exclusive]
        free = [one for one in free if one not in member.exclusive]
        offered = len(member.options)
        if chosen & member.exclusive:
            is_fit = len(chosen) == 1 and _within(1, totals[0])
            return tuple(chosen) if is_fit else None
        names = self.cap(member, known) + 1 if member.is_open else 0
        for more in range(len(free) + names + 1):
            count = len(chosen) + more
            if member.fits(count, False, offered) and _within(count, totals[0]):
                chosen |= set(free[:more])
                told = tuple(one for one in member.options if one in chosen)
                return told + ("",) * (more - len(free))
        if alone and not chosen and _within(1, totals[0]):
            return (alone[0],)
        return None

    def _told_back(self, members, options, layers, vector) -> dict[str, tuple]:
        found: dict[str, list[str]] = {member.ref: [] for member in members}
        for number in range(len(options), 0, -1):
            vector, chosen = layers[number][vector]
            for member, is_chosen in zip(members, chosen, strict=True):
                if is_chosen:
                    found[member.ref].insert(0, options[number - 1])
        return {ref: tuple(chosen) for ref, chosen in found.items()}

    def cap(self, member: Member, known: Bounds) -> int:
        """From here on a higher count makes no difference."""
        limits = [2, member.least]
        if member.most is not None:
            limits.append(member.most + 1)
        for ref, chosen, low, high in known:
            if ref == member.ref and chosen == ALL:
                limits.append(low if high is None else high + 1)
        top = max(limits)
        return top if member.is_open else min(top, len(member.options) + 1)

    def key(
        self,
        asked: frozenset[str],
        known: Bounds,
        mentioned: frozenset[str],
        is_carried: bool,
        is_counted: bool,
    ) -> tuple:
        """Equal where the future can't tell two states apart. `mentioned`: options of
        any member that a later claim names; `is_carried`, `is_counted`: whether a later
        question carries a member, or a later claim counts one."""
        apart = set(mentioned)
        for _ref, chosen, _low, _high in known:
            if len(chosen) > 1:
                apart |= chosen
        states: dict[str, list] = {}
        kept = []
        for bound in known:
            ref, chosen, low, _high = bound
            if len(chosen) == 1 and not chosen & apart:
                states.setdefault(next(iter(chosen)), []).append((ref, low))
            else:
                kept.append(bound)
        members = asked & self.refs
        if len(self.members) == 1 and not is_counted and not is_carried:
            return members, frozenset(kept), self._few(apart, states, known)
        patterns = Counter(
            self._pattern(option, told) for option, told in states.items()
        )
        return members, frozenset(kept), frozenset(patterns.items())

    def _few(self, apart: set[str], states: dict, known: Bounds) -> tuple[int, ...]:
        """How many options, that nothing tells apart any more, are chosen and how many
        may be, as far as it matters: exclusive ones first."""
        [member] = self.members.values()
        cap = self.cap(member, known)
        found = [0, 0, 0, 0]
        for option in member.options:
            if option not in apart:
                [(_ref, low)] = states.get(option, [(member.ref, 2)])
                if low:
                    found[(option not in member.exclusive) * 2 + low - 1] += 1
        return tuple(min(cap, count) for count in found)

    def _pattern(self, option: str, told: list) -> tuple:
        return tuple(
            (ref, option in member.exclusive, dict(told).get(ref))
            for ref, member in self.members.items()
            if option in member.options
        )


def _within(count: int, limits: tuple[int, int | None]) -> bool:
    low, high = limits
    return low <= count and (high is None or count <= high)

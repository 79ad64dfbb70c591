"""All pages in order, with all states: what can be reached, and how it can end."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from surveys.definition import END, SCREEN_OUT
from surveys.logic.logic import Place
from surveys.logic.references import groups
from surveys.logic.walking import State, TooComplex, Visit, Walker

# To count ways is a comfort: it is given up earlier than the check.
MOST_STEPS = 30_000
# Each takes a place on the stack.
MOST_PAGES = 400


@dataclass
class Found:
    """`pages`: numbers of those that somebody sees; `shown`: codes of questions.
    `filled`: numbers of quotas whose condition holds of somebody at the end."""

    pages: set[int] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)
    can_be_empty: bool = False


class Exploration:
    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.found = Found()
        self.last = len(walker.pages)
        # By number of the page that comes next, and by key.
        self.waiting: list[dict[tuple, State]] = [{} for _ in range(self.last + 1)]
        self.ended: dict[tuple, State] = self.waiting[self.last]
        # Groups that somebody may leave for good: there, the order matters.
        self.in_any_order = {
            group.start: group
            for group in groups(walker.definition)
            if any(
                skip.to in (END, SCREEN_OUT)
                for number in group
                for skip in walker.pages[number].skips
            )
        }

    def run(self) -> Found:
        """Raises `TooComplex`."""
        self._add(0, self.walker.start())
        for number in range(self.last):
            states = list(self.waiting[number].values())
            if number in self.in_any_order:
                self._any_order(self.in_any_order[number], states)
            else:
                for state in states:
                    for to, after in self._visited(number, state):
                        self._add(to, after)
        if self.ended:
            self.found.outcomes.add(END)
        for quota in self.walker.quotas:
            if any(self._fills(quota, state) for state in self.ended.values()):
                self.found.filled.add(quota)
        with suppress(TooComplex):
            # It is only a warning.
            self.found.can_be_empty = self._can_be_empty()
        return self.found

    def _add(self, to: int, state: State) -> None:
        self.waiting[to].setdefault(self.walker.key(to, state), state)

    def _visited(self, number: int, state: State) -> list[tuple[int, State]]:
        """Where it leads on to; ends are taken note of."""
        found = []
        for visit in self.walker.rough_visits(number, state):
            if visit.shown:
                self.found.pages.add(number)
                self.found.shown.update(visit.shown)
            if visit.to == SCREEN_OUT:
                self.found.outcomes.add(SCREEN_OUT)
            elif visit.to == END:
                self._add(self.last, visit.state)
            elif visit.to is not None:
                found.append((visit.to, visit.state))
        return found

    def _any_order(self, group: range, states: list[State]) -> None:
        """Pages of the group one after another, whichever comes next."""
        waiting: dict[frozenset[int], dict[tuple, State]] = {
            frozenset(group): {
                self.walker.key(group.start, state): state for state in states
            }
        }
        for size in range(len(group), 0, -1):
            for left in [one for one in waiting if len(one) == size]:
                for state in waiting.pop(left).values():
                    for number in left:
                        rest = left - {number}
                        for _to, after in self._visited(number, state):
                            if rest:
                                key = self.walker.key(group.start, after)
                                waiting.setdefault(rest, {}).setdefault(key, after)
                            else:
                                self._add(group.stop, after)

    def _fills(self, quota: int, state: State) -> bool:
        outcomes = self.walker.at(Place("quota", quota), state)
        return any(truth for truth, _state in outcomes)

    def _can_be_empty(self) -> bool:
        """Whether somebody comes to the end and saw no page."""
        states = [self.walker.start()]
        for number in range(self.last):
            after = {}
            for state in states:
                for visit in self.walker.visits(number, state):
                    if not visit.shown:
                        after[self.walker.key(number + 1, visit.state)] = visit.state
            states = list(after.values())
        return bool(states)


# Ways one by one ----------------------------------------------------------------------

# What somebody sees next: a page and its questions, or an outcome.
Sight = tuple[int, tuple[str, ...]] | str
# Where persons may be who saw the same so far.
Crowd = tuple[tuple[int, State], ...]


@dataclass(frozen=True)
class Way:
    pages: tuple[int, ...]
    shown: tuple[str, ...]
    outcome: str
    state: State


class Ways:
    """Ways that differ in what is seen. Pages of a group in their own order."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.last = len(walker.pages)
        self.counts: dict[frozenset, int] = {}
        # What happens to a state at a page; kept only where examples aren't wanted, as
        # states of one key may have come different ways.
        self.visits: dict[tuple, list[Visit]] | None = None
        self.steps = 0

    @property
    def begin(self) -> Crowd:
        return ((0, self.walker.start()),)

    def sights(self, crowd: Crowd) -> dict[Sight, Crowd]:
        """What comes next, and who sees it."""
        found: dict[Sight, dict[tuple, tuple[int, State]]] = {}
        waiting: list[dict[tuple, State]] = [{} for _ in range(self.last + 1)]

        def add(sight: Sight, to: int, state: State) -> None:
            key = (to, self.walker.key(min(to, self.last), state))
            found.setdefault(sight, {}).setdefault(key, (to, state))

        for number, state in crowd:
            waiting[number].setdefault(self.walker.key(number, state), state)
        for number in range(self.last):
            for key, state in waiting[number].items():
                for visit in self._visits(number, key, state):
                    if visit.to is None:
                        continue
                    if not visit.shown:
                        after = self.walker.key(number + 1, visit.state)
                        waiting[number + 1].setdefault(after, visit.state)
                        continue
                    sight = (number, visit.shown)
                    to = {END: self.last, SCREEN_OUT: self.last + 1}.get(visit.to)
                    add(sight, visit.to if to is None else to, visit.state)
        for state in waiting[self.last].values():
            add(END, self.last, state)
        return {sight: tuple(who.values()) for sight, who in found.items()}

    def _visits(self, number: int, key: tuple, state: State) -> Iterable[Visit]:
        if self.visits is None:
            return self.walker.visits(number, state)
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooComplex
        place = (number, key)
        if place not in self.visits:
            self.visits[place] = list(self.walker.visits(number, state))
        return self.visits[place]

    def split(self, crowd: Crowd) -> dict[Sight, Crowd]:
        """As `sights`, with those who were screened out apart."""
        out = tuple(one for one in crowd if one[0] > self.last)
        rest = tuple(one for one in crowd if one[0] <= self.last)
        found = self.sights(rest) if rest else {}
        return {**found, SCREEN_OUT: out} if out else found

    def all(self, most: int) -> tuple[Way, ...]:
        """The first ones; fewer where looking for them takes too long."""
        found: list[Way] = []
        open_: list[tuple[Crowd, tuple[int, ...], tuple[str, ...]]] = [
            (self.begin, (), ())
        ]
        while open_ and len(found) < most:
            crowd, pages, shown = open_.pop()
            following = []
            try:
                sights = self.split(crowd)
            except TooComplex:
                break
            for sight, who in sights.items():
                if isinstance(sight, str):
                    found.append(Way(pages, shown, sight, who[0][1]))
                else:
                    number, codes = sight
                    following.append((who, (*pages, number), shown + codes))
            open_ += reversed(following)
        return tuple(found[:most])

    def count(self) -> int:
        """Raises `TooComplex`."""
        if self.last > MOST_PAGES:
            raise TooComplex
        self.visits = {}
        return self._counted(self.begin)

    def _counted(self, crowd: Crowd) -> int:
        key = frozenset(
            (number, self.walker.key(min(number, self.last), state))
            for number, state in crowd
        )
        if key not in self.counts:
            total = 0
            for sight, who in self.split(crowd).items():
                total += 1 if isinstance(sight, str) else self._counted(who)
            self.counts[key] = total
        return self.counts[key]

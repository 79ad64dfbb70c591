"""Every way through a survey at once: states of knowledge instead of persons.

A state says what was asked so far and, as far as a condition had to know it, what the
answers may be. A condition divides a state only where both its outcomes are possible.
States that the rest of the survey can't tell apart are one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from surveys.definition import END, SCREEN_OUT, Definition, Question
from surveys.logic.conditions import (
    Always,
    And,
    Answered,
    Claim,
    Condition,
    Counted,
    Includes,
    Not,
    Or,
    claims,
)
from surveys.logic.domains import (
    Known,
    Picks,
    Ranges,
    split_picks,
    split_ranges,
    values_in,
)
from surveys.logic.families import NOTHING_KNOWN, Bounds, branches, narrowed
from surveys.logic.logic import Logic, Place
from surveys.logic.variables import BOUND, Variables, variables_of

# Past this many states, or claims that were decided, a survey is too complex.
MOST_STATES = 6_000
MOST_DIVISIONS = 72_000


class TooComplex(Exception):
    """More states than can be looked at."""


@dataclass(frozen=True, slots=True)
class State:
    """`asked`: the references that have an answer or were left open. `known`: single
    values that were divided; `bounds`: by root, what is known of each family."""

    asked: frozenset[str]
    known: Mapping[str, Known]
    bounds: Mapping[str, Bounds]


@dataclass(frozen=True, slots=True)
class Visit:
    """What one page does to one state: the questions that it shows (none: it is left
    out), and where it leads: the number of a page, `END`, `SCREEN_OUT`, or None where
    nobody gets on."""

    shown: tuple[str, ...]
    to: int | str | None
    state: State


@dataclass(frozen=True)
class Future:
    """What the rest of the survey looks at: references, options by name, references
    whose chosen options are counted, questions that are carried."""

    refs: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()

    def and_(self, found: Iterable[Claim], carried: Iterable[str]) -> "Future":
        found = tuple(found)
        carried = frozenset(carried)
        refs = {claim.ref for claim in found}
        if any(ref.startswith(f"{BOUND}.") for ref in refs):
            refs.add(BOUND)
        return Future(
            self.refs | refs | carried,
            self.options.union(*(values_in(claim) for claim in found)),
            self.counted
            | {claim.ref for claim in found if isinstance(claim, Answered | Counted)},
            self.carried | carried,
        )


class Walker:
    """Walks one definition. `seen`: for each condition what it came out as; `stuck`:
    questions that can't be answered by someone whom they are shown to."""

    def __init__(
        self,
        definition: Definition,
        logic: Logic,
        free: frozenset[Place] = frozenset(),
        quotas: tuple[int, ...] = (),
    ) -> None:
        """`free`: conditions that are wrong, which may come out either way. `quotas`:
        whose conditions matter at the end, by number."""
        self.definition = definition
        self.pages = definition.pages
        self.logic = logic
        self.free = free
        self.quotas = quotas
        self.numbers = {page.id: number for number, page in enumerate(self.pages)}
        every = [claim for one in logic.conditions.values() for claim in claims(one)]
        self.variables: Variables = variables_of(definition, every)
        self.futures = self._futures()
        self.idle = [self._idle(number) for number in range(len(self.pages))]
        self.seen: dict[Place, set[bool]] = {}
        self.stuck: set[tuple[int, str]] = set()
        self.states = self.divisions = 0

    def start(self) -> State:
        return State(frozenset(), {}, {})

    # Conditions -----------------------------------------------------------------------

    def at(self, place: Place, state: State) -> list[tuple[bool, State]]:
        """Both outcomes of the condition that stands there, where they are possible."""
        if place in self.free:
            found = [(True, state), (False, state)]
        else:
            found = self.decided(self.logic.conditions[place], state)
        self.seen.setdefault(place, set()).update(truth for truth, _state in found)
        return found

    def decided(self, condition: Condition, state: State) -> list[tuple[bool, State]]:
        match condition:
            case Always():
                return [(True, state)]
            case Not(part):
                return [(not truth, one) for truth, one in self.decided(part, state)]
            case And(parts):
                return self._in_turn(parts, state, goes_on=True)
            case Or(parts):
                return self._in_turn(parts, state, goes_on=False)
        return self._claimed(condition, state)

    def _in_turn(
        self, parts: tuple[Condition, ...], state: State, *, goes_on: bool
    ) -> list[tuple[bool, State]]:
        open_, found = [state], []
        for part in parts:
            still = []
            for one in open_:
                for truth, after in self.decided(part, one):
                    if truth == goes_on:
                        still.append(after)
                    else:
                        found.append((truth, after))
            open_ = still
        return found + [(goes_on, one) for one in open_]

    def _claimed(self, claim: Claim, state: State) -> list[tuple[bool, State]]:
        self.divisions += 1
        if self.divisions > MOST_DIVISIONS:
            raise TooComplex
        ref = claim.ref
        of_nothing = isinstance(claim, Answered) and not claim.is_answered
        if isinstance(claim, Answered) and ref in self.variables.rows:
            rows = self.variables.rows[ref]
            any_row = Or(tuple(Answered(row) for row in rows))
            return self.decided(Not(any_row) if of_nothing else any_row, state)
        subject = ref.partition(".")[0]
        if subject == "purchase":
            return [
                pair
                for is_bound, one in self.with_purchase(state)
                for pair in (
                    self._divided(claim, one) if is_bound else [(of_nothing, one)]
                )
            ]
        if subject != "profile" and ref not in state.asked:
            return [(of_nothing, state)]
        return self._divided(claim, state)

    def with_purchase(self, state: State) -> list[tuple[bool, State]]:
        """With the bound purchase, and without one, where both are possible."""
        if self.definition.purchase is None:
            return [(False, state)]
        if BOUND in state.known:
            return [(not state.known[BOUND].may_be_absent, state)]
        there, absent = Picks(frozenset({BOUND}), False), Picks(frozenset(), True)
        return [
            (True, replace(state, known={**state.known, BOUND: there})),
            (False, replace(state, known={**state.known, BOUND: absent})),
        ]

    def _divided(self, claim: Claim, state: State) -> list[tuple[bool, State]]:
        ref = claim.ref
        if ref in self.variables.families:
            return self._divided_family(claim, state)
        known = state.known.get(ref) or self.variables.start.get(ref)
        if known is None:
            return [(isinstance(claim, Answered) and not claim.is_answered, state)]
        if isinstance(known, Ranges):
            parts = split_ranges(known, self.variables.grids[ref], claim)
        else:
            parts = split_picks(known, claim)
        if not all(parts):
            return [(bool(parts[0]), state)]
        return [
            (truth, replace(state, known={**state.known, ref: part}))
            for truth, part in zip((True, False), parts, strict=True)
        ]

    def _divided_family(self, claim: Claim, state: State) -> list[tuple[bool, State]]:
        family = self.variables.families[claim.ref]
        before = state.bounds.get(family.root, NOTHING_KNOWN)
        found = []
        for truth, more in branches(family.members[claim.ref], claim):
            after = narrowed(before, more)
            if after is not None and family.can_be(state.asked, after):
                found.append((truth, after))
        if len({truth for truth, _after in found}) == 1:
            return [(found[0][0], state)]
        return [
            (truth, replace(state, bounds={**state.bounds, family.root: after}))
            for truth, after in found
        ]

    # Pages ----------------------------------------------------------------------------

    def rough_visits(self, number: int, state: State) -> Iterator[Visit]:
        """As `visits`, but without telling states apart by what has no effect on later
        pages: whether a question is shown that nothing depends on. Such questions are
        told in visits of their own, which lead nowhere."""
        page = self.pages[number]
        idle = self.idle[number]
        is_free = len(idle) == len(page.questions) and not page.skips
        if not idle or not page.questions:
            yield from self.visits(number, state)
            return
        self.states += 1
        for is_there, one in self.at(Place("page", number), state):
            for index in idle if is_there else ():
                question = page.questions[index]
                shown = list(self._is_shown(number, index, question, one))
                if any(truth for truth, _state in shown):
                    yield Visit((question.code,), None, one)
        if is_free:
            yield Visit((), number + 1, state)
        else:
            yield from self.visits(number, state, idle)

    def _idle(self, number: int) -> frozenset[int]:
        """Which questions of a page change nothing by being shown or not."""
        page = self.pages[number]
        always = {
            index
            for index, question in enumerate(page.questions)
            if not (question.show_if.strip() or question.carries)
            and not question.shows_purchase
        }
        if page.skips and not always:
            # Its skips apply only if one is shown.
            return frozenset()
        return frozenset(
            index
            for index, question in enumerate(page.questions)
            if not self.variables.refs[question.code]
            and question.code not in self.logic.unanswerable
            and not (page.skips and index in always)
        )

    def visits(
        self, number: int, state: State, without: frozenset[int] = frozenset()
    ) -> Iterator[Visit]:
        """All that may happen at a page, in whatever order its group stands."""
        self.states += 1
        if self.states > MOST_STATES:
            raise TooComplex
        page = self.pages[number]
        for is_there, one in self.at(Place("page", number), state):
            if not is_there:
                yield Visit((), number + 1, one)
                continue
            for shown, after in self._shown(number, one, without):
                if not shown:
                    yield Visit((), number + 1, after)
                    continue
                codes = tuple(question.code for question in shown)
                asked = self._asked(number, shown, after)
                if asked is None:
                    yield Visit(codes, None, after)
                else:
                    left = self._left(number, len(page.skips), asked)
                    yield from (Visit(codes, to, last) for to, last in left)

    def _shown(
        self, number: int, state: State, without: frozenset[int]
    ) -> list[tuple[tuple[Question, ...], State]]:
        found: list[tuple[tuple[Question, ...], State]] = [((), state)]
        for index, question in enumerate(self.pages[number].questions):
            if index in without:
                continue
            found = [
                ((*shown, question) if is_shown else shown, after)
                for shown, one in found
                for is_shown, after in self._is_shown(number, index, question, one)
            ]
        return found

    def _is_shown(
        self, number: int, index: int, question: Question, state: State
    ) -> Iterator[tuple[bool, State]]:
        tests: list[Callable[[State], list[tuple[bool, State]]]] = [
            lambda one: self.at(Place("question", number, index), one)
        ]
        if question.shows_purchase:
            tests.append(self.with_purchase)
        if question.carries:
            tests.append(lambda one: self._offered(number, question, one))
        open_ = [state]
        for test in tests:
            still = []
            for one in open_:
                for truth, after in test(one):
                    if truth:
                        still.append(after)
                    else:
                        yield False, after
            open_ = still
        yield from ((True, one) for one in open_)

    def _offered(
        self, number: int, question: Question, state: State
    ) -> list[tuple[bool, State]]:
        if question.code not in self.variables.parents:
            index = self.pages[number].questions.index(question)
            is_free = Place("carries", number, index) in self.free
            return [
                (truth, state) for truth in ((True, False) if is_free else (False,))
            ]
        codes = tuple(option.code for option in question.options)
        return self.decided(Includes(question.carries, codes), state)

    def _asked(
        self, number: int, shown: tuple[Question, ...], state: State
    ) -> State | None:
        """With the page's questions answered; None if one of them can't be."""
        stuck = {
            (number, question.code)
            for question in shown
            if question.code in self.logic.unanswerable
        }
        self.stuck |= stuck
        if stuck:
            return None
        refs = [ref for one in shown for ref in self.variables.refs[one.code]]
        return replace(state, asked=state.asked.union(refs)) if refs else state

    def _left(
        self, number: int, skips: int, state: State
    ) -> Iterator[tuple[int | str, State]]:
        open_ = [state]
        for index in range(skips):
            to = self._target(number, self.pages[number].skips[index].to)
            still = []
            for one in open_:
                for truth, after in self.at(Place("skip", number, index), one):
                    if truth:
                        yield to, after
                    else:
                        still.append(after)
            open_ = still
        yield from ((number + 1, one) for one in open_)

    def _target(self, number: int, to: str) -> int | str:
        if to in (END, SCREEN_OUT):
            return to
        # One that leads backward or nowhere leads to the next page.
        return max(number + 1, self.numbers.get(to, 0))

    # Telling apart --------------------------------------------------------------------

    def _futures(self) -> list[Future]:
        """By the number of the page that comes next; of the end at last."""
        conditions = self.logic.conditions
        future = Future().and_(
            (
                claim
                for number in self.quotas
                for claim in claims(conditions[Place("quota", number)])
            ),
            (),
        )
        found = [future]
        places: dict[int, list[Place]] = {n: [] for n in range(len(self.pages))}
        for place in conditions:
            if place.kind != "quota":
                places[place.number].append(place)
        for number in reversed(range(len(self.pages))):
            page = self.pages[number]
            future = future.and_(
                (
                    claim
                    for place in places[number]
                    for claim in claims(conditions[place])
                ),
                (question.carries for question in page.questions if question.carries),
            )
            if any(question.shows_purchase for question in page.questions):
                future = replace(future, refs=future.refs | {BOUND})
            found.append(future)
        return [
            replace(
                one,
                refs=one.refs
                | {row for ref in one.refs for row in self.variables.rows.get(ref, ())},
            )
            for one in reversed(found)
        ]

    def key(self, number: int, state: State) -> tuple:
        """The same for states that nothing from this page on can tell apart."""
        future = self.futures[number]
        live = future.refs
        known = frozenset(
            (ref, self._as_far_as(future, one))
            for ref, one in state.known.items()
            if ref in live
        )
        asked = state.asked & live
        families = []
        for root in {
            self.variables.families[ref].root
            for ref in state.asked
            if ref in self.variables.families
        }:
            family = self.variables.families[root]
            members = family.members.keys() & live & state.asked
            if members:
                families.append(
                    (
                        root,
                        family.key(
                            state.asked,
                            state.bounds.get(root, NOTHING_KNOWN),
                            future.options,
                            bool(family.members.keys() & future.carried),
                            bool(family.members.keys() & future.counted),
                        ),
                    )
                )
        return asked, known, frozenset(families)

    def _as_far_as(self, future: Future, known: Known) -> object:
        if isinstance(known, Ranges):
            return known
        named = known.codes & future.options
        return named, known.codes > named, known.may_be_absent

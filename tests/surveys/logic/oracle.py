"""A second, slow opinion: every person, one by one, through every page.

It shares no code with `surveys.logic` and `surveys.answering`: conditions are tuples
here, decided by Python itself, and the flow is written anew from docs/surveys.md.
Only what a survey consists of (`surveys.definition`) is the same.
"""

import operator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, combinations, groupby, permutations, product

from surveys.definition import Definition, Kind

SIGNS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
NAMES = ("Acme", "Bolt", "Corex", "Delphi")
AGES = (0, 17, 18, 19, 64, 65, 66, 130)
REGIONS = (None, "US-CA", "US-NY")


# Conditions: ("and", a, b), ("or", a, b), ("not", a), ("cmp", ref, sign, value),
# ("in", ref, values), ("any", ref, values), ("all", ref, values),
# ("count", ref, sign, number), ("answered", ref), ("unanswered", ref), () for always.


def source(condition) -> str:
    match condition:
        case ():
            return ""
        case ("and" | "or" as word, one, other):
            return f"({source(one)}) {word} ({source(other)})"
        case ("not", one):
            return f"not ({source(one)})"
        case ("cmp", ref, sign, value):
            return f"{ref} {sign} {told(value)}"
        case ("in", ref, values):
            return f"{ref} in ({', '.join(map(told, values))})"
        case ("any" | "all" as how, ref, values):
            return f"{ref} includes {how} of ({', '.join(map(told, values))})"
        case ("count", ref, sign, number):
            return f"count({ref}) {sign} {number}"
        case ("answered", ref):
            return f"{ref} answered"
        case ("unanswered", ref):
            return f"{ref} not answered"
    raise AssertionError(condition)


def told(value) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


# Beyond this many pages that somebody sees, asking everybody takes too long.
MOST_VISITS = 4_000


class TooMany(Exception):
    pass


@dataclass
class Person:
    profile: dict
    purchase: dict
    answers: dict = field(default_factory=dict)

    def says(self, ref):
        code, _, part = ref.partition(".")
        if code == "profile":
            return self.profile.get(part)
        if code == "purchase":
            return self.purchase.get(part)
        answer = self.answers.get(code)
        if answer is None:
            return None
        if part:
            return answer.get(part)
        if isinstance(answer, dict) and "chosen" in answer:
            return answer["chosen"]
        return answer


def is_so(condition, person) -> bool:
    match condition:
        case ():
            return True
        case ("and", one, other):
            return is_so(one, person) and is_so(other, person)
        case ("or", one, other):
            return is_so(one, person) or is_so(other, person)
        case ("not", one):
            return not is_so(one, person)
    said = person.says(condition[1])
    if condition[0] == "unanswered":
        return said is None
    if said is None:
        return False
    match condition:
        case ("answered", _ref):
            return True
        case ("cmp", _ref, sign, value):
            # Days as texts come in the order of days.
            return SIGNS[sign](said, str(value) if isinstance(value, date) else value)
        case ("in", _ref, values):
            return said in [
                str(one) if isinstance(one, date) else one for one in values
            ]
        case ("any", _ref, values):
            return bool(set(said) & set(values))
        case ("all", _ref, values):
            return set(said) >= set(values)
        case ("count", _ref, sign, number):
            return SIGNS[sign](len(said), number)
    raise AssertionError(condition)


def subsets(things, least, most):
    sizes = range(least, min(most, len(things)) + 1)
    return [
        list(one)
        for one in chain.from_iterable(combinations(things, size) for size in sizes)
    ]


def answers_to(question, offered) -> list:
    """All answers, apart from their order and free texts."""
    found = []
    least = 1 if question.least is None else int(question.least)
    most = len(offered) if question.most is None else int(question.most)
    alone = {one.code for one in question.options if one.is_exclusive}
    match question.kind:
        case Kind.SINGLE:
            found = [{"chosen": code} for code in offered]
        case Kind.MULTIPLE:
            least = max(1, min(least, most, len(offered)))
            free = [code for code in offered if code not in alone]
            found = [{"chosen": chosen} for chosen in subsets(free, least, most)]
            found += [{"chosen": [code]} for code in offered if code in alone]
        case Kind.RANKING:
            if question.least is None and question.is_required:
                least = len(offered)
            found = subsets(offered, max(1, min(least, most, len(offered))), most)
        case Kind.BRAND if question.is_multiple:
            found = [{"chosen": chosen} for chosen in subsets(NAMES, 1, len(NAMES))]
        case Kind.BRAND:
            found = [{"chosen": name} for name in NAMES]
        case Kind.SCALE:
            found = list(range(int(question.least), int(question.most) + 1))
        case Kind.NUMBER:
            step = 10**question.decimals
            found = [
                number / step if question.decimals else number
                for number in range(
                    int(question.least * step), int(question.most * step) + 1
                )
            ]
        case Kind.DATE:
            first = date.fromisoformat(question.earliest)
            days = (date.fromisoformat(question.latest) - first).days
            found = [str(first + timedelta(days=day)) for day in range(days + 1)]
        case Kind.TEXT:
            found = ["something"]
        case Kind.MATRIX:
            columns = subsets(offered, 1, 9) if question.is_multiple else offered
            cells = [*columns, *(() if question.is_required else (None,))]
            for row in product(cells, repeat=len(question.rows)):
                answer = {
                    one.code: cell
                    for one, cell in zip(question.rows, row, strict=True)
                    if cell is not None
                }
                if answer:
                    found.append(answer)
    return found if question.is_required else [*found, None]


@dataclass
class Opinion:
    """`truths`: by ("page", id) etc. what each condition came out as."""

    pages: set = field(default_factory=set)
    shown: set = field(default_factory=set)
    ways: set = field(default_factory=set)
    truths: dict = field(default_factory=dict)
    filled: set = field(default_factory=set)


class Oracle:
    """`conditions`: by ("page", page id), ("question", code), ("skip", page id, index)
    and ("quota", index), as tuples."""

    def __init__(self, definition: Definition, conditions: dict) -> None:
        self.definition = definition
        self.conditions = conditions
        self.opinion = Opinion()
        self.visits = 0

    def ask_everybody(self) -> Opinion:
        for order in self.orders():
            for person in self.persons():
                self.go(order, 0, person, (), ())
        return self.opinion

    def orders(self):
        groups = []
        for word, pages in groupby(self.definition.pages, key=lambda one: one.shuffle):
            pages = tuple(pages)
            groups.append(list(permutations(pages)) if word else [pages])
        return [tuple(chain.from_iterable(order)) for order in product(*groups)]

    def persons(self):
        used = " ".join(map(source, self.conditions.values()))
        ages = AGES if "profile.age" in used else (40,)
        regions = REGIONS if "profile.region" in used else (None,)
        is_about = self.definition.purchase is not None
        days = range(self.definition.purchase.days + 1) if is_about else ()
        purchases = [{}, *({"days": day} for day in days)]
        if "purchase.days" not in used:
            purchases = purchases[:2]
        for age, region, purchase in product(ages, regions, purchases):
            yield Person({"age": age, "region": region}, purchase)

    def true(self, place, person) -> bool:
        truth = is_so(self.conditions.get(place, ()), person)
        self.opinion.truths.setdefault(place, set()).add(truth)
        return truth

    def go(self, order, number, person, pages, shown):
        """From a page on, with all answers to it."""
        if number >= len(order):
            self.end(person, pages, shown, "END")
            return
        self.visits += 1
        if self.visits > MOST_VISITS:
            raise TooMany
        page = order[number]
        before = Person(person.profile, person.purchase, person.answers)
        asked = (
            [one for one in page.questions if self.is_shown(one, before)]
            if self.true(("page", page.id), before)
            else []
        )
        if not asked:
            self.go(order, number + 1, person, pages, shown)
            return
        self.opinion.pages.add(page.id)
        codes = tuple(question.code for question in asked)
        self.opinion.shown.update(codes)
        every = [
            answers_to(one, self.offered(one, before)) if one.is_asked else [None]
            for one in asked
        ]
        for answers in product(*every):
            given = {
                code: answer
                for code, answer in zip(codes, answers, strict=True)
                if answer is not None
            }
            after = Person(person.profile, person.purchase, {**person.answers, **given})
            self.leave(order, number, after, (*pages, page.id), shown + codes)

    def is_shown(self, question, person) -> bool:
        if not self.true(("question", question.code), person):
            return False
        if question.shows_purchase and not person.purchase:
            return False
        return not question.carries or bool(self.offered(question, person))

    def offered(self, question, person) -> list[str]:
        codes = [option.code for option in question.options]
        if not question.carries:
            return codes
        chosen = person.says(question.carries) or ()
        return [code for code in codes if code in chosen]

    def leave(self, order, number, person, pages, shown):
        page = order[number]
        for index, skip in enumerate(page.skips):
            if self.true(("skip", page.id, index), person):
                if skip.to in ("END", "SCREEN_OUT"):
                    self.end(person, pages, shown, skip.to)
                else:
                    [to] = [n for n, one in enumerate(order) if one.id == skip.to]
                    self.go(order, to, person, pages, shown)
                return
        self.go(order, number + 1, person, pages, shown)

    def end(self, person, pages, shown, outcome):
        self.opinion.ways.add((pages, shown, outcome))
        if outcome == "END":
            for index in range(len(self.definition.quotas)):
                if self.true(("quota", index), person):
                    self.opinion.filled.add(index)

"""Which lines of a page speak of somebody's health: signs near each other, and what
stands among them.

One sign may mean anything; some of different roles near each other are a prescription
or a bill of a doctor. Its lines are then taken whole, with the lines in between that a
till has no other use for (names, addresses, what a label's column holds), since one
line too many is better than a name too few. What a till prints for itself (totals,
dates, the shop's header, the payment) and ordinary goods stay where the layout lets
them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from receipts.screening.charges import charges_amid
from receipts.screening.columns import beside, is_of_till
from receipts.screening.prescriptions import is_place as is_pharmacy
from receipts.screening.rows import (
    BEGINS,
    LEANS,
    Row,
    has_pack,
    has_strength,
    header_end,
    is_address,
    is_receipt,
    may_be_medicine,
    white,
)
from receipts.screening.signs import Role, together

# A group of signs counts from this chance on.
HOLDS = 0.5
# What a person's group is worth at least on a page where another one counts: whom a
# till names at its foot is the patient there.
AMONG = 0.3
OF_PERSONS = {Role.PATIENT, Role.BIRTH, Role.PRESCRIBER, Role.MEMBER, Role.INSURER}
# A sign from this on counts where signs of a label are counted.
TELLS = 0.2
# A word for a service, from this on, names one where people are treated.
NAMES = 0.03
# Lines without a sign between two of a group, and heights of white between lines.
LINES_APART, HEIGHTS_APART = 3, 5.0
# A letterhead names its doctor in so many lines.
HEAD_ROWS = 3
# Roles of a paper that is about one prescription or one visit.
OF_LABELS = frozenset(Role) - {Role.DOSE, Role.ACCOUNT}

# What a label says, and no till below its sum; above it a label has so many lines.
OF_ONE_LABEL = {Role.DRUG, Role.PATIENT, Role.DIRECTIONS, Role.PRESCRIBER}
LABELS_HEAD = 6

# What is sold: elsewhere than on its own line, its price stands near.
HAS_PRICE = {
    Role.NUMBER,
    Role.REFILL,
    Role.PRODUCT,
    Role.SUPPLY,
    Role.DIRECTIONS,
    Role.DRUG,
    Role.SERVICE,
}

# What goods say of themselves.
OF_GOODS = {Role.DRUG, Role.DOSE}
# What an amount may stand beside without being the price of goods.
OF_SUMS = {Role.COPAY, Role.INSURER, Role.MEMBER, Role.ACCOUNT, Role.SERVICE}


@dataclass(frozen=True)
class Block:
    """Rows of one page that belong together. `rows` by number; `weight`: the chance
    that they are about somebody's health."""

    rows: tuple[Row, ...]
    roles: frozenset[Role]
    weight: float

    @cached_property
    def sides(self) -> tuple[float, float]:
        """Its left and its right edge."""
        boxes = [row.line.box for row in self.rows]
        return min(box[0] for box in boxes), max(box[2] for box in boxes)


def blocks_of(
    rows: Sequence[Row], *, prior: float = 0.0, is_service: bool = False
) -> Iterator[Block]:
    """The blocks of one page's rows, top to bottom.

    `prior`: the chance that is known from elsewhere, as the shop's kind.
    `is_service`: the paper is of somebody who treats people, whose goods are services.
    """
    groups = counted(rows, prior)
    if groups and prior < AMONG:
        known = {number for group, _weight in groups for number in numbers_of(group)}
        groups += [
            (group, weight)
            for group, weight in counted(rows, AMONG)
            if names_somebody(group) and not known & numbers_of(group)
        ]
    header = header_end(rows)
    taken: set[int] = set()
    if is_service:
        taken = services(rows, header)
    for group, _weight in groups:
        taken |= grown(group, rows, header)
    if is_label(rows, taken, is_service):
        taken = filled(rows, taken, header, is_service)
        for number in sorted(taken):
            taken |= values_below(rows, number)
    else:
        taken |= stuck_on(rows, taken)
    taken |= charges_amid(rows, taken, header, is_service=is_service)
    weight = max((weight for _group, weight in groups), default=HOLDS)
    for run in runs(sorted(taken)):
        members = tuple(rows[number] for number in run)
        yield Block(
            members,
            frozenset(mark.role for row in members for mark in row.marks),
            weight,
        )


def counted(rows: Sequence[Row], prior: float) -> list[tuple[list[Row], float]]:
    """The groups that count, each with its weight."""
    return [
        (group, weight)
        for group in groups_of(rows)
        if (weight := chance(group, rows, prior)) >= HOLDS
    ]


def numbers_of(group: Sequence[Row]) -> set[int]:
    return {row.number for row in group}


def names_somebody(group: Sequence[Row]) -> bool:
    """Whether a value stands there that is a person's, and not a label alone."""
    return any(
        mark.role in OF_PERSONS and mark.weight >= BEGINS and not mark.is_bare
        for row in group
        for mark in row.marks
    )


def services(rows: Sequence[Row], header: int) -> set[int]:
    """All that has a price where people are treated, but for what the till asks, and
    what is called a service without one."""
    asked = [row for row in rows if row.is_till]
    taken = {
        row.number
        for row in rows
        if row.is_goods and not (row.is_sum and is_of_till(row, asked))
    }
    taken |= {
        row.number
        for row in rows[header:]
        if not row.is_till
        and any(m.role is Role.SERVICE and m.weight >= NAMES for m in row.marks)
    }
    return taken | beside(rows, taken)


def groups_of(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows with signs that stand near each other."""
    group: list[Row] = []
    for row in rows:
        if row.weight < BEGINS:
            continue
        if group and not is_near(rows, group[-1].number, row.number):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def is_near(rows: Sequence[Row], one: int, two: int) -> bool:
    if two - one > LINES_APART + 1:
        return False
    return all(
        white(rows[n].line, rows[n + 1].line) <= HEIGHTS_APART for n in range(one, two)
    )


def chance(group: Sequence[Row], rows: Sequence[Row], prior: float) -> float:
    """By the different roles in and around the group."""
    first, last = group[0].number, group[-1].number
    around = rows[max(0, first - 2) : last + 3]
    told = together([mark for row in around for mark in row.marks])
    if told < 0.2:
        return told
    return 1 - (1 - told) * (1 - prior)


def grown(group: Sequence[Row], rows: Sequence[Row], header: int) -> set[int]:
    """The numbers of the group's rows and of those around that belong to it."""
    leans = [row.number for row in group if row.weight >= LEANS]
    if not leans:
        leans = [row.number for row in group if row.number >= header]
    taken = set(leans)
    for number in leans:
        for near in range(max(0, number - 3), min(len(rows), number + 4)):
            row = rows[near]
            if row.weight < (0.03 if near >= header else HOLDS):
                continue
            if not speaks(row, rows, number):
                continue
            if is_near(rows, *sorted((number, near))):
                taken.add(near)
    for number in sorted(taken):
        taken |= values_below(rows, number)
    taken |= unsigned(rows, taken, header)
    for number in sorted(taken):
        taken |= values_below(rows, number)
    taken |= priced_part(rows, taken, header)
    taken |= ends(rows, taken)
    taken |= beside(rows, taken)
    return between(rows, taken)


def unsigned(rows: Sequence[Row], taken: set[int], header: int) -> set[int]:
    """Names, addresses and what else has no sign: up to two lines from one that has,
    and two more of a person's name and address."""
    found: set[int] = set()
    for number in taken:
        for step in (1, -1):
            for distance in (1, 2, 3, 4):
                near = number + step * distance
                if near in taken or not header <= near < len(rows):
                    break
                row = rows[near]
                if row.has_price or row.is_till:
                    break
                if not is_near(rows, *sorted((near - step, near))):
                    break
                if distance > 2 and not (is_address(row.lower) or row.is_name):
                    break
                found.add(near)
    return found


def speaks(row: Row, rows: Sequence[Row], number: int) -> bool:
    """Whether a weak sign says enough near a strong one, in the row `number`.

    What has a price of its own is goods, as an aspirin is, unless it may be the price
    of what stands right above or below it without one.
    """
    if any(mark.weight >= BEGINS and mark.role in OF_SUMS for mark in row.marks):
        return True
    is_price_of_it = abs(row.number - number) == 1 and not rows[number].has_price
    if row.is_till:
        is_sum = any(mark.role in OF_SUMS for mark in row.marks)
        return (is_sum and is_price_of_it) or row.weight >= BEGINS
    if not row.has_price:
        return True
    if any(mark.weight >= BEGINS and mark.role not in OF_GOODS for mark in row.marks):
        return True
    if not is_price_of_it:
        return False
    if any(mark.role not in OF_GOODS for mark in row.marks):
        return True
    # A name or a dose alone is goods as well. Numbers begin what copays end.
    other = Role.NUMBER if row.number < number else Role.COPAY
    strongest = max(rows[number].marks, key=lambda mark: mark.weight)
    return strongest.role is not other and not has_pack(row)


def values_below(rows: Sequence[Row], number: int) -> set[int]:
    """What stands below a row that is labels only."""
    row = rows[number]
    if row.is_heading:
        found = set()
        for near in range(number + 1, len(rows)):
            if rows[near].is_till and rows[near].weight < BEGINS:
                break
            if white(rows[near - 1].line, rows[near].line) > 2.5:
                break
            found.add(near)
        return found
    below = number + 1
    if (
        row.wants_values
        and below < len(rows)
        and white(row.line, rows[below].line) < 2.5
        and not (rows[below].is_till and rows[below].has_price)
        and (rows[below].is_sum or not rows[below].is_goods)
    ):
        return {below}
    return set()


def priced_part(rows: Sequence[Row], taken: set[int], header: int) -> set[int]:
    """The priced line of a prescription whose lines have no price yet: of the drug,
    where nobody knows its name."""
    found: set[int] = set()
    for run in runs(sorted(taken)):
        roles = {
            mark.role
            for number in run
            for mark in rows[number].marks
            if mark.weight >= LEANS
        }
        if Role.DRUG in roles or not roles & HAS_PRICE:
            continue
        if any(rows[number].has_price for number in run):
            continue
        for near in (run[-1] + 1, run[0] - 1):
            if (
                header <= near < len(rows)
                and rows[near].has_price
                and not rows[near].is_till
                and may_be_medicine(rows[near])
                and is_near(rows, *sorted((near, min(max(near, run[0]), run[-1]))))
            ):
                found.add(near)
                break
    return found


def ends(rows: Sequence[Row], taken: set[int]) -> set[int]:
    """What was broken off from a taken line, right below it."""
    return {
        row.number
        for row in rows
        if row.is_end
        and row.number - 1 in taken
        and is_near(rows, row.number - 1, row.number)
    }


def between(rows: Sequence[Row], taken: set[int]) -> set[int]:
    """Fill short gaps, but for goods and what the till says."""
    ordered = sorted(taken)
    found = set(taken)
    for one, two in pairwise(ordered):
        if not 1 < two - one <= LINES_APART:
            continue
        if is_near(rows, one, two):
            found |= {
                n
                for n in range(one + 1, two)
                if not (
                    rows[n].is_goods or (rows[n].is_till and rows[n].weight < BEGINS)
                )
            }
    return found


def is_label(rows: Sequence[Row], taken: set[int], is_service: bool) -> bool:
    """Whether the page is a prescription's label, leaflet or bill, and no shopping."""
    told = [
        {
            mark.role
            for mark in rows[number].marks
            if mark.weight >= TELLS and mark.role in OF_LABELS
        }
        for number in taken
    ]
    roles = set().union(*told)
    is_tills = is_receipt(rows)
    # Where no till asks for money, an amount alone is the prescription's.
    goods = sum(
        row.is_goods and row.number not in taken and (is_tills or not row.is_sum)
        for row in rows
    )
    if is_service:
        return len(roles) >= 1
    if goods == 0 and len(roles) >= 2:
        return sum(map(bool, told)) >= 4 or not is_tills
    return len(roles) >= (3 if goods == 0 else 4) and goods <= 2


def filled(
    rows: Sequence[Row], taken: set[int], header: int, is_service: bool
) -> set[int]:
    """Nearly all of a label: what isn't the shop's header or the till's own. Where no
    till has asked for money, the day is one of the prescription."""
    is_tills = is_receipt(rows)
    is_letter = not is_tills and has_letterhead(rows, header)
    found = set(taken)
    for row in rows:
        if row.number in found:
            continue
        # A label may begin with the patient, where a shop has its name.
        if row.number < header and row.weight < TELLS and not is_letter:
            continue
        if row.is_till and is_tills and not row.marks:
            continue
        is_amid = row.number - 1 in taken and row.number + 1 in taken
        if row.is_goods and not (
            is_service or is_amid or row.is_sum or has_strength(row)
        ):
            continue
        found.add(row.number)
    return found


def stuck_on(rows: Sequence[Row], taken: set[int]) -> set[int]:
    """Nearly all of a label below a till's receipt: from some lines above its first
    sign to the paper's end."""
    asked = [row.number for row in rows if row.is_till and row.has_price]
    own = sorted(number for number in taken if number > max(asked, default=len(rows)))
    roles = {
        mark.role
        for number in own
        for mark in rows[number].marks
        if mark.weight >= TELLS
    } & OF_LABELS
    if len(roles) < 2 or not roles & OF_ONE_LABEL:
        return set()
    found = {row.number for row in rows[own[0] :] if not row.is_till or row.marks}
    for number in range(own[0] - 1, max(asked[-1], own[0] - 1 - LABELS_HEAD), -1):
        row = rows[number]
        if row.is_till or row.has_price or not is_near(rows, number, number + 1):
            break
        found.add(number)
    return found


def has_letterhead(rows: Sequence[Row], header: int) -> bool:
    """Whether the paper begins with who treats people, as no shop's does."""
    head = rows[: max(1, header + 1)]
    return any(
        mark.role is Role.PRESCRIBER and mark.weight >= TELLS
        for row in head[:HEAD_ROWS]
        if not is_address(row.lower) and ":" not in row.lower
        for mark in row.marks
    ) and not is_pharmacy(row.lower for row in head)


def runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run

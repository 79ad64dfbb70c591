"""Prescriptions, health services and health insurance on a receipt's pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile, zip_longest

from receipts.screening import (
    directions,
    eyes,
    health,
    insurance,
    people,
    practices,
    prescriptions,
)
from receipts.screening.areas import spots_of
from receipts.screening.blocks import Block, blocks_of
from receipts.screening.doses import is_form
from receipts.screening.drugs import Hit, drugs_in
from receipts.screening.findings import Finding, Kind, Spot
from receipts.screening.passages import Sheets
from receipts.screening.rows import (
    BEGINS,
    LEANS,
    Row,
    damped,
    has_no_town,
    has_price,
    has_strength,
    is_address,
    is_broken_name,
    is_person,
    is_receipt,
    unpriced,
)
from receipts.screening.signs import Mark, Role, Signs

WORDINGS = (prescriptions, people, directions, health, insurance, eyes, practices)
SIGNS = Signs(
    [sign for module in WORDINGS for sign in module.SIGNS],
    [shape for module in WORDINGS for shape in module.SHAPES],
)

# A line's finding, by the strongest role in it.
RULES_OF_ROLES = {
    Role.NUMBER: (Kind.PRESCRIPTION, "prescription_number"),
    Role.REFILL: (Kind.PRESCRIPTION, "prescription_refill"),
    Role.PRODUCT: (Kind.PRESCRIPTION, "drug_code"),
    Role.QUANTITY: (Kind.PRESCRIPTION, "drug_quantity"),
    Role.SUPPLY: (Kind.PRESCRIPTION, "drug_quantity"),
    Role.PRESCRIBER: (Kind.PRESCRIPTION, "prescriber"),
    Role.PATIENT: (Kind.PRESCRIPTION, "patient"),
    Role.BIRTH: (Kind.PRESCRIPTION, "patient"),
    Role.DIRECTIONS: (Kind.PRESCRIPTION, "drug_directions"),
    Role.WARNING: (Kind.PRESCRIPTION, "drug_directions"),
    Role.COUNSEL: (Kind.PRESCRIPTION, "pharmacy_counselling"),
    Role.FILLED: (Kind.PRESCRIPTION, "prescription_filled"),
    Role.DRUG: (Kind.PRESCRIPTION, "drug"),
    Role.DOSE: (Kind.PRESCRIPTION, "drug"),
    Role.COPAY: (Kind.PRESCRIPTION, "copay"),
    Role.ACCOUNT: (Kind.PRESCRIPTION, "health_savings"),
    Role.SERVICE: (Kind.HEALTH_SERVICE, "health_service"),
    Role.CODE: (Kind.HEALTH_SERVICE, "health_code"),
    Role.INSURER: (Kind.HEALTH_INSURANCE, "health_insurer"),
    Role.MEMBER: (Kind.HEALTH_INSURANCE, "health_insurance_number"),
}
NEAR_A_PRESCRIPTION = (Kind.PRESCRIPTION, "near_prescription")
NEAR_A_SERVICE = (Kind.HEALTH_SERVICE, "near_health_service")
NEAR_INSURANCE = (Kind.HEALTH_INSURANCE, "near_health_insurance")
# Roles that make a block a prescription's, whatever else stands in it.
OF_PRESCRIPTIONS = {
    Role.NUMBER,
    Role.REFILL,
    Role.PRODUCT,
    Role.SUPPLY,
    Role.DIRECTIONS,
    Role.DRUG,
    Role.COUNSEL,
    Role.WARNING,
}
# No rule is surer than this: a person decides.
SUREST = 0.99
# What a line without a sign is worth, in shares of what its block is.
BY_PLACE = 0.8
# The shop's name stands in so many lines.
SHOP_ROWS = 3
# A paper of fewer lines needs no name of a shop: somebody typed it.
LEAST_ROWS = 4
# Of a name, an address and what says that they are a patient's.
OF_AN_ADDRESS = 4


def find_medical(sheets: Sheets) -> Iterator[Finding]:
    """Findings by block, kind and rule; their spots are whole lines."""
    pages = [rows_of(sheets, number) for number in range(len(sheets.pages))]
    shop = [row.lower for rows in pages[:1] for row in rows[:SHOP_ROWS]]
    is_service = health.is_place(shop)
    prior = 0.3 if is_service else 0.15 if prescriptions.is_place(shop) else 0.0
    for rows in pages:
        for block in blocks_of(rows, prior=prior, is_service=is_service):
            yield from findings_of(block, sheets, is_service=is_service)
    # Whatever else is found: the name stays, and on a painted paper it is all there is.
    if is_service:
        yield Finding(Kind.HEALTH_SERVICE, "health_place", confidence=0.6)


def rows_of(sheets: Sheets, page: int) -> list[Row]:
    lines = sheets.pages[page].lines
    before = sum(len(sheet.lines) for sheet in sheets.pages[:page])
    passages = sheets.lines[before : before + len(lines)]
    priced = [has_price(passage.text) for passage in passages]
    marks = [
        SIGNS.in_line(passage, has_price=is_priced)
        for passage, is_priced in zip(passages, priced, strict=True)
    ]
    for number, (one, two) in enumerate(pairwise(passages)):
        across = SIGNS.across(one, two, has_price=priced[number + 1])
        if across is not None:
            marks[number].append(across[0])
            marks[number + 1].append(across[1])
    rows = [
        damped(
            Row(number, passages[number], line, tuple(marks[number]), priced[number])
        )
        for number, line in enumerate(lines)
    ]
    is_till = is_receipt(rows)
    if len(rows) >= LEAST_ROWS:
        rows[:SHOP_ROWS] = [
            row if row.has_price else named(row, is_till=is_till)
            for row in rows[:SHOP_ROWS]
        ]
    if not is_till:
        rows = [with_patient(row, rows) for row in rows]
    return [with_drugs(row, rows) for row in rows]


def with_patient(row: Row, rows: Sequence[Row]) -> Row:
    """With a mark for the name that a label has right above a day of birth, a number
    or an address. `rows`: of a paper that no till printed."""
    number = row.number
    begins = number + 1 < len(rows) and is_broken_name(row, rows[number + 1])
    is_half = begins or (number > 0 and is_broken_name(rows[number - 1], row))
    below = rows[number + begins + 1 : number + begins + 1 + OF_AN_ADDRESS]
    is_town = row.number > 0 and (
        has_no_town(rows[row.number - 1].lower) or len(row.lower.split()[-1]) == 2
    )
    is_somebody = is_half or (is_person(row) and not is_town)
    if not is_somebody or not below or (row.marks and not is_half):
        return row
    if prescriptions.is_place([row.lower]):
        return row
    next_of = {mark.role for mark in below[0].marks if mark.weight >= BEGINS}
    is_above = bool(next_of & {Role.NUMBER, Role.BIRTH})
    if not is_above:
        lines = [*takewhile(lambda one: is_address(one.lower), below)]
        after = below[len(lines) : len(lines) + 1]
        is_above = bool(lines) and any(
            mark.role in {Role.NUMBER, Role.BIRTH} and mark.weight >= BEGINS
            for one in after
            for mark in one.marks
        )
    if not is_above:
        return row
    mark = Mark(Role.PATIENT, 0.3, 0, len(row.passage.text), is_bare=False)
    return replace(row, marks=(*row.marks, mark))


def named(row: Row, *, is_till: bool) -> Row:
    """Without what is the name of the shop itself: it isn't what was done there. On a
    paper that no till printed, a doctor's name is whose paper it is."""
    if health.is_place([row.lower]):
        return replace(row, marks=())
    if row.number > 0 or ":" in row.lower:
        return row
    own = {Role.INSURER, Role.SERVICE, Role.MEMBER, Role.COUNSEL}
    if is_till:
        own.add(Role.PRESCRIBER)
    return replace(row, marks=tuple(m for m in row.marks if m.role not in own))


def with_drugs(row: Row, rows: Sequence[Row]) -> Row:
    """With marks for the medicines that the row names. Near another sign, or before a
    strength, a name may be cut short or misread."""
    near = rows[max(0, row.number - 4) : row.number + 5]
    is_near = any(other.weight >= LEANS for other in near)
    words = [*re.finditer(r"\S+", row.passage.text)]
    marks = []
    is_fuzzy = is_near or has_strength(row)
    for hit in drugs_in([word[0] for word in words], fuzzy=is_fuzzy):
        start, end = words[hit.start].start(), words[hit.end - 1].end()
        weight = weight_of(hit, row, start, end, is_near=is_near)
        marks.append(Mark(Role.DRUG, weight, start, end, is_bare=False))
    return replace(row, marks=(*row.marks, *marks)) if marks else row


def weight_of(hit: Hit, row: Row, start: int, end: int, *, is_near: bool) -> float:
    """A name that only a prescription gives tells of one where it stands as goods do,
    with a dose, with a price or alone; any other is shopping."""
    if hit.is_otc:
        return 0.05
    # How many of it stand where a street has the house's number.
    is_dosed = any(mark.role is Role.DOSE for mark in row.marks) or any(
        map(is_form, row.lower[end:].split())
    )
    is_elsewhere = row.is_till or (is_address(row.lower) and not is_dosed)
    if is_elsewhere and not row.has_price:
        return 0.1
    before, after = row.lower[:start], unpriced(row.lower[end:])
    others = [word for word in re.findall(r"[^\W\d_]+", after) if len(word) > 1]
    has_dose = re.search(r"\d", after) is not None or any(map(is_form, others))
    others += re.findall(r"[^\W\d_]{3,}", before)
    is_alone = all(map(is_form, others))
    if hit.how != "whole":
        if has_dose or (row.has_price and is_alone):
            return 0.5
        return 0.45 if is_alone and hit.how == "truncated" else 0.3
    if has_dose:
        return 0.8
    if row.has_price and (len(hit.name) >= 8 or is_alone):
        return 0.6
    return 0.45 if is_alone or is_near else 0.35


def findings_of(block: Block, sheets: Sheets, *, is_service: bool) -> Iterator[Finding]:
    kind, near = kind_of(block, is_service=is_service)
    spots: dict[tuple[Kind, str], list[Spot]] = {}
    surest: dict[tuple[Kind, str], float] = {}
    for row, below in zip_longest(block.rows, block.rows[1:]):
        strongest = max(row.marks, key=lambda mark: mark.weight, default=None)
        rule = of_block(RULES_OF_ROLES[strongest.role] if strongest else near, kind)
        by_place = block.weight * (1 if row.marks else BY_PLACE)
        surest[rule] = max(surest.get(rule, 0.0), row.weight, by_place)
        spots.setdefault(rule, []).extend(spots_of(row, below, block.sides, sheets))
    for (kind, code), where in spots.items():
        sure = round(min(SUREST, surest[kind, code]), 2)
        yield Finding(kind, code, tuple(where), sure)


def kind_of(block: Block, *, is_service: bool) -> tuple[Kind, tuple[Kind, str]]:
    if block.roles & OF_PRESCRIPTIONS:
        return Kind.PRESCRIPTION, NEAR_A_PRESCRIPTION
    if is_service or block.roles & {Role.SERVICE, Role.CODE, Role.COPAY}:
        return Kind.HEALTH_SERVICE, NEAR_A_SERVICE
    if block.roles & {Role.MEMBER, Role.INSURER}:
        return Kind.HEALTH_INSURANCE, NEAR_INSURANCE
    return Kind.PRESCRIPTION, NEAR_A_PRESCRIPTION


def of_block(rule: tuple[Kind, str], kind: Kind) -> tuple[Kind, str]:
    """A copay, a patient and the like are of the kind that the block is of."""
    own, code = rule
    if own is Kind.PRESCRIPTION and kind is not Kind.PRESCRIPTION:
        return kind, code
    return rule

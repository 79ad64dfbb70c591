"""Chemists, practices and private doctors of Britain."""

import random

from benchmarks.pharmacy import drugs, people, shelves
from benchmarks.pharmacy.layouts.registry import (
    bank,
    bought,
    chance,
    expiry,
    identity,
    layout,
    pan,
    plan,
    roll,
    rx,
    sheet,
    visit,
)
from benchmarks.pharmacy.numbers import (
    card_number,
    digits,
    grouped,
    masked,
    nhs_number,
    pattern,
)
from benchmarks.pharmacy.paper import Sheet

UK_TOWNS = (
    "Leeds LS6 2AB",
    "Bristol BS3 4QF",
    "Norwich NR2 1TF",
    "Cardiff CF24 3DG",
    "York YO31 7EX",
    "Perth PH1 5TJ",
)


UK_STREETS = ("High Street", "Station Road", "Church Lane", "The Broadway")


def uk_head(paper: Sheet, rng: random.Random, name: str) -> None:
    paper.center(name, is_bold=True, scale=1.3)
    paper.center(f"{rng.randint(1, 200)} {rng.choice(UK_STREETS)}")
    paper.center(rng.choice(UK_TOWNS))
    paper.center(f"Tel 01{digits(rng, 3)} {digits(rng, 6)}")
    paper.gap(0.5)


def uk_chemist(rng: random.Random) -> str:
    return rng.choice(
        (
            "BOOTS",
            "LloydsPharmacy",
            "Well Pharmacy",
            "Superdrug Pharmacy",
            "Rowlands Pharmacy",
            "{} Chemist".format(rng.choice(people.FAMILY["uk"])),
            "Day Lewis",
        )
    )


@layout("British chemist's till")
def chemist(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((30, 34, 38)))
    uk_head(paper, rng, uk_chemist(rng))
    paper.text(f"{bought(rng):%d/%m/%Y} {rng.randint(9, 17)}:{rng.randint(10, 59)}")
    total = 0.0
    for name, price in rng.sample(
        shelves.goods_of(shelves.SHELF_UK), rng.randint(0, 3)
    ):
        paper.row(name, "£" + price)
        total += float(price)
    count = rng.randint(1, 3)
    style = rng.randrange(3)
    if style == 0:
        paper.row((rx(f"NHS PRESCRIPTION x{count}"),), rx(f"£{9.9 * count:.2f}"))
    elif style == 1:
        for _n in range(count):
            paper.row(
                (rx(rng.choice(("NHS Rx charge", "PRESCRIPTION LEVY", "NHS SCRIPT"))),),
                rx("9.90"),
            )
    else:
        paper.text("Private prescription ", rx(digits(rng, 6)))
        paper.row(
            (rx(drugs.british(drugs.some_medicine(rng))),), rx(f"£{9.9 * count:.2f}")
        )
        paper.text("Prescriber: ", rx(f"Dr {people.some_person(rng, 'uk').name}"))
    total += 9.9 * count
    if chance(rng, 0.4):
        paper.text("Patient: ", rx(people.some_person(rng, "uk").name))
    if chance(rng, 0.4):
        paper.text(rng.choice(("NHS No. ", "NHS Number: ")), plan(nhs_number(rng)))
    paper.row("TOTAL", f"£{total:.2f}", is_bold=True)
    paper.text(f"VISA DEBIT {masked(card_number(rng, 'VISA'), rng)}")
    paper.center("VAT No. GB 123 4567 89")
    return paper


@layout("British dispensing label and bag")
def uk_label(rng: random.Random) -> Sheet:
    paper = sheet(
        rng,
        rng.randint(700, 820),
        face=rng.choice(("sans", "condensed", "mono")),
        size=23,
        margin=28,
    )
    patient = people.some_person(rng, "uk")
    paper.text(
        rx(f"{drugs.amount(30)} {drugs.british(drugs.some_medicine(rng))}"),
        is_bold=True,
    )
    paper.text(
        rx(
            rng.choice(
                (
                    "Take ONE tablet in the morning",
                    "Take TWO with food three times a day",
                    "Use ONE spray under the tongue when required",
                )
            )
        )
    )
    paper.row(
        (rx(f"{rng.choice(('Mr', 'Mrs', 'Ms', 'Miss'))} {patient.name}"),),
        f"{bought(rng):%d %b %y}",
    )
    paper.text("NHS ", plan(nhs_number(rng)), "   DOB ", rx(f"{patient.born:%d/%m/%Y}"))
    paper.text("Keep out of the reach and sight of children", scale=0.85)
    paper.text(f"{uk_chemist(rng)}, {rng.choice(UK_TOWNS)}", scale=0.85)
    return paper


@layout("British practice and dentist")
def uk_practice(rng: random.Random) -> Sheet:
    paper = roll(rng, 40) if chance(rng, 0.5) else sheet(rng, 900)
    uk_head(
        paper,
        rng,
        rng.choice(
            (
                "Elmfield Dental Practice",
                "Riverside Physiotherapy",
                "Specsavers Opticians",
                "Travel Clinic",
                "Highgate Private GP",
            )
        ),
    )
    patient = people.some_person(rng, "uk")
    paper.text(
        "Patient: ",
        visit(f"{patient.name}"),
        "  D.O.B. ",
        visit(f"{patient.born:%d.%m.%Y}"),
    )
    total = 0.0
    options = (
        "NHS Band 2 treatment",
        "Hygienist visit",
        "White filling UL6",
        "Private GP consultation 20 min",
        "Yellow fever vaccination",
        "Sports massage 45 min",
        "Eye examination",
        "Blood test FBC",
        "Rabies vaccine dose 1",
        "Root canal LR7",
        "Hearing test",
    )
    for words in rng.sample(options, rng.randint(1, 3)):
        fee = rng.choice((27.4, 45, 62, 75.3, 95))
        paper.row((visit(words),), visit(f"£{fee:.2f}"))
        total += fee
    paper.row("Total", f"£{total:.2f}", is_bold=True)
    if chance(rng, 0.4):
        paper.text("BUPA membership ", plan(pattern(rng, "999 9999 9999")))
    way = rng.randrange(3)
    if way == 0:
        paper.text(
            "Bank transfer  Sort code ",
            bank(f"{digits(rng, 2)}-{digits(rng, 2)}-{digits(rng, 2)}"),
            "  Account ",
            bank(digits(rng, 8)),
        )
    elif way == 1:
        paper.text(
            "Card ",
            pan(grouped(card_number(rng, "MAESTRO"))),
            "  Expires end ",
            expiry(f"{rng.randint(1, 12):02d}/{rng.randint(26, 30)}"),
        )
    else:
        paper.text(f"Mastercard {masked(card_number(rng, 'MASTERCARD'), rng)}")
    if chance(rng, 0.2):
        paper.text(
            "National Insurance no. ",
            identity(pattern(rng, "AA 99 99 99 C").replace("A", "J")),
        )
    return paper

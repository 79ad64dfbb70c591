"""Bottle labels, bag stickers and leaflets' heads, stuck or stapled to receipts."""

import random
from datetime import timedelta

from benchmarks.pharmacy import drugs, people
from benchmarks.pharmacy.layouts.registry import bought, chance, layout, plan, rx, sheet
from benchmarks.pharmacy.layouts.tills import copay, head, number
from benchmarks.pharmacy.numbers import dea_number, digits, drug_code, npi
from benchmarks.pharmacy.paper import Sheet

DIRECTIONS = (
    "TAKE 1 TABLET BY MOUTH ONCE DAILY",
    "TAKE ONE CAPSULE BY MOUTH TWICE A DAY WITH FOOD",
    "Take 2 tablets today, then 1 tablet daily until finished",
    "INHALE 2 PUFFS EVERY 4 TO 6 HOURS AS NEEDED",
    "Apply thin layer to affected area twice daily",
    "TAKE 1 TAB AT BEDTIME AS NEEDED FOR SLEEP",
    "Instill 1 drop in each eye nightly",
    "INJECT 0.5 ML UNDER THE SKIN ONCE WEEKLY",
    "Take 1 tablet every 8 hours as needed for pain",
    "TAKE 1/2 TABLET BY MOUTH EVERY MORNING",
)
WARNINGS = (
    "MAY CAUSE DROWSINESS",
    "TAKE WITH FOOD",
    "Do not drink alcohol",
    "KEEP OUT OF REACH OF CHILDREN",
    "Finish all of this medication",
    "CAUTION: Federal law prohibits the transfer of this drug",
)


def tinted(rng: random.Random):
    return rng.choice(
        ((252, 252, 250), (250, 250, 240), (240, 246, 252), (252, 244, 244))
    )


@layout("bottle label", weight=1.5)
def bottle(rng: random.Random) -> Sheet:
    paper = sheet(
        rng,
        rng.randint(720, 900),
        face=rng.choice(("sans", "narrow", "condensed", "mono")),
        paper=tinted(rng),
        size=rng.randint(22, 27),
        margin=34,
    )
    patient, medicine, day = (
        people.some_person(rng),
        drugs.some_medicine(rng),
        bought(rng),
    )
    top = paper.y
    paper.text(people.pharmacy(rng), is_bold=True, scale=1.2)
    paper.text(f"{people.street(rng)}, {people.town(rng)}", scale=0.8)
    paper.text(people.phone(rng), scale=0.9)
    if chance(rng, 0.4):
        paper.text(f"DEA {dea_number(rng)}", scale=0.8)
    paper.rule("")
    paper.row(("Rx# ", rx(number(rng))), (f"Date {day:%m/%d/%Y}",))
    paper.text(rx(people.patient_name(patient, rng)), is_bold=True, scale=1.15)
    if chance(rng, 0.4):
        paper.text(f"{patient.street}, {patient.town}", scale=0.85)
    paper.gap(0.3)
    paper.text(rx(rng.choice(DIRECTIONS)), is_bold=chance(rng, 0.5))
    paper.gap(0.3)
    paper.text(rx(drugs.printed(medicine, rng)), is_bold=True)
    if chance(rng, 0.4) and medicine.brand:
        paper.text("generic for ", rx(medicine.brand.upper()), scale=0.85)
    paper.row(
        ("QTY ", rx(drugs.amount(medicine.quantity))),
        ("REFILLS ", rx(rng.choice(("0", "1", "2", "3", "NO", "NONE", "5")))),
    )
    paper.text("Prescriber: ", rx(people.prescriber_name(rng)))
    paper.text(f"Discard after {day + timedelta(365):%m/%d/%Y}", scale=0.85)
    if chance(rng, 0.5):
        paper.text(rng.choice(WARNINGS), scale=0.85)
    paper.frame(top)
    return paper


@layout("bag sticker", weight=1.5)
def bag(rng: random.Random) -> Sheet:
    paper = sheet(
        rng,
        rng.randint(620, 820),
        face=rng.choice(("narrow", "mono", "sans", "condensed")),
        paper=tinted(rng),
        size=rng.randint(22, 28),
        margin=30,
    )
    patient = people.some_person(rng)
    paper.text(
        rx(f"{patient.family.upper()}, {patient.given.upper()}"),
        is_bold=True,
        scale=rng.uniform(1.3, 1.9),
    )
    if chance(rng, 0.7):
        paper.text(
            rng.choice(("DOB ", "DOB: ", "Born ", "BD ")),
            rx(people.short_day(patient.born, rng)),
        )
    if chance(rng, 0.6):
        paper.text(patient.street.upper())
        paper.text(patient.town.upper())
    if chance(rng, 0.5):
        paper.text(patient.phone)
    paper.rule("")
    count = rng.randint(1, 3)
    for n in range(count):
        medicine = drugs.some_medicine(rng)
        paper.text("RX ", rx(number(rng)), f"   {n + 1} of {count}")
        paper.text(rx(drugs.printed(medicine, rng)))
        if chance(rng, 0.6):
            paper.text(
                "#",
                rx(drugs.amount(medicine.quantity)),
                "  ",
                rx(people.prescriber_name(rng)),
            )
    paper.gap(0.3)
    paper.row(
        ("PICKUP ", f"{bought(rng):%m/%d}"),
        (rx(f"${copay(rng):.2f}"),),
        is_bold=True,
        scale=1.2,
    )
    if chance(rng, 0.6):
        paper.barcode(digits(rng, 12), 50)
    if chance(rng, 0.4):
        paper.text(f"BIN LOC {rng.choice('ABCDEFG')}{digits(rng, 2)}   WILL CALL")
    return paper


@layout("patient receipt on the leaflet", weight=1.5)
def leaflet(rng: random.Random) -> Sheet:
    """Stapled to the bag: the record for taxes and insurance, then the leaflet."""
    paper = sheet(rng, rng.randint(900, 1100), size=rng.randint(18, 21))
    patient, medicine, day = (
        people.some_person(rng),
        drugs.some_medicine(rng),
        bought(rng),
    )
    paper.band(
        rng.choice(
            ("PATIENT RECEIPT", "Keep for tax or insurance", "PRESCRIPTION RECEIPT")
        ),
        1.1,
    )
    head(paper, rng)
    rows = [
        (
            ("Patient: ", rx(people.patient_name(patient, rng))),
            ("Rx: ", rx(number(rng))),
        ),
        (("Address: ", patient.street), (f"Date: {day:%m/%d/%Y}",)),
        (("DOB: ", rx(people.short_day(patient.born, rng))), ("Tel: ", patient.phone)),
        (("Drug: ", rx(drugs.printed(medicine, rng))), ("NDC: ", rx(drug_code(rng)))),
        (
            ("Qty: ", rx(drugs.amount(medicine.quantity))),
            ("Days supply: ", rx(str(rng.choice((7, 10, 30, 90))))),
        ),
        (("Prescriber: ", rx(people.prescriber_name(rng))), ("NPI: ", rx(npi(rng)))),
        (
            ("Refills remaining: ", rx(str(rng.randint(0, 6)))),
            ("RPh: ", rng.choice(people.GIVEN["us"])[0] + rng.choice("ABCDK")),
        ),
        (
            ("Plan: ", plan(rng.choice(people.INSURERS))),
            ("ID: ", plan(people.member_number(rng))),
        ),
        (
            ("Group: ", plan(digits(rng, 6))),
            (
                "BIN/PCN: ",
                plan(f"{people.processor_code(rng)}/{people.control_number(rng)}"),
            ),
        ),
    ]
    others = rng.sample([1, 2, 4, 5, 6, 7, 8], rng.randint(3, 7))
    for at in sorted([0, 3, *others]):
        paper.cells([(0, rows[at][0]), (0.58, rows[at][1])])
    paper.gap(0.4)
    paper.row(
        rx(rng.choice(("Amount due", "YOUR COPAY", "Patient pays", "Your cost"))),
        rx(f"${copay(rng):.2f}"),
        is_bold=True,
        scale=1.3,
        before=20,
    )
    paper.rule("")
    paper.text(
        "Common uses, how to use this medicine, and side effects are on the next "
        "pages. Ask your pharmacist if you have questions about this information.",
        scale=0.85,
    )
    paper.text(rng.choice(WARNINGS), scale=0.9, is_bold=True)
    return paper


@layout("vial label, mono printer")
def vial(rng: random.Random) -> Sheet:
    """An independent's label software: everything in capitals, packed."""
    paper = sheet(
        rng,
        rng.randint(640, 760),
        face="mono",
        size=rng.randint(21, 24),
        paper=tinted(rng),
        margin=24,
        leading=1.16,
    )
    patient, medicine, day = (
        people.some_person(rng),
        drugs.some_medicine(rng),
        bought(rng),
    )
    paper.center(people.pharmacy(rng).upper(), is_bold=True)
    paper.center(people.phone(rng))
    paper.text(rx(number(rng)), "  ", rx(people.prescriber_name(rng).upper()))
    paper.text(rx(patient.name.upper()), f"   {day:%m/%d/%y}")
    paper.gap(0.4)
    paper.text(rx(rng.choice(DIRECTIONS).upper()))
    paper.gap(0.4)
    paper.text(
        "#",
        rx(drugs.amount(medicine.quantity)),
        " ",
        rx(drugs.printed(medicine, rng, width=30).upper()),
    )
    if chance(rng, 0.5):
        paper.text(
            "MFG ",
            rng.choice(("TEVA", "ACCORD", "ZYDUS", "CAMBER")),
            "  NDC ",
            rx(drug_code(rng)),
        )
    paper.text(
        "REF: ",
        rx(rng.choice(("0", "2", "5", "NR"))),
        "   EXP: ",
        f"{day + timedelta(365):%m/%y}",
    )
    return paper

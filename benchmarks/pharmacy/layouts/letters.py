"""Invoices and records on office paper: laboratories, post-order pharmacies."""

import random
from datetime import timedelta

from benchmarks.pharmacy import drugs, people
from benchmarks.pharmacy.layouts.offices import MEDICAL, VACCINES
from benchmarks.pharmacy.layouts.registry import (
    bank,
    bought,
    chance,
    expiry,
    layout,
    money,
    pan,
    plan,
    rx,
    sheet,
    visit,
)
from benchmarks.pharmacy.layouts.tills import copay, number
from benchmarks.pharmacy.numbers import (
    card_number,
    digits,
    drug_code,
    grouped,
    masked,
    pattern,
    routing_number,
)
from benchmarks.pharmacy.paper import Sheet


@layout("laboratory invoice")
def laboratory(rng: random.Random) -> Sheet:
    paper = sheet(
        rng, rng.randint(950, 1100), face=rng.choice(("sans", "mono", "wide"))
    )
    patient, total = people.some_person(rng), 0.0
    paper.text(
        rng.choice(("QUEST DIAGNOSTICS", "LabCorp", "BioReference", "Sonora Labs")),
        scale=1.6,
        is_bold=True,
    )
    paper.text(f"Invoice {digits(rng, 9)}    Date {bought(rng):%m/%d/%Y}")
    paper.gap()
    paper.cells(
        [
            (0, ("Patient: ", visit(people.patient_name(patient, rng)))),
            (0.55, ("DOB: ", visit(people.short_day(patient.born, rng)))),
        ]
    )
    paper.cells(
        [
            (0, ("Ordering physician: ", visit(people.prescriber_name(rng)))),
            (0.55, ("Collected: ", f"{bought(rng):%m/%d/%Y}")),
        ]
    )
    paper.cells(
        [
            (0, ("Insurance: ", plan(rng.choice(people.INSURERS)))),
            (0.55, ("Policy no. ", plan(people.member_number(rng)))),
        ]
    )
    paper.gap()
    for code, words in rng.sample(MEDICAL[2:], rng.randint(2, 4)):
        fee = rng.uniform(12, 210)
        paper.cells(
            [
                (0, visit(code)),
                (0.15, visit(words)),
                (
                    0.6,
                    "ICD ",
                ),
                (0.8, visit(money(fee))),
            ]
        )
        total += fee
    paper.rule("")
    paper.row("Amount due", money(total), is_bold=True)
    paper.gap()
    if chance(rng, 0.6):
        paper.text(
            "Card number ",
            pan(grouped(card_number(rng, "VISA"))),
            "   Exp ",
            expiry(f"{rng.randint(1, 12):02d}/{rng.randint(26, 31)}"),
        )
    return paper


@layout("post-order pharmacy invoice", weight=1.3)
def post_order(rng: random.Random) -> Sheet:
    paper = sheet(rng, rng.randint(980, 1150))
    patient = people.some_person(rng)
    paper.row(
        (
            rng.choice(
                (
                    "Express Scripts Pharmacy",
                    "CVS Caremark Mail Service",
                    "Amazon Pharmacy",
                    "Optum Home Delivery",
                    "PillPack",
                    "Mark Cuban Cost Plus Drugs",
                )
            ),
        ),
        (f"Invoice # {digits(rng, 8)}",),
        is_bold=True,
        scale=1.2,
    )
    paper.text(f"PO Box {digits(rng, 4)}, {people.town(rng)}")
    paper.gap()
    paper.text("Ship to:")
    paper.text(rx(patient.name))
    paper.text(patient.street)
    paper.text(patient.town)
    paper.gap()
    if chance(rng, 0.7):
        paper.text(
            "Member ID: ",
            plan(people.member_number(rng)),
            "    Group: ",
            plan(pattern(rng, "AAAA99")),
        )
    paper.text(f"Order {pattern(rng, '999-9999999')} shipped {bought(rng):%b %d, %Y}")
    paper.rule("")
    total = 0.0
    for _n in range(rng.randint(1, 4)):
        medicine, price = drugs.some_medicine(rng), copay(rng)
        paper.row(
            (rx(drugs.printed(medicine, rng)),), rx(f"${price:.2f}"), is_bold=True
        )
        paper.text(
            "Rx number ",
            rx(number(rng)),
            "  |  Quantity ",
            rx(drugs.amount(medicine.quantity)),
            "  |  ",
            rx(f"{rng.choice((30, 90))}-day supply"),
            scale=0.9,
        )
        paper.text(
            "Prescribed by ",
            rx(people.prescriber_name(rng)),
            "  |  ",
            rx(f"{rng.randint(0, 4)} refills left"),
            scale=0.9,
        )
        if chance(rng, 0.4):
            paper.text("NDC ", rx(drug_code(rng)), scale=0.9)
        paper.gap(0.4)
        total += price
    paper.rule("")
    paper.row("Shipping", "0.00")
    paper.row("Total", f"${total:.2f}", is_bold=True)
    way = rng.randrange(4)
    if way == 0:
        paper.text(
            "Charged to card ",
            pan(grouped(card_number(rng, rng.choice(("VISA", "MASTERCARD"))))),
            " exp. ",
            expiry(f"{rng.randint(1, 12):02d}/{rng.randint(2026, 2031)}"),
        )
    elif way == 1:
        paper.text(
            "Bank payment. Routing ",
            bank(routing_number(rng)),
            " account ",
            bank(digits(rng, rng.randint(8, 12))),
        )
    else:
        paper.text(f"Paid with card {masked(card_number(rng, 'VISA'), rng)}")
    return paper


@layout("yearly list of prescriptions")
def yearly(rng: random.Random) -> Sheet:
    """For the tax office: a table of everything that was dispensed."""
    paper = sheet(
        rng,
        rng.randint(1050, 1250),
        size=rng.randint(17, 19),
        face=rng.choice(("sans", "narrow", "condensed", "serif")),
    )
    patient = people.some_person(rng)
    paper.center("PATIENT PRESCRIPTION RECORD", is_bold=True, scale=1.3)
    paper.center(people.pharmacy(rng))
    paper.text(
        "Name ",
        rx(people.patient_name(patient, rng)),
        "   Birth date ",
        rx(people.short_day(patient.born, rng)),
    )
    paper.gap()
    paper.cells(
        [
            (0, "Date"),
            (0.12, "Rx #"),
            (0.24, "Medication"),
            (0.58, "Qty"),
            (0.66, "Prescriber"),
            (0.9, "Paid"),
        ],
        is_bold=True,
    )
    paper.rule("")
    day, total = bought(rng), 0.0
    for _n in range(rng.randint(3, 8)):
        medicine, price = drugs.some_medicine(rng), copay(rng)
        paper.cells(
            [
                (0, f"{day:%m/%d/%y}"),
                (0.12, rx(number(rng)[:8])),
                (0.24, rx(drugs.printed(medicine, rng, width=30))),
                (0.58, rx(drugs.amount(medicine.quantity))),
                (0.66, rx(people.prescriber_name(rng))),
                (0.9, rx(money(price))),
            ]
        )
        day += timedelta(rng.randint(3, 40))
        total += price
    paper.rule("")
    paper.row("Total paid", money(total), is_bold=True)
    return paper


@layout("vaccination record card")
def record_card(rng: random.Random) -> Sheet:
    paper = sheet(
        rng, rng.randint(820, 960), face=rng.choice(("sans", "wide", "condensed"))
    )
    patient = people.some_person(rng)
    top = paper.y
    paper.center("Vaccine Administration Record", scale=1.4, is_bold=True)
    paper.row(("Last name ", visit(patient.family)), ("First ", visit(patient.given)))
    paper.row(
        ("Date of birth ", visit(people.short_day(patient.born, rng))),
        ("Record no. ", visit(digits(rng, 7))),
    )
    paper.gap(0.4)
    paper.cells(
        [(0, "Vaccine"), (0.5, "Lot"), (0.66, "Date"), (0.82, "By")], is_bold=True
    )
    for _n in range(rng.randint(1, 3)):
        paper.cells(
            [
                (0, visit(rng.choice(VACCINES))),
                (0.5, visit(pattern(rng, "AA9999"))),
                (0.66, visit(f"{bought(rng):%m/%d/%y}")),
                (0.82, f"Store {digits(rng, 4)}"),
            ]
        )
    paper.frame(top)
    return paper

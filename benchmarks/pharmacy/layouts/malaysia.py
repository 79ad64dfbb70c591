"""Clinics, pharmacies and card slips of Malaysia."""

import random

from benchmarks.pharmacy import drugs, people
from benchmarks.pharmacy.layouts.registry import (
    bought,
    chance,
    expiry,
    identity,
    layout,
    money,
    pan,
    plan,
    roll,
    rx,
    visit,
)
from benchmarks.pharmacy.numbers import (
    card_number,
    digits,
    grouped,
    malaysian_identity,
    pattern,
)
from benchmarks.pharmacy.paper import Sheet

MY_TOWNS = (
    "47500 SUBANG JAYA",
    "81100 JOHOR BAHRU",
    "10450 GEORGETOWN",
    "50480 KUALA LUMPUR",
    "93350 KUCHING",
)


MY_STREETS = ("MAWAR", "SS15/4", "TUN RAZAK", "MERBAU")


@layout("Malaysian clinic and pharmacy", weight=1.5)
def klinik(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((36, 40, 44)))
    paper.center(
        rng.choice(
            (
                "KLINIK DR WONG & RAKAN",
                "POLIKLINIK SENTOSA",
                "FARMASI BIG CARING",
                "ALPRO PHARMACY SDN BHD",
                "KLINIK PERGIGIAN ANDA",
                "GUARDIAN PHARMACY",
            )
        ),
        is_bold=True,
    )
    paper.center(
        f"NO {rng.randint(1, 90)}, JALAN {rng.choice(MY_STREETS)} {rng.randint(1, 9)}"
    )
    paper.center(rng.choice(MY_TOWNS))
    paper.center(f"TEL: 0{rng.randint(3, 9)}-{digits(rng, 7)}")
    paper.gap(0.4)
    patient = people.some_person(rng, "my")
    paper.row("OFFICIAL RECEIPT", f"{bought(rng):%d/%m/%Y}")
    paper.text(
        rng.choice(("PATIENT: ", "NAMA: ", "Patient Name : ")),
        visit(patient.name.upper()),
    )
    if chance(rng, 0.7):
        paper.text(
            rng.choice(("IC NO: ", "NRIC: ", "NO. K/P: ")),
            identity(malaysian_identity(rng)),
        )
    total = 0.0
    if chance(rng, 0.7):
        paper.row(
            (
                visit(
                    rng.choice(
                        (
                            "CONSULTATION",
                            "CONSULTATION FEE",
                            "RAWATAN",
                            "SCALING & POLISHING",
                            "INJECTION",
                            "NEBULISER",
                            "DRESSING",
                        )
                    )
                ),
            ),
            visit("35.00"),
        )
        total += 35
    for line in rng.sample(drugs.lines_of(drugs.MALAYSIAN), rng.randint(1, 3)):
        price = rng.uniform(6, 90)
        paper.row((rx(line),), rx(money(price)))
        if chance(rng, 0.3):
            paper.text(
                "   QTY ",
                rx(str(rng.choice((10, 14, 21, 30)))),
                "  ",
                rx(
                    rng.choice(
                        (
                            "1 TAB TDS AFTER FOOD",
                            "1 BIJI 2 KALI SEHARI",
                            "OM",
                            "1 TAB BD PRN",
                        )
                    )
                ),
            )
        total += price
    if chance(rng, 0.3):
        paper.row("PANADOL ACTIFAST 20S", "12.90")
        total += 12.9
    paper.row("TOTAL (RM)", money(total), is_bold=True)
    if chance(rng, 0.4):
        paper.text(
            "Doctor: ", visit(f"DR {people.some_person(rng, 'my').name.upper()}")
        )
    if chance(rng, 0.3):
        paper.text(
            "PANEL: ",
            plan(rng.choice(("PMCARE", "AIA HEALTH", "MEDIEXPRESS", "COMPUMED"))),
            "  MEMBER NO ",
            plan(pattern(rng, "AA9999999")),
        )
    paper.center("TERIMA KASIH")
    return paper


@layout("Malaysian card slip, in full", weight=1)
def slip_kad(rng: random.Random) -> Sheet:
    paper = roll(rng, 30)
    paper.center(
        rng.choice(
            ("RESTORAN NASI KANDAR PELITA", "KEDAI HARDWARE MAJU", "STESEN MINYAK AMAN")
        )
    )
    paper.center(rng.choice(MY_TOWNS))
    paper.text(f"MID {digits(rng, 15)}")
    paper.text(f"TID {digits(rng, 8)}")
    paper.text(
        rng.choice(("CARD ", "CARD NO ", "NO KAD ")),
        pan(grouped(card_number(rng, "VISA"))),
    )
    paper.text("EXP DATE ", expiry(f"{rng.randint(1, 12):02d}/{rng.randint(26, 31)}"))
    paper.row("BATCH " + digits(rng, 6), "TRACE " + digits(rng, 6))
    paper.row("TOTAL RM", money(rng.uniform(8, 300)), is_bold=True)
    paper.center("NO REFUND")
    return paper

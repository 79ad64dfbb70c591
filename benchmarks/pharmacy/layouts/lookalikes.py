"""Ordinary receipts chosen to look as if: their words and digits mislead."""

import random

from benchmarks.pharmacy import people
from benchmarks.pharmacy.layouts.registry import (
    bought,
    chance,
    clock,
    layout,
    money,
    roll,
    sheet,
)
from benchmarks.pharmacy.layouts.tills import foot, sums, tender
from benchmarks.pharmacy.numbers import digits, pattern
from benchmarks.pharmacy.paper import Sheet

# Things with the words of health in their names, bought like anything else.
NAMESAKES = (
    ("DR PEPPER 12PK", 8.99),
    ("DR SCHOLLS INSOLE", 14.49),
    ("DR BRONNER SOAP", 11.99),
    ("DR MARTENS 1460", 159.0),
    ("PATIENCE CANDLE", 12.0),
    ("MEDIUM EGGS 18CT", 4.29),
    ("TABLET CASE 10IN", 24.99),
    ("CAPSULE COFFEE 10", 7.49),
    ("VITAMINWATER XXX", 2.19),
    ("NURSE COSTUME", 29.99),
    ("PILL ORGANIZER 7DAY", 5.99),
    ("FIRST AID KIT 100PC", 19.99),
    ("DENTAL CHEWS DOG", 13.49),
    ("EYE GLASS CLEANER", 4.99),
    ("READING GLASSES +2.00", 17.99),
    ("BLOOD ORANGE 2LB", 5.49),
    ("SHOT GLASS SET", 9.99),
    ("REFILL PADS SWIFFER", 8.79),
    ("INK REFILL HP 63", 27.99),
    ("PATCH CABLE 6FT", 9.49),
    ("GROUP TICKET X4", 48.0),
    ("MEMBER SAVINGS", 1.0),
    ("FLU SEASON BOOK", 15.99),
    ("RX-7 MODEL KIT", 34.99),
    ("LABOR 1.5 HR", 142.5),
    ("VISION BOARD", 21.99),
    ("PLANT FOOD 10-10-10", 8.49),
    ("CALCIUM CARB ANTACID", 5.29),
    ("NICOTINE GUM 2MG 100", 39.99),
    ("HYDROCORT CREAM 1%", 5.99),
    ("MINOXIDIL 5% FOAM", 29.99),
    ("LORATADINE 10MG 30CT", 12.99),
    ("FAMOTIDINE 20MG 50", 10.99),
    ("COVID TEST KIT 2PK", 19.99),
    ("ALCOHOL WIPES 100", 3.49),
    ("PREDATOR TRAP", 12.99),
)


@layout("shop with namesakes", is_ordinary=True, weight=2)
def namesakes(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((34, 38, 42)))
    paper.center(
        rng.choice(
            ("TARGET", "WALMART", "FIVE BELOW", "BIG LOTS", "PETSMART", "SAM'S CLUB")
        ),
        is_bold=True,
        scale=1.4,
    )
    paper.center(people.street(rng))
    paper.center(people.town(rng))
    total = 0.0
    for name, price in rng.sample(NAMESAKES, rng.randint(3, 9)):
        paper.row(
            f"{digits(rng, 9)} {name}" if chance(rng, 0.4) else name, money(price)
        )
        total += price
    tender(paper, rng, sums(paper, rng, total))
    if chance(rng, 0.5):
        paper.text(f"TC# {' '.join(digits(rng, 4) for _part in range(5))}")
    if chance(rng, 0.4):
        paper.text(f"REBATE EXPIRES {rng.randint(1, 12):02d}/{rng.randint(26, 29)}")
    foot(paper, rng)
    return paper


@layout("tickets, parking and hotel", is_ordinary=True)
def tickets(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((28, 34)))
    kind = rng.randrange(4)
    if kind == 0:
        paper.center("MERCY HOSPITAL GARAGE B", is_bold=True)
        paper.text(f"ENTRY {clock(rng)}  EXIT {clock(rng)}")
        paper.text(f"TICKET {digits(rng, 16)}")
        paper.row("PARKING FEE", "12.00")
    elif kind == 1:
        paper.center("REGAL CINEMAS", is_bold=True)
        paper.text("DOCTOR STRANGE  AUD 7  SEAT G12")
        paper.row("2 ADULT", "27.50")
        paper.text(f"CROWN CLUB {digits(rng, 12)}")
    elif kind == 2:
        paper.center("SUNRISE NAILS & SPA", is_bold=True)
        paper.row("GEL MANICURE", "38.00")
        paper.row("PEDICURE", "45.00")
        paper.text(f"Next appointment {bought(rng):%b %d} with Kim")
    else:
        paper.center("COIN LAUNDRY CARD", is_bold=True)
        paper.text(f"CARD VALUE ADDED  CARD ID {digits(rng, 8)}")
        paper.row("AMOUNT", "20.00")
    paper.text(f"{bought(rng):%m/%d/%Y}  {clock(rng)}")
    tender(paper, rng, 27.5)
    return paper


@layout("invoice with long numbers", is_ordinary=True)
def invoice(rng: random.Random) -> Sheet:
    paper = sheet(rng, rng.randint(900, 1080))
    paper.text(f"{rng.choice(people.STREETS)} Tire & Auto", scale=1.5, is_bold=True)
    paper.text(f"Invoice {digits(rng, 8)}   Date {bought(rng):%m/%d/%Y}")
    paper.text(f"VIN 1{pattern(rng, 'AAA9AA9A')}{digits(rng, 8)}")
    paper.text(f"Customer {people.some_person(rng).name}   Phone {people.phone(rng)}")
    paper.rule("")
    total = 0.0
    for words in rng.sample(
        ("Oil change 5W-20", "Tire 205/55R16 DOT 2325", "Brake fluid", "Shop supplies"),
        rng.randint(1, 4),
    ):
        price = rng.uniform(8, 220)
        paper.row(words, money(price))
        total += price
    paper.row("Total", money(total), is_bold=True)
    paper.text(f"State inspection valid through {rng.randint(1, 12):02d}/2027")
    paper.text(f"Tax ID 74-{digits(rng, 7)}   EPA ID TXD{digits(rng, 9)}")
    tender(paper, rng, total)
    return paper

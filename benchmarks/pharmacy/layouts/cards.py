"""Card slips, cheques and forms on which a number was printed in full."""

import random

from benchmarks.pharmacy import people
from benchmarks.pharmacy.layouts.registry import (
    bank,
    bought,
    chance,
    clock,
    expiry,
    identity,
    layout,
    money,
    pan,
    roll,
    sheet,
)
from benchmarks.pharmacy.layouts.tills import head, shelf_lines, sums
from benchmarks.pharmacy.numbers import (
    card_number,
    digits,
    grouped,
    pattern,
    routing_number,
    social_security,
)
from benchmarks.pharmacy.paper import Part, Sheet

BRANDS = (
    "VISA",
    "MASTERCARD",
    "AMEX",
    "DISCOVER",
    "VISA",
    "MASTERCARD",
    "JCB",
    "DINERS",
)
SHOPS = (
    "{} Hardware",
    "{} Grill & Bar",
    "Cafe {}",
    "{} Fuel Stop",
    "{} Books",
    "Hotel {}",
    "{} Pizza",
    "{} Florist",
    "{} Taxi",
    "{} Garden Center",
    "{} Auto Parts",
)


def shop(rng: random.Random) -> str:
    return rng.choice(SHOPS).format(rng.choice(people.STREETS))


def written(number: str, rng: random.Random) -> str:
    """In full, as terminals print it: in groups, dashed, or in one."""
    return rng.choice(
        (grouped(number), grouped(number, "-"), number, grouped(number, "  "))
    )


def end(rng: random.Random) -> str:
    month, year = rng.randint(1, 12), rng.randint(26, 32)
    return rng.choice(
        (
            f"{month:02d}/{year}",
            f"{month:02d}{year}",
            f"{month:02d}/20{year}",
            f"{month:02d}-{year}",
        )
    )


def number_parts(rng: random.Random, brand: str) -> list[Part]:
    """Usually in full; sometimes six leading digits are left beside the last four."""
    number = card_number(rng, brand)
    if chance(rng, 0.12):
        hidden = rng.choice("*X")
        return [pan(number[:6]), hidden * (len(number) - 10) + number[-4:]]
    return [pan(written(number, rng))]


@layout("card slip, in full", weight=4)
def slip(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((24, 28, 32)), size=rng.randint(22, 28))
    brand = rng.choice(BRANDS)
    paper.center(shop(rng).upper(), is_bold=True)
    paper.center(people.street(rng))
    paper.center(people.town(rng))
    paper.gap(0.4)
    paper.text(f"TERM ID: {digits(rng, 8)}")
    paper.text(f"MERCH ID: {digits(rng, 12)}")
    paper.center("SALE", is_bold=True, scale=1.3)
    label = rng.choice(
        ("CARD NO: ", "ACCT: ", "", "CARD# ", "PAN ", "Account No. ", f"{brand} ")
    )
    parts = number_parts(rng, brand)
    if chance(rng, 0.4) and label:
        paper.text(label)
        paper.text(*parts, rng.choice(("", " S", " (C)")))
    else:
        paper.text(label, *parts)
    if chance(rng, 0.75):
        word = rng.choice(
            ("EXP: ", "EXPIRY ", "Exp Date: ", "VALID THRU ", "EXP DATE ", "EXP ")
        )
        paper.text(word, expiry(end(rng)))
    paper.text(
        rng.choice(("ENTRY: SWIPED", "ENTRY METHOD: MANUAL", "CHIP READ", "KEYED"))
    )
    paper.row(f"{bought(rng):%m/%d/%y}", clock(rng))
    paper.text(f"INV #: {digits(rng, 6)}   BATCH {digits(rng, 3)}")
    paper.text(f"APPR CODE: {digits(rng, 6)}")
    paper.gap(0.3)
    paper.row("AMOUNT", f"${rng.uniform(4, 400):.2f}", is_bold=True)
    if chance(rng, 0.4):
        paper.row("TIP", "$________")
        paper.row("TOTAL", "$________")
    if chance(rng, 0.4):
        paper.text("X_______________________")
        who = people.some_person(rng)
        paper.text(f"{who.family}/{who.given}".upper())
    paper.center(
        rng.choice(("MERCHANT COPY", "CUSTOMER COPY", "I AGREE TO PAY ABOVE TOTAL"))
    )
    return paper


@layout("shop receipt with a number in full", weight=3)
def shop_receipt(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((32, 38, 42)))
    head(paper, rng, shop(rng).upper())
    total = sums(paper, rng, shelf_lines(paper, rng, 2, 6))
    brand = rng.choice(BRANDS)
    paper.row(f"{brand} TENDER", money(total))
    parts = number_parts(rng, brand)
    way = rng.randrange(4)
    if way == 0:
        paper.row("ACCOUNT NUMBER", parts)
    elif way == 1:
        paper.text("CARD: ", *parts, "  EXP: ", expiry(end(rng)))
    elif way == 2:
        paper.text(*parts)
        paper.text("EXP ", expiry(end(rng)), f" AUTH {digits(rng, 6)}")
    else:
        # Split over two lines, as narrow printers do.
        number = grouped(card_number(rng, "VISA"))
        paper.text("CARD NUM ", pan(number[:10].strip()))
        paper.text("         ", pan(number[10:].strip()))
    paper.text(f"TRANS ID {digits(rng, 15)}")
    paper.barcode(digits(rng, 20))
    return paper


@layout("order form with a card", weight=2)
def order_form(rng: random.Random) -> Sheet:
    paper = sheet(rng, rng.randint(850, 1050))
    who = people.some_person(rng)
    paper.text(shop(rng), scale=1.6, is_bold=True)
    paper.text(f"Invoice {digits(rng, 6)}   {bought(rng):%d %B %Y}")
    paper.gap()
    paper.text(f"Bill to: {who.name}, {who.street}, {who.town}")
    paper.gap()
    total = 0.0
    for _n in range(rng.randint(1, 4)):
        price = rng.uniform(8, 300)
        paper.row(
            rng.choice(
                (
                    "Garden hose 50 ft",
                    "Oak shelf 36 in",
                    "Deposit",
                    "Labor 2 h",
                    "Brake pads",
                    "Bouquet",
                    "Room 214, one night",
                )
            ),
            money(price),
        )
        total += price
    paper.rule("")
    paper.row("Total", f"${total:.2f}", is_bold=True)
    paper.gap()
    brand = rng.choice(BRANDS)
    way = rng.randrange(5)
    if way == 0:
        paper.text(
            f"Method: {brand.title()}  Number: ",
            pan(written(card_number(rng, brand), rng)),
            "  Expires: ",
            expiry(end(rng)),
        )
    elif way == 1:
        paper.cells(
            [(0, "Card number"), (0.5, "Expiration"), (0.75, "Name")], is_bold=True
        )
        paper.cells(
            [
                (0, pan(written(card_number(rng, brand), rng))),
                (0.5, expiry(end(rng))),
                (0.75, who.name),
            ]
        )
    elif way == 2:
        paper.text(
            "Paid by check. Routing number: ",
            bank(routing_number(rng)),
            "  Account number: ",
            bank(digits(rng, rng.randint(8, 13))),
        )
    elif way == 3:
        paper.text(
            "ACH debit ",
            "ABA ",
            bank(routing_number(rng)),
            " Acct ",
            bank(digits(rng, 10)),
        )
    else:
        paper.text(
            "Identification: ",
            rng.choice(("Driver License ", "DL# ", "Driver's licence no. ")),
            identity(
                pattern(
                    rng,
                    rng.choice(("A9999999", "99999999", "A999-9999-9999", "AA999999A")),
                )
            ),
        )
        paper.text(
            "Card ",
            pan(written(card_number(rng, brand), rng)),
            " valid thru ",
            expiry(end(rng)),
        )
    return paper


@layout("cheque and identity at the till", weight=4)
def cheque(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((34, 38, 40)))
    head(
        paper,
        rng,
        rng.choice(
            (
                "PAWN & LOAN",
                "WESTERN UNION AGENT",
                "CHECK CASHING",
                "FOOD MART",
                "COUNTY CLERK",
                "UNITED VAN RENTAL",
            )
        ),
    )
    due = sums(paper, rng, shelf_lines(paper, rng, 1, 3))
    paper.row(rng.choice(("CHECK", "E-CHECK", "CHECK TENDERED")), money(due))
    if chance(rng, 0.8):
        paper.text(
            rng.choice(("ROUTING: ", "ABA# ", "TRANSIT/ABA ", "RTN ")),
            bank(routing_number(rng)),
        )
        paper.text(
            rng.choice(("ACCOUNT: ", "CHK ACCT ", "DDA# ", "ACCT NO ")),
            bank(digits(rng, rng.randint(8, 13))),
        )
        paper.text(f"CHECK NO {digits(rng, 4)}")
    way = rng.randrange(5)
    if way == 0:
        paper.text(
            rng.choice(("DL# ", "DRIVERS LICENSE ", "DL/ID: ", "LIC NO ")),
            identity(
                pattern(
                    rng,
                    rng.choice(("A9999999", "999999999", "A99999999999", "99AAA9999")),
                )
            ),
            f" {rng.choice(('CA', 'TX', 'FL', 'NY'))}",
        )
        # A birth date without health is personal, which the panel's terms keep.
        paper.text(f"DOB {people.short_day(people.some_person(rng).born, rng)}")
    elif way == 1:
        paper.text(
            rng.choice(("SSN ", "SOC SEC# ", "SS#: ", "TAXPAYER ID/SSN ")),
            identity(social_security(rng)),
        )
    elif way == 2:
        paper.text(
            rng.choice(("PASSPORT NO ", "PASSPORT: ", "PPT# ")),
            identity(pattern(rng, rng.choice(("999999999", "A99999999", "AA9999999")))),
        )
    elif way == 3:
        paper.text(
            rng.choice(("STATE ID ", "ID CARD NO. ", "MILITARY ID ")),
            identity(digits(rng, rng.randint(8, 10))),
        )
    paper.text(f"REF {digits(rng, 10)}")
    paper.center("THANK YOU")
    return paper

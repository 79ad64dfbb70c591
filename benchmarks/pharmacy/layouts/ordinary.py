"""Receipts with nothing to hide, though much on them looks as if."""

import random

from benchmarks.pharmacy import people, shelves
from benchmarks.pharmacy.layouts.cards import shop
from benchmarks.pharmacy.layouts.registry import (
    bought,
    chance,
    clock,
    comma,
    layout,
    money,
    roll,
    sheet,
)
from benchmarks.pharmacy.layouts.tills import foot, head, shelf_lines, sums, tender
from benchmarks.pharmacy.numbers import card_number, digits, masked, pattern
from benchmarks.pharmacy.paper import Sheet


@layout("drug store, shopping only", is_ordinary=True, weight=3)
def drug_store(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((36, 40, 44)))
    head(paper, rng)
    paper.row(f"{bought(rng):%m/%d/%Y} {clock(rng)}", f"TRN {digits(rng, 4)}")
    due = sums(paper, rng, shelf_lines(paper, rng, 2, 9))
    tender(paper, rng, due)
    if chance(rng, 0.4):
        paper.text(f"FSA ELIGIBLE TOTAL {due / 3:.2f}")
    if chance(rng, 0.4):
        paper.text(f"You have {digits(rng, 2)} ExtraBucks. Card # ***{digits(rng, 4)}")
    if chance(rng, 0.3):
        paper.text("Get a $5 coupon when you transfer a prescription to us!")
    if chance(rng, 0.3):
        paper.text("Pharmacist on duty until 9 PM. Flu shots: walk in today.")
    foot(paper, rng)
    return paper


@layout("grocer, masked card", is_ordinary=True, weight=1.5)
def grocer(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((32, 38, 42)))
    head(
        paper,
        rng,
        rng.choice(("FRESH FARE", "GIANT", "ALDI", "FOOD LION", "Trader Joe's")),
    )
    goods = (
        "ORG BANANAS",
        "GRND BEEF 80/20",
        "WHL MILK 1 GAL",
        "SOURDOUGH",
        "ROMAINE HRTS",
        "CHOBANI VAN",
        "PEANUT BTR",
        "SPAGHETTI",
        "TOMATO SAUCE",
        "CHED SHRED",
        "AVOCADO",
        "SALMON FILLET",
        "RICE 5LB",
        "CORN TORTILLA",
    )
    total = 0.0
    for name in rng.sample(goods, rng.randint(3, 10)):
        price = rng.uniform(0.5, 15)
        if chance(rng, 0.3):
            paper.text(f"  {rng.uniform(0.3, 3):.2f} lb @ {price:.2f}/lb")
        paper.row(
            f"{digits(rng, 12)} {name}" if chance(rng, 0.2) else name, f"{price:.2f} F"
        )
        total += price
    tender(paper, rng, sums(paper, rng, total))
    if chance(rng, 0.4):
        paper.text(f"TC# {' '.join(digits(rng, 4) for _n in range(5))}")
    foot(paper, rng)
    return paper


@layout("restaurant with masked slip", is_ordinary=True, weight=1.5)
def restaurant(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((28, 32, 36)))
    paper.center(shop(rng), is_bold=True, scale=1.3)
    paper.center(people.street(rng))
    paper.center(people.phone(rng))
    paper.row(
        f"Table {rng.randint(1, 40)}", f"Server: {rng.choice(people.GIVEN['us'])}"
    )
    paper.row(f"Check #{digits(rng, 5)}", f"Guests {rng.randint(1, 6)}")
    total = 0.0
    dishes = (
        "Caesar Salad",
        "Ribeye 12oz",
        "Margherita",
        "House Red Gls",
        "Iced Tea",
        "Kids Burger",
        "Clam Chowder",
        "Tacos (3)",
        "Pad Thai",
        "Espresso",
        "Tiramisu",
        "Dr Pepper",
        "Shot Tequila",
    )
    for name in rng.sample(dishes, rng.randint(2, 6)):
        price = rng.uniform(2, 38)
        paper.row(f"{rng.randint(1, 3)} {name}", money(price))
        total += price
    due = sums(paper, rng, total)
    paper.gap(0.4)
    brand = rng.choice(("VISA", "MASTERCARD", "AMEX"))
    paper.text(f"{brand} {masked(card_number(rng, brand), rng)}")
    paper.text(rng.choice(("EXP **/**", "Exp: XX/XX", "Chip Read", "Contactless")))
    paper.text(f"Auth {digits(rng, 6)}  Ref {digits(rng, 12)}")
    paper.row("Amount", money(due))
    paper.row("Tip", "__________")
    paper.text(f"Cardholder: {people.some_person(rng).surname_first.upper()}")
    return paper


@layout("hardware or fuel with long numbers", is_ordinary=True)
def hardware(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((34, 40)))
    head(
        paper,
        rng,
        rng.choice(
            (
                "THE HOME DEPOT",
                "SHELL",
                "ACE HARDWARE",
                "AUTOZONE",
                "BEST BUY",
                "LOWE'S",
            )
        ),
    )
    total = 0.0
    goods = (
        "2X4-8FT STUD",
        "PAINT INT GAL",
        "WD-40 12OZ",
        "DRILL BIT SET",
        "HDMI CABLE 6FT",
        "MOTOR OIL 5W30",
        "LED BULB 4PK",
        "USB-C CHARGER",
        "UNLEADED 11.42G",
    )
    for name in rng.sample(goods, rng.randint(1, 5)):
        price = rng.uniform(2, 90)
        paper.row(f"{digits(rng, 12)} {name}", money(price))
        if chance(rng, 0.25):
            paper.text(f"  SERIAL NO {pattern(rng, 'AA9999999999')}")
        total += price
    tender(paper, rng, sums(paper, rng, total))
    paper.text(
        f"INVOICE {digits(rng, 10)}  PO/JOB {rng.choice(people.STREETS).upper()}"
    )
    if chance(rng, 0.5):
        paper.text(f"GIFT CARD **** **** **** {digits(rng, 4)} BAL 12.40")
    if chance(rng, 0.5):
        paper.text("RETURN POLICY: 90 DAYS. POLICY EXPIRES ON 09/14/2026")
    foot(paper, rng)
    return paper


@layout("online order, paid by masked card", is_ordinary=True)
def online(rng: random.Random) -> Sheet:
    paper = sheet(rng, rng.randint(880, 1080))
    paper.text(
        rng.choice(
            (
                "Target.com",
                "Chewy",
                "iHerb",
                "Vitacost",
                "Etsy",
                "Walgreens.com photo order",
            )
        ),
        scale=1.7,
        is_bold=True,
    )
    paper.text(f"Order {digits(rng, 3)}-{digits(rng, 7)}-{digits(rng, 7)}")
    who = people.some_person(rng)
    paper.text(f"Ship to {who.name}, {who.street}, {who.town}")
    paper.gap()
    total = 0.0
    for name, price in rng.sample(shelves.goods_of(shelves.SHELF), rng.randint(1, 5)):
        paper.row(name.title(), "$" + price)
        paper.text(f"SKU {digits(rng, 8)}  Qty 1", scale=0.85)
        total += float(price)
    paper.rule("")
    paper.row("Order total", f"${total:.2f}", is_bold=True)
    paper.text(f"Payment: Visa {masked(card_number(rng, 'VISA'), rng)}")
    paper.text(f"Tracking 1Z{pattern(rng, '999AA99999999999')}", scale=0.85)
    return paper


@layout("British shop", is_ordinary=True)
def british_shop(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((30, 36)))
    paper.center(
        rng.choice(("Boots", "Superdrug", "TESCO", "Sainsbury's", "Co-op Food")),
        scale=1.5,
        is_bold=True,
    )
    paper.center("Consultation room available - ask in store")
    total = 0.0
    for name, price in rng.sample(
        shelves.goods_of(shelves.SHELF_UK), rng.randint(2, 6)
    ):
        paper.row(name, price)
        total += float(price)
    paper.row("TOTAL TO PAY", f"£{total:.2f}", is_bold=True)
    paper.text("DEBIT MASTERCARD")
    paper.text(f"{masked(card_number(rng, 'MASTERCARD'), rng)}  PAN SEQ NO 01")
    paper.text(f"AID A0000000041010  AUTH {digits(rng, 6)}")
    paper.text(f"ADVANTAGE CARD ...{digits(rng, 4)}  POINTS {digits(rng, 3)}")
    paper.text(
        f"{bought(rng):%d/%m/%y} {rng.randint(8, 20)}:{rng.randint(10, 59)}  "
        f"TILL {digits(rng, 2)} OP {digits(rng, 4)}"
    )
    return paper


@layout("German shop or pharmacy without prescription", is_ordinary=True, weight=1.5)
def german_shop(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((34, 38, 42)))
    paper.center(
        rng.choice(
            (
                "dm-drogerie markt",
                "ROSSMANN",
                "Löwen-Apotheke",
                "Apotheke im Kaufpark",
                "REWE",
            )
        ),
        is_bold=True,
        scale=1.3,
    )
    paper.center("Goethestr. 12, 79098 Freiburg")
    paper.center(f"Tel. 0761/{digits(rng, 6)}")
    total = 0.0
    for name, price in rng.sample(
        shelves.goods_of(shelves.SHELF_DE), rng.randint(2, 7)
    ):
        paper.row(name, price + rng.choice((" 1", " A", " B")))
        total += float(price.replace(",", "."))
    paper.row("SUMME EUR", comma(total), is_bold=True)
    paper.text(f"MwSt 19 %  {comma(total * 0.16)}")
    if chance(rng, 0.6):
        paper.text(f"girocard  Karte ############{digits(rng, 4)}")
        paper.text(
            f"Terminal {digits(rng, 8)} Beleg {digits(rng, 4)} VU {digits(rng, 10)}"
        )
    else:
        paper.row("BAR", comma(total))
    paper.text(
        f"{bought(rng):%d.%m.%Y} 14:{rng.randint(10, 59)}  "
        f"Filiale {digits(rng, 4)} Kasse {rng.randint(1, 6)}"
    )
    paper.text(f"TSE {pattern(rng, 'A9A9999A')} Signatur {digits(rng, 10)}")
    return paper


@layout("Malaysian shop", is_ordinary=True)
def malaysian_shop(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((36, 42)))
    paper.center(
        rng.choice(
            (
                "WATSON'S PERSONAL CARE",
                "CARING PHARMACY RETAIL",
                "99 SPEEDMART",
                "AEON BIG",
            )
        ),
        is_bold=True,
    )
    paper.center(f"GST ID NO : 00{digits(rng, 10)}")
    paper.center("LOT 12 JALAN MAWAR 3, 47500 SUBANG JAYA")
    paper.text(f"TAX INVOICE {pattern(rng, 'AA99999999')}  {bought(rng):%d/%m/%Y}")
    total = 0.0
    for name, price in rng.sample(
        shelves.goods_of(shelves.SHELF_MY), rng.randint(2, 6)
    ):
        paper.row(f"{digits(rng, 13)}", "")
        paper.row(f"  {name}", price + " S")
        total += float(price)
    paper.row("TOTAL RM", money(total), is_bold=True)
    paper.row("CASH", money(total))
    paper.text(f"MEMBER : 6{digits(rng, 9)}  POINTS {digits(rng, 2)}")
    return paper

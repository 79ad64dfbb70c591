"""Till rolls of American drug stores with prescriptions among the shopping."""

import random
from datetime import timedelta

from benchmarks.pharmacy import drugs, people, shelves
from benchmarks.pharmacy.layouts.registry import (
    bought,
    chance,
    clock,
    layout,
    money,
    plan,
    roll,
    rx,
)
from benchmarks.pharmacy.numbers import card_number as a_card
from benchmarks.pharmacy.numbers import digits, drug_code, masked, npi, pattern
from benchmarks.pharmacy.paper import Sheet


def head(paper: Sheet, rng: random.Random, name: str | None = None) -> None:
    """The shop: name, address, phone, perhaps its hours."""
    is_pharmacy = name is None or name in people.CHAINS
    name = name or people.pharmacy(rng)
    paper.center(name, scale=rng.choice((1.0, 1.3, 1.6)), is_bold=chance(rng, 0.6))
    if chance(rng, 0.5):
        paper.center(f"Store #{digits(rng, 4)}")
    paper.center(people.street(rng))
    paper.center(people.town(rng))
    paper.center(rng.choice(("", "Tel ", "PH: ", "Phone ")) + people.phone(rng))
    if is_pharmacy and chance(rng, 0.3):
        paper.center("Pharmacy Hours M-F 8-9 Sat 9-6 Sun 10-5")
    paper.gap()


def shelf_lines(paper: Sheet, rng: random.Random, least: int, most: int) -> float:
    total = 0.0
    mark = rng.choice((" T", " N", "", " F", " A"))
    for name, price in rng.sample(
        shelves.goods_of(shelves.SHELF), rng.randint(least, most)
    ):
        if chance(rng, 0.3):
            name = f"{digits(rng, 11)} {name[:16]}"
        paper.row(name, price + mark)
        total += float(price)
    return total


def sums(paper: Sheet, rng: random.Random, total: float) -> float:
    tax = round(total * 0.07 * rng.random(), 2)
    paper.row("SUBTOTAL", money(total))
    paper.row(rng.choice(("TAX", "SALES TAX", "7.000% TAX")), money(tax))
    paper.row(rng.choice(("TOTAL", "TOTAL DUE")), money(total + tax), is_bold=True)
    return total + tax


def tender(paper: Sheet, rng: random.Random, due: float) -> None:
    """Paid in a way that leaves nothing to hide."""
    way = rng.randrange(4)
    if way == 0:
        paper.row("CASH", money(due + 5))
        paper.row("CHANGE", "5.00")
    elif way == 1:
        paper.row("DEBIT", money(due))
        paper.text(f"ACCT# {masked(a_card(rng, 'VISA'), rng)}")
        paper.text(f"AUTH {digits(rng, 6)}  REF {digits(rng, 8)}")
    else:
        brand = rng.choice(("VISA", "MASTERCARD", "AMEX", "DISCOVER"))
        paper.row(brand, money(due))
        paper.text(masked(a_card(rng, brand), rng))
        if chance(rng, 0.5):
            paper.text(f"APPROVAL CODE {pattern(rng, '99999A')}")
        if chance(rng, 0.3):
            paper.text("AID: A0000000031010  TVR 8000008000")


def foot(paper: Sheet, rng: random.Random, name: str = "") -> None:
    options = [
        lambda: paper.center("THANK YOU FOR SHOPPING WITH US"),
        lambda: paper.text(f"MEMBER # ********{digits(rng, 4)}"),
        lambda: paper.text(f"LOYALTY ACCT 4{digits(rng, 11)}  POINTS {digits(rng, 3)}"),
        lambda: paper.text("SAVE $3 ON YOUR NEXT VISIT. COUPON EXPIRES 12/31/2026"),
        lambda: paper.text(
            f"TRAN# {digits(rng, 6)} REG {digits(rng, 2)} STR 0{digits(rng, 4)}"
        ),
        lambda: paper.barcode(digits(rng, 18)),
        lambda: paper.center("Refill by app, phone or online. Ask your pharmacist."),
        lambda: paper.center("RETURNS WITH RECEIPT, SUBJECT TO OUR POLICY"),
        lambda: paper.matrix(),
        lambda: paper.center("Immunizations available daily. No appointment needed."),
        lambda: paper.text(
            f"Tell us how we did: survey code {digits(rng, 4)}-{digits(rng, 4)}"
        ),
    ]
    for option in rng.sample(options, rng.randint(1, 4)):
        paper.gap(0.4)
        option()


def number(rng: random.Random) -> str:
    """A prescription's number, as shops count."""
    shapes = (
        "9999999 999999 0999999 9999999-99999 999-9999999 C9999999 9999999 99999999"
    )
    return pattern(rng, rng.choice(shapes.split()))


def copay(rng: random.Random) -> float:
    return rng.choice((0, 1.35, 3.7, 4, 5, 7.5, 10, 10, 12.84, 15, 20, 35, 47.13, 60.0))


@layout("chain till, one line a prescription", weight=2)
def one_line(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((38, 40, 42, 48)))
    head(paper, rng, rng.choice(people.CHAINS))
    paper.row(f"{bought(rng):%m/%d/%Y} {clock(rng)}", f"REG#{digits(rng, 2)}")
    paper.rule()
    total = shelf_lines(paper, rng, 0, 4)
    for _n in range(rng.randint(1, 4)):
        price = copay(rng)
        word = rng.choice(("RX ", "RX# ", "PHARMACY RX ", "RX-", "PRESCRIPTION "))
        paper.row((word, rx(number(rng))), (rx(money(price)), rng.choice(("", " N"))))
        if chance(rng, 0.4):
            medicine = drugs.some_medicine(rng)
            paper.text("   ", rx(drugs.printed(medicine, rng, width=30)))
        total += price
    paper.rule()
    tender(paper, rng, sums(paper, rng, total))
    foot(paper, rng)
    return paper


@layout("chain till, block a prescription", weight=2)
def block(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((40, 44, 48)))
    head(paper, rng)
    paper.text(f"Date {bought(rng):%m-%d-%y}   Time {clock(rng)}")
    paper.text(f"Trans {digits(rng, 5)}  Cashier {rng.choice(people.GIVEN['us'])[:6]}")
    paper.rule("=")
    total = 0.0
    patient = people.some_person(rng)
    for _n in range(rng.randint(1, 3)):
        medicine, price = drugs.some_medicine(rng), copay(rng)
        paper.text("Rx: ", rx(number(rng)), "  Refills: ", rx(str(rng.randint(0, 11))))
        paper.text(rx(drugs.printed(medicine, rng)))
        supply = rng.choice((30, 90, 10, 7, 14, 28))
        paper.text(
            "Qty: ", rx(drugs.amount(medicine.quantity)), "  Days: ", rx(str(supply))
        )
        if chance(rng, 0.7):
            paper.text("Pt: ", rx(people.patient_name(patient, rng)))
        if chance(rng, 0.6):
            paper.text("Dr: ", rx(people.prescriber_name(rng)))
        if chance(rng, 0.5):
            paper.text("NDC ", rx(drug_code(rng)))
        paper.row((rx("Your copay"),), (rx(money(price)),))
        paper.gap(0.4)
        total += price
    total += shelf_lines(paper, rng, 0, 3)
    paper.rule("=")
    tender(paper, rng, sums(paper, rng, total))
    foot(paper, rng)
    return paper


@layout("independent till, plain words")
def plain_words(rng: random.Random) -> Sheet:
    """A small shop's till: department keys, no system behind them."""
    paper = roll(rng, rng.choice((26, 30, 32)), size=rng.randint(24, 30))
    head(paper, rng)
    paper.text(f"{bought(rng):%d-%b-%Y}  {clock(rng)}")
    paper.gap()
    total = shelf_lines(paper, rng, 0, 2)
    for _n in range(rng.randint(1, 3)):
        price = copay(rng)
        total += price
        style = rng.randrange(4)
        if style == 0:
            paper.row((rx("PRESCRIPTION"),), (rx(money(price)),))
            paper.text("  # ", rx(number(rng)))
        elif style == 1:
            paper.row((rx("RX COPAY"),), (rx(f"${price:.2f}"),))
        elif style == 2:
            medicine = drugs.some_medicine(rng)
            paper.text(rx(drugs.printed(medicine, rng, width=26)))
            paper.row(("  #", rx(drugs.amount(medicine.quantity))), (rx(money(price)),))
            paper.text("  Script no. ", rx(number(rng)))
        else:
            paper.row(("RX", rx(number(rng))), (rx(money(price)),))
            paper.text("  ", rx(people.patient_name(people.some_person(rng), rng)))
    tender(paper, rng, sums(paper, rng, total))
    foot(paper, rng)
    return paper


@layout("pharmacy counter slip")
def counter(rng: random.Random) -> Sheet:
    """Tables on a wide roll: number, medicine, quantity, price."""
    paper = roll(rng, 56, size=rng.randint(18, 20))
    paper.band(rng.choice(("PHARMACY RECEIPT", "RX PICKUP", "PRESCRIPTION PICK-UP")))
    head(paper, rng)
    patient = people.some_person(rng)
    paper.text("PATIENT: ", rx(people.patient_name(patient, rng)))
    if chance(rng, 0.6):
        paper.text("DOB: ", rx(people.short_day(patient.born, rng)))
    if chance(rng, 0.5):
        paper.text(f"ADDR: {patient.street}, {patient.town}")
    paper.rule()
    paper.cells([(0, "RX NO"), (0.2, "DRUG"), (0.68, "QTY"), (0.8, "YOU PAY")])
    total = 0.0
    for _n in range(rng.randint(1, 4)):
        medicine, price = drugs.some_medicine(rng), copay(rng)
        paper.cells(
            [
                (0, rx(number(rng)[:9])),
                (0.2, rx(drugs.printed(medicine, rng, width=24))),
                (0.68, rx(drugs.amount(medicine.quantity))),
                (0.8, rx(money(price))),
            ]
        )
        total += price
    paper.rule()
    paper.row("ITEMS TOTAL", money(total))
    if chance(rng, 0.6):
        paper.text("BILLED TO: ", plan(rng.choice(people.INSURERS)))
        paper.text("MEMBER ID: ", plan(people.member_number(rng)))
    tender(paper, rng, total)
    paper.text("COUNSELING: ACCEPTED  X______________________")
    paper.text("I have received the items listed above.")
    foot(paper, rng)
    return paper


@layout("insurance claim slip")
def claim(rng: random.Random) -> Sheet:
    """What the plan paid and what is left, from the counter's printer."""
    paper = roll(rng, rng.choice((36, 40)))
    head(paper, rng)
    medicine = drugs.some_medicine(rng)
    day = bought(rng)
    full = rng.uniform(12, 900)
    share = copay(rng)
    paper.text("RX#", rx(number(rng)), f"   FILLED {day:%m/%d/%Y}")
    paper.text(rx(drugs.printed(medicine, rng)))
    if chance(rng, 0.5):
        paper.text(
            "MFR: ", rng.choice(("TEVA", "LUPIN", "SANDOZ", "AUROBINDO", "MYLAN"))
        )
    paper.text("NDC: ", rx(drug_code(rng)))
    paper.row(("QTY ", rx(drugs.amount(medicine.quantity))), ("DS ", rx("30")))
    paper.text("PRESCRIBER ", rx(people.prescriber_name(rng)))
    if chance(rng, 0.5):
        paper.text("NPI ", rx(npi(rng)))
    paper.rule()
    paper.text("PLAN: ", plan(rng.choice(people.INSURERS)))
    paper.text(
        "BIN: ",
        plan(people.processor_code(rng)),
        "  PCN: ",
        plan(people.control_number(rng)),
    )
    paper.text(
        "GROUP: ", plan(pattern(rng, rng.choice(("AAA9999", "999999", "RX9999"))))
    )
    paper.text("ID: ", plan(people.member_number(rng)))
    paper.rule()
    paper.row("USUAL & CUSTOMARY", money(full))
    paper.row("INSURANCE PAID", money(full - share))
    paper.row((rx("COPAY"),), rx(money(share)), is_bold=True)
    if chance(rng, 0.5):
        later = day + timedelta(30)
        paper.text(
            "REFILLS LEFT: ", rx(str(rng.randint(0, 11))), f" BEFORE {later:%m/%d/%y}"
        )
    tender(paper, rng, share)
    foot(paper, rng)
    return paper


@layout("flexible spending summary")
def flexible(rng: random.Random) -> Sheet:
    paper = roll(rng, 42)
    head(paper, rng, rng.choice(people.CHAINS))
    paper.text(f"{bought(rng):%m/%d/%y} {clock(rng)}  #{digits(rng, 4)}")
    shelf = shelf_lines(paper, rng, 1, 4)
    scripts = 0.0
    for _n in range(rng.randint(1, 3)):
        price = copay(rng) + 1
        scripts += price
        style = rng.randrange(3)
        if style == 0:
            paper.row(("FSA RX ", rx(number(rng))), (rx(money(price)), " *"))
        elif style == 1:
            paper.row(
                ("* RX:", rx(number(rng)[:7]), " FILL:", rx(str(rng.randint(0, 5)))),
                rx(money(price)),
            )
        else:
            medicine = drugs.some_medicine(rng)
            paper.row(
                (rx(drugs.printed(medicine, rng, width=26)), " RX"), rx(money(price))
            )
            paper.text(" RX NBR ", rx(number(rng)))
    due = sums(paper, rng, shelf + scripts)
    paper.gap(0.4)
    paper.text("FSA/HSA ELIGIBLE ITEMS")
    paper.row((rx("PRESCRIPTION TOTAL"),), rx(money(scripts)))
    paper.row("HEALTHCARE TOTAL", money(shelf / 2))
    tender(paper, rng, due)
    foot(paper, rng)
    return paper


@layout("supermarket with pharmacy lines")
def supermarket(rng: random.Random) -> Sheet:
    """A long shop with one prescription in the middle of it."""
    paper = roll(rng, rng.choice((36, 40)))
    head(paper, rng, rng.choice(("KROGER", "SAFEWAY", "PUBLIX", "MEIJER", "WALMART")))
    total = shelf_lines(paper, rng, 4, 10)
    price = copay(rng)
    style = rng.randrange(4)
    if style == 0:
        paper.text("PHARMACY", is_bold=True)
        paper.row(("  ", rx(f"RX {number(rng)}")), rx(money(price)))
    elif style == 1:
        paper.row((rx(f"PHRMCY COPAY {digits(rng, 7)}"),), rx(money(price)))
    elif style == 2:
        paper.row(("WC RX ", rx(number(rng))), rx(f"{price:.2f} 0"))
    else:
        paper.row((rx("PHARMACY-PRESCRIPTION"),), rx(money(price)))
        paper.text("   RX NUMBER ", rx(number(rng)))
    total += price + shelf_lines(paper, rng, 1, 5)
    tender(paper, rng, sums(paper, rng, total))
    foot(paper, rng)
    return paper

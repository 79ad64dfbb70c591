"""Slips of counters and offices unlike the tills': pick-up, owing, savings, screens."""

import random
from datetime import timedelta

from benchmarks.pharmacy import drugs, people, shelves
from benchmarks.pharmacy.layouts.labels import bag, bottle, vial
from benchmarks.pharmacy.layouts.ordinary import drug_store
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
    plan,
    roll,
    rx,
    sheet,
    visit,
)
from benchmarks.pharmacy.layouts.tills import copay, number, one_line, tender
from benchmarks.pharmacy.numbers import (
    card_number,
    digits,
    drug_code,
    grouped,
    masked,
    pattern,
    routing_number,
    social_security,
)
from benchmarks.pharmacy.paper import Sheet, stuck


@layout("pick-up slip, values below their names")
def pick_up(rng: random.Random) -> Sheet:
    """Every value on the line below what it is."""
    paper = roll(rng, rng.choice((28, 32)), size=rng.randint(22, 26))
    medicine = drugs.some_medicine(rng)
    patient = people.some_person(rng)
    paper.center(people.pharmacy(rng), is_bold=True)
    paper.rule("*")
    rows = [
        ("Customer", rx(people.patient_name(patient, rng))),
        ("Prescription number", rx(number(rng))),
        ("Medication", rx(drugs.printed(medicine, rng, width=30))),
        ("Quantity dispensed", rx(drugs.amount(medicine.quantity))),
        ("Prescribing doctor", rx(people.prescriber_name(rng))),
        ("Date of birth", rx(people.short_day(patient.born, rng))),
        ("Insurance", plan(rng.choice(people.INSURERS))),
        ("Amount you owe", rx(f"${copay(rng):.2f}")),
    ]
    keep = {1, 2, *rng.sample(range(len(rows)), rng.randint(3, 6))}
    for at in sorted(keep):
        name, value = rows[at]
        paper.text(name, scale=0.85)
        paper.text("  ", value, is_bold=chance(rng, 0.6))
    paper.rule("*")
    paper.center(f"{bought(rng):%m/%d/%Y} {clock(rng)}")
    return paper


@layout("owing slip")
def owing(rng: random.Random) -> Sheet:
    """The shop was short: the rest is to be picked up."""
    paper = roll(rng, rng.choice((34, 40)))
    medicine = drugs.some_medicine(rng)
    whole = int(medicine.quantity) or 1
    given = rng.randint(0, whole - 1)
    paper.center(rng.choice(("** PARTIAL FILL **", "I.O.U.", "PHARMACY OWE SLIP")))
    paper.center(people.pharmacy(rng))
    paper.center(people.phone(rng))
    paper.gap(0.4)
    patient = people.some_person(rng)
    paper.text("We owe ", rx(people.patient_name(patient, rng)))
    paper.text(rx(str(whole - given)), " of ", rx(str(whole)), "  ")
    paper.text(rx(drugs.printed(medicine, rng)))
    paper.text("on Rx ", rx(number(rng)), " from ", rx(people.prescriber_name(rng)))
    paper.text(f"Ready after {bought(rng):%a %b %d} at 2 PM. Bring this slip.")
    paper.barcode(digits(rng, 10))
    return paper


@layout("savings card claim")
def savings(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((38, 42)))
    medicine, full = drugs.some_medicine(rng), rng.uniform(30, 400)
    paper.band(rng.choice(("RX SAVINGS", "DISCOUNT CARD USED", "YOU SAVED TODAY")))
    paper.center(people.pharmacy(rng))
    paper.text(
        rx(drugs.printed(medicine, rng)), " x ", rx(drugs.amount(medicine.quantity))
    )
    paper.row("Retail price", f"${full:.2f}")
    paper.row("Card discount", f"-${full * 0.7:.2f}")
    paper.row(rx("You pay"), rx(f"${full * 0.3:.2f}"), is_bold=True)
    paper.gap(0.4)
    names = rng.choice(
        (
            ("RxBIN", "RxPCN", "RxGRP", "ID"),
            ("BIN:", "PCN:", "Group:", "Member ID:"),
            ("Bin #", "Pcn #", "Grp #", "Cardholder ID"),
        )
    )
    values = (
        people.processor_code(rng),
        people.control_number(rng),
        pattern(rng, rng.choice(("AA99", "DRX99", "999999"))),
        people.member_number(rng),
    )
    if chance(rng, 0.5):
        for name, value in zip(names, values, strict=True):
            paper.row(name, plan(value))
    else:
        for name, value in zip(names, values, strict=True):
            paper.text(name, " ", plan(value))
    paper.text("Rx No. ", rx(number(rng)), f"   {bought(rng):%m/%d/%Y}")
    return paper


@layout("screen of an online pharmacy")
def screen(rng: random.Random) -> Sheet:
    """As a phone shows it, or an e-mail: no paper, large proportional letters."""
    paper = sheet(
        rng,
        rng.randint(720, 820),
        face=rng.choice(("pillow", "sans", "wide")),
        size=rng.randint(24, 28),
        paper=(255, 255, 255),
    )
    paper.text(
        rng.choice(("Hims", "Ro Pharmacy", "Alto", "Capsule", "Blink Health")),
        scale=1.7,
        is_bold=True,
    )
    paper.text("Your order is on its way", scale=1.2)
    paper.text(f"Order #{pattern(rng, 'AA-999999')}")
    paper.rule("")
    total = 0.0
    for _n in range(rng.randint(1, 3)):
        medicine, price = drugs.some_medicine(rng), copay(rng)
        paper.row(rx(drugs.printed(medicine, rng, width=28)), rx(f"${price:.2f}"))
        words = (f"{drugs.amount(medicine.quantity)} count", f"Rx {number(rng)}")
        paper.text(rx(words[0]), "  ·  ", rx(words[1]), scale=0.85)
        paper.text("Prescribed by ", rx(people.prescriber_name(rng)), scale=0.85)
        paper.gap(0.4)
        total += price
    paper.row("Total", f"${total:.2f}", is_bold=True)
    who = people.some_person(rng)
    if chance(rng, 0.5):
        paper.text("Patient", scale=0.85)
        paper.text(rx(who.name), "  (", rx(f"{who.born:%b %d, %Y}"), ")")
    paper.text(f"Visa {masked(card_number(rng, 'VISA'), rng)}")
    return paper


@layout("hospital statement")
def hospital(rng: random.Random) -> Sheet:
    paper = sheet(rng, rng.randint(980, 1150), size=rng.randint(18, 20))
    who, place = people.some_person(rng), rng.choice(people.STREETS)
    paper.row(
        rng.choice((f"{place} Regional Hospital", f"St. {place} Medical Center")),
        f"Statement {bought(rng):%m/%d/%Y}",
        is_bold=True,
        scale=1.2,
    )
    paper.gap()
    paper.text("Patient name: ", visit(people.patient_name(who, rng)))
    paper.text("Account no.: ", visit(digits(rng, 9)))
    if chance(rng, 0.4):
        paper.text("Guarantor SSN: ", identity(social_security(rng)))
    paper.text(
        "Primary insurance: ",
        plan(rng.choice(people.INSURERS)),
        "   Policy: ",
        plan(people.member_number(rng)),
    )
    paper.gap()
    services = (
        "EMERGENCY ROOM LEVEL 3",
        "MRI LUMBAR SPINE W/O CONTRAST",
        "CT HEAD",
        "ROOM AND BOARD SEMI-PRIV",
        "ANESTHESIA 45 MIN",
        "MAMMOGRAM SCREENING BILAT",
        "COLONOSCOPY DIAGNOSTIC",
        "IV INFUSION 1ST HOUR",
        "ULTRASOUND OB LIMITED",
        "PHYSICAL THERAPY EVAL",
        "ECHOCARDIOGRAM COMPLETE",
        "DIALYSIS SESSION",
    )
    total = 0.0
    for words in rng.sample(services, rng.randint(1, 4)):
        fee = rng.uniform(90, 4000)
        day = bought(rng)
        paper.cells(
            [(0, f"{day:%m/%d/%y}"), (0.14, visit(words)), (0.82, visit(money(fee)))]
        )
        total += fee
    paper.rule("")
    paper.row("PLEASE PAY THIS AMOUNT", f"${total * 0.2:.2f}", is_bold=True)
    paper.gap()
    style = rng.randrange(3)
    if style == 0:
        paper.cells([(0, "CARD NUMBER"), (0.5, "EXP. DATE"), (0.75, "AMOUNT")])
        paper.cells(
            [
                (0, pan(grouped(card_number(rng, "VISA")))),
                (0.5, expiry(f"{rng.randint(1, 12):02d}/{rng.randint(26, 31)}")),
                (0.75, money(total * 0.2)),
            ]
        )
    elif style == 1:
        paper.text(
            "Autopay from bank account ",
            bank(digits(rng, 10)),
            ", routing ",
            bank(routing_number(rng)),
        )
    return paper


@layout("doctor's prescription sheet")
def prescription_sheet(rng: random.Random) -> Sheet:
    """The doctor's own paper, photographed with the receipt."""
    paper = sheet(
        rng,
        rng.randint(700, 820),
        face=rng.choice(("serif", "book", "sans")),
        size=rng.randint(23, 27),
        paper=rng.choice(((238, 246, 240), (240, 244, 252), (250, 250, 246))),
    )
    who, medicine = people.some_person(rng), drugs.some_medicine(rng)
    doctor = people.some_person(rng)
    paper.center(rx(f"{doctor.name}, {rng.choice(people.TITLES)}"), scale=1.3)
    paper.center(people.street(rng), scale=0.9)
    paper.center(people.phone(rng), scale=0.9)
    paper.rule("")
    paper.row(("Name ", rx(who.name)), ("DOB ", rx(f"{who.born:%m/%d/%Y}")))
    paper.text(f"Date {bought(rng):%m/%d/%Y}")
    paper.gap(0.5)
    paper.text("Rx", scale=1.8, is_bold=True)
    paper.text("   ", rx(drugs.printed(medicine, rng)), scale=1.1)
    paper.text("   Sig: ", rx(rng.choice(("1 po qd", "1 tab po bid prn", "2 po qhs"))))
    paper.text("   Disp: ", rx(f"#{drugs.amount(medicine.quantity)}"))
    paper.text("   Refills: ", rx(str(rng.randint(0, 5))))
    paper.gap()
    paper.text("Signature ____________________")
    return paper


@layout("office receipt with an identity")
def office(rng: random.Random) -> Sheet:
    """Licences, passports and taxes at a public counter."""
    paper = roll(rng, rng.choice((34, 40)))
    kind = rng.randrange(4)
    who = people.some_person(rng)
    day = bought(rng)
    if kind == 0:
        paper.center("DEPARTMENT OF MOTOR VEHICLES", is_bold=True)
        paper.text("DRIVER LICENSE RENEWAL")
        shape = rng.choice(("A9999999", "999999999", "A999-999-99-999-9"))
        paper.text(
            rng.choice(("DL NUMBER ", "LICENSE NO: ")), identity(pattern(rng, shape))
        )
        paper.text(f"VALID UNTIL {day + timedelta(1460):%m/%d/%Y}")
    elif kind == 1:
        paper.center("PASSPORT ACCEPTANCE FACILITY", is_bold=True)
        paper.text("PASSPORT BOOK APPLICATION DS-82")
        paper.text("OLD PASSPORT NUMBER ", identity(pattern(rng, "A99999999")))
    elif kind == 2:
        paper.center("TAX & BOOKKEEPING SERVICE", is_bold=True)
        paper.text("PREPARE FORM 1040")
        paper.text(
            rng.choice(("SSN: ", "Taxpayer SSN ", "Social security number ")),
            identity(social_security(rng)),
        )
    else:
        paper.center("GUN & PAWN ENTRY / AGE CHECK", is_bold=True)
        paper.text("ID TYPE STATE ID  NO. ", identity(pattern(rng, "99999999")))
    paper.text(f"NAME {who.surname_first.upper()}")
    fee = rng.uniform(20, 180)
    paper.row("FEE", money(fee))
    paper.row("TOTAL", money(fee), is_bold=True)
    tender(paper, rng, fee)
    paper.text(f"RECEIPT NO {digits(rng, 9)}  {day:%m/%d/%Y} {clock(rng)}")
    return paper


@layout("bank counter and transfer slip")
def transfer(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((34, 40)))
    paper.center(rng.choice(("FIRST PLAINS BANK", "HARBOR CREDIT UNION", "MoneyGram")))
    paper.center(rng.choice(("DEPOSIT RECEIPT", "WIRE TRANSFER RECEIPT", "BILL PAY")))
    paper.text(f"{bought(rng):%m/%d/%Y} {clock(rng)}  TELLER {digits(rng, 3)}")
    paper.text(
        rng.choice(("CHECKING ACCT ", "ACCOUNT NUMBER: ", "Beneficiary account ")),
        bank(digits(rng, rng.randint(9, 12))),
    )
    if chance(rng, 0.6):
        paper.text(rng.choice(("ROUTING NO. ", "ABA ")), bank(routing_number(rng)))
    paper.row("AMOUNT", f"${rng.uniform(20, 2000):.2f}", is_bold=True)
    paper.text(f"CONFIRMATION {pattern(rng, '99AA9999')}")
    return paper


@layout("till with medicines as goods")
def as_goods(rng: random.Random) -> Sheet:
    """A dispensary's till: prescribed medicines as items, with marks beside them."""
    paper = roll(rng, rng.choice((38, 42, 46)))
    paper.center(people.pharmacy(rng), is_bold=True)
    paper.center(people.town(rng))
    paper.row(f"{bought(rng):%m/%d/%y}", clock(rng))
    total = 0.0
    for _n in range(rng.randint(1, 4)):
        medicine, price = drugs.some_medicine(rng), copay(rng)
        count = drugs.amount(medicine.quantity)
        name = drugs.printed(medicine, rng, width=24)
        style = rng.randrange(3)
        if style == 0:
            paper.row((rx(f"{number(rng)[:7]} {name}"),), (rx(money(price)), " Rx"))
        elif style == 1:
            paper.row((rx(f"{name} #{count}"),), (rx(money(price)), " RX"))
        else:
            paper.row((rx(name),), (rx(money(price)), " H"))
            paper.text("    NDC ", rx(drug_code(rng)), " QTY ", rx(count))
        total += price
    for name, price in rng.sample(shelves.goods_of(shelves.SHELF), rng.randint(0, 3)):
        paper.row(name, f"{price} T")
        total += float(price)
    paper.row("TOTAL", money(total), is_bold=True)
    tender(paper, rng, total)
    paper.text("RX = PRESCRIPTION ITEM   T = TAXABLE")
    return paper


@layout("till with a label stuck on", weight=1.5)
def labelled(rng: random.Random) -> Sheet:
    till = rng.choice((drug_store, drug_store, one_line))(rng)
    return stuck(till, rng.choice((bag, bottle, vial))(rng), rng)

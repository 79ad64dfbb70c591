"""Pharmacies, practices and card slips of Britain, Germany and Malaysia."""

import random

from benchmarks.pharmacy import drugs, people
from benchmarks.pharmacy.layouts.registry import (
    bank,
    bought,
    chance,
    comma,
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
from benchmarks.pharmacy.numbers import (
    card_number,
    digits,
    grouped,
    iban,
    insured_number,
    malaysian_identity,
    masked,
    nhs_number,
    pattern,
    pzn,
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
MY_STREETS = ("MAWAR", "SS15/4", "TUN RAZAK", "MERBAU")
DE_TOWNS = (
    "50667 Köln",
    "04109 Leipzig",
    "79098 Freiburg",
    "24103 Kiel",
    "99084 Erfurt",
    "86150 Augsburg",
)
DE_STREETS = (
    "Hauptstr.",
    "Bahnhofstr.",
    "Marktplatz",
    "Lindenallee",
    "Goethestr.",
    "Am Stadtpark",
)
MY_TOWNS = (
    "47500 SUBANG JAYA",
    "81100 JOHOR BAHRU",
    "10450 GEORGETOWN",
    "50480 KUALA LUMPUR",
    "93350 KUCHING",
)


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
    for name, price in rng.sample(drugs.goods_of(drugs.SHELF_UK), rng.randint(0, 3)):
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


def de_head(paper: Sheet, rng: random.Random, name: str) -> None:
    paper.center(name, is_bold=True, scale=1.3)
    paper.center(f"{rng.choice(DE_STREETS)} {rng.randint(1, 120)}")
    paper.center(rng.choice(DE_TOWNS))
    paper.center(f"Tel. 0{digits(rng, 3)}/{digits(rng, 6)}")
    paper.gap(0.5)


@layout("German pharmacy till", weight=1.5)
def apotheke(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((36, 40, 42)))
    name = rng.choice(
        (
            "Löwen-Apotheke",
            "Apotheke am Markt",
            "St. Georg Apotheke",
            "easyApotheke",
            "Hirsch Apotheke",
            "Bahnhof-Apotheke",
        )
    )
    de_head(paper, rng, name)
    paper.text(f"Datum {bought(rng):%d.%m.%Y}  Bon {digits(rng, 5)}")
    paper.rule()
    total = 0.0
    for line in rng.sample(drugs.lines_of(drugs.GERMAN), rng.randint(1, 3)):
        words, pack = line.split(";")
        pay = rng.choice((5.0, 5.0, 6.37, 8.94, 10.0))
        paper.row((rx(f"{words} {pack}"),), rx(comma(pay)))
        paper.text(
            "  PZN ",
            rx(pzn(rng)),
            "  ",
            rx(rng.choice(("Zuzahlung", "Rezept", "GKV Zuzahlung", "Privatrezept"))),
        )
        total += pay
    for words, price in rng.sample(drugs.goods_of(drugs.SHELF_DE), rng.randint(0, 3)):
        paper.row(words, price)
        total += float(price.replace(",", "."))
    paper.rule()
    paper.row("SUMME EUR", comma(total), is_bold=True)
    patient = people.some_person(rng, "de")
    if chance(rng, 0.5):
        paper.text(
            "Kunde: ",
            rx(patient.surname_first),
            "  geb. ",
            rx(f"{patient.born:%d.%m.%Y}"),
        )
    if chance(rng, 0.5):
        paper.text(
            "Kasse: ",
            plan(
                rng.choice(
                    (
                        "AOK Rheinland",
                        "Techniker Krankenkasse",
                        "BARMER",
                        "DAK-Gesundheit",
                        "IKK classic",
                    )
                )
            ),
            "  Vers.-Nr. ",
            plan(insured_number(rng)),
        )
    if chance(rng, 0.4):
        paper.text("Arzt: ", rx(f"Dr. med. {people.some_person(rng, 'de').name}"))
    way = rng.randrange(3)
    if way == 0:
        paper.row("BAR", comma(total))
    elif way == 1:
        paper.text(f"girocard  ####{digits(rng, 4)}  Genehmigungs-Nr {digits(rng, 6)}")
    else:
        paper.text("IBAN ", bank(rng.choice((iban(rng), spaced_iban(rng)))))
    paper.center("Vielen Dank und gute Besserung")
    paper.center("USt-IdNr. DE123456789")
    return paper


def spaced_iban(rng: random.Random) -> str:
    text = iban(rng)
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


@layout("German practice invoice")
def praxis(rng: random.Random) -> Sheet:
    paper = sheet(rng, rng.randint(900, 1050))
    de_head(
        paper,
        rng,
        rng.choice(
            (
                "Zahnarztpraxis Dr. Vogt",
                "Physiotherapie am See",
                "Gemeinschaftspraxis Nord",
                "Augenarztzentrum",
                "Labor Dr. Heise",
            )
        ),
    )
    patient = people.some_person(rng, "de")
    paper.text(f"Rechnung Nr. {digits(rng, 6)} vom {bought(rng):%d.%m.%Y}")
    paper.text(
        "Patient: ",
        visit(patient.name),
        ", geb. am ",
        visit(f"{patient.born:%d.%m.%Y}"),
    )
    if chance(rng, 0.5):
        paper.text("Versichertennummer ", plan(insured_number(rng)))
    if chance(rng, 0.5):
        paper.text(
            "Diagnose: ",
            visit(
                rng.choice(
                    (
                        "Karies profunda 36",
                        "Lumboischialgie M54.4",
                        "Myopie H52.1",
                        "Akute Bronchitis",
                    )
                )
            ),
        )
    total = 0.0
    options = (
        ("GOÄ 1", "Beratung"),
        ("GOÄ 5", "Symptombezogene Untersuchung"),
        ("GOZ 1040", "Professionelle Zahnreinigung"),
        ("GOZ 2080", "Kompositfüllung zweiflächig"),
        ("GOÄ 3550", "Blutbild"),
        ("KG", "Krankengymnastik 20 Min."),
        ("MT", "Manuelle Therapie"),
        ("GOÄ 1240", "Spaltlampenmikroskopie"),
    )
    for code, words in rng.sample(options, rng.randint(1, 4)):
        fee = rng.choice((10.72, 18.5, 44.9, 62.3, 98.0))
        paper.row((visit(f"{code} {words}"),), visit(comma(fee)))
        total += fee
    paper.rule("")
    paper.row("Rechnungsbetrag EUR", comma(total), is_bold=True)
    paper.text(
        "Überweisung an ", f"{rng.choice(('Sparkasse', 'Volksbank', 'apoBank'))}"
    )
    if chance(rng, 0.5):
        paper.text("Lastschrift von IBAN ", bank(spaced_iban(rng)))
    if chance(rng, 0.2):
        paper.text("Personalausweis-Nr. ", identity(pattern(rng, "L99A9AA99")))
    return paper


@layout("German card slip, in full", weight=1.5)
def kartenbeleg(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((24, 28, 30)), size=rng.randint(22, 27))
    paper.center("** Kundenbeleg **", is_bold=True)
    paper.center(
        rng.choice(
            ("Gasthaus zur Post", "Tankstelle Süd", "Elektro Krämer", "Hotel Adler")
        )
    )
    paper.center(rng.choice(DE_TOWNS))
    paper.text(f"Terminal-ID {digits(rng, 8)}")
    paper.text(f"TA-Nr {digits(rng, 6)}  BNr {digits(rng, 4)}")
    if chance(rng, 0.5):
        paper.center("Kartenzahlung")
        paper.text(rng.choice(("Mastercard", "VISA", "Maestro")))
        paper.text(
            rng.choice(("Karte: ", "Kartennr. ", "PAN ")),
            pan(rng.choice((grouped, str))(card_number(rng, "MASTERCARD"))),
        )
        paper.text(
            rng.choice(("gültig bis ", "Verfall ", "Gueltig bis: ")),
            expiry(f"{rng.randint(1, 12):02d}/{rng.randint(26, 31)}"),
        )
    else:
        paper.center("Lastschrift ELV")
        paper.text("Konto-Nr. ", bank(digits(rng, 10)))
        paper.text("BLZ ", bank(f"{digits(rng, 3)} {digits(rng, 3)} {digits(rng, 2)}"))
    paper.row("Betrag EUR", comma(rng.uniform(5, 200)), is_bold=True)
    paper.text(f"{bought(rng):%d.%m.%Y} {rng.randint(8, 21)}:{rng.randint(10, 59)} Uhr")
    paper.center("Zahlung erfolgt")
    return paper


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

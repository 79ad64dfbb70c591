"""Pharmacies, practices and card slips of Germany."""

import random

from benchmarks.pharmacy import drugs, people, shelves
from benchmarks.pharmacy.layouts.registry import (
    bank,
    bought,
    chance,
    comma,
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
    iban,
    insured_number,
    pattern,
    pzn,
)
from benchmarks.pharmacy.paper import Sheet

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
    for words, price in rng.sample(
        shelves.goods_of(shelves.SHELF_DE), rng.randint(0, 3)
    ):
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

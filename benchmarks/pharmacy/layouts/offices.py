"""Vaccinations, dentists, clinics and opticians."""

import random

from benchmarks.pharmacy import people
from benchmarks.pharmacy.layouts.registry import (
    bought,
    chance,
    clock,
    identity,
    layout,
    money,
    plan,
    roll,
    sheet,
    visit,
)
from benchmarks.pharmacy.layouts.tills import head, sums, tender
from benchmarks.pharmacy.numbers import (
    card_number,
    digits,
    masked,
    pattern,
    social_security,
)
from benchmarks.pharmacy.paper import Sheet

VACCINES = (
    "FLUZONE QUAD 2025-26 0.5ML",
    "INFLUENZA VACCINE (FLUARIX)",
    "COVID-19 VAC PFIZER COMIRNATY",
    "MODERNA SPIKEVAX 2025",
    "SHINGRIX 50MCG/0.5ML DOSE 2",
    "TDAP BOOSTRIX 0.5ML",
    "PNEUMOVAX 23",
    "PREVNAR 20",
    "HEPATITIS B ENGERIX-B",
    "HPV GARDASIL 9 DOSE 1",
    "MMR II VACCINE",
    "AREXVY RSV VACCINE",
    "TYPHOID VI TYPHIM",
    "Flu shot",
    "MENVEO MENINGITIS",
)


DENTAL = (
    ("D0120", "Periodic oral evaluation"),
    ("D0150", "Comprehensive oral exam"),
    ("D0210", "Full mouth x-rays"),
    ("D0274", "Bitewings four films"),
    ("D1110", "Prophylaxis adult"),
    ("D1206", "Fluoride varnish"),
    ("D2391", "Composite 1 surf posterior"),
    ("D2740", "Crown porcelain #14"),
    ("D3330", "Root canal molar #19"),
    ("D4341", "Scaling & root planing UR"),
    ("D7140", "Extraction erupted tooth #3"),
    ("D9944", "Occlusal night guard"),
)


MEDICAL = (
    ("99213", "Office visit established pt"),
    ("99203", "New patient visit level 3"),
    ("87880", "Rapid strep test"),
    ("87428", "COVID/Flu antigen test"),
    ("81003", "Urinalysis automated"),
    ("36415", "Venipuncture"),
    ("80053", "Comprehensive metabolic panel"),
    ("85025", "CBC with differential"),
    ("93000", "EKG 12 lead"),
    ("71046", "Chest x-ray 2 views"),
    ("20610", "Knee joint injection"),
    ("97110", "Therapeutic exercise 15 min"),
    ("97140", "Manual therapy"),
    ("98941", "Chiropractic adjustment 3-4"),
    ("90834", "Psychotherapy 45 min"),
    ("90791", "Psychiatric evaluation"),
    ("83036", "Hemoglobin A1c"),
    ("84443", "TSH thyroid"),
    ("86703", "HIV 1/2 antibody screen"),
    ("81025", "Urine pregnancy test"),
    ("12001", "Suture simple repair 2.5cm"),
    ("11102", "Skin biopsy tangential"),
)


DIAGNOSES = (
    "J02.9 Acute pharyngitis",
    "M54.50 Low back pain",
    "I10 Essential hypertension",
    "E11.9 Type 2 diabetes",
    "F41.1 Generalized anxiety disorder",
    "N39.0 UTI",
    "J45.909 Asthma",
    "S93.401A Ankle sprain",
    "Z23 Encounter for immunization",
    "L70.0 Acne vulgaris",
)


EYES = (
    "Comprehensive eye exam",
    "Contact lens fitting",
    "Retinal imaging OU",
    "Refraction 92015",
    "Dilation",
    "Progressive lenses, anti-glare",
    "OCT scan glaucoma",
    "Single vision lenses poly",
)


@layout("vaccination at the till", weight=1.2)
def vaccination(rng: random.Random) -> Sheet:
    paper = roll(rng, rng.choice((36, 40, 42)))
    head(paper, rng)
    patient, total = people.some_person(rng), 0.0
    paper.text(f"{bought(rng):%m/%d/%Y} {clock(rng)}   STORE {digits(rng, 4)}")
    paper.gap(0.4)
    for _n in range(rng.randint(1, 2)):
        price = rng.choice((0.0, 24.99, 39.99, 69.0, 199.99))
        paper.row((visit(rng.choice(VACCINES)),), visit(money(price)))
        if chance(rng, 0.5):
            paper.text(
                "  LOT ",
                visit(pattern(rng, "AA999")),
                "  SITE ",
                visit(rng.choice(("L DELTOID", "R ARM", "LEFT ARM"))),
            )
        total += price
    if chance(rng, 0.5):
        paper.row(
            (
                visit(
                    rng.choice(
                        (
                            "IMMUNIZATION ADMIN FEE",
                            "VACCINE ADMINISTRATION",
                            "INJ ADMIN 90471",
                        )
                    )
                ),
            ),
            visit("20.00"),
        )
        total += 20
    if chance(rng, 0.6):
        paper.text("PATIENT: ", visit(people.patient_name(patient, rng)))
    if chance(rng, 0.5):
        paper.text("DOB ", visit(people.short_day(patient.born, rng)))
    if chance(rng, 0.4):
        paper.text("GIVEN BY ", visit(f"{people.some_person(rng).name}, PharmD"))
    if chance(rng, 0.4):
        paper.text(
            "INS: ",
            plan(rng.choice(people.INSURERS)),
            " ID ",
            plan(people.member_number(rng)),
        )
    tender(paper, rng, sums(paper, rng, total))
    return paper


@layout("dentist's statement")
def dentist(rng: random.Random) -> Sheet:
    paper = sheet(rng, rng.randint(900, 1080))
    patient, total = people.some_person(rng), 0.0
    paper.center(
        rng.choice(
            (
                "{} Family Dentistry",
                "{} Dental Associates",
                "Bright Smiles of {}",
                "{} Orthodontics",
            )
        ).format(rng.choice(people.STREETS)),
        scale=1.5,
        is_bold=True,
    )
    paper.center(people.street(rng))
    paper.center(f"{people.town(rng)}   {people.phone(rng)}")
    paper.rule("")
    paper.row(
        ("Patient: ", visit(people.patient_name(patient, rng))),
        (f"Account {digits(rng, 5)}",),
    )
    paper.row(
        ("Provider: ", visit(f"Dr. {people.some_person(rng).name}, DDS")),
        (f"{bought(rng):%B %d, %Y}",),
    )
    if chance(rng, 0.5):
        paper.text(
            "Dental plan: ",
            plan(
                rng.choice(
                    (
                        "Delta Dental PPO",
                        "MetLife Dental",
                        "Guardian DentalGuard",
                        "Cigna DPPO",
                    )
                )
            ),
            "  Subscriber ID ",
            plan(people.member_number(rng)),
        )
    paper.gap()
    paper.cells([(0, "Code"), (0.15, "Description"), (0.8, "Fee")], is_bold=True)
    for code, words in rng.sample(DENTAL, rng.randint(1, 4)):
        fee = rng.choice((45, 62, 88, 110, 145, 210, 980, 1240)) * 1.0
        paper.cells([(0, visit(code)), (0.15, visit(words)), (0.8, visit(money(fee)))])
        total += fee
    paper.rule("")
    paper.row("Total charges", money(total))
    paper.row("Est. insurance", f"-{total * 0.6:.2f}")
    paper.row("Patient portion", money(total * 0.4), is_bold=True)
    paper.text(f"Paid by card {masked(card_number(rng, 'VISA'), rng)}")
    return paper


@layout("clinic visit receipt")
def clinic(rng: random.Random) -> Sheet:
    is_roll = chance(rng, 0.5)
    paper = roll(rng, 42) if is_roll else sheet(rng, rng.randint(880, 1040))
    patient, total = people.some_person(rng), 0.0
    paper.center(
        rng.choice(
            (
                "{} Urgent Care",
                "{} Family Medicine",
                "MinuteClinic",
                "{} Physical Therapy",
                "{} Pediatrics",
                "{} Behavioral Health",
                "{} Dermatology PLLC",
            )
        ).format(rng.choice(people.STREETS)),
        is_bold=True,
        scale=1.3,
    )
    paper.center(people.street(rng))
    paper.center(people.phone(rng))
    paper.gap()
    paper.text(
        rng.choice(("Patient: ", "PATIENT NAME: ", "Name: ")),
        visit(people.patient_name(patient, rng)),
    )
    if chance(rng, 0.6):
        paper.text("Date of birth: ", visit(people.short_day(patient.born, rng)))
    if chance(rng, 0.5):
        paper.text(
            rng.choice(("MRN: ", "Chart # ", "Pt ID: ")),
            visit(digits(rng, rng.randint(6, 8))),
        )
    paper.text("Date of service: ", f"{bought(rng):%m/%d/%Y}")
    paper.text("Provider: ", visit(people.prescriber_name(rng)))
    if chance(rng, 0.5):
        paper.text("Dx: ", visit(rng.choice(DIAGNOSES)))
    if chance(rng, 0.5):
        paper.text(
            "Insurance: ",
            plan(rng.choice(people.INSURERS)),
            " Member ",
            plan(people.member_number(rng)),
        )
    if chance(rng, 0.25):
        paper.text(
            rng.choice(("SSN: ", "Guarantor SSN ", "Social Security No. ")),
            identity(social_security(rng)),
        )
    paper.gap(0.4)
    for code, words in rng.sample(MEDICAL, rng.randint(1, 4)):
        fee = rng.choice((18, 25, 35, 65, 95, 125, 160, 240)) * 1.0
        label = f"{code} {words}" if chance(rng, 0.6) else words
        paper.row((visit(label),), visit(money(fee)))
        total += fee
    paper.rule("-" if is_roll else "")
    if chance(rng, 0.5):
        paper.row(
            (visit(rng.choice(("Visit copay", "OFFICE COPAY", "Co-pay today"))),),
            visit("30.00"),
            is_bold=True,
        )
    paper.row("Total", money(total), is_bold=True)
    tender(paper, rng, total)
    return paper


@layout("optician's order")
def optician(rng: random.Random) -> Sheet:
    paper = sheet(rng, rng.randint(820, 1000)) if chance(rng, 0.6) else roll(rng, 44)
    patient = people.some_person(rng)
    paper.center(
        rng.choice(
            (
                "LensCrafters",
                "Vision Works",
                "{} Eye Care",
                "{} Optical",
                "America's Best",
            )
        ).format(rng.choice(people.STREETS)),
        scale=1.5,
        is_bold=True,
    )
    paper.center(people.town(rng))
    paper.text("Patient ", visit(people.patient_name(patient, rng)))
    paper.text("Doctor ", visit(f"Dr. {people.some_person(rng).name} OD"))
    if chance(rng, 0.7):
        paper.cells(
            [(0, "Rx"), (0.15, "SPH"), (0.4, "CYL"), (0.6, "AXIS"), (0.8, "ADD")]
        )
        for eye in ("OD", "OS"):
            paper.cells(
                [
                    (0, eye),
                    (0.15, visit(f"{rng.choice('+-')}{rng.randint(0, 24) * 0.25:.2f}")),
                    (0.4, visit(f"-{rng.randint(1, 9) * 0.25:.2f}")),
                    (0.6, visit(f"{rng.randint(1, 180):03d}")),
                    (0.8, visit("+2.00")),
                ]
            )
    total = 0.0
    for words in rng.sample(EYES, rng.randint(1, 4)):
        fee = rng.choice((39, 59, 79, 120, 189)) * 1.0
        paper.row((visit(words),), visit(money(fee)))
        total += fee
    paper.row(
        f"Frame {rng.choice(('Ray-Ban RB5154', 'Oakley OX8046', 'Nine West'))}",
        "149.00",
    )
    if chance(rng, 0.6):
        paper.text(
            "Vision plan: ",
            plan(rng.choice(("VSP", "EyeMed", "Davis Vision", "Spectera"))),
            " ID ",
            plan(people.member_number(rng)),
        )
    tender(paper, rng, sums(paper, rng, total + 149))
    return paper

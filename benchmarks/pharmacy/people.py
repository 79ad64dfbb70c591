"""Who stands on a receipt: patients, prescribers, insurers, shops. All made up."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.pharmacy.numbers import digits, pattern


def words(block: str) -> list[str]:
    return block.split()


GIVEN = {
    "us": words("""
    Abigail Adrian Aisha Alan Alejandra Alyssa Amara Andre Angela Anthony
    Beatriz Benjamin Bethany Brandon Brenda Caleb Camila Carlos Caroline Cedric
    Chloe Christopher Cynthia Damian Daniela Darnell Deborah Delores Denise
    Derek Diego Donna Dwayne Edith Eduardo Elaine Elijah Emily Ernest Esther
    Ethan Eugene Evelyn Felicia Fernando Frances Gabriel Geraldine Gloria
    Gregory Guadalupe Harold Hector Heather Hiroshi Ignacio Imani Irene Isaac
    Jacqueline Jamal Janet Javier Jeanette Jerome Joanne Jorge Joseph Judith
    Julian Karen Keisha Kenneth Khadija Kimberly Lamar Lan Latoya Leonard
    Lillian Linda Lorenzo Lucille Luis Mackenzie Marcus Margarita Marisol Martha
    Maurice Megan Mei Mildred Miguel Mohammed Monique Nadia Naomi Natalie Nathan
    Nguyet Nicole Norma Oliver Olga Omar Pamela Patricia Paul Priya Quentin
    Rachel Rajesh Ramona Raymond Rebecca Ricardo Roberta Rodney Rosa Roy Ruben
    Ruth Samantha Sandra Savannah Sergio Shanice Sheila Sofia Stanley Stephanie
    Susan Tamika Tanya Terrence Theodore Theresa Thomas Timothy Tyrone Valentina
    Vanessa Vernon Victoria Vincent Virginia Walter Wanda Wendy Wesley Willie
    Xavier Yesenia Yolanda Zachary"""),
    "uk": words("""
    Alistair Amelia Angus Archie Bronwen Callum Catriona Charlotte Clive Dilys
    Eilidh Fiona Gareth Gemma Graham Harriet Hamish Imogen Isla Keith Lesley
    Malcolm Maureen Moira Nigel Niamh Oscar Philippa Rhiannon Rupert Sanjay
    Shirley Siobhan Tariq Trevor Una Vikram Winifred Yasmin"""),
    "de": words("""
    Anneliese Arne Birgit Bernd Claudia Detlef Dieter Elfriede Emre Frank Gerda
    Gisela Günther Hannelore Heike Helmut Hildegard Ingrid Jens Jörg Jürgen
    Katrin Klaus Lieselotte Lutz Manfred Marlies Matthias Monika Norbert Petra
    Rainer Renate Rolf Sabine Silke Thorsten Ursula Uwe Waltraud Wolfgang Zeynep"""),
    "my": words("""
    Ahmad Aminah Azlan Chee Wai Farah Hafiz Hui Min Ismail Jia Hao Kavitha Lim
    Mei Ling Mohd Nor Nurul Puteri Rajan Rosnah Siti Suresh Swee Zainal Zulkifli"""),
}
FAMILY = {
    "us": words("""
    Abernathy Acosta Aguilar Alvarez Anderson Armstrong Baldwin Banerjee Barnes
    Bauer Becker Begum Bennett Blackwell Bradley Brooks Brennan Callahan
    Cardenas Carpenter Castillo Chandler Chavez Chen Coleman Contreras Cooper
    Crawford Cruz Cunningham Dalton Delgado Desai Dixon Dominguez Donovan
    Eriksen Espinoza Farrell Ferguson Figueroa Fitzgerald Fleming Flores Foster
    Franklin Gallagher Garrison Gonzales Goodwin Graves Greenberg Griffin
    Guerrero Gupta Gutierrez Haddad Hancock Hernandez Hoffman Holloway Huang
    Hutchinson Ingram Iyer Jankowski Jefferson Jimenez Johansson Kaplan Kaur
    Kelley Kim Kowalski Krueger Lambert Lawson Le Levine Lindgren Lombardi Lopez
    MacDonald Maldonado Marino Matsumoto McAllister McBride Medina Mendez
    Mitchell Montoya Morales Nakamura Navarro Nguyen Nowak Obrien Ochoa Okafor
    Olson Ortega Osborne Palmer Park Patel Pacheco Perkins Petrov Pham Quinn
    Ramirez Randall Reyes Richmond Rivera Robinson Romano Rosenthal Ruiz Salazar
    Sanchez Santos Schmidt Schultz Sharma Shapiro Silva Singh Sokolov Sorensen
    Stewart Sullivan Takahashi Thornton Torres Tran Trujillo Underwood Vargas
    Vasquez Velazquez Wagner Wallace Washington Weaver Whitaker Williamson Wong
    Yamamoto Yang Zamora Zhang Zimmerman"""),
    "uk": words("""
    Ashworth Braithwaite Chowdhury Davies Ellis Fairclough Gilchrist Hargreaves
    Hussain Ibbotson Jenkins Kendrick Llewellyn MacLeod Nicholls Oakley
    Pemberton Pritchard Ramsbottom Sutherland Thistlethwaite Uddin Whittaker
    Wrigley"""),
    "de": words("""
    Albrecht Bachmann Baumgärtner Böhm Brandt Dietrich Engelhardt Fuchs Graf
    Hartmann Heinrich Hofmann Jäger Kaiser Kaya Köhler Krause Kühn Lehmann
    Lorenz Maier Neumann Öztürk Pfeiffer Roth Sauer Schäfer Schröder Seidel
    Vogel Winkler Ziegler"""),
    "my": words("""
    Abdullah Chong Goh Hassan Ibrahim Krishnan Lee Lim Ng Osman Pillai Rahman
    Subramaniam Tan Teoh Wong Yusof"""),
}
STREETS = words("""
    Alder Avon Beacon Birchwood Bluebonnet Canal Cedar Ridge Chestnut Clinton
    College Colonial Columbia Cottonwood Court Delaware Dogwood Eastgate Elm
    Fairview Fifth Forest Hill Franklin Garden Grand Greenwood Harrison
    Hawthorne Hickory Hillcrest Jackson Jefferson Juniper Kingston Lakeshore
    Laurel Lexington Locust Magnolia Main Maple Meadow Mesa Mill Monroe Mulberry
    Northfield Oakdale Ocean Orchard Palmetto Park Pearl Pine Poplar Prospect
    Railroad Ridgewood River Rosewood Saratoga Second Shady Spring Summit Sunset
    Sycamore Third Union Valley Vine Walnut Washington Westover Willow""")
ENDINGS = words("""
    St Ave Rd Blvd Dr Ln Way Ct Pkwy Pl Ter Hwy""")
TOWNS = """Albany NY 122|Amarillo TX 791|Ann Arbor MI 481|Asheville NC 288|Aurora CO 800
Bakersfield CA 933|Baton Rouge LA 708|Bend OR 977|Billings MT 591|Boise ID 837
Bridgeport CT 066|Buffalo NY 142|Cedar Rapids IA 524|Charleston SC 294
Chattanooga TN 374
Cincinnati OH 452|Columbia MO 652|Corpus Christi TX 784|Dayton OH 454|Des Moines IA 503
Duluth MN 558|Durham NC 277|El Paso TX 799|Erie PA 165|Eugene OR 974|Evansville IN 477
Fargo ND 581|Flagstaff AZ 860|Flint MI 485|Fresno CA 937|Gainesville FL 326
Grand Rapids MI 495|Green Bay WI 543|Hartford CT 061|Huntsville AL 358|Jackson MS 392
Kalamazoo MI 490|Lansing MI 489|Laredo TX 780|Las Cruces NM 880|Lexington KY 405
Lincoln NE 685|Little Rock AR 722|Lubbock TX 794|Macon GA 312|Madison WI 537
Manchester NH 031|Mobile AL 366|Modesto CA 953|Montgomery AL 361|Naperville IL 605
Norfolk VA 235|Omaha NE 681|Pensacola FL 325|Peoria IL 616|Portland ME 041
Providence RI 029|Pueblo CO 810|Reno NV 895|Richmond VA 232|Roanoke VA 240
Rochester NY 146|Rockford IL 611|Salem OR 973|Savannah GA 314|Scranton PA 185
Shreveport LA 711|Sioux Falls SD 571|Spokane WA 992|Springfield MO 658|Stockton CA 952
Syracuse NY 132|Tacoma WA 984|Topeka KS 666|Tucson AZ 857|Tulsa OK 741|Wichita KS 672
Worcester MA 016|Yakima WA 989""".replace("\n", "|").split("|")
AREA_CODES = words("""
    205 209 214 217 219 225 231 248 253 262 269 301 304 309 312 314 318 319 330
    336 360 402 405 412 419 423 430 434 443 478 480 501 503 505 507 509 515 518
    520 530 541 559 563 570 573 585 601 605 607 608 615 617 620 626 641 651 660
    662 678 701 704 712 716 719 724 731 740 757 765 775 785 801 803 804 806 812
    814 815 828 832 850 859 863 870 903 904 910 913 915 916 918 919 920 928 931
    936 940 951 954 970 972 979""")
CHAINS = (
    "HEALTHMART PHARMACY",
    "WALGREENS",
    "CVS/pharmacy",
    "RITE AID",
    "DUANE READE",
    "KROGER PHARMACY",
    "PUBLIX PHARMACY",
    "H-E-B PHARMACY",
    "WALMART PHARMACY",
    "COSTCO PHARMACY",
    "SAFEWAY PHARMACY",
    "MEIJER",
    "HY-VEE DRUGSTORE",
    "BARTELL DRUGS",
    "DISCOUNT DRUG MART",
    "KINNEY DRUGS",
    "SHOPRITE PHARMACY",
    "GIANT EAGLE PHARMACY",
)
INDEPENDENT = (
    "{place} Apothecary",
    "{family}'s Pharmacy",
    "{place} Family Drug",
    "The Medicine Shoppe #{n}",
    "{place} Drug Co.",
    "{family} & Sons Pharmacy",
    "{place} Village Pharmacy",
    "Corner Drug of {place}",
    "{place} Rx & Gifts",
    "{family} Compounding Pharmacy",
    "{place} Community Pharmacy",
    "Good Neighbor Pharmacy of {place}",
)
INSURERS = (
    "EXPRESS SCRIPTS",
    "CAREMARK",
    "OPTUMRX",
    "Humana Part D",
    "Aetna",
    "Cigna",
    "BCBS of IL",
    "Anthem Blue Cross",
    "UnitedHealthcare",
    "Medicare Part D",
    "TX MEDICAID",
    "Medi-Cal Rx",
    "SilverScript",
    "PRIME THERAPEUTICS",
    "MagellanRx",
    "Kaiser Permanente",
    "Tricare",
    "GoodRx",
    "SingleCare",
    "WELLCARE PDP",
    "Molina Healthcare",
    "Navitus",
    "Elixir",
    "MedImpact",
    "CAPITAL RX",
)
TITLES = ("MD", "DO", "NP", "PA-C", "FNP", "DDS", "DPM", "APRN", "OD", "MD")


@dataclass(frozen=True)
class Person:
    given: str
    family: str
    middle: str
    born: date
    street: str
    town: str
    phone: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def surname_first(self) -> str:
        return f"{self.family}, {self.given}"


def some_day(rng: random.Random, first: int, last: int) -> date:
    """A day of the years `first` to `last`."""
    start = date(first, 1, 1)
    return start + timedelta(rng.randrange((date(last, 12, 31) - start).days + 1))


def phone(rng: random.Random) -> str:
    area, local = rng.choice(AREA_CODES), f"555{rng.randint(100, 9999):04d}"
    return rng.choice(
        (
            f"({area}) {local[:3]}-{local[3:]}",
            f"{area}-{local[:3]}-{local[3:]}",
            f"{area}.{local[:3]}.{local[3:]}",
            f"({area}){local[:3]}-{local[3:]}",
        )
    )


def street(rng: random.Random) -> str:
    number, name = rng.randint(12, 14999), rng.choice(STREETS)
    side = rng.choice(("", "", "", "N ", "S ", "E ", "W "))
    unit = rng.choice(("", "", "", "", f" Apt {rng.randint(1, 40)}", " #4B"))
    return f"{number} {side}{name} {rng.choice(ENDINGS)}{unit}"


def town(rng: random.Random) -> str:
    name, start = rng.choice(TOWNS).rsplit(" ", 1)
    place, state = name.rsplit(" ", 1)
    return f"{place}, {state} {start}{digits(rng, 2)}"


def some_person(rng: random.Random, country: str = "us") -> Person:
    return Person(
        rng.choice(GIVEN[country]),
        rng.choice(FAMILY[country]),
        rng.choice("ABCDEFGHJKLMNPRSTW"),
        some_day(rng, 1932, 2019),
        street(rng),
        town(rng),
        phone(rng),
    )


def patient_name(person: Person, rng: random.Random) -> str:
    text = rng.choice(
        (
            person.name,
            person.surname_first,
            f"{person.family},{person.given} {person.middle}",
            f"{person.given} {person.middle}. {person.family}",
            f"{person.given[0]}. {person.family}",
        )
    )
    return text.upper() if rng.random() < 0.6 else text


def prescriber_name(rng: random.Random, country: str = "us") -> str:
    who = some_person(rng, country)
    title = rng.choice(TITLES)
    text = rng.choice(
        (
            f"Dr. {who.name}",
            f"{who.name}, {title}",
            f"DR {who.given[0]} {who.family}",
            f"{who.family}, {who.given} {title}",
            f"{who.given[0]}. {who.family} {title}",
            f"Dr {who.family}",
        )
    )
    return text.upper() if rng.random() < 0.5 else text


def short_day(day: date, rng: random.Random) -> str:
    return day.strftime(
        rng.choice(("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%b %d, %Y", "%m/%d/%Y"))
    )


def pharmacy(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return rng.choice(CHAINS)
    return rng.choice(INDEPENDENT).format(
        place=rng.choice(STREETS), family=rng.choice(FAMILY["us"]), n=digits(rng, 4)
    )


def member_number(rng: random.Random) -> str:
    shapes = "A99999999 AAA999999999 999999999 A999-9999-99 99999999901 AAA999A99999"
    return pattern(rng, rng.choice(shapes.split()))


def processor_code(rng: random.Random) -> str:
    """A plan's BIN: six digits, those of several processors known in public."""
    known = "610014 004336 610502 003858 015581 017010 610097 020107 012833 610279"
    return rng.choice(known.split())


def control_number(rng: random.Random) -> str:
    """A plan's PCN."""
    return rng.choice(
        (
            *("ADV", "A4", "MEDDPRIME", "CIMCARE", "9999", "GDC", "IRX", "MCAIDADV"),
            *("PARTD", "ASPROD1", "HMO", pattern(rng, "AA9999")),
        )
    )

"""Numbers with the check digits that real ones have. All are drawn at random.

Card numbers begin with ranges that processors publish for tests.
"""

import random
import string

TEST_RANGES = {
    "VISA": ("411111", "424242", "400005", "401288", "422222", "476173"),
    "MASTERCARD": ("555555", "510510", "520082", "222300", "545454"),
    "AMEX": ("378282", "371449", "378734"),
    "DISCOVER": ("601111", "601100", "644564"),
    "MAESTRO": ("675964", "630490"),
    "JCB": ("356600", "353011"),
    "DINERS": ("305693", "385200"),
}
LENGTHS = {"AMEX": 15, "DINERS": 14}


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice(string.digits) for _ in range(count))


def luhn_digit(body: str) -> str:
    """ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def card_number(rng: random.Random, brand: str) -> str:
    length = LENGTHS.get(brand, 16)
    start = rng.choice(TEST_RANGES[brand])
    body = start + digits(rng, length - len(start) - 1)
    return body + luhn_digit(body)


def grouped(number: str, gap: str = " ") -> str:
    """4-4-4-4; 4-6-5 for fifteen digits and 4-6-4 for fourteen."""
    sizes = {15: (4, 6, 5), 14: (4, 6, 4)}.get(len(number), (4, 4, 4, 4))
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return gap.join(parts)


def masked(number: str, rng: random.Random) -> str:
    """Only the last four digits are left, in one of the ways of tills."""
    last = number[-4:]
    return rng.choice(
        (
            f"************{last}",
            f"**** **** **** {last}",
            f"XXXXXXXXXXXX{last}",
            f"XXXX XXXX XXXX {last}",
            f"xxxx-xxxx-xxxx-{last}",
            f"...{last}",
            f"*{last}",
            f"############{last}",
            f"ending in {last}",
            f"....{last}",
        )
    )


def routing_number(rng: random.Random) -> str:
    """Nine digits, the last by the American Bankers Association's 3-7-1 rule."""
    body = f"{rng.choice((*range(1, 13), *range(21, 33))):02d}" + digits(rng, 6)
    total = sum(
        int(digit) * weight
        for digit, weight in zip(body, (3, 7, 1, 3, 7, 1, 3, 7), strict=True)
    )
    return body + str(-total % 10)


def iban(rng: random.Random, country: str = "DE") -> str:
    """ISO 13616: two check digits by modulo 97."""
    body = digits(rng, 18) if country == "DE" else f"BARC{digits(rng, 14)}"
    letters = "".join(str(int(c, 36)) for c in body + country + "00")
    return f"{country}{98 - int(letters) % 97:02d}{body}"


def social_security(rng: random.Random) -> str:
    area = rng.choice([n for n in range(100, 772) if n != 666])
    return f"{area}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}"


def drug_code(rng: random.Random) -> str:
    """A National Drug Code, labeler-product-package."""
    style = rng.randrange(4)
    labeler = f"{rng.randint(2, 72888):05d}"
    if style == 0:
        return f"{labeler}-{digits(rng, 3)}-{digits(rng, 2)}"
    if style == 1:
        return f"{labeler[1:]}-{digits(rng, 4)}-{digits(rng, 2)}"
    if style == 2:
        return labeler + digits(rng, 6)
    return f"{labeler}-{digits(rng, 4)}-{digits(rng, 2)}"


def pzn(rng: random.Random) -> str:
    """Germany's eight-digit number of a pack, the last by modulo 11."""
    while True:
        body = digits(rng, 7)
        check = sum(int(digit) * n for n, digit in enumerate(body, 1)) % 11
        if check < 10:
            return body + str(check)


def nhs_number(rng: random.Random) -> str:
    """England's ten digits, the last by modulo 11."""
    while True:
        body = str(rng.randint(4, 7)) + digits(rng, 8)
        check = -sum(int(d) * (10 - n) for n, d in enumerate(body)) % 11
        if check < 10:
            return f"{body[:3]} {body[3:6]} {body[6:]}{check}"


def npi(rng: random.Random) -> str:
    """A prescriber's ten digits; Luhn over 80840 and the rest."""
    body = rng.choice("12") + digits(rng, 8)
    return body + luhn_digit("80840" + body)


def dea_number(rng: random.Random) -> str:
    """A letter, the surname's initial, six digits and their check digit."""
    body = [int(c) for c in digits(rng, 6)]
    check = (body[0] + body[2] + body[4] + 2 * (body[1] + body[3] + body[5])) % 10
    letters = rng.choice("ABFM") + rng.choice(string.ascii_uppercase)
    return letters + "".join(map(str, body)) + str(check)


def insured_number(rng: random.Random) -> str:
    """Germany's Krankenversichertennummer: a letter, eight digits, a check digit."""
    letter, body = rng.choice(string.ascii_uppercase), digits(rng, 8)
    whole = f"{ord(letter) - 64:02d}{body}"
    total = 0
    for place, digit in enumerate(whole):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return f"{letter}{body}{total % 10}"


def malaysian_identity(rng: random.Random) -> str:
    day = f"{rng.randint(50, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    return f"{day}-{rng.randint(1, 14):02d}-{digits(rng, 4)}"


def pattern(rng: random.Random, shape: str) -> str:
    """9 a digit, A a capital letter, anything else itself."""
    return "".join(
        rng.choice(string.digits)
        if c == "9"
        else rng.choice(string.ascii_uppercase)
        if c == "A"
        else c
        for c in shape
    )

"""Governments' numbers for persons: Social Security, driving licences, passports,
identity cards, tax numbers."""

import re
from collections.abc import Iterable, Iterator

from receipts.screening.findings import Finding, Kind
from receipts.screening.labelled import Label, labelled
from receipts.screening.numbers import AS_DIGITS, digits_of, mended, whole_spots
from receipts.screening.passages import Passage, Sheets
from receipts.screening.wording import folded, words

# Social Security numbers and ITINs (SSA's rules since 2011: area not 000 or 666, group
# not 00, serial not 0000; the IRS's groups for ITINs, whose area begins with 9).
SOCIAL_SECURITY = re.compile(
    r"""(?<![\d.,/\-])(?:
        (?!000|666)[0-8]\d\d ([ .\-]|[ ]?[\-–][ ]?) (?!00)\d\d \1
        | 9\d\d ([ .\-]|[ ]?[\-–][ ]?) (?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9]) \2
    )(?!0000)\d{4}(?![\d%/]|[.,\-]\d)""",
    re.VERBOSE,
)
# Tills print such groups for other things too, and say so.
OTHER_NUMBERS = re.compile(
    r"survey|feedback|\bcodes?\b|\bstore|\btra?ns|\border|invoice|check\s*#|ticket"
    r"|\btc\b|\btel|phone|\bfax|\bgst\b|\breg\b|\bref\b|receipt\s*(?:#|no)|\brcpt"
    r"|\bsku\b|\bupc\b|confirmation|tracking|\bserial",
    re.IGNORECASE,
)
SOCIAL_SECURITY_WORDS = (
    r"(?<![a-z])(?:ssn|ss\s*(?=\#|no\b|num)|s\.s\.(?:n\.?|\s*(?=\#|no\b|num))|itin|soc\.?\s*sec\.?|social\s*(?:security"
    r"|insurance)|taxpayer\s*id\w*)(?![a-z])(?:\s*(?:no|num(?:ber)?|\#))?"
)
# An identity card shows its holder's birthday: nobody of the years to come as yet, nor
# of more than a hundred years ago. What tills print so is the day of a sale.
SALES_YEARS = range(14, 30)
# Malaysia's National Registration Department: states' and other countries' codes.
PLACES = {*range(1, 17), *range(21, 69), 71, 72, *range(74, 80), *range(82, 94), 98, 99}
MYKAD = re.compile(
    r"(?<![\d\-/.])(\d{6})[ ]?[\-–][ ]?(\d\d)[ ]?[\-–][ ]?(\d{4})(?![\d\-/])"
)
MYKAD_WORDS = (
    r"(?<![a-z])(?:nric|my\s?kad|new\s*i/?c|i[/.]?c\.?(?=\s*(?:no|num|\#|:))|no\.?\s*i/?c"
    r"|no\.?\s*k\.?/?p\.?|kad\s*pengenalan|identity\s*card)(?![a-z])"
)
# Where a number is asked for by law: medicine with pseudoephedrine, alcohol, tobacco.
LOGGED = re.compile(
    r"pseudo|ephedrine|\bpse\b|\bmethch|\bdob\b|birth|age\s*ver|over\s*(?:18|21)"
    r"|photo\s*id|state\s*(?:id|issued)|id\s*(?:type|checked|state)|purchaser|buyer"
    r"|driver['’]?s?\s*lic|picked\s*up\s*by|pick-?up\s*(?:person|by)|relationship",
    re.IGNORECASE,
)
AROUND = 4


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def social_security_sure(_read: str, mended: str) -> float | None:
    digits = re.sub(r"\D", "", mended)
    return 0.97 if len(digits) == 9 else 0.7 if len(digits) >= 6 else None


def licence_sure(read: str, _mended: str) -> float | None:
    """States print one to three letters and seven digits or more, some only digits,
    a few letters of the name first."""
    value = re.sub(r"[\W_]", "", read)
    digits = digits_of(value.translate(AS_DIGITS))
    if digits_of(value) < 3 or digits < 4 or not 6 <= len(value) <= 20:
        return None
    return 0.9 if 7 <= len(value) <= 16 else 0.7


def licence_strict(read: str, _mended: str) -> float | None:
    """A person's, not a trade's: most states print one letter and seven digits or
    more (AAMVA's list), trades have fewer digits or more letters."""
    if re.match(r"\W*[A-Z]\W*\d\d?\W", read, re.IGNORECASE):
        return None  # a trade's class
    value = re.sub(r"[\W_]", "", read)
    digits = value[1:].translate(AS_DIGITS)
    is_persons = value[:1].isalpha() and digits.isdigit() and 7 <= len(digits) <= 14
    return 0.7 if is_persons and digits_of(value) >= 5 else None


def licence_of_state(read: str, mended: str) -> float | None:
    """Behind its state's code; in some states eight or nine digits alone."""
    digits = re.sub(r"[\W_]", "", read).translate(AS_DIGITS)
    if digits.isdigit() and 8 <= len(digits) <= 9 and digits_of(read) >= 5:
        return 0.7
    return licence_strict(read, mended)


def passport_sure(read: str, _mended: str) -> float | None:
    value = re.sub(r"[\W_]", "", read)
    return 0.9 if digits_of(value) >= 3 and 6 <= len(value) <= 10 else None


def passport_strict(read: str, _mended: str) -> float | None:
    """Behind an abbreviation, which may stand for something else."""
    value = re.sub(r"[\W_]", "", read)
    return 0.8 if digits_of(value) >= 6 and 8 <= len(value) <= 9 else None


def mykad_sure(_read: str, mended: str) -> float | None:
    digits = re.sub(r"\D", "", mended)
    return 0.97 if len(digits) == 12 and is_mykad(digits) else 0.6


def singaporean_sure(read: str, _mended: str) -> float | None:
    return 0.9


def german_tax_sure(_read: str, mended: str) -> float | None:
    return 0.97 if is_german_tax_number(re.sub(r"\D", "", mended)) else 0.6


def german_tax_strict(_read: str, mended: str) -> float | None:
    return 0.95 if is_german_tax_number(re.sub(r"\D", "", mended)) else None


def german_card_sure(read: str, _mended: str) -> float | None:
    return 0.9 if digits_of(read) >= 3 else None


def insurance_number_sure(_read: str, _mended: str) -> float | None:
    return 0.9


def national_insurance_sure(_read: str, _mended: str) -> float | None:
    return 0.95


# The states' codes of the United States Postal Service.
STATES = (
    "al|ak|az|ar|ca|co|ct|de|dc|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt"
    "|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|pa|pr|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy"
)
GERMAN_TAX = r"[1-9]\d(?:[ ]?\d{3}){3}(?!\d)"
# Letters of the name first: DVLA's sixteen, and Washington's with asterisks.
_LICENCE = (
    r"[A-Z9]{5}[ ]?\d{6}[ ]?[A-Z9]{2}[ ]?\w{3}(?!\w)|"
    r"[A-Z]{0,3}[ \-]{0,2}[A-Z0-9*]*\d[A-Z0-9]*"
    r"(?:[ \-.]{1,2}[A-Z]{0,2}\d[A-Z0-9]*){0,5}"
)
LABELS = (
    Label(
        Kind.IDENTITY_NUMBER,
        "social_security",
        words(SOCIAL_SECURITY_WORDS),
        # Masks may leave more than the last four.
        compiled(r"(?:[*x]{3}[ \-.]{0,3})?\d(?:[ \-.–]{0,3}\d){5,8}(?!\d)"),
        social_security_sure,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "driving_licence",
        words(
            r"""(?<![a-z])(?:
                (?:\w{0,3}iver|driving|operator|dri?ve?r|dr|driv|drv)['’]?s?\.?\s*
                (?:licen[cs]e|lic|id)\.?(?:\s*state)?
                | dlic
                | (?:[do0][./]?l\.?|[do0]ln|cdl)(?=[\s\-]*(?:\#|no\b|num|:
                    |[a-z]{0,2}\s?[a-z]?\d(?:[ \-]?\d){5}))
                | state\s*id(?:entification)?
                | f(?:ü|ue?)hrerschein | lesen\s*memandu
            )(?![a-z])"""
        ),
        compiled(_LICENCE),
        licence_sure,
        is_mended=False,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "identity_paper",
        words(
            r"""(?<![a-z])(?:
                (?:military|tribal|national|consular|veteran)\s*id(?:entification)?
                | (?:national\s*)?identity\s*card | id(?:entification)?\s*card
                | green\s*card | (?:permanent\s*)?resident\s*card | uscis
                | alien\s*(?:reg(?:istration)?|(?=no\b|num|\#))
                | matr(?:í|i)cula\s*consular
                | kad\s*pengenalan | carte\s*d['’]identit(?:é|e)
            )(?![a-z])"""
        ),
        compiled(_LICENCE),
        licence_sure,
        unless=words(r"gift|gym|library"),
        is_mended=False,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "social_security",
        words(
            r"(?<![a-zäöü])(?:(?:sozial|renten)versicherungs-?|sv-?)(?:nummer|nr)\.?"
        ),
        compiled(r"\d{2}[ ]?\d{6}[ ]?[A-Z][ ]?\d{3}(?!\d)"),
        insurance_number_sure,
        is_mended=False,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "passport",
        words(
            r"(?<![a-z])(?:pass?port|reisepass|passeport|pasaporte)"
            r"(?:[ -]?n(?:umme)?r)?(?![a-z])(?:\s*\([a-z. ]{2,14}\)|\s*(?:usa?|uk)\b)?"
        ),
        compiled(
            r"[A-Z]{0,2}[ ]?\d(?:[ .]?\d){5,8}(?!\w)"
            r"|(?=\w*\d)[CFGHJKLMNPRTVWXYZ0-9]{9,10}(?!\w)"
        ),
        passport_sure,
        is_mended=False,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "passport",
        words(
            r"""(?<![a-z])(?:
                pass?pt | psp(?:r?t) | pass?p\.? | p\.?p\.?t(?=\s*(?:\#|no\b|num|:|\d))
                | p[./]?p\.?(?=\s*(?:\#|no\b|num))
            )(?![a-z])"""
        ),
        compiled(r"[A-Z]{0,2}[ ]?\d(?:[ .]?\d){5,8}(?!\w)"),
        passport_strict,
        is_mended=False,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "malaysian_identity_card",
        words(MYKAD_WORDS),
        compiled(r"\d{6}[ \-–]{0,3}\d\d[ \-–]{0,3}\d{4}(?!\d)"),
        mykad_sure,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "singaporean_identity_card",
        words(r"(?<![a-z])(?:nric|fin)(?:/fin)?(?![a-z])"),
        compiled(r"[STFGM][ ]?\d{7}[ ]?[A-Z](?!\w)"),
        singaporean_sure,
        is_mended=False,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "german_identity_card",
        words(
            r"(?<![a-zäöü])(?:personal)?ausweis(?:[ -]?(?:nummer|nr\.?))?(?![a-zäöü])"
        ),
        compiled(r"(?=\w*\d)[CFGHJKLMNPRTVWXYZ0-9]{9,10}D?(?!\w)"),
        german_card_sure,
        is_mended=False,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "german_tax_number",
        words(
            r"(?<![a-z\-])(?:steuer[ -]?(?:id(?:[ -]?nr)?|identifikations(?:nummer|nr))"
            r"|pers(?:ö|oe?)nliche\s*id\w*)(?![a-z])"
        ),
        compiled(GERMAN_TAX),
        german_tax_sure,
        unless=words(r"(?<![a-z])u(?:msatz)?st|vat"),
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "german_tax_number",
        words(r"(?<![a-z\-])(?:id(?:ent)?[ -]?nr)(?![a-z])"),
        compiled(GERMAN_TAX),
        german_tax_strict,
        unless=words(r"(?<![a-z])u(?:msatz)?st|vat"),
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "national_insurance",
        words(
            r"(?<![a-z])(?:nino|n\.?i\.?(?=\s*(?:no|num|\#|:))|nat(?:ional)?\.?\s*ins"
            r"(?:urance)?)(?![a-z])"
        ),
        compiled(r"[A-Z]{2}(?:[ ]?\d\d){3}(?:[ ]?[A-D])?(?!\w)"),
        national_insurance_sure,
        is_mended=False,
    ),
)
# Whose licence or ID it is, where it isn't a person's.
OTHERS = words(
    r"""(?:store|term(?:inal)?|merch(?:ant)?|trans(?:action)?|trx|txn|cashier
            |customer|member|entry|reg(?:ister)?|operator|user|order|app|device|batch
            |tax|vat|g?st|sst|ust|business|liquor|pharm\w*|rph|staff|emp(?:loyee)?|sales
            |receipt|session|host|card|acct|account|promo|survey|visit|auth|network
            |employer|company|fed(?:eral)?|npi|dea|group|plan|rx|bin|pcn)['’]?s?\W*id
            |(?:pharm\w*|liquor|business|store|state\s*lic|contractor\w*|rph|alcohol
            |plate|vehicle|veh|auto|beer|wine|tobacco|lottery|food|repair|dealer|plumb\w*|electric\w*|elec
            |hvac|roof\w*|pest|salon|cosmet\w*|trade|facility|shop|bond\w*|mech\w*
            |vet\w*|therap\w*|doctor|nurs\w*|insured)\W*(?:state\s*)?lic"""
)
# "ID" alone is a shop's or till's, except where a person's was asked for.
ID_LABEL = (
    Label(
        Kind.IDENTITY_NUMBER,
        "driving_licence",
        words(r"(?<![a-z])(?:id|lic(?:en[cs]e)?)(?=\s*(?:\#|no\b|num|:))"),
        compiled(_LICENCE),
        licence_sure,
        unless=OTHERS,
        is_mended=False,
    ),
)
# Shops have licences too: known by the form of a person's, or by their state's code.
LICENCE_LABELS = (
    Label(
        Kind.IDENTITY_NUMBER,
        "driving_licence",
        words(r"(?<![a-z])lic(?=[\s.]*(?:\#|no\b|num|:))\.?"),
        compiled(_LICENCE),
        licence_strict,
        unless=OTHERS,
        is_mended=False,
    ),
    Label(
        Kind.IDENTITY_NUMBER,
        "driving_licence",
        words(rf"(?<![a-z])(?:{STATES})[\s:\-]{{1,2}}lic(?![a-z])\.?"),
        compiled(_LICENCE),
        licence_of_state,
        unless=OTHERS,
        is_mended=False,
    ),
)


def find_identity_numbers(sheets: Sheets) -> Iterable[Finding]:
    """Numbers of persons with their label, and those that are known by their groups:
    Social Security's and MyKad's."""
    found = [
        *labelled(sheets, (*LABELS, *LICENCE_LABELS)),
        *logged(sheets),
        *social_security_numbers(sheets),
        *mykads(sheets),
        *machine_readable(sheets),
    ]
    # One place may be found by its label and by its groups.
    taken: set[tuple] = set()
    for finding in found:
        place = tuple((spot.page, spot.corners[2]) for spot in finding.spots)
        if place not in taken:
            taken.add(place)
            yield finding


def logged(sheets: Sheets) -> Iterator[Finding]:
    lines = sheets.lines
    places = [
        n for n, line in enumerate(lines) if ID_LABEL[0].label.search(folded(line.text))
    ]
    for n in places:
        near = lines[max(0, n - AROUND) : n + AROUND + 1]
        if any(LOGGED.search(line.text) for line in near):
            part = Sheets(sheets.pages, lines[n : n + 2])
            yield from labelled(part, ID_LABEL, first_only=True)


def social_security_numbers(sheets: Sheets) -> Iterator[Finding]:
    for before, line in with_line_before(sheets):
        if digits_of(line.text) < 5 or is_other(before, line.text):
            continue
        for text in dict.fromkeys((line.text, mended(line.text))):
            match = SOCIAL_SECURITY.search(text)
            if match:
                is_usual = "-" in match[0]
                if not is_usual and digits_of(line.text) > 9:
                    continue  # among other figures: a till's numbers
                yield found(
                    sheets,
                    line.part(*match.span()),
                    "social_security",
                    0.85 if is_usual else 0.6,
                )
                break


def mykads(sheets: Sheets) -> Iterator[Finding]:
    for before, line in with_line_before(sheets):
        if digits_of(line.text) < 6 or is_other(before, line.text):
            continue
        for match in MYKAD.finditer(mended(line.text)):
            digits = "".join(match.groups())
            if is_mykad(digits) and int(digits[:2]) not in SALES_YEARS:
                part = line.part(*match.span())
                yield found(sheets, part, "malaysian_identity_card", 0.85)


# ICAO Doc 9303: the lines of passports (44 letters), cards (30) and visas (36).
_NAMES = re.compile(r"[PIACV][A-Z<][A-Z<]{3}[A-Z<]{5,}<[A-Z0-9<]*")
_NUMBERS = re.compile(
    r"[A-Z0-9<]{9}[\d<][A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{2,16}"  # of passports
    r"|\d{7}[MFX<]\d{7}[A-Z<]{3}[A-Z0-9<]{11}\d"  # of cards
    r"|[IAC][A-Z<][A-Z<]{3}[A-Z0-9<]{9}[\d<][A-Z0-9<]{10,15}"
)


def machine_readable(sheets: Sheets) -> Iterator[Finding]:
    for line in sheets.lines:
        if not any(mark in line.text for mark in "<«‹"):
            continue
        text = re.sub(r"[«‹]", "<", line.without(" ").text)
        if len(text) < 24 or not text.isascii():
            continue
        is_names = text.count("<") >= 4 and _NAMES.fullmatch(text)
        if is_names or _NUMBERS.fullmatch(text):
            yield found(sheets, line, "passport_lines", 0.9)


def is_other(before: str, text: str) -> bool:
    """Whether the line says that its number is something else, or the line before
    does, which has none itself."""
    if OTHER_NUMBERS.search(text):
        return True
    return digits_of(before) < 4 and OTHER_NUMBERS.search(before) is not None


def with_line_before(sheets: Sheets) -> Iterator[tuple[str, Passage]]:
    before = ""
    for line in sheets.lines:
        yield before, line
        before = line.text


def found(sheets: Sheets, part: Passage, rule: str, confidence: float) -> Finding:
    return Finding(Kind.IDENTITY_NUMBER, rule, whole_spots(sheets, part), confidence)


def is_mykad(digits: str) -> bool:
    """Birthday (YYMMDD), place of birth and four digits more."""
    month, day, place = int(digits[2:4]), int(digits[4:6]), int(digits[6:8])
    return 1 <= month <= 12 and 1 <= day <= 31 and place in PLACES


def is_german_tax_number(digits: str) -> bool:
    """Eleven digits, the last a check digit by ISO/IEC 7064, MOD 11,10."""
    if len(digits) != 11 or digits[0] == "0":
        return False
    product = 10
    for digit in digits[:-1]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[-1])

"""The category of a merchant that no registry knows, by the words on its paper."""

import re
from collections.abc import Sequence

# Words of names. First match wins.
KINDS = (
    ("pharmacy", r"pharmacy|apotheke|farmacia|pharmacie|\brx\b|farmasi|kedai ubat"),
    ("drug_store", r"drogerie|drug\s?stores?|\bdrugs\b|drugmart"),
    ("casino", r"\bcasino\b"),
    ("gun_shop", r"\bguns?\b|firearms?|\bammo\b|ammunition|\barmory\b"),
    ("cinema", r"\bcinemas?|theat(?:er|re)s?\b|\bmovies?\b|\bkino\b"),
    ("theme_park", r"theme\s?park|amusement|water\s?park|\bzoo\b"),
    (
        "convenience",
        r"convenience|(?:food|mini)\s?mart\b|pasar mini|kedai runcit|kiosk",
    ),
    ("pet_store", r"\bpets?\b|aquarium"),
    (
        "cafe",
        r"coffee|caf[eé]\b|espresso|\bbak(?:ery|eries)|bakehouse|bäckerei|konditorei"
        r"|tea\s?house|kopitiam|donut|yogurt|gelato|ice cream|patisserie|boulangerie",
    ),
    (
        "fast_food",
        r"burger|drive-?in|fried chicken|tacos?\b|taqueria|pizza\b|wings\b|hot ?dog"
        r"|kebab|döner|imbiss",
    ),
    (
        "restaurant",
        r"restaurant|restoran|grill|bistro|diner\b|kitchen|tavern|\bpub\b|\bbar\b|steak"
        r"|sushi|\bthai\b|\bpho\b|ramen|noodle|cantina|pizzeria|trattoria|buffet|eatery"
        r"|brew|cuisine|bbq|\bwok\b|seafood|oyster|ristorante|gasthaus|brasserie|curry"
        r"|dim sum|food\b|delicatessen|\bdeli\b|mexicano|chicken",
    ),
    (
        "supermarket",
        r"super\s?mar(?:ket|kt)|grocer|hyper\s?mar|market\b|mart\b|foods\b|markt\b"
        r"|pasa?r?\s?raya|cash (?:&|and) carry|supermercado",
    ),
    ("hardware", r"hardware|lumber|\btools?\b|machinery|electrical|plumbing|baumarkt"),
    ("electronics", r"electronics?|computers?|\bmobile\b(?! ?[:/\d])|digital"),
    ("office", r"stationery|office suppl|printing|copy shop|\bprint"),
    ("department_store", r"department|dollar|variety|\bgifts?\b|deco\b|bazaar"),
    ("clothing", r"fashion|apparel|boutique|shoes|clothing"),
    ("books", r"\bbook(?:s|store|shop)?\b|buchhandlung|library"),
    (
        "gas_station",
        r"petrol(?:eum)?\b|gasoline|\bfuel|service station|tankstelle|\bpetro\b",
    ),
    (
        "transport",
        r"\btaxi\b|\bcab\b|metro\s?(?:rail|card)|transit|\brail(?:way)?\b|airlines?"
        r"|parking|car park|parkhaus|\btolls?\b",
    ),
    ("tuition", r"tuition|university|\bcollege\b"),
    (
        "other",
        r"car ?wash|laundr|dry clean|\bsalon\b|barber|florist|flowers|tailor|handicraft"
        r"|jewel|furniture|optical|fitness|\bgym\b|hotel|\bmotel\b|\binn\b|liquor"
        r"|\bwines?\b|\bspirits\b|cosmetics|beauty|\bspa\b|nails?\b",
    ),
)
# Told by the name only: the panel may count none of them, and a header says much else.
_BY_NAME_ONLY = {"casino", "gun_shop", "transport", "tuition", "other"}
_SERVED = re.compile(
    r"\b(?:server|table|guests?|gratuity|dine ?in|covers|tb[l1]|srvr)\b", re.I
)


def kind_of(name: str, header: Sequence[str], body: Sequence[str]) -> str | None:
    """The category by the words of the name, else of the header's, else the body's."""
    lowered = name.casefold()
    for kind, pattern in KINDS:
        if re.search(pattern, lowered):
            return kind
    lowered = " ".join(header).casefold()
    for kind, pattern in KINDS:
        if kind not in _BY_NAME_ONLY and re.search(pattern, lowered):
            return kind
    return "restaurant" if _SERVED.search(" ".join(body)) else None

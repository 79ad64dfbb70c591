"""The category of a merchant that no registry knows, by the words on its paper."""

import re
from collections.abc import Sequence

# Words of names. First match wins.
KINDS = (
    ("pharmacy", r"pharmacy|apotheke|farmacia|pharmacie|\brx\b|farmasi"),
    ("drug_store", r"drogerie|drug\s?stores?|\bdrugs\b|drugmart"),
    ("casino", r"casino"),
    ("gun_shop", r"\bguns?\b|firearms?|ammo|ammunition|armory"),
    (
        "transport",
        r"\btaxi\b|\bcab\b|metro\s?(?:rail|card)|transit|railway|airlines?|parking|toll",
    ),
    ("tuition", r"tuition|university|college"),
    ("cinema", r"cinemas?|theat(?:er|re)s?\b|movies?|kino"),
    ("theme_park", r"theme\s?park|amusement|water\s?park|zoo\b"),
    ("cafe", r"coffee|caf[eé]\b|espresso|bakery|bakehouse|tea\s?house|kopitiam|donut"),
    (
        "fast_food",
        r"burger|drive-?in|fried chicken|tacos?\b|taqueria|pizza|wings\b|hot ?dog",
    ),
    (
        "restaurant",
        r"restaurant|restoran|grill|bistro|diner|kitchen|tavern|\bpub\b|\bbar\b|steak|sushi|thai"
        r"|\bpho\b|ramen|noodle|cantina|pizzeria|trattoria|buffet|eatery|brew|cuisine|bbq|wok"
        r"|seafood|oyster|ristorante|gasthaus|brasserie|curry|dim sum|food\b",
    ),
    (
        "supermarket",
        r"super\s?mar(?:ket|kt)|grocer|hyper\s?mar|market\b|mart\b|foods\b|markt\b",
    ),
    ("hardware", r"hardware|lumber|tools?\b|machinery|electrical|plumbing"),
    ("electronics", r"electronics?|computers?|mobile\b|digital"),
    ("department_store", r"department|dollar|variety|gift|deco\b|bazaar"),
    ("clothing", r"fashion|apparel|boutique|shoes|clothing"),
    ("books", r"book|stationery|library"),
    ("gas_station", r"petrol|gasoline|fuel|service station|tankstelle"),
)
_SERVED = re.compile(r"\b(?:server|table|guests?|gratuity|dine ?in|covers)\b", re.I)


def kind_of(name: str, header: Sequence[str], body: Sequence[str]) -> str | None:
    """The category by the words of the name, else of the header's, else the body's."""
    for text in (name, " ".join(header)):
        lowered = text.casefold()
        for kind, pattern in KINDS:
            if re.search(pattern, lowered):
                return kind
    return "restaurant" if _SERVED.search(" ".join(body)) else None

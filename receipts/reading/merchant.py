"""Whose receipt it is: the name in the header, or a known merchant's or brand's."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from receipts.reading.amounts import amounts_in
from receipts.reading.dates import MONTHS, PATTERNS, TIME
from receipts.reading.labels import label_of, plain
from receipts.reading.page import Line

HEADER = 9  # lines in which a name is looked for


@dataclass(frozen=True)
class KnownMerchant:
    """A merchant that the panel knows, with the ways in which paper writes it."""

    name: str
    aliases: tuple[str, ...] = ()
    category: str = ""


@dataclass(frozen=True)
class Named:
    """A merchant's name and category with confidence and evidence."""

    name: str | None
    category: str | None
    confidence: float
    evidence: tuple[str, ...]


# Words of names, for the category where no brand tells it. First match wins.
_KINDS = (
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
_NOT_A_NAME = re.compile(
    r"^(?:(?:your )?guest (?:number|no).*|your order.*|you .*|welcome(?: to)?|thank ?you.*|receipt|sales? receipt|tax invoice|simplified tax invoice|invoice|"
    r"guest (?:check|copy|receipt)|customer copy|merchant copy|cash receipt|order|bill|check|duplicate|"
    r"copy|re-?print(?:ed)?.*|staff.*|goods sold.*|.*returnable.*|directory|void|sale|credit|store|cash sales?|cash bill|kassenbon|rechnung|quittung|beleg|"
    r"dine ?in|take ?out|to go|for here|pick ?up|delivery|server.*|table.*|cashier.*|host.*|station.*|"
    r"official receipt|tax|itemized|open|closed|eat ?in|takeaway|carry ?out|save money.*|live better.*|"
    r"expect more.*|cashier|transaction.*|customer.*|date.*|time.*|bar|dining(?: room)?|patio|"
    r"hier bin ich.*|eur|usd|preis.*|summary|details)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|blvd|boulevard|drive|dr|lane|ln|hwy|highway|suite|ste|"
    r"jalan|jln|taman|lot|no|lorong|bandar|floor|level|str|strasse|platz|weg|allee|pkwy|plaza|"
    r"way|court|unit|pike|parkway|circle|route|kuala|selangor|johor|batu)\b\.?|straße|strasse|str\.",
    re.IGNORECASE,
)
_STATE_ZIP = re.compile(r"\b[A-Z]{2}[,.]?\s+\d{5}(?:-\d{4})?\b|\b\d{5}\b")
_PHONE = re.compile(
    r"(?:tel|ph(?:one)?|fax|call)\b|\(?\d{3}\)?[\s.\-]{0,2}\d{3}[\s.\-]{1,2}\d{4}|\d{2,4}[\-\s]\d{6,8}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?:gst|reg|roc|co|company|tax|vat|ust|steuer|store|order|check|invoice|ticket|receipt|bill|doc|trans|term|pos|id)"
    r"\s?(?:no|nr|id|reg|#|num|number|\.)*\s?[:#.]?\s?\(?[A-Z]{0,4}[\d\-]{3,}",
    re.IGNORECASE,
)
_WEB = re.compile(r"(?:www[.\s]|https?:|\.com\b|\.net\b|\.de\b|@)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?:www\.?\s?|@)?([a-z0-9\-]{3,})\.(?:com|net|org|de|co|us)\b", re.IGNORECASE
)
_SUFFIX = re.compile(
    r"\b(?:sdn\.?\s?bhd|s/b|inc|llc|ltd|gmbh|co\.? ?kg|corp|enterprise|trading|restaurant|"
    r"restoran|store|market|cafe|grill|company|pharmacy|bar|kitchen|house|shop|pizza)\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(r"\b(?:sdn|bhd|gmbh|llc|inc|ltd|kg|s/b)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


@cache
def brands() -> tuple[KnownMerchant, ...]:
    """Widely known names and their categories."""
    data = json.loads(
        files("receipts.reading").joinpath("data/brands.json").read_text("utf-8")
    )
    return tuple(
        KnownMerchant(name, (), kind) for kind, names in data.items() for name in names
    )


def squeezed(text: str) -> str:
    return plain(text).replace(" ", "")


def find_merchant(lines: Sequence[Line], known: Sequence[KnownMerchant]) -> Named:
    """The merchant of a receipt. A known name anywhere in the header comes first."""
    header = list(lines[:HEADER])
    match = known_in(header, lines, known)
    if match is not None:
        return named(match, lines, 0.97, "a merchant that the panel knows")
    by_header, line = from_header(header, lines)
    match = known_in(header[: max(4, line + 1)], lines, brands())
    # A legal name above a brand's is the shop's own: the brand may be what it sells.
    is_legal = by_header.name is not None and _LEGAL.search(by_header.name) is not None
    if match is not None and (match.line <= line or not is_legal):
        return named(match, lines, 0.93, "a known brand")
    return by_header


@dataclass(frozen=True)
class Match:
    """A merchant found by name: the line of the header (-1: the web address)."""

    merchant: KnownMerchant
    line: int
    score: float


def named(match: Match, lines: Sequence[Line], confidence: float, what: str) -> Named:
    where = f"Line {match.line + 1} of the header"
    return Named(
        match.merchant.name,
        match.merchant.category or kind_of(match.merchant.name, lines),
        confidence if match.score >= 0.97 else confidence - 0.07,
        (f"{where if match.line >= 0 else 'The web address'} names {what}.",),
    )


def known_in(
    header: Sequence[Line], lines: Sequence[Line], merchants: Sequence[KnownMerchant]
) -> Match | None:
    """The best match by score, then by the name's length. `lines` for addresses."""
    domains = {
        squeezed(match.group(1))
        for line in lines
        for match in _DOMAIN.finditer(line.text)
    }
    found: list[tuple[float, int, Match]] = []
    for merchant in merchants:
        for name in (merchant.name, *merchant.aliases):
            wanted = squeezed(name)
            if len(wanted) < 2:
                continue
            for number, line in enumerate(header):
                score = name_score(plain(name), plain(line.text)) - 0.002 * number
                is_whole = score > 0.98
                if score > 0.5 and (is_whole or not _ADDRESS.search(line.text)):
                    found.append((score, len(wanted), Match(merchant, number, score)))
            if len(wanted) >= 5 and wanted in domains:
                found.append((0.9, len(wanted), Match(merchant, -1, 0.9)))
    return max(found, key=lambda entry: entry[:2])[2] if found else None


def name_score(name: str, line: str) -> float:
    """1 for the name as a line, less for a part of one, 0 for none. Plain texts."""
    wanted, text = name.replace(" ", ""), line.replace(" ", "")
    if not text:
        return 0.0
    if text == wanted:
        return 1.0
    if line.startswith(f"{name} "):
        return 0.99
    if len(wanted) < 6:
        return 0.0
    if f" {name} " in f" {line} ":
        return 0.93
    if len(wanted) >= 8 and wanted in text:
        return 0.92
    if abs(len(text) - len(wanted)) <= 2:
        ratio = fuzz.ratio(wanted, text)
        return ratio / 100 if ratio >= 86 else 0.0
    return 0.0


def from_header(header: Sequence[Line], lines: Sequence[Line]) -> tuple[Named, int]:
    """The likeliest line of the header by size, place and wording; its number."""
    if not header:
        return Named(None, None, 0.0, ()), 0
    heights = sorted(line.height for line in lines)
    usual = heights[len(heights) // 2]
    domains = {
        squeezed(match.group(1))
        for line in lines
        for match in _DOMAIN.finditer(line.text)
    }
    scored = []
    for number, line in enumerate(header):
        text = line.text.strip(" *-=_.:~#|\"'“”")
        if not is_name(text):
            if scored and number - scored[-1][1] > 3:
                break
            continue
        score = 2.0 - 0.35 * number
        score += min(1.2, 0.9 * (line.height / usual - 1)) if usual else 0.0
        score += 0.8 if _SUFFIX.search(text) else 0.0
        score += 0.3 if text.upper() == text else 0.0
        # Names in small letters only are rarely a shop's.
        score -= 1.2 if text.lower() == text else 0.0
        score -= 0.8 if len(_LETTERS.findall(text)) < 4 else 0.0
        score += (
            0.6
            if any(
                d in squeezed(text) or squeezed(text) in d
                for d in domains
                if len(d) > 3
            )
            else 0.0
        )
        score -= 0.7 if _ADDRESS.search(text) else 0.0
        score -= 0.6 if len(text) > 38 else 0.0
        score += (
            0.0
            if sum(w.confidence for w in line.words) / len(line.words) > 0.8
            else -0.8
        )
        scored.append((score, number, text))
    if not scored:
        return Named(None, kind_of("", lines), 0.0, ()), 0
    score, number, text = max(scored, key=lambda entry: entry[0])
    name = text
    rivals = [s for s, n, _t in scored if n != number]
    margin = score - max(rivals, default=0.0)
    confidence = max(0.3, min(0.92, 0.55 + 0.12 * score + 0.1 * margin))
    found = Named(
        tidy(name),
        kind_of(name, lines),
        confidence,
        (f"Line {number + 1} of the header reads like a name.",),
    )
    return found, number


def is_name(text: str) -> bool:
    letters = len(_LETTERS.findall(text))
    if letters < 2 or letters < 0.4 * len(text.replace(" ", "")):
        return False
    return not (
        _NOT_A_NAME.match(text)
        or _STATE_ZIP.search(text)
        or _PHONE.search(text)
        or _NUMBERS.search(text)
        or _WEB.search(text)
        or amounts_in(text)
        or TIME.search(text)
        or any(pattern.search(text) for pattern in PATTERNS)
        or (label_of(text) is not None and len(text.split()) <= 2)
        or (re.match(r"^\d+\s+\w", text) and _ADDRESS.search(text))
        or plain(text) in MONTHS
    )


def tidy(name: str) -> str:
    name = re.sub(
        r"\s*\(?(?:co\.?|reg\.?)\s*(?:no|reg).*$", "", name, flags=re.IGNORECASE
    )
    name = re.sub(r"\s*\([\dA-Z\-\s]{5,}\)?$", "", name)
    return re.sub(r"\s{2,}", " ", name).strip(" *-=_.,:~#|")[:120]


def kind_of(name: str, lines: Sequence[Line]) -> str | None:
    """The category by the words of the name, else by those of the header."""
    header = " ".join(line.text for line in lines[:HEADER])
    for text in (name, header):
        lowered = text.casefold()
        for kind, pattern in _KINDS:
            if re.search(pattern, lowered):
                return kind
    body = " ".join(line.text for line in lines).casefold()
    if re.search(r"\b(?:server|table|guests?|gratuity|dine ?in|covers)\b", body):
        return "restaurant"
    return None

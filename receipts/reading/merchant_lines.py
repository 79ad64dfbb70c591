"""The lines of a receipt as a search for the merchant sees them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from receipts.reading.amounts import amounts_in
from receipts.reading.dates import MONTHS, PATTERNS, TIME
from receipts.reading.labels import Label, label_of, plain
from receipts.reading.merchant_talk import is_talk
from receipts.reading.page import Line
from receipts.reading.phones import LABEL, PRINTED
from receipts.reading.registry import JOINERS, key

HEADER = 24  # lines in which a name is looked for: clutter may lie above
LONGEST = 80  # letters of a line that are looked at
# Said of what was bought and paid, or to the customer: never a shop's name.
_NOT_A_NAME = re.compile(
    r"^(?:(?:your )?guest (?:number|no).*|your (?:order|server|cashier).*|you .*"
    r"|w?elcome(?: to)?|thank ?(?:you|s).*"
    r"|(?:sales? |cash |official |customer )?receipt"
    r"|(?:simplified )?tax invoice.*|invoice|guest(?: (?:check|copy|receipt))?"
    r"|(?:customer|merchant|store) copy|order|bill|check|duplicate.*|copy"
    r"|re-?print(?:ed)?.*|staff.*|goods sold.*|.*returnable.*|directory|void|sale"
    r"|credit"
    r"|store|cash (?:sales?|bill)|kassenbon|rechnung|quittung|beleg|dine ?in|take ?out"
    r"|to ?go|for here|pick ?up|delivery|server .*|cashier .*|tax|itemized|open|closed"
    r"|eat ?in|takeaway|carry ?out|drive ?(?:thru|through|in)|walk[ _-]?in|save money.*"
    r"|live better.*|expect more.*|bar|dining(?: (?:room|rm))?|patio|counter|lounge"
    r"|hier bin ich.*|eur|usd|preis.*|summary|details|phone|tel|fax|licensee of.*"
    r"|franchisee? of.*|formerly known.*|operated by.*|(?:a )?member of.*|unsere .*"
    r"|(?:visit|follow|find|like|join|call) us.*|order online.*|(?:now )?hiring.*"
    r"|(?:company|gst|sst|vat|tax|business|co)\.? ?(?:reg|id|no|ref).*"
    r"|(?:no|number|#) of (?:guests?|items?).*|(?:server|table|cashier|host|hostess"
    r"|station|transaction|customer|date|time|member|manager|operator|employee|clerk"
    r"|register|lane|till|terminal|kasse|bed|guests?|covers?|party|waiter|seat|cust"
    r"|terminal|employee|emp|empl|tab|tbl|chk|gst|srvr|ticket)s?"
    r"(?:\s*[:#.].*|\s*\d.*)?)$",
    re.IGNORECASE,
)
# Who made the till's program. Their demonstration names are printed by careless shops.
_MAKERS = re.compile(
    r"^(?:powered by.*|toast(?:tab)?|square(?:up)?|clover|micros|ncr|aloha pos|shopkeep"
    r"|lightspeed|revel(?: systems)?|touch ?bistro|verifone|ingenico|first data"
    r"|worldpay|heartland|demo(?: system| store| restaurant)?|training mode)$",
    re.IGNORECASE,
)
_DEMO = ("micros demo system", "demo system", "demo restaurant", "training mode")
# Before these stands a street's name; those stand before one themselves.
_STREET = (
    r"street|st|avenue|ave|av|road|rd|blvd|bivd|boulevard|drive|dr|lane|ln|hwy|highway"
    r"|pkwy|parkway|plaza|plz|way|court|ct|pike|tpke|turnpike|circle|village shopping"
    r"|square|sq|mall|ctr|strasse|platz|weg|allee|floor|flr"
)
_PLACE = (
    r"jalan|jln|taman|tmn|lot|lorong|lrg|bandar|kampung|mukim|seksyen|kawasan|kuala"
    r"|selangor|johor|batu|level|suite|ste|unit|basement|bangunan|menara|wisma|kompleks"
    r"|route|rte|lebuh|lebuhraya|ground floor"
)
_ADDRESS = re.compile(
    rf"[^\W_][.,]?\s+(?:{_STREET})\b\.?(?=\s*(?:$|[,#.\d(&-]|[nsew]{{1,2}}\b|suite|ste\b))"
    rf"|\b(?:{_PLACE})\b|stra(?:ß|ss)e\b|str\."
    r"|\bno[.:]?\s?\d",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:#\s?)?\d+[\w\-/.&,]*\s+(?:[nsew]{1,2}\.?\s+)?\S*[^\W\d_]{2}|^pt ?\d+",
    re.IGNORECASE,
)
_NUMBER_LAST = re.compile(
    r"^[^\W\d_][^\d#:]{3,} \d{1,4}(?:\s?[a-z]|\s?-\s?\d+)?$", re.I
)
_STATES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida"
    "|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine"
    "|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska"
    "|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota"
    "|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota"
    "|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming"
    "|ontario|quebec|alberta|british columbia|selangor|johor|penang|perak|melaka|sabah"
    "|sarawak|kelantan|pahang|kedah|malaysia|usa|singapore"
)
_STATE_ZIP = re.compile(
    r"\b[A-Z]{2}[,.]?\s+\d{5}(?:-\d{4})?\b|\b\d{5}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
    rf"|,\s*[A-Z]{{2}}\.?$|[,.]\s*(?i:{_STATES})\.?$"
)
# Whatever looks like a phone's line is no name, though it may be no shop's number.
_PHONE = re.compile(
    rf"{LABEL.pattern}|{PRINTED.pattern}|\d{{2,4}}[\-\s]\d{{6,8}}|^\+?\d{{9,}}$",
    re.IGNORECASE,
)
_PHONE_LAST = re.compile(
    r"[\s,;(]+(?:tel|ph|phone|fax)\b[\s.#:()+\d\-/]{7,}.*$"
    r"|[\s,;]+\(?\d{3}\)?[\s.\-]{0,2}\d{3}[\s.\-]{1,2}\d{4}$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?:gst|reg|roc|tax|vat|ust|steuer|order|check|invoice|ticket|receipt|bill|doc"
    r"|trans|term|pos|id|tbl|tb1|chk|tran|str|tab|table|ref|member)"
    r"\s?(?:no|nr|id|reg|#|num|number|\.)*\s?[:#.]?\s?\(?[A-Z]{0,4}[\d\-]{3,}"
    r"|\bno\.?\s?[:#]?\s?\d{3,}|(?<!\w)\d+/\d+\b",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"www[.\s]|https?:|\.(?:com|net|org|de|my|co|us)\b|\w@\w", re.IGNORECASE
)
# A company's number behind its name, which Malaysian law wants, and store numbers.
_REGISTERED = re.compile(
    r"\s*[(<\[]?\s*(?:co|company|reg|roc|registration)\.?\s*(?:no|reg)?\.?\s*[:.]?\s*[\w\-]*"
    r"\d{4,}[\s\-A-Z]*[)>\]]?\s*$|\s*[(<\[](?:[A-Z]{0,3}\d[\dA-Z\-\s]{3,})[)>\]]?\s*$",
    re.IGNORECASE,
)
_STORE = re.compile(
    r"\s*(?:[-,]?\s*\(?(?:store|shop|restaurant|unit|filiale|markt|location|str)\s?"
    r"(?:no|nr|#|num)?[.:#]?\s?#?\s?\d+\)?|[-,]?\s*#\s?\.?\s?\d+[\d\-]*|\(\d{1,6}\)"
    r"|[-,]?\s\d{4,7})\s*$",
    re.IGNORECASE,
)
_LEGAL_FORM = (
    r"s[de]n\.?,?\s?bhd\.?|s/b|bhd|gmbh(?:\s?&\s?co\.?\s?kg)?|e\.?k\.?|ohg|inc\.?|llc|l\.l\.c"
    r"|ltd\.?|limited|corp(?:oration)?\.?|plt|pte\.?|s\.?r\.?l|s\.a|gbr|mbh"
)
LEGAL = re.compile(rf"(?<![\w])(?:{_LEGAL_FORM}|kg|ag)\.?(?!\w)", re.IGNORECASE)
_TRADE = re.compile(
    r"\b(?:enterprise|trading|restaurants?|restoran|kedai|syarikat|perniagaan|store|mart"
    r"|market|markt|cafe|caf[eé]|grille?|company|pharmacy|farmasi|apotheke|bar|kitchen|house"
    r"|shop|pizza|pizzeria|tavern|diner|buffet|bistro|bakery|deli|delicatessen|foods?"
    r"|supermarket|hardware|stationery|burgers?|hamburgers|tacos?|taqueria|sushi|pho"
    r"|ramen|noodles?|bbq|steakhouse|seafood|chicken|coffee|pub|brewery|brewing|inn"
    r"|hotel"
    r"|car wash|electrical|machinery|boutique|books?|gifts?|ristorante|trattoria"
    r"|gasthaus|pasar ?raya|kopitiam|eatery|cantina|cuisine|express|company|co"
    r"|wings)\b",
    re.IGNORECASE,
)
# The last words of a mall's, a quarter's or a building's name.
_QUARTER = re.compile(
    r"\b(?:place|hills?|heights|mall|plaza|center|centre|square|towers?|village|park"
    r"|airport|terminal|station|crossing|commons|outlets?|promenade|galleria|pier"
    r"|junction|point|beach|valley|city|town|branch|location|north|south|east|west"
    r"|damansara|utama|jaya|setia|perdana)$",
    re.IGNORECASE,
)
_SHOPS_WORDS = """
    restaurant restaurants restoran store stores shop market mart cafe grill bar
    kitchen tavern pharmacy company co inc llc ltd sdn bhd gmbh corp the of and pizza
    food foods seafood burgers burger coffee house dining supermarket fries shakes
    hardware enterprise trading wholesale retail patio lounge pub bistro diner deli
    buffet bakery mall plaza center centre city sports drive thru dress for less fresh
    quality best service hamburgers tacos taco chicken wings noodles noodle sushi
    pizzeria ristorante trattoria taqueria steakhouse delicatessen express bbq brewery
    brewing eatery cantina cuisine inn hotel kedai syarikat perniagaan international
    group m kg s b
"""
GENERIC = frozenset(_SHOPS_WORDS.split())
_SLOGAN = re.compile(
    r"%|\b(?:you|your|we|our|us|is|are|it|serv(?:ed|ing)|made|enjoy|taste|save|live|since"
    r"|daily|always|ever|best|welcome)\b|[.!?]$",
    re.IGNORECASE,
)
# Letters with digits that are often read for letters.
MIXED = re.compile(r"[^\W\d_]+['\u2019]?[0158][^\W_]*")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Row:
    """A line: its number, text and key, and how it stands on the paper."""

    number: int
    text: str
    size: float  # its height by the usual line's
    sureness: float  # the reader's, 0 to 1

    @cached_property
    def words(self) -> list[str]:
        """The words of the key."""
        words = plain(self.text).replace("%", " ").split()
        return [word for word in words if word not in JOINERS] or words

    @cached_property
    def key(self) -> str:
        return "".join(self.words)

    @cached_property
    def name(self) -> str:
        """The text without a phone, a company's or store's number, and marks."""
        return tidy(_PHONE_LAST.sub("", self.text))

    @property
    def bare(self) -> str:
        """The name's key without its legal form."""
        return key(LEGAL.sub(" ", self.name))

    @cached_property
    def has_amount(self) -> bool:
        return bool(amounts_in(self.text))

    @cached_property
    def is_address(self) -> bool:
        """Whether it is of an address, a phone's or a company's number."""
        if self.has_amount:
            return False
        text = self.name if self.has_legal_form or self.has_phone_too else self.text
        is_shop = bool(_TRADE.search(text) or LEGAL.search(text))
        return bool(
            (text.endswith(",") and not is_shop)
            or _STATE_ZIP.search(text)
            or _PHONE.search(text)
            or (_ADDRESS.search(text) and not LEGAL.search(text))
            or (_NUMBERED.search(text) and not is_shop)
            or (
                _NUMBER_LAST.search(text)
                and not is_shop
                and not _NOT_A_NAME.match(text)
            )
            or re.fullmatch(r"[(<\[]?[A-Z]{0,3}[\d\-]{5,}[\w\-\s]{0,4}[)>\]]?", text)
            or re.match(r"[(<\[]?\s*(?:co|company|gst|sst)\b.{0,14}\d", text, re.I)
        )

    @cached_property
    def is_name(self) -> bool:
        return is_name(self.name)

    @cached_property
    def is_generic(self) -> bool:
        """Whether its words are all of those that follow a name."""
        words = plain(self.name).split()
        return all(word in GENERIC or len(word) == 1 for word in words)

    @cached_property
    def has_phone_too(self) -> bool:
        """Whether a phone's number stands behind something else."""
        return bool(
            _PHONE_LAST.search(self.text) and len(_LETTERS.findall(self.name)) >= 4
        )

    @property
    def has_trade(self) -> bool:
        return bool(_TRADE.search(self.name))

    @property
    def is_slogan(self) -> bool:
        return bool(_SLOGAN.search(self.name))

    @property
    def is_quarter(self) -> bool:
        """Whether it may be of a mall or a part of a town."""
        return bool(_QUARTER.search(self.name)) or bool(
            re.fullmatch(_STATES, self.name, re.IGNORECASE)
        )

    @cached_property
    def is_number(self) -> bool:
        """Whether it is only a number, as clerks write or print above the header."""
        return bool(re.fullmatch(r"\W*[A-Z]{0,2}[\d\W]+[A-Z]?\W*", self.text))

    @property
    def has_legal_form(self) -> bool:
        return bool(LEGAL.search(self.text))

    @property
    def has_store_number(self) -> bool:
        return bool(_STORE.search(self.text))


def rows_of(lines: Sequence[Line]) -> list[Row]:
    heights = sorted(line.height for line in lines)
    usual = heights[len(heights) // 2] if heights else 1.0
    return [
        Row(
            number,
            line.text[:LONGEST].strip(),
            line.height / usual if usual > 0 else 1.0,
            sum(word.confidence for word in line.words) / len(line.words),
        )
        for number, line in enumerate(lines)
    ]


def header_of(rows: Sequence[Row]) -> list[Row]:
    """The rows above the first amount below an address; else of the first lines."""
    header: list[Row] = []
    for row in rows[:HEADER]:
        if row.has_amount:
            if any(other.is_address for other in header) or len(header) > 8:
                break
            continue
        header.append(row)
    return header


def tidy(name: str) -> str:
    """A name without the numbers behind it and the marks around it."""
    name = name.strip(" *-=_.,:;~#|<>«»“”\"'")
    for _turn in range(2):
        shorter = _REGISTERED.sub("", name)
        shorter = _STORE.sub("", shorter)
        if len(_LETTERS.findall(shorter)) < 2:
            break
        name = shorter.strip(" *-=_,:;~#|")
    name = re.sub(r"\s{2,}", " ", name).strip(" *-=_,:;~#|<>")
    name = MIXED.sub(lambda match: spelled(match[0]), name)
    name = name.removesuffix(".") if not LEGAL.search(name[-8:]) else name
    return name[:120]


def spelled(word: str) -> str:
    """A shop's word with the letters that were read as digits: Grill of Gri11."""
    for one in "li":
        letters = word.translate(str.maketrans(f"0158{one}", f"o{one}sb{one}"))
        if letters.casefold() in GENERIC:
            return letters.upper() if word.isupper() else letters
    return word


def is_name(text: str) -> bool:
    """Whether a text may be a shop's name by its words and marks."""
    letters = len(_LETTERS.findall(text))
    if letters < 2 or letters < 0.4 * len(text.replace(" ", "")):
        return False
    return not (
        _NOT_A_NAME.match(text)
        or is_talk(text)
        or is_maker(text)
        or _STATE_ZIP.search(text)
        or _PHONE.search(text)
        or _NUMBERS.search(text)
        or _WEB.search(text)
        or amounts_in(text)
        or TIME.search(text)
        or any(pattern.search(text) for pattern in PATTERNS)
        or is_label(text)
        or (_NUMBERED.search(text) and _ADDRESS.search(text))
        or plain(text) in MONTHS
    )


def is_maker(text: str) -> bool:
    """Whether it names the maker of the till, or what he wrote to try it."""
    spelled = plain(text)
    return bool(_MAKERS.match(spelled)) or any(
        fuzz.ratio(spelled, demo) >= 85 for demo in _DEMO
    )


def is_label(text: str) -> bool:
    """Whether it is a label of one or two words. "Firepoint" holds "point", no more."""
    words = plain(text).split()
    if len(words) > 2 or (label := label_of(text)) is None:
        return False
    if label in (Label.OTHER, Label.DISCOUNT, Label.SAVINGS, Label.CARD, Label.CASH):
        labels = [label_of(word) for word in words]
        return "carry" not in words and all(labels)
    return True

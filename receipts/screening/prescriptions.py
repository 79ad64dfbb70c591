"""Wordings of prescriptions: on a till's receipt, a label, a leaflet.

From what pharmacies of the United States, the United Kingdom, Germany and Malaysia
print. Weights are chances as `Sign` tells; they were set by hand, on paper that was
read, and no receipt is in them.
"""

import re
from collections.abc import Iterable

from receipts.screening.signs import (
    A_DAY,
    NUMBER,
    SHORT_NUMBER,
    Role,
    Shape,
    Sign,
)

# Free refills, and what else is filled again.
_DRINKS = (
    r"free|soda|coffee|drink|cup\b|mug|fountain|tea\b|popcorn|beverage|\bpens?\b"
    r"|\bink\b|toner|cartridge|soap|sanitizer|freshener|water|propane|tank\b|\bpad\b"
    r"|paper|plug|wick|growler|keg|pepsi|coke|lemonade|fries|bread|bucket|razor|blade"
    r"|mop|duster|wipes|candle|bottle|refillable|lead\b|notebook|planner|binder|tape"
)
# "Rx" also names films, cars and graphics cards.
_GOODS_RX = (
    r"\bnon\W{0,2}(?:rx|presc)|radeon|geforce|gpu|lexus|mazda|yamaha|\bfilm|shampoo"
    r"|toothpaste|saddle|\bdiet\b|\brx-?\d{1,3}\b(?![\-\d])|\bmodel\b|\btoy\b"
    r"|die\W?cast"
)
_UNIT = (
    r"(?:tab(?:let)?s?|caps?(?:ules?)?|cplt|softgels?|m[l1]|gm?|grams?|ea|pens?|syr"
    r"|inh(?:aler)?s?|patch(?:es)?|supp|vials?|puffs?|units?|each|st|stk|biji"
    r"|tabletten|kapseln|tablets?)"
)
_FORM = (
    r"(?:tab(?:let)?s?|caps?(?:ules?)?|cplt|softgels?|syringes?|vials?|patch(?:es)?"
    r"|pens?|inhalers?|biji|tabletten|kapseln)"
)
_CODE = r"[\do]{4,5}[\s\-–]{0,2}[\do]{3,4}[\s\-–]{0,2}[\do]{1,2}(?!\d)"

SIGNS = (
    # What is paid when a bag is fetched, at the foot of its sticker.
    Sign(
        Role.COPAY,
        "pickup|pick up|will call|ready for pickup",
        bare=0.06,
        priced=0.2,
        unless=r"curbside|order|grocer|drive|store|restaurant|truck|time|window",
    ),
    Sign(
        Role.NUMBER,
        "fp10|pharmacy first|poison book|btm gebühr|zuzahlungsbefreit|befreiungsausweis"
        "|gebührenbefreit|nhs exempt|exemption code|eps token",
        bare=0.55,
    ),
    Sign(
        Role.NUMBER,
        "p p c|exempt|noctu",
        bare=0.0,
        value=r"(?<=:)\s*\w",
        valued=0.4,
        priced=0.4,
    ),
    Sign(Role.COPAY, "zuz|gesetzl zuz|eigenanteil", bare=0.12, priced=0.6),
    # What tills make of two substances' names; the lexicon has whole names.
    Sign(
        Role.DRUG,
        "amphet|dextr|dextroamp|methylph|oxycod|hydrocod|hctz|smz tmp|smz|noreth"
        "|norethin|ethinyl|ethin|clav|amox clav|amox|apap|asa|hydrochlor|levoth|metop"
        "|guaif cod|prometh|methylpred|benazep|pot chl|pot chloride|nystat|triamcin"
        "|betameth|ipratrop|budes|formot|salmet",
        bare=0.2,
        value=r"[^\d\n]{0,12}\d",
        valued=0.5,
    ),
    Sign(
        Role.NUMBER,
        "rx|r x|rxs|prx",
        bare=0.15,
        value=NUMBER,
        valued=0.96,
        priced=0.7,
        unless=_GOODS_RX,
    ),
    Sign(
        Role.NUMBER,
        "rx #|rx no|rx num|rx number|rx nr|rx id|rx nbr|prescription nbr"
        "|prescription no|prescription num|prescription number|prescription id"
        "|prescription ref|prescription nr|presc no|presc number|script no"
        "|script number|script num|rezept nr|rezeptnummer|no preskripsi"
        "|numero de receta|receta no",
        bare=0.8,
        value=SHORT_NUMBER,
        valued=0.97,
    ),
    Sign(
        Role.NUMBER,
        "rx total|rx subtotal|rx items|rx item|rx sale|rx sales|rx dept|rx copay"
        "|rx price|rx amount|rx amt|rx count|rx savings|rx tax|rx charge|nhs rx"
        "|rx pickup|rx pick up|rx label|rx discount|rx insurance|rx plan|rx receipt"
        "|rx only|rx sold|rx purchase|rx cash|rx name|rx drug|rx fill|rx info"
        "|rx history|rx transaction|pharmacy rx|rx counter|signature for rx"
        "|rx signature|rx delivery|rx transfer|sign for rx|rx counseling|rx refill"
        "|receipt of my prescription|received my prescription|receipt of prescription"
        "|received prescription|pet rx|rx medication",
        bare=0.75,
        unless=_GOODS_RX,
    ),
    Sign(Role.NUMBER, "℞", bare=0.8),
    Sign(
        Role.NUMBER,
        "pharmacy|pharmacy sale|pharmacy sales|pharmacy dept|pharmacy department"
        "|pharmacy total|pharmacy subtotal|pharmacy purchase|pharmacy item"
        "|pharmacy items|pharmacy copay|pharm|pharmacy savings|pharmacy services",
        bare=0.0,
        priced=0.6,
        unless=r"\boff\b|coupon|discount|points|reward|hours|open",
    ),
    Sign(
        Role.NUMBER,
        "prescription|prescriptions|prescription item|rezept|rezepte",
        bare=0.3,
        value=SHORT_NUMBER,
        valued=0.92,
        priced=0.88,
        alone=0.6,
        unless=r"\bdiet\b|des tages|ide[en]+|heft|buch|koch|www\.|glasses|lens",
    ),
    Sign(
        Role.NUMBER,
        "presc|prescr|prescrip|script|scripts|p script|scrip|receta|prscrptn|prescrptn",
        bare=0.2,
        value=NUMBER,
        valued=0.92,
        unless=r"java|python|movie|play|\bdiet\b",
    ),
    Sign(
        Role.NUMBER,
        "presc chg|presc charge|nhs item|rez geb|priv rez|nhs prescription"
        "|nhs prescriptions|prescription charge|prescription charges"
        "|prescription levy|prescription fee|nhs levy|nhs script|nhs charge"
        "|script charge|prescription sale|prescription receipt|prescription label"
        "|prescription total|prescription copay|prescription information"
        "|prescription details|private prescription|prescription prepayment"
        "|prescription cost|prescription price|prescription purchase"
        "|prescription drug|prescription medication|prescription medicine"
        "|prescription pickup|privatrezept|kassenrezept|e rezept|btm rezept"
        "|rezeptgebühr|rezeptgebuehr|rezeptgeb|rezeptpflichtig*"
        "|verschreibungspflichtig*|rezeptur|rp pflichtig|arzneimittelverordnung"
        "|verordnung|grünes rezept|medicamento recetado|preskripsi|ubat preskripsi"
        "|receta medica",
        bare=0.85,
        unless=r"verordnung \(|\d+/\d{4}",
    ),
    Sign(
        Role.REFILL,
        "refills left|refills remaining|refills rem|refill rem|refill by"
        "|refill before|refill until|refill expires|refills expire|refill after"
        "|no refills|no refill|refill authorization|refills authorized|may refill"
        "|refill too soon|times refill|refillable until|refills until|refill date"
        "|next refill|auto refill|refills allowed|remaining refills|refill this"
        "|refill your prescription|repeats left|repeats remaining|no more refills"
        "|refills before|refill request|refill reminder|refill on or after",
        bare=0.8,
        value=r"(?:\d|o\b)",
        valued=0.92,
        unless=_DRINKS,
    ),
    Sign(
        Role.REFILL,
        "refill s|refills|refiils|rfls|# refills|ref rem|refs rem|refs left|ref left"
        "|refs|refl",
        bare=0.35,
        value=r"(?:[\do]{1,2}(?![\d.,]\d)|none|zero|no\b|left)",
        valued=0.88,
        unless=_DRINKS,
    ),
    Sign(
        Role.REFILL,
        "refill|rfl|repeats|resurtidos|surtidos",
        bare=0.1,
        value=r"[\do]{1,2}(?![\d.,]*\d)(?!\s*[a-z]{3})",
        valued=0.5,
        unless=_DRINKS,
    ),
    Sign(Role.PRODUCT, "ndc|n d c", bare=0.5, value=_CODE, valued=0.97),
    Sign(Role.PRODUCT, "ndc no|ndc number|ndc #", bare=0.85, value=_CODE, valued=0.97),
    Sign(Role.PRODUCT, "pzn", bare=0.05, value=r"-?\d{7,8}", valued=0.12),
    Sign(
        Role.SUPPLY,
        "days supply|day supply|day supp|days sup|day sup|days supp|days suply"
        "|days splv|dys supply|days of supply|day suppiy|dsup",
        bare=0.6,
        value=r"\d",
        valued=0.93,
        unless=r"\d\W{0,3}days?\W{0,2}supply.*\d[.,]\d\d\W*\w?$|vitamin|\bvit\b|multi|gummies|probiotic|melatonin|supplement",
    ),
    Sign(Role.SUPPLY, "ds|d s", bare=0.0, value=r"\d{1,3}\b", valued=0.2),
    Sign(
        Role.QUANTITY,
        "qty dispensed|quantity dispensed|qty disp|qty written|quantity prescribed"
        "|qty prescribed|qty filled|quantity filled|disp qty|dispensed qty|metric qty"
        "|dispense as written|dispensing fee|dispensed as written|disp fee"
        "|dispensed by pharmacy|tablets dispensed|daw code",
        bare=0.8,
    ),
    Sign(
        Role.QUANTITY,
        "qty|quantity|qnty|menge|kuantiti|cantidad|oty",
        bare=0.03,
        value=r"\d+(?:\.\d+)?\s*" + _UNIT + r"\b",
        valued=0.4,
    ),
    Sign(
        Role.QUANTITY,
        "dispensed|dispense|disp|daw|partial fill|owed qty|qty owed|dispensing",
        bare=0.15,
        value=r"\d",
        valued=0.45,
        unless=r"fuel|gallon|pump|ice\b|cash|water|soap|dispenser",
    ),
    Sign(Role.NUMBER, "x #|x no", bare=0.0, value=r"\d{5,}", valued=0.3),
    Sign(
        Role.FILLED,
        "date filled|fill date|filled on|date dispensed|dispensed on|dispense date"
        "|date written|written date|orig date|original date|original rx|rx date"
        "|discard by|last filled|first filled|date of fill"
        "|date of service|service date|dispensing date|rx expires|rx exp|fill no"
        "|fill number|date rx written|last fill|next fill|fill dt|beyond use date"
        "|discard date|bud date",
        bare=0.35,
        value=A_DAY,
        valued=0.6,
        unless=r"gas|fuel|propane",
    ),
    Sign(Role.FILLED, "filled|written|org|orig", bare=0.0, value=A_DAY, valued=0.2),
    Sign(
        Role.COPAY,
        "insur pd|ins pd|insurance pd|insur paid|ins pmt|zuzahlg|copay|co pay|copays"
        "|copayment|co payment|copayments|copay amount|zuzahlung|zuzahlungen|zuzahl"
        "|gesetzl zuzahlung|gesetzliche zuzahlung|patient pay|patient pays"
        "|patient paid|patient responsibility|patient payment|patient portion|pat pay"
        "|pt pay|coinsurance|co insurance|patient cost|insurance paid|ins paid"
        "|plan paid|plan pays|insurance saved|insurance savings|ins saved|ins savings"
        "|saved by insurance|insurance pays|insurance adj|paid by insurance"
        "|insurance discount|insurance payment|insurance billed|insurance adjustment"
        "|billed to insurance|saved with insurance|kopago|copago|bayaran bersama"
        "|tier copay|patient balance|patient due|patient amount|usual and customary"
        "|u & c price",
        bare=0.75,
        priced=0.93,
    ),
    Sign(
        Role.COPAY,
        "mehrkosten|deductible|out of pocket|retail price|u&c|u & c"
        "|ingredient cost|your cost|cash price|your price|without insurance|goodrx"
        "|singlecare|eigenbeteiligung|festbetrag|gebührenfrei"
        "|gebührenpfl|usual price|amount billed|plan discount|you may owe|you owe"
        "|allowed amount|not covered|drug cost|member pays|you pay",
        bare=0.12,
    ),
    Sign(
        Role.COPAY,
        "amount due|amount paid|you paid|price|cost|discount card|befreit",
        bare=0.03,
    ),
)

SHAPES = (
    # "Rx" on the line of a strength, whatever the name.
    Shape(Role.NUMBER, 0.6, r"\brx\b.*\d\s?(?:mg|mcg|ml)\b|\d\s?(?:mg|mcg)\b.*\brx\b"),
    Shape(
        Role.NUMBER,
        0.55,
        r"\b\d+\s(?:new\s)?(?:prescriptions?|rx'?s?)\s(?:is|are|ready|waiting|due"
        r"|left)\b",
    ),
    Shape(Role.SUPPLY, 0.12, r"\b(?:days?|ds)\s?[:=]\s?\d{1,3}\b(?![.,:/]\d)"),
    Shape(Role.SUPPLY, 0.15, r"\d\W{0,3}days?\W{0,2}supply"),
    Shape(
        Role.COPAY,
        0.6,
        r"\bsaved?\b.{0,14}\b(?:with|by|from|through)\W(?:your\W)?insurance"
        r"|\binsurance\b.{0,12}\bsaved\b",
    ),
    Shape(
        Role.NUMBER,
        0.65,
        r"^\W*\d*\W*(?:p\W)?(?:scripts?|prescr?(?:ipt?)?|scrip)\b[\d.,$£ xa-c]*$",
    ),
    # As the FDA writes a product's code; others of its forms are phone numbers' too.
    Shape(Role.PRODUCT, 0.5, r"(?<![\d\-.])\d{5}-\d{4}-\d{2}(?![\d\-])"),
    Shape(
        Role.PRODUCT, 0.2, r"(?<![\d\-.])(?:\d{4}-\d{4}|\d{5}-\d{3})-\d{2}(?![\d\-])"
    ),
    Shape(
        Role.DOSE,
        0.05,
        r"\d(?:[\d.,]*\d)?\s?-?(?:mg|mcg|µg|mi[ck]rogramm?e?|milligramm?e?|meq|i\.?u"
        r"|units?|u/ml)s?\b(?!\s*(?:sodium|chol))",
    ),
    Shape(Role.DOSE, 0.08, rf"\b\d+\s?(?:ct\s)?{_FORM}\b"),
    # Titles of those who may prescribe; "MD" before a postcode is Maryland.
    Shape(
        Role.REFILL,
        0.6,
        r"(?<![\d.,])\d{1,2}\s?refills?\b(?!\s*(?:free|of|pk|pack|\d))",
    ),
    # How many, and what they cost: only what stands above or below says of what.
    Shape(
        Role.QUANTITY,
        0.09,
        r"^\W*(?:(?:\#|(?:qty|quantity|menge|anzahl)\b)\W{0,3}\d{1,4}(?:\.\d{1,3})?"
        rf"(?:\s?{_UNIT})?|\d{{1,4}}\s?(?:{_UNIT}|{_FORM}))\s+[$€£]?\s?\d{{1,5}}[.,]\d\d\W*"
        r"[a-z]?$",
    ),
    Shape(
        Role.REFILL,
        0.15,
        r"^\W*(?:refills?|rfls?|ref|rf)\W{0,3}(?:nr|none|zero|[\do]{1,2})\W*"
        r"(?:$|\b(?:exp|until|by|before|last|disc|qty|rph|dr)\b)",
    ),
    # A prescription's number without a label, before who wrote it.
    Shape(
        Role.NUMBER,
        0.6,
        r"^\W*\d{6,9}(?:-\d{1,5})?\s+(?:dra?\b\.?\s*(?!pepper|brown|martens?|scholl"
        r"|bronner|seuss|oetker|best|teal|jart|hauschka|mercola)[a-z]"
        r"|[a-z][a-z .,'’\-]*\b(?:m\.?d|d\.?o|n\.?p|pa-?c|dds|dmd|mbbs)\b)"
        r"(?!.*\d[.,]\d\d\W*[a-z]?$)",
    ),
    # One of several in a bag; the paper's edge may have lost the R.
    Shape(
        Role.NUMBER,
        0.6,
        r"^\W*r?x\W{0,3}[a-z]?\d{5,12}(?:-\d{1,5})?\W+\d{1,2}\s?of\s?\d{1,2}\b",
    ),
    # Strengths of two substances.
    Shape(
        Role.DOSE,
        0.02,
        r"(?<![\d\-/.])\d{1,3}(?:\.\d+)?[\-/]\d{2,3}(?:\.\d+)?(?![\d\-/])",
    ),
)

_PLACE = re.compile(
    r"pharmac|apothek|farmasi|farmacia|\bchemist|\bdrugs?\b|drugstore|\brx\b"
    r"|walgreens|\bcvs\b|rite ?aid|dispensary|kedai ubat"
)


def is_place(header: Iterable[str]) -> bool:
    """Whether a shop, by the lower-case lines of its header, is a pharmacy."""
    return any(_PLACE.search(line) for line in header)

"""How a receipt was paid: the tenders, their amounts and the cards' last digits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from receipts.reading.labels import Label, plain
from receipts.reading.result import Payment
from receipts.reading.taxes import words_of
from receipts.reading.totals import Labeled

# Tried in this order on plain text: a brand says more than "debit" beside it.
_KINDS: tuple[tuple[str, re.Pattern], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "gift_card",
            r"gift ?ca?r?d|giftcr|giftcert|gift cert|geschenkkarte|gutschein"
            r"|carte cadeau|tarjeta (?:de )?regalo|\be ?gift",
        ),
        ("ebt", r"\bebt\b|food ?stamps?|\bsnap\b|\bwic\b"),
        (
            "mobile",
            r"apple ?pay|google ?pay|samsung ?pay|\bg ?pay\b|touch ?n ?go|\btng\b"
            r"|grab ?pay|\bboost\b|ali ?pay|we ?chat|e ?wallet|shopee ?pay|venmo|paypal"
            r"|cash ?app\b|duitnow",
        ),
        ("amex", r"\bamex\b|american ?exp\w*"),
        (
            "mastercard",
            r"master ?card|^master\b|^mc$|\bmc (?:sale|card|debit|credit|x+|\d{4})"
            r"|(?:type|card) mc$",
        ),
        ("visa", r"\bvisa\b|\bvisa ?(?:debit|credit|card)"),
        ("discover", r"\bdiscover\b|\bdiscvr\b"),
        (
            "girocard",
            r"giro ?card|\bec ?(?:cash|karte|card)\b|\becc\b|^ec$|elv\b|lastschrift",
        ),
        (
            "debit",
            r"\bdebit\b|\beft\b|eftpos|maestro|v ?pay\b|interac|\bdebito\b|\bmydebit\b"
            r"|bankomat|\bpin ?(?:debit|pay)",
        ),
        (
            "credit",
            r"\bcredit\b|kreditkarte|\bcredito\b|carte (?:de )?credit|\bcredt\b",
        ),
        (
            "check",
            r"\bcheque\b|\bscheck\b|personal check|check (?:tender|payment|paid)"
            r"|tender check",
        ),
        (
            "cash",
            r"\bcash(?:rm|eur|usd)?\b|^bar\b|\bbargeld\b|barzahlung|\befectivo\b"
            r"|\bespeces\b|\btunai\b|\bcontante",
        ),
        (
            "other",
            r"^cb(?: sans contact| emv)?$|\bcard\b|kartenzahlung|\bkarte\b"
            r"|\btarjeta\b|\bcarte\b|\bkad\b|\bvoucher\b|\bbankcard\b|store credit",
        ),
    )
)
CARDS = frozenset(
    {"visa", "mastercard", "amex", "discover", "girocard", "debit", "credit", "other"}
)
# Named without an amount, these tell how it was paid; others stand in adverts.
_TOLD_ALONE = CARDS - {"other"} | {"cash", "mobile"}
# What such a kind is called where the brand stands on another line.
_GENERIC = {
    "other": CARDS | {"gift_card", "mobile", "ebt"},
    "credit": frozenset({"visa", "mastercard", "amex", "discover"}),
    "debit": frozenset({"visa", "mastercard", "discover", "girocard"}),
}
# Words beside the tender's name that leave it a payment.
_FILLER = re.compile(
    r"\b(?:tender(?:ed)?|paid|pay(?:ment|ments)?|amount|amt|amnt|received|recd|given|"
    r"cards?|type|cc|issuer|application|label|brand|name|network|method|mode|by|with|"
    r"sales?|purchase|total|charged?|chip|swiped?|contactless|tap|read|emv|manual|"
    r"insert(?:ed)?|approved|customer|account|acct|no|nr|num|number|debit|credit|"
    r"kontaktlos|gegeben|eur|euro|rm|myr|usd|us|cad|gbp|chf|the|in|a|of|chase|"
    r"x+|w+|s?x+\d{4}|spur|zahlung|betrag|food|cash|pin|used|to|auth|from|primary|"
    r"electronic|con|en|avec|par|de|la|payer|recu|pagado|pago|bezahlt|wallet)\b"
)
# Longest rest of a tender's line, for what a reader makes of a word.
MOST_LEFT = 9
_NO_TENDER = re.compile(
    r"cash ?(?:ier|back|bill|sales?\b(?! total)|receipt|refund|inv|register|advance)"
    r"|cashew|change|zuruck|ruckgeld|baki|vuelto|rendu|minimum|accept|welcome|we take"
    r"|balance|\bbal\b|loyalty|member|extra ?care|reward|points?|\bno cash|prepaid"
    r"|check ?(?:no|nr|number|out|in)\b|expir|\bcards\b|refund|surcharge|discount"
    r"|activat"
)
_HANDED_OVER = re.compile(r"tender|given|received|gegeben|recu|recibido")
_CHARGED = frozenset({Label.CARD, Label.CASH})
_SUMS = frozenset({Label.TOTAL, Label.SUBTOTAL})
_NO_TENDER_LABELS = frozenset(
    {
        Label.TAX,
        Label.TABLE,
        Label.TIP,
        Label.SUGGESTION,
        Label.CHANGE,
        Label.DISCOUNT,
        Label.SAVINGS,
        Label.ROUNDING,
        Label.COUNT,
        Label.SUBTOTAL,
    }
)
# Mask signs, of which some are what readers make of X and *.
_MASK = re.compile(r"(?:[Xx*#•●·×Ww本末車车冰家米]\s?){4,}[\s\-.:]{0,3}(\d{4})(?!\d)")
_ENDING = re.compile(
    r"(?:ending(?:\s(?:in|with))?|ends\s(?:in|with)|last\s?(?:4|four)(?:\sdigits)?"
    r"|terminada\sen|termina\sen|se\sterminant\spar|endet\sauf|endziffern?)"
    r"\W{0,4}(?:(?:[Xx*#.•]\s?)*)(\d{4})(?!\d)",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"(?:acc(?:oun)?t|card|karte|pan)\b[^\d]{0,12}(?:\.{2,}|…|\*{2,}|[Xx]{2,})\s?(\d{4})"
    r"(?!\d)",
    re.IGNORECASE,
)
# "Visa 0642 (Chip)", "Visa 8414 Payment": tills that print just the last four.
_BRAND_AND_FOUR = re.compile(
    r"\b(?:visa|mastercard|amex|american express|discover|debit|credit)\s(\d{4})"
    r"(?=\s*\(|\s+pay|\s+chip|\s+swipe|\s+contactless|\s+tap)",
    re.IGNORECASE,
)
_NO_CARD = re.compile(
    r"loyal|member|extra\s?care|reward|points|club|customer\scard|auth|appr|phone|tel\b"
    r"|survey|barcode|ref\b",
    re.IGNORECASE,
)
# A card's number belongs to a tender within so many lines.
REACH = 12


@dataclass(frozen=True)
class Tender:
    """A line that names a tender."""

    line: int
    kind: str
    amount: Decimal | None
    last_four: str | None = None


def payments_in(
    rows: Sequence[Labeled], total: Decimal | None
) -> tuple[tuple[Payment, ...], tuple[str, ...]]:
    """The payments with what was handed over, and the evidence in sentences.

    A card's number that is printed in full gives no last digits: it mustn't be kept.
    """
    tenders = list(tenders_in(rows, total))
    paid = without_change(merged(tenders), total)
    paid = with_amounts(paid, rows, total)
    numbers = list(dict.fromkeys(masked_numbers(rows)))
    paid = with_numbers(paid, numbers)
    payments = tuple(
        Payment(tender.kind, tender.amount, tender.last_four) for tender in paid
    )
    return payments, evidence_of(payments, total)


def evidence_of(payments: Sequence[Payment], total: Decimal | None) -> tuple[str, ...]:
    amounts = [payment.amount for payment in payments]
    if not amounts or None in amounts or total is None:
        return ()
    whole = sum(amounts, Decimal(0))
    if whole != total:
        return ()
    if len(amounts) == 1:
        return (f"The payment of {whole:.2f} is the total.",)
    parts = " + ".join(f"{amount:.2f}" for amount in amounts)
    return (f"The payments {parts} make up the total {whole:.2f}.",)


def kind_of(text: str) -> str | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


def tenders_in(rows: Sequence[Labeled], total: Decimal | None) -> Iterator[Tender]:
    sums_began = False
    named = False
    for row in rows:
        sums_began = sums_began or (bool(row.amounts) and row.label in _SUMS)
        text = plain(words_of(row))
        kind = kind_of(text)
        if row.label in _NO_TENDER_LABELS and kind != "discover":
            continue
        if kind is None and not named and row.label == Label.CASH and row.value:
            # Where no tender is named. Behind named ones it would be their sum.
            has_change = total is not None and row.value > total
            kind = "cash" if has_change or _HANDED_OVER.search(text) else None
        if kind is None or _NO_TENDER.search(text) or not is_only_tender(text, kind):
            continue
        if row.value is None and (kind not in _TOLD_ALONE or text == "bar"):
            continue
        if kind == "gift_card" and not sums_began:
            continue  # it was bought
        named = named or bool(row.value)
        yield Tender(row.number, kind, None if row.value is None else abs(row.value))


def is_only_tender(text: str, kind: str) -> bool:
    """Whether a line says nothing else than how it was paid."""
    pattern = dict(_KINDS)[kind]
    left = _FILLER.sub(" ", pattern.sub(" ", text))
    left = re.sub(r"[\d%]+", " ", left)
    for _kind, other in _KINDS:
        left = other.sub(" ", left)
    return len(re.sub(r"\W", "", left)) <= MOST_LEFT


def merged(tenders: Sequence[Tender]) -> list[Tender]:
    """One tender for each payment: slips name the card again and again.

    A line with an amount is a payment; one without only tells the brand of one that
    has an amount, or is a payment where no line has an amount.
    """
    paid: list[Tender] = []
    for tender in tenders:
        if not tender.amount:
            continue
        place = next(
            (n for n, other in enumerate(paid) if is_same(tender, other)), None
        )
        if place is None:
            paid.append(tender)
        elif is_generic(paid[place].kind, tender.kind):
            paid[place] = replace(paid[place], kind=tender.kind)
    for tender in tenders:
        if tender.amount:
            continue
        place = next(
            (n for n, other in enumerate(paid) if is_generic(other.kind, tender.kind)),
            None,
        )
        if place is not None:
            paid[place] = replace(paid[place], kind=tender.kind)
        elif tender.amount is None and not paid:
            paid.append(tender)
    return paid


def without_change(paid: list[Tender], total: Decimal | None) -> list[Tender]:
    """Without the change, where a reader put it on the line of the cash."""
    kept: list[Tender] = []
    for tender in paid:
        whole = sum((other.amount or Decimal(0) for other in kept), Decimal(0))
        is_change = total is not None and tender.amount == whole - total
        if not (tender.kind == "cash" and kept and is_change):
            kept.append(tender)
    return kept


def is_same(one: Tender, other: Tender) -> bool:
    if one.amount != other.amount:
        return False
    return (
        one.kind == other.kind
        or is_generic(one.kind, other.kind)
        or is_generic(other.kind, one.kind)
    )


def is_generic(kind: str, brand: str) -> bool:
    """Whether `kind` may be called `brand` more exactly."""
    return brand != kind and brand in _GENERIC.get(kind, ())


def with_amounts(
    paid: list[Tender], rows: Sequence[Labeled], total: Decimal | None
) -> list[Tender]:
    """A lone payment takes the charged amount or the total of its slip, and can't be
    below the total: then its amount is misread."""
    if len(paid) != 1 or total is None:
        return paid
    only = paid[0]
    if only.amount is not None and only.amount < total:
        return [replace(only, amount=None)]
    if only.amount is None and only.kind in CARDS:
        charged = any(
            row.value == total
            and (
                row.label in _CHARGED
                or (row.label == Label.TOTAL and row.number > only.line)
            )
            for row in rows
        )
        return [replace(only, amount=total)] if charged else paid
    return paid


def masked_numbers(rows: Sequence[Labeled]) -> Iterator[tuple[int, str]]:
    """The line and the last four digits of each masked card number."""
    for row in rows:
        text = row.text
        masked = _MASK.search(text)
        match = masked or _ENDING.search(text) or _DOTTED.search(text)
        match = match or _BRAND_AND_FOUR.search(text)
        if match is None or _NO_CARD.search(text[: match.start(1)]):
            continue
        yield row.number, match[1]


def with_numbers(
    paid: list[Tender], numbers: Sequence[tuple[int, str]]
) -> list[Tender]:
    """Each card with the digits that stand nearest to it; a slip that names no tender
    but has a masked number was paid with a card."""
    if not paid and numbers:
        line, digits = numbers[0]
        return [Tender(line, "other", None, digits)]
    digits_of: dict[int, str] = {}
    left = dict(zip(range(len(numbers)), numbers, strict=True))
    pairs = sorted(
        (abs(line - tender.line), place, number)
        for place, tender in enumerate(paid)
        for number, (line, _digits) in enumerate(numbers)
        if tender.kind != "cash"
    )
    cards = sum(tender.kind != "cash" for tender in paid)
    for distance, place, number in pairs:
        if place in digits_of or number not in left:
            continue
        if distance > REACH and cards > 1:
            continue
        digits_of[place] = left.pop(number)[1]
        same = [n for n, (_line, digits) in left.items() if digits == digits_of[place]]
        for n in same:
            del left[n]
    return [
        replace(tender, last_four=digits_of.get(place))
        for place, tender in enumerate(paid)
    ]

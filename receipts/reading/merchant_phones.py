"""The shop's own phone numbers on a receipt, and the merchants that have them.

Of the numbers on paper only those count that stand where shops print theirs: the first
in the header, with the lines right below it, or, where the header has none, those
below all amounts that a word or an address says are the shop's. What stands behind a
customer's, a delivery's or an order's name may be a person's number; it never counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from receipts.reading.merchant_brands import said_with
from receipts.reading.merchant_lines import Row
from receipts.reading.merchant_signs import agrees
from receipts.reading.phones import Phone, phones_in
from receipts.reading.registry import key

# Below a shop's first number stand its others.
BLOCK = 2
# So many lines below a customer's name may hold the customer's number.
SECTION = 6
# What follows is a person's or another company's.
_OTHERS = re.compile(
    r"\b(?:customer(?!'?s? cop)|cust|guest(?:'?s)? ?(?:name|phone|tel)|member|loyalty"
    r"|rewards?|ship(?:ped|ping)?|bill(?:ed|ing)? ?to|sold ?to|attn|attention|recipient"
    r"|consignee|messrs|m/s|caller|driver|patient|client|card ?holder|signature"
    r"|order(?:ed)? (?:for|by)|your (?:name|phone|number)|phone order|kunde\w*"
    r"|empf[a\u00e4]nger\w*|liefer(?:ung|adresse) ?(?:an)?|rechnung an|pelanggan|kepada"
    r"|ahli|cliente?|destinata\w*|klant|asiakas|klient|kund)\b"
    r"|\b(?:name|to|nama|guest)\s*:",
    re.IGNORECASE,
)
# How an order came or goes. Alone on a line it is this one's, whose customer follows;
# a shop that has them all advertises: dine in, take out, delivery.
_ORDERS = re.compile(
    r"\b(?:deliver(?:y|ed|ies)?|pick ?-?up|carry ?-?out|take ?-?(?:out|away)|to ?-?go"
    r"|call ?-?in|curbside|dine ?-?in|eat ?-?in|catering|abholung|lieferung"
    r"|penghantaran|bungkus)\b",
    re.IGNORECASE,
)
# Who else may be called: surveys, makers of tills, banks, and hotlines of whomever.
_NOT_THE_SHOPS = re.compile(
    r"survey|feedback|opinion|complain|hot ?line|care ?line|help ?(?:line|desk)|support"
    r"|(?:customer|guest) ?(?:service|care|relations)|sms\b|wi-?fi|password|powered"
    r"|software|(?:pos|system) by|hiring|\bwin\b|prize|approv|\bauth|\bbank|gift ?card"
    r"|balance|emergency|poison|umfrage|beschwerde|kundendienst|aduan",
    re.IGNORECASE,
)


def shop_phones(
    rows: Sequence[Row], header: Sequence[Row], country: str | None
) -> tuple[str, ...]:
    """The shop's numbers in the national form of a country (US, MY), in the paper's
    order and each once; none for a country of unknown plan."""
    found = in_header(rows, header, country) or in_foot(rows, country)
    return tuple(dict.fromkeys(phone.number for phone in found if not phone.is_fax))


def in_header(
    rows: Sequence[Row], header: Sequence[Row], country: str | None
) -> list[Phone]:
    found: list[Phone] = []
    first = None
    # One above the address may be misread, or of a voucher; two are of what was bought.
    amounts = [row.number for row in rows if row.has_amount][1:2]
    end = amounts[0] if amounts else len(rows)
    for row in shops_rows(header):
        if row.number > (end if first is None else first + BLOCK):
            break
        numbers = phones_in(row.text, country)
        if numbers and first is None:
            first = row.number
        found += numbers
    return found


def in_foot(rows: Sequence[Row], country: str | None) -> list[Phone]:
    last = max((row.number for row in rows if row.has_amount), default=-1)
    foot = rows[last + 1 :]
    addresses = {row.number for row in foot if row.is_address}
    return [
        phone
        for row in shops_rows(foot)
        for phone in phones_in(row.text, country)
        if phone.is_labelled or row.number - 1 in addresses
    ]


def shops_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that may hold the shop's number."""
    others_until = -1
    for row in rows:
        if _OTHERS.search(row.text) or len(_ORDERS.findall(row.text)) == 1:
            others_until = row.number + SECTION
        if row.number > others_until and not _NOT_THE_SHOPS.search(row.text):
            yield row


# Letters in common, in percent, of a name that was read and one that a phone tells:
# fewer than where nothing else speaks for the name.
NEARLY = 70


@dataclass(frozen=True)
class Owner:
    """A merchant that the panel knows by a number on the paper, its names as keys.

    `is_learned`: reviewers' decisions taught the number, not the operator.
    """

    name: str
    keys: tuple[str, ...]
    category: str
    is_learned: bool

    @property
    def evidence(self) -> str:
        who = "confirmed by reviewers" if self.is_learned else "as the operator wrote"
        return f"The phone number on it is that of {self.name}, {who}."

    def is_named(self, name: str, *, is_brand: bool) -> bool:
        """Whether a name on the paper may be the merchant's: more of it, or less, or
        misread, unless it is a brand's and so is spelled as it is meant."""
        read = key(name)
        if is_brand:
            return any(
                read == own or (min(len(read), len(own)) >= 4 and said_with(read, own))
                for own in self.keys
            )
        return any(
            agrees(read, own) or fuzz.ratio(read, own) >= NEARLY for own in self.keys
        )

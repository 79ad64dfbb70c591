"""What the words about a long number say that it is: a payment card's, another card's,
or one of the many other numbers of receipts and card slips."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from receipts.screening.numbers import digits_of

CARD_LABEL = re.compile(
    r"""(?<![a-z])(?:
        visa | master\s?card | m/?c | amex | american\s?exp(?:ress)? | discover
        | diners | jcb | maestro | union\s?pay | debit | credit | cc
        | (?:cards? | account)(?:\s?(?:no|num(?:ber)?))?
        | c[ao4][rnm][do0] | a[coe][coe]t(?:no|num)? | a/c | pan | giro\s?card | ec
        | kredit\s?karte | karten?(?:-?nummer|-?nr)? | kad | tarjeta | carte | interac
        | my\s?debit
        | swiped? | chip | ebt | [hf]sa | contactless | card\s?holder
    )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
# What else has long numbers on receipts and on card slips.
OTHER_LABEL = re.compile(
    r"""(?<![a-z])(?:
        trans(?:action)? | tra?n | tn | txn | trx | ref(?:erence)? | rrn | stan | seq
        | inv(?:oice)? | order | ord | bestell\w* | auftrag\w* | bar\s?code | upc | ean
        | gtin | sku | items? | art(?:ikel)? | track(?:ing)? | usps | fedex | ups | dhl
        | receipt | rcpt | beleg\w* | bon | tse | signatur\w* | seri(?:al|en)\w* | imei
        | iccid | isbn | sim | tel | phone | ph | fax | vat | gst | sst | tax | ust
        | hrb | aid | tvr | tsi | tid | mid | vu | term(?:inal)? | merchant | store
        | str | tc | auth\w* | appr\w* | approval | batch | survey | code | ticket
        | booking | conf(?:irmation)? | pin | voucher | coupon | session | id | check
        | chk | reg(?:ister)? | till | rechnung\w* | kunden\w* | resit | nombor | lot
        | meter | vin | customer | cust | trace | genehmigung\w*
    )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
# Cards that pay nothing, or that the shop sold.
SHOPS_CARD = re.compile(
    r"gift|loyal|member|reward|club|bonus|payback|\bpoints?\b|nectar|extra\s?care"
    r"|advantage|kundenkarte|store\s?credit|merchandise|calling|phone\s?card|treue",
    re.IGNORECASE,
)
# What slips of cards say, and few other papers.
SLIP = re.compile(
    r"""(?<![a-z])(?:appr(?:oved|oval|vl|\b)|auth(?:orization|orisation|\s*code|\b)
    |swiped?|keyed|contactless|chip\s*read|entry\s*(?:method|mode)|card\s*holder
    |pin\s*verified|cardmember|genehmigung\w*|kelulusan)(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
# So far from a label its number may begin, in letters.
NEAR = 12
# So many lines above and below may speak of a card.
AROUND = 3


class Near(Enum):
    """What the words before a number say that it is."""

    CARD = "card"
    SHOPS_CARD = "shop's card"
    OTHER = "other"
    # A card's words are farther before it: the other's may belong to the card.
    OTHER_OF_CARD = "other, of a card"
    # Nothing of the number itself, but a card was spoken of near it.
    CARD_AROUND = "card around"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Context:
    """A line's text, the line above it and those around it, itself among them."""

    text: str
    above: str
    around: tuple[str, ...]

    def near(self, start: int, end: int) -> Near:
        """What the nearest words before a number, or on the line above, say of it."""
        card = self.card_starts[before - 1] if (before := self.cards_to(start)) else -1
        others = bisect_left(self.other_starts, start)
        other = self.other_starts[others - 1] if others else -1
        if other > card:
            return Near.OTHER_OF_CARD if card >= 0 else Near.OTHER
        if card >= 0 or (self.card_starts and self.card_starts[-1] >= end):
            near = Near.CARD
        else:
            near = self.said_above
        if near is Near.NOTHING and self.speaks_of_cards:
            return Near.CARD_AROUND
        if near is Near.CARD and self.shops_card_at < start:
            return Near.SHOPS_CARD
        return near

    def gap(self, start: int) -> int | None:
        """How far before a number its label ends; None where that is too far, or where
        other letters or digits are between."""
        before = bisect_right(self.card_ends, start)
        if not before or start - self.card_ends[before - 1] > 2 * NEAR:
            return None
        # A reader may take the sign for "number" for a letter or digit.
        between = re.sub(
            r"(?i)no|nr|num(?:ber)?|^\s?[8hbf](?=[:.\s])",
            "",
            self.text[self.card_ends[before - 1] : start],
        )
        if len(between) > NEAR or any(map(str.isalnum, between)):
            return None
        return len(between)

    def cards_to(self, start: int) -> int:
        """How many words of cards begin before a place."""
        return bisect_left(self.card_starts, start)

    @cached_property
    def card_starts(self) -> list[int]:
        return [match.start() for match in CARD_LABEL.finditer(self.text)]

    @cached_property
    def card_ends(self) -> list[int]:
        return [match.end() for match in CARD_LABEL.finditer(self.text)]

    @cached_property
    def other_starts(self) -> list[int]:
        return [match.start() for match in OTHER_LABEL.finditer(self.text)]

    @cached_property
    def shops_card_at(self) -> int:
        """Where a card is called one that the shop gave out, at the latest its end."""
        if SHOPS_CARD.search(self.above):
            return -1
        match = SHOPS_CARD.search(self.text)
        return match.start() if match else len(self.text)

    @cached_property
    def said_above(self) -> Near:
        """What the line above says of this one: nothing where it has its own number."""
        above = Context(self.above, "", ())
        card = max(above.card_starts, default=-1)
        other = max(above.other_starts, default=-1)
        if card == other or digits_of(self.above[max(card, other) :]):
            return Near.NOTHING
        return Near.CARD if card > other else Near.OTHER

    @cached_property
    def is_slip(self) -> bool:
        return any(SLIP.search(text) for text in self.around)

    @cached_property
    def speaks_of_cards(self) -> bool:
        return any(CARD_LABEL.search(text) for text in self.around)

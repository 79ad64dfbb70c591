"""What screening finds: a kind, a rule, how sure, and where; never what stood there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from receipts.reading.page import Corners


class Kind(StrEnum):
    """What may stand on a receipt that is nobody's business (DESIGN section 2)."""

    PRESCRIPTION = "prescription"
    HEALTH_SERVICE = "health_service"
    HEALTH_INSURANCE = "health_insurance"
    PAYMENT_CARD = "payment_card"
    CARD_EXPIRY = "card_expiry"
    IDENTITY_NUMBER = "identity_number"
    BANK_ACCOUNT = "bank_account"
    # Personal rather than sensitive: kept, unless the panel's policy says otherwise.
    NAME = "name"
    LOYALTY_NUMBER = "loyalty_number"
    PHONE = "phone"
    EMAIL = "email"


PERSONAL = frozenset({Kind.NAME, Kind.LOYALTY_NUMBER, Kind.PHONE, Kind.EMAIL})


class Action(StrEnum):
    """What a panel does with a kind. All but `KEEP` go to a person, who decides;
    `REDACT` proposes to paint it over, `HOLD` leaves that to the person."""

    REDACT = "redact"
    HOLD = "hold"
    KEEP = "keep"


DEFAULT_ACTIONS: Mapping[Kind, Action] = {
    kind: Action.KEEP if kind in PERSONAL else Action.REDACT for kind in Kind
}


@dataclass(frozen=True)
class Spot:
    """A place on a page: four corners, from the text's top left clockwise, in pixels
    of the page as it was read (`Page.width`, `Page.height`, `Page.turned`)."""

    page: int
    corners: Corners


@dataclass(frozen=True)
class Finding:
    """`rule` is a code of `receipts.screening.rules`; confidence from 0 to 1.

    `spots` is empty where something is known of the whole receipt only.
    """

    kind: Kind
    rule: str
    spots: tuple[Spot, ...] = ()
    confidence: float = 1.0

"""What is learned from: a receipt's described candidates, and which are right."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from receipts.reading.chooser import Features


@dataclass(frozen=True)
class Offer:
    """One candidate of a field."""

    features: Features
    is_right: bool


@dataclass(frozen=True)
class Example:
    """One receipt: each field's offers, the rules' choice first.

    A field whose truth isn't known is absent; one of which nothing was found is empty.
    Receipts of one `group`, a merchant's, are never on both sides of a comparison.
    """

    group: str
    fields: Mapping[str, tuple[Offer, ...]]
    weight: float = 1.0
    name: str = ""  # of a set, for figures by set
    decided_at: datetime | None = None


def by_rules(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """In the order of the rules' points, whatever model ordered them when they were
    noted: a new model is to be better than the rules."""
    return tuple(sorted(offers, key=lambda o: -o.features.get("points", 0.0)))


def group_of(merchant: str) -> str:
    """The merchant without case, spaces and store numbers."""
    return re.sub(r"[\W\d_]", "", merchant.casefold())


def is_held_back(group: str, share: float) -> bool:
    """Whether a merchant is among those that a model is checked on.

    By a hash of the name, so that the same merchants are held back every time.
    """
    digest = hashlib.sha256(group.encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * 2**32


def split(
    examples: Iterable[Example], share: float
) -> tuple[list[Example], list[Example]]:
    """(to fit, held back): no merchant is in both."""
    fitted, held_back = [], []
    for example in examples:
        (held_back if is_held_back(example.group, share) else fitted).append(example)
    return fitted, held_back

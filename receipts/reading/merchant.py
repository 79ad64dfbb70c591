"""Whose receipt it is: a known merchant's, a brand's, or the name in the header.

Every name that the paper offers is a candidate with points and evidence: lines of the
header (alone, or two as one name), brands of the registry in them, what a greeting or
a card slip says, and web addresses. Names that the paper says twice win; the points
were set by hand, and their sums only rank. The confidence comes from the evidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from receipts.reading.locales import Locale
from receipts.reading.merchant_brands import brand_candidates
from receipts.reading.merchant_header import header_candidates, said_candidates
from receipts.reading.merchant_kind import kind_of
from receipts.reading.merchant_lines import header_of, is_name, rows_of
from receipts.reading.merchant_paper import Candidate, Paper
from receipts.reading.merchant_signs import agrees, sites_of, spoken_of
from receipts.reading.page import Line
from receipts.reading.registry import Brand, Registry, brands, is_brand, key, registry

__all__ = [
    "KnownMerchant",
    "Named",
    "brands",
    "find_merchant",
    "is_brand",
    "is_name",
]


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


KNOWN = 1.0  # points for being a merchant that the panel knows


def find_merchant(
    lines: Sequence[Line],
    known: Sequence[KnownMerchant],
    *,
    locale: Locale | None = None,
) -> Named:
    """The merchant of a receipt; one that the panel knows comes before a brand.

    `locale` keeps brands of other countries out.
    """
    rows = rows_of(lines)
    paper = Paper(
        rows,
        header_of(rows),
        sites_of(rows),
        spoken_of(rows),
        locale.name[-2:].casefold() if locale else None,
    )
    own = known_registry(tuple(known))
    found = best(
        [
            *(
                replace(candidate, points=candidate.points + KNOWN)
                for candidate in brand_candidates(paper, own, is_panels=True)
            ),
            *header_candidates(paper),
            *brand_candidates(paper, registry(), is_panels=False),
            *said_candidates(paper),
        ]
    )
    header = [row.text for row in paper.header if not row.is_address]
    if found is None:
        body = [row.text for row in rows]
        return Named(None, kind_of("", header, body), 0.0, ())
    panels = own.named(found.key)
    brand = panels or found.brand
    category = brand.category if brand is not None else None
    return Named(
        panels.name if panels is not None else found.name,
        category or kind_of(found.name, header, [row.text for row in rows]),
        round(min(found.confidence, 0.99), 3),
        found.evidence,
    )


@lru_cache(maxsize=8)
def known_registry(known: tuple[KnownMerchant, ...]) -> Registry:
    """A panel's merchants as a registry; a name of them may be any word."""
    return Registry(
        Brand(
            merchant.name,
            merchant.category,
            keys=tuple(
                dict.fromkeys(
                    squeezed
                    for name in (merchant.name, *merchant.aliases)
                    if len(squeezed := key(name)) >= 2
                )
            ),
            is_famous=True,
        )
        for merchant in known
        if len(key(merchant.name)) >= 2
    )


def best(candidates: Iterable[Candidate]) -> Candidate | None:
    """The candidate with the most points, less sure where another is close to it."""
    ranked = sorted(candidates, key=lambda c: c.points, reverse=True)
    if not ranked:
        return None
    first = ranked[0]
    # A famous brand that is meant too has the better spelling.
    brand = next((c for c in ranked if is_same_shop(c, first)), None)
    if brand is not None and first.brand is None:
        first = replace(
            brand,
            points=first.points,
            row=first.row,
            confidence=max(first.confidence, brand.confidence),
            evidence=brand.evidence + first.evidence[1:],
        )
    rivals = [
        c
        for c in ranked
        if c.row != first.row
        and not agrees(c.key, first.key)
        # A part of the name, on a line of its own, is no other name.
        and not (len(c.key) >= 4 and c.key in first.key)
    ]
    margin = first.points - rivals[0].points if rivals else 3.0
    if margin < 0.3:
        return replace(first, confidence=min(first.confidence, 0.72))
    if margin < 0.6:
        return replace(first, confidence=min(first.confidence, 0.86))
    return first


def is_same_shop(brand: Candidate, other: Candidate) -> bool:
    """Whether a famous brand was found in the line of the other, or spelled nearly so."""
    if brand.brand is None or not brand.brand.is_famous:
        return False
    if brand.row == other.row >= 0:
        return brand.is_start or "bhd" in other.key[-8:]
    return fuzz.ratio(brand.key, other.key) >= 82

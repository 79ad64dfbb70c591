"""Whose receipt it is: a known merchant's, a brand's, or the name in the header.

Every name that the paper offers is a candidate with points and evidence: lines of the
header (alone, or two as one name), brands of the registry in them, what a greeting or
a card slip says, and web addresses. Names that the paper says twice win; the points
were set by hand, and their sums only rank. The confidence comes from the evidence. A
phone number by which the panel knows a merchant is put beside the name that was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from receipts.reading.locales import Locale
from receipts.reading.merchant_brands import brand_candidates
from receipts.reading.merchant_header import header_candidates, said_candidates
from receipts.reading.merchant_kind import kind_of
from receipts.reading.merchant_lines import header_of, is_name, rows_of
from receipts.reading.merchant_paper import Candidate, Paper
from receipts.reading.merchant_phones import Owner, shop_phones
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
    """A merchant that the panel knows, with the ways in which paper writes it, and its
    phone numbers as digits in national form: an operator's, and those of reviews."""

    name: str
    aliases: tuple[str, ...] = ()
    category: str = ""
    phones: tuple[str, ...] = ()
    learned_phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """A merchant's name and category with confidence and evidence.

    `phones`: the shop's numbers on the paper, as digits in national form.
    `is_contradicted`: they are another shop's than the one that the paper names.
    """

    name: str | None
    category: str | None
    confidence: float
    evidence: tuple[str, ...]
    phones: tuple[str, ...] = ()
    is_contradicted: bool = False


KNOWN = 1.0  # points for being a merchant that the panel knows
# How sure a phone number makes us of its merchant, and a name that it contradicts may
# at most be.
BY_PHONE, CONTRADICTED = 0.96, 0.72
# Of a name that is less sure, a phone number tells better whose receipt it is; and
# where it is below the second, nobody's name could be read.
READABLE, NAMELESS = 0.8, 0.6


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
    body = [row.text for row in rows]
    phones = shop_phones(rows, paper.header, paper.country)
    if found is None:
        named = Named(None, kind_of("", header, body), 0.0, (), phones)
        return with_phone(named, owners(tuple(known)))
    panels = own.named(found.key)
    brand = panels or found.brand
    category = brand.category if brand is not None else None
    named = Named(
        panels.name if panels is not None else found.name,
        category or kind_of(found.name, header, body),
        round(min(found.confidence, 0.99), 3),
        found.evidence,
        phones,
    )
    return with_phone(
        named,
        owners(tuple(known)),
        is_brand=brand is not None,
        is_panels=panels is not None,
    )


def with_phone(
    named: Named,
    known: Mapping[str, tuple[Owner, ...]],
    *,
    is_brand: bool = False,
    is_panels: bool = False,
) -> Named:
    """The name that was found, beside the merchants whose phone numbers the paper has.

    `known`: merchants by number. `is_brand`, `is_panels`: the name is a brand's, or a
    merchant's that the panel knows; so it is no clutter, and no other's misread.
    Numbers of several merchants contradict every name.
    """
    told = {
        owner.name: owner for phone in named.phones for owner in known.get(phone, ())
    }
    if not told:
        return named
    owner = next(iter(told.values()))
    evidence = named.evidence + tuple(one.evidence for one in told.values())
    is_alone = len(told) == 1
    is_said = named.name == owner.name or (
        named.name and not is_panels and owner.is_named(named.name, is_brand=is_brand)
    )
    if is_alone and is_said:
        return of_owner(named, owner, max(named.confidence, BY_PHONE), evidence)
    if is_alone and not is_brand and named.confidence < NAMELESS:
        return of_owner(named, owner, BY_PHONE, (owner.evidence,))
    unsure = min(named.confidence, CONTRADICTED)
    if is_alone and not is_brand and named.confidence < READABLE:
        named = of_owner(named, owner, unsure, evidence)
    return replace(named, confidence=unsure, evidence=evidence, is_contradicted=True)


def of_owner(
    named: Named, owner: Owner, confidence: float, evidence: tuple[str, ...]
) -> Named:
    """The merchant of a phone number, with the panel's category where it has one."""
    return replace(
        named,
        name=owner.name,
        category=owner.category or named.category,
        confidence=confidence,
        evidence=evidence,
    )


@lru_cache(maxsize=8)
def owners(known: tuple[KnownMerchant, ...]) -> Mapping[str, tuple[Owner, ...]]:
    """A panel's merchants by their phone numbers."""
    found: dict[str, tuple[Owner, ...]] = {}
    for merchant in known:
        keys = tuple(filter(None, map(key, (merchant.name, *merchant.aliases))))
        for phone in (*merchant.phones, *merchant.learned_phones):
            is_learned = phone not in merchant.phones
            owner = Owner(merchant.name, keys, merchant.category, is_learned)
            found[phone] = (*found.get(phone, ()), owner)
    return found


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

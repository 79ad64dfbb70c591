"""Brands of a registry, or merchants of a panel, that the paper names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from receipts.reading.merchant_lines import Row
from receipts.reading.merchant_paper import Again, Candidate, Paper, said_again
from receipts.reading.merchant_signs import Site
from receipts.reading.registry import Brand, Registry, key

NAMES, NEARLY = "names", "is spelled nearly like"
BEGINS, HOLDS = "begins with", "holds"
KNOWN, BRAND = "a merchant that the panel knows", "a known brand"


@dataclass(frozen=True)
class Match:
    """A brand in a line: how much it counts, how sure it is, what the line does."""

    brand: Brand
    points: float
    confidence: float
    verb: str = NAMES
    alias: str = ""  # the key by which it was found, where another may have it too


def brand_candidates(
    paper: Paper, names: Registry, *, is_panels: bool
) -> Iterator[Candidate]:
    """Every brand that the header, a web address or a greeting names."""
    what = KNOWN if is_panels else BRAND
    yield from in_lines(paper, names, what)
    yield from over_lines(paper, names, what)
    yield from elsewhere(paper, names, what)


def in_lines(paper: Paper, names: Registry, what: str) -> Iterator[Candidate]:
    legal = next((r.number for r in paper.header if r.has_legal_form), None)
    addresses = 0
    for row in paper.header:
        found = brand_in(row, names, paper.country, is_below=addresses > 0)
        if found is not None:
            candidate = of_brand(paper, row, found, what)
            ahead = legal is not None and legal < row.number
            late = addresses >= 2 and not found.brand.is_famous
            # The shop of a legal name above may sell the brand.
            if (ahead or late) and what == BRAND:
                candidate = replace(
                    candidate,
                    points=candidate.points - 1.6,
                    confidence=candidate.confidence - 0.1,
                )
            yield candidate
        addresses += row.is_address and not row.is_number


def over_lines(paper: Paper, names: Registry, what: str) -> Iterator[Candidate]:
    """Famous brands whose name is broken over two lines."""
    for first, second in pairwise(paper.header):
        both = first.key + second.key
        brand, ratio = names.named(both, paper.country), 100.0
        if brand is None and first.is_name and second.is_name:
            brand, ratio = names.near(both, paper.country)
        if brand is not None and brand.is_famous:
            verb = NAMES if ratio == 100 else NEARLY
            match = Match(brand, 2.2, ratio / 100 - 0.04, verb)
            yield of_brand(paper, first, match, what)


def elsewhere(paper: Paper, names: Registry, what: str) -> Iterator[Candidate]:
    """Brands of web addresses and greetings."""
    for site in paper.sites:
        brand = brand_at(site, names, paper.country)
        if brand is not None:
            yield Candidate(
                brand.name,
                brand.keys[0],
                -1,
                2.1 if brand.is_famous else 1.6,
                0.92 if brand.is_famous else 0.86,
                (f"The web address {site.printed} names {what}.",),
                brand,
            )
    for spoken in paper.spoken:
        brand = names.named(key(spoken.name), paper.country)
        if brand is not None and brand.is_distinctive:
            evidence = (f"The greeting names {what}.",)
            name = brand.keys[0]
            yield Candidate(brand.name, name, -1, 2.1, 0.93, evidence, brand)


def said_with(alias: str, name: str) -> bool:
    """Whether one name begins with the other, so that both mean the same shop."""
    return alias.startswith(name) or name.startswith(alias)


def of_brand(paper: Paper, row: Row, found: Match, what: str) -> Candidate:
    brand = found.brand
    is_own = brand.is_famous or not found.alias or said_with(found.alias, brand.keys[0])
    where = f"Line {row.number + 1} of the header"
    own = max(
        (said_again(paper, name, {row.number}) for name in brand.keys[:3]),
        key=lambda again: again.points,
        default=Again(),
    )
    confidence = found.confidence + (0.03 if own.points else 0.0)
    confidence = max(confidence, own.confidence)
    points = found.points + own.points - min(1.2, 0.12 * row.number)
    points += min(0.6, max(0.0, 0.4 * (row.size - 1)))
    return Candidate(
        brand.name if is_own else row.name,
        brand.keys[0],
        row.number,
        points,
        confidence,
        (f"{where} {found.verb} {what}.", *own.evidence),
        brand,
        found.verb != HOLDS,
    )


MOST_WORDS = 12


def brand_in(
    row: Row, names: Registry, country: str | None, *, is_below: bool
) -> Match | None:
    """The brand that a line names: as a whole, at its beginning, or nearly.

    Below an address only a whole line names one.
    """
    whole = (
        names.named(key(row.name), country)
        or names.named(row.key, country)
        or names.named(row.bare, country)
        or named_misread(row.bare, names, country)
    )
    if whole is not None and (whole.is_famous or not row.is_slogan):
        if whole.is_famous:
            return Match(whole, 2.8, 0.97)
        if whole.is_distinctive and said_with(row.bare, whole.keys[0]):
            return Match(whole, 2.4, 0.95, NAMES, row.bare)
        if row.is_name and not row.is_address:
            return Match(whole, 1.0, 0.88, NAMES, row.bare)
    spaced = "".join(re.findall(r"(?<![A-Z])[A-Z](?![A-Z])", row.text))
    if len(row.text) <= 3.2 * len(row.text.split()) and len(spaced) >= 4:
        brand = names.named(key(spaced), country)
        if brand is not None and brand.is_famous:
            return Match(brand, 2.0, 0.86)
    if is_below or (row.is_address and not row.has_store_number):
        return None
    part = brand_at_start(row, names, country)
    if part is not None:
        return part
    if row.is_name and not row.is_address and not row.is_generic:
        brand, ratio = names.near(row.bare, country)
        if brand is not None:
            points = 1.9 if brand.is_famous else 1.2
            return Match(brand, points, ratio / 100 - 0.04, NEARLY)
    return None


def named_misread(name: str, names: Registry, country: str | None) -> Brand | None:
    """The famous brand that was meant where letters were read as digits: 5UBWAY."""
    if not any(digit in name for digit in "0158"):
        return None
    for one in "li":
        letters = name.translate(str.maketrans("0158", f"o{one}sb"))
        brand = names.named(letters, country)
        if brand is not None and brand.is_famous:
            return brand
    return None


def brand_at_start(row: Row, names: Registry, country: str | None) -> Match | None:
    """A famous brand at the beginning of a line, or a long name inside one."""
    words = row.words[:MOST_WORDS]
    for start in range(len(words)):
        for end in range(min(len(words), start + 6), start, -1):
            brand = names.named("".join(words[start:end]), country)
            if brand is None or not brand.is_distinctive:
                continue
            length, rest = sum(map(len, words[start:end])), words[end:]
            if start == 0 and brand.is_famous and (length >= 4 or not rest):
                is_short = length < 6 and not (rest and rest[0].isdigit())
                return Match(brand, 1.7 if is_short else 2.3, 0.93, BEGINS)
            if start > 0 and length >= 8 and row.is_name and not row.is_address:
                return Match(brand, 0.9, 0.85, HOLDS)
    return None


def brand_at(site: Site, names: Registry, country: str | None) -> Brand | None:
    """The brand of a web address: of the whole stem, or of one of its parts."""
    for stem in site.keys:
        brand = names.at_site(stem, country)
        if brand is not None and (brand.is_distinctive or stem == site.key):
            return brand
    for part in site.parts if len(site.parts) > 1 else ():
        brand = names.named(part, country) if len(part) >= 5 else None
        if brand is not None and brand.is_famous:
            return brand
    return None

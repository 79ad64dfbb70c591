"""What a search for the merchant knows of the paper, and what it finds: candidates."""

from collections.abc import Sequence
from dataclasses import dataclass

from receipts.reading.merchant_lines import Row
from receipts.reading.merchant_signs import Site, Spoken, agrees, site_agrees
from receipts.reading.registry import Brand, key


@dataclass(frozen=True)
class Candidate:
    """A name that the paper offers. `row`: where, or -1 for none of the header."""

    name: str
    key: str
    row: int
    points: float
    confidence: float
    evidence: tuple[str, ...]
    brand: Brand | None = None
    is_start: bool = True  # the line is the brand's name or begins with it


@dataclass(frozen=True)
class Paper:
    """What is known of the receipt before a name is looked for."""

    rows: Sequence[Row]
    header: Sequence[Row]
    sites: Sequence[Site]
    spoken: Sequence[Spoken]
    country: str | None


@dataclass(frozen=True)
class Again:
    """What the rest of the paper says of a name."""

    points: float = 0.0
    confidence: float = 0.0
    more: float = 0.0
    evidence: tuple[str, ...] = ()


def said_again(paper: Paper, squeezed: str, rows: set[int]) -> Again:
    if len(squeezed) < 3:
        return Again()
    points, confidence, more, evidence = 0.0, 0.0, 0.0, []
    for site in paper.sites:
        if site.row not in rows and site_agrees(squeezed, site):
            points += 1.8
            confidence = 0.96 if site.is_own else 0.95
            kind = "web" if site.is_own else "mail or network"
            evidence.append(f"The {kind} address {site.printed} says the same.")
            break
    for spoken in paper.spoken:
        if spoken.row not in rows and agrees(squeezed, key(spoken.name)):
            points += 1.4
            confidence = max(confidence, 0.95)
            evidence.append(
                "The card slip names it too."
                if spoken.is_slip
                else "The greeting names it too."
            )
            break
    is_twice = len(squeezed) >= 6 and any(
        squeezed in row.key and row.number not in rows and not row.has_amount
        for row in paper.rows
    )
    if is_twice and not points:
        points, more = 0.9, 0.07
        evidence.append("It is printed a second time.")
    return Again(points, confidence, more, tuple(evidence))

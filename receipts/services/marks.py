"""Places on a receipt's pictures, as the machine proposes and reviewers edit them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from receipts.models import Receipt, Redaction
from receipts.reading.page import Corners, Page
from receipts.redaction.paint import joined, padded
from receipts.redaction.twins import twins_of
from receipts.redaction.words import SAME_TEXT
from receipts.screening.findings import Action, Finding, Kind

# What lies under a mark by more than this needs none of its own.
COVERED = 0.6
TWIN_CONFIDENCE = 0.7


@dataclass(frozen=True)
class Mark:
    """A place as it is stored: corners in pixels of the page's picture."""

    position: int
    kind: str
    corners: Corners
    rule: str = ""
    confidence: float = 1.0
    is_painted: bool = True
    source: str = Redaction.Source.MACHINE


@dataclass(frozen=True)
class MarkEdit:
    """A mark as the reviewer's form has it; `pk` None where it was drawn new."""

    position: int
    kind: str
    corners: Corners
    is_painted: bool
    pk: int | None = None


def marks_of(
    findings: Iterable[Finding],
    actions: Mapping[Kind, Action],
    *,
    source: str = Redaction.Source.MACHINE,
) -> tuple[Mark, ...]:
    """What the panel doesn't keep, as marks padded as they would be painted: one a
    line, so that a person has few to look at. Spots are in pixels of the pictures."""
    marks = []
    for finding in findings:
        if actions[finding.kind] == Action.KEEP:
            continue
        for position in sorted({spot.page for spot in finding.spots}):
            quads = [
                padded(spot.corners) for spot in finding.spots if spot.page == position
            ]
            marks += [
                Mark(
                    position=position,
                    kind=finding.kind.value,
                    rule=finding.rule,
                    corners=corners,
                    confidence=finding.confidence,
                    is_painted=actions[finding.kind] == Action.REDACT,
                    source=source,
                )
                for corners in joined(quads)
            ]
    return tuple(marks)


def with_twins(
    marks: Sequence[Mark],
    pages: Mapping[int, tuple[Page, tuple[int, int]]],
    left_off: Mapping[int, Sequence[Corners]] | None = None,
) -> tuple[Mark, ...]:
    """The marks, and one for each place where the text of a painted one stands, too.

    `pages`: by position what was read, and the picture's width and height. Places that
    lie under a mark already, or under one that was turned off, need none.
    """
    known = {position: list(quads) for position, quads in (left_off or {}).items()}
    for mark in marks:
        known.setdefault(mark.position, []).append(mark.corners)
    found = twins_of(
        ((m, {m.position: [m.corners]}) for m in marks if m.is_painted), pages, known
    )
    return (
        *marks,
        *(
            replace(
                mark,
                position=position,
                corners=padded(corners),
                rule=SAME_TEXT,
                confidence=TWIN_CONFIDENCE,
            )
            for mark, position, corners in found
        ),
    )


def by_page(marks: Iterable[Mark | MarkEdit]) -> dict[int, list[Corners]]:
    """The painted marks' corners by their page."""
    quads: dict[int, list[Corners]] = {}
    for mark in marks:
        if mark.is_painted:
            quads.setdefault(mark.position, []).append(mark.corners)
    return quads


def rows_of(receipt: Receipt, marks: Iterable[Mark]) -> list[Redaction]:
    return [
        Redaction(
            receipt=receipt,
            position=mark.position,
            kind=mark.kind,
            rule=mark.rule,
            corners=rounded(mark.corners),
            confidence=mark.confidence,
            is_painted=mark.is_painted,
            source=mark.source,
        )
        for mark in marks
    ]


def rounded(corners: Corners) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in corners]


def corners_of(row: Redaction) -> Corners:
    return tuple((float(x), float(y)) for x, y in row.corners)

"""Second looks at single lines: do other readers see the same digits there?

A look is asked for only where its word can change the outcome, and once a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from receipts.reading.amounts import amounts_in
from receipts.reading.clock import Clock
from receipts.reading.dates import date_candidates, is_plausible, same_day_in
from receipts.reading.gate import Sight
from receipts.reading.locales import Locale
from receipts.reading.page import Line

# Pages whose words come from text, not from pixels, have nothing to look at again.
TEXT_SOURCES = frozenset({"text", "html"})


class Reread(Protocol):
    text: str


class Witness(Protocol):
    """Reads single lines of the pictures again, in other ways than the first reader."""

    def reread(self, page: int, line: Line) -> Sequence[Reread]: ...


@dataclass
class Looks:
    """The lines of a receipt, with the page of each and who can look again."""

    lines: Sequence[Line]
    page_of: Sequence[int]
    readers: Sequence[str]
    witness: Witness | None
    watch: Clock
    seen: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def is_text(self, number: int) -> bool:
        return self.readers[self.page_of[number]] in TEXT_SOURCES

    def texts(self, number: int) -> tuple[str, ...]:
        """What the other readers read on a line."""
        if self.witness is None:
            return ()
        if number not in self.seen:
            with self.watch.stage("looks"):
                again = self.witness.reread(self.page_of[number], self.lines[number])
            self.seen[number] = tuple(one.text for one in again if one.text.strip())
        return self.seen[number]


def look_at_day(
    looks: Looks,
    number: int,
    day: date,
    *,
    locale: Locale,
    submitted_on: date | None,
    today: date,
) -> Sight:
    """Whether other readers, too, see this day on a line. One who sees another day
    there disputes it, whatever the rest say: a damaged digit has two readings. A day
    that can't be (2098) says only that its reader saw badly."""
    texts = looks.texts(number)
    saw = [same_day_in([text], day, locale) for text in texts]
    for text, same in zip(texts, saw, strict=True):
        others = date_candidates(
            [text], locale=locale, submitted_on=submitted_on, today=today
        )
        if not same and any(
            is_plausible(other.day, submitted_on=submitted_on, today=today)
            for other in others
        ):
            return Sight.DISPUTED
    return Sight.CONFIRMED if any(saw) else Sight.UNSEEN


def look_at_amount(looks: Looks, number: int, amount: Decimal) -> Sight:
    """Whether other readers, too, see this amount on a line."""
    seen = [{found.value for found in amounts_in(text)} for text in looks.texts(number)]
    if any(values and amount not in values for values in seen):
        return Sight.DISPUTED
    return Sight.CONFIRMED if any(seen) else Sight.UNSEEN

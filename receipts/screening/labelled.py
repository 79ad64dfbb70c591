"""Numbers that count by the words before them: on their line, or at its end with the
number on the next."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from receipts.screening.findings import Finding, Kind
from receipts.screening.numbers import digits_of, mended, whole_spots
from receipts.screening.passages import Passage, Sheets
from receipts.screening.wording import wording

# Between a label and its number: "No.:", "#", "Number ="; on the next line as well.
FILLER = re.compile(
    r"""(?:[\s:;\#=.\-–—_/()>|,'’"&$+~%@]
    | (?<![^\W\d_])(?:n[aeo0r]|num(?:ber|mer)?|nombor|id|is)(?![^\W\d_])){0,16}""",
    re.IGNORECASE | re.VERBOSE,
)


# No value has fewer that were read as such.
LEAST_DIGITS = 3
# Signs that touch the value.
_TORN_OFF = re.compile(r"[(+&$~%@]+$")
_TORN_ON = re.compile(r"[^\s\w.,:;*)(/|\-]{0,2}")
# A number on the line below its label stands there alone, but for so many letters.
MOST_BESIDE = 12
_PRICE = re.compile(r"\d[.,]\d\d(?!\d)")


@dataclass(frozen=True)
class Label:
    """A label, the value that may follow it, and how likely it is what it seems.
    The first and `unless` are `words`.

    `sure` is asked about the value as printed and as mended, with look-alikes for
    digits; it returns a confidence, or None where the value is something else.
    """

    kind: Kind
    rule: str
    label: re.Pattern[str]
    value: re.Pattern[str]
    sure: Callable[[str, str], float | None]
    # Where these stand on the line before the value, it is something else.
    unless: re.Pattern[str] | None = None
    # Readers take its digits for letters: look for the value in mended text.
    is_mended: bool = True


def labelled(
    sheets: Sheets, labels: tuple[Label, ...], *, first_only: bool = False
) -> Iterator[Finding]:
    """One finding for each value. A label may be followed by other words on its line,
    a column's head, say: then the value stands below it. `first_only`: only the first
    line's labels, and the second for what is below them."""
    lines = sheets.lines
    counts = [digits_of(line.text) for line in lines]
    for n, line in enumerate(lines[:1] if first_only else lines):
        if max(counts[n : n + 2]) < LEAST_DIGITS:
            continue
        spelt = wording(line.text)
        for kind in labels:
            for match in kind.label.finditer(spelt.text):
                if kind.unless and kind.unless.search(spelt.text[: match.end() + 8]):
                    continue
                start, end = spelt.at(match.start()), spelt.at(match.end())
                begin = FILLER.match(spelt.text, match.end()).end()
                found = value_at(line, end, spelt.at(begin), kind) or (
                    n + 1 < len(lines)
                    and value_below(sheets, n, start, spelt.at(begin), kind)
                )
                if found:
                    passage, confidence = found
                    yield Finding(
                        kind.kind, kind.rule, whole_spots(sheets, passage), confidence
                    )


def value_after(
    line: Passage, start: int, label: Label
) -> tuple[Passage, float] | None:
    """The value that begins at `start`, but for filling words."""
    begin = FILLER.match(line.text, start).end()
    return value_at(line, start, begin, label)


def value_at(
    line: Passage, start: int, begin: int, label: Label
) -> tuple[Passage, float] | None:
    """The value that begins there; the label ends at `start`."""
    text = mended(line.text) if label.is_mended else line.text
    match = label.value.match(text, begin)
    if match is None:
        return None
    confidence = label.sure(line.text[begin : match.end()], match[0])
    if confidence is None:
        return None
    # A digit next to it may have been read as some other sign.
    before = _TORN_OFF.search(line.text, start, begin)
    end = match.end() + _TORN_ON.match(line.text[match.end() :]).end()
    return line.part(before.start() if before else begin, end), confidence


def value_below(
    sheets: Sheets, n: int, start: int, end: int, label: Label
) -> tuple[Passage, float] | None:
    """The value on the next line, `end` being where the label and what fills it up end:
    at its beginning where the label ends its own line,
    or below the label where that heads a column."""
    line, below = sheets.lines[n], sheets.lines[n + 1]
    if end == len(line.text):
        found = value_after(below, 0, label)
        if found and stands_alone(found[0].text, below.text):
            return found
    if any(map(str.isdigit, line.text)):
        return None  # no head of columns
    left, right = reach(sheets, line.part(start, end))
    for token in re.finditer(r"(?<=\s)\S+", below.text):
        here = reach(sheets, below.part(*token.span()))
        if min(right, here[1]) > max(left, here[0]):
            found = value_after(below, token.start(), label)
            if found:
                return found
    return None


def stands_alone(value: str, line: str) -> bool:
    """A line with a price is an item's, whatever number it begins with."""
    return len(line) - len(value) <= MOST_BESIDE and not _PRICE.search(line)


def reach(sheets: Sheets, passage: Passage) -> tuple[float, float]:
    """From where to where it goes across the page, in pixels."""
    across = [x for spot in sheets.spots(passage) for x, _y in spot.corners]
    return min(across), max(across)

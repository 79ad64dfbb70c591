"""Times of day in a line of text, and the opening hours that are none of a purchase."""

import re
from dataclasses import dataclass
from datetime import time

from receipts.reading.day_shapes import has_day

TIME = re.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-3])(?P<s>[:;.])(?P<m>[0-5]\d)(?:[:;.](?P<sec>[0-5]\d))?"
    r"(?!\d)\s?(?P<half>[AaPp]\.?\s?[Mm]?\b\.?)?"
)
# A or P with an M that readers take for an H, N or W; Spanish "p. m."
_HALF = r"(?P<half>[AaPp](?:\.?\s?[MmHNW])?\b\.?)"
_CLOCK = re.compile(
    r"(?<!\d)(?<!\d[:.,/])(?P<h>[01]?\d|2[0-4])"
    r"(?:(?P<s>[:;.]|\s?[hH]\s?)(?P<m>[0-5]\d)"
    rf"(?:[:;.](?P<sec>[0-5]\d))?(?![\d%])(?!:\d)(?:\s?{_HALF})?"
    r"(?P<uhr>\s?(?:uhr|hrs?|h)\b)?"
    # 0419 PM, whose colon is lost, and 14 Uhr
    rf"|(?P<m2>[0-5]\d)\s?(?P<half2>[AaPp]\.?[Mm]\b))",
    re.IGNORECASE,
)
# The reader's letters for digits on both sides of a colon: O9:28, 1O:3l
_UNCLEAR = re.compile(r"(?<![A-Za-z\d:.])[\dOoIl|]{1,2}:[\dOoSIl|]{2}(?![A-Za-z\d])")
_LETTERS = str.maketrans("OoIl|Ss", "0011155")
_WEEKDAYS = (
    r"(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim"
    r"|lu|ma|ju|vi|mié|jue|vie|sáb|dom|isnin|ahad|everyday|every day|daily|täglich"
    r"|weekdays?|tous les jours|diario)[a-zäéíáû]*\.?"
)
_WEEKDAY_RANGE = re.compile(
    rf"(?<![a-z]){_WEEKDAYS}\s?(?:-|–|to|thru|through|bis|a|à|al|au|&|u\.)\s?{_WEEKDAYS}(?![a-z])"
    r"|\b(?:everyday|every day|daily|täglich|tous les jours|weekdays?)\b",
    re.IGNORECASE,
)
_FROM = r"\d{1,2}(?:\s?[:.h]\s?(?P<from>\d{2}))?\s?(?:uhr|h|hrs?|[ap]\.?\s?m\.?)?"
_TO = _FROM.replace("<from>", "<to>")
_TIME_RANGE = re.compile(
    rf"(?<![\d:.,/]){_FROM}\s?(?:-|–|~|to|till?|until|bis|a|à|al)\s?{_TO}(?![\d/])",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\bhours\b|öffnungszeit|geöffnet|\bopen\s+(?:until|till?|from|at|24|mon|tue|wed"
    r"|thu|fri|sat|sun|7|daily|every)|\b(?:opens|closes)\b|\bclose[sd]?\s+at\b"
    r"|\bhorario|\bheures d.ouverture|\bhoraires|\bouvert\b|\babierto\b|waktu operasi"
    r"|business hours|happy hour|\bbis\s+\d{1,2}[:.]00\b|served until",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(r"[\dOoIl|]\s?[:;.hH]\s?[\dOoIl|]|\d{3}\s?[AaPp]")
# No line of paper is longer; what is in an e-mail's may be.
_LONGEST = 240
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Clock:
    """A time of day and where it stands in its line's text."""

    at: time
    start: int
    end: int


def is_opening_hours(text: str) -> bool:
    """Whether a line says when the shop is open ("Mo.-Sa. 9.00 Uhr - 20.00 Uhr")."""
    if has_day(text) or _YEAR.search(text):
        return False
    if _HOURS.search(text) or _WEEKDAY_RANGE.search(text):
        return True
    for found in _TIME_RANGE.finditer(text):
        minutes = (found["from"], found["to"])
        # A shop opens on the quarter; a table is seldom taken and left on it.
        if any(minutes) and all(m in {None, "00", "15", "30", "45"} for m in minutes):
            return True
    return False


def clocks_in(text: str) -> list[Clock]:
    """Every time of day in a text that can't be a price, from left to right."""
    text = _UNCLEAR.sub(lambda found: found.group().translate(_LETTERS), text)
    found = []
    for match in _CLOCK.finditer(text):
        half = (match["half"] or match["half2"] or "").lower()
        mark = (match["s"] or "").strip().lower()
        is_marked = bool(half or match["uhr"] or match["m2"])
        if mark == "." and not (is_marked or match["sec"]):
            continue
        at = time_of_day(match["h"], match["m"] or match["m2"], half)
        if at is not None:
            found.append(Clock(at, match.start(), match.end()))
    return found


def time_of_day(hour: str, minute: str, half: str = "") -> time | None:
    hours = int(hour)
    if half.startswith("p") and hours < 12:
        hours += 12
    elif half.startswith("a") and hours == 12:
        hours = 0
    return time(hours, int(minute)) if hours < 24 else None


def clock_in(text: str) -> time | None:
    """A time of day in a text, if it has one that can't be a price or opening hours."""
    text = text[:_LONGEST]
    if not _HAS_TIME.search(text) or is_opening_hours(text):
        return None
    found = clocks_in(text)
    return found[0].at if found else None

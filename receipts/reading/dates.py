"""The day and time of a purchase: candidates with what speaks for each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from receipts.reading.locales import Locale

EARLIEST = date(2000, 1, 1)
# A purchase is looked for in this span before the day of submission.
BEFORE_SUBMISSION = timedelta(days=366)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jän jaenner janvier enero ene januari gennaio",
            "february feb februar février fevrier febrero febbraio",
            "march mar märz maerz mrz mars marzo mac",
            "april apr avril avr abril abr aprile",
            "may mai mayo mei maggio",
            "june jun juni juin junio giugno",
            "july jul juli juillet julio julai luglio",
            "august aug août aout agosto ago ogos",
            "september sep sept septembre septiembre settembre",
            "october oct oktober okt octobre octubre ottobre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre diciembre dic disember",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d{2}|['’`´]?\s?\d{2})"
_CLOCK = r"(?=\d{1,2}[:.]\d{2}|\D|$)"
_SEP = r"\s?[/\-.,–]\s?"

PATTERNS = (
    # 2019-03-31, 2019/03/31, 2019.03.31
    re.compile(
        rf"(?<!\d)(?P<y>20\d{{2}})(?P<s>{_SEP})(?P<m>\d{{1,2}}){_SEP}(?P<d>\d{{1,2}})"
        rf"(?!\d{{3}}){_CLOCK}"
    ),
    # 03/31/2019, 31.03.19, 3-31-19, 12/31/201914:02
    re.compile(
        rf"(?<![\d.,])(?P<a>\d{{1,2}})\s?(?P<s>[/\-.–])\s?(?P<b>\d{{1,2}})"
        rf"\s?[/\-.–'’]\s?(?P<y>(?:19|20)\d{{2}}(?!:\d{{2}})|\d{{2}}(?=\d{{2}}:\d{{2}})|\d{{2}}(?!\d)){_CLOCK}"
        rf"(?![/\-]\d)"
    ),
    # 31032019 on its own
    re.compile(r"(?<!\d)(?P<a>\d{2})(?P<b>\d{2})(?P<y>20\d{2})(?!\d)"),
    # Mar 31, 2019; MAR31'19; March 31 19
    re.compile(
        rf"(?<![a-z])(?P<n>{_NAMES})[\s.,\-/]{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"[\s.,\-/]{{0,3}}{_YEAR}{_CLOCK}",
        re.IGNORECASE,
    ),
    # 31 March 2019, 31-Mar-19, 04 MAR.19, 31. März 2019
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,\-/]{{0,2}}(?P<n>{_NAMES})"
        rf"[\s.,\-/]{{0,2}}{_YEAR}{_CLOCK}",
        re.IGNORECASE,
    ),
)
_DAMAGED = (
    (re.compile(r"(?<=\d)[\s\-/]?[0O]EC(?=[\s\-/.,']?\d)", re.IGNORECASE), "-DEC-"),
    (re.compile(r"(?<=\d)[\s\-/]?[0O]CT(?=[\s\-/.,']?\d)", re.IGNORECASE), "-OCT-"),
    (re.compile(r"(?<=\d)[\s\-/]?N[0O]V(?=[\s\-/.,']?\d)", re.IGNORECASE), "-NOV-"),
    (re.compile(r"(?<=\d)[\s\-/]?JU1(?=[\s\-/.,']?\d\d)", re.IGNORECASE), "-JUL-"),
    (re.compile(r"(?<=\d)[~_](?=\d)"), "-"),
    (re.compile(r"(?<=\d)[,.'](?=/\d)"), ""),
    (re.compile(r"(?<=[/\-.])[OoQD](?=\d)"), "0"),
    (re.compile(r"(?<=\d)[Oo](?=[/\-.]\d)"), "0"),
    (re.compile(r"(?<=\d)[Il|](?=[/\-.]\d)"), "1"),
    (re.compile(r"(?<=[/\-.])[Il|](?=\d?[/\-.\d])"), "1"),
)
TIME = re.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-3])(?P<s>[:;.])(?P<m>[0-5]\d)(?:[:;.](?P<sec>[0-5]\d))?"
    r"(?!\d)\s?(?P<half>[AaPp]\.?\s?[Mm]?\b\.?)?"
)
_DATE_WORD = re.compile(
    r"(?<![a-z])(?:date|datum|fecha|data|tarikh|dated|printed|time|uhr|bon)(?![a-z])",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"exp(?:ir|\b)|valid|until|return\b|refund|due\s?(?:date|by|on)|birth|dob\b|best before"
    r"|effective|since|gültig|member since|survey|offer|coupon|by:|before|version|ver\b"
    r"|deliver|delivery|copyright|\(c\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DateCandidate:
    """A day that stands on the paper. `points` sums what speaks for it."""

    day: date
    line: int
    points: float
    swapped: bool = False
    at: time | None = None
    text: str = ""


def undamaged(text: str) -> str:
    for pattern, replacement in _DAMAGED:
        text = pattern.sub(replacement, text)
    return text


def full_year(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    year = int(digits)
    return year if year > 99 else 2000 + year


def valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_of(match: re.Match, locale: Locale) -> list[tuple[date, bool]]:
    """(day, whether against the locale's order) that a match can mean."""
    groups = match.groupdict()
    year = full_year(groups["y"])
    if groups.get("n"):
        month = MONTHS[groups["n"].lower()]
        pairs = [(month, int(groups["d"]), False)]
    elif groups.get("a"):
        a, b = int(groups["a"]), int(groups["b"])
        first = (b, a) if locale.day_first else (a, b)
        pairs = [(*first, False), (first[1], first[0], True)]
    else:
        pairs = [(int(groups["m"]), int(groups["d"]), False)]
    found = [(valid(year, m, d), swapped) for m, d, swapped in pairs]
    return [(day, swapped) for day, swapped in found if day is not None]


def year_last_two_first(match: re.Match) -> date | None:
    """19/03/31 as the year first, as some tills write it."""
    groups = match.groupdict()
    if not groups.get("a") or len(groups["y"]) != 2:
        return None
    return valid(2000 + int(groups["a"]), int(groups["b"]), int(groups["y"]))


def is_plausible(day: date, *, submitted_on: date | None, today: date) -> bool:
    if submitted_on is not None:
        return submitted_on - BEFORE_SUBMISSION <= day <= submitted_on
    return EARLIEST <= day <= today


def clock_in(text: str) -> time | None:
    """A time of day in a text, if it has one that can't be a price."""
    for match in TIME.finditer(text):
        half = (match["half"] or "").strip().lower()
        if match["s"] == "." and not (half or match["sec"]):
            continue
        hour = int(match["h"])
        if half.startswith("p") and hour < 12:
            hour += 12
        elif half.startswith("a") and hour == 12:
            hour = 0
        return time(hour, int(match["m"]))
    return None


def date_candidates(
    lines: Sequence[str], *, locale: Locale, submitted_on: date | None, today: date
) -> list[DateCandidate]:
    """Every day on the paper, the likeliest first."""
    found: list[DateCandidate] = []
    for number, line in enumerate(lines):
        text = undamaged(line)
        for pattern in PATTERNS:
            for match in pattern.finditer(text):
                found += weighed(
                    match, number, lines, locale, submitted_on=submitted_on, today=today
                )
    merged: dict[date, DateCandidate] = {}
    for candidate in found:
        other = merged.get(candidate.day)
        if other is None:
            merged[candidate.day] = candidate
        else:
            best, less = sorted((candidate, other), key=lambda c: -c.points)
            again = 0.6 if best.line != less.line else 0.0
            merged[candidate.day] = replace(
                best, points=best.points + again, at=best.at or less.at
            )
    return sorted(merged.values(), key=lambda c: (-c.points, c.line))


def weighed(
    match: re.Match,
    number: int,
    lines: Sequence[str],
    locale: Locale,
    *,
    submitted_on: date | None,
    today: date,
) -> list[DateCandidate]:
    text = undamaged(lines[number])
    candidates = days_of(match, locale)
    alternative = year_last_two_first(match)
    plausible = [
        (day, swapped)
        for day, swapped in candidates
        if is_plausible(day, submitted_on=submitted_on, today=today)
    ]
    if (
        not plausible
        and alternative is not None
        and is_plausible(alternative, submitted_on=submitted_on, today=today)
    ):
        candidates = plausible = [(alternative, True)]
    rest = text[: match.start()] + " " + text[match.end() :]
    at = clock_in(rest)
    near = at or next(
        (clock_in(lines[n]) for n in (number + 1, number - 1) if 0 <= n < len(lines)),
        None,
    )
    base = 2.0
    base += 0.6 if len(re.sub(r"\D", "", match["y"])) == 4 else 0.0
    base += 0.8 if at is not None else 0.0
    base += 0.8 if _DATE_WORD.search(rest) else 0.0
    base += 0.5 if match.groupdict().get("n") else 0.0
    base -= 1.6 if match.group().isdigit() else 0.0
    if re.search(r"\d\s?$", text[: match.start()]) and match.group()[1:2] in "/-.":
        base -= 2.5  # its first digit may have gone to the number before it
    base -= (
        0.4
        if match.groupdict().get("s", "").strip() in {".", ","} and not locale.comma
        else 0.0
    )
    before = lines[number - 1] if number else ""
    if _OTHER_DAY.search(rest) or (len(rest.strip()) < 4 and _OTHER_DAY.search(before)):
        base -= 2.0
    result = []
    for day, swapped in candidates:
        points = base
        if (day, swapped) not in plausible:
            points -= 3.0
        if swapped:
            # The locale's order holds unless only the other gives a possible day.
            other = [d for d, s in plausible if not s]
            points -= 2.5 if other else 0.4
        result.append(
            DateCandidate(day, number, points, swapped, near, match.group().strip())
        )
    return result

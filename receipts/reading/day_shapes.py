"""The shapes in which a day is written, each with the days that it can mean.

Clean shapes are looked for first. What is left of the line is then searched for shapes
that a reader has damaged: letters for digits, and lost or foreign separators.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from receipts.reading.locales import Locale

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jän jaenner janvier janv enero ene januari gennaio",
            "february feb februar février fevrier fév févr febrero febbraio februari",
            "march mar märz maerz marz mär mrz mars marzo maart mac",
            "april apr avril avr abril abr aprile",
            "may mai mayo mei maggio",
            "june jun juni juin junio giugno",
            "july jul juli juillet juil julio julai luglio",
            "august aug août aout agosto ago ogos augustus",
            "september sep sept septembre septiembre settembre",
            "october oct oktober okt octobre octubre ottobre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre déc diciembre dic disember",
        ),
        start=1,
    )
    for name in names.split()
}
# Malay for March, and the burger.
_BURGER = "mac"

# One letter may be any of those that readers take for it.
# The last four are what a pattern takes for I, S and K where case is ignored.
_ACCENTS = str.maketrans(
    "äöüéèêëûùúíìóòáàâçÄÖÜÉÈÊÛÁÍÓÚİıſK", "aoueeeeuuuiiooaaacAOUEEEUAIOUIisK"
)
_ALIKE = {"o": "[o0q]", "i": "[il1|!]", "l": "[il1|!]", "s": "[s5]", "b": "[b8]"}
_FOLD = str.maketrans({"0": "o", "q": "o", "i": "l", "1": "l", "|": "l", "!": "l"})
_FOLDED = {
    name.translate(_ACCENTS).translate(_FOLD): number for name, number in MONTHS.items()
}
_PLAIN = sorted({name.translate(_ACCENTS) for name in MONTHS}, key=len, reverse=True)
# The last letter of a long name is read as it is: Ju119 is no Juli 9.
_NAMES = "|".join(
    "".join(_ALIKE.get(c, c) for c in name[: max(3, len(name) - 1)])
    + name[max(3, len(name) - 1) :]
    for name in _PLAIN
)
# December read as DEO or 0EC keeps its shape; a D at the front may be a 0 as well.
_NAMES = f"(?:{_NAMES}|0e[cz][a-z]*)"

_HOUR = r"(?:[01]?\d|2[0-3])[:.h][0-5]\d"
_GLUED = rf"(?={_HOUR}|(?:[01]\d|2[0-3])[0-5]\d(?!\d)|\D|$)"
# Four digits, unless the last two are the hour of a time glued to a short year:
# 1914:02 is 19 and 14:02, while 2026:02 can be no hour.
_YEAR = (
    r"(?P<y>(?:19|2[0Oo])(?:2[4-9]|[3-9]\d)|(?:19|2[0Oo])\d{2}(?![:h]\d{2}(?!:\d{2}:\d))"
    rf"|\d{{2}}(?={_HOUR})|\d{{2}}(?!\d)(?!\s?[:h]\d\d)(?![.,]\d{{1,2}}(?!\d)))"
)
_NO_MORE = r"(?!\.\d(?!\d?[:h]\d\d))(?![/\-]\d{1,2}(?![\d:.h]))"
_DAY = r"(?P<d>[0-3OoIl|]?[\dOoIl|])(?:st|nd|rd|th|er|\.?º|ª)?"
_GAP = r"[\s.,\-/]{0,3}(?:\b(?:de|del|of)\s)?"
_MARK = r"[\s.,\-/'’`´]{0,3}(?:\b(?:de|del|of)\s{0,2})?"

YEAR_FIRST = re.compile(
    r"(?<!\d)(?<!\d[.,])(?P<y>20\d{2})\s?(?P<s>[/\-.–])\s?(?P<m>\d{1,2})\s?(?P=s)\s?"
    rf"(?P<d>\d{{1,2}})(?!\d{{3}})(?={_HOUR}|\D|$)(?![/\-.]\d(?!\d?[:.h]\d\d))"
)
NUMBERS = re.compile(
    r"(?<!\d)(?<!\d[.,])(?<![#v])(?P<a>\d{1,2})\s{0,2}(?P<s>[/\-.–])\s{0,2}(?P<b>\d{1,2})"
    rf"\s{{0,2}}(?:(?P=s)|['’])\s{{0,2}}{_YEAR}{_GLUED}{_NO_MORE}"
)
DIGITS_ONLY = re.compile(
    r"(?<![\d.,#\-/])(?:(?P<a>[0-3]\d)(?P<b>[0-3]\d)(?P<y>20\d{2})"
    r"|(?P<y2>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?:[T\s]?\d{4}(?:\d\d)?)?)(?![\d.,/\-]?\d)"
)
NAME_FIRST = re.compile(
    rf"(?<![a-z])(?P<n>{_NAMES})(?P<gap>{_GAP}){_DAY}(?P<mark>{_MARK}){_YEAR}{_GLUED}",
    re.IGNORECASE,
)
DAY_FIRST = re.compile(
    rf"(?<![\d#:.,/OoIl|]){_DAY}{_GAP}(?P<n>{_NAMES}){_MARK}{_YEAR}{_GLUED}",
    re.IGNORECASE,
)
YEAR_AND_NAME = re.compile(
    rf"(?<!\d)(?P<y>20\d{{2}}){_GAP}(?P<n>{_NAMES}){_GAP}{_DAY}(?!\d)", re.IGNORECASE
)
# Jun 15 12:47:59 2011, as computers write it
CLOCK_BETWEEN = re.compile(
    rf"(?<![a-z])(?P<n>{_NAMES})[\s.,]{{0,2}}{_DAY}[\s,]{{1,3}}{_HOUR}(?::\d\d)?"
    r"(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{3,4})?\s{1,2}(?P<y>20\d{2})(?!\d)",
    re.IGNORECASE,
)
PATTERNS = (
    YEAR_FIRST,
    NUMBERS,
    CLOCK_BETWEEN,
    YEAR_AND_NAME,
    NAME_FIRST,
    DAY_FIRST,
    DIGITS_ONLY,
)
# For where it only matters that a day stands there, and not which. "2 Mac 10.90" is
# none, nor is "9.00-20.00".
_SOME_NAME = rf"(?!{_BURGER})(?:{_NAMES})(?![a-z])"
_LIKE_A_DAY = re.compile(
    r"(?<!\d)\d{1,4}\s?(?P<s>[/.\-])\s?\d{1,2}\s?(?P=s)\s?\d{2,4}"
    rf"(?={_HOUR}|\D|$)"
    rf"|\d(?:st|nd|rd|th|er|\.?º)?{_GAP}{_SOME_NAME}{_MARK}\d{{2}}"
    rf"|(?<![a-z]){_SOME_NAME}{_GAP}\d{{1,2}}(?:st|nd|rd|th)?[^\w.]{{1,3}}\d{{2}}",
    re.IGNORECASE,
)

_D = r"[\dOoQDIil|!\]SsBZz]"
_DIGITS = str.maketrans("OoQDIiLl|!]SsBZz", "0000111111155822")
_ANY_MARK = r"\s{0,2}[.,'’_:;~]?[/\-–~_|\\]{0,2}[.,'’]?\s{0,2}"
DAMAGED = re.compile(
    rf"(?<![A-Za-z\d])(?<!\d[.,/\-])(?P<a>{_D}{{1,2}})(?P<s>{_ANY_MARK})(?P<b>{_D}{{1,2}})"
    rf"(?P<t>{_ANY_MARK})(?P<y>[12Z][09OoQ]{_D}{{2}}(?!:\d\d)|{_D}{{2}})"
    rf"(?=(?:[01]?\d|2[0-3])[:.]\d\d|[^A-Za-z\d]|$)(?!\s?[:.,/\-]\d)(?![%])"
)
# The number before has swallowed the space: R00031/12/2019
SWALLOWED = re.compile(
    r"(?<=\d)(?P<a>[0-3]\d)(?P<s>[/\-])(?P<b>[01]\d|[0-3]\d)(?P=s)(?P<y>20\d{2})"
    rf"(?={_HOUR}|\D|$)(?![/\-]\d)"
)
# The strokes were read as digits: 870272010 is 8/02/2010
STROKES = re.compile(
    r"(?<![\d.,/\-])(?P<a>\d{1,2})(?P<s>[17])(?P<b>\d{1,2})(?P=s)(?P<y>20\d{2})"
    r"(?=\s|$)"
)
# Date:123119, Datum 311219
LABELLED = re.compile(
    r"(?<![a-z])(?:date|datum|fecha|data|tarikh|dt)[\s:.#]{1,4}"
    r"(?P<a>[0-3]\d)[\s.,]?(?P<b>[0-3]\d)[\s.,]?(?P<y>\d{2})(?![\d.,/\-])",
    re.IGNORECASE,
)
_UNCLEAR_DIGIT = re.compile(r"(?<![A-Za-z])[OoIl|]$")
_STRONG = frozenset("/-–~_|\\")
# No line of paper is longer; what is in an e-mail's may be.
_LONGEST, _MOST = 240, 8


@dataclass(frozen=True)
class Reading:
    """A day that a shape can mean. `order`: mdy, dmy, ymd, or name for a month's."""

    day: date
    order: str
    is_swapped: bool = False


@dataclass(frozen=True)
class Shape:
    """A date as it is written. `first`, `second` are the digits before the year.

    `repairs` counts what a reader damaged; `is_weak` shapes are dates only where
    something beside them says so. `is_cut`: its first digit may have gone to the
    number before it. `is_bare`: eight digits without marks, among other numbers.
    """

    start: int
    end: int
    text: str
    year: int
    has_full_year: bool
    mark: str
    month: int | None = None
    day: int | None = None
    first: int | None = None
    second: int | None = None
    repairs: int = 0
    is_weak: bool = False
    is_cut: bool = False
    is_bare: bool = False
    has_name: bool = False

    def readings(self, locale: Locale, *, against: bool = False) -> list[Reading]:
        """The days it can mean, by the locale's order (or `against` it) first."""
        if self.month is not None and self.day is not None:
            order = "name" if self.has_name else "ymd"
            day = valid(self.year, self.month, self.day)
            return [] if day is None else [Reading(day, order)]
        mdy = valid(self.year, self.first, self.second)
        dmy = valid(self.year, self.second, self.first)
        found = [
            Reading(day, order, is_swapped=(order == "dmy") != locale.day_first)
            for day, order in ((mdy, "mdy"), (dmy, "dmy"))
            if day is not None
        ]
        found.sort(key=lambda reading: reading.is_swapped != against)
        if len(found) == 2 and found[0].day == found[1].day:
            return found[:1]
        return found

    def year_in_front(self) -> Reading | None:
        """19/03/31 as the year first, as some tills write it."""
        if self.first is None or self.has_full_year or self.repairs:
            return None
        day = valid(2000 + self.first, self.second, self.year % 100)
        return None if day is None else Reading(day, "ymd", is_swapped=True)


def has_day(text: str) -> bool:
    """Whether a line looks as if it had a day, of whatever year."""
    return count_days(text) > 0


def count_days(text: str) -> int:
    """How many days a line looks as if it had; damaged ones aren't seen."""
    return len(_LIKE_A_DAY.findall(text[:_LONGEST].translate(_ACCENTS)))


def valid(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, TypeError):
        return None


def full_year(digits: str) -> int:
    year = int(digits)
    return year if year > 99 else 2000 + year


def month_named(name: str) -> int | None:
    folded = name.lower().replace("5", "s").replace("8", "b").translate(_FOLD)
    if folded in _FOLDED:
        return _FOLDED[folded]
    # A D at the front that was read as 0 is an O by now.
    return 12 if folded.startswith(("oec", "oez")) else None


def shapes_in(text: str, locale: Locale) -> list[Shape]:
    """The dates written in a line, from left to right; at most a handful."""
    text = text[:_LONGEST].translate(_ACCENTS)
    if sum(map(str.isdigit, text)) < 3:
        return []
    found: list[Shape] = []
    for shapes in (clean_shapes, damaged_shapes):
        rest = masked(text, found)
        for shape in shapes(rest, locale):
            if all(shape.end <= s.start or s.end <= shape.start for s in found):
                found.append(shape)
    return sorted(found, key=lambda shape: shape.start)[:_MOST]


def masked(text: str, shapes: list[Shape]) -> str:
    for shape in shapes:
        text = (
            text[: shape.start] + "\n" * (shape.end - shape.start) + text[shape.end :]
        )
    return text


def clean_shapes(text: str, locale: Locale) -> Iterator[Shape]:
    for pattern in (YEAR_FIRST, NUMBERS):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 2) : match.start()]
            # In 1-01-1-01 it is a part of a longer number; in l2/04/19 its first
            # digit is unclear.
            if not (
                (before[:1].isdigit() and before[1:] == match["s"])
                or _UNCLEAR_DIGIT.search(before)
            ):
                yield shape_of(match, text)
    names = [CLOCK_BETWEEN, YEAR_AND_NAME, DAY_FIRST, NAME_FIRST]
    if not locale.day_first:
        names[2:] = [NAME_FIRST, DAY_FIRST]
    for pattern in names:
        for match in pattern.finditer(text):
            if is_named_date(match, locale):
                yield shape_of(match, text)
    for match in DIGITS_ONLY.finditer(text):
        yield shape_of(match, text)


def is_named_date(match: re.Match, locale: Locale) -> bool:
    groups = match.groupdict()
    if month_named(groups["n"]) is None:
        return False
    is_short = len(groups["y"]) == 2
    if groups["n"].lower() == _BURGER and is_short and "MY" not in locale.name:
        return False
    day_and_year = (groups["d"] + groups["y"]).translate(_DIGITS)
    # APR 2019 is a month; MAR0419 and DEC31'19 are days.
    return not (
        is_short
        and "mark" in groups
        and not groups["mark"]
        and (groups["gap"] or day_and_year[:2] in {"19", "20"})
    )


def shape_of(match: re.Match, text: str) -> Shape:
    groups = match.groupdict()
    year = (groups["y"] or groups["y2"]).translate(_DIGITS)
    numbers: dict[str, int | None] = {}
    repairs = int(year not in match.group())
    if groups.get("n"):
        day = groups["d"].translate(_DIGITS)
        repairs += letters_in(groups["d"])
        repairs += sum(not c.isalpha() for c in groups["n"])
        numbers = {"month": month_named(groups["n"]), "day": int(day)}
    elif groups.get("a"):
        numbers = {"first": int(groups["a"]), "second": int(groups["b"])}
    else:
        numbers = {"month": int(groups["m"]), "day": int(groups["d"])}
    before = text[: match.start()]
    is_bare = not groups.get("s") and not groups.get("n")
    return Shape(
        match.start(),
        match.end(),
        match.group().strip(),
        full_year(year),
        len(year) == 4,
        (groups.get("s") or "").strip(),
        repairs=repairs,
        is_cut=is_cut(match, before),
        is_bare=is_bare and not is_alone(match),
        has_name=bool(groups.get("n")),
        **numbers,
    )


def is_cut(match: re.Match, before: str) -> bool:
    """Whether a digit before it would make another day of it: 1 2/01/10."""
    groups = match.groupdict()
    end = re.search(r"([123])\s?$", before)
    if end is None or len(groups.get("a") or "12") != 1:
        return False
    first, second = int(end.group(1) + groups["a"]), int(groups["b"])
    year = full_year(groups["y"])
    return bool(valid(year, first, second) or valid(year, second, first))


def is_alone(match: re.Match) -> bool:
    """Eight bare digits may be any number, unless they stand alone."""
    rest = match.string[: match.start()] + match.string[match.end() :]
    return not any(map(str.isdigit, rest))


def damaged_shapes(text: str, locale: Locale) -> Iterator[Shape]:
    for match in LABELLED.finditer(text):
        yield mended(match, letters=0, marks=1, is_weak=False)
    for match in SWALLOWED.finditer(text):
        yield mended(match, letters=0, marks=1, is_weak=True)
    for match in STROKES.finditer(text):
        yield mended(match, letters=0, marks=2, is_weak=True)
    for match in DAMAGED.finditer(text):
        letters = letters_in(match["a"] + match["b"] + match["y"])
        marks = [bool(_STRONG & set(match[name])) for name in "st"]
        if not is_damaged_date(match, letters, marks, locale):
            continue
        is_one_mark = match["s"].strip() == match["t"].strip()
        yield mended(
            match,
            letters=letters,
            marks=0 if all(marks) and is_one_mark and letters else 1,
            is_weak=not (
                all(marks) or letters or (any(marks) and len(match["y"]) == 4)
            ),
        )


def letters_in(text: str) -> int:
    return sum(not c.isdigit() for c in text)


def is_damaged_date(
    match: re.Match, letters: int, marks: list[bool], locale: Locale
) -> bool:
    """Whether so much is left of it that it was a date and nothing else."""
    parts = len(match["a"] + match["b"] + match["y"])
    is_lost = not (match["s"] and match["t"])
    if letters > 2 or parts - letters < 3:
        return False
    if is_lost and (letters or len(match["a"] + match["b"]) != 4):
        return False
    if any(marks):
        return True
    if letters:
        return letters == 1 and match["s"] == match["t"] == "." and locale.comma
    return not is_lost and len(match["y"]) == 4


def mended(match: re.Match, *, letters: int, marks: int, is_weak: bool) -> Shape:
    a, b, y = (match[name].translate(_DIGITS) for name in "aby")
    return Shape(
        match.start("a"),
        match.end(),
        match.string[match.start("a") : match.end()].strip(),
        full_year(y),
        len(y) == 4,
        "/",
        first=int(a),
        second=int(b),
        repairs=letters + marks,
        is_weak=is_weak,
    )

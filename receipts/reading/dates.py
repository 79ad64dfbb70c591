"""The day and time of a purchase: candidates with what speaks for each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from receipts.reading.day_shapes import MONTHS, PATTERNS, Reading, Shape, shapes_in
from receipts.reading.locales import Locale
from receipts.reading.other_days import (
    begins_with_arrangement,
    speaks_of_arrangement,
    speaks_of_other_day,
)
from receipts.reading.times import TIME, clock_in, clocks_in, time_of_day
from receipts.reading.weekdays import weekday_beside

__all__ = [
    "BEFORE_SUBMISSION",
    "MONTHS",
    "PATTERNS",
    "TIME",
    "DateCandidate",
    "clock_in",
    "date_candidates",
    "date_evidence",
    "is_plausible",
    "same_day_in",
]

EARLIEST = date(2000, 1, 1)
# A purchase is looked for in this span before the day of submission.
BEFORE_SUBMISSION = timedelta(days=366)

_DATE_WORD = re.compile(
    r"(?<![a-z])(?:(?:biz|business|check|order|sale|trans(?:action)?|purchase|invoice"
    r"|inv|receipt|kauf|beleg|rechnungs|bestell)?[\s.\-/]?(?:date|datum)|dated|fecha"
    r"|data|tarikh|date/time|time|uhr|uhrzeit|zeit|heure|hora|masa|bon|placed\son"
    r"|order(?:ed|\splaced)(?:\son)?|purchased(?:\son)?|bought\son|paid\son|sold\son"
    r"|commande\sdu|bestellt\sam|bestellung\svom|rechnung\svom|pedido\sel)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"(?<![a-z])(?:re-?)?(?:printed|print|prn|imprim[ée]|gedruckt|impreso)(?![a-z])",
    re.IGNORECASE,
)
# What stands between the days of a range.
_JOINS = frozenset(
    ("-", "–", "—", "~", "to", "thru", "through", "till", "til", "until")
)
_JOINS |= {"bis", "à", "a", "au", "al", "hasta", "hingga"}
# A card's month and year, with the word that would speak against a day beside it.
_CARD_EXPIRY = re.compile(
    r"\bexp(?:\.|iry|ires|iration)?(?:\sdate)?[\s:.#]{0,3}(?:[\dx*]{2}\s?/\s?[\dx*]{2,4})"
    r"(?![/\d])",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:sku|plu|upc|ean|item|art|artikel|model|acct|account|konto|gst|reg|abn|tin|vat"
    r"|ust|id|phone|tel|fax|mobile|hp|lot|part|serial|s/n|p/n|zip|plz|iban|policy|unit"
    r"|suite|ste|apt|lat|long?|version|ver|release|build|firmware)\s?(?:no|nr|num|number|id|code|#)?\.?\s?[:#.]{0,2}\s?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Ten times what a receipt has.
_MOST_DATES = 100
# A till prints few words beside its date; sentences have more.
_FEW_WORDS = 3


@dataclass(frozen=True)
class DateCandidate:
    """A day that stands on the paper. `points` sums what speaks for it.

    `line` is where it stands best, `lines` are all where it stands. `swapped`: it is
    read against the locale's order. `is_ambiguous`: its digits could as well be read in
    the other order, as another plausible day. `repairs` counts characters that were
    unclear (a letter for a digit, a lost mark); `is_damaged` says the same, or that its
    first digit may belong to the number before. `order` is mdy, dmy, ymd, or name for
    a month in letters. `weekday_agrees` is None where no weekday stands beside it.
    `is_other_day`: wherever it stands, words beside it say that it is the day of
    something else, such as of a return, an appointment or a pick-up.
    """

    day: date
    line: int
    points: float
    swapped: bool = False
    at: time | None = None
    text: str = ""
    lines: tuple[int, ...] = ()
    is_full_year: bool = False
    is_ambiguous: bool = False
    repairs: int = 0
    is_damaged: bool = False
    order: str = ""
    weekday_agrees: bool | None = None
    is_other_day: bool = False


@dataclass(frozen=True)
class Standing:
    """A date on its line: the words around it and the time beside it.

    `outer` is what stands before and behind the range of days to which it belongs, or
    else before and behind itself. `is_last`: no other day follows that.
    """

    shape: Shape
    line: int
    before: str
    after: str
    outer: tuple[str, str]
    above: str  # the line above, where no other day stands on it
    is_last: bool
    is_range: bool
    is_joined: bool  # by a word or a dash with another day: 1/2/2019 - 8/2/2019
    at: time | None
    near: time | None
    weekday: int | None


def is_plausible(day: date, *, submitted_on: date | None, today: date) -> bool:
    if submitted_on is not None:
        return submitted_on - BEFORE_SUBMISSION <= day <= submitted_on
    return EARLIEST <= day <= today


def date_candidates(
    lines: Sequence[str], *, locale: Locale, submitted_on: date | None, today: date
) -> list[DateCandidate]:
    """Every day on the paper, the likeliest first."""
    standing: list[Standing] = []
    for number in range(len(lines)):
        if len(standing) >= _MOST_DATES:
            break
        standing += [
            one
            for one in standings(lines, number, locale)
            if not one.shape.is_weak or is_supported(one)
        ]
    against = is_paper_in_other_order([one.shape for one in standing], locale)
    found = [
        candidate
        for one in standing
        for candidate in weighed(
            one, locale, against=against, submitted_on=submitted_on, today=today
        )
    ]
    return sorted(merged(found), key=lambda c: (-c.points, c.line))


def standings(lines: Sequence[str], number: int, locale: Locale) -> list[Standing]:
    text = lines[number]
    shapes = shapes_in(text, locale)
    if not shapes:
        return []
    above = lines[number - 1][:200] if number else ""
    above = "" if shapes_in(above, locale) else above
    edges = [0, *(edge for s in shapes for edge in (s.start, s.end)), len(text)]
    # The texts before, between and behind the days.
    texts = [text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
    ranges = ranges_among(shapes, texts, locale)
    found = []
    for place, shape in enumerate(shapes):
        before, after = texts[place], texts[place + 1]
        first, last = ranges[place]
        at = time_beside("", shape.text) if shape.has_name else None
        at = at or time_beside(before, after) or time_beside(text[: shape.start], after)
        found.append(
            Standing(
                shape,
                number,
                before,
                after[:200],
                (texts[first], texts[last + 1][:200]),
                above,
                is_last=last + 1 == len(shapes),
                is_range=sum(not other.is_weak for other in shapes) > 1,
                is_joined=first < last,
                at=at,
                near=at or time_near(lines, number),
                weekday=weekday_beside(before, after, locale),
            )
        )
    return found


def ranges_among(
    shapes: Sequence[Shape], texts: Sequence[str], locale: Locale
) -> list[tuple[int, int]]:
    """For each day the first and last of the range to which it belongs."""
    firsts = list(range(len(shapes)))
    for place in range(1, len(shapes)):
        is_other = shapes[place].text != shapes[place - 1].text
        if is_other and joins_days(texts[place], locale):
            firsts[place] = firsts[place - 1]
    lasts = {first: place for place, first in enumerate(firsts)}
    return [(first, lasts[first]) for first in firsts]


def joins_days(between: str, locale: Locale) -> bool:
    """Whether a text between two days makes a range of them: "10:00 - Sun"."""
    words = without_times(between[:60], locale)
    return 0 < len(words) < 3 and _JOINS.issuperset(words)


def without_times(text: str, locale: Locale) -> list[str]:
    """The words and dashes of a text without its times of day and weekdays."""
    for clock in reversed(clocks_in(text)):
        text = text[: clock.start] + " " + text[clock.end :]
    words = re.findall(r"[^\W_]+|[-–—~]", text.lower())
    return [word for word in words if weekday_beside(word, "", locale) is None]


def time_beside(before: str, after: str) -> time | None:
    """The time behind a date, also glued to it, or else in front of it."""
    glued = re.match(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)(?!\d?[/\-])", after)
    if glued:
        half = re.match(r"(?::\d\d)?\s?([ap])", after[glued.end() :], re.IGNORECASE)
        return time_of_day(*glued.groups(), half.group(1).lower() if half else "")
    found = clocks_in(after.lstrip("-–@,; ")[:120]) or clocks_in(before[-60:])[-1:]
    return found[0].at if found else None


def time_near(lines: Sequence[str], number: int) -> time | None:
    """The time on the next line or the one before; labelled, it may be two away."""
    for step in (1, -1, 2, -2):
        if not 0 <= number + step < len(lines):
            continue
        text = lines[number + step]
        if abs(step) == 1 or re.search(r"\btime\b|zeit\b|heure|hora\b", text, re.I):
            at = clock_in(text[:200])
            if at is not None:
                return at
    return None


def is_supported(one: Standing) -> bool:
    """Whether something beside a damaged or bare shape says that it is a date."""
    return (
        one.at is not None
        or one.weekday is not None
        or bool(_DATE_WORD.search(one.before) or _DATE_WORD.search(one.after))
    )


def is_paper_in_other_order(shapes: Sequence[Shape], locale: Locale) -> bool:
    """Whether all dates here that fit one order only are against the locale's."""
    votes = {
        readings[0].is_swapped
        for shape in shapes
        if shape.first is not None
        and not shape.repairs
        and not shape.is_cut
        and shape.first != shape.second
        and len(readings := shape.readings(locale)) == 1
    }
    return votes == {True}


def weighed(
    one: Standing,
    locale: Locale,
    *,
    against: bool,
    submitted_on: date | None,
    today: date,
) -> list[DateCandidate]:
    shape = one.shape

    def fits(reading: Reading) -> bool:
        return is_plausible(reading.day, submitted_on=submitted_on, today=today)

    readings = shape.readings(locale, against=against)
    plausible = [reading for reading in readings if fits(reading)]
    if not plausible:
        in_front = shape.year_in_front()
        if in_front is not None and fits(in_front):
            readings = plausible = [in_front]
    if one.weekday is not None:
        agreeing = [r for r in plausible if r.day.weekday() == one.weekday]
        # The weekday settles the order where it is true of one of them only.
        plausible.sort(key=lambda reading: reading not in agreeing)
    is_other = is_other_day(one, locale)
    base = points_of(one, locale, is_other=is_other)
    found = []
    for reading in readings:
        points = base
        if reading not in plausible:
            points -= 3.0
        elif reading is not plausible[0]:
            points -= 2.5
        elif reading.is_swapped and not against:
            points -= 0.4
        agrees = None
        if one.weekday is not None:
            agrees = reading.day.weekday() == one.weekday
            points += 0.6 if agrees else -1.0
        is_ambiguous = len(plausible) > 1 and not agrees
        found.append(
            DateCandidate(
                reading.day,
                one.line,
                points,
                reading.is_swapped,
                one.near,
                shape.text,
                (one.line,),
                shape.has_full_year,
                is_ambiguous,
                shape.repairs,
                bool(shape.repairs) or shape.is_cut,
                reading.order,
                agrees,
                is_other,
            )
        )
    return found


def points_of(one: Standing, locale: Locale, *, is_other: bool) -> float:
    """What speaks for a date as it stands, whatever day it means."""
    shape = one.shape
    before = _CARD_EXPIRY.sub(" ", one.before)
    after = _CARD_EXPIRY.sub(" ", one.after)
    is_named = bool(_DATE_WORD.search(before) or _DATE_WORD.search(after))
    points = 2.0
    points += 0.6 if shape.has_full_year else 0.0
    if is_other:
        # A time or "date" beside another day doesn't speak for the purchase.
        points -= 2.0
    else:
        points += 0.8 if one.at is not None else 0.0
        points += 0.8 if is_named else 0.4 if _DATE_WORD.search(one.above) else 0.0
    points += 0.5 if shape.has_name else 0.0
    points -= 0.7 * shape.repairs
    points -= 0.8 if shape.is_weak else 0.0
    points -= 1.6 if shape.is_bare else 0.0
    points -= 2.5 if shape.is_cut else 0.0
    points -= 0.4 if shape.mark in {".", "-"} and is_odd_mark(shape, locale) else 0.0
    points -= 0.5 if _PRINTED.search(before) else 0.0
    points -= 2.5 if _CODE.search(before[-24:]) and one.at is None else 0.0
    if one.at is None:
        words = len(_WORD.findall(before)) + len(_WORD.findall(after))
        points -= 0.0 if is_named else min(1.2, 0.25 * max(words - _FEW_WORDS, 0))
        points -= 0.5 if one.is_range else 0.0
        points -= 1.0 if re.search(r"[^\W\d_]$", before) and not is_named else 0.0
    return points


def is_odd_mark(shape: Shape, locale: Locale) -> bool:
    """Points where amounts have them too, or blanks around a mark."""
    return (shape.mark == "." and not locale.comma) or bool(
        re.search(r"\s", shape.text)
    )


def is_other_day(one: Standing, locale: Locale) -> bool:
    """Whether the words around a day, or right above it, are those of another day."""
    before, after = (_CARD_EXPIRY.sub(" ", text) for text in one.outer)
    if speaks_of_other_day(before):
        return True
    is_named = bool(_DATE_WORD.search(before))
    if one.is_joined and not is_named:
        return True
    if one.is_last and not is_named:
        if one.at is None and speaks_of_other_day(after):
            return True
        if begins_with_arrangement(" ".join(without_times(after, locale))):
            return True
    if one.at is None:
        is_alone = len((before + after).strip()) < 4
        return is_alone and speaks_of_other_day(one.above)
    if without_times(before + " " + after, locale):
        return False
    is_label = len(_WORD.findall(one.above)) <= _FEW_WORDS
    return is_label and speaks_of_arrangement(one.above)


def merged(found: Sequence[DateCandidate]) -> list[DateCandidate]:
    """One candidate a day, with all that its prints say."""
    days: dict[date, list[DateCandidate]] = {}
    for candidate in found:
        days.setdefault(candidate.day, []).append(candidate)
    result = []
    for same in days.values():
        best = max(same, key=lambda c: c.points)
        lines = tuple(sorted({c.line for c in same}))
        clear = min(same, key=lambda c: (c.is_damaged, c.repairs))
        agrees = {c.weekday_agrees for c in same} - {None}
        result.append(
            replace(
                best,
                points=best.points + min(0.9, 0.6 * (len(lines) - 1)),
                at=best.at or next((c.at for c in same if c.at), None),
                lines=lines,
                is_full_year=any(c.is_full_year for c in same),
                is_ambiguous=all(c.is_ambiguous for c in same),
                repairs=clear.repairs,
                is_damaged=clear.is_damaged,
                is_other_day=all(c.is_other_day for c in same),
                weekday_agrees=True if True in agrees else next(iter(agrees), None),
            )
        )
    return result


def same_day_in(texts: Sequence[str], day: date, locale: Locale) -> bool:
    """Whether a text, such as a line that another reader read again, has that day.

    The locale's order counts; the other one only where that gives no day.
    """
    for text in texts:
        for shape in shapes_in(text, locale):
            readings = shape.readings(locale)
            if readings and readings[0].day == day:
                return True
    return False


def date_evidence(candidate: DateCandidate, locale: Locale) -> tuple[str, ...]:
    """What speaks for a date, in sentences for a reviewer."""
    sentences = [order_evidence(candidate, locale)]
    if candidate.weekday_agrees:
        sentences.append(f"It was a {candidate.day:%A}, as is printed beside it.")
    elif candidate.weekday_agrees is False:
        sentences.append(
            f"Another weekday is printed, though it was a {candidate.day:%A}."
        )
    if candidate.at is not None:
        sentences.append("A time of day stands beside it.")
    if len(candidate.lines) > 1:
        sentences.append(f"It is printed {len(candidate.lines)} times.")
    if candidate.repairs == 1:
        sentences.append("One of its characters was unclear.")
    elif candidate.repairs:
        sentences.append(f"{candidate.repairs} of its characters were unclear.")
    elif candidate.is_damaged:
        sentences.append("A digit before it may belong to it.")
    return tuple(sentences)


_ORDERS = {"mdy": "month first", "dmy": "day first"}


def order_evidence(candidate: DateCandidate, locale: Locale) -> str:
    written = f"“{candidate.text}”"
    if candidate.order == "name":
        return f"{written} has its month in letters."
    if candidate.order not in _ORDERS:
        return f"{written} is read year first."
    order = _ORDERS[candidate.order]
    if not candidate.swapped:
        return f"{written} is read {order}, as in {locale.place}."
    return f"{written} is read {order}, unlike in {locale.place}: only so does it fit."

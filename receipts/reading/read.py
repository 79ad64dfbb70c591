"""The whole reading: pictures in, fields with confidence and evidence out."""

import re
import time as clock
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from pathlib import Path

from PIL import Image

from receipts.reading.amounts import amounts_in
from receipts.reading.dates import (
    DateCandidate,
    clock_in,
    date_candidates,
    is_plausible,
)
from receipts.reading.gate import Gate, Ruling, rule_on_date, rule_on_total
from receipts.reading.items import items_of
from receipts.reading.labels import Label
from receipts.reading.locales import CURRENCY_MARKS, Locale, locale_named
from receipts.reading.merchant import KnownMerchant, Named, find_merchant
from receipts.reading.page import Line, Page, Reader
from receipts.reading.readers import (
    Readers,
    has_enough_text,
    load_readers,
    reading_size,
)
from receipts.reading.result import LineItem, Reading, Reason
from receipts.reading.totals import (
    Candidate,
    Labeled,
    candidates,
    labeled,
    sums_of,
    values,
)

__all__ = ["KnownMerchant", "read_lines", "read_receipt"]

# Four times what the longest receipts have.
MOST_LINES, MOST_AMOUNTS = 600, 1000
TOO_MUCH = Reason("too_much_text", "There is more text than a receipt has.")


@dataclass
class Clock:
    """Processor seconds of this process and its children, by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str):
        start = clock.perf_counter()
        try:
            yield
        finally:
            spent = clock.perf_counter() - start
            self.seconds[name] = self.seconds.get(name, 0.0) + spent


@dataclass(frozen=True)
class Fields:
    """What one reader's lines come to."""

    dates: list[DateCandidate]
    totals: list[Candidate]
    rows: list[Labeled]
    items: tuple[LineItem, ...]


def fields_of(
    texts: Sequence[str], locale: Locale, submitted_on: date | None, today: date
) -> Fields:
    rows = labeled(texts)
    items = items_of(rows)
    item_sum = sum((item.amount for item in items), Decimal(0)) if items else None
    return Fields(
        dates=date_candidates(
            texts, locale=locale, submitted_on=submitted_on, today=today
        ),
        totals=candidates(rows, sums_of(rows, item_sum)),
        rows=rows,
        items=items,
    )


def read_receipt(
    images: Sequence[Path | Image.Image],
    *,
    locale: str,
    submitted_on: date | None,
    today: date,
    known_merchants: Sequence[KnownMerchant] = (),
    texts: Sequence[Page | None] = (),
    readers: Readers | None = None,
    gate: Gate | None = None,
) -> Reading:
    """Read the upright pages of one receipt.

    A page of `texts`, in the order of `images`, is believed in the place of what a
    reader would make of the picture, if it holds enough text.

    Dates are judged against `submitted_on`, or without it against 2000-01-01 to
    `today`. Raises `UnknownLocale` and `NoReader`; never for what is on the paper.
    """
    watch = Clock()
    with watch.stage("all"):
        known = locale_named(locale)
        readers = readers or load_readers()
        with watch.stage("decode"):
            pictures = [opened(image) for image in images]
        with watch.stage(readers.first.name):
            pages = [
                text if text and has_enough_text(text) else readers.first.read(picture)
                for picture, text in zip_longest(pictures, texts[: len(pictures)])
            ]
        pictures = [
            picture.rotate(page.turned, expand=True) if page.turned else picture
            for picture, page in zip(pictures, pages, strict=True)
        ]
        second = SecondReader(readers.second, pictures, watch)
        reading = read_lines(
            pages,
            locale=known,
            submitted_on=submitted_on,
            today=today,
            known_merchants=known_merchants,
            second=second,
            gate=gate or Gate(),
            watch=watch,
        )
    seconds = {"decode": 0.0, "rapidocr": 0.0, "tesseract": 0.0, "fields": 0.0}
    return Reading(**{**vars(reading), "seconds": seconds | watch.seconds})


def opened(image: Path | Image.Image) -> Image.Image:
    if isinstance(image, Path):
        with Image.open(image) as file:
            return reading_size(file)
    return reading_size(image)


@dataclass
class SecondReader:
    """The witness, asked at most once, and only where its word can matter."""

    reader: Reader | None
    pictures: Sequence[Image.Image]
    watch: Clock
    pages: list[Page] | None = None

    def lines(self) -> list[Line]:
        if self.reader is None:
            return []
        if self.pages is None:
            with self.watch.stage(self.reader.name):
                try:
                    self.pages = [self.reader.read(p) for p in self.pictures]
                except RuntimeError:  # pytesseract's time-out: a witness may be silent
                    self.pages = []
        return [line for page in self.pages for line in page.lines]


def read_lines(
    pages: Sequence[Page],
    *,
    locale: Locale,
    submitted_on: date | None,
    today: date,
    known_merchants: Sequence[KnownMerchant] = (),
    second: SecondReader | None = None,
    gate: Gate | None = None,
    watch: Clock | None = None,
) -> Reading:
    """The fields of pages that have been read; also for text that needs no reader."""
    watch, gate = watch or Clock(), gate or Gate()
    lines = [line for page in pages for line in page.lines]
    texts = [line.text for line in lines]
    if is_too_much(texts):
        nothing = read_lines(
            [], locale=locale, submitted_on=submitted_on, today=today, watch=watch
        )
        return replace(nothing, pages=tuple(pages), reasons=(TOO_MUCH,))
    with watch.stage("fields"):
        found = fields_of(texts, locale, submitted_on, today)
        merchant = find_merchant(lines, known_merchants)
        total = judge_total(found, lines, gate)
        day = judge_date(found, lines, gate, submitted_on, today, agrees=False)
    if second is not None and texts and not (total.is_sure and day.is_sure):
        witness = [line.text for line in second.lines()]
        witness = [] if is_too_much(witness) else witness
        with watch.stage("fields"):
            found = with_witness(found, witness, locale, submitted_on, today)
            total = judge_total(found, lines, gate)
            days = {c.day for c in witness_dates(witness, locale, submitted_on, today)}
            agrees = bool(found.dates) and found.dates[0].day in days
            day = judge_date(found, lines, gate, submitted_on, today, agrees=agrees)
    if not any(c.points > 0 for c in found.totals) and (zero := zero_total(found)):
        found.totals.insert(0, zero)
        total = judge_total(found, lines, gate)
    return assemble(found, pages, lines, locale, merchant, total, day)


def is_too_much(texts: Sequence[str]) -> bool:
    """Whether it is no receipt, and would take minutes to search for one's fields."""
    return (
        len(texts) > MOST_LINES or sum(map(len, map(amounts_in, texts))) > MOST_AMOUNTS
    )


def zero_total(found: Fields) -> Candidate | None:
    """A total line's 0.00, for where no amount may be the total: never sure."""
    lines = [r.number for r in found.rows if r.label == Label.TOTAL and r.value == 0]
    if not lines:
        return None
    return Candidate(Decimal("0.00"), 0.1, lines, on_total_line=True, is_printed=True)


def witness_dates(texts, locale, submitted_on, today) -> list[DateCandidate]:
    return date_candidates(texts, locale=locale, submitted_on=submitted_on, today=today)


def with_witness(
    found: Fields,
    witness: Sequence[str],
    locale: Locale,
    submitted_on: date | None,
    today: date,
) -> Fields:
    """The first reader's candidates, with what the second one supports."""
    if not witness:
        return found
    other = fields_of(witness, locale, submitted_on, today)
    totals = {c.value for c in other.totals[:1] if c.on_total_line}
    printed = {amount.value for row in other.rows for amount in row.amounts}
    for candidate in found.totals:
        if candidate.value in totals:
            candidate.facts["reader"] = (
                f"The second reader takes {candidate.value:.2f} for the total too."
            )
            candidate.points += 1.0
        elif candidate.value in printed:
            candidate.points += 0.2
    found.totals.sort(key=lambda c: (-c.points, -max(c.lines)))
    if not found.totals and other.totals and other.totals[0].on_total_line:
        found.totals.append(Candidate(other.totals[0].value, 0.5, []))
    if not found.dates and other.dates:
        found.dates.extend(
            DateCandidate(c.day, 0, c.points - 2.0, c.swapped, c.at)
            for c in other.dates[:1]
        )
    return found


def judge_total(found: Fields, lines: Sequence[Line], gate: Gate) -> Ruling:
    words = 1.0
    if found.totals and found.totals[0].lines:
        words = max(least_confidence(lines[n]) for n in found.totals[0].lines)
    return rule_on_total(found.totals, gate, words)


def judge_date(
    found: Fields,
    lines: Sequence[Line],
    gate: Gate,
    submitted_on: date | None,
    today: date,
    *,
    agrees: bool,
) -> Ruling:
    best = found.dates[0] if found.dates else None
    return rule_on_date(
        found.dates,
        gate,
        is_plausible=best is not None
        and is_plausible(best.day, submitted_on=submitted_on, today=today),
        second_agrees=agrees,
        words=least_confidence(lines[best.line]) if best and lines else 1.0,
    )


def least_confidence(line: Line) -> float:
    return min(word.confidence for word in line.words)


def assemble(
    found: Fields,
    pages: Sequence[Page],
    lines: Sequence[Line],
    locale: Locale,
    merchant: Named,
    total: Ruling,
    day: Ruling,
) -> Reading:
    texts = [line.text for line in lines]
    best = found.totals[0] if found.totals else None
    best_day = found.dates[0] if found.dates else None
    subtotal = first_value(found.rows, Label.SUBTOTAL)
    tax = tax_of(found, best)
    at = best_day.at if best_day else None
    at = at or next((t for t in map(clock_in, texts) if t is not None), None)
    currency, currency_confidence = currency_of(texts, locale)
    confidence = {
        "merchant": merchant.confidence,
        "date": day.confidence,
        "time": 0.0 if at is None else 0.9,
        "currency": currency_confidence,
        "subtotal": 0.0 if subtotal is None else 0.85,
        "tax": 0.0 if tax is None else 0.85,
        "total": total.confidence,
        "items": items_confidence(found, best, subtotal),
    }
    evidence = {
        "merchant": merchant.evidence,
        "date": date_evidence(best_day),
        "total": total_evidence(best),
        "items": items_evidence(found),
    }
    reasons = (*day.reasons, *total.reasons)
    if not texts:
        reasons = (Reason("no_text", "No text was found in the picture."),)
    return Reading(
        merchant=merchant.name,
        category=merchant.category,
        date=best_day.day if best_day else None,
        time=at,
        currency=currency,
        subtotal=subtotal,
        tax=tax,
        total=best.value if best and best.points > 0 else None,
        items=found.items,
        confidence=confidence,
        evidence=evidence,
        straight_through=bool(texts) and total.is_sure and day.is_sure,
        reasons=reasons,
        pages=tuple(pages),
    )


def first_value(rows: Sequence[Labeled], label: Label) -> Decimal | None:
    return next(iter(values(rows, label)), None)


def tax_of(found: Fields, best: Candidate | None) -> Decimal | None:
    """The tax lines' sum where the total shows that they are several."""
    taxes = [abs(value) for value in values(found.rows, Label.TAX)]
    if not taxes:
        return None
    subtotal = first_value(found.rows, Label.SUBTOTAL)
    if best is not None and subtotal is not None:
        whole = sum(dict.fromkeys(taxes), Decimal(0))
        if subtotal + whole == best.value:
            return whole
    return taxes[0]


def items_confidence(
    found: Fields, best: Candidate | None, subtotal: Decimal | None
) -> float:
    if not found.items:
        return 0.0
    whole = sum(item.amount for item in found.items)
    if best is not None and (whole == best.value or whole == subtotal):
        return 0.97
    return 0.97 if best is not None and "items" in best.facts else 0.55


def items_evidence(found: Fields) -> tuple[str, ...]:
    if not found.items:
        return ()
    whole = sum(item.amount for item in found.items)
    return (f"{len(found.items)} lines add up to {whole:.2f}.",)


def total_evidence(best: Candidate | None) -> tuple[str, ...]:
    if best is None:
        return ()
    first = ("It stands on a line that names the total.",) if best.on_total_line else ()
    return first + tuple(best.facts.values())


def date_evidence(best: DateCandidate | None) -> tuple[str, ...]:
    if best is None:
        return ()
    return ("A time of day stands beside it.",) if best.at else ("It is a full date.",)


@cache
def mark_pattern(mark: str) -> re.Pattern[str]:
    """A currency's mark standing alone or before an amount: CAD isn't in AVOCADOS, nor
    in what a reader makes of it (AVO CAD0S), nor S$ in US$."""
    before = r"(?<![A-Za-z0-9])" if mark[0].isalpha() else ""
    after = r"(?:(?![A-Za-z0-9])|(?=\d+[.,]\d\d))" if mark[-1].isalpha() else ""
    return re.compile(before + re.escape(mark) + after)


def currency_of(texts: Sequence[str], locale: Locale) -> tuple[str, float]:
    """The locale's currency, unless the receipt names another and never that one."""
    text = "\n".join(texts)
    named = {
        code: sum(len(mark_pattern(mark).findall(text)) for mark in marks)
        for code, marks in CURRENCY_MARKS.items()
    }
    if named.get(locale.currency):
        return locale.currency, 0.97
    others = [(count, code) for code, count in named.items() if count]
    if others:
        count, code = max(others)
        return code, 0.96 if count >= 2 else 0.6
    return locale.currency, 0.8

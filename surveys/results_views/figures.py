"""One question's results as a template draws them: words, figures, shapes.

A figure that may not be shown is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from surveys.definition import Question, ScaleStyle, say
from surveys.results_views.common import label
from surveys.services.results.asking import Asked, Questionnaire
from surveys.small_cells import Hidden
from surveys.statistics import charts
from surveys.statistics.estimates import Base, Estimate
from surveys.statistics.tallies import (
    Choices,
    Dates,
    Distribution,
    Matrix,
    Numbers,
    Part,
    Ranking,
    Scale,
)


def percent(value: float) -> str:
    return f"{number_format(round(100 * value), 0)}\xa0%"


def decimal(value: float, places: int = 2) -> str:
    return number_format(round(value, places), places)


def plain(value: float) -> str:
    """A number as it was typed: without zeros behind the point."""
    return number_format(int(value) if value == int(value) else round(value, 4))


def between(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


@dataclass(frozen=True)
class Line:
    """One bar of a chart, and one row of its table."""

    text: str
    count: int | None = None
    share: str = ""
    interval: str = ""
    bar: charts.Bar | None = None
    extra: str = ""
    extra_interval: str = ""

    @property
    def is_hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True)
class Stack:
    """Shares of one row, one behind the other; `says` tells them in words."""

    text: str
    says: str
    segments: tuple[charts.Segment, ...]
    base: Base | None


@dataclass(frozen=True)
class Measure:
    """A figure with its interval in words, and where it lies on the axis, if any."""

    text: str
    value: str
    interval: str = ""
    whisker: charts.Whisker | None = None
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Histogram:
    says: str
    columns: tuple[charts.Column, ...]
    first: str
    last: str


@dataclass(frozen=True)
class Figures:
    """`kind`: which template draws it. `hidden`: the minimum that it falls below."""

    asked: Asked
    text: str
    kind: str
    base: Base | None = None
    shown_to: int | None = None
    hidden: int | None = None
    lines: tuple[Line, ...] = ()
    stacks: tuple[Stack, ...] = ()
    legend: tuple[tuple[int, str], ...] = ()
    measures: tuple[Measure, ...] = ()
    histogram: Histogram | None = None
    heads: tuple[str, ...] = ()
    table: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def code(self) -> str:
        return self.asked.code

    @property
    def is_low(self) -> bool:
        return bool(self.base and self.base.n and self.base.is_low())


def figures(
    asked: Asked,
    questions: Questionnaire,
    found: Distribution | Hidden,
    shown_to: int | None = None,
) -> Figures:
    question = asked.question
    start = {
        "asked": asked,
        "text": label(question, questions),
        "kind": str(question.kind),
        "shown_to": shown_to,
    }
    if isinstance(found, Hidden):
        return Figures(**start, hidden=found.minimum)
    more = {"notes": notes(asked)}
    labels = {one.code: label(one, questions) for one in question.options}
    match found:
        case Choices():
            lines = [*lines_of(found.parts, labels)]
            if found.others.n:
                names = _("All other names together")
                lines.append(Line(names, found.others.n))
            more |= {"lines": tuple(lines)}
        case Scale():
            more |= of_scale(question, questions, found)
        case Matrix():
            more |= of_matrix(question, questions, found, labels)
        case Ranking():
            more |= {"lines": tuple(of_ranks(found, labels))}
        case Numbers():
            more |= of_numbers(question, questions, found)
        case Dates():
            more |= {
                "lines": tuple(lines_of(found.parts, spans(found.parts))),
                "measures": tuple(
                    Measure(text, date_format(day, "SHORT_DATE_FORMAT"))
                    for text, day in (
                        (_("First"), found.first),
                        (_("Middle"), found.middle),
                        (_("Last"), found.last),
                    )
                    if day is not None
                ),
            }
    return Figures(**start, base=found.base, **more)


def notes(asked: Asked) -> tuple[str, ...]:
    if not asked.other_kind:
        return ()
    told = _(
        "In version %(versions)s this code is a question of another kind, which isn’t "
        "counted here."
    )
    return (told % {"versions": ", ".join(map(str, asked.other_kind))},)


def lines_of(parts: Iterable[Part], labels: dict[str, str]) -> Iterable[Line]:
    for part in parts:
        text = labels.get(part.code, part.code)
        if part.base is None:
            yield Line(text)
        elif part.share is None:
            yield Line(text, part.base.n)
        else:
            yield Line(
                text,
                part.base.n,
                percent(part.share.value),
                interval(part.share, percent),
                charts.bar(part.share),
            )


def interval(estimate: Estimate, words) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return between(words(estimate.low), words(estimate.high))


def spans(parts: Iterable[Part]) -> dict[str, str]:
    """Days and months in the reader's notation; years are as they are."""
    formats = {10: "SHORT_DATE_FORMAT", 7: "YEAR_MONTH_FORMAT"}
    return {
        part.code: date_format(
            date.fromisoformat(f"{part.code}-01"[:10]), formats[len(part.code)]
        )
        for part in parts
        if len(part.code) in formats
    }


def measure(
    text: str, estimate: Estimate, ends: tuple[float, float] | None, places: int = 2
) -> Measure:
    def words(value: float) -> str:
        return decimal(value, places)

    return Measure(
        text,
        words(estimate.value),
        interval(estimate, words),
        charts.whisker(estimate, *ends) if ends else None,
        plain(ends[0]) if ends else "",
        plain(ends[1]) if ends else "",
    )


def of_scale(question: Question, questions: Questionnaire, found: Scale) -> dict:
    points = [int(part.code) for part in found.parts]
    ends = (min(points), max(points)) if points else None
    measures = []
    if found.nps:
        measures.append(measure(_("Net Promoter Score"), found.nps, (-100, 100), 0))
    if found.spread:
        measures.append(measure(_("Mean"), found.spread.mean, ends))
        if found.spread.deviation is not None:
            told = decimal(found.spread.deviation)
            measures.append(Measure(_("Standard deviation"), told))
    labels = {
        str(point): f"{point} – {told}"
        for point, told in zip(
            (points[0], points[-1]) if points else (),
            (say(end, questions.language) for end in (question.low, question.high)),
            strict=False,
        )
        if told
    }
    stacks = ()
    if found.parts and found.base.n:
        stacks = (stack(label(question, questions), found.parts, labels, found.base),)
    if question.style == ScaleStyle.STARS:
        labels = {str(point): f"{point} ★" for point in points} | labels
    return {
        "lines": tuple(lines_of(found.parts, labels)),
        "measures": tuple(measures),
        "stacks": stacks,
        "legend": legend([part.code for part in found.parts], labels),
    }


def stack(text: str, parts, labels: dict[str, str], base: Base | None) -> Stack:
    told = [(labels.get(p.code, p.code), p.share.value) for p in parts if p.share]
    return Stack(
        text,
        ", ".join(f"{name} {percent(value)}" for name, value in told),
        charts.stack([(p.code, p.share.value if p.share else 0.0) for p in parts]),
        base,
    )


def legend(codes: list[str], labels: dict[str, str]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (charts.shade(number, len(codes)), labels.get(code, code))
        for number, code in enumerate(codes)
    )


def of_matrix(
    question: Question, questions: Questionnaire, found: Matrix, labels: dict
) -> dict:
    names = {row.code: label(row, questions) for row in question.rows}
    codes = list(dict.fromkeys(p.code for _row, one in found.rows for p in one.parts))
    stacks, table = [], []
    for code, row in found.rows:
        name = names.get(code, code)
        held = {part.code: part for part in row.parts}
        is_whole = all(part.share for part in row.parts)
        if not question.is_multiple and row.base is not None and is_whole:
            stacks.append(stack(name, row.parts, labels, row.base))
        cells = tuple(cell_of(held.get(column)) for column in codes)
        table.append((name, (*cells, str(row.base.n) if row.base else _("hidden"))))
    return {
        "stacks": tuple(stacks),
        "legend": legend(codes, labels),
        "heads": (*(labels.get(code, code) for code in codes), _("Base")),
        "table": tuple(table),
    }


def cell_of(part: Part | None) -> str:
    if part is None or (part.base is not None and part.share is None):
        return "–"
    if part.base is None:
        return _("hidden")
    return f"{percent(part.share.value)} ({part.base.n})"


def of_ranks(found: Ranking, labels: dict[str, str]) -> Iterable[Line]:
    """The best mean rank first; options that nobody ranked last."""
    ranks = sorted(
        found.ranks, key=lambda one: one.mean.value if one.mean else float("inf")
    )
    for one in ranks:
        text = labels.get(one.code, one.code)
        if one.base is None:
            yield Line(text)
            continue
        yield Line(
            text,
            one.base.n,
            percent(one.first.value) if one.first else "",
            interval(one.first, percent) if one.first else "",
            charts.bar(one.first) if one.first else None,
            decimal(one.mean.value) if one.mean else "",
            interval(one.mean, decimal) if one.mean else "",
        )


def of_numbers(question: Question, questions: Questionnaire, found: Numbers) -> dict:
    unit = say(question.unit, questions.language)

    def words(value: float) -> str:
        return f"{plain(value)}\xa0{unit}".strip()

    measures = []
    if found.spread:
        measures.append(measure(_("Mean"), found.spread.mean, None))
        if found.spread.deviation is not None:
            told = decimal(found.spread.deviation)
            measures.append(Measure(_("Standard deviation"), told))
    if found.quartiles:
        names = (_("Lower quartile"), _("Median"), _("Upper quartile"))
        measures += [
            Measure(name, words(value))
            for name, value in zip(names, found.quartiles, strict=True)
        ]
    for name, value in ((_("Smallest"), found.least), (_("Largest"), found.most)):
        if value is not None:
            measures.append(Measure(name, words(value)))
    if not found.bins:
        return {"measures": tuple(measures)}
    is_whole = not question.decimals
    texts = [span(one.low, one.high, is_whole) for one in found.bins]
    parts = [
        Line(text, one.base.n, percent(one.base.weight / found.base.weight))
        for text, one in zip(texts, found.bins, strict=True)
    ]
    told = Histogram(
        ", ".join(f"{line.text}: {line.count}" for line in parts),
        charts.heights(found.bins),
        plain(found.bins[0].low),
        plain(found.bins[-1].high - is_whole),
    )
    return {"measures": tuple(measures), "histogram": told, "lines": tuple(parts)}


def span(low: float, high: float, is_whole: bool) -> str:
    if low == high or (is_whole and high - low == 1):
        return plain(low)
    if is_whole:
        return between(plain(low), plain(high - 1))
    told = {"low": plain(low), "high": plain(high)}
    return _("%(low)s to under %(high)s") % told

"""How sure a field is, learned from receipts whose truth is known.

Candidates are described by numbers alone, so what is stored with a reading trains the
next model without a picture or a word of the receipt. A model is plain numbers in JSON:
logistic regression on these numbers, and a table from its score to the share that was
right at such scores (docs/adr/0009). `receipts/training` fits it; nothing here needs
scikit-learn.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from receipts.reading.dates import DateCandidate, is_plausible
from receipts.reading.gate import Sight
from receipts.reading.labels import Label
from receipts.reading.merchant import Named
from receipts.reading.totals import Candidate, Labeled

FIELDS = ("total", "date", "merchant")
# Candidates of a field that are described and stored; the right one is among them.
MOST_OFFERED = 8
RECENT = (0, 62)  # days from purchase to submission
DIM = 0.80  # the gate's least confidence of a word

Features = dict[str, float]


def described(**features: float) -> Features:
    """Only what isn't 0: a model takes what is missing for 0."""
    return {name: round(float(x), 4) for name, x in features.items() if x}


@dataclass(frozen=True)
class Paper:
    """The receipt around its candidates, one row and confidence for every line.

    `confidences`: the least of each line's words, 0 to 1. `submitted_on` and `today` as
    for `read_receipt`. The sights are what second looks at the first total's and the
    first day's lines came to, None where nobody looked.
    """

    rows: Sequence[Labeled]
    confidences: Sequence[float]
    submitted_on: date | None
    today: date
    total_sight: Sight | None = None
    date_sight: Sight | None = None


def offered(
    totals: Sequence[Candidate],
    days: Sequence[DateCandidate],
    named: Named,
    paper: Paper,
) -> dict[str, tuple[dict, ...]]:
    """`Reading.candidates`: of each field the likeliest by the rules, described."""
    return {
        "total": tuple(
            {"value": f"{one.value:.2f}", "features": total_features(totals, n, paper)}
            for n, one in enumerate(totals[:MOST_OFFERED])
        ),
        "date": tuple(
            {"value": one.day.isoformat(), "features": date_features(days, n, paper)}
            for n, one in enumerate(days[:MOST_OFFERED])
        ),
        "merchant": ()
        if named.name is None
        else ({"value": named.name, "features": merchant_features(named, paper)},),
    }


def margin_of(points: Sequence[float], n: int) -> float:
    """Points over the best of the others, who have at least none."""
    rival = max((p for m, p in enumerate(points) if m != n), default=0.0)
    return points[n] - max(rival, 0.0)


def sureness(confidence: float) -> float:
    """Log-odds, within what readers tell apart: between .99 and .95 lies more than
    between .80 and .70."""
    bounded = max(0.01, min(0.998, confidence))
    return math.log(bounded / (1 - bounded))


def page_features(confidences: Sequence[float], lines: Sequence[int]) -> Features:
    """How well the page and a candidate's lines are read, and where these stand."""
    count = len(confidences)
    known = [n for n in lines if 0 <= n < count]
    best = max((confidences[n] for n in known), default=0.0)
    mean = sum(confidences) / count if count else 0.0
    return described(
        page_lines=math.log1p(count),
        page_confidence=mean,
        page_sureness=sureness(mean),
        page_dim=sum(c < DIM for c in confidences) / count if count else 0.0,
        confidence=best,
        sureness=sureness(best),
        is_dim=best < DIM,
        not_on_page=not known,
        prints=min(len(set(known)), 5),
        first_place=min(known) / count if known else 0.0,
        last_place=max(known) / count if known else 0.0,
    )


def sight_features(sight: Sight | None, n: int) -> Features:
    """What a second look came to; there are none at any but the first candidate."""
    return {} if sight is None or n else {f"sight_{sight}": 1.0}


def total_features(ranked: Sequence[Candidate], n: int, paper: Paper) -> Features:
    """Candidate `n` of the totals, the likeliest by the rules first."""
    one = ranked[n]
    rows = [paper.rows[k] for k in one.lines if 0 <= k < len(paper.rows)]
    on_total_lines = {
        row.value: row.number
        for row in paper.rows
        if row.label == Label.TOTAL and row.value is not None
    }
    return (
        page_features(paper.confidences, one.lines)
        | described(
            points=one.points,
            margin=margin_of([c.points for c in ranked], n),
            rivals=sum(c.points > one.points - 1.5 for c in ranked) - 1,
            on_total_line=one.on_total_line,
            is_strong=one.is_strong,
            is_below_tax=one.is_below_tax,
            is_guessed=not one.is_printed,
            facts=len(one.facts),
            no_fact=not one.facts,
            is_largest=one.value == max(c.value for c in ranked),
            is_whole=one.value % 1 == 0,
            is_small=abs(one.value) < 1,
            is_huge=abs(one.value) >= 1000,
            total_lines=min(len(on_total_lines), 6),
            greater_total=any(value > one.value for value in on_total_lines),
            smaller_total=any(0 < value < one.value for value in on_total_lines),
            later_total=bool(one.lines)
            and any(k > max(one.lines) for k in on_total_lines.values()),
            has_tip_line=any(row.label == Label.TIP for row in paper.rows),
        )
        | sight_features(paper.total_sight, n)
        | described(**{f"fact_{kind}": 1 for kind in one.facts})
        | described(**{f"label_{row.label or 'none'}": 1 for row in rows})
    )


def date_features(ranked: Sequence[DateCandidate], n: int, paper: Paper) -> Features:
    """Candidate `n` of the days, the likeliest by the rules first."""
    one = ranked[n]
    plausible = is_plausible(
        one.day, submitted_on=paper.submitted_on, today=paper.today
    )
    before = paper.submitted_on or paper.today
    turned = [
        c for c in ranked if (c.day.month, c.day.day) == (one.day.day, one.day.month)
    ]
    sight = sight_features(paper.date_sight, n)
    page = page_features(paper.confidences, one.lines or [one.line])
    return (
        page
        | sight
        | described(
            points=one.points,
            margin=margin_of([c.points for c in ranked], n),
            rivals=sum(c.points > one.points - 1.5 for c in ranked) - 1,
            days=min(len(ranked), 6),
            is_swapped=one.swapped,
            is_ambiguous=one.is_ambiguous,
            has_turned_rival=any(c.day != one.day for c in turned),
            is_plausible=plausible,
            is_recent=RECENT[0] <= (before - one.day).days <= RECENT[1],
            has_submission=paper.submitted_on is not None,
            has_time=one.at is not None,
            is_full_year=one.is_full_year,
            names_month=one.order == "name",
            year_first=one.order == "ymd",
            repairs=min(one.repairs, 4),
            is_damaged=one.is_damaged,
            weekday_agrees=one.weekday_agrees is True,
            weekday_denies=one.weekday_agrees is False,
        )
    )


# What a merchant's evidence says, by its wording.
SIGNS = {
    "is_known": "the panel knows",
    "is_brand": "known brand",
    "begins_with_brand": "begins with",
    "holds_brand": "holds a",
    "by_address": "address ",
    "is_greeted": "greeting",
    "on_slip": "card slip",
    "has_legal_form": "legal form",
    "above_address": "above the address",
    "is_printed_again": "printed a second time",
}


def merchant_features(named: Named, paper: Paper) -> Features:
    """The one merchant that was found, by what found it."""
    evidence = " ".join(named.evidence)
    line = re.match(r"Line (\d+)", evidence)
    name = named.name or ""
    return page_features(
        paper.confidences, [int(line[1]) - 1] if line else []
    ) | described(
        points=named.confidence,
        **{sign: phrase in evidence for sign, phrase in SIGNS.items()},
        is_repeated=len(named.evidence) > 1,
        has_category=named.category is not None,
        letters=min(len(name), 40) / 40,
        has_digit=any(c.isdigit() for c in name),
        odd_signs=min(sum(not (c.isalnum() or c in " &'’.-") for c in name), 4),
    )


class BadModel(ValueError):
    """A model's file isn't what it must be; the text says what is wrong."""


# Deviations from the mean that are told apart. A feature that few receipts have lies
# dozens away, and what no receipt had when the model was made may lie anywhere.
MOST_DEVIATIONS = 6.0


def standard(value: float, mean: float, scale: float) -> float:
    return max(-MOST_DEVIATIONS, min(MOST_DEVIATIONS, (value - mean) / scale))


@dataclass(frozen=True)
class FieldModel:
    """Weights for one field.

    `features` name (mean, scale, weight); `table` maps a score to the probability of
    being right: straight lines between points, constant beyond the ends. `choosing`
    are weights that order candidates better than the rules do; empty where none do.
    """

    features: Mapping[str, tuple[float, float, float]]
    intercept: float
    table: tuple[tuple[float, float], ...]
    choosing: Mapping[str, float] = field(default_factory=dict)

    def score(self, features: Mapping[str, float]) -> float:
        return self.intercept + sum(
            weight * standard(features.get(name, 0.0), mean, scale)
            for name, (mean, scale, weight) in self.features.items()
        )

    def preference(self, features: Mapping[str, float]) -> float:
        """How much speaks for a candidate, beside the others of its receipt."""
        return sum(
            weight * standard(features.get(name, 0.0), *self.features[name][:2])
            for name, weight in self.choosing.items()
        )

    def probability(self, score: float) -> float:
        if score <= self.table[0][0]:
            return self.table[0][1]
        for (x0, y0), (x1, y1) in pairwise(self.table):
            if score <= x1:
                return y0 + (y1 - y0) * (score - x0) / (x1 - x0)
        return self.table[-1][1]


@dataclass(frozen=True)
class Model:
    """A version of the learned confidence; without fields, rules are all there is."""

    version: str = ""
    fields: Mapping[str, FieldModel] = field(default_factory=dict)

    def score(self, name: str, features: Mapping[str, float]) -> float | None:
        """The field's log-odds before calibration; None for a field not learned."""
        model = self.fields.get(name)
        return None if model is None else model.score(features)

    def confidence(self, name: str, features: Mapping[str, float]) -> float | None:
        """The probability that the candidate is right; None for a field not learned."""
        model = self.fields.get(name)
        return None if model is None else model.probability(model.score(features))

    def order(self, name: str, offered: Sequence[Mapping[str, float]]) -> list[int]:
        """The places of candidates in the rules' order, the likeliest first: that
        order itself, unless the model was found to choose better."""
        model = self.fields.get(name)
        if model is None or not model.choosing:
            return list(range(len(offered)))
        scores = [model.preference(features) for features in offered]
        return sorted(range(len(offered)), key=lambda n: -scores[n])


def order_totals(
    totals: Sequence[Candidate], paper: Paper, model: Model
) -> list[Candidate]:
    """The rules' totals as the model orders them; those beyond `MOST_OFFERED` last."""
    first = range(min(len(totals), MOST_OFFERED))
    described = [total_features(totals, n, paper) for n in first]
    order = model.order("total", described)
    return [*(totals[n] for n in order), *totals[MOST_OFFERED:]]


def order_days(
    days: Sequence[DateCandidate], paper: Paper, model: Model
) -> list[DateCandidate]:
    """The rules' days as the model orders them; those beyond `MOST_OFFERED` last."""
    first = range(min(len(days), MOST_OFFERED))
    order = model.order("date", [date_features(days, n, paper) for n in first])
    return [*(days[n] for n in order), *days[MOST_OFFERED:]]


MOST_BYTES, MOST_ENTRIES = 1_000_000, 300
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,59}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


def model_from_json(text: str) -> Model:
    """Raises `BadModel` for whatever `model_as_json` wouldn't write."""
    if len(text) > MOST_BYTES:
        raise BadModel("The model is larger than a model can be.")
    try:
        data = json.loads(text, parse_constant=no_number)
    except (ValueError, RecursionError):
        raise BadModel("The model isn’t JSON with plain numbers.") from None
    if not isinstance(data, dict) or data.get("format") != 1:
        raise BadModel("The model isn’t of format 1, which this portal reads.")
    version, fields = data.get("version"), data.get("fields")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise BadModel("The model has no version.")
    if not isinstance(fields, dict) or not set(fields) <= set(FIELDS):
        raise BadModel(f"The model’s fields must be among {', '.join(FIELDS)}.")
    return Model(
        version, {name: field_from(name, value) for name, value in fields.items()}
    )


def no_number(name: str) -> float:
    raise ValueError(name)


def field_from(name: str, data: object) -> FieldModel:
    keys = {"features", "intercept", "table", "choosing"}
    if not isinstance(data, dict) or set(data) != keys:
        raise BadModel(f"The model’s {name} must have {', '.join(sorted(keys))}.")
    features, table = data["features"], data["table"]
    if not isinstance(features, dict) or len(features) > MOST_ENTRIES:
        raise BadModel(f"The model’s features of {name} must be named numbers.")
    if not isinstance(table, list) or not 0 < len(table) <= MOST_ENTRIES:
        raise BadModel(f"The model’s table of {name} must be a list of points.")
    choosing = data["choosing"]
    if not isinstance(choosing, dict) or not choosing.keys() <= features.keys():
        raise BadModel(f"The model must choose {name} by its features.")
    named = {}
    for key, value in features.items():
        if not _NAME.fullmatch(key):
            raise BadModel(f"The model has a feature of {name} with an odd name.")
        mean, scale, weight = numbers(value, 3, f"feature {key} of {name}")
        if scale <= 0:
            raise BadModel(f"The model’s scale of {key} of {name} must be above 0.")
        named[key] = (mean, scale, weight)
    points = tuple(tuple(numbers(p, 2, f"table of {name}")) for p in table)
    for (x0, y0), (x1, y1) in pairwise(points):
        if x1 <= x0 or y1 < y0:
            raise BadModel(f"The model’s table of {name} must rise.")
    if not all(0 <= y <= 1 for _x, y in points):
        raise BadModel(f"The model’s table of {name} must hold probabilities.")
    (intercept,) = numbers([data["intercept"]], 1, f"intercept of {name}")
    weights = numbers(list(choosing.values()), len(choosing), f"choosing of {name}")
    return FieldModel(
        named, intercept, points, dict(zip(choosing, weights, strict=True))
    )


def numbers(value: object, count: int, what: str) -> list[float]:
    is_plain = isinstance(value, list) and len(value) == count
    if not is_plain or not all(type(x) in (int, float) for x in value):
        wanted = "a number" if count == 1 else f"{count} numbers"
        raise BadModel(f"The model’s {what} must be {wanted}.")
    if not all(abs(x) < 1e9 for x in value):
        raise BadModel(f"The model’s {what} holds a number that can’t be meant.")
    return [float(x) for x in value]


def model_as_json(model: Model) -> str:
    return json.dumps(
        {
            "format": 1,
            "version": model.version,
            "fields": {
                name: {
                    "features": {k: list(v) for k, v in one.features.items()},
                    "intercept": one.intercept,
                    "table": [list(point) for point in one.table],
                    "choosing": dict(one.choosing),
                }
                for name, one in model.fields.items()
            },
        },
        indent=1,
    )


def load_model(path: Path | None = None) -> Model:
    """The model of a file, or the one that comes with the portal.

    Raises `BadModel`, and `OSError` where `path` can't be read.
    """
    if path is None:
        return shipped_model()
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    try:
        return model_from_json(data.decode())
    except UnicodeDecodeError:
        raise BadModel("The model isn’t text.") from None


@cache
def shipped_model() -> Model:
    """The portal's own, or rules only where there is none."""
    place = files("receipts.reading").joinpath("data/chooser.json")
    return model_from_json(place.read_text("utf-8")) if place.is_file() else Model()

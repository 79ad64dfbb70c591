"""Weights and calibration of each field, by logistic regression.

A candidate is right or wrong by its features (standardised, with a ridge penalty); the
score of a receipt's first candidate becomes a probability by Platt's scaling (Platt,
1999) on scores that folds without its merchant gave, so that the model isn't asked
about what it has seen.
"""

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from receipts.reading.chooser import (
    FIELDS,
    MOST_DEVIATIONS,
    FieldModel,
    Model,
    model_as_json,
)
from receipts.training.examples import Example, Offer

# A strong ridge: there are dozens of features, and few receipts are read wrongly.
RIDGE = 0.1
FOLDS = 5
# Fewer wrong (or right) first candidates than this tell nothing of how sure to be.
LEAST_OF_EACH = 5
POINTS = 33  # of the table from scores to probabilities


@dataclass(frozen=True)
class Rows:
    """One field of many receipts: the receipts' offers, weights and groups."""

    offers: list[tuple[Offer, ...]]
    weights: np.ndarray
    groups: np.ndarray

    @classmethod
    def of(cls, name: str, examples: Sequence[Example]) -> "Rows":
        chosen = [e for e in examples if e.fields.get(name)]
        return cls(
            [e.fields[name] for e in chosen],
            np.array([e.weight for e in chosen], dtype=float),
            np.array([e.group for e in chosen], dtype=str),
        )

    def at(self, places: Sequence[int]) -> "Rows":
        return Rows(
            [self.offers[n] for n in places], self.weights[places], self.groups[places]
        )

    @property
    def firsts(self) -> np.ndarray:
        """Whether each receipt's first candidate is right."""
        return self.right(np.zeros(len(self.offers), dtype=int))

    def right(self, picked: np.ndarray) -> np.ndarray:
        """Whether the candidate picked for each receipt is right."""
        chosen = zip(self.offers, picked, strict=True)
        return np.array([offers[n].is_right for offers, n in chosen], dtype=bool)

    def can_teach(self) -> bool:
        right = int(self.firsts.sum())
        wrong = len(self.offers) - right
        enough = min(right, wrong) >= LEAST_OF_EACH
        return enough and len(set(self.groups)) >= 2 * FOLDS


def fit(examples: Sequence[Example], *, day: date, present: Model) -> Model:
    """A model of all the examples, named after `day` and its numbers.

    A field of which the examples show too little keeps what `present` knows.
    """
    fields = {}
    for name in FIELDS:
        rows = Rows.of(name, examples)
        if rows.can_teach():
            with threadpool_limits(1):  # matrices this small only wait for others
                fields[name] = fit_field(rows)
        elif name in present.fields:
            fields[name] = present.fields[name]
    model = Model("unnamed", fields)
    numbers = json.loads(model_as_json(model))["fields"]
    digest = hashlib.sha256(json.dumps(numbers).encode()).hexdigest()
    return replace(model, version=f"{day.isoformat()}.{digest[:8]}")


def crossed(
    examples: Sequence[Example], *, day: date
) -> Iterator[tuple[Model, list[Example]]]:
    """Each fifth of the merchants with a model that was fitted without them."""
    groups = [example.group for example in examples]
    for fitted, left in GroupKFold(FOLDS).split(groups, groups=groups):
        model = fit([examples[n] for n in fitted], day=day, present=Model())
        yield model, [examples[n] for n in left]


def fit_field(rows: Rows) -> FieldModel:
    """The field's weights from all rows, calibrated on folds without their merchants.

    The model chooses where it chooses better than the rules in these folds: at more
    merchants than at which it is worse, by twice the deviation of as many coins.
    """
    scores = [np.zeros(len(offers)) for offers in rows.offers]
    picked = np.zeros(len(rows.offers), dtype=int)
    for fitted, left in GroupKFold(FOLDS).split(rows.weights, groups=rows.groups):
        one = weigh(rows.at(fitted))
        for n in left:
            offers = rows.offers[n]
            scores[n] = np.array([one.score(o.features) for o in offers])
            picked[n] = np.argmax([one.preference(o.features) for o in offers])
    model = weigh(rows)
    if not is_better(rows, picked):
        model, picked = replace(model, choosing={}), np.zeros_like(picked)
    table = platt(
        np.array([values[k] for values, k in zip(scores, picked, strict=True)]),
        rows.right(picked),
        rows.weights,
    )
    return replace(model, table=table)


def is_better(rows: Rows, picked: np.ndarray) -> bool:
    """Whether the picked candidates are right more often than the first ones."""
    gain = rows.right(picked).astype(int) - rows.firsts
    by_group = [gain[rows.groups == group].sum() for group in set(rows.groups)]
    won, lost = sum(x > 0 for x in by_group), sum(x < 0 for x in by_group)
    return won - lost > 2 * math.sqrt(won + lost)


def weigh(rows: Rows) -> FieldModel:
    """The weights for being right and for choosing; the table says nothing yet."""
    offers = [offer for several in rows.offers for offer in several]
    names = sorted({name for offer in offers for name in offer.features})
    values = np.array([[o.features.get(name, 0.0) for name in names] for o in offers])
    means, scales = values.mean(axis=0), values.std(axis=0)
    varies = scales > 1e-6
    names = [name for name, does in zip(names, varies, strict=True) if does]
    means, scales = means[varies].round(6), scales[varies].round(6)
    deviations = ((values[:, varies] - means) / scales).clip(
        -MOST_DEVIATIONS, MOST_DEVIATIONS
    )
    right = np.array([offer.is_right for offer in offers])
    counts = [len(several) for several in rows.offers]
    logit = LogisticRegression(C=RIDGE, max_iter=5000)
    logit.fit(deviations, right, sample_weight=np.repeat(rows.weights, counts))
    numbers = zip(means, scales, logit.coef_[0].round(6), strict=True)
    return FieldModel(
        {n: tuple(map(float, of)) for n, of in zip(names, numbers, strict=True)},
        round(float(logit.intercept_[0]), 6),
        ((0.0, 0.5),),
        choosing_weights(names, deviations, right, rows.weights, counts),
    )


def choosing_weights(
    names: Sequence[str],
    deviations: np.ndarray,
    right: np.ndarray,
    weights: np.ndarray,
    counts: Sequence[int],
) -> dict[str, float]:
    """By pairs of a right candidate and a wrong one of the same receipt. Empty where
    there are none. A second look comes after the choice and can't be a part of it."""
    usable = [k for k, name in enumerate(names) if not name.startswith("sight_")]
    pairs, pair_weights, start = [], [], 0
    for count, weight in zip(counts, weights, strict=True):
        inside = slice(start, start + count)
        start += count
        good = deviations[inside][right[inside]]
        for wrong in deviations[inside][~right[inside]] if len(good) else ():
            pairs.append(good[0][usable] - wrong[usable])
            pair_weights.append(weight)
    if not pairs:
        return {}
    both = np.vstack([pairs, np.negative(pairs)])
    logit = LogisticRegression(C=RIDGE, fit_intercept=False, max_iter=5000)
    logit.fit(both, np.repeat([True, False], len(pairs)), np.tile(pair_weights, 2))
    return {
        names[k]: round(float(weight), 6)
        for k, weight in zip(usable, logit.coef_[0], strict=True)
    }


def platt(
    scores: np.ndarray, right: np.ndarray, weights: np.ndarray
) -> tuple[tuple[float, float], ...]:
    """Points of the curve from a score to the probability of being right.

    Never above what the number of receipts can show: were one more of them wrong.
    """
    highest = 1 - 1 / (float(weights.sum()) + 2)
    if right.all():
        return ((0.0, round(highest, 6)),)
    line = LogisticRegression(C=100.0).fit(
        scores.reshape(-1, 1), right, sample_weight=weights
    )
    slope, start = max(float(line.coef_[0][0]), 1e-3), float(line.intercept_[0])
    places = np.unique(np.linspace(scores.min(), scores.max(), POINTS).round(4))
    return tuple(
        (
            float(place),
            round(min(highest, 1 / (1 + math.exp(-(start + slope * place)))), 6),
        )
        for place in places
    )

"""How good a model is on receipts of merchants that it hasn't seen."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from receipts.reading.chooser import FIELDS, Model
from receipts.training.examples import Example

# What a reading may claim at least to be taken without a person.
SURE = 0.97
BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


@dataclass(frozen=True)
class Answer:
    """One receipt's field as a model answers it."""

    confidence: float
    is_right: bool


@dataclass(frozen=True)
class Figures:
    """A field's figures. `losses` are log loss and Brier's score (less is better);
    `without_error` is the share that could be taken, the surest first, before the
    first wrong one."""

    receipts: int
    right: int
    log_loss: float
    brier: float
    without_error: float
    sure: int
    wrong_sure: int


def answers(model: Model, name: str, examples: Sequence[Example]) -> list[Answer]:
    """The model's choice and confidence for each receipt whose truth is known.

    Where it hasn't learned the field it can't tell, which costs what a coin costs.
    """
    found = []
    for example in examples:
        offers = example.fields.get(name)
        if offers is None:
            continue
        if not offers:
            found.append(Answer(0.0, False))
            continue
        chosen = offers[model.order(name, [o.features for o in offers])[0]]
        confidence = model.confidence(name, chosen.features)
        found.append(Answer(0.5 if confidence is None else confidence, chosen.is_right))
    return found


def right_by_rules(name: str, examples: Sequence[Example]) -> int:
    """How many the rules choose rightly."""
    return sum(offers[0].is_right for e in examples if (offers := e.fields.get(name)))


def figures_of(found: Sequence[Answer]) -> Figures:
    count = len(found) or 1
    before = next(
        (n for n, answer in enumerate(surest(found)) if not answer.is_right),
        len(found),
    )
    return Figures(
        receipts=len(found),
        right=sum(a.is_right for a in found),
        log_loss=sum(log_loss(a) for a in found) / count,
        brier=sum((a.confidence - a.is_right) ** 2 for a in found) / count,
        without_error=before / count,
        sure=sum(a.confidence >= SURE for a in found),
        wrong_sure=sum(a.confidence >= SURE and not a.is_right for a in found),
    )


def log_loss(answer: Answer) -> float:
    chance = answer.confidence if answer.is_right else 1 - answer.confidence
    return -math.log(max(chance, 1e-3))


@dataclass(frozen=True)
class Bin:
    """Answers of like confidence: their mean, and the share that was right."""

    receipts: int
    confidence: float
    right: float


def reliability(found: Sequence[Answer]) -> list[Bin]:
    """Bins of confidence that hold any answer, from the least sure."""
    bins = []
    for low, high in pairwise(BINS):
        inside = [
            a
            for a in found
            if low <= a.confidence < high or (high == 1.0 and a.confidence == 1.0)
        ]
        if inside:
            bins.append(
                Bin(
                    len(inside),
                    sum(a.confidence for a in inside) / len(inside),
                    sum(a.is_right for a in inside) / len(inside),
                )
            )
    return bins


def all_answers(model: Model, examples: Sequence[Example]) -> dict[str, list[Answer]]:
    return {name: answers(model, name, examples) for name in FIELDS}


def surest(found: Sequence[Answer]) -> list[Answer]:
    """The surest first, of equals the wrong ones."""
    return sorted(found, key=lambda a: (-a.confidence, a.is_right))


def what_is_worse(
    new: Mapping[str, Sequence[Answer]], present: Mapping[str, Sequence[Answer]]
) -> list[str]:
    """Sentences on where the new model's answers for the same receipts are worse than
    the present one's; none to pass."""
    sentences = []
    for name in present:
        then, now = figures_of(new[name]), figures_of(present[name])
        if then.right < now.right:
            sentences.append(
                f"It chooses the right {name} {then.right} times, the present one "
                f"{now.right} times of {now.receipts}."
            )
        if then.log_loss > now.log_loss:
            sentences.append(
                f"Its confidence in the {name} has a log loss of {then.log_loss:.4f}, "
                f"the present one’s of {now.log_loss:.4f}."
            )
        # As many as the present one would take without a person.
        wrong = sum(not a.is_right for a in surest(new[name])[: now.sure])
        if wrong > now.wrong_sure:
            sentences.append(
                f"Of the {now.sure} whose {name} is surest it has {wrong} wrong, the "
                f"present one {now.wrong_sure}."
            )
    return sentences

"""Receipts that nobody wrote: candidates whose features tell which one is right."""

import math
import random

from receipts.training.examples import Example, Offer


def made_up(count: int, *, seed: int = 1, clarity: float = 3.0) -> list[Example]:
    """Of 40 merchants. Each field's first candidate is right with a probability that
    its `margin` and `confidence` tell, the more clearly the greater `clarity`."""
    rng = random.Random(seed)
    examples = []
    for _number in range(count):
        fields = {
            name: offers_of(rng, clarity) for name in ("total", "date", "merchant")
        }
        examples.append(Example(f"shop{letters(rng.randrange(40))}", fields))
    return examples


def letters(number: int) -> str:
    return chr(97 + number // 26) + chr(97 + number % 26)


def offers_of(rng: random.Random, clarity: float) -> tuple[Offer, ...]:
    margin, confidence = rng.gauss(0, 1), rng.gauss(0, 1)
    chance = 1 / (1 + math.exp(-(1.5 + clarity * (margin + 0.5 * confidence) / 2)))
    is_right = rng.random() < chance
    first = Offer({"margin": margin, "confidence": confidence}, is_right)
    second = Offer({"margin": -margin, "rank": 1.0}, False)
    return (first, second)

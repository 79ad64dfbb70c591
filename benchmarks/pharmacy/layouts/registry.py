"""Layouts by name, and the words that several of them need."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from benchmarks.pharmacy.paper import MONO, Secret, Sheet
from benchmarks.pharmacy.people import some_day

rx = partial(Secret, "prescription")
visit = partial(Secret, "health_service")
pan = partial(Secret, "payment_card")
expiry = partial(Secret, "card_expiry")
identity = partial(Secret, "identity_number")
bank = partial(Secret, "bank_account")
plan = partial(Secret, "health_insurance")


@dataclass(frozen=True)
class Layout:
    """`draw` writes one document; `is_roll` is false for sheets and labels."""

    draw: Callable[[random.Random], Sheet]
    is_ordinary: bool
    weight: float


LAYOUTS: dict[str, Layout] = {}


def layout(name: str, *, is_ordinary: bool = False, weight: float = 1.0):
    def register(draw):
        LAYOUTS[name] = Layout(draw, is_ordinary, weight)
        return draw

    return register


def chance(rng: random.Random, share: float) -> bool:
    return rng.random() < share


THERMAL_INKS = ((28, 28, 30), (45, 45, 52), (52, 48, 74), (20, 20, 20), (60, 60, 66))
PAPERS = ((251, 250, 247), (247, 247, 250), (250, 247, 236), (244, 242, 238))


def roll(rng: random.Random, columns: int = 40, **how) -> Sheet:
    """A till roll for so many characters of a fixed-width face."""
    size = how.pop("size", rng.randint(20, 26))
    face = how.pop("face", rng.choice(MONO))
    margin = rng.randint(14, 40)
    width = int(columns * size * 0.602) + 2 * margin + 4
    return Sheet(
        width,
        rng,
        size=size,
        face=face,
        margin=margin,
        ink=how.pop("ink", rng.choice(THERMAL_INKS)),
        paper=how.pop("paper", rng.choice(PAPERS)),
        leading=how.pop("leading", rng.uniform(1.14, 1.42)),
        **how,
    )


def sheet(rng: random.Random, width: int = 1050, **how) -> Sheet:
    """A page of office paper, or a label."""
    how.setdefault("face", rng.choice(("sans", "serif", "wide", "book", "pillow")))
    how.setdefault("size", rng.randint(19, 23))
    how.setdefault("margin", rng.randint(36, 80))
    how.setdefault("leading", rng.uniform(1.2, 1.45))
    how.setdefault("paper", rng.choice(PAPERS))
    return Sheet(width, rng, **how)


def money(value: float) -> str:
    return f"{value:.2f}"


def comma(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def bought(rng: random.Random) -> date:
    return some_day(rng, 2023, 2026)


def clock(rng: random.Random) -> str:
    hour, minute = rng.randint(7, 21), rng.randint(0, 59)
    if rng.random() < 0.4:
        return f"{hour:02d}:{minute:02d}"
    half = "AM" if hour < 12 else "PM"
    gap = rng.choice((" ", "", " "))
    return f"{(hour - 1) % 12 + 1:{rng.choice(('', '02'))}d}:{minute:02d}{gap}{half}"

"""Where the shapes of a chart lie; a template draws them.

Coordinates are strings, for a template must not write them with a comma. Bars and
stacks are 100 wide, and stretched to the room that there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.statistics.estimates import Estimate
from surveys.statistics.numbers import Bin

WIDTH, HEIGHT = 320, 120
SHADES = 11


def place(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Bar:
    """A share, and the ends of its interval."""

    width: str
    low: str
    high: str


def bar(share: Estimate) -> Bar:
    low = share.value if share.low is None else share.low
    high = share.value if share.high is None else share.high
    return Bar(*(place(100 * one) for one in (share.value, low, high)))


@dataclass(frozen=True)
class Segment:
    """`shade`: from 0 (pale) to 10 (strong)."""

    code: str
    x: str
    width: str
    shade: int


def shade(number: int, count: int) -> int:
    return round(number * (SHADES - 1) / (count - 1)) if count > 1 else SHADES // 2


def stack(shares: Sequence[tuple[str, float]]) -> tuple[Segment, ...]:
    """Shares that sum to 1 or less, one behind the other."""
    segments, start = [], 0.0
    for number, (code, value) in enumerate(shares):
        x, width = place(100 * start), place(100 * value)
        segments.append(Segment(code, x, width, shade(number, len(shares))))
        start += value
    return tuple(segments)


@dataclass(frozen=True)
class Whisker:
    """A mean and its interval on a scale from 0 to 100."""

    mean: str
    low: str
    high: str


def whisker(mean: Estimate, least: float, most: float) -> Whisker:
    width = (most - least) or 1.0

    def at(value: float | None) -> str:
        value = mean.value if value is None else value
        return place(100 * (min(max(value, least), most) - least) / width)

    return Whisker(at(mean.value), at(mean.low), at(mean.high))


@dataclass(frozen=True)
class Column:
    x: str
    y: str
    width: str
    height: str


def columns(weights: Sequence[float]) -> tuple[Column, ...]:
    """Columns of a histogram in a picture of WIDTH by HEIGHT, with gaps between."""
    most = max(weights, default=0) or 1.0
    width = WIDTH / max(1, len(weights))
    gap = min(2.0, width / 6)
    return tuple(
        Column(
            place(number * width + gap / 2),
            place(HEIGHT - HEIGHT * weight / most),
            place(width - gap),
            place(HEIGHT * weight / most),
        )
        for number, weight in enumerate(weights)
    )


def heights(bins: Sequence[Bin]) -> tuple[Column, ...]:
    return columns([one.base.weight for one in bins])

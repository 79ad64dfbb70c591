"""Plots of a measurement as SVG: the same figures make the same bytes.

They are drawn 4.4 inches wide, so that their letters can be read on a phone.
"""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from receipts.measuring.scoring import (
    FIELDS,
    Score,
    Share,
    accept_curve,
    reliability,
    share,
    straight,
    straight_right,
)

INK, FAINT = "#222222", "#d9d9d9"
# Of the Okabe-Ito palette, which the colour-blind can tell apart; each with a marker
# of its own.
LOOKS = (
    ("#0072B2", "o"),
    ("#D55E00", "s"),
    ("#009E73", "^"),
    ("#CC79A7", "D"),
    ("#56B4E9", "v"),
)
STYLE = {
    "axes.axisbelow": True,
    "axes.edgecolor": INK,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 9,
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "panel-portal",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
WIDTH = 4.4


class NoMatplotlib(RuntimeError):
    """matplotlib isn't installed: it is of the extra `train`, not of the portal."""


def new_figure(height: float):
    """A figure of this height in inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH, height), layout="constrained")


def drawn(draw, *args) -> bytes:
    """The SVG of a drawing function. Raises `NoMatplotlib`."""
    try:
        import matplotlib
    except ImportError:
        raise NoMatplotlib(
            "Plots need matplotlib, which the extra “train” brings: "
            "pip install -r requirements-train.txt"
        ) from None
    file = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure = draw(*args)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()


def save(path: Path, svg: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(svg)


def plot_reliability(scores: Sequence[Score]) -> bytes:
    """For each field: what its confidence says against the share right."""
    return drawn(reliability_figure, scores)


def reliability_figure(scores: Sequence[Score]):
    told = {name: reliability(scores, name) for name in FIELDS}
    told = {name: bins for name, bins in told.items() if bins}
    lines = max(1, -(-len(told) // 2))
    figure = new_figure(1.9 * lines + 0.4)
    axes = figure.subplots(lines, 2, sharex=True, sharey=True, squeeze=False).flat
    for axis, (name, bins) in zip(axes, told.items(), strict=False):
        axis.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle="--")
        with_bars(
            axis, [b.confidence for b in bins], [b.share for b in bins], *LOOKS[0]
        )
        for n, found in enumerate(bins):
            last = n == len(bins) - 1
            axis.annotate(
                str(found.share.n),
                (found.confidence, found.share.low),
                xytext=(0, -9),
                textcoords="offset points",
                ha="center" if not last else "right",
                fontsize=6.5,
            )
        axis.set_title(name)
        axis.set_xlim(-0.02, 1.04)
        axis.set_ylim(-0.08, 1.04)
    for axis in list(axes)[len(told) :]:
        axis.set_visible(False)
    figure.supxlabel("confidence (numbers: receipts in the bin)", fontsize=8)
    figure.supylabel("share right", fontsize=8)
    return figure


def with_bars(axis, xs: Sequence[float], shares: Sequence[Share], color, marker):
    """Points with Wilson's interval."""
    ys = [s.value for s in shares]
    below = [max(0.0, s.value - s.low) for s in shares]
    above = [max(0.0, s.high - s.value) for s in shares]
    axis.errorbar(
        xs,
        ys,
        yerr=[below, above],
        color=color,
        ecolor=color,
        elinewidth=0.9,
        capsize=2,
        linewidth=1.2,
        marker=marker,
        markersize=3.5,
    )


def plot_accept(sets: Mapping[str, Sequence[Score]]) -> bytes:
    """By set: the share right of those taken, from the surest to all."""
    return drawn(accept_figure, sets)


def accept_figure(sets: Mapping[str, Sequence[Score]]):
    figure = new_figure(3.4)
    axis = figure.subplots()
    lowest = 1.0
    for (name, scores), (color, marker) in zip(sets.items(), LOOKS, strict=False):
        points = accept_curve(scores)
        if not points:
            continue
        xs = [p.accepted for p in points]
        ys = [p.share.value for p in points]
        lowest = min(lowest, *ys)
        axis.step(xs, ys, where="post", color=color, linewidth=1.4)
        taken = straight(scores)
        right = straight_right(scores)
        label = f"{name}: {right.right} of {right.n} right"
        axis.plot(
            [taken.value],
            [right.value if right.n else 1.0],
            color=color,
            marker=marker,
            markersize=7,
            markeredgecolor="white",
            linestyle="-",
            linewidth=1.4,
            label=label,
        )
    axis.set_xlim(0, 1.02)
    axis.set_ylim(min(0.9, lowest) - 0.01, 1.005)
    axis.set_xlabel("share of receipts taken, the surest first")
    axis.set_ylabel("date and total right among them")
    axis.legend(loc="lower left", title="straight through", alignment="left")
    return figure


def plot_misses(sets: Mapping[str, Sequence[Score]]) -> bytes:
    """Misses by field, a bar for each set, with the share in figures."""
    return drawn(misses_figure, sets)


def misses_figure(sets: Mapping[str, Sequence[Score]]):
    figure = new_figure(0.5 + 0.75 * len(FIELDS))
    axis = figure.subplots()
    thick = 0.8 / max(1, len(sets))
    most = 1
    for row, ((name, scores), (color, _marker)) in enumerate(
        zip(sets.items(), LOOKS, strict=False)
    ):
        label = name
        for place, field_name in enumerate(FIELDS):
            found = share(scores, field_name)
            if not found.n:
                continue
            wrong = found.n - found.right
            most = max(most, wrong)
            y = place + (row - (len(sets) - 1) / 2) * thick
            axis.barh(y, wrong, thick * 0.9, color=color, label=label)
            label = None
            axis.annotate(
                f"{wrong} of {found.n}",
                (wrong, y),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                fontsize=6.5,
            )
    axis.set_yticks(range(len(FIELDS)), FIELDS)
    axis.set_xlim(0, most * 1.25)
    axis.invert_yaxis()
    axis.grid(visible=False, axis="y")
    axis.set_xlabel("receipts whose field isn’t right")
    if sets:
        axis.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=len(sets))
    return figure


def plot_robustness(rows: Sequence[Mapping]) -> bytes:
    """Date and total right, and taken, for each way in which a set was made worse.

    A row: variant, set, n, and how many of it have date, total and both right, went
    straight, and are wrong among those (benchmarks/robustness.py writes them).
    """
    return drawn(robustness_figure, rows)


def robustness_figure(rows: Sequence[Mapping]):
    variants = list(dict.fromkeys(row["variant"] for row in rows))
    sets = list(dict.fromkeys(row["set"] for row in rows))
    figure = new_figure(0.9 + 0.28 * len(variants) * max(1, len(sets)) ** 0.5)
    axis = figure.subplots()
    for number, (name, (color, marker)) in enumerate(zip(sets, LOOKS, strict=False)):
        held = {row["variant"]: row for row in rows if row["set"] == name}
        ys = [
            variants.index(variant) + 0.22 * (number - (len(sets) - 1) / 2)
            for variant in held
        ]
        both = [Share(row["both"], row["n"]) for row in held.values()]
        axis.errorbar(
            [s.value for s in both],
            ys,
            xerr=[
                [max(0.0, s.value - s.low) for s in both],
                [max(0.0, s.high - s.value) for s in both],
            ],
            color=color,
            elinewidth=0.9,
            capsize=2,
            linestyle="none",
            marker=marker,
            markersize=5,
            label=f"{name}: date and total right",
        )
        axis.plot(
            [row["straight"] / row["n"] if row["n"] else 0.0 for row in held.values()],
            ys,
            color=color,
            linestyle="none",
            marker=marker,
            markerfacecolor="white",
            markersize=5,
            label=f"{name}: straight through",
        )
    axis.set_yticks(range(len(variants)), variants)
    axis.set_ylim(len(variants) - 0.4, -0.6)
    axis.set_xlim(0, 1.02)
    axis.set_xlabel("share of receipts")
    figure.legend(loc="outside upper left", ncols=1)
    return figure

"""Plots of a measurement as SVG: the same figures make the same bytes.

They are drawn 4.4 inches wide, so that their letters can be read on a phone.
"""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from receipts.measuring.scoring import (
    EDGES,
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
DASHES = ((None, None), (5, 2), (1.5, 1.5))
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
    figure = new_figure(1.75 * lines + 0.7)
    axes = list(figure.subplots(lines, 2, sharex=True, sharey=True, squeeze=False).flat)
    handles: list = []
    for axis, (name, bins) in zip(axes, told.items(), strict=False):
        places = [EDGES.index(found.low) for found in bins]
        measured = with_bars(axis, places, [b.share for b in bins], *LOOKS[0])
        claimed = axis.scatter(
            places,
            [b.confidence for b in bins],
            color=INK,
            linewidth=1.4,
            marker="_",
            s=110,
            zorder=3,
        )
        handles = [measured, claimed]
        for place, found in zip(places, bins, strict=True):
            axis.annotate(str(found.share.n), (place, -0.17), ha="center", fontsize=7)
        axis.set_title(name)
        axis.set_ylim(-0.22, 1.06)
        axis.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".5", ".75", "1"])
        axis.set_xlim(-0.6, len(EDGES) - 1.4)
        ends = [f"{edge:g}".removeprefix("0") for edge in EDGES[1:]]
        axis.set_xticks(range(len(ends)), ends)
    for axis in axes[len(told) :]:
        axis.set_visible(False)
    figure.supxlabel("confidence up to … (below: number of receipts)", fontsize=8)
    if handles:
        names = ["share right, 95 % interval", "mean confidence"]
        figure.legend(handles, names, loc="outside upper center", ncols=2)
    return figure


def with_bars(axis, xs: Sequence[float], shares: Sequence[Share], color, marker):
    """Points with Wilson's interval."""
    return axis.errorbar(
        xs,
        [s.value for s in shares],
        yerr=arms(shares),
        color=color,
        elinewidth=1.1,
        capsize=2.5,
        linestyle="none",
        marker=marker,
        markersize=5,
        markeredgecolor="white",
        markeredgewidth=0.5,
        zorder=3,
    )


def arms(shares: Sequence[Share]) -> list[list[float]]:
    """How far the intervals reach below and above, as errorbar takes it."""
    return [
        [max(0.0, s.value - s.low) for s in shares],
        [max(0.0, s.high - s.value) for s in shares],
    ]


def plot_accept(sets: Mapping[str, Sequence[Score]]) -> bytes:
    """By set: the share right of those taken, from the surest to all."""
    return drawn(accept_figure, sets)


def accept_figure(sets: Mapping[str, Sequence[Score]]):
    figure = new_figure(3.5)
    axis = figure.subplots()
    lowest = 0.94
    for n, (name, scores) in enumerate(sets.items()):
        color, marker = LOOKS[n % len(LOOKS)]
        points = accept_curve(scores)
        if not points:
            continue
        # Readings that are as sure as the first are taken together with it.
        xs = [0.0, *(p.accepted for p in points)]
        ys = [points[0].share.value, *(p.share.value for p in points)]
        lowest = min(lowest, *ys)
        # The dashes differ, for curves that lie on each other.
        axis.plot(xs, ys, color=color, dashes=DASHES[n % len(DASHES)], linewidth=1.6)
        taken, right = straight(scores), straight_right(scores)
        if not right.n:
            continue
        with_bars(axis, [taken.value], [right], color, marker).set_label(
            f"{name}: {right.right} of {right.n} right, at least {right.low:.3f}"
        )
    axis.set_xlim(0, 1.02)
    axis.set_ylim(max(0.0, lowest - 0.02), 1.004)
    axis.set_xlabel("share of receipts taken, the surest first")
    axis.set_ylabel("date and total right among them")
    if axis.get_legend_handles_labels()[0]:
        axis.legend(
            loc="lower left",
            title="straight through, with 95 % interval",
            alignment="left",
            frameon=True,
            framealpha=1,
            edgecolor="white",
        )
    return figure


def plot_misses(sets: Mapping[str, Sequence[Score]]) -> bytes:
    """Misses by field, a bar for each set, with their number."""
    return drawn(misses_figure, sets)


def misses_figure(sets: Mapping[str, Sequence[Score]]):
    figure = new_figure(0.9 + 0.5 * len(FIELDS))
    axis = figure.subplots()
    colors = dict(zip(sets, (color for color, _marker in LOOKS), strict=False))
    most, thick = 4, 0.26
    for place, field_name in enumerate(FIELDS):
        found = {name: share(scores, field_name) for name, scores in sets.items()}
        found = {name: held for name, held in found.items() if held.n}
        for row, (name, held) in enumerate(found.items()):
            wrong = held.n - held.right
            most = max(most, wrong)
            y = place + (row - (len(found) - 1) / 2) * thick
            axis.barh(y, wrong, thick * 0.85, color=colors[name])
            axis.annotate(
                f"{wrong} of {held.n}",
                (wrong, y),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                fontsize=7,
            )
    for name, color in colors.items():
        axis.barh(0, 0, color=color, label=name)
    axis.set_yticks(range(len(FIELDS)), FIELDS)
    axis.set_xlim(0, most * 1.25)
    axis.xaxis.get_major_locator().set_params(integer=True)
    axis.invert_yaxis()
    axis.grid(visible=False, axis="y")
    axis.set_xlabel("receipts whose field isn’t right")
    if sets:
        figure.legend(loc="outside upper center", ncols=len(sets))
    return figure


def plot_robustness(rows: Sequence[Mapping]) -> bytes:
    """Date and total right, and taken, for each way in which a set was made worse.

    A row as benchmarks/robustness.py writes it: variant, set, n, and how many of these
    have date, total and both right, went straight, and are wrong among those.
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
            xerr=arms(both),
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
        for y, row in zip(ys, held.values(), strict=True):
            if row["wrong"]:
                axis.annotate(
                    f"{row['wrong']} wrong",
                    (row["straight"] / row["n"], y),
                    xytext=(-6, 0),
                    textcoords="offset points",
                    ha="right",
                    va="center",
                    fontsize=7,
                )
    axis.set_yticks(range(len(variants)), variants)
    axis.set_ylim(len(variants) - 0.4, -0.6)
    axis.set_xlim(0, 1.02)
    axis.set_xlabel("share of receipts")
    if rows:
        figure.legend(loc="outside upper left")
    return figure

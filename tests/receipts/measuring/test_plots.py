import sys

import pytest

from receipts.measuring.plots import (
    NoMatplotlib,
    plot_accept,
    plot_misses,
    plot_reliability,
    plot_robustness,
)
from receipts.measuring.scoring import Score

SCORES = [
    Score(
        file=f"{n}.jpg",
        group="us",
        right={"date": n % 9 != 0, "total": True, "both": n % 9 != 0},
        confidence={"date": 0.5 + n / 40, "total": 0.97},
        straight_through=n > 8,
    )
    for n in range(18)
]
WORSE = [
    {"variant": variant, "set": "us", "n": 10, "date": 9, "total": 9, "both": 8}
    | {"straight": 5, "wrong": wrong}
    for variant, wrong in (("as it is", 0), ("turned by 90", 1))
]
PLOTS = [
    (plot_accept, {"US photos": SCORES, "MY scans": SCORES[:5]}),
    (plot_reliability, SCORES),
    (plot_misses, {"US photos": SCORES}),
    (plot_robustness, WORSE),
]
NOTHING = [(plot_accept, {}), (plot_reliability, []), (plot_misses, {})]


@pytest.mark.parametrize(("plot", "told"), PLOTS)
def test_a_plot_is_the_same_svg_each_time(plot, told):
    first, second = plot(told), plot(told)

    assert b"<svg " in first
    assert first.endswith(b"</svg>\n")
    assert first == second
    assert b"<dc:date>" not in first


@pytest.mark.parametrize(("plot", "told"), [*NOTHING, (plot_robustness, [])])
def test_a_plot_of_nothing_is_empty_not_an_error(plot, told):
    assert plot(told).endswith(b"</svg>\n")


def test_other_figures_make_another_plot():
    assert plot_reliability(SCORES) != plot_reliability(SCORES[1:])


def test_without_matplotlib_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(NoMatplotlib, match=r"requirements-train\.txt"):
        plot_reliability(SCORES)

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.statistics.estimates import Base, of
from surveys.statistics.numbers import bins, nice_step, quantile


def ordered(*values: float):
    return [(float(value), of(1)) for value in sorted(values)]


@pytest.mark.parametrize(
    ("values", "p", "found"),
    [
        ((1, 2, 3), 0.5, 2),
        ((1, 2, 3, 4), 0.5, 2.5),
        ((1, 2, 3, 4), 0.25, 1.5),
        ((7,), 0.75, 7),
        ((1, 2, 3, 4, 5), 0.75, 4),
    ],
)
def test_quantiles(values, p, found):
    assert quantile(ordered(*values), p) == found


def test_weights_count_in_a_quantile():
    assert quantile([(1.0, Base(1, 1, 1)), (2.0, Base(1, 3, 9))], 0.5) == 2


@pytest.mark.parametrize(
    ("width", "step"), [(1, 1), (1.1, 2), (2.2, 2.5), (3, 5), (7, 10), (0.03, 0.05)]
)
def test_steps_are_nice(width, step):
    assert nice_step(width) == pytest.approx(step)


def test_few_whole_numbers_have_a_bin_each():
    found = bins(ordered(0, 0, 1, 1, 1, 3), is_whole=True)

    assert [(one.low, one.high, one.base.n) for one in found] == [
        (0, 1, 2),
        (1, 2, 3),
        (2, 3, 0),
        (3, 4, 1),
    ]


def test_bins_of_many_whole_numbers_split_none():
    found = bins(ordered(*range(0, 100, 3)), is_whole=True)

    assert {one.high - one.low for one in found} == {50.0}
    assert [one.base.n for one in found] == [17, 17]


def test_one_value_is_one_bin():
    [found] = bins(ordered(5, 5, 5))

    assert (found.low, found.high, found.base.n) == (5, 5, 3)


def test_nothing_has_no_bins():
    assert bins([]) == ()


def test_an_outlier_does_not_make_a_thousand_bins():
    rng = random.Random(1)
    values = [rng.random() for _ in range(500)] + [1e6]

    assert len(bins(ordered(*values))) <= 21


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_every_number_is_in_one_bin(values):
    found = bins(ordered(*values))

    assert sum(one.base.n for one in found) == len(values)
    assert all(one.high == other.low for one, other in pairwise(found))

import pytest

from receipts.measuring.wilson import wilson


@pytest.mark.parametrize(
    ("right", "n", "interval"),
    [
        (0, 10, (0.0, 0.2775)),
        (10, 10, (0.7225, 1.0)),
        (81, 263, (0.2553, 0.3662)),  # R. G. Newcombe, Statistics in Medicine 17 (1998)
        (15, 148, (0.0624, 0.1605)),
    ],
)
def test_wilson_gives_the_published_intervals(right, n, interval):
    found = wilson(right, n)

    assert found == pytest.approx(interval, abs=0.00006)


def test_wilson_of_nothing_knows_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


def test_wilson_of_a_perfect_hundred_still_leaves_a_bound():
    low, high = wilson(100, 100)

    assert round(low, 4) == 0.9630
    assert high == pytest.approx(1.0)

import pytest
from scipy import stats

from surveys.statistics.estimates import NOBODY, Base, nps, of, share, spread


def test_kish_makes_the_base_smaller_where_weights_differ():
    base = sum((Base(1, weight, weight**2) for weight in (1, 1, 2)), NOBODY)

    assert (base.n, base.weight, base.effective) == (3, 4, pytest.approx(16 / 6))
    assert base.is_weighted
    assert not of(3).is_weighted


def test_equal_weights_leave_the_effective_base():
    assert Base(10, 5.0, 2.5).effective == 10


@pytest.mark.parametrize(("n", "is_low"), [(29, True), (30, False)])
def test_a_base_below_thirty_is_low(n, is_low):
    assert of(n).is_low() is is_low


def test_unequal_weights_make_a_base_low():
    assert Base(40, 40.0, 80.0).is_low()


def test_a_share_has_wilsons_interval():
    found = share(of(12), of(40))

    theirs = stats.binomtest(12, 40).proportion_ci(0.95, method="wilson")
    assert found.value == pytest.approx(0.3)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))


def test_a_share_of_none_or_all_still_has_an_interval():
    none, whole = share(NOBODY, of(20)), share(of(20), of(20))

    assert (none.value, none.low) == (0, 0)
    assert none.high == pytest.approx(0.1611, abs=1e-4)
    assert (whole.value, whole.high) == (1, 1)
    assert whole.low == pytest.approx(0.8389, abs=1e-4)


def test_a_share_of_nobody_is_none():
    assert share(NOBODY, NOBODY) is None


def test_a_weighted_share_takes_the_effective_base():
    part, whole = Base(10, 30.0, 90.0), Base(40, 60.0, 120.0)

    found = share(part, whole)

    theirs = share(of(15), of(30))
    assert (found.value, found.low, found.high) == pytest.approx(
        (theirs.value, theirs.low, theirs.high)
    )


def test_a_mean_has_students_interval():
    sample = [1, 2, 2, 3, 5, 5]

    found = spread((float(x), of(1)) for x in sample)

    theirs = stats.ttest_1samp(sample, 0).confidence_interval(0.95)
    assert found.mean.value == 3
    assert (found.mean.low, found.mean.high) == pytest.approx(tuple(theirs))
    assert found.deviation == pytest.approx(stats.tstd(sample))


def test_a_mean_of_equal_answers_has_an_empty_interval():
    found = spread([(4.0, of(9))])

    assert (found.mean.low, found.mean.value, found.mean.high) == (4, 4, 4)


def test_one_answer_has_a_mean_and_no_interval():
    found = spread([(4.0, of(1))])

    assert (found.mean.value, found.mean.low, found.deviation) == (4, None, None)


def test_nobody_has_no_mean():
    assert spread([]) is None


def test_weights_move_the_mean_and_widen_its_interval():
    plain = spread([(1.0, of(50)), (5.0, of(50))])
    weighted = spread([(1.0, Base(50, 25.0, 12.5)), (5.0, Base(50, 75.0, 112.5))])

    assert plain.mean.value == 3
    assert weighted.mean.value == 4
    assert weighted.mean.base.effective == 80
    # Standard deviation sqrt(3 * 80 / 79), t(79) = 1.99045.
    assert weighted.mean.high - 4 == pytest.approx(1.99045 * (3 / 79) ** 0.5, rel=1e-5)


def test_nps_is_promoters_less_detractors():
    found = nps(
        [(10, of(3)), (9, of(2)), (8, of(3)), (7, of(0)), (6, of(1)), (0, of(1))]
    )

    assert found.value == pytest.approx(30)
    # The mean of five +100, three 0 and two -100.
    theirs = stats.ttest_1samp([100] * 5 + [0] * 3 + [-100] * 2, 0)
    low, high = theirs.confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_nps_never_leaves_its_ends():
    found = nps([(10, of(9)), (0, of(1))])

    assert found.value == 80
    assert found.high == 100


def test_nps_of_one_has_no_interval_and_of_nobody_no_value():
    assert nps([(10, of(1))]).low is None
    assert nps([]) is None

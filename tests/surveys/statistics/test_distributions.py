"""Compared with SciPy, which the test environment has and the portal needn't."""

import pytest
from scipy import special, stats

from surveys.statistics import distributions


@pytest.mark.parametrize("a", [0.5, 1, 2.5, 40, 5000])
@pytest.mark.parametrize("b", [0.5, 1, 7, 300])
@pytest.mark.parametrize("x", [0, 1e-6, 0.03, 0.4, 0.77, 0.999, 1])
def test_beta_share_is_scipys(a, b, x):
    found = distributions.beta_share(a, b, x)

    assert found == pytest.approx(special.betainc(a, b, x), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("s", [0.5, 1, 3.5, 60, 2000])
@pytest.mark.parametrize("x", [0, 1e-5, 0.5, 2, 30, 1900, 2200])
def test_gamma_tail_is_scipys(s, x):
    found = distributions.gamma_tail(s, x)

    assert found == pytest.approx(special.gammaincc(s, x), rel=1e-8, abs=1e-13)


@pytest.mark.parametrize("df", [1, 4, 17, 600])
@pytest.mark.parametrize("x", [0.1, 3.84, 25, 700])
def test_chi_square_tail_is_scipys(x, df):
    found = distributions.chi_square_tail(x, df)

    assert found == pytest.approx(stats.chi2.sf(x, df), rel=1e-8, abs=1e-14)


@pytest.mark.parametrize("df", [1, 2, 3.7, 29, 1e5])
@pytest.mark.parametrize("t", [-3, -0.5, 0, 0.1, 1.96, 8])
def test_t_tail_is_scipys(t, df):
    found = distributions.t_tail(t, df)

    assert found == pytest.approx(stats.t.sf(t, df), rel=1e-8)


@pytest.mark.parametrize("df", [1, 2, 9.3, 1e4])
@pytest.mark.parametrize("p", [0.005, 0.3, 0.5, 0.975, 0.9999])
def test_t_quantile_is_scipys(p, df):
    found = distributions.t_quantile(p, df)

    assert found == pytest.approx(stats.t.ppf(p, df), rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("z", [-2.5, 0, 1.96, 6])
def test_normal_tails_are_scipys(z):
    found = distributions.normal_tails(z)

    assert found == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-10)

import pytest
from scipy import stats

from surveys.statistics.crosstabs import association, crosstab, differ, letter
from surveys.statistics.estimates import NOBODY, Base, of, share


def table(counts: dict[tuple[str, str], int], **kwargs):
    rows = list(dict.fromkeys(row for row, _ in counts))
    columns = list(dict.fromkeys(column for _, column in counts))
    bases = {c: of(sum(counts[r, c] for r in rows)) for c in columns}
    return crosstab(
        {place: of(n) for place, n in counts.items()},
        bases,
        rows,
        columns,
        total=of(sum(counts.values())),
        row_totals={r: of(sum(counts[r, c] for c in columns)) for r in rows},
        **kwargs,
    )


CLEAR = {
    ("yes", "men"): 40,
    ("yes", "women"): 70,
    ("no", "men"): 60,
    ("no", "women"): 30,
}


def test_cells_are_shares_of_their_column():
    found = table(CLEAR)

    assert [[round(c.share.value, 2) for c in row] for row in found.cells] == [
        [0.4, 0.7],
        [0.6, 0.3],
    ]
    assert [base.n for base in found.bases] == [100, 100]
    assert [round(cell.share.value, 2) for cell in found.totals] == [0.55, 0.45]


def test_letters_name_the_columns_that_are_significantly_lower():
    found = table(CLEAR)

    assert found.letters == ("A", "B")
    assert [[cell.higher_than for cell in row] for row in found.cells] == [
        ["", "A"],
        ["B", ""],
    ]


def test_close_shares_get_no_letters():
    found = table({("y", "a"): 50, ("y", "b"): 52, ("n", "a"): 50, ("n", "b"): 48})

    assert {cell.higher_than for row in found.cells for cell in row} == {""}


def test_shares_differ_as_the_pooled_z_test_says():
    # z = 2.0 within rounding: 0.5 of 100 against 0.36 of 100.
    one, other = share(of(50), of(100)), share(of(36), of(100))

    p = stats.chi2_contingency([[50, 36], [50, 64]], correction=False).pvalue
    assert p == pytest.approx(0.0458, abs=1e-3)
    assert differ(one, other)
    assert not differ(one, other, pairs=3)


def test_nobody_and_everybody_are_not_tested():
    assert not differ(share(NOBODY, of(50)), share(of(40), of(50)))
    assert not differ(share(of(50), of(50)), share(of(10), of(50)))


def test_columns_that_overlap_get_no_letters_and_no_chi_square():
    found = table(CLEAR, columns_exclude=False)

    assert {cell.higher_than for row in found.cells for cell in row} == {""}
    assert found.association is None


def test_rows_that_overlap_get_letters_and_no_chi_square():
    found = table(CLEAR, rows_exclude=False)

    assert found.cells[0][1].higher_than == "A"
    assert found.association is None


def test_the_whole_is_tested_by_pearsons_chi_square():
    observed = [[20, 30, 25], [40, 10, 25]]

    found = association([[of(n) for n in row] for row in observed], 150)

    theirs = stats.chi2_contingency(observed, correction=False)
    assert (found.chi_square, found.p, found.df) == pytest.approx(
        (theirs.statistic, theirs.pvalue, theirs.dof)
    )
    assert found.effect == pytest.approx(stats.contingency.association(observed))
    assert (found.below, found.cells, found.is_rough) == (0, 6, False)


def test_small_expected_counts_are_told():
    found = association([[of(1), of(3)], [of(2), of(30)]], 36)

    assert (found.below, found.cells, found.is_rough) == (3, 4, True)


def test_empty_rows_and_columns_count_for_nothing():
    observed = [[of(20), NOBODY, of(30)], [of(40), NOBODY, of(10)], [NOBODY] * 3]

    found = association(observed, 100)

    assert found.df == 1


def test_one_row_has_no_association():
    assert association([[of(3), of(4)]], 7) is None


def test_weights_shrink_the_chi_square():
    plain = association([[of(40), of(60)], [of(60), of(40)]], 200)
    weighted = association([[of(40), of(60)], [of(60), of(40)]], 100)

    assert weighted.chi_square == pytest.approx(plain.chi_square / 2)
    assert weighted.effect == pytest.approx(plain.effect)


def test_a_weighted_table_tests_on_effective_bases():
    heavy = Base(100, 100.0, 500.0)
    part = Base(70, 70.0, 350.0)

    assert differ(share(of(50), of(100)), share(of(70), of(100)))
    assert not differ(share(of(50), of(100)), share(part, heavy))


@pytest.mark.parametrize(
    ("place", "told"), [(0, "A"), (25, "Z"), (26, "AA"), (53, "BB")]
)
def test_letters_go_on_behind_z(place, told):
    assert letter(place) == told

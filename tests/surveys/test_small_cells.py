"""What somebody sees who may not see small groups."""

import pytest

from surveys.definition import Kind, Option, Question, Row
from surveys.small_cells import Hidden, coarse, coarse_table
from surveys.statistics.crosstabs import crosstab
from surveys.statistics.estimates import of
from surveys.statistics.tallies import tally

OPTIONS = (Option("a"), Option("b"), Option("c"))


def single(**counts: int):
    question = Question("q", Kind.SINGLE, options=OPTIONS)
    return tally(question, [({"chosen": code}, of(n)) for code, n in counts.items()])


def shown(found) -> dict[str, int | None]:
    return {part.code: part.base and part.base.n for part in found.parts}


def test_a_small_base_hides_everything():
    assert coarse(single(a=5, b=4), 10) == Hidden(10)


def test_a_small_cell_takes_another_with_it():
    found = coarse(single(a=50, b=20, c=3), 10)

    assert shown(found) == {"a": 50, "b": None, "c": None}


def test_large_cells_are_all_shown():
    assert shown(coarse(single(a=50, b=20, c=30), 10)) == {"a": 50, "b": 20, "c": 30}


def test_options_that_overlap_hide_the_small_alone():
    question = Question("q", Kind.MULTIPLE, options=OPTIONS)
    found = tally(
        question, [({"chosen": ["a", "b"]}, of(20)), ({"chosen": ["c"]}, of(3))]
    )

    assert shown(coarse(found, 10, overlaps=True)) == {"a": 20, "b": 20, "c": None}


def test_a_filter_that_leaves_out_few_hides_everything():
    found = coarse(single(a=50, b=50), 10, wholes=[single(a=52, b=52)])

    assert found == Hidden(10)


def test_a_filter_hides_the_cell_that_it_leaves_few_out_of():
    found = coarse(single(a=50, b=50, c=50), 10, wholes=[single(a=53, b=80, c=80)])

    assert shown(found)["a"] is None
    assert list(shown(found).values()).count(None) == 2


def test_a_scale_with_a_small_point_shows_its_mean_alone():
    scale = Question("q", Kind.SCALE)
    groups = [(point, of(n)) for point, n in enumerate((30, 20, 20, 20, 2), 1)]

    found = coarse(tally(scale, groups), 10)

    assert found.parts == ()
    assert found.spread.mean.base.n == 92


def test_numbers_hide_their_ends_and_small_bins():
    number = Question("q", Kind.NUMBER)

    many = coarse(tally(number, [(1, of(20)), (2, of(30))]), 10)
    few = coarse(tally(number, [(1, of(20)), (2, of(3))]), 10)

    assert (many.least, many.most) == (None, None)
    assert [one.base.n for one in many.bins] == [20, 30]
    assert few.bins == ()
    assert few.quartiles == (1, 1, 1)


def test_dates_hide_their_ends():
    found = coarse(
        tally(
            Question("q", Kind.DATE), [("2026-01-01", of(20)), ("2026-01-02", of(2))]
        ),
        10,
    )

    assert (found.first, found.last) == (None, None)
    assert shown(found) == {"2026-01-01": None, "2026-01-02": None}


def test_a_matrix_hides_by_row():
    matrix = Question("q", Kind.MATRIX, options=OPTIONS[:2], rows=(Row("x"), Row("y")))
    groups = [({"x": "a", "y": "a"}, of(15)), ({"x": "b"}, of(15))]

    rows = dict(coarse(tally(matrix, groups), 10).rows)

    assert shown(rows["x"]) == {"a": 15, "b": 15}
    # Of fifteen nobody chose b, which is fewer than ten.
    assert shown(rows["y"]) == {"a": None, "b": None}


def test_a_ranking_hides_few_first_choices_and_the_means_that_tell_them():
    ranking = Question("q", Kind.RANKING, options=OPTIONS)
    groups = [(["a", "b", "c"], of(40)), (["b", "a", "c"], of(30)), (["c"], of(4))]

    by_code = {one.code: one for one in coarse(tally(ranking, groups), 10).ranks}

    assert by_code["c"].first is None
    assert {one.mean for one in by_code.values()} == {None}


def test_a_table_hides_cells_and_then_its_tests():
    counts = {("y", "m"): 40, ("y", "w"): 3, ("n", "m"): 30, ("n", "w"): 50}
    found = coarse_table(
        crosstab(
            {place: of(n) for place, n in counts.items()},
            {"m": of(70), "w": of(53)},
            ["y", "n"],
            ["m", "w"],
            total=of(123),
            row_totals={"y": of(43), "n": of(80)},
        ),
        10,
    )

    assert [[cell.base for cell in row] for row in found.cells] == [[None] * 2] * 2
    assert found.association is None
    assert [base.n for base in found.bases] == [70, 53]


@pytest.mark.parametrize("exclude", [True, False])
def test_a_small_table_is_hidden(exclude):
    found = crosstab(
        {("y", "m"): of(4)},
        {"m": of(4)},
        ["y"],
        ["m"],
        total=of(4),
        row_totals={"y": of(4)},
        columns_exclude=exclude,
    )

    assert coarse_table(found, 10) == Hidden(10)


def brands(**counts: int):
    question = Question("q", Kind.BRAND)
    return tally(question, [({"chosen": name}, of(n)) for name, n in counts.items()])


def test_a_name_that_few_typed_is_not_named():
    found = coarse(brands(Mars=40, Nest=20, Jane=7, Joe=4), 10, is_typed=True)

    assert shown(found) == {"Mars": 40, "Nest": 20}


def test_names_that_few_typed_take_another_with_them():
    found = coarse(brands(Mars=40, Nest=20, Jane=3), 10, is_typed=True)

    assert shown(found) == {"Mars": 40}


def test_a_filter_hides_a_name_that_it_leaves_few_out_of():
    found = coarse(
        brands(Mars=40, Nest=30),
        10,
        is_typed=True,
        wholes=[brands(Mars=44, Nest=60)],
    )

    assert shown(found) == {"Nest": 30}

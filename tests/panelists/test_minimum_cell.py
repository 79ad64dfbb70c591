"""What may be shown of small groups, and what nobody can work out."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelists.minimum_cell import Count, Hidden, counted, shown_count, suppressed


@pytest.mark.parametrize(
    ("people", "shown"),
    [(0, None), (1, None), (9, None), (10, 10), (11, 10), (19, 10), (20, 20), (57, 50)],
)
def test_a_count_is_shown_in_steps_of_the_minimum(people, shown):
    assert shown_count(people, 10) == shown


def test_counts_speak_in_words():
    assert str(counted(7, 10)) == "fewer than 10"
    assert str(counted(57, 10)) == "at least 50"
    assert (counted(7, 10).is_shown, counted(57, 10).is_shown) == (False, True)
    assert counted(57, 10) == Count(at_least=50, minimum=10)


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(5, 50))
def test_no_difference_of_two_counts_is_a_group_too_small(one, other, minimum):
    shown = [shown_count(people, minimum) for people in (one, other)]

    if None not in shown:
        difference = abs(shown[0] - shown[1])
        assert difference == 0 or difference >= minimum


def test_a_table_of_large_figures_is_shown_whole():
    assert suppressed([[10, 20], [30, 40]], 10) == Hidden(
        cells=((False, False), (False, False)),
        row_totals=(False, False),
        column_totals=(False, False),
        total=False,
    )


def test_a_small_figure_takes_three_others_along():
    hidden = suppressed([[3, 30, 99], [30, 40, 99], [99, 99, 99]], 10)

    assert hidden == Hidden(
        cells=((True, True, False), (True, True, False), (False, False, False)),
        row_totals=(False, False, False),
        column_totals=(False, False, False),
        total=False,
    )


def test_with_one_row_the_columns_totals_are_hidden_too():
    hidden = suppressed([[3, 50, 60]], 10)

    assert hidden == Hidden(
        cells=((True, True, False),),
        row_totals=(False,),
        column_totals=(True, True, False),
        total=False,
    )


def test_of_too_few_people_nothing_is_shown():
    hidden = suppressed([[1, 2], [3, 3]], 10)

    assert hidden == Hidden(
        cells=((True, True), (True, True)),
        row_totals=(True, True),
        column_totals=(True, True),
        total=True,
    )


@pytest.mark.parametrize("counts", [[], [[]], [[], []]])
def test_an_empty_table_has_nobody_to_show(counts):
    assert suppressed(counts, 10).total is True


def test_small_totals_are_hidden():
    hidden = suppressed([[4, 4, 1], [20, 30, 40]], 10)

    assert hidden.row_totals[0] is True
    assert all(hidden.cells[0])


tables = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 4), min_size=columns, max_size=columns),
        min_size=1,
        max_size=2,
    )
)


def figures(counts) -> list[int]:
    """Cells, totals of rows, totals of columns, and everyone."""
    columns = [sum(column) for column in zip(*counts, strict=True)]
    cells = [one for row in counts for one in row]
    return [*cells, *(sum(row) for row in counts), *columns, sum(cells)]


def flags(hidden: Hidden) -> list[bool]:
    cells = [one for row in hidden.cells for one in row]
    return [*cells, *hidden.row_totals, *hidden.column_totals, hidden.total]


def tables_that_look_alike(counts, hidden: Hidden):
    """Every table of as many people whose shown figures are the same."""
    width, people = len(counts[0]), sum(map(sum, counts))
    shown = [
        (place, figure)
        for place, (figure, is_hidden) in enumerate(
            zip(figures(counts), flags(hidden), strict=True)
        )
        if not is_hidden
    ]
    for cells in product(range(people + 1), repeat=width * len(counts) - 1):
        if (last := people - sum(cells)) < 0:
            continue
        cells = [*cells, last]
        table = [cells[at : at + width] for at in range(0, len(cells), width)]
        told = figures(table)
        if all(told[place] == figure for place, figure in shown):
            yield told


@settings(deadline=None, max_examples=60)
@given(tables, st.integers(1, 4))
def test_nobody_can_tell_that_a_hidden_figure_is_too_small(counts, minimum):
    people = sum(map(sum, counts))
    counts = counts if people <= 9 else [[min(one, 1) for one in row] for row in counts]
    hidden = suppressed(counts, minimum)

    mine = figures(counts)
    small = {place for place, figure in enumerate(mine) if figure < minimum}
    assert {place for place in small if not flags(hidden)[place]} == set()
    if sum(map(sum, counts)) >= minimum:
        most = [0] * len(mine)
        for told in tables_that_look_alike(counts, hidden):
            most = [max(pair) for pair in zip(most, told, strict=True)]
        assert {place for place in small if most[place] < minimum} == set()


@given(
    st.lists(
        st.lists(st.integers(0, 60), min_size=6, max_size=6), min_size=5, max_size=5
    )
)
def test_the_total_stays_where_there_are_enough_people(counts):
    hidden = suppressed(counts, 10)

    assert hidden.total is (sum(map(sum, counts)) < 10)


def test_a_wide_table_keeps_most_of_its_large_figures():
    counts = [[3 if row == column else 40 for column in range(8)] for row in range(8)]

    hidden = suppressed(counts, 10)

    assert sum(map(sum, hidden.cells)) == 22
    assert not any(hidden.row_totals + hidden.column_totals)

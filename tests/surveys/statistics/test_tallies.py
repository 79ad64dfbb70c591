from datetime import date
from decimal import Decimal

import pytest

from surveys.definition import Kind, Option, Question, Row, ScaleStyle
from surveys.statistics.estimates import Base, of
from surveys.statistics.tallies import MOST_NAMES, codes_in, others_in, tally

OPTIONS = (Option("a"), Option("b"), Option("c", asks_text=True))


def question(kind: Kind, **fields) -> Question:
    return Question("q1", kind, **{"options": OPTIONS} | fields)


def counts(parts) -> dict[str, int]:
    return {part.code: part.base.n for part in parts}


def shares(parts) -> dict[str, float]:
    return {part.code: round(part.share.value, 4) for part in parts}


def test_single_counts_each_option_also_those_nobody_chose():
    groups = [({"chosen": "a"}, of(3)), ({"chosen": "c", "other": "x"}, of(1))]

    found = tally(question(Kind.SINGLE), groups)

    assert found.base.n == 4
    assert counts(found.parts) == {"a": 3, "b": 0, "c": 1}
    assert shares(found.parts) == {"a": 0.75, "b": 0, "c": 0.25}


def test_multiple_shares_are_of_those_who_answered():
    groups = [({"chosen": ["a", "b"]}, of(2)), ({"chosen": ["b"]}, of(2))]

    found = tally(question(Kind.MULTIPLE), groups)

    assert found.base.n == 4
    assert shares(found.parts) == {"a": 0.5, "b": 1, "c": 0}


def test_an_option_of_an_older_version_stands_behind():
    found = tally(question(Kind.SINGLE), [({"chosen": "gone"}, of(1))])

    assert counts(found.parts) == {"a": 0, "b": 0, "c": 0, "gone": 1}


def test_weights_make_the_shares_and_leave_the_counts():
    groups = [
        ({"chosen": "a"}, Base(2, 3.0, 4.5)),
        ({"chosen": "b"}, Base(2, 1.0, 0.5)),
    ]

    found = tally(question(Kind.SINGLE), groups)

    assert counts(found.parts) == {"a": 2, "b": 2, "c": 0}
    assert shares(found.parts) == {"a": 0.75, "b": 0.25, "c": 0}
    assert found.base.effective == pytest.approx(3.2)


def test_brand_names_are_counted_whatever_their_case():
    groups = [
        ({"chosen": "Nestlé"}, of(3)),
        ({"chosen": "nestlé "}, of(1)),
        ({"chosen": "Mars"}, of(2)),
    ]

    found = tally(question(Kind.BRAND, options=()), groups)

    assert counts(found.parts) == {"Nestlé": 4, "Mars": 2}


def test_rare_brand_names_are_counted_together():
    groups = [({"chosen": f"name {n:03}"}, of(1)) for n in range(MOST_NAMES + 5)]

    found = tally(question(Kind.BRAND, options=()), groups)

    assert len(found.parts) == MOST_NAMES
    assert found.others.n == 5


def test_a_scale_has_all_its_points_and_a_mean():
    scale = question(Kind.SCALE, least=Decimal(1), most=Decimal(4))

    found = tally(scale, [(4, of(2)), (1, of(2))])

    assert counts(found.parts) == {"1": 2, "2": 0, "3": 0, "4": 2}
    assert found.spread.mean.value == 2.5
    assert found.nps is None


def test_an_nps_scale_has_its_score():
    found = tally(question(Kind.SCALE, style=ScaleStyle.NPS), [(10, of(3)), (3, of(1))])

    assert len(found.parts) == 11
    assert found.nps.value == 50


def test_a_matrix_has_a_base_for_each_row():
    matrix = question(Kind.MATRIX, rows=(Row("x"), Row("y")))

    found = tally(matrix, [({"x": "a", "y": "b"}, of(2)), ({"x": "b"}, of(1))])

    rows = dict(found.rows)
    assert found.base.n == 3
    assert (rows["x"].base.n, rows["y"].base.n) == (3, 2)
    assert counts(rows["x"].parts) == {"a": 2, "b": 1, "c": 0}


def test_a_matrix_of_several_counts_each_column():
    matrix = question(Kind.MATRIX, rows=(Row("x"),), is_multiple=True)

    found = tally(matrix, [({"x": ["a", "b"]}, of(2))])

    assert shares(dict(found.rows)["x"].parts) == {"a": 1, "b": 1, "c": 0}


def test_ranking_has_mean_ranks_and_first_choices():
    found = tally(
        question(Kind.RANKING),
        [(["a", "b"], of(3)), (["b", "a"], of(1)), (["c"], of(1))],
    )

    by_code = {one.code: one for one in found.ranks}
    assert by_code["a"].mean.value == 1.25
    assert by_code["a"].base.n == 4
    assert by_code["a"].first.value == 0.6
    assert by_code["c"].mean.value == 1
    assert by_code["c"].first.base.n == 5


def test_numbers_have_quartiles_and_bins():
    found = tally(question(Kind.NUMBER), [(n, of(1)) for n in (4, 1, 3, 2)])

    assert (found.least, found.quartiles, found.most) == (1, (1.5, 2.5, 3.5), 4)
    assert found.spread.mean.value == 2.5
    assert [one.base.n for one in found.bins] == [1, 1, 1, 1]


def test_dates_are_counted_by_day_or_month():
    few = tally(question(Kind.DATE), [("2026-01-05", of(2)), ("2026-01-07", of(1))])
    many = tally(
        question(Kind.DATE),
        [(f"2026-{m:02}-{d:02}", of(1)) for m in (1, 2) for d in range(1, 21)],
    )

    assert (few.first, few.middle) == (date(2026, 1, 5), date(2026, 1, 5))
    assert counts(few.parts) == {"2026-01-05": 2, "2026-01-07": 1}
    assert counts(many.parts) == {"2026-01": 20, "2026-02": 20}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.INFORMATION])
def test_every_kind_can_be_unanswered(kind):
    assert tally(question(kind), []).base.n == 0


def test_what_was_typed_beside_an_option():
    groups = [({"chosen": "c", "other": "juice"}, of(1)), ({"chosen": "a"}, of(1))]

    assert list(others_in(question(Kind.SINGLE), groups)) == [("juice", of(1))]


@pytest.mark.parametrize(
    ("kind", "value", "codes"),
    [
        (Kind.SINGLE, {"chosen": "a"}, ("a",)),
        (Kind.MULTIPLE, {"chosen": ["a", "b"]}, ("a", "b")),
        (Kind.SCALE, 7, ("7",)),
        (Kind.RANKING, ["b", "a"], ("b",)),
        (Kind.NUMBER, 7, ()),
    ],
)
def test_codes_in_an_answer(kind, value, codes):
    assert codes_in(question(kind), value) == codes

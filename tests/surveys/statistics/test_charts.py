from surveys.statistics.charts import Bar, Column, Whisker, bar, columns, stack, whisker
from surveys.statistics.estimates import Estimate, of


def test_a_bar_is_as_long_as_its_share():
    assert bar(Estimate(0.425, 0.3, 0.55, of(40))) == Bar("42.5", "30", "55")


def test_segments_stand_behind_each_other():
    found = stack([("1", 0.25), ("2", 0.0), ("3", 0.75)])

    assert [(one.x, one.width, one.shade) for one in found] == [
        ("0", "25", 0),
        ("25", "0", 5),
        ("25", "75", 10),
    ]


def test_a_whisker_never_leaves_its_scale():
    assert whisker(Estimate(2.0, 0.5, 3.5, of(4)), 1, 5) == Whisker("25", "0", "62.5")


def test_without_an_interval_a_whisker_is_a_point():
    assert whisker(Estimate(3.0, None, None, of(1)), 1, 5) == Whisker("50", "50", "50")


def test_the_highest_column_fills_the_picture():
    assert columns([1, 2]) == (
        Column("1", "60", "158", "60"),
        Column("161", "0", "158", "120"),
    )

from datetime import date
from decimal import Decimal

import pytest

from receipts.measuring.scoring import (
    Score,
    Share,
    accept_curve,
    calibration_error,
    quantile,
    reliability,
    score,
    share,
    straight,
    straight_right,
    verdict,
)
from receipts.measuring.truth import ItemCount, Truth

TRUTH = Truth(
    day=date(2026, 3, 14),
    total=Decimal("19.01"),
    merchants=("FERNHILL MARKET",),
    tax=Decimal("0.00"),
    items=({"description": "Rolled oats", "amount": 3.5},),
)
ROW = {
    "date": "2026-03-14",
    "total": "19.01",
    "merchant": "Fernhill Market",
    "tax": None,
    "items": [{"description": "Rolled oats", "amount": "3.50"}],
    "confidence": {"date": 0.9, "total": 0.5},
    "straight_through": True,
}


def scored(right: bool, date_confidence=0.9, total=0.9, *, taken=False) -> Score:
    return Score(
        file="one.jpg",
        group="us",
        right={"date": right, "both": right},
        confidence={"date": date_confidence, "total": total},
        straight_through=taken,
    )


def test_a_right_reading_has_all_that_was_judged_right():
    found = score("us/one.jpg", "us", ROW, TRUTH)

    assert found.right == {
        "date": True,
        "total": True,
        "tax": True,
        "merchant": True,
        "items": True,
        "both": True,
    }
    assert found.items == ItemCount(1, 1, 1)
    assert found.straight_through
    assert found.joint_confidence == pytest.approx(0.45)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"date": "2026-03-15"}, {"date", "both"}),
        ({"date": None}, {"date", "both"}),
        ({"total": "19.00"}, {"total", "both"}),
        ({"total": None}, {"total", "both"}),
        ({"merchant": "Harbor Street"}, {"merchant"}),
        ({"tax": "1.00"}, {"tax"}),
        ({"items": []}, {"items"}),
    ],
)
def test_a_wrong_field_is_wrong(change, wrong):
    found = score("us/one.jpg", "us", ROW | change, TRUTH)

    assert {name for name, right in found.right.items() if not right} == wrong


def test_an_item_that_the_label_merged_is_right_in_two_lines():
    truth = Truth(items=({"description": "Green tea", "amount": 4.0},))
    lines = [{"description": "Green tea", "amount": "2.00"}] * 2

    found = score("us/one.jpg", "us", ROW | {"items": lines}, truth)

    assert found.items == ItemCount(0, 1, 2)
    assert found.merged == ItemCount(1, 1, 1)
    assert found.right["items"]


def test_a_file_that_was_not_read_has_nothing_right():
    found = score("us/one.jpg", "us", {"error": "damaged"}, TRUTH)

    assert not any(found.right.values())
    assert not found.straight_through


def test_a_field_without_a_label_is_not_judged():
    found = score("us/one.jpg", "us", ROW, Truth(total=Decimal("19.01")))

    assert found.right == {"total": True, "both": True}
    assert found.items is None


@pytest.mark.parametrize(("read", "right"), [(None, True), ("2026-03-14", False)])
def test_where_the_paper_has_no_date_none_is_right(read, right):
    found = score("us/one.jpg", "us", ROW | {"date": read}, Truth(no_day=True))

    assert found.right == {"date": right, "both": right}


def test_shares_count_what_was_judged():
    scores = [scored(True, taken=True), scored(False), Score("x", "us", {})]

    assert share(scores, "both") == Share(1, 2)
    assert straight(scores) == Share(1, 3)
    assert straight_right(scores) == Share(1, 1)


def test_reliability_sorts_readings_by_their_confidence():
    scores = [scored(True, 0.6), scored(False, 0.7), scored(True, 0.99)]

    bins = reliability(scores, "date")

    assert [(b.low, b.high, b.share) for b in bins] == [
        (0.5, 0.7, Share(1, 2)),
        (0.98, 1.0, Share(1, 1)),
    ]
    assert bins[0].confidence == pytest.approx(0.65)
    assert calibration_error(bins) == pytest.approx((2 * 0.15 + 0.01) / 3)


def test_a_field_that_was_not_read_claims_nothing():
    assert reliability([scored(False, 0.0)], "date") == []
    assert calibration_error([]) == 0.0


def test_the_curve_takes_the_surest_first_and_the_equally_sure_together():
    scores = [scored(True, 1.0, 0.9), scored(True, 0.9), scored(False, 0.9)]

    points = accept_curve(scores)

    assert [p.share for p in points] == [Share(1, 1), Share(2, 3)]
    assert [p.accepted for p in points] == pytest.approx([1 / 3, 1.0])


@pytest.mark.parametrize(
    ("found", "at_least", "said"),
    [
        (Share(97, 100), 0.97, "met"),
        (Share(96, 100), 0.97, "not met, within the interval"),
        (Share(80, 100), 0.97, "not met"),
        (Share(13, 14), 13 / 14, "met"),
        (Share(99, 100), 1.0, "not met"),
        (Share(0, 0), 0.97, "not measured"),
    ],
)
def test_a_target_is_met_or_not(found, at_least, said):
    assert verdict(found, at_least) == said


def test_the_quantile_is_one_of_the_values():
    assert quantile(range(1, 101), 0.95) == 95
    assert quantile([3.0], 0.95) == 3.0

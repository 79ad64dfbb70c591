import pytest

from receipts.training.examples import (
    Example,
    Offer,
    by_rules,
    group_of,
    is_held_back,
    split,
)


@pytest.mark.parametrize(
    "name", ["Quince Market", "QUINCE MARKET #204", "Quince  Market 17", "quincemarket"]
)
def test_a_merchants_stores_are_one_group(name):
    assert group_of(name) == "quincemarket"


def test_no_merchant_is_on_both_sides():
    examples = [Example(f"shop {n % 20}", {}) for n in range(200)]

    fitted, held_back = split(examples, 0.3)

    assert not {e.group for e in fitted} & {e.group for e in held_back}
    assert len(fitted) + len(held_back) == 200


def test_about_the_share_of_merchants_is_held_back():
    held = [is_held_back(f"shop {n}", 0.3) for n in range(2000)]

    assert 0.27 < sum(held) / 2000 < 0.33


def test_a_merchant_that_is_held_back_stays_so_when_more_are():
    few = {n for n in range(500) if is_held_back(f"shop {n}", 0.2)}

    assert few < {n for n in range(500) if is_held_back(f"shop {n}", 0.4)}


def test_offers_stand_in_the_rules_order():
    few, none, many = (
        Offer({"points": 1.5}, False),
        Offer({}, False),
        Offer({"points": 4.0}, True),
    )

    assert by_rules([few, none, many]) == (many, few, none)

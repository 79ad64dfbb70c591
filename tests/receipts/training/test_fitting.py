from dataclasses import replace
from datetime import date

import pytest

from receipts.reading.chooser import FieldModel, Model, model_as_json, model_from_json
from receipts.training.examples import Example, Offer
from receipts.training.figures import answers, figures_of, reliability
from receipts.training.fitting import crossed, fit
from tests.receipts.training.made_up import made_up

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def model() -> Model:
    return fit(made_up(800), day=DAY, present=Model())


def test_what_tells_right_from_wrong_gets_the_weight(model):
    features = model.fields["total"].features

    assert features["margin"][2] > 0.3
    assert features["confidence"][2] > 0.1


def test_confidence_on_new_receipts_is_the_share_that_is_right(model):
    new = made_up(3000, seed=2)

    bins = reliability(answers(model, "total", new))

    assert len(bins) >= 4
    for one in bins:
        if one.receipts >= 100:
            assert one.right == pytest.approx(one.confidence, abs=0.08)


def test_it_knows_more_than_the_share_of_all(model):
    found = answers(model, "total", made_up(3000, seed=2))
    right = sum(a.is_right for a in found) / len(found)

    blind = [replace(a, confidence=right) for a in found]

    assert figures_of(found).log_loss < 0.8 * figures_of(blind).log_loss


def test_the_same_receipts_make_the_same_version(model):
    assert fit(made_up(800), day=DAY, present=Model()) == model
    assert model.version.startswith("2026-11-24.")


def test_other_receipts_make_another_version(model):
    assert fit(made_up(800, seed=5), day=DAY, present=Model()).version != model.version


def test_a_fitted_model_is_the_same_after_json(model):
    assert model_from_json(model_as_json(model)) == model


def test_nobody_is_surer_than_the_number_of_receipts_shows(model):
    sure = Offer({"margin": 50.0, "confidence": 50.0}, True)

    assert model.confidence("total", sure.features) <= 1 - 1 / 802


def test_a_field_without_mistakes_keeps_the_present_weights():
    present = Model("1", {"date": FieldModel({}, 0.0, ((0.0, 0.9),))})
    right = [
        replace(example, fields={"date": (Offer({"margin": 1.0}, True),)})
        for example in made_up(300)
    ]

    model = fit(right, day=DAY, present=present)

    assert model.fields == present.fields


def test_receipts_of_too_few_merchants_teach_nothing():
    few = [replace(example, group="one") for example in made_up(300)]

    assert fit(few, day=DAY, present=Model()).fields == {}


def test_rules_that_choose_well_keep_their_choice(model):
    assert not any(one.choosing for one in model.fields.values())


def choices(wrong_first: int) -> list[Example]:
    """Receipts where a fact tells the right one of two, which is the rules' second
    once in `wrong_first` times."""
    return [
        replace(
            example,
            fields={
                "total": (
                    Offer({"points": 2.0, "fact": float(n % wrong_first)}, is_first),
                    Offer({"points": 1.0, "fact": 3.0 * (not is_first)}, not is_first),
                )
            },
        )
        for n, example in enumerate(made_up(400))
        for is_first in [n % wrong_first != 0]
    ]


def test_the_model_chooses_where_it_is_better():
    model = fit(choices(wrong_first=5), day=DAY, present=Model())

    offers = [{"points": 2.0}, {"points": 1.0, "fact": 3.0}]
    assert model.order("total", offers) == [1, 0]
    assert model_from_json(model_as_json(model)) == model


def test_second_looks_are_no_part_of_choosing():
    looked = [
        replace(
            example,
            fields={
                name: tuple(
                    replace(o, features=o.features | {"sight_confirmed": n == 0})
                    for n, o in enumerate(offers)
                )
                for name, offers in example.fields.items()
            },
        )
        for example in choices(wrong_first=5)
    ]

    total = fit(looked, day=DAY, present=Model()).fields["total"]

    assert "sight_confirmed" in total.features
    assert total.choosing.keys() == {"points", "fact"}


def test_every_merchant_is_left_out_once():
    examples = made_up(300)

    left = [example for _model, part in crossed(examples, day=DAY) for example in part]

    assert sorted(map(id, left)) == sorted(map(id, examples))


def test_a_receipt_of_which_nothing_was_found_is_no_obstacle():
    examples = [*made_up(300), Example("shop", {"total": (), "date": ()})]

    assert "total" in fit(examples, day=DAY, present=Model()).fields

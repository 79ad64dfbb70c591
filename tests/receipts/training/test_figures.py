import math
from dataclasses import replace

import pytest

from receipts.reading.chooser import FieldModel, Model
from receipts.training.examples import Example, Offer
from receipts.training.figures import (
    Answer,
    Bin,
    Figures,
    all_answers,
    answers,
    figures_of,
    reliability,
    right_by_rules,
    what_is_worse,
)

TABLE = ((0.0, 0.0), (1.0, 1.0))
# Its confidence is the feature itself.
PLAIN = Model("1", {"total": FieldModel({"chance": (0.0, 1.0, 1.0)}, 0.0, TABLE)})


def example(*offers: tuple[float, bool]) -> Example:
    return Example(
        "shop", {"total": tuple(Offer({"chance": c}, right) for c, right in offers)}
    )


def test_the_rules_first_candidate_is_the_answer():
    assert answers(PLAIN, "total", [example((0.6, False), (0.9, True))]) == [
        Answer(0.6, False)
    ]


def test_a_model_that_chooses_may_answer_otherwise():
    field = replace(PLAIN.fields["total"], choosing={"chance": 1.0})
    choosing = Model("2", {"total": field})

    assert answers(choosing, "total", [example((0.6, False), (0.9, True))]) == [
        Answer(0.9, True)
    ]


def test_what_the_rules_choose_rightly_is_counted():
    examples = [
        example((0.6, False), (0.9, True)),
        example((0.9, True)),
        Example("shop", {"total": ()}),
    ]

    assert right_by_rules("total", examples) == 1


def test_nothing_found_is_known_to_be_wrong():
    assert answers(PLAIN, "total", [Example("shop", {"total": ()})]) == [
        Answer(0.0, False)
    ]


def test_an_unknown_truth_is_no_answer():
    assert answers(PLAIN, "total", [Example("shop", {})]) == []


def test_rules_alone_cannot_tell():
    assert answers(Model(), "total", [example((0.6, True))]) == [Answer(0.5, True)]


def test_figures_of_four_answers():
    found = [
        Answer(0.99, True),
        Answer(0.98, True),
        Answer(0.97, False),
        Answer(0.5, True),
    ]

    figures = figures_of(found)

    assert figures.receipts == 4
    assert figures.right == 3
    assert figures.brier == pytest.approx((0.0001 + 0.0004 + 0.9409 + 0.25) / 4)
    assert figures.log_loss == pytest.approx(
        -(math.log(0.99) + math.log(0.98) + math.log(0.03) + math.log(0.5)) / 4
    )
    assert figures.without_error == 0.5
    assert (figures.sure, figures.wrong_sure) == (3, 1)


def test_of_equals_the_wrong_one_counts_first():
    assert figures_of([Answer(0.9, True), Answer(0.9, False)]).without_error == 0.0


def test_no_answers_have_figures_too():
    assert figures_of([]) == Figures(0, 0, 0.0, 0.0, 0.0, 0, 0)


def test_bins_tell_the_share_that_is_right():
    found = [Answer(0.91, True), Answer(0.93, False), Answer(1.0, True)]

    assert reliability(found) == [
        Bin(2, pytest.approx(0.92), 0.5),
        Bin(1, 1.0, 1.0),
    ]


GOOD = [Answer(0.99, True), Answer(0.98, True), Answer(0.6, False)]


@pytest.mark.parametrize(
    ("new", "sentences"),
    [
        (
            [Answer(0.999, True), Answer(0.1, False), Answer(0.1, False)],
            [
                "It chooses the right total 1 times, the present one 2 times of 3.",
                "Of the 2 whose total is surest it has 1 wrong, the present one 0.",
            ],
        ),
        (
            [Answer(0.97, True), Answer(0.97, True), Answer(0.7, False)],
            [
                "Its confidence in the total has a log loss of 0.4216, the present "
                "one’s of 0.3155."
            ],
        ),
        (
            [Answer(0.99, True), Answer(0.5, True), Answer(0.51, False)],
            [
                "Its confidence in the total has a log loss of 0.4722, the present "
                "one’s of 0.3155.",
                "Of the 2 whose total is surest it has 1 wrong, the present one 0.",
            ],
        ),
    ],
)
def test_what_is_worse_is_said(new, sentences):
    assert what_is_worse({"total": new}, {"total": GOOD}) == sentences


def test_as_good_is_not_worse():
    assert what_is_worse({"total": GOOD}, {"total": GOOD}) == []


def test_to_be_sure_of_more_is_not_worse():
    shy = [Answer(0.6, True), Answer(0.6, True), Answer(0.6, False)]

    assert what_is_worse({"total": GOOD}, {"total": shy}) == []


def test_every_field_has_answers():
    found = all_answers(PLAIN, [example((0.9, True))])

    assert found == {"total": [Answer(0.9, True)], "date": [], "merchant": []}

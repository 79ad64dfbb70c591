import json
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from receipts.reading.chooser import (
    BadModel,
    FieldModel,
    Model,
    Paper,
    load_model,
    model_as_json,
    model_from_json,
    offered,
    order_days,
    order_totals,
)
from receipts.reading.dates import DateCandidate
from receipts.reading.gate import Sight
from receipts.reading.merchant import Named, find_merchant
from receipts.reading.totals import Candidate, labeled
from tests.receipts.reading.paper import page_of

TODAY = date(2026, 11, 24)
NOBODY = Named(None, None, 0.0, ())
LINES = ["LANTERN MARKET", "Soap 4.00", "Total 4.32", "Cash 5.00", "Change 0.68"]


def paper(**fields) -> Paper:
    defaults = {
        "rows": labeled(LINES),
        "confidences": [0.9] * len(LINES),
        "submitted_on": None,
        "today": TODAY,
    }
    return Paper(**defaults | fields)


def total(value: str, points: float, line: int, **fields) -> Candidate:
    return Candidate(Decimal(value), points, [line], is_printed=True, **fields)


TOTALS = [
    total("4.32", 6.0, 2, on_total_line=True, facts={"change": "5.00 - 0.68 = 4.32."}),
    total("5.00", 2.5, 3),
]


def test_totals_are_described_in_numbers():
    first, second = offered(TOTALS, [], NOBODY, paper())["total"]

    assert first["value"] == "4.32"
    assert first["features"]["margin"] == 3.5
    assert first["features"]["on_total_line"] == 1
    assert first["features"]["fact_change"] == 1
    assert first["features"]["label_total"] == 1
    assert second["value"] == "5.00"
    assert second["features"]["margin"] == -3.5
    assert second["features"]["smaller_total"] == 1
    assert second["features"]["is_largest"] == 1
    assert "on_total_line" not in second["features"]


def test_features_hold_nothing_but_numbers():
    days = [DateCandidate(date(2026, 11, 20), 0, 3.0, lines=(0,))]
    named = Named("Lantern Market", "supermarket", 0.9, ("Line 1 of the header.",))

    fields = offered(TOTALS, days, named, paper())

    assert {
        type(value)
        for candidates in fields.values()
        for candidate in candidates
        for value in candidate["features"].values()
    } == {float}


def test_at_most_eight_candidates_are_offered():
    many = [total(f"{n}.00", 9.0 - n, 2) for n in range(1, 30)]

    assert len(offered(many, [], NOBODY, paper())["total"]) == 8


@pytest.mark.parametrize("sight", Sight)
def test_a_second_look_tells_of_the_first_candidate_alone(sight):
    first, second = offered(TOTALS, [], NOBODY, paper(total_sight=sight))["total"]

    assert first["features"][f"sight_{sight}"] == 1
    assert not any(name.startswith("sight") for name in second["features"])


def test_where_nobody_looked_again_nothing_is_said():
    first = offered(TOTALS, [], NOBODY, paper(date_sight=Sight.CONFIRMED))["total"][0]

    assert not any(name.startswith("sight") for name in first["features"])


def test_days_tell_whether_they_fit_the_submission():
    days = [
        DateCandidate(date(2026, 11, 4), 0, 3.0, lines=(0,), is_ambiguous=True),
        DateCandidate(date(2026, 4, 11), 0, 1.0, swapped=True, lines=(0,)),
    ]

    first, second = offered([], days, NOBODY, paper(submitted_on=TODAY))["date"]

    assert first["value"] == "2026-11-04"
    assert first["features"]["is_recent"] == 1
    assert first["features"]["has_turned_rival"] == 1
    assert "is_recent" not in second["features"]
    assert second["features"]["is_swapped"] == 1


def test_a_candidate_off_the_page_is_described_too():
    (one,) = offered([Candidate(Decimal("4.32"), 0.5)], [], NOBODY, paper())["total"]

    assert one["features"]["not_on_page"] == 1


def test_a_page_without_lines_offers_nothing():
    nothing = paper(rows=[], confidences=[])

    assert offered([], [], NOBODY, nothing) == {"total": (), "date": (), "merchant": ()}


def test_a_merchant_is_described_by_what_found_it():
    page = page_of(
        """
        WALMART
        12 Quince Road
        Soap 4.00
        """
    )

    named = find_merchant(page.lines, [])

    (one,) = offered([], [], named, paper())["merchant"]
    assert one["value"] == named.name
    assert one["features"]["is_brand"] == 1


# --- Models

TABLE = ((-2.0, 0.1), (0.0, 0.5), (2.0, 0.98))
MODEL = Model(
    "2026-11-24.0a1b2c3d",
    {"total": FieldModel({"margin": (1.0, 2.0, 1.5)}, 0.25, TABLE)},
)


def test_a_score_weighs_standardised_features():
    assert MODEL.score("total", {"margin": 2.0}) == pytest.approx(0.25 + 1.5 * 0.5)


def test_a_feature_that_is_missing_is_0_and_an_unknown_one_nothing():
    score = MODEL.score("total", {"fact_new": 7.0})

    assert score == MODEL.score("total", {"margin": 0.0})


def test_a_feature_far_from_what_was_seen_counts_as_the_edge_of_it():
    far = MODEL.score("total", {"margin": 1e12})

    assert far == MODEL.score("total", {"margin": 13.0}) == pytest.approx(9.25)


@pytest.mark.parametrize(
    ("score", "probability"),
    [(-9.0, 0.1), (-2.0, 0.1), (-1.0, 0.3), (0.0, 0.5), (1.0, 0.74), (9.0, 0.98)],
)
def test_a_score_becomes_a_probability_along_the_table(score, probability):
    assert FieldModel({}, 0.0, TABLE).probability(score) == pytest.approx(probability)


def test_a_field_that_was_not_learned_has_no_confidence():
    assert MODEL.confidence("date", {"margin": 3.0}) is None
    assert Model().confidence("total", {"margin": 3.0}) is None


CHOOSING = Model(
    "1",
    {"total": FieldModel({"margin": (0.0, 1.0, 0.5)}, 0.0, TABLE, {"margin": -1.0})},
)


def test_the_rules_order_holds_unless_the_model_chooses():
    offers = [{"margin": -2.0}, {"margin": 4.0}, {"margin": 0.5}]

    assert MODEL.order("total", offers) == [0, 1, 2]
    assert CHOOSING.order("total", offers) == [0, 2, 1]
    assert CHOOSING.order("date", offers) == [0, 1, 2]


def test_totals_are_put_in_the_models_order():
    many = [total(f"{n}.00", 9.0 - 0.5 * n, 2) for n in range(1, 12)]

    ordered = order_totals(many, paper(), CHOOSING)

    assert [c.value for c in ordered[:2]] == [8, 7]
    assert ordered[8:] == many[8:]
    assert order_totals(many, paper(), MODEL) == many


def test_days_are_put_in_the_models_order():
    days = [
        DateCandidate(date(2026, 11, 4), 0, 3.0, lines=(0,)),
        DateCandidate(date(2026, 4, 11), 0, 1.0, swapped=True, lines=(0,)),
    ]
    choosing = Model("1", {"date": CHOOSING.fields["total"]})

    assert order_days(days, paper(), choosing) == days[::-1]
    assert order_days(days, paper(), MODEL) == days


def test_a_model_is_the_same_after_json():
    assert model_from_json(model_as_json(MODEL)) == MODEL


def test_a_file_is_loaded(tmp_path):
    file = tmp_path / "model.json"
    file.write_text(model_as_json(MODEL), "utf-8")

    assert load_model(file) == MODEL


def test_the_portals_own_model_knows_every_field():
    shipped = load_model()

    assert set(shipped.fields) == {"total", "date", "merchant"}
    assert model_from_json(model_as_json(shipped)) == shipped


def changed(**fields) -> str:
    data = json.loads(model_as_json(MODEL))
    data["fields"]["total"] |= fields
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The model isn’t JSON with plain numbers."),
        ("[" * 100_000, "The model isn’t JSON with plain numbers."),
        ("[]", "The model isn’t of format 1, which this portal reads."),
        ('{"format": 2}', "The model isn’t of format 1, which this portal reads."),
        ('{"format": 1, "version": 3}', "The model has no version."),
        (
            '{"format": 1, "version": "../../etc", "fields": {}}',
            "The model has no version.",
        ),
        (
            '{"format": 1, "version": "1", "fields": {"tip": {}}}',
            "The model’s fields must be among total, date, merchant.",
        ),
        (
            '{"format": 1, "version": "1", "fields": {"total": {}}}',
            "The model’s total must have choosing, features, intercept, table.",
        ),
        (
            changed(intercept=float("nan")),
            "The model isn’t JSON with plain numbers.",
        ),
        (changed(intercept="0"), "The model’s intercept of total must be a number."),
        (changed(intercept=True), "The model’s intercept of total must be a number."),
        (
            changed(intercept=10**400),
            "The model’s intercept of total holds a number that can’t be meant.",
        ),
        (
            changed(features=[1]),
            "The model’s features of total must be named numbers.",
        ),
        (
            changed(features={"__class__": [0, 1, 1]}),
            "The model has a feature of total with an odd name.",
        ),
        (
            changed(features={"margin": [0, 1]}),
            "The model’s feature margin of total must be 3 numbers.",
        ),
        (
            changed(features={"margin": [0, 0, 1]}),
            "The model’s scale of margin of total must be above 0.",
        ),
        (changed(table=[]), "The model’s table of total must be a list of points."),
        (
            changed(table=[[0, 1.5]]),
            "The model’s table of total must hold probabilities.",
        ),
        (changed(table=[[0, 0.5], [0, 0.6]]), "The model’s table of total must rise."),
        (changed(table=[[0, 0.5], [1, 0.4]]), "The model’s table of total must rise."),
        (
            changed(choosing={"points": 1.0}),
            "The model must choose total by its features.",
        ),
        (
            changed(choosing={"margin": None}),
            "The model’s choosing of total must be a number.",
        ),
        (" " * 1_000_001, "The model is larger than a model can be."),
    ],
)
def test_what_is_no_model_is_refused_in_words(text, sentence):
    with pytest.raises(BadModel) as refusal:
        model_from_json(text)

    assert str(refusal.value) == sentence


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "model.json"
    file.write_bytes(b"\x80\x04\x95pickle")

    with pytest.raises(BadModel, match="isn’t text"):
        load_model(file)


def test_reading_needs_no_scikit_learn():
    code = (
        "import sys; import receipts.reading.chooser, receipts.reading.read; "
        "print('sklearn' in sys.modules)"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "False"

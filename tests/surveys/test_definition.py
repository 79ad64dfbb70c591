"""A survey as JSON and back."""

from decimal import Decimal

import pytest

from surveys.definition import (
    END,
    NO_TEXT,
    Definition,
    Kind,
    Option,
    Page,
    Purchase,
    Question,
    Quota,
    Skip,
    Text,
    WrongDefinition,
    as_json,
    free_code,
    from_json,
    say,
    with_question,
)

COFFEE = Question(
    "q1",
    Kind.SINGLE,
    Text(en="Do you drink coffee?", de="Trinken Sie Kaffee?"),
    options=(Option("yes", Text(en="Yes")), Option("no", Text(en="No"))),
)
SURVEY = Definition(
    title=Text(en="Coffee"),
    languages=("en", "de"),
    pages=(
        Page("p1", (COFFEE,), skips=(Skip("q1 = 'no'", END),)),
        Page("p2", (Question("cups", Kind.NUMBER, most=Decimal("20.5")),)),
    ),
    quotas=(Quota("drinkers", "Drinkers", 100, "q1 = 'yes'"),),
    purchase=Purchase(product="coffee"),
)


def test_a_survey_comes_back_from_its_json_as_it_was():
    assert from_json(as_json(SURVEY)) == SURVEY
    assert hash(from_json(as_json(SURVEY))) == hash(SURVEY)


def test_json_tells_only_what_differs_from_the_defaults():
    assert as_json(SURVEY)["pages"][1] == {
        "id": "p2",
        "questions": [{"code": "cups", "kind": "number", "most": "20.5"}],
    }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (3, "A survey is a JSON object."),
        ({"format": 2}, "This survey was written by a newer version."),
        ({"pages": 3}, "survey.pages: a list was expected."),
        ({"pages": [3]}, "survey.pages[0]: an object was expected."),
        ({"pages": [{}]}, "survey.pages[0]: “id” is missing."),
        ({"pages": [{"id": 1}]}, "survey.pages[0].id: something else was expected."),
        ({"sides": 1}, "survey: “sides” is unknown."),
        ({"title": "A"}, "survey.title: a text by language was expected."),
        ({"title": {"en": 1}}, "survey.title: a text by language was expected."),
        (
            {"pages": [{"id": "p", "questions": [{"code": "a", "kind": "x"}]}]},
            "survey.pages[0].questions[0].kind: “x” is unknown.",
        ),
        (
            {"quotas": [{"code": "a", "name": "A", "limit": True}]},
            "survey.quotas[0].limit: something else was expected.",
        ),
    ],
)
def test_json_that_is_no_survey_is_refused_in_words(data, told):
    with pytest.raises(WrongDefinition) as refused:
        from_json(data)

    assert str(refused.value) == told


@pytest.mark.parametrize(
    "value", ["x", "NaN", "Infinity", "1e999999999", True, [], None]
)
def test_a_limit_is_a_number(value):
    data = {"pages": [{"id": "p", "questions": [{"code": "a", "kind": "number"}]}]}
    data["pages"][0]["questions"][0]["most"] = value
    if value is None:
        assert from_json(data).question("a").most is None
        return

    with pytest.raises(WrongDefinition, match="a number was expected"):
        from_json(data)


def test_a_text_falls_back_to_another_language():
    assert say(COFFEE.text, "de", "en") == "Trinken Sie Kaffee?"
    assert say(COFFEE.text, "fr", "en") == "Do you drink coffee?"
    assert say(Text(de="Ja"), "fr", "en") == "Ja"
    assert say(NO_TEXT, "fr", "en") == ""


def test_a_question_is_found_and_replaced_by_its_code():
    changed = with_question(SURVEY, "cups", Question("mugs", Kind.NUMBER))

    assert changed.question("cups") is None
    assert changed.page_of("mugs").id == "p2"
    assert free_code(changed) == "q2"

"""What results read from the database: who is counted, and how."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from receipts.purchases import What
from receipts.workflow import Status as ReceiptStatus
from surveys.definition import (
    Kind,
    Option,
    Page,
    Question,
    Row,
    Text,
    with_question,
)
from surveys.models import Response
from surveys.services.results import asking, counting, reading
from surveys.services.results.selecting import Claim, Filters
from tests.factories import make_panelist, make_receipt
from tests.surveys.factories import (
    ANSWERS,
    SURVEY,
    make_author,
    make_response,
    make_survey,
    make_version,
)

pytestmark = pytest.mark.django_db
COMPLETE = Response.Status.COMPLETE


@pytest.fixture
def version():
    return make_version()


def answered(version, status=COMPLETE, **fields):
    answers = {**ANSWERS, **fields.pop("answers", {})}
    return make_response(version, answers=answers, status=status, **fields)


def result(version, code, /, **filters):
    survey = version.survey
    asked = asking.questionnaire(survey).get(code)
    return reading.distribution(survey, asked, Filters(**filters))


def counted(found) -> dict[str, int]:
    return {part.code: part.base.n for part in found.parts if part.base.n}


def claim(code: str, option: str, row: str = "") -> Claim:
    return Claim(SURVEY.question(code), option, row)


# Distributions ------------------------------------------------------------------------


def test_equal_answers_are_counted_together(version):
    answered(version)
    answered(version)
    answered(version, answers={"drinks": {"chosen": ["tea", "other"], "other": "maté"}})

    found = result(version, "drinks")

    assert found.base.n == 3
    assert counted(found) == {"coffee": 2, "tea": 3, "other": 1}


def test_every_kind_is_read(version):
    answered(version)

    assert result(version, "cups").quartiles == (3, 3, 3)
    assert counted(result(version, "favourite")) == {"coffee": 1}
    assert result(version, "recommend").nps.value == 100
    assert dict(result(version, "brand").rows)["work"].parts[0].base.n == 1
    assert result(version, "why").base.n == 1


def test_weights_are_summed(version):
    answered(version, weight=3.0)
    answered(version, weight=1.0, answers={"favourite": {"chosen": "tea"}})

    found = result(version, "favourite")

    assert [part.share.value for part in found.parts] == [0.75, 0.25, 0, 0]
    assert found.base.effective == 1.6


def test_a_response_without_weight_weighs_one(version):
    answered(version, weight=2.0)
    answered(version)

    assert result(version, "favourite").base.weight == 3


def test_trials_unfinished_and_bad_responses_do_not_count(version):
    author = make_author()
    answered(version)
    answered(version, status=Response.Status.STARTED)
    answered(version, status=Response.Status.SCREENED_OUT)
    answered(
        version,
        check_state="bad",
        checked_by=author,
        checked_at=timezone.now(),
        checked_why="Gibberish",
    )
    trial = make_version(version.survey, number=0, is_trial=True)
    answered(trial)

    assert result(version, "drinks").base.n == 1
    assert result(version, "drinks", status="").base.n == 2
    assert result(version, "drinks", check="all").base.n == 2
    assert result(version, "drinks", check="bad").base.n == 1


# Filters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "n"),
    [
        ({"age": "25-34"}, 1),
        ({"age": "65+"}, 0),
        ({"region": "US-CA"}, 1),
        ({"language": "en"}, 2),
        ({"language": "es"}, 0),
        ({"version": 1}, 2),
        ({"version": 2}, 0),
        ({"age": "25-34", "region": "US-NY"}, 0),
    ],
)
def test_filters_by_profile_language_and_version(version, filters, n):
    answered(version, profile={"age": 30, "region": "US-CA"})
    answered(version, profile={"age": 40, "region": "US-NY"})

    assert result(version, "drinks", **filters).base.n == n


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        (("drinks", "coffee"), 1),
        (("drinks", "tea"), 2),
        (("drinks", "cocoa"), 0),
        (("favourite", "coffee"), 1),
        (("recommend", "9"), 1),
        (("brand", "good", "home"), 1),
        (("brand", "bad", "home"), 1),
    ],
)
def test_filters_by_answer(version, wanted, n):
    answered(version)
    answered(
        version,
        answers={
            "drinks": {"chosen": ["tea"]},
            "favourite": {"chosen": "tea"},
            "recommend": 2,
            "brand": {"home": "bad"},
        },
    )

    assert result(version, "why", claims=(claim(*wanted),)).base.n == n


def test_a_text_typed_beside_is_no_chosen_option(version):
    answered(version, answers={"drinks": {"chosen": ["other"], "other": 'a "tea"'}})

    assert result(version, "why", claims=(claim("drinks", "tea"),)).base.n == 0


def test_filters_by_a_matrix_row_called_like_a_lookup():
    question = Question(
        "m",
        Kind.MATRIX,
        options=(Option("a"), Option("b")),
        rows=(Row("in"), Row("contains")),
        is_multiple=True,
    )
    version = make_version(definition=replace(SURVEY, pages=(Page("p1", (question,)),)))
    make_response(version, answers={"m": {"in": ["a"]}}, status=COMPLETE)

    held = {
        code: result(version, "m", claims=(Claim(question, code, "in"),)).base.n
        for code in ("a", "b")
    }

    assert held == {"a": 1, "b": 0}


def test_filters_by_first_rank():
    question = Question("r", Kind.RANKING, options=(Option("a"), Option("b")))
    version = make_version(definition=replace(SURVEY, pages=(Page("p1", (question,)),)))
    make_response(version, answers={"r": ["a", "b"]}, status=COMPLETE)
    make_response(version, answers={"r": ["b", "a"]}, status=COMPLETE)

    assert result(version, "r", claims=(Claim(question, "b"),)).base.n == 1


def test_filters_by_accepted_purchases(version):
    panel = version.survey.panel
    buyer, other = make_panelist(panel=panel), make_panelist(panel=panel)
    make_receipt(ReceiptStatus.ACCEPTED, panelist=buyer, merchant_name="Corner Grocery")
    answered(version, panelist=buyer)
    answered(version, panelist=other)

    bought = What(merchant="Corner Grocery")
    elsewhere = What(merchant="Elsewhere")

    assert result(version, "drinks", purchase=bought).base.n == 1
    assert result(version, "drinks", purchase=elsewhere).base.n == 0


def test_what_is_narrowed_can_be_left_out_again():
    filters = Filters(age="25-34", claims=(claim("drinks", "tea"),))

    assert filters.narrowed == ("age", "claims.0")
    assert filters.without("age") == Filters(claims=filters.claims)
    assert filters.without("claims.0") == Filters(age="25-34")
    assert Filters().narrowed == ()


# Versions -----------------------------------------------------------------------------


def test_a_question_is_one_over_versions_that_ask_it_alike():
    survey = make_survey()
    first = make_version(survey)
    favourite = SURVEY.question("favourite")
    renewed = replace(favourite, options=(Option("mate", Text(en="Maté")),))
    second = make_version(survey, with_question(SURVEY, "favourite", renewed))
    answered(first)
    answered(second, answers={"favourite": {"chosen": "mate"}})

    asked = asking.questionnaire(survey).get("favourite")

    assert asked.versions == (2, 1)
    assert [one.code for one in asked.question.options] == [
        *("mate", "coffee", "tea", "cocoa", "other")
    ]
    assert counted(result(second, "favourite")) == {"mate": 1, "coffee": 1}


def test_a_code_of_another_kind_is_not_counted_with_it():
    survey = make_survey()
    first = make_version(survey)
    number = Question("favourite", Kind.NUMBER, least=Decimal(0))
    second = make_version(survey, with_question(SURVEY, "favourite", number))
    answered(first)
    answered(second, answers={"favourite": 7})

    asked = asking.questionnaire(survey).get("favourite")

    assert (asked.versions, asked.other_kind) == ((2,), (1,))
    assert result(second, "favourite").base.n == 1


def test_a_draft_asks_nothing_yet():
    assert asking.questionnaire(make_survey()).asked == ()


# Counts and the funnel ----------------------------------------------------------------


def test_counts_tell_how_the_survey_goes(version):
    long_ago = timezone.now() - timedelta(hours=2)
    answered(version, seconds=60)
    answered(version, seconds=100)
    answered(version, seconds=90, flags=["speeder"], check_state="held")
    make_response(version, status=Response.Status.SCREENED_OUT)
    make_response(version, status=Response.Status.OVER_QUOTA)
    make_response(version)
    make_response(version, touched_at=long_ago)

    found = counting.counts(version.survey)

    assert (found.started, found.answering, found.left) == (7, 1, 1)
    assert (found.complete, found.screened_out, found.over_quota) == (3, 1, 1)
    assert (found.held, found.flags, found.median_seconds) == (1, {"speeder": 1}, 90)
    assert (found.incidence, found.completion) == (0.75, 5 / 6)


def test_counts_of_nothing(version):
    found = counting.counts(version.survey)

    assert (found.started, found.median_seconds, found.completion) == (0, None, None)


def test_the_funnel_tells_where_people_leave(version):
    long_ago = timezone.now() - timedelta(hours=2)
    answered(version)
    # Left at the second page, having answered its first question.
    make_response(
        version,
        answers={"drinks": {"chosen": ["coffee"]}, "cups": 2},
        shown={"p1": ["drinks"], "p2": ["cups", "favourite"]},
        touched_at=long_ago,
    )
    make_response(version, touched_at=long_ago)
    make_response(version)  # is answering now

    found = counting.funnel(version.survey)

    assert (found.began, found.ended) == (3, 1)
    assert [(s.page, s.reached, s.left) for s in found.stages] == [
        *(("p1", 3, 1), ("p2", 2, 1), ("p3", 1, 0), ("p4", 1, 0))
    ]
    assert [(s.page, one.code, one.left) for s in found.stages for one in s.stops] == [
        *(("p1", "drinks", 1), ("p2", "favourite", 1))
    ]


def test_shown_counts_are_of_what_the_path_showed(version):
    answered(version)
    make_response(version, answers={"drinks": {"chosen": ["tea"]}}, status=COMPLETE)

    found = counting.shown_counts(version.survey)

    assert (found["drinks"], found["cups"]) == (2, 1)


# Crosstabs and texts ------------------------------------------------------------------


def test_a_crosstab_of_two_questions(version):
    for favourite, score in (("coffee", 9), ("coffee", 9), ("tea", 2)):
        answered(
            version,
            answers={"favourite": {"chosen": favourite}, "recommend": score},
        )
    questions = asking.questionnaire(version.survey)

    found = reading.crossed(
        version.survey,
        questions.get("favourite"),
        reading.heads(questions, "recommend"),
    )

    assert found.columns == ("2", "9")
    assert [base.n for base in found.bases] == [1, 2]
    assert [[cell.base.n for cell in row] for row in found.cells[:2]] == [
        [0, 2],
        [1, 0],
    ]
    assert found.total.n == 3


def test_a_crosstab_by_options_that_overlap(version):
    answered(version)
    questions = asking.questionnaire(version.survey)

    found = reading.crossed(
        version.survey,
        questions.get("favourite"),
        reading.heads(questions, "drinks"),
    )

    assert found.columns == ("coffee", "tea")
    assert [base.n for base in found.bases] == [1, 1]
    assert found.total.n == 1
    assert found.association is None


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("profile.age", ("25-34", "45-54")),
        ("profile.region", ("US-CA", "US-NY")),
        ("profile.language", ("en",)),
        ("profile.version", ("1",)),
    ],
)
def test_a_crosstab_by_profile(version, name, columns):
    answered(version, profile={"age": 30, "region": "US-CA"})
    answered(version, profile={"age": 31, "region": "US-CA"})
    answered(version, profile={"age": 50, "region": "US-NY"})
    questions = asking.questionnaire(version.survey)

    found = reading.crossed(
        version.survey, questions.get("favourite"), reading.heads(questions, name)
    )

    assert found.columns == columns
    assert found.total.n == 3


@pytest.mark.parametrize("name", ["why", "profile.name", "nothing", "cups"])
def test_what_has_no_few_answers_heads_no_table(version, name):
    assert reading.heads(asking.questionnaire(version.survey), name) is None


def test_texts_are_listed_and_searched(version):
    answered(version)
    answered(version, answers={"why": "Because of the smell"})
    questions = asking.questionnaire(version.survey)
    why = questions.get("why")

    every = reading.texts(version.survey, why)
    found = reading.texts(version.survey, why, search="SMELL")

    assert every.count() == 2
    assert [one.value for one in found] == ["Because of the smell"]


@pytest.mark.parametrize("search", ["maté", 'said "yes"', "two\nlines", "100 %", "a_b"])
def test_texts_are_searched_as_they_were_typed(version, search):
    text = 'He drank maté, said "yes" and wrote\ntwo\nlines: 100 % a_b.'
    answered(version, answers={"why": text})
    answered(version, answers={"why": "Mate, said yes, 1000 percent, axb"})
    why = asking.questionnaire(version.survey).get("why")

    found = reading.texts(version.survey, why, search=search)

    assert [one.value for one in found] == [text]


def test_what_was_typed_beside_options_is_listed(version):
    answered(version)
    answered(version, answers={"drinks": {"chosen": ["other"], "other": "Maté"}})
    drinks = asking.questionnaire(version.survey).get("drinks")

    found = reading.texts(version.survey, drinks)

    assert [one.value["other"] for one in found] == ["Maté"]


def test_regions_are_those_of_who_was_counted(version):
    answered(version, profile={"region": "US-NY"})
    answered(version, profile={})
    make_response(version, profile={"region": "US-CA"})

    assert reading.regions(version.survey) == ["US-NY"]
    assert reading.regions(version.survey, least=2) == []


def test_reading_costs_the_same_queries_however_many_answer(
    version, django_assert_num_queries
):
    for _ in range(5):
        answered(version)
    drinks = asking.questionnaire(version.survey).get("drinks")

    with django_assert_num_queries(1):
        reading.distribution(version.survey, drinks)


def test_days_are_the_panels(version):
    panelist = make_panelist(panel=version.survey.panel)
    day = version.survey.panel.today() - timedelta(days=100)
    make_receipt(ReceiptStatus.ACCEPTED, panelist=panelist, purchased_on=day)
    answered(version, panelist=panelist)
    what = What(category="supermarket")

    assert result(version, "drinks", purchase=what, days=90).base.n == 0
    assert result(version, "drinks", purchase=what, days=101).base.n == 1

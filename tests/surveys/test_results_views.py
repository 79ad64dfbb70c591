"""The pages of results: who sees them, how much of them, and what they say."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from panelists.roles import ANALYST
from surveys.models import Response, Survey
from tests.factories import make_finance, make_panelist, make_user
from tests.surveys.factories import (
    ANSWERS,
    make_author,
    make_response,
    make_survey,
    make_version,
)

pytestmark = pytest.mark.django_db
COMPLETE = Response.Status.COMPLETE
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def version():
    return make_version()


def answered(version, status=COMPLETE, **fields):
    answers = {**ANSWERS, **fields.pop("answers", {})}
    return make_response(version, answers=answers, status=status, **fields)


def held(version, **fields) -> Response:
    flagged = {"flags": ["speeder"], "check_state": "held", "seconds": 4}
    return answered(version, **flagged | fields)


def make_analyst():
    return make_user(ANALYST)


def make_coarse_author():
    """An author who may not see small groups."""
    author = make_author()
    author.groups.clear()
    author.user_permissions.add(*permissions("author_surveys"))
    return author


def permissions(*codes):
    return Permission.objects.filter(codename__in=codes)


def url(name, version, *args):
    return reverse(f"results:{name}", args=[version.survey.public_id, *args])


def get(client, user, path, data=None, **headers):
    client.force_login(user)
    return client.get(path, data or {}, **headers)


def lines(response) -> dict[str, tuple]:
    return {
        line.text: (line.count, line.share)
        for line in response.context["figures"].lines
    }


# Who sees what ------------------------------------------------------------------------

READ = {
    "overview": ("overview", ()),
    "question": ("question", ("drinks",)),
    "crosstab": ("crosstab", ("drinks",)),
    "texts": ("texts", ("why",)),
    "checks": ("checks", ()),
}
EVERYBODY = {
    "author": make_author,
    "coarse_author": make_coarse_author,
    "analyst": make_analyst,
    "finance": make_finance,
    "panelist": lambda: make_panelist().user,
}
SEEN = {("author", name): 200 for name in READ} | {
    (who, name): 200
    for who in ("coarse_author", "analyst")
    for name in ("overview", "question", "crosstab")
}


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_results(client, version, who, name):
    answered(version)
    place, args = READ[name]

    response = get(
        client, EVERYBODY[who](), url(place, version, *args), {"by": "profile.age"}
    )

    assert response.status_code == SEEN.get((who, name), 404)


@pytest.mark.parametrize("name", READ)
def test_nobody_signed_out_sees_results(client, version, name):
    place, args = READ[name]

    assert client.get(url(place, version, *args)).status_code == 302


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "author"])
def test_who_may_not_see_small_groups_neither_exports_nor_decides(client, version, who):
    waiting = held(version)
    client.force_login(EVERYBODY[who]())

    found = [
        client.post(url("export", version, "csv")),
        client.get(url("check", version, waiting.public_id)),
        client.post(url("decide", version, waiting.public_id), {"decision": "good"}),
    ]

    assert [one.status_code for one in found] == [404, 404, 404]
    waiting.refresh_from_db()
    assert waiting.check_state == "held"


@pytest.mark.parametrize(
    ("who", "status"), [("author", 200), ("analyst", 200), ("finance", 404)]
)
def test_the_list_of_surveys(client, version, who, status):
    make_survey(name="A draft")

    response = get(client, EVERYBODY[who](), reverse("results:list"))

    assert response.status_code == status
    if status == 200:
        assert [one.name for one in response.context["page"]] == [version.survey.name]


def test_drafts_are_not_the_analysts(client):
    survey = make_survey()
    path = reverse("results:overview", args=[survey.public_id])

    assert get(client, make_analyst(), path).status_code == 404
    assert get(client, make_author(), path).status_code == 200


# Overview -----------------------------------------------------------------------------


def test_the_overview_counts_and_leads_to_the_questions(client, version):
    answered(version, seconds=90)
    make_response(version, touched_at=timezone.now() - timedelta(hours=3))

    response = get(client, make_author(), url("overview", version))

    tiles = dict(response.context["tiles"])
    assert (response.context["started"], tiles["complete"]) == ("2", "1")
    assert tiles["left before the end"] == "1"
    assert dict(response.context["shares"]) == {
        "completion rate": "50\xa0%",
        "incidence": "100\xa0%",
    }
    assert response.context["stages"][0]["stops"] == [("What do you drink at home?", 1)]
    assert f'href="{url("question", version, "drinks")}"' in response.text


def test_live_counts_come_alone(client, version):
    response = get(
        client,
        make_author(),
        url("overview", version),
        **HTMX,
        HTTP_HX_TARGET="live-counts",
    )

    assert [one.name for one in response.templates] == ["results/_counts.html"]
    assert response.text.count("<section") == 1


def test_an_analyst_sees_coarse_counts(client, version):
    for _ in range(13):
        answered(version)
    held(version)

    response = get(client, make_analyst(), url("overview", version))

    tiles = dict(response.context["tiles"])
    assert tiles["complete"] == "at least 10"
    assert tiles["held for a check"] == "fewer than 10"
    assert response.context["shares"] == []
    assert {one["share"] for one in response.context["stages"]} == {""}
    assert "export" not in response.text


def test_the_overview_asks_the_same_of_the_database_for_any_number(
    client, version, django_assert_max_num_queries
):
    for _ in range(12):
        answered(version)
    client.force_login(make_author())

    with django_assert_max_num_queries(20):
        client.get(url("overview", version))


# One question -------------------------------------------------------------------------


def test_a_question_shows_shares_with_base_and_interval(client, version):
    answered(version)
    answered(version, answers={"favourite": {"chosen": "tea"}})

    response = get(client, make_author(), url("question", version, "favourite"))

    assert lines(response)["Coffee"] == (1, "50\xa0%")
    assert lines(response)["Cocoa"] == (0, "0\xa0%")
    assert "Base: 2 answered of 2 who were asked" in response.text
    assert "Low base" in response.text
    assert "9\xa0% to 91\xa0%" in response.text


def test_htmx_gets_the_question_alone(client, version):
    answered(version)

    response = get(client, make_author(), url("question", version, "cups"), **HTMX)

    assert response.text.lstrip().startswith("<section")
    assert 'id="result-cups"' in response.text
    assert "<html" not in response.text


@pytest.mark.parametrize("code", [code for code in ANSWERS if code != "check"])
def test_every_kind_has_a_page(client, version, code):
    for _ in range(3):
        answered(version)

    response = get(client, make_author(), url("question", version, code))

    assert response.status_code == 200
    assert response.context["figures"].base.n == 3
    assert "style=" not in response.text


def test_filters_are_a_form_that_keeps_what_was_chosen(client, version):
    answered(version, profile={"age": 30, "region": "US-CA"})
    answered(version, profile={"age": 60, "region": "US-NY"})

    response = get(
        client,
        make_author(),
        url("question", version, "favourite"),
        {"age": "25-34", "answer": "recommend:9", "region": "US-CA"},
    )

    assert response.context["figures"].base.n == 1
    assert '<option value="25-34" selected>' in response.text
    assert '<option value="recommend:9" selected>' in response.text
    assert "age=25-34&amp;region=US-CA&amp;answer=recommend%3A9" in response.text


@pytest.mark.parametrize(
    "query",
    [
        *("age=1", "answer=nothing:x", "answer=why:x", "version=x", "status=started"),
        *("check=odd", "days=-4", "category=moon", "answer=brand:good", "version=²"),
    ],
)
def test_filters_that_mean_nothing_are_left_out(client, version, query):
    answered(version)

    response = get(
        client, make_author(), f"{url('question', version, 'favourite')}?{query}"
    )

    assert response.context["figures"].base.n == 1


def test_unknown_questions_are_not_found(client, version):
    author = make_author()

    assert get(client, author, url("question", version, "nope")).status_code == 404
    assert get(client, author, url("texts", version, "cups")).status_code == 404


def test_what_people_type_is_escaped(client, version):
    answered(version, answers={"why": "<script>alert(1)</script>"})

    response = get(client, make_author(), url("texts", version, "why"))

    assert "&lt;script&gt;alert(1)" in response.text
    assert "<script>alert" not in response.text


def test_texts_are_searched_with_the_filters_kept(client, version):
    answered(version, profile={"age": 30})
    answered(version, profile={"age": 30}, answers={"why": "The smell"})
    answered(version, profile={"age": 60}, answers={"why": "Its smell"})

    response = get(
        client,
        make_author(),
        url("texts", version, "why"),
        {"search": "smell", "age": "25-34"},
    )

    assert response.context["answers"] == ["The smell"]
    assert '<input type="hidden" name="age" value="25-34">' in response.text


# Small groups -------------------------------------------------------------------------


def some(version, tea: int, coffee: int, **fields):
    for favourite, n in (("tea", tea), ("coffee", coffee)):
        for _ in range(n):
            answered(version, answers={"favourite": {"chosen": favourite}}, **fields)


def test_an_analyst_sees_no_small_base(client, version):
    some(version, 4, 5)

    response = get(client, make_analyst(), url("question", version, "favourite"))

    assert response.context["figures"].hidden == 10
    assert "fewer than 10 people are counted here" in response.text


def test_an_analyst_sees_large_cells_alone(client, version):
    some(version, 12, 13)

    analyst = get(client, make_analyst(), url("question", version, "favourite"))
    author = get(client, make_author(), url("question", version, "favourite"))

    assert lines(author)["Cocoa"] == (0, "0\xa0%")
    assert lines(analyst)["Cocoa"] == (None, "")
    assert lines(analyst)["Coffee"] == (13, "52\xa0%")


def test_an_analyst_cannot_subtract_a_filter(client, version):
    some(version, 12, 13, profile={"age": 30})
    some(version, 1, 0, profile={"age": 60})

    response = get(
        client,
        make_analyst(),
        url("question", version, "favourite"),
        {"age": "25-34"},
    )

    assert response.context["figures"].hidden == 10


@pytest.mark.parametrize(
    "query", ["check=all", "status=", "merchant=Corner", "product=milk&days=3"]
)
def test_an_analyst_has_no_filters_that_single_out_one(client, version, query):
    some(version, 12, 13)
    make_response(
        version,
        answers={"favourite": {"chosen": "tea"}},
        status=Response.Status.SCREENED_OUT,
    )
    path = url("question", version, "favourite")

    response = get(client, make_analyst(), f"{path}?{query}")

    assert response.context["figures"].base.n == 25
    assert 'name="merchant"' not in response.text
    assert 'name="check"' not in response.text


def test_an_analyst_crosses_without_filters_only(client, version):
    some(version, 12, 13, profile={"age": 30})
    path = url("crosstab", version, "favourite")

    plain = get(client, make_analyst(), path, {"by": "profile.age"})
    narrowed = get(
        client, make_analyst(), path, {"by": "profile.age", "language": "en"}
    )

    assert plain.context["total"].n == 25
    assert "is_refused" in narrowed.context
    assert "rows" not in narrowed.context


def test_an_analyst_is_not_told_where_few_live(client, version):
    some(version, 12, 13, profile={"region": "US-CA"})
    some(version, 1, 0, profile={"region": "US-WY"})
    path = url("crosstab", version, "favourite")

    analyst = get(client, make_analyst(), path, {"by": "profile.region"})
    author = get(client, make_author(), path, {"by": "profile.region"})

    assert "US-WY" in author.text
    assert "US-WY" not in analyst.text


# Crosstabs ----------------------------------------------------------------------------


def test_a_crosstab_tells_shares_letters_and_the_whole(client, version):
    some(version, 40, 10, profile={"age": 30})
    some(version, 10, 40, profile={"age": 60})

    response = get(
        client,
        make_author(),
        url("crosstab", version, "favourite"),
        {"by": "profile.age"},
    )

    rows = {text: cells for text, _whole, cells in response.context["rows"]}
    assert [cell["share"] for cell in rows["Tea"]] == ["80\xa0%", "20\xa0%"]
    assert [cell["letters"] for cell in rows["Tea"]] == ["B", ""]
    assert response.context["whole"]["chi_square"] == "36.00"
    assert "p = less than 0.001" in response.text
    assert "Cramér’s V = 0.60" in response.text


def test_small_expected_counts_are_said(client, version):
    some(version, 2, 1, profile={"age": 30})
    some(version, 1, 2, profile={"age": 60})

    response = get(
        client,
        make_author(),
        url("crosstab", version, "favourite"),
        {"by": "profile.age"},
    )

    assert "4 of 4 cells expect fewer than five people" in response.text


@pytest.mark.parametrize("by", ["", "favourite", "why", "profile.name"])
def test_a_crosstab_needs_columns(client, version, by):
    response = get(
        client, make_author(), url("crosstab", version, "favourite"), {"by": by}
    )

    assert response.status_code == 404


# Exports and checks -------------------------------------------------------------------


def test_an_export_is_a_file_of_the_filtered_responses(client, version):
    answered(version, profile={"age": 30})
    answered(version, profile={"age": 60})
    client.force_login(make_author())

    response = client.post(f"{url('export', version, 'csv')}?age=25-34")

    file = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    rows = list(csv.DictReader(io.StringIO(file.read("responses.csv").decode())))
    assert [row["profile_age"] for row in rows] == ["30"]
    assert response.headers["Content-Type"] == "application/zip"
    assert ".zip" in response.headers["Content-Disposition"]


def test_exports_are_posted_and_known(client, version):
    client.force_login(make_author())

    assert client.get(url("export", version, "csv")).status_code == 405
    assert client.post(url("export", version, "doc")).status_code == 404


def test_held_responses_say_why_in_words(client, version):
    waiting = held(version)

    response = get(client, make_author(), url("checks", version))

    assert [one for one, _flags in response.context["held"]] == [waiting]
    assert "Took less than a third of the usual time." in response.text


def test_a_held_response_shows_its_answers(client, version):
    waiting = held(version)

    response = get(client, make_author(), url("check", version, waiting.public_id))

    told = {one.question: one.answer for one in response.context["answers"]}
    assert told["Which do you like best?"] == "Coffee"
    assert told["Why?"] == "It wakes me up in the morning."


def decide(client, version, response, **data):
    client.force_login(make_author())
    return client.post(url("decide", version, response.public_id), data)


def test_a_response_is_found_good_and_the_next_one_opens(client, version):
    first, second = held(version), held(version)

    answer = decide(client, version, first, decision="good")

    first.refresh_from_db()
    assert first.check_state == "good"
    assert answer.url == url("check", version, second.public_id)


def test_a_response_is_found_bad_with_a_reason(client, version):
    waiting = held(version)

    answer = decide(client, version, waiting, decision="bad", reason="Random answers")

    waiting.refresh_from_db()
    assert (waiting.check_state, waiting.checked_why) == ("bad", "Random answers")
    assert answer.url == url("checks", version)


def test_bad_needs_a_reason(client, version):
    waiting = held(version)

    answer = decide(client, version, waiting, decision="bad", reason="  ")

    assert answer.status_code == 422
    assert "Say why the response is bad: the panelist reads it." in answer.text
    waiting.refresh_from_db()
    assert waiting.check_state == "held"


def test_a_response_is_decided_once(client, version):
    waiting = held(version)
    decide(client, version, waiting, decision="good")

    answer = decide(client, version, waiting, decision="bad", reason="Late")

    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert waiting.check_state == "good"


def test_nobody_checks_their_own_response(client, version):
    author = make_author()
    own = held(version, panelist=make_panelist(panel=version.survey.panel, user=author))

    listed = get(client, author, url("checks", version))
    opened = get(client, author, url("check", version, own.public_id))

    assert listed.context["held"] == []
    assert opened.status_code == 404


def test_responses_without_flags_are_not_opened(client, version):
    plain = answered(version)

    assert (
        get(client, make_author(), url("check", version, plain.public_id)).status_code
        == 404
    )


def test_a_survey_without_responses_has_pages(client):
    version = make_version()
    author = make_author()

    found = [
        get(client, author, url("overview", version)),
        get(client, author, url("question", version, "brand")),
        get(client, author, url("checks", version)),
        get(client, author, url("crosstab", version, "drinks"), {"by": "profile.age"}),
    ]

    assert [one.status_code for one in found] == [200] * 4
    assert version.survey.status == Survey.Status.LIVE

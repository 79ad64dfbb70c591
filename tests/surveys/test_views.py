"""The panelist's survey pages: what is offered, answering, and who may see it."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from rewards.models import Reward
from surveys.definition import RESERVED, Kind, Page, Question, Text
from surveys.models import Response, Survey, SurveyImage
from surveys.services import responding
from tests.factories import make_panel, make_panelist, make_reviewer, make_user
from tests.surveys.factories import (
    make_author,
    make_response,
    make_survey,
    make_version,
)
from tests.surveys.kinds import ANSWERS, FORMS, KINDS

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def survey():
    return make_version(make_survey(KINDS, panel=make_panel())).survey


@pytest.fixture
def panelist(survey, client):
    panelist = make_panelist(panel=survey.panel)
    client.force_login(panelist.user)
    return panelist


@pytest.fixture
def response(survey, panelist):
    return responding.start(survey, panelist=panelist)


def at(response: Response) -> str:
    return reverse("surveys:answer", args=[response.public_id])


def send(client, response: Response, data: dict, **extra):
    response.refresh_from_db()
    data = {"page": response.page, "revision": response.revision, **data}
    return client.post(at(response), data, **extra)


def stored(response: Response) -> dict:
    return dict(response.answers.values_list("question", "value"))


# What is offered ---------------------------------------------------------------------


def test_the_list_offers_open_surveys_and_those_begun(client, survey, panelist):
    begun = make_version(make_survey(panel=survey.panel)).survey
    response = responding.start(begun, panelist=panelist)

    page = client.get(reverse("surveys:list"))

    assert [offer.survey for offer in page.context["offers"]] == [survey]
    assert page.context["begun"] == [(response, "Hot drinks")]
    assert "Everything" in page.content.decode()
    assert "$1.50" in page.content.decode()


def test_the_list_leads_back_into_a_paused_survey_but_not_into_a_closed_one(
    client, survey, panelist, response
):
    url = reverse("surveys:list")

    Survey.objects.update(status=Survey.Status.PAUSED)
    assert client.get(url).context["begun"] == [(response, "Everything")]

    Survey.objects.update(status=Survey.Status.CLOSED, closed_at=response.started_at)
    assert client.get(url).context["begun"] == []


def test_the_list_says_so_where_there_is_nothing(client):
    client.force_login(make_panelist().user)

    assert "No surveys right now" in client.get("/surveys/").content.decode()


def test_an_author_who_is_no_panelist_comes_to_their_own_list(client):
    client.force_login(make_author())

    assert client.get("/surveys/").url == reverse("author:list")


def test_the_home_page_shows_offers(client, survey, panelist):
    page = client.get("/")

    assert reverse("surveys:offer", args=[survey.public_id]) in page.content.decode()


def test_an_offer_says_how_long_it_takes_and_what_it_pays(client, survey, panelist):
    page = client.get(reverse("surveys:offer", args=[survey.public_id]))

    text = page.content.decode()
    assert "about 3 minutes" in text
    assert "$1.50" in text
    assert "Deutsch" in text


def test_beginning_leads_to_the_first_page_in_the_chosen_language(
    client, survey, panelist
):
    url = reverse("surveys:start", args=[survey.public_id])

    answer = client.post(url, {"language": "de"}, follow=True)

    assert "Welches Tier?" in answer.content.decode()
    assert Response.objects.get().language == "de"


def test_a_begun_survey_is_gone_on_with(client, survey, panelist, response):
    offer = client.get(reverse("surveys:offer", args=[survey.public_id]))
    again = client.post(reverse("surveys:start", args=[survey.public_id]))

    assert offer.url == again.url == at(response)


@pytest.mark.parametrize("status", [Survey.Status.DRAFT, Survey.Status.CLOSED])
def test_a_survey_that_is_not_open_is_not_found_nor_begun(client, panelist, status):
    survey = make_survey(KINDS, panel=panelist.panel, status=status)

    assert client.get(f"/surveys/{survey.public_id}/").status_code == 404
    answer = client.post(f"/surveys/{survey.public_id}/start/")

    assert answer.url == reverse("surveys:list")
    assert not Response.objects.exists()


def test_a_survey_of_another_panel_is_not_there(client, survey):
    client.force_login(make_panelist().user)

    assert client.get(f"/surveys/{survey.public_id}/").status_code == 404
    assert client.post(f"/surveys/{survey.public_id}/start/").status_code == 404


# Answering -------------------------------------------------------------------------


@pytest.mark.parametrize("extra", [{}, HTMX], ids=["plain", "htmx"])
def test_a_survey_is_answered_page_by_page(client, response, extra):
    for form in FORMS:
        send(client, response, form, **extra)

    response.refresh_from_db()
    assert response.status == Response.Status.COMPLETE
    assert stored(response) == ANSWERS
    assert Reward.objects.get().amount == Decimal("1.50")
    assert "Thank you!" in client.get(at(response)).content.decode()


def test_a_fragment_comes_to_htmx_and_a_redirect_to_others(client, response):
    fragment = send(client, response, FORMS[0], **HTMX).content.decode()
    redirect = send(client, response, FORMS[1])

    assert fragment.lstrip().startswith('<div id="survey"')
    assert "Would you tell a friend?" in fragment
    assert redirect.url == at(response)


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(client, response):
    send(client, response, FORMS[0])
    send(client, response, FORMS[1])

    page = send(client, response, FORMS[2] | {"cups": "many", "day": ""})

    text = page.content.decode()
    assert page.status_code == 422
    assert "Please type a number." in text
    assert "2 answers need another look." in text
    assert 'value="many"' in text
    assert "It is on my way home." in text
    response.refresh_from_db()
    assert response.page == "typed"


def test_card_numbers_are_refused_and_not_stored(client, response):
    send(client, response, FORMS[0])
    send(client, response, FORMS[1])

    page = send(client, response, FORMS[2] | {"why": "4111 1111 1111 1111"})

    assert page.status_code == 422
    assert "why" not in stored(response)


def test_going_back_keeps_what_was_typed(client, response):
    send(client, response, FORMS[0])

    send(client, response, {"tell": "7", "back": "1"})

    response.refresh_from_db()
    assert response.page == "choices"
    assert stored(response)["tell"] == 7
    assert "checked" in client.get(at(response)).content.decode()


def test_autosave_stores_without_moving_on(client, response):
    data = {"page": "choices", "pet": "dog", "revision": response.revision}

    kept = client.post(at(response) + "keep/", data, **HTMX)

    assert "Your answers are kept." in kept.content.decode()
    assert stored(response) == {"pet": {"chosen": "dog"}}
    response.refresh_from_db()
    assert response.page == "choices"


def test_an_old_form_of_another_page_moves_nothing(client, response):
    send(client, response, FORMS[0])
    old = {"page": "choices", "revision": "0", "pet": "cat"}

    assert client.post(at(response), old).url == at(response)
    assert client.post(at(response) + "keep/", old, **HTMX).status_code == 204
    assert stored(response)["pet"]["chosen"] == "other"


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 30, "²"])
def test_a_broken_form_shows_the_page_as_it_is(client, response, revision):
    answer = send(client, response, FORMS[0] | {"revision": revision}, follow=True)

    assert answer.status_code == 200
    assert "Which pet do you have?" in answer.content.decode()


def test_a_small_number_stands_in_its_field_as_it_was_typed(client, panelist):
    page = Page("p", (Question("n", Kind.NUMBER, Text(en="How much?"), decimals=6),))
    definition = replace(KINDS, pages=(page,))
    survey = make_version(make_survey(definition, panel=panelist.panel)).survey
    response = responding.start(survey, panelist=panelist)
    responding.keep(response, "p", {"n": "0.00001"})

    answer = client.get(at(response))

    assert 'value="0.00001"' in answer.content.decode()


def test_no_question_is_called_like_a_field_of_the_form_itself(client, response):
    page = client.get(at(response)).content.decode()
    form = page.split('class="survey__head"')[1].split('class="survey__go"')[0]

    own = set(re.findall(r'type="hidden" name="(\w+)"', form)) | {"back"}

    assert own == {"csrfmiddlewaretoken", "page", "revision", "back"}
    assert own <= RESERVED


def test_names_of_shops_are_suggested(client, response, panelist):
    panelist.panel.merchants.create(name="Zwetschge Grocery")

    found = client.post(at(response) + "names/", {"text": "zwetsch"})

    option = found.content.decode().strip()
    assert option == '<option value="Zwetschge Grocery"></option>'
    assert client.post(at(response) + "names/").content.decode().strip() == ""


def test_what_is_typed_into_a_brand_picker_stands_in_no_address(client, response):
    answer = client.get(at(response) + "names/", {"text": "zwetsch"})

    assert answer.status_code == 405


# Who may ---------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_author, make_reviewer, make_user])
def test_nobody_else_sees_or_answers(client, response, make):
    client.force_login(make())

    assert client.get(at(response)).status_code == 404
    assert send(client, response, FORMS[0]).status_code == 404
    assert client.post(at(response) + "keep/").status_code == 404
    assert client.post(at(response) + "names/").status_code == 404
    assert stored(response) == {}


def test_a_visitor_is_asked_to_sign_in(client, response):
    client.logout()

    assert client.get(at(response)).url.startswith("/accounts/login/")


def test_a_former_panelist_answers_no_more(client, response, panelist):
    panelist.left_at = response.touched_at
    panelist.save(update_fields=["left_at"])

    assert client.get(at(response)).status_code == 404


def test_an_authors_trial_is_answered_like_any_and_pays_nothing(client, survey):
    author = make_author()
    client.force_login(author)
    trial = responding.try_out(survey, by=author, profile={"age": 30})

    assert (
        "A trial: nothing is counted or paid." in client.get(at(trial)).content.decode()
    )
    for form in FORMS:
        send(client, trial, form)

    trial.refresh_from_db()
    assert trial.status == Response.Status.COMPLETE
    assert not Reward.objects.exists()
    client.force_login(make_author())
    assert client.get(at(trial)).status_code == 404


def test_a_picture_is_shown_to_those_who_are_asked_and_to_authors(
    client, survey, panelist, response
):
    image = SurveyImage.objects.create(survey=survey)
    image.file.save("a.png", ContentFile(b"picture"))
    url = reverse("surveys:picture", args=[survey.public_id, image.public_id])

    def seen_by(user) -> int:
        client.force_login(user)
        return client.get(url).status_code

    assert [
        seen_by(user) for user in (panelist.user, make_author(), make_panelist().user)
    ] == [200, 200, 404]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "complete"}, "You earn $1.50."),
        ({"status": "complete", "check_state": "held"}, "A person looks at them"),
        ({"status": "screened_out"}, "For the time you took you earn $0.20."),
        ({"status": "over_quota"}, "Others in your group were quicker"),
    ],
)
def test_the_end_says_what_became_of_it(client, fields, sentence):
    survey = make_survey(KINDS, partial_reward=Decimal("0.20"))
    response = make_response(make_version(survey), answers=ANSWERS, **fields)
    client.force_login(response.panelist.user)

    assert sentence in client.get(at(response)).content.decode()


def test_the_list_takes_few_queries(client, panelist, django_assert_max_num_queries):
    for _number in range(3):
        make_version(make_survey(panel=panelist.panel))

    with django_assert_max_num_queries(30):
        client.get("/surveys/")

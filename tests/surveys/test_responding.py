"""One person's way through a survey, from start to end."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from receipts.services.submitting import withdraw
from rewards.models import Reward
from surveys import tasks
from surveys.audience import Audience, as_json
from surveys.definition import END, Kind, Page, Purchase, Question, Skip, Text
from surveys.models import (
    Answer,
    QuotaCount,
    Response,
    Survey,
    SurveyInvitation,
    SurveyVersion,
)
from surveys.services import responding
from surveys.services.errors import (
    AlreadyAnswered,
    ChangedMeanwhile,
    NotAllowed,
    NotOpen,
)
from surveys.services.responding import answer, back, current, keep, start, try_out
from tests.factories import make_panel, make_panelist, make_receipt, make_user
from tests.surveys.factories import (
    ANSWERS,
    SURVEY,
    make_author,
    make_response,
    make_survey,
    make_version,
)
from tests.together import together

Status, Check = Response.Status, Response.Check
pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db) -> SurveyVersion:
    return make_version()


@pytest.fixture
def begun(version) -> Response:
    return start(version.survey, panelist=make_panelist(panel=version.survey.panel))


def leave(response: Response, **values) -> Response:
    """Answer the present page from `ANSWERS`, but for `values`; the response after."""
    page = response.version.definition.page(response.page)
    told = {
        one.code: values.get(one.code, ANSWERS.get(one.code)) for one in page.questions
    }
    outcome = answer(response, response.page, told, revision=response.revision)
    assert outcome.errors == {}
    return outcome.response


def walk(response: Response, **values) -> Response:
    """To the end."""
    while response.status == Status.STARTED:
        response = leave(response, **values)
    return response


def stored(response: Response) -> dict:
    return {one.question: one.value for one in response.answers.all()}


def test_a_panelist_answers_page_by_page_to_the_end(begun):
    assert [one.code for one in current(begun).questions] == ["drinks"]

    ended = walk(begun)

    assert (ended.status, ended.page, ended.path) == (
        Status.COMPLETE,
        "",
        ["p1", "p2", "p3", "p4"],
    )
    assert stored(ended) == ANSWERS
    assert ended.shown["p2"] == ["cups", "favourite"]
    assert current(ended).thanks == "Thank you for your time."


def test_a_complete_response_proposes_its_reward_once(begun):
    ended = walk(begun)

    reward = Reward.objects.get()
    assert (reward.amount, reward.status, reward.proposed_by) == (
        Decimal("1.50"),
        Reward.Status.PROPOSED,
        None,
    )
    assert reward.source == (
        f"survey:{ended.survey.public_id}:{ended.panelist.public_id}"
    )
    assert reward.description == "Survey: Hot drinks"


def test_a_screen_out_pays_the_partial_reward_where_there_is_one(version):
    Survey.objects.update(partial_reward=Decimal("0.25"))
    begun = start(version.survey, panelist=make_panelist(panel=version.survey.panel))

    ended = leave(begun, drinks={"chosen": ["none"]})

    assert ended.status == Status.SCREENED_OUT
    assert Reward.objects.get().amount == Decimal("0.25")


def test_a_screen_out_pays_nothing_unless_it_is_said(begun):
    assert leave(begun, drinks={"chosen": ["none"]}).status == Status.SCREENED_OUT
    assert not Reward.objects.exists()


def test_a_page_shows_what_earlier_answers_say(begun):
    tea = leave(begun, drinks={"chosen": ["tea", "cocoa"]})
    page = current(tea)
    at_grid = current(leave(tea, favourite={"chosen": "tea"}))

    assert [one.code for one in page.questions] == ["favourite"]
    assert [one.code for one in page.questions[0].options] == ["tea", "cocoa"]
    assert at_grid.questions[0].text == "How good is Tea at these places?"
    assert (at_grid.progress, at_grid.can_go_back, at_grid.is_first) == (
        50,
        True,
        False,
    )


def test_wrong_answers_keep_the_page_and_lose_nothing_that_is_right(begun):
    at_second = leave(begun)

    outcome = answer(
        at_second,
        "p2",
        {"cups": 99, "favourite": {"chosen": "tea"}},
        revision=at_second.revision,
    )

    assert outcome.errors == {"cups": "Please answer between 0 and 20."}
    assert outcome.response.page == "p2"
    assert stored(at_second)["favourite"] == {"chosen": "tea"}


def test_going_back_keeps_answers_and_shows_them_again(begun):
    at_third = leave(leave(begun))

    at_second = back(at_third)

    assert (at_second.page, at_second.path) == ("p2", ["p1"])
    assert [one.value for one in current(at_second).questions] == [
        3,
        {"chosen": "coffee"},
    ]


def test_a_changed_answer_changes_the_way_and_what_it_left_is_no_fact(begun):
    at_third = leave(leave(begun))
    first = back(back(at_third))

    second = leave(first, drinks={"chosen": ["tea"]})

    assert [one.code for one in current(second).questions] == ["favourite"]
    assert current(second).questions[0].value is None
    # Going back loses nothing: coffee again, and its cups are there.
    assert stored(second)["cups"] == 3
    again = leave(back(second), drinks={"chosen": ["coffee"]})
    assert current(again).questions[0].value == 3


def test_answers_that_the_final_way_does_not_show_are_deleted_at_the_end(begun):
    first = back(back(leave(leave(begun))))

    ended = walk(first, drinks={"chosen": ["tea"]}, favourite={"chosen": "tea"})

    assert "cups" not in stored(ended)
    assert ended.shown["p2"] == ["favourite"]
    assert QuotaCount.objects.get(code="coffee").count == 0


def test_back_on_the_first_page_or_from_an_old_form_does_nothing(begun):
    second = leave(begun)

    assert back(second, revision=begun.revision).page == "p2"
    assert back(back(second)).page == "p1"


def test_another_device_goes_on_where_the_first_one_was(begun):
    leave(begun)

    resumed = start(begun.survey, panelist=begun.panelist)

    assert (resumed.pk, resumed.page) == (begun.pk, "p2")


def test_an_old_form_of_another_device_is_refused(begun):
    at_second = leave(begun)
    there = leave(at_second)
    here = back(there)

    with pytest.raises(ChangedMeanwhile):
        answer(at_second, "p2", {"cups": 9}, revision=at_second.revision)
    with pytest.raises(ChangedMeanwhile):
        answer(here, "p3", {}, revision=here.revision)

    assert stored(here)["cups"] == 3


def test_the_same_form_sent_twice_moves_on_once(begun):
    form = {"drinks": ANSWERS["drinks"]}

    once = answer(begun, "p1", form, revision=begun.revision)
    twice = answer(begun, "p1", form, revision=begun.revision)

    assert (once.response.page, twice.response.page) == ("p2", "p2")
    assert twice.response.revision == once.response.revision


def test_the_last_form_sent_twice_ends_once_and_pays_once(begun):
    last = leave(leave(leave(begun)))
    form = {"recommend": 9, "why": None}

    answer(last, "p4", form, revision=last.revision)
    outcome = answer(last, "p4", form, revision=last.revision)

    assert outcome.has_ended
    assert Reward.objects.count() == 1
    with pytest.raises(AlreadyAnswered):
        answer(last, "p4", {"recommend": 2}, revision=last.revision)


def test_autosave_keeps_what_is_right_and_never_moves_on(begun):
    at_third = leave(leave(begun))

    outcome = keep(at_third, "p3", {"brand": {"home": "good"}, "check": None})
    late = keep(at_third, "p2", {"cups": 7})

    assert (outcome.errors, late.errors) == ({}, {})
    assert outcome.response.page == "p3"
    assert stored(at_third)["brand"] == {"home": "good"}
    assert stored(at_third)["cups"] == 3
    assert outcome.response.revision == at_third.revision


def test_half_an_answer_that_was_kept_does_not_leave_the_page(begun):
    at_third = leave(leave(begun))
    keep(at_third, "p3", {"brand": {"home": "good"}})

    outcome = answer(at_third, "p3", {"check": ANSWERS["check"]}, revision=3)

    assert outcome.errors == {"brand": "Please answer every row."}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("I paid with 4111 1111 1111 1111, I think", "card numbers"),
        ("My SSN is 078-05-1120", "identity numbers"),
    ],
)
def test_what_is_sensitive_is_refused_by_name_and_nothing_else_is_lost(
    begun, typed, kind
):
    last = leave(leave(leave(begun)))

    outcome = answer(last, "p4", {"recommend": 9, "why": typed}, revision=last.revision)

    assert outcome.errors == {
        "why": f"Please leave out {kind}. What you typed here was not stored."
    }
    assert stored(last)["recommend"] == 9
    assert "why" not in stored(last)
    assert keep(last, "p4", {"why": typed}).errors.keys() == {"why"}
    assert "why" not in stored(last)


def test_a_name_or_a_phone_number_is_the_persons_to_tell(begun):
    told = "Call me at 212-555-0134, my name is Ann Miller."

    assert stored(walk(begun, why=told))["why"] == told


def test_an_other_text_is_screened_too(begun):
    outcome = answer(
        begun,
        "p1",
        {"drinks": {"chosen": ["other"], "other": "card 4111 1111 1111 1111"}},
        revision=begun.revision,
    )

    assert list(outcome.errors) == ["drinks"]
    assert stored(begun) == {}


@pytest.mark.parametrize(
    "told", ["378282246310005", "378,282,246,310,005.0", 378282246310005]
)
def test_a_number_that_is_a_cards_is_refused(told):
    page = Page("p", (Question("n", Kind.NUMBER, Text(en="How many?"), decimals=1),))
    version = make_version(definition=replace(SURVEY, pages=(page,), quotas=()))
    begun = start(version.survey, panelist=make_panelist(panel=version.survey.panel))

    outcome = answer(begun, "p", {"n": told}, revision=begun.revision)

    assert list(outcome.errors) == ["n"]
    assert stored(begun) == {}


def test_only_members_of_the_panel_start_and_only_while_it_is_open(version):
    survey = version.survey
    with pytest.raises(NotAllowed):
        start(survey, panelist=make_panelist())
    left = make_panelist(panel=survey.panel)
    left.left_at = timezone.now()
    with pytest.raises(NotAllowed):
        start(survey, panelist=left)

    Survey.objects.update(status=Survey.Status.PAUSED)

    with pytest.raises(NotOpen):
        start(survey, panelist=make_panelist(panel=survey.panel))


def test_only_whom_a_survey_is_for_or_who_was_invited_starts_it(version):
    survey, panelist = version.survey, make_panelist(panel=version.survey.panel)
    survey.audience = as_json(Audience(regions=("US-NY",)))
    survey.save(update_fields=["audience"])

    with pytest.raises(NotOpen):
        start(survey, panelist=panelist)
    SurveyInvitation.objects.create(survey=survey, panelist=panelist)

    assert start(survey, panelist=panelist).page == "p1"


def test_nobody_starts_a_draft():
    survey = make_survey()

    with pytest.raises(NotOpen):
        start(survey, panelist=make_panelist(panel=survey.panel))


def test_whoever_has_begun_may_finish_a_paused_survey_but_not_a_closed_one(begun):
    Survey.objects.update(status=Survey.Status.PAUSED)
    second = leave(begun)
    Survey.objects.update(status=Survey.Status.CLOSED, closed_at=timezone.now())

    with pytest.raises(NotOpen):
        answer(second, "p2", {}, revision=second.revision)
    with pytest.raises(NotOpen):
        start(begun.survey, panelist=begun.panelist)


def test_a_survey_is_answered_once(begun):
    walk(begun)

    with pytest.raises(AlreadyAnswered):
        start(begun.survey, panelist=begun.panelist)


def test_a_response_stays_with_the_version_it_began_with(begun):
    only = Page("p1", (Question("new", Kind.TEXT, Text(en="New?")),))
    make_version(begun.survey, replace(SURVEY, pages=(only,), quotas=()))

    assert walk(begun).version.number == 1
    newer = start(begun.survey, panelist=make_panelist(panel=begun.survey.panel))
    assert [one.code for one in current(newer).questions] == ["new"]


def test_what_conditions_see_of_a_person_is_taken_by_the_panels_calendar(monkeypatch):
    panel = make_panel(time_zone="America/New_York")
    survey = make_version(make_survey(panel=panel)).survey
    # Still the last day of February in New York.
    now = datetime(2027, 3, 1, 3, tzinfo=ZoneInfo("UTC"))
    monkeypatch.setattr(timezone, "now", lambda: now)
    panelist = make_panelist(
        panel=panel,
        born_on=date(2000, 2, 29),
        region="US-NY",
        joined_at=datetime(2027, 1, 1, 12, tzinfo=ZoneInfo("UTC")),
    )

    response = start(survey, panelist=panelist)

    assert response.profile == {
        "age": 26,
        "region": "US-NY",
        "months": 1,
        "language": "en",
    }


def test_the_newest_purchase_that_fits_is_bound_at_the_start():
    definition = replace(SURVEY, purchase=Purchase(days=30))
    version = make_version(definition=definition)
    panelist = make_panelist(panel=version.survey.panel)
    receipt = make_receipt("accepted", panelist=panelist)

    response = start(version.survey, panelist=panelist)

    assert response.purchase == {
        "key": receipt.public_id,
        "merchant": "Corner Grocery",
        "category": "supermarket",
        "date": receipt.purchased_on.isoformat(),
        "days": 1,
        "total": "12.34",
        "currency": "USD",
        "items": [],
    }


def test_a_withdrawn_receipt_is_forgotten_by_the_responses_about_it():
    definition = replace(SURVEY, purchase=Purchase(days=30))
    version = make_version(definition=definition)
    panelist = make_panelist(panel=version.survey.panel)
    receipt = make_receipt("accepted", panelist=panelist)
    about_it = start(version.survey, panelist=panelist)
    other = make_panelist(panel=version.survey.panel)
    make_receipt("accepted", panelist=other)
    about_another = start(version.survey, panelist=other)
    trial = try_out(version.survey, by=make_author(), purchase={"merchant": "Café"})
    about_none = make_response(version)

    tasks.sweep()
    about_it.refresh_from_db()
    assert about_it.purchase["key"] == receipt.public_id

    withdraw(receipt, by=panelist.user)
    tasks.sweep()

    for one in (about_it, about_another, trial, about_none):
        one.refresh_from_db()
    assert (about_it.purchase, about_none.purchase) == ({}, {})
    assert about_another.purchase["merchant"] == "Corner Grocery"
    assert trial.purchase == {"merchant": "Café"}
    assert current(about_it).page == about_it.page


def test_a_response_to_which_nothing_is_shown_ends_at_the_start():
    definition = replace(
        SURVEY,
        pages=(
            Page(
                "p0",
                (Question("hello", Kind.INFORMATION, Text(en="Hello")),),
                show_if="profile.age < 18",
            ),
        ),
        quotas=(),
    )
    version = make_version(definition=definition)

    response = start(version.survey, panelist=make_panelist(panel=version.survey.panel))

    assert (response.status, response.page) == (Status.COMPLETE, "")


def test_an_author_tries_a_draft_out_as_anybody_and_it_counts_nowhere():
    survey, author = make_survey(), make_author()

    trial = try_out(survey, by=author, profile={"age": 70, "x": 1}, language="fr")
    ended = walk(trial)

    assert (trial.profile, trial.language) == ({"age": 70}, "en")
    assert (ended.status, ended.check_state) == (Status.COMPLETE, Check.NONE)
    assert not Reward.objects.exists()
    assert not QuotaCount.objects.exists()
    with pytest.raises(NotAllowed):
        try_out(survey, by=make_user())


def test_trials_are_swept_after_a_day_with_their_versions():
    survey, author = make_survey(), make_author()
    day = timedelta(days=1, minutes=1)
    try_out(survey, by=author)
    Response.objects.update(started_at=timezone.now() - day)
    young = try_out(survey, by=author)
    real = make_response()
    Response.objects.filter(pk=real.pk).update(started_at=timezone.now() - day)

    assert responding.sweep_trials() == 1

    assert set(Response.objects.all()) == {young, real}


def test_breaks_are_no_time_and_parts_of_seconds_are_not_lost(begun):
    now = begun.touched_at
    for _time in range(4):
        now += timedelta(seconds=0.75)
        responding._spend(begun, now)
    assert begun.seconds == 3

    responding._spend(begun, now + timedelta(hours=3))

    assert begun.seconds == 3 + 300


def test_a_failed_attention_check_holds_the_reward(begun):
    ended = walk(begun, check={"chosen": "red"})

    assert (ended.flags, ended.check_state) == (["failed_attention"], Check.HELD)
    assert not Reward.objects.exists()


def test_much_faster_than_ten_others_is_held(version):
    for _number in range(10):
        make_response(version, status=Status.COMPLETE, seconds=100)
    begun = start(version.survey, panelist=make_panelist(panel=version.survey.panel))

    assert walk(begun).flags == ["speeder"]


def test_no_error_and_no_log_repeats_an_answer(begun, caplog):
    secret = "zebra-4111 1111 1111 1111"
    last = leave(leave(leave(begun)))

    outcome = answer(last, "p4", {"recommend": secret, "why": secret}, revision=4)

    assert secret not in str(outcome.errors) + caplog.text
    assert outcome.errors["recommend"] == "Please choose among what is offered."


@pytest.mark.django_db(transaction=True)
def test_started_on_two_devices_at_once_it_is_one_response():
    version = make_version()
    panelist = make_panelist(panel=version.survey.panel)

    found = together(*[lambda: start(version.survey, panelist=panelist)] * 6)

    assert {one.pk for one in found} == {Response.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_sent_six_times_at_once_the_last_page_ends_and_pays_once():
    version = make_version()
    begun = start(version.survey, panelist=make_panelist(panel=version.survey.panel))
    last = leave(leave(leave(begun)))
    form = {"recommend": 9, "why": "Because I like it."}

    together(*[lambda: answer(last, "p4", form, revision=last.revision)] * 6)

    assert Reward.objects.count() == 1
    assert QuotaCount.objects.get(code="everyone").count == 1
    assert Answer.objects.filter(response=last).count() == 7


def test_a_skip_to_the_end_completes():
    page = SURVEY.pages[0]
    short = replace(page, skips=(Skip("drinks includes 'tea'", END), *page.skips))
    version = make_version(definition=replace(SURVEY, pages=(short, *SURVEY.pages[1:])))
    begun = start(version.survey, panelist=make_panelist(panel=version.survey.panel))

    assert leave(begun).status == Status.COMPLETE

"""Whom a survey is for: as data, in words, and as a set of people."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from panelists.minimum_cell import Count
from panelists.services import age_on
from receipts.workflow import Status
from surveys.audience import (
    AGE_BANDS,
    Audience,
    Bought,
    PurchaseCondition,
    Verb,
    WrongAudience,
    as_json,
    from_json,
    sentences,
    why_wrong,
)
from surveys.definition import Definition, Page, Quota
from surveys.models import QuotaCount, Response, Survey, SurveyEvent, SurveyInvitation
from surveys.services import audience as services
from surveys.services.audience import (
    feasibility,
    is_in_share,
    month_start,
    offered_to,
    panelists_in,
    years_before,
)
from surveys.services.errors import ChangedMeanwhile, NotAllowed
from tests.factories import make_panel, make_panelist, make_receipt, make_user
from tests.surveys.factories import (
    make_author,
    make_response,
    make_survey,
    make_version,
)

db = pytest.mark.django_db
BOOKS, TARGET = Bought(category="books"), Bought(merchant="Target")
COSTCO = Bought(merchant="Costco", product="oats")
WHOLE = Audience(
    ages=("18-24", "65+"),
    regions=("US-NY", "US-NJ", "US-CT"),
    joined_from="2025-01",
    joined_to="2025-12",
    purchases=(
        PurchaseCondition(Verb.BOUGHT, BOOKS, days=30),
        PurchaseCondition(Verb.NOT_BOUGHT, days=1),
        PurchaseCondition(Verb.SPENT, TARGET, least=Decimal("20"), most=Decimal("50")),
        PurchaseCondition(Verb.SPENT, TARGET, least=Decimal("20")),
        PurchaseCondition(Verb.SPENT, TARGET, most=Decimal("50")),
        PurchaseCondition(Verb.LAPSED, TARGET, days=30, earlier_days=60),
        PurchaseCondition(Verb.FIRST, BOOKS),
        PurchaseCondition(Verb.SWITCHED, COSTCO, then=TARGET),
    ),
)


# As data and in words -----------------------------------------------------------------


def test_an_audience_comes_back_from_its_json():
    assert from_json(as_json(WHOLE)) == WHOLE
    assert as_json(Audience()) == {}
    assert from_json({}) == Audience()


@given(
    st.builds(
        Audience,
        ages=st.lists(st.sampled_from(list(AGE_BANDS)), unique=True).map(tuple),
        regions=st.lists(st.text(max_size=6)).map(tuple),
        purchases=st.lists(
            st.builds(
                PurchaseCondition,
                verb=st.sampled_from([Verb.BOUGHT, Verb.LAPSED, Verb.FIRST]),
                what=st.builds(Bought, st.text(), st.text(), st.text()),
                days=st.integers(1, 730),
                earlier_days=st.integers(1, 730),
            ),
            max_size=8,
        ).map(tuple),
    )
)
def test_any_audience_comes_back(audience):
    assert from_json(as_json(audience)) == audience


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ([], "An audience is a JSON object."),
        ({"campaign": "spring"}, "“campaign” is no condition of an audience."),
        ({"format": 2}, "This audience was written by a newer version."),
        ({"ages": ["20-21"]}, "An age isn’t one of the bands."),
        ({"ages": "18-24"}, "A list of texts was expected."),
        ({"joined_from": "2025-13"}, "Write a month as 2026-01."),
        ({"joined_to": 2025}, "Write a month as 2026-01."),
        ({"joined_to": "0000-01"}, "Write a month as 2026-01."),
        ({"purchases": {}}, "An audience has a short list of purchases."),
        ({"purchases": [{}]}, "It isn’t known what was done with a purchase."),
        ({"purchases": [{"verb": "bought", "days": "3"}]}, "Days are whole numbers."),
        ({"purchases": [{"verb": "bought", "days": 0}]}, "Use 1 to 730 days."),
        (
            {"purchases": [{"verb": "spent", "least": 5}]},
            "An amount is written as “12.50”.",
        ),
        (
            {"purchases": [{"verb": "bought", "what": {"shelf": "1"}}]},
            "“shelf” is no condition of an audience.",
        ),
    ],
)
def test_what_is_no_audience_is_refused_in_words(data, why):
    with pytest.raises(WrongAudience) as caught:
        from_json(data)

    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (PurchaseCondition(Verb.BOUGHT), ""),
        (PurchaseCondition(Verb.BOUGHT, days=731), "Use 1 to 730 days."),
        (PurchaseCondition(Verb.BOUGHT, earlier_days=0), ""),
        (PurchaseCondition(Verb.LAPSED, earlier_days=0), "Use 1 to 730 days before."),
        (PurchaseCondition(Verb.SPENT), "Say the least or the most that was spent."),
        (
            PurchaseCondition(Verb.SPENT, least=Decimal(5), most=Decimal(4)),
            "The most spent is at least the least.",
        ),
        (
            PurchaseCondition(Verb.SPENT, most=Decimal(-1)),
            "The most spent is at least the least.",
        ),
        (
            PurchaseCondition(Verb.SWITCHED, BOOKS),
            "Say what was bought before, and what is bought now.",
        ),
        (
            PurchaseCondition(Verb.SWITCHED, BOOKS, then=BOOKS),
            "Who switches buys something else now.",
        ),
    ],
)
def test_a_condition_says_what_is_wrong_with_it(condition, why):
    assert why_wrong(condition) == why


def test_an_audience_is_told_in_sentences():
    told = sentences(
        WHOLE,
        regions={"US-NY": "New York", "US-NJ": "New Jersey"},
        categories={"books": "Books"},
        currency="USD",
    )

    assert told == (
        "Age: 18 to 24 or 65 and older.",
        "Lives in: New York, New Jersey or US-CT.",
        "Joined in January 2025 or later.",
        "Joined in December 2025 or earlier.",
        "Bought anything (Books) in the last 30 days.",
        "Didn’t buy anything in the last 1 day.",
        "Spent 20.00 to 50.00 USD on anything at Target in the last 90 days.",
        "Spent 20.00 USD or more on anything at Target in the last 90 days.",
        "Spent 50.00 USD or less on anything at Target in the last 90 days.",
        "Bought anything at Target in the 60 days before the last 30 days, and not "
        "since.",
        "Bought anything (Books) for the first time in the last 90 days.",
        "Bought “oats” at Costco in the 180 days before the last 90 days; since then "
        "anything at Target instead.",
    )


def test_everyone_is_told_too():
    told = sentences(Audience(), regions={}, categories={}, currency="USD")

    assert told == ("Every panelist.",)


# Sets of people -----------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.dates(date(1930, 1, 1)))
def test_a_birthday_so_many_years_back_is_what_an_age_says(day, born_on):
    for years in (18, 25, 65):
        assert (born_on <= years_before(day, years)) == (age_on(day, born_on) >= years)


def test_months_begin_at_midnight_there():
    zone = ZoneInfo("America/New_York")

    assert month_start("2025-12", zone) == datetime(2025, 12, 1, 5, tzinfo=UTC)
    assert month_start("2025-12", zone, months=1) == datetime(2026, 1, 1, 5, tzinfo=UTC)
    assert month_start("9999-12", zone, months=1).year == 9999


@pytest.fixture
def panel():
    return make_panel()


def shop(panelist, days_ago: int, **fields) -> None:
    day = panelist.panel.today() - timedelta(days=days_ago)
    make_receipt(Status.ACCEPTED, panelist=panelist, purchased_on=day, **fields)


@db
def test_everyone_is_the_panels_present_members(panel):
    member = make_panelist(panel=panel)
    make_panelist(panel=panel, left_at=timezone.now() + timedelta(seconds=1))
    make_panelist(panel=panel, user=make_user(is_active=False))
    make_panelist()

    assert set(panelists_in(panel, Audience())) == {member}


@db
def test_ages_are_those_of_the_panels_day(panel):
    at = datetime(2026, 6, 15, 12, tzinfo=UTC)
    young, old, child = (
        make_panelist(panel=panel, born_on=born_on)
        for born_on in (date(2008, 6, 15), date(1950, 1, 1), date(2008, 6, 16))
    )
    make_panelist(panel=panel, born_on=date(1990, 1, 1))

    found = panelists_in(panel, Audience(ages=("18-24", "65+")), at=at)

    assert set(found) == {young, old}
    assert set(panelists_in(panel, Audience(ages=("13-17",)), at=at)) == {child}


@db
def test_a_region_is_one_of_several_and_never_untold(panel):
    there = make_panelist(panel=panel, region="US-NY")
    make_panelist(panel=panel, region="US-CA")
    make_panelist(panel=panel)

    found = panelists_in(panel, Audience(regions=("US-NY", "US-NJ")))

    assert set(found) == {there}


@db
def test_joining_is_by_the_panels_months(panel):
    first, last, before, after = (
        make_panelist(panel=panel, joined_at=at)
        for at in (
            datetime(2025, 3, 1, 5, tzinfo=UTC),
            datetime(2025, 5, 1, 3, 59, tzinfo=UTC),
            datetime(2025, 3, 1, 4, 59, tzinfo=UTC),
            datetime(2025, 5, 1, 4, tzinfo=UTC),
        )
    )

    found = panelists_in(panel, Audience(joined_from="2025-03", joined_to="2025-04"))

    assert set(found) == {first, last}
    assert set(panelists_in(panel, Audience(joined_from="2025-05"))) == {after}
    assert set(panelists_in(panel, Audience(joined_to="2025-02"))) == {before}


@db
@pytest.mark.parametrize(
    ("condition", "who"),
    [
        (PurchaseCondition(Verb.BOUGHT, TARGET, days=30), {"new", "switched"}),
        (PurchaseCondition(Verb.NOT_BOUGHT, TARGET, days=30), {"lapsed", "idle"}),
        (
            PurchaseCondition(Verb.SPENT, TARGET, days=365, least=Decimal("25")),
            {"lapsed"},
        ),
        (
            PurchaseCondition(Verb.LAPSED, TARGET, days=30, earlier_days=60),
            {"lapsed"},
        ),
        (
            PurchaseCondition(Verb.LAPSED, TARGET, days=30, earlier_days=5),
            set(),
        ),
        (PurchaseCondition(Verb.FIRST, TARGET, days=30), {"new", "switched"}),
        (
            PurchaseCondition(
                Verb.SWITCHED,
                Bought(merchant="Costco"),
                days=30,
                earlier_days=60,
                then=TARGET,
            ),
            {"switched"},
        ),
    ],
    ids=lambda value: getattr(value, "verb", None),
)
def test_people_are_found_by_what_they_bought(panel, condition, who):
    people = {
        name: make_panelist(panel=panel)
        for name in ("new", "lapsed", "switched", "idle")
    }
    shop(people["new"], 5, merchant_name="Target")
    shop(people["lapsed"], 40, merchant_name="Target", total=Decimal("25.00"))
    shop(people["switched"], 40, merchant_name="Costco")
    shop(people["switched"], 5, merchant_name="Target")

    found = set(panelists_in(panel, Audience(purchases=(condition,))))

    assert found == {people[name] for name in who}


@db
def test_all_conditions_must_hold(panel):
    fits = make_panelist(panel=panel, region="US-NY")
    other = make_panelist(panel=panel, region="US-NY")
    shop(make_panelist(panel=panel), 5, category="books")
    shop(fits, 5, category="books")
    shop(fits, 6, merchant_name="Target")
    shop(other, 5, category="books")
    conditions = (
        PurchaseCondition(Verb.BOUGHT, BOOKS),
        PurchaseCondition(Verb.BOUGHT, TARGET),
    )

    audience = Audience(regions=("US-NY",), purchases=conditions)

    assert set(panelists_in(panel, audience)) == {fits}


@db
def test_an_audience_is_one_query_and_two_a_shop(panel, django_assert_num_queries):
    for shop_name in ("Target", "Costco", "Target"):
        shop(make_panelist(panel=panel), 5, merchant_name=shop_name)

    # Target in five conditions, Costco in one.
    with django_assert_num_queries(1 + 2 * 6):
        list(panelists_in(panel, WHOLE))


@db
def test_how_many_there_are_is_never_told_exactly():
    panel = make_panel(minimum_cell=5)
    for _ in range(4):
        make_panelist(panel=panel)
    few = feasibility(Audience(), panel)
    for _ in range(9):
        make_panelist(panel=panel)

    assert few == Count(at_least=None, minimum=5)
    assert feasibility(Audience(), panel) == Count(at_least=10, minimum=5)


# What is offered ----------------------------------------------------------------------


def live(panel, definition: Definition | None = None, **fields) -> Survey:
    survey = make_survey(panel=panel, **fields)
    make_version(survey, definition)
    return survey


@db
def test_an_open_survey_is_offered_to_its_audience(panel):
    survey = live(panel, audience=as_json(Audience(regions=("US-NY",))))
    make_survey(panel=panel)
    live(make_panel())

    assert offered_to(make_panelist(panel=panel, region="US-NY")) == [survey]
    assert offered_to(make_panelist(panel=panel)) == []


@db
@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({}, True),
        ({"starts_at": timedelta(hours=-1), "ends_at": timedelta(hours=1)}, True),
        ({"starts_at": timedelta(hours=1)}, False),
        ({"ends_at": timedelta(hours=-1)}, False),
        ({"status": Survey.Status.PAUSED}, False),
        ({"status": Survey.Status.CLOSED}, False),
    ],
)
def test_a_survey_is_offered_in_its_time(panel, fields, is_offered):
    now = timezone.now()
    fields = {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in fields.items()
    }
    survey = live(panel, **fields)

    offered = offered_to(make_panelist(panel=panel), at=now)

    assert offered == ([survey] if is_offered else [])
    assert survey.is_open(now) is is_offered


@db
def test_nothing_is_offered_to_who_has_left(panel):
    live(panel)
    left = make_panelist(panel=panel, left_at=timezone.now() + timedelta(seconds=1))

    assert offered_to(left) == []


@db
@pytest.mark.parametrize("status", Response.Status)
def test_an_ended_survey_is_offered_no_more(panel, status):
    survey, panelist = live(panel), make_panelist(panel=panel)
    make_response(survey.current, panelist, status=status)

    offered = offered_to(panelist)

    assert offered == ([survey] if status == Response.Status.STARTED else [])


@db
def test_what_was_begun_or_promised_stays_offered(panel):
    panelist = make_panelist(panel=panel, region="US-NY")
    begun = live(panel, name="Begun", audience={"regions": ["US-CA"]})
    promised = live(panel, name="Promised", audience={"regions": ["US-CA"]})
    live(panel, audience={"regions": ["US-CA"]})
    make_response(begun.current, panelist)
    SurveyInvitation.objects.create(survey=promised, panelist=panelist)

    assert offered_to(panelist) == [begun, promised]


@db
def test_higher_priorities_come_first_and_begun_ones_before_them(panel):
    low, high, begun = (live(panel, priority=number) for number in (1, 5, 0))
    panelist = make_panelist(panel=panel)
    make_response(begun.current, panelist)

    assert offered_to(panelist) == [begun, high, low]


@db
def test_nobody_is_asked_more_often_than_the_panel_says():
    panel, now = make_panel(survey_cap=2), timezone.now()
    panelist = make_panelist(panel=panel)
    ended, promised = live(panel), live(panel)
    make_response(ended.current, panelist, status=Response.Status.COMPLETE)
    SurveyInvitation.objects.create(survey=promised, panelist=panelist)
    other = live(panel)

    assert offered_to(panelist) == [promised]
    assert offered_to(make_panelist(panel=panel)) == [ended, promised]
    assert offered_to(panelist, at=now + timedelta(days=31)) == [promised, other]


@db
def test_without_a_cap_all_are_offered():
    panel = make_panel(survey_cap=None)
    surveys = [live(panel) for _ in range(12)]

    assert offered_to(make_panelist(panel=panel)) == surveys


@db
def test_a_survey_that_has_everyone_it_needs_is_offered_to_nobody_new(panel):
    definition = Definition(
        pages=(Page("p1"),),
        quotas=(Quota("all", "All", 1), Quota("tea", "Tea", 1, "q1 = 'tea'")),
    )
    survey = live(panel, definition)
    beginner = make_panelist(panel=panel)
    make_response(survey.current, beginner)
    quotas = QuotaCount.objects.filter(survey=survey)

    quotas.filter(code="tea").update(count=1)
    while_one_kind_is_full = offered_to(make_panelist(panel=panel))
    quotas.filter(code="all").update(count=1)

    assert while_one_kind_is_full == [survey]
    assert offered_to(make_panelist(panel=panel)) == []
    assert offered_to(beginner) == [survey]


def test_raising_the_share_only_adds_people():
    people = [f"panelist{number}" for number in range(1000)]
    survey = Survey(public_id="survey")
    shares = []
    for survey.share in (1, 10, 50, 99, 100):
        shares.append({one for one in people if is_in_share(survey, one)})

    for fewer, more in pairwise(shares):
        assert fewer < more
    assert len(shares[-1]) == 1000
    assert 60 < len(shares[1]) < 140


def test_another_survey_starts_with_other_people():
    people = [f"panelist{number}" for number in range(1000)]
    one, other = (Survey(public_id=name, share=10) for name in ("one", "other"))

    both = [who for who in people if is_in_share(one, who) and is_in_share(other, who)]

    assert len(both) < 40


@db
def test_a_soft_launch_offers_to_its_share(panel):
    survey = live(panel, share=50)
    people = [make_panelist(panel=panel) for _ in range(20)]

    offered = [one for one in people if offered_to(one) == [survey]]

    assert offered == [one for one in people if is_in_share(survey, one.public_id)]


@db
def test_what_is_offered_takes_a_fixed_number_of_queries_and_one_a_survey(
    panel, django_assert_num_queries
):
    for _ in range(3):
        live(panel)
    panelist = make_panelist(panel=panel)

    with django_assert_num_queries(6 + 3):
        offered_to(panelist)


# Changing it --------------------------------------------------------------------------


@db
def test_an_author_changes_whom_a_survey_asks(panel):
    survey, author = make_survey(panel=panel), make_author()

    changed = services.change_audience(survey, WHOLE, before=Audience(), by=author)

    survey.refresh_from_db()
    assert changed == survey
    assert from_json(survey.audience) == WHOLE
    assert SurveyEvent.objects.count() == 0


@db
def test_a_change_after_the_launch_is_noted(panel):
    survey, author = live(panel), make_author()

    services.change_audience(survey, WHOLE, before=Audience(), by=author)

    event = SurveyEvent.objects.get()
    assert (event.survey, event.actor) == (survey, author)
    assert event.what == "Changed whom it asks."


@db
def test_others_change_no_audience(panel):
    survey = make_survey(panel=panel)

    with pytest.raises(NotAllowed):
        services.change_audience(survey, WHOLE, before=Audience(), by=make_user())


@db
def test_a_closed_survey_asks_whom_it_asked(panel):
    survey = live(panel, status=Survey.Status.CLOSED)

    with pytest.raises(NotAllowed):
        services.change_audience(survey, WHOLE, before=Audience(), by=make_author())


@db
def test_two_authors_dont_overwrite_each_other(panel):
    survey, author = make_survey(panel=panel), make_author()
    services.change_audience(
        survey, Audience(regions=("US-NY",)), before=Audience(), by=author
    )

    with pytest.raises(ChangedMeanwhile):
        services.change_audience(survey, WHOLE, before=Audience(), by=author)

"""The author's page on whom a survey is for."""

import json
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pytest_django.asserts import assertContains, assertNotContains

from receipts.models import Merchant
from receipts.workflow import Status
from surveys.audience import (
    Audience,
    Bought,
    PurchaseCondition,
    Verb,
    as_json,
    from_json,
)
from surveys.models import Survey
from tests.factories import (
    make_operator,
    make_panel,
    make_panelist,
    make_receipt,
    make_user,
)
from tests.surveys.factories import make_author, make_survey

pytestmark = pytest.mark.django_db
SPENT = PurchaseCondition(
    Verb.SPENT, Bought(merchant="Target"), days=60, least=Decimal("20.00")
)
SWITCHED = PurchaseCondition(
    Verb.SWITCHED,
    Bought(merchant="Costco", category="supermarket"),
    days=30,
    earlier_days=120,
    then=Bought(merchant="Target", product="oats"),
)
AUDIENCE = Audience(
    ages=("25-34",),
    regions=("US-NY",),
    joined_from="2025-01",
    joined_to="2025-12",
    purchases=(SPENT, SWITCHED),
)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def survey():
    return make_survey(panel=make_panel(minimum_cell=5))


@pytest.fixture
def author(client):
    author = make_author()
    client.force_login(author)
    return author


def address(survey, part: str = "") -> str:
    return f"/author/{survey.public_id}/audience/{part}"


def posted(survey, *purchases: dict, **fields) -> dict:
    """As the form posts it: `purchases` as their fields without prefix."""
    told = {
        "before": json.dumps(survey.audience),
        "purchases": len(purchases),
        "joined_from": "",
        "joined_to": "",
    }
    for number, purchase in enumerate(purchases):
        defaults = {"verb": "bought", "days": 90}
        for name, value in (defaults | purchase).items():
            told[f"p{number}-{name}"] = value
    return told | fields


WHOLE = (
    {"verb": "spent", "merchant": "Target", "days": 60, "least": "20"},
    {
        "verb": "switched",
        "merchant": " Costco ",
        "category": "supermarket",
        "days": 30,
        "earlier_days": 120,
        "then_merchant": "Target",
        "then_product": "oats",
        # Left over from when it was another verb.
        "least": "5",
    },
)


def test_an_author_says_whom_a_survey_is_for(client, author, survey):
    fields = {
        "ages": ["25-34"],
        "regions": ["US-NY"],
        "joined_from": "2025-01",
        "joined_to": "2025-12",
    }

    response = client.post(
        address(survey), posted(survey, *WHOLE, **fields), follow=True
    )

    survey.refresh_from_db()
    assert from_json(survey.audience) == AUDIENCE
    assertContains(response, "The audience is saved.")
    assertContains(response, "Spent 20.00 USD or more on anything at Target")


def test_the_page_shows_what_is_saved(client, author, survey):
    survey.audience = as_json(AUDIENCE)
    survey.save(update_fields=["audience"])

    forms = client.get(address(survey)).context["forms"]

    assert forms.about["ages"].value() == ("25-34",)
    assert forms.about["joined_from"].value() == "2025-01"
    regions = [name for _code, name in forms.about.fields["regions"].choices]
    assert regions[:3] == ["New York", "Alabama", "Alaska"]
    assert [one["merchant"].value() for one in forms.purchases] == ["Target", "Costco"]
    assert forms.purchases[1]["then_product"].value() == "oats"


def test_posting_what_the_page_shows_changes_nothing(client, author, survey):
    survey.audience = as_json(AUDIENCE)
    survey.save(update_fields=["audience"])
    context = client.get(address(survey)).context
    told = {"before": context["before"], "purchases": 2}
    for form in (context["forms"].about, *context["forms"].purchases):
        for field in form:
            told[field.html_name] = "" if field.value() is None else field.value()

    client.post(address(survey), told)

    survey.refresh_from_db()
    assert from_json(survey.audience) == AUDIENCE


@pytest.mark.parametrize(
    ("purchases", "fields", "sentence"),
    [
        ([], {"ages": ["20-21"]}, "20-21 is not one of the available choices"),
        ([], {"regions": ["CA-ON"]}, "CA-ON is not one of the available choices"),
        ([], {"joined_from": "May"}, "Write a month as 2026-01."),
        (
            [],
            {"joined_from": "2025-02", "joined_to": "2025-01"},
            "Nobody joined after this and before that.",
        ),
        ([{"days": "0"}], {}, "greater than or equal to 1"),
        ([{"verb": "spent"}], {}, "Say the least or the most that was spent."),
        ([{"verb": "lapsed"}], {}, "Use 1 to 730 days before."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_saved(
    client, author, survey, purchases, fields, sentence
):
    response = client.post(address(survey), posted(survey, *purchases, **fields))

    survey.refresh_from_db()
    assertContains(response, sentence, status_code=422)
    assert survey.audience == {}


def test_conditions_are_added_and_removed_without_saving(client, author, survey):
    first, second = {"merchant": "Target"}, {"merchant": "Costco", "days": "oops"}

    added = client.post(
        address(survey), posted(survey, first, second, action="add")
    ).context["forms"]
    removed = client.post(
        address(survey), posted(survey, first, second, action="remove:0")
    ).context["forms"]

    survey.refresh_from_db()
    assert [one["merchant"].value() for one in added.purchases] == [
        "Target",
        "Costco",
        "",
    ]
    assert [one["merchant"].value() for one in removed.purchases] == ["Costco"]
    assert removed.purchases[0]["days"].value() == "oops"
    assert survey.audience == {}


def test_there_are_at_most_eight_conditions(client, author, survey):
    many = [{"merchant": f"Shop {number}"} for number in range(9)]

    page = client.post(address(survey), posted(survey, *many, action="add"))

    assert len(page.context["forms"].purchases) == 8
    assertNotContains(page, "Add a condition")


def test_a_fragment_is_the_form_alone(client, author, survey):
    whole = client.post(address(survey), posted(survey, action="add"))
    part = client.post(address(survey), posted(survey, action="add"), headers=HTMX)

    assertContains(whole, "<!doctype html>")
    assertNotContains(part, "<!doctype html>")
    assertContains(part, '<div id="audience"')


def test_another_authors_change_isnt_overwritten_unseen(client, author, survey):
    old = posted(survey, ages=["25-34"])
    client.post(address(survey), posted(survey, ages=["65+"]))

    response = client.post(address(survey), old)

    survey.refresh_from_db()
    assert from_json(survey.audience) == Audience(ages=("65+",))
    assertContains(response, "Somebody else has changed the audience", status_code=409)
    assertContains(response, "Age: 65 and older.", status_code=409)
    assert response.context["forms"].about["ages"].value() == ["25-34"]
    client.post(address(survey), old | {"before": response.context["before"]})
    survey.refresh_from_db()
    assert from_json(survey.audience) == Audience(ages=("25-34",))


def test_a_form_that_says_nothing_of_what_it_showed_saves_nothing(
    client, author, survey
):
    response = client.post(address(survey), posted(survey, before="x", ages=["65+"]))

    assert response.status_code == 409


def test_a_closed_survey_only_tells(client, author, survey):
    now = survey.created_at
    Survey.objects.update(status=Survey.Status.CLOSED, launched_at=now, closed_at=now)

    page = client.get(address(survey))
    client.post(address(survey), posted(survey, ages=["65+"]))

    survey.refresh_from_db()
    assertContains(page, "Every panelist.")
    assertNotContains(page, "audience-form")
    assert survey.audience == {}


# The count ----------------------------------------------------------------------------


def make_buyers(survey, number: int) -> None:
    for _ in range(number):
        panelist = make_panelist(panel=survey.panel)
        make_receipt(Status.ACCEPTED, panelist=panelist, merchant_name="Target")


def test_the_count_follows_the_form_and_is_never_exact(client, author, survey):
    make_buyers(survey, 7)
    make_panelist(panel=survey.panel)

    some, few = (
        client.post(
            address(survey, "count/"), posted(survey, {"merchant": name}), headers=HTMX
        )
        for name in ("Target", "Costco")
    )

    assertContains(some, "<strong>at least 5</strong> panelists")
    assertContains(few, "<strong>fewer than 5</strong> panelists")


def test_a_form_with_mistakes_has_no_count(client, author, survey):
    data = posted(survey, {"days": "0"})

    response = client.post(address(survey, "count/"), data, headers=HTMX)

    assertContains(response, "The count comes when the form is complete.")


def test_without_javascript_a_button_counts_without_saving(client, author, survey):
    make_buyers(survey, 6)

    page = client.post(
        address(survey), posted(survey, {"merchant": "Target"}, action="count")
    )

    survey.refresh_from_db()
    assertContains(page, "<strong>at least 5</strong> panelists")
    assertContains(page, "Not saved yet.")
    assert survey.audience == {}


def test_shops_are_named_for_what_is_typed(client, author, survey):
    Merchant.objects.create(panel=survey.panel, name="Zylo & Sons")
    Merchant.objects.create(panel=make_panel(), name="Zylo Abroad")

    response = client.get(address(survey, "shops/"), {"p1-then_merchant": "zylo"})

    assert response.content.decode().strip() == (
        '<datalist id="shops"><option value="Zylo &amp; Sons"></option></datalist>'
    )


# Who ----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["", "count/", "shops/"])
@pytest.mark.parametrize(
    "make", [make_user, make_operator, lambda: make_panelist().user]
)
def test_others_find_nothing(client, survey, make, part):
    client.force_login(make())
    verb = client.post if part == "count/" else client.get

    assert verb(address(survey, part)).status_code == 404


def test_a_stranger_signs_in_first(client, survey):
    response = client.get(address(survey))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_counting_is_a_post(client, author, survey):
    assert client.get(address(survey, "count/")).status_code == 405


def test_the_page_asks_the_database_a_fixed_number_of_times(
    client, author, survey, django_assert_num_queries
):
    make_buyers(survey, 6)
    client.get(address(survey))

    with django_assert_num_queries(7):
        client.get(address(survey))


# In a browser -------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_author_builds_an_audience_by_hand(open_as):
    survey = make_survey(panel=make_panel(minimum_cell=5))
    make_buyers(survey, 6)
    page = open_as(make_author(), address(survey))
    reach = page.locator("#count")

    expect(reach).to_contain_text("at least 5")
    page.get_by_role("button", name="Add a condition").click()
    page.get_by_label("What people did").select_option("spent")
    expect(page.get_by_label("At least")).to_be_visible()
    expect(page.get_by_text("Now, instead")).to_be_hidden()
    page.get_by_label("At least").fill("1000")
    expect(reach).to_contain_text("fewer than 5", timeout=15_000)
    page.get_by_label("At least").fill("5")
    expect(reach).to_contain_text("at least 5", timeout=15_000)
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("The audience is saved.")).to_be_visible()
    survey.refresh_from_db()
    assert from_json(survey.audience).purchases == (
        PurchaseCondition(Verb.SPENT, least=Decimal("5.00")),
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("size", "scheme"), [((390, 844), "light"), ((1280, 800), "dark")]
)
def test_the_page_is_accessible(open_as, size, scheme):
    survey = make_survey(audience=as_json(AUDIENCE))
    width, height = size
    page = open_as(
        make_author(),
        address(survey),
        viewport={"width": width, "height": height},
        color_scheme=scheme,
    )
    expect(page.get_by_role("group", name="Condition 2")).to_be_visible()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

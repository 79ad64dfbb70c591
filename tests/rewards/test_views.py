"""The rewards' pages: a panelist's history and balance, finance's decisions."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from rewards import services
from rewards.models import LedgerEntry, Reward, RewardPlan
from tests.factories import (
    make_finance,
    make_panel,
    make_panelist,
    make_reviewer,
    make_user,
)

pytestmark = pytest.mark.django_db
Status = Reward.Status
LIST, APPROVALS = "/rewards/", "/rewards/approvals/"
SELECTED = "/rewards/approvals/approve/"


@pytest.fixture
def panelist():
    panel = make_panel()
    RewardPlan.objects.create(panel=panel, amount="10.00", valid_from=date(2020, 1, 1))
    return make_panelist(panel=panel)


@pytest.fixture
def finance():
    return make_finance(name="Fay Finance")


@pytest.fixture
def office(client, finance):
    """Finance's browser."""
    client.force_login(finance)
    return client


def proposed(panelist, month=date(2025, 3, 1), *, status=Status.PROPOSED) -> Reward:
    if status == Status.RETRACTED:
        month = panelist.panel.month()  # one that is over keeps its reward
    reward = services.settle_month(panelist=panelist, month=month, accepted=10)
    if status == Status.APPROVED:
        services.approve(reward, by=make_finance())
    elif status == Status.REFUSED:
        services.refuse(reward, by=make_finance(), reason="Shared by two people.")
    elif status == Status.RETRACTED:
        services.settle_month(panelist=panelist, month=month, accepted=9)
    reward.refresh_from_db()
    return reward


def url(reward, name="detail") -> str:
    return reverse(f"rewards:{name}", args=[reward.public_id])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def status_of(reward) -> str:
    reward.refresh_from_db()
    return reward.status


# The panelist -----------------------------------------------------------------------


def test_the_panelist_sees_balance_plan_and_history(client, panelist):
    proposed(panelist, date(2025, 1, 1), status=Status.APPROVED)
    proposed(panelist, date(2025, 2, 1), status=Status.REFUSED)
    proposed(panelist, date(2025, 3, 1))
    proposed(panelist, status=Status.RETRACTED)
    proposed(make_panelist(panel=panelist.panel), date(2025, 5, 1))
    client.force_login(panelist.user)

    response = client.get(LIST)

    assert response.context["balance"] == Decimal("10.00")
    text = text_of(response)
    assert "for 10 receipts that count" in text
    assert [reward.description for reward in response.context["page"]] == [
        "10 receipts in March 2025",
        "10 receipts in February 2025",
        "10 receipts in January 2025",
    ]
    for word in ("In your balance", "Refused", "Waiting for approval"):
        assert f">{word}</span>" in text


def test_a_new_panelist_reads_how_to_begin(client):
    client.force_login(make_panelist().user)

    text = text_of(client.get(LIST))

    assert "$0.00" in text
    assert "No rewards yet" in text


def test_the_history_costs_the_same_however_long_it_is(
    client, panelist, django_assert_num_queries
):
    for month in range(1, 6):
        proposed(panelist, date(2025, month, 1), status=Status.APPROVED)
    client.force_login(panelist.user)

    # Session, user, membership, permissions (2); rewards and their number, the
    # balance's two sums, the plan.
    with django_assert_num_queries(10):
        client.get(LIST)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.PROPOSED, ["Waiting for approval"]),
        (Status.APPROVED, ["Waiting for approval", "In your balance"]),
        (Status.REFUSED, ["Waiting for approval", "Refused"]),
        (Status.RETRACTED, ["Waiting for approval", "No longer due"]),
    ],
)
def test_the_panelist_reads_what_became_of_a_reward(client, panelist, status, words):
    reward = proposed(panelist, status=status)
    client.force_login(panelist.user)

    response = client.get(url(reward))

    assert [word for _event, word in response.context["events"]] == words
    text = text_of(response)
    assert f'badge--{status}">{words[-1]}<' in text
    assert ("Shared by two people." in text) == (status == Status.REFUSED)
    for hidden in ("Decide", "Source", reward.source, "example.com"):
        assert hidden not in text


# Finance ----------------------------------------------------------------------------


def test_finance_is_sent_to_the_approvals(office):
    assert office.get(LIST).url == APPROVALS


def test_the_approvals_show_what_waits_the_oldest_first(office, panelist):
    first = proposed(panelist, date(2025, 1, 1))
    second = proposed(panelist, date(2025, 2, 1))
    done = proposed(panelist, date(2025, 3, 1), status=Status.APPROVED)
    refused = proposed(panelist, date(2025, 4, 1), status=Status.REFUSED)

    response = office.get(APPROVALS)

    assert list(response.context["page"]) == [first, second]
    assert list(response.context["decided"]) == [refused, done]
    assert "2 rewards wait for a second person." in text_of(response)
    assert 'badge--approved">Approved<' in text_of(response)


def test_nothing_to_approve_says_so(office):
    assert "Nothing to approve" in text_of(office.get(APPROVALS))


def test_the_approvals_cost_the_same_however_many_wait(
    office, panelist, django_assert_num_queries
):
    for month in range(1, 6):
        proposed(panelist, date(2025, month, 1))
        proposed(panelist, date(2024, month, 1), status=Status.APPROVED)

    # Session, user, membership, permissions (2); what waits, its number, what is done.
    with django_assert_num_queries(8):
        office.get(APPROVALS)


def test_finance_sees_the_details_in_its_own_words(office, panelist):
    reward = proposed(panelist, status=Status.APPROVED)

    text = text_of(office.get(url(reward)))

    assert reward.source in text
    assert LedgerEntry.objects.get().public_id in text
    assert 'badge--approved">Approved<' in text
    assert "the reward plan" in text


def test_approving_pays(office, panelist, finance):
    reward = proposed(panelist)

    response = office.post(url(reward, "approve"), follow=True)

    assert response.redirect_chain == [(APPROVALS, 302)]
    assert said(response) == ["Approved."]
    assert (status_of(reward), reward.decided_by) == (Status.APPROVED, finance)
    assert services.balance(panelist) == Decimal("10.00")


def test_approving_twice_pays_once_and_says_so(office, panelist):
    reward = proposed(panelist)
    office.post(url(reward, "approve"), follow=True)

    response = office.post(url(reward, "approve"), follow=True)

    assert said(response) == ["This reward is no longer waiting for a decision."]
    assert services.balance(panelist) == Decimal("10.00")


def test_refusing_tells_the_panelist_why(office, panelist, finance):
    reward = proposed(panelist)

    response = office.post(
        url(reward, "refuse"), {"reason": "Shared by two."}, follow=True
    )

    assert said(response) == ["Refused."]
    assert (status_of(reward), reward.refusal) == (Status.REFUSED, "Shared by two.")
    assert services.balance(panelist) == 0


@pytest.mark.parametrize("data", [{}, {"reason": ""}, {"reason": "   "}])
def test_refusing_needs_a_reason(office, panelist, data):
    reward = proposed(panelist)

    response = office.post(url(reward, "refuse"), data)

    assert response.status_code == 422
    assert ('id="reason_error">Say why you refuse: the panelist reads it.') in text_of(
        response
    )
    assert status_of(reward) == Status.PROPOSED


def test_a_refusal_that_came_too_late_says_so(office, panelist):
    reward = proposed(panelist, status=Status.APPROVED)

    response = office.post(url(reward, "refuse"), {"reason": "Late"})

    assert response.status_code == 422
    assert "This reward is no longer waiting for a decision." in text_of(response)
    assert status_of(reward) == Status.APPROVED


def test_many_are_approved_at_once(office, panelist):
    rewards = [proposed(panelist, date(2025, month, 1)) for month in (1, 2, 3)]
    chosen = [reward.public_id for reward in rewards[:2]]

    response = office.post(SELECTED, {"reward": chosen}, follow=True)

    assert said(response) == ["2 rewards approved."]
    assert [status_of(reward) for reward in rewards] == [
        Status.APPROVED,
        Status.APPROVED,
        Status.PROPOSED,
    ]


def test_one_that_fails_among_many_is_named(office, panelist):
    good = proposed(panelist, date(2025, 1, 1))
    late = proposed(panelist, date(2025, 2, 1), status=Status.APPROVED)

    response = office.post(
        SELECTED, {"reward": [good.public_id, late.public_id, "unknown"]}, follow=True
    )

    late_sentence = "This reward is no longer waiting for a decision."
    assert said(response) == [
        f"10 receipts in February 2025: {late_sentence}",
        "1 reward approved.",
    ]
    assert status_of(good) == Status.APPROVED


def test_ticking_nothing_says_so(office, panelist):
    reward = proposed(panelist)

    response = office.post(SELECTED, follow=True)

    assert said(response) == ["Tick at least one reward."]
    assert status_of(reward) == Status.PROPOSED


def test_enter_on_a_box_presses_no_single_rewards_button(office, panelist):
    """A browser presses a form's first button: it must be the one for the chosen."""
    proposed(panelist)

    text = text_of(office.get(APPROVALS))

    form = text[text.index(f'action="{SELECTED}"') :]
    assert form.index("<button hidden>") < form.index("formaction=")


@pytest.fixture(params=["own", "own proposal"])
def conflicted(request, finance, panelist):
    """A reward that this finance person must not decide on."""
    if request.param == "own":
        member = make_panelist(panel=panelist.panel, user=finance)
        return proposed(member)
    return services.propose(
        panelist=panelist,
        source="goodwill:1",
        description="Goodwill",
        amount=Decimal("5.00"),
        by=finance,
    )


@pytest.mark.parametrize("name", ["approve", "refuse"])
def test_nobody_decides_on_their_own_or_what_they_proposed(office, conflicted, name):
    response = office.post(url(conflicted, name), {"reason": "Mine"}, follow=True)

    assert status_of(conflicted) == Status.PROPOSED
    assert "A reward is approved by another person" in text_of(
        response
    ) or "You can’t decide on a reward of your own." in text_of(response)


def test_nor_among_many(office, conflicted):
    office.post(SELECTED, {"reward": [conflicted.public_id]})

    assert status_of(conflicted) == Status.PROPOSED


def test_nor_are_they_offered_to(office, conflicted):
    row, page = text_of(office.get(APPROVALS)), text_of(office.get(url(conflicted)))

    assert "Another person decides" in row
    assert f'value="{conflicted.public_id}"' not in row
    assert url(conflicted, "approve") not in row + page
    assert "Another person decides on this one" in page


# Who may ----------------------------------------------------------------------------


def visitor(who: str, reward):
    return {
        "owner": lambda: reward.panelist.user,
        "stranger": lambda: make_panelist(panel=reward.panelist.panel).user,
        "reviewer": make_reviewer,
        "person without membership": make_user,
        "finance": make_finance,
    }[who]()


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("owner", 200),
        ("finance", 200),
        ("stranger", 404),
        ("reviewer", 404),
        ("person without membership", 404),
    ],
)
def test_a_reward_is_seen_by_its_panelist_and_finance(client, panelist, who, expected):
    reward = proposed(panelist)
    client.force_login(visitor(who, reward))

    assert client.get(url(reward)).status_code == expected


@pytest.mark.parametrize(
    "who", ["owner", "stranger", "reviewer", "person without membership"]
)
def test_only_finance_decides(client, panelist, who):
    reward = proposed(panelist)
    client.force_login(visitor(who, reward))

    answers = [
        client.get(APPROVALS),
        client.post(url(reward, "approve")),
        client.post(url(reward, "refuse"), {"reason": "No"}),
        client.post(SELECTED, {"reward": [reward.public_id]}),
    ]

    assert {response.status_code for response in answers} == {404}
    assert status_of(reward) == Status.PROPOSED


@pytest.mark.parametrize("who", ["reviewer", "person without membership"])
def test_the_rewards_page_is_for_panelists(client, panelist, who):
    client.force_login(visitor(who, proposed(panelist)))

    assert client.get(LIST).status_code == 404


def test_without_a_sign_in_nothing_is_shown_or_decided(client, panelist):
    reward = proposed(panelist)

    answers = [client.get(address) for address in (LIST, APPROVALS, url(reward))]
    answers += [client.post(url(reward, name)) for name in ("approve", "refuse")]
    answers.append(client.post(SELECTED, {"reward": [reward.public_id]}))

    for response in answers:
        assert response.url.startswith("/accounts/login/?next=/rewards/")
    assert status_of(reward) == Status.PROPOSED


def test_changes_refuse_get(office, panelist):
    reward = proposed(panelist)

    for address in (url(reward, "approve"), url(reward, "refuse"), SELECTED):
        assert office.get(address).status_code == 405

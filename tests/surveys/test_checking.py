"""What becomes of held responses."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from rewards.models import Reward
from surveys.models import QuotaCount, Response
from surveys.services.checking import find_bad, find_good, held
from surveys.services.errors import AlreadyChecked, NotAllowed
from surveys.services.responding import start
from tests.factories import make_finance, make_panelist, make_user
from tests.surveys.factories import make_author, make_response, make_version
from tests.surveys.test_responding import walk
from tests.together import together

Check = Response.Check
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(db) -> Response:
    version = make_version()
    begun = start(version.survey, panelist=make_panelist(panel=version.survey.panel))
    return walk(begun, check={"chosen": "green"})


def test_a_response_found_good_is_paid(waiting):
    author = make_author()

    found = find_good(waiting, by=author)

    assert (found.check_state, found.checked_by) == (Check.GOOD, author)
    assert Reward.objects.get().amount == Decimal("1.50")
    assert list(held(by=author)) == []


def test_a_response_found_bad_is_not_paid_says_why_and_frees_its_places(waiting):
    assert QuotaCount.objects.get(code="coffee").count == 1

    found = find_bad(waiting, by=make_author(), reason=" Failed  the check. ")

    assert (found.check_state, found.checked_why) == (Check.BAD, "Failed the check.")
    assert not Reward.objects.exists()
    assert set(QuotaCount.objects.values_list("count", flat=True)) == {0}


def test_a_reason_is_needed(waiting):
    with pytest.raises(NotAllowed, match="Say why"):
        find_bad(waiting, by=make_author(), reason=" ")


@pytest.mark.parametrize("make_person", [make_user, make_finance])
def test_only_authors_check(waiting, make_person):
    person = make_person()

    with pytest.raises(NotAllowed):
        find_good(waiting, by=person)
    with pytest.raises(NotAllowed):
        find_bad(waiting, by=person, reason="No.")
    assert list(held(by=person)) == []


def test_nobody_checks_a_response_of_their_own():
    author = make_author()
    version = make_version()
    mine = make_panelist(panel=version.survey.panel, user=author)
    own = walk(start(version.survey, panelist=mine), check={"chosen": "red"})

    assert list(held(by=author)) == []
    with pytest.raises(NotAllowed, match="of your own"):
        find_good(own, by=author)


def test_a_response_is_checked_once(waiting):
    find_good(waiting, by=make_author())

    with pytest.raises(AlreadyChecked):
        find_bad(waiting, by=make_author(), reason="Too late.")


def test_what_was_never_held_is_not_checked():
    with pytest.raises(AlreadyChecked):
        find_good(make_response(), by=make_author())


def test_a_bad_response_says_why_by_constraint():
    response = make_response(status="complete")

    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(
            check_state="bad", checked_at=response.started_at, checked_by=make_author()
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does():
    version = make_version()
    begun = start(version.survey, panelist=make_panelist(panel=version.survey.panel))
    waiting = walk(begun, check={"chosen": "red"})
    one, other = make_author(), make_author()

    outcomes = together(
        lambda: find_good(waiting, by=one),
        lambda: find_bad(waiting, by=other, reason="Bad."),
    )

    assert sum(isinstance(told, AlreadyChecked) for told in outcomes) == 1
    waiting.refresh_from_db()
    paid = waiting.check_state == Check.GOOD
    assert Reward.objects.count() == paid
    assert QuotaCount.objects.get(code="everyone").count == paid

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from panelists.models import (
    Consent,
    Invitation,
    Panel,
    Panelist,
    TermsVersion,
    User,
    WaitlistEntry,
    display_name,
)
from tests.factories import make_panel, make_panelist, make_terms, make_user

pytestmark = pytest.mark.django_db


def refuses(name: str, make) -> None:
    """The database itself refuses it, by the constraint of that name.

    SQLite names the columns of a broken unique constraint instead: then `name` is what
    it must have been.
    """
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    constraints = [
        constraint.name
        for model in (
            User,
            Panel,
            TermsVersion,
            Panelist,
            Consent,
            Invitation,
            WaitlistEntry,
        )
        for constraint in model._meta.constraints
    ]
    assert name in constraints
    assert name in str(caught.value) or "UNIQUE" in str(caught.value)


def make_invitation(panel, **fields) -> Invitation:
    now = timezone.now()
    defaults = {
        "email": "new@example.com",
        "token_sha256": f"{Invitation.objects.count()}",
        "invited_at": now,
        "expires_at": now + timedelta(days=14),
    }
    return Invitation.objects.create(panel=panel, **defaults | fields)


def test_an_address_has_one_user_in_whatever_case():
    make_user(email="anna@example.com")

    refuses("user_email_is_unique", lambda: make_user(email="Anna@example.com"))


def test_a_panel_takes_no_children():
    refuses("panel_minimum_age_is_lawful", lambda: make_panel(minimum_age=12))


def test_a_version_of_the_terms_is_written_once():
    panel = make_panel()
    make_terms(panel, version="1")

    refuses("terms_version_is_unique", lambda: make_terms(panel, version="1"))


def test_nobody_leaves_before_joining():
    now = timezone.now()

    refuses(
        "panelist_leaves_after_joining",
        lambda: make_panelist(joined_at=now, left_at=now - timedelta(days=1)),
    )


def test_consent_to_a_version_is_given_once():
    panelist = make_panelist()
    terms = make_terms(panelist.panel)
    Consent.objects.create(panelist=panelist, terms=terms)

    refuses(
        "consent_is_given_once",
        lambda: Consent.objects.create(panelist=panelist, terms=terms),
    )


@pytest.mark.parametrize("half", ["accepted_at", "accepted_by"])
def test_an_acceptance_has_a_time_and_a_member(half):
    panel = make_panel()
    whole = {"accepted_at": timezone.now(), "accepted_by": make_panelist(panel=panel)}

    refuses(
        "invitation_accepted_at_and_by_go_together",
        lambda: make_invitation(panel, **{half: whole[half]}),
    )


@pytest.mark.parametrize("half", ["revoked_at", "revoked_by"])
def test_a_revocation_has_a_time_and_a_person(half):
    panel = make_panel()
    whole = {"revoked_at": timezone.now(), "revoked_by": make_user()}

    refuses(
        "invitation_revoked_at_and_by_go_together",
        lambda: make_invitation(panel, **{half: whole[half]}),
    )


def test_an_invitation_is_not_accepted_and_revoked():
    panel, now = make_panel(), timezone.now()
    both = {
        "accepted_at": now,
        "accepted_by": make_panelist(panel=panel),
        "revoked_at": now,
        "revoked_by": make_user(),
    }

    refuses(
        "invitation_is_not_both_accepted_and_revoked",
        lambda: make_invitation(panel, **both),
    )


def test_an_invitation_does_not_expire_before_it_is_made():
    now = timezone.now()

    refuses(
        "invitation_expires_after_it_is_made",
        lambda: make_invitation(make_panel(), invited_at=now, expires_at=now),
    )


def test_an_address_has_one_open_invitation_to_a_panel():
    panel = make_panel()
    make_invitation(panel)

    refuses(
        "invitation_is_the_only_open_one",
        lambda: make_invitation(panel, email="NEW@example.com"),
    )


def test_a_closed_invitation_stands_in_nobodys_way():
    panel = make_panel()
    make_invitation(panel, revoked_at=timezone.now(), revoked_by=make_user())

    make_invitation(panel)

    assert Invitation.objects.count() == 2


def test_an_address_waits_once_for_a_panel():
    panel = make_panel()
    WaitlistEntry.objects.create(panel=panel, email="a@example.com")

    refuses(
        "waitlist_address_is_unique",
        lambda: WaitlistEntry.objects.create(panel=panel, email="A@example.com"),
    )


def test_a_person_is_a_panelist_once():
    panelist = make_panelist()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_panelist(user=panelist.user)


def test_only_an_open_invitation_is_open():
    panel, now = make_panel(), timezone.now()
    open_one = make_invitation(panel)
    make_invitation(
        panel,
        email="late@example.com",
        invited_at=now - timedelta(days=9),
        expires_at=now,
    )
    make_invitation(
        panel, email="no@example.com", revoked_at=now, revoked_by=make_user()
    )

    assert list(Invitation.objects.open()) == [open_one]


def test_the_panels_day_is_that_of_its_time_zone():
    panel = make_panel(time_zone="America/New_York")
    at = datetime(2026, 11, 1, 3, 59, tzinfo=UTC)

    assert panel.today(at).isoformat() == "2026-10-31"
    assert panel.month(at).isoformat() == "2026-10-01"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("country", "usa"),
        ("currency", "$"),
        ("locale", "english"),
        ("time_zone", "Mars/Base"),
        ("minimum_age", 3),
    ],
)
def test_a_panel_with_a_wrong_value_is_not_clean(field, value):
    panel = make_panel()
    setattr(panel, field, value)

    with pytest.raises(ValidationError) as caught:
        panel.full_clean()

    assert field in caught.value.message_dict or "__all__" in caught.value.message_dict


def test_a_user_needs_an_address():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_a_user_signs_in_by_address_in_any_case():
    user = make_user(email="anna@example.com")

    assert User.objects.get_by_natural_key("ANNA@example.com") == user


def test_a_user_is_called_by_name_else_by_address():
    named = User(name="Anna", email="anna@example.com")
    unnamed = User(email="anna@example.com")

    assert display_name(named) == "Anna"
    assert display_name(unnamed) == "anna@example.com"


def test_a_cap_of_no_surveys_is_refused():
    refuses("panel_survey_cap_asks_somebody", lambda: make_panel(survey_cap=0))

    assert make_panel(survey_cap=None).survey_cap is None

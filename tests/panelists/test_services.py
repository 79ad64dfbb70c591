from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from panelists import services
from panelists.models import Consent, Invitation, Panelist, User, WaitlistEntry
from panelists.services import (
    AlreadyInvited,
    NotAllowed,
    NotEligible,
    NotOpen,
    NotSent,
    PanelFull,
    TermsChanged,
)
from tests.factories import (
    make_operator,
    make_panel,
    make_panelist,
    make_reviewer,
    make_terms,
    make_user,
    verify_email,
)
from tests.together import together

ADULT = date(1990, 5, 17)


@pytest.fixture
def panel(db):
    panel = make_panel()
    make_terms(panel, version="1")
    return panel


def invited(panel, email="new@example.com"):
    return services.invite(panel=panel, email=email, by=None)


def accept(invitation, user=None, **fields) -> Panelist:
    user = user or make_user(email=invitation.email)
    defaults = {
        "born_on": ADULT,
        "terms": services.current_terms(invitation.panel),
    }
    return services.accept_invitation(invitation, user=user, **defaults | fields)


def left() -> dict:
    now = timezone.now()
    return {"joined_at": now - timedelta(days=60), "left_at": now}


# Inviting --------------------------------------------------------------------------


def test_an_operator_invites_and_only_the_hash_is_stored(panel):
    operator = make_operator()

    sent = services.invite(panel=panel, email=" New@Example.COM ", by=operator)

    assert sent.invitation.email == "New@example.com"
    assert sent.invitation.invited_by == operator
    assert sent.invitation.token_sha256 == services.digest(sent.token)
    assert sent.token not in str(vars(sent.invitation))


def test_only_those_with_the_permission_invite(panel):
    with pytest.raises(NotAllowed):
        services.invite(panel=panel, email="new@example.com", by=make_reviewer())


def test_an_address_has_one_open_invitation(panel):
    invited(panel)

    with pytest.raises(AlreadyInvited, match="open invitation"):
        invited(panel, "NEW@example.com")


def test_an_expired_invitation_stands_in_nobodys_way(panel):
    expire(invited(panel).invitation)

    invited(panel)

    assert Invitation.objects.count() == 1


def test_inviting_again_keeps_what_was_revoked(panel):
    invitation = invited(panel).invitation
    services.revoke(invitation, by=make_operator())
    expire(invitation)

    invited(panel)

    assert Invitation.objects.count() == 2


def test_a_panelist_is_not_invited(panel):
    panelist = make_panelist(panel=panel)

    with pytest.raises(AlreadyInvited, match="panelist"):
        invited(panel, panelist.user.email.upper())


def test_a_panelists_further_address_is_not_invited(panel):
    panelist = make_panelist(panel=panel)
    panelist.user.emailaddress_set.create(email="second@example.com", verified=True)

    with pytest.raises(AlreadyInvited):
        invited(panel, "second@example.com")


def test_a_mail_that_fails_leaves_the_invitation_and_says_so(
    panel, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    with (
        pytest.raises(NotSent) as caught,
        django_capture_on_commit_callbacks(execute=True),
    ):
        invited(panel)

    assert "new@example.com" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert Invitation.objects.filter(email="new@example.com").exists()


def test_resending_closes_the_old_link(panel):
    first = invited(panel)

    second = services.resend(first.invitation, by=make_operator())

    with pytest.raises(NotOpen):
        services.find_open(first.invitation.public_id, first.token)
    found = services.find_open(second.invitation.public_id, second.token)
    assert found == first.invitation


def test_resending_gives_a_new_term(panel):
    invitation = invited(panel).invitation
    expire(invitation)

    services.resend(invitation, by=make_operator())

    invitation.refresh_from_db()
    assert not invitation.has_expired


def test_only_those_with_the_permission_resend(panel):
    with pytest.raises(NotAllowed):
        services.resend(invited(panel).invitation, by=make_reviewer())


def test_a_used_invitation_is_not_sent_again(panel):
    invitation = invited(panel).invitation
    accept(invitation)

    with pytest.raises(NotOpen, match="used"):
        services.resend(invitation, by=make_operator())


def test_revoking_names_who_did(panel):
    operator = make_operator()

    invitation = services.revoke(invited(panel).invitation, by=operator)

    assert (invitation.revoked_by, bool(invitation.revoked_at)) == (operator, True)


def test_only_those_with_the_permission_revoke(panel):
    with pytest.raises(NotAllowed):
        services.revoke(invited(panel).invitation, by=make_reviewer())


def test_an_invitation_is_revoked_once(panel):
    invitation = services.revoke(invited(panel).invitation, by=make_operator())

    with pytest.raises(NotOpen, match="withdrawn"):
        services.revoke(invitation, by=make_operator())


# Finding ---------------------------------------------------------------------------


def test_a_link_finds_its_invitation(panel):
    sent = invited(panel)

    assert services.find_open(sent.invitation.public_id, sent.token) == sent.invitation


@pytest.mark.parametrize("wrong", ["public_id", "token"])
def test_a_wrong_link_finds_none(panel, wrong):
    sent = invited(panel)
    link = {"public_id": sent.invitation.public_id, "token": sent.token}

    with pytest.raises(NotOpen, match="complete"):
        services.find_open(**link | {wrong: "nonsense"})


def test_an_expired_link_says_so(panel):
    sent = invited(panel)
    expire(sent.invitation)

    with pytest.raises(NotOpen, match="expired"):
        services.find_open(sent.invitation.public_id, sent.token)


# Accepting -------------------------------------------------------------------------


def test_accepting_makes_a_member_who_agreed_to_named_terms(panel):
    invitation = invited(panel).invitation
    user = make_user(email="new@example.com")

    panelist = accept(invitation, user)

    invitation.refresh_from_db()
    consent = Consent.objects.get(panelist=panelist)
    assert (panelist.user, panelist.panel, panelist.born_on) == (user, panel, ADULT)
    assert (consent.terms.version, bool(consent.agreed_at)) == ("1", True)
    assert (invitation.accepted_by, bool(invitation.accepted_at)) == (panelist, True)


def test_accepting_leaves_the_waitlist(panel):
    services.join_waitlist(panel=panel, email="new@example.com")

    accept(invited(panel).invitation)

    assert not WaitlistEntry.objects.exists()


def test_an_invitation_is_accepted_once(panel):
    invitation = invited(panel).invitation
    accept(invitation)

    with pytest.raises(NotOpen, match="used"):
        accept(invitation, make_user())


def test_an_expired_invitation_is_not_accepted(panel):
    invitation = invited(panel).invitation
    expire(invitation)

    with pytest.raises(NotOpen, match="expired"):
        accept(invitation)


def test_a_revoked_invitation_is_not_accepted(panel):
    invitation = services.revoke(invited(panel).invitation, by=make_operator())

    with pytest.raises(NotOpen, match="withdrawn"):
        accept(invitation)


def test_an_invitation_is_for_its_address_alone(panel):
    with pytest.raises(NotAllowed, match="another address"):
        accept(invited(panel).invitation, make_user())


def test_a_verified_further_address_may_accept(panel):
    user = verify_email(make_user())
    user.emailaddress_set.create(email="new@example.com", verified=True)

    panelist = accept(invited(panel).invitation, user)

    assert panelist.user == user


def test_an_unverified_further_address_may_not_accept(panel):
    user = verify_email(make_user())
    user.emailaddress_set.create(email="new@example.com", verified=False)

    with pytest.raises(NotAllowed):
        accept(invited(panel).invitation, user)


def test_one_person_is_a_panelist_once(panel):
    user = make_user(email="new@example.com")
    invitation = invited(panel).invitation
    make_panelist(user=user)

    with pytest.raises(NotAllowed, match="already"):
        accept(invitation, user)


def test_whoever_left_does_not_come_back_by_invitation_alone(panel):
    user = make_user(email="new@example.com")
    invitation = invited(panel).invitation
    make_panelist(user=user, **left())

    with pytest.raises(NotAllowed, match="left"):
        accept(invitation, user)


def test_a_full_panel_takes_nobody_more(panel):
    panel.capacity = 1
    panel.save(update_fields=["capacity"])
    make_panelist(panel=panel)
    invitation = invited(panel).invitation

    with pytest.raises(PanelFull):
        accept(invitation)

    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_place_that_was_left_is_free(panel):
    panel.capacity = 1
    panel.save(update_fields=["capacity"])
    make_panelist(panel=panel, **left())

    assert accept(invited(panel).invitation).panel == panel


def test_a_closed_panel_takes_nobody(panel):
    panel.is_open = False
    panel.save(update_fields=["is_open"])

    with pytest.raises(PanelFull):
        accept(invited(panel).invitation)


def test_the_age_is_that_of_the_panel(panel):
    today = panel.today()
    almost = today.replace(year=today.year - 18, day=1) + timedelta(days=40)

    with pytest.raises(NotEligible, match="18"):
        accept(invited(panel).invitation, born_on=almost)


def test_consent_to_older_terms_is_none(panel):
    shown = services.current_terms(panel)
    make_terms(panel, version="2", valid_from=timezone.now())

    with pytest.raises(TermsChanged):
        accept(invited(panel).invitation, terms=shown)


def test_terms_of_the_future_are_not_current(panel):
    make_terms(panel, version="2", valid_from=timezone.now() + timedelta(days=1))

    assert services.current_terms(panel).version == "1"


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2000, 6, 15), date(2018, 6, 14), 17),
        (date(2000, 6, 15), date(2018, 6, 15), 18),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
    ],
)
def test_age_is_completed_years(born_on, day, age):
    assert services.age_on(day, born_on) == age


# Waitlist --------------------------------------------------------------------------


def test_the_waitlist_holds_an_address_once(panel):
    for email in ("a@example.com", "A@example.com", " a@EXAMPLE.com "):
        services.join_waitlist(panel=panel, email=email)

    assert WaitlistEntry.objects.get().email == "a@example.com"


def test_a_panelist_does_not_wait(panel):
    panelist = make_panelist(panel=panel)

    services.join_waitlist(panel=panel, email=panelist.user.email)

    assert not WaitlistEntry.objects.exists()


# Mail ------------------------------------------------------------------------------


def test_text_and_html_of_the_mail_carry_the_link(
    panel, settings, django_capture_on_commit_callbacks
):
    settings.BASE_URL = "https://panel.example.com"
    operator = make_operator(name="Olga Operator", email="olga@example.com")

    with django_capture_on_commit_callbacks(execute=True):
        sent = services.invite(panel=panel, email="new@example.com", by=operator)

    message = mail.outbox[0]
    html, kind = message.alternatives[0]
    path = f"/invitations/{sent.invitation.public_id}/{sent.token}/"
    link = f"https://panel.example.com{path}"
    assert (message.to, message.cc, message.bcc) == (["new@example.com"], [], [])
    assert kind == "text/html"
    assert link in message.body
    assert f'href="{link}"' in html
    assert panel.name in message.body


def test_the_mail_says_nothing_about_anyone_else(
    panel, django_capture_on_commit_callbacks
):
    operator = make_operator(name="Olga Operator", email="olga@example.com")
    other = make_panelist(panel=panel, user=make_user(name="Paula Panelist"))

    with django_capture_on_commit_callbacks(execute=True):
        services.invite(panel=panel, email="new@example.com", by=operator)

    everything = mail.outbox[0].message().as_string()
    for private in ("Olga", "olga@", "Paula", other.user.email, "new@example.com\n\n"):
        assert private not in everything


# Two people at one moment ----------------------------------------------------------


def expire(invitation) -> None:
    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(
        invited_at=now - timedelta(days=30), expires_at=now - timedelta(days=1)
    )


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.django_db(transaction=True)
def test_two_acceptances_of_one_invitation_make_one_member():
    panel = make_panel()
    make_terms(panel)
    invitation = invited(panel).invitation
    user = make_user(email="new@example.com")

    results = together(*[lambda: accept(invitation, user)] * 2)

    assert kinds(results) == ["NotOpen", "Panelist"]
    assert Panelist.objects.count() == Consent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_do_not_take_one_place():
    panel = make_panel(capacity=3)
    make_terms(panel)
    make_panelist(panel=panel), make_panelist(panel=panel)
    invitations = [
        invited(panel, f"{name}@example.com").invitation for name in ("a", "b", "c")
    ]
    users = [make_user(email=one.email) for one in invitations]

    results = together(
        *[
            lambda one=one, user=user: accept(one, user)
            for one, user in zip(invitations, users, strict=True)
        ]
    )

    assert kinds(results) == ["PanelFull", "PanelFull", "Panelist"]
    assert panel.panelists.active().count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_address_at_one_moment_are_one():
    panel = make_panel()

    results = together(*[lambda: invited(panel)] * 2)

    assert kinds(results) == ["AlreadyInvited", "Sent"]
    assert Invitation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_revoked_while_it_is_accepted_is_one_of_both():
    panel = make_panel()
    make_terms(panel)
    invitation, operator = invited(panel).invitation, make_operator()

    together(
        lambda: accept(invitation),
        lambda: services.revoke(invitation, by=operator),
    )

    invitation.refresh_from_db()
    assert bool(invitation.accepted_at) != bool(invitation.revoked_at)
    assert User.objects.filter(email="new@example.com").exists()


# About oneself ---------------------------------------------------------------------


def test_a_region_is_one_of_the_panels_country(panel):
    with pytest.raises(services.NotEligible):
        accept(invited(panel).invitation, region="CA-ON")

    assert accept(invited(panel, "b@example.com").invitation, region="US-DC").region


def test_only_the_panelist_says_what_they_are(panel):
    panelist = make_panelist(panel=panel)

    with pytest.raises(services.NotAllowed):
        services.change_about(panelist, by=make_user(), region="US-NY")
    services.change_about(panelist, by=panelist.user, region="US-NY")
    services.change_about(panelist, by=panelist.user, wants_survey_mail=False)

    panelist.refresh_from_db()
    assert (panelist.region, panelist.wants_survey_mail) == ("US-NY", False)

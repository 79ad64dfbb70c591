from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from panelists import services
from panelists.models import Consent, Invitation, Panelist, User, WaitlistEntry
from tests.factories import (
    PASSWORD,
    make_operator,
    make_panel,
    make_panelist,
    make_terms,
    make_user,
    verify_email,
)
from tests.together import together

ACCEPT = "/invitations/accept/"
NEW_PASSWORD = "a much longer sentence"


@pytest.fixture
def panel(db):
    panel = make_panel(name="Testland")
    make_terms(panel, version="7")
    return panel


def invite(panel, email="New@example.com"):
    sent = services.invite(panel=panel, email=email, by=None)
    return sent.invitation, reverse(
        "panelists:open", args=(sent.invitation.public_id, sent.token)
    )


def opened(panel, client: Client, email="New@example.com") -> Invitation:
    invitation, link = invite(panel, email)
    client.get(link)
    return invitation


def filled(**fields) -> dict:
    return {
        "name": "Nora",
        "born_on": "1990-05-17",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
        "lives_here": "on",
        "agrees": "on",
        "terms": "7",
    } | fields


def sentences(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# The link --------------------------------------------------------------------------


def test_the_link_goes_on_to_an_address_without_its_secret(panel, client):
    _invitation, link = invite(panel)

    response = client.get(link)

    assert (response.status_code, response.url) == (302, ACCEPT)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_wrong_link_goes_the_same_way_and_is_told_there(panel, client):
    invitation, _link = invite(panel)

    response = client.get(f"/invitations/{invitation.public_id}/nonsense/", follow=True)

    assert response.redirect_chain == [(ACCEPT, 302)]
    assertContains(response, "This link doesn’t open an invitation.", status_code=410)


def test_the_session_holds_no_secret(panel, client):
    invitation, link = invite(panel)

    client.get(link)

    assert client.session["invitation"] == invitation.token_sha256
    assert link.split("/")[-2] not in str(dict(client.session))


def test_the_link_changes_nothing_by_itself(panel, client):
    invitation, link = invite(panel)

    client.get(link)
    client.get(link)

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not Panelist.objects.exists()
    assert client.post(link).status_code == 405


def test_a_link_that_was_sent_again_closes_what_the_old_one_opened(panel, client):
    invitation = opened(panel, client)

    services.resend(invitation, by=make_operator())

    assert client.get(ACCEPT).status_code == 410


# Signing up ------------------------------------------------------------------------


def test_the_page_names_the_terms_and_the_panel(panel, client):
    opened(panel, client)

    response = client.get(ACCEPT)

    assert response.status_code == 200
    assertContains(response, "I have read and agree to “Panel terms”, version 7.")
    assertContains(response, "Testland (US)")
    assertContains(response, 'value="New@example.com"')


def test_accepting_signs_a_new_panelist_in(panel, client):
    invitation = opened(panel, client)

    response = client.post(ACCEPT, filled())

    panelist = Panelist.objects.get()
    address = EmailAddress.objects.get(user=panelist.user)
    invitation.refresh_from_db()
    assert (response.status_code, response.url) == (302, "/")
    assert signed_in(client)
    assert (panelist.user.name, panelist.user.email) == ("Nora", "new@example.com")
    assert panelist.user.check_password(NEW_PASSWORD)
    assert (address.email, address.verified, address.primary) == (
        "new@example.com",
        True,
        True,
    )
    assert Consent.objects.get(panelist=panelist).terms.version == "7"
    assert invitation.accepted_by == panelist
    assert sentences(response) == [
        "Welcome to the panel. Share your first receipt whenever you like."
    ]
    assert "invitation" not in client.session


def test_a_new_panelist_signs_in_again_without_a_mail(panel, client):
    opened(panel, client)
    client.post(ACCEPT, filled())
    client.logout()

    response = client.post(
        "/accounts/login/", {"login": "new@example.com", "password": NEW_PASSWORD}
    )

    assert (response.status_code, response.url) == (302, "/")


def test_the_address_cannot_be_chosen(panel, client):
    opened(panel, client)

    client.post(ACCEPT, filled(email="someone.else@example.com"))

    assert User.objects.get().email == "new@example.com"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("born_on", "", "This field is required."),
        ("born_on", "soon", "Enter a valid date."),
        ("born_on", "1850-01-01", "Check the year."),
        ("born_on", "2999-01-01", "Check the year."),
        ("lives_here", "", "This field is required."),
        ("agrees", "", "This field is required."),
        ("password1", "12345678", "This password is entirely numeric."),
        ("password2", "another one", "You must type the same password each time."),
    ],
)
def test_what_is_wrong_is_said_and_makes_no_account(
    panel, client, field, value, sentence
):
    opened(panel, client)

    response = client.post(ACCEPT, filled(**{field: value}))

    assert response.status_code == 200
    assertContains(response, sentence)
    assert not User.objects.exists()


def test_the_panels_age_is_checked_to_the_day(panel, client):
    opened(panel, client)
    today = panel.today()
    almost = today.replace(year=today.year - 18, day=1) + timedelta(days=40)

    response = client.post(ACCEPT, filled(born_on=almost.isoformat()))

    assertContains(response, "You must be at least 18 to join.", 2)
    assert not User.objects.exists()


def test_terms_that_changed_meanwhile_are_shown_before_anyone_agrees(panel, client):
    opened(panel, client)
    client.get(ACCEPT)
    make_terms(panel, version="8", valid_from=timezone.now())

    response = client.post(ACCEPT, filled())

    assertContains(response, "The terms have changed. Please read them again.")
    assertContains(response, 'name="terms" value="8"')
    assert not User.objects.exists()
    again = client.post(ACCEPT, filled(terms="8"))
    assert again.status_code == 302
    assert Consent.objects.get().terms.version == "8"


def test_terms_that_change_in_the_last_moment_are_a_sentence(
    panel, client, monkeypatch
):
    opened(panel, client)
    old = services.current_terms(panel)
    new = make_terms(panel, version="8", valid_from=timezone.now())
    answers = iter([old, new])
    monkeypatch.setattr(services, "current_terms", lambda panel: next(answers))

    response = client.post(ACCEPT, filled())

    assert response.status_code == 200
    assertContains(response, "The terms have changed. Please read them again.")
    assert not User.objects.exists()
    assert not signed_in(client)


def test_sign_up_is_limited(panel, client, settings):
    opened(panel, client)

    codes = [client.post(ACCEPT, filled(born_on="")).status_code for _ in range(21)]

    assert codes == [200] * 20 + [429]


# What stands in the way ------------------------------------------------------------


def test_without_an_opened_invitation_there_is_nothing_to_accept(client, db):
    response = client.get(ACCEPT)

    assert response.status_code == 410
    assertContains(response, "This invitation isn’t open", status_code=410)


def test_a_used_invitation_says_so(panel, client):
    opened(panel, client)
    services.accept_invitation(
        Invitation.objects.get(),
        user=make_user(email="new@example.com"),
        born_on=date(1990, 1, 1),
        terms=services.current_terms(panel),
    )

    response = client.get(ACCEPT)

    assert response.status_code == 410
    assertContains(response, "This invitation has been used.", status_code=410)


def test_an_expired_invitation_says_so(panel, client):
    invitation = opened(panel, client)
    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(
        invited_at=now - timedelta(days=20), expires_at=now - timedelta(days=6)
    )

    assertContains(client.get(ACCEPT), "has expired", status_code=410)


def test_a_revoked_invitation_says_so(panel, client):
    services.revoke(opened(panel, client), by=make_operator())

    assertContains(client.get(ACCEPT), "was withdrawn", status_code=410)


def test_a_full_panel_says_so_and_keeps_the_invitation(panel, client):
    opened(panel, client)
    panel.capacity = 0
    panel.save(update_fields=["capacity"])

    full = client.get(ACCEPT)
    panel.capacity = 1
    panel.save(update_fields=["capacity"])

    assertContains(full, "The panel is full at the moment.", status_code=409)
    assert client.get(ACCEPT).status_code == 200


def test_nobody_joins_a_panel_without_terms(client, db):
    panel = make_panel()
    opened(panel, client)

    assert client.get(ACCEPT).status_code == 409


def test_a_panelist_is_told_so(panel, client):
    panelist = make_panelist(panel=panel)
    client.force_login(panelist.user)
    opened(panel, client)

    assertContains(client.get(ACCEPT), "You are a panelist already")


def test_an_address_with_an_account_signs_in_and_comes_back(panel, client):
    user = verify_email(make_user(email="new@example.com", password=PASSWORD))
    opened(panel, client)

    page = client.get(ACCEPT)
    login = client.post(
        f"/accounts/login/?next={ACCEPT}", {"login": user.email, "password": PASSWORD}
    )
    form = client.get(ACCEPT)

    assertContains(page, "You have an account already")
    assert login.url == ACCEPT
    assertContains(form, "You join with the account that you have")


def test_an_address_with_an_account_makes_no_second_one(panel, client):
    make_user(email="new@example.com")
    opened(panel, client)

    response = client.post(ACCEPT, filled())

    assertContains(response, "You have an account already")
    assert User.objects.count() == 1


def test_an_account_made_in_the_last_moment_is_a_sentence(panel, client, monkeypatch):
    opened(panel, client)
    make_user(email="new@example.com")
    monkeypatch.setattr(services, "owner_of", lambda email: None)
    monkeypatch.setattr("panelists.forms.owner_of", lambda email: None)

    response = client.post(ACCEPT, filled())

    assert response.status_code == 200
    assertContains(response, "This address has an account.")
    assert (User.objects.count(), Panelist.objects.count()) == (1, 0)


def test_someone_else_is_told_whose_invitation_it_is(panel, client):
    client.force_login(make_user(email="other@example.com"))
    opened(panel, client)

    page = client.get(ACCEPT)
    posted = client.post(ACCEPT, filled())

    assertContains(page, "This invitation is for <strong>New@example.com</strong>")
    assertContains(posted, "Another account is signed in")
    assert not Panelist.objects.exists()


def test_signing_out_of_the_wrong_account_comes_back_to_the_invitation(panel, client):
    client.force_login(make_user(email="other@example.com"))
    opened(panel, client)

    response = client.post("/invitations/switch/", follow=True)

    assert response.redirect_chain == [(ACCEPT, 302)]
    assertContains(response, "Join the panel")
    assert not signed_in(client)


def test_switching_is_a_post(client, db):
    assert client.get("/invitations/switch/").status_code == 405


# Joining with an account -----------------------------------------------------------


def joining() -> dict:
    return {
        "born_on": "1990-05-17",
        "lives_here": "on",
        "agrees": "on",
        "terms": "7",
    }


def test_staff_join_with_the_account_that_they_have(panel, client):
    user = make_operator(email="new@example.com")
    client.force_login(user)
    opened(panel, client)

    response = client.post(ACCEPT, joining())

    assert (response.status_code, response.url) == (302, "/")
    assert Panelist.objects.get().user == user
    assert Consent.objects.get().terms.version == "7"


def test_joining_asks_for_everything_too(panel, client):
    client.force_login(make_user(email="new@example.com"))
    opened(panel, client)

    response = client.post(ACCEPT, joining() | {"agrees": ""})

    assertContains(response, "This field is required.")
    assert not Panelist.objects.exists()


def test_a_new_panelist_may_tell_their_region(panel, client):
    opened(panel, client)

    client.post(ACCEPT, filled(region="US-NY"))

    assert Panelist.objects.get().region == "US-NY"


@pytest.mark.parametrize("region", [None, ""])
def test_nobody_needs_to_tell_their_region(panel, client, region):
    client.force_login(make_user(email="new@example.com"))
    opened(panel, client)

    client.post(ACCEPT, joining() | ({} if region is None else {"region": region}))

    assert Panelist.objects.get().region == ""


def test_a_region_of_another_country_is_none_of_the_choices(panel, client):
    opened(panel, client)

    response = client.post(ACCEPT, filled(region="CA-ON"))

    assertContains(response, "CA-ON is not one of the available choices")
    assert not Panelist.objects.exists()


def test_in_a_country_without_a_list_no_region_is_asked(client, db):
    panel = make_panel(country="NO")
    make_terms(panel, version="7")
    opened(panel, client)

    page = client.get(ACCEPT)
    client.post(ACCEPT, filled(region="US-NY"))

    assert "region" not in page.context["form"].fields
    assert Panelist.objects.get().region == ""


def test_joining_again_after_leaving_is_a_sentence(panel, client):
    user, now = make_user(email="new@example.com"), timezone.now()
    opened(panel, client)
    make_panelist(user=user, joined_at=now - timedelta(days=9), left_at=now)
    client.force_login(user)

    response = client.post(ACCEPT, joining())

    assertContains(response, "You left a panel before.")


# At one moment ---------------------------------------------------------------------


def sign_up(link: str) -> tuple[int, bool]:
    """The whole way in a browser of one's own: (status, signed in)."""
    client = Client()
    client.get(link)
    response = client.post(ACCEPT, filled())
    return response.status_code, signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_up_by_one_invitation_leave_one_account():
    panel = make_panel()
    make_terms(panel, version="7")
    _invitation, link = invite(panel)

    results = together(lambda: sign_up(link), lambda: sign_up(link))

    loser, winner = sorted(results, key=lambda result: result[1])
    assert winner == (302, True)
    # Told that it was used, or that the address has an account by now.
    assert loser in {(410, False), (200, False)}
    assert User.objects.count() == Panelist.objects.count() == 1
    assert EmailAddress.objects.count() == Consent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_lost_race_for_the_last_place_leaves_no_account():
    panel = make_panel(capacity=1)
    make_terms(panel, version="7")
    links = [invite(panel, f"{name}@example.com")[1] for name in ("a", "b")]

    results = together(*[lambda link=link: sign_up(link) for link in links])

    assert sorted(results) == [(302, True), (409, False)]
    assert User.objects.count() == Panelist.objects.count() == 1
    assert EmailAddress.objects.count() == 1
    assert Invitation.objects.filter(accepted_at=None).count() == 1


# The waitlist ----------------------------------------------------------------------


def test_the_waitlist_takes_an_address(panel, client, monkeypatch):
    monkeypatch.setattr(services, "default_panel", lambda: panel)

    response = client.post("/invitations/waitlist/", {"email": "who@example.com"})

    assertContains(response, "Thank you.")
    assert WaitlistEntry.objects.get().panel == panel


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_waitlist_answers_alike_whoever_asks(panel, client, monkeypatch, headers):
    monkeypatch.setattr(services, "default_panel", lambda: panel)
    member = make_panelist(panel=panel).user.email
    services.join_waitlist(panel=panel, email="waiting@example.com")

    answers = [
        without_token(
            client.post("/invitations/waitlist/", {"email": email}, headers=headers)
        )
        for email in ("waiting@example.com", member, "new@example.com")
    ]

    assert len(set(answers)) == 1
    assert {entry.email for entry in WaitlistEntry.objects.all()} == {
        "waiting@example.com",
        "new@example.com",
    }


def without_token(response) -> str:
    token = response.context["csrf_token"]
    return response.text.replace(str(token), "")


def test_the_waitlist_says_what_is_wrong(client, db):
    page = client.post("/invitations/waitlist/", {"email": "nonsense"})
    fragment = client.post(
        "/invitations/waitlist/",
        {"email": "nonsense"},
        headers={"HX-Request": "true"},
    )

    assert (page.status_code, fragment.status_code) == (422, 200)
    assertContains(page, "Enter a valid email address.", status_code=422)
    assertContains(fragment, "Enter a valid email address.")
    assert fragment.text.strip().startswith('<div id="waitlist"')
    assert not WaitlistEntry.objects.exists()


def test_the_waitlist_is_limited(client, db):
    answers = [
        client.post("/invitations/waitlist/", {"email": f"{n}@example.com"})
        for n in range(6)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assertContains(answers[5], "Please wait a minute", status_code=429)
    assert not WaitlistEntry.objects.filter(email="5@example.com").exists()


def test_the_waitlist_without_a_panel_loses_nobody_their_page(client, db, monkeypatch):
    monkeypatch.setattr(services, "default_panel", lambda: None)

    response = client.post("/invitations/waitlist/", {"email": "who@example.com"})

    assertContains(response, "Thank you.")


# About you --------------------------------------------------------------------------

ABOUT = "/invitations/about-you/"


def test_a_panelist_changes_region_and_mail(client, db):
    panelist = make_panelist(region="US-CA")
    client.force_login(panelist.user)
    shown = client.get(ABOUT).context["form"]

    response = client.post(ABOUT, {"region": "US-NY"}, follow=True)

    panelist.refresh_from_db()
    assert shown.initial["wants_survey_mail"] is True
    assert shown["region"].value() == "US-CA"
    assert (panelist.region, panelist.wants_survey_mail) == ("US-NY", False)
    assert sentences(response) == ["Saved."]


def test_a_wrong_region_changes_nothing(client, db):
    panelist = make_panelist(region="US-CA")
    client.force_login(panelist.user)

    response = client.post(ABOUT, {"region": "CA-ON", "wants_survey_mail": "on"})

    panelist.refresh_from_db()
    assert response.status_code == 422
    assert panelist.region == "US-CA"


def test_without_a_list_of_regions_only_mail_is_asked(client, db):
    panelist = make_panelist(panel=make_panel(country="NO"), region="NO-03")
    client.force_login(panelist.user)

    response = client.post(ABOUT, {"wants_survey_mail": "on"}, follow=True)

    panelist.refresh_from_db()
    assert list(response.context["form"].fields) == ["wants_survey_mail"]
    assert panelist.region == "NO-03"


def test_about_you_is_for_panelists(client, db):
    stranger = client.get(ABOUT)
    client.force_login(make_operator())

    assert stranger.status_code == 302
    assert client.get(ABOUT).status_code == 404

"""allauth's pages, in the portal's looks and words, and closed where they should be."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.core import mail
from pytest_django.asserts import assertContains

from panelists import services
from panelists.models import User
from tests.factories import (
    PASSWORD,
    make_panel,
    make_panelist,
    make_terms,
    make_user,
    verify_email,
)

pytestmark = pytest.mark.django_db

# What belongs to the portal's layout, and to nothing that allauth would render alone.
OURS = '<header class="top">'


def is_ours(response) -> bool:
    return OURS in response.text and "<script>" not in response.text


@pytest.fixture
def user():
    return verify_email(make_user(password=PASSWORD))


@pytest.fixture
def recent(client, user):
    """A browser in which the user has just shown who they are."""
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/accounts/login/", "Sign in"),
        ("/accounts/signup/", "Joining is by invitation"),
        ("/accounts/inactive/", "This account is closed"),
        ("/accounts/confirm-email/", "Confirm your address"),
        ("/accounts/confirm-email/nonsense/", "Confirm your address"),
        ("/accounts/password/reset/", "A new password"),
        ("/accounts/password/reset/done/", "Look into your mail"),
        ("/accounts/password/reset/key/1-nonsense/", "This link doesn’t work"),
        ("/accounts/password/reset/key/done/", "Your password has changed"),
    ],
)
def test_visitors_pages_are_ours(client, path, title):
    response = client.get(path)

    assertContains(response, f"<title>{title} · Panel Portal</title>")
    assert is_ours(response)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/accounts/logout/", "Sign out?"),
        ("/accounts/password/change/", "Change your password"),
        ("/accounts/email/", "E-mail address"),
        ("/accounts/reauthenticate/", "Is it you?"),
        ("/accounts/2fa/", "Two-step sign-in"),
        ("/accounts/2fa/totp/activate/", "Set up the app"),
        ("/accounts/2fa/webauthn/", "Security keys"),
        ("/accounts/2fa/webauthn/add/", "Add a security key"),
    ],
)
def test_the_accounts_pages_are_ours(recent, path, title):
    response = recent.get(path)

    assertContains(response, f"<title>{title} · Panel Portal</title>")
    assert is_ours(response)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/accounts/2fa/", "Two-step sign-in"),
        ("/accounts/2fa/reauthenticate/", "Is it you?"),
        ("/accounts/2fa/totp/deactivate/", "Turn the app off?"),
        ("/accounts/2fa/recovery-codes/generate/", "Make new recovery codes?"),
    ],
)
def test_the_second_steps_pages_are_ours(recent, user, path, title):
    auth.TOTP.activate(user, auth.generate_totp_secret())

    response = recent.get(path)

    assertContains(response, f"<title>{title} · Panel Portal</title>")
    assert is_ours(response)


def test_the_page_of_the_second_step_is_ours(client, user):
    auth.TOTP.activate(user, auth.generate_totp_secret())
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    response = client.get("/accounts/2fa/authenticate/")

    assertContains(response, "<title>Second step · Panel Portal</title>")
    # Nobody is offered a key that they don't have.
    assert "Use a security key" not in response.text
    assert is_ours(response)


def test_a_password_is_set_where_there_is_none(client):
    client.force_login(verify_email(make_user()))

    response = client.get("/accounts/password/set/")

    assertContains(response, "<title>Choose a password · Panel Portal</title>")


def test_what_guards_an_account_asks_who_it_is(client, user):
    client.force_login(user)

    response = client.get("/accounts/2fa/totp/activate/")

    assert response.url.startswith("/accounts/reauthenticate/?next=")


def test_sign_up_is_closed(client):
    response = client.post(
        "/accounts/signup/",
        {
            "email": "who@example.com",
            "password1": "a much longer sentence",
            "password2": "a much longer sentence",
        },
    )

    assertContains(response, "Joining is by invitation")
    assert not User.objects.exists()


def test_sign_up_leads_whoever_opened_an_invitation_to_it(client):
    panel = make_panel()
    make_terms(panel)
    sent = services.invite(panel=panel, email="new@example.com", by=None)
    client.get(f"/invitations/{sent.invitation.public_id}/{sent.token}/")

    assert client.get("/accounts/signup/").url == "/invitations/accept/"


@pytest.mark.parametrize("email", ["known@example.com", "unknown@example.com"])
def test_a_forgotten_password_is_answered_alike(client, email):
    verify_email(make_user(email="known@example.com", password=PASSWORD))

    response = client.post("/accounts/password/reset/", {"email": email})

    assert response.url == "/accounts/password/reset/done/"
    assert mail.outbox[0].to == [email]
    assert mail.outbox[0].body.startswith("Hello,")


def test_a_wrong_password_does_not_tell_whether_the_account_exists(client):
    verify_email(make_user(email="known@example.com", password=PASSWORD))

    pages = [
        client.post("/accounts/login/", {"login": email, "password": "wrong"}).context[
            "form"
        ]
        for email in ("known@example.com", "unknown@example.com")
    ]

    assert pages[0].errors["__all__"] == pages[1].errors["__all__"]


def test_an_address_is_changed_by_its_link(recent, user):
    recent.post("/accounts/email/", {"email": "Next@example.com", "action_add": ""})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    before = EmailAddress.objects.get(email="next@example.com").verified

    recent.post(link)
    recent.post("/accounts/email/", {"email": "next@example.com", "action_primary": ""})

    user.refresh_from_db()
    assert before is False
    assert user.email == "next@example.com"


def test_signing_out_is_a_post(client, user):
    client.force_login(user)

    client.get("/accounts/logout/")
    still_in = "_auth_user_id" in client.session
    client.post("/accounts/logout/")

    assert still_in
    assert "_auth_user_id" not in client.session


def test_an_inactive_account_does_not_sign_in(client):
    user = verify_email(make_user(password=PASSWORD, is_active=False))

    response = client.post(
        "/accounts/login/", {"login": user.email, "password": PASSWORD}
    )

    assert "_auth_user_id" not in client.session
    assert response.status_code in (200, 302)


def test_the_account_menu_belongs_to_whoever_signed_in(client):
    panelist = make_panelist(user=make_user(name="Anna Example"))
    client.force_login(panelist.user)

    assertContains(client.get("/accounts/email/"), "Anna Example")

"""Two-step sign-in: required of staff, in their way until it is set up."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client

from panelists.models import User
from tests.factories import (
    PASSWORD,
    make_operator,
    make_panelist,
    make_reviewer,
    make_user,
    verify_email,
)

ACTIVATE = "/accounts/2fa/totp/activate/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _required(settings):
    settings.STAFF_MFA_REQUIRED = True


@pytest.fixture(autouse=True)
def _one_half_minute(monkeypatch):
    """A code that is made at the end of its half minute is still good when posted."""
    now = list(auth.yield_hotp_counters_from_time())
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter(now))


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    now, *_others = auth.yield_hotp_counters_from_time()
    return auth.format_hotp_value(auth.hotp_value(secret, now))


def mailed_path() -> str:
    """Where the link of the first mail leads."""
    return re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]


def with_totp(user: User) -> str:
    """The secret of an app that the user has set up."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def sign_in(client: Client, user: User, path: str = "/accounts/login/"):
    return client.post(path, {"login": user.email, "password": PASSWORD})


@pytest.mark.parametrize("path", ["/", "/review/", "/admin/", "/terms/", "/nowhere/"])
@pytest.mark.django_db
def test_staff_without_a_second_step_land_on_enrollment(client, path):
    client.force_login(make_operator())

    response = client.get(path)

    assert (response.status_code, response.url) == (302, ACTIVATE)


@pytest.mark.parametrize("path", ["/", "/review/", "/admin/"])
@pytest.mark.django_db
def test_a_fragment_sends_the_whole_page_to_enrollment(client, path):
    client.force_login(make_reviewer())

    response = client.get(path, headers=HTMX)

    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == ACTIVATE
    assert response.content == b""


@pytest.mark.django_db
def test_posts_go_to_enrollment_too(client):
    client.force_login(make_reviewer())

    response = client.post("/review/next/")

    assert (response.status_code, response.url) == (302, ACTIVATE)


@pytest.mark.django_db
def test_a_role_without_the_mark_of_staff_is_enough_to_be_asked(client):
    client.force_login(make_reviewer(is_staff=False))

    assert client.get("/review/").url == ACTIVATE


@pytest.mark.django_db
def test_a_superuser_is_asked(client):
    client.force_login(User.objects.create_superuser("root@example.com", PASSWORD))

    assert client.get("/admin/").url == ACTIVATE


@pytest.mark.django_db
def test_a_panelist_is_not_forced(client):
    client.force_login(make_panelist().user)

    assert client.get("/receipts/").status_code == 200


@pytest.mark.django_db
def test_staff_are_not_forced_where_it_is_not_required(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(make_reviewer())

    assert client.get("/review/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/email/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
    ],
)
@pytest.mark.django_db
def test_what_enrolling_needs_stays_open_and_says_why(client, path):
    client.force_login(make_reviewer(password=PASSWORD))

    response = client.get(path)

    assert response.status_code == 200
    assert "One step before you go on." in response.text


@pytest.mark.django_db
def test_staff_enroll_and_then_get_on(client):
    user = verify_email(make_reviewer(password=PASSWORD))
    sign_in(client, user)

    asked = client.get("/review/", follow=True)
    client.post(asked.redirect_chain[1][0], {"password": PASSWORD})
    page = client.get(ACTIVATE)
    secret = re.search(r'id="authenticator_secret">(\w+)<', page.text)[1]
    wrong = client.post(ACTIVATE, {"code": "000000"})
    done = client.post(ACTIVATE, {"code": code_of(secret)})
    codes = client.get(done.url)

    assert asked.redirect_chain[0] == (ACTIVATE, 302)
    assert asked.redirect_chain[1][0].startswith("/accounts/reauthenticate/")
    assert 'src="data:image/svg+xml;base64,' in page.text
    assert (wrong.status_code, "Incorrect code." in wrong.text) == (200, True)
    assert (done.status_code, done.url) == (302, "/accounts/2fa/recovery-codes/")
    assert len(re.findall(r"<li><code>\d{8}</code></li>", codes.text)) == 10
    assert set(Authenticator.objects.values_list("type", flat=True)) == {
        "totp",
        "recovery_codes",
    }
    assert client.get("/review/").status_code == 200


@pytest.mark.django_db
def test_staff_with_a_second_step_sign_in_with_two(client):
    user = verify_email(make_reviewer(password=PASSWORD))
    secret = with_totp(user)

    first = sign_in(client, user, "/accounts/login/?next=/review/")
    between = client.get("/review/")
    wrong = client.post(first.url, {"code": "000000"})
    second = client.post(first.url, {"code": code_of(secret)})

    assert first.url == "/accounts/2fa/authenticate/"
    assert between.url == "/accounts/login/?next=/review/"
    assert wrong.status_code == 200
    assert (second.status_code, second.url) == (302, "/review/")
    assert client.get("/review/").status_code == 200


@pytest.mark.django_db
def test_a_code_signs_in_once():
    user = verify_email(make_reviewer(password=PASSWORD))
    secret = with_totp(user)
    code, first, second = code_of(secret), Client(), Client()

    answers = []
    for browser in (first, second):
        target = sign_in(browser, user).url
        answers.append(browser.post(target, {"code": code}).status_code)

    assert answers == [302, 200]


@pytest.mark.django_db
def test_whoever_turns_the_app_off_is_asked_again(client):
    user = verify_email(make_reviewer(password=PASSWORD))
    with_totp(user)
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    client.post("/accounts/2fa/totp/deactivate/")

    assert client.get("/review/").url == ACTIVATE


@pytest.mark.django_db
def test_a_panelist_may_use_two_steps_too(client):
    user = verify_email(make_panelist(user=make_user(password=PASSWORD)).user)
    secret = with_totp(user)

    target = sign_in(client, user).url
    client.post(target, {"code": code_of(secret)})

    assert client.get("/receipts/").status_code == 200


@pytest.mark.django_db
def test_staff_made_by_an_operator_verify_their_address_and_go_on(client):
    """Nobody is stuck: the mail of the first sign-in is what verifies the address."""
    user = make_reviewer(password=PASSWORD)

    first = sign_in(client, user)
    link = re.search(
        r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body
    )
    page = client.get(link[1])
    confirmed = client.post(link[1], follow=True)
    sign_in(client, user)

    assert first.url == "/accounts/confirm-email/"
    assert "Is <strong>" in page.text
    assert confirmed.status_code == 200
    assert client.get("/review/").url == ACTIVATE
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get(ACTIVATE).status_code == 200


@pytest.mark.django_db
def test_staff_without_a_password_choose_their_first_by_mail(client):
    user = make_reviewer(password=None)

    client.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(
        r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body
    )
    form = client.get(link[1], follow=True)
    words = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(form.redirect_chain[0][0], words)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.django_db
def test_an_unverified_address_is_told_and_can_be_verified(client):
    user = verify_email(make_reviewer(password=PASSWORD))
    user.emailaddress_set.create(email="other@example.com", verified=False)
    client.force_login(user)

    response = client.get("/review/", follow=True)

    assert [url for url, _ in response.redirect_chain] == [ACTIVATE, "/accounts/2fa/"]
    assert "until you have verified your email address" in response.text
    assert client.get("/accounts/email/").status_code == 200


@pytest.mark.django_db
def test_the_admins_login_is_the_portals(client):
    response = client.get("/admin/login/?next=/admin/")

    assert (response.status_code, response.url) == (
        302,
        "/accounts/login/?next=%2Fadmin%2F",
    )


@pytest.mark.django_db
def test_the_admins_login_takes_no_password(client):
    user = verify_email(make_operator(password=PASSWORD))
    with_totp(user)

    client.post("/admin/login/", {"username": user.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_signed_in_staff_cannot_change_over_by_the_admins_login(client):
    """Its form would know a password, and no second step."""
    reviewer = make_reviewer()
    with_totp(reviewer)
    operator = verify_email(make_operator(password=PASSWORD))
    with_totp(operator)
    client.force_login(reviewer)

    client.post("/admin/login/", {"username": operator.email, "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(reviewer.pk)


@pytest.mark.django_db
def test_a_panelists_pages_show_the_panels_clock(client):
    panelist = make_panelist()
    client.force_login(panelist.user)

    response = client.get("/")

    assert response.wsgi_request.panelist == panelist
    assert response.wsgi_request.panelist.panel.time_zone == "America/New_York"


@pytest.mark.django_db
def test_who_has_left_is_no_panelist(client):
    panelist = make_panelist()
    panelist.left_at = panelist.joined_at.replace(year=panelist.joined_at.year + 1)
    panelist.save(update_fields=["left_at"])
    client.force_login(panelist.user)

    response = client.get("/")

    assert response.wsgi_request.panelist is None
    assert "You don’t belong to a panel at the moment" in response.text

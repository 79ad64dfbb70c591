import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from panelists import services
from panelists.models import Consent, Invitation, TermsVersion, User, WaitlistEntry
from panelists.roles import (
    FINANCE,
    GIVEN_BY_SUPERUSERS,
    OPERATOR,
    REVIEWER,
    ROLES,
)
from tests.factories import (
    PASSWORD,
    make_finance,
    make_operator,
    make_panel,
    make_panelist,
    make_reviewer,
    make_terms,
    make_user,
)

pytestmark = pytest.mark.django_db
INVITE = "/admin/panelists/invitation/invite/"
INVITATIONS = "/admin/panelists/invitation/"
WAITLIST = "/admin/panelists/waitlistentry/"


@pytest.fixture
def operator(client):
    operator = make_operator()
    client.force_login(operator)
    return operator


@pytest.fixture
def superuser(client):
    superuser = User.objects.create_superuser("super@example.com")
    client.force_login(superuser)
    return superuser


def make_invitation(**fields) -> Invitation:
    number = Invitation.objects.count()
    defaults = {
        "email": f"invited{number}@example.com",
        "token_sha256": str(number),
        "expires_at": timezone.now() + timedelta(days=3),
    }
    if "panel" not in fields:
        defaults["panel"] = make_panel()
    return Invitation.objects.create(**defaults | fields)


def user_page(user) -> str:
    return reverse("admin:panelists_user_change", args=(user.pk,))


def posted(user, **changes) -> dict:
    """The user's form as it stands, with changes."""
    data = {
        "name": user.name,
        "is_active": "on" if user.is_active else "",
        "is_staff": "on" if user.is_staff else "",
        "groups": [group.pk for group in user.groups.all()],
    }
    return {key: value for key, value in (data | changes).items() if value != ""}


def groups_of(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def choose(client, page, action, *rows):
    return client.post(
        page,
        {"action": action, "_selected_action": [row.pk for row in rows]},
        follow=True,
    )


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# Users ------------------------------------------------------------------------------


def test_new_staff_get_roles_and_no_password(client, operator):
    response = client.post(
        "/admin/panelists/user/add/",
        {
            "email": "new@Example.com",
            "name": "New",
            "groups": [Group.objects.get(name=OPERATOR).pk],
        },
    )

    assert response.status_code == 302
    user = User.objects.get(email="new@example.com")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert not user.has_usable_password()
    assert groups_of(user) == {OPERATOR}


@pytest.mark.parametrize("role", GIVEN_BY_SUPERUSERS)
def test_an_operator_makes_no_second_account_that_decides(client, operator, role):
    group = Group.objects.get(name=role)

    response = client.post(
        "/admin/panelists/user/add/",
        {"email": "second@example.com", "groups": [group.pk]},
    )

    assert list(response.context["adminform"].form.errors) == ["groups"]
    assert not User.objects.filter(email="second@example.com").exists()


@pytest.mark.parametrize("role", ROLES)
def test_a_superuser_gives_every_role(client, superuser, role):
    group, user = Group.objects.get(name=role), make_user()

    client.post(
        "/admin/panelists/user/add/",
        {"email": "new@example.com", "groups": [group.pk]},
    )
    client.post(user_page(user), posted(user, is_staff="on", groups=[group.pk]))

    assert groups_of(User.objects.get(email="new@example.com")) == {role}
    assert groups_of(user) == {role}


def test_new_staff_get_in_through_password_reset(client, operator, mailoutbox):
    client.post("/admin/panelists/user/add/", {"email": "new@example.com"})
    client.logout()

    client.post(reverse("account_reset_password"), {"email": "new@example.com"})
    [path] = re.findall(
        r"/accounts/password/reset/key/[\w-]+/", mailoutbox[0].body + "\n"
    )
    form = client.get(path, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}
    )
    client.post(
        reverse("account_login"), {"login": "new@example.com", "password": PASSWORD}
    )

    user = User.objects.get(email="new@example.com")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_an_address_is_given_to_one_user(client, operator):
    other = make_user()
    EmailAddress.objects.create(user=other, email="second@example.com", verified=True)

    responses = [
        client.post("/admin/panelists/user/add/", {"email": email})
        for email in (other.email.upper(), "Second@example.com")
    ]

    for response in responses:
        assert "Someone has this e-mail address already." in response.content.decode()


def test_the_trail_names_no_address(client, operator):
    client.post("/admin/panelists/user/add/", {"email": "new@example.com"})

    entry = LogEntry.objects.get()
    assert entry.object_repr == User.objects.get(email="new@example.com").public_id
    assert "new" not in entry.change_message


def test_user_pages_show_no_password_hash(client, superuser):
    user = make_user(password=PASSWORD)

    page = client.get(user_page(user)).content.decode()

    assert user.email in page
    assert user.password not in page
    assert "pbkdf2" not in page


def test_an_operator_gives_others_their_own_role(client, operator):
    user = make_user()

    client.post(
        user_page(user),
        posted(user, is_staff="on", groups=[Group.objects.get(name=OPERATOR).pk]),
    )

    user.refresh_from_db()
    assert user.is_staff
    assert groups_of(user) == {OPERATOR}


@pytest.mark.parametrize("role", GIVEN_BY_SUPERUSERS)
def test_an_operator_gives_nobody_a_role_that_decides(client, operator, role):
    user = make_user()

    response = client.post(
        user_page(user),
        posted(user, is_staff="on", groups=[Group.objects.get(name=role).pk]),
    )

    user.refresh_from_db()
    assert list(response.context["adminform"].form.errors) == ["groups"]
    assert not user.is_staff
    assert groups_of(user) == set()


def test_an_operator_who_is_finance_too_gives_no_finance(client, operator):
    finance, user = Group.objects.get(name=FINANCE), make_user()
    operator.groups.add(finance)

    client.post(user_page(user), posted(user, is_staff="on", groups=[finance.pk]))

    assert groups_of(user) == set()


def test_an_operator_takes_every_role_away(client, operator):
    user = make_user(*ROLES)

    kept = client.post(user_page(user), posted(user, name="Renamed"))
    roles_kept = groups_of(user)
    taken = client.post(user_page(user), posted(user, groups=[]))

    assert (kept.status_code, taken.status_code) == (302, 302)
    assert roles_kept == set(ROLES)
    assert groups_of(user) == set()


def test_an_operator_gives_back_no_role_that_they_took_away(client, operator):
    user = make_finance()
    before = posted(user)

    client.post(user_page(user), posted(user, groups=[]))
    refused = client.post(user_page(user), before)

    assert list(refused.context["adminform"].form.errors) == ["groups"]
    assert groups_of(user) == set()


def test_the_form_says_who_gives_the_other_roles(client, operator):
    user = make_reviewer()
    sentence = (
        "Only a superuser (made with “manage.py createsuperuser”) gives the roles "
        "Reviewer, Finance, Survey author and Analyst"
    )

    pages = [
        client.get(path) for path in ("/admin/panelists/user/add/", user_page(user))
    ]

    offered = [
        [
            group.name
            for group in page.context["adminform"].form.fields["groups"].queryset
        ]
        for page in pages
    ]
    assert offered == [[OPERATOR], [OPERATOR, REVIEWER]]
    assert all(sentence in page.content.decode() for page in pages)


def test_a_superuser_is_offered_every_role_and_told_of_no_limit(client, superuser):
    page = client.get("/admin/panelists/user/add/")

    offered = page.context["adminform"].form.fields["groups"].queryset
    assert [group.name for group in offered] == sorted(ROLES)
    assert "createsuperuser" not in page.content.decode()


def test_an_operator_makes_nobody_a_superuser(client, operator):
    user = make_user()
    permission = Permission.objects.first()

    response = client.post(
        user_page(user),
        posted(user, is_superuser="on", user_permissions=[permission.pk]),
    )

    user.refresh_from_db()
    assert response.status_code == 302
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_only_superusers_are_shown_who_is_one(client, operator):
    page = client.get(user_page(make_user())).content.decode()

    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page


def test_a_superuser_is_shown_them(client, superuser):
    page = client.get(user_page(make_user())).content.decode()

    assert 'name="is_superuser"' in page
    assert 'name="user_permissions"' in page


def test_an_operator_cannot_change_their_own_roles_or_access(client, operator):
    everyone = [group.pk for group in Group.objects.all()]

    response = client.post(
        user_page(operator), posted(operator, groups=everyone, is_active="", name="Me")
    )

    operator.refresh_from_db()
    assert response.status_code == 302
    assert (operator.name, operator.is_active, operator.is_staff) == ("Me", True, True)
    assert groups_of(operator) == {OPERATOR}


def test_an_operator_cannot_change_a_superuser(client, operator):
    superuser = User.objects.create_superuser("super@example.com")

    response = client.post(user_page(superuser), posted(superuser, is_active=""))

    superuser.refresh_from_db()
    assert response.status_code == 403
    assert superuser.is_active


def test_an_operator_gives_only_the_portals_roles_and_takes_no_others(client, operator):
    mighty, other = Group.objects.create(name="Mighty"), Group.objects.create(name="B")
    user = make_reviewer()
    user.groups.add(other)

    refused = client.post(user_page(user), posted(user, groups=[mighty.pk]))
    client.post(
        user_page(user), posted(user, groups=[Group.objects.get(name=OPERATOR).pk])
    )

    assert refused.status_code == 200
    assert groups_of(user) == {OPERATOR, "B"}


def test_someone_with_a_role_stays_staff(client, operator):
    user = make_reviewer()

    response = client.post(user_page(user), posted(user, is_staff=""))

    user.refresh_from_db()
    assert "People with a role are staff." in response.content.decode()
    assert user.is_staff


def test_an_operator_changes_no_address(client, operator):
    user = make_user()

    client.post(user_page(user), posted(user, email="mine@example.com", name="X"))

    before = user.email
    user.refresh_from_db()
    assert (user.name, user.email) == ("X", before)


def test_nobody_deletes_a_user(client, superuser):
    user = make_user()

    response = client.post(f"/admin/panelists/user/{user.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_users_are_found_by_address_and_public_id(client, operator):
    user, _other = make_user(email="find.me@example.com"), make_user()

    found = [
        list(client.get("/admin/panelists/user/", {"q": q}).context["cl"].queryset)
        for q in ("FIND.ME", user.public_id)
    ]

    assert found == [[user], [user]]


# Roles ------------------------------------------------------------------------------


def test_only_superusers_change_what_a_role_may_do(client, operator):
    group = Group.objects.get(name=OPERATOR)
    operator.user_permissions.add(Permission.objects.get(codename="change_group"))
    page = reverse("admin:auth_group_change", args=(group.pk,))

    response = client.post(page, {"name": "Mine"})

    assert client.get(page).status_code == 200
    assert response.status_code == 403


def test_a_superuser_changes_what_a_role_may_do(client, superuser):
    group = Group.objects.create(name="Helpers")
    permission = Permission.objects.get(codename="view_panel")

    client.post(
        f"/admin/auth/group/{group.pk}/change/",
        {"name": "Helpers", "permissions": [permission.pk]},
    )

    assert list(group.permissions.all()) == [permission]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (REVIEWER, "own roles can’t be deleted"),
        ("Helpers", "People have this role."),
    ],
)
def test_a_role_in_use_is_kept_with_a_sentence(client, superuser, name, sentence):
    group, _created = Group.objects.get_or_create(name=name)
    make_user().groups.add(group)

    response = client.post(
        f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"}, follow=True
    )

    assert sentence in messages_of(response)[0]
    assert Group.objects.filter(name=name).exists()


def test_a_role_that_nobody_has_is_deleted(client, superuser):
    group = Group.objects.create(name="Helpers")

    client.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"})

    assert not Group.objects.filter(name="Helpers").exists()


# Panels and terms -------------------------------------------------------------------


def test_an_operator_adds_a_panel(client, operator):
    response = client.post(
        "/admin/panelists/panel/add/",
        {
            "name": "Norway",
            "country": "NO",
            "currency": "NOK",
            "time_zone": "Europe/Oslo",
            "locale": "nb_NO",
            "language": "nb",
            "capacity": 10,
            "minimum_age": 18,
            "minimum_cell": 10,
            "survey_cap": "",
        },
    )

    assert response.status_code == 302


def test_a_panel_with_members_keeps_its_money_and_clock(client, operator):
    panel = make_panelist().panel

    client.post(
        f"/admin/panelists/panel/{panel.pk}/change/",
        {
            "name": "Renamed",
            "currency": "EUR",
            "time_zone": "Europe/Oslo",
            "country": "NO",
            "locale": "en_US",
            "language": "en",
            "capacity": 7,
            "minimum_age": 18,
            "minimum_cell": 20,
            "survey_cap": "",
        },
    )

    panel.refresh_from_db()
    assert (panel.name, panel.capacity) == ("Renamed", 7)
    assert (panel.minimum_cell, panel.survey_cap) == (20, None)
    assert (panel.country, panel.currency, panel.time_zone) == (
        "US",
        "USD",
        "America/New_York",
    )


def test_a_panel_in_use_is_kept_with_a_sentence(client, superuser):
    panel = make_panelist().panel

    response = client.post(
        f"/admin/panelists/panel/{panel.pk}/delete/", {"post": "yes"}, follow=True
    )

    assert messages_of(response) == [
        "Rules or people belong to this panel. Close it instead."
    ]


def test_a_panel_without_anything_is_deleted(client, superuser):
    panel = make_panel()

    client.post(f"/admin/panelists/panel/{panel.pk}/delete/", {"post": "yes"})

    assert not type(panel).objects.filter(pk=panel.pk).exists()


def terms_form(panel, days: int) -> dict:
    start = timezone.now() + timedelta(days=days)
    return {
        "panel": panel.pk,
        "version": "2",
        "title": "Terms",
        "body": "Be kind.",
        "valid_from_0": f"{start:%Y-%m-%d}",
        "valid_from_1": f"{start:%H:%M:%S}",
    }


@pytest.mark.parametrize("days", [0, 30])
def test_an_operator_adds_terms(client, operator, days):
    panel = make_panel()

    client.post("/admin/panelists/termsversion/add/", terms_form(panel, days))

    assert panel.terms.get().version == "2"


def test_terms_are_not_dated_back(client, operator):
    panel = make_panel()

    response = client.post(
        "/admin/panelists/termsversion/add/", terms_form(panel, days=-3)
    )

    assert "Terms can’t have been valid before today." in response.content.decode()
    assert not panel.terms.exists()


@pytest.mark.parametrize(
    ("days", "agreed", "status"), [(-2, False, 403), (2, True, 403), (2, False, 302)]
)
def test_terms_are_edited_only_before_they_hold(
    client, superuser, days, agreed, status
):
    panelist = make_panelist()
    terms = make_terms(panelist.panel, valid_from=timezone.now() + timedelta(days=days))
    if agreed:
        Consent.objects.create(panelist=panelist, terms=terms)

    response = client.post(
        f"/admin/panelists/termsversion/{terms.pk}/change/",
        terms_form(panelist.panel, days=5),
    )

    assert response.status_code == status


def test_valid_terms_are_kept_with_a_sentence(client, superuser):
    terms = make_terms(make_panel())

    response = client.post(
        f"/admin/panelists/termsversion/{terms.pk}/delete/",
        {"post": "yes"},
        follow=True,
    )

    assert messages_of(response) == [
        "These terms are valid or agreed to. Add a new version instead."
    ]
    assert TermsVersion.objects.filter(pk=terms.pk).exists()


# Invitations ------------------------------------------------------------------------


def test_inviting_says_what_became_of_each_address(client, operator):
    panel, member = make_panel(), make_panelist()
    make_invitation(panel=panel, email="open@example.com")
    lines = f"new@example.com\n\nnot an address\nOpen@example.com\n{member.user.email}"

    response = client.post(INVITE, {"panel": panel.pk, "addresses": lines})

    assert [
        (outcome.email, outcome.sentence) for outcome in response.context["outcomes"]
    ] == [
        ("new@example.com", "Invited."),
        ("not an address", "This isn’t an e-mail address."),
        (
            "Open@example.com",
            "This address has an open invitation. Revoke it first.",
        ),
        (member.user.email, "This address belongs to a panelist already."),
    ]
    invitation = panel.invitations.get(email="new@example.com")
    assert invitation.invited_by == operator


def test_an_address_on_two_lines_is_invited_once(client, operator):
    panel = make_panel()

    client.post(INVITE, {"panel": panel.pk, "addresses": "A@x.example\na@x.example"})

    assert panel.invitations.count() == 1


def test_inviting_too_many_at_once_is_refused(client, operator):
    panel = make_panel()
    lines = "\n".join(f"person{n}@x.example" for n in range(51))

    response = client.post(INVITE, {"panel": panel.pk, "addresses": lines})

    assert "Invite at most 50 people at a time." in response.content.decode()
    assert not panel.invitations.exists()


def test_the_trail_of_an_invitation_names_no_address(client, operator):
    panel = make_panel()

    client.post(INVITE, {"panel": panel.pk, "addresses": "new@example.com"})

    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr, entry.change_message) == (
        operator,
        panel.invitations.get().public_id,
        "Invited.",
    )


def test_an_invitation_whose_mail_fails_is_said_to_stand(client, operator, monkeypatch):
    panel, invite = make_panel(), services.invite

    def invite_without_mail(**what):
        invite(**what)
        raise services.NotSent

    monkeypatch.setattr(services, "invite", invite_without_mail)
    response = client.post(INVITE, {"panel": panel.pk, "addresses": "new@example.com"})

    [outcome] = response.context["outcomes"]
    assert (outcome.is_invited, outcome.sentence) == (True, str(services.NotSent()))
    assert LogEntry.objects.get().object_repr == panel.invitations.get().public_id


def test_only_those_who_may_invite_find_the_page(client, operator):
    Group.objects.get(name=OPERATOR).permissions.remove(
        Permission.objects.get(codename="invite_panelist")
    )
    invitation = make_invitation()

    listed = client.get(INVITATIONS)
    forced = client.post(
        INVITE, {"panel": invitation.panel.pk, "addresses": "new@example.com"}
    )
    choose(client, INVITATIONS, "revoke", invitation)

    assert INVITE not in listed.content.decode()
    assert 'value="revoke"' not in listed.content.decode()
    assert client.get(INVITE).status_code == forced.status_code == 403
    invitation.refresh_from_db()
    assert invitation.revoked_at is None
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("make", [make_user, make_reviewer, make_finance])
def test_the_invite_page_is_not_there_for_others(client, make):
    client.force_login(make())

    assert client.get(INVITE).status_code == 404


def test_the_invite_page_asks_strangers_to_sign_in(client):
    response = client.get(INVITE)

    assert response.headers["Location"].startswith(reverse("account_login"))


def test_revoking_goes_through_the_service(client, operator):
    invitation = make_invitation()

    response = choose(client, INVITATIONS, "revoke", invitation)

    invitation.refresh_from_db()
    assert invitation.revoked_by == operator
    assert messages_of(response) == ["1 invitation revoked."]
    assert LogEntry.objects.get().change_message == "Revoked."


def test_sending_again_makes_a_new_link(client, operator):
    invitation = make_invitation()

    response = choose(client, INVITATIONS, "resend", invitation)

    before = invitation.token_sha256
    invitation.refresh_from_db()
    assert invitation.token_sha256 != before
    assert messages_of(response) == ["1 invitation sent again."]
    assert LogEntry.objects.get().change_message == "Sent again."


@pytest.mark.parametrize("action", ["resend", "revoke"])
def test_an_accepted_invitation_stays_and_says_why(client, operator, action):
    invitation = make_invitation(
        accepted_at=timezone.now(), accepted_by=make_panelist()
    )

    response = choose(client, INVITATIONS, action, invitation)

    [message] = messages_of(response)
    assert message.startswith(
        f"invitation {invitation.public_id}: This invitation has been used."
    )
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("state", ["open", "accepted", "expired", "revoked"])
def test_invitations_are_filtered_by_state(client, operator, state):
    now, panel = timezone.now(), make_panel()
    invitations = {
        "open": make_invitation(panel=panel),
        "accepted": make_invitation(
            panel=panel, accepted_at=now, accepted_by=make_panelist()
        ),
        "expired": make_invitation(
            panel=panel,
            invited_at=now - timedelta(days=9),
            expires_at=now - timedelta(days=1),
        ),
        "revoked": make_invitation(panel=panel, revoked_at=now, revoked_by=operator),
    }

    response = client.get(INVITATIONS, {"state": state})

    assert list(response.context["cl"].queryset) == [invitations[state]]


def test_invitation_pages_hold_no_secret(client, superuser):
    invitation = make_invitation(token_sha256="5ec2e7")

    pages = [
        client.get(path).content.decode()
        for path in (INVITATIONS, f"{INVITATIONS}{invitation.pk}/change/")
    ]

    assert all(invitation.email in page for page in pages)
    assert not any("5ec2e7" in page for page in pages)


# The waitlist -----------------------------------------------------------------------


def test_the_chosen_ones_of_the_waitlist_are_invited(client, operator):
    panel = make_panel()
    chosen, invited, left = (
        WaitlistEntry.objects.create(panel=panel, email=f"{name}@example.com")
        for name in ("chosen", "invited", "left")
    )
    make_invitation(panel=panel, email=invited.email)

    response = choose(client, WAITLIST, "invite_chosen", chosen, invited)

    assert [
        (outcome.email, outcome.is_invited) for outcome in response.context["outcomes"]
    ] == [(chosen.email, True), (invited.email, False)]
    assert panel.invitations.get(email=chosen.email).invited_by == operator
    assert not panel.invitations.filter(email=left.email).exists()


def test_the_waitlist_tells_who_is_invited(client, operator):
    panel = make_panel()
    invited = WaitlistEntry.objects.create(panel=panel, email="Invited@example.com")
    waiting = WaitlistEntry.objects.create(panel=panel, email="waiting@example.com")
    make_invitation(panel=panel, email="invited@example.com")

    found = [
        list(client.get(WAITLIST, {"invited": value}).context["cl"].queryset)
        for value in ("yes", "no")
    ]

    assert found == [[invited], [waiting]]


def test_someone_is_taken_off_the_waitlist_without_a_trace_of_the_address(
    client, operator
):
    entry = WaitlistEntry.objects.create(panel=make_panel(), email="gone@example.com")

    client.post(f"{WAITLIST}{entry.pk}/delete/", {"post": "yes"})

    assert not WaitlistEntry.objects.exists()
    assert LogEntry.objects.get().object_repr == str(entry.pk)


# Second steps -----------------------------------------------------------------------


def test_second_steps_are_shown_without_their_secret(client, superuser):
    step = Authenticator.objects.create(
        user=make_reviewer(), type="totp", data={"secret": "JBSWY3DP"}
    )

    page = client.get(f"/admin/mfa/authenticator/{step.pk}/change/").content.decode()

    assert "TOTP" in page
    assert "JBSWY3DP" not in page


def test_only_a_superuser_takes_a_lost_second_step_away(client, operator):
    step = Authenticator.objects.create(user=make_reviewer(), type="totp", data={})
    path = f"/admin/mfa/authenticator/{step.pk}/delete/"

    refused = client.post(path, {"post": "yes"})
    client.force_login(User.objects.create_superuser("super@example.com"))
    client.post(path, {"post": "yes"})

    assert refused.status_code == 403
    assert not Authenticator.objects.exists()

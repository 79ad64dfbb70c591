import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from panelists.models import User
from panelists.roles import (
    ANALYST,
    FINANCE,
    GIVEN_BY_SUPERUSERS,
    OPERATOR,
    REVIEWER,
    ROLES,
    SURVEY_AUTHOR,
    create_roles,
    expand,
    may_give,
)
from tests.factories import make_operator, make_user

pytestmark = pytest.mark.django_db


def held_by(role: str) -> set[str]:
    return {
        f"{app}.{codename}"
        for app, codename in Permission.objects.filter(group__name=role).values_list(
            "content_type__app_label", "codename"
        )
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_roles_group_holds_its_permissions(role):
    wanted = {code for pattern in ROLES[role] for code in expand(pattern)}

    assert held_by(role) == wanted


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        (REVIEWER, "receipts.review_receipt"),
        (FINANCE, "rewards.approve_reward"),
        (SURVEY_AUTHOR, "panelists.author_surveys"),
        (ANALYST, "panelists.view_insights"),
        (OPERATOR, "panelists.invite_panelist"),
    ],
)
def test_a_role_opens_its_desk_and_no_other(role, permission):
    others = {
        "receipts.review_receipt",
        "rewards.approve_reward",
        "panelists.author_surveys",
        "panelists.view_insights",
        "panelists.invite_panelist",
    } - {permission}

    user = make_user(role)

    assert user.has_perm(permission)
    assert not any(user.has_perm(other) for other in others)


def test_no_role_changes_money_or_history_in_the_admin():
    everything = {code for role in ROLES for code in held_by(role)}

    for model in ("reward", "rewardevent", "ledgerentry", "ledgeraccount"):
        assert not everything & {
            f"rewards.{verb}_{model}" for verb in ("add", "change", "delete")
        }


def test_what_an_operator_added_to_a_group_stays():
    group = Group.objects.get(name=ANALYST)
    extra = Permission.objects.get(codename="view_panel")
    group.permissions.add(extra)

    create_roles(app_config=apps.get_app_config("panelists"), using="default")

    assert extra in group.permissions.all()


def given_by(user) -> set[str]:
    return {group.name for group in Group.objects.all() if may_give(user, group)}


def test_superusers_give_every_group():
    Group.objects.create(name="Helpers")

    given = given_by(User.objects.create_superuser("super@example.com"))

    assert given == {*ROLES, "Helpers"}


@pytest.mark.parametrize(
    ("roles", "given"),
    [
        ([], set()),
        *(([role], set()) for role in GIVEN_BY_SUPERUSERS),
        ([OPERATOR], {OPERATOR}),
        (list(ROLES), {OPERATOR}),
    ],
)
def test_others_give_only_what_decides_nothing_and_they_can_do(roles, given):
    Group.objects.create(name="Helpers")

    assert given_by(make_user(*roles)) == given


def test_a_role_that_can_do_more_than_they_can_is_given_by_superusers():
    user = make_user()
    user.user_permissions.add(
        *Permission.objects.filter(group__name=OPERATOR).exclude(codename="add_panel")
    )

    assert given_by(user) == set()


def test_a_role_that_was_made_to_decide_as_well_is_given_by_superusers():
    operator = make_operator()
    Group.objects.get(name=OPERATOR).permissions.add(
        Permission.objects.get(codename="approve_reward")
    )

    assert operator.has_perm("rewards.approve_reward")
    assert given_by(operator) == set()

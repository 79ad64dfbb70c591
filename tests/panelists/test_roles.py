import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from panelists.roles import (
    ANALYST,
    FINANCE,
    OPERATOR,
    REVIEWER,
    ROLES,
    SURVEY_AUTHOR,
    create_roles,
    expand,
)
from tests.factories import make_user

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

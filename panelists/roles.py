"""Staff roles: groups of permissions, kept up to date by every migrate.

The names of other apps' permissions are plain strings here, so that the rule on
imports holds. An operator may add permissions to a group; none is taken away.
"""

from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions

REVIEWER = "Reviewer"
FINANCE = "Finance"
SURVEY_AUTHOR = "Survey author"
ANALYST = "Analyst"
OPERATOR = "Operator"

# Whoever adds accounts could give a second one of their own such a role, and be both
# people of a decision that takes two.
GIVEN_BY_SUPERUSERS = (REVIEWER, FINANCE, SURVEY_AUTHOR, ANALYST)

# Role -> "app.codename". "app.model" followed by a star means add, change and view.
ROLES: dict[str, tuple[str, ...]] = {
    REVIEWER: ("receipts.review_receipt",),
    FINANCE: ("rewards.approve_reward", "rewards.propose_reward"),
    SURVEY_AUTHOR: ("panelists.author_surveys", "surveys.see_small_cells"),
    ANALYST: ("panelists.view_insights",),
    OPERATOR: (
        "panelists.use_admin",
        "panelists.invite_panelist",
        "panelists.panel*",
        "panelists.termsversion*",
        "panelists.user*",
        "panelists.view_panelist",
        "panelists.view_invitation",
        "panelists.view_waitlistentry",
        "panelists.delete_waitlistentry",
        "panelists.view_consent",
        "account.view_emailaddress",
        "mfa.view_authenticator",
        "auth.view_group",
        "admin.view_logentry",
        "receipts.requeue_receipt",
        "receipts.receiptpolicy*",
        "receipts.merchant*",
        "receipts.merchantalias*",
        "receipts.delete_merchantalias",
        "receipts.sensitivedatapolicy*",
        "receipts.view_redaction",
        "receipts.view_redactioncheck",
        "receipts.view_redactionreport",
        "receipts.view_vaultlook",
        "receipts.excludedcategory*",
        "receipts.delete_excludedcategory",
        "receipts.view_receipt",
        "receipts.view_receiptfile",
        "receipts.view_receiptpage",
        "receipts.view_reading",
        "receipts.view_readermodel",
        "receipts.view_lineitem",
        "receipts.view_receiptevent",
        "receipts.view_receiptverdict",
        "receipts.view_duplicateclaim",
        "rewards.rewardplan*",
        "rewards.view_reward",
        "rewards.view_rewardevent",
        "rewards.view_ledgeraccount",
        "rewards.view_ledgerentry",
        "surveys.view_survey",
        "surveys.view_surveyversion",
        "surveys.view_surveyedit",
        "surveys.view_surveyevent",
        "surveys.view_surveycomment",
        "surveys.view_surveyimage",
        "surveys.view_surveyinvitation",
        "surveys.view_quotacount",
        "surveys.view_response",
        "surveys.view_answer",
        "surveys.view_libraryquestion",
        "django_q.view_schedule",
        "django_q.view_success",
        "django_q.view_failure",
        "django_q.view_ormq",
        "panel_portal.view_heartbeat",
    ),
}


def expand(permission: str) -> tuple[str, ...]:
    if not permission.endswith("*"):
        return (permission,)
    app, model = permission.removesuffix("*").split(".")
    return tuple(f"{app}.{verb}_{model}" for verb in ("add", "change", "view"))


def create_roles(*, app_config, using, apps=global_apps, **kwargs) -> None:
    """Create missing groups and give each the permissions that exist by now.

    `apps` is the state of the migrations; `flush` sends none.
    """
    # Django makes an app's permissions after the same signal as this, and later: those
    # of the last app would reach no group before the next migrate.
    create_permissions(app_config, verbosity=0, using=using, apps=apps)
    try:
        group_model = apps.get_model("auth", "Group")
        permission_model = apps.get_model("auth", "Permission")
    except LookupError:
        return
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in permission_model.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for name, permissions in ROLES.items():
        group, _created = group_model.objects.using(using).get_or_create(name=name)
        wanted = [code for pattern in permissions for code in expand(pattern)]
        group.permissions.add(*(known[code] for code in wanted if code in known))


def may_give(user, group) -> bool:
    """Whether `user` may add `group` to somebody.

    Superusers give all. Others give a role of the portal that can do nothing that they
    can't, nor anything that superusers' roles are for, whatever was added to it.
    """
    if user.is_superuser:
        return True
    if group.name not in ROLES or group.name in GIVEN_BY_SUPERUSERS:
        return False
    reserved = {
        code
        for role in GIVEN_BY_SUPERUSERS
        for pattern in ROLES[role]
        for code in expand(pattern)
    }
    can_do = {
        f"{app}.{codename}"
        for app, codename in group.permissions.values_list(
            "content_type__app_label", "codename"
        )
    }
    return can_do <= user.get_all_permissions() - reserved

"""Staff roles: groups of permissions, kept up to date by every migrate.

The names of other apps' permissions are plain strings here, so that the rule on
imports holds. An operator may add permissions to a group; none is taken away.
"""

from django.apps import apps as global_apps

REVIEWER = "Reviewer"
FINANCE = "Finance"
SURVEY_AUTHOR = "Survey author"
ANALYST = "Analyst"
OPERATOR = "Operator"

# Role -> "app.codename". "app.model" followed by a star means add, change and view.
ROLES: dict[str, tuple[str, ...]] = {
    REVIEWER: ("receipts.review_receipt",),
    FINANCE: ("rewards.approve_reward", "rewards.propose_reward"),
    SURVEY_AUTHOR: ("panelists.author_surveys",),
    ANALYST: ("panelists.view_insights",),
    OPERATOR: (
        "panelists.use_admin",
        "panelists.invite_panelist",
        "panelists.panel*",
        "panelists.termsversion*",
        "panelists.view_user",
        "panelists.change_user",
        "panelists.view_panelist",
        "panelists.view_invitation",
        "panelists.view_waitlistentry",
        "panelists.view_consent",
        "receipts.requeue_receipt",
        "receipts.receiptpolicy*",
        "receipts.merchant*",
        "receipts.merchantalias*",
        "receipts.view_receipt",
        "receipts.view_lineitem",
        "receipts.view_receiptevent",
        "receipts.view_receiptverdict",
        "rewards.rewardplan*",
        "rewards.view_reward",
        "rewards.view_rewardevent",
        "rewards.view_ledgeraccount",
        "rewards.view_ledgerentry",
        "django_q.view_schedule",
        "django_q.view_success",
        "django_q.view_failure",
    ),
}


def expand(permission: str) -> tuple[str, ...]:
    if not permission.endswith("*"):
        return (permission,)
    app, model = permission.removesuffix("*").split(".")
    return tuple(f"{app}.{verb}_{model}" for verb in ("add", "change", "view"))


def create_roles(*, using, apps=global_apps, **kwargs) -> None:
    """Create missing groups and give each the permissions that exist by now.

    `apps` is the state of the migrations; `flush` sends none.
    """
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

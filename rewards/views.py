"""What a panelist has earned, and finance's queue of rewards to decide on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from rewards import services
from rewards.models import LedgerEntry, Reward, RewardPlan
from rewards.services import RewardError

PER_PAGE = 25
DECIDED_LATELY = 20
Status = Reward.Status


def finance_or_404(request):
    if not request.user.has_perm("rewards.approve_reward"):
        raise Http404
    return request.user


def is_own(reward: Reward, user) -> bool:
    """Whether another person must decide: it is theirs, or they proposed it."""
    return user.pk in (reward.panelist.user_id, reward.proposed_by_id)


@require_safe
def reward_list(request):
    """The panelist's balance and history."""
    panelist = request.panelist
    if panelist is None:
        finance_or_404(request)
        return redirect("rewards:approvals")
    rewards = Reward.objects.filter(panelist=panelist).exclude(status=Status.RETRACTED)
    month = panelist.panel.month()
    context = {
        "balance": services.balance(panelist),
        "currency": panelist.panel.currency,
        "page": Paginator(rewards, PER_PAGE).get_page(request.GET.get("page")),
        "plan": RewardPlan.for_month(panelist.panel, month),
        "nav_active": "rewards",
    }
    return render(request, "rewards/list.html", context)


@require_safe
def approvals(request):
    """Rewards that wait, the oldest first, and what was decided lately."""
    finance = finance_or_404(request)
    waiting = (
        Reward.objects.filter(status=Status.PROPOSED)
        .select_related("panelist__panel", "proposed_by")
        .order_by("proposed_at", "pk")
    )
    decided = (
        Reward.objects.filter(status__in=[Status.APPROVED, Status.REFUSED])
        .select_related("panelist__panel", "decided_by")
        .order_by("-decided_at")
    )
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "for_others": {reward.pk for reward in page if is_own(reward, finance)},
        "decided": decided[:DECIDED_LATELY],
        "nav_active": "approvals",
    }
    return render(request, "rewards/approvals.html", context)


def visible_reward_or_404(request, public_id) -> Reward:
    rewards = Reward.objects.visible_to(request.user).select_related("panelist__panel")
    return get_object_or_404(rewards, public_id=public_id)


@require_safe
def detail(request, public_id):
    return show(request, visible_reward_or_404(request, public_id))


def show(request, reward: Reward, *, status: int = 200, reason="", problem=""):
    """A reward's page; `reason` and `problem` of a refusal that wasn't taken."""
    is_finance = request.user.has_perm("rewards.approve_reward")
    context = {
        "reward": reward,
        "word": status_word(reward.status, for_finance=is_finance),
        "events": [
            (event, status_word(event.to_status, for_finance=is_finance))
            for event in reward.events.select_related("actor")
        ],
        "entry": LedgerEntry.objects.filter(reward=reward).first(),
        "is_finance": is_finance,
        "is_open": reward.status == Status.PROPOSED,
        "can_decide": is_finance
        and reward.status == Status.PROPOSED
        and not is_own(reward, request.user),
        "reason": reason,
        "problem": problem,
        "nav_active": "approvals" if is_finance else "rewards",
    }
    return render(request, "rewards/detail.html", context, status=status)


def status_word(status: str, *, for_finance: bool) -> str:
    """A status as the panelist reads it, or as whoever decides on it does."""
    if for_finance and status == Status.APPROVED:
        return _("Approved")
    return str(Status(status).label)


@require_POST
def approve(request, public_id):
    finance = finance_or_404(request)
    reward = visible_reward_or_404(request, public_id)
    try:
        services.approve(reward, by=finance)
    except RewardError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Approved."))
    return redirect("rewards:approvals")


@require_POST
def refuse(request, public_id):
    finance = finance_or_404(request)
    reward = visible_reward_or_404(request, public_id)
    reason = request.POST.get("reason", "")
    try:
        services.refuse(reward, by=finance, reason=reason)
    except RewardError as error:
        reward.refresh_from_db()
        return show(request, reward, status=422, reason=reason, problem=str(error))
    messages.success(request, _("Refused."))
    return redirect("rewards:approvals")


@require_POST
def approve_selected(request):
    """Each of the ticked rewards through the service; what fails says why."""
    finance = finance_or_404(request)
    chosen = (
        Reward.objects.visible_to(finance)
        .filter(public_id__in=request.POST.getlist("reward"))
        .order_by("proposed_at", "pk")
    )
    approved = 0
    for reward in chosen:
        try:
            services.approve(reward, by=finance)
        except RewardError as error:
            messages.error(request, f"{reward.description}: {error}")
        else:
            approved += 1
    if approved:
        text = ngettext(
            "%(count)d reward approved.", "%(count)d rewards approved.", approved
        )
        messages.success(request, text % {"count": approved})
    elif not chosen:
        messages.error(request, _("Tick at least one reward."))
    return redirect("rewards:approvals")

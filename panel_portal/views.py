"""The pages that belong to no app: home, privacy, terms."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_safe

import rewards.services
from panelists.forms import WaitlistForm
from panelists.models import Panel, Panelist, TermsVersion, User
from panelists.services import current_terms, default_panel
from receipts.models import (
    KindChoices,
    Merchant,
    Receipt,
    ReceiptPolicy,
    SensitiveDataPolicy,
)
from receipts.screening.findings import Action
from receipts.services import months
from receipts.workflow import Status
from rewards.models import Reward, RewardPlan
from surveys.models import Response
from surveys.views import offers_to

NEWEST = 3
# Seconds between looks at the staff's counts.
COUNTS_EVERY = 30


@login_not_required
@require_safe
def home(request):
    """What the panel is, for visitors; else one's own month, and the staff's desks."""
    if not request.user.is_authenticated:
        if request.htmx:
            # The session ended under the staff's counts: not a page inside a page.
            return HttpResponse(headers={"HX-Redirect": resolve_url("account_login")})
        return render(request, "home.html", visitor_context() | {"nav_active": "home"})
    desks = staff_desks(request.user)
    context = {"desks": desks, "counts_every": COUNTS_EVERY, "nav_active": "home"}
    if request.htmx:
        return render(request, "partials/_desks.html", context)
    if request.panelist is not None:
        context |= panelist_context(request.panelist)
    return render(request, "home.html", context)


def visitor_context() -> dict:
    """The panel's offer in its own figures; only words where there is no panel."""
    panel = default_panel()
    context = {"panel": panel, "form": WaitlistForm()}
    if panel is None:
        return context
    today = panel.today()
    own_stores = Merchant.objects.filter(
        panel=panel, standing=Merchant.Standing.OWN_STORE
    )
    return context | {
        "plan": RewardPlan.for_month(panel, panel.month()),
        "policy": ReceiptPolicy.for_day(panel, today),
        "own_stores": [
            store.name for store in own_stores.order_by("pk") if holds_on(store, today)
        ],
    }


def holds_on(store: Merchant, day) -> bool:
    return (store.valid_from is None or store.valid_from <= day) and (
        store.valid_to is None or day < store.valid_to
    )


def panelist_context(panelist: Panelist) -> dict:
    receipts = Receipt.objects.filter(panelist=panelist)
    newest = receipts.select_related("panel").prefetch_related(
        "pages", "verdicts", "events"
    )
    return {
        "panelist": panelist,
        "progress": months.progress(panelist),
        "offers": offers_to(panelist)[:NEWEST],
        "balance": rewards.services.balance(panelist),
        "currency": panelist.panel.currency,
        "newest": newest[:NEWEST],
        "returned": receipts.filter(status=Status.RETURNED),
    }


def staff_desks(user: User) -> list[dict]:
    """A desk for each thing that this person may work on, with what waits there.

    What they may not decide on themselves, being theirs, isn't counted.
    """
    desks = []
    if user.has_perm("receipts.review_receipt"):
        waiting = Receipt.objects.filter(status=Status.IN_REVIEW)
        count = waiting.exclude(panelist__user=user).count()
        desks.append({"kind": "review", "count": count})
    if user.has_perm("rewards.approve_reward"):
        waiting = Reward.objects.filter(status=Reward.Status.PROPOSED)
        mine = waiting.exclude(panelist__user=user).exclude(proposed_by=user)
        desks.append({"kind": "approvals", "count": mine.count()})
    if user.has_perm("panelists.author_surveys"):
        held = Response.objects.real().filter(check_state=Response.Check.HELD)
        count = held.exclude(panelist__user=user).count()
        desks.append({"kind": "surveys", "count": count})
    elif user.has_perm("panelists.view_insights"):
        desks.append({"kind": "results", "count": None})
    if user.is_staff and user.has_perm("panelists.use_admin"):
        desks.append({"kind": "operations", "count": None})
    return desks


@login_not_required
@require_safe
def privacy(request):
    return render(request, "privacy.html")


@login_not_required
@require_safe
def terms(request):
    """The terms that hold now: of one's own panel, or else of the default one."""
    panel = request.panelist.panel if request.panelist else default_panel()
    context = {"panel": panel, "terms": terms_of(panel)}
    if panel is not None:
        context["treated"] = treated(panel)
    return render(request, "terms.html", context)


def treated(panel: Panel) -> dict[str, list[str]]:
    """By action the kinds of data on receipts, as the panel's policy has them today."""
    actions = SensitiveDataPolicy.actions_for(panel, panel.today())
    kinds: dict[str, list[str]] = {action.value: [] for action in Action}
    for kind, action in actions.items():
        kinds[action.value].append(KindChoices(kind).label)
    return kinds


def terms_of(panel: Panel | None) -> TermsVersion | None:
    if panel is None:
        return None
    try:
        return current_terms(panel)
    except TermsVersion.DoesNotExist:
        return None

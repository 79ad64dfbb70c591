"""The review desk: a queue by age, one receipt at a time, and the decision on it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from panelists.models import User
from receipts.models import Receipt, ReceiptEvent, RedactionCheck
from receipts.reading_words import also_read, reasons, words_on
from receipts.review_forms import MOST_ITEMS, DeskForms
from receipts.services import drafting, redacting, reviewing, vault
from receipts.services.errors import (
    AlreadyHeld,
    LooksLikeAnother,
    OutOfDate,
    ReceiptError,
)
from receipts.verdicts import Use
from receipts.workflow import Status

PER_PAGE = 25
Outcome = RedactionCheck.Outcome


def reviewer_or_404(request):
    if not request.user.has_perm("receipts.review_receipt"):
        raise Http404
    return request.user


def receipt_or_404(request, public_id) -> Receipt:
    """A receipt that is or was in review; their own isn't reviewed by them."""
    reviewer = reviewer_or_404(request)
    was_in_review = ReceiptEvent.objects.filter(
        receipt=OuterRef("pk"), to_status=Status.IN_REVIEW
    )
    return get_object_or_404(
        Receipt.objects.filter(Q(status=Status.IN_REVIEW) | Exists(was_in_review))
        .exclude(panelist__user=reviewer)
        .select_related("panel", "panelist"),
        public_id=public_id,
    )


@require_safe
def queue(request):
    reviewer = reviewer_or_404(request)
    waiting = (
        Receipt.objects.filter(status=Status.IN_REVIEW)
        .exclude(panelist__user=reviewer)
        .select_related("review_by")
        .prefetch_related("verdicts")
        .order_by("submitted_at", "pk")
    )
    context = {
        "page": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
        "expired": reviewing.expired(),
        "nav_active": "review",
    }
    template = "review/_queue.html" if request.htmx else "review/queue.html"
    return render(request, template, context)


@require_POST
def take_next(request):
    """Hold the oldest receipt that is free and open it; or leave one for the next."""
    reviewer = reviewer_or_404(request)
    after = request.POST.get("after")
    if not after:
        return go_to(request, reviewing.take_next(by=reviewer))
    left = receipt_or_404(request, after)
    reviewing.release(left, by=reviewer)
    return go_to(request, next_after(left, by=reviewer))


def next_after(receipt: Receipt, *, by: User) -> Receipt | None:
    """Hold the next younger one that is free, else the oldest: so that leaving one
    after the other leads through the whole queue."""
    younger = Q(submitted_at__gt=receipt.submitted_at) | Q(
        submitted_at=receipt.submitted_at, pk__gt=receipt.pk
    )
    for candidate in reviewing.queue(by).filter(younger)[:20]:
        try:
            return reviewing.take(candidate, by=by)
        except ReceiptError:
            continue
    return reviewing.take_next(by=by, after=receipt)


def go_to(request, receipt: Receipt | None):
    if receipt is None:
        messages.success(request, _("No other receipt waits for you."))
        return redirect("review:queue")
    return redirect("review:work", receipt.public_id)


@never_cache
@require_safe
def work(request, public_id):
    """The desk. Opening it holds the receipt; only asking about it doesn't."""
    receipt = receipt_or_404(request, public_id)
    if receipt.state != Status.IN_REVIEW:
        is_decision = receipt.state in (Status.ACCEPTED, Status.REJECTED)
        if is_decision and receipt.decided_by_id == request.user.pk:
            return desk(request, receipt)
        return moved_on(request)
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=503)  # the browser asks again when it is opened
    if request.method == "GET":
        try:
            receipt = reviewing.take(receipt, by=request.user)
        except ReceiptError as error:
            messages.error(request, str(error))
            return redirect("review:queue")
    return desk(request, receipt)


def desk(
    request,
    receipt: Receipt,
    forms: DeskForms | None = None,
    *,
    status: int = 200,
    problem: str = "",
    has_changed: bool = False,
):
    """The review page, with the forms as they were posted or as the receipt has them.

    `problem` is a sentence why nothing was done; `has_changed` shows what is saved by
    now beside what was typed.
    """
    is_open = receipt.state == Status.IN_REVIEW
    is_held = is_open and receipt.review_by_id == request.user.pk
    if forms is None:
        forms = DeskForms(receipt, draft=draft_for(request, receipt, is_held=is_held))
    reading = receipt.readings.defer("candidates").first()
    result = reading.result if reading else {}
    for field in forms.purchase.visible_fields():
        describe(field, words_on(result, field.name).marks(field.auto_id))
    changed = forms.purchase.changed_data if has_changed else []
    pages = receipt.pages.all()
    context = {
        "receipt": receipt,
        "forms": forms,
        "fields": [
            {
                "field": field,
                "words": words_on(result, field.name),
                "is_other": field.name in changed,
                "saved": field.initial,
            }
            for field in forms.purchase.visible_fields()
        ],
        "items_words": words_on(result, "items"),
        "reasons": reasons(result) if is_open else [],
        "also": also_read(result, receipt.currency),
        "most_items": MOST_ITEMS,
        "verdicts": receipt.verdicts.all(),
        "pages": [p for p in pages if (p.image if is_held else p.kept_image)],
        "events": receipt.events.select_related("actor"),
        "reading": reading,
        "is_open": is_open,
        "is_held": is_held,
        **redaction(receipt, is_open=is_open),
        "problem": problem,
        "waiting": reviewing.queue(request.user).exclude(pk=receipt.pk).count(),
        "nav_active": "review",
    }
    return render(request, "review/work.html", context, status=status)


def draft_for(request, receipt: Receipt, *, is_held: bool):
    """What can be read besides the marks, for the reviewer who holds the receipt."""
    if not is_held:
        return None
    draft = drafting.draft(receipt)
    if draft is not None:
        vault.note_look(receipt, by=request.user, what="words")
    return draft


def redaction(receipt: Receipt, *, is_open: bool) -> dict:
    """What the desk says of the marks, and of the check of exactly these."""
    check = redacting.current_check(receipt) if is_open else None
    last = receipt.redaction_checks.first() if is_open else None
    return {
        # Its marks have grown by what was left, so it is no check of these any more.
        "was_left": last is not None and last.outcome == Outcome.LEFTOVERS,
        "needs_check": is_open and redacting.needs_check(receipt),
        "check": check,
        "is_checked": check is not None and check.outcome == Outcome.CLEAN,
        "is_checking": is_pending(check),
        "marks_can_change": is_open and not is_pending(check),
    }


def is_pending(check: RedactionCheck | None) -> bool:
    return check is not None and check.outcome == Outcome.PENDING


def describe(field: BoundField, marks: tuple[str, ...]) -> None:
    """Have the input tell its errors, and how sure it was read and why, to those who
    don't see them beside it."""
    errors = (f"{field.auto_id}_error",) if field.errors else ()
    if described := " ".join((*errors, *marks)):
        field.field.widget.attrs["aria-describedby"] = described


def moved_on(request):
    """Somebody else decided on the receipt, or its panelist took it back."""
    return render(request, "review/moved_on.html", {"nav_active": "review"}, status=409)


def handle(
    request,
    public_id,
    act: Callable[[Receipt, DeskForms], object],
    *,
    use: Use | None = None,
) -> HttpResponse | None:
    """Do what a button of the desk asks for; the page that says why not, else None.

    Nothing that was typed is lost: the desk comes back with it, whatever was wrong.
    """
    receipt = receipt_or_404(request, public_id)
    if receipt.state != Status.IN_REVIEW:
        return moved_on(request)
    forms = DeskForms(receipt, request.POST, use=use)
    if not forms.is_valid():
        problem = _("Nothing is saved yet: put right what is marked below.")
        return desk(request, receipt, forms, status=422, problem=problem)
    try:
        act(receipt, forms)
    except ReceiptError as error:
        receipt.refresh_from_db()
        if isinstance(error, OutOfDate) or receipt.review_by_id != request.user.pk:
            return conflict(request, receipt, forms, error)
        # Nothing is wrong with what was sent, unlike with the other errors.
        status = 409 if isinstance(error, LooksLikeAnother) else 422
        return desk(request, receipt, forms, status=status, problem=str(error))
    return None


def conflict(request, receipt: Receipt, forms: DeskForms, error: ReceiptError):
    """The receipt is no longer as the page showed it: show how it is, and take it back
    where nobody else has it by now."""
    try:
        receipt = reviewing.take(receipt, by=request.user)
    except AlreadyHeld as held:
        problem = _(
            "%(error)s Nothing is saved, but what you typed is still here: try again "
            "when they have left it."
        ) % {"error": held}
        receipt.refresh_from_db()
        return desk(request, receipt, forms, status=409, problem=problem)
    except ReceiptError:
        return moved_on(request)
    if not isinstance(error, OutOfDate):
        error = _("You no longer held this receipt; now you do again.")
    problem = _("%(error)s Nothing is saved yet: check what you typed.") % {
        "error": error
    }
    data = request.POST.copy()
    data["revision"] = receipt.revision
    forms = DeskForms(receipt, data, use=forms.use)
    return desk(request, receipt, forms, status=409, problem=problem, has_changed=True)


def go_on(request, done: str):
    messages.success(request, done)
    return go_to(request, reviewing.take_next(by=request.user))


@require_POST
def save(request, public_id):
    refused = handle(
        request,
        public_id,
        lambda receipt, forms: reviewing.save_edit(
            receipt, forms.as_edit(), by=request.user
        ),
    )
    if refused:
        return refused
    messages.success(request, _("Saved."))
    return redirect("review:work", public_id)


@require_POST
def check(request, public_id):
    """Save, and have the marked places painted and what is left looked at again."""
    refused = handle(
        request,
        public_id,
        lambda receipt, forms: reviewing.check_redaction(
            receipt, forms.as_edit(), by=request.user
        ),
    )
    return refused or redirect("review:work", public_id)


@never_cache
@require_safe
def checked(request, public_id):
    """How far the check is: nothing new (204), or the parts of the desk that change."""
    receipt = receipt_or_404(request, public_id)
    is_held = receipt.review_by_id == request.user.pk
    if not request.htmx:
        return redirect("review:work", public_id)
    if receipt.state != Status.IN_REVIEW or not is_held:
        return HttpResponseClientRefresh()
    context = redaction(receipt, is_open=True)
    if context["is_checking"]:
        return HttpResponse(status=204)
    context |= {
        "receipt": receipt,
        "forms": DeskForms(receipt),
        "pages": list(receipt.pages.exclude(working="")),
        "is_open": True,
        "is_held": True,
        "is_swapped": True,
    }
    return render(request, "review/_checked.html", context)


@require_POST
def mark_twins(request, public_id):
    """Save, and mark where the painted texts stand elsewhere."""
    found = []
    refused = handle(
        request,
        public_id,
        lambda receipt, forms: found.append(
            reviewing.mark_twins(receipt, forms.as_edit(), by=request.user)
        ),
    )
    if refused:
        return refused
    messages.success(
        request,
        ngettext(
            "%(count)d more place has the same text. It is marked.",
            "%(count)d more places have the same text. They are marked.",
            found[0],
        )
        % {"count": found[0]}
        if found[0]
        else _("The marked texts stand nowhere else."),
    )
    return redirect("review:work", public_id)


@require_POST
def accept(request, public_id):
    refused = handle(
        request,
        public_id,
        lambda receipt, forms: reviewing.accept(
            receipt, forms.as_edit(), by=request.user
        ),
    )
    return refused or go_on(request, _("Accepted."))


@require_POST
def reject(request, public_id):
    refused = handle(
        request,
        public_id,
        lambda receipt, forms: reviewing.reject(
            receipt, by=request.user, **forms.as_reason()
        ),
        use=Use.REJECT,
    )
    return refused or go_on(request, _("Rejected."))


@require_POST
def return_to_panelist(request, public_id):
    refused = handle(
        request,
        public_id,
        lambda receipt, forms: reviewing.return_to_panelist(
            receipt, by=request.user, **forms.as_reason()
        ),
        use=Use.RETURN,
    )
    return refused or go_on(request, _("Returned to the panelist."))


@require_POST
def release(request, public_id):
    receipt = receipt_or_404(request, public_id)
    reviewing.release(receipt, by=request.user)
    return redirect("review:queue")

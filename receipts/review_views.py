"""The review desk: a queue by age, one receipt at a time, and the decision on it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from receipts.models import Receipt
from receipts.review_forms import PurchaseForm, ReasonForm, item_formset
from receipts.services import reviewing
from receipts.services.errors import ReceiptError
from receipts.verdicts import Use
from receipts.workflow import Status

PER_PAGE = 25


def reviewer_or_404(request):
    if not request.user.has_perm("receipts.review_receipt"):
        raise Http404
    return request.user


def receipt_or_404(request, public_id) -> Receipt:
    """A receipt that this reviewer may see; their own isn't reviewed by them."""
    reviewer = reviewer_or_404(request)
    return get_object_or_404(
        Receipt.objects.visible_to(reviewer)
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
        .select_related("panel", "review_by")
        .prefetch_related("pages", "verdicts")
        .order_by("submitted_at", "pk")
    )
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "expired": reviewing.expired(),
        "nav_active": "review",
    }
    template = "review/_queue.html" if request.htmx else "review/queue.html"
    return render(request, template, context)


@require_POST
def take_next(request):
    """Hold the oldest receipt that is free and open it."""
    receipt = reviewing.take_next(by=reviewer_or_404(request))
    return go_to(request, receipt)


def go_to(request, receipt: Receipt | None):
    if receipt is None:
        messages.success(request, _("The queue is empty. Well done."))
        return redirect("review:queue")
    return redirect("review:work", receipt.public_id)


@never_cache
@require_safe
def work(request, public_id):
    receipt = receipt_or_404(request, public_id)
    if receipt.state == Status.IN_REVIEW:
        try:
            receipt = reviewing.take(receipt, by=request.user)
        except ReceiptError as error:
            messages.error(request, str(error))
            return redirect("review:queue")
    return desk(request, receipt)


def desk(request, receipt: Receipt, status: int = 200, **forms):
    """The review page, with forms as they were posted or as the receipt has them."""
    reading = receipt.readings.first()
    result = reading.result if reading else {}
    confidence, evidence = result.get("confidence", {}), result.get("evidence", {})
    form = forms.get("form") or PurchaseForm(instance=receipt)
    context = {
        "receipt": receipt,
        "form": form,
        "fields": [
            (field, confidence.get(key), evidence.get(key, []))
            for field in form.visible_fields()
            for key in [READ_AS.get(field.name, field.name)]
        ],
        "items": forms.get("items") or item_formset(receipt),
        "items_confidence": confidence.get("items"),
        "items_evidence": evidence.get("items", []),
        "reject_form": forms.get("reject_form")
        or ReasonForm(
            use=Use.REJECT, prefix="reject", initial={"revision": receipt.revision}
        ),
        "return_form": forms.get("return_form")
        or ReasonForm(
            use=Use.RETURN, prefix="return", initial={"revision": receipt.revision}
        ),
        "verdicts": receipt.verdicts.all(),
        "pages": receipt.pages.all(),
        "events": receipt.events.select_related("actor"),
        "reading": reading,
        "is_open": receipt.state == Status.IN_REVIEW,
        "waiting": reviewing.queue(request.user).exclude(pk=receipt.pk).count(),
        "nav_active": "review",
    }
    return render(request, "review/work.html", context, status=status)


# What the reading calls a field of the form.
READ_AS = {"merchant_name": "merchant", "purchased_on": "date", "purchased_at": "time"}


def decide(request, receipt: Receipt, act, done: str, **forms):
    """Run a decision; on success go to the next receipt, else show what is wrong."""
    try:
        act()
    except ReceiptError as error:
        messages.error(request, str(error))
        receipt.refresh_from_db()
        if receipt.state != Status.IN_REVIEW or receipt.review_by != request.user:
            return redirect("review:queue")
        return desk(request, receipt, status=409, **forms)
    messages.success(request, done)
    return go_to(request, reviewing.take_next(by=request.user))


def bound_purchase(request, receipt: Receipt):
    """The posted purchase and items, and whether both are valid."""
    form = PurchaseForm(request.POST, instance=receipt)
    items = item_formset(receipt, request.POST)
    valid = all([form.is_valid(), items.is_valid()])
    return form, items, valid


@require_POST
def save(request, public_id):
    receipt = receipt_or_404(request, public_id)
    form, items, valid = bound_purchase(request, receipt)
    if not valid:
        return desk(request, receipt, status=422, form=form, items=items)
    try:
        reviewing.save_edit(receipt, form.as_edit(items.items()), by=request.user)
    except ReceiptError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("review:queue"))
    messages.success(request, _("Saved."))
    return redirect("review:work", public_id)


@require_POST
def accept(request, public_id):
    receipt = receipt_or_404(request, public_id)
    form, items, valid = bound_purchase(request, receipt)
    if not valid:
        return desk(request, receipt, status=422, form=form, items=items)
    edit = form.as_edit(items.items())
    return decide(
        request,
        receipt,
        lambda: reviewing.accept(receipt, edit, by=request.user),
        _("Accepted."),
        form=form,
        items=items,
    )


def give_reason(request, public_id, *, use: Use, act, done: str):
    receipt = receipt_or_404(request, public_id)
    form = ReasonForm(request.POST, use=use, prefix=use.value)
    forms = {f"{use.value}_form": form}
    if not form.is_valid():
        return desk(request, receipt, status=422, **forms)
    return decide(
        request,
        receipt,
        lambda: act(receipt, by=request.user, **form.cleaned_data),
        done,
        **forms,
    )


@require_POST
def reject(request, public_id):
    return give_reason(
        request,
        public_id,
        use=Use.REJECT,
        act=reviewing.reject,
        done=_("Rejected."),
    )


@require_POST
def return_to_panelist(request, public_id):
    return give_reason(
        request,
        public_id,
        use=Use.RETURN,
        act=reviewing.return_to_panelist,
        done=_("Returned to the panelist."),
    )


@require_POST
def release(request, public_id):
    receipt = receipt_or_404(request, public_id)
    reviewing.release(receipt, by=request.user)
    return redirect("review:queue")

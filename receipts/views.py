"""The panelist's pages: share receipts, see what became of them, take them back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from receipts.imaging.inspect import RefusedFile, inspect_file
from receipts.imaging.sentences import refusal
from receipts.models import Receipt, ReceiptPage
from receipts.services import months, submitting
from receipts.services.errors import ReceiptError
from receipts.services.submitting import Upload
from receipts.upload_handler import oversized_files
from receipts.workflow import PENDING, Status

PER_PAGE = 20
# Seconds between looks at a list with receipts that a worker reads, or a person has.
READING_EVERY, REVIEW_EVERY = 2, 30


def member_or_404(request):
    """The membership of who asks; 404 for staff and former members."""
    if request.panelist is None:
        raise Http404
    return request.panelist


@require_safe
def receipt_list(request):
    if request.panelist is None and request.user.has_perm("receipts.review_receipt"):
        return redirect("review:queue")
    panelist = member_or_404(request)
    receipts = (
        Receipt.objects.filter(panelist=panelist)
        .select_related("panel")
        .prefetch_related("pages", "verdicts", "events")
    )
    page = Paginator(receipts, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "progress": months.progress(panelist),
        "poll_every": poll_seconds(panelist),
        "nav_active": "receipts",
    }
    template = "receipts/_live.html" if request.htmx else "receipts/list.html"
    return render(request, template, context)


def poll_seconds(panelist) -> int | None:
    """How often the list asks for news; None once nothing is pending."""
    waiting = set(
        Receipt.objects.filter(panelist=panelist, status__in=PENDING)
        .order_by()
        .values_list("status", flat=True)
        .distinct()
    )
    if Status.SUBMITTED in waiting:
        return READING_EVERY
    return REVIEW_EVERY if waiting else None


@dataclass(frozen=True)
class Taken:
    """One file of an upload: its receipt, or the sentence why it was refused."""

    name: str
    receipt: Receipt | None = None
    refusal: str = ""


def take_files(request, panelist) -> list[Taken]:
    """Each file on its own: a refused one keeps no other from going through."""
    taken = [
        Taken(name, refusal=str(refusal("too_large")))
        for name in oversized_files(request)
    ]
    for file in request.FILES.getlist("files"):
        try:
            upload = Upload(file, inspect_file(file))
            receipt = submitting.submit(upload, panelist=panelist, by=request.user)
        except RefusedFile as error:
            taken.append(Taken(file.name, refusal=str(refusal(error.code))))
        except ReceiptError as error:
            taken.append(Taken(file.name, refusal=str(error)))
        else:
            taken.append(Taken(file.name, receipt=receipt))
    return taken


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Share receipts: `files` holds any number of pictures and PDFs."""
    panelist = member_or_404(request)
    context = {"nav_active": "new", "progress": months.progress(panelist)}
    if request.method != "POST":
        return render(request, "receipts/new.html", context)
    # Before anything else: reading FILES is what fills the list of oversized ones.
    nothing = not request.FILES and not oversized_files(request)
    taken = take_files(request, panelist)
    refused = [one for one in taken if one.refusal]
    context |= {"taken": taken, "nothing": nothing}
    if request.htmx:
        return render(request, "receipts/_taken.html", context)
    if nothing or refused:
        status = 422 if len(refused) == len(taken) else 200
        return render(request, "receipts/new.html", context, status=status)
    messages.success(
        request,
        ngettext(
            "Thank you. We are reading your receipt.",
            "Thank you. We are reading your %(count)d receipts.",
            len(taken),
        )
        % {"count": len(taken)},
    )
    return redirect("receipts:list")


def own_receipt_or_404(request, public_id) -> Receipt:
    return get_object_or_404(
        Receipt.objects.filter(panelist=member_or_404(request)).select_related(
            "panel", "panelist"
        ),
        public_id=public_id,
    )


@require_safe
def detail(request, public_id):
    receipt = own_receipt_or_404(request, public_id)
    context = {
        "receipt": receipt,
        "items": receipt.items.all(),
        "pages": receipt.pages.all(),
        "verdicts": receipt.verdicts.all(),
        "events": receipt.events.all(),
        "poll_every": READING_EVERY if receipt.state == Status.SUBMITTED else None,
        "nav_active": "receipts",
    }
    template = "receipts/_detail.html" if request.htmx else "receipts/detail.html"
    return render(request, template, context)


@require_POST
def withdraw(request, public_id):
    receipt = own_receipt_or_404(request, public_id)
    try:
        submitting.withdraw(receipt, by=request.user)
    except ReceiptError as error:
        messages.error(request, str(error))
        return redirect("receipts:detail", public_id)
    messages.success(
        request, _("The receipt is withdrawn and its pictures are deleted.")
    )
    return redirect("receipts:list")


@require_POST
def replace(request, public_id):
    """A new picture in the place of one that a reviewer returned."""
    receipt = own_receipt_or_404(request, public_id)
    file = request.FILES.get("files")
    try:
        if oversized_files(request):
            raise RefusedFile("too_large")
        if file is None:
            raise RefusedFile("empty")
        submitting.replace(receipt, Upload(file, inspect_file(file)), by=request.user)
    except RefusedFile as error:
        messages.error(request, str(refusal(error.code)))
        return redirect("receipts:detail", public_id)
    except ReceiptError as error:
        messages.error(request, str(error))
        return redirect("receipts:detail", public_id)
    messages.success(request, _("Thank you. We are reading the new picture."))
    return redirect("receipts:detail", public_id)


def send_picture(request, public_id, position, kind: str):
    """A page's picture to those who may see the receipt, never from a served path."""
    page = get_object_or_404(
        ReceiptPage.objects.filter(
            receipt__in=Receipt.objects.visible_to(request.user)
        ),
        receipt__public_id=public_id,
        position=position,
    )
    picture = page.thumbnail if kind == "thumbnail" else page.image
    if not picture:
        raise Http404
    try:
        return FileResponse(picture.open("rb"), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None


@require_safe
@cache_control(private=True, no_store=True)
def page_image(request, public_id, position):
    return send_picture(request, public_id, position, "image")


@require_safe
@cache_control(private=True, no_store=True)
def page_thumbnail(request, public_id, position):
    return send_picture(request, public_id, position, "thumbnail")

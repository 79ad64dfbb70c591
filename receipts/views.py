"""The panelist's pages: share receipts, see what became of them, take them back."""

import hashlib
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from receipts.imaging.inspect import MAX_BYTES, RefusedFile, inspect_file
from receipts.imaging.sentences import refusal
from receipts.models import Receipt, ReceiptPage
from receipts.services import months, reviewing, submitting, vault
from receipts.services.errors import ReceiptError
from receipts.services.months import Progress
from receipts.services.submitting import Upload
from receipts.upload_handler import MAX_FILES, skipped_files
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
    receipts = Receipt.objects.filter(panelist=panelist).prefetch_related(
        "pages", "verdicts"
    )
    page = Paginator(receipts, PER_PAGE).get_page(request.GET.get("page"))
    progress, poll_every = months.progress(panelist), poll_seconds(panelist)
    state = state_of(page, progress, poll_every)
    if request.htmx and request.GET.get("seen") == state:
        return HttpResponse(status=204)
    context = {
        "page": page,
        "progress": progress,
        "poll_every": poll_every,
        "state": state,
        "nav_active": "receipts",
    }
    template = "receipts/_live.html" if request.htmx else "receipts/list.html"
    return render(request, template, context)


def state_of(page: Page, progress: Progress, poll_every: int | None) -> str:
    """A mark that differs whenever the list would look different.

    A look that finds the mark it knows swaps nothing: the keyboard's focus stays where
    it is, and no thumbnail is fetched again.
    """
    receipts = [(receipt.pk, receipt.revision) for receipt in page]
    shown = (receipts, page.number, page.paginator.num_pages, progress, poll_every)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


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

    @property
    def is_being_read(self) -> bool:
        """False of a refused file, and of one that was shared before."""
        return self.receipt is not None and self.receipt.state == Status.SUBMITTED


def sentence(code: str) -> str:
    """Why a file was refused, by the code of `RefusedFile` or `SkippedFile`."""
    if code == "too_many":
        return _("Only %(count)d files go through at a time. Share this one again.") % {
            "count": MAX_FILES
        }
    return str(refusal(code))


def take_files(request, panelist) -> list[Taken]:
    """Each file on its own: a refused one keeps no other from going through."""
    files = request.FILES.getlist("files")  # reading them fills `skipped_files`
    taken = [
        Taken(file.name, refusal=sentence(file.code)) for file in skipped_files(request)
    ]
    for file in files:
        try:
            upload = Upload(file, inspect_file(file))
            receipt = submitting.submit(upload, panelist=panelist, by=request.user)
        except RefusedFile as error:
            taken.append(Taken(file.name, refusal=sentence(error.code)))
        except ReceiptError as error:
            taken.append(Taken(file.name, refusal=str(error)))
        else:
            taken.append(Taken(file.name, receipt=receipt))
    return taken


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Share receipts: `files` holds any number of pictures and PDFs."""
    panelist = member_or_404(request)
    context = {
        "nav_active": "new",
        "most_bytes": MAX_BYTES,
        "too_large": sentence("too_large"),
    }
    if request.method != "POST":
        context["progress"] = months.progress(panelist)
        return render(request, "receipts/new.html", context)
    taken = take_files(request, panelist)
    context |= {"taken": taken, "nothing": not taken}
    if request.htmx:
        return render(request, "receipts/_taken.html", context)
    if taken and all(one.is_being_read for one in taken):
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
    context["progress"] = months.progress(panelist)
    status = 200 if any(one.receipt for one in taken) else 422
    return render(request, "receipts/new.html", context, status=status)


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
    poll_every = READING_EVERY if receipt.state == Status.SUBMITTED else None
    if request.htmx and request.GET.get("seen") == str(receipt.revision):
        return HttpResponse(status=204)
    context = {
        "receipt": receipt,
        "items": receipt.items.all(),
        "pages": [page for page in receipt.pages.all() if page.image],
        # What a reviewer saves on the way is no news to the panelist.
        "events": [
            event
            for event in receipt.events.all()
            if event.from_status != event.to_status
        ],
        "poll_every": poll_every,
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
        for skipped in skipped_files(request):
            raise RefusedFile(skipped.code)
        if file is None:
            raise RefusedFile("empty")
        submitting.replace(receipt, Upload(file, inspect_file(file)), by=request.user)
    except RefusedFile as error:
        messages.error(request, sentence(error.code))
        return redirect("receipts:detail", public_id)
    except ReceiptError as error:
        messages.error(request, str(error))
        return redirect("receipts:detail", public_id)
    messages.success(request, _("Thank you. We are reading the new picture."))
    return redirect("receipts:detail", public_id)


def picture_for(user, page: ReceiptPage, kind: str):
    """A page's picture as far as someone may see it, or None.

    The panelist sees their own. What lies in the vault is seen by the reviewer who
    holds the receipt, while they hold it; the kept copy by the one who decided.
    """
    receipt = page.receipt
    shown = {"image": page.image, "thumbnail": page.thumbnail, "painted": None}[kind]
    if receipt.panelist.user_id == user.pk:
        return shown
    if not user.has_perm("receipts.review_receipt"):
        return None
    if (
        receipt.state == Status.IN_REVIEW
        and receipt.review_by_id == user.pk
        and receipt.review_at > reviewing.expired()
    ):
        return page.painted if kind == "painted" else shown
    if receipt.decided_by_id == user.pk:
        return {"image": page.kept_image, "thumbnail": page.kept_thumbnail}.get(kind)
    return None


def send_picture(request, public_id, position, kind: str):
    """A page's picture to those who may see it, never from a served path."""
    page = get_object_or_404(
        ReceiptPage.objects.select_related("receipt__panelist"),
        receipt__public_id=public_id,
        position=position,
    )
    picture = picture_for(request.user, page, kind)
    if not picture:
        raise Http404
    is_own = page.receipt.panelist.user_id == request.user.pk
    if not picture.field.name.startswith("kept") and not is_own:
        vault.note_look(page.receipt, by=request.user, what=f"{kind}-{position}")
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
def page_painted(request, public_id, position):
    """The page as it would be kept, for the reviewer who had it painted."""
    return send_picture(request, public_id, position, "painted")


@require_safe
@cache_control(private=True, no_store=True)
def page_thumbnail(request, public_id, position):
    return send_picture(request, public_id, position, "thumbnail")

"""Opening and accepting an invitation, and asking for one."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.views import SignupView
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from panelists import services
from panelists.adapter import (
    forget_invitation,
    opened_invitation,
    remember_invitation,
)
from panelists.forms import (
    AboutYouForm,
    AcceptInvitationForm,
    JoinForm,
    WaitlistForm,
)
from panelists.models import Invitation, TermsVersion
from panelists.services import MembershipError, NotOpen, PanelFull


@login_not_required
@never_cache
@require_safe
@sensitive_variables("token")
def open_invitation(request, public_id, token):
    """Remember the invitation and go on without its secret in the address.

    Whatever is wrong with it is said on the next page, so that neither a log of
    failed requests nor the browser's history nor a referrer holds the secret.
    """
    try:
        remember_invitation(request, services.find(public_id, token))
    except NotOpen:
        forget_invitation(request)
    response = redirect("panelists:accept")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request):
    """Join: with a new account, or with the one that has the invited address."""
    if request.panelist is not None:
        forget_invitation(request)
        return render(request, "panelists/already.html")
    invitation = opened_invitation(request)
    try:
        if invitation is None:
            raise NotOpen
        services.check_open(invitation)
        services.check_room(invitation.panel)
        terms = services.current_terms(invitation.panel)
    except (NotOpen, PanelFull) as error:
        return closed(request, error)
    except TermsVersion.DoesNotExist:
        # Nobody joins on terms that don't exist; the invitation stays open.
        return closed(request, PanelFull())
    owner = services.owner_of(invitation.email)
    if request.user.is_authenticated:
        if request.user == owner:
            return join(request, invitation, terms)
        return render(request, "panelists/other.html", {"invitation": invitation})
    if owner is not None:
        return render(request, "panelists/sign_in.html", {"invitation": invitation})
    return SignUp.as_view(invitation=invitation, terms=terms)(request)


def closed(request, error: MembershipError):
    """Why the invitation can't be accepted, and what to do about it."""
    is_full = isinstance(error, PanelFull)
    if not is_full:
        forget_invitation(request)
    return render(
        request,
        "panelists/closed.html",
        {"sentence": str(error), "is_full": is_full},
        status=HTTPStatus.CONFLICT if is_full else HTTPStatus.GONE,
    )


def membership_context(invitation: Invitation, terms: TermsVersion) -> dict:
    return {"invitation": invitation, "panel": invitation.panel, "terms": terms}


class SignUp(SignupView):
    """allauth's sign-up, so that its limits, hooks and sign-in apply."""

    template_name = "panelists/accept.html"
    form_class = AcceptInvitationForm
    success_url = reverse_lazy("home")
    invitation: Invitation | None = None
    terms: TermsVersion | None = None

    def is_open(self) -> bool:
        # `accept` has looked; the lock in `try_save` has the last word.
        return True

    def get_form_class(self):
        return self.form_class

    def get_form_kwargs(self) -> dict:
        return {
            **super().get_form_kwargs(),
            "invitation": self.invitation,
            "terms": self.terms,
        }

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        return context | membership_context(self.invitation, self.terms)

    def form_valid(self, form):
        try:
            response = super().form_valid(form)
        except (NotOpen, PanelFull) as error:
            return closed(self.request, error)
        except MembershipError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        welcome(self.request, self.invitation)
        return response


def join(request, invitation: Invitation, terms: TermsVersion):
    """A member more, who had an account already."""
    form = JoinForm(request.POST or None, invitation=invitation, terms=terms)
    if form.is_valid():
        try:
            services.accept_invitation(
                invitation,
                user=request.user,
                born_on=form.cleaned_data["born_on"],
                region=form.cleaned_data.get("region", ""),
                terms=terms,
            )
        except (NotOpen, PanelFull) as error:
            return closed(request, error)
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            welcome(request, invitation)
            return redirect("home")
    context = {"form": form, **membership_context(invitation, terms)}
    return render(request, "panelists/join.html", context)


def welcome(request, invitation: Invitation) -> None:
    forget_invitation(request)
    messages.success(
        request,
        _("Welcome to the panel. Share your first receipt whenever you like."),
    )


@login_not_required
@require_POST
def switch(request):
    """Sign out of the wrong account, and come back to the invitation."""
    invitation = opened_invitation(request)
    get_adapter().logout(request)
    if invitation is not None:
        remember_invitation(request, invitation)
    return redirect("panelists:accept")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def waitlist(request):
    """Ask to be invited; the answer never tells whether an address is known."""
    panel = services.default_panel()
    form = WaitlistForm(request.POST or None)
    context = {"form": form, "is_waiting": False, "panel": panel}
    status = HTTPStatus.OK
    if request.method == "POST":
        if not ratelimit.consume(request, action="waitlist"):
            form = context["form"] = WaitlistForm()
            context["sentence"] = _(
                "That was often. Please wait a minute, and try again."
            )
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif not form.is_valid():
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            if panel is not None:
                services.join_waitlist(panel=panel, email=form.cleaned_data["email"])
            context["is_waiting"] = True
    if request.htmx:
        # htmx shows only what succeeded; the fragment says what went wrong.
        return render(request, "panelists/_waitlist.html", context)
    return render(request, "panelists/waitlist.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about_you(request):
    """What a panelist may tell and change of themselves: where, and mail or none."""
    panelist = request.panelist
    if panelist is None:
        raise Http404
    form = AboutYouForm(request.POST or None, panelist=panelist)
    if form.is_valid():
        services.change_about(panelist, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("panelists:about_you")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(
        request,
        "panelists/about_you.html",
        {"form": form, "panel": panelist.panel},
        status=status,
    )

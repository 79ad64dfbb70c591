"""Inviting people: one by one, many at once, or from the waitlist."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panelists import services
from panelists.admin_base import HistoryAdmin, PortalModelAdmin, report
from panelists.models import Invitation, Panel, User, WaitlistEntry
from panelists.services import MembershipError, NotSent

# Addresses on the page that invites: each is mailed while the operator waits.
MOST_ADDRESSES = 50


@dataclass(frozen=True)
class Outcome:
    """What became of one address, in a sentence."""

    email: str
    is_invited: bool
    sentence: str
    invitation: Invitation | None = None


def invite_one(*, panel: Panel, email: str, by: User) -> Outcome:
    try:
        validate_email(email)
    except ValidationError:
        return Outcome(email, False, _t("This isn’t an e-mail address."))
    try:
        sent = services.invite(panel=panel, email=email, by=by)
    except NotSent as error:
        invitation = Invitation.objects.open().get(panel=panel, email__iexact=email)
        return Outcome(email, True, str(error), invitation)
    except MembershipError as error:
        return Outcome(email, False, str(error))
    return Outcome(email, True, _t("Invited."), sent.invitation)


class InviteForm(forms.Form):
    panel = forms.ModelChoiceField(
        Panel.objects.order_by("name"), label=_("Panel"), empty_label=None
    )
    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One a line."),
        widget=forms.Textarea(
            attrs={"rows": 8, "class": "vLargeTextField", "spellcheck": "false"}
        ),
    )

    def clean_addresses(self) -> list[str]:
        """The lines that aren't empty, each once, in their order."""
        lines = (line.strip() for line in self.cleaned_data["addresses"].splitlines())
        addresses = list({line.casefold(): line for line in lines if line}.values())
        if len(addresses) > MOST_ADDRESSES:
            text = _("Invite at most %(most)d people at a time.")
            raise ValidationError(text % {"most": MOST_ADDRESSES})
        return addresses


class InvitesMixin:
    """For the pages on which those who may invite do so."""

    def has_invite_permission(self, request) -> bool:
        return request.user.has_perm("panelists.invite_panelist")

    def outcomes_page(self, request, outcomes: list[Outcome], form: InviteForm | None):
        """What became of each address. Shown at once: messages would keep the
        addresses in a cookie."""
        invitations = admin.site.get_model_admin(Invitation)
        for outcome in outcomes:
            if outcome.invitation is not None:
                invitations.log_addition(request, outcome.invitation, "Invited.")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Invite panelists"),
            "opts": Invitation._meta,
            "outcomes": outcomes,
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(
            request, "admin/panelists/invitation/invite.html", context
        )


class InvitationStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("open", _("Open")),
            ("accepted", _("Accepted")),
            ("expired", _("Expired")),
            ("revoked", _("Revoked")),
        ]

    def queryset(self, request, queryset):
        undecided = Q(accepted_at=None, revoked_at=None)
        chosen = {
            "open": undecided & Q(expires_at__gt=timezone.now()),
            "accepted": Q(accepted_at__isnull=False),
            "expired": undecided & Q(expires_at__lte=timezone.now()),
            "revoked": Q(revoked_at__isnull=False),
        }.get(self.value())
        return queryset if chosen is None else queryset.filter(chosen)


@admin.register(Invitation)
class InvitationAdmin(InvitesMixin, HistoryAdmin):
    list_display = [
        "public_id",
        "email",
        "panel",
        "state",
        "invited_at",
        "expires_at",
        "invited_by",
    ]
    list_filter = [InvitationStateFilter, "panel"]
    search_fields = ["public_id", "email"]
    date_hierarchy = "invited_at"
    ordering = ["-invited_at"]
    list_select_related = ["panel", "invited_by"]
    actions = ["resend", "revoke"]
    fields = [
        "public_id",
        "panel",
        "email",
        "state",
        "invited_by",
        "invited_at",
        "expires_at",
        "accepted_by",
        "accepted_at",
        "revoked_by",
        "revoked_at",
    ]
    readonly_fields = ["state"]

    @admin.display(description=_("state"))
    def state(self, obj) -> str:
        if obj.accepted_at:
            return _t("Accepted")
        if obj.revoked_at:
            return _t("Revoked")
        return _t("Expired") if obj.has_expired else _t("Open")

    def get_urls(self):
        invite = self.admin_site.admin_view(self.invite_view)
        return [
            path("invite/", invite, name="panelists_invitation_invite"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        can_invite = {"can_invite": self.has_invite_permission(request)}
        return super().changelist_view(request, can_invite | (extra_context or {}))

    def invite_view(self, request):
        """A page for one or several addresses, each with its answer."""
        if not self.has_invite_permission(request):
            raise PermissionDenied
        form, outcomes = InviteForm(request.POST or None), []
        if form.is_valid():
            panel = form.cleaned_data["panel"]
            outcomes = [
                invite_one(panel=panel, email=email, by=request.user)
                for email in form.cleaned_data["addresses"]
            ]
            wrong = [outcome.email for outcome in outcomes if not outcome.is_invited]
            form = InviteForm(initial={"panel": panel, "addresses": "\n".join(wrong)})
        return self.outcomes_page(request, outcomes, form)

    def through_service(self, request, invitation, service, trail: str) -> str:
        try:
            service(invitation, by=request.user)
        except NotSent as error:
            self.log_change(request, invitation, trail)
            return str(error)
        except MembershipError as error:
            return str(error)
        self.log_change(request, invitation, trail)
        return ""

    @admin.action(description=_("Send again, with a new link"), permissions=["invite"])
    def resend(self, request, queryset):
        report(
            request,
            self,
            queryset,
            lambda row: self.through_service(
                request, row, services.resend, "Sent again."
            ),
            lambda count: (
                ngettext(
                    "%(count)d invitation sent again.",
                    "%(count)d invitations sent again.",
                    count,
                )
                % {"count": count}
            ),
        )

    @admin.action(description=_("Revoke"), permissions=["invite"])
    def revoke(self, request, queryset):
        report(
            request,
            self,
            queryset,
            lambda row: self.through_service(request, row, services.revoke, "Revoked."),
            lambda count: (
                ngettext(
                    "%(count)d invitation revoked.",
                    "%(count)d invitations revoked.",
                    count,
                )
                % {"count": count}
            ),
        )


class InvitedFilter(admin.SimpleListFilter):
    title = _("invited")
    parameter_name = "invited"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(is_invited=self.value() == "yes")


@admin.register(WaitlistEntry)
class WaitlistEntryAdmin(InvitesMixin, PortalModelAdmin):
    """Who would like to be invited. Deleting is for those who change their mind."""

    list_display = ["email", "panel", "asked_at", "is_invited"]
    list_filter = ["panel", InvitedFilter]
    search_fields = ["email"]
    date_hierarchy = "asked_at"
    list_select_related = ["panel"]
    actions = ["invite_chosen"]

    def get_queryset(self, request):
        open_ones = Invitation.objects.open().annotate(address=Lower("email"))
        same = open_ones.filter(
            panel=OuterRef("panel"), address=Lower(OuterRef("email"))
        )
        return super().get_queryset(request).annotate(is_invited=Exists(same))

    @admin.display(description=_("invited"), boolean=True, ordering="is_invited")
    def is_invited(self, obj) -> bool:
        return obj.is_invited

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description=_("Invite the chosen ones"), permissions=["invite"])
    def invite_chosen(self, request, queryset):
        entries = list(queryset[: MOST_ADDRESSES + 1])
        if len(entries) > MOST_ADDRESSES:
            text = _t("Invite at most %(most)d people at a time.")
            self.message_user(request, text % {"most": MOST_ADDRESSES}, "error")
            return None
        outcomes = [
            invite_one(panel=entry.panel, email=entry.email, by=request.user)
            for entry in entries
        ]
        return self.outcomes_page(request, outcomes, None)

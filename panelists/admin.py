"""Users and roles, panels and terms, panelists, invitations and the waitlist."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account import admin as allauth_account_admin  # noqa: F401 -- see below
from allauth.account.models import EmailAddress
from allauth.mfa import admin as allauth_mfa_admin  # noqa: F401
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panelists import services
from panelists.admin_base import (
    ConfigurationAdmin,
    HistoryAdmin,
    HistoryInline,
    PortalModelAdmin,
    report,
)
from panelists.models import (
    Consent,
    Invitation,
    Panel,
    Panelist,
    TermsVersion,
    User,
    WaitlistEntry,
)
from panelists.roles import ROLES
from panelists.services import MembershipError, NotSent

# These apps register pages of their own when their admin is imported, as it is above:
# theirs show secrets, or let whoever edits a group give themselves its permissions.
for _model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(_model)

# Addresses on the page that invites: each is mailed while the operator waits.
MOST_ADDRESSES = 50


# Users and roles ------------------------------------------------------------------


class NewStaffForm(forms.ModelForm):
    """Someone who will work for the panel. They choose a password by themselves."""

    class Meta:
        model = User
        fields = ["email", "name", "groups"]

    def clean_email(self):
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if EmailAddress.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Someone has this e-mail address already."))
        return email

    def save(self, commit=True):
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)


class UserForm(forms.ModelForm):
    """Roles and access of a user, within what whoever edits them may give."""

    class Meta:
        model = User
        fields = ["name", "is_staff", "is_active", "groups"]

    def clean_groups(self):
        """Groups that weren't on offer stay as they are."""
        offered = self.fields["groups"].queryset
        others = self.instance.groups.exclude(pk__in=offered.values("pk"))
        chosen = [group.pk for group in self.cleaned_data["groups"]]
        return Group.objects.filter(Q(pk__in=chosen) | Q(pk__in=others.values("pk")))

    def clean(self):
        cleaned = super().clean()
        # Two-step sign-in is asked of staff: a role without it would be a way around.
        if (
            "groups" in cleaned
            and cleaned["groups"].exists()
            and not cleaned.get("is_staff", self.instance.is_staff)
        ):
            self.add_error(
                "is_staff", _("People with a role are staff. Take the roles away too.")
            )
        return cleaned


@admin.register(User)
class UserAdmin(PortalModelAdmin):
    form = UserForm
    list_display = ["email", "name", "roles", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["public_id", "email", "name"]
    ordering = ["email"]
    date_hierarchy = "date_joined"
    filter_horizontal = ["user_permissions"]

    def audit_name(self, obj) -> str:
        return obj.public_id

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, obj) -> str:
        names = [group.name for group in obj.groups.all()]
        return ", ".join([_t("Superuser"), *names] if obj.is_superuser else names)

    def get_form(self, request, obj=None, **kwargs):
        if obj is None:
            kwargs["form"] = NewStaffForm
        return super().get_form(request, obj, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            text = _(
                "They choose a password themselves, through “Forgot your password?” on "
                "the sign-in page, and then set up two-step sign-in."
            )
            fields = ["email", "name", "groups"]
            return [(None, {"fields": fields, "description": text})]
        access = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            access += ["is_superuser", "user_permissions"]
        return [
            (None, {"fields": ["public_id", "email", "name"]}),
            (_("Access"), {"fields": access}),
            (_("Dates"), {"fields": ["last_login", "date_joined"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        # The person changes their address themselves, and proves that it is theirs.
        fields = ["public_id", "email", "last_login", "date_joined"]
        if obj.pk == request.user.pk:
            # Nobody gives themselves more, and nobody locks themselves out.
            fields += ["is_active", "is_staff", "is_superuser"]
            if not request.user.is_superuser:
                fields += ["groups"]
        return fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            groups = Group.objects.order_by("name")
            if not request.user.is_superuser:
                groups = groups.filter(name__in=ROLES)
            kwargs["queryset"] = groups
            kwargs["widget"] = forms.CheckboxSelectMultiple
        if db_field.name == "user_permissions":
            kwargs["queryset"] = db_field.remote_field.model.objects.select_related(
                "content_type"
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None) -> bool:
        allowed = super().has_change_permission(request, obj)
        outranks = obj is not None and obj.is_superuser
        return allowed and (request.user.is_superuser or not outranks)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            # Without a password, the only way in is a link mailed to this address.
            EmailAddress.objects.create(
                user=obj, email=obj.email.lower(), primary=True, verified=True
            )


@admin.register(Group)
class RoleAdmin(auth_admin.GroupAdmin, ConfigurationAdmin):
    """Only superusers edit what a role may do: others could widen their own."""

    list_display = ["name", "members"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(members=Count("user"))

    @admin.display(description=_("people"), ordering="members")
    def members(self, obj) -> int:
        return obj.members

    def has_add_permission(self, request) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    def why_kept(self, obj) -> str:
        if obj.name in ROLES:
            return _t("The portal’s own roles can’t be deleted.")
        if obj.user_set.exists():
            return _t("People have this role. Take it away from them first.")
        return ""


@admin.register(EmailAddress)
class EmailAddressAdmin(HistoryAdmin):
    list_display = ["email", "verified", "primary"]
    list_filter = ["verified", "primary"]
    search_fields = ["email"]
    ordering = ["email"]
    fields = ["email", "user", "verified", "primary"]
    list_select_related = ["user"]


@admin.register(Authenticator)
class AuthenticatorAdmin(HistoryAdmin):
    """Second steps, without their secrets. A superuser takes away one that is lost."""

    list_display = ["id", "user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email", "user__public_id"]
    fields = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]

    def audit_name(self, obj) -> str:
        return obj.get_type_display()

    def has_delete_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser


# Panels and terms -----------------------------------------------------------------


@admin.register(Panel)
class PanelAdmin(ConfigurationAdmin):
    list_display = [
        "name",
        "country",
        "currency",
        "time_zone",
        "members",
        "capacity",
        "is_open",
    ]
    list_filter = ["is_open", "country"]
    search_fields = ["public_id", "name"]
    ordering = ["name"]
    fields = [
        "name",
        "country",
        "currency",
        "time_zone",
        "locale",
        "language",
        "capacity",
        "minimum_age",
        "is_open",
    ]

    def get_queryset(self, request):
        active = Count("panelists", filter=Q(panelists__left_at=None))
        return super().get_queryset(request).annotate(members=active)

    @admin.display(description=_("panelists"), ordering="members")
    def members(self, obj) -> int:
        return obj.members

    def get_readonly_fields(self, request, obj=None):
        # Months, rewards and balances were made with these.
        if obj is not None and obj.panelists.exists():
            return ["country", "currency", "time_zone"]
        return []

    def why_kept(self, obj) -> str:
        uses = (
            relation.related_model._base_manager.filter(**{relation.field.name: obj})
            for relation in obj._meta.related_objects
        )
        if any(rows.exists() for rows in uses):
            return _t("Rules or people belong to this panel. Close it instead.")
        return ""


class LabeledSplitDateTime(AdminSplitDateTime):
    """Says of each of its two inputs which one it is, also to those who can't see."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for widget, label in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            widget.attrs["aria-label"] = label


class TermsForm(forms.ModelForm):
    class Meta:
        model = TermsVersion
        fields = ["panel", "version", "title", "body", "valid_from"]
        widgets = {"valid_from": LabeledSplitDateTime}

    def clean_valid_from(self):
        valid_from = self.cleaned_data["valid_from"]
        # A day's grace, for the time that writing the form takes.
        if valid_from < timezone.now() - timedelta(days=1):
            raise ValidationError(_("Terms can’t have been valid before today."))
        return valid_from


@admin.register(TermsVersion)
class TermsVersionAdmin(ConfigurationAdmin):
    form = TermsForm
    list_display = ["__str__", "panel", "valid_from", "consents"]
    list_filter = ["panel"]
    search_fields = ["version", "title"]
    date_hierarchy = "valid_from"
    list_select_related = ["panel"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(consents=Count("consent"))

    @admin.display(description=_("consents"), ordering="consents")
    def consents(self, obj) -> int:
        return obj.consents

    @staticmethod
    def is_fixed(obj) -> bool:
        return obj.valid_from <= timezone.now() or obj.consent_set.exists()

    def has_change_permission(self, request, obj=None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not self.is_fixed(obj))

    def why_kept(self, obj) -> str:
        if self.is_fixed(obj):
            return _t("These terms are valid or agreed to. Add a new version instead.")
        return ""


# Panelists ------------------------------------------------------------------------


class ConsentInline(HistoryInline):
    model = Consent
    fields = ["terms", "agreed_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("terms")


@admin.register(Panelist)
class PanelistAdmin(HistoryAdmin):
    list_display = ["public_id", "user", "panel", "joined_at", "left_at"]
    list_filter = ["panel", ("left_at", admin.EmptyFieldListFilter)]
    search_fields = ["public_id", "user__public_id", "user__email"]
    date_hierarchy = "joined_at"
    ordering = ["-joined_at"]
    list_select_related = ["user", "panel"]
    fields = ["public_id", "user", "panel", "born_on", "joined_at", "left_at"]
    inlines = [ConsentInline]


@admin.register(Consent)
class ConsentAdmin(HistoryAdmin):
    list_display = ["panelist", "terms", "agreed_at"]
    list_filter = ["terms"]
    search_fields = ["panelist__public_id"]
    date_hierarchy = "agreed_at"
    ordering = ["-agreed_at"]
    list_select_related = ["panelist", "terms"]


# Invitations and the waitlist -----------------------------------------------------


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

"""Users, their roles, and how they sign in."""

from allauth.account import admin as allauth_account_admin  # noqa: F401 -- see below
from allauth.account.models import EmailAddress
from allauth.mfa import admin as allauth_mfa_admin  # noqa: F401
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin  # noqa: F401
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.admin_base import ConfigurationAdmin, HistoryAdmin, PortalModelAdmin
from panelists.models import User
from panelists.roles import GIVEN_BY_SUPERUSERS, ROLES, may_give

# These apps register pages of their own when their admin is imported, as it is above:
# theirs show secrets, or let whoever edits a group give themselves its permissions.
for _model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(_model)


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

    def __init__(self, *args, **kwargs):
        """Roles that can't be given can still be taken away, so they are on offer to
        those who have them."""
        super().__init__(*args, **kwargs)
        field = self.fields.get("groups")
        if field is not None:
            theirs = self.instance.groups.filter(name__in=ROLES)
            field.queryset = Group.objects.filter(
                Q(pk__in=field.queryset.values("pk")) | Q(pk__in=theirs.values("pk"))
            ).order_by("name")

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


def permission_choices(db_field) -> dict:
    """Boxes to tick: Django's pair of lists is closed to screen readers."""
    permissions = db_field.remote_field.model.objects.select_related("content_type")
    return {"queryset": permissions, "widget": forms.CheckboxSelectMultiple}


@admin.register(User)
class UserAdmin(PortalModelAdmin):
    form = UserForm
    list_display = ["email", "name", "roles", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["public_id", "email", "name"]
    ordering = ["email"]
    date_hierarchy = "date_joined"

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
            kwargs["queryset"] = Group.objects.filter(
                pk__in=[
                    group.pk
                    for group in Group.objects.all()
                    if may_give(request.user, group)
                ]
            ).order_by("name")
            kwargs["widget"] = forms.CheckboxSelectMultiple
            if not request.user.is_superuser:
                kwargs["help_text"] = _t(
                    "Only a superuser (made with “manage.py createsuperuser”) gives "
                    "the roles %(roles)s, so that nobody gives them to a second "
                    "account of their own; you can take them away."
                ) % {"roles": get_text_list(GIVEN_BY_SUPERUSERS, _t("and"))}
        if db_field.name == "user_permissions":
            kwargs |= permission_choices(db_field)
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
class RoleAdmin(ConfigurationAdmin):
    """Only superusers edit what a role may do: others could widen their own."""

    list_display = ["name", "members"]
    search_fields = ["name"]
    ordering = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(members=Count("user"))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs |= permission_choices(db_field)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

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

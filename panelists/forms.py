"""What people fill in to join."""

from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from panelists.adapter import SESSION_KEY, opened_invitation
from panelists.models import Invitation, User
from panelists.services import (
    MembershipError,
    accept_invitation,
    age_on,
    current_terms,
)


class MembershipFields(forms.Form):
    """What joining asks beyond an account."""

    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    born_on = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
    )
    lives_here = forms.BooleanField(label=_("I live in the panel’s country."))
    agrees = forms.BooleanField(
        label=mark_safe(  # noqa: S308 -- our own text
            _('I have read and agree to the <a href="/terms/">terms</a>.')
        )
    )

    def check_age(self, invitation: Invitation) -> None:
        born_on, panel = self.cleaned_data.get("born_on"), invitation.panel
        if born_on is None:
            return
        years = age_on(panel.today(), born_on)
        if years < panel.minimum_age:
            text = _("You must be at least %(age)d to join.")
            self.add_error("born_on", text % {"age": panel.minimum_age})
        elif years > 120:
            self.add_error("born_on", _("Check the year."))


class AcceptInvitationForm(MembershipFields, SignupForm):
    """Sign-up by invitation: account, membership and consent, all or nothing."""

    field_order = (
        "email",
        "name",
        "born_on",
        "password1",
        "password2",
        "lives_here",
        "agrees",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.disabled, field.required = True, True
        field.help_text = _("The address that was invited. It can be changed later.")

    def clean_email(self):
        # The invitation's, whatever was posted: a disabled field keeps its initial.
        return self.initial["email"]

    def clean(self):
        super().clean()
        self.check_age(self.initial["invitation"])
        if User.objects.filter(email__iexact=self.initial["email"]).exists():
            self.add_error(
                None,
                _("This address has an account. Sign in, and open the link again."),
            )
        return self.cleaned_data

    def try_save(self, request):
        """(user, response): one transaction, so that a lost race leaves no account."""
        try:
            with transaction.atomic():
                user, response = super().try_save(request)
                if user is not None:
                    self.join(request, user)
                return user, response
        except MembershipError as error:
            self.membership_error = error
            raise

    def join(self, request, user: User) -> None:
        invitation = opened_invitation(request) or self.initial["invitation"]
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        # The link came to this address, so it is verified.
        EmailAddress.objects.update_or_create(
            user=user,
            email=invitation.email.lower(),
            defaults={"verified": True, "primary": True},
        )
        accept_invitation(
            invitation,
            user=user,
            born_on=self.cleaned_data["born_on"],
            terms=current_terms(invitation.panel),
        )
        request.session.pop(SESSION_KEY, None)


class JoinForm(MembershipFields):
    """The same for someone who has an account already, such as staff."""

    def __init__(self, *args, invitation: Invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        del self.fields["name"]

    def clean(self):
        super().clean()
        self.check_age(self.invitation)
        return self.cleaned_data


class WaitlistForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

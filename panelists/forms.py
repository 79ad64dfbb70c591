"""What people fill in to join."""

from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from panelists.account_forms import InOurWords
from panelists.models import Invitation, Panelist, TermsVersion, User
from panelists.regions import regions_of
from panelists.services import (
    NotAllowed,
    TermsChanged,
    accept_invitation,
    age_on,
    lock_open,
    owner_of,
)

OLDEST = 120


class RegionField(forms.ChoiceField):
    """The regions of a country, of which nobody needs to name one."""

    def __init__(self, country: str, **kwargs):
        super().__init__(
            label=_("Region"),
            help_text=_("Optional. Some surveys are for people of some regions."),
            choices=[("", _("Prefer not to say")), *regions_of(country)],
            required=False,
            widget=forms.Select(attrs={"autocomplete": "address-level1"}),
            **kwargs,
        )


class MembershipFields(forms.Form):
    """What joining asks beyond an account."""

    born_on = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
    )
    lives_here = forms.BooleanField()
    agrees = forms.BooleanField()
    # Which terms the page showed: consent is to these, or it isn't given.
    terms = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, invitation: Invitation, terms: TermsVersion, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation, self.current_terms = invitation, terms
        panel = invitation.panel
        self.initial["terms"] = terms.version
        if regions_of(panel.country):
            self.fields["region"] = RegionField(panel.country)
            self.order_fields(self.field_order or ("born_on", "region"))
        self.fields["born_on"].help_text = _(
            "You must be at least %(age)d to join."
        ) % {"age": panel.minimum_age}
        self.fields["lives_here"].label = _(
            "I live in the country of this panel: %(panel)s (%(country)s)."
        ) % {"panel": panel.name, "country": panel.country}
        self.fields["agrees"].label = _(
            "I have read and agree to “%(title)s”, version %(version)s."
        ) % {"title": terms.title, "version": terms.version}

    def clean(self):
        super().clean()
        self.check_age()
        self.check_terms()
        return self.cleaned_data

    def check_age(self) -> None:
        born_on, panel = self.cleaned_data.get("born_on"), self.invitation.panel
        if born_on is None:
            return
        today = panel.today()
        if not 0 <= age_on(today, born_on) <= OLDEST:
            self.add_error("born_on", _("Check the year."))
        elif age_on(today, born_on) < panel.minimum_age:
            text = _("You must be at least %(age)d to join.")
            self.add_error("born_on", text % {"age": panel.minimum_age})

    def check_terms(self) -> None:
        if self.cleaned_data.get("terms") == self.current_terms.version:
            return
        self.add_error(None, str(TermsChanged()))
        # The page that says so shows the new ones, and they want a new tick.
        self.data = self.data.copy()
        self.data[self.add_prefix("terms")] = self.current_terms.version
        self.data.pop(self.add_prefix("agrees"), None)


class AcceptInvitationForm(InOurWords, MembershipFields, SignupForm):
    """Sign-up by invitation: account, membership and consent, all or nothing."""

    labels = {"name": _("What should we call you?")}
    name = forms.CharField(
        help_text=_("Optional. Only you and the panel’s staff see it."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = (
        "email",
        "name",
        "born_on",
        "region",
        "password1",
        "password2",
        "lives_here",
        "agrees",
    )

    def __init__(self, *args, invitation: Invitation, **kwargs):
        kwargs["initial"] = {**kwargs.get("initial", {}), "email": invitation.email}
        super().__init__(*args, invitation=invitation, **kwargs)
        field = self.fields["email"]
        field.disabled = True
        field.help_text = _("The address that was invited. You can change it later.")

    def clean_email(self):
        # The invitation's, whatever was posted: a disabled field keeps its initial.
        return self.invitation.email.lower()

    def clean(self):
        super().clean()
        if owner_of(self.invitation.email) is not None:
            self.add_error(None, address_has_account())
        return self.cleaned_data

    def try_save(self, request):
        """(user, None), in one transaction: a lost race leaves no account.

        Raises what `accept_invitation` raises.
        """
        try:
            with transaction.atomic():
                lock_open(self.invitation)
                user, response = super().try_save(request)
                self.join(user)
        except IntegrityError:
            # Someone made an account with the address since `clean` looked.
            raise NotAllowed(address_has_account()) from None
        return user, response

    def join(self, user: User) -> Panelist:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        # The link came to this address, so it is verified.
        EmailAddress.objects.update_or_create(
            user=user,
            email=self.cleaned_data["email"],
            defaults={"verified": True, "primary": True},
        )
        return accept_invitation(
            self.invitation,
            user=user,
            born_on=self.cleaned_data["born_on"],
            region=self.cleaned_data.get("region", ""),
            terms=self.current_terms,
        )


def address_has_account() -> str:
    return _("This address has an account. Sign in with it to join.")


class JoinForm(MembershipFields):
    """The same for someone who has an account already, such as staff."""


class WaitlistForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AboutYouForm(forms.Form):
    """What a panelist may change of what the panel knows."""

    wants_survey_mail = forms.BooleanField(
        label=_("Tell me about new surveys by e-mail"),
        help_text=_("Surveys for you are on your home page either way."),
        required=False,
    )
    field_order = ("region", "wants_survey_mail")

    def __init__(self, *args, panelist: Panelist, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["wants_survey_mail"] = panelist.wants_survey_mail
        country = panelist.panel.country
        if regions_of(country):
            self.fields["region"] = RegionField(country, initial=panelist.region)
            self.order_fields(self.field_order)

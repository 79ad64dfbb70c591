"""allauth's forms, with the words of our pages. Named in settings.py, "Accounts"."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("Password, once more"),
    "oldpassword": _("Your password now"),
    "code": _("Code from your app"),
    "name": _("Name of the key"),
}


class InOurWords:
    """Labels above the fields instead of placeholders inside them."""

    labels: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = LABELS | self.labels
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = words.get(name, field.label)


class LoginForm(InOurWords, account.LoginForm):
    pass


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    pass


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    labels = {
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    pass


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    labels = ChangePasswordForm.labels


class AddEmailForm(InOurWords, account.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class AuthenticateForm(InOurWords, mfa.AuthenticateForm):
    labels = {"code": _("Code from your app, or a recovery code")}


class MfaReauthenticateForm(InOurWords, mfa.ReauthenticateForm):
    labels = AuthenticateForm.labels


class ActivateTotpForm(InOurWords, totp.ActivateTOTPForm):
    pass


class AddSecurityKeyForm(InOurWords, webauthn.AddWebAuthnForm):
    pass


class EditSecurityKeyForm(InOurWords, webauthn.EditWebAuthnForm):
    pass

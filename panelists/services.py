"""Inviting people and letting them in: once, in time, and only while there is room."""

import hashlib
import secrets
import smtplib
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.models import (
    Consent,
    Invitation,
    Panel,
    Panelist,
    TermsVersion,
    User,
    WaitlistEntry,
)
from panelists.regions import regions_of

VALID_FOR = timedelta(days=14)


class MembershipError(Exception):
    """Base of the errors below; `str(error)` is a sentence for a person."""


class NotAllowed(MembershipError):
    """The actor may not do this."""


class NotOpen(MembershipError):
    """The invitation was used, revoked, has expired, or never existed."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or _("This link doesn’t open an invitation. Is it complete? Try it again.")
        )


class PanelFull(MembershipError):
    """Every place of the panel is taken, or it takes nobody at the moment."""

    def __init__(self) -> None:
        super().__init__(
            _("The panel is full at the moment. Your invitation stays open: try later.")
        )


class NotEligible(MembershipError):
    """The person doesn't meet the panel's rules."""


class TermsChanged(MembershipError):
    """Other terms hold now than those the person agreed to."""

    def __init__(self) -> None:
        super().__init__(_("The terms have changed. Please read them again."))


class AlreadyInvited(MembershipError):
    """The address has an open invitation, or a member."""


class NotSent(MembershipError):
    """The invitation stands, but its mail could not be handed over."""

    def __init__(self) -> None:
        super().__init__(
            _("The invitation is made, but its mail could not be sent. Resend it.")
        )


@dataclass(frozen=True)
class Sent:
    """An invitation and its secret, which is nowhere stored in clear."""

    invitation: Invitation
    token: str


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def check_may_invite(by: User | None) -> None:
    """`by` None is the system, when it sets up the demo."""
    if by is not None and not by.has_perm("panelists.invite_panelist"):
        raise NotAllowed(_("You can’t invite panelists."))


def invite(*, panel: Panel, email: str, by: User | None) -> Sent:
    """Make an invitation and mail it.

    Raises `NotAllowed`, `AlreadyInvited`, or, once it is made, `NotSent`.
    """
    check_may_invite(by)
    email = User.objects.normalize_email(email.strip())
    if Panelist.objects.filter(user=owner_of(email)).exists():
        raise AlreadyInvited(_("This address belongs to a panelist already."))
    token, now = secrets.token_urlsafe(24), timezone.now()
    try:
        with transaction.atomic():
            # One that has expired stands in nobody's way.
            Invitation.objects.filter(
                panel=panel,
                email__iexact=email,
                accepted_at=None,
                revoked_at=None,
                expires_at__lte=now,
            ).delete()
            invitation = Invitation.objects.create(
                panel=panel,
                email=email,
                token_sha256=digest(token),
                invited_by=by,
                invited_at=now,
                expires_at=now + VALID_FOR,
            )
            transaction.on_commit(lambda: send(invitation, token))
    except IntegrityError:
        raise AlreadyInvited(
            _("This address has an open invitation. Revoke it first.")
        ) from None
    return Sent(invitation, token)


def link(invitation: Invitation, token: str) -> str:
    path = reverse("panelists:open", args=(invitation.public_id, token))
    return f"{settings.BASE_URL}{path}"


def send(invitation: Invitation, token: str) -> None:
    context = {
        "invitation": invitation,
        "panel": invitation.panel,
        "link": link(invitation, token),
    }
    message = EmailMultiAlternatives(
        _t("Your invitation to the panel"),
        render_to_string("panelists/mail/invitation.txt", context),
        to=[invitation.email],
    )
    html = render_to_string("panelists/mail/invitation.html", context)
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except (OSError, smtplib.SMTPException):
        # Without its cause: an SMTP error names the address.
        raise NotSent from None


def resend(invitation: Invitation, *, by: User) -> Sent:
    """A new secret and a new term; the old link no longer works.

    Raises `NotAllowed`, `NotOpen`, or, once it is renewed, `NotSent`.
    """
    check_may_invite(by)
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        check_undecided(invitation)
        invitation.token_sha256 = digest(token)
        invitation.expires_at = timezone.now() + VALID_FOR
        invitation.save(update_fields=["token_sha256", "expires_at"])
        transaction.on_commit(lambda: send(invitation, token))
    return Sent(invitation, token)


def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """Close an invitation that nobody has used. Raises `NotAllowed` or `NotOpen`."""
    check_may_invite(by)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        check_undecided(invitation)
        invitation.revoked_at, invitation.revoked_by = timezone.now(), by
        invitation.save(update_fields=["revoked_at", "revoked_by"])
    return invitation


def check_undecided(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise NotOpen(
            _("This invitation has been used. If it was you, sign in to your account.")
        )
    if invitation.revoked_at:
        raise NotOpen(_("This invitation was withdrawn."))


def check_open(invitation: Invitation) -> None:
    """Raises `NotOpen`, with the sentence that says why."""
    check_undecided(invitation)
    if invitation.has_expired:
        raise NotOpen(_("This invitation has expired. Ask the panel for a new one."))


def check_room(panel: Panel) -> None:
    """Raises `PanelFull`. Only under a lock on the panel is a place really free."""
    if not panel.is_open or panel.panelists.active().count() >= panel.capacity:
        raise PanelFull


def find(public_id: str, token: str) -> Invitation:
    """The invitation that a link names, open or not. Raises `NotOpen` for no such."""
    invitation = (
        Invitation.objects.select_related("panel").filter(public_id=public_id).first()
    )
    if invitation is None or not constant_time_compare(
        invitation.token_sha256, digest(token)
    ):
        raise NotOpen
    return invitation


def find_open(public_id: str, token: str) -> Invitation:
    """The open invitation that a link names. Raises `NotOpen`."""
    invitation = find(public_id, token)
    check_open(invitation)
    return invitation


def lock_open(invitation: Invitation) -> Invitation:
    """In a transaction: the invitation, locked, open, and with a place to take.

    The panel's row is locked first, so that two people can neither use one invitation
    nor take one place. Raises `NotOpen` or `PanelFull`.
    """
    panel = Panel.objects.select_for_update().get(pk=invitation.panel_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.panel = panel
    check_open(invitation)
    check_room(panel)
    return invitation


def owner_of(email: str) -> User | None:
    """Whoever signs in with an address, or has verified it as a further one."""
    return (
        User.objects.filter(email__iexact=email).first()
        or User.objects.filter(
            emailaddress__in=EmailAddress.objects.filter(
                email__iexact=email, verified=True
            )
        ).first()
    )


def current_terms(panel: Panel) -> TermsVersion:
    """The terms that hold now. Raises `TermsVersion.DoesNotExist` where none do."""
    valid = panel.terms.filter(valid_from__lte=timezone.now())
    found = valid.order_by("-valid_from").first()
    if found is None:
        raise TermsVersion.DoesNotExist
    return found


def age_on(day: date, born_on: date) -> int:
    """Years completed on a day; one born on 29 February turns on 1 March."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)


def check_region(panel: Panel, region: str) -> None:
    """Raises `NotEligible` for a region that the panel's country doesn't have."""
    if region and region not in dict(regions_of(panel.country)):
        raise NotEligible(_("Choose a region of the panel’s country."))


def accept_invitation(
    invitation: Invitation,
    *,
    user: User,
    born_on: date,
    terms: TermsVersion,
    region: str = "",
) -> Panelist:
    """Make the user a member, in one transaction with whatever made the user.

    `terms` are those that the person was shown; `region` is a code of `regions_of` the
    panel's country, or "" of who doesn't tell. Raises `NotOpen`, `PanelFull`,
    `NotEligible`, `TermsChanged`, `NotAllowed`.
    """
    with transaction.atomic():
        invitation = lock_open(invitation)
        panel = invitation.panel
        if owner_of(invitation.email) != user:
            raise NotAllowed(_("This invitation is for another address."))
        former = Panelist.objects.filter(user=user).first()
        if former is not None and former.left_at:
            raise NotAllowed(_("You left a panel before. Ask its staff to come back."))
        if former is not None:
            raise NotAllowed(_("You are a panelist already."))
        if age_on(panel.today(), born_on) < panel.minimum_age:
            raise NotEligible(
                _("You must be at least %(age)d to join.") % {"age": panel.minimum_age}
            )
        check_region(panel, region)
        if terms.pk != current_terms(panel).pk:
            raise TermsChanged
        panelist = Panelist.objects.create(
            user=user, panel=panel, born_on=born_on, region=region
        )
        Consent.objects.create(panelist=panelist, terms=terms)
        invitation.accepted_at, invitation.accepted_by = timezone.now(), panelist
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        WaitlistEntry.objects.filter(
            panel=panel, email__iexact=invitation.email
        ).delete()
    return panelist


def change_about(
    panelist: Panelist,
    *,
    by: User,
    region: str | None = None,
    wants_survey_mail: bool | None = None,
) -> Panelist:
    """Set what a panelist tells of themselves; None leaves it. Raises `NotAllowed` for
    anybody else, and `NotEligible` for a region of another country."""
    if by != panelist.user:
        raise NotAllowed(_("This is for the panelist to say."))
    if region is not None:
        check_region(panelist.panel, region)
        panelist.region = region
    if wants_survey_mail is not None:
        panelist.wants_survey_mail = wants_survey_mail
    panelist.save(update_fields=["region", "wants_survey_mail"])
    return panelist


def default_panel() -> Panel | None:
    """The panel that the public pages are about: the first."""
    return Panel.objects.order_by("pk").first()


def join_waitlist(*, panel: Panel, email: str) -> None:
    """Remember an address; the same answer whether it was known or not."""
    email = User.objects.normalize_email(email.strip())
    if Panelist.objects.filter(panel=panel, user__email__iexact=email).exists():
        return
    try:
        with transaction.atomic():
            WaitlistEntry.objects.create(panel=panel, email=email)
    except IntegrityError:
        return

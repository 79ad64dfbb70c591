"""Inviting people and letting them in: once, in time, and only while there is room."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

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

VALID_FOR = timedelta(days=14)


class MembershipError(Exception):
    """Base of the errors below; `str(error)` is a sentence for a person."""


class NotAllowed(MembershipError):
    """The actor may not do this."""


class NotOpen(MembershipError):
    """The invitation was used, revoked, has expired, or never existed."""

    def __init__(self) -> None:
        super().__init__(
            _("This invitation is no longer open. Ask for a new one if you need it.")
        )


class PanelFull(MembershipError):
    """Every place of the panel is taken."""

    def __init__(self) -> None:
        super().__init__(
            _("The panel is full at the moment. Your invitation stays open: try later.")
        )


class NotEligible(MembershipError):
    """The person doesn't meet the panel's rules."""


class AlreadyInvited(MembershipError):
    """The address has an open invitation, or a member."""


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
    """Make an invitation and mail it. Raises `NotAllowed` or `AlreadyInvited`."""
    check_may_invite(by)
    email = User.objects.normalize_email(email.strip())
    if Panelist.objects.filter(user__email__iexact=email).exists():
        raise AlreadyInvited(_("This address belongs to a panelist already."))
    token, now = secrets.token_urlsafe(24), timezone.now()
    try:
        with transaction.atomic():
            # One that has expired stands in nobody's way.
            Invitation.objects.filter(
                panel=panel, email__iexact=email, accepted_at=None, expires_at__lte=now
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
    context = {"invitation": invitation, "link": link(invitation, token)}
    message = EmailMultiAlternatives(
        _t("Your invitation to the panel"),
        render_to_string("panelists/mail/invitation.txt", context),
        to=[invitation.email],
    )
    html = render_to_string("panelists/mail/invitation.html", context)
    message.attach_alternative(html, "text/html")
    message.send()


def resend(invitation: Invitation, *, by: User) -> Sent:
    """A new secret and a new term; the old link no longer works."""
    check_may_invite(by)
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.accepted_at or invitation.revoked_at:
            raise NotOpen
        invitation.token_sha256 = digest(token)
        invitation.expires_at = timezone.now() + VALID_FOR
        invitation.save(update_fields=["token_sha256", "expires_at"])
        transaction.on_commit(lambda: send(invitation, token))
    return Sent(invitation, token)


def revoke(invitation: Invitation, *, by: User) -> Invitation:
    check_may_invite(by)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.accepted_at or invitation.revoked_at:
            raise NotOpen
        invitation.revoked_at, invitation.revoked_by = timezone.now(), by
        invitation.save(update_fields=["revoked_at", "revoked_by"])
    return invitation


def find_open(public_id: str, token: str) -> Invitation:
    """The open invitation that a link names. Raises `NotOpen`."""
    invitation = (
        Invitation.objects.open()
        .select_related("panel")
        .filter(public_id=public_id)
        .first()
    )
    if invitation is None or not constant_time_compare(
        invitation.token_sha256, digest(token)
    ):
        raise NotOpen
    return invitation


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


def accept_invitation(
    invitation: Invitation, *, user: User, born_on: date, terms: TermsVersion
) -> Panelist:
    """Make the user a member, in one transaction with whatever made the user.

    The panel's row is locked first, so that two people can neither use one invitation
    nor take one place. Raises `NotOpen`, `PanelFull`, `NotEligible`, `NotAllowed`.
    """
    with transaction.atomic():
        panel = Panel.objects.select_for_update().get(pk=invitation.panel_id)
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.accepted_at or invitation.revoked_at or invitation.has_expired:
            raise NotOpen
        if user.email.casefold() != invitation.email.casefold():
            raise NotAllowed(_("This invitation is for another address."))
        if Panelist.objects.filter(user=user).exists():
            raise NotAllowed(_("You are a panelist already."))
        if not panel.is_open:
            raise PanelFull
        if panel.panelists.active().count() >= panel.capacity:
            raise PanelFull
        if age_on(panel.today(), born_on) < panel.minimum_age:
            raise NotEligible(
                _("You must be at least %(age)d to join.") % {"age": panel.minimum_age}
            )
        if terms.pk != current_terms(panel).pk:
            raise NotEligible(_("The terms have changed. Please read them again."))
        panelist = Panelist.objects.create(user=user, panel=panel, born_on=born_on)
        Consent.objects.create(panelist=panelist, terms=terms)
        invitation.accepted_at, invitation.accepted_by = timezone.now(), panelist
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        WaitlistEntry.objects.filter(
            panel=panel, email__iexact=invitation.email
        ).delete()
    return panelist


def join_waitlist(*, panel: Panel, email: str) -> None:
    """Remember an address; the same answer whether it was known or not."""
    email = User.objects.normalize_email(email.strip())
    try:
        with transaction.atomic():
            WaitlistEntry.objects.create(panel=panel, email=email)
    except IntegrityError:
        return

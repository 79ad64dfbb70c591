"""allauth's decisions, as the panel makes them."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.shortcuts import redirect

from panelists.models import Invitation

# The key of the session under which an opened invitation is remembered: by the hash
# of its secret, so that sending it again closes what an older link had opened.
SESSION_KEY = "invitation"


def remember_invitation(request, invitation: Invitation) -> None:
    request.session[SESSION_KEY] = invitation.token_sha256


def forget_invitation(request) -> None:
    request.session.pop(SESSION_KEY, None)


def opened_invitation(request) -> Invitation | None:
    """The invitation whose link this visitor opened, whether or not it is open."""
    token_sha256 = request.session.get(SESSION_KEY)
    if token_sha256 is None:
        return None
    return (
        Invitation.objects.select_related("panel")
        .filter(token_sha256=token_sha256)
        .first()
    )


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed: one joins by accepting an invitation, on its own page."""

    def is_open_for_signup(self, request) -> bool:
        if opened_invitation(request) is not None:
            raise ImmediateHttpResponse(redirect("panelists:accept"))
        return False

"""allauth's decisions, as the panel makes them."""

from allauth.account.adapter import DefaultAccountAdapter

from panelists.models import Invitation

# The key of the session under which an opened invitation's id lies.
SESSION_KEY = "invitation"


def opened_invitation(request) -> Invitation | None:
    """The invitation that this visitor opened, while it is still open."""
    pk = request.session.get(SESSION_KEY)
    if pk is None:
        return None
    return Invitation.objects.open().select_related("panel").filter(pk=pk).first()


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed unless an invitation is being accepted."""

    def is_open_for_signup(self, request) -> bool:
        return opened_invitation(request) is not None

    def get_signup_redirect_url(self, request) -> str:
        return self.get_login_redirect_url(request)

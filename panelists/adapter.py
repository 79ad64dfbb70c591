from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed unless an invitation is being accepted."""

    def is_open_for_signup(self, request) -> bool:
        return False

"""The operations desk: who may come in, and what its first page says."""

from functools import update_wrapper

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from panel_portal import operations

FIRST = [
    *("receipts", "panelists", "rewards", "surveys"),
    *("panel_portal", "django_q", "admin"),
]


class PortalAdminSite(AdminSite):
    """Signing in goes through allauth, with its second step.

    Someone who is signed in and may not come in gets 404, as a stranger does anywhere
    in the portal. Django would send them to the login, whose form knows no second step.
    """

    site_header = _("Panel Portal operations")
    site_title = _("Panel Portal")
    index_title = _("Operations")
    enable_nav_sidebar = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Nothing that this admin holds is thrown away by the page.
        self.disable_action("delete_selected")

    def has_permission(self, request) -> bool:
        user = request.user
        return user.is_active and user.is_staff and user.has_perm("panelists.use_admin")

    def check_may_enter(self, request) -> None:
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            self.check_may_enter(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    @method_decorator(never_cache)
    @method_decorator(secure_admin_login)
    @login_not_required
    def login(self, request, extra_context=None):
        """Only those who are signed in get here: the others are at allauth's login."""
        self.check_may_enter(request)
        target = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(
            target, {request.get_host()}, require_https=request.is_secure()
        ):
            target = "admin:index"
        return redirect(target)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def get_app_list(self, request, app_label=None):
        """What operations look at most comes first, the machinery last."""
        listed = super().get_app_list(request, app_label)
        return sorted(
            listed,
            key=lambda app: (
                FIRST.index(app["app_label"])
                if app["app_label"] in FIRST
                else len(FIRST)
            ),
        )

    def index(self, request, extra_context=None):
        state = {"state": operations.state()}
        return super().index(request, state | (extra_context or {}))

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    """The operations desk. Signing in goes through allauth, with its second step."""

    site_header = _("Panel Portal operations")
    site_title = _("Panel Portal")
    index_title = _("Operations")
    enable_nav_sidebar = True

    def has_permission(self, request) -> bool:
        user = request.user
        return user.is_active and user.is_staff and user.has_perm("panelists.use_admin")

    @method_decorator(secure_admin_login)
    def login(self, request, extra_context=None):
        return super().login(request, extra_context)

"""Who is asking: their membership, and whether staff have their second step."""

import zoneinfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from panelists.models import Panelist, User


class PanelistMiddleware:
    """`request.panelist`, or None; and the panel's clock for what the pages show."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.panelist = None
        if request.user.is_authenticated:
            request.panelist = (
                Panelist.objects.active()
                .filter(user=request.user)
                .select_related("panel")
                .first()
            )
        if request.panelist is None:
            return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(request.panelist.panel.time_zone)):
            return self.get_response(request)


def works_for_panel(user: User) -> bool:
    """Staff, and anyone who was given a role or a permission without being marked."""
    return user.is_staff or bool(user.get_all_permissions())


class StaffMfaMiddleware:
    """Staff without a second step can only enroll in one, or leave.

    `request.must_enroll` tells the pages that stay open why they are shown.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.must_enroll = self.must_enroll(request.user)
        if request.must_enroll and not self.is_on_the_way(request):
            target = reverse("mfa_activate_totp")
            if getattr(request, "htmx", False):
                return HttpResponse(headers={"HX-Redirect": target})
            return redirect(target)
        return self.get_response(request)

    @staticmethod
    def must_enroll(user) -> bool:
        return (
            settings.STAFF_MFA_REQUIRED
            and user.is_authenticated
            and works_for_panel(user)
            and not is_mfa_enabled(user)
        )

    @staticmethod
    def is_on_the_way(request) -> bool:
        """Enrolling, what it asks for first (a verified address), and leaving."""
        return request.path.startswith(
            (
                reverse("mfa_index"),
                reverse("account_logout"),
                reverse("account_reauthenticate"),
                reverse("account_email"),
                reverse("account_email_verification_sent"),
                reverse("healthz"),
                f"/{settings.STATIC_URL.lstrip('/')}",
            )
        )

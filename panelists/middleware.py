"""Who is asking: their membership, and whether staff have their second step."""

import zoneinfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from panelists.models import Panelist


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


class StaffMfaMiddleware:
    """Staff without a second step can only enroll in one, or leave."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.must_enroll(request):
            target = reverse("mfa_activate_totp")
            if getattr(request, "htmx", False):
                return HttpResponse(headers={"HX-Redirect": target})
            return redirect(target)
        return self.get_response(request)

    @staticmethod
    def must_enroll(request) -> bool:
        if not settings.STAFF_MFA_REQUIRED:
            return False
        user = request.user
        if not user.is_authenticated or not user.is_staff:
            return False
        open_paths = (
            reverse("mfa_index"),
            reverse("account_logout"),
            reverse("account_reauthenticate"),
            reverse("account_email"),
            reverse("healthz"),
            f"/{settings.STATIC_URL.lstrip('/')}",
        )
        return not request.path.startswith(open_paths) and not is_mfa_enabled(user)

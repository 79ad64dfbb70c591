"""What every request passes through."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import resolve_url


class HtmxLoginMiddleware:
    """An expired session sends the whole page to the login, not a fragment of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        login_url = resolve_url(settings.LOGIN_URL)
        if (
            request.htmx
            and response.status_code == 302
            and response.headers.get("Location", "").startswith(login_url)
        ):
            current = request.htmx.current_url_abs_path or "/"
            return HttpResponse(headers={"HX-Redirect": f"{login_url}?next={current}"})
        return response

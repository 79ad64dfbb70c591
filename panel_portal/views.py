"""The pages that belong to no app: home, privacy, terms."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def home(request):
    return render(request, "home.html", {"nav_active": "home"})


@login_not_required
@require_safe
def privacy(request):
    return render(request, "privacy.html")


@login_not_required
@require_safe
def terms(request):
    return render(request, "terms.html")

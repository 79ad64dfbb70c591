from django.contrib import admin
from django.urls import include, path

from panel_portal import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
    path("healthz", health.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("invitations/", include("panelists.urls")),
    path("receipts/", include("receipts.urls")),
    path("review/", include("receipts.review_urls")),
    path("rewards/", include("rewards.urls")),
    path("surveys/", include("surveys.urls")),
    path("author/", include("surveys.author_urls")),
    path("author/", include("surveys.exchange_urls")),
    path("author/", include("surveys.audience_urls")),
    path("author/", include("surveys.results_urls")),
    path("admin/", admin.site.urls),
]

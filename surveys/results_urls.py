from django.urls import path

from surveys.results_views import checks, pages

app_name = "results"
urlpatterns = [
    path("results/", pages.survey_list, name="list"),
    path("<str:public_id>/results/", pages.overview, name="overview"),
    # No question's code begins with a dash.
    path("<str:public_id>/results/-/export/<slug:kind>/", pages.export, name="export"),
    path("<str:public_id>/results/<slug:code>/", pages.question, name="question"),
    path(
        "<str:public_id>/results/<slug:code>/crosstab/", pages.crosstab, name="crosstab"
    ),
    path("<str:public_id>/results/<slug:code>/texts/", pages.texts, name="texts"),
    path("<str:public_id>/checks/", checks.held_list, name="checks"),
    path("<str:public_id>/checks/<str:response_id>/", checks.held, name="check"),
    path(
        "<str:public_id>/checks/<str:response_id>/decide/", checks.decide, name="decide"
    ),
]

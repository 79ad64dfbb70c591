from django.urls import path

from receipts import review_views as views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("next/", views.take_next, name="next"),
    path("<str:public_id>/", views.work, name="work"),
    path("<str:public_id>/save/", views.save, name="save"),
    path("<str:public_id>/check/", views.check, name="check"),
    path("<str:public_id>/checked/", views.checked, name="checked"),
    path("<str:public_id>/twins/", views.mark_twins, name="twins"),
    path("<str:public_id>/accept/", views.accept, name="accept"),
    path("<str:public_id>/reject/", views.reject, name="reject"),
    path("<str:public_id>/return/", views.return_to_panelist, name="return"),
    path("<str:public_id>/release/", views.release, name="release"),
]

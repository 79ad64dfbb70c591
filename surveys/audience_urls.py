from django.urls import path

from surveys import audience_views

app_name = "audience"
urlpatterns = [
    path("<str:public_id>/audience/", audience_views.edit, name="edit"),
    path("<str:public_id>/audience/count/", audience_views.count, name="count"),
    path("<str:public_id>/audience/shops/", audience_views.shops, name="shops"),
]

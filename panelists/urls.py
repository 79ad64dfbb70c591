from django.urls import path

from panelists import views

app_name = "panelists"
urlpatterns = [
    path("accept/", views.accept, name="accept"),
    path("switch/", views.switch, name="switch"),
    path("waitlist/", views.waitlist, name="waitlist"),
    path("about-you/", views.about_you, name="about_you"),
    path("<str:public_id>/<str:token>/", views.open_invitation, name="open"),
]

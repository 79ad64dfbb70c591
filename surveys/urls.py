from django.urls import path

from surveys import views

app_name = "surveys"
urlpatterns = [
    path("", views.survey_list, name="list"),
    path("<str:public_id>/", views.offer, name="offer"),
    path("<str:public_id>/start/", views.start, name="start"),
    path("<str:public_id>/pictures/<str:image_id>/", views.picture, name="picture"),
    path("answers/<str:public_id>/", views.answer, name="answer"),
    path("answers/<str:public_id>/keep/", views.keep, name="keep"),
    path("answers/<str:public_id>/names/", views.names, name="names"),
]

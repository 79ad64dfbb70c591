from django.urls import path

from rewards import views

app_name = "rewards"
urlpatterns = [
    path("", views.reward_list, name="list"),
    path("approvals/", views.approvals, name="approvals"),
    path("approvals/approve/", views.approve_selected, name="approve_selected"),
    path("<str:public_id>/", views.detail, name="detail"),
    path("<str:public_id>/approve/", views.approve, name="approve"),
    path("<str:public_id>/refuse/", views.refuse, name="refuse"),
]

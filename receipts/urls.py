from django.urls import path

from receipts import views

app_name = "receipts"
urlpatterns = [
    path("", views.receipt_list, name="list"),
    path("new/", views.new, name="new"),
    path("<str:public_id>/", views.detail, name="detail"),
    path("<str:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:public_id>/replace/", views.replace, name="replace"),
    path("<str:public_id>/pages/<int:position>/", views.page_image, name="page"),
    path(
        "<str:public_id>/pages/<int:position>/painted/",
        views.page_painted,
        name="painted",
    ),
    path(
        "<str:public_id>/pages/<int:position>/thumbnail/",
        views.page_thumbnail,
        name="thumbnail",
    ),
]

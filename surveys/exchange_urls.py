from django.urls import path

# Registers the converter of public ids.
from surveys import author_urls as _author_urls  # noqa: F401
from surveys import exchange_views as views

S = "<public_id:public_id>/"
app_name = "exchange"
urlpatterns = [
    path("import/", views.import_survey, name="import"),
    path(f"{S}imported/", views.imported, name="imported"),
    path(f"{S}export/", views.export, name="export"),
    path(f"{S}export/xlsform/", views.export_workbook, name="xlsform"),
    path(f"{S}export/json/", views.export_whole, name="json"),
]

app_name = "panelists"
urlpatterns: list = []

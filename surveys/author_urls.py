app_name = "author"
urlpatterns = []

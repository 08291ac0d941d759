"""Pictures of albums: the same in every language, so they stand outside the languages."""

from django.urls import path

from .views import albums_street

app_name = "pictures"
urlpatterns = [path("<slug:token>-<int:width>.<slug:ending>", albums_street.picture, name="picture")]

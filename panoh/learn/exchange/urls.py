"""The exchange at the desk."""

from django.urls import path

from .views import desk

app_name = "exchange"
urlpatterns = [
    path("", desk.events, name="events"),
    path("platforms/", desk.platforms, name="platforms"),
    path("platforms/add/", desk.add_platform, name="add_platform"),
    path("platforms/rotate-key/", desk.rotate_key, name="rotate_key"),
    path("platforms/<str:code>/", desk.edit_platform, name="edit_platform"),
    path("platforms/<str:code>/switch/", desk.switch_platform, name="switch_platform"),
]

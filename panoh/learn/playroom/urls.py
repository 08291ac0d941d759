"""The playroom at the desk: how often what was played."""

from django.urls import path

from .views import desk

app_name = "play_desk"
urlpatterns = [
    path("", desk.plays, name="plays"),
    path("plays.<slug:form>", desk.plays_file, name="plays_file"),
]

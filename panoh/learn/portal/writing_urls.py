"""The editors' desk: our board, and Wagtail's editing pages below it."""

from django.urls import path

from .views import board

app_name = "writing"
urlpatterns = [
    path("", board.board, name="board"),
    path("translate/", board.translate, name="translate"),
    path("override/", board.override, name="override"),
]

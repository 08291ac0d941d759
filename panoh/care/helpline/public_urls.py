"""What faces the street: every page below works without JavaScript, without a name and without an account."""

from django.urls import path

from .views import returning, street

app_name = "talk"
urlpatterns = [
    path("help/", street.numbers, name="numbers"),
    path("talk/", street.start, name="start"),
    path("talk/notice/", street.notice, name="notice"),
    path("talk/now/", street.now, name="now"),
    path("talk/state/", street.state, name="state"),
    path("talk/say/", street.say, name="say"),
    path("talk/seen/", street.seen, name="seen"),
    path("talk/typing/", street.typing, name="typing"),
    path("talk/end/", street.end, name="end"),
    path("talk/delete/", street.delete, name="delete"),
    path("talk/tell/", street.complain, name="complain"),
    path("talk/code/", returning.code, name="code"),
    path("talk/back/", returning.come_back, name="back"),
]

"""What faces the street: every page below works without JavaScript, without a name and without an account."""

from django.urls import path

from .views import street, street_back, street_files

app_name = "report"
urlpatterns = [
    path("", street.start, name="start"),
    path("step/", street.step, name="step"),
    path("board/", street.board, name="board"),
    path("files/", street_files.files, name="files"),
    path("hash/", street_files.hashes, name="hash"),
    path("review/", street.review, name="review"),
    path("send/", street.send, name="send"),
    path("sent/", street.sent, name="sent"),
    path("all/", street.everything, name="all"),
    path("now/", street_back.now, name="now"),
    path("say/", street_back.say, name="say"),
    path("hours/", street_back.hours, name="hours"),
    path("follow/", street_back.follow, name="follow"),
    path("code/", street_back.code, name="code"),
    path("back/", street_back.come_back, name="back"),
    path("delete/", street_back.delete, name="delete"),
]

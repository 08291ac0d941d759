"""The learners' own door. Nothing of staff is reached from here."""

from django.urls import path

from .views import learner_chats, learners

app_name = "learner"
urlpatterns = [
    path("", learners.account, name="account"),
    path("sign-in/", learners.sign_in, name="sign_in"),
    path("sign-in/code/", learners.code, name="code"),
    path("sign-in/telegram/", learner_chats.sign_in_by_chat, name="sign_in_by_chat"),
    path("sign-in/<str:token>/", learners.enter, name="enter"),
    path("sign-out/", learners.sign_out, name="sign_out"),
    path("sign-out/everywhere/", learners.end_sessions, name="end_sessions"),
    path("telegram/link/", learner_chats.link_chat, name="link_chat"),
    path("telegram/unlink/", learner_chats.unlink_chat, name="unlink_chat"),
    path("download/", learners.download, name="download"),
    path("delete/", learners.delete, name="delete"),
    path("gone/", learners.gone, name="gone"),
]

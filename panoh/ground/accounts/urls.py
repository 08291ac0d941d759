from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("", views.people, name="people"),
    path("me/", views.me, name="me"),
    path("me/end-sessions/", views.end_my_sessions, name="end_my_sessions"),
    path("invite/", views.invite, name="invite"),
    path("invitations/<str:code>/withdraw/", views.withdraw_invitation, name="withdraw_invitation"),
    path("<str:code>/", views.person, name="person"),
    path("<str:code>/change-roles/", views.change_roles, name="change_roles"),
    path("<str:code>/switch-off/", views.switch_off, name="switch_off"),
    path("<str:code>/switch-on/", views.switch_on, name="switch_on"),
    path("<str:code>/end-sessions/", views.end_sessions, name="end_sessions"),
    path("<str:code>/reset-second-factor/", views.reset_second_factor, name="reset_second_factor"),
]

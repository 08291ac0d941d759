from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("", views.numbers, name="numbers"),
    path("add/", views.add, name="add"),
    path("<slug:code>/edit/", views.edit, name="edit"),
    path("<slug:code>/check/", views.check, name="check"),
    path("<slug:code>/switch/", views.switch, name="switch"),
]

"""Tests at the desk."""

from django.urls import path

from .views import bank, files

app_name = "exam_desk"
urlpatterns = [
    path("", bank.banks, name="banks"),
    path("requests/", bank.requests, name="requests"),
    path("requests/<int:pk>/decide/", bank.decide_request, name="decide_request"),
    path("questions/<int:pk>/", bank.bank_question, name="bank_question"),
    path("questions/<int:pk>/retire/", bank.retire_question, name="retire_question"),
    path("attempts/<uuid:number>/", bank.desk_attempt, name="attempt"),
    path("attempts/<uuid:number>/allow/", bank.allow_more, name="allow_more"),
    path("bank/<slug:course>/", bank.bank, name="bank"),
    path("bank/<slug:course>/questions.<str:form>", files.questions, name="questions"),
    path("bank/<slug:course>/take/", files.take_questions, name="take_questions"),
]

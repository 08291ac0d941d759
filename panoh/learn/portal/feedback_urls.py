"""At the desk: what readers said of the pages."""

from django.urls import path

from .views import feedback

app_name = "feedback"
urlpatterns = [path("", feedback.feedback, name="pages")]

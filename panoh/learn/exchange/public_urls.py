"""The tool of LTI 1.3 that other learning systems know: four addresses, the same for all of them."""

from django.urls import path

from .views import lti

app_name = "lti"
urlpatterns = [
    path("login/", lti.login, name="login"),
    path("launch/", lti.launch, name="launch"),
    path("choose/", lti.choose, name="choose"),
    path("keys/", lti.keys, name="keys"),
]

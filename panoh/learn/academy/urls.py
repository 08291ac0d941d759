"""The academy at the desk."""

from django.urls import path

from .views import cohorts, files

app_name = "academy_desk"
urlpatterns = [
    path("", cohorts.cohorts, name="cohorts"),
    path("add/", cohorts.add_cohort, name="add_cohort"),
    path("pending/", cohorts.pending, name="pending"),
    path("<str:code>/", cohorts.cohort, name="cohort"),
    path("<str:code>/progress.<str:form>", files.progress, name="progress"),
    path("<str:code>/invite/", cohorts.invite, name="invite"),
    path("<str:code>/invitations/<int:pk>/withdraw/", cohorts.withdraw, name="withdraw"),
    path("<str:code>/renew-link/", cohorts.renew, name="renew_link"),
    path("<str:code>/close/", cohorts.close, name="close"),
]

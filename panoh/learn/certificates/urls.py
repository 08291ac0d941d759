"""Certificates at the desk."""

from django.urls import path

from .views import desk, keeping

app_name = "certificates"
urlpatterns = [
    path("", desk.certificates, name="list"),
    path("rosters/issue/", desk.issue_roster, name="issue_roster"),
    path("rosters/<slug:code>/", desk.roster, name="roster"),
    path("rosters/<slug:code>/undo/", desk.undo_roster, name="undo_roster"),
    path("achievements/keep/", desk.keep_achievement, name="keep_achievement"),
    path("designs/", keeping.designs, name="designs"),
    path("designs/<int:pk>/preview.pdf", keeping.preview, name="preview"),
    path("keys/", keeping.signing_keys, name="keys"),
    path("keys/rotate/", keeping.rotate, name="rotate"),
    path("keys/<int:pk>/compromise/", keeping.compromise, name="compromise"),
    path("<slug:code>/", desk.certificate, name="certificate"),
    path("<slug:code>/revoke/", desk.revoke, name="revoke"),
    path("<slug:code>/reissue/", desk.reissue, name="reissue"),
]

"""Certificates at the desk."""

from django.urls import path

from .views import desk, keeping, lists

app_name = "certificates"
urlpatterns = [
    path("", desk.certificates, name="list"),
    path("rosters/add/", lists.add_roster, name="add_roster"),
    path("rosters/<slug:code>/", lists.roster, name="roster"),
    path("rosters/<slug:code>/issue/", lists.issue_roster, name="issue_roster"),
    path("rosters/<slug:code>/confirm/", lists.confirm_rows, name="confirm_rows"),
    path("rosters/<slug:code>/rows/<int:line>/", lists.correct_row, name="correct_row"),
    path("rosters/<slug:code>/rows/<int:line>/leave-out/", lists.leave_row_out, name="leave_row_out"),
    path("rosters/<slug:code>/not-issued.csv", lists.not_issued, name="not_issued"),
    path("rosters/<slug:code>/undo/", lists.undo_roster, name="undo_roster"),
    path("rosters/<slug:code>/drop/", lists.drop_roster, name="drop_roster"),
    path("achievements/keep/", keeping.keep_achievement, name="keep_achievement"),
    path("signatories/keep/", keeping.keep_signatory, name="keep_signatory"),
    path("designs/", keeping.designs, name="designs"),
    path("designs/<slug:design>/", keeping.design, name="design"),
    path("designs/<slug:design>/specimen.pdf", keeping.specimen, name="specimen"),
    path("designs/<slug:design>/specimen.png", keeping.specimen_picture, name="specimen_picture"),
    path("keys/", keeping.signing_keys, name="keys"),
    path("keys/rotate/", keeping.rotate, name="rotate"),
    path("keys/<int:pk>/compromise/", keeping.compromise, name="compromise"),
    path("<slug:code>/", desk.certificate, name="certificate"),
    path("<slug:code>/export.zip", desk.export_certificates, name="export_certificates"),
    path("<slug:code>/revoke/", desk.revoke, name="revoke"),
    path("<slug:code>/reissue/", desk.reissue, name="reissue"),
]

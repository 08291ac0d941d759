"""The desk's side of reports: every page is staff's. The street's side stands in ``public_urls``."""

from django.urls import path

from .views import desk, desk_hotline, desk_report, exchange, files, intake

app_name = "reports"
urlpatterns = [
    path("", desk.reports, name="list"),
    path("new/", intake.new_report, name="new"),
    path("assign/", desk.assign_reports, name="assign_reports"),
    path("views/", desk.keep_view, name="keep_view"),
    path("views/<int:pk>/remove/", desk.drop_view, name="drop_view"),
    path("break/", desk.rest, name="rest"),
    path("stop-looking/", desk.stop_looking, name="stop_looking"),
    # one report
    path("<str:reference>/", desk_report.report, name="report"),
    path("<str:reference>/open/", desk_report.open_closed, name="open_closed"),
    path("<str:reference>/take/", desk_report.take_report, name="take_report"),
    path("<str:reference>/assign/", desk_report.assign_report, name="assign_report"),
    path("<str:reference>/urgency/", desk_report.set_urgency, name="set_urgency"),
    path("<str:reference>/kind/", desk_report.set_kind, name="set_kind"),
    path("<str:reference>/assess/", desk_report.assess_report, name="assess_report"),
    path("<str:reference>/shown/", desk_report.set_shown_status, name="set_shown_status"),
    path("<str:reference>/decide/", desk_report.decide_report, name="decide_report"),
    path("<str:reference>/close/", desk_report.close_report, name="close_report"),
    path("<str:reference>/hold/", desk_report.hold_report, name="hold_report"),
    path("<str:reference>/hold/lift/", desk_report.lift_hold, name="lift_hold"),
    path("<str:reference>/erase/", desk_report.erase_report, name="erase_report"),
    path("<str:reference>/say/", desk_report.say, name="say"),
    path("<str:reference>/held/<int:pk>/", desk_report.decide_held, name="decide_held"),
    path("<str:reference>/note/", desk_report.add_note, name="add_note"),
    path("<str:reference>/open-case/", desk_report.open_case, name="open_case"),
    path("<str:reference>/link-case/", desk_report.link_case, name="link_case"),
    path("<str:reference>/hand-over/", desk_report.hand_over, name="hand_over"),
    # the hotline's
    path("<str:reference>/classify/", desk_hotline.classify, name="classify"),
    path(
        "<str:reference>/classifications/<int:pk>/confirm/",
        desk_hotline.confirm_classification,
        name="confirm_classification",
    ),
    path("<str:reference>/notices/new/", desk_hotline.draft_notice, name="draft_notice"),
    path("<str:reference>/notices/<uuid:pk>/", desk_hotline.notice, name="notice"),
    path("<str:reference>/notices/<uuid:pk>/send/", desk_hotline.send_notice, name="send_notice"),
    path("<str:reference>/notices/<uuid:pk>/answer/", desk_hotline.note_answer, name="note_answer"),
    path("<str:reference>/notices/<uuid:pk>/check/", desk_hotline.check_removal, name="check_removal"),
    # its files, and the report as a file
    path("<str:reference>/files/lock/", files.lock_files, name="lock_files"),
    path("<str:reference>/files/<int:position>/", files.file, name="file"),
    path("<str:reference>/files/<int:position>/preview/", files.file_preview, name="file_preview"),
    path("<str:reference>/files/<int:position>/open/", files.open_file, name="open_file"),
    path("<str:reference>/files/<int:position>/copy/", files.file_copy, name="file_copy"),
    path("<str:reference>/export/", exchange.export, name="export"),
    path("<str:reference>/export/<str:code>/", exchange.fetch_export, name="fetch_export"),
]

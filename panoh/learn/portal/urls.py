"""The portal's pages at the desk. Wagtail's own stand in ``editing_urls``, below ``pages/edit/``."""

from django.urls import include, path

from .views import (
    albums_desk,
    board,
    campaigns_desk,
    distribution,
    feedback,
    partners,
    reviews,
    voices_desk,
)

app_name = "portal_desk"

PAGES = [
    path("", board.board, name="pages"),
    path("translate/", board.translate, name="translate"),
    path("override/", board.override, name="override"),
    path("helped/", feedback.feedback, name="helped"),
]
ALBUMS = [
    path("", albums_desk.albums, name="albums"),
    path("add/", albums_desk.add_album, name="add_album"),
    path("photos/<int:pk>/", albums_desk.describe_photo, name="describe_photo"),
    path("photos/<int:pk>/file/", albums_desk.photo_file, name="photo_file"),
    path("photos/<int:pk>/remove/", albums_desk.remove_photo, name="remove_photo"),
    path("consents/<int:pk>/withdraw/", albums_desk.withdraw_consent, name="withdraw_consent"),
    path("<slug:code>/", albums_desk.album, name="album"),
    path("<slug:code>/edit/", albums_desk.edit_album, name="edit_album"),
    path("<slug:code>/photos/add/", albums_desk.add_photo, name="add_photo"),
    path("<slug:code>/consents/add/", albums_desk.add_consent, name="add_consent"),
    path("<slug:code>/publish/", albums_desk.publish_album, name="publish_album"),
    path("<slug:code>/withdraw/", albums_desk.withdraw_album, name="withdraw_album"),
]
VOICES = [
    path("", voices_desk.voices, name="voices"),
    path("add/", voices_desk.add_voice, name="add_voice"),
    path("<slug:code>/", voices_desk.voice, name="voice"),
    path("<slug:code>/review/", voices_desk.review_voice, name="review_voice"),
    path("<slug:code>/withdraw/", voices_desk.withdraw_voice, name="withdraw_voice"),
]
CAMPAIGNS = [
    path("", campaigns_desk.campaign_reports, name="campaign_reports"),
    path("<int:pk>/decide/", campaigns_desk.decide_campaign_report, name="decide_campaign_report"),
]
PARTNERS = [
    path("", partners.partners, name="partners"),
    path("add/", partners.add_partner, name="add_partner"),
    path("<slug:code>/", partners.partner, name="partner"),
    path("<slug:code>/edit/", partners.edit_partner, name="edit_partner"),
    path("<slug:code>/publish/", partners.publish_partner, name="publish_partner"),
    path("<slug:code>/pledges/add/", partners.add_pledge, name="add_pledge"),
]
PLEDGES = [
    path("<slug:code>/edit/", partners.edit_pledge, name="edit_pledge"),
    path("<slug:code>/report/", partners.report_pledge, name="report_pledge"),
    path("<slug:code>/publish/", partners.publish_pledge, name="publish_pledge"),
]
DISTRIBUTION = [
    path("", distribution.distribution, name="distribution"),
    path("totals/", distribution.totals, name="totals"),
    path("not-reached/", distribution.not_reached, name="not_reached"),
    path("log/", distribution.log_handout, name="log_handout"),
    path("entries/<slug:code>/remove/", distribution.remove_handout, name="remove_handout"),
    path("files/", distribution.import_handouts, name="import_handouts"),
    path("files/<slug:code>/", distribution.upload, name="upload"),
    path("files/<slug:code>/undo/", distribution.undo_upload, name="undo_upload"),
]
urlpatterns = [
    path("pages/", include(PAGES)),
    path("albums/", include(ALBUMS)),
    path("voices/", include(VOICES)),
    path("campaigns/", include(CAMPAIGNS)),
    path("partners/", include(PARTNERS)),
    path("pledges/", include(PLEDGES)),
    path("distribution/", include(DISTRIBUTION)),
    path("school-reviews/", reviews.school_reviews, name="school_reviews"),
]

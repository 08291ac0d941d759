"""What editors keep at the desk besides pages: albums, children's words, reports of campaigns."""

from django.urls import path

from .views import albums_desk, campaigns_desk, voices_desk

app_name = "bulletin"
urlpatterns = [
    path("albums/", albums_desk.albums, name="albums"),
    path("albums/add/", albums_desk.add_album, name="add_album"),
    path("albums/photos/<int:pk>/", albums_desk.describe_photo, name="describe_photo"),
    path("albums/photos/<int:pk>/file/", albums_desk.photo_file, name="photo_file"),
    path("albums/photos/<int:pk>/remove/", albums_desk.remove_photo, name="remove_photo"),
    path("albums/consents/<int:pk>/withdraw/", albums_desk.withdraw_consent, name="withdraw_consent"),
    path("albums/<slug:code>/", albums_desk.album, name="album"),
    path("albums/<slug:code>/edit/", albums_desk.edit_album, name="edit_album"),
    path("albums/<slug:code>/photos/add/", albums_desk.add_photo, name="add_photo"),
    path("albums/<slug:code>/consents/add/", albums_desk.add_consent, name="add_consent"),
    path("albums/<slug:code>/publish/", albums_desk.publish_album, name="publish_album"),
    path("albums/<slug:code>/withdraw/", albums_desk.withdraw_album, name="withdraw_album"),
    path("voices/", voices_desk.voices, name="voices"),
    path("voices/add/", voices_desk.add_voice, name="add_voice"),
    path("voices/<slug:code>/", voices_desk.voice, name="voice"),
    path("voices/<slug:code>/review/", voices_desk.review_voice, name="review_voice"),
    path("voices/<slug:code>/withdraw/", voices_desk.withdraw_voice, name="withdraw_voice"),
    path("campaigns/", campaigns_desk.campaign_reports, name="campaign_reports"),
    path("campaigns/<int:pk>/decide/", campaigns_desk.decide_campaign_report, name="decide_campaign_report"),
]

"""The portal's pages at the desk. Each register adds its lines."""

from django.urls import path

from .views import distribution, partners, reviews

app_name = "portal_desk"
urlpatterns = [
    path("partners/", partners.partners, name="partners"),
    path("partners/add/", partners.add_partner, name="add_partner"),
    path("partners/<slug:code>/", partners.partner, name="partner"),
    path("partners/<slug:code>/edit/", partners.edit_partner, name="edit_partner"),
    path("partners/<slug:code>/publish/", partners.publish_partner, name="publish_partner"),
    path("partners/<slug:code>/pledges/add/", partners.add_pledge, name="add_pledge"),
    path("pledges/<slug:code>/edit/", partners.edit_pledge, name="edit_pledge"),
    path("pledges/<slug:code>/report/", partners.report_pledge, name="report_pledge"),
    path("pledges/<slug:code>/publish/", partners.publish_pledge, name="publish_pledge"),
    path("school-reviews/", reviews.school_reviews, name="school_reviews"),
    path("distribution/", distribution.distribution, name="distribution"),
    path("distribution/totals/", distribution.totals, name="totals"),
    path("distribution/not-reached/", distribution.not_reached, name="not_reached"),
    path("distribution/log/", distribution.log_handout, name="log_handout"),
    path("distribution/entries/<slug:code>/remove/", distribution.remove_handout, name="remove_handout"),
    path("distribution/files/", distribution.import_handouts, name="import_handouts"),
    path("distribution/files/<slug:code>/", distribution.upload, name="upload"),
    path("distribution/files/<slug:code>/undo/", distribution.undo_upload, name="undo_upload"),
]

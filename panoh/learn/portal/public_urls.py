"""What anybody may read, without an account and without a cookie."""

from django.urls import path

from . import views
from .views import feedback, packs, partners, posters, reviews

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("for/<slug:audience>/", views.hub, name="hub"),
    path("guide/<slug:slug>/", views.sheet, name="sheet"),
    path("questions/", views.questions, name="questions"),
    path("tools/", views.tools, name="tools"),
    path("tools/<slug:slug>/", views.tool, name="tool"),
    path("glossary/", views.glossary, name="glossary"),
    path("laws/", views.laws, name="laws"),
    path("checklists/", views.checklists, name="checklists"),
    path("checklists/<slug:slug>/", views.checklist, name="checklist"),
    path("about/<slug:slug>/", views.page, name="page"),
    path("search/", views.search, name="search"),
    path("news/", views.news, name="news"),
    path("news/feed.xml", views.feed, name="feed"),
    path("news/<int:year>/", views.news, name="news_year"),
    path("news/<slug:slug>/", views.news_post, name="news_post"),
    path("alerts/<slug:slug>/", views.alert, name="alert"),
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", views.campaign, name="campaign"),
    path("campaigns/<slug:slug>/we-did-this/", views.campaign_report, name="campaign_report"),
    path("campaigns/<slug:slug>/thank-you/", views.campaign_reported, name="campaign_reported"),
    path("opportunities/", views.opportunities, name="opportunities"),
    path("opportunities/<slug:slug>/", views.opportunity, name="opportunity"),
    path("albums/", views.albums, name="albums"),
    path("albums/<slug:slug>/", views.album, name="album"),
    path("voices/", views.voices, name="voices"),
    path("resources/", views.resources, name="resources"),
    path("resources/<slug:slug>/", views.resource, name="resource"),
    path("school-review/", reviews.school_review, name="school_review"),
    path("partners/", partners.public_partners, name="partners"),
    path("guide/<slug:slug>/helped/", feedback.helped, name="helped"),
    path("guide/<slug:slug>/thanks/", feedback.thanks, name="thanks"),
    path("poster/<slug:slug>/", posters.poster, name="poster"),
    path("offline/", packs.offline, name="offline"),
    path("offline/worker.js", packs.worker, name="worker"),
    path("offline/<slug:code>/", packs.pack, name="pack"),
    path("offline/<slug:code>.<slug:form>", packs.pack_file, name="pack_file"),
]

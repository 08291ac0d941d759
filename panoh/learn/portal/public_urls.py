"""What anybody may read, without an account and without a cookie."""

from django.urls import path

from . import views

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
]

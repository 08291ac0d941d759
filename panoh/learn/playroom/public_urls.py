"""What a child may open, without an account and without a cookie."""

from django.urls import path

from . import views

app_name = "play"
urlpatterns = [
    path("", views.home, name="home"),
    path("stories/<slug:slug>/<slug:code>/", views.scene, name="scene"),
    path("quizzes/<slug:slug>/<int:n>/", views.item, name="item"),
    path("workbook/<slug:slug>/guide/", views.guide, name="guide"),
    path("paths/<slug:slug>/<slug:code>/", views.lesson, name="lesson"),
    path("workbook/<slug:slug>/guide.pdf", views.guide_sheet, name="guide_sheet"),
    path("paths/<slug:slug>/<slug:code>.pdf", views.lesson_sheet, name="lesson_sheet"),
    path("<slug:kind>/<slug:slug>.<slug:form>", views.piece_file, name="file"),
    path("<slug:kind>/<slug:slug>/", views.piece, name="piece"),
]

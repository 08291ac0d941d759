"""Lessons at the editors' desk."""

from django.urls import path

from .views import lessons, writing

app_name = "lesson_desk"
LESSON = "<slug:course>/<slug:module>/<slug:lesson>/"
urlpatterns = [
    path("", lessons.lessons, name="lessons"),
    path("<slug:course>/<slug:module>/", lessons.add_lesson, name="add_lesson"),
    path(LESSON, lessons.lesson, name="lesson"),
    path(f"{LESSON}write/<str:language>/", writing.write_lesson, name="write_lesson"),
    path(f"{LESSON}preview/<str:language>/", writing.preview_lesson, name="preview_lesson"),
    path(f"{LESSON}ask/", lessons.ask_reading, name="ask_reading"),
    path(f"{LESSON}return/", lessons.return_lesson, name="return_lesson"),
    path(f"{LESSON}publish/", lessons.publish_lesson, name="publish_lesson"),
    path(f"{LESSON}keep/", lessons.keep_words, name="keep_words"),
    path(f"{LESSON}discard/", lessons.discard_lesson, name="discard_lesson"),
    path(f"{LESSON}restore/<int:number>/", lessons.restore_lesson, name="restore_lesson"),
]

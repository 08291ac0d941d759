"""Courses for everybody, and what a learner does with them."""

from django.urls import path

from .views import exams, joining, learning, packs, street

app_name = "academy"
urlpatterns = [
    path("", street.courses, name="courses"),
    path("mine/", learning.mine, name="mine"),
    path("mine/certificates.zip", learning.certificates_file, name="certificates_file"),
    path("certificates/<str:code>/take-back/", learning.take_back, name="take_back"),
    path("join/<str:code>/", joining.join, name="join"),
    path("invited/<str:token>/", joining.invited, name="invited"),
    path("<slug:course>/", street.course, name="course"),
    path("<slug:course>/begin/", learning.begin, name="begin"),
    path("<slug:course>/certificate/", learning.certificate, name="certificate"),
    path("<slug:course>/leave/", learning.leave, name="leave"),
    path("<slug:course>/newer/", learning.renew, name="renew"),
    # Before the modules: "test" is no module's code.
    path("<slug:course>/test/", exams.tests, name="tests"),
    path("<slug:course>/test/begin/", exams.begin_test, name="begin_test"),
    path("<slug:course>/test/ask/", exams.ask_attempt, name="ask_attempt"),
    path("<slug:course>/test/<uuid:number>/", exams.attempt, name="attempt"),
    path("<slug:course>/test/<uuid:number>/<int:place>/", exams.question, name="question"),
    path("<slug:course>/test/<uuid:number>/<int:place>/save/", exams.answer, name="answer"),
    path("<slug:course>/test/<uuid:number>/review/", exams.review_test, name="review_test"),
    path("<slug:course>/test/<uuid:number>/submit/", exams.submit_test, name="submit_test"),
    path("<slug:course>/test/<uuid:number>/result/", exams.result, name="result"),
    # "pack", too.
    path("<slug:course>/pack/", packs.pack, name="pack"),
    path("<slug:course>/pack/course.zip", packs.pack_file, name="pack_file"),
    path("<slug:course>/<slug:module>/", street.module, name="module"),
    path("<slug:course>/<slug:module>/<slug:lesson>/", street.lesson, name="lesson"),
    path("<slug:course>/<slug:module>/<slug:lesson>/print/", street.whole, name="whole"),
    path("<slug:course>/<slug:module>/<slug:lesson>/<int:number>/", street.step, name="step"),
    path("<slug:course>/<slug:module>/<slug:lesson>/<int:number>/sheet/", street.sheet, name="sheet"),
    path("<slug:course>/<slug:module>/<slug:lesson>/<int:number>/read/", learning.read, name="read"),
]

"""The whole site map. Rooms are named by string, so that a door is never opened by an import."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from panoh.ground.ui import views as ui

urlpatterns = [
    path("", login_not_required(ui.choose_language), name="front"),
    path("", include("panoh.learn.portal.root_urls")),
    path("exit/", login_not_required(ui.leave), name="leave"),
    path("theme/", ui.theme, name="theme"),
    path("health/", login_not_required(ui.health), name="health"),
    path("", include("panoh.learn.certificates.open_urls")),
    path("accounts/", include("panoh.ground.accounts.open_urls")),
    path("desk/", include("panoh.doors.desk.urls")),
    path("desk/", include("panoh.care.helpline.urls")),
    path("desk/reports/", include("panoh.care.reports.urls")),
    path("desk/cases/", include("panoh.care.cases.urls")),
    path("desk/partner/", include("panoh.care.cases.partner_urls")),
    path("desk/people/", include("panoh.ground.accounts.urls")),
    path("desk/", include("panoh.ground.organisations.urls")),
    path("desk/play/", include("panoh.learn.playroom.urls")),
    path("desk/certificates/", include("panoh.learn.certificates.urls")),
    path("desk/", include("panoh.learn.portal.urls")),
    path("desk/groups/", include("panoh.learn.academy.urls")),
    path("desk/tests/", include("panoh.learn.academy.exam_urls")),
    path("desk/exchange/", include("panoh.learn.exchange.urls")),
    path("lti/", include("panoh.learn.exchange.public_urls")),
    path("desk/lessons/", include("panoh.learn.academy.lesson_urls")),
    path("desk/pages/edit/", include("panoh.learn.portal.editing_urls")),
    path("telegram/", include("panoh.doors.telegram.urls")),
    path("api/v1/", include("panoh.doors.api.urls")),
    *i18n_patterns(
        path("display/", ui.display, name="display"),
        path("gallery/", ui.gallery, name="gallery"),
        path("play/", include("panoh.learn.playroom.public_urls")),
        path("", include("panoh.learn.portal.public_urls")),
        path("", include("panoh.care.helpline.public_urls")),
        path("report/", include("panoh.care.reports.public_urls")),
        path("packet/", include("panoh.care.cases.public_urls")),
        path("courses/", include("panoh.learn.academy.public_urls")),
        path("account/", include("panoh.ground.accounts.public_urls")),
    ),
]
handler400 = "panoh.ground.ui.views.bad_request"
handler403 = "panoh.ground.ui.views.forbidden"
handler404 = "panoh.ground.ui.views.not_found"
handler500 = "panoh.ground.ui.views.broken"

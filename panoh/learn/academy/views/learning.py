"""What a learner does: begins, goes on, leaves; and the page with everything that is theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from panoh.ground.accounts import public as accounts
from panoh.learn.certificates import public as certificates

from .. import services
from ..errors import LearningRefusedError
from ..queries import courses as queries
from ..queries import mine as own
from .opening import language, own_deed, own_page


@own_page
def mine(request: HttpRequest, learner: accounts.Learner) -> HttpResponse:
    return _mine(request, learner)


def _mine(request: HttpRequest, learner: accounts.Learner, problem: str = "") -> HttpResponse:
    begun = own.goings(learner, language())
    codes = {one.enrolment.edition.course.code for one in begun}
    said = {
        "learner": learner,
        "names": accounts.learner_names(learner),
        "goings": begun,
        "certificates": own.certificates_held(learner, language()),
        "problem": problem,
        "others": [card for card in queries.shelf(language()) if card.code not in codes],
    }
    return render(request, "academy/mine.html", said, status=409 if problem else 200)


@own_deed
def certificate(request: HttpRequest, learner: accounts.Learner, course: str) -> HttpResponse:
    """Ask for the certificate of a course that was passed; asking again shows the same one."""
    enrolment = own.enrolment_in(learner, queries.course_for(course))
    try:
        if enrolment is None:
            raise LearningRefusedError(_("The final test is not passed yet."))
        issued = services.certify(enrolment, language=language())
    except LearningRefusedError as refused:
        return _mine(request, learner, str(refused))
    return redirect(f"{reverse('certificate:page', args=[issued.code])}?{urlencode({'lang': language()})}")


@own_page
def certificates_file(request: HttpRequest, learner: accounts.Learner) -> HttpResponse:
    """All certificates of a learner in one file: JSON with the signed credentials, and the papers."""
    response = HttpResponse(certificates.files_of(learner.pk), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="certificates.zip"'
    response["Cache-Control"] = "no-store"
    return response


@own_deed
def take_back(request: HttpRequest, learner: accounts.Learner, code: str) -> HttpResponse:
    """The holder withdraws a certificate: the name on it is destroyed for good."""
    try:
        certificates.withdraw_certificate(code, person=learner.pk)
    except certificates.CertificateRefusedError:
        pass  # it was withdrawn already, by the other of two presses
    return redirect("academy:mine")


@own_deed
def begin(request: HttpRequest, learner: accounts.Learner, course: str) -> HttpResponse:
    """Begin or go on: to the step where the learner was."""
    enrolment = services.enrol_learner(learner, queries.course_for(course), language=language())
    place = own.next_place(enrolment)
    return redirect("academy:step", course, *place) if place else redirect("academy:course", course)


@own_deed
def read(
    request: HttpRequest, learner: accounts.Learner, course: str, module: str, lesson: str, number: int
) -> HttpResponse:
    """This step was read; on to the next one."""
    found = queries.course_for(course)
    enrolment = services.enrol_learner(learner, found, language=language())
    text = queries.lesson_for(enrolment.edition, module, lesson, language())
    try:
        services.mark_step(enrolment, text.lesson, number, language=language())
    except LearningRefusedError:
        return redirect("academy:lesson", course, module, lesson)
    if number < len(text.steps):
        return redirect("academy:step", course, module, lesson, number + 1)
    after = queries.lesson_after(enrolment.edition, module, lesson)
    return redirect("academy:lesson", course, *after) if after else redirect("academy:course", course)


@own_deed
def leave(request: HttpRequest, learner: accounts.Learner, course: str) -> HttpResponse:
    return _change(learner, course, services.withdraw_enrolment)


@own_deed
def renew(request: HttpRequest, learner: accounts.Learner, course: str) -> HttpResponse:
    return _change(learner, course, services.renew_enrolment)


def _change(learner: accounts.Learner, course: str, change: object) -> HttpResponse:
    enrolment = own.enrolment_in(learner, queries.course_for(course))
    if enrolment and callable(change):
        try:
            change(enrolment)
        except LearningRefusedError:
            pass  # it was done already, by the other of two presses
    return redirect("academy:mine")

"""From a passed course to its certificate. The name is the one that its holder has looked at in both scripts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from panoh.ground.accounts import public as accounts
from panoh.learn.certificates import public as certificates

from ..editions import achievement_name
from ..errors import LearningRefusedError
from ..models import CourseEdition, Enrolment, EnrolmentStatus
from ..queries.exams import passing_attempt

WRITTEN = ("uz", "ru", "en", "kaa")
CRITERIA = gettext_noop("The final test of the course was passed with at least %(percent)s per cent of its points.")


def achievement_of(edition: CourseEdition) -> str:
    return achievement_name(edition.course.code)


def keep_course_achievement(edition: CourseEdition) -> None:
    """What a certificate of this course will say, in every written language; a language the course lacks says Uzbek."""
    if not edition.tests.get("final"):
        return
    percent = edition.tests.get("pass_mark", 70)
    names, criteria = dict[str, str](), dict[str, str]()
    for language in WRITTEN:
        names[language] = str((edition.words.get(language) or edition.words[edition.written[0]])["title"])
        with override(language):
            criteria[language] = _(CRITERIA) % {"percent": percent}
    hours = max(1, round(edition.minutes / 60))
    certificates.keep_achievement(achievement_of(edition), kind="course", names=names, criteria=criteria, hours=hours)


def certify(enrolment: Enrolment, *, language: str) -> certificates.Certificate:
    """Issue it, or return the one that holds already. Raises ``LearningRefusedError`` while something is missing."""
    learner = enrolment.learner
    if learner is None:
        raise LearningRefusedError(_("This account is gone."))
    names = accounts.learner_names(learner)
    if enrolment.status != EnrolmentStatus.COMPLETED:
        raise LearningRefusedError(_("The final test is not passed yet."))
    if not names.latin or not names.are_reviewed:
        raise LearningRefusedError(_("Look at your name in both scripts first."))
    if certificates.is_barred(achievement_of(enrolment.edition), learner.pk):
        raise LearningRefusedError(_("Your certificate of this course was revoked. Ask the centre why."))
    passed = passing_attempt(enrolment)
    try:
        return certificates.issue_certificate(
            achievement=achievement_of(enrolment.edition),
            holder_name=(names.latin, names.cyrillic),
            person=learner.pk,
            evidence=passed.pk if passed else None,
            language=language,
        )
    except certificates.CertificateRefusedError as refused:
        raise LearningRefusedError(str(refused)) from refused

"""Learning in the world of the tables: a short course, a group with somebody invited, a certificate and a list."""

import tempfile
import uuid
from pathlib import Path
from typing import Any

from django.test import override_settings
from django.utils import timezone

from panoh.ground.accounts.models import User
from panoh.ground.accounts.services.learners import open_learner
from panoh.learn.academy import services
from panoh.learn.academy.models import AttemptRequest, Course, Invitation, Module
from panoh.learn.academy.rosters import Row
from panoh.learn.academy.tests.course_files import write_course
from panoh.learn.certificates import services as certificates
from panoh.learn.exchange import services as exchange


def a_course() -> dict[str, Any]:
    """The short course, published; it belongs to everybody."""
    with tempfile.TemporaryDirectory() as folder:
        services.import_courses(write_course(Path(folder) / "content"))
    return {"course_course": "short-course", "course_module": "passwords", "course_lesson": "long-words"}


def a_draft(writer: User) -> None:
    """Somebody writes the first lesson of the short course."""
    module = Module.objects.get(edition__course__code="short-course", code="passwords")
    services.begin_draft(module, "long-words", by=writer)


def a_group(leader: User, address: str) -> dict[str, Any]:
    """A group of the short course led by ``leader``, with one invitation."""
    course = Course.objects.get(code="short-course")
    cohort = services.make_cohort(course, name="Guruh", by=leader)
    services.invite_people(cohort, [Row(1, "Malika", address, "", "")], language="uz", by=leader)
    invitation = Invitation.objects.get(cohort=cohort)
    return {"cohort": cohort.code, "cohort_link": cohort.join_code, "cohort_invitation": invitation.pk}


def a_test() -> dict[str, Any]:
    """An attempt at the final test of the short course, one of its questions, and somebody who asks for more."""
    learner = open_learner("nodira@example.test").learner
    enrolment = services.enrol_learner(learner, Course.objects.get(code="short-course"), language="uz")
    attempt = services.begin_attempt(enrolment, kind="final_test", language="uz")
    asked = AttemptRequest.objects.create(
        enrolment=enrolment, kind="final_test", reason="line", asked_at=timezone.now()
    )
    question = attempt.responses.order_by("place")[0].question
    return {"attempt": attempt.pk, "bank_question": question.pk, "attempt_request": asked.pk}


def a_certificate(keeper: User) -> dict[str, Any]:
    """One that is issued and signed, and a list of which one row waits for somebody's eye."""
    texts = dict.fromkeys(("uz", "ru", "en", "kaa"), "Kurs")
    of = certificates.keep_achievement("a-training", kind="training", names=texts, criteria=texts)
    held = certificates.issue_certificate(
        achievement=of.code, holder_name=("Malika Yusupova", "Малика Юсупова"), person=uuid.uuid4()
    )
    with tempfile.TemporaryDirectory() as folder, override_settings(SIGNING_FILE=str(Path(folder) / "signing.key")):
        certificates.sign_what_waits()
    held.refresh_from_db()
    roster, _is_new = certificates.add_roster(b"name\nMalika", achievement=of, language="uz", by=keeper)
    return {
        "certificate": held.code,
        "certificate_statuses": held.status_list,
        "certificate_key": held.key_id,
        "certificate_list": roster.code,
        "certificate_line": 2,
        "certificate_design": of.design,
    }


def a_platform(keeper: User) -> dict[str, Any]:
    """A learning system that may send people."""
    places = {"auth_url": "https://lms.example.org/auth", "token_url": "https://lms.example.org/token"}
    facts = exchange.PlatformFacts(
        name="Moodle",
        issuer="https://lms.example.org",
        client_id="panoh",
        keyset_url="https://lms.example.org/keys",
        deployments=["1"],
        **places,
    )
    return {"platform": exchange.keep_platform(facts, by=keeper).code}

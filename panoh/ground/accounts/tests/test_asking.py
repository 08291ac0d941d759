"""A statement that is built once gives the rows that an ordinary query gives."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panoh.ground.accounts.models import Learner, LearnerSession
from panoh.ground.common.asking import Question


def a_session(name: str, lives: timedelta) -> LearnerSession:
    learner = Learner.objects.create(
        key=uuid.uuid4(), address=b"x", address_hash=name, consent="1", language="ru", seen_at=timezone.now()
    )
    return LearnerSession.objects.create(learner=learner, token_hash=name, expires_at=timezone.now() + lives)


def _open(now: datetime, token: str) -> QuerySet[LearnerSession]:
    twin = LearnerSession.objects.filter(learner=OuterRef("learner")).exclude(token_hash=token)
    open_ones = LearnerSession.objects.filter(expires_at__gt=now, token_hash=token).select_related("learner")
    return open_ones.annotate(has_twin=Exists(twin))


OPEN = Question(_open, now=datetime, token=str)


@pytest.mark.django_db
def test_a_statement_built_once_gives_the_row_with_what_it_belongs_to() -> None:
    session, over = a_session("a" * 64, timedelta(hours=1)), a_session("b" * 64, timedelta(hours=-1))
    LearnerSession.objects.create(learner=session.learner, token_hash="c" * 64, expires_at=timezone.now())
    found = OPEN.first(now=timezone.now(), token="a" * 64)
    assert found == session
    assert found.has_twin  # type: ignore[attr-defined]
    plain = LearnerSession.objects.select_related("learner").get(pk=session.pk)
    assert {field.attname: getattr(found, field.attname) for field in LearnerSession._meta.concrete_fields} == {
        field.attname: getattr(plain, field.attname) for field in LearnerSession._meta.concrete_fields
    }
    with CaptureQueriesContext(connection) as asked:
        assert (found.learner, found.learner.seen_at) == (plain.learner, plain.learner.seen_at)
    assert not asked.captured_queries
    assert OPEN.first(now=timezone.now(), token=over.token_hash) is None
    assert OPEN.first(now=timezone.now() - timedelta(hours=2), token=over.token_hash) == over


@pytest.mark.django_db
def test_a_row_read_so_can_be_saved_again() -> None:
    session = a_session("a" * 64, timedelta(hours=1))
    found = OPEN.first(now=timezone.now(), token="a" * 64)
    assert found is not None
    later = found.expires_at + timedelta(days=1)
    found.expires_at = later
    found.save(update_fields=["expires_at"])
    session.refresh_from_db()
    assert session.expires_at == later


@pytest.mark.django_db
def test_a_query_that_looks_at_what_is_asked_is_refused() -> None:
    def looks(token: str) -> QuerySet[LearnerSession]:
        rows = LearnerSession.objects.all()
        return rows.filter(token_hash=token) if token == "\x01" else rows.filter(token_hash=token, pk__gt=0)

    def forgets(token: str) -> QuerySet[LearnerSession]:
        return LearnerSession.objects.filter(pk__gt=0)

    for build in (looks, forgets):
        with pytest.raises(TypeError, match="does not stay the same"):
            Question(build, token=str).first(token="x")

"""Other rooms issue to many by one call, once; and whoever comes at once in a real database is answered once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from panoh.ground.accounts.public import Role, User
from panoh.learn.certificates import public, services
from panoh.learn.certificates.errors import CertificateRefusedError
from panoh.learn.certificates.models import Achievement, Certificate, Roster

from .conftest import CRITERIA, NAMES

pytestmark = pytest.mark.django_db


def people(*names: str) -> list[public.Holder]:
    return [public.Holder(uuid4(), name) for name in names]


def test_a_room_asks_twice_under_one_key_and_is_answered_the_same(course: Achievement) -> None:
    held = people("Aziz Karimov", "李", "Olim Aliyev")
    asked: dict[str, Any] = {"achievement": course.code, "key": "training:event-12", "facts": {"from": "2026-11-01"}}
    given = public.issue_list([*held, held[0]], **asked)
    assert [(one.outcome, one.fault) for one in given] == [
        ("issued", ""), ("refused", "no_glyph"), ("issued", ""), ("refused", "twice"),
    ]  # fmt: skip
    assert public.issue_list([*held, held[0]], **asked) == given
    assert Certificate.objects.filter(code=given[0].code, person=held[0].person).exists()
    assert Certificate.objects.count() == 2
    with pytest.raises(CertificateRefusedError):
        public.issue_list(held[:1], **asked)
    later = public.issue_list(held[:1], achievement=course.code, key="training:event-13")
    assert [(one.outcome, one.code) for one in later] == [("held", given[0].code)]


def test_a_room_that_asks_for_what_there_is_not_is_refused(course: Achievement) -> None:
    usual: dict[str, Any] = {"achievement": course.code, "key": "k"}
    for wrong in ({"achievement": "none"}, {"key": ""}, {"facts": {"passport": "AA"}}, {"language": "fr"}):
        with pytest.raises(CertificateRefusedError):
            public.issue_list(people("Aziz Karimov"), **(usual | wrong))
    assert not Certificate.objects.exists()


# --- two at once, in a real database ----------------------------------------------------------------------------------


@pytest.fixture
def racing() -> Callable[[Callable[[], Any]], list[Any]]:
    """What six at once are given."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")

    def run(deed: Callable[[], Any]) -> list[Any]:
        def once(_number: int) -> Any:
            try:
                return deed()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(6) as pool:
            return list(pool.map(once, range(6)))

    return run


@pytest.fixture
def lone_coordinator(transactional_db: None) -> User:
    return User.objects.create_user("n@example.test", "a-long-enough-password", roles=Role.TRAINING_COORDINATOR)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_six_who_send_and_issue_one_list_at_once_issue_it_once(racing: Any, lone_coordinator: User) -> None:
    of = services.keep_achievement("security", kind="course", names=NAMES, criteria=CRITERIA)
    data = b"name;id\nAziz Karimov;1\nOlim Aliyev;\nSardor Umarov;"

    def send() -> tuple[int, bool]:
        roster, is_new = services.add_roster(data, achievement=of, language="uz", by=lone_coordinator)
        return roster.pk, is_new

    sent = racing(send)
    assert len({pk for pk, _is_new in sent}) == 1
    assert sum(is_new for _pk, is_new in sent) == 1
    roster = Roster.objects.get()
    assert sorted(racing(lambda: services.issue_roster(roster, by=lone_coordinator))) == [0, 0, 0, 0, 0, 3]
    assert Certificate.objects.count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_six_rooms_that_ask_under_one_key_at_once_are_answered_the_same(racing: Any) -> None:
    services.keep_achievement("security", kind="training", names=NAMES, criteria=CRITERIA)
    held = [public.Holder(UUID(int=number), f"Aziz {name}") for number, name in enumerate(("Karimov", "Umarov"), 1)]
    given = racing(lambda: tuple(public.issue_list(held, achievement="security", key="training:event-1")))
    assert len(set(given)) == 1
    assert Certificate.objects.count() == 2

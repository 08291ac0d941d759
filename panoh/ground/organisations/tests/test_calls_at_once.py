"""Two calls at the same moment, on PostgreSQL: a nonce opens once, an idempotency key acts once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep
from typing import TypeVar

import pytest
from django.db import connections
from django.utils import timezone

from panoh.ground.accounts.public import User

from .. import services, signing
from ..errors import SignatureRefusedError
from ..models import ApiNonce
from ..public import answer_once, check_signature
from .conftest import OrganisationMaker

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]
T = TypeVar("T")
TARGET = "/api/v1/referrals"


def both(act: Callable[[], T]) -> list[T]:
    def run(_: int) -> T:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


@pytest.fixture
def made(organisation: OrganisationMaker, supervisor: User) -> services.NewSecret:
    if connections["default"].vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    return services.add_client(organisation(age=1), by=supervisor)


def test_a_nonce_used_twice_at_once_opens_once(made: services.NewSecret) -> None:
    at = int(timezone.now().timestamp())
    said = signing.header_for(made.client.key_id, made.secret, at=at, nonce="n" * 20, method="GET", target=TARGET)

    def enter() -> str:
        try:
            check_signature(said, method="GET", target=TARGET, body=lambda: b"")
        except SignatureRefusedError as refusal:
            return refusal.code
        return "in"

    assert sorted(both(enter)) == ["in", "replayed"]
    assert ApiNonce.objects.get().expires_at > timezone.now() + timedelta(minutes=10)


def test_an_idempotency_key_used_twice_at_once_acts_once(made: services.NewSecret) -> None:
    done: list[int] = []

    def act() -> tuple[int, bytes]:
        done.append(1)
        sleep(0.3)
        return 200, b"{}"

    answers = both(lambda: answer_once(made.client, key="k" * 16, call=b"x", act=act))
    assert done == [1]
    assert sorted(was_there for _answer, was_there in answers) == [False, True]

"""Two organisations with systems of their own, and a referral to one of them."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.ground.accounts.public import User
from panoh.ground.organisations import public as organisations
from panoh.ground.organisations.public import Organisation

BASE = "/api/v1/"


class System:
    """A partner's computer: it signs what it sends. ``changes`` of a call spoil what the test wants spoilt."""

    def __init__(self, organisation: Organisation, key: str, secret: str) -> None:
        self.organisation, self.key, self.secret = organisation, key, secret

    def authorization(self, method: str, target: str, body: bytes, **changes: Any) -> str:
        return organisations.header_for(
            self.key,
            changes.get("secret", self.secret),
            at=changes.get("at", int(timezone.now().timestamp())),
            nonce=changes.get("nonce", secrets.token_urlsafe(16)),
            method=method,
            target=target,
            body=body,
        )

    def get(self, path: str, **changes: Any) -> HttpResponse:
        said = self.authorization("GET", BASE + path, b"", **changes)
        return Client().get(BASE + path, headers={"Authorization": said})  # type: ignore[return-value]

    def post(self, path: str, said: object = None, *, key: str = "", raw: bytes | None = None, **changes: Any) -> Any:
        body = raw if raw is not None else b"" if said is None else json.dumps(said).encode()
        headers = {
            "Authorization": self.authorization("POST", BASE + path, body, **changes),
            "Idempotency-Key": key or secrets.token_urlsafe(16),
        }
        return Client().post(BASE + path, body, content_type="application/json", headers=headers)


SystemMaker = Callable[..., System]
ReferralMaker = Callable[..., cases.Referral]


@pytest.fixture
def system(supervisor: User) -> SystemMaker:
    cache.clear()

    def make(code: str) -> System:
        names = {"uz": code, "en": code}
        one = organisations.add_organisation(code, names=names, kind="police", route="api", by=supervisor)
        made = organisations.add_client(one, by=supervisor)
        return System(one, made.client.key_id, made.secret)

    return make


@pytest.fixture
def police(system: SystemMaker) -> System:
    return system("police")


@pytest.fixture
def social(system: SystemMaker) -> System:
    return system("social")


@pytest.fixture
def refer(supervisor: User) -> ReferralMaker:
    """Passes a report on: ``refer(police, urgency=2)``."""

    def make(system: System, *, send: bool = True, **more: Any) -> cases.Referral:
        said = {"source": "R-2345678", "urgency": 2, "reason": "A deadline tonight", "service": "cyber_investigation"}
        sections = {"report": {"summary": "Somebody threatens to publish pictures", "platform": "telegram"}}
        drafted = cases.draft_referral(sections=sections, to=system.organisation, by=supervisor, **{**said, **more})
        cases.approve_referral(drafted, by=supervisor)
        return cases.send_referral(drafted, by=supervisor).referral if send else drafted

    return make

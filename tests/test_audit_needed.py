"""An action whose audit entry cannot be written does not happen: asked at every door that changes something."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from panoh.care.cases.models import Case, Note, Referral
from panoh.care.helpline.models import CallBack, Contact, Held, Talk, UrgencyChange
from panoh.care.reports.models import Judgement, Report
from panoh.ground.accounts.models import Invitation, User
from panoh.ground.audit.models import Entry
from panoh.ground.organisations.models import NumberToCall
from panoh.ground.vault.models import Hold
from tests.world import World, build

pytestmark = pytest.mark.django_db
State = Callable[[], Any]
TALK = "/desk/talks/{talk}/"
DOORS: list[tuple[str, str, dict[str, str], State]] = [
    ("counsellor", "/desk/talks/{waiting}/accept/", {}, lambda: _talks("assignee_id")),
    ("counsellor", TALK + "hold/", {}, lambda: _talks("status")),
    ("counsellor", TALK + "wrap-up/", {}, lambda: _talks("status")),
    ("counsellor", TALK + "urgency/", {"urgency": "1", "reason": ""}, lambda: UrgencyChange.objects.count()),
    ("counsellor", TALK + "files/lock/", {}, lambda: _talks("media_locked")),
    ("counsellor", TALK + "finish/", {"contact_type": "child_self"}, lambda: _talks("status")),
    ("counsellor", "/desk/calls/log/", {"channel": "phone", "language": "uz"}, lambda: Contact.objects.count()),
    ("counsellor", "/desk/calls/back/", {"number": "901234567", "language": "uz", "urgency": "3"},
     lambda: CallBack.objects.count()),
    ("supervisor", TALK + "take-over/", {"reason": "Smena"}, lambda: _talks("assignee_id")),
    ("supervisor", "/desk/board/held/{held}/decide/", {"decision": "release"}, lambda: _held()),
    ("supervisor", "/desk/numbers/{number}/switch/", {"on": "0"}, lambda: _numbers()),
    ("counsellor", "/desk/reports/{report}/urgency/", {"urgency": "1"}, lambda: Judgement.objects.count()),
    ("counsellor", "/desk/reports/{report}/assess/", {}, lambda: _reports("status")),
    ("supervisor", "/desk/reports/{report}/hold/", {"reason": "Sud"}, lambda: Hold.objects.count()),
    ("counsellor", "/desk/cases/{case}/notes/add/", {"body": "Eslatma"}, lambda: Note.objects.count()),
    ("supervisor", "/desk/cases/{case}/hold/", {"reason": "Sud"}, lambda: Hold.objects.count()),
    ("supervisor", "/desk/cases/{case}/urgency/", {"urgency": "2", "reason": "Xavf oʻtdi"}, lambda: _cases("urgency")),
    ("supervisor", "/desk/cases/referrals/{referral}/approve/", {}, lambda: _referrals("status")),
    ("administrator", "/desk/people/{person}/switch-off/", {}, lambda: _people("is_active")),
    ("administrator", "/desk/people/{person}/change-roles/", {"roles": "viewer"}, lambda: _people("roles")),
    ("administrator", "/desk/people/invite/", {"email": "a@example.test", "roles": "viewer", "language": "uz"},
     lambda: _invitations()),
]  # fmt: skip


def _talks(field: str) -> list[Any]:
    return list(Talk.objects.order_by("pk").values_list("pk", field))


def _reports(field: str) -> list[Any]:
    return list(Report.objects.order_by("pk").values_list("pk", field))


def _cases(field: str) -> list[Any]:
    return list(Case.objects.order_by("pk").values_list("pk", field))


def _referrals(field: str) -> list[Any]:
    return list(Referral.objects.order_by("pk").values_list("pk", field))


def _held() -> list[Any]:
    return list(Held.objects.order_by("pk").values_list("pk", "decided_at"))


def _numbers() -> list[Any]:
    return list(NumberToCall.objects.order_by("pk").values_list("pk", "is_active"))


def _people(field: str) -> list[Any]:
    return list(User.objects.order_by("pk").values_list("pk", field))


def _invitations() -> int:
    return Invitation.objects.count()


@pytest.fixture
def world() -> World:
    return build()


def knock(world: World, who: str, path: str, typed: dict[str, str]) -> int:
    """One press at a door, as ``who``; a supervisor and an administrator act on what is somebody else's."""
    client = Client(raise_request_exception=False)
    client.force_login(world.people[who])
    things = world.things(who, "own" if who == "counsellor" else "other")
    return client.post(path.format(**things), typed).status_code


@pytest.mark.parametrize(("who", "path", "typed", "state"), DOORS, ids=[path for _, path, _, _ in DOORS])
def test_what_cannot_be_recorded_does_not_happen(
    world: World, monkeypatch: pytest.MonkeyPatch, who: str, path: str, typed: dict[str, str], state: State
) -> None:
    before = state()
    with monkeypatch.context() as broken:
        broken.setattr("panoh.ground.audit.services.insert", _full)
        broken.setattr(Entry, "save", _full)
        assert knock(world, who, path, typed) == 500
    assert state() == before
    assert knock(world, who, path, typed) < 400
    assert state() != before


def _full(*_: object, **__: object) -> None:
    raise DatabaseError("the ledger is full")

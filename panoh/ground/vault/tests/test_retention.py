"""Personal data has an end: each room forgets after its days."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from panoh.ground.common.centre import centre

from .. import public as vault
from ..models import RetentionRun
from ..services import retention

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def days(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    table = {"talks": 90, "notify": 7}
    monkeypatch.setattr(retention, "_rooms", {})
    monkeypatch.setattr(retention, "centre", lambda section, room: table.get(room))
    return table


@pytest.mark.django_db
def test_each_room_forgets_what_ended_before_its_days() -> None:
    asked: dict[str, datetime] = {}
    for room, number in (("talks", 3), ("notify", 0)):
        vault.register_forget(room, lambda before, room=room, number=number: asked.update({room: before}) or number)  # type: ignore[misc]
    assert vault.run_retention(NOW) == {"talks": 3, "notify": 0}
    assert asked == {"talks": NOW - timedelta(days=90), "notify": NOW - timedelta(days=7)}


@pytest.mark.django_db
def test_one_room_that_fails_is_named_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    forgot = []
    vault.register_forget("notify", lambda before: 1 // 0)
    vault.register_forget("talks", lambda before: forgot.append(before) or 1)  # type: ignore[func-returns-value]
    with pytest.raises(vault.RetentionFailedError, match="notify"):
        vault.run_retention(NOW)
    assert len(forgot) == 1


@pytest.mark.django_db
def test_every_run_leaves_its_proof_also_the_one_that_failed() -> None:
    vault.register_forget("talks", lambda before: 3)
    vault.register_forget("notify", lambda before: 1 // 0)
    vault.hold("T-7QH2", reason="court order", by="K7QH2M9P")
    with pytest.raises(vault.RetentionFailedError):
        vault.run_retention(NOW)
    talks, notify = RetentionRun.objects.order_by("-room")
    assert (talks.room, talks.before, talks.forgotten, talks.held, talks.is_failed) == (
        "talks", NOW - timedelta(days=90), 3, 1, False,
    )  # fmt: skip
    assert (notify.room, notify.forgotten, notify.is_failed) == ("notify", 0, True)
    said = StringIO()
    call_command("vault", "status", stdout=said)
    assert "holds (legal): 1" in said.getvalue()
    assert "talks, run of" in said.getvalue()
    assert ": 3 forgotten" in said.getvalue()
    assert ": FAILED" in said.getvalue()


@pytest.mark.parametrize("value", [None, 0, -1, True, "90"])
def test_a_room_without_a_number_of_days_is_refused(days: dict[str, object], value: object) -> None:
    days["talks"] = value
    with pytest.raises(ImproperlyConfigured, match="talks"):
        retention.days_of("talks")


@pytest.mark.django_db
def test_the_command_fails_aloud() -> None:
    vault.register_forget("unknown", lambda before: 1)
    with pytest.raises(CommandError, match="unknown"):
        call_command("vault", "forget", stdout=StringIO())


def test_this_centre_gives_every_registered_room_its_days() -> None:
    assert all(isinstance(days, int) and 1 <= days <= 3650 for days in centre("retention").values())


def test_every_room_that_registers_stands_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert retention.registered_rooms()
    assert [room for room in retention.registered_rooms() if retention.days_of(room) < 1] == []

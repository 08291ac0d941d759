"""A bell may be lost or ring twice, but a listener always learns that something happened."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from panoh.ground.common import bell


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_committed_bell_reaches_another_connection() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("NOTIFY is PostgreSQL's")
    listener = bell.Listener()
    assert listener.wait(0.1) == {bell.ANYTHING}
    with transaction.atomic():
        bell.ring("talk:1")
    assert "talk:1" in listener.wait(2)
    listener.close()


@pytest.mark.django_db(transaction=True)
def test_whoever_listens_in_the_same_process_hears_at_commit_and_not_before() -> None:
    heard: list[str] = []
    bell.hear_in_process(heard.append)
    try:
        with transaction.atomic():
            bell.ring("board")
            assert heard == []
        assert heard == ["board"]
    finally:
        bell._neighbours.clear()


def test_listening_stops_when_told() -> None:
    stop = threading.Event()
    stop.set()
    bell.listen_for_ever(lambda topics: None, stop)


def test_a_commit_on_sqlite_wakes_a_listener_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a bell of its own")
    place = tmp_path / "a folder"
    place.mkdir()
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", f"/{place}/panoh.sqlite3")  # two slashes, too
    writer = sqlite3.connect(place / "panoh.sqlite3")
    writer.execute("create table t (n)")
    listener = bell.Listener()
    assert (listener.wait(1), listener.wait(0.1)) == ({bell.ANYTHING}, set())
    writer.execute("insert into t values (1)")
    writer.commit()
    began = time.monotonic()
    assert listener.wait(2) == {bell.ANYTHING}
    assert time.monotonic() - began < 0.2

"""The cast of every test: who they are, never what they do."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper as Lite
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from panoh.ground.accounts.models import Learner, Role, User
from panoh.ground.accounts.services import learners
from panoh.ground.audit import guards
from panoh.ground.vault.services import keys as vault_keys
from tests import cloning

Cast = Callable[..., User]


@pytest.fixture
def person(db: None) -> Cast:
    """Makes a member of staff: ``person("counsellor", name="Dilnoza")``."""

    def make(*roles: str, name: str = "", **fields: object) -> User:
        name = name or (roles[0] if roles else "stranger").title()
        email = f"{name.lower().replace(' ', '.')}@example.test"
        return User.objects.create_user(email, "a-long-enough-password", name=name, roles=" ".join(roles), **fields)

    return make


@pytest.fixture
def counsellor(person: Cast) -> User:
    return person(Role.COUNSELLOR, name="Dilnoza")


@pytest.fixture
def supervisor(person: Cast) -> User:
    return person(Role.SUPERVISOR, name="Rustam")


@pytest.fixture
def administrator(person: Cast) -> User:
    return person(Role.ADMINISTRATOR, name="Aziza")


@pytest.fixture
def editor(person: Cast) -> User:
    return person(Role.EDITOR, name="Sevara")


@pytest.fixture
def officer(person: Cast) -> User:
    return person(Role.PARTNER_OFFICER, name="Jasur")


@pytest.fixture
def stranger(person: Cast) -> User:
    """Signed in, and of no role at all."""
    return person(name="Charos")


@pytest.fixture
def teacher(person: Cast) -> User:
    return person(name="Malika", realm="learner")


@pytest.fixture
def sign_in_learner(db: None) -> Callable[..., Learner]:
    """Makes a learner and signs them in: ``sign_in_learner(client, "malika@example.test", name="Malika Karimova")``."""

    def make(client: Client, address: str = "malika@example.test", *, name: str = "", **said: str) -> Learner:
        entered = learners.open_learner(address, language=said.pop("language", "uz"))
        learner = entered.learner
        if name or said:
            learner = learners.change_learner(
                learner,
                name_latin=name,
                name_cyrillic=said.get("cyrillic", ""),
                region=said.get("region", ""),
                district=said.get("district", ""),
                language=learner.language,
                wants_reminders=True,
            )
        client.cookies["learner"] = entered.token
        return learner

    return make


@pytest.fixture
def desk(client: Client, counsellor: User) -> Client:
    """A browser in which the counsellor is signed in."""
    client.force_login(counsellor)
    return client


@pytest.fixture
def anonymous() -> Client:
    return Client()


# --- the ground every test stands on: both databases, an empty key cache, an erasure list of its own ---------------

BOTH = ["default", "keys"]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
STARTS_A_CENTRE = ("panoh/doors/", "tests/")  # here a test may start processes that have a database of their own


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the database uses the key store beside it; what uses none is not run again on another."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None:
            both = pytest.mark.django_db(*marker.args, **{"databases": BOTH, **marker.kwargs})
            item.add_marker(both, append=False)
        elif not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db(databases=BOTH))
        elif not (item.nodeid.startswith(STARTS_A_CENTRE) or "disk" in getattr(item, "fixturenames", ())) and not any(
            item.get_closest_marker(name) for name in ("postgres", "browser", "redis", "proof")
        ):
            item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """On PostgreSQL the databases are there already: clones of a migrated one (``tests/cloning.py``)."""
    return cloning.is_postgres() or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    if not cloning.is_postgres():
        yield
        return
    with django_db_blocker.unblock(), cloning.cloned_databases(), django_db_blocker.block():
        yield


@pytest.fixture(autouse=True)
def _no_key_from_another_test() -> Iterator[None]:
    """Rolled-back keys must not live on in this process."""
    yield
    vault_keys.let_go()


@pytest.fixture(autouse=True, scope="session")
def _erasure_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests erase; the list of the centre on this machine must not hear of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.DATA_DIR", tmp_path_factory.mktemp("data"))
        yield


@pytest.fixture(autouse=True, scope="session")
def _ledger_can_be_emptied() -> Iterator[None]:
    """SQLite empties tables by DELETE, which the ledger refuses: between tests its guards step aside."""
    empty = Lite.ops_class.sql_flush

    def sql_flush(self: Any, style: Any, tables: list[str], **options: bool) -> list[str]:
        statements = empty(self, style, tables, **options)
        return [*guards.SQLITE_REMOVE, *statements, *guards.SQLITE] if guards.TABLE in tables else statements

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lite.ops_class, "sql_flush", sql_flush)
        yield


# --- a centre on real files: for tests that need threads, backups or power cuts ------------------------------------

LOWEST_ROOMS = ("vault", "audit", "jobs", "django_tasks_database")


@pytest.fixture
def disk(tmp_path: Path, django_db_blocker: DjangoDbBlocker, settings: Settings) -> Iterator[Path]:
    """Both databases as fresh SQLite files in this folder, with the tables of the lowest rooms, committed for real."""
    settings.DATA_DIR = tmp_path
    with django_db_blocker.unblock():
        before = {alias: (connections[alias], dict(connections.settings[alias])) for alias in BOTH}
        if any(old.vendor != "sqlite" for old, _ in before.values()):
            pytest.skip("this test copies SQLite files")
        try:
            for alias in BOTH:
                connections.settings[alias]["NAME"] = str(tmp_path / f"{alias}.sqlite3")
                del connections[alias]
                for label in LOWEST_ROOMS:
                    call_command("migrate", label, database=alias, verbosity=0)
            yield tmp_path
        finally:
            for alias, (old, values) in before.items():
                connections[alias].close()
                connections.settings[alias].update(values)
                connections[alias] = old
            vault_keys.let_go()


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> None:
    """Databases that several threads see committed rows in; for tests marked ``django_db(transaction=True)``."""
    if connections["default"].vendor == "sqlite":
        request.getfixturevalue("disk")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process: Playwright can be started only once in it."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("Chromium is missing") if os.environ.get("CI") else pytest.skip("Chromium is not here")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()

"""What must be true before the first page is served; each step is skipped when there is nothing to do."""

import hashlib
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command, get_commands
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from panoh.ground.vault import public as vault
from panoh.learn.academy import public as academy
from panoh.learn.portal import public as portal

from .. import queries

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Tables, static files, the invented people of the demo centre, and what was erased since the last backup."""
    for alias in connections:
        migrate(alias, say)
    content = _content_mark()
    finish = meanwhile(lambda: _make_scripts_and_styles(content, say))
    if settings.DEMO and queries.nobody_works_here() and "seed" in get_commands():
        say("Inviting the people of the demo centre …")
        call_command("seed", verbosity=0)
    finish()  # should it fail, the steps that need its work do it again and tell why
    collect_static(say)
    read_names_again()
    publish_content(content, say)
    erased = vault.finish_restore(timezone.now())
    if erased:
        say(f"{erased} keys that a restore had brought back were destroyed again.")
    for connection in connections.all():
        connection.close()


def migrate(alias: str, say: Say) -> None:
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    say(f"Preparing the database ({alias}) …")
    hasty = not executor.loader.applied_migrations and connections[alias].vendor == "sqlite"
    with connections[alias].cursor() as cursor:
        if hasty:  # an empty file has nothing to lose to a power cut yet
            cursor.execute("PRAGMA synchronous=OFF")
    call_command("migrate", database=alias, verbosity=0, interactive=False, skip_checks=True)
    if hasty:
        connections[alias].close()


def collect_static(say: Say) -> None:
    mark = settings.DATA_DIR / "static.mark"
    now = _fingerprint()
    if settings.STATIC_ROOT.is_dir() and mark.exists() and mark.read_text() == now:
        return
    say("Collecting styles and scripts …")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, skip_checks=True)
    mark.write_text(now)


def publish_content(mark: str, say: Say) -> None:
    """Guidance whose files have changed since they were published last."""
    if _is_published(mark):
        return
    say("Publishing the guidance …")
    portal.import_content(settings.CONTENT_DIR)
    academy.publish_courses.enqueue()  # by the worker: nobody waits for a course to be let in
    _content_file().write_text(mark)


def _make_scripts_and_styles(content: str, say: Say) -> None:
    if not _is_published(content):
        portal.make_scripts(settings.CONTENT_DIR)
    collect_static(say)


def meanwhile(work: Callable[[], None]) -> Callable[[], bool]:
    """Let a second process do what waits for no other step, as a person waits for a start.

    Returns what waits for it and says whether it went well; what went wrong, the second process has told.
    """
    for connection in connections.all():
        connection.close()
    beside = multiprocessing.get_context("fork").Process(target=work)
    beside.start()

    def finish() -> bool:
        beside.join()
        return beside.exitcode == 0

    return finish


def read_names_again() -> None:
    """The names of the collected files, which may have been asked for before they were there."""
    names: Any = staticfiles_storage
    if hasattr(names, "load_manifest"):  # where files keep their names there is no list of them
        names.hashed_files, names.manifest_hash = names.load_manifest()


def _is_published(mark: str) -> bool:
    return _content_file().exists() and _content_file().read_text() == mark


def _content_file() -> Path:
    return Path(settings.DATA_DIR) / "content.mark"


def _content_mark() -> str:
    """Changes whenever a file of the guidance does, or the database that it is published into."""
    now = hashlib.blake2b(str(settings.DATABASE_URL).encode(), digest_size=16)
    for path in sorted(path for path in settings.CONTENT_DIR.rglob("*") if path.is_file()):
        now.update(f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns};".encode())
    return now.hexdigest()


def _fingerprint() -> str:
    """Changes whenever a static file of any room or library does."""
    seen = hashlib.blake2b(str(settings.STORAGES["staticfiles"]).encode(), digest_size=16)
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            seen.update(f"{name}:{about.st_size}:{about.st_mtime_ns};".encode())
    return seen.hexdigest()


def start_again() -> None:
    """Throw the embedded databases away, with everything in them."""
    for database in settings.DATABASES.values():
        for end in ("", "-wal", "-shm"):
            Path(f"{database['NAME']}{end}").unlink(missing_ok=True)
    _content_file().unlink(missing_ok=True)

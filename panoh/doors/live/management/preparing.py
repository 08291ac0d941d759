"""What must be true before the first page is served; each step is skipped when there is nothing to do."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from panoh.ground.vault import public as vault
from panoh.learn.portal import public as portal

from .. import queries

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Tables, static files, the invented people of the demo centre, and what was erased since the last backup."""
    for alias in connections:
        migrate(alias, say)
    collect_static(say)
    if settings.DEMO and queries.nobody_works_here() and "seed" in get_commands():
        say("Inviting the people of the demo centre …")
        call_command("seed", verbosity=0)
    publish_content(say)
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


def publish_content(say: Say) -> None:
    """Guidance whose files have changed since they were published last."""
    mark = settings.DATA_DIR / "content.mark"
    files = sorted(path for path in settings.CONTENT_DIR.rglob("*") if path.is_file())
    now = hashlib.blake2b(str(settings.DATABASE_URL).encode(), digest_size=16)
    for path in files:
        now.update(f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns};".encode())
    if mark.exists() and mark.read_text() == now.hexdigest():
        return
    say("Publishing the guidance …")
    portal.import_content(settings.CONTENT_DIR)
    mark.write_text(now.hexdigest())


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
    (settings.DATA_DIR / "content.mark").unlink(missing_ok=True)

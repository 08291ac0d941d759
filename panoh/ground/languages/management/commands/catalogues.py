"""Interface catalogues: gather the texts of source and libraries, derive Cyrillic, compile, and prove them complete."""

from argparse import ArgumentParser
from contextlib import chdir
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from ... import catalogues

WRITTEN = ("en", "kaa", "ru", "uz")
ALL = (*WRITTEN, "uz_Cyrl")
FOREIGN = Path(__file__).parents[2] / "foreign.pot"
IGNORED = ["locale", "tests", "requirements", ".venv", "data", "docs", "bench", "content", "conftest.py", ".*"]


class Command(BaseCommand):
    help = "Interface catalogues: make, derive, compile, check."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["make", "derive", "compile", "check"])

    def handle(self, *_: str, verb: str, **__: Any) -> None:
        {"make": make, "derive": derive, "compile": compile_all, "check": self.compare}[verb]()

    def compare(self) -> None:
        said = faults()
        if said:
            raise CommandError("\n".join([*said[:60], f"{len(said)} faults in the catalogues."]))
        self.stdout.write("The catalogues are complete.")


def path_of(locale: str, ending: str = "po") -> Path:
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / f"django.{ending}"


def catalogue(locale: str) -> list[polib.POEntry]:
    path = path_of(locale)
    return list(polib.pofile(str(path))) if path.exists() else []


def extracted() -> list[polib.POEntry]:
    """Every text of our source marked for translation, as gettext finds it now.

    The folder must lie beside ``locale``: the library writes what it found under the nearest one.
    """
    root = settings.ROOT
    with (
        TemporaryDirectory(dir=root, prefix=".catalogue-") as folder,
        chdir(root),
        override_settings(LOCALE_PATHS=[folder]),
    ):
        options = {"no_location": True, "keep_pot": True, "no_wrap": True, "ignore_patterns": IGNORED}
        call_command("makemessages", locale=["en"], verbosity=0, stdout=StringIO(), **options)
        return list(polib.pofile(str(Path(folder) / "django.pot")))


def wanted() -> list[polib.POEntry]:
    """Ours, and those of Django and allauth that our pages can show."""
    return [*extracted(), *polib.pofile(str(FOREIGN))]


def make() -> None:
    every = wanted()
    for locale in WRITTEN:
        save(locale, catalogues.merged(locale, every, catalogue(locale)))


def derive() -> None:
    save("uz_Cyrl", catalogues.derived(catalogue("uz")))
    for path in borrowed():
        if _locale_of(path) == "uz":
            _twin(path).parent.mkdir(parents=True, exist_ok=True)
            catalogues.derived(polib.pofile(str(path))).save(str(_twin(path)))


def compile_all() -> None:
    for path in [*map(path_of, ALL), *borrowed()]:
        path.with_suffix(".mo").write_bytes(polib.pofile(str(path)).to_binary())


def borrowed() -> list[Path]:
    """Words for screens that are not ours, in the folders behind the first: kept by hand, in no source of ours."""
    return [path for folder in settings.LOCALE_PATHS[1:] for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))]


def _locale_of(path: Path) -> str:
    return path.parents[1].name


def _twin(path: Path) -> Path:
    return path.parents[2] / "uz_Cyrl" / "LC_MESSAGES" / path.name


def save(locale: str, made: polib.POFile) -> None:
    path = path_of(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(str(path))


def faults() -> list[str]:
    """What `make check` must not find, one sentence each."""
    keys = {catalogues.key(entry) for entry in wanted()}
    said = []
    for locale in ALL:
        entries = catalogue(locale)
        have = {catalogues.key(entry) for entry in entries}
        said += [f"{locale}: lacks {text!r}: run `catalogues make`" for _context, text in sorted_keys(keys - have)]
        said += [f"{locale}: {text!r} is in no source" for _context, text in sorted_keys(have - keys)]
        said += catalogues.faults(locale, entries)
        said += _stale(locale, path_of(locale))
    if str(catalogues.derived(catalogue("uz"))) != str(catalogues.new_catalogue("uz_Cyrl", catalogue("uz_Cyrl"))):
        said.append("uz_Cyrl: is not what `catalogues derive` makes of uz")
    return said + [one for path in borrowed() for one in borrowed_faults(path)]


def borrowed_faults(path: Path) -> list[str]:
    locale, entries = _locale_of(path), polib.pofile(str(path))
    said = [*catalogues.faults(locale, entries), *_stale(locale, path)]
    made = catalogues.derived(entries) if locale == "uz" else None
    if made is not None and (not _twin(path).exists() or str(made) != _words(_twin(path))):
        said.append(f"uz_Cyrl: {path.name} is not what `catalogues derive` makes of uz")
    return said


def _words(path: Path) -> str:
    return str(catalogues.new_catalogue(_locale_of(path), polib.pofile(str(path))))


def sorted_keys(keys: set[catalogues.Key]) -> list[catalogues.Key]:
    return sorted(keys, key=lambda one: (one[1], one[0] or ""))


def _stale(locale: str, source: Path) -> list[str]:
    binary = source.with_suffix(".mo")
    if not source.exists():
        return [f"{locale}: there is no catalogue"]
    if not binary.exists() or binary.read_bytes() != polib.pofile(str(source)).to_binary():
        return [f"{locale}: the compiled catalogue is not of this source: run `catalogues compile`"]
    return []

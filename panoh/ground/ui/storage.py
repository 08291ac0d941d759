"""Static files as they are served: scripts with their imports inside, named by their content, compressed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .bundling import IMPORT, bundled

AS_THEY_ARE = ("wagtail", "admin/", "media/")


class BundlingStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library has no types
    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """``paths`` say where each file comes from; those that became a bundle come from the collected folder."""
        if not dry_run:
            bundles = self._bundle([name for name in paths if name.endswith(".js")])
            paths = {**paths, **{name: (self, name) for name in bundles}}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Only what the street and the desk load: the editors are few, and recordings get no smaller by it."""
        yield from super().compress_files(path for path in paths if not path.startswith(AS_THEY_ARE))

    def _bundle(self, names: list[str]) -> list[str]:
        """All are read before the first is written: what was put into one is not put in twice."""
        texts, made = {name: self._text(name) for name in names}, []
        for name, text in texts.items():
            if IMPORT.search(text):
                whole = bundled(name, texts.__getitem__)
                self.delete(name)
                self._save(name, ContentFile(whole.encode()))
                made.append(name)
        return made

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return str(file.read().decode(errors="replace"))

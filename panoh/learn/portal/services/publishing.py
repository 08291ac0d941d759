"""Publishing: content files become sheets, in every language and script, all of them or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from panoh.ground.audit import public as audit
from panoh.ground.languages import public as languages
from panoh.ground.search import public as search

from .. import documents, queries
from ..errors import ContentError
from ..models import MADE_AT_THE_DESK, Sheet
from ..scripts import turned
from ..tree import Leaf, Tree
from .taking_in import take_in

DOORS = {"talk": "talk:start", "report": "report:start", "numbers": "talk:numbers", "return": "talk:back"}
# Raised when rendering changes, so that unchanged files are rendered anew.
RENDERING = "2"
PUBLISHED = ["audience", "position", "title", "summary", "data", "body", "easy", "quiet", "reviewed_by", "reviewed_on",
             "fingerprint", "published_at", "shown_from", "shown_until"]  # fmt: skip


@dataclass(frozen=True)
class Imported:
    written: int
    unchanged: int
    removed: int
    kept: tuple[str, ...] = ()


@transaction.atomic
def import_content(folder: Path, *, take_files: bool = False) -> Imported:
    """Publish a content folder. Raises ``ContentError`` with every fault found; then nothing has changed.

    What was changed in the browser wins over its file and is named in ``kept``, unless ``take_files``.
    """
    tree = Tree(folder)
    if tree.faults:
        raise ContentError(tree.faults)
    held = {(sheet.kind, sheet.code, sheet.language): sheet for sheet in _kept_sheets()}
    taken = take_in(tree.leaves, take_files=take_files)
    leaves = {(leaf.kind, leaf.code, leaf.language): leaf for leaf in with_variants(taken.leaves)}
    fresh = [leaf for key, leaf in leaves.items() if key not in held or held[key].fingerprint != _fingerprint(leaf)]
    gone = [held[key] for key in held.keys() - leaves.keys()]
    publish_sheets(fresh)
    for sheet in gone:
        search.remove("portal", queries.thing_of(sheet), sheet.language)
        sheet.delete()
    if fresh or gone:
        audit.record("portal.published", thing="content", written=len(fresh), removed=len(gone))
    return Imported(len(fresh), len(leaves) - len(fresh), len(gone), tuple(taken.kept))


def make_scripts(folder: Path) -> None:
    """Make and keep the scripts that ``import_content`` will ask for; faults are left for it to tell."""
    with_variants(Tree(folder).leaves)


def _kept_sheets() -> QuerySet[Sheet]:
    """Those of files, under a lock: two who publish at once come one after the other."""
    from_files = Sheet.objects.exclude(kind__in=MADE_AT_THE_DESK)
    return from_files.select_for_update().only("kind", "code", "language", "fingerprint")


def with_variants(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Each leaf, and those of the scripts that are made from its language."""
    made = list(leaves)
    for language in dict.fromkeys(leaf.language for leaf in leaves):
        for variant in languages.variants_on(language):
            made += turned([leaf for leaf in leaves if leaf.language == language], variant)
    return made


@transaction.atomic
def publish_sheets(leaves: Iterable[Leaf]) -> None:
    """Render leaves and put them before the street and into the index."""
    now = timezone.now()
    sheets = [sheet_of(leaf, now) for leaf in leaves]
    Sheet.objects.bulk_create(
        sheets,
        update_conflicts=True,
        unique_fields=["kind", "code", "language"],
        update_fields=PUBLISHED,
    )
    search.index_many(queries.search_row(sheet) for sheet in sheets)


def sheet_of(leaf: Leaf, now: datetime) -> Sheet:
    """What the street would read, not kept yet."""
    addresses = Addresses(leaf.language)
    return Sheet(
        kind=leaf.kind,
        code=leaf.code,
        language=leaf.language,
        audience=leaf.audience,
        position=leaf.position,
        title=leaf.title,
        summary=leaf.summary,
        data=leaf.data,
        body=documents.html(leaf.body, addresses) if leaf.body else "",
        easy=documents.html(leaf.easy, addresses) if leaf.easy else "",
        quiet=leaf.quiet,
        reviewed_by=leaf.reviewed_by,
        reviewed_on=_day(leaf.reviewed_on),
        shown_from=_day(leaf.shown_from),
        shown_until=_day(leaf.shown_until),
        fingerprint=_fingerprint(leaf),
        published_at=now,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def count_question(text: str, language: str, *, is_found: bool) -> bool:
    """Count what was looked for on the public site, without who looked."""
    return search.count_question(text, language, is_found=is_found)


def _fingerprint(leaf: Leaf) -> str:
    return f"{leaf.fingerprint[:30]}{RENDERING}"


class Addresses(dict[tuple[str, str], str]):
    """Where a link of a content file leads in one language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, key: tuple[str, str]) -> str:
        return self.get(key, "")

    def get(self, key: tuple[str, str], default: Any = "") -> str:
        kind, target = key
        with override(self.language):
            return reverse(DOORS[target]) if kind == "door" else reverse("portal:sheet", kwargs={"slug": target})


def as_html(body: str, language: str) -> str:
    """Safe HTML of Markdown, its ``page:`` and ``door:`` links as addresses of this language."""
    return documents.html(body, Addresses(language))


def rewrite_content(folder: Path) -> int:
    """Write the guidance files of a folder again as the house writes them; how many changed. What they say stays."""
    changed = 0
    for path in sorted(folder.glob("*/*/*.md")):
        kept = path.read_text(encoding="utf-8")
        fresh = documents.write(documents.read(kept))
        if fresh != kept:
            path.write_text(fresh, encoding="utf-8")
            changed += 1
    return changed

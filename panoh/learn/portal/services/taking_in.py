"""What an import does to the browser's side: new words are taken in, what somebody changed there is kept and named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Workflow, WorkflowContentType, WorkflowTask

from panoh.ground.languages import public as languages

from .. import posts, recordings
from ..leaves import Leaf
from ..models import EditableKind, SecondPair, Writing, key_of

Key = tuple[str, str, str]
STATE = ("kind", "code", "locale", "fingerprint", "imported", "live", "has_unpublished_changes", "latest_revision")
WORDS = [
    "audience", "position", "ages", "risks", "audiences", "page", "quiet", "facts", "title", "summary", "now",
    "body", "easy_title", "easy", "sources", "confirm", "reviewed_by", "reviewed_on", "is_machine", "fingerprint",
    "imported", "changed_at", "live", "has_unpublished_changes", "last_published_at", *recordings.FIELDS,
]  # fmt: skip


@dataclass
class TakenIn:
    """``leaves`` are what the street should show; ``kept`` names what the browser keeps against the files."""

    leaves: list[Leaf] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def take_in(leaves: Iterable[Leaf], *, take_files: bool) -> TakenIn:
    """Bring the writings level with the files, in the caller's transaction.

    Words that were changed in the browser win over their file, unless ``take_files``; their drafts stay in the history.
    """
    open_desk()
    locales, now, done = written_languages(), timezone.now(), TakenIn()
    names = {locale.pk: code for code, locale in locales.items()}
    held = {(row.kind, row.code, names.get(row.locale_id, "")): row for row in _rows()}
    fresh: list[Writing] = []
    changed: list[Writing] = []
    kept: list[int] = []
    for leaf in leaves:
        row = held.pop((leaf.kind, leaf.code, leaf.language), None) if leaf.kind in EditableKind.values else None
        if row is not None and _is_kept(row, leaf) and not take_files:
            done.kept.append(_name(row, leaf.language))
            kept.append(row.pk)
            continue
        done.leaves.append(leaf)
        if leaf.kind in EditableKind.values and row is None:
            fresh.append(_filled(Writing(locale=locales[leaf.language]), leaf, now))
        elif row is not None and (row.imported != leaf.fingerprint or (take_files and row.was_changed_here)):
            changed.append(_filled(row, leaf, now))
    kept += _without_file(held, done, take_files=take_files)
    Writing.objects.bulk_create(fresh)
    _overwrite(changed)
    browsers = Writing.objects.filter(pk__in=kept, live=True).select_related("locale") if kept else []
    done.leaves += [row.leaf for row in browsers]
    return done


def _rows() -> Iterable[Writing]:
    """Under a lock, without their long texts."""
    return Writing.objects.select_for_update().only(*STATE)


def _is_kept(row: Writing, leaf: Leaf) -> bool:
    """Changed in the browser, and the file says something else than what is published from there."""
    if row.fingerprint == leaf.fingerprint:
        return False
    return row.fingerprint != row.imported or (row.has_unpublished_changes and row.imported != leaf.fingerprint)


def _without_file(held: dict[Key, Writing], done: TakenIn, *, take_files: bool) -> list[int]:
    """Rows that no file has: those born or changed in the browser stay, the others go with their file."""
    stays, goes = [], []
    for (_kind, _code, language), row in held.items():
        if not row.imported:
            stays.append(row.pk)
        elif row.was_changed_here and not take_files:
            done.kept.append(_name(row, language))
            stays.append(row.pk)
        else:
            goes.append(row.pk)
    if goes:
        Writing.objects.filter(pk__in=goes).delete()
    return stays


def _overwrite(rows: list[Writing]) -> None:
    if not rows:
        return
    Writing.objects.bulk_update(rows, WORDS, batch_size=50)
    for row in Writing.objects.filter(pk__in=[row.pk for row in rows], latest_revision__isnull=False):
        revision = row.save_revision(clean=False, changed=False)  # so that the history shows the file's words too
        Writing.objects.filter(pk=row.pk).update(live_revision=revision)


def _filled(row: Writing, leaf: Leaf, now: datetime) -> Writing:
    values: dict[str, Any] = {
        "kind": leaf.kind, "code": leaf.code, "title": leaf.title, "summary": leaf.summary, "audience": leaf.audience,
        "position": leaf.position, "quiet": leaf.quiet, "easy": leaf.easy, "reviewed_by": leaf.reviewed_by,
        "reviewed_on": date.fromisoformat(leaf.reviewed_on) if leaf.reviewed_on else None,
        "translation_key": key_of(leaf.kind, leaf.code), "live": True, "has_unpublished_changes": False,
        "is_machine": False, "changed_at": now, "last_published_at": now,
        "fingerprint": leaf.fingerprint, "imported": leaf.fingerprint, **dict(_of_data(leaf)),
    }  # fmt: skip
    for name, value in values.items():
        setattr(row, name, value)
    row.first_published_at = row.first_published_at or now
    return row


def _of_data(leaf: Leaf) -> Iterator[tuple[str, Any]]:
    data = leaf.data
    yield "facts", posts.facts_of(leaf) if leaf.kind in posts.POSTS else {}
    yield "body", str(data.get("answer") or data.get("meaning") or leaf.body)
    for name in ("ages", "risks", "audiences"):
        yield name, list(data.get(name, []))
    for name in ("now", "sources", "confirm"):
        yield name, "\n".join(data.get(name, []))
    for name in ("page", "easy_title"):
        yield name, str(data.get(name, ""))
    yield from recordings.spread(data).items()


def _name(row: Writing, language: str) -> str:
    return f"{language}/{row.kind}/{row.code}"


def written_languages() -> dict[str, Locale]:
    """A locale for every language that people write; scripts are derived and have none."""
    held = {locale.language_code: locale for locale in Locale.objects.all()}
    derived = set(languages.variants_on())
    for code in languages.LANGUAGES:
        if code not in held and code not in derived:
            held[code] = Locale.objects.create(language_code=code)
    return held


def open_desk() -> None:
    """What the editing pages cannot stand without, in a centre that never imported a file; again changes nothing."""
    written_languages()
    offer_second_pair()


def offer_second_pair() -> Workflow:
    """The one way of reading by two, made when it is first needed, with its name in the language of the centre."""
    offered = WorkflowContentType.objects.filter(content_type=Writing.get_content_type()).first()
    if offered:
        return offered.workflow
    with override(settings.LANGUAGE_CODE):
        name = _("second pair of eyes")
    task = SecondPair.objects.create(name=name)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(content_type=Writing.get_content_type(), workflow=workflow)
    return workflow

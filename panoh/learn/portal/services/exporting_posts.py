"""Posts written back: their row in ``portal/posts.toml``, and a file in each language."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from .. import documents, post_rows
from ..models import Writing
from ..posts import POSTS
from ..tree import WHOLE

INDEX = "portal/posts.toml"
Post = tuple[str, str]


def post_files(held: Iterable[Writing], to: Path) -> tuple[dict[Path, str], set[str]]:
    """Every file of the posts as it should be, and the codes of new ones that a language still lacks.

    The row says what the Uzbek says, or the first whole language there is.
    """
    spoken: dict[Post, dict[str, Writing]] = {}
    for one in held:
        if one.kind in POSTS:
            spoken.setdefault((one.kind, one.code), {})[one.language] = one
    index = to / INDEX
    before = text = index.read_text(encoding="utf-8") if index.exists() else ""
    known, files, left_out = post_rows.slugs(before), {}, set()
    for (kind, code), languages in spoken.items():
        if (kind, code) not in known and not languages.keys() >= set(WHOLE):
            left_out.add(code)
            continue
        text = post_rows.with_row(text, kind, code, post_rows.row_of(_first(languages).leaf))
        for language, one in languages.items():
            path = to / language / post_rows.PLURALS[kind] / f"{code}.md"
            files[path] = documents.write(post_rows.document_of(one.leaf))
    return files | ({index: text} if text else {}), left_out


def _first(languages: Mapping[str, Writing]) -> Writing:
    return next((languages[one] for one in WHOLE if one in languages), next(iter(languages.values())))

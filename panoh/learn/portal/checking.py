"""What is wrong with a text before it is published, with its place. Pure of Django; the sentences wait for gettext.

The first part holds for files and browser alike (``tree.py`` asks it too). The rest is what an editor would say.
An ``error`` keeps a page from the street, a ``warning`` is shown.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from panoh.ground.common import letters

from . import documents, recordings
from .leaves import Leaf
from .posts import POSTS

DOORS = ("talk", "report", "numbers", "return")
LONGEST = {"title": 90, "summary": 200}
SUMMARY = 160  # characters that a list can show
WEIGHT = {"warning": 20_000, "error": 30_000}  # bytes on the wire; the frame of the page and its styles come on top
EASY = 15  # words a sentence
LISTED = ("steps", "materials", "session", "checklist")  # of a post, a line each


def _(text: str) -> str:
    return text


SENTENCES = {
    "missing": _("{field} is missing"),
    "too_long": _("{field} has {n} characters, more than {most}"),
    "no_steps": _("now must be a list of what to do now, one line each"),
    "half_review": _("a review has a name and a day, or neither"),
    "no_target": _("no {kind} is called {target}"),
    "strange_link": _("a link leads to {target}; ours begin with page: or door:"),
    "empty_link": _("“{words}” does not say where the link leads"),
    "no_alt": _("a picture has no words for who cannot see it"),
    "picture": _("pictures cannot stand in a text: they come as an exclamation mark and a link"),
    "mixed": _("“{words}” mixes Latin and Cyrillic letters"),
    "long_sentence": _("{n} words in one sentence, more than {most}: “{words}”"),
    "easy_sentence": _("easy words: {n} words in one sentence, more than {most}: “{words}”"),
    "long_words": _("{share} % of the words are long, such as {words}"),
    "long_summary": _("a list shows {most} characters of the summary, it has {n}"),
    "html": _("<{words}> was pasted in: write it as plain words, headings and lists"),
    "needed": _("this is needed before it is published"),
    "no_lines": _("write at least one line"),
    "too_early": _("this day is before {day}, on which it begins"),
    "heavy": _("the page weighs {n} KB, more than {most}"),
    "no_text": _("{field} must be a text between quotation marks"),
    "no_file": _("something is said about a recording, but no file is named"),
    "strange_file": _("“{words}” must be a file name in small letters without spaces that ends in {endings}"),
    "file_missing": _("there is no file {words}"),
    "no_webvtt": _("{words} is no WebVTT file: its first line says WEBVTT"),
    "no_captions": _("a video needs captions, for those who cannot hear it"),
    "no_transcript": _("a video needs its words as text, for those who cannot see it or cannot load it"),
}
ERRORS = {
    "missing", "too_long", "no_steps", "half_review", "no_target", "strange_link", "empty_link", "no_alt", "mixed",
    "easy_sentence", "html", "needed", "no_lines", "too_early", "no_text", "no_file", "strange_file", "file_missing",
    "no_webvtt", "no_captions", "no_transcript",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """``place`` is the field; ``line`` counts from 1, 0 where the whole field is meant."""

    rule: str
    place: str
    line: int = 0
    told: Mapping[str, Any] = field(default_factory=dict)
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return SENTENCES[self.rule].format(**self.told)


def _found(rule: str, place: str, line: int = 0, **told: Any) -> Finding:
    return Finding(rule, place, line, told, "error" if rule in ERRORS else "warning")


# --- what holds for files too -------------------------------------------------------------------------------------


def of_front(front: Mapping[str, Any]) -> Iterator[Finding]:
    """The head of a page of guidance."""
    yield from of_head(front)
    now = front.get("now")
    if not isinstance(now, list) or not now or not all(isinstance(one, str) and one.strip() for one in now):
        yield _found("no_steps", "now")
    if bool(front.get("reviewed_by")) != bool(front.get("reviewed_on")):
        yield _found("half_review", "reviewed_by")
    for name in recordings.FIELDS:
        if not isinstance(front.get(name, ""), str):
            yield _found("no_text", name, field=name)


def of_head(front: Mapping[str, Any]) -> Iterator[Finding]:
    """The title and the summary, of posts too."""
    for name, most in LONGEST.items():
        text = front.get(name, "")
        if not isinstance(text, str) or not text.strip():
            yield _found("missing", name, field=name)
        elif len(text) > most:
            yield _found("too_long", name, field=name, n=len(text), most=most)


def of_recordings(data: Mapping[str, Any], folder: Path) -> Iterator[Finding]:
    """Every file is there and is what it is named; a video without captions or without its words is none of ours."""
    for kind in recordings.PARTS:
        told = data.get(kind)
        if not told:
            continue
        if not told["file"]:
            yield _found("no_file", kind)
        for part in recordings.NAMED:
            if name := told.get(part):
                place = kind if part == "file" else f"{kind}_{part}"
                yield from _of_file(name, place, recordings.ENDINGS[kind if part == "file" else part], folder)
        for part in recordings.NEEDED[kind]:
            if not told[part]:
                yield _found(f"no_{part}", f"{kind}_{part}")


def _of_file(name: str, place: str, endings: tuple[str, ...], folder: Path) -> Iterator[Finding]:
    path = folder / recordings.FOLDER / name
    if recordings.ending(name) not in endings:
        yield _found("strange_file", place, words=name, endings=", ".join(endings))
    elif not path.is_file():
        yield _found("file_missing", place, words=f"{recordings.FOLDER}/{name}")
    elif endings == recordings.ENDINGS["captions"] and not recordings.begins_as_captions(path):
        yield _found("no_webvtt", place, words=name)


def of_links(body: str, slugs: Iterable[str], place: str = "body") -> Iterator[Finding]:
    """Every link leads to a page we have, to a door, or to a safe address outside."""
    targets = {"page": set(slugs), "door": set(DOORS)}
    for kind, target in documents.links(body):
        if kind and target not in targets[kind]:
            line = 1 + body[: max(body.find(f"{kind}:{target}"), 0)].count("\n")
            yield _found("no_target", place, line, kind=kind, target=target)
        elif not kind and not target.startswith("https://"):
            yield _found("strange_link", place, target=repr(target))


# --- what an editor would say -------------------------------------------------------------------------------------

NOTHING_SAID = {
    "uz": {"bu yerda", "bu yerga", "shu yerda", "shu yerga", "bu erda", "mana shu yerda", "batafsil", "havola",
           "bosing", "shu yerni bosing", "bu yerni bosing"},
    "ru": {"здесь", "тут", "сюда", "по ссылке", "ссылка", "подробнее", "далее", "нажмите", "нажмите здесь"},
    "en": {"here", "click here", "this", "link", "this link", "more", "read more", "details"},
    "kaa": {"bul jerde", "usı jerde", "bul jerge", "usı jerge", "silteme", "tolıǵıraq"},
}  # fmt: skip
EXPERTS = ("industry", "policy", "professionals")
# Words a sentence, for a child, for a grown-up at home, for whom it is the job. Uzbek says in one word what takes two.
SENTENCE = {"uz": (15, 19, 25), "kaa": (15, 19, 25), "ru": (16, 21, 28), "en": (18, 23, 30)}
# Letters from which a word is long, and how many words of a hundred may be.
LONG_WORD = {"uz": 14, "kaa": 14, "ru": 13, "en": 11}
LONG_SHARE = (8, 12, 20)
_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ'’-][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[»”\")]*\s+")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(")
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)[^<>]*>")


def findings(leaf: Leaf, slugs: Iterable[str]) -> list[Finding]:
    """Everything about one leaf, errors first."""
    texts, known = _texts(leaf), list(slugs)
    found: list[Finding] = []
    if leaf.kind == "guidance":
        review = {"reviewed_by": leaf.reviewed_by, "reviewed_on": leaf.reviewed_on}
        found += of_front({"title": leaf.title, "summary": leaf.summary, "now": leaf.data.get("now"), **review})
    elif leaf.kind in POSTS:
        found += of_head({"title": leaf.title, "summary": leaf.summary})
    elif not leaf.title.strip():
        found.append(_found("missing", "title", field="title"))
    for place, text in texts.items():
        found += [
            *of_links(text, known, place),
            *_of_link_words(text, place, leaf.language),
            *_of_pictures(text, place),
        ]
        found += [*_of_letters(text, place), *_of_html(text, place), *_of_sentences(text, place, leaf)]
    for place, text in recordings.transcripts(leaf.data).items():
        found += [*_of_letters(text, place), *_of_html(text, place)]
    found += [*_of_long_words(texts, leaf), *_of_summary(leaf.summary), *_of_weight(leaf)]
    return sorted(found, key=lambda one: one.level != "error")


def _texts(leaf: Leaf) -> dict[str, str]:
    """Every text that a reader sees, by field."""
    plain = str(leaf.data.get("answer") or leaf.data.get("meaning") or "")
    listed = {name: "\n\n".join(leaf.data.get(name) or []) for name in ("now", *LISTED)}
    held = {
        "title": leaf.title, "summary": leaf.summary, **listed, "body": leaf.body or plain,
        "easy_title": str(leaf.data.get("easy_title") or ""), "easy": leaf.easy,
        "correction": str(leaf.data.get("correction") or ""),
    }  # fmt: skip
    return {place: text for place, text in held.items() if text.strip()}


def _of_link_words(text: str, place: str, language: str) -> Iterator[Finding]:
    nothing = NOTHING_SAID.get(language, set())
    for words, line in documents.link_words(_PICTURE.sub(r"[picture \1](", text)):
        if words.strip(" .…»«“”\"'→>").casefold() in nothing | {""}:
            yield _found("empty_link", place, line, words=words)


def _of_pictures(text: str, place: str) -> Iterator[Finding]:
    for picture in _PICTURE.finditer(text):
        line = 1 + text[: picture.start()].count("\n")
        yield _found("picture" if picture[1].strip() else "no_alt", place, line)


def _of_letters(text: str, place: str) -> Iterator[Finding]:
    for line, word in letters.mixed(text):
        yield _found("mixed", place, line, words=word)


def _of_html(text: str, place: str) -> Iterator[Finding]:
    for tag in _TAG.finditer(text):
        yield _found("html", place, 1 + text[: tag.start()].count("\n"), words=tag[1])
        return


def _of_sentences(text: str, place: str, leaf: Leaf) -> Iterator[Finding]:
    is_easy = place in {"easy", "easy_title"}
    most = EASY if is_easy else SENTENCE.get(leaf.language, SENTENCE["en"])[_reader(leaf)]
    for block, line in documents.blocks(text):
        for sentence in _SENTENCE_ENDS.split(block):
            n = len(_WORD.findall(sentence))
            if n > most:
                rule = "easy_sentence" if is_easy else "long_sentence"
                yield _found(rule, place, line, n=n, most=most, words=_beginning(sentence))


def _of_long_words(texts: Mapping[str, str], leaf: Leaf) -> Iterator[Finding]:
    all_words = [word for place in ("now", "body", "easy") for word in _WORD.findall(texts.get(place, ""))]
    long = [word for word in all_words if len(word) >= LONG_WORD.get(leaf.language, LONG_WORD["en"])]
    share = 100 * len(long) // max(len(all_words), 1)
    if len(all_words) >= 40 and share > LONG_SHARE[_reader(leaf)]:
        longest = sorted(set(long), key=lambda word: (-len(word), word))[:3]
        yield _found("long_words", "body", share=share, words=", ".join(longest))


def _of_summary(summary: str) -> Iterator[Finding]:
    if SUMMARY < len(summary) <= LONGEST["summary"]:
        yield _found("long_summary", "summary", n=len(summary), most=SUMMARY)


def _of_weight(leaf: Leaf) -> Iterator[Finding]:
    said = "".join(recordings.transcripts(leaf.data).values())
    heavy = len(zlib.compress((documents.html(leaf.body, {}) + documents.html(leaf.easy, {}) + said).encode()))
    for level in ("error", "warning"):
        if heavy > WEIGHT[level]:
            told = {"n": heavy // 1000, "most": WEIGHT[level] // 1000}
            yield Finding("heavy", "body", 0, told, "error" if level == "error" else "warning")
            return


def _reader(leaf: Leaf) -> int:
    """0 a child, 1 a grown-up at home or at school, 2 whose job it is."""
    if leaf.audience == "children" or "children" in leaf.data.get("audiences", []):
        return 0
    return 2 if leaf.audience in EXPERTS else 1


def _beginning(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")

"""What was said, dressed for the desk: held words, files, fates, and the other script for reading only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from panoh.care.talks import public as talks
from panoh.ground.languages.public import lang_tag, other_script

from ..models import Held, MediaRequest, Talk

OTHER = "other"
SENDABLE = {talks.Delivery.FAILED, talks.Delivery.UNCONFIRMED}
FILES = {talks.Kind.PHOTO, talks.Kind.VIDEO, talks.Kind.VOICE, talks.Kind.AUDIO, talks.Kind.FILE}
OTHER_TAG = {"uz": "uz-cyrl", "uz-cyrl": "uz"}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with what the desk knows about it. ``text`` is in the script that was chosen; the stored words stay."""

    line: talks.Line
    text: str
    tag: str
    held: Held | None = None
    media: MediaRequest | None = None

    @property
    def side(self) -> str:
        """Whose line it is on the page: in, out, bot, held, whisper or event."""
        if self.line.kind in {talks.Kind.EVENT, talks.Kind.HELD}:
            return str(self.line.kind)
        return "whisper" if self.line.direction == talks.Direction.NOTE else self.line.direction

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The person's words cut where the lexicon saw something: (text, class or "")."""
        if self.line.direction != talks.Direction.IN:
            return [(self.text, "")]
        return _cut(self.text, sorted(talks.lexicon().hits(self.text), key=lambda hit: hit.start))

    @property
    def is_file(self) -> bool:
        return self.line.direction == talks.Direction.IN and self.line.kind in FILES

    @property
    def can_send_again(self) -> bool:
        return self.line.direction == talks.Direction.OUT and self.line.delivery in SENDABLE

    @property
    def meta(self) -> dict[str, Any]:
        return self.line.meta


def shown_lines(talk: Talk, *, after: int = 0, script: str = "") -> list[ShownLine]:
    """Lines changed after a version, in the order they were said; staff notes included."""
    lines = talks.lines_after(talk.pk, after, audience=talks.Audience.STAFF, limit=5000)
    held = {one.message_seq: one for one in talk.held.select_related("decided_by")} if lines else {}
    media = {one.message_seq: one for one in talk.media_requests.all()} if lines else {}
    return [
        ShownLine(line, *_dressed(talk, line, script), held.get(line.seq), media.get(line.seq))
        for line in sorted(lines, key=lambda line: line.seq)
    ]


def _dressed(talk: Talk, line: talks.Line, script: str) -> tuple[str, str]:
    """Text and language tag. Whispers stay as they are: staff write them in whatever language they share."""
    if line.direction == talks.Direction.NOTE and line.kind != talks.Kind.HELD:
        return line.text, ""
    return in_script(line.text, script), _tag(talk.language, script)


def _cut(text: str, hits: list[talks.Hit]) -> list[tuple[str, str]]:
    """Overlapping finds are shown once, the first one."""
    pieces, at = [], 0
    for hit in hits:
        if hit.start >= at:
            pieces += [(text[at : hit.start], ""), (text[hit.start : hit.end], hit.cls)]
            at = hit.end
    return [(piece, cls) for piece, cls in [*pieces, (text[at:], "")] if piece]


def in_script(text: str, script: str) -> str:
    """``text`` as it is, or turned into the other script for the eye."""
    return other_script(text) if script == OTHER else text


def _tag(language: str, script: str) -> str:
    return lang_tag(OTHER_TAG.get(language, language) if script == OTHER else language)


def file_line(talk: Talk, seq: int) -> ShownLine | None:
    """The line of a file the person sent; None where there is none."""
    return next((one for one in shown_lines(talk, after=seq - 1) if one.line.seq == seq and one.is_file), None)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a message said before it was changed, and until when."""

    until: datetime
    text: str


def wordings(talk: Talk, seq: int, *, script: str = "") -> list[Wording]:
    """Earlier wordings of one message, oldest first; 404 for a message that is not there."""
    if not talk.conversation.messages.filter(seq=seq).exists():
        raise Http404
    found = talks.earlier_wordings(talk.conversation, seq)
    return [Wording(at, in_script(text, script)) for at, text in found]

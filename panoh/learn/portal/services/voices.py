"""Children's words: entered with two yeses, published by two different readers, taken back at once."""

import json
import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages import public as languages
from panoh.ground.search import public as search
from panoh.ground.vault import public as vault

from .. import policy, queries
from ..errors import PortalRefusedError
from ..leaves import Leaf
from ..models import Kind, Sheet, Voice, VoiceState
from .publishing import publish_sheets, with_variants

TITLE = 80  # characters of it that stand for a title in lists
# What leads back to a child: an address, an account, a telephone, a school by its number.
LEADS_BACK = re.compile(
    r"@\w|https?:|www\.|t\.me|\d[\d\s()-]{5,}\d|№|#\d|\d+\s?-?\s?(?:maktab|школ|мактаб)", re.IGNORECASE
)


@transaction.atomic
def enter_voice(*, text: str, letter: str = "", by: User, **facts: Any) -> Voice:
    """Keep a child's words for two reviewers. Raises ``PortalRefusedError`` where they would lead back to the child."""
    _check(by)
    if LEADS_BACK.search(text):
        raise PortalRefusedError(_("There is a number, an address or a school in the text. Take it out first."))
    voice = Voice(data_key=vault.new_key("voice"), entered_by=by, entered_on=timezone.localdate(), **facts)
    said = json.dumps({"text": text.strip(), "letter": letter}, ensure_ascii=False)
    voice.sealed = vault.seal(voice.data_key, said, where=queries.place_of_words(voice))
    voice.save(force_insert=True)
    audit.record("voice.entered", thing=voice.code, actor=by.code)
    return voice


@transaction.atomic
def review_voice(voice: Voice, *, accept: bool, by: User) -> Voice:
    """The first yes waits for a second one of somebody else; the second publishes. One no ends it, words and all."""
    _check(by)
    voice = Voice.objects.select_for_update().get(pk=voice.pk)
    if voice.state != VoiceState.WAITING:
        raise PortalRefusedError(_("Somebody has decided this already."))
    if not accept:
        return _end(voice, VoiceState.REFUSED, by)
    if voice.first_by_id is None:
        voice.first_by, voice.first_at = by, timezone.now()
    elif voice.first_by_id == by.pk:
        raise PortalRefusedError(_("You have read it already. Somebody else has to read it, too."))
    else:
        voice.second_by, voice.second_at, voice.state = by, timezone.now(), VoiceState.PUBLISHED
    voice.save()
    if voice.state == VoiceState.PUBLISHED:
        publish_sheets(with_variants([_leaf(voice, by)]))
    audit.record("voice.reviewed", thing=voice.code, actor=by.code, state=str(voice.state))
    return voice


@transaction.atomic
def withdraw_voice(voice: Voice, *, by: User) -> Voice:
    """The child or the guardian changed their mind: it is gone at once."""
    _check(by)
    voice = Voice.objects.select_for_update().get(pk=voice.pk)
    if voice.state not in {VoiceState.WAITING, VoiceState.PUBLISHED}:
        raise PortalRefusedError(_("Somebody has decided this already."))
    return _end(voice, VoiceState.WITHDRAWN, by)


def _check(by: User) -> None:
    if not policy.can_keep_bulletin(by):
        raise PortalRefusedError(_("Only editors keep children's words."))


def forget_voices(before: datetime) -> int:
    """End what nobody decided since ``before``: a child's words do not lie here unread; how many."""
    day = timezone.localdate(before)
    waiting = list(Voice.objects.filter(state=VoiceState.WAITING, entered_on__lt=day).values_list("pk", flat=True))
    return sum(_forget(pk) for pk in waiting)


@transaction.atomic
def _forget(pk: int) -> bool:
    voice = Voice.objects.select_for_update().filter(pk=pk, state=VoiceState.WAITING).first()
    if voice is not None:
        _end(voice, VoiceState.REFUSED, None)
    return voice is not None


def _end(voice: Voice, state: VoiceState, by: User | None) -> Voice:
    """Words, key, page, entry of the index and other scripts, all of them. ``by`` is None for the timetable."""
    text = queries.words_of(voice).text
    languages.drop_derived([text, text[:TITLE]])
    voice.state, voice.sealed = state, None
    voice.save()
    vault.destroy_keys([voice.data_key], reason="voice-ended")
    for sheet in Sheet.objects.filter(kind=Kind.VOICE, code=voice.code.lower()):
        search.remove("portal", queries.thing_of(sheet), sheet.language)
        sheet.delete()
    audit.record("voice.ended", thing=voice.code, actor=by.code if by else "system", state=str(state))
    return voice


def _leaf(voice: Voice, second: User) -> Leaf:
    """In a list and without a title; the second reader stands as its reviewer."""
    said = queries.words_of(voice)
    data = {"letter": said.letter, "age_band": voice.age_band, "region": voice.region, "said": said.text}
    return Leaf(
        "voice", voice.code.lower(), voice.language, said.text[:TITLE], audience="children", data=data,
        reviewed_by=second.code, reviewed_on=timezone.localdate().isoformat(),
    )  # fmt: skip

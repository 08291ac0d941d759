"""Who is at the door: the identity behind a chat, what the bot remembers of it, and the talk that is open."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from panoh.care.helpline import public as helpline
from panoh.care.talks import public as talks

from .. import queries, reading, steps
from ..models import ChatState


@dataclass
class Caller:
    """``talk`` is the open one, if any; ``any_talk`` makes one."""

    identity: talks.Identity
    state: ChatState
    talk: helpline.Talk | None
    update_id: int
    phone_language: str
    received_at: datetime

    @classmethod
    def of(cls, heard: reading.Heard, update_id: int) -> "Caller":
        identity = talks.identity_for(talks.Channel.TELEGRAM, str(heard.chat_id))
        state, _ = ChatState.objects.get_or_create(identity=identity)
        talk = queries.open_talk_of(identity)
        return cls(identity, state, talk, update_id, heard.language_code, timezone.now())

    def is_here_again(self) -> None:
        """Whoever writes or taps wants to be answered: a block or a /stop from before is over."""
        if self.identity.blocked_us_at:
            talks.set_blocked(self.identity, at=None)
        if self.state.hidden_at:
            self.state.hidden_at = None
            self.state.save(update_fields=["hidden_at"])

    def any_talk(self, text: str = "") -> helpline.Talk:
        """The open talk, or a new one in the language chosen before, else in the one the first words look like."""
        if self.talk is None:
            guess = steps.guess_language(text, self.phone_language, settings.LANGUAGE_CODE)
            language = self.state.language or guess
            self.talk = helpline.start_talk(channel=talks.Channel.TELEGRAM, language=language, identity=self.identity)
        return self.talk

    def choose_language(self, language: str) -> helpline.Talk:
        """Remembered for every later talk of this chat."""
        self.state.language = language
        self.state.save(update_fields=["language"])
        self.talk = helpline.answer_step(self.any_talk(), language=language)
        return self.talk

"""Who is at the door: the identity behind a chat, what the bot remembers of it, and the talk that is open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from panoh.care.helpline import public as helpline
from panoh.care.reports import public as reports
from panoh.care.talks import public as talks
from panoh.ground.common.centre import centre

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
        if not (self.identity.blocked_us_at or self.state.hidden_at):
            return
        if self.identity.blocked_us_at:
            talks.set_blocked(self.identity, at=None)
        if self.state.hidden_at:
            self.state.hidden_at = None
            self.state.save(update_fields=["hidden_at"])
        talks.send_missed(self.identity)

    @property
    def draft(self) -> reports.Report | None:
        """What this person is telling us and did not send yet."""
        report = self.state.report
        is_draft = report and report.status == reports.ReportStatus.DRAFT and report.forgotten_at is None
        return report if is_draft else None

    @property
    def answering(self) -> reports.Report | None:
        """The draft whose question stands in the chat; who comes back much later talks, and does not answer."""
        fresh = self.received_at - timedelta(hours=int(centre("public", "visit_hours", default=12)))
        asked_at = self.state.asked_at
        return self.draft if self.state.question and asked_at and asked_at > fresh else None

    @property
    def is_expected(self) -> bool:
        """Whether somebody is waited for, or there, in a talk."""
        return self.talk is not None and self.talk.status not in {helpline.Status.NEW, helpline.Status.TRIAGING}

    @property
    def language(self) -> str:
        """The one chosen, else the best guess."""
        guess = steps.guess_language("", self.phone_language, settings.LANGUAGE_CODE)
        return self.state.language or guess

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

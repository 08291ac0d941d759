"""Files that counsellors asked for and that a channel still has to fetch."""

from dataclasses import dataclass

from panoh.care.talks import public as talks

from ..models import MediaRequest


@dataclass(frozen=True, slots=True)
class WantedFile:
    """``file_id`` is the channel's own name for the file."""

    request_id: int
    channel: str
    file_id: str


def wanted_files(channel: str, *, limit: int = 5) -> list[WantedFile]:
    """Asked for, not fetched, not locked; oldest first."""
    asked = MediaRequest.objects.filter(
        status="asked",
        talk__media_locked=False,
        talk__conversation__channel=channel,
        talk__conversation__forgotten_at=None,
    ).select_related("talk__conversation")
    return [WantedFile(request.pk, channel, _file_id(request)) for request in asked.order_by("at")[:limit]]


def _file_id(request: MediaRequest) -> str:
    lines = talks.all_lines(request.talk.conversation)
    meta = next((line.meta for line in lines if line.seq == request.message_seq), {})
    return str(meta.get("file_id", ""))

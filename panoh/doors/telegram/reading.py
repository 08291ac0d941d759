"""Reads one update of the Bot API into what we need of it. Names and pictures of people are left where they are.

Pure: no Django. Field names: https://core.telegram.org/bots/api#update
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]

# Content of a message -> our kind. The order matters: an animation also carries a document, a venue a location.
KINDS = {
    "photo": "photo",
    "animation": "video",
    "video": "video",
    "video_note": "video",
    "live_photo": "photo",
    "voice": "voice",
    "audio": "audio",
    "document": "file",
    "sticker": "sticker",
    "contact": "contact",
    "venue": "location",
    "location": "location",
    "dice": "other",
    "poll": "other",
    "story": "other",
    "game": "other",
    "paid_media": "other",
    "checklist": "other",
    "invoice": "other",
    "gift": "other",
}
SERVICE = {
    "message_auto_delete_timer_changed",
    "pinned_message",
    "write_access_allowed",
    "connected_website",
    "chat_background_set",
    "boost_added",
    "users_shared",
    "chat_shared",
    "new_chat_members",
    "left_chat_member",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
}
FILE_FACTS = {"file_id": "file_id", "file_size": "size", "mime_type": "mime", "duration": "seconds"}
COMMANDS = ("start", "help", "person", "report", "quiz", "language", "stop", "delete")
LATEST = timedelta(minutes=2)  # a clock that runs ahead by more is not believed
OLDEST = timedelta(hours=48)  # Telegram keeps an update for a day


class UnreadableError(Exception):
    """The update is not what Telegram documents; the text is a short code."""


@dataclass(frozen=True)
class Heard:
    """One update as we understand it.

    ``what``: words, edit, tap, blocked, unblocked, elsewhere (not a private chat), service, unknown.
    ``secret``: a place or a phone number, kept apart until the person says yes twice.
    """

    what: str
    chat_id: int = 0
    message_id: int = 0
    said_at: datetime | None = None
    kind: str = "text"
    text: str = ""
    command: str = ""
    meta: Json = field(default_factory=dict)
    secret: str = ""
    tap: str = ""
    tap_id: str = ""
    language_code: str = ""
    name: str = ""  # of the update's kind, for what we cannot read


def parse(raw: bytes) -> Json:
    """The update as JSON; raises ``UnreadableError``."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError):
        raise UnreadableError("not_json") from None
    if not isinstance(update, dict):
        raise UnreadableError("not_an_update")
    return update


def hear(update: Json, received_at: datetime) -> Heard:
    """What happened, in our words; raises ``UnreadableError``."""
    try:
        if "message" in update:
            return _message(update["message"], "words", received_at)
        if "edited_message" in update:
            return _message(update["edited_message"], "edit", received_at)
        if "callback_query" in update:
            return _tap(update["callback_query"])
        if "my_chat_member" in update:
            return _member(update["my_chat_member"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise UnreadableError("misshapen") from None
    name = next((key for key in update if key != "update_id"), "")
    return Heard("unknown", name=str(name)[:40])


def chat_of(update: Json) -> int:
    """The chat an update belongs to, 0 when it cannot be told: updates of one chat keep their order."""
    for part in update.values():
        if not isinstance(part, dict):
            continue
        inner = part.get("message") if "data" in part else part
        chat = inner.get("chat") if isinstance(inner, dict) else None
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
    return 0


def clean(text: Any) -> str:
    """The words as they are, only without what no text can hold: halves of characters and NUL."""
    if not isinstance(text, str):
        raise ValueError("not a text")
    return text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def moment(stamp: Any, received_at: datetime) -> datetime:
    """When something was said; a clock that cannot be right is replaced by our own."""
    try:
        at = datetime.fromtimestamp(int(stamp), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return received_at
    return at if received_at - OLDEST <= at <= received_at + LATEST else received_at


def _message(message: Json, what: str, received_at: datetime) -> Heard:
    chat_id = int(message["chat"]["id"])
    if message["chat"].get("type") != "private":
        return Heard("elsewhere", chat_id=chat_id)
    content = next((name for name in KINDS if name in message), "")
    if not content and "text" not in message and SERVICE & message.keys():
        return Heard("service", chat_id=chat_id)
    text = clean(message.get("text") or message.get("caption") or "")
    stamp = message.get("edit_date") if what == "edit" else message.get("date")
    return Heard(
        what,
        chat_id=chat_id,
        message_id=int(message["message_id"]),
        said_at=moment(stamp, received_at),
        kind=KINDS[content] if content else "text" if "text" in message else "other",
        text=text if text or not content else _sign(message[content]),
        command=_command(text) if "text" in message and what == "words" else "",
        meta=_meta(message, content),
        secret=_secret(message, content),
        language_code=str((message.get("from") or {}).get("language_code") or "")[:8],
    )


def _command(text: str) -> str:
    """``/start`` of "/start@our_bot any payload"; empty for what is not one of ours."""
    if not text.startswith("/"):
        return ""
    first = text.split(maxsplit=1)[0][1:].split("@")[0].lower()
    return first if first in COMMANDS else ""


def _sign(thing: Any) -> str:
    """A sticker or a die says its sign."""
    return clean(thing["emoji"])[:16] if isinstance(thing, dict) and isinstance(thing.get("emoji"), str) else ""


def _meta(message: Json, content: str) -> Json:
    """What the ledger keeps of a thing: its type, its size, where it lies. Never its content, never a name."""
    if not content:
        meta: Json = {} if "text" in message else {"type": "unknown"}
    else:
        meta = {"type": content, **_file_facts(message[content])}
    if isinstance(message.get("media_group_id"), str):
        meta["album"] = message["media_group_id"][:40]
    if any(key in message for key in ("forward_origin", "forward_date", "forward_from")):
        meta["forwarded"] = True
    if isinstance(message.get("reply_to_message"), dict):
        meta["reply_to"] = int(message["reply_to_message"]["message_id"])
    return meta


def _file_facts(thing: Any) -> Json:
    if isinstance(thing, list):  # a photo comes in several sizes, the largest last
        thing = thing[-1] if thing else {}
    if not isinstance(thing, dict):
        return {}
    facts: Json = {}
    for theirs, ours in FILE_FACTS.items():
        value = thing.get(theirs)
        if isinstance(value, int | str):
            facts[ours] = value if isinstance(value, int) else value[:300]
    return facts


def _secret(message: Json, content: str) -> str:
    if content == "contact":
        return clean(message["contact"]["phone_number"])[:40]
    if content in {"location", "venue"}:
        place = message["venue"]["location"] if content == "venue" else message["location"]
        return f"{float(place['latitude']):.6f}, {float(place['longitude']):.6f}"
    return ""


def _tap(query: Json) -> Heard:
    message = query.get("message") or {}
    chat = message.get("chat") or {}
    if chat and chat.get("type", "private") != "private":
        return Heard("elsewhere", chat_id=int(chat["id"]))
    return Heard(
        "tap",
        chat_id=int(chat["id"] if chat else query["from"]["id"]),
        message_id=int(message.get("message_id") or 0),
        tap=clean(query.get("data") or "")[:64],
        tap_id=str(query["id"])[:64],
        language_code=str(query["from"].get("language_code") or "")[:8],
    )


def _member(change: Json) -> Heard:
    chat_id = int(change["chat"]["id"])
    if change["chat"].get("type") != "private":
        status = change["new_chat_member"]["status"]
        return Heard("elsewhere" if status not in {"left", "kicked"} else "service", chat_id=chat_id)
    blocked = change["new_chat_member"]["status"] in {"kicked", "left"}
    return Heard("blocked" if blocked else "unblocked", chat_id=chat_id)

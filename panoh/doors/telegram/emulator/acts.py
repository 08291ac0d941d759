"""What a person can do on the phone, and the update that Telegram would make of it."""

import time
from collections.abc import Callable

from .methods import LIMIT
from .world import Chat, Json, World

Act = Callable[[World, Chat, Json], Json | None]


def _message(chat: Chat, **content: object) -> Json:
    return {
        "message_id": next(chat.numbers),
        "from": chat.person.as_user(),
        "chat": {"id": chat.person.id, "type": "private", "first_name": chat.person.name},
        "date": int(time.time()),
        **content,
    }


def _said(chat: Chat, **content: object) -> Json:
    """A new message of the person; a person who writes has a bot that is not blocked."""
    message = _message(chat, **content)
    chat.keep({**message, "mine": True})
    return {"message": message}


def say(world: World, chat: Chat, params: Json) -> Json:
    text = str(params["text"]).strip()[:LIMIT]
    if not text:
        raise ValueError("nothing to say")
    return _said(chat, text=text)


def edit(world: World, chat: Chat, params: Json) -> Json:
    message = chat.find(int(params["message_id"]))
    if message is None or not message["mine"] or "text" not in message:
        raise ValueError("not a text of this person")
    message.update(text=str(params["text"]).strip()[:LIMIT], edit_date=int(time.time()))
    chat.touch()
    return {"edited_message": {key: value for key, value in message.items() if key != "mine"}}


def tap(world: World, chat: Chat, params: Json) -> Json:
    message = chat.find(int(params["message_id"]))
    if message is None:
        raise ValueError("no such message")
    return {
        "callback_query": {
            "id": f"{chat.person.id}-{time.monotonic_ns()}",
            "from": chat.person.as_user(),
            "message": {**message, "chat": {"id": chat.person.id, "type": "private"}},
            "chat_instance": str(chat.person.id),
            "data": str(params["data"])[:64],
        }
    }


def send_photo(world: World, chat: Chat, params: Json) -> Json:
    sizes = [{"file_id": f"pretend-photo-{side}", "file_unique_id": f"u{side}", "width": side, "height": side,
              "file_size": side * 90} for side in (90, 320, 800)]  # fmt: skip
    caption = {"caption": str(params["text"])[:1024]} if params.get("text") else {}
    return _said(chat, photo=sizes, **caption)


def send_voice(world: World, chat: Chat, params: Json) -> Json:
    voice = {"file_id": "pretend-voice", "file_unique_id": "v", "duration": 7, "mime_type": "audio/ogg"}
    return _said(chat, voice={**voice, "file_size": 14_200})


def send_location(world: World, chat: Chat, params: Json) -> Json:
    return _said(chat, location={"latitude": 41.311081, "longitude": 69.240562})


def send_contact(world: World, chat: Chat, params: Json) -> Json:
    contact = {"phone_number": "+998000000000", "first_name": chat.person.name, "user_id": chat.person.id}
    return _said(chat, contact=contact)


def send_sticker(world: World, chat: Chat, params: Json) -> Json:
    sticker = {"file_id": "pretend-sticker", "file_unique_id": "s", "type": "regular", "emoji": "🙂"}
    return _said(chat, sticker={**sticker, "width": 512, "height": 512, "is_animated": False, "is_video": False})


def _membership(chat: Chat, before: str, after: str) -> Json:
    bot = {"id": 1, "is_bot": True, "first_name": "Panoh"}
    return {
        "my_chat_member": {
            "chat": {"id": chat.person.id, "type": "private"},
            "from": chat.person.as_user(),
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": before},
            "new_chat_member": {"user": bot, "status": after},
        }
    }


def block(world: World, chat: Chat, params: Json) -> Json | None:
    if chat.blocked:
        return None
    chat.blocked = True
    chat.touch()
    return _membership(chat, "member", "kicked")


def unblock(world: World, chat: Chat, params: Json) -> Json | None:
    if not chat.blocked:
        return None
    chat.blocked = False
    chat.touch()
    return _membership(chat, "kicked", "member")


def clear(world: World, chat: Chat, params: Json) -> None:
    """Empty the phone's screen; the bot does not learn of it, as in life."""
    chat.messages.clear()
    chat.touch()


ACTS: dict[str, Act] = {
    "text": say,
    "edit": edit,
    "tap": tap,
    "photo": send_photo,
    "voice": send_voice,
    "location": send_location,
    "contact": send_contact,
    "sticker": send_sticker,
    "block": block,
    "unblock": unblock,
    "clear": clear,
}

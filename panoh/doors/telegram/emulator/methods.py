"""The Bot API methods that our bot may call, and no others: a bot that asks for a name or a photo gets a 404."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from .world import Chat, Json, World

LIMIT = 4096
BOT = {"id": 1, "is_bot": True, "first_name": "Panoh", "username": "panoh_emulated_bot"}


class RefusedError(Exception):
    """Telegram's own way to say no: a status, a description, parameters."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def number(params: Json, name: str) -> int:
    try:
        return int(params[name])
    except (KeyError, TypeError, ValueError):
        raise RefusedError(400, f"Bad Request: {name} is wrong") from None


def structure(params: Json, name: str) -> Any:
    """A parameter that is JSON by itself when it came in a form."""
    value = params.get(name)
    if isinstance(value, str) and value:
        try:
            return json.loads(value)
        except ValueError:
            raise RefusedError(400, f"Bad Request: can't parse {name}") from None
    return value


def chat_of(world: World, params: Json) -> Chat:
    chat_id = number(params, "chat_id")
    if chat_id not in world.chats:
        raise RefusedError(400, "Bad Request: chat not found")
    chat = world.chats[chat_id]
    if chat.blocked:
        raise RefusedError(403, "Forbidden: bot was blocked by the user")
    return chat


def text_of(params: Json) -> str:
    text = str(params.get("text") or "")
    if not text.strip():
        raise RefusedError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > LIMIT:
        raise RefusedError(400, "Bad Request: message is too long")
    return text


def own_message(chat: Chat, params: Json, doing: str) -> Json:
    message = chat.find(number(params, "message_id"))
    if message is None:
        raise RefusedError(400, f"Bad Request: message to {doing} not found")
    return message


def public_form(chat: Chat, message: Json) -> Json:
    return {
        **{key: value for key, value in message.items() if key != "mine"},
        "chat": {"id": chat.person.id, "type": "private", "first_name": chat.person.name},
    }


async def get_me(world: World, params: Json) -> Json:
    return {**BOT, "can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": False}


async def get_updates(world: World, params: Json) -> list[Json]:
    if world.webhook.get("url"):
        raise RefusedError(409, "Conflict: can't use getUpdates method while webhook is active")
    world.confirm(int(params.get("offset") or 0))
    world.poll_turn += 1
    turn, end = world.poll_turn, time.monotonic() + min(float(params.get("timeout") or 0), 50)
    while not world.updates and (left := end - time.monotonic()) > 0:
        try:
            await asyncio.wait_for(world.news.wait(), left)
        except TimeoutError:
            break
        if world.poll_turn != turn:
            raise RefusedError(409, "Conflict: terminated by other getUpdates request")
    batch = [*world.updates][: max(1, min(int(params.get("limit") or 100), 100))]
    if world.faults.strike(world.faults.duplicate) and batch:
        batch.insert(0, batch[0])
    return batch


async def set_webhook(world: World, params: Json) -> bool:
    url = str(params.get("url") or "")
    if url and not url.startswith(("http://", "https://")):
        raise RefusedError(400, "Bad Request: bad webhook")
    connections = max(1, min(int(params.get("max_connections") or 40), 100))
    world.webhook = {"url": url, "secret": str(params.get("secret_token") or ""), "connections": connections}
    if str(params.get("drop_pending_updates")).lower() == "true":
        world.updates.clear()
    world.ring()
    return True


async def delete_webhook(world: World, params: Json) -> bool:
    return await set_webhook(world, {**params, "url": ""})


async def get_webhook_info(world: World, params: Json) -> Json:
    return {
        "url": world.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
        "max_connections": world.webhook.get("connections", 40),
        **world.last_error,
    }


async def send_message(world: World, params: Json) -> Json:
    chat = chat_of(world, params)
    message = {"message_id": next(chat.numbers), "from": BOT, "date": int(time.time()), "text": text_of(params)}
    if markup := structure(params, "reply_markup"):
        message["reply_markup"] = markup
    return public_form(chat, chat.keep({**message, "mine": False}))


async def edit_message_text(world: World, params: Json) -> Json:
    chat = chat_of(world, params)
    message = own_message(chat, params, "edit")
    message.update(text=text_of(params), edit_date=int(time.time()), reply_markup=structure(params, "reply_markup"))
    chat.touch()
    return public_form(chat, message)


async def edit_message_reply_markup(world: World, params: Json) -> Json:
    chat = chat_of(world, params)
    message = own_message(chat, params, "edit")
    message["reply_markup"] = structure(params, "reply_markup")
    chat.touch()
    return public_form(chat, message)


async def delete_message(world: World, params: Json) -> bool:
    chat = chat_of(world, params)
    chat.messages.remove(own_message(chat, params, "delete"))
    chat.touch()
    return True


async def delete_messages(world: World, params: Json) -> bool:
    chat = chat_of(world, params)
    gone = set(structure(params, "message_ids") or [])
    chat.messages[:] = [message for message in chat.messages if message["message_id"] not in gone]
    chat.touch()
    return True


async def answer_callback_query(world: World, params: Json) -> bool:
    """The query's number holds the chat it came from; an answer with a text shows on that phone."""
    chat_id = str(params.get("callback_query_id", "")).split("-")[0]
    if not chat_id.isdigit() or int(chat_id) not in world.chats:
        raise RefusedError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    chat = world.chats[int(chat_id)]
    alert = str(params.get("show_alert")).lower() == "true"
    chat.alert = {"text": str(params["text"]), "alert": alert} if params.get("text") else None
    chat.touch()
    return True


async def set_my_commands(world: World, params: Json) -> bool:
    if not params.get("language_code"):
        world.commands = structure(params, "commands") or []
    return True


async def get_file(world: World, params: Json) -> Json:
    file_id = str(params.get("file_id") or "")
    if not file_id.startswith("pretend-"):
        raise RefusedError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    return {
        "file_id": file_id,
        "file_unique_id": file_id,
        "file_size": len(PIXEL),
        "file_path": f"photos/{file_id}.png",
    }


async def leave_chat(world: World, params: Json) -> bool:
    number(params, "chat_id")
    return True


# What every pretend file holds: one grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6368000000820081"
    "77cd72b60000000049454e44ae426082"
)
METHODS: dict[str, Callable[[World, Json], Awaitable[Any]]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "getFile": get_file,
    "leaveChat": leave_chat,
}

"""The line to the Bot API: aiogram in an event loop of its own thread. For the bot process only: it is heavy."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import AnswerCallbackQuery, DeleteMessages, LeaveChat, SendMessage, TelegramMethod
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from .answers import Answer, reason_of

CALL_SECONDS = 15
POLL_SECONDS = 20
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """``getUpdates`` as Telegram wrote it: nothing of an update is lost in a model that does not know it yet."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Line:
    """Calls may come from any thread; each returns a future or waits for it."""

    def __init__(self, token: str, api: str) -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(api), timeout=CALL_SECONDS, limit=64)
        # A connection that the other side has just closed would leave us not knowing whether a message arrived.
        session._connector_init["keepalive_timeout"] = 4
        self.bot = Bot(token, session=session)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="telegram-line", daemon=True)
        self.thread.start()

    def close(self) -> None:
        self._run(self.bot.session.close()).result(2)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(2)

    def send(self, chat: str, text: str, buttons: list[list[dict[str, str]]], done: Callable[[Answer], None]) -> None:
        """Send one message; ``done`` is called from the line's own thread."""
        rows = [
            [InlineKeyboardButton(text=button["text"], callback_data=button["data"]) for button in row]
            for row in buttons
        ]
        method = SendMessage(
            chat_id=int(chat),
            text=text,
            reply_markup=InlineKeyboardMarkup(inline_keyboard=rows) if rows else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            protect_content=False,
        )
        future = self._run(self._answer(method))
        future.add_done_callback(lambda ended: done(_outcome(ended)))

    def do(self, method: str, payload: dict[str, Any]) -> Answer:
        """One errand, waited for."""
        calls: dict[str, Callable[[], TelegramMethod[bool]]] = {
            "answer": lambda: AnswerCallbackQuery(
                callback_query_id=payload["tap_id"], text=payload["text"] or None, show_alert=payload["alert"]
            ),
            "delete": lambda: DeleteMessages(chat_id=payload["chat_id"], message_ids=payload["message_ids"][:100]),
            "leave": lambda: LeaveChat(chat_id=payload["chat_id"]),
        }
        answer: Answer = self._run(self._answer(calls[method]())).result()
        return answer

    def fetch(self, file_id: str, most_bytes: int) -> bytes:
        """One file; raises ``ValueError`` for one that is too large, aiogram's errors otherwise."""
        return bytes(self._run(self._fetch(file_id, most_bytes)).result())

    async def _fetch(self, file_id: str, most_bytes: int) -> bytes:
        file = await self.bot.get_file(file_id, request_timeout=CALL_SECONDS)
        if not file.file_path or (file.file_size or 0) > most_bytes:
            raise ValueError("size")
        taken = bytearray()
        url = self.bot.session.api.file_url(self.bot.token, file.file_path)
        async for piece in self.bot.session.stream_content(url, timeout=60, raise_for_status=True):
            taken += piece
            if len(taken) > most_bytes:
                raise ValueError("size")
        return bytes(taken)

    def ask(self, method: TelegramMethod[Any], seconds: int = CALL_SECONDS) -> Any:
        """Any other call, waited for; raises aiogram's errors."""
        return self._run(self.bot(method, request_timeout=seconds)).result()

    def poll(self, offset: int) -> "Future[list[dict[str, Any]]]":
        """The long poll; cancel the future to hang up."""
        method = GetRawUpdates(offset=offset, limit=100, timeout=POLL_SECONDS, allowed_updates=WANTED)
        return self._run(self.bot(method, request_timeout=POLL_SECONDS + 10))

    def _run(self, work: "Coroutine[Any, Any, Any]") -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    async def _answer(self, method: TelegramMethod[Any]) -> Answer:
        try:
            result = await self.bot(method, request_timeout=CALL_SECONDS)
        except TelegramRetryAfter as error:
            return Answer("wait", seconds=float(error.retry_after), reason="too_many")
        except TelegramForbiddenError as error:
            return Answer("refused", reason=reason_of(error.message))
        except TelegramUnauthorizedError:
            return Answer("later", reason="token")
        except TelegramServerError:
            return Answer("later", reason="server")
        except TelegramNetworkError as error:
            return _network(error)
        except TelegramAPIError as error:
            return Answer("refused", reason=reason_of(error.message))
        return Answer("sent", number=getattr(result, "message_id", None))


def _network(error: TelegramNetworkError) -> Answer:
    """Whether the request can have reached Telegram: only a connection that was never made is certain."""
    cause = error.__cause__
    if isinstance(cause, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Answer("later", reason="network")
    return Answer("unknown", reason="no_answer")


def _outcome(ended: "Future[Any]") -> Answer:
    """An answer we could not read may still have been a yes."""
    if ended.cancelled() or ended.exception() is not None:
        return Answer("unknown", reason="no_answer")
    answer: Answer = ended.result()
    return answer

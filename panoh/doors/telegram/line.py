"""The line to Telegram: calls from any thread, made in an event loop of its own thread."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from .answers import Answer, reason_of
from .botapi import BotApi, CallFailedError, NotReachedError, SaidNoError

CALL_SECONDS = 15
POLL_SECONDS = 20
FILE_SECONDS = 60
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]


class Line:
    """Calls may come from any thread; each returns a future or waits for it."""

    def __init__(self, token: str, api: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="telegram-line", daemon=True)
        self.thread.start()
        self.api: BotApi = self._run(_open(token, api)).result()

    def close(self) -> None:
        self._run(self.api.close()).result(2)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(2)

    def send(self, chat: str, text: str, buttons: list[list[dict[str, str]]], done: Callable[[Answer], None]) -> None:
        """Send one message; ``done`` is called from the line's own thread."""
        screen = _screen({"chat_id": chat, "text": text, "rows": buttons})
        sending = self._answer("sendMessage", protect_content=False, **screen)
        self._run(sending).add_done_callback(lambda ended: done(_outcome(ended)))

    def do(self, method: str, payload: dict[str, Any]) -> Answer:
        """One errand, waited for."""
        calls: dict[str, Callable[[], Coroutine[Any, Any, Answer]]] = {
            "answer": lambda: self._answer(
                "answerCallbackQuery",
                callback_query_id=payload["tap_id"],
                text=payload["text"] or None,
                show_alert=payload["alert"],
            ),
            "delete": lambda: self._answer(
                "deleteMessages", chat_id=payload["chat_id"], message_ids=payload["message_ids"][:100]
            ),
            "tell": lambda: self._answer("sendMessage", **_screen(payload)),
            "play": lambda: self._answer("sendMessage", **_screen(payload)),
            "turn": lambda: self._answer("editMessageText", message_id=payload["message_id"], **_screen(payload)),
            "leave": lambda: self._answer("leaveChat", chat_id=payload["chat_id"]),
        }
        answer: Answer = self._run(calls[method]()).result()
        return answer

    def fetch(self, file_id: str, most_bytes: int) -> bytes:
        """One file; raises ``ValueError`` for one that is too large, ``CallFailedError`` otherwise."""
        return bytes(self._run(self._fetch(file_id, most_bytes)).result())

    async def _fetch(self, file_id: str, most_bytes: int) -> bytes:
        file = await self.api.call("getFile", CALL_SECONDS, file_id=file_id)
        if not file.get("file_path") or (file.get("file_size") or 0) > most_bytes:
            raise ValueError("size")
        return await self.api.download(file["file_path"], most_bytes, FILE_SECONDS)

    def ask(self, method: str, **parameters: Any) -> Any:
        """Any other call, waited for; raises ``CallFailedError``."""
        return self._run(self.api.call(method, CALL_SECONDS, **parameters)).result()

    def poll(self, offset: int) -> "Future[list[dict[str, Any]]]":
        """The long poll, as Telegram wrote it; cancel the future to hang up."""
        waiting = {"offset": offset, "limit": 100, "timeout": POLL_SECONDS, "allowed_updates": WANTED}
        return self._run(self.api.call("getUpdates", POLL_SECONDS + 10, **waiting))

    def _run(self, work: "Coroutine[Any, Any, Any]") -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    async def _answer(self, method: str, **parameters: Any) -> Answer:
        try:
            result = await self.api.call(method, CALL_SECONDS, **parameters)
        except SaidNoError as error:
            return _no(error)
        except NotReachedError:
            return Answer("later", reason="network")
        except CallFailedError:
            return Answer("unknown", reason="no_answer")
        return Answer("sent", number=result.get("message_id") if isinstance(result, dict) else None)


def _screen(payload: dict[str, Any]) -> dict[str, Any]:
    """A text with its buttons, as the Bot API wants it."""
    rows = [[{"text": button["text"], "callback_data": button["data"]} for button in row] for row in payload["rows"]]
    return {
        "chat_id": int(payload["chat_id"]),
        "text": payload["text"],
        "reply_markup": {"inline_keyboard": rows} if rows else None,
        "link_preview_options": {"is_disabled": True},
    }


async def _open(token: str, api: str) -> BotApi:
    """Inside the loop that will use it."""
    return BotApi(token, api)


def _no(error: SaidNoError) -> Answer:
    if error.wait:
        return Answer("wait", seconds=error.wait, reason="too_many")
    if error.code == 401:
        return Answer("later", reason="token")
    if error.is_passing:
        return Answer("later", reason="server")
    return Answer("refused", reason=reason_of(error.description))


def _outcome(ended: "Future[Any]") -> Answer:
    """An answer we could not read may still have been a yes."""
    if ended.cancelled() or ended.exception() is not None:
        return Answer("unknown", reason="no_answer")
    answer: Answer = ended.result()
    return answer

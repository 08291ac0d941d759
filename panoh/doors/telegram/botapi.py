"""The Bot API over aiohttp: JSON there, JSON back, every way it can fail in one exception (core.telegram.org/bots/api).

Neither the token nor an address is ever in an exception: aiohttp's own are not passed on.
"""

from typing import Any

import aiohttp


class CallFailedError(Exception):
    """A call that was not answered with a yes. Each kind says whether Telegram can have done it all the same."""


class NotReachedError(CallFailedError):
    """No connection was made: certainly not done."""


class NoAnswerError(CallFailedError):
    """The call was written and nothing readable came back: it may have been done."""


class SaidNoError(CallFailedError):
    """Telegram answered no. ``code`` is its status; ``wait`` the seconds it asks for, 0 for none."""

    def __init__(self, code: int, description: str, wait: float = 0) -> None:
        super().__init__(f"{code}")
        self.code, self.description, self.wait = code, description, wait

    @property
    def is_passing(self) -> bool:
        """Whether the same call may get a yes later: too many calls, or trouble on their side."""
        return bool(self.wait) or self.code == 429 or self.code >= 500


NOT_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class BotApi:
    """Made and used inside one event loop. ``seconds`` is the longest that a whole call may take."""

    def __init__(self, token: str, base: str) -> None:
        base = base.rstrip("/")
        self._calls, self._files = f"{base}/bot{token}/", f"{base}/file/bot{token}/"
        # A connection that the other side has just closed would leave us not knowing whether a message arrived.
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64, keepalive_timeout=4))

    async def close(self) -> None:
        await self._session.close()

    async def call(self, method: str, seconds: float, **parameters: Any) -> Any:
        """What Telegram returned for it; parameters that are None are left out. Raises ``CallFailedError``."""
        given = {name: value for name, value in parameters.items() if value is not None}
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(self._calls + method, json=given, timeout=timeout) as answer:
                return _result(await answer.json(content_type=None))
        except NOT_REACHED as error:
            raise NotReachedError(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise NoAnswerError(type(error).__name__) from None

    async def download(self, path: str, most_bytes: int, seconds: float) -> bytes:
        """The content of a file. Raises ``ValueError`` above ``most_bytes``, else ``CallFailedError``."""
        taken = bytearray()
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.get(self._files + path, timeout=timeout, raise_for_status=True) as answer:
                async for piece in answer.content.iter_chunked(65_536):
                    taken += piece
                    if len(taken) > most_bytes:
                        break
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswerError(type(error).__name__) from None
        if len(taken) > most_bytes:
            raise ValueError("size")
        return bytes(taken)


def _result(answer: Any) -> Any:
    if not isinstance(answer, dict) or "ok" not in answer:
        raise NoAnswerError("unreadable")
    if answer["ok"]:
        return answer.get("result")
    more = answer.get("parameters") or {}
    raise SaidNoError(
        int(answer.get("error_code") or 0), str(answer.get("description") or ""), float(more.get("retry_after") or 0)
    )

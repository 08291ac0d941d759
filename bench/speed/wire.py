"""A reader of few instructions: bytes out, bytes in, connections kept open, so that the load costs little."""

import asyncio
from types import TracebackType

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Wire:
    """``ask`` reads one page over a free connection; pages are taken as the server packs them for nobody (identity)."""

    def __init__(self, port: int, path: str, headers: str) -> None:
        self.port = port
        host = f"Host: 127.0.0.1:{port}\r\n"
        self.request = f"GET {path} HTTP/1.1\r\n{host}{headers}Accept-Encoding: identity\r\n\r\n".encode()
        self.free: list[Line] = []

    async def __aenter__(self) -> "Wire":
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for _reader, writer in self.free:
            writer.close()

    async def ask(self, _: int) -> int:
        status, _body = await self._fetch()
        return status

    async def page(self) -> bytes:
        return (await self._fetch())[1]

    async def _fetch(self) -> tuple[int, bytes]:
        reader, writer = self.free.pop() if self.free else await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self.request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r")[0]
        body = await reader.readexactly(int(length))
        self.free.append((reader, writer))
        return int(head[9:12]), body

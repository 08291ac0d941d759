"""The little HTTP that the emulator needs on top of ASGI: reading a body in its three shapes, answering."""

import json
from collections.abc import Awaitable, Callable
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Json = dict[str, Any]
BODY_LIMIT = 64 * 1024 * 1024  # a whole run of injected updates fits
SAFE = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
]


class BadBodyError(Exception):
    """The body cannot be read as what it says it is."""


async def read_body(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise BadBodyError("gone")
        parts.append(event.get("body", b""))
        size += len(parts[-1])
        if size > BODY_LIMIT:
            raise BadBodyError("too large")
        if not event.get("more_body"):
            return b"".join(parts)


def header(scope: Json, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def parameters(scope: Json, body: bytes) -> Json:
    """Query string and body together: JSON, a URL-encoded form or a multipart form."""
    found: Json = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    kind = header(scope, b"content-type")
    try:
        if kind.startswith("application/json"):
            value = json.loads(body or b"{}")
            found.update(value if isinstance(value, dict) else {"list": value})
        elif kind.startswith("multipart/form-data"):
            found.update(_multipart(kind, body))
        elif body:
            found.update(parse_qsl(body.decode("utf-8"), keep_blank_values=True))
    except ValueError as error:
        raise BadBodyError("cannot be read") from error
    return found


def _multipart(kind: str, body: bytes) -> Json:
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n" + body)
    found: Json = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes):
            found[name] = "<file>" if part.get_filename() else payload.decode("utf-8")
    return found


async def answer(send: Send, status: int, body: bytes, kind: str = "application/json") -> None:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), *SAFE]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def answer_json(send: Send, value: Any, status: int = 200) -> None:
    await answer(send, status, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
